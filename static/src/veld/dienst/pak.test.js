import assert from "node:assert/strict";
import { test } from "node:test";
import { bezwaarTegenPak, checklistnamen, checklistVoor, isVerlopen, labelVan, stopsVan, voegSamen } from "./pak.js";
import { verzendstand } from "./stand.js";

const pak = (stops, definities = {}) => ({ protocol: 1, vervalt_op: "2026-11-22T03:00:00Z", acties: [{ id: "a", naam: "Actie", ploeg: "A", stops }], definities });
const stop = (id, volgorde = 1, checklists = []) => ({ id, bezoek_id: `b${id}`, volgorde, adres: `Straat ${id}`, checklists });

test("a renewed plan keeps the checklist of an open visit and the stop with unsent work", () => {
  const oud = pak([stop("1"), stop("2")], { h1: { naam: "v1" }, h0: { naam: "oud" } });
  const nieuw = voegSamen(oud, pak([stop("2"), stop("3")], { h2: { naam: "v2" } }), new Set(["h1"]), new Set(["b1", "b2"]));
  assert.deepEqual(Object.keys(nieuw.definities).sort(), ["h1", "h2"]);
  assert.deepEqual(nieuw.behouden.map((s) => s.id), ["1"]);
  const daarna = voegSamen(nieuw, pak([stop("3")]), new Set(), new Set(["b1"]));
  assert.deepEqual(daarna.behouden.map((s) => s.id), ["1"]);
});

test("stops come in their order, with their action", () => {
  assert.deepEqual(stopsVan(pak([stop("2", 2), stop("1", 1)])).map((s) => [s.id, s.actie.ploeg]), [["1", "A"], ["2", "A"]]);
});

test("a pack expires at its moment; without a moment it counts as expired", () => {
  const einde = Date.parse("2026-11-22T03:00:00Z");
  assert.equal(isVerlopen(pak([]), einde - 1), false);
  assert.equal(isVerlopen(pak([]), einde), true);
  assert.equal(isVerlopen({}, 0), true);
});

test("a pack that misses a checklist is refused by name", () => {
  assert.match(bezwaarTegenPak(pak([stop("1", 1, ["weg"])])), /Straat 1/);
  assert.match(bezwaarTegenPak({ protocol: 2 }), /Werk de app bij/);
  assert.equal(bezwaarTegenPak(pak([stop("1", 1, ["h"])], { h: {} })), null);
});

test("the state of a stop in one sentence", () => {
  assert.deepEqual(verzendstand({ ops: { wacht: 1 }, fotos: { wacht: 3 }, compleet: false }), { stand: "lokaal", zin: "1 antwoord en 3 foto's nog op dit toestel" });
  assert.equal(verzendstand({ ops: { wacht: 1 }, fotos: {}, compleet: true }).stand, "lokaal");
  assert.equal(verzendstand({ ops: { opgeslagen: 2 }, fotos: {}, compleet: false }).stand, "verzonden");
  assert.equal(verzendstand({ ops: { opgeslagen: 2 }, fotos: { aanwezig: 1 }, compleet: true }).stand, "compleet");
  assert.equal(verzendstand({ ops: { opgeslagen: 2, quarantaine: 1 }, fotos: {}, compleet: true }).stand, "apart");
  assert.equal(verzendstand({ ops: {}, fotos: {}, compleet: true }).stand, "leeg");
});

const vragen = (naam, label) => [{ soort: "groep", naam: "g", label: { nl: "Groep" }, kinderen: [{ soort: "vraag", naam, type: "text", label }] }];

test("a visit keeps the version of the checklist it began with, another checklist is not taken for it", () => {
  const plan = pak([], { oud: { naam: "pand" }, nieuw: { naam: "pand", titel: { nl: "Pand" } }, ander: { naam: "zeden" } });
  assert.equal(checklistVoor(plan, "nieuw", ["ander", "oud"]).hash, "oud");
  assert.equal(checklistVoor(plan, "nieuw", ["ander"]).hash, "nieuw");
  assert.equal(checklistVoor(plan, "weg", []), null);
  assert.equal(checklistVoor(null, "nieuw", []), null);
  assert.deepEqual(checklistnamen(plan, ["nieuw", "weg"], "nl"), { nieuw: "Pand", weg: "" });
});

test("a question set apart is shown by its label, wherever it stands, else by its name", () => {
  const plan = pak([], { een: { kinderen: vragen("m2", { nl: "Oppervlakte" }) }, twee: { kinderen: vragen("zonder", undefined) } });
  assert.equal(labelVan(plan, "m2", "nl"), "Oppervlakte");
  assert.equal(labelVan(plan, "zonder", "nl"), "zonder");
  assert.equal(labelVan(null, "m2", "nl"), "m2");
});

// @ts-check
// Working together: who fills in what, what counts as new, what people are called, telling where one works.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Structuur } from "../bezoek/structuur.js";
import { Vouw } from "../ops/vouw.js";
import { Aanwezig, geldigAntwoord, waarZin } from "./aanwezig.js";
import { redenVan } from "./aanvullen.js";
import { Namen, opsomming } from "./namen.js";
import { Nieuws, watErKwam } from "./nieuws.js";
import { andermans, partnernaam, rolVan } from "./rollen.js";

const vraag = (naam, rest = {}) => ({ soort: "vraag", naam, type: "text", ...rest });
const structuur = new Structuur({
  kinderen: [
    { soort: "groep", naam: "algemeen", kinderen: [vraag("bewoners"), vraag("loon", { rol: "nla" })] },
    { soort: "groep", naam: "politie_deel", rol: "politie", kinderen: [{ soort: "herhaling", naam: "zaak", kinderen: [vraag("nummer")] }] },
  ],
});

test("each part of a form has who fills it in, also what stands deep in it", () => {
  assert.deepEqual(["bewoners", "loon", "nummer", "zaak"].map((naam) => rolVan(structuur, naam)), ["", "nla", "politie", "politie"]);
  assert.deepEqual([...andermans(structuur, "")].sort(), ["loon", "nummer", "politie_deel", "zaak"]);
  assert.deepEqual([...andermans(structuur, "politie")], ["loon"]);
  assert.equal(andermans(structuur, undefined).size, 0, "a pack of before says nothing: nothing is closed");
  assert.deepEqual([partnernaam("nla"), partnernaam("eigen_club")], ["de Arbeidsinspectie", "eigen club"]);
});

test("people have a name and an organisation; who is not known is a colleague", () => {
  const namen = new Namen("ik", { acties: [{ mensen: [{ id: "a", naam: "J. Bakker", organisatie: "", soort: "" }] }] });
  assert.equal(namen.leer([{ id: "b", naam: "P. Smit", organisatie: "Politie", soort: "politie" }, { id: 3 }, null]), true);
  assert.equal(namen.leer([{ id: "b", naam: "P. Smit" }]), false);
  assert.equal(namen.leer("onzin"), false);
  assert.deepEqual(["ik", "a", "b", "c"].map((id) => namen.van(id)), ["u", "J. Bakker", "P. Smit (Politie)", "een collega"]);
  assert.equal(opsomming(["a", "b", "c"]), "a, b en c");
});

let nr = 0;
const op = (vraag_id, rev, auteur_id, rest = {}) => ({ op_id: `o${++nr}`, vraag_id, herhaling_id: null, soort: "set", waarde: 1, base_op_ids: [], rev, auteur_id, toestel_tijd: "2026-11-21T20:04:00Z", ...rest });

test("new is what another added after this person looked, until it was seen, also after starting again", () => {
  const vouw = new Vouw();
  for (const een of [op("v", 1, "ik"), op("w", 2, "ander")]) vouw.voegToe(een);
  const nieuws = new Nieuws("ik", vouw);
  assert.equal(nieuws.open.size, 0, "what was there at the first look is simply there");
  for (const een of [op("x", 3, "ander"), op("y", 4, "ik"), op("z", 5, "derde", { soort: "note", waarde: "let op" }), op(":aanvulling", 6, "ander", { herhaling_id: "h" })]) vouw.voegToe(een);
  assert.deepEqual(nieuws.neem(vouw.sleutels()), ["x", "z"]);
  assert.deepEqual(nieuws.neem(vouw.sleutels()), [], "the same again is no news");
  assert.equal(nieuws.zin((id) => (id === "ander" ? "J. Bakker" : "P. Smit")), "2 antwoorden van J. Bakker en P. Smit zijn erbij gekomen");
  nieuws.zie("x");
  const later = new Nieuws("ik", vouw, JSON.parse(JSON.stringify(nieuws.stand())));
  assert.deepEqual(later.lijst().map(({ sleutel }) => sleutel), ["z"]);
  later.zie();
  assert.equal(new Nieuws("ik", vouw, later.stand()).open.size, 0);
});

test("a later change is news again; an own answer over it is not", () => {
  const vouw = new Vouw();
  const eerste = op("v", 1, "ander");
  vouw.voegToe(eerste);
  const nieuws = new Nieuws("ik", vouw, { gezien: 0, open: [] });
  assert.deepEqual([...nieuws.open.keys()], ["v"]);
  const tweede = op("v", 2, "ander", { base_op_ids: [eerste.op_id] });
  vouw.voegToe(tweede);
  assert.deepEqual(nieuws.neem(["v"]), ["v"]);
  vouw.voegToe(op("v", null, "ik", { base_op_ids: [tweede.op_id] }));
  nieuws.neem(["v"]);
  assert.equal(nieuws.zin(String), "");
});

test("what came in, in words", () => {
  const woorden = (waarde) => `<${waarde}>`;
  assert.deepEqual(
    [op("v", 1, "a", { waarde: 4 }), op("v", 1, "a", { soort: "clear" }), op("v", 1, "a", { soort: "note", waarde: "let op" }), op("v", 1, "a", { soort: "attach", waarde: { sha256: "x" } })].map((een) => watErKwam(een, false, woorden)),
    ["<4>", "Leeggemaakt", "Notitie: let op", "Foto erbij"],
  );
  assert.equal(watErKwam(op("kamer", 1, "a", { soort: "clear" }), true, woorden), "Weggehaald");
});

test("a reason is asked in one go, and an own reason when none fits", () => {
  assert.deepEqual(redenVan("Verkeerd ingevuld", ""), { reden: "Verkeerd ingevuld" });
  assert.deepEqual(redenVan("Verkeerd ingevuld", " twee kamers "), { reden: "Verkeerd ingevuld: twee kamers" });
  assert.deepEqual(redenVan("Anders", "de eigenaar belde"), { reden: "de eigenaar belde" });
  for (const [gekozen, tekst] of [["", "iets"], ["Anders", " "], ["Anders", "x".repeat(501)]]) assert.ok("bezwaar" in redenVan(gekozen, tekst));
});

/** @param {any[]} antwoorden */
function aanwezigMet(antwoorden, gebruiker = "ik") {
  const gestuurd = [];
  const gehoord = [];
  const api = {
    wieBenIk: async () => ({ uitkomst: "gelukt", zin: "", gebruiker: { id: gebruiker } }),
    stuur: async (pad, inhoud) => { gestuurd.push([pad, inhoud.deel]); return antwoorden.shift() ?? { uitkomst: "netwerk", zin: "" }; },
  };
  const aanwezig = new Aanwezig({ api: /** @type {any} */ (api), bezoekId: "b", formVersie: "f", gebruikerId: "ik", deel: () => "kamers", hoor: (een) => gehoord.push(een.rev), slagMs: 1e6 });
  return { aanwezig, gestuurd, gehoord };
}

test("telling where one works: answers are heard, leaving is told, and nothing goes in somebody else's name", async () => {
  const goed = { uitkomst: "gelukt", zin: "", inhoud: { anderen: [], mensen: [], toestand: "open", rev: 7 } };
  const { aanwezig, gestuurd, gehoord } = aanwezigMet([goed, { uitkomst: "netwerk" }, goed, goed]);
  await aanwezig.start();
  await aanwezig.slag();
  await aanwezig.slag();
  aanwezig.stop();
  await aanwezig.slag();
  assert.deepEqual(gehoord, [7, 7]);
  assert.deepEqual(gestuurd, [["/api/bezoeken/b/aanwezig", "kamers"], ["/api/bezoeken/b/aanwezig", "kamers"], ["/api/bezoeken/b/aanwezig", "kamers"], ["/api/bezoeken/b/aanwezig", ""]]);
  const vreemd = aanwezigMet([goed], "iemand anders");
  await vreemd.aanwezig.start();
  vreemd.aanwezig.stop();
  assert.deepEqual(vreemd.gestuurd, []);
});

test("a server that does not know the address is asked once", async () => {
  const { aanwezig, gestuurd } = aanwezigMet([{ uitkomst: "geweigerd", zin: "" }]);
  await aanwezig.start();
  await aanwezig.slag();
  assert.equal(gestuurd.length, 1);
});

test("only our own answer counts; how long ago, in words", () => {
  assert.equal(geldigAntwoord({ anderen: "x", rev: 1 }), null);
  assert.equal(geldigAntwoord("portaal"), null);
  assert.deepEqual(geldigAntwoord({ anderen: [{ id: 1 }, { id: "a", deel: "x", seconden: 3 }], rev: 1 })?.anderen.length, 1);
  assert.deepEqual([waarZin("J", 10), waarZin("J", 70), waarZin("J", 290)], ["J werkt hier nu", "J werkte hier 1 minuut geleden", "J werkte hier 5 minuten geleden"]);
});

// @ts-check
// Questions, repeats and documents may be named as what every object inherits (OWASP ASVS 15.3.6). Here without the seal of a
// page (verzegeld.js): the code has to be right by itself.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { voegSamen } from "../veld/dienst/pak.js";
import { Vouw } from "../veld/ops/vouw.js";
import { alleenSignaal } from "../veld/signaal/meldingen.js";
import { laadAntwoorden } from "./proef.js";
import { openSessie } from "./sessie.js";
import { uitkomstVan } from "./uitkomst.js";

const NAMEN = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];
const CONTEXT = { nu: "2026-11-21T18:00:00+01:00" };

/** @param {any[]} kinderen @param {any} [keuzelijsten] @returns {any} */
const vorm = (kinderen, keuzelijsten = {}) => ({ formaat: 1, naam: "t", titel: { nl: "T" }, versie: "1", hash: "0".repeat(64), talen: ["nl"], standaardtaal: "nl", keuzelijsten, kinderen, afhankelijk: {} });
/** @param {string} naam @param {any} [erbij] */
const vraag = (naam, erbij = {}) => ({ soort: "vraag", naam, type: "text", label: { nl: naam }, ...erbij });

afterEach(() => {
  for (const gif of ["gif", "nl", "waarde", "x"]) assert.equal(gif in {}, false, gif);
  assert.equal(Object.getPrototypeOf([]), Array.prototype);
});

test("questions and groups with such names keep their answers", () => {
  const sessie = openSessie(vorm([{ soort: "groep", naam: "g", kinderen: NAMEN.map((naam) => vraag(naam)) }]), CONTEXT);
  for (const naam of NAMEN) assert.equal(sessie.waarde(naam), null, `${naam} is empty before anyone answers`);
  for (const naam of NAMEN) sessie.zet(naam, null, `gif van ${naam}`);
  const uit = sessie.serialiseer();
  assert.deepEqual(Object.keys(uit).sort(), [...NAMEN].sort());
  for (const naam of NAMEN) assert.equal(JSON.parse(JSON.stringify(uit))[naam], `gif van ${naam}`);
  const terug = openSessie(sessie.vorm.definitie, CONTEXT);
  laadAntwoorden(terug, JSON.parse(JSON.stringify(uit)));
  assert.equal(JSON.stringify(terug.serialiseer()), JSON.stringify(uit));
});

test("repeats and their ids with such names", () => {
  const kinderen = [vraag("x"), vraag("dubbel", { type: "calculate", berekening: { op: "ref", naam: "x", diepte: 1 } })];
  const sessie = openSessie(vorm([{ soort: "herhaling", naam: "__proto__", kinderen }]), CONTEXT);
  for (const id of NAMEN) {
    sessie.voegToe("__proto__", id, null);
    sessie.zet("x", id, id);
  }
  const volgorde = [...NAMEN].sort();
  assert.deepEqual([...sessie.herhalingen("__proto__", null)].sort(), volgorde);
  const verwacht = volgorde.map((id) => ({ x: id, dubbel: id }));
  assert.equal(JSON.stringify(sessie.serialiseer()), `{"__proto__":${JSON.stringify(verwacht)}}`);
  assert.equal(JSON.stringify(uitkomstVan(sessie).berekend), `{"__proto__":${JSON.stringify(volgorde.map((id) => ({ dubbel: id })))}}`);
});

test("a column that a choice has not is empty, also when every object has something of that name", () => {
  const keuzefilter = { op: "=", a: [{ op: "kolom", naam: "constructor" }, { op: "tekst", w: "" }] };
  const lijst = { k: [{ naam: "a", label: { nl: "A" }, kolommen: { soort: "x" } }] };
  const sessie = openSessie(vorm([vraag("v", { type: "select_one", keuzelijst: "k", keuzefilter })], lijst), CONTEXT);
  assert.deepEqual(sessie.keuzes("v", null).map((keuze) => keuze.naam), ["a"]);
});

test("a pack, operations and a signal from elsewhere", () => {
  const vers = JSON.parse('{"definities": {"__proto__": {"gif": 1}, "constructor": {"prototype": {"gif": 2}}}, "stops": [], "__proto__": {"gif": 3}}');
  const samen = voegSamen(vers, JSON.parse('{"definities": {}, "stops": []}'), new Set(["__proto__", "constructor"]), new Set());
  assert.deepEqual(Object.keys(samen.definities), ["__proto__", "constructor"]);
  assert.equal(/** @type {any} */ (samen).gif, undefined);
  const vouw = new Vouw();
  for (const [i, soort] of ["__proto__", "constructor", "set"].entries()) {
    const op = /** @type {any} */ ({ op_id: `${i}`, soort, vraag_id: "__proto__", herhaling_id: "constructor", waarde: { gif: 1 }, base_op_ids: [], toestel_tijd: CONTEXT.nu, rev: i + 1 });
    assert.equal(typeof vouw.voegToe(op), "string");
  }
  assert.equal("gif" in alleenSignaal(JSON.parse('{"tekst": "t", "__proto__": {"gif": 1}}')), false);
});

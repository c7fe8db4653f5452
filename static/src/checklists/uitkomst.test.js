// @ts-check
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";

import { laadAntwoorden } from "./proef.js";
import { openSessie } from "./sessie.js";
import { uitkomstVan, verschillen } from "./uitkomst.js";

/** @type {any} */
const DEFINITIE = {
  formaat: 1, naam: "proef", titel: { nl: "Proef" }, versie: "1", hash: "h", talen: ["nl"], standaardtaal: "nl",
  keuzelijsten: { jno: [{ naam: "ja", label: { nl: "Ja" } }, { naam: "nee", label: { nl: "Nee" } }] },
  kinderen: [
    { soort: "groep", naam: "g", kinderen: [{ soort: "vraag", naam: "binnen", type: "select_one", keuzelijst: "jno", verplicht: { op: "fn", naam: "true", a: [] } }] },
    { soort: "herhaling", naam: "kamer", kinderen: [
      { soort: "vraag", naam: "m2", type: "decimal", beperking: { op: ">", a: [{ op: "zelf" }, { op: "getal", w: 0 }] } },
      { soort: "vraag", naam: "dubbel", type: "calculate", berekening: { op: "*", a: [{ op: "ref", naam: "m2", diepte: 1 }, { op: "getal", w: 2 }] } },
      { soort: "herhaling", naam: "bed", kinderen: [{ soort: "vraag", naam: "slot", type: "select_one", keuzelijst: "jno", gevolg: ["bbl"], grondslag: "Bbl 3", bewijs: ["foto"] }] },
    ] },
  ],
};
const CONTEXT = { nu: "2026-11-21T18:00:00+01:00" };

test("the outcome names questions in nested repeats by their place", () => {
  const sessie = openSessie(DEFINITIE, CONTEXT);
  laadAntwoorden(sessie, { kamer: [{ m2: 10 }, { m2: -1, bed: [{ slot: "nee" }, { slot: "ja" }] }] });
  assert.deepEqual(uitkomstVan(sessie), {
    relevant: { g: true, binnen: true, kamer: [{ m2: true, dubbel: true, bed: [] }, { m2: true, dubbel: true, bed: [{ slot: true }, { slot: true }] }] },
    verplicht_leeg: ["binnen"],
    ongeldig: [{ vraag: "kamer[2]/m2", melding: "Dit antwoord kan niet kloppen. Kijk het na." }],
    berekend: { kamer: [{ dubbel: 20 }, { dubbel: -2 }] },
    voorstellen: [{ gevolg: "bbl", grondslag: "Bbl 3", vragen: ["kamer[2]/bed[2]/slot"], ontbreekt: [{ vraag: "kamer[2]/bed[2]/slot", bewijs: "foto" }] }],
  });
});

test("the Python evaluator gives the same outcome", () => {
  const sessie = openSessie(DEFINITIE, CONTEXT);
  const antwoorden = { binnen: "ja", kamer: [{ m2: 0.1 }, { m2: 3, bed: [{ slot: "ja" }] }] };
  laadAntwoorden(sessie, antwoorden);
  const wortel = new URL("../../../", import.meta.url).pathname;
  const python = existsSync(`${wortel}.venv/bin/python`) ? `${wortel}.venv/bin/python` : "python3";
  const programma = "import json,sys\nfrom inspecties.checklists.rules.beproeving import beproef\nfrom inspecties.checklists.rules.blik import Context\nd,a,c=json.load(sys.stdin)\nprint(json.dumps(beproef(d,a,Context.van(c))))";
  const uit = execFileSync(python, ["-c", programma], { cwd: wortel, input: JSON.stringify([DEFINITIE, antwoorden, CONTEXT]), encoding: "utf8" });
  assert.deepEqual(verschillen(JSON.parse(JSON.stringify(uitkomstVan(sessie))), JSON.parse(uit)), []);
});

test("differences are named by their place, also what only one side has", () => {
  assert.deepEqual(verschillen({ a: [1, { b: "x" }], c: null }, { a: [1, { b: "y" }, 3], c: {} }), [
    { pad: "a/1/b", hier: "x", daar: "y" },
    { pad: "a/2", hier: undefined, daar: 3 },
    { pad: "c", hier: null, daar: {} },
  ]);
  assert.deepEqual(verschillen({ a: [1, 2], b: NaN }, { a: [1, 2], b: NaN }), []);
});

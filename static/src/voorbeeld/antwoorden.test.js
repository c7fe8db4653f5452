// @ts-check
// Answers from a file become a visit in memory, and come out of it as they went in.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Bezoek } from "../veld/bezoek/bezoek.js";
import { Antwoordfout, opsVan, stappenVan } from "./antwoorden.js";
import { Geheugen } from "./geheugen.js";

/** @type {any} */
const DEFINITIE = {
  formaat: 1, naam: "proef", titel: { nl: "Proef" }, versie: "1", hash: "h", talen: ["nl"], standaardtaal: "nl", keuzelijsten: {},
  kinderen: [
    { soort: "groep", naam: "g", kinderen: [{ soort: "vraag", naam: "adres", type: "text" }, { soort: "vraag", naam: "foto", type: "image" }] },
    { soort: "vraag", naam: "norm_m2_pp", type: "calculate", berekening: { op: "fn", naam: "number", a: [{ op: "fn", naam: "once", a: [{ op: "getal", w: 12 }] }] } },
    { soort: "herhaling", naam: "kamer", kinderen: [
      { soort: "vraag", naam: "m2", type: "decimal" },
      { soort: "herhaling", naam: "bed", kinderen: [{ soort: "vraag", naam: "wie", type: "text" }] },
    ] },
  ],
};

/** @param {Geheugen} geheugen */
const open = (geheugen) => Bezoek.open(/** @type {any} */ ({
  kluis: geheugen, logboek: geheugen.logboek, fotos: geheugen.fotos, bezoekId: "b", definitie: DEFINITIE, context: { nu: "2026-11-21T18:00:00+01:00", norm_m2_pp: 10 },
}));

test("what a file holds is in the visit, nested repeats and pictures included", async () => {
  const antwoorden = { adres: "Kade 1", foto: ["a".repeat(64)], norm_m2_pp: 10, kamer: [{ m2: 12.5, bed: [{ wie: "x" }, { wie: "y" }] }, { m2: 3 }] };
  const geheugen = new Geheugen();
  for (const op of opsVan(stappenVan(DEFINITIE, antwoorden), { bezoekId: "b", hash: "h", nu: 0 })) await geheugen.logboek.voegToe(op);
  const bezoek = await open(geheugen);
  assert.deepEqual(bezoek.sessie.serialiseer(), antwoorden);
});

test("what is entered stays in memory and is there when the visit opens again", async () => {
  const geheugen = new Geheugen();
  const bezoek = await open(geheugen);
  bezoek.antwoord("adres", "Dijk 2");
  bezoek.voegHerhalingToe("kamer", null);
  await bezoek.bewaarder.spoel();
  await bezoek.bijlagen.voegToe("foto", new TextEncoder().encode("beeld").buffer, { soort: "image/png", bestandsnaam: "a.png" });
  assert.equal(bezoek.bewaarder.stand, "opgeslagen");
  const weer = await open(geheugen);
  assert.deepEqual(weer.sessie.serialiseer(), bezoek.sessie.serialiseer());
  assert.equal(weer.sessie.serialiseer().foto.length, 1);
  assert.ok(await geheugen.fotos.klein(`b/${weer.sessie.serialiseer().foto[0]}`));
  geheugen.leeg();
  assert.deepEqual(await geheugen.logboek.vanBezoek(), []);
});

for (const [antwoorden, zin] of /** @type {[unknown, RegExp][]} */ ([
  [[], /^Het bestand: hier hoort een object/],
  [{ onbekend: 1 }, /^onbekend: deze vraag staat hier niet/],
  [{ m2: 3 }, /^m2: deze vraag staat hier niet/],
  [{ kamer: { m2: 3 } }, /^kamer: bij een herhaling hoort een lijst/],
  [{ kamer: [{ m2: 1 }, { bed: [null] }] }, /^kamer\[2\]\/bed\[1\]: hier hoort een object/],
])) {
  test(`refused by name: ${JSON.stringify(antwoorden)}`, () => {
    assert.throws(() => stappenVan(DEFINITIE, antwoorden), (/** @type {Error} */ fout) => fout instanceof Antwoordfout && zin.test(fout.message));
  });
}

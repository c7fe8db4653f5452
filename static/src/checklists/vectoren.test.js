// @ts-check
// The shared cases of tests/vectors: what the Python evaluator says, this one says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { openSessie } from "./sessie.js";
import { laadAntwoorden, speel } from "./proef.js";
import { weeg } from "./voorstellen.js";

const map = new URL("../../../tests/vectors/", import.meta.url);
/** @param {string} naam */
const lees = (naam) => JSON.parse(readFileSync(new URL(naam, map), "utf8"));

/** @param {import("./waarden.js").Waarde} waarde */
function codeer(waarde) {
  if (typeof waarde !== "number") return waarde;
  if (!Number.isFinite(waarde)) return { getal: String(waarde) };
  return { getal: waarde === 0 ? 0 : waarde };
}

test("expressions give the same values", () => {
  const vectoren = lees("uitdrukkingen.json");
  const sessie = openSessie(vectoren.definitie, vectoren.context);
  laadAntwoorden(sessie, vectoren.antwoorden);
  assert.ok(vectoren.gevallen.length >= 400);
  for (const { uitdrukking, bij, boom, verwacht } of vectoren.gevallen) {
    assert.deepEqual(codeer(sessie.bereken(boom, bij)), verwacht, `${uitdrukking} (bij ${bij ?? "het formulier"})`);
  }
});

for (const { naam, aanwijzingen, verwacht } of lees("signaalweging.json")) {
  test(`signal over a whole visit: ${naam}`, () => assert.deepEqual(weeg(aanwijzingen), verwacht));
}

const sessies = lees("sessies.json");
for (const { naam, definitie, context, stappen } of sessies.gevallen) {
  test(`session: ${naam}`, () => {
    const sessie = openSessie(definitie, context);
    for (const [i, stap] of stappen.entries()) {
      const gewijzigd = speel(sessie, stap.doe);
      for (const [vraag, verwacht] of Object.entries(stap.verwacht)) {
        const werkelijk = vraag === "gewijzigd" ? gewijzigd.sort() : bekijk(sessie, vraag);
        assert.deepEqual(werkelijk, verwacht, `stap ${i + 1}: ${vraag}`);
      }
    }
  });
}

/** What "relevant waarom" or "serialiseer" asks. @param {import("./sessie.js").Sessie} sessie @param {string} vraag */
function bekijk(sessie, vraag) {
  const [wat, sleutel] = vraag.split(" ");
  /** @type {Record<string, () => any>} */
  const vragen = {
    serialiseer: () => sessie.serialiseer(),
    voorstellen: () => sessie.voorstellen(),
    aanwijzingen: () => sessie.aanwijzingen(),
    verplicht_leeg: () => sessie.verplichtLeeg(),
    ongeldig: () => sessie.ongeldig(),
    te_bewaren: () => sessie.teBewaren(),
    sleutels: () => sessie.sleutels(),
    relevant: () => sessie.relevant(sleutel),
    waarde: () => sessie.waarde(sleutel),
    verplicht: () => sessie.verplicht(sleutel),
    melding: () => sessie.melding(sleutel),
    gevolgen: () => sessie.gevolgen(sleutel),
    aantal: () => sessie.aantal(sleutel),
    label: () => sessie.label(sleutel),
    bestaat: () => sessie.bestaat(sleutel),
    keuzes: () => sessie.keuzes(sleutel).map((keuze) => keuze.naam),
  };
  return vragen[wat]();
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { BEZOEK, nieuweKluis, NU } from "../proef/kluis.js";
import { Bezoek } from "./bezoek.js";
import { instantienamen, maakIndex, zoek } from "./zoeken.js";

const vraag = (naam, label, type = "text", meer = {}) => ({ soort: "vraag", naam, type, label: { nl: label }, ...meer });
const DEFINITIE = {
  naam: "proef", hash: "a".repeat(64), standaardtaal: "nl", keuzelijsten: { jn: [{ naam: "ja", label: { nl: "Ja, gezien" } }] },
  kinderen: [
    { soort: "groep", naam: "brand", label: { nl: "Brandveiligheid" }, kinderen: [
      vraag("melder", "Hangt er een rookmelder?", "select_one", { keuzelijst: "jn", hint: { nl: "Druk op de testknop" } }),
      vraag("wie", "Wie is de exploitant?"),
      vraag("later", "Waarom geen rookmelder?", "text", { relevant: { op: "=", a: [{ op: "ref", naam: "wie", diepte: 0 }, { op: "tekst", w: "x" }] } }),
      vraag("som", "", "calculate"),
    ] },
    { soort: "herhaling", naam: "kamer", label: { nl: "Kamer" }, kinderen: [
      vraag("m2", "Oppervlakte", "decimal"), vraag("foto", "Foto van de kamer", "image"),
      { soort: "herhaling", naam: "bed", label: { nl: "Bed" }, kinderen: [vraag("naam", "Wie slaapt hier?")] },
    ] },
  ],
};

test("a question is found by its words, hint, section, answer and note, also in a bed in a room", async () => {
  const omgeving = await nieuweKluis();
  const bezoek = await Bezoek.open({ ...omgeving, bezoekId: BEZOEK, definitie: DEFINITIE, context: { nu: new Date(NU).toISOString() }, nu: () => NU });
  const kamers = [1, 2, 3].map(() => bezoek.voegHerhalingToe("kamer", null).instantie.id);
  const bed = bezoek.voegHerhalingToe("bed", kamers[1]).instantie.id;
  bezoek.antwoord(`naam@${bed}`, "José Pérez");
  bezoek.antwoord(`m2@${kamers[2]}`, 12.5);
  bezoek.antwoord("melder", "ja");
  bezoek.zetNoot("wie", "staat op de brievenbus");
  await bezoek.bewaarder.spoel();
  await bezoek.bijlagen.voegToe(`foto@${kamers[0]}`, new Uint8Array([1]).buffer, { soort: "image/jpeg", bestandsnaam: "1.jpg" });
  const index = maakIndex(bezoek, "nl", (waarde, knoop) => (knoop.keuzelijst ? "Ja, gezien" : String(waarde).replace(".", ",")));
  const sleutels = (wat) => zoek(index, wat).map((een) => een.sleutel);
  assert.deepEqual(sleutels("ROOKMELDER"), ["melder"], "not what is not asked now");
  assert.deepEqual(sleutels("testknop"), ["melder"]);
  assert.deepEqual(sleutels("brand exploitant"), ["wie"]);
  assert.deepEqual(sleutels("jose perez"), [`naam@${bed}`]);
  assert.deepEqual(sleutels("brievenbus"), ["wie"]);
  assert.deepEqual(sleutels("12,5"), [`m2@${kamers[2]}`]);
  assert.deepEqual(sleutels("kamer 2 van 3 bed"), [`naam@${bed}`]);
  assert.deepEqual(sleutels("   "), []);
  assert.deepEqual(sleutels("bestaat niet"), []);
  const [gevonden] = zoek(index, "slaapt");
  assert.deepEqual([gevonden.titel, gevonden.plek, gevonden.antwoord], ["Wie slaapt hier?", "Kamer 2 van 3, Bed 1 van 1", "José Pérez"]);
  assert.equal(zoek(index, "foto van de kamer 1")[0].antwoord, "1 bestand");
  // Its own words go before the place it stands in.
  assert.deepEqual(sleutels("kamer").slice(0, 3), kamers.map((id) => `foto@${id}`));
  bezoek.verplaatsHerhaling(kamers[1], -1);
  assert.deepEqual(instantienamen(bezoek, bed, "nl"), ["Kamer 1 van 3", "Bed 1 van 1"]);
});

test("what another organisation fills in is no work here, and what a partner may not see is not found", async () => {
  const omgeving = await nieuweKluis();
  const definitie = { ...DEFINITIE, kinderen: [...DEFINITIE.kinderen, { soort: "groep", naam: "politie", rol: "politie", label: { nl: "Politie" }, kinderen: [vraag("wapen", "Ligt er een wapen?")] }] };
  const open = (soort) => Bezoek.open({ ...omgeving, bezoekId: BEZOEK, definitie, soort, context: { nu: new Date(NU).toISOString() }, nu: () => NU });
  const vind = async (soort, wat) => zoek(maakIndex(await open(soort), "nl", String), wat).map((een) => een.sleutel);
  assert.deepEqual(await vind("", "wapen"), ["wapen"], "the gemeente reads it");
  assert.deepEqual(await vind("politie", "wapen"), ["wapen"]);
  assert.deepEqual(await vind("ggd", "wapen"), []);
});

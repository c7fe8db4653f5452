// A room that one removed while another wrote in it; a partner's part of the form.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Bezoek } from "../bezoek/bezoek.js";
import { uuidv7 } from "../ops/uuid.js";
import { BEZOEK, nieuweKluis, NU } from "../proef/kluis.js";

const vraag = (naam, type = "text", meer = {}) => ({ soort: "vraag", naam, type, label: { nl: naam }, ...meer });
const JA = { op: "fn", naam: "true", a: [] };
const DEFINITIE = {
  naam: "proef", hash: "a".repeat(64), standaardtaal: "nl", keuzelijsten: {},
  kinderen: [
    { soort: "groep", naam: "algemeen", kinderen: [vraag("bewoners", "integer", { verplicht: JA })] },
    { soort: "groep", naam: "politie_deel", rol: "politie", kinderen: [vraag("gecontroleerd", "integer", { verplicht: JA, standaard: { op: "getal", w: 0 } })] },
    { soort: "herhaling", naam: "kamer", kinderen: [vraag("m2", "decimal"), vraag("naam")] },
  ],
};

async function opstelling(soort) {
  const omgeving = await nieuweKluis();
  const open = () => Bezoek.open({ ...omgeving, bezoekId: BEZOEK, definitie: DEFINITIE, context: { nu: new Date(NU).toISOString() }, nu: () => NU, soort });
  return { omgeving, open, bezoek: await open() };
}

/** What a colleague's tablet sent. */
const vanAnder = (vraag_id, herhaling_id, waarde, rev, base_op_ids = []) => ({
  op_id: uuidv7(NU), bezoek_id: BEZOEK, vraag_id, herhaling_id, soort: waarde === null ? "clear" : "set", waarde, base_op_ids, form_versie: DEFINITIE.hash,
  toestel_id: "een ander toestel", toestel_seq: rev, toestel_tijd: new Date(NU).toISOString(), auteur_id: "ander", rev,
});

test("what a colleague wrote in a room that was removed here is not lost: a person puts it back or leaves it out", async () => {
  const { bezoek, omgeving } = await opstelling("");
  const { id } = bezoek.voegHerhalingToe("kamer", null).instantie;
  bezoek.antwoord(`m2@${id}`, 9);
  await bezoek.bewaarder.spoel();
  bezoek.verwijderHerhaling(id);
  await bezoek.bewaarder.spoel();
  assert.equal(bezoek.vouw.conflicten().length, 0, "own work that was seen is no difference");
  await omgeving.logboek.neemOver(BEZOEK, { rev: 9, ops: [vanAnder("naam", id, "zolder", 9)] });
  await bezoek.ververs();
  const [verschil] = bezoek.vouw.conflicten();
  assert.deepEqual([verschil.sleutel, verschil.koppen.map((op) => op.soort), verschil.erin.map((op) => op.waarde)], [`kamer@${id}`, ["set", "clear"], ["zolder"]]);
  bezoek.beslis(verschil.sleutel, "waarde", verschil.koppen[0].waarde);
  await bezoek.bewaarder.spoel();
  assert.equal(bezoek.vouw.conflicten().length, 0);
  assert.deepEqual(bezoek.sessie.serialiseer().kamer, [{ m2: 9, naam: "zolder" }]);
});

test("leaving it out after all names what was seen, and stays out", async () => {
  const { bezoek, omgeving, open } = await opstelling("");
  const { id } = bezoek.voegHerhalingToe("kamer", null).instantie;
  await bezoek.bewaarder.spoel();
  bezoek.verwijderHerhaling(id);
  await bezoek.bewaarder.spoel();
  await omgeving.logboek.neemOver(BEZOEK, { rev: 9, ops: [vanAnder("naam", id, "zolder", 9)] });
  await bezoek.ververs();
  bezoek.beslis(`kamer@${id}`, "waarde", null);
  await bezoek.bewaarder.spoel();
  const later = await open();
  assert.equal(later.vouw.conflicten().length, 0);
  assert.equal(later.vanGroep("kamer", null).length, 0);
});

test("a partner's part asks nothing of others, and no answer is made in it for them", async () => {
  for (const [soort, todo, ops] of [["", ["bewoners"], ["bewoners"]], ["politie", ["bewoners"], ["bewoners", "gecontroleerd"]], [undefined, ["bewoners"], ["bewoners", "gecontroleerd"]]]) {
    const { bezoek, omgeving } = await opstelling(soort);
    assert.deepEqual([...bezoek.nogTeDoen], todo);
    bezoek.antwoord("bewoners", 3);
    await bezoek.bewaarder.spoel();
    assert.deepEqual((await omgeving.logboek.vanBezoek(BEZOEK)).map((op) => op.vraag_id).sort(), ops, `soort ${soort}`);
    assert.equal(bezoek.verborgen.size, 0);
  }
  const { bezoek } = await opstelling("nla");
  assert.deepEqual([...bezoek.verborgen], ["politie_deel", "gecontroleerd"]);
});

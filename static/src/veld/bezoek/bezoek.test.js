import assert from "node:assert/strict";
import { test } from "node:test";
import { BEZOEK, kaleOp, nieuweKluis, NU } from "../proef/kluis.js";
import { uuidv7 } from "../ops/uuid.js";
import { Bezoek } from "./bezoek.js";
import { rondLosseFotosAf } from "./bijlagen.js";
import { fotosUit } from "../foto/bijlage.js";

const vraag = (naam, type = "text", meer = {}) => ({ soort: "vraag", naam, type, label: { nl: naam }, ...meer });
const fn = (naam, ...a) => ({ op: "fn", naam, a });
const JA = fn("true");
const DEFINITIE = {
  naam: "proef", hash: "a".repeat(64), standaardtaal: "nl", keuzelijsten: {},
  kinderen: [
    vraag("los"), vraag("exploitant", "text", { verplicht: JA }),
    { soort: "groep", naam: "brand", label: { nl: "Brand" }, kinderen: [vraag("foto", "image", { verplicht: JA })] },
    { soort: "herhaling", naam: "kamer", label: { nl: "Kamer" }, kinderen: [vraag("m2", "decimal", { verplicht: JA }), { soort: "herhaling", naam: "bed", kinderen: [vraag("bezet")] }] },
  ],
};

const CONTEXT = { nu: new Date(NU).toISOString() };

async function opstelling() {
  const omgeving = await nieuweKluis();
  const open = () => Bezoek.open({ ...omgeving, bezoekId: BEZOEK, definitie: DEFINITIE, context: CONTEXT, nu: () => NU });
  return { omgeving, open, bezoek: await open() };
}

test("what was answered is there when the visit is opened again, repeats and nested repeats in order", async () => {
  const { bezoek, open } = await opstelling();
  bezoek.antwoord("exploitant", "De Meerkoet", { typend: true });
  const een = bezoek.voegHerhalingToe("kamer", null).instantie;
  const twee = bezoek.voegHerhalingToe("kamer", null).instantie;
  bezoek.antwoord(`m2@${twee.id}`, 12.5);
  const bed = bezoek.voegHerhalingToe("bed", een.id).instantie;
  bezoek.antwoord(`bezet@${bed.id}`, "ja");
  await bezoek.bewaarder.spoel();
  const opnieuw = await open();
  assert.deepEqual(opnieuw.sessie.serialiseer(), bezoek.sessie.serialiseer());
  assert.deepEqual(opnieuw.vanGroep("kamer", null).map((i) => i.id), [een.id, twee.id]);
  assert.deepEqual(opnieuw.vanGroep("bed", een.id).map((i) => i.id), [bed.id]);
  assert.deepEqual([...opnieuw.nogTeDoen].sort(), ["foto", `m2@${een.id}`].sort());
  assert.deepEqual([...opnieuw.nogTeDoen].sort(), [...bezoek.nogTeDoen].sort());
});

test("a chain of answers names its predecessor each time and ends in one head", async () => {
  const { bezoek, omgeving } = await opstelling();
  for (const waarde of ["a", "b", null]) {
    bezoek.antwoord("los", waarde);
    await bezoek.bewaarder.spoel();
  }
  const ops = (await omgeving.logboek.vanBezoek(BEZOEK)).sort((x, y) => x.toestel_seq - y.toestel_seq);
  assert.deepEqual(ops.map((op) => [op.soort, op.waarde]), [["set", "a"], ["set", "b"], ["clear", null]]);
  assert.deepEqual(ops.map((op) => op.base_op_ids), [[], [ops[0].op_id], [ops[1].op_id]]);
  assert.equal(bezoek.vouw.conflicten().length, 0);
});

test("removing a room hides what is in it, undo brings everything back, also after reopening", async () => {
  const { bezoek, open } = await opstelling();
  const kamer = bezoek.voegHerhalingToe("kamer", null).instantie;
  bezoek.antwoord(`m2@${kamer.id}`, 9);
  const bed = bezoek.voegHerhalingToe("bed", kamer.id).instantie;
  bezoek.antwoord(`bezet@${bed.id}`, "nee");
  await bezoek.bewaarder.spoel();
  const voor = bezoek.sessie.serialiseer();
  bezoek.verwijderHerhaling(kamer.id);
  await bezoek.bewaarder.spoel();
  assert.equal(bezoek.instanties.size, 0);
  assert.deepEqual((await open()).sessie.serialiseer(), {});
  bezoek.herstelHerhaling(kamer);
  await bezoek.bewaarder.spoel();
  assert.deepEqual(bezoek.sessie.serialiseer(), voor);
  assert.deepEqual((await open()).sessie.serialiseer(), voor);
});

test("answers of a colleague appear, but not under the fingers of who is typing", async () => {
  const { bezoek, omgeving } = await opstelling();
  const vreemd = (vraag_id, waarde, seq) => ({ ...kaleOp(omgeving, { vraag_id, waarde, toestel_id: uuidv7(), auteur_id: uuidv7() }), toestel_seq: 1, rev: seq });
  await omgeving.logboek.neemOver(BEZOEK, { rev: 2, ops: [vreemd("los", "van haar", 1), vreemd("exploitant", "ook van haar", 2)] });
  bezoek.antwoord("exploitant", "ik typ nog", { typend: true });
  const anders = await bezoek.ververs();
  assert.equal(bezoek.sessie.waarde("los"), "van haar");
  assert.equal(bezoek.sessie.waarde("exploitant"), "ik typ nog");
  assert.ok(anders.has("los") && anders.has("exploitant"));
  await bezoek.bewaarder.spoel();
  assert.deepEqual(bezoek.vouw.conflicten().map((c) => c.sleutel), ["exploitant"]);
  bezoek.beslis("exploitant", "waarde", "ook van haar");
  await bezoek.bewaarder.spoel();
  assert.equal(bezoek.vouw.conflicten().length, 0);
});

test("a removal that is not written yet is not undone by what comes in, nor an undo taken back", async () => {
  const { bezoek, omgeving } = await opstelling();
  const kamer = bezoek.voegHerhalingToe("kamer", null).instantie;
  await bezoek.bewaarder.spoel();
  const ops = async () => (await omgeving.logboek.vanBezoek(BEZOEK)).map((een) => een.op ?? een);
  const echt = omgeving.logboek.voegToe.bind(omgeving.logboek);
  /** Does it while nothing gets written, and what came in meanwhile is taken in. */
  const tijdensSchrijven = async (doe, ingekomen) => {
    let verder = () => {};
    const poort = new Promise((klaar) => (verder = () => klaar(undefined)));
    omgeving.logboek.voegToe = async (op) => (await poort, echt(op));
    doe();
    await omgeving.logboek.neemOver(BEZOEK, ingekomen);
    await bezoek.ververs();
    const nu = [...bezoek.instanties.keys()];
    verder();
    await bezoek.bewaarder.spoel();
    return nu;
  };
  const [gezet] = await ops();
  assert.deepEqual(await tijdensSchrijven(() => bezoek.verwijderHerhaling(kamer.id), { rev: 1, ops: [{ ...gezet, rev: 1 }] }), []);
  const weg = (await ops()).find((op) => op.soort === "clear");
  assert.deepEqual(await tijdensSchrijven(() => bezoek.herstelHerhaling(kamer), { rev: 2, ops: [{ ...weg, rev: 2 }] }), [kamer.id]);
});

test("an instance whose room was never received waits for it", async () => {
  const { bezoek, omgeving } = await opstelling();
  const [kamer, bed] = [uuidv7(), uuidv7()];
  const vreemd = (vraag_id, herhaling_id, waarde, rev) => ({ ...kaleOp(omgeving, { vraag_id, herhaling_id, waarde, toestel_id: uuidv7() }), toestel_seq: rev, rev });
  await omgeving.logboek.neemOver(BEZOEK, { rev: 2, ops: [vreemd("bed", bed, { ouder: kamer, plaats: 1 }, 1), vreemd("bezet", bed, "ja", 2)] });
  await bezoek.ververs();
  assert.equal(bezoek.instanties.size, 0);
  await omgeving.logboek.neemOver(BEZOEK, { rev: 3, ops: [vreemd("kamer", kamer, { ouder: null, plaats: 1 }, 3)] });
  await bezoek.ververs();
  assert.deepEqual([...bezoek.instanties.keys()], [kamer, bed]);
  assert.equal(bezoek.sessie.waarde(`bezet@${bed}`), "ja");
});

test("photos add up, count as an answer, and can be taken away and put back", async () => {
  const { bezoek, open } = await opstelling();
  assert.ok(bezoek.nogTeDoen.has("foto"));
  await bezoek.bijlagen.voegToe("foto", new Uint8Array([1]).buffer, { soort: "image/jpeg", bestandsnaam: "1.jpg" });
  await bezoek.bijlagen.voegToe("foto", new Uint8Array([2]).buffer, { soort: "image/jpeg", bestandsnaam: "2.jpg" });
  assert.ok(!bezoek.nogTeDoen.has("foto"));
  assert.equal(bezoek.sessie.waarde("foto").length, 2);
  const eerste = () => fotosUit(bezoek.vouw.koppen("foto", "bijlage"))[0];
  // A caption is a new operation at the same photo, and no second photo.
  await bezoek.bijlagen.wijzig("foto", eerste(), { bijschrift: "De gang" });
  assert.equal(bezoek.sessie.waarde("foto").length, 2);
  const foto = eerste();
  await bezoek.bijlagen.verwijder("foto", foto);
  assert.equal(bezoek.sessie.waarde("foto").length, 1);
  await bezoek.bijlagen.voegTerug("foto", foto);
  assert.equal((await open()).sessie.waarde("foto").length, 2);
  assert.equal(eerste().bijschrift, "De gang");
});

test("a photo on a choice question is evidence and leaves the answer alone", async () => {
  const { bezoek, open } = await opstelling();
  bezoek.antwoord("los", "ja");
  await bezoek.bijlagen.voegToe("los", new Uint8Array([3]).buffer, { soort: "image/jpeg", bestandsnaam: "3.jpg" });
  bezoek.zetNoot("los", "achter de kast");
  await bezoek.bewaarder.spoel();
  const opnieuw = await open();
  assert.equal(opnieuw.sessie.waarde("los"), "ja");
  assert.equal(opnieuw.vouw.bijlagen("los").length, 1);
  assert.equal(opnieuw.vouw.noot("los"), "achter de kast");
});

test("the browser stopped between the photo and its operation: completed at the next start, once", async () => {
  const { bezoek, omgeving, open } = await opstelling();
  const echt = omgeving.logboek.voegToe.bind(omgeving.logboek);
  omgeving.logboek.voegToe = async () => {
    throw new Error("stroom weg");
  };
  await assert.rejects(bezoek.bijlagen.voegToe("foto", new Uint8Array([4]).buffer, { soort: "image/jpeg", bestandsnaam: "4.jpg" }));
  assert.equal(bezoek.bewaarder.stand, "niet-opgeslagen");
  omgeving.logboek.voegToe = echt;
  assert.equal(await rondLosseFotosAf(omgeving.fotos, omgeving.logboek), 1);
  assert.equal(await rondLosseFotosAf(omgeving.fotos, omgeving.logboek), 0);
  assert.equal((await open()).sessie.waarde("foto").length, 1);
});

test("the norm of the gemeente is known to the checklist and makes no operation", async () => {
  const omgeving = await nieuweKluis();
  const definitie = { ...DEFINITIE, kinderen: [...DEFINITIE.kinderen, vraag("norm_m2_pp", "calculate", { berekening: fn("number", fn("once", { op: "getal", w: 12 })) })] };
  const open = (context) => Bezoek.open({ ...omgeving, bezoekId: BEZOEK, definitie, context: { ...CONTEXT, ...context }, nu: () => NU });
  const bezoek = await open({ norm_m2_pp: 10 });
  assert.equal(bezoek.sessie.waarde("norm_m2_pp"), 10);
  await bezoek.bewaarder.spoel();
  assert.equal((await omgeving.logboek.vanBezoek(BEZOEK)).length, 0);
  assert.equal((await open({ norm_m2_pp: null })).sessie.waarde("norm_m2_pp"), 12, "the fallback of the checklist");
});

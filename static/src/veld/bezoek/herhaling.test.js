import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { BEZOEK, kaleOp, nieuweKluis, NU } from "../proef/kluis.js";
import { Bezoek } from "./bezoek.js";
import { nieuwePlaatsen, tussengevoegd, verschoven } from "./volgorde.js";

const vraag = (naam, type = "text", meer = {}) => ({ soort: "vraag", naam, type, label: { nl: naam }, ...meer });
const fn = (naam, ...a) => ({ op: "fn", naam, a });
const ref = (naam) => ({ op: "ref", naam, diepte: 1 });
const DEFINITIE = {
  naam: "proef", hash: "a".repeat(64), standaardtaal: "nl", keuzelijsten: { jn: [{ naam: "ja", label: { nl: "Ja" } }, { naam: "nee", label: { nl: "Nee" } }] },
  kinderen: [
    { soort: "herhaling", naam: "kamer", label: { nl: "Kamer" }, kinderen: [
      vraag("m2", "decimal", { verplicht: fn("true") }), vraag("slot", "select_one", { keuzelijst: "jn" }), vraag("code", "barcode"), vraag("foto", "image"),
      vraag("waarom", "text", { relevant: { op: "=", a: [ref("slot"), { op: "tekst", w: "ja" }] } }),
      vraag("nr", "calculate", { berekening: { op: "plaats", niveau: 1, naam: "kamer" } }),
      { soort: "herhaling", naam: "bed", kinderen: [vraag("bezet")] },
    ] },
  ],
};

async function opstelling(naamTeller = { n: 0 }) {
  const omgeving = await nieuweKluis();
  const open = () => Bezoek.open({ ...omgeving, bezoekId: BEZOEK, definitie: DEFINITIE, context: { nu: new Date(NU).toISOString() }, nu: () => NU + (naamTeller.n += 1) });
  return { omgeving, open, bezoek: await open() };
}
const namen = (bezoek) => bezoek.vanGroep("kamer", null).map((i) => bezoek.sessie.waarde(`m2@${i.id}`));
/** @returns {string[]} ids of rooms of 1, 2, 3 ... m2 */
const metKamers = (bezoek, aantal) => Array.from({ length: aantal }, (_, i) => {
  const { instantie } = bezoek.voegHerhalingToe("kamer", null);
  bezoek.antwoord(`m2@${instantie.id}`, i + 1);
  return instantie.id;
});

test("a move is one place between two others; where there is no room, the row is numbered again", () => {
  const rij = [{ id: "a", plaats: 1 }, { id: "b", plaats: 2 }, { id: "c", plaats: 3 }];
  assert.deepEqual([...verschoven(rij, "c", -1)], [["c", 1.5]]);
  assert.deepEqual([...verschoven(rij, "a", -1)], []);
  assert.deepEqual([...verschoven(rij, "b", -1)], [["b", 0]]);
  assert.deepEqual([...verschoven(rij, "b", 1)], [["b", 4]]);
  assert.deepEqual([...tussengevoegd(rij, "a", "x")], [["x", 1.5]]);
  const gelijk = [{ id: "a", plaats: 1 }, { id: "b", plaats: 1 }, { id: "c", plaats: 1 }];
  assert.deepEqual([...nieuwePlaatsen([gelijk[0], gelijk[2], gelijk[1]], "c")], [["c", 2], ["b", 3]]);
  // As often as somebody likes, in the same gap: never two equal places.
  let nu = rij;
  for (let i = 0; i < 200; i++) {
    const anders = verschoven(nu, nu[2].id, -1);
    nu = nu.map((lid) => ({ ...lid, plaats: anders.get(lid.id) ?? lid.plaats })).sort((x, y) => x.plaats - y.plaats);
    assert.equal(new Set(nu.map((lid) => lid.plaats)).size, 3);
  }
});

test("a moved room is numbered anew for the evaluator, and stands there after reopening", async () => {
  const { bezoek, open, omgeving } = await opstelling();
  const [, twee, drie] = metKamers(bezoek, 3);
  await bezoek.bewaarder.spoel();
  const anders = bezoek.verplaatsHerhaling(drie, -1);
  assert.deepEqual(namen(bezoek), [1, 3, 2]);
  assert.ok(anders.has(`kamer@${drie}`));
  assert.equal(bezoek.sessie.waarde(`nr@${drie}`), 2);
  assert.equal(bezoek.sessie.waarde(`nr@${twee}`), 3);
  await bezoek.bewaarder.spoel();
  const opnieuw = await open();
  assert.deepEqual(namen(opnieuw), [1, 3, 2]);
  assert.deepEqual(opnieuw.sessie.serialiseer(), bezoek.sessie.serialiseer());
  const ops = (await omgeving.logboek.vanBezoek(BEZOEK)).filter((op) => op.vraag_id === "kamer" && op.herhaling_id === drie);
  assert.deepEqual(ops.map((op) => op.base_op_ids.length).sort(), [0, 1]);
  assert.deepEqual(opnieuw.vouw.conflicten(), []);
});

test("a copy takes the answers that count, right behind the original, and nothing that belongs to that room alone", async () => {
  const { bezoek, open } = await opstelling();
  const [een] = metKamers(bezoek, 2);
  bezoek.antwoord(`slot@${een}`, "ja");
  bezoek.antwoord(`waarom@${een}`, "verhuurder wil dat");
  bezoek.antwoord(`code@${een}`, "8712345");
  bezoek.voegHerhalingToe("bed", een);
  bezoek.zetNoot(`m2@${een}`, "nagemeten");
  await bezoek.bewaarder.spoel();
  await bezoek.bijlagen.voegToe(`foto@${een}`, new Uint8Array([1]).buffer, { soort: "image/jpeg", bestandsnaam: "1.jpg" });
  const { instantie } = bezoek.kopieerHerhaling(een);
  assert.deepEqual(namen(bezoek), [1, 1, 2]);
  assert.equal(bezoek.vanGroep("kamer", null)[1].id, instantie.id);
  assert.equal(bezoek.vanGroep("bed", instantie.id).length, 0);
  await bezoek.bewaarder.spoel();
  const opnieuw = await open();
  assert.deepEqual(opnieuw.sessie.serialiseer(), bezoek.sessie.serialiseer());
  const kopie = opnieuw.sessie.serialiseer().kamer[1];
  assert.deepEqual(kopie, { m2: 1, slot: "ja", waarom: "verhuurder wil dat", nr: 2 });
  assert.equal(opnieuw.vouw.noot(`m2@${instantie.id}`), "");
  bezoek.antwoord(`slot@${een}`, "nee");
  const tweede = bezoek.kopieerHerhaling(een).instantie;
  assert.equal(bezoek.sessie.waarde(`waarom@${tweede.id}`), null, "an answer that is not asked any more is not copied");
  assert.equal(bezoek.sessie.waarde(`m2@${tweede.id}`), 1);
});

test("two tablets that reorder, copy and remove end with the same rooms in the same order, without a conflict about order", async () => {
  const teller = { n: 0 };
  const [a, b] = [await opstelling(teller), await opstelling(teller)];
  /** @type {any[]} */
  const server = [];
  const wissel = async () => {
    for (const tablet of [a, b]) {
      await tablet.bezoek.bewaarder.spoel();
      for (const op of (await tablet.omgeving.logboek.vanBezoek(BEZOEK)).sort((x, y) => x.toestel_seq - y.toestel_seq)) {
        if (!server.some((een) => een.op_id === op.op_id)) server.push({ ...op, rev: server.length + 1 });
      }
    }
    for (const tablet of [a, b]) {
      await tablet.omgeving.logboek.neemOver(BEZOEK, { rev: server.length, ops: server.map((op) => ({ ...kaleOp(tablet.omgeving), ...op })) });
      await tablet.bezoek.ververs();
    }
  };
  metKamers(a.bezoek, 4);
  await wissel();
  let zaad = 7;
  const kies = (n) => (zaad = (zaad * 1103515245 + 12345) % 2147483648) % n;
  for (let ronde = 0; ronde < 12; ronde++) {
    for (const { bezoek } of [a, b]) {
      const rij = bezoek.vanGroep("kamer", null);
      const id = rij[kies(rij.length)].id;
      if (ronde === 5) bezoek.kopieerHerhaling(id);
      else bezoek.verplaatsHerhaling(id, kies(2) ? 1 : -1);
    }
    await wissel();
    assert.deepEqual(a.bezoek.vanGroep("kamer", null), b.bezoek.vanGroep("kamer", null), `round ${ronde}`);
    assert.deepEqual(a.bezoek.sessie.serialiseer(), b.bezoek.sessie.serialiseer(), `round ${ronde}`);
    assert.deepEqual(a.bezoek.vouw.conflicten(), [], `round ${ronde}`);
  }
  assert.equal(namen(a.bezoek).length, 6);
  const vers = (await a.open()).vanGroep("kamer", null);
  assert.deepEqual(vers, a.bezoek.vanGroep("kamer", null));
});

test("the shared cases about order: the tablet shows what the server makes of it", async () => {
  const map = new URL("../../../../tests/vectors/ops/vouwen.json", import.meta.url);
  const gevallen = JSON.parse(readFileSync(map, "utf8")).filter((geval) => geval.herhalingen);
  assert.ok(gevallen.length >= 3);
  for (const geval of gevallen) {
    for (const ops of [geval.ops, [...geval.ops].reverse()]) {
      const { bezoek, omgeving } = await opstelling();
      for (const op of ops) {
        await omgeving.logboek.neemOver(BEZOEK, { rev: op.rev, ops: [{ ...kaleOp(omgeving), toestel_seq: op.rev, ...op }] });
        await bezoek.ververs();
      }
      for (const [groep, ids] of Object.entries(geval.herhalingen)) assert.deepEqual(bezoek.vanGroep(groep, null).map((i) => i.id), ids, geval.naam);
    }
  }
});

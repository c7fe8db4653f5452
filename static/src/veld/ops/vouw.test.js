import assert from "node:assert/strict";
import { test } from "node:test";
import { hashVan } from "./operatie.js";
import { uuidv7 } from "./uuid.js";
import { Vouw } from "./vouw.js";

const op = (op_id, soort, waarde, base_op_ids = [], rev = null, vraag_id = "v") => ({
  op_id, bezoek_id: "b", vraag_id, herhaling_id: null, soort, waarde, base_op_ids, form_versie: "f", toestel_id: "t", toestel_seq: 1, toestel_tijd: "2026-11-21T18:00:00Z", auteur_id: "a", rev,
});

function* volgordes(rij) {
  if (rij.length <= 1) return void (yield rij);
  for (let i = 0; i < rij.length; i++) for (const rest of volgordes([...rij.slice(0, i), ...rij.slice(i + 1)])) yield [rij[i], ...rest];
}

test("all orders of five operations give the same heads, value and conflict", () => {
  const ops = [op("1", "set", "a", [], 1), op("2", "set", "b", ["1"], 2), op("3", "set", "c", ["1"], 3), op("4", "clear", null, ["2"], 4), op("5", "note", "let op", [], 5)];
  let aantal = 0;
  for (const volgorde of volgordes(ops)) {
    const vouw = new Vouw();
    for (const een of volgorde) vouw.voegToe(een);
    assert.deepEqual(vouw.koppen("v").map((k) => k.op_id), ["3", "4"]);
    assert.equal(vouw.waarde("v"), null);
    assert.equal(vouw.noot("v"), "let op");
    assert.deepEqual(vouw.conflicten().map((c) => [c.sleutel, c.baan]), [["v", "waarde"]]);
    aantal += 1;
  }
  assert.equal(aantal, 120);
});

test("a person resolves with an operation that names every head", () => {
  const vouw = new Vouw();
  for (const een of [op("1", "set", "a", [], 1), op("2", "set", "b", [], 2)]) vouw.voegToe(een);
  assert.equal(vouw.conflicten().length, 1);
  vouw.voegToe(op("3", "set", "a", ["1", "2"]));
  assert.equal(vouw.conflicten().length, 0);
  assert.equal(vouw.waarde("v"), "a");
});

test("two photos at the same time are both kept, without conflict; removing names what it removes", () => {
  const vouw = new Vouw();
  vouw.voegToe(op("1", "attach", { sha256: "aa" }));
  vouw.voegToe(op("2", "attach", { sha256: "bb" }));
  vouw.voegToe(op("3", "set", "ja"));
  assert.deepEqual(vouw.bijlagen("v").map((b) => b.sha256), ["aa", "bb"]);
  assert.equal(vouw.waarde("v"), "ja");
  vouw.voegToe(op("4", "attach", { sha256: "aa", verwijderd: true }, ["1"]));
  assert.deepEqual(vouw.bijlagen("v").map((b) => b.sha256), ["bb"]);
  assert.equal(vouw.conflicten().length, 0);
});

test("an operation never supersedes one of another question or lane", () => {
  const vouw = new Vouw();
  vouw.voegToe(op("1", "set", "a"));
  vouw.voegToe(op("2", "set", "x", ["1"], null, "andere"));
  vouw.voegToe(op("3", "note", "n", ["1"]));
  assert.equal(vouw.waarde("v"), "a");
});

test("the same operation again changes nothing; its server number does not get lost", () => {
  const vouw = new Vouw();
  assert.equal(vouw.voegToe(op("1", "set", "a")), "v");
  assert.equal(vouw.voegToe(op("1", "set", "a", [], 7)), "v");
  assert.equal(vouw.voegToe(op("1", "set", "a")), null);
  assert.equal(vouw.koppen("v")[0].rev, 7);
});

test("the hash is that of the RFC 8785 form of the protocol keys only", async () => {
  const een = op("1", "set", { b: 1.0, a: "é" });
  const { rev: _rev, ...kaal } = een;
  const andersom = Object.fromEntries(Object.entries(kaal).reverse());
  assert.equal(await hashVan(een), await hashVan({ ...andersom, status: "wacht" }));
  assert.notEqual(await hashVan(een), await hashVan({ ...een, toestel_seq: 2 }));
  // Computed apart with Python: hashlib.sha256(rfc8785.dumps(op)).
  assert.equal(await hashVan(een), "7400a9d07c8083eb319b82ff59590daf0bd55f0383fbf49d097a73fac19bd414");
});

test("UUIDv7 has version, variant and time, and does not repeat", () => {
  const id = uuidv7(0x018fedcba987);
  assert.match(id, /^018fedcb-a987-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(Array.from({ length: 1000 }, () => uuidv7(1))).size, 1000);
});

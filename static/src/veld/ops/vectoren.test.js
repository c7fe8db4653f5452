// @ts-check
// The shared cases of tests/vectors/ops: what the server folds and hashes, the client folds and hashes alike.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { hashVan } from "./operatie.js";
import { Vouw } from "./vouw.js";

const map = new URL("../../../../tests/vectors/ops/", import.meta.url);
/** @param {string} naam */
const lees = (naam) => JSON.parse(readFileSync(new URL(naam, map), "utf8"));
/** @param {Record<string, any>|undefined} wat @param {(sleutel: string) => any} hoe */
const per = (wat, hoe) => Object.fromEntries(Object.keys(wat ?? {}).map((sleutel) => [sleutel, hoe(sleutel)]));

for (const geval of lees("vouwen.json")) {
  test(`folding: ${geval.naam}`, () => {
    for (const ops of [geval.ops, [...geval.ops].reverse()]) {
      const vouw = new Vouw();
      for (const op of ops) vouw.voegToe({ herhaling_id: null, base_op_ids: [], ...op });
      assert.deepEqual(per(geval.waarden, (s) => vouw.waarde(s)), geval.waarden);
      assert.deepEqual(per(geval.koppen, (s) => vouw.koppen(s).map((k) => k.op_id)), geval.koppen);
      assert.deepEqual(per(geval.noten, (s) => vouw.noot(s)), geval.noten ?? {});
      assert.deepEqual(per(geval.bijlagen, (s) => vouw.hashes(s)), geval.bijlagen ?? {});
      assert.deepEqual(vouw.conflicten().map((c) => [c.sleutel, c.baan]), geval.verschillen);
    }
  });
}

test("hashes of values that JSON writes in more than one way", async () => {
  for (const geval of lees("hashes.json")) assert.equal(await hashVan({ waarde: geval.waarde }), geval.hash, JSON.stringify(geval.waarde));
});

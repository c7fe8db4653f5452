// All 120 orders in which five operations can arrive end in the same heads: shared cases, which Python folds too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Vouw } from "./vouw.js";

const gevallen = JSON.parse(readFileSync(new URL("../../../../tests/vectors/ops/volgordes.json", import.meta.url), "utf8"));

function* volgordes(rij) {
  if (rij.length <= 1) return void (yield rij);
  for (let i = 0; i < rij.length; i++) for (const rest of volgordes([...rij.slice(0, i), ...rij.slice(i + 1)])) yield [rij[i], ...rest];
}

for (const geval of gevallen) {
  test(`all orders: ${geval.naam}`, () => {
    let aantal = 0;
    let beeld;
    for (const ops of volgordes(geval.ops)) {
      const vouw = new Vouw();
      for (const op of ops) vouw.voegToe(op);
      const koppen = Object.fromEntries(Object.keys(geval.koppen).map((plek) => [plek, vouw.koppen(plek.slice(plek.indexOf(" ") + 1), plek.slice(0, plek.indexOf(" "))).map((kop) => kop.op_id)]));
      assert.deepEqual(koppen, geval.koppen);
      assert.deepEqual(vouw.conflicten().map((c) => [c.sleutel, c.baan]).sort(), geval.verschillen);
      const nu = [...vouw.sleutels()].sort().map((s) => [s, vouw.waarde(s), vouw.noot(s), vouw.bijlagen(s).map((b) => b.sha256)]);
      beeld ??= nu;
      assert.deepEqual(nu, beeld);
      aantal += 1;
    }
    assert.equal(aantal, 120);
  });
}

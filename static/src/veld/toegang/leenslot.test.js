import assert from "node:assert/strict";
import { test } from "node:test";
import { Leenslot } from "./leenslot.js";

function nepOpslag() {
  const inhoud = new Map();
  return { getItem: (k) => inhoud.get(k) ?? null, setItem: (k, v) => void inhoud.set(k, v), removeItem: (k) => void inhoud.delete(k) };
}

test("one tab at a time; a lease of a dead tab runs out; a clock that was set back locks nobody out", async () => {
  const opslag = nepOpslag();
  let nu = 1_000_000;
  const [een, twee] = [new Leenslot(opslag, () => nu), new Leenslot(opslag, () => nu)];
  const binnen = await een.request("z", { ifAvailable: true }, async (slot) => {
    assert.ok(slot);
    return twee.request("z", { ifAvailable: true }, (ander) => ander);
  });
  assert.equal(binnen, null);
  assert.ok(await twee.request("z", { ifAvailable: true }, (slot) => slot));
  await assert.rejects(een.request("z", { ifAvailable: true }, () => Promise.reject(new Error("stuk"))), /stuk/);
  assert.ok(await twee.request("z", { ifAvailable: true }, (slot) => slot), "free again after an error");
  opslag.setItem("inspecties.slot.z", `dood|${nu + 15_000}`);
  assert.equal(await een.request("z", { ifAvailable: true }, (slot) => slot), null);
  nu += 15_001;
  assert.ok(await een.request("z", { ifAvailable: true }, (slot) => slot));
  opslag.setItem("inspecties.slot.z", `dood|${nu + 86_400_000}`);
  assert.ok(await een.request("z", { ifAvailable: true }, (slot) => slot));
});

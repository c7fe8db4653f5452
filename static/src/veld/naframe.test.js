import assert from "node:assert/strict";
import { test } from "node:test";
import { eerstHetNodige, naFrame } from "./naframe.js";

test("once, after the frame; and without a frame after a moment", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {(() => void)[]} */
  const frames = [];
  globalThis.requestAnimationFrame = (doe) => frames.push(/** @type {any} */ (doe));
  t.after(() => delete (/** @type {any} */ (globalThis).requestAnimationFrame));
  let keer = 0;
  naFrame(() => (keer += 1));
  frames.forEach((doe) => doe());
  assert.equal(keer, 0, "the frame itself is not kept waiting");
  t.mock.timers.tick(1);
  t.mock.timers.tick(1000);
  assert.equal(keer, 1);
  naFrame(() => (keer += 1));
  t.mock.timers.tick(100);
  assert.equal(keer, 2);
});

test("what goes wrong in one thing does not stop the others, and is told", async () => {
  const gedaan = [];
  const omgeving = {};
  const gemeld = new Promise((klaar) => {
    const luister = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.once("uncaughtException", (fout) => {
      luister.forEach((een) => process.on("uncaughtException", een));
      klaar(fout);
    });
  });
  eerstHetNodige(omgeving, () => {
    omgeving.straks.push(() => gedaan.push("een"), () => { throw new Error("weg"); }, () => gedaan.push("drie"));
    gedaan.push("nodig");
  });
  assert.deepEqual(gedaan, ["nodig", "een", "drie"]);
  assert.equal((await gemeld).message, "weg");
});

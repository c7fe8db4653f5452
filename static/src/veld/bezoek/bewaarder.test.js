import assert from "node:assert/strict";
import { test } from "node:test";
import { Bewaarder } from "./bewaarder.js";

function opstelling() {
  const geschreven = [];
  const standen = [];
  const poort = { open: true, fout: null, wachters: [] };
  const koppen = new Map();
  const bewaarder = new Bewaarder({
    async schrijf(v) {
      if (!poort.open) await new Promise((klaar) => poort.wachters.push(klaar));
      if (poort.fout) throw poort.fout;
      geschreven.push(v);
      const id = `op${geschreven.length}`;
      koppen.set(v.sleutel, [id]);
      return id;
    },
    koppen: (sleutel) => koppen.get(sleutel) ?? [],
    meld: (stand) => standen.at(-1) !== stand && standen.push(stand),
  });
  return { bewaarder, geschreven, standen, poort, koppen };
}

test("says bezig until everything is written, then opgeslagen", async () => {
  const { bewaarder, geschreven, standen } = opstelling();
  bewaarder.plan("a", "waarde", "set", 1);
  bewaarder.plan("b", "waarde", "set", 2);
  assert.equal(bewaarder.stand, "bezig");
  await bewaarder.spoel();
  assert.deepEqual(geschreven.map((v) => [v.sleutel, v.waarde]), [["a", 1], ["b", 2]]);
  assert.deepEqual(standen, ["bezig", "opgeslagen"]);
});

test("typing is one operation per pause, and the last keystroke is the one saved", async () => {
  const { bewaarder, geschreven } = opstelling();
  for (const tekst of ["m", "ma", "mat"]) bewaarder.plan("a", "waarde", "set", tekst, 60_000);
  assert.equal(geschreven.length, 0);
  await bewaarder.spoel();
  assert.deepEqual(geschreven.map((v) => v.waarde), ["mat"]);
});

test("input during a write follows on it and supersedes it", async () => {
  const { bewaarder, geschreven, poort } = opstelling();
  poort.open = false;
  bewaarder.plan("a", "waarde", "set", 1);
  bewaarder.plan("a", "waarde", "set", 2);
  bewaarder.plan("a", "waarde", "set", 3);
  poort.open = true;
  poort.wachters.forEach((klaar) => klaar());
  await bewaarder.spoel();
  assert.deepEqual(geschreven.map((v) => [v.waarde, v.basis]), [[1, []], [3, ["op1"]]]);
});

test("what arrived while somebody typed is not superseded unseen", async () => {
  const { bewaarder, geschreven, koppen } = opstelling();
  koppen.set("a", ["gezien"]);
  bewaarder.plan("a", "waarde", "set", "x", 60_000);
  koppen.set("a", ["gezien", "ongezien"]);
  bewaarder.plan("a", "waarde", "set", "xy", 60_000);
  await bewaarder.spoel();
  assert.deepEqual(geschreven[0].basis, ["gezien"]);
});

test("a failed write says niet-opgeslagen, keeps the input and can be tried again", async () => {
  const { bewaarder, geschreven, poort, standen } = opstelling();
  poort.fout = new Error("vol");
  bewaarder.plan("a", "waarde", "set", 1);
  await bewaarder.spoel();
  assert.equal(bewaarder.stand, "niet-opgeslagen");
  assert.equal(bewaarder.heeft("a"), true);
  poort.fout = null;
  await bewaarder.opnieuw();
  assert.deepEqual(geschreven.map((v) => v.waarde), [1]);
  assert.deepEqual(standen, ["bezig", "niet-opgeslagen", "bezig", "opgeslagen"]);
});

test("a word that is being composed is saved when it is whole; what waits is written at a flush, whatever it is", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { bewaarder, geschreven, standen } = opstelling();
  const rust = () => new Promise((klaar) => setImmediate(klaar));
  bewaarder.plan("a", "waarde", "set", "x", 250);
  for (const half of ["xn", "xni", "xnih"]) {
    bewaarder.plan("a", "waarde", "set", half, 2000, true);
    t.mock.timers.tick(1500);
    await rust();
  }
  assert.deepEqual([geschreven.length, bewaarder.stand], [0, "bezig"], "each piece begins the wait anew, and the screen does not say saved");
  bewaarder.plan("a", "waarde", "set", "x你", 250);
  t.mock.timers.tick(250);
  await rust();
  assert.deepEqual(geschreven.map((v) => v.waarde), ["x你"]);
  assert.equal(standen.at(-1), "opgeslagen");
  bewaarder.plan("a", "waarde", "set", "x你h", 2000, true);
  t.mock.timers.tick(2000);
  await rust();
  assert.equal(geschreven.at(-1).waarde, "x你h", "who pauses in a word loses nothing");
  bewaarder.plan("b", "waarde", "set", "half", 2000, true);
  await bewaarder.spoel();
  assert.equal(geschreven.at(-1).waarde, "half");
});

/** Frames that never come, as in a page that nobody looks at. @param {any} t */
function zonderFrames(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.requestAnimationFrame = () => 0;
  t.after(() => delete (/** @type {any} */ (globalThis).requestAnimationFrame));
}

test("a choice that waits for its frame is written by a flush, once, with its last value", async (t) => {
  zonderFrames(t);
  const { bewaarder, geschreven, standen } = opstelling();
  bewaarder.plan("a", "waarde", "set", "ja");
  bewaarder.plan("a", "waarde", "set", "nee");
  assert.deepEqual([geschreven.length, bewaarder.stand, bewaarder.heeft("a", "waarde"), bewaarder.heeft("a", "noot")], [0, "bezig", true, false]);
  await bewaarder.spoel();
  t.mock.timers.tick(1000);
  await bewaarder.spoel();
  assert.deepEqual(geschreven.map((v) => v.waarde), ["nee"]);
  assert.equal(standen.at(-1), "opgeslagen");
});

test("without any frame a choice is written after a moment", async (t) => {
  zonderFrames(t);
  const { bewaarder, geschreven } = opstelling();
  bewaarder.plan("a", "waarde", "set", "ja");
  t.mock.timers.tick(100);
  await new Promise((klaar) => setImmediate(klaar));
  assert.deepEqual(geschreven.map((v) => v.waarde), ["ja"]);
});

test("a photo that failed stays told until somebody read it, and answers go on being written", async () => {
  const { bewaarder, geschreven } = opstelling();
  await assert.rejects(bewaarder.buitenom(() => Promise.reject(new Error("geen ruimte"))));
  assert.deepEqual([bewaarder.stand, bewaarder.fout], ["niet-opgeslagen", null]);
  bewaarder.plan("a", "waarde", "set", "na de foto");
  await bewaarder.spoel();
  assert.deepEqual([geschreven.map((v) => v.waarde), bewaarder.stand], [["na de foto"], "niet-opgeslagen"]);
  bewaarder.begrepen();
  assert.equal(bewaarder.stand, "opgeslagen");
});

test("a lock waits for a photo that is still being read", async () => {
  const { bewaarder, geschreven } = opstelling();
  let gelezen = () => {};
  void bewaarder.buitenom(() => new Promise((klaar) => (gelezen = () => klaar(undefined))));
  bewaarder.plan("a", "waarde", "set", 1, 60_000);
  let klaar = false;
  const dicht = bewaarder.klaar().then(() => (klaar = true));
  await new Promise((even) => setTimeout(even, 20));
  assert.deepEqual([geschreven.length, klaar], [1, false]);
  gelezen();
  await dicht;
  assert.deepEqual([klaar, bewaarder.stand], [true, "opgeslagen"]);
});

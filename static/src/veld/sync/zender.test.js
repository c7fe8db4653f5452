import assert from "node:assert/strict";
import { test } from "node:test";
import { NietOpgeslagen } from "../opslag/fouten.js";
import { Zender } from "./zender.js";

/** @param {(() => any)[]} rondes what each round does */
function begin(rondes, toeval = 0) {
  const uitslagen = [];
  const locks = { request: async (_naam, _keuzes, doe) => doe({}) };
  const zender = new Zender({ ronde: async () => (rondes.length > 1 ? rondes.shift() : rondes[0])(), naam: "proef", naRonde: (uitslag) => uitslagen.push(uitslag), locks: /** @type {any} */ (locks), toeval: () => toeval });
  return { zender, uitslagen };
}
/** Until the round that `start` began is over. */
const klaar = () => new Promise((verder) => setImmediate(verder));
const goed = () => ({ uitkomst: "gelukt", zin: "", verzonden: 1, apart: 0, gewijzigd: new Set() });

test("a round that fails on the device itself does not end the sending", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  t.mock.method(console, "error", () => {});
  const { zender, uitslagen } = begin([() => { throw new NietOpgeslagen("Niet opgeslagen: dit toestel is vol."); }, goed]);
  zender.start();
  await klaar();
  assert.deepEqual([uitslagen[0].uitkomst, uitslagen[0].zin], ["toestel", "Niet opgeslagen: dit toestel is vol."]);
  assert.equal(zender.volgende, Date.now() + 2_000);
  t.mock.timers.tick(2_000);
  await klaar();
  assert.equal(uitslagen[1].uitkomst, "gelukt");
  zender.stop();
});

test("it says when it tries again, not at all when a person has to do something, and what the server asked", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const zin = (uitkomst, rest = {}) => () => ({ ...goed(), uitkomst, zin: uitkomst, ...rest });
  const { zender } = begin([zin("druk", { wachtMs: 90_000 }), zin("aanmelden"), zin("netwerk"), zin("netwerk")], 0.999);
  const standen = [];
  const stop = zender.bij(() => standen.push(zender.bezig));
  zender.start();
  await klaar();
  assert.equal(zender.volgende, Date.now() + 90_000);
  await zender.nu();
  assert.deepEqual([zender.volgende, zender.laatste?.uitkomst], [null, "aanmelden"]);
  await zender.nu();
  const eerste = /** @type {number} */ (zender.volgende) - Date.now();
  await zender.nu();
  assert.ok(/** @type {number} */ (zender.volgende) - Date.now() > eerste, "longer each time");
  stop();
  assert.ok(standen.includes(false));
  zender.stop();
});

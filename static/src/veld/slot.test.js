import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { binnenTijd, Slot } from "./slot.js";

const MINUUT = 60_000;
let nu = 0;
const echt = { nu: Date.now, document: globalThis.document, window: globalThis.window, localStorage: globalThis.localStorage };

beforeEach(() => {
  nu = Date.UTC(2026, 10, 21, 18);
  Date.now = () => nu;
  const doc = Object.assign(new EventTarget(), { visibilityState: "visible" });
  Object.assign(globalThis, { document: doc, window: new EventTarget() });
  Object.defineProperty(globalThis, "localStorage", { value: { getItem: () => null, setItem() {} }, configurable: true, writable: true });
});
afterEach(() => {
  Date.now = echt.nu;
  for (const naam of ["document", "window"]) Object.assign(globalThis, { [naam]: echt[naam] });
});

/** @param {"visible"|"hidden"} stand */
function zicht(stand) {
  document.visibilityState = stand;
  document.dispatchEvent(new Event("visibilitychange"));
}

test("locks after ten minutes without a touch, and a touch begins anew", () => {
  let dicht = 0;
  const slot = new Slot(() => (dicht += 1));
  slot.start();
  nu += 9 * MINUUT;
  document.dispatchEvent(new Event("pointerdown"));
  nu += 9 * MINUUT;
  slot.kijk();
  assert.equal(dicht, 0);
  nu += 1 * MINUUT;
  slot.kijk();
  assert.equal(dicht, 1);
  slot.stop();
});

test("out of sight for five minutes locks on return, before anything shows; a photo in between does not", () => {
  let dicht = 0;
  const slot = new Slot(() => (dicht += 1));
  slot.start();
  zicht("hidden");
  nu += 4 * MINUUT;
  zicht("visible");
  assert.equal(dicht, 0);
  zicht("hidden");
  nu += 5 * MINUUT;
  zicht("visible");
  assert.equal(dicht, 1);
  slot.stop();
  // The time out of sight belonged to who worked before: the next unlocking begins fresh.
  slot.start();
  slot.kijk();
  assert.equal(dicht, 1);
  slot.stop();
});

test("a lock waits for what is being written, and not for what fails", async () => {
  let geschreven = false;
  await binnenTijd([new Promise((klaar) => setTimeout(() => klaar((geschreven = true)), 20)), Promise.reject(new Error("vol")), undefined]);
  assert.equal(geschreven, true);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { kanPasskey } from "../crypto/passkey.js";
import { keur, leesOmgeving } from "./browser.js";
import { watOntbreekt } from "./vereist.js";

const opslag = (/** @type {boolean} */ blijft) => ({ persisted: async () => blijft, persist: async () => blijft });
const prf = (/** @type {boolean|undefined} */ kan) => ({ getClientCapabilities: async () => ({ conditionalGet: true, ...(kan === undefined ? {} : { "extension:prf": kan }) }) });
const basis = { isSecureContext: true, location: { hostname: "inspecties.example" }, crypto: { subtle: {} }, indexedDB: {}, localStorage: {}, matchMedia: () => ({ matches: false }) };

// The parts of `window` that count, as each engine has them (see the facts in browser.js).
const CHROMIUM = { ...basis, PublicKeyCredential: prf(true), BarcodeDetector: class {}, SyncManager: class {}, ondeviceorientationabsolute: null, DeviceOrientationEvent: class {}, navigator: { serviceWorker: {}, storage: opslag(true), locks: {}, share() {} } };
const FIREFOX = { ...basis, PublicKeyCredential: prf(true), DeviceOrientationEvent: class {}, navigator: { serviceWorker: {}, storage: opslag(false), locks: {} } };
const FIREFOX_PRIVE = { ...FIREFOX, navigator: { storage: opslag(false), locks: {} } };
const SAFARI = { ...basis, PublicKeyCredential: prf(true), DeviceOrientationEvent: { requestPermission() {} }, navigator: { serviceWorker: {}, storage: opslag(true), locks: {}, share() {}, standalone: true } };
const SAFARI_OUD = { ...basis, PublicKeyCredential: {}, DeviceOrientationEvent: { requestPermission() {} }, navigator: { serviceWorker: {}, share() {} } };

/** @param {any} venster */
async function standen(venster) {
  const { punten, waarschuwingen } = keur(await leesOmgeving(venster, kanPasskey));
  for (const { zin } of punten) assert.match(zin, /^[A-Z].*\.$/u);
  return { ...Object.fromEntries(punten.map(({ code, stand }) => [code, stand])), waarschuwingen: waarschuwingen.length };
}

test("what each engine lacks, as found and not by its name", async () => {
  const alles = { serviceworker: "goed", blijft: "goed", prf: "goed", locks: "goed", achtergrond: "goed", barcode: "goed", kompas: "goed", delen: "goed", waarschuwingen: 0 };
  assert.deepEqual(await standen(CHROMIUM), alles);
  assert.deepEqual(await standen(FIREFOX), { ...alles, blijft: "let-op", achtergrond: "mist", barcode: "mist", kompas: "mist", delen: "mist", waarschuwingen: 1 });
  assert.deepEqual(await standen(FIREFOX_PRIVE), { ...alles, serviceworker: "mist", blijft: "let-op", achtergrond: "mist", barcode: "mist", kompas: "mist", delen: "mist", waarschuwingen: 2 });
  assert.deepEqual(await standen(SAFARI), { ...alles, achtergrond: "mist", barcode: "mist" });
  assert.deepEqual(await standen(SAFARI_OUD), { ...alles, blijft: "let-op", prf: "let-op", locks: "let-op", achtergrond: "mist", barcode: "mist" });
});

test("passkeys: a browser that says no, one that does not tell, no passkeys at all, and an address in figures", async () => {
  assert.equal(await kanPasskey({ ...basis, PublicKeyCredential: prf(false) }), false);
  assert.equal(await kanPasskey({ ...basis, PublicKeyCredential: prf(undefined) }), null);
  assert.equal(await kanPasskey(basis), false);
  assert.equal(await kanPasskey({ ...CHROMIUM, location: { hostname: "192.168.1.10" } }), false);
  assert.equal(await kanPasskey({ ...CHROMIUM, location: { hostname: "[::1]" } }), false);
});

test("without a safe connection, encryption or storage the app stops and says what to do", () => {
  assert.equal(watOntbreekt(CHROMIUM), null);
  assert.match(watOntbreekt({ ...basis, isSecureContext: false, crypto: {} }), /https/);
  assert.match(watOntbreekt({ ...basis, crypto: {} }), /niet versleutelen/);
  assert.match(watOntbreekt({ ...basis, indexedDB: undefined }), /mag hier niets bewaren/);
  const geblokkeerd = Object.defineProperty({ ...basis }, "localStorage", { get: () => { throw new DOMException("nee", "SecurityError"); } });
  assert.match(watOntbreekt(geblokkeerd), /sta cookies en sitegegevens/);
});

// @ts-check
// The keys of one vault and the encryption of one record. Web Crypto only, no storage, no DOM.
//
// A random AES-256-GCM data key encrypts every record. It is stored only wrapped: by a key derived from the passphrase, and
// to the public recovery key of the gemeente, so that a forgotten passphrase does not lose an evening's evidence. The list of
// wrappings has room for other kinds (a passkey, passkey.js) without changing a record.
//
// PBKDF2 and not argon2id: Web Crypto has no argon2id. In WebAssembly it would ask `wasm-unsafe-eval` in the content policy,
// which protects everything else here, a part of some 10 kB that must be loaded before anybody gets in, and 64 MB of memory on
// a cheap tablet. A passphrase of four words has some 50 bits: at 600,000 rounds that is out of reach of who guesses with a
// rack of graphics cards, where a six-digit code would not hold with argon2id either. Each wrapping carries its own `kdf`, so
// that a browser that learns argon2id can be used without touching a record.

import { Meldbaar } from "../meldbaar.js";
import { base64, vanBase64 } from "./bytes.js";

export const KDF_ITERATIES = 600_000;
const IV_BYTES = 12;

/**
 * @typedef {{soort: "wachtzin", kdf: {naam: "PBKDF2-SHA256", iteraties: number, zout: string}, iv: string, data: string}} WachtzinVerpakking
 * @typedef {{soort: "herstel", alg: "RSA-OAEP-256", kid: string|null, data: string}} HerstelVerpakking
 * @typedef {{soort: "passkey", kdf: {naam: "HKDF-SHA256"}, credential_id: string, zout: string, iv: string, data: string, gemaakt_op: number}} PasskeyVerpakking `gemaakt_op` in ms since 1970
 * @typedef {WachtzinVerpakking|HerstelVerpakking|PasskeyVerpakking} Verpakking
 * @typedef {{iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer}} Versleuteld
 */

/** The passphrase does not open this wrapping. */
export class VerkeerdeWachtzin extends Meldbaar {
  constructor() {
    super("Deze wachtzin klopt niet.");
    this.name = "VerkeerdeWachtzin";
  }
}

/** A record that was changed, moved or cut on disk. */
export class OnleesbaarRecord extends Meldbaar {
  /** @param {string} id */
  constructor(id) {
    super(`Een gegeven op dit toestel is beschadigd en niet te lezen (${id}).`);
    this.name = "OnleesbaarRecord";
  }
}

/** @returns {Promise<CryptoKey>} a new data key, extractable only so that it can be wrapped */
export function nieuweDatasleutel() {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
}

/**
 * @param {string} wachtzin
 * @param {Uint8Array<ArrayBuffer>} zout
 * @param {number} iteraties
 */
async function leidAf(wachtzin, zout, iteraties) {
  const ruw = new TextEncoder().encode(wachtzin.normalize("NFC"));
  const basis = await crypto.subtle.importKey("raw", ruw, "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt: zout, iterations: iteraties },
    basis,
    { name: "AES-GCM", length: 256 },
    false,
    ["wrapKey", "unwrapKey"],
  );
}

/**
 * @param {CryptoKey} datasleutel extractable
 * @param {string} wachtzin
 * @param {string} kluisId bound in as additional data: a wrapping of another vault does not open
 * @returns {Promise<WachtzinVerpakking>}
 */
export async function verpakMetWachtzin(datasleutel, wachtzin, kluisId) {
  const zout = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const kek = await leidAf(wachtzin, zout, KDF_ITERATIES);
  const data = await crypto.subtle.wrapKey("raw", datasleutel, kek, {
    name: "AES-GCM",
    iv,
    additionalData: new TextEncoder().encode(kluisId),
  });
  return {
    soort: "wachtzin",
    kdf: { naam: "PBKDF2-SHA256", iteraties: KDF_ITERATIES, zout: base64(zout) },
    iv: base64(iv),
    data: base64(data),
  };
}

/**
 * @param {WachtzinVerpakking} verpakking
 * @param {string} wachtzin
 * @param {string} kluisId
 * @param {boolean} [uitvoerbaar] extractable, only to wrap it anew
 * @returns {Promise<CryptoKey>}
 */
export async function openMetWachtzin(verpakking, wachtzin, kluisId, uitvoerbaar = false) {
  const sleutel = await pakUit(verpakking, await leidAf(wachtzin, vanBase64(verpakking.kdf.zout), verpakking.kdf.iteraties), kluisId, uitvoerbaar);
  if (!sleutel) throw new VerkeerdeWachtzin();
  return sleutel;
}

/**
 * @param {{iv: string, data: string}} verpakking
 * @param {CryptoKey} kek
 * @param {string} kluisId
 * @param {boolean} uitvoerbaar
 * @returns {Promise<CryptoKey|null>} null when this key does not open this wrapping
 */
export async function pakUit(verpakking, kek, kluisId, uitvoerbaar) {
  try {
    return await crypto.subtle.unwrapKey(
      "raw",
      vanBase64(verpakking.data),
      kek,
      { name: "AES-GCM", iv: vanBase64(verpakking.iv), additionalData: new TextEncoder().encode(kluisId) },
      { name: "AES-GCM", length: 256 },
      uitvoerbaar,
      ["encrypt", "decrypt"],
    );
  } catch (fout) {
    if (fout instanceof DOMException && fout.name === "OperationError") return null;
    throw fout;
  }
}

/**
 * @param {CryptoKey} datasleutel extractable
 * @param {JsonWebKey & {kid?: string}} jwk the gemeente's public recovery key
 * @returns {Promise<HerstelVerpakking>}
 */
export async function verpakVoorHerstel(datasleutel, jwk) {
  // Only the key itself: what else a JWK says (key_ops, use) differs per maker and would make the browser refuse it.
  const { kty, n, e } = jwk;
  const publiek = await crypto.subtle.importKey("jwk", { kty, n, e }, { name: "RSA-OAEP", hash: "SHA-256" }, false, ["wrapKey"]);
  const data = await crypto.subtle.wrapKey("raw", datasleutel, publiek, { name: "RSA-OAEP" });
  return { soort: "herstel", alg: "RSA-OAEP-256", kid: jwk.kid ?? null, data: base64(data) };
}

/**
 * @param {CryptoKey} sleutel
 * @param {string} id record id, bound in as additional data so that records cannot be swapped
 * @param {BufferSource} klaar plain bytes
 * @returns {Promise<Versleuteld>}
 */
export async function versleutel(sleutel, id, klaar) {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const data = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) },
    sleutel,
    klaar,
  );
  return { iv, data };
}

/**
 * @param {CryptoKey} sleutel
 * @param {string} id
 * @param {Versleuteld} record
 * @returns {Promise<ArrayBuffer>}
 */
export async function ontsleutel(sleutel, id, record) {
  try {
    return await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: record.iv, additionalData: new TextEncoder().encode(id) },
      sleutel,
      record.data,
    );
  } catch (fout) {
    if (fout instanceof DOMException && fout.name === "OperationError") throw new OnleesbaarRecord(id);
    throw fout;
  }
}

/** @param {CryptoKey} sleutel @param {string} id @param {unknown} waarde JSON value */
export function versleutelJson(sleutel, id, waarde) {
  return versleutel(sleutel, id, new TextEncoder().encode(JSON.stringify(waarde)));
}

/** @param {CryptoKey} sleutel @param {string} id @param {Versleuteld} record @returns {Promise<any>} */
export async function ontsleutelJson(sleutel, id, record) {
  return JSON.parse(new TextDecoder().decode(await ontsleutel(sleutel, id, record)));
}

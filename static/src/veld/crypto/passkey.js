// @ts-check
// A passkey as a second way to open a vault: the authenticator answers a secret of its own for our salt (WebAuthn, extension
// `prf`), and from that secret comes the key that wraps the data key. Works without a connection. The passphrase always stays.
//
// The server has no part in this and checks nothing: the challenge is a local random number, because what counts is not the
// signature but the secret, which the authenticator gives out only after it has checked the person (`userVerification`).
// Whoever forges an answer has no secret, and what does not unwrap does not open.

import { Meldbaar } from "../meldbaar.js";
import { base64, vanBase64 } from "./bytes.js";
import { pakUit } from "./sleutels.js";

const DOEL = new TextEncoder().encode("inspecties-kluis-passkey-1");
const WACHT_MS = 120_000;

/** @typedef {import("./sleutels.js").PasskeyVerpakking} PasskeyVerpakking */
/** @typedef {{credentialId: Uint8Array<ArrayBuffer>, zout: Uint8Array<ArrayBuffer>, geheim: ArrayBuffer}} NieuwePasskey */

/** It did not become a passkey that opens a vault; the sentence says why and what to do. */
export class GeenPasskey extends Meldbaar {
  /** @param {string} zin */
  constructor(zin) {
    super(zin);
    this.name = "GeenPasskey";
  }
}

const ZONDER_PRF = "Deze browser of deze passkey kan geen sleutel maken om mee te ontgrendelen. Uw wachtzin blijft werken. Staat er nu een passkey van Veldwerk in uw toestel, dan mag u die weggooien.";

/** @param {unknown} fout @returns {GeenPasskey} */
function inGewoneTaal(fout) {
  const naam = fout instanceof DOMException ? fout.name : "";
  if (naam === "NotAllowedError" || naam === "AbortError") return new GeenPasskey("Er is geen passkey gebruikt: het is afgebroken, duurde te lang, of dit toestel kent deze passkey niet. Probeer het opnieuw of gebruik uw wachtzin.");
  if (naam === "SecurityError") return new GeenPasskey("Op dit adres werkt een passkey niet. Dat kan alleen op een adres met een naam en een beveiligde verbinding. Gebruik uw wachtzin.");
  if (naam === "InvalidStateError" || naam === "NotSupportedError" || naam === "ConstraintError") return new GeenPasskey("Dit toestel kan geen passkey maken waarmee u ontgrendelt. Stel eerst een schermvergrendeling in op het toestel, of gebruik uw wachtzin.");
  throw fout;
}

/**
 * May the browser be asked for a passkey that opens a vault? null: it does not tell, so trying is the only way.
 * @param {{PublicKeyCredential?: any, isSecureContext?: boolean, location?: {hostname: string}}} [omgeving]
 * @returns {Promise<boolean|null>}
 */
export async function kanPasskey(omgeving = globalThis) {
  const soort = omgeving.PublicKeyCredential;
  if (!soort || !omgeving.isSecureContext) return false;
  // An address in figures is no domain, and passkeys belong to a domain.
  if (/^[\d.]+$|:/u.test(omgeving.location?.hostname ?? "")) return false;
  const kan = await soort.getClientCapabilities?.();
  if (kan?.["extension:prf"] === false) return false;
  if (kan?.["extension:prf"] === true) return true;
  return null;
}

/** @param {BufferSource|undefined} uitkomst @returns {ArrayBuffer|null} */
function alsGeheim(uitkomst) {
  if (!uitkomst) return null;
  const bytes = ArrayBuffer.isView(uitkomst) ? uitkomst.buffer.slice(uitkomst.byteOffset, uitkomst.byteOffset + uitkomst.byteLength) : uitkomst;
  return bytes.byteLength === 32 ? /** @type {ArrayBuffer} */ (bytes) : null;
}

const base64url = (/** @type {Uint8Array} */ bytes) => base64(bytes).replace(/\+/gu, "-").replace(/\//gu, "_").replace(/=+$/u, "");

/**
 * Asks the authenticator for its secret. The person touches, looks or types a code.
 * @param {{credentialId: Uint8Array<ArrayBuffer>, zout: Uint8Array<ArrayBuffer>}[]} keuze passkeys that may answer
 * @returns {Promise<{credentialId: Uint8Array<ArrayBuffer>, geheim: ArrayBuffer}>}
 */
async function vraagGeheim(keuze) {
  /** @type {any} */
  let antwoord;
  try {
    antwoord = await navigator.credentials.get({
      publicKey: /** @type {any} */ ({
        challenge: crypto.getRandomValues(new Uint8Array(32)), rpId: location.hostname, userVerification: "required", timeout: WACHT_MS,
        allowCredentials: keuze.map(({ credentialId }) => ({ type: "public-key", id: credentialId })),
        extensions: { prf: { evalByCredential: Object.fromEntries(keuze.map(({ credentialId, zout }) => [base64url(credentialId), { first: zout }])) } },
      }),
    });
  } catch (fout) {
    throw inGewoneTaal(fout);
  }
  const geheim = alsGeheim(antwoord?.getClientExtensionResults().prf?.results?.first);
  if (!geheim) throw new GeenPasskey(ZONDER_PRF);
  return { credentialId: new Uint8Array(antwoord.rawId), geheim };
}

/**
 * Makes a passkey and has it give its secret. Needs the person; nothing is stored here.
 * @param {{kenmerk: string, bestaand?: PasskeyVerpakking[]}} invoer `kenmerk`: what the device's list of passkeys shows (initials, no name)
 * @returns {Promise<NieuwePasskey>}
 * @throws {GeenPasskey}
 */
export async function maakPasskey({ kenmerk, bestaand = [] }) {
  const zout = crypto.getRandomValues(new Uint8Array(32));
  /** @type {any} */
  let nieuw;
  try {
    nieuw = await navigator.credentials.create({
      publicKey: /** @type {any} */ ({
        challenge: crypto.getRandomValues(new Uint8Array(32)), rp: { id: location.hostname, name: "Inspecties Veldwerk" }, timeout: WACHT_MS,
        // A new random user each time: the same one on a second tablet would replace the first tablet's passkey in a shared keychain.
        user: { id: crypto.getRandomValues(new Uint8Array(16)), name: `Veldwerk ${kenmerk}`, displayName: `Veldwerk ${kenmerk}` },
        pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
        excludeCredentials: bestaand.map((v) => ({ type: "public-key", id: vanBase64(v.credential_id) })),
        extensions: { prf: { eval: { first: zout } } },
      }),
    });
  } catch (fout) {
    if (fout instanceof DOMException && fout.name === "InvalidStateError" && bestaand.length) throw new GeenPasskey("Met deze passkey kunt u dit werk al openen.");
    throw inGewoneTaal(fout);
  }
  const credentialId = new Uint8Array(nieuw.rawId);
  const prf = nieuw.getClientExtensionResults().prf;
  if (!prf?.enabled) {
    await zegDatHijWegKan(credentialId);
    throw new GeenPasskey(ZONDER_PRF);
  }
  // Most authenticators give the secret only when they sign in: then the person is asked once more.
  const geheim = alsGeheim(prf.results?.first) ?? (await vraagGeheim([{ credentialId, zout }])).geheim;
  return { credentialId, zout, geheim };
}

/** Tells the keychain that this passkey is used no more; browsers that cannot leave it to the person. @param {Uint8Array} credentialId */
export async function zegDatHijWegKan(credentialId) {
  const soort = /** @type {any} */ (globalThis.PublicKeyCredential);
  try {
    await soort?.signalUnknownCredential?.({ rpId: location.hostname, credentialId: base64url(credentialId) });
  } catch (fout) {
    if (!(fout instanceof DOMException || fout instanceof TypeError)) throw fout; // a favour, not a promise
  }
}

/** @param {ArrayBuffer} geheim @returns {Promise<CryptoKey>} */
async function sleutelUit(geheim) {
  const basis = await crypto.subtle.importKey("raw", geheim, "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: DOEL }, basis, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

/**
 * @param {CryptoKey} datasleutel extractable
 * @param {NieuwePasskey} passkey
 * @param {string} kluisId bound in as additional data
 * @param {number} nu ms since 1970
 * @returns {Promise<PasskeyVerpakking>}
 */
export async function verpakMetPasskey(datasleutel, { credentialId, zout, geheim }, kluisId, nu) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.wrapKey("raw", datasleutel, await sleutelUit(geheim), { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(kluisId) });
  return { soort: "passkey", kdf: { naam: "HKDF-SHA256" }, credential_id: base64(credentialId), zout: base64(zout), iv: base64(iv), data: base64(data), gemaakt_op: nu };
}

/**
 * @param {PasskeyVerpakking} verpakking @param {ArrayBuffer} geheim @param {string} kluisId
 * @param {boolean} [uitvoerbaar] extractable, only to wrap it anew
 * @returns {Promise<CryptoKey>}
 * @throws {GeenPasskey} the secret is not the one that wrapped it
 */
export async function openMetGeheim(verpakking, geheim, kluisId, uitvoerbaar = false) {
  const sleutel = await pakUit(verpakking, await sleutelUit(geheim), kluisId, uitvoerbaar);
  if (!sleutel) throw new GeenPasskey("Deze passkey hoort niet bij het werk op dit toestel. Gebruik uw wachtzin.");
  return sleutel;
}

/**
 * @param {PasskeyVerpakking[]} verpakkingen of one vault
 * @param {string} kluisId
 * @returns {Promise<(uitvoerbaar?: boolean) => Promise<CryptoKey>>} gives the data key; asked again it does not trouble the person again
 * @throws {GeenPasskey}
 */
export async function vraagPasskey(verpakkingen, kluisId) {
  const { credentialId, geheim } = await vraagGeheim(verpakkingen.map((v) => ({ credentialId: vanBase64(v.credential_id), zout: vanBase64(v.zout) })));
  const id = base64(credentialId);
  const verpakking = verpakkingen.find((v) => v.credential_id === id);
  if (!verpakking) throw new GeenPasskey("Deze passkey hoort niet bij het werk op dit toestel. Gebruik uw wachtzin.");
  return (uitvoerbaar = false) => openMetGeheim(verpakking, geheim, kluisId, uitvoerbaar);
}

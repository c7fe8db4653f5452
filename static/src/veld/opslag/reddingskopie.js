// @ts-check
// The rescue copy: every record of a vault as it lies on the device, encrypted, in one file. Needs no passphrase to make; the
// gemeente opens it with the recovery key, the user with the passphrase.

import { base64 } from "../crypto/bytes.js";
import { Kluis } from "./kluis.js";

const WINKELS = ["meta", "ops", "bezoeken", "fotos", "foto_bytes", "toestanden", "signalen"];

/** @param {unknown} waarde bytes become {"$bytes": base64}; the rest stays JSON @returns {unknown} */
function schrijfbaar(waarde) {
  if (waarde instanceof ArrayBuffer || waarde instanceof Uint8Array) return { $bytes: base64(waarde) };
  if (Array.isArray(waarde)) return waarde.map(schrijfbaar);
  if (waarde && typeof waarde === "object") {
    return Object.fromEntries(Object.entries(waarde).map(([sleutel, deel]) => [sleutel, schrijfbaar(deel)]));
  }
  return waarde;
}

/**
 * @param {import("./kluis.js").Kluis} kluis may be locked
 * @param {number} nu
 * @returns {Promise<Blob>} JSON lines: first a header, then {"winkel", "sleutel", "record"} per line
 */
export async function maakReddingskopie(kluis, nu) {
  const delen = [`${JSON.stringify({ soort: "inspecties-reddingskopie", formaat: 1, kluis: kluis.kluisId, gemaakt_op: new Date(nu).toISOString() })}\n`];
  for (const winkel of WINKELS) {
    for (const sleutel of await kluis.db.getAllKeys(winkel)) {
      delen.push(`${JSON.stringify({ winkel, sleutel, record: schrijfbaar(await kluis.db.get(winkel, sleutel)) })}\n`);
    }
  }
  return new Blob(delen, { type: "application/x-ndjson" });
}

/**
 * Hands the copy to the browser as a file.
 * @param {string} kluisId @param {Kluis|null} open the vault where it is open already
 */
export async function slaReddingskopieOp(kluisId, open) {
  const kluis = open?.kluisId === kluisId ? open : await Kluis.open(kluisId);
  const adres = URL.createObjectURL(await maakReddingskopie(kluis, Date.now()));
  Object.assign(document.createElement("a"), { href: adres, download: `inspecties-reddingskopie-${new Date().toISOString().slice(0, 10)}.ndjson` }).click();
  setTimeout(() => URL.revokeObjectURL(adres), 60_000);
  if (kluis !== open) kluis.sluit();
}

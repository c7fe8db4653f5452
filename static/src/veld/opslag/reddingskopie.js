// @ts-check
// The rescue copy: every record of a vault as it lies on the device, encrypted, in one file. Needs no passphrase to make; the
// gemeente opens it with the recovery key (`inspecties redding lees`).

import { base64 } from "../crypto/bytes.js";
import { Kluis } from "./kluis.js";

/** Not the pack, the map and the small copies: those come from the server, or from the original. */
const WINKELS = ["meta", "ops", "bezoeken", "fotos", "foto_bytes", "toestanden", "signalen", "extra"];

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
 * @param {(winkel: string, sleutel: string) => boolean} [mee] which records go along; what opens the file always does
 * @returns {Promise<Blob>} JSON lines: first a header, then {"winkel", "sleutel", "record"} per line, then how many there were
 */
export async function maakReddingskopie(kluis, nu, mee = () => true) {
  const delen = [`${JSON.stringify({ soort: "inspecties-reddingskopie", formaat: 1, einde: true, kluis: kluis.kluisId, gemaakt_op: new Date(nu).toISOString() })}\n`];
  for (const winkel of WINKELS) {
    for (const sleutel of /** @type {string[]} */ (await kluis.db.getAllKeys(winkel))) {
      if (winkel !== "meta" && !mee(winkel, sleutel)) continue;
      delen.push(`${JSON.stringify({ winkel, sleutel, record: schrijfbaar(await kluis.db.get(winkel, sleutel)) })}\n`);
    }
  }
  // A file that was cut off shows it.
  delen.push(`${JSON.stringify({ soort: "einde", regels: delen.length - 1 })}\n`);
  return new Blob(delen, { type: "application/x-ndjson" });
}

/** Hands a file to the browser. @param {Blob} blob @param {string} naam */
export function geefBestand(blob, naam) {
  const adres = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { href: adres, download: naam }).click();
  setTimeout(() => URL.revokeObjectURL(adres), 60_000);
}

/**
 * Hands the copy to the browser as a file.
 * @param {string} kluisId @param {Kluis|null} open the vault where it is open already
 */
export async function slaReddingskopieOp(kluisId, open) {
  const kluis = open?.kluisId === kluisId ? open : await Kluis.open(kluisId);
  geefBestand(await maakReddingskopie(kluis, Date.now()), `inspecties-reddingskopie-${new Date().toISOString().slice(0, 10)}.ndjson`);
  if (kluis !== open) kluis.sluit();
}

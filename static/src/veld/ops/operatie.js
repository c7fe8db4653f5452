// @ts-check
// What an operation is, and the hash that server and device agree on.

import canonicalize from "canonicalize";
import { sha256Tekst } from "../crypto/bytes.js";

/**
 * @typedef {"set"|"clear"|"attach"|"note"} Soort
 * @typedef {{
 *   op_id: string, bezoek_id: string, vraag_id: string, herhaling_id: string|null, soort: Soort, waarde: any,
 *   base_op_ids: string[], form_versie: string, toestel_id: string, toestel_seq: number, toestel_tijd: string, auteur_id: string
 * }} Operatie
 */

/** Exactly these keys are hashed and sent; anything else on an object (rev, status) is bookkeeping. */
const SLEUTELS = /** @type {const} */ ([
  "op_id", "bezoek_id", "vraag_id", "herhaling_id", "soort", "waarde", "base_op_ids", "form_versie",
  "toestel_id", "toestel_seq", "toestel_tijd", "auteur_id",
]);

/**
 * @param {Record<string, any>} bron
 * @returns {Operatie} only the keys of the protocol
 */
export function alleenProtocol(bron) {
  return /** @type {any} */ (Object.fromEntries(SLEUTELS.map((sleutel) => [sleutel, bron[sleutel] ?? null])));
}

/**
 * SHA-256 (hex) of the RFC 8785 canonical JSON of the operation's own keys.
 * @param {Record<string, any>} op
 * @returns {Promise<string>}
 */
export function hashVan(op) {
  const tekst = canonicalize(alleenProtocol(op));
  if (tekst === undefined) throw new TypeError("operatie is niet als JSON te schrijven");
  return sha256Tekst(tekst);
}

/**
 * @param {string} vraag
 * @param {string|null} [herhaling]
 * @returns {string} `vraag` or `vraag@herhaling_id`, as the evaluator names it
 */
export function sleutelVan(vraag, herhaling) {
  return herhaling ? `${vraag}@${herhaling}` : vraag;
}

/** @param {string} sleutel @returns {{vraag: string, herhaling: string|null}} */
export function uitSleutel(sleutel) {
  const plek = sleutel.indexOf("@");
  return plek < 0 ? { vraag: sleutel, herhaling: null } : { vraag: sleutel.slice(0, plek), herhaling: sleutel.slice(plek + 1) };
}

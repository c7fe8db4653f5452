// @ts-check
// Signals on this device: what is being typed, what waits, and the receipt of what was sent. Encrypted in the vault of who
// typed it; the content goes the moment the server has it. No DOM.

import canonicalize from "canonicalize";
import { sha256Tekst } from "../crypto/bytes.js";
import { OnleesbaarRecord } from "../crypto/sleutels.js";
import { uuidv7 } from "../ops/uuid.js";

/**
 * @typedef {{tekst: string, waar: string, datum: string, vorm: string, bron: string, urgentie: string, betrokkenen: string, hoedanigheid: string,
 *   indicatoren: string[], bewaar_naam: boolean, terugkoppeling: boolean}} Signaal
 * @typedef {{op_id: string, status: "wacht"|"verzonden"|"apart", gemaakt_op: number, signaal: Signaal|null, nummer: string, reden: string}} Melding
 */

const WINKEL = "signalen";
const CONCEPT = "concept";
const BEWAARDAGEN = 7;
const DAG_MS = 86_400_000;

/** Exactly these are sent and hashed; the server fills in the same where one is missing. */
const LEEG = { tekst: "", waar: "", datum: "", vorm: "onbekend", bron: "medewerker", urgentie: "normaal", betrokkenen: "", hoedanigheid: "" };

/** @param {Partial<Signaal>} bron @returns {Signaal} */
export function alleenSignaal(bron) {
  const uit = /** @type {any} */ (Object.fromEntries(Object.entries(LEEG).map(([sleutel, leeg]) => [sleutel, /** @type {any} */ (bron)[sleutel] ?? leeg])));
  return { ...uit, indicatoren: [...(bron.indicatoren ?? [])].sort(), bewaar_naam: bron.bewaar_naam ?? true, terugkoppeling: bron.terugkoppeling ?? false };
}

/** @param {Signaal} signaal @returns {Promise<string>} SHA-256 (hex) of the RFC 8785 canonical JSON, as the server computes it */
export function hashVanSignaal(signaal) {
  return sha256Tekst(/** @type {string} */ (canonicalize(signaal)));
}

export class Signaalmeldingen {
  /** @param {import("../opslag/kluis.js").Kluis} kluis */
  constructor(kluis) {
    this.kluis = kluis;
  }

  /**
   * Into the queue; what was being typed goes in the same transaction, and so does the refused one that this replaces.
   * @param {Signaal} signaal @param {number} nu ms since 1970 @param {string} [vervangt] op_id
   * @returns {Promise<string>} op_id, after the transaction completed
   */
  async voegToe(signaal, nu, vervangt) {
    const opId = uuidv7(nu);
    const inhoud = await this.kluis.versleutelJson(opId, { signaal: alleenSignaal(signaal) });
    await this.kluis.schrijf([WINKEL], async (tx) => {
      await tx.store.delete(CONCEPT);
      if (vervangt) await tx.store.delete(vervangt);
      await tx.store.add({ op_id: opId, status: "wacht", gemaakt_op: nu, ...inhoud });
    });
    return opId;
  }

  /** @param {Partial<Signaal>} signaal @param {string} [vervangt] */
  async bewaarConcept(signaal, vervangt) {
    const inhoud = await this.kluis.versleutelJson(CONCEPT, { signaal, vervangt });
    await this.kluis.schrijf([WINKEL], (tx) => tx.store.put({ op_id: CONCEPT, status: CONCEPT, ...inhoud }));
  }

  /** @returns {Promise<{signaal: Partial<Signaal>, vervangt?: string}|null>} */
  async leesConcept() {
    const record = await this.kluis.db.get(WINKEL, CONCEPT);
    return record ? this.kluis.ontsleutelJson(CONCEPT, record) : null;
  }

  async wisConcept() {
    await this.kluis.schrijf([WINKEL], (tx) => tx.store.delete(CONCEPT));
  }

  /** @param {"wacht"} [status] @returns {Promise<Melding[]>} oldest first */
  async lijst(status) {
    const records = (await this.kluis.db.getAll(WINKEL)).filter((r) => r.op_id !== CONCEPT && (!status || r.status === status));
    const gelezen = await Promise.all(records.sort((a, b) => a.gemaakt_op - b.gemaakt_op).map((record) => this.#lees(record)));
    return gelezen.filter((melding) => melding !== null);
  }

  /** @param {any} record @returns {Promise<Melding|null>} null for one that was damaged on the disk: it must not keep the others back */
  async #lees(record) {
    try {
      return {
        op_id: record.op_id, status: record.status, gemaakt_op: record.gemaakt_op, signaal: null, nummer: "", reden: "",
        ...(await this.kluis.ontsleutelJson(record.op_id, record)),
      };
    } catch (fout) {
      if (fout instanceof OnleesbaarRecord) return null;
      throw fout;
    }
  }

  /** @returns {Promise<number>} how many the server does not have */
  async aantalWachtend() {
    return (await this.kluis.db.getAll(WINKEL)).filter((r) => r.status === "wacht").length;
  }

  /** The server has it: only number and moment stay, for a week. @param {string} opId @param {string} nummer @param {number} nu */
  async bevestig(opId, nummer, nu) {
    const inhoud = await this.kluis.versleutelJson(opId, { signaal: null, nummer });
    await this.kluis.schrijf([WINKEL], async (tx) => {
      const oud = await tx.store.get(opId);
      if (oud) await tx.store.put({ op_id: opId, status: "verzonden", gemaakt_op: oud.gemaakt_op, ...inhoud });
      for (const r of await tx.store.getAll()) {
        if (r.status === "verzonden" && r.gemaakt_op < nu - BEWAARDAGEN * DAG_MS) await tx.store.delete(r.op_id);
      }
    });
  }

  /** The server understood it and says no: it stays, with the reason, to be changed. @param {Melding} melding @param {string} reden */
  async zetApart(melding, reden) {
    const inhoud = await this.kluis.versleutelJson(melding.op_id, { signaal: melding.signaal, reden });
    await this.kluis.schrijf([WINKEL], async (tx) => {
      if (await tx.store.get(melding.op_id)) await tx.store.put({ op_id: melding.op_id, status: "apart", gemaakt_op: melding.gemaakt_op, ...inhoud });
    });
  }
}

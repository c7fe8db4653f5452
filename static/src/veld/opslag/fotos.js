// @ts-check
// Photos and other evidence in a vault. The identity is the SHA-256 of the original bytes at capture; the bytes are stored
// encrypted, read back and compared before anything says "opgeslagen".

import { sha256Hex } from "../crypto/bytes.js";
import { NietOpgeslagen } from "./fouten.js";

/**
 * los: stored, its operation not yet; wacht: to be sent; verzonden: the upload ended well; aanwezig: the server confirmed the
 * hash; apart: the server refuses it.
 * @typedef {"los"|"wacht"|"verzonden"|"aanwezig"|"apart"} Fotostatus
 * @typedef {{id: string, bezoek_id: string, sha256: string, omvang: number, status: Fotostatus, upload_url: string|null, aanwezig_op: number|null}} Fotorecord
 * @typedef {{vraag_id: string, herhaling_id: string|null, soort: string, bestandsnaam: string, op: any}} Fotofeiten
 */

/** @param {string} bezoekId @param {string} sha256 */
export function fotoId(bezoekId, sha256) {
  return `${bezoekId}/${sha256}`;
}

export class Fotos {
  /** @param {import("./kluis.js").Kluis} kluis */
  constructor(kluis) {
    this.kluis = kluis;
  }

  /**
   * Stores the original. Its attach operation follows; until then the status is "los".
   * @param {string} bezoekId
   * @param {ArrayBuffer} bytes the original, untouched
   * @param {(sha256: string) => Fotofeiten} feitenVan
   * @param {ArrayBuffer|null} klein small copy for the screen (JPEG)
   * @returns {Promise<{sha256: string, feiten: Fotofeiten}>} after writing, reading back and comparing
   */
  async bewaar(bezoekId, bytes, feitenVan, klein) {
    if (bytes.byteLength === 0) throw new NietOpgeslagen("Niet opgeslagen: de foto is leeg. Maak de foto opnieuw.");
    const { kluis } = this;
    const sha256 = await sha256Hex(bytes);
    const id = fotoId(bezoekId, sha256);
    const feiten = feitenVan(sha256);
    const [inhoud, versleuteldeFeiten, kleinVersleuteld] = await Promise.all([
      kluis.versleutel(id, bytes),
      kluis.versleutelJson(`${id}/feiten`, feiten),
      klein ? kluis.versleutel(`${id}/klein`, klein) : null,
    ]);
    await kluis.schrijf(["fotos", "foto_bytes", "foto_klein"], async (tx) => {
      const bestaand = await tx.objectStore("fotos").get(id);
      if (kleinVersleuteld) await tx.objectStore("foto_klein").put({ id, ...kleinVersleuteld });
      await tx.objectStore("foto_bytes").put({ id, ...inhoud });
      // The same picture twice on a visit is one original; what was sent already stays sent.
      if (!bestaand || bestaand.status === "los") {
        await tx.objectStore("fotos").put({
          id, bezoek_id: bezoekId, sha256, omvang: bytes.byteLength, status: "los", upload_url: null, aanwezig_op: null, feiten: versleuteldeFeiten,
        });
      }
    });
    const terug = await this.bytes(id);
    if (!terug || (await sha256Hex(terug)) !== sha256) {
      throw new NietOpgeslagen("Niet opgeslagen: de foto kwam niet goed terug uit het geheugen van dit toestel. Maak de foto opnieuw.");
    }
    return { sha256, feiten };
  }

  /** Its operation was saved: it may be sent. @param {string} id */
  async koppel(id) {
    await this.zet(id, (record) => (record.status === "los" ? { ...record, status: "wacht" } : record));
  }

  /** @param {string} id @param {(record: any) => any} wijzig */
  async zet(id, wijzig) {
    await this.kluis.schrijf(["fotos"], async (tx) => {
      const record = await tx.store.get(id);
      if (record) await tx.store.put(wijzig(record));
    });
  }

  /** @param {string} id @returns {Promise<ArrayBuffer|null>} the original bytes */
  async bytes(id) {
    const record = await this.kluis.db.get("foto_bytes", id);
    return record ? this.kluis.ontsleutel(id, record) : null;
  }

  /** @param {string} id @returns {Promise<ArrayBuffer|null>} small copy, else the original */
  async klein(id) {
    const record = await this.kluis.db.get("foto_klein", id);
    return record ? this.kluis.ontsleutel(`${id}/klein`, record) : this.bytes(id);
  }

  /** @param {string} id @returns {Promise<any>} how far it is; undefined for a photo that was not taken on this device */
  record(id) {
    return this.kluis.db.get("fotos", id);
  }

  /** @param {any} record @returns {Promise<Fotofeiten>} */
  feiten(record) {
    return this.kluis.ontsleutelJson(`${record.id}/feiten`, record.feiten);
  }

  /** @param {Fotostatus} status @returns {Promise<any[]>} */
  metStatus(status) {
    return this.kluis.db.getAllFromIndex("fotos", "status", status);
  }

  /** @returns {Promise<Map<string, Record<string, number>>>} counts per visit and status */
  async tellingen() {
    /** @type {Map<string, Record<string, number>>} */
    const per = new Map();
    for (const record of await this.kluis.db.getAll("fotos")) {
      const telling = per.get(record.bezoek_id) ?? {};
      // Set apart and taken off the visit again by a person: it asks for nothing any more.
      const status = record.afgehandeld_op ? "aanwezig" : record.status;
      per.set(record.bezoek_id, { ...telling, [status]: (telling[status] ?? 0) + 1 });
    }
    return per;
  }

  /**
   * What the server says about the manifest of a visit. "ontbreekt" puts back what was thought sent.
   * @param {string} bezoekId
   * @param {Record<string, string>} bijlagen sha256 to aanwezig or ontbreekt
   * @param {number} nu
   */
  async vergelijk(bezoekId, bijlagen, nu) {
    await this.kluis.schrijf(["fotos"], async (tx) => {
      for (const record of await tx.store.index("bezoek").getAll(bezoekId)) {
        const oordeel = bijlagen[record.sha256];
        if (oordeel === "aanwezig" && record.status !== "aanwezig") await tx.store.put({ ...record, status: "aanwezig", aanwezig_op: nu });
        if (oordeel === "ontbreekt" && (record.status === "verzonden" || record.status === "aanwezig")) {
          await tx.store.put({ ...record, status: "wacht", upload_url: null, aanwezig_op: null });
        }
      }
    });
  }
}

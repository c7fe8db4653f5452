// @ts-check
// Photos, signatures and other evidence on the questions of a visit: stored first, then noted down. No DOM.

import { waardeVan } from "../foto/bijlage.js";
import { OnleesbaarRecord } from "../crypto/sleutels.js";
import { uitSleutel } from "../ops/operatie.js";
import { fotoId } from "../opslag/fotos.js";

/**
 * @typedef {import("../opslag/fotos.js").Fotos} Fotos
 * @typedef {import("../foto/bijlage.js").Foto} Foto
 * @typedef {import("../opslag/oplogboek.js").Oplogboek} Oplogboek
 */

export class Bijlagen {
  /** @type {{nu: (gemaakt?: number) => any, stop: () => void}|null} knows where this device is, when the person wants that */
  plek = null;
  dicht = false;

  /**
   * @param {{bezoekId: string, fotos: Fotos, logboek: Oplogboek, bewaarder: import("./bewaarder.js").Bewaarder,
   *   kaleOp: (sleutel: string, soort: "attach", waarde: any, basis: string[]) => any, genoteerd: (sleutel: string, op: any) => Set<string>}} delen
   *   `genoteerd` takes the operation in and answers the changed keys
   */
  constructor(delen) {
    this.d = delen;
  }

  /**
   * Resolves when it was written, read back, compared and noted down.
   * @param {string} sleutel
   * @param {ArrayBuffer} bytes the original
   * @param {{soort: string, bestandsnaam: string, klein?: ArrayBuffer|null, vervangt?: string[], plaats?: any}} feiten
   * @returns {Promise<Set<string>>} changed keys
   */
  voegToe(sleutel, bytes, feiten) {
    const { bezoekId, fotos, logboek } = this.d;
    const { vraag, herhaling } = uitSleutel(sleutel);
    const plaats = feiten.plaats ? { plaats: feiten.plaats } : {};
    return this.d.bewaarder.buitenom(async () => {
      const { sha256, feiten: bewaard } = await fotos.bewaar(
        bezoekId, bytes,
        (hash) => ({
          vraag_id: vraag, herhaling_id: herhaling, soort: feiten.soort, bestandsnaam: feiten.bestandsnaam,
          op: this.d.kaleOp(sleutel, "attach", { sha256: hash, soort: feiten.soort, omvang: bytes.byteLength, bestandsnaam: feiten.bestandsnaam, ...plaats }, feiten.vervangt ?? []),
        }),
        feiten.klein ?? null,
      );
      const op = await logboek.voegToe(bewaard.op);
      await fotos.koppel(fotoId(bezoekId, sha256));
      return this.d.genoteerd(sleutel, op);
    });
  }

  /** @param {string} sleutel @param {Foto} foto @returns {Promise<Set<string>>} changed keys */
  verwijder(sleutel, foto) {
    return this.#noteer(sleutel, { sha256: foto.sha256, verwijderd: true }, foto.op_ids);
  }

  /** Undo of a removal: the same original again. @param {string} sleutel @param {Foto} foto @returns {Promise<Set<string>>} changed keys */
  voegTerug(sleutel, foto) {
    return this.#noteer(sleutel, waardeVan(foto, {}), []);
  }

  /**
   * A caption, or what is covered: a new operation at the same original.
   * @param {string} sleutel @param {Foto} foto @param {Record<string, any>} nieuw @returns {Promise<Set<string>>} changed keys
   */
  wijzig(sleutel, foto, nieuw) {
    return this.#noteer(sleutel, waardeVan(foto, nieuw), foto.op_ids);
  }

  /** The visit is left. */
  sluit() {
    this.dicht = true;
    this.plek?.stop();
    this.plek = null;
  }

  /** @param {string} sleutel @param {any} waarde @param {string[]} basis */
  #noteer(sleutel, waarde, basis) {
    return this.d.bewaarder.buitenom(async () => this.d.genoteerd(sleutel, await this.d.logboek.voegToe(this.d.kaleOp(sleutel, "attach", waarde, basis))));
  }
}

/**
 * Photos that were stored when the browser stopped before their operation was: completes them.
 * @param {Fotos} fotos @param {Oplogboek} logboek @returns {Promise<number>} how many
 */
export async function rondLosseFotosAf(fotos, logboek) {
  let aantal = 0;
  for (const record of await fotos.metStatus("los")) {
    const op = await leesbareOp(fotos, record);
    if (!op) continue;
    if (!(await logboek.kent(op.op_id))) await logboek.voegToe(op);
    await fotos.koppel(record.id);
    aantal += 1;
  }
  return aantal;
}

/** One that was damaged on the disk is set apart, where a person sees it; it does not keep the others. @param {Fotos} fotos @param {any} record */
async function leesbareOp(fotos, record) {
  try {
    return (await fotos.feiten(record)).op;
  } catch (fout) {
    if (!(fout instanceof OnleesbaarRecord)) throw fout;
    await fotos.zet(record.id, (nu) => ({ ...nu, status: "apart" }));
    return null;
  }
}

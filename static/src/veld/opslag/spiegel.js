// @ts-check
// A small mirror of the sequence outside IndexedDB. When a browser evicts the database, the device goes on with the same
// identity and number, so that the server sees the gap and tells the coordinator (no answer is in here).

const SLEUTEL = "inspecties.toestel.";

/** @typedef {{toestel_id: string, seq: number}} Spiegelbeeld */

export class Spiegel {
  /** @param {Pick<Storage, "getItem"|"setItem">|null} opslag localStorage, or null where it is refused */
  constructor(opslag) {
    this.opslag = opslag;
  }

  /** @param {string} kluisId @returns {Spiegelbeeld|null} */
  lees(kluisId) {
    try {
      const beeld = JSON.parse(this.opslag?.getItem(SLEUTEL + kluisId) ?? "null");
      return beeld && typeof beeld.toestel_id === "string" && Number.isSafeInteger(beeld.seq) ? beeld : null;
    } catch (fout) {
      if (fout instanceof SyntaxError || fout instanceof DOMException) return null; // damaged or refused: as good as absent
      throw fout;
    }
  }

  /** @param {string} kluisId @param {Spiegelbeeld} beeld */
  schrijf(kluisId, beeld) {
    const oud = this.lees(kluisId);
    if (oud && oud.toestel_id === beeld.toestel_id && oud.seq >= beeld.seq) return;
    try {
      this.opslag?.setItem(SLEUTEL + kluisId, JSON.stringify(beeld));
    } catch (fout) {
      if (!(fout instanceof DOMException)) throw fout; // full: the database itself reports that
    }
  }
}

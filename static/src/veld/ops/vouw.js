// @ts-check
// Folding operations into what a visit looks like now. The result does not depend on the order in which operations arrive;
// the server does the same (ARCHITECTUUR.md, "Lanes").

import { sleutelVan } from "./operatie.js";

/** @typedef {import("./operatie.js").Operatie & {rev?: number|null}} OpMetRev */
/** @typedef {"waarde"|"noot"|"bijlage"} Baan */

/** @type {Record<string, Baan>} */
const BAAN = { set: "waarde", clear: "waarde", note: "noot", attach: "bijlage" };

/** @param {{soort: string}} op @returns {Baan} */
function baanVan(op) {
  return BAAN[op.soort] ?? "waarde";
}

/** One key and lane: its operations and which of them nobody superseded. */
class Strook {
  /** @type {Map<string, OpMetRev>} */
  ops = new Map();
  /** @type {Set<string>} */
  vervangen = new Set();

  /** @param {OpMetRev} op */
  voegToe(op) {
    this.ops.set(op.op_id, op);
    for (const id of op.base_op_ids) this.vervangen.add(id);
  }

  /** @returns {OpMetRev[]} heads, in a stable order (lowest rev first, unsent last) */
  koppen() {
    const uit = [];
    for (const op of this.ops.values()) if (!this.vervangen.has(op.op_id)) uit.push(op);
    return uit.sort((a, b) => (a.rev ?? Infinity) - (b.rev ?? Infinity) || (a.op_id < b.op_id ? -1 : 1));
  }
}

/** The fold of one visit. */
export class Vouw {
  /** @type {Map<string, Partial<Record<Baan, Strook>>>} */
  #stroken = new Map();
  /** @type {Set<string>} */
  #bekend = new Set();

  /**
   * @param {OpMetRev} op
   * @returns {string|null} the key that may look different now; null when the operation was known with this rev already
   */
  voegToe(op) {
    const sleutel = sleutelVan(op.vraag_id, op.herhaling_id);
    const baan = baanVan(op);
    let banen = this.#stroken.get(sleutel);
    if (!banen) this.#stroken.set(sleutel, (banen = {}));
    const strook = (banen[baan] ??= new Strook());
    const oud = strook.ops.get(op.op_id);
    if (oud && (op.rev ?? null) === null) return null;
    if (oud && oud.rev === op.rev) return null;
    this.#bekend.add(op.op_id);
    strook.voegToe(op);
    return sleutel;
  }

  /** @param {string} opId */
  kent(opId) {
    return this.#bekend.has(opId);
  }

  /** @param {string} sleutel */
  kentSleutel(sleutel) {
    return this.#stroken.has(sleutel);
  }

  /** @returns {IterableIterator<string>} every key that has an operation */
  sleutels() {
    return this.#stroken.keys();
  }

  /** @param {string} sleutel @param {Baan} [baan] @returns {OpMetRev[]} */
  koppen(sleutel, baan = "waarde") {
    return this.#stroken.get(sleutel)?.[baan]?.koppen() ?? [];
  }

  /**
   * The value that counts: null when empty or cleared. In a conflict the head with the highest rev, unsent highest.
   * @param {string} sleutel
   */
  waarde(sleutel) {
    const kop = this.koppen(sleutel).at(-1);
    return kop && kop.soort === "set" ? kop.waarde : null;
  }

  /** @param {string} sleutel @returns {string} the note, empty when there is none */
  noot(sleutel) {
    return this.koppen(sleutel, "noot").at(-1)?.waarde ?? "";
  }

  /**
   * @param {string} sleutel
   * @returns {{op_id: string, sha256: string, soort?: string, bestandsnaam?: string}[]}
   */
  bijlagen(sleutel) {
    return this.koppen(sleutel, "bijlage")
      .filter((op) => op.waarde && !op.waarde.verwijderd)
      .map((op) => ({ ...op.waarde, op_id: op.op_id }));
  }

  /** @returns {{sleutel: string, baan: Baan, koppen: OpMetRev[]}[]} every key and lane that two people answered apart */
  conflicten() {
    const uit = [];
    for (const [sleutel, banen] of this.#stroken) {
      for (const baan of /** @type {Baan[]} */ (["waarde", "noot"])) {
        const koppen = banen[baan]?.koppen() ?? [];
        if (koppen.length > 1) uit.push({ sleutel, baan, koppen });
      }
    }
    return uit;
  }
}

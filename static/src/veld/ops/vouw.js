// @ts-check
// Folding operations into what a visit looks like now. The result does not depend on the order in which operations arrive;
// the server does the same (ARCHITECTUUR.md, "Lanes").

import { sleutelVan, uitSleutel } from "./operatie.js";

/** @typedef {import("./operatie.js").Operatie & {rev?: number|null}} OpMetRev */
/** @typedef {"waarde"|"noot"|"bijlage"} Baan */

/** @type {Record<string, Baan>} */
const BAAN = { set: "waarde", clear: "waarde", note: "noot", attach: "bijlage" };

/** @param {{soort: string}} op @returns {Baan} */
function baanVan(op) {
  return Object.hasOwn(BAAN, op.soort) ? BAAN[op.soort] : "waarde";
}

/**
 * Whether people only moved the same room or person to other places: an order, no answer. The last move counts, nobody has to choose.
 * @param {OpMetRev[]} koppen
 */
function alleenVerplaatst(koppen) {
  const ouder = koppen[0]?.waarde?.ouder ?? null;
  return koppen.every((op) => op.herhaling_id && op.soort === "set" && typeof op.waarde?.plaats === "number" && (op.waarde.ouder ?? null) === ouder);
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
    return uit.sort(opVolgorde);
  }

  /** @returns {OpMetRev[]} what put an instance of a repeat on its place; empty for a question */
  plaatsingen() {
    return [...this.ops.values()].filter(isPlaats).sort(opVolgorde);
  }
}

/** @param {OpMetRev} a @param {OpMetRev} b */
function opVolgorde(a, b) {
  return (a.rev ?? Infinity) - (b.rev ?? Infinity) || (a.op_id < b.op_id ? -1 : 1);
}

/** @param {OpMetRev} op */
function isPlaats(op) {
  return op.soort === "set" && typeof op.waarde === "object" && op.waarde !== null && "plaats" in op.waarde;
}

/** @typedef {{sleutel: string, baan: Baan, koppen: OpMetRev[], erin: OpMetRev[]}} Conflict `erin`: one removed a room in which another had written what the first never saw */

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
    const strook = (banen[baan] ??= new Strook()); // vaste naam: baanVan knows these few
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

  /** Each file once: two people who gave the same photo a caption apart left two heads. @param {string} sleutel @returns {string[]} */
  hashes(sleutel) {
    return [...new Set(this.bijlagen(sleutel).map((b) => b.sha256))];
  }

  /**
   * Every key and lane that two people answered apart. Two orders of the same rooms are no conflict; a room that one removed
   * while another wrote in it is.
   * @returns {Conflict[]}
   */
  conflicten() {
    /** @type {Conflict[]} */
    const uit = [];
    for (const [sleutel, banen] of this.#stroken) {
      for (const baan of /** @type {Baan[]} */ (["waarde", "noot"])) {
        const koppen = banen[baan]?.koppen() ?? [];
        const weg = koppen.filter((op) => op.soort === "clear");
        const plaatsing = baan === "waarde" && weg.length && weg.length === koppen.length && sleutel.includes("@") ? banen.waarde?.plaatsingen().at(-1) : undefined;
        if (plaatsing) {
          const erin = this.#ongezien(sleutel, weg);
          if (erin.length) uit.push({ sleutel, baan, koppen: [plaatsing, ...weg], erin });
        } else if (koppen.length > 1 && !alleenVerplaatst(koppen)) {
          uit.push({ sleutel, baan, koppen, erin: [] });
        }
      }
    }
    return uit;
  }

  /** @param {string} id of an instance @returns {OpMetRev[]} all that stands inside it, instances inside it included */
  binnen(id) {
    /** @type {OpMetRev[]} */
    const uit = [];
    const gehad = new Set();
    for (let laag = new Set([id]); laag.size; ) {
      for (const een of laag) gehad.add(een);
      /** @type {Set<string>} */
      const kinderen = new Set();
      for (const [sleutel, banen] of this.#stroken) {
        const eigen = uitSleutel(sleutel).herhaling;
        if (eigen === null) continue;
        const plaatsing = banen.waarde?.plaatsingen().at(-1);
        if (plaatsing ? !laag.has(plaatsing.waarde.ouder) : !laag.has(eigen)) continue;
        if (plaatsing) kinderen.add(eigen);
        for (const strook of Object.values(banen)) uit.push(...(strook?.koppen() ?? []));
      }
      laag = new Set([...kinderen].filter((een) => !gehad.has(een)));
    }
    return uit;
  }

  /**
   * What stands in a removed instance and was not seen by who removed it. A tablet names what it saw (`{gezien: [op_id]}`); an
   * older one does not: then what got a later number counts.
   * @param {string} sleutel @param {OpMetRev[]} weg the removals
   */
  #ongezien(sleutel, weg) {
    const toestellen = new Set(weg.map((op) => op.toestel_id).filter(Boolean));
    const lijsten = weg.map((op) => op.waarde?.gezien).filter((lijst) => lijst !== undefined);
    const gezien = new Set(lijsten.flat());
    const grens = Math.max(...weg.map((op) => op.rev ?? 0));
    return this.binnen(uitSleutel(sleutel).herhaling ?? "").filter((op) =>
      !toestellen.has(op.toestel_id) && !gezien.has(op.op_id) && (lijsten.length > 0 || (op.rev ?? null) === null || /** @type {number} */ (op.rev) > grens));
  }
}

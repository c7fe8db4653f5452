// @ts-check
// What others added or changed in a visit since this person looked: kept until it was seen. No DOM.

import { uitSleutel } from "../ops/operatie.js";
import { opsomming } from "./namen.js";

/**
 * @typedef {import("../ops/vouw.js").OpMetRev} Op
 * @typedef {import("../ops/vouw.js").Vouw} Vouw
 * @typedef {{gezien: number, open: string[]}} Nieuwsstand `open`: op_ids that came in and were not seen yet
 */

const BANEN = /** @type {const} */ (["waarde", "noot", "bijlage"]);

export class Nieuws {
  /** The newest change of another per question. @type {Map<string, Op>} */
  open = new Map();
  /** @type {Set<string>} */
  #openIds;

  /**
   * @param {string} mij @param {Vouw} vouw
   * @param {Nieuwsstand} [stand] without one this person looks for the first time: then all of it is simply there
   */
  constructor(mij, vouw, stand) {
    this.mij = mij;
    this.vouw = vouw;
    this.gezien = stand?.gezien ?? Infinity;
    this.#openIds = new Set(stand?.open);
    this.hoogste = stand?.gezien ?? 0;
    this.neem(vouw.sleutels());
    if (!stand) this.gezien = this.hoogste;
  }

  /** Looks at these questions anew. @param {Iterable<string>} sleutels @returns {string[]} where something of another came in */
  neem(sleutels) {
    const nieuw = [];
    for (const sleutel of sleutels) {
      if (sleutel.startsWith(":")) continue; // why somebody added something is no answer
      const vers = BANEN.flatMap((baan) => this.vouw.koppen(sleutel, baan)).filter((op) => this.#isNieuw(op));
      for (const op of vers) this.hoogste = Math.max(this.hoogste, op.rev ?? 0);
      const laatste = vers.sort((a, b) => (a.rev ?? 0) - (b.rev ?? 0)).at(-1);
      const bekend = this.open.get(sleutel);
      if (laatste && laatste.op_id !== bekend?.op_id) nieuw.push(sleutel);
      if (laatste) this.open.set(sleutel, laatste);
      else this.open.delete(sleutel);
    }
    return nieuw;
  }

  /** @param {Op} op */
  #isNieuw(op) {
    if (op.auteur_id === this.mij || !op.rev) return false;
    if (this.gezien === Infinity) this.hoogste = Math.max(this.hoogste, op.rev);
    return op.rev > this.gezien || this.#openIds.has(op.op_id);
  }

  /** @param {string} [sleutel] all without one */
  zie(sleutel) {
    for (const [een, op] of [...this.open]) {
      if (sleutel !== undefined && een !== sleutel) continue;
      this.#openIds.delete(op.op_id);
      this.open.delete(een);
    }
    this.#openIds = new Set([...this.open.values()].map((op) => op.op_id));
    this.gezien = Math.max(this.gezien, this.hoogste);
  }

  /** @returns {Nieuwsstand} to keep */
  stand() {
    return { gezien: this.hoogste, open: [...this.open.values()].map((op) => op.op_id) };
  }

  /** In the order in which it came in. @returns {{sleutel: string, op: Op}[]} */
  lijst() {
    return [...this.open].map(([sleutel, op]) => ({ sleutel, op })).sort((a, b) => (a.op.rev ?? 0) - (b.op.rev ?? 0));
  }

  /** "3 antwoorden van J. Bakker zijn erbij gekomen" @param {(id: string) => string} naam */
  zin(naam) {
    const namen = [...new Set([...this.open.values()].map((op) => naam(op.auteur_id)))];
    const aantal = this.open.size;
    if (!aantal) return "";
    return `${aantal} ${aantal === 1 ? "antwoord" : "antwoorden"} van ${opsomming(namen)} ${aantal === 1 ? "is" : "zijn"} erbij gekomen`;
  }
}

/**
 * What one change says.
 * @param {Op} op @param {boolean} isHerhaling @param {(waarde: any) => string} inWoorden
 */
export function watErKwam(op, isHerhaling, inWoorden) {
  if (op.soort === "note") return op.waarde ? `Notitie: ${op.waarde}` : "Notitie weggehaald";
  if (op.soort === "attach") return op.waarde?.verwijderd ? "Foto weggehaald" : "Foto erbij";
  if (isHerhaling) return op.soort === "clear" ? "Weggehaald" : "Erbij gekomen of verplaatst";
  return op.soort === "clear" ? "Leeggemaakt" : inWoorden(op.waarde);
}

/** @param {string} sleutel */
export const vraagVan = (sleutel) => uitSleutel(sleutel).vraag;

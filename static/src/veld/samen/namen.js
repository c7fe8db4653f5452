// @ts-check
// What people in a visit are called: of the pack, and of what the server told since. Kept in the vault. No DOM.

/** @typedef {{id: string, naam: string, organisatie: string, soort: string}} Mens */

export class Namen {
  /** @type {Map<string, Mens>} */
  #mensen = new Map();

  /** @param {string} mij @param {any} [pak] */
  constructor(mij, pak) {
    this.mij = mij;
    for (const actie of pak?.acties ?? []) this.leer(actie.mensen);
  }

  /** @param {unknown} mensen @returns {boolean} whether there was somebody new */
  leer(mensen) {
    let nieuw = false;
    for (const mens of Array.isArray(mensen) ? mensen : []) {
      if (typeof mens?.id !== "string" || typeof mens.naam !== "string" || this.#mensen.get(mens.id)?.naam === mens.naam) continue;
      this.#mensen.set(mens.id, { id: mens.id, naam: mens.naam, organisatie: String(mens.organisatie ?? ""), soort: String(mens.soort ?? "") });
      nieuw = true;
    }
    return nieuw;
  }

  /** "u", "J. Bakker" or "P. Smit (Politie)"; who is not known is a colleague. @param {string} id */
  van(id) {
    if (id === this.mij) return "u";
    const mens = this.#mensen.get(id);
    if (!mens) return "een collega";
    return mens.organisatie ? `${mens.naam} (${mens.organisatie})` : mens.naam;
  }

  /** @returns {Mens[]} */
  alle() {
    return [...this.#mensen.values()];
  }
}

/** "a", "a en b", "a, b en c". @param {string[]} woorden */
export const opsomming = (woorden) => (woorden.length < 2 ? (woorden[0] ?? "") : `${woorden.slice(0, -1).join(", ")} en ${woorden.at(-1)}`);

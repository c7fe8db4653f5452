// @ts-check
// Which language is spoken at a stop. It says something about people, so it is kept encrypted, and only as long as the stop
// is in the pack.

const SLEUTEL = "talen";
const AAD = "pak/talen";

export class Taalgeheugen {
  /** @type {Map<string, string>} by visit */
  #talen = new Map();

  /** @param {import("../opslag/kluis.js").Kluis} kluis */
  constructor(kluis) {
    this.kluis = kluis;
  }

  async lees() {
    const record = await this.kluis.db.get("pakken", SLEUTEL);
    if (record) this.#talen = new Map(await this.kluis.ontsleutelJson(AAD, record));
    return this;
  }

  /** @param {string} bezoekId @returns {string|null} */
  geef(bezoekId) {
    return this.#talen.get(bezoekId) ?? null;
  }

  /** @param {string} bezoekId @param {string} taal */
  async zet(bezoekId, taal) {
    if (this.#talen.get(bezoekId) === taal) return;
    this.#talen.set(bezoekId, taal);
    await this.#bewaar();
  }

  /**
   * What the screens of one stop need; outside a stop nothing is remembered.
   * @param {string|undefined} bezoekId @param {(zin: string) => void} meld says why it could not be saved
   */
  van(bezoekId, meld) {
    return {
      geef: () => (bezoekId ? this.geef(bezoekId) : null),
      zet: (/** @type {string} */ taal) => void (bezoekId && this.zet(bezoekId, taal).catch((fout) => meld(String(fout.message ?? fout)))),
    };
  }

  /** Forgets stops that are no longer in the pack. @param {Iterable<string>} bezoekIds */
  async houd(bezoekIds) {
    const blijft = new Set(bezoekIds);
    const over = [...this.#talen].filter(([id]) => blijft.has(id));
    if (over.length === this.#talen.size) return;
    this.#talen = new Map(over);
    await this.#bewaar();
  }

  async #bewaar() {
    const versleuteld = await this.kluis.versleutelJson(AAD, [...this.#talen]);
    await this.kluis.schrijf(["pakken"], (tx) => tx.store.put(versleuteld, SLEUTEL));
  }
}

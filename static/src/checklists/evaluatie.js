// @ts-check
// Which cells must be evaluated again after a change, and evaluating them in the order of their dependencies.
// As rules/evaluatie.py.

import { berekenRelevantie, berekenStatus, berekenWaarde } from "./cel.js";
import { R, S, V } from "./vorm.js";

/** @typedef {import("./cel.js").Cel} Cel */
/** @typedef {import("./vorm.js").Keuze} Keuze */

/** Per rank a bucket of instances that wait, and the keys that came to look different. */
export class Evaluatie {
  #cellen;
  #blik;
  #vorm;
  /** @type {(cel: Cel, keuze: Keuze) => boolean} */
  #mag;
  /** @type {Array<Set<string|null>|undefined>} by rank */
  #emmers = [];
  #laagste = Infinity;
  /** @type {Set<string>} */
  gewijzigd = new Set();
  gepauzeerd = 0;

  /** @param {import("./cellen.js").Cellen} cellen @param {import("./blik.js").Blik} blik */
  constructor(cellen, blik) {
    this.#cellen = cellen;
    this.#blik = blik;
    this.#vorm = cellen.vorm;
    this.#mag = (cel, keuze) => blik.mag(cel, keuze);
  }

  /** Marks R, V or S of a cell as to be evaluated. @param {number} soort @param {Cel} cel */
  vuil(soort, cel) {
    this.#vuilRang(/** @type {number} */ (this.#vorm.rang.get(`${soort} ${cel.knoop.naam}`)), cel.inst);
  }

  /** @param {number} rang @param {string|null} inst */
  #vuilRang(rang, inst) {
    // vaste naam: a number of ours, in an array
    (this.#emmers[rang] ??= new Set()).add(inst);
    if (rang < this.#laagste) this.#laagste = rang;
  }

  /** Marks every reader of a cell as to be evaluated. @param {number} soort @param {string} naam @param {string[]} pad */
  meld(soort, naam, pad) {
    for (const lezer of this.#vorm.lezers.get(`${soort} ${naam}`) ?? []) {
      for (const cel of this.#cellen.van(lezer.naam, lezer.diepte, pad)) this.#vuilRang(lezer.rang, cel.inst);
    }
  }

  /** Evaluates what waits; nothing while paused. @returns {string[]} keys that look different */
  verwerk() {
    if (this.gepauzeerd) return [];
    for (let rang = this.#laagste; rang < this.#vorm.celvolgorde.length; rang += 1) {
      const emmer = this.#emmers[rang];
      if (!emmer) continue;
      this.#emmers[rang] = undefined; // vaste naam: a number of ours, in an array
      const [soort, naam] = this.#vorm.celvolgorde[rang];
      for (const inst of emmer) {
        const cel = this.#cellen.per(naam).get(inst);
        if (cel) this.#werkBij(soort, cel);
      }
    }
    this.#laagste = Infinity;
    const uit = [...this.gewijzigd];
    this.gewijzigd.clear();
    return uit;
  }

  /** @param {number} soort @param {Cel} cel */
  #werkBij(soort, cel) {
    const blik = this.#blik;
    blik.cel = cel;
    let anders;
    if (soort === R) anders = berekenRelevantie(cel, this.#cellen.ouderVan(cel), blik);
    else if (soort === V) anders = berekenWaarde(cel, blik);
    else anders = berekenStatus(cel, blik, this.#mag);
    blik.cel = null;
    if (!anders) return;
    this.gewijzigd.add(cel.sleutel);
    if (soort !== S) this.meld(soort, cel.knoop.naam, cel.pad);
  }
}

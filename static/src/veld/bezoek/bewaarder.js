// @ts-check
// Saves what a person enters, one operation after the other. Newer input for the same question replaces input that still
// waits; what is being written is never touched. Says "opgeslagen" only when everything was. No DOM.

import { naFrame } from "../naframe.js";

/**
 * @typedef {"bezig"|"opgeslagen"|"niet-opgeslagen"} Opslagstand
 * @typedef {{sleutel: string, baan: string, soort: import("../ops/operatie.js").Soort, waarde: any, basis: string[]|null}} Voornemen
 */

export class Bewaarder {
  /** @type {Map<string, Voornemen>} waits, by key and lane */
  #wacht = new Map();
  /** @type {Map<string, any>} */
  #wekkers = new Map();
  /** @type {Set<string>} waits for the end of a word that is being composed */
  #halverwege = new Set();
  /** @type {string|null} what is being written */
  #lopend = null;
  /** @type {Promise<void>|null} */
  #lus = null;
  /** @type {Set<Promise<any>>} */
  #buiten = new Set();
  /** Something beside the queue was not saved, and nobody said yet that they read so. */
  #gemist = false;
  /** @type {Error|null} */
  fout = null;

  /**
   * @param {{schrijf: (v: Voornemen & {basis: string[]}) => Promise<string>, koppen: (sleutel: string, baan: any) => string[],
   *   meld: (stand: Opslagstand, fout: Error|null) => void}} opties `schrijf` answers the op_id after the transaction completed
   */
  constructor(opties) {
    this.o = opties;
  }

  /** @returns {Opslagstand} */
  get stand() {
    if (this.fout || this.#gemist) return "niet-opgeslagen";
    return this.#wacht.size || this.#lopend || this.#buiten.size ? "bezig" : "opgeslagen";
  }

  /** Is there unsaved input for this key (in this lane)? @param {string} sleutel @param {string} [baan] */
  heeft(sleutel, baan) {
    for (const plek of [...this.#wacht.keys(), this.#lopend]) {
      const knip = plek?.indexOf(":") ?? 0;
      if (plek?.slice(knip + 1) === sleutel && (baan === undefined || plek.slice(0, knip) === baan)) return true;
    }
    return false;
  }

  /**
   * @param {string} sleutel @param {string} baan @param {import("../ops/operatie.js").Soort} soort @param {any} waarde
   * @param {number} [uitstelMs] wait for more typing
   * @param {boolean} [halverwege] a word is being composed (dictation, IME): each piece of it begins the wait anew
   */
  plan(sleutel, baan, soort, waarde, uitstelMs = 0, halverwege = false) {
    const plek = `${baan}:${sleutel}`;
    const eerder = this.#wacht.get(plek);
    // What this input replaces is what the person saw when they began: operations that arrive meanwhile become a conflict.
    const basis = eerder ? eerder.basis : this.#lopend === plek ? null : this.o.koppen(sleutel, baan);
    this.#wacht.delete(plek);
    this.#wacht.set(plek, { sleutel, baan, soort, waarde, basis });
    this.fout = null;
    this.#meld();
    if (uitstelMs > 0) {
      // From the first keystroke on, so that somebody who never pauses is saved too.
      if (halverwege || this.#halverwege.has(plek)) clearTimeout(this.#wekkers.get(plek)), this.#wekkers.delete(plek);
      if (!this.#wekkers.has(plek)) this.#wekkers.set(plek, setTimeout(() => this.#los(plek), uitstelMs));
      this.#halverwege[halverwege ? "add" : "delete"](plek);
    } else {
      clearTimeout(this.#wekkers.get(plek));
      const beurt = {};
      this.#wekkers.set(plek, beurt);
      naFrame(() => this.#wekkers.get(plek) === beurt && this.#los(plek));
    }
  }

  /** Writes everything now. @returns {Promise<void>} when nothing waits any more, or writing failed */
  async spoel() {
    for (const plek of [...this.#wekkers.keys()]) this.#los(plek);
    do {
      this.#start();
      await this.#lus;
    } while (!this.fout && this.#wacht.size > this.#wekkers.size);
  }

  /**
   * Saving that runs beside the queue (a photo). Who asks tells what went wrong; until somebody has read that
   * (`begrepen`) the visit is not called saved, and answers go on being written.
   * @template T @param {() => Promise<T>} werk @returns {Promise<T>}
   */
  async buitenom(werk) {
    const lopend = (async () => werk())();
    this.#buiten.add(lopend);
    this.#meld();
    try {
      return await lopend;
    } catch (fout) {
      this.#gemist = true;
      throw fout;
    } finally {
      this.#buiten.delete(lopend);
      this.#meld();
    }
  }

  /** Writes everything now, and waits for what runs beside the queue too. @returns {Promise<void>} */
  async klaar() {
    await Promise.allSettled([this.spoel(), ...this.#buiten]);
  }

  /** Somebody read that something was not saved. */
  begrepen() {
    this.#gemist = false;
    this.#meld();
  }

  /** Tries again after "niet opgeslagen". */
  opnieuw() {
    this.fout = null;
    this.#meld();
    return this.spoel();
  }

  /** @param {string} plek */
  #los(plek) {
    clearTimeout(this.#wekkers.get(plek));
    this.#wekkers.delete(plek);
    this.#halverwege.delete(plek);
    this.#start();
  }

  #start() {
    this.#lus ??= this.#draai().finally(() => {
      this.#lus = null;
      // Input that came in between the last look and this line.
      if (!this.fout && [...this.#wacht.keys()].some((plek) => !this.#wekkers.has(plek))) this.#start();
    });
  }

  async #draai() {
    for (;;) {
      const volgende = [...this.#wacht].find(([plek]) => !this.#wekkers.has(plek));
      if (!volgende || this.fout) break;
      const [plek, voornemen] = volgende;
      this.#wacht.delete(plek);
      this.#lopend = plek;
      const basis = voornemen.basis ?? this.o.koppen(voornemen.sleutel, voornemen.baan);
      try {
        const opId = await this.o.schrijf({ ...voornemen, basis });
        const opvolger = this.#wacht.get(plek);
        if (opvolger && opvolger.basis === null) opvolger.basis = [opId];
      } catch (fout) {
        this.fout = /** @type {Error} */ (fout);
        const opvolger = this.#wacht.get(plek);
        if (opvolger) opvolger.basis ??= basis;
        else this.#wacht.set(plek, { ...voornemen, basis });
      }
      this.#lopend = null;
    }
    this.#meld();
  }

  #meld() {
    this.o.meld(this.stand, this.fout);
  }
}

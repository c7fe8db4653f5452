// @ts-check
// Repeat instances that come, move and go, in whatever order they are reported. As rules/instanties.py.

import { sleutelVan } from "./cel.js";
import { R, S, V } from "./vorm.js";

/** @typedef {import("./cellen.js").Instantie} Instantie */

/** Makes and removes cells with their instance and marks what must be evaluated for it. */
export class Instanties {
  #cellen;
  #vorm;
  #evaluatie;
  /** @type {Map<string, Map<string, {groep: string, plaats: number}>>} by the parent that is not there yet */
  #wachtend = new Map();

  /** @param {import("./cellen.js").Cellen} cellen @param {import("./evaluatie.js").Evaluatie} evaluatie */
  constructor(cellen, evaluatie) {
    this.#cellen = cellen;
    this.#vorm = cellen.vorm;
    this.#evaluatie = evaluatie;
  }

  /**
   * Adds or moves an instance; an error where it can not stand.
   * @param {string} groep @param {string} id @param {string|null} ouder @param {number} plaats
   * @returns {boolean} false when it waits for its parent
   */
  voegToe(groep, id, ouder, plaats) {
    const knoop = this.#vorm.knoop(groep);
    if (knoop.soort !== "herhaling" || (ouder === null) !== (knoop.keten.length === 0)) throw new Error(`geen herhaling hier: ${groep}`);
    const bekend = this.#cellen.instanties;
    const bestaand = bekend.get(id);
    if (bestaand) {
      if (bestaand.groep !== groep || bestaand.ouder !== ouder) throw new Error(`deze herhaling staat elders: ${id}`);
      this.#verplaats(id, plaats);
    } else if (ouder !== null && !bekend.has(ouder)) {
      this.#laatWachten(ouder, id, groep, plaats);
      return false;
    } else if (ouder !== null && bekend.get(ouder)?.groep !== knoop.keten[knoop.keten.length - 1]) {
      throw new Error(`geen ouder van ${groep}: ${ouder}`);
    } else {
      this.#maak(groep, id, ouder, plaats);
    }
    this.#evaluatie.gewijzigd.add(sleutelVan(groep, ouder));
    return true;
  }

  /** Removes an instance with what is in it. @param {string} id @returns {boolean} false when it was not there (and waits no longer) */
  verwijder(id) {
    const instantie = this.#cellen.instanties.get(id);
    if (!instantie) {
      for (const wachtenden of this.#wachtend.values()) wachtenden.delete(id);
      return false;
    }
    this.#neemWeg(id);
    this.#evaluatie.gewijzigd.add(sleutelVan(instantie.groep, instantie.ouder));
    return true;
  }

  /** The cells of these nodes in one instance, groups included; repeats in it begin empty. @param {string[]} namen @param {string|null} inst @param {string[]} pad */
  maakCellen(namen, inst, pad) {
    for (const naam of namen) {
      const knoop = this.#vorm.knoop(naam);
      const cel = this.#cellen.maak(knoop, inst, pad);
      this.#evaluatie.vuil(R, cel);
      if (knoop.soort !== "groep") this.#evaluatie.vuil(V, cel);
      this.#evaluatie.vuil(S, cel);
      if (knoop.soort === "groep") this.maakCellen(knoop.kinderen, inst, pad);
    }
  }

  /** @param {string} ouder @param {string} id @param {string} groep @param {number} plaats */
  #laatWachten(ouder, id, groep, plaats) {
    const wachtenden = this.#wachtend.get(ouder);
    if (wachtenden) wachtenden.set(id, { groep, plaats });
    else this.#wachtend.set(ouder, new Map([[id, { groep, plaats }]]));
  }

  /** @param {string} groep @param {string} id @param {string|null} ouder @param {number} plaats */
  #maak(groep, id, ouder, plaats) {
    const pad = [...(ouder === null ? [] : (this.#cellen.instanties.get(ouder)?.pad ?? [])), id];
    this.#cellen.neemOp(id, { groep, ouder, plaats, pad });
    this.maakCellen(this.#vorm.knoop(groep).kinderen, id, pad);
    this.#evaluatie.meld(V, groep, pad.slice(0, -1));
    const wachtenden = this.#wachtend.get(id);
    this.#wachtend.delete(id);
    for (const [kind, w] of wachtenden ?? []) {
      if (this.#vorm.knoop(w.groep).keten.at(-1) === groep) this.#maak(w.groep, kind, id, w.plaats);
    }
  }

  /** @param {string} id @param {number} plaats */
  #verplaats(id, plaats) {
    const instantie = this.#cellen.neemUit(id);
    instantie.plaats = plaats;
    this.#cellen.neemOp(id, instantie);
    this.#evaluatie.meld(V, instantie.groep, instantie.pad.slice(0, -1));
  }

  /** @param {string} id */
  #neemWeg(id) {
    for (const kind of this.#cellen.herhalingenIn(id)) {
      const { groep, plaats } = /** @type {Instantie} */ (this.#cellen.instanties.get(kind));
      this.#neemWeg(kind);
      this.#laatWachten(id, kind, groep, plaats);
    }
    const instantie = this.#cellen.neemUit(id);
    this.#wisCellen(this.#vorm.knoop(instantie.groep).kinderen, id, instantie);
    this.#evaluatie.meld(V, instantie.groep, instantie.pad.slice(0, -1));
  }

  /** @param {string[]} namen @param {string} id @param {Instantie} instantie */
  #wisCellen(namen, id, instantie) {
    for (const naam of namen) {
      this.#cellen.per(naam).delete(id);
      this.#evaluatie.gewijzigd.delete(sleutelVan(naam, id));
      this.#evaluatie.meld(V, naam, instantie.pad);
      if (this.#vorm.knoop(naam).soort === "groep") this.#wisCellen(this.#vorm.knoop(naam).kinderen, id, instantie);
    }
  }
}

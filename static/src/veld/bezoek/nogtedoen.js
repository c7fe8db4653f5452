// @ts-check
// Which questions of a visit still ask for something: required and empty, or an answer that can not be right. No DOM.

import { sleutelVan, uitSleutel } from "../ops/operatie.js";
import { isLeeg, isStil } from "./structuur.js";

/** @typedef {import("./bezoek.js").Instantie} Instantie */

export class NogTeDoen {
  /** @type {Set<string>} */
  sleutels = new Set();

  /** @param {{structuur: import("./structuur.js").Structuur, sessie: import("../../checklists/sessie.js").Sessie, instanties: Map<string, Instantie>, andermans?: Set<string>}} delen `andermans`: what another organisation fills in */
  constructor(delen) {
    this.d = delen;
  }

  /** Every question anew: after opening or an undo. */
  telOpnieuw() {
    this.sleutels.clear();
    for (const vraag of this.d.structuur.vragenIn(null)) this.#weeg(vraag.naam);
    for (const instantie of this.d.instanties.values()) this.#weegInstantie(instantie);
  }

  /** @param {Set<string>} sleutels what looks different @param {Instantie} [instantie] what is new */
  werkBij(sleutels, instantie) {
    if (instantie) this.#weegInstantie(instantie);
    for (const sleutel of sleutels) {
      const { vraag, herhaling } = uitSleutel(sleutel);
      if (herhaling && !this.d.instanties.has(herhaling)) this.sleutels.delete(sleutel);
      else if (this.d.structuur.knoop(vraag)?.soort === "vraag") this.#weeg(sleutel);
    }
  }

  /**
   * How much is left per section of the screen, and per instance with what is in it.
   * @returns {{perDeel: Map<string, number>, perInstantie: Map<string, number>}}
   */
  telling() {
    /** @type {Map<string, number>} */
    const perDeel = new Map();
    /** @type {Map<string, number>} */
    const perInstantie = new Map();
    const erbij = (/** @type {Map<string, number>} */ waar, /** @type {string} */ wat) => waar.set(wat, (waar.get(wat) ?? 0) + 1);
    for (const sleutel of this.sleutels) {
      const { vraag, herhaling } = uitSleutel(sleutel);
      erbij(perDeel, this.d.structuur.deelVan(vraag));
      for (let id = herhaling; id; id = this.d.instanties.get(id)?.ouder ?? null) erbij(perInstantie, id);
    }
    return { perDeel, perInstantie };
  }

  /** @param {string} id an instance that is gone */
  vergeet(id) {
    const achter = `@${id}`;
    for (const sleutel of [...this.sleutels]) if (sleutel.endsWith(achter)) this.sleutels.delete(sleutel);
  }

  /** @param {Instantie} instantie */
  #weegInstantie(instantie) {
    for (const vraag of this.d.structuur.vragenIn(instantie.groep)) this.#weeg(sleutelVan(vraag.naam, instantie.id));
  }

  /** @param {string} sleutel */
  #weeg(sleutel) {
    const { structuur, sessie } = this.d;
    const knoop = structuur.knoop(uitSleutel(sleutel).vraag);
    const vraagtNog =
      !isStil(knoop) && !knoop.alleen_lezen && !this.d.andermans?.has(knoop.naam) && sessie.relevant(sleutel) &&
      ((isLeeg(sessie.waarde(sleutel)) && sessie.verplicht(sleutel)) || !!sessie.melding(sleutel));
    if (vraagtNog) this.sleutels.add(sleutel);
    else this.sleutels.delete(sleutel);
  }
}

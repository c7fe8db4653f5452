// @ts-check
// What exists of a checklist now: its repeat instances in order, and the cells of its questions in them. As rules/cellen.py.

import { leesAntwoord } from "./antwoord.js";
import { Cel, deelSleutel } from "./cel.js";

/** @typedef {import("./vorm.js").Knoop} Knoop */
/** @typedef {{groep: string, ouder: string|null, plaats: number, pad: string[]}} Instantie `pad`: the ids from the outermost instance to this one */
/** @typedef {{plaats: number, id: string}} Rijlid */

/** Keeps and finds; what must be evaluated after a change is not its concern. */
export class Cellen {
  /** @type {Map<string, Map<string|null, Cel>>} */
  #per = new Map();
  /** @type {Map<string, any>} answers by key, also of instances that are gone */
  opslag = new Map();
  /** @type {Map<string, Instantie>} */
  instanties = new Map();
  /** @type {Map<string|null, Map<string, Rijlid[]>>} parent instance, repeat: instances in order */
  #rijen = new Map();

  /** @param {import("./vorm.js").Vorm} vorm */
  constructor(vorm) {
    this.vorm = vorm;
    for (const naam of vorm.knopen.keys()) this.#per.set(naam, new Map());
  }

  // -- cells

  /** The cells of a name by instance. @param {string} naam @returns {Map<string|null, Cel>} */
  per(naam) {
    return /** @type {Map<string|null, Cel>} */ (this.#per.get(naam));
  }

  /** @param {string} sleutel "vraag" or "vraag@herhaling_id" @returns {Cel} */
  cel(sleutel) {
    const [naam, inst] = deelSleutel(sleutel);
    const cel = this.#per.get(naam)?.get(inst);
    if (!cel) throw new Error(`bestaat niet: ${sleutel}`);
    return cel;
  }

  /** @param {string} sleutel */
  bestaat(sleutel) {
    const [naam, inst] = deelSleutel(sleutel);
    return this.#per.get(naam)?.has(inst) ?? false;
  }

  /** A new cell, with the answer that was kept for it. @param {Knoop} knoop @param {string|null} inst @param {string[]} pad @returns {Cel} */
  maak(knoop, inst, pad) {
    const cel = new Cel(knoop, this.vorm.keuzes.get(knoop.node.keuzelijst ?? "") ?? new Map(), inst, pad);
    if (this.opslag.has(cel.sleutel)) {
      cel.antwoord = leesAntwoord(knoop.node, cel.namen, this.opslag.get(cel.sleutel));
      cel.bewaard = true;
    }
    this.per(knoop.naam).set(inst, cel);
    return cel;
  }

  /** The cell of the group or repeat around this one. @param {Cel} cel @returns {Cel|null} */
  ouderVan(cel) {
    const { ouder } = cel.knoop;
    if (ouder === null) return null;
    const { keten } = this.vorm.knoop(ouder);
    return this.per(ouder).get(keten.length ? cel.pad[keten.length - 1] : null) ?? null;
  }

  /** The cells of a name that share the first `diepte` instances of `pad`, in order. @param {string} naam @param {number} diepte @param {string[]} pad @returns {Cel[]} */
  van(naam, diepte, pad) {
    const { keten } = this.vorm.knoop(naam);
    const cellen = this.per(naam);
    if (keten.length === diepte) {
      const cel = cellen.get(diepte ? pad[diepte - 1] : null);
      return cel ? [cel] : [];
    }
    /** @type {Array<string|null>} */
    let ids = [diepte ? pad[diepte - 1] : null];
    for (let i = diepte; i < keten.length; i += 1) ids = ids.flatMap((ouder) => this.herhalingen(keten[i], ouder));
    /** @type {Cel[]} */
    const uit = [];
    for (const id of ids) {
      const cel = cellen.get(id);
      if (cel) uit.push(cel);
    }
    return uit;
  }

  /** The cells that are meant, in the order of the screen. @param {(cel: Cel) => boolean} als @returns {Cel[]} */
  kies(als) {
    /** @type {Cel[]} */
    const uit = [];
    this.#loop(this.vorm.wortels, null, (cel) => void (als(cel) && uit.push(cel)));
    return uit;
  }

  /** @param {string[]} namen @param {string|null} inst @param {(cel: Cel) => void} doe */
  #loop(namen, inst, doe) {
    for (const naam of namen) {
      const cel = /** @type {Cel} */ (this.per(naam).get(inst));
      doe(cel);
      if (cel.knoop.soort === "groep") this.#loop(cel.knoop.kinderen, inst, doe);
      else if (cel.knoop.soort === "herhaling") for (const id of this.herhalingen(naam, inst)) this.#loop(cel.knoop.kinderen, id, doe);
    }
  }

  /** The relevant answers, nested per repeat; empty ones are left out. @returns {Record<string, any>} */
  serialiseer() {
    return this.#serialiseer(this.vorm.wortels, null);
  }

  /** @param {string[]} namen @param {string|null} inst @returns {Record<string, any>} */
  #serialiseer(namen, inst) {
    return Object.fromEntries(this.#antwoorden(namen, inst));
  }

  /** @param {string[]} namen @param {string|null} inst @returns {[string, any][]} */
  #antwoorden(namen, inst) {
    return namen.flatMap((naam) => {
      const cel = /** @type {Cel} */ (this.per(naam).get(inst));
      if (!cel.relevant) return [];
      if (cel.knoop.soort === "groep") return this.#antwoorden(cel.knoop.kinderen, inst);
      if (cel.knoop.soort !== "herhaling") return cel.antwoord.waarde === null ? [] : [[naam, cel.antwoord.waarde]];
      const rij = this.herhalingen(naam, inst).map((id) => this.#serialiseer(cel.knoop.kinderen, id));
      return rij.length ? [[naam, rij]] : [];
    });
  }

  // -- instances

  /** The instances of a repeat in order. @param {string} groep @param {string|null} ouder @returns {string[]} */
  herhalingen(groep, ouder) {
    return (this.#rijen.get(ouder)?.get(groep) ?? []).map((lid) => lid.id);
  }

  /** The instances directly in this one, of whichever repeat. @param {string} id @returns {string[]} */
  herhalingenIn(id) {
    return [...(this.#rijen.get(id)?.values() ?? [])].flatMap((rij) => rij.map((lid) => lid.id));
  }

  /** Place of an instance among its siblings, from 1. @param {string} id */
  plaatsVan(id) {
    const { groep, ouder } = /** @type {Instantie} */ (this.instanties.get(id));
    return this.herhalingen(groep, ouder).indexOf(id) + 1;
  }

  /** Gives an instance its place among its siblings. @param {string} id @param {Instantie} instantie */
  neemOp(id, instantie) {
    const { ouder, groep, plaats } = instantie;
    this.instanties.set(id, instantie);
    let rijen = this.#rijen.get(ouder);
    if (!rijen) this.#rijen.set(ouder, (rijen = new Map()));
    let rij = rijen.get(groep);
    if (!rij) rijen.set(groep, (rij = []));
    let i = rij.length;
    while (i > 0 && (rij[i - 1].plaats > plaats || (rij[i - 1].plaats === plaats && rij[i - 1].id > id))) i -= 1;
    rij.splice(i, 0, { plaats, id });
  }

  /** Takes an instance from among its siblings; its cells are the caller's. @param {string} id @returns {Instantie} */
  neemUit(id) {
    const instantie = /** @type {Instantie} */ (this.instanties.get(id));
    this.instanties.delete(id);
    const rij = /** @type {Rijlid[]} */ (this.#rijen.get(instantie.ouder)?.get(instantie.groep));
    rij.splice(rij.findIndex((lid) => lid.id === id), 1);
    return instantie;
  }
}

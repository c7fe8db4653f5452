// @ts-check
// What an expression sees: the answers from the place of one question, the moment, the choice being filtered.
// As rules/blik.py.

import { bereken } from "./rekenen.js";
import { keuzenVan } from "./tekst.js";
import { NAAM_IN_TEKST, gedeeld } from "./vorm.js";
import { naarWaar, ontleedDatum, zoneMinuten } from "./waarden.js";

/** @typedef {import("./cel.js").Cel} Cel */
/** @typedef {import("./vorm.js").Keuze} Keuze */
/** @typedef {import("./vorm.js").Knoop} Knoop */
/** @typedef {import("./vorm.js").Teksten} Teksten */
/** @typedef {import("./rekenen.js").Omgeving} Omgeving */
/** @typedef {{nu: string, vandaag?: string, taal?: string}} Context nu: ISO 8601 with offset, such as 2026-11-21T18:00:00+01:00 */

const NU = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** The surroundings of expressions over the cells of a session. @implements {Omgeving} */
export class Blik {
  #cellen;
  #vorm;
  #taal;
  /** @type {Cel|null} the question from which expressions are seen */
  cel = null;
  /** @type {Keuze|null} */
  keuze = null;

  /** @param {import("./cellen.js").Cellen} cellen @param {Context} context */
  constructor(cellen, context) {
    const zone = NU.exec(context.nu);
    if (!zone || !ontleedDatum(context.nu, 0)) {
      throw new TypeError("context: nu moet een moment met tijdzone zijn, zoals 2026-11-21T18:00:00+01:00");
    }
    this.#cellen = cellen;
    this.#vorm = cellen.vorm;
    this.#taal = context.taal || "nl";
    this.nu = context.nu;
    this.vandaag = context.vandaag || context.nu.slice(0, 10);
    this.verschilMin = zoneMinuten(zone[1]);
  }

  /** Looks from one question for a while. @template T @param {Cel|null} cel @param {Keuze|null} keuze @param {() => T} doe @returns {T} */
  bij(cel, keuze, doe) {
    const [oudeCel, oudeKeuze] = [this.cel, this.keuze];
    [this.cel, this.keuze] = [cel, keuze];
    try {
      return doe();
    } finally {
      [this.cel, this.keuze] = [oudeCel, oudeKeuze];
    }
  }

  get #pad() {
    return this.cel?.pad ?? [];
  }

  /** `.`: also what once() has kept. */
  zelf() {
    return this.cel?.antwoord.tekst ?? "";
  }

  /** One answer as text, or a node-set over the instances below the shared ones. @param {string} naam @param {number} diepte */
  ref(naam, diepte) {
    const knoop = this.#vorm.knoop(naam);
    if (knoop.keten.length > diepte || knoop.soort === "herhaling") return this.refLijst(naam, diepte);
    return this.#cellen.per(naam).get(diepte ? this.#pad[diepte - 1] : null)?.effectief ?? "";
  }

  /** The relevant nodes in order; of a repeat its instances. @param {string} naam @param {number} diepte @returns {string[]} */
  refLijst(naam, diepte) {
    const cellen = this.#cellen.van(naam, diepte, this.#pad).filter((cel) => cel.relevant);
    if (this.#vorm.knoop(naam).soort === "herhaling") return cellen.flatMap((cel) => this.#cellen.herhalingen(naam, cel.inst));
    return cellen.map((cel) => cel.effectief);
  }

  /** indexed-repeat(); "" where there is no such instance. @param {string} naam @param {number[]} plaatsen @param {number} diepte */
  refOpPlaats(naam, plaatsen, diepte) {
    const { keten } = this.#vorm.knoop(naam);
    /** @type {string|null} */
    let inst = diepte ? this.#pad[diepte - 1] : null;
    for (let i = diepte; i < keten.length; i += 1) {
      /** @type {string|undefined} */
      const volgende = this.#cellen.herhalingen(keten[i], inst)[Math.trunc(plaatsen[i - diepte]) - 1];
      if (volgende === undefined) return "";
      inst = volgende;
    }
    return this.#cellen.per(naam).get(inst)?.effectief ?? "";
  }

  /** position(..). @param {number} niveau */
  plaats(niveau) {
    return this.#cellen.plaatsVan(this.#pad[niveau - 1]);
  }

  /** A column of the choice being filtered; "" where it is empty. @param {string} naam */
  kolom(naam) {
    if (naam === "name") return this.keuze?.naam ?? "";
    if (naam === "label") return this.#vertaald(this.keuze?.label);
    const kolommen = this.keuze?.kolommen ?? {};
    return Object.hasOwn(kolommen, naam) ? kolommen[naam] : "";
  }

  /** jr:choice-name(); several choices are joined with a comma. @param {string} vraag @param {string} waarde */
  keuzelabel(vraag, waarde) {
    const knoop = this.#vorm.knoop(vraag);
    const lijst = this.#vorm.keuzes.get(knoop.node.keuzelijst ?? "");
    const namen = knoop.type === "select_one" ? [waarde] : keuzenVan(waarde);
    return namen.filter((naam) => lijst?.has(naam)).map((naam) => this.#vertaald(lijst?.get(naam)?.label)).join(", ");
  }

  /** pulldata(). @param {string} bestand @param {string} kolom @param {string} sleutelkolom @param {string} sleutel */
  opzoeken(bestand, kolom, sleutelkolom, sleutel) {
    return this.#vorm.opzoeken(bestand, kolom, sleutelkolom, sleutel);
  }

  /** Whether choice_filter leaves this choice. @param {Cel} cel @param {Keuze} keuze */
  mag(cel, keuze) {
    const filter = cel.knoop.node.keuzefilter;
    return !filter || this.bij(cel, keuze, () => naarWaar(bereken(filter, this)));
  }

  // -- texts

  /** A text in the language of the session, else in the form's own. @param {Teksten|undefined} teksten @returns {string} */
  #vertaald(teksten) {
    if (!teksten) return "";
    return teksten[this.#taal] || teksten[this.#vorm.definitie.standaardtaal] || Object.values(teksten)[0] || "";
  }

  /**
   * A text of a question, translated and with ${...} filled in.
   * @param {Cel} cel @param {"label"|"hint"|"beperking_melding"} soort @param {string} [taal] another language than the session's
   */
  tekstVan(cel, soort, taal) {
    const eigen = this.#taal;
    this.#taal = taal || eigen;
    try {
      const tekst = this.#vertaald(cel.knoop.node[soort]);
      if (!tekst.includes("${")) return tekst;
      return tekst.replace(NAAM_IN_TEKST, (alles, /** @type {string} */ naam) => {
        const knoop = this.#vorm.knopen.get(naam);
        return knoop ? this.bij(cel, null, () => this.#inTekst(knoop)) : alles;
      });
    } finally {
      this.#taal = eigen;
    }
  }

  /** What stands for ${naam} in a label: the answer, of a choice its label. @param {Knoop} knoop */
  #inTekst(knoop) {
    const waarden = this.refLijst(knoop.naam, gedeeld(this.cel?.knoop.keten ?? [], knoop.keten));
    if (knoop.soort === "herhaling") return String(waarden.length);
    const tonen = knoop.node.keuzelijst ? waarden.map((w) => this.keuzelabel(knoop.naam, w) || w) : waarden;
    return tonen.filter((w) => w !== "").join(", ");
  }
}

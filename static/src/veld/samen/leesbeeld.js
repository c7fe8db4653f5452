// @ts-check
// A question that another organisation fills in: the label and what they answered, nothing to touch.

import { isLeeg, isStil, taalVan, vertaal } from "../bezoek/structuur.js";
import { inWoorden } from "../scherm/conflict.js";
import { h } from "../scherm/dom.js";
import { inTaal } from "../scherm/taal.js";
import { partnernaam, rolVan } from "./rollen.js";

/** What stands under the title of such a section. @param {any} structuur @param {string} naam */
export const wieVultIn = (structuur, naam) => h("p", { class: "klein deelvan" }, `Dit deel vult ${partnernaam(rolVan(structuur, naam))} in. U kunt het alleen lezen.`);

export class LeesBeeld {
  /** @param {any} knoop a question or repeat @param {string} sleutel @param {any} omgeving */
  constructor(knoop, sleutel, omgeving) {
    this.knoop = knoop;
    this.sleutel = sleutel;
    this.o = omgeving;
    const thuis = omgeving.bezoek.definitie.standaardtaal ?? "nl";
    this.antwoord = h("p", { class: "leesantwoord" });
    this.el = h("div", { class: "vraag vraag-lezen", "data-sleutel": sleutel, tabindex: "-1" },
      h("p", { class: "vraagtekst", ...inTaal(taalVan(knoop.label, omgeving.taal, thuis)) }, vertaal(knoop.label, omgeving.taal, thuis) || knoop.naam), !isStil(knoop) && this.antwoord);
    this.ververs();
  }

  ververs() {
    const { sessie, vouw, instanties } = this.o.bezoek;
    this.el.hidden = !sessie.relevant(this.sleutel);
    const fotos = vouw.hashes(this.sleutel).length;
    const delen = this.knoop.soort === "herhaling"
      ? [`${[...instanties.values()].filter((i) => i.groep === this.knoop.naam).length} keer ingevuld`]
      : [fotos === 0 && !isLeeg(sessie.waarde(this.sleutel)) && inWoorden(sessie.waarde(this.sleutel), this.knoop, this.o), fotos > 0 && `${fotos} ${fotos === 1 ? "foto" : "foto's"}`, vouw.noot(this.sleutel)];
    const tekst = delen.filter(Boolean).join(". ") || "Nog niet ingevuld";
    if (this.antwoord.textContent !== tekst) this.antwoord.textContent = tekst;
  }

  /** Proposals stand with who fills in. */
  toonVoorstel() {}

  /** Nothing to choose here. */
  kiesNieuw() {}
}

// @ts-check
// One question for the person in front: big, in their language, with the Dutch small below it. What they tap is the answer.

import { andereTalen, taalVan } from "../bezoek/structuur.js";
import { akkoord } from "./controles/keuze.js";
import { tekstveld } from "./controles/tekst.js";
import { elementId, h, vul } from "./dom.js";
import { inTaal } from "./taal.js";
import { taalknoppen } from "./taalkeuze.js";
import { Vel } from "./vel.js";

/** Kinds of which the answer is a word, a number or a moment. */
const VELD = new Set(["text", "integer", "decimal", "date", "time", "dateTime", "range"]);

/**
 * Texts in one language with the form's own small below them; only the latter where there is no translation.
 * @param {any} teksten @param {string} taal @param {string} thuis @param {(taal: string) => string} geef
 * @returns {HTMLElement[]}
 */
function tweetalig(teksten, taal, thuis, geef) {
  const gevonden = taalVan(teksten, taal, thuis) ?? thuis;
  const groot = h("span", { class: "blok", ...inTaal(gevonden, null) }, geef(gevonden));
  return gevonden === thuis ? [groot] : [groot, h("span", { class: "thuistaal blok", ...inTaal(thuis, null) }, geef(thuis))];
}

export class TaalVraag {
  /** @type {import("./controles/tekst.js").Controle|null} */
  #controle = null;
  #invoerfout = "";
  #botst = false;

  /**
   * @param {import("./vraag.js").VraagBeeld} beeld the question in the checklist
   * @param {{geef: () => string|null, zet: (taal: string) => void}} geheugen the language of this stop
   * @param {(stand: HTMLElement) => void} toonStand fills in whether all is saved
   */
  constructor(beeld, geheugen, toonStand) {
    this.beeld = beeld;
    this.bezoek = beeld.o.bezoek;
    this.thuis = this.bezoek.definitie.standaardtaal ?? "nl";
    const talen = andereTalen(beeld.knoop.label, this.thuis);
    const bekend = geheugen.geef();
    /** @type {string|null} */
    this.taal = bekend && talen.includes(bekend) ? bekend : talen.length === 1 ? talen[0] : null;
    this.stand = h("span", { class: "opslag", role: "status" });
    toonStand(this.stand);
    this.melding = h("p", { class: "melding", role: "alert", hidden: true });
    this.vel = new Vel("Vraag in een andere taal", { kop: [this.stand], gesloten: () => void this.bezoek.bewaarder.spoel() });
    this.inhoud = h("div", { class: "taalinhoud" });
    vul(this.vel.romp, taalknoppen(talen, this.taal, (taal) => {
      this.taal = taal;
      geheugen.zet(taal);
      this.#teken();
    }), this.inhoud);
    for (const soort of ["input", "change", "compositionend"]) this.inhoud.addEventListener(soort, (gebeurtenis) => this.#opInvoer(gebeurtenis));
    this.inhoud.addEventListener("focusout", () => void this.bezoek.bewaarder.spoel());
    this.#teken();
  }

  #teken() {
    const { knoop, sleutel } = this.beeld;
    const { sessie, vouw } = this.bezoek;
    const taal = this.taal ?? this.thuis;
    const titel = elementId();
    const bron = elementId();
    const hint = knoop.hint?.[taal] && taal !== this.thuis;
    this.#botst = vouw.koppen(sleutel).length > 1;
    this.#controle = this.#botst ? null : this.#maakControle(taal, titel);
    const [groot, klein] = tweetalig(knoop.label, taal, this.thuis, (een) => sessie.label(sleutel, een));
    groot.id = titel;
    if (klein) klein.id = bron;
    vul(this.inhoud,
      this.taal ? null : h("p", { class: "klein" }, "Laat de ander de taal aanwijzen."),
      h("h2", { class: "taalvraag", tabindex: "-1" }, groot), klein && h("p", null, klein),
      // The Dutch hint is for the inspector: only one that was translated is for this person.
      hint && h("p", { class: "taalhint" }, ...tweetalig(knoop.hint, taal, this.thuis, (een) => sessie.hint(sleutel, een))),
      this.#controle?.el ?? (knoop.type === "note" ? null : h("p", { class: "vak" }, this.#botst
        ? "Bij deze vraag staan twee antwoorden. Ga terug en kies eerst welke klopt."
        : "Het antwoord vult u in op de checklist.")),
      this.melding);
    this.ververs();
  }

  /** @param {string} taal @param {string} titel id of the question @returns {import("./controles/tekst.js").Controle|null} */
  #maakControle(taal, titel) {
    const { knoop } = this.beeld;
    if (knoop.type === "select_one" || knoop.type === "select_multiple") return this.#tegels(taal, titel);
    const controle = knoop.type === "acknowledge" ? akkoord(knoop, elementId()) : VELD.has(knoop.type) ? tekstveld(knoop, elementId()) : null;
    const invoer = controle?.invoer ?? controle?.el.querySelector("input");
    invoer?.setAttribute("aria-labelledby", titel);
    // What somebody types is in their language.
    if (knoop.type === "text") for (const [naam, waarde] of Object.entries(inTaal(taal))) invoer?.setAttribute(naam, waarde);
    return controle;
  }

  /** @param {string} taal @param {string} titel @returns {import("./controles/tekst.js").Controle} */
  #tegels(taal, titel) {
    const { knoop, sleutel } = this.beeld;
    const meer = knoop.type === "select_multiple";
    const keuzes = /** @type {any[]} */ (this.bezoek.sessie.keuzes(sleutel) ?? []);
    const bak = h("div", { class: "taaltegels", role: meer ? "group" : "radiogroup", "aria-labelledby": titel },
      ...keuzes.map((keuze) => h("label", { class: meer ? "chip" : "tegel" },
        h("input", { type: meer ? "checkbox" : "radio", name: knoop.naam, value: keuze.naam }),
        h("span", { class: "taalantwoord" }, ...tweetalig(keuze.label, taal, this.thuis, (een) => keuze.label?.[een] || keuze.naam)))));
    const invoeren = () => /** @type {NodeListOf<HTMLInputElement>} */ (bak.querySelectorAll("input"));
    return {
      // A form of their own: the question in the checklist has radios of the same name.
      el: h("form", { novalidate: true, onsubmit: (/** @type {Event} */ e) => e.preventDefault() }, bak), invoer: null,
      lees() {
        const aan = [...invoeren()].filter((invoer) => invoer.checked).map((invoer) => invoer.value);
        return { waarde: meer ? aan : (aan[0] ?? null) };
      },
      toon(waarde) {
        for (const invoer of invoeren()) invoer.checked = Array.isArray(waarde) ? waarde.includes(invoer.value) : waarde === invoer.value;
      },
    };
  }

  /** @param {Event} gebeurtenis */
  #opInvoer(gebeurtenis) {
    const doel = /** @type {HTMLInputElement} */ (gebeurtenis.target);
    const kiest = doel.type === "radio" || doel.type === "checkbox";
    if (gebeurtenis.type !== "compositionend" && gebeurtenis.type !== (kiest ? "change" : "input")) return;
    const uit = this.#controle?.lees?.();
    if (!uit) return;
    this.#invoerfout = uit.fout ?? "";
    this.beeld.beantwoord(uit.waarde, uit.typend ?? false, /** @type {InputEvent} */ (gebeurtenis).isComposing);
  }

  /** Brings the sheet in line with the answers; closes it when the question is gone. */
  ververs() {
    const { sleutel } = this.beeld;
    const { sessie, vouw } = this.bezoek;
    if (!sessie.bestaat(sleutel) || !sessie.relevant(sleutel)) return this.vel.sluit();
    if (this.#botst !== vouw.koppen(sleutel).length > 1) return this.#teken();
    const typt = this.#controle?.invoer && this.#controle.invoer === document.activeElement;
    if (!typt) this.#controle?.toon(sessie.waarde(sleutel));
    const waarde = sessie.waarde(sleutel);
    const melding = this.#invoerfout || (waarde === null ? "" : sessie.melding(sleutel)) || "";
    if (this.melding.textContent !== melding) this.melding.textContent = melding;
    this.melding.hidden = !melding;
  }

  sluit() {
    this.vel.sluit();
  }
}

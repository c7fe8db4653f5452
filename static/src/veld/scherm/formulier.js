// @ts-check
// The rendered checklist: which question stands where, and changing only what an answer changed.

import { isStil, taalVan, vertaal } from "../bezoek/structuur.js";
import { naFrame } from "../naframe.js";
import { sleutelVan, uitSleutel } from "../ops/operatie.js";
import { LeesBeeld, wieVultIn } from "../samen/leesbeeld.js";
import { h } from "./dom.js";
import { HerhalingBeeld } from "./herhaling.js";
import { inTaal } from "./taal.js";
import { VraagBeeld } from "./vraag.js";

export class Formulier {
  /** @type {Map<string, any>} a VraagBeeld, or a LeesBeeld where another organisation fills in */
  beelden = new Map();
  /** @type {Map<string, HTMLElement>} */
  groepen = new Map();
  /** @type {Map<string, HerhalingBeeld>} by `name|enclosing instance` */
  herhalingen = new Map();
  /** @type {Map<string, {el: HTMLElement, deel: any, gebouwd: boolean, titel: string, nummer: HTMLElement}>} */
  delen = new Map();
  /** @type {Set<string>} what changed and is not on the screen yet */
  #straks = new Set();
  /** @type {Set<string>} questions that were answered here meanwhile */
  #bronnen = new Set();
  /** @type {string|null} the question that was touched last */
  laatste = null;

  /** @param {any} omgeving {bezoek, taal, adressen, meldFout, meldOngedaan, gebruikerId, naVerwerken, naFocus, toonTaal} */
  constructor(omgeving) {
    this.o = { ...omgeving, beelden: this.beelden, verwerk: (/** @type {Set<string>} */ anders, /** @type {string|undefined} */ bron) => this.verwerk(anders, bron), streng: false };
    this.bezoek = omgeving.bezoek;
    const delen = this.bezoek.structuur.delen().filter((/** @type {any} */ { naam }) => !this.bezoek.verborgen.has(naam));
    this.el = h("div", { class: "delen" });
    for (const [i, deel] of delen.entries()) {
      const titel = deel.knoop ? vertaal(deel.knoop.label, omgeving.taal, this.bezoek.definitie.standaardtaal) || deel.naam : "Algemeen";
      const nummer = h("p", { class: "klein deelnummer" }, `Deel ${i + 1} van ${delen.length}`);
      const el = h("section", { class: "deel", "data-deel": deel.naam, "aria-label": titel }, nummer, h("h2", { tabindex: "-1", ...this.#taal(deel.knoop?.label) }, titel), ...(this.bezoek.andermans.has(deel.naam) ? [wieVultIn(this.bezoek.structuur, deel.naam)] : []));
      if (deel.knoop?.soort === "groep") this.groepen.set(deel.naam, el);
      this.delen.set(deel.naam, { el, deel, gebouwd: false, titel, nummer });
      this.el.append(el);
    }
    for (const soort of ["input", "change", "compositionend"]) this.el.addEventListener(soort, (gebeurtenis) => this.#opInvoer(gebeurtenis));
    this.el.addEventListener("click", (gebeurtenis) => {
      const keuze = /** @type {HTMLInputElement} */ (gebeurtenis.target);
      if (keuze.type === "radio") this.#beeldBij(keuze)?.tikOpKeuze(keuze);
      const open = /** @type {Element} */ (gebeurtenis.target).closest("[data-noot-openen]");
      if (open) this.#beeldBij(open)?.openNoot(true);
      const taal = /** @type {Element} */ (gebeurtenis.target).closest("[data-taal-openen]");
      const beeld = taal && this.#beeldBij(taal);
      if (beeld) this.o.toonTaal(beeld);
    });
    // A browser makes no click of the space bar on what is chosen already.
    this.el.addEventListener("keydown", (gebeurtenis) => {
      const keuze = /** @type {HTMLInputElement} */ (gebeurtenis.target);
      if (keuze.type === "radio" && keuze.checked && [" ", "Delete", "Backspace"].includes(gebeurtenis.key)) this.#beeldBij(keuze)?.tikOpKeuze(keuze);
    });
    this.el.addEventListener("focusin", (gebeurtenis) => {
      const vraag = /** @type {HTMLElement} */ (gebeurtenis.target).closest("[data-sleutel]");
      if (vraag) this.laatste = /** @type {HTMLElement} */ (vraag).dataset.sleutel ?? null;
      this.o.naFocus?.(/** @type {HTMLElement|null} */ (/** @type {HTMLElement} */ (gebeurtenis.target).closest(".kaart"))?.dataset.herhalingId ?? null);
    });
    this.el.addEventListener("focusout", () => void this.bezoek.bewaarder.spoel());
  }

  /** @param {any} teksten @returns {Record<string, string>} */
  #taal(teksten) {
    return inTaal(taalVan(teksten, this.o.taal, this.bezoek.definitie.standaardtaal));
  }

  /** @param {Event} gebeurtenis */
  #opInvoer(gebeurtenis) {
    const doel = /** @type {HTMLInputElement} */ (gebeurtenis.target);
    if (doel.dataset.bewijs !== undefined && gebeurtenis.type === "change") return void this.#beeldBij(doel)?.neemBewijs(doel);
    if (!doel.name || doel.type === "file") return; // notes and photos listen for themselves
    // A word that was being composed (dictation, a phone's keyboard) is whole now.
    if (gebeurtenis.type === "compositionend") return void this.#beeldBij(doel)?.gewijzigd();
    // Radios, boxes, lists and dates report twice: once is enough.
    const kiest = doel.type === "radio" || doel.type === "checkbox" || doel.tagName === "SELECT";
    if (gebeurtenis.type !== (kiest ? "change" : "input")) return;
    this.#beeldBij(doel)?.gewijzigd(/** @type {InputEvent} */ (gebeurtenis).isComposing);
  }

  /** @param {Element} el @returns {VraagBeeld|undefined} the question that it stands in */
  #beeldBij(el) {
    const vraag = /** @type {HTMLElement|null} */ (el.closest("[data-sleutel]"));
    return this.beelden.get(vraag?.dataset.sleutel ?? "");
  }

  /** Builds a section if it was not yet. @param {string} naam */
  bouwDeel(naam) {
    const plek = this.delen.get(naam);
    if (!plek || plek.gebouwd) return;
    plek.gebouwd = true;
    const brok = document.createDocumentFragment();
    this.#bouw(plek.deel.kinderen, null, brok);
    plek.el.append(brok);
    if (plek.deel.knoop) plek.el.hidden = !this.bezoek.sessie.relevant(naam);
  }

  /** @param {any[]} knopen @param {string|null} herhaling @param {Node} ouderEl */
  #bouw(knopen, herhaling, ouderEl) {
    for (const knoop of knopen) {
      const sleutel = sleutelVan(knoop.naam, herhaling);
      if (this.bezoek.verborgen.has(knoop.naam)) continue;
      if (this.bezoek.andermans.has(knoop.naam) && knoop.soort !== "groep" && (!isStil(knoop) || knoop.type === "note")) {
        const beeld = new LeesBeeld(knoop, sleutel, this.o);
        this.beelden.set(sleutel, beeld);
        ouderEl.appendChild(beeld.el);
      } else if (knoop.soort === "vraag") {
        if (isStil(knoop) && knoop.type !== "note") continue;
        const beeld = new VraagBeeld(knoop, sleutel, this.o);
        this.beelden.set(sleutel, beeld);
        ouderEl.appendChild(beeld.el);
      } else if (knoop.soort === "groep") {
        const el = h("section", { class: "groep" }, h("h3", this.#taal(knoop.label), vertaal(knoop.label, this.o.taal, this.bezoek.definitie.standaardtaal)));
        this.groepen.set(sleutel, el);
        el.hidden = !this.bezoek.sessie.relevant(sleutel);
        this.#bouw(knoop.kinderen ?? [], herhaling, el);
        ouderEl.appendChild(el);
      } else {
        const beeld = new HerhalingBeeld(knoop, herhaling, this.o, (kinderen, id, plek) => this.#bouw(kinderen, id, plek));
        this.herhalingen.set(`${knoop.naam}|${herhaling ?? ""}`, beeld);
        beeld.el.hidden = !this.bezoek.sessie.relevant(sleutel);
        ouderEl.appendChild(beeld.el);
      }
    }
  }

  /**
   * @param {Set<string>} anders keys that changed
   * @param {string} [bron] the question in which somebody is answering: it comes first, its field is left alone, and what
   *   it changes elsewhere (questions that appear, sums) follows the frame that shows the answer
   */
  verwerk(anders, bron) {
    if (bron !== undefined) {
      this.beelden.get(bron)?.ververs(false);
      if (!this.#straks.size) naFrame(() => this.werkBij());
    }
    for (const sleutel of anders) {
      this.#straks.add(sleutel);
      // Changed from elsewhere: what its field shows is not what somebody typed there any more.
      if (sleutel !== bron) this.#bronnen.delete(sleutel);
    }
    if (bron === undefined) this.werkBij();
    else this.#bronnen.add(bron);
  }

  /** Brings the screen in line with every answer now. */
  werkBij() {
    const [anders, bronnen] = [this.#straks, this.#bronnen];
    [this.#straks, this.#bronnen] = [new Set(), new Set()];
    for (const sleutel of anders) {
      const { vraag, herhaling } = uitSleutel(sleutel);
      const isHerhaling = this.bezoek.structuur.isHerhaling(vraag);
      // Its instance was removed within the frame.
      if (!isHerhaling && !this.bezoek.sessie.bestaat(sleutel)) continue;
      const beeld = this.beelden.get(sleutel);
      if (beeld) {
        beeld.ververs(!bronnen.has(sleutel));
        continue;
      }
      const groep = this.groepen.get(sleutel);
      if (groep) groep.hidden = !this.bezoek.sessie.relevant(sleutel);
      else if (isHerhaling) this.#verversHerhaling(vraag, herhaling);
    }
    this.o.naVerwerken();
  }

  /** @param {string} naam @param {string|null} herhaling */
  #verversHerhaling(naam, herhaling) {
    const gelijknamig = [...this.herhalingen.values()].filter((beeld) => beeld.knoop.naam === naam);
    const isInstantie = herhaling !== null && (this.bezoek.instanties.get(herhaling)?.groep === naam || gelijknamig.some((beeld) => beeld.kaarten.has(herhaling)));
    if (isInstantie) return gelijknamig.forEach((beeld) => beeld.ververs());
    const beeld = this.herhalingen.get(`${naam}|${herhaling ?? ""}`);
    if (!beeld || !this.bezoek.sessie.bestaat(sleutelVan(naam, herhaling))) return;
    beeld.el.hidden = !this.bezoek.sessie.relevant(sleutelVan(naam, herhaling));
    const deel = herhaling === null && this.delen.get(naam);
    if (deel) deel.el.hidden = beeld.el.hidden;
  }

  /** Shows a question, wherever it is folded away, and puts the focus on it. @param {string} sleutel */
  gaNaar(sleutel) {
    this.werkBij();
    const { vraag, herhaling } = uitSleutel(sleutel);
    const plek = this.bezoek.structuur.plekken.get(vraag);
    if (!plek) return;
    const top = plek.groepen[0]?.naam ?? [...this.delen.values()].find(({ deel }) => deel.kinderen.some((/** @type {any} */ k) => k.naam === vraag))?.deel.naam;
    if (top) this.bouwDeel(top);
    /** @type {string[]} */
    const keten = [];
    for (let id = herhaling; id; id = this.bezoek.instanties.get(id)?.ouder ?? null) keten.unshift(id);
    for (const id of keten) for (const beeld of this.herhalingen.values()) if (beeld.kaarten.has(id)) beeld.klap(id, true);
    const beeld = this.beelden.get(sleutel);
    if (!beeld) return;
    beeld.el.scrollIntoView({ block: "center", behavior: "instant" });
    const doel = /** @type {HTMLElement|null} */ (beeld.el.querySelector("input, select, textarea, button, canvas"));
    if (!doel) beeld.el.tabIndex = -1;
    (doel ?? beeld.el).focus({ preventScroll: true });
  }

  /** From now on empty required questions say so (after the review). */
  maakStreng() {
    this.o.streng = true;
    for (const sleutel of this.bezoek.nogTeDoen) this.beelden.get(sleutel)?.ververs(false);
  }

  /** What still asks for something, in the order of the screen. @returns {string[]} */
  nogTeDoenOpVolgorde() {
    const { nogTeDoen, sessie } = this.bezoek;
    return nogTeDoen.size ? sessie.sleutels().filter((/** @type {string} */ sleutel) => nogTeDoen.has(sleutel)) : [];
  }

  /** The sections that are asked now, in order. */
  zichtbareDelen() {
    return [...this.delen.values()].filter(({ deel }) => !deel.knoop || this.bezoek.sessie.relevant(deel.naam));
  }

  /** Tells per section and per instance what is left; called when there is time for it. */
  toonVoortgang() {
    const { perDeel, perInstantie } = this.bezoek.todo.telling();
    const zichtbaar = this.zichtbareDelen();
    for (const [i, { deel, nummer }] of zichtbaar.entries()) {
      const nog = perDeel.get(deel.naam);
      const tekst = `Deel ${i + 1} van ${zichtbaar.length}${nog ? `, ${nog} nog te doen` : ""}`;
      if (nummer.textContent !== tekst) nummer.textContent = tekst;
    }
    for (const beeld of this.herhalingen.values()) beeld.toonStand(perInstantie);
  }
}

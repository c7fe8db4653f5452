// @ts-check
// A repeat on the screen: one card per instance, folded away when there are many, removed with undo.

import { isLeeg, vertaal } from "../bezoek/structuur.js";
import { sleutelVan } from "../ops/operatie.js";
import { inWoorden } from "./conflict.js";
import { elementId, h, knop } from "./dom.js";
import { icoon } from "./iconen.js";

/** With more instances than this a reopened visit shows them folded, without building their controls. */
const OPEN_TOT = 5;

export class HerhalingBeeld {
  /** @type {Map<string, {el: HTMLElement, kop: HTMLButtonElement, romp: HTMLElement, gebouwd: boolean, instantie: any}>} */
  kaarten = new Map();

  /**
   * @param {any} knoop @param {string|null} ouder herhaling_id of the enclosing instance
   * @param {any} omgeving
   * @param {(knopen: any[], herhaling: string|null, ouderEl: HTMLElement) => void} bouw
   */
  constructor(knoop, ouder, omgeving, bouw) {
    this.knoop = knoop;
    this.ouder = ouder;
    this.o = omgeving;
    this.bouw = bouw;
    this.label = vertaal(knoop.label, omgeving.taal, omgeving.bezoek.definitie.standaardtaal) || knoop.naam;
    this.lijst = h("div", { class: "kaarten" });
    this.toevoegen = knop([icoon("plus"), this.label], () => this.voegToe(), { class: "knop knop-breed", "data-herhaling-toevoegen": knoop.naam });
    this.el = h("div", { class: "herhaling", role: "group", "aria-label": this.label }, this.lijst, this.toevoegen);
    this.ververs(true);
  }

  /** @param {boolean} [begin] first time: many are shown folded */
  ververs(begin = false) {
    const instanties = this.o.bezoek.vanGroep(this.knoop.naam, this.ouder);
    const ids = new Set(instanties.map((/** @type {any} */ i) => i.id));
    for (const [id, kaart] of this.kaarten) if (!ids.has(id)) this.#haalWeg(id, kaart.el);
    for (const [i, instantie] of instanties.entries()) {
      let kaart = this.kaarten.get(instantie.id);
      if (!kaart) {
        kaart = this.#maakKaart(instantie);
        this.kaarten.set(instantie.id, kaart);
        if (!begin || instanties.length <= OPEN_TOT) this.klap(instantie.id, true);
      }
      if (this.lijst.children[i] !== kaart.el) this.lijst.insertBefore(kaart.el, this.lijst.children[i] ?? null);
    }
    this.#nummer();
  }

  #nummer() {
    let nr = 0;
    for (const el of this.lijst.children) {
      nr += 1;
      const titel = `${this.label} ${nr}`;
      const plek = /** @type {HTMLElement} */ (el.querySelector(".kaartnaam"));
      if (plek.textContent !== titel) {
        plek.textContent = titel;
        el.setAttribute("aria-label", titel);
        el.querySelector(".kaartweg")?.setAttribute("aria-label", `${titel} weghalen`);
      }
    }
  }

  /** @param {any} instantie */
  #maakKaart(instantie) {
    const rompId = elementId();
    const samenvatting = h("span", { class: "klein kaartsamenvatting" });
    const kop = h("button", { type: "button", class: "kaartkop", "aria-expanded": "false", "aria-controls": rompId, onclick: () => this.klap(instantie.id, kop.getAttribute("aria-expanded") !== "true") },
      h("strong", { class: "kaartnaam" }), samenvatting);
    const romp = h("div", { id: rompId, class: "kaartromp", hidden: true });
    const el = h("article", { class: "kaart", "data-herhaling": this.knoop.naam, "data-herhaling-id": instantie.id },
      h("div", { class: "kaartbalk" }, kop, knop([icoon("kruis")], () => this.verwijder(instantie.id), { class: "knop knop-klein kaartweg" })), romp);
    samenvatting.textContent = this.#samenvatting(instantie.id);
    return { el, kop, romp, gebouwd: false, instantie };
  }

  /** @param {string} id */
  #samenvatting(id) {
    const woorden = [];
    for (const vraag of this.o.bezoek.structuur.vragenIn(this.knoop.naam)) {
      if (!["text", "integer", "decimal", "select_one"].includes(vraag.type)) continue;
      const waarde = this.o.bezoek.sessie.waarde(sleutelVan(vraag.naam, id));
      if (!isLeeg(waarde)) woorden.push(inWoorden(waarde, vraag, this.o));
      if (woorden.length === 3) break;
    }
    return woorden.join(", ");
  }

  /** @param {string} id @param {boolean} open */
  klap(id, open) {
    const kaart = this.kaarten.get(id);
    if (!kaart) return;
    if (open && !kaart.gebouwd) {
      kaart.gebouwd = true;
      this.bouw(this.knoop.kinderen ?? [], id, kaart.romp);
    }
    kaart.romp.hidden = !open;
    kaart.kop.setAttribute("aria-expanded", String(open));
    const tekst = open ? "" : this.#samenvatting(id) || "nog leeg";
    /** @type {HTMLElement} */ (kaart.kop.querySelector(".kaartsamenvatting")).textContent = tekst;
  }

  voegToe() {
    const { instantie, anders } = this.o.bezoek.voegHerhalingToe(this.knoop.naam, this.ouder);
    const kaart = this.#maakKaart(instantie);
    this.kaarten.set(instantie.id, kaart);
    this.klap(instantie.id, true);
    this.lijst.append(kaart.el);
    const titel = `${this.label} ${this.lijst.children.length}`;
    /** @type {HTMLElement} */ (kaart.el.querySelector(".kaartnaam")).textContent = titel;
    kaart.el.setAttribute("aria-label", titel);
    kaart.el.querySelector(".kaartweg")?.setAttribute("aria-label", `${titel} weghalen`);
    this.o.verwerk(anders);
    // With the frame that draws it: asking for a place now would lay out the page twice.
    requestAnimationFrame(() => {
      kaart.kop.focus({ preventScroll: true });
      kaart.el.scrollIntoView({ block: "start", behavior: "instant" });
    });
  }

  /** @param {string} id */
  verwijder(id) {
    const uit = this.o.bezoek.verwijderHerhaling(id);
    if (!uit) return;
    this.ververs();
    this.o.verwerk(uit.anders);
    this.o.meldOngedaan(`${this.label} weggehaald.`, () => {
      const anders = this.o.bezoek.herstelHerhaling(uit.instantie);
      this.ververs();
      this.o.verwerk(anders);
    });
    this.toevoegen.focus({ preventScroll: true });
  }

  /** @param {string} id @param {HTMLElement} el */
  #haalWeg(id, el) {
    for (const vraag of el.querySelectorAll("[data-sleutel]")) this.o.beelden.delete(/** @type {HTMLElement} */ (vraag).dataset.sleutel);
    el.remove();
    this.kaarten.delete(id);
  }
}

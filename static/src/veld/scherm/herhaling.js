// @ts-check
// A repeat on the screen: one card per instance, folded away when there are many; moved, copied, removed with undo.

import { isLeeg, vertaal } from "../bezoek/structuur.js";
import { sleutelVan } from "../ops/operatie.js";
import { inWoorden } from "./conflict.js";
import { elementId, h, zegZacht } from "./dom.js";
import { eerstHetNodige } from "../naframe.js";
import { icoon } from "./iconen.js";

/** With more instances than this a reopened visit shows them folded, without building their controls. */
const OPEN_TOT = 5;

/**
 * @typedef {{el: HTMLElement, kop: HTMLButtonElement, naam: HTMLElement, van: HTMLElement, todo: HTMLElement, samenvatting: HTMLElement, romp: HTMLElement, acties: HTMLElement|null, gebouwd: boolean, nr: number}} Kaart
 */

/** @type {HTMLElement|null} made once, copied for every instance; the row of cards listens for all of them */
let patroon = null;
const maakPatroon = () => h("article", { class: "kaart" },
  h("div", { class: "kaartbalk" },
    h("button", { type: "button", class: "kaartkop", "aria-expanded": "false" }, h("span", { class: "kaarttitel" }, h("strong", { class: "instantienaam" }), h("span", { class: "klein kaartvan" }), h("span", { class: "klein kaarttodo" })), h("span", { class: "klein kaartsamenvatting" })),
    h("button", { type: "button", class: "knop knop-klein kaartmeer", "aria-expanded": "false" }, icoon("meer")),
    h("button", { type: "button", class: "knop knop-klein kaartweg" }, icoon("kruis"))),
  h("div", { class: "kaartromp", hidden: true }));

/** @type {["op"|"neer"|"kopie", string][]} */
const ACTIES = [["op", "Omhoog"], ["neer", "Omlaag"], ["kopie", "Kopie"]];

/** @param {HTMLElement} el @param {string} tekst */
const zet = (el, tekst) => {
  if (el.textContent !== tekst) el.textContent = tekst;
};

export class HerhalingBeeld {
  /** @type {Map<string, Kaart>} */
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
    this.lijst = h("div", { class: "kaarten", onclick: (/** @type {Event} */ gebeurtenis) => this.#tik(/** @type {Element} */ (gebeurtenis.target)) });
    this.toevoegen = h("button", { type: "button", class: "knop knop-breed", "data-herhaling-toevoegen": knoop.naam, onclick: () => this.voegToe() }, icoon("plus"), this.label);
    this.el = h("div", { class: "herhaling", role: "group", "aria-label": this.label }, this.lijst, this.toevoegen);
    this.ververs(true);
  }

  /** @param {Element} doel what was tapped, in a card of this row (one in a card has its own) */
  #tik(doel) {
    const knop = doel.closest("button");
    const kaartEl = /** @type {HTMLElement|null} */ (knop?.closest(".kaart"));
    if (!knop || !kaartEl || kaartEl.parentElement !== this.lijst || knop.closest(".kaartromp")) return;
    const id = kaartEl.dataset.herhalingId ?? "";
    if (knop.classList.contains("kaartkop")) this.klap(id, knop.getAttribute("aria-expanded") !== "true");
    else if (knop.classList.contains("kaartweg")) this.verwijder(id);
    else if (knop.classList.contains("kaartmeer")) this.#toonActies(id, knop.getAttribute("aria-expanded") !== "true");
    else if (knop.dataset.actie === "kopie") this.kopieer(id);
    else if (knop.dataset.actie) this.verplaats(id, knop);
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
        if (!begin || instanties.length <= OPEN_TOT) this.klap(instantie.id, true);
      }
      if (this.lijst.children[i] !== kaart.el) this.lijst.insertBefore(kaart.el, this.lijst.children[i] ?? null);
      this.#nummer(kaart, i + 1);
    }
  }

  /** @param {Kaart} kaart @param {number} nr */
  #nummer(kaart, nr) {
    if (kaart.nr === nr) return;
    kaart.nr = nr;
    const titel = `${this.label} ${nr}`;
    kaart.naam.textContent = titel;
    kaart.el.setAttribute("aria-label", titel);
    const [, meer, weg] = /** @type {any} */ (kaart.kop.parentElement).children;
    meer.setAttribute("aria-label", `${titel}: verplaatsen of kopiëren`);
    weg.setAttribute("aria-label", `${titel} weghalen`);
    if (kaart.acties) this.#noemActies(kaart);
  }

  /** @param {any} instantie @returns {Kaart} */
  #maakKaart(instantie) {
    patroon ??= maakPatroon();
    const el = /** @type {HTMLElement} */ (patroon.cloneNode(true));
    const [balk, romp] = /** @type {any} */ (el.children);
    const kop = balk.firstElementChild;
    const [titel, samenvatting] = kop.children;
    const [naam, van, todo] = titel.children;
    el.dataset.herhaling = this.knoop.naam;
    el.dataset.herhalingId = instantie.id;
    romp.id = elementId();
    kop.setAttribute("aria-controls", romp.id);
    const kaart = { el, kop, naam, van, todo, samenvatting, romp, acties: null, gebouwd: false, nr: 0 };
    this.kaarten.set(instantie.id, kaart);
    samenvatting.textContent = this.#samenvatting(instantie.id);
    return kaart;
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
    return woorden.join(", ") || "nog leeg";
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
    kaart.el.classList.toggle("kaart-open", open);
    kaart.kop.setAttribute("aria-expanded", String(open));
    zet(kaart.samenvatting, open ? "" : this.#samenvatting(id));
  }

  /**
   * How far each instance is; asked when there is time for it.
   * @param {Map<string, number>} nogTeDoen by instance, what is in it included
   */
  toonStand(nogTeDoen) {
    const aantal = this.kaarten.size;
    for (const [id, kaart] of this.kaarten) {
      if (!this.o.bezoek.instanties.has(id)) continue;
      zet(kaart.van, aantal > 1 ? `van ${aantal}` : "");
      const nog = nogTeDoen.get(id);
      zet(kaart.todo, nog ? `nog te doen ${nog}` : "");
      if (kaart.romp.hidden) zet(kaart.samenvatting, this.#samenvatting(id));
    }
  }

  voegToe() {
    const { instantie, anders } = this.o.bezoek.voegHerhalingToe(this.knoop.naam, this.ouder);
    this.#toonNieuwe(instantie, anders, this.lijst.children.length + 1);
  }

  /** @param {any} instantie @param {Set<string>} anders @param {number} nr */
  #toonNieuwe(instantie, anders, nr) {
    const kaart = this.#maakKaart(instantie);
    eerstHetNodige(this.o, () => this.klap(instantie.id, true));
    this.lijst.insertBefore(kaart.el, this.lijst.children[nr - 1] ?? null);
    this.#nummer(kaart, nr);
    this.o.verwerk(anders);
    // With the frame that draws it: asking for a place now would lay out the page twice.
    requestAnimationFrame(() => {
      kaart.kop.focus({ preventScroll: true });
      kaart.el.scrollIntoView({ block: "start", behavior: "instant" });
    });
  }

  // ---- moving and copying ----

  /** @param {string} id @param {boolean} open */
  #toonActies(id, open) {
    const kaart = /** @type {Kaart} */ (this.kaarten.get(id));
    if (!kaart.acties) {
      kaart.acties = h("div", { class: "kaartacties" }, ...ACTIES.map(([actie, woord]) => h("button", { type: "button", class: "knop knop-klein", "data-actie": actie }, icoon(actie), woord)));
      kaart.romp.before(kaart.acties);
      this.#noemActies(kaart);
    }
    kaart.acties.hidden = !open;
    kaart.kop.nextElementSibling?.setAttribute("aria-expanded", String(open));
  }

  /** @param {Kaart} kaart */
  #noemActies(kaart) {
    for (const [i, knop] of [...(kaart.acties?.children ?? [])].entries()) knop.setAttribute("aria-label", `${ACTIES[i][1]}: ${kaart.naam.textContent}`);
  }

  /** @param {string} id @param {HTMLElement} knop "op" or "neer" */
  verplaats(id, knop) {
    const anders = this.o.bezoek.verplaatsHerhaling(id, knop.dataset.actie === "op" ? -1 : 1);
    const kaart = /** @type {Kaart} */ (this.kaarten.get(id));
    if (anders.size) {
      this.ververs();
      this.o.verwerk(anders);
      knop.focus({ preventScroll: true }); // a card that moves in the page loses it
      kaart.el.scrollIntoView({ block: "nearest", behavior: "instant" });
    }
    const nr = [...this.lijst.children].indexOf(kaart.el) + 1;
    zegZacht(anders.size ? `Nu ${this.label} ${nr} van ${this.kaarten.size}.` : `Dit is al ${nr === 1 ? "de eerste" : "de laatste"}.`);
  }

  /** @param {string} id */
  kopieer(id) {
    const uit = this.o.bezoek.kopieerHerhaling(id);
    if (!uit) return;
    this.#toonActies(id, false);
    const nr = [...this.lijst.children].findIndex((el) => /** @type {HTMLElement} */ (el).dataset.herhalingId === id) + 2;
    this.#toonNieuwe(uit.instantie, uit.anders, nr);
    this.o.meldOngedaan(`${this.label} ${nr} is een kopie, zonder foto's en notities.`, () => {
      const weg = this.o.bezoek.verwijderHerhaling(uit.instantie.id);
      if (weg) this.#naVerwijderen(weg.anders);
    });
  }

  /** @param {string} id */
  verwijder(id) {
    const uit = this.o.bezoek.verwijderHerhaling(id);
    if (!uit) return;
    this.#naVerwijderen(uit.anders);
    this.o.meldOngedaan(`${this.label} weggehaald.`, () => {
      const anders = this.o.bezoek.herstelHerhaling(uit.instantie);
      this.ververs();
      this.o.verwerk(anders);
    });
  }

  /** @param {Set<string>} anders */
  #naVerwijderen(anders) {
    this.ververs();
    this.o.verwerk(anders);
    this.toevoegen.focus({ preventScroll: true });
  }

  /** @param {string} id @param {HTMLElement} el */
  #haalWeg(id, el) {
    for (const vraag of el.querySelectorAll("[data-sleutel]")) this.o.beelden.delete(/** @type {HTMLElement} */ (vraag).dataset.sleutel);
    el.remove();
    this.kaarten.delete(id);
  }
}

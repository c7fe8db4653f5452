// @ts-check
// The head of the app (sending, this device, lock) and the band below it that asks for attention.

import { h, knop, vul } from "./dom.js";
import { icoon } from "./iconen.js";

export class Kop {
  /** @type {HTMLElement|null} */
  #sync = null;
  /** @type {Element[]} what a person has to answer (a new version): stays whatever sending says in the meantime */
  #aanbod = [];

  /** @param {{kop: Element, band: Element}} plekken @param {{verzend: () => void, zorgkaart: () => void, toestel: () => void, vergrendel: () => void}} acties */
  constructor(plekken, acties) {
    this.p = plekken;
    this.acties = acties;
  }

  /** @param {boolean} open whether the vault is unlocked */
  toon(open) {
    const { verzend, zorgkaart, toestel, vergrendel } = this.acties;
    this.#sync = h("button", { type: "button", class: "syncknop", "aria-label": "Nu verzenden", onclick: verzend }, h("span", { class: "synczin" }, ""));
    vul(this.p.kop, open ? this.#sync : h("span", { class: "merk" }, "Veldwerk"), open && knop([icoon("hulp")], zorgkaart, { "aria-label": "Rechten en hulp", title: "Rechten en hulp" }), open && knop([icoon("toestel")], toestel, { "aria-label": "Dit toestel", title: "Dit toestel" }), open && knop([icoon("slot")], vergrendel, { "aria-label": "Vergrendelen", title: "Vergrendelen" }));
  }

  /** How far sending is. @param {string} zin */
  syncZin(zin) {
    const plek = this.#sync?.querySelector(".synczin");
    if (!plek || plek.textContent === zin) return;
    plek.textContent = zin;
    this.#sync?.setAttribute("aria-label", `${zin}. Nu verzenden`);
  }

  /** @param {string} zin empty hides it @param {boolean} [aanmelden] offers to log in @param {HTMLElement} [actie] */
  band(zin, aanmelden = false, actie) {
    /** @type {HTMLElement} */ (this.p.band).hidden = !zin && !this.#aanbod.length;
    vul(this.p.band, zin && h("span", null, zin), aanmelden && h("a", { class: "knop knop-klein", href: "/aanmelden?volgende=/veld" }, "Aanmelden"), actie, ...this.#aanbod);
  }

  /** @param {string} zin @param {HTMLElement} actie */
  bied(zin, actie) {
    this.#aanbod = [h("span", null, zin), actie];
    this.band("");
  }
}

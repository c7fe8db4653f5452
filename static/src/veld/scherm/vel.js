// @ts-check
// A sheet over the whole screen: a modal dialog, so that the keyboard stays in it, Esc closes it and the focus goes back.

import { h, knop } from "./dom.js";
import { icoon } from "./iconen.js";

/** @type {Set<Vel>} */
const open = new Set();

/** Closes everything that lies over the screen (at locking: a sheet may show what somebody answered). */
export function sluitVellen() {
  for (const vel of [...open]) vel.sluit();
}

export class Vel {
  /**
   * @param {string} naam what a screen reader calls it
   * @param {{gesloten?: () => void, kop?: (Node|null)[]}} [opties] `kop`: beside the button that goes back
   */
  constructor(naam, opties = {}) {
    this.romp = h("div", { class: "velromp" });
    this.el = h("dialog", { class: "vel", "aria-label": naam },
      h("div", { class: "velkop" }, knop([icoon("links"), "Terug"], () => this.sluit()), ...(opties.kop ?? [])), this.romp);
    this.el.addEventListener("close", () => {
      this.el.remove();
      open.delete(this);
      opties.gesloten?.();
    });
    // Esc: leave as the button does, at once.
    this.el.addEventListener("cancel", (gebeurtenis) => {
      gebeurtenis.preventDefault();
      this.sluit();
    });
    open.add(this);
    document.body.append(this.el);
    this.el.showModal();
  }

  sluit() {
    if (this.el.open) this.el.close();
    this.el.remove(); // the event comes later; nothing of it may stay on the screen until then
  }
}

// @ts-check
// Locks after a time without touch or key, sooner when nobody looks at the app. The clock goes on while the tablet sleeps.

import { sluitVellen } from "./scherm/vel.js";

const SLEUTEL = "inspecties.slotminuten";
const KIJK_MS = 15_000;
/** Taking a photo or a telephone call fits in; a tablet in a bag does not. */
const VERBORGEN_MS = 5 * 60_000;
const GEDULD_MS = 10_000;

/**
 * Waits for what still has to be written, but not for ever and not on what fails: a lock that waits is no lock.
 * @param {(Promise<any>|void|null|undefined)[]} werk
 */
export async function binnenTijd(werk) {
  /** @type {any} */
  let wekker;
  await Promise.race([Promise.allSettled(werk), new Promise((klaar) => (wekker = setTimeout(klaar, GEDULD_MS)))]);
  clearTimeout(wekker);
}

/** Takes every answer, name and picture out of the page. @param {Element} hoofd */
export function wisScherm(hoofd) {
  sluitVellen();
  for (const los of document.querySelectorAll("dialog")) los.remove();
  hoofd.replaceChildren();
  getSelection()?.removeAllRanges();
  const gezegd = document.getElementById("veld-meldingen");
  if (gezegd) gezegd.textContent = "";
}

export class Slot {
  /** @type {any} */
  #wekker;
  #laatste = 0;
  /** ms since 1970 at which the app went out of sight, or null */
  #verborgen = /** @type {number|null} */ (null);
  /** @type {() => void} */
  #bijLeven = () => {};

  /** @param {() => void} sluit */
  constructor(sluit) {
    this.sluit = sluit;
    this.tik = () => {
      const nu = Date.now();
      if (nu - this.#laatste > 60_000) this.#bijLeven();
      this.#laatste = nu;
    };
    this.kijk = () => {
      // First look, then note: on return the time out of sight counts, before anything is drawn.
      const nu = Date.now();
      if (nu >= this.tot || (this.#verborgen !== null && nu - this.#verborgen >= VERBORGEN_MS)) this.sluit();
      this.#verborgen = document.visibilityState === "hidden" ? (this.#verborgen ?? nu) : null;
    };
  }

  get minuten() {
    const gekozen = Number(localStorage.getItem(SLEUTEL));
    return Number.isFinite(gekozen) && gekozen >= 1 && gekozen <= 60 ? gekozen : 10;
  }

  /** ms since 1970 */
  get tot() {
    return this.#laatste + this.minuten * 60_000;
  }

  /** @param {number} minuten */
  zet(minuten) {
    localStorage.setItem(SLEUTEL, String(minuten));
  }

  /** @param {() => void} [bijLeven] called now and at most once a minute while somebody works */
  start(bijLeven) {
    this.stop();
    this.#bijLeven = bijLeven ?? (() => {});
    this.#laatste = Date.now();
    this.#bijLeven();
    for (const soort of ["pointerdown", "keydown"]) document.addEventListener(soort, this.tik, { capture: true, passive: true });
    document.addEventListener("visibilitychange", this.kijk);
    window.addEventListener("pageshow", this.kijk);
    this.#wekker = setInterval(this.kijk, KIJK_MS);
  }

  stop() {
    clearInterval(this.#wekker);
    for (const soort of ["pointerdown", "keydown"]) document.removeEventListener(soort, this.tik, { capture: true });
    document.removeEventListener("visibilitychange", this.kijk);
    window.removeEventListener("pageshow", this.kijk);
    this.#verborgen = null;
  }
}

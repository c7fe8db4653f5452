// @ts-check
// Locks after a time without touch or key. The clock goes on while the tablet sleeps.

const SLEUTEL = "inspecties.slotminuten";
const KIJK_MS = 15_000;

export class Slot {
  /** @type {any} */
  #wekker;
  #laatste = 0;
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
      if (Date.now() >= this.tot) this.sluit();
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
    this.#wekker = setInterval(this.kijk, KIJK_MS);
  }

  stop() {
    clearInterval(this.#wekker);
    for (const soort of ["pointerdown", "keydown"]) document.removeEventListener(soort, this.tik, { capture: true });
    document.removeEventListener("visibilitychange", this.kijk);
  }
}

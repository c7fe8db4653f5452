// @ts-check
// When a round runs: at start, when the network returns, by timer, by the button. One at a time per device (Web Locks).

import { Leenslot } from "../toegang/leenslot.js";
import { Meldbaar } from "../meldbaar.js";
import { oordeel } from "./antwoord.js";
import { wachttijd } from "./terugtrekken.js";

const RUSTIG_MS = 60_000;
/** Outcomes after which a timer has no sense: a person has to do something first. */
const WACHT_OP_MENS = new Set(["aanmelden", "andere_gebruiker", "ingetrokken", "geen_recht"]);

export class Zender {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #wekker;
  #mislukt = 0;
  #gestopt = true;
  #nogEens = false;
  /** @type {Promise<any>|null} */
  #lopend = null;
  /** @type {Set<() => void>} */
  #kijkers = new Set();
  /** When the next attempt is, ms since 1970; null when a person has to do something first. @type {number|null} */
  volgende = null;
  /** The last round. @type {{op: number, uitkomst: string, zin: string}|null} */
  laatste = null;

  /**
   * @param {{ronde: () => Promise<any>, naam: string, naRonde: (uitslag: any) => void, voorRonde?: () => void,
   *   locks?: LockManager, toeval?: () => number, venster?: EventTarget}} opties
   */
  constructor(opties) {
    this.o = opties;
    /** @type {any} */
    this.locks = opties.locks ?? navigator.locks ?? new Leenslot(localStorage);
    this.toeval = opties.toeval ?? Math.random;
    this.bijOnline = () => void this.nu();
  }

  start() {
    this.#gestopt = false;
    this.o.venster?.addEventListener("online", this.bijOnline);
    void this.nu();
  }

  stop() {
    this.#gestopt = true;
    clearTimeout(this.#wekker);
    this.o.venster?.removeEventListener("online", this.bijOnline);
  }

  get bezig() {
    return this.#lopend !== null;
  }

  /** Tells when a round begins and ends. @param {() => void} kijker @returns {() => void} stops telling */
  bij(kijker) {
    this.#kijkers.add(kijker);
    return () => void this.#kijkers.delete(kijker);
  }

  /** Something was saved: soon, but let a person finish typing first. */
  straks() {
    if (this.#gestopt || this.#mislukt > 0) return;
    this.#zet(4_000);
  }

  /** Now, by button or because the network is back. A call during a round makes one more round. @returns {Promise<any>} */
  nu() {
    if (this.#gestopt) return Promise.resolve(oordeel("niets"));
    clearTimeout(this.#wekker);
    if (this.#lopend) {
      this.#nogEens = true;
      return this.#lopend;
    }
    this.#lopend = this.#eenmaal().finally(() => {
      this.#lopend = null;
      if (this.#nogEens) {
        this.#nogEens = false;
        this.#zet(0);
      }
      for (const kijker of this.#kijkers) kijker();
    });
    return this.#lopend;
  }

  async #eenmaal() {
    this.o.voorRonde?.();
    for (const kijker of this.#kijkers) kijker();
    let uitslag;
    try {
      uitslag = await this.locks.request(`inspecties-zender-${this.o.naam}`, { ifAvailable: true }, (/** @type {any} */ slot) =>
        slot ? this.o.ronde() : { ...oordeel("bezig"), verzonden: 0, apart: 0, gewijzigd: new Set() },
      );
    } catch (fout) {
      // A full disk or a closed store ends this round, never the sending: the timer goes on.
      if (this.#gestopt) return oordeel("niets");
      uitslag = { ...oordeel("toestel"), ...(fout instanceof Meldbaar ? { zin: fout.message } : {}), verzonden: 0, apart: 0, gewijzigd: new Set() };
      console.error(fout);
    }
    const goed = uitslag.uitkomst === "gelukt" || uitslag.uitkomst === "niets" || uitslag.uitkomst === "bezig";
    this.#mislukt = goed ? 0 : this.#mislukt + 1;
    this.laatste = { op: Date.now(), uitkomst: uitslag.uitkomst, zin: uitslag.zin };
    this.volgende = null;
    if (goed) this.#zet(RUSTIG_MS);
    else if (!WACHT_OP_MENS.has(uitslag.uitkomst)) this.#zet(wachttijd(this.#mislukt, this.toeval(), uitslag.wachtMs));
    this.o.naRonde(uitslag);
    return uitslag;
  }

  /** @param {number} ms */
  #zet(ms) {
    clearTimeout(this.#wekker);
    if (this.#gestopt) return;
    this.volgende = Date.now() + ms;
    this.#wekker = setTimeout(() => void this.nu(), ms);
  }
}

// @ts-check
// How the board hears of changes: server-sent events, and where these do not come, asking again and again. No DOM.

/** Asking, while there is no stream. */
export const PEIL_MS = 4_000;
/** The browser is often back within a second. */
const EERST_MS = 1_500;
/** Trying the stream again, while asking works. */
const TERUG_MS = 30_000;
/** The stream says something at least every second; after this it is dead, whatever the browser thinks. */
const STIL_MS = 15_000;

/**
 * @typedef {"live"|"peilen"|"weg"|"afgemeld"|"gesloten"} Verbinding
 * @typedef {{stand: string|null, verbinding: Verbinding}} Nieuws
 */

export class Avondstroom {
  /** @type {any} */
  #bron = null;
  /** @type {any} */
  #peiler;
  /** @type {any} */
  #terug;
  /** @type {Verbinding} */
  #verbinding = "weg";
  /** Whether the stream failed and asking has taken over. */
  #onzeker = false;

  /**
   * @param {{stroom: string, peilen: string, stand: string, nieuws: (nieuws: Nieuws) => void,
   *   EventSource?: any, fetch?: typeof fetch, wacht?: (doe: () => void, ms: number) => any, staak?: (wekker: any) => void}} opties
   */
  constructor(opties) {
    this.o = opties;
    this.stand = opties.stand;
    this.maakBron = opties.EventSource ?? globalThis.EventSource;
    this.vraag = opties.fetch ?? ((...args) => fetch(...args));
    this.wacht = opties.wacht ?? ((doe, ms) => setTimeout(doe, ms));
    this.staak = opties.staak ?? ((wekker) => clearTimeout(wekker));
  }

  begin() {
    this.#open();
    // Until the stream has proved itself: what happens meanwhile is asked for.
    this.#peilStraks(PEIL_MS);
  }

  stop() {
    this.staak(this.#peiler);
    this.staak(this.#terug);
    this.#bron?.close();
    this.#bron = null;
  }

  #open() {
    if (!this.maakBron) return;
    const bron = new this.maakBron(`${this.o.stroom}?stand=${encodeURIComponent(this.stand)}`);
    this.#bron = bron;
    bron.addEventListener("open", () => this.#meld("live"));
    bron.addEventListener("stand", (/** @type {any} */ gebeurtenis) => this.#neem(gebeurtenis.lastEventId, "live"));
    bron.addEventListener("weg", (/** @type {any} */ gebeurtenis) => {
      this.#sluit(String(gebeurtenis.data).includes("afgemeld") ? "afgemeld" : "gesloten");
    });
    bron.addEventListener("error", () => {
      if (this.#bron !== bron) return;
      // CONNECTING: the browser tries by itself, again and again. CLOSED: it gave up (no place, logged out, server away).
      if (bron.readyState === 2) {
        this.#bron = null;
        this.staak(this.#terug);
        this.#terug = this.wacht(() => this.#open(), TERUG_MS);
      }
      if (this.#onzeker) return;
      this.#onzeker = true;
      this.#peilStraks(EERST_MS);
    });
  }

  /** @param {Verbinding} verbinding */
  #meld(verbinding) {
    if (verbinding === "live") {
      this.#onzeker = false;
      this.#peilStraks(STIL_MS);
    }
    if (verbinding === this.#verbinding) return;
    this.#verbinding = verbinding;
    this.o.nieuws({ stand: null, verbinding });
  }

  /** @param {string} stand @param {Verbinding} verbinding */
  #neem(stand, verbinding) {
    this.#meld(verbinding);
    if (!stand || stand === this.stand) return;
    this.stand = stand;
    this.o.nieuws({ stand, verbinding });
  }

  /** @param {Verbinding} verbinding for good */
  #sluit(verbinding) {
    this.stop();
    this.#meld(verbinding);
  }

  /** @param {number} ms */
  #peilStraks(ms) {
    this.staak(this.#peiler);
    this.#peiler = this.wacht(() => void this.#peil(), ms);
  }

  async #peil() {
    const live = this.#bron?.readyState === 1;
    try {
      const antwoord = await this.vraag(this.o.peilen, { headers: { Accept: "application/json" } });
      if (antwoord.status === 401) return this.#sluit("afgemeld");
      if (antwoord.status === 403 || antwoord.status === 404) return this.#sluit("gesloten");
      if (!antwoord.ok) throw new Error(String(antwoord.status));
      const { stand } = await antwoord.json();
      this.#neem(stand, live ? "live" : "peilen");
    } catch {
      this.#meld("weg");
    }
    this.#peilStraks(live ? STIL_MS : PEIL_MS);
  }
}

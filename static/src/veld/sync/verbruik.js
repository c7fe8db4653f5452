// @ts-check
// How many bytes went over the line, per shift and kind. What came in is measured by the browser itself; what went out is the
// content that we sent. Kept encrypted: the days somebody worked are theirs.

/** @typedef {"antwoorden"|"fotos"|"dienst"} Verbruikssoort */
/** @typedef {Record<Verbruikssoort, [number, number]>} Dagverbruik bytes out and in */

const SLEUTEL = "extra/verbruik";
const BEWAARDAGEN = 62;
/** A shift that begins in the evening ends after midnight: until this hour it is still the day before. */
const WISSEL_UUR = 6;
/** @type {Verbruikssoort[]} */
export const SOORTEN = ["antwoorden", "fotos", "dienst"];

/** @returns {Dagverbruik} */
const leeg = () => ({ antwoorden: [0, 0], fotos: [0, 0], dienst: [0, 0] });

/** @param {number} nu ms since 1970 @returns {string} the day on which this shift began, `2026-11-21`, as on the clock here */
export function dienstdag(nu) {
  const moment = new Date(nu);
  moment.setHours(moment.getHours() - WISSEL_UUR);
  return `${moment.getFullYear()}-${String(moment.getMonth() + 1).padStart(2, "0")}-${String(moment.getDate()).padStart(2, "0")}`;
}

/** @param {string} adres @returns {Verbruikssoort|null} null for what is not counted: the app itself comes once */
export function soortVan(adres) {
  const pad = new URL(adres, "https://hier.invalid").pathname;
  if (pad.startsWith("/api/uploads")) return "fotos";
  if (/^\/api\/(sync|stops|csrf|toestellen|signalen|bezoeken)\b/u.test(pad)) return "antwoorden";
  return pad.startsWith("/api/") ? "dienst" : null;
}

export class Verbruik {
  /** @type {Map<string, Dagverbruik>} what was not written down yet */
  #nieuw = new Map();
  /** @type {PerformanceObserver|null} */
  #meter = null;

  /** @param {import("../opslag/kluis.js").Kluis} kluis @param {() => number} [nu] */
  constructor(kluis, nu = Date.now) {
    this.kluis = kluis;
    this.nu = nu;
  }

  begin() {
    if (!("PerformanceObserver" in globalThis)) return;
    this.#meter = new PerformanceObserver((lijst) => {
      for (const een of /** @type {PerformanceResourceTiming[]} */ (lijst.getEntries())) {
        const soort = soortVan(een.name);
        if (soort) this.tel(soort, 0, een.transferSize || een.encodedBodySize || 0);
      }
    });
    this.#meter.observe({ type: "resource" });
  }

  einde() {
    this.#meter?.disconnect();
  }

  /** @param {Verbruikssoort} soort @param {number} op bytes sent @param {number} [neer] bytes received */
  tel(soort, op, neer = 0) {
    const dag = dienstdag(this.nu());
    const telling = this.#nieuw.get(dag) ?? leeg();
    const [uit, in_] = telling[soort];
    this.#nieuw.set(dag, { ...telling, [soort]: [uit + op, in_ + neer] });
  }

  /** @returns {Promise<Record<string, Dagverbruik>>} */
  async #lees() {
    const record = await this.kluis.db.get("extra", SLEUTEL);
    return record ? this.kluis.ontsleutelJson(SLEUTEL, record) : {};
  }

  /** Writes down what was counted. Two tabs add to each other. */
  async bewaar() {
    if (!this.#nieuw.size) return;
    const nieuw = this.#nieuw;
    this.#nieuw = new Map();
    const dagen = new Map(Object.entries(await this.#lees()));
    for (const [dag, telling] of nieuw) {
      const oud = dagen.get(dag) ?? leeg();
      for (const soort of SOORTEN) oud[soort] = [oud[soort][0] + telling[soort][0], oud[soort][1] + telling[soort][1]];
      dagen.set(dag, oud);
    }
    const houd = Object.fromEntries([...dagen].sort().slice(-BEWAARDAGEN));
    const versleuteld = await this.kluis.versleutelJson(SLEUTEL, houd);
    await this.kluis.schrijf(["extra"], (tx) => tx.store.put(versleuteld, SLEUTEL));
  }

  /** @returns {Promise<{dag: string, dienst: Dagverbruik, maand: Dagverbruik}>} this shift, and the month it is in */
  async lees() {
    await this.bewaar();
    const dagen = await this.#lees();
    const dag = dienstdag(this.nu());
    const maand = leeg();
    for (const [wanneer, telling] of Object.entries(dagen)) {
      if (wanneer.slice(0, 7) !== dag.slice(0, 7)) continue;
      for (const soort of SOORTEN) maand[soort] = [maand[soort][0] + telling[soort][0], maand[soort][1] + telling[soort][1]];
    }
    return { dag, dienst: dagen[dag] ?? leeg(), maand };
  }
}

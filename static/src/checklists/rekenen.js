// @ts-check
// Evaluates a bound expression: a walk over its JSON tree, no eval. As rules/expressies/rekenen.py.

import { gekozenOp, keuzenVan, normaliseerRuimte, past, substr, substring, vertaal } from "./tekst.js";
import { dagdeel, datum, datumTijd, decimaal, opgemaakt } from "./tijd.js";
import { naarGetal, naarTekst, naarWaar, vergelijk } from "./waarden.js";

/** @typedef {import("./waarden.js").Waarde} Waarde */
/** @typedef {{op: string, w?: string|number, naam?: string, diepte?: number, niveau?: number, a?: Boom[]}} Boom */
/**
 * What an evaluation asks of its surroundings.
 * @typedef {object} Omgeving
 * @property {number} verschilMin
 * @property {string} nu
 * @property {string} vandaag
 * @property {() => string} zelf
 * @property {(naam: string, diepte: number) => Waarde} ref
 * @property {(naam: string, diepte: number) => string[]} refLijst
 * @property {(naam: string, plaatsen: number[], diepte: number) => string} refOpPlaats
 * @property {(niveau: number) => number} plaats
 * @property {(naam: string) => string} kolom
 * @property {(vraag: string, waarde: string) => string} keuzelabel
 * @property {(bestand: string, kolom: string, sleutelkolom: string, sleutel: string) => string} opzoeken
 */
/** @typedef {(a: Boom[], omg: Omgeving) => Waarde} Functie */

/** @param {Boom} boom @param {Omgeving} omg @returns {Waarde} */
export function bereken(boom, omg) {
  const a = /** @type {Boom[]} */ (boom.a);
  switch (boom.op) {
    case "getal":
    case "tekst":
      return /** @type {string|number} */ (boom.w);
    case "ref":
      return omg.ref(/** @type {string} */ (boom.naam), /** @type {number} */ (boom.diepte));
    case "zelf":
      return omg.zelf();
    case "kolom":
      return omg.kolom(/** @type {string} */ (boom.naam));
    case "plaats":
      return boom.niveau ? omg.plaats(boom.niveau) : 1;
    case "fn":
      return FUNCTIES[/** @type {string} */ (boom.naam)](a, omg);
    case "neg":
      return -g(a[0], omg);
    case "and":
      return w(a[0], omg) && w(a[1], omg);
    case "or":
      return w(a[0], omg) || w(a[1], omg);
    case "+":
      return g(a[0], omg) + g(a[1], omg);
    case "-":
      return g(a[0], omg) - g(a[1], omg);
    case "*":
      return g(a[0], omg) * g(a[1], omg);
    case "div":
      return g(a[0], omg) / g(a[1], omg);
    case "mod":
      return g(a[0], omg) % g(a[1], omg);
    default:
      return vergelijk(boom.op, bereken(a[0], omg), bereken(a[1], omg), omg.verschilMin);
  }
}

/** @param {Boom} boom @param {Omgeving} omg */
const t = (boom, omg) => naarTekst(bereken(boom, omg));
/** @param {Boom} boom @param {Omgeving} omg */
const g = (boom, omg) => naarGetal(bereken(boom, omg), omg.verschilMin);
/** @param {Boom} boom @param {Omgeving} omg */
const w = (boom, omg) => naarWaar(bereken(boom, omg));
/** @param {Boom} boom @param {Omgeving} omg */
const lijst = (boom, omg) => omg.refLijst(/** @type {string} */ (boom.naam), /** @type {number} */ (boom.diepte));

/** Every number of the arguments; a node-set gives all its nodes. @param {Boom[]} a @param {Omgeving} omg */
function getallen(a, omg) {
  /** @type {number[]} */
  const uit = [];
  for (const deel of a) {
    if (deel.op === "ref") for (const x of lijst(deel, omg)) uit.push(naarGetal(x, omg.verschilMin));
    else uit.push(g(deel, omg));
  }
  return uit;
}

/** @param {(...g: number[]) => number} kies @returns {Functie} */
const uiterste = (kies) => (a, omg) => {
  const rij = getallen(a, omg);
  return rij.length ? rij.reduce((x, y) => kies(x, y)) : NaN;
};

/** @type {Functie} */
function rond(a, omg) {
  const getal = g(a[0], omg);
  const plaatsen = a.length > 1 ? Math.trunc(g(a[1], omg)) : 0;
  if (Number.isNaN(plaatsen)) return NaN;
  if (!Number.isFinite(getal) || Math.abs(plaatsen) > 15) return getal;
  const macht = Number(`1e${Math.abs(plaatsen)}`);
  if (plaatsen < 0) return Math.floor(getal / macht + 0.5) * macht;
  const groot = getal * macht;
  return Number.isFinite(groot) ? Math.floor(groot + 0.5) / macht : getal;
}

/** @param {string} tekst @param {string} bij */
const voor = (tekst, bij) => (tekst.includes(bij) ? tekst.slice(0, tekst.indexOf(bij)) : "");
/** @param {string} tekst @param {string} bij */
const na = (tekst, bij) => (tekst.includes(bij) ? tekst.slice(tekst.indexOf(bij) + bij.length) : "");

/** @type {Functie} */
const opmaak = (a, omg) => opgemaakt(bereken(a[0], omg), t(a[1], omg), omg.verschilMin);

/** @type {Record<string, Functie>} */
const FUNCTIES = {
  selected: (a, o) => keuzenVan(t(a[0], o)).includes(t(a[1], o).trim()),
  "selected-at": (a, o) => gekozenOp(t(a[0], o), g(a[1], o)),
  "count-selected": (a, o) => keuzenVan(t(a[0], o)).length,
  count: (a, o) => lijst(a[0], o).length,
  "count-non-empty": (a, o) => lijst(a[0], o).filter((x) => x !== "").length,
  sum: (a, o) => getallen(a, o).reduce((x, y) => x + y, 0),
  min: uiterste(Math.min),
  max: uiterste(Math.max),
  if: (a, o) => bereken(w(a[0], o) ? a[1] : a[2], o),
  coalesce: (a, o) => t(a[0], o) || t(a[1], o),
  once: (a, o) => o.zelf() || bereken(a[0], o),
  regex: (a, o) => past(t(a[0], o), t(a[1], o)),
  concat: (a, o) => a.map((d) => (d.op === "ref" ? lijst(d, o).join("") : t(d, o))).join(""),
  join: (a, o) => a.slice(1).flatMap((d) => (d.op === "ref" ? lijst(d, o) : [t(d, o)])).join(t(a[0], o)),
  string: (a, o) => t(a[0], o),
  "string-length": (a, o) => [...t(a[0], o)].length,
  substr: (a, o) => substr(t(a[0], o), g(a[1], o), a[2] && g(a[2], o)),
  substring: (a, o) => substring(t(a[0], o), g(a[1], o), a[2] && g(a[2], o)),
  "substring-before": (a, o) => voor(t(a[0], o), t(a[1], o)),
  "substring-after": (a, o) => na(t(a[0], o), t(a[1], o)),
  contains: (a, o) => t(a[0], o).includes(t(a[1], o)),
  "starts-with": (a, o) => t(a[0], o).startsWith(t(a[1], o)),
  "ends-with": (a, o) => t(a[0], o).endsWith(t(a[1], o)),
  "normalize-space": (a, o) => normaliseerRuimte(t(a[0], o)),
  translate: (a, o) => vertaal(t(a[0], o), t(a[1], o), t(a[2], o)),
  number: (a, o) => g(a[0], o),
  int: (a, o) => Math.trunc(g(a[0], o)),
  round: rond,
  floor: (a, o) => Math.floor(g(a[0], o)),
  ceiling: (a, o) => Math.ceil(g(a[0], o)),
  abs: (a, o) => Math.abs(g(a[0], o)),
  sqrt: (a, o) => Math.sqrt(g(a[0], o)),
  boolean: (a, o) => w(a[0], o),
  "boolean-from-string": (a, o) => ["true", "1"].includes(t(a[0], o)),
  not: (a, o) => !w(a[0], o),
  true: () => true,
  false: () => false,
  date: (a, o) => datum(bereken(a[0], o), o.verschilMin),
  "date-time": (a, o) => datumTijd(bereken(a[0], o), o.verschilMin),
  today: (_a, o) => o.vandaag,
  now: (_a, o) => o.nu,
  "format-date": opmaak,
  "format-date-time": opmaak,
  "decimal-date-time": (a, o) => decimaal(bereken(a[0], o), o.verschilMin),
  "decimal-time": (a, o) => dagdeel(t(a[0], o), o.verschilMin),
  "indexed-repeat": (a, o) =>
    o.refOpPlaats(
      /** @type {string} */ (a[0].naam),
      a.filter((_, i) => i > 0 && i % 2 === 0).map((n) => g(n, o)),
      /** @type {number} */ (a[0].diepte),
    ),
  "jr:choice-name": (a, o) => o.keuzelabel(String(a[1].w), t(a[0], o)),
  pulldata: (a, o) => o.opzoeken(t(a[0], o), t(a[1], o), t(a[2], o), t(a[3], o)),
};

/** What a bound tree reads: name and number of repeats shared with the reader. @param {Boom|undefined} boom @returns {Array<[string, number]>} */
export function verwijzingen(boom) {
  /** @type {Array<[string, number]>} */
  const uit = [];
  /** @param {Boom} b */
  const loop = (b) => {
    if (b.op === "ref") uit.push([/** @type {string} */ (b.naam), /** @type {number} */ (b.diepte)]);
    else if (b.op === "plaats" && b.niveau) uit.push([/** @type {string} */ (b.naam), b.niveau - 1]);
    b.a?.forEach(loop);
  };
  if (boom) loop(boom);
  return uit;
}

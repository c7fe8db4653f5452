// @ts-check
// Functions on dates and times, always in the visit's own time; as rules/expressies/functies_tijd.py.

import { DAG_MS, datumEnTijd, naarTekst } from "./waarden.js";

/** @typedef {import("./waarden.js").Waarde} Waarde */

const TIJD = /^([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?$/;
const MAANDEN = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
const DAGEN = ["zo", "ma", "di", "wo", "do", "vr", "za"];

/** @param {number} getal @param {number} breedte */
const nul = (getal, breedte) => String(getal).padStart(breedte, "0");

/** @param {number} dag */
const isoDag = (dag) => {
  const d = new Date(dag * DAG_MS);
  return `${nul(d.getUTCFullYear(), 4)}-${nul(d.getUTCMonth() + 1, 2)}-${nul(d.getUTCDate(), 2)}`;
};

/** @param {number} ms */
const isoTijd = (ms) =>
  `${nul(Math.floor(ms / 3_600_000), 2)}:${nul(Math.floor(ms / 60_000) % 60, 2)}:${nul(Math.floor(ms / 1000) % 60, 2)}.${nul(ms % 1000, 3)}`;

/** YYYY-MM-DD, "" when it is no date. @param {Waarde} w @param {number} verschilMin */
export function datum(w, verschilMin) {
  const m = datumEnTijd(w, verschilMin);
  return m ? isoDag(m.dag) : "";
}

/** dateTime with the visit's offset, "" when it is no date. @param {Waarde} w @param {number} verschilMin */
export function datumTijd(w, verschilMin) {
  const m = datumEnTijd(w, verschilMin);
  if (!m) return "";
  const v = Math.abs(verschilMin);
  return `${isoDag(m.dag)}T${isoTijd(m.ms)}${verschilMin < 0 ? "-" : "+"}${nul(Math.floor(v / 60), 2)}:${nul(v % 60, 2)}`;
}

/** Days since 1970-01-01T00:00:00Z. @param {Waarde} w @param {number} verschilMin */
export function decimaal(w, verschilMin) {
  const m = datumEnTijd(w, verschilMin);
  return m ? (m.dag * DAG_MS + m.ms - verschilMin * 60_000) / DAG_MS : NaN;
}

/** Fraction of the day of a time or a dateTime. @param {string} tekst @param {number} verschilMin */
export function dagdeel(tekst, verschilMin) {
  const t = TIJD.exec(tekst);
  if (t) return (Number(t[1]) * 3600 + Number(t[2]) * 60 + Number(t[3] ?? 0)) / 86_400;
  const m = datumEnTijd(tekst, verschilMin);
  return m ? m.ms / DAG_MS : NaN;
}

/** ODK format-date(-time). @param {Waarde} w @param {string} opmaak @param {number} verschilMin */
export function opgemaakt(w, opmaak, verschilMin) {
  const m = datumEnTijd(w, verschilMin);
  if (!m || naarTekst(w) === "") return "";
  const d = new Date(m.dag * DAG_MS + m.ms);
  /** @type {Record<string, string>} */
  const tekens = {
    Y: nul(d.getUTCFullYear(), 4),
    y: nul(d.getUTCFullYear() % 100, 2),
    m: nul(d.getUTCMonth() + 1, 2),
    n: String(d.getUTCMonth() + 1),
    b: MAANDEN[d.getUTCMonth()],
    d: nul(d.getUTCDate(), 2),
    e: String(d.getUTCDate()),
    a: DAGEN[d.getUTCDay()],
    H: nul(d.getUTCHours(), 2),
    h: String(d.getUTCHours()),
    M: nul(d.getUTCMinutes(), 2),
    S: nul(d.getUTCSeconds(), 2),
    3: nul(d.getUTCMilliseconds(), 3),
    "%": "%",
  };
  return opmaak.replace(/%([^\n])/gu, (alles, teken) => tekens[teken] ?? alles);
}

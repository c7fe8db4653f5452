// @ts-check
// Conversions between the types of XPath 1.0, and OpenRosa's dates. The same as rules/expressies/waarden.py, held equal by tests/vectors.
// A value is a string, number, boolean or, for a reference to several repeat instances, an array of strings (a node-set).

/** @typedef {string|number|boolean|string[]} Waarde */
/** @typedef {{dag: number, ms: number}} Moment days since 1970-01-01 and milliseconds of that day, in the visit's own time */

const GETAL = /^[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*$/;
const DATUM =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$/;
export const DAG_MS = 86_400_000;
const EERSTE_DAG = -719_162; // 0001-01-01
const LAATSTE_DAG = 2_932_896; // 9999-12-31

/** XPath string(number): no exponent, no trailing zeros, -0 is 0. @param {number} getal */
export function getalNaarTekst(getal) {
  if (Number.isNaN(getal)) return "NaN";
  if (!Number.isFinite(getal)) return getal > 0 ? "Infinity" : "-Infinity";
  const kort = String(getal);
  const e = kort.indexOf("e");
  if (e < 0) return kort === "-0" ? "0" : kort;
  const min = kort[0] === "-" ? "-" : "";
  const [heel, fractie = ""] = kort.slice(min.length, e).split(".");
  const macht = Number(kort.slice(e + 1));
  if (macht < 0) return `${min}0.${"0".repeat(-macht - 1)}${heel}${fractie}`;
  return min + heel + fractie.padEnd(macht, "0").slice(0, macht) + (fractie.length > macht ? `.${fractie.slice(macht)}` : "");
}

/** XPath string(). @param {Waarde} w @returns {string} */
export function naarTekst(w) {
  if (typeof w === "string") return w;
  if (typeof w === "number") return getalNaarTekst(w);
  if (typeof w === "boolean") return w ? "true" : "false";
  return w.length ? w[0] : "";
}

/** XPath number(); an ISO date gives days. @param {Waarde} w @param {number} verschilMin offset from UTC in minutes */
export function naarGetal(w, verschilMin) {
  if (typeof w === "number") return w;
  if (typeof w === "boolean") return w ? 1 : 0;
  const tekst = naarTekst(w);
  const treffer = GETAL.exec(tekst);
  return treffer ? Number(treffer[1]) : dagen(tekst, verschilMin);
}

/** XPath boolean(). @param {Waarde} w */
export function naarWaar(w) {
  if (typeof w === "boolean") return w;
  if (typeof w === "number") return w !== 0 && !Number.isNaN(w);
  return w.length > 0;
}

/** Minutes east of UTC of "Z" or "+01:00". @param {string} zone */
export function zoneMinuten(zone) {
  if (zone === "Z") return 0;
  return (zone[0] === "-" ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
}

/** Days since 1970-01-01 of a calendar date; null when there is no such day. @param {number} jaar @param {number} maand @param {number} dag */
function dagnummer(jaar, maand, dag) {
  if (jaar < 1 || maand < 1 || maand > 12 || dag < 1) return null;
  const datum = new Date(0);
  datum.setUTCFullYear(jaar, maand - 1, dag);
  return datum.getUTCMonth() === maand - 1 && datum.getUTCDate() === dag ? datum.getTime() / DAG_MS : null;
}

/** @param {string} tekst @param {number} verschilMin @returns {Moment|null} null when the text is no real ISO date */
export function ontleedDatum(tekst, verschilMin) {
  const t = DATUM.exec(tekst);
  if (!t) return null;
  const dag = dagnummer(Number(t[1]), Number(t[2]), Number(t[3]));
  if (dag === null) return null;
  if (t[4] === undefined) return { dag, ms: 0 };
  const uur = Number(t[4]);
  const minuut = Number(t[5]);
  const seconde = Number(t[6] ?? 0);
  if (uur > 23 || minuut > 59 || seconde > 59) return null;
  let ms = ((uur * 60 + minuut) * 60 + seconde) * 1000 + Number((t[7] ?? ".0").slice(1, 4).padEnd(3, "0"));
  if (t[8] !== undefined) ms += (verschilMin - zoneMinuten(t[8])) * 60_000;
  const over = Math.floor(ms / DAG_MS);
  const uit = { dag: dag + over, ms: ms - over * DAG_MS };
  return uit.dag < EERSTE_DAG || uit.dag > LAATSTE_DAG ? null : uit;
}

/** @param {string} tekst @param {number} verschilMin */
function dagen(tekst, verschilMin) {
  const m = ontleedDatum(tekst, verschilMin);
  return m ? m.dag + m.ms / DAG_MS : NaN;
}

/** A date out of a text (ISO) or a number of days. @param {Waarde} w @param {number} verschilMin @returns {Moment|null} */
export function datumEnTijd(w, verschilMin) {
  if (typeof w === "string" || Array.isArray(w)) {
    const gevonden = ontleedDatum(naarTekst(w), verschilMin);
    if (gevonden) return gevonden;
  }
  const getal = naarGetal(w, verschilMin);
  if (!Number.isFinite(getal)) return null;
  let dag = Math.floor(getal);
  let ms = Math.floor((getal - dag) * DAG_MS + 0.5);
  if (ms === DAG_MS) [dag, ms] = [dag + 1, 0];
  return dag < EERSTE_DAG || dag > LAATSTE_DAG ? null : { dag, ms };
}

/** @param {string} op @param {Waarde} a @param {Waarde} b @param {number} verschilMin */
function enkel(op, a, b, verschilMin) {
  if (op === "=" || op === "!=") {
    let gelijk;
    if (typeof a === "boolean" || typeof b === "boolean") gelijk = naarWaar(a) === naarWaar(b);
    else if (typeof a === "string" && typeof b === "string") gelijk = a === b;
    else gelijk = naarGetal(a, verschilMin) === naarGetal(b, verschilMin);
    return gelijk === (op === "=");
  }
  const x = naarGetal(a, verschilMin);
  const y = naarGetal(b, verschilMin);
  if (op === "<") return x < y;
  if (op === "<=") return x <= y;
  return op === ">" ? x > y : x >= y;
}

/** The comparisons of XPath 1.0 section 3.4, node-sets included. @param {string} op @param {Waarde} a @param {Waarde} b @param {number} verschilMin */
export function vergelijk(op, a, b, verschilMin) {
  if (Array.isArray(a)) {
    if (Array.isArray(b)) return a.some((x) => b.some((y) => enkel(op, x, y, verschilMin)));
    if (typeof b === "boolean") return enkel(op, a.length > 0, b, verschilMin);
    return a.some((x) => enkel(op, x, b, verschilMin));
  }
  if (Array.isArray(b)) {
    if (typeof a === "boolean") return enkel(op, a, b.length > 0, verschilMin);
    return b.some((y) => enkel(op, a, y, verschilMin));
  }
  return enkel(op, a, b, verschilMin);
}

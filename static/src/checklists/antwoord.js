// @ts-check
// What counts as an answer per type of question. As rules/antwoordtypen.py.

import { keuzenVan } from "./tekst.js";
import { getalNaarTekst, ontleedDatum } from "./waarden.js";

/** @typedef {import("./vorm.js").Node} Node */
/** @typedef {{waarde: any, tekst: string, fout: string|null}} Antwoord waarde as stored, tekst as expressions see it */

const GETAL = /^-?[0-9]{1,15}(?:[.,][0-9]{1,15})?$/;
const TIJD = /^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?$/;
const DATUM = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const MAX_TEKST = 20_000;

/** @type {Antwoord} */
export const LEEG = Object.freeze({ waarde: null, tekst: "", fout: null });

/** @param {any} waarde @param {string} tekst @param {string|null} [fout] @returns {Antwoord} */
const maak = (waarde, tekst, fout = null) => ({ waarde, tekst, fout });

/** Reads a value for this question. Never throws: the fault is in the answer. @param {Node} node @param {Map<string, any>} namen @param {any} waarde @returns {Antwoord} */
export function leesAntwoord(node, namen, waarde) {
  if (waarde === null || waarde === undefined || waarde === "" || (Array.isArray(waarde) && waarde.length === 0)) return LEEG;
  const soort = node.type ?? "";
  const antwoord = (LEZERS[soort] ?? leesTekst)(waarde, node);
  if (antwoord.fout === null && antwoord.tekst !== "" && ["select_one", "select_multiple", "rank"].includes(soort)) {
    const gekozen = soort === "select_one" ? [antwoord.tekst] : keuzenVan(antwoord.tekst);
    const onbekend = gekozen.find((naam) => !namen.has(naam));
    if (onbekend !== undefined) return maak(waarde, antwoord.tekst, `'${onbekend}' staat niet in de lijst met keuzes.`);
  }
  return antwoord;
}

/** Two answers that look and count the same. @param {Antwoord} a @param {Antwoord} b */
export function zelfde(a, b) {
  return a === b || (a.tekst === b.tekst && a.fout === b.fout && (a.waarde === b.waarde || JSON.stringify(a.waarde) === JSON.stringify(b.waarde)));
}

/** @param {any} w @returns {string} */
function plat(w) {
  if (typeof w === "string") return w;
  if (typeof w === "boolean") return w ? "true" : "false";
  if (typeof w === "number") return getalNaarTekst(w);
  return Array.isArray(w) ? w.map(plat).join(" ") : "";
}

/** @param {any} w */
function leesTekst(w) {
  const tekst = plat(w);
  if (typeof w === "object") return maak(w, tekst, "Vul hier tekst in.");
  if ([...tekst].length > MAX_TEKST) return maak(w, tekst, `Dit antwoord is langer dan ${MAX_TEKST} tekens.`);
  return maak(tekst, tekst);
}

/** @param {any} w @returns {number|null} */
function getal(w) {
  if (typeof w === "number") return Math.abs(w) < 1e15 ? w : null;
  return typeof w === "string" && GETAL.test(w.trim()) ? Number(w.trim().replace(",", ".")) : null;
}

/** @param {any} w */
function decimaal(w) {
  const x = getal(w);
  return x === null ? maak(w, plat(w), "Vul een getal in.") : maak(x === 0 ? 0 : x, getalNaarTekst(x));
}

/** @param {any} w */
function heel(w) {
  const antwoord = decimaal(w);
  if (antwoord.fout !== null || !Number.isInteger(antwoord.waarde)) {
    return maak(antwoord.waarde, antwoord.tekst, "Vul een heel getal in, zonder komma.");
  }
  return antwoord;
}

/** @param {any} w @param {Node} node */
function bereik(w, node) {
  const antwoord = decimaal(w);
  if (antwoord.fout !== null) return antwoord;
  const p = node.parameters ?? {};
  const [begin, eind, stap] = [Number(p.start), Number(p.end), Number(p.step)];
  const laag = Math.min(begin, eind);
  const hoog = Math.max(begin, eind);
  const stappen = (antwoord.waarde - begin) / stap;
  if (antwoord.waarde < laag || antwoord.waarde > hoog || Math.abs(stappen - Math.round(stappen)) > 1e-9) {
    const [van, tot, per] = [laag, hoog, Math.abs(stap)].map(getalNaarTekst);
    return maak(antwoord.waarde, antwoord.tekst, `Kies een getal van ${van} tot en met ${tot}, in stappen van ${per}.`);
  }
  return antwoord;
}

/** @param {string} melding @param {(tekst: string) => boolean} goed */
const vorm = (melding, goed) => (/** @type {any} */ w) => {
  const tekst = plat(w);
  return typeof w === "string" && goed(tekst) ? maak(tekst, tekst) : maak(w, tekst, melding);
};

/** @param {any} w */
function keuzen(w) {
  const rij = typeof w === "string" ? keuzenVan(w) : w;
  if (!Array.isArray(rij) || !rij.every((x) => typeof x === "string")) return maak(rij, plat(rij), "Geef de gekozen keuzes als lijst.");
  return maak(rij, rij.join(" "));
}

/** @param {any} w */
function bestanden(w) {
  const rij = typeof w === "string" ? [w] : w;
  if (!Array.isArray(rij) || !rij.every((x) => typeof x === "string")) return maak(w, plat(w), "Hier hoort een opname of foto.");
  return maak(rij, rij.join(" "));
}

/** @param {any} w */
function punt(w) {
  let uit = w;
  if (typeof w === "string") {
    const delen = w.split(" ").filter(Boolean).map(getal);
    if (delen.length >= 2 && !delen.includes(null)) uit = { lat: delen[0], lon: delen[1], nauwkeurigheid_m: delen[3] ?? null };
  }
  if (uit !== null && typeof uit === "object" && !Array.isArray(uit)) {
    const lat = getal(uit.lat);
    const lon = getal(uit.lon);
    if (lat !== null && lon !== null && Math.abs(lat) <= 90 && Math.abs(lon) <= 180) {
      const straal = getal(uit.nauwkeurigheid_m) ?? 0;
      return maak(uit, `${getalNaarTekst(lat)} ${getalNaarTekst(lon)} 0 ${getalNaarTekst(straal)}`);
    }
  }
  return maak(w, plat(w), "Hier hoort een plek op de kaart: breedte en lengte in graden.");
}

/** @param {any} w */
function akkoord(w) {
  if (w === true || w === "OK") return maak("OK", "OK");
  return w === false ? LEEG : maak(w, plat(w), "Zet hier een vinkje, of laat het leeg.");
}

/** @type {Record<string, (w: any, node: Node) => Antwoord>} */
const LEZERS = {
  integer: heel,
  decimal: decimaal,
  range: bereik,
  date: vorm("Vul een bestaande datum in, zoals 2026-11-21.", (t) => DATUM.test(t) && ontleedDatum(t, 0) !== null),
  time: vorm("Vul een tijd in, zoals 18:30.", (t) => TIJD.test(t)),
  dateTime: vorm("Vul een datum met tijd in, zoals 2026-11-21T18:30.", (t) => t.length >= 16 && ontleedDatum(t, 0) !== null),
  select_one: (w) => (typeof w === "string" ? maak(w, w) : maak(w, plat(w), "Kies een van de keuzes.")),
  select_multiple: keuzen,
  rank: keuzen,
  geopoint: punt,
  image: bestanden,
  audio: bestanden,
  acknowledge: akkoord,
};

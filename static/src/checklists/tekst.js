// @ts-check
// Functions on text; counted in characters (code points), as in rules/expressies/functies_tekst.py.

/** The choices of an answer: names with white space between. @param {string} tekst */
export function keuzenVan(tekst) {
  return tekst.split(/[ \t\r\n]+/).filter((deel) => deel !== "");
}

/** ODK substr: from `begin` up to but not including `eind`, from 0; negative counts from the end. @param {string} tekst @param {number} begin @param {number} [eind] */
export function substr(tekst, begin, eind) {
  const tekens = [...tekst];
  const plek = (/** @type {number} */ getal) => {
    if (Number.isNaN(getal)) return 0;
    const heel = Math.trunc(Math.max(Math.min(getal, tekens.length), -tekens.length));
    return heel >= 0 ? heel : tekens.length + heel;
  };
  return tekens.slice(plek(begin), eind === undefined ? tekens.length : plek(eind)).join("");
}

/** @param {number} getal */
const afgerond = (getal) => (Number.isFinite(getal) ? Math.floor(getal + 0.5) : getal);

/** XPath substring: from position 1, both numbers rounded. @param {string} tekst @param {number} begin @param {number} [lengte] */
export function substring(tekst, begin, lengte) {
  const tekens = [...tekst];
  const van = afgerond(begin);
  const tot = lengte === undefined ? Infinity : van + afgerond(lengte);
  if (Number.isNaN(van) || Number.isNaN(tot)) return "";
  const eerste = Math.max(1, van);
  const laatste = Math.min(tekens.length + 1, tot);
  return eerste < laatste ? tekens.slice(eerste - 1, laatste - 1).join("") : "";
}

/** The choice at this place (from 0), "" outside it. @param {string} tekst @param {number} plek */
export function gekozenOp(tekst, plek) {
  return Number.isFinite(plek) ? (keuzenVan(tekst)[Math.trunc(plek)] ?? "") : "";
}

/** XPath normalize-space. @param {string} tekst */
export function normaliseerRuimte(tekst) {
  return tekst.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
}

/** XPath translate. @param {string} tekst @param {string} van @param {string} naar */
export function vertaal(tekst, van, naar) {
  /** @type {Map<string, string>} */
  const tabel = new Map();
  const doel = [...naar];
  [...van].forEach((teken, i) => {
    if (!tabel.has(teken)) tabel.set(teken, doel[i] ?? "");
  });
  return [...tekst].map((teken) => tabel.get(teken) ?? teken).join("");
}

/** @type {Map<string, RegExp>} */
const patronen = new Map();
// By how many long repetitions a pattern has: the longest text that it is tried on (rules/expressies/regels.py).
const LANGSTE = [100000, 100000, 4000, 500];

/** How many characters a text may have to be tried on a pattern in normal form. @param {string} patroon */
export function langsteTekst(patroon) {
  const kaal = patroon.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]/g, "");
  const lang = kaal.match(/[*+]|\{\d+,\}|\{(?:\d+,)?(?:2[1-9]|[3-9]\d|\d{3})\}/g) ?? [];
  return LANGSTE[Math.min(lang.length, LANGSTE.length - 1)];
}

/** ODK regex: the whole text matches the pattern, which the server has brought to a normal form. @param {string} tekst @param {string} patroon */
export function past(tekst, patroon) {
  let regel = patronen.get(patroon);
  if (!regel) patronen.set(patroon, (regel = new RegExp(`^(?:${patroon})$`, "u")));
  return [...tekst].length <= langsteTekst(patroon) && regel.test(tekst);
}

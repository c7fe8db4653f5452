// @ts-check
// Numbers in free text that point to a person. The same as inspecties/signalen/rules/nummers.py, held by shared cases.

const BSN = /(?<!\d)(?:\d{9}|(\d{3})([ .-])(\d{3})\2(\d{3})|\d{4}([ .-])\d{2}\5\d{3})(?!\d)/gu;
const GEWICHTEN = [9, 8, 7, 6, 5, 4, 3, 2, -1];
/** In this order: what one found is out of the text for the next. @type {[string, RegExp][]} */
const SOORTEN = [
  ["een rekeningnummer", /\b[A-Z]{2}\d{2}[ ]?[A-Z]{4}(?:[ ]?\d){10}\b/gu],
  ["een e-mailadres", /[^\s@<>]+@[^\s@<>]+\.[a-zA-Z]{2,}/gu],
  ["een telefoonnummer", /(?<![\d+])(?:(?:\+\d{1,3}|00[1-9]\d)(?:[ -]?\d){8,11}|0[1-9](?:[ -]?\d){8})(?!\d)/gu],
];

/** @param {string} cijfers @returns {boolean} nine digits that pass the eleven-test */
function isBsn(cijfers) {
  if (!/^\d{9}$/u.test(cijfers) || cijfers === "000000000") return false;
  return GEWICHTEN.reduce((som, gewicht, i) => som + gewicht * Number(cijfers[i]), 0) % 11 === 0;
}

/** @param {string} tekst */
export function bevatBsn(tekst) {
  return [...tekst.matchAll(BSN)].some(([treffer]) => isBsn(treffer.replace(/\D/gu, "")));
}

/** @param {string} tekst @returns {string[]} the kinds of numbers that stand in it, in words */
export function persoonsnummers(tekst) {
  let rest = tekst;
  return SOORTEN.filter(([, patroon]) => {
    const was = rest;
    rest = rest.replace(patroon, " ");
    return rest !== was;
  }).map(([naam]) => naam);
}

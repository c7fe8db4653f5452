// @ts-check
// Controls with one field: text, numbers, dates, range, barcode.

import { h } from "../dom.js";

/**
 * @typedef {{el: HTMLElement, invoer: HTMLElement|null, toon: (waarde: any) => void, lees?: () => {waarde: any, typend?: boolean, fout?: string}|null, keuzes?: (keuzes: any[]) => void}} Controle
 * `lees` is called for input and change events inside `el`
 */

/** @param {string} ruw @param {boolean} geheel @returns {{waarde: number|null, fout?: string}} */
function leesGetal(ruw, geheel) {
  const kaal = ruw.trim().replace(/\s/gu, "");
  if (kaal === "") return { waarde: null };
  // A Dutch comma is the decimal sign; a point too, as phones offer it.
  const getal = /^[+-]?\d*[.,]?\d*$/u.test(kaal) && /\d/u.test(kaal) ? Number(kaal.replace(",", ".")) : NaN;
  if (!Number.isFinite(getal)) return { waarde: null, fout: "Vul alleen een getal in, bijvoorbeeld 12 of 12,5. Dit is nog niet opgeslagen." };
  if (geheel && !Number.isInteger(getal)) return { waarde: null, fout: "Vul een heel getal in, zonder komma. Dit is nog niet opgeslagen." };
  return { waarde: getal };
}

/** @param {any} waarde */
const getaltekst = (waarde) => (waarde === null || waarde === undefined ? "" : String(waarde).replace(".", ","));

/** @type {Record<string, string>} */
const DATUMTYPE = { date: "date", time: "time", dateTime: "datetime-local" };

/** @type {WeakMap<object, HTMLElement>} one field per question, never on the page: copied for every instance of a repeat */
const patronen = new WeakMap();

/** @template {HTMLElement} T @param {any} knoop @param {string} id @param {() => T} maak @returns {T} */
function kopie(knoop, id, maak) {
  let patroon = patronen.get(knoop);
  if (!patroon) patronen.set(knoop, (patroon = maak()));
  const el = /** @type {T} */ (patroon.cloneNode(true));
  el.id = id;
  return el;
}

/** @param {any} knoop @param {string} id @returns {Controle} */
export function tekstveld(knoop, id) {
  const basis = { name: knoop.naam, class: "invoer", autocomplete: "off", readonly: knoop.alleen_lezen ? true : null };
  if (knoop.type === "integer" || knoop.type === "decimal") {
    const geheel = knoop.type === "integer";
    const invoer = kopie(knoop, id, () => h("input", { ...basis, type: "text", inputmode: geheel ? "numeric" : "decimal", class: "invoer invoer-getal" }));
    return {
      el: invoer, invoer, lees: () => ({ ...leesGetal(invoer.value, geheel), typend: true }),
      toon: (waarde) => {
        if (leesGetal(invoer.value, geheel).waarde !== (waarde ?? null) || waarde === null) invoer.value = getaltekst(waarde);
      },
    };
  }
  if (DATUMTYPE[knoop.type]) {
    const invoer = kopie(knoop, id, () => h("input", { ...basis, type: DATUMTYPE[knoop.type] }));
    return { el: invoer, invoer, lees: () => ({ waarde: invoer.value || null }), toon: (waarde) => (invoer.value = String(waarde ?? "").slice(0, knoop.type === "dateTime" ? 16 : knoop.type === "time" ? 5 : 10)) };
  }
  if (knoop.type === "range") {
    const { start = 0, end = 10, step = 1 } = knoop.parameters ?? {};
    const uitkomst = h("output", { for: id, class: "bereikwaarde" }, "–");
    const invoer = h("input", { id, name: knoop.naam, type: "range", min: start, max: end, step });
    return {
      el: h("div", { class: "rij" }, invoer, uitkomst), invoer, lees: () => ({ waarde: Number(invoer.value), typend: true }),
      toon: (waarde) => {
        uitkomst.textContent = waarde === null || waarde === undefined ? "–" : getaltekst(waarde);
        if (waarde !== null && waarde !== undefined) invoer.value = String(waarde);
      },
    };
  }
  const weergave = knoop.weergave ?? "";
  const maak = () => (/multiline/u.test(weergave) ? h("textarea", { ...basis, rows: 3 }) : h("input", { ...basis, type: "text", inputmode: /numbers/u.test(weergave) ? "numeric" : null }));
  const invoer = kopie(knoop, id, maak);
  return {
    el: invoer, invoer, lees: () => ({ waarde: invoer.value === "" ? null : invoer.value, typend: true }),
    toon: (waarde) => {
      const tekst = waarde === null || waarde === undefined ? "" : String(waarde);
      if (invoer.value !== tekst) invoer.value = tekst;
    },
  };
}

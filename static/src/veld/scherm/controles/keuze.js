// @ts-check
// Choosing: tiles for one, chips for more, an ordered list for rank, one tile for acknowledge.

import { h, knop } from "../dom.js";
import { icoon } from "../iconen.js";

const VEEL = 14;
/** Longer words and sentences get wider tiles, so that they need not be broken. */
const [LANG_WOORD, LANGE_ZIN] = [11, 30];
/** @param {string} tekst */
const isLang = (tekst) => tekst.length > LANGE_ZIN || tekst.split(/[\s-]/u).some((woord) => woord.length > LANG_WOORD);

/**
 * @param {any} knoop @param {string} id @param {(tekst: any) => string} vertaal
 * @param {(tekst: any) => Record<string, string>} taalAttributen `lang` and `dir` of a text in another language
 * @param {{tegels?: {merk: string, klassen: [boolean, boolean], rij: HTMLElement}}} patroon of this question in this language: the tiles that
 *   were made last, never on the page; copied for every instance of a repeat
 * @returns {import("./tekst.js").Controle}
 */
export function tegels(knoop, id, vertaal, taalAttributen, patroon) {
  const meer = knoop.type === "select_multiple";
  /** @type {any[]} */
  let nu = [];
  /** @type {any} */
  let gekozen = meer ? [] : null;
  if (!meer && /minimal/u.test(knoop.weergave ?? "")) return uitklaplijst(knoop, id, vertaal, taalAttributen);
  const bak = h("div", { class: meer ? "chips" : "tegels" });
  // Radios with the same name in other instances of a repeat must not exclude each other: a form of their own parts them.
  const el = meer ? bak : h("form", { novalidate: true, onsubmit: (/** @type {Event} */ e) => e.preventDefault() }, bak);
  const invoeren = () => /** @type {NodeListOf<HTMLInputElement>} */ (bak.querySelectorAll("input"));
  return {
    el, invoer: null,
    keuzes(keuzes) {
      if (keuzes.length === nu.length && keuzes.every((keuze, i) => keuze.naam === nu[i].naam)) return;
      nu = keuzes;
      const merk = keuzes.map((keuze) => keuze.naam).join(" ");
      if (patroon.tegels?.merk !== merk) {
        const rij = h("div", null, ...keuzes.map((keuze) =>
          h("label", { class: meer ? "chip" : "tegel" }, h("input", { type: meer ? "checkbox" : "radio", name: knoop.naam, value: keuze.naam }), h("span", taalAttributen(keuze.label), vertaal(keuze.label) || keuze.naam))));
        patroon.tegels = { merk, klassen: [keuzes.length > VEEL, keuzes.some((keuze) => isLang(vertaal(keuze.label)))], rij };
      }
      bak.classList.toggle("tegels-veel", patroon.tegels.klassen[0]);
      bak.classList.toggle("tegels-breed", patroon.tegels.klassen[1]);
      bak.replaceChildren(...patroon.tegels.rij.cloneNode(true).childNodes);
      this.toon(gekozen);
    },
    lees() {
      const aan = [...invoeren()].filter((invoer) => invoer.checked).map((invoer) => invoer.value);
      gekozen = meer ? aan : (aan[0] ?? null);
      return { waarde: gekozen };
    },
    toon(waarde) {
      gekozen = meer ? (Array.isArray(waarde) ? waarde : []) : (waarde ?? null);
      for (const invoer of invoeren()) invoer.checked = meer ? gekozen.includes(invoer.value) : gekozen === invoer.value;
    },
  };
}

/** @param {any} knoop @param {string} id @param {(tekst: any) => string} vertaal @param {(tekst: any) => Record<string, string>} taalAttributen @returns {import("./tekst.js").Controle} */
function uitklaplijst(knoop, id, vertaal, taalAttributen) {
  const invoer = h("select", { id, name: knoop.naam, class: "invoer" });
  /** @type {any} */
  let gekozen = null;
  return {
    el: invoer, invoer,
    keuzes(keuzes) {
      invoer.replaceChildren(h("option", { value: "" }, "Kies…"), ...keuzes.map((keuze) => h("option", { value: keuze.naam, ...taalAttributen(keuze.label) }, vertaal(keuze.label) || keuze.naam)));
      invoer.value = gekozen ?? "";
    },
    lees: () => ({ waarde: (gekozen = invoer.value || null) }),
    toon: (waarde) => void (invoer.value = gekozen = waarde ?? ""),
  };
}

/** @param {any} knoop @param {string} id @returns {import("./tekst.js").Controle} */
export function akkoord(knoop, id) {
  const invoer = h("input", { id, type: "checkbox", name: knoop.naam, value: "OK" });
  return { el: h("label", { class: "tegel" }, invoer, h("span", null, "Akkoord")), invoer: null, lees: () => ({ waarde: invoer.checked ? "OK" : null }), toon: (waarde) => void (invoer.checked = waarde === "OK") };
}

/**
 * Order by buttons, so that it works with keys and gloves alike.
 * @param {any} knoop @param {(tekst: any) => string} vertaal @param {(waarde: string[]) => void} zet @returns {import("./tekst.js").Controle}
 */
export function rangorde(knoop, vertaal, zet) {
  const lijst = h("ol", { class: "rangorde" });
  /** @type {any[]} */
  let alle = [];
  /** @type {string[]} */
  let volgorde = [];
  const teken = () => {
    lijst.replaceChildren(...volgorde.map((naam, i) => {
      const label = vertaal(alle.find((keuze) => keuze.naam === naam)?.label) || naam;
      const schuif = (/** @type {number} */ stap) => () => {
        volgorde.splice(i + stap, 0, ...volgorde.splice(i, 1));
        teken();
        zet([...volgorde]);
      };
      return h("li", { class: "rij" }, h("span", { class: "rek" }, label),
        knop([icoon("op")], schuif(-1), { "aria-label": `${label} omhoog`, name: knoop.naam, disabled: i === 0 }), knop([icoon("neer")], schuif(1), { "aria-label": `${label} omlaag`, name: knoop.naam, disabled: i === volgorde.length - 1 }));
    }));
  };
  return {
    el: lijst, invoer: null,
    keuzes(keuzes) {
      alle = keuzes;
      const namen = keuzes.map((keuze) => keuze.naam);
      volgorde = [...volgorde.filter((naam) => namen.includes(naam)), ...namen.filter((naam) => !volgorde.includes(naam))];
      teken();
    },
    toon(waarde) {
      if (!Array.isArray(waarde)) return;
      volgorde = [...waarde, ...volgorde.filter((naam) => !waarde.includes(naam))];
      teken();
    },
  };
}

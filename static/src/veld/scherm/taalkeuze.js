// @ts-check
// Choosing a language: every language by its own name, the Dutch name below it for the inspector.

import { h } from "./dom.js";
import { inTaal, taalnaam } from "./taal.js";

/**
 * @param {string[]} talen
 * @param {string|null} gekozen
 * @param {(taal: string) => void} kies
 * @returns {HTMLElement} a row of buttons; the chosen one is pressed
 */
export function taalknoppen(talen, gekozen, kies) {
  const el = h("div", { class: "taalrij", role: "group", "aria-label": "Taal" });
  for (const taal of talen) {
    const uitgelegd = taalnaam(taal, "nl");
    const eigen = taalnaam(taal);
    el.append(h("button", {
      type: "button", class: "knop taalknop", "data-taal": taal, "aria-pressed": String(taal === gekozen),
      onclick: () => {
        for (const ander of el.children) ander.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (ander).dataset.taal === taal));
        kies(taal);
      },
    }, h("span", inTaal(taal), eigen), eigen !== uitgelegd && h("span", { class: "taalklein" }, uitgelegd)));
  }
  return el;
}

/**
 * A list for the head of the checklist: small, and the form's own language first.
 * @param {string[]} talen @param {string} gekozen @param {(taal: string) => void} kies
 */
export function taallijst(talen, gekozen, kies) {
  const lijst = h("select", { class: "invoer taallijst", "data-taallijst": true, onchange: () => kies(lijst.value) },
    ...talen.map((taal) => h("option", { value: taal, ...inTaal(taal) }, taalnaam(taal))));
  lijst.value = gekozen;
  return h("label", { class: "taalkiezer" }, h("span", { class: "klein" }, "Taal van de vragen"), lijst);
}

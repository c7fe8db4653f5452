// @ts-check
// Two answers side by side. A person chooses; both stay in the record.

import { vertaal } from "../bezoek/structuur.js";
import { tijd } from "./dom.js";
import { h, knop } from "./dom.js";

/** @param {any} waarde @param {any} knoop @param {any} omgeving @returns {string} the answer in words */
export function inWoorden(waarde, knoop, omgeving) {
  if (waarde === null || waarde === undefined || waarde === "") return "(leeg)";
  const { definitie } = omgeving.bezoek;
  const keuzes = definitie.keuzelijsten?.[knoop?.keuzelijst] ?? [];
  const woord = (/** @type {any} */ een) => {
    const keuze = keuzes.find((/** @type {any} */ k) => k.naam === een);
    return keuze ? vertaal(keuze.label, omgeving.taal, definitie.standaardtaal) : typeof een === "number" ? String(een).replace(".", ",") : typeof een === "object" ? JSON.stringify(een) : String(een);
  };
  return Array.isArray(waarde) ? waarde.map(woord).join(", ") : woord(waarde);
}

/** @param {any} omgeving @param {any} knoop @param {string} sleutel @param {"waarde"|"noot"} baan @returns {HTMLElement} */
export function toonConflict(omgeving, knoop, sleutel, baan) {
  const { bezoek } = omgeving;
  const koppen = bezoek.vouw.koppen(sleutel, baan);
  return h("div", { class: "vak conflict", role: "group", "aria-label": "Twee antwoorden, kies er een", "data-conflict": knoop.naam },
    h("p", null, h("strong", null, baan === "noot" ? "Twee notities." : "Twee antwoorden."), " Ze zijn los van elkaar ingevuld. Kies welke klopt; de andere blijft bewaard."),
    h("div", { class: "tegels" }, ...koppen.map((/** @type {any} */ op) => {
      const wie = op.auteur_id === omgeving.gebruikerId ? "u" : "een collega";
      const waarde = op.soort === "clear" ? null : op.waarde;
      return knop(`${inWoorden(waarde, knoop, omgeving)} (${wie}, ${tijd(op.toestel_tijd)})`, () => {
        omgeving.verwerk(bezoek.beslis(sleutel, baan, waarde));
        void bezoek.bewaarder.spoel().then(() => omgeving.verwerk(new Set([sleutel])));
      }, { class: "knop tegelknop" });
    })));
}

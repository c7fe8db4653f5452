// @ts-check
// What the coordinator said tonight, and that the plan changed, above the list of stops.

import { h, knop, tijd } from "./dom.js";

const GETOOND = 3;

/**
 * @param {any} pak @param {{gezien: () => void}} acties
 * @returns {(HTMLElement|null)[]}
 */
export function berichtenVak(pak, acties) {
  const berichten = (pak?.acties ?? []).flatMap((/** @type {any} */ actie) => actie.berichten ?? []);
  const laatste = berichten.toSorted((/** @type {any} */ a, /** @type {any} */ b) => b.op.localeCompare(a.op)).slice(0, GETOOND);
  return [
    pak?.planmelding ? h("div", { class: "vak vak-veiligheid", "data-planmelding": true }, h("p", null, h("strong", null, pak.planmelding)), h("p", null, knop("Gezien", acties.gezien, { class: "knop knop-klein" }))) : null,
    laatste.length ? h("section", { class: "vak", "aria-label": "Berichten van de coördinator", "data-berichten": true },
      ...laatste.map((/** @type {any} */ bericht) => h("p", null, h("strong", null, `${tijd(bericht.op)} ${bericht.van}: `), bericht.tekst))) : null,
  ];
}

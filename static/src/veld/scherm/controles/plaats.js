// @ts-check
// The place where somebody stands.

import { h } from "../dom.js";

/** @param {any} knoop @param {string} id @param {(waarde: any) => void} zet @returns {import("./tekst.js").Controle} */
export function plaatsveld(knoop, id, zet) {
  const uitkomst = h("output", { for: id, class: "blok" }, "Nog geen plaats.");
  const invoer = h("button", { id, type: "button", name: knoop.naam, class: "knop knop-breed", onclick: () => {
    uitkomst.textContent = "Plaats zoeken…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => zet({ lat: coords.latitude, lon: coords.longitude, nauwkeurigheid_m: Math.round(coords.accuracy) }),
      () => void (uitkomst.textContent = "De plaats is niet gevonden. Sta locatie toe in de instellingen, of ga naar buiten en probeer het opnieuw."),
      { enableHighAccuracy: true, timeout: 20_000 },
    );
  } }, "Plaats vastleggen");
  return {
    el: h("div", null, invoer, uitkomst), invoer,
    toon: (waarde) => void (uitkomst.textContent = waarde ? `${waarde.lat.toFixed(5)}, ${waarde.lon.toFixed(5)} (op ${waarde.nauwkeurigheid_m} m nauwkeurig)` : "Nog geen plaats."),
  };
}

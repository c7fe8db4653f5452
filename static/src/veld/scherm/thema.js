// @ts-check
// Light, dark or bright sun. A choice of the device, not of a person: it may lie in localStorage.

const SLEUTEL = "inspecties.thema";
export const THEMAS = /** @type {const} */ (["auto", "licht", "donker", "zon"]);
export const THEMANAMEN = { auto: "Als het toestel", licht: "Licht", donker: "Donker", zon: "Felle zon" };

/** @returns {typeof THEMAS[number]} */
export function huidigThema() {
  const gekozen = localStorage.getItem(SLEUTEL);
  return /** @type {any} */ (THEMAS.includes(/** @type {any} */ (gekozen)) ? gekozen : "auto");
}

/** @param {string} [thema] */
export function zetThema(thema = huidigThema()) {
  localStorage.setItem(SLEUTEL, thema);
  document.documentElement.dataset.thema = thema;
}

// @ts-check
// Light, dark or bright sun, and how large the letters are. Choices of the device, not of a person: they may lie in localStorage.

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

/** As this device was left. */
export function zetUiterlijk() {
  zetThema();
  zetLetter();
}

const LETTERSLEUTEL = "inspecties.letter";
export const LETTERS = /** @type {const} */ (["normaal", "groot", "zeergroot"]);
export const LETTERNAMEN = { normaal: "Normaal", groot: "Groot", zeergroot: "Zeer groot" };

/** @returns {typeof LETTERS[number]} */
export function huidigeLetter() {
  const gekozen = localStorage.getItem(LETTERSLEUTEL);
  return /** @type {any} */ (LETTERS.includes(/** @type {any} */ (gekozen)) ? gekozen : "normaal");
}

/** @param {string} [letter] */
export function zetLetter(letter = huidigeLetter()) {
  localStorage.setItem(LETTERSLEUTEL, letter);
  document.documentElement.dataset.letter = letter;
}

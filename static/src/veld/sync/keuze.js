// @ts-check
// When photos may go. Answers always go: they are small. The choice belongs to the device, like its colours.

const SLEUTEL = "inspecties.fotoskeuze";

/** @typedef {"altijd"|"wifi"|"niet"} Fotokeuze */

/** @returns {Fotokeuze} */
export function fotokeuze() {
  const gekozen = localStorage.getItem(SLEUTEL);
  return gekozen === "wifi" || gekozen === "niet" ? gekozen : "altijd";
}

/** @param {Fotokeuze} keuze */
export function zetFotokeuze(keuze) {
  localStorage.setItem(SLEUTEL, keuze);
}

/** @returns {string|undefined} wifi, ethernet, cellular, ...; undefined where the browser does not tell */
export function verbindingssoort() {
  return /** @type {any} */ (navigator).connection?.type;
}

/**
 * Pure.
 * @param {Fotokeuze} keuze @param {string|undefined} soort
 * @returns {boolean}
 */
export function magNu(keuze, soort) {
  if (keuze === "altijd") return true;
  if (keuze === "niet") return false;
  // A browser that does not tell never offered "wifi"; a photo must not wait for ever for what cannot be known.
  return soort === undefined || soort === "wifi" || soort === "ethernet";
}

/** @returns {boolean} */
export const magFotos = () => magNu(fotokeuze(), verbindingssoort());

/** @param {() => void} doe called when the kind of connection changed @returns {() => void} */
export function bijAndereVerbinding(doe) {
  const verbinding = /** @type {any} */ (navigator).connection;
  verbinding?.addEventListener?.("change", doe);
  return () => verbinding?.removeEventListener?.("change", doe);
}

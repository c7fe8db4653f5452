// @ts-check
// Without this the app does not begin. The first thing that runs, so it touches nothing else.

/**
 * What the app cannot do without; null when it can work.
 * @param {any} venster
 * @returns {string|null}
 */
export function watOntbreekt(venster) {
  if (!venster.isSecureContext) return "De veldapp werkt alleen op een beveiligde verbinding (een adres dat met https begint). Vraag uw beheerder om het juiste adres.";
  if (!venster.crypto?.subtle) return "Deze browser kan niet versleutelen. Zonder versleuteling bewaart de veldapp niets. Gebruik een nieuwe versie van Chrome, Edge, Firefox of Safari.";
  if (!heeftOpslag(venster)) return "Deze browser mag hier niets bewaren. Sluit een privévenster, sta cookies en sitegegevens voor dit adres toe, en laad de app opnieuw.";
  return null;
}

/** @param {any} venster @returns {boolean} */
export function heeftOpslag(venster) {
  try {
    return !!venster.indexedDB && !!venster.localStorage;
  } catch (fout) {
    if (/** @type {any} */ (fout)?.name === "SecurityError") return false; // blocked by the settings of the browser
    throw fout;
  }
}

// @ts-check
// Whose vaults were set up in this browser: initials per vault, outside IndexedDB. Enough to find one's own, no name.

const SLEUTEL = "inspecties.kluizen";

/** @returns {Record<string, string>} initials per vault */
export function kluisnamen() {
  try {
    return JSON.parse(localStorage.getItem(SLEUTEL) ?? "{}");
  } catch (fout) {
    if (fout instanceof SyntaxError) return {};
    throw fout;
  }
}

/** @param {string} naam @returns {string} */
export const initialenVan = (naam) => naam.split(/\s+/u).map((deel) => deel[0]?.toUpperCase() ?? "").join("");

/** @param {string} kluisId @param {string} naam */
export function onthoudKluisnaam(kluisId, naam) {
  localStorage.setItem(SLEUTEL, JSON.stringify({ ...kluisnamen(), [kluisId]: initialenVan(naam) }));
}

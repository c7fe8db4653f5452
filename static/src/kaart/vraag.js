// @ts-check
// What to ask of the server for what the map shows.

/**
 * The bounding box as the API wants it, within the world.
 * @param {{getWest(): number, getSouth(): number, getEast(): number, getNorth(): number}} grenzen
 */
export function bbox(grenzen) {
  const klem = (/** @type {number} */ g, /** @type {number} */ uiterste) => Math.max(-uiterste, Math.min(uiterste, g)).toFixed(6);
  return [klem(grenzen.getWest(), 180), klem(grenzen.getSouth(), 90), klem(grenzen.getEast(), 180), klem(grenzen.getNorth(), 90)].join(",");
}

/**
 * Query string of the filter: only what was filled in.
 * @param {Iterable<[string, FormDataEntryValue]>} velden
 */
export function filter(velden) {
  const uit = new URLSearchParams();
  for (const [naam, waarde] of velden) if (typeof waarde === "string" && waarde.trim()) uit.append(naam, waarde.trim());
  return uit;
}

/** @param {number} getoond @param {number} totaal */
export function zin(getoond, totaal) {
  if (totaal === 0) return "Geen locaties in beeld. Zoom uit, verschuif de kaart of verruim het filter.";
  const wat = totaal === 1 ? "1 locatie" : `${totaal.toLocaleString("nl-NL")} locaties`;
  return getoond < totaal ? `${wat} in beeld; de lijst toont de eerste ${getoond}. Zoom in voor de rest.` : `${wat} in beeld.`;
}

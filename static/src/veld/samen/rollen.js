// @ts-check
// Which questions another organisation fills in: the column `rol` of a checklist. Pure.

/** @typedef {import("../bezoek/structuur.js").Structuur} Structuur */

/** With the article, for in a sentence; another code is shown as it is. @type {Record<string, string>} */
const NAMEN = {
  politie: "de politie", nla: "de Arbeidsinspectie", omgevingsdienst: "de omgevingsdienst", brandweer: "de brandweer",
  belastingdienst: "de Belastingdienst", ggd: "de GGD", zorg: "de zorgpartner",
};

/** @param {string} rol @returns {string} */
export const partnernaam = (rol) => NAMEN[rol] ?? rol.replaceAll("_", " ");

/** @param {Structuur} structuur @param {string} naam @returns {string} who fills in: of the question itself, else of what it stands in; empty for everybody */
export function rolVan(structuur, naam) {
  const plek = structuur.plekken.get(naam);
  return plek?.knoop.rol || plek?.groepen.findLast((groep) => groep.rol)?.rol || "";
}

/**
 * The questions, groups and repeats that somebody of this organisation leaves to another.
 * @param {Structuur} structuur
 * @param {string|undefined} soort code of the organisation, empty for the gemeente; undefined (a pack of before): nothing is known, all may
 * @returns {Set<string>}
 */
export function andermans(structuur, soort) {
  if (soort === undefined) return new Set();
  return new Set([...structuur.plekken.keys()].filter((naam) => ![soort, ""].includes(rolVan(structuur, naam))));
}

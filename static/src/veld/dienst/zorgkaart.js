// @ts-check
// The rights and care card in a pack: today's shape, and the list of a pack that was already on the tablet. No DOM.

/**
 * @typedef {{titel: string, tekst: string}} Punt
 * @typedef {{naam: string, nummer: string, uitleg: string}} Nummer
 * @typedef {{taal: string, titel: string, rechten_titel: string, rechten: string[], hulp_titel: string, hulp: string[], nummers_titel: string, nummers: Nummer[]}} Kaart
 * @typedef {{talen: string[], standaardtaal: string, kaarten: Record<string, Kaart>, watDoeIk: {titel: string, punten: Punt[]}|null}} Zorgkaart
 */

/** As the briefing names whoever leads the action. */
const LEIDING = "Leiding van de actie";
const TITEL_OUD = "Wat doe ik bij …";

/** @param {any} pak @returns {Zorgkaart|null} null where the pack has no card at all */
export function zorgkaartVan(pak) {
  const ruw = pak?.zorgkaart;
  // Until version 2026.2 the pack had only what the inspector does, as a bare list.
  if (Array.isArray(ruw)) return ruw.length ? { talen: [], standaardtaal: "nl", kaarten: {}, watDoeIk: { titel: TITEL_OUD, punten: ruw } } : null;
  if (!ruw?.kaarten) return null;
  const talen = (ruw.talen ?? []).filter((/** @type {string} */ taal) => ruw.kaarten[taal]);
  if (!talen.length && !ruw.wat_doe_ik) return null;
  return { talen, standaardtaal: talen.includes(ruw.standaardtaal) ? ruw.standaardtaal : (talen[0] ?? "nl"), kaarten: ruw.kaarten, watDoeIk: ruw.wat_doe_ik ?? null };
}

/**
 * Whom to call at once: what the card says, and who leads this evening.
 * @param {any} pak @param {string|undefined} bezoekId @returns {Nummer[]}
 */
export function noodnummers(pak, bezoekId) {
  const kaart = zorgkaartVan(pak);
  const actie = (pak?.acties ?? []).find((/** @type {any} */ een) => een.stops?.some((/** @type {any} */ stop) => stop.bezoek_id === bezoekId));
  const leiding = (actie?.briefing?.inhoud?.telefoon ?? []).filter((/** @type {string[]} */ [wat]) => wat === LEIDING);
  return [...(kaart?.kaarten[kaart.standaardtaal]?.nummers ?? []), ...leiding.map((/** @type {string[]} */ [, naam, nummer]) => ({ naam: naam || "Leiding", nummer, uitleg: LEIDING }))];
}

/** What a telephone dials. @param {string} nummer @returns {string} */
export const telAdres = (nummer) => `tel:${nummer.replace(/[^\d+]/gu, "")}`;

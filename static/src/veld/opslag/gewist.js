// @ts-check
// Eviction: the browser threw the store away. The mirror beside it (spiegel.js) still knows the device and its last number, and
// this file how many of those the server had not received. So the tablet itself can say what was lost.

const VERZONDEN = "inspecties.verzonden.";
const SLEUTEL = "extra/gewist";
/** A vault of a moment ago that begins counting above 0 replaces one that is gone. */
const NET_GEMAAKT_MS = 10 * 60_000;

/** @typedef {{op: number, verloren: number|null, gezien: boolean}} Wismelding `verloren`: answers that had not been sent, null where that is not known */

/**
 * After a round: so many still wait, of all numbers up to this one.
 * @param {Pick<Storage, "getItem"|"setItem">} opslag @param {string} kluisId @param {{seq: number, wacht: number}} stand
 */
export function onthoudVerzonden(opslag, kluisId, stand) {
  const tekst = JSON.stringify(stand);
  try {
    if (opslag.getItem(VERZONDEN + kluisId) !== tekst) opslag.setItem(VERZONDEN + kluisId, tekst);
  } catch (fout) {
    if (!(fout instanceof DOMException)) throw fout; // full or refused: then the number is not known afterwards
  }
}

/**
 * How many answers were only here. Pure.
 * @param {string|null} tekst what `onthoudVerzonden` wrote last @param {number} seq the last number that was given out
 * @returns {number|null}
 */
export function verlorenVan(tekst, seq) {
  try {
    const beeld = JSON.parse(tekst ?? "null");
    if (!Number.isSafeInteger(beeld?.seq) || !Number.isSafeInteger(beeld?.wacht)) return null;
    return Math.max(0, beeld.wacht + seq - beeld.seq);
  } catch (fout) {
    if (fout instanceof SyntaxError) return null;
    throw fout;
  }
}

/**
 * Looks once after unlocking; what was found is kept until the person has read it.
 * @param {import("./kluis.js").Kluis} kluis @param {Pick<Storage, "getItem">} opslag @param {number} nu
 * @returns {Promise<Wismelding|null>}
 */
export async function kijkOfGewist(kluis, opslag, nu) {
  const bekend = await kluis.db.get("extra", SLEUTEL);
  if (bekend) return kluis.ontsleutelJson(SLEUTEL, bekend);
  const seq = (await kluis.db.get("meta", "teller"))?.seq ?? 0;
  const gemaakt = (await kluis.db.get("meta", "toestel"))?.gemaakt_op ?? 0;
  if (seq === 0 || Math.abs(nu - gemaakt) > NET_GEMAAKT_MS || (await kluis.db.count("ops")) > 0) return null;
  const melding = { op: nu, verloren: verlorenVan(opslag.getItem(VERZONDEN + kluis.kluisId), seq), gezien: false };
  await bewaar(kluis, melding);
  return melding;
}

/** @param {import("./kluis.js").Kluis} kluis @param {Wismelding} melding */
export async function wismeldingGezien(kluis, melding) {
  await bewaar(kluis, { ...melding, gezien: true });
}

/** @param {import("./kluis.js").Kluis} kluis @param {Wismelding} melding */
async function bewaar(kluis, melding) {
  const versleuteld = await kluis.versleutelJson(SLEUTEL, melding);
  await kluis.schrijf(["extra"], (tx) => tx.store.put(versleuteld, SLEUTEL));
}

/** @param {Wismelding} melding @returns {string} */
export function wiszin({ verloren }) {
  const begin = "De browser heeft de gegevens van deze app op dit toestel gewist.";
  if (verloren === 0) return `${begin} Alles was al verzonden: er is niets verloren.`;
  const wat = verloren === null
    ? "Of er antwoorden waren die nog niet waren verzonden, is niet te zien."
    : `${verloren === 1 ? "1 antwoord was" : `${verloren} antwoorden waren`} nog niet verzonden en ${verloren === 1 ? "is" : "zijn"} weg, en mogelijk ook foto's.`;
  return `${begin} ${wat} Zodra er verbinding is, ziet de coördinator dat er iets ontbreekt. Loop de checklists van vandaag na.`;
}

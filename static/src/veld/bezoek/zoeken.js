// @ts-check
// Finding a question: in its words, its hint, the section or room it stands in, and the answer that was given. No DOM.

import { uitSleutel } from "../ops/operatie.js";
import { isBeeld, isLeeg, isStil, vertaal } from "./structuur.js";

/**
 * @typedef {{sleutel: string, titel: string, plek: string, antwoord: string}} Vondst
 * @typedef {Vondst & {titelKaal: string, antwoordKaal: string, alles: string}} Regel
 */

/** Small letters without accents: "Cafe" finds "Café". @param {string} tekst */
export const kaal = (tekst) => tekst.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * "Kamer 2 van 6" and what it lies in, from outside to inside.
 * @param {import("./bezoek.js").Bezoek} bezoek @param {string|null} herhaling @param {string} taal @returns {string[]}
 */
export function instantienamen(bezoek, herhaling, taal) {
  /** @type {string[]} */
  const uit = [];
  for (let id = herhaling; id; ) {
    const instantie = bezoek.instanties.get(id);
    if (!instantie) break;
    const rij = bezoek.sessie.herhalingen(instantie.groep, instantie.ouder);
    uit.unshift(`${vertaal(bezoek.structuur.knoop(instantie.groep)?.label, taal, bezoek.definitie.standaardtaal) || instantie.groep} ${rij.indexOf(id) + 1} van ${rij.length}`);
    id = instantie.ouder;
  }
  return uit;
}

/**
 * Everything that is asked now, in the order of the screen.
 * @param {import("./bezoek.js").Bezoek} bezoek @param {string} taal @param {(waarde: any, knoop: any) => string} inWoorden
 * @returns {Regel[]}
 */
export function maakIndex(bezoek, taal, inWoorden) {
  const { sessie, structuur, definitie } = bezoek;
  const tekst = (/** @type {any} */ wat) => vertaal(wat, taal, definitie.standaardtaal);
  /** @type {Map<string|null, string[]>} */
  const namen = new Map();
  return sessie.sleutels().flatMap((sleutel) => {
    const { vraag, herhaling } = uitSleutel(sleutel);
    const plaats = structuur.plekken.get(vraag);
    const knoop = plaats?.knoop;
    if (!knoop || knoop.soort !== "vraag" || (isStil(knoop) && knoop.type !== "note") || bezoek.verborgen.has(vraag) || !sessie.relevant(sleutel)) return [];
    // A repeat of another organisation is told as one line: its questions do not stand on the screen.
    if (plaats?.groepen.some((groep) => groep.soort === "herhaling" && bezoek.andermans.has(groep.naam))) return [];
    if (!namen.has(herhaling)) namen.set(herhaling, instantienamen(bezoek, herhaling, taal));
    const waarde = isStil(knoop) ? null : sessie.waarde(sleutel);
    const titel = sessie.label(sleutel, taal) || vraag;
    const groepen = (plaats?.groepen ?? []).filter((groep) => groep.soort === "groep").map((groep) => tekst(groep.label));
    const plek = [...groepen, .../** @type {string[]} */ (namen.get(herhaling))].filter(Boolean).join(", ");
    const antwoord = isLeeg(waarde) ? "" : isBeeld(knoop) ? `${waarde.length} ${waarde.length === 1 ? "bestand" : "bestanden"}` : inWoorden(waarde, knoop);
    const noot = bezoek.vouw.noot(sleutel);
    return [{ sleutel, titel, plek, antwoord, titelKaal: kaal(titel), antwoordKaal: kaal(`${antwoord} ${noot}`), alles: kaal([titel, plek, antwoord, noot, sessie.hint(sleutel, taal) || tekst(knoop.hint)].join(" ")) }];
  });
}

/**
 * Questions that hold every word; first those whose own text does, then by answer, then the rest; each in the order of the screen.
 * @param {Regel[]} index @param {string} vraag @returns {Vondst[]}
 */
export function zoek(index, vraag) {
  const woorden = kaal(vraag).split(/\s+/u).filter(Boolean);
  if (!woorden.length) return [];
  const rang = (/** @type {Regel} */ regel) => (woorden.every((woord) => regel.titelKaal.includes(woord)) ? 0 : woorden.every((woord) => regel.antwoordKaal.includes(woord)) ? 1 : 2);
  return index
    .filter((regel) => woorden.every((woord) => regel.alles.includes(woord)))
    .map((regel) => ({ regel, rang: rang(regel) }))
    .sort((a, b) => a.rang - b.rang)
    .map(({ regel }) => regel);
}

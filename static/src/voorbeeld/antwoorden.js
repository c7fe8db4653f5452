// @ts-check
// A file of answers, as `inspecties checklist evalueer` reads it, as operations of a visit. No DOM.

import { uuidv7 } from "../veld/ops/uuid.js";
import { isBeeld, isLeeg } from "../veld/bezoek/structuur.js";

/** @typedef {{vraag_id: string, herhaling_id: string|null, soort: "set"|"attach", waarde: any}} Stap */

/** What is wrong with a file of answers, for the screen. */
export class Antwoordfout extends Error {}

/** @param {unknown} deel @returns {deel is Record<string, any>} */
const isObject = (deel) => typeof deel === "object" && deel !== null && !Array.isArray(deel);

/**
 * @param {any} definitie @param {unknown} antwoorden nested as in contract "Answers"
 * @returns {Stap[]} instances before what is in them. Throws Antwoordfout that names the question.
 */
export function stappenVan(definitie, antwoorden) {
  /** @type {Stap[]} */
  const stappen = [];
  /** @param {any[]} knopen @returns {Map<string, any>} what may stand at one level */
  const niveau = (knopen) => {
    /** @type {Map<string, any>} */
    const uit = new Map();
    for (const knoop of knopen) {
      uit.set(knoop.naam, knoop);
      if (knoop.soort === "groep") for (const [naam, kind] of niveau(knoop.kinderen ?? [])) uit.set(naam, kind);
    }
    return uit;
  };
  /** @param {unknown} deel @param {any[]} knopen @param {string|null} inst @param {string} pad */
  const lees = (deel, knopen, inst, pad) => {
    if (!isObject(deel)) throw new Antwoordfout(`${pad || "Het bestand"}: hier hoort een object met namen van vragen.`);
    const bekend = niveau(knopen);
    for (const [naam, waarde] of Object.entries(deel)) {
      const knoop = bekend.get(naam);
      const waar = pad ? `${pad}/${naam}` : naam;
      if (!knoop) throw new Antwoordfout(`${waar}: deze vraag staat hier niet in het formulier.`);
      if (knoop.soort === "vraag") leesVraag(knoop, waarde, inst);
      else if (knoop.soort === "groep") lees(waarde, knoop.kinderen ?? [], inst, pad);
      else {
        if (!Array.isArray(waarde)) throw new Antwoordfout(`${waar}: bij een herhaling hoort een lijst.`);
        waarde.forEach((kind, i) => {
          const id = uuidv7();
          stappen.push({ vraag_id: naam, herhaling_id: id, soort: "set", waarde: { ouder: inst, plaats: i + 1 } });
          lees(kind, knoop.kinderen ?? [], id, `${waar}[${i + 1}]`);
        });
      }
    }
  };
  /** @param {any} knoop @param {any} waarde @param {string|null} inst */
  const leesVraag = (knoop, waarde, inst) => {
    if (isLeeg(waarde)) return;
    const plek = { vraag_id: knoop.naam, herhaling_id: inst };
    if (!isBeeld(knoop)) return void stappen.push({ ...plek, soort: "set", waarde });
    for (const sha256 of [waarde].flat()) stappen.push({ ...plek, soort: "attach", waarde: { sha256: String(sha256), soort: "image/jpeg", omvang: 0, bestandsnaam: "uit het bestand" } });
  };
  lees(antwoorden, definitie.kinderen ?? [], null, "");
  return stappen;
}

/**
 * @param {Stap[]} stappen @param {{bezoekId: string, hash: string, nu: number}} bezoek
 * @returns {any[]} operations without device number
 */
export function opsVan(stappen, { bezoekId, hash, nu }) {
  return stappen.map((stap) => ({
    op_id: uuidv7(), bezoek_id: bezoekId, ...stap, base_op_ids: [], form_versie: hash, toestel_id: "voorbeeld", toestel_tijd: new Date(nu).toISOString(), auteur_id: "voorbeeld",
  }));
}

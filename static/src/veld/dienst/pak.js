// @ts-check
// The pack of a shift: today's stops and checklists, stored encrypted, with an expiry. No DOM.

import { Structuur, vertaal } from "../bezoek/structuur.js";
import { planwijziging } from "./planwijziging.js";

/** @typedef {any} Pak the answer of GET /api/dienst, with `definities` of open visits kept and `behouden` stops that left the plan */

/** @param {any} pak @returns {any[]} all stops with their action */
export function stopsVan(pak) {
  return (pak?.acties ?? []).flatMap((/** @type {any} */ actie) =>
    [...(actie.stops ?? [])].sort((a, b) => a.volgorde - b.volgorde).map((stop) => ({ ...stop, actie: { id: actie.id, naam: actie.naam, ploeg: actie.ploeg } })),
  );
}

/** @param {any} pak @param {number} nu ms since 1970 */
export function isVerlopen(pak, nu) {
  const eind = Date.parse(pak?.vervalt_op ?? "");
  return Number.isNaN(eind) || eind <= nu;
}

/**
 * A new pack never takes along what somebody is working on: checklists of open visits and stops with unsent work stay. Pure.
 * @param {Pak|null} oud
 * @param {any} vers answer of the server
 * @param {Set<string>} inGebruik hashes of checklists with answers on this device
 * @param {Set<string>} onverzonden visits with work that is not on the server yet
 * @returns {Pak}
 */
export function voegSamen(oud, vers, inGebruik, onverzonden) {
  const bewaard = Object.entries(oud?.definities ?? {}).filter(([hash]) => inGebruik.has(hash));
  const definities = { ...Object.fromEntries(bewaard), ...vers.definities };
  const nieuw = new Set(stopsVan(vers).map((stop) => stop.bezoek_id));
  const behouden = [...stopsVan(oud), ...(oud?.behouden ?? [])].filter((stop) => onverzonden.has(stop.bezoek_id) && !nieuw.has(stop.bezoek_id));
  const planmelding = [oud?.planmelding, planwijziging(oud, vers)].filter(Boolean).at(-1) ?? "";
  return { ...vers, definities, behouden, planmelding };
}

/**
 * The checklist for a visit: one that began with a version keeps that version.
 * @param {Pak|null} pak @param {string} hash what the plan says @param {string[]} begonnen hashes that the visit already has answers for
 * @returns {any} the definition with its hash, null when the pack lacks it
 */
export function checklistVoor(pak, hash, begonnen) {
  const definities = pak?.definities ?? {};
  const gekozen = begonnen.find((oud) => definities[oud]?.naam === definities[hash]?.naam) ?? hash;
  const definitie = definities[gekozen];
  return definitie ? { ...definitie, hash: definitie.hash ?? gekozen } : null;
}

/** Titles by hash. @param {Pak|null} pak @param {string[]} hashes @param {string} taal @returns {Record<string, string>} */
export function checklistnamen(pak, hashes, taal) {
  return Object.fromEntries(hashes.map((hash) => [hash, vertaal(pak?.definities?.[hash]?.titel, taal)]));
}

/** The label of a question in the first checklist that has it, else its name. @param {Pak|null} pak @param {string} vraagId @param {string} taal @returns {string} */
export function labelVan(pak, vraagId, taal) {
  for (const definitie of Object.values(pak?.definities ?? {})) {
    const label = new Structuur(definitie).knoop(vraagId)?.label;
    if (label) return vertaal(label, taal) || vraagId;
  }
  return vraagId;
}

/** @param {any} pak why this is no pack, or null @returns {string|null} */
export function bezwaarTegenPak(pak) {
  if (pak?.protocol !== 1) return "De server stuurde een dienst in een vorm die deze app niet kent. Werk de app bij en probeer het opnieuw.";
  if (!Array.isArray(pak.acties) || typeof pak.definities !== "object" || typeof pak.vervalt_op !== "string") {
    return "De dienst kwam niet volledig binnen. Probeer het opnieuw met een beter netwerk.";
  }
  for (const stop of stopsVan(pak)) {
    for (const hash of stop.checklists ?? []) {
      if (!pak.definities[hash]) return `Bij ${stop.adres} ontbreekt een checklist in de dienst. Vraag uw coördinator om de actie na te kijken.`;
    }
  }
  return null;
}

export class Dienst {
  #geprobeerd = "";

  /** @param {{kluis: import("../opslag/kluis.js").Kluis, api: import("../sync/api.js").Api, logboek: import("../opslag/oplogboek.js").Oplogboek}} delen */
  constructor(delen) {
    this.d = delen;
  }

  /** @returns {Promise<Pak|null>} */
  async lees() {
    const record = await this.d.kluis.db.get("pakken", "dienst");
    return record ? this.d.kluis.ontsleutelJson("pak/dienst", record) : null;
  }

  /**
   * Downloads and stores. The old pack stays until the new one is saved.
   * @param {string} datum `2026-11-21`
   * @param {Set<string>} onverzonden
   * @param {AbortSignal} [stop] breaks it off; the old pack then stays
   * @returns {Promise<{uitkomst: string, zin: string, pak: Pak|null}>}
   */
  async haal(datum, onverzonden, stop) {
    const antwoord = await this.d.api.vraag(`/api/dienst?datum=${encodeURIComponent(datum)}`, stop && { signal: stop });
    if (antwoord.uitkomst !== "gelukt") return { uitkomst: antwoord.uitkomst, zin: antwoord.inhoud?.detail ?? antwoord.zin, pak: null };
    const bezwaar = bezwaarTegenPak(antwoord.inhoud);
    if (bezwaar) return { uitkomst: "vreemd", zin: bezwaar, pak: null };
    const inGebruik = new Set((await this.d.logboek.bezoeken()).flatMap((bezoek) => bezoek.checklists ?? []));
    const pak = { ...voegSamen(await this.lees(), antwoord.inhoud, inGebruik, onverzonden), datum, omvang: JSON.stringify(antwoord.inhoud).length };
    await this.#bewaar(pak);
    return { uitkomst: "gelukt", zin: "", pak };
  }

  /**
   * Whether the server has another pack for today than this one. Each version is tried once: what cannot be fetched now is no reason to ask for ever.
   * @param {Pak|null} pak @param {string|undefined} versie what the server said at the last contact
   */
  isNieuws(pak, versie) {
    if (!pak || !versie || pak.versie === versie || this.#geprobeerd === versie) return false;
    this.#geprobeerd = versie;
    return true;
  }

  /** The person has read that the plan changed. @returns {Promise<Pak|null>} */
  async gezien() {
    const pak = await this.lees();
    if (pak) await this.#bewaar({ ...pak, planmelding: "" });
    return this.lees();
  }

  /** @param {Pak} pak */
  async #bewaar(pak) {
    const versleuteld = await this.d.kluis.versleutelJson("pak/dienst", pak);
    await this.d.kluis.schrijf(["pakken"], (tx) => tx.store.put(versleuteld, "dienst"));
  }
}

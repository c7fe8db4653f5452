// @ts-check
// What a session with answers comes to, in the form of `inspecties checklist evalueer`. Twin of rules/antwoorden.py and
// rules/beproeving.py.

import { deelSleutel, sleutelVan } from "./cel.js";

/** @typedef {import("./sessie.js").Sessie} Sessie */

/** `kamer_m2@<id>` as `kamer[2]/kamer_m2`. @param {Sessie} sessie @param {string} sleutel */
export function leesbaar(sessie, sleutel) {
  const [naam, inst] = deelSleutel(sleutel);
  return inst === null ? naam : `${instantienamen(sessie).get(inst)}/${naam}`;
}

/** Every instance by its readable name: `kamer[2]`, nested `kamer[2]/bed[1]`. @param {Sessie} sessie @returns {Map<string, string>} */
export function instantienamen(sessie) {
  /** @type {Map<string, string>} */
  const uit = new Map();
  /** @param {string[]} namen @param {string|null} inst */
  const loop = (namen, inst) => {
    for (const naam of namen) {
      const knoop = sessie.vorm.knoop(naam);
      if (knoop.soort === "groep") loop(knoop.kinderen, inst);
      if (knoop.soort !== "herhaling") continue;
      sessie.herhalingen(naam, inst).forEach((kind, i) => {
        uit.set(kind, `${inst === null ? "" : `${uit.get(inst)}/`}${naam}[${i + 1}]`);
        loop(knoop.kinderen, kind);
      });
    }
  };
  loop(sessie.vorm.wortels, null);
  return uit;
}

/** @param {Sessie} sessie @param {string[]} namen @returns {string[]} what may stand at one level of the answers, groups and what is in them */
function bereikbaar(sessie, namen) {
  return namen.flatMap((naam) => {
    const knoop = sessie.vorm.knoop(naam);
    return knoop.soort === "groep" ? [naam, ...bereikbaar(sessie, knoop.kinderen)] : [naam];
  });
}

/** @param {Sessie} sessie @param {string[]} namen @param {string|null} inst @returns {Record<string, any>} */
function relevant(sessie, namen, inst) {
  return Object.fromEntries(bereikbaar(sessie, namen).map((naam) => {
    const knoop = sessie.vorm.knoop(naam);
    const waarde = knoop.soort === "herhaling" ? sessie.herhalingen(naam, inst).map((kind) => relevant(sessie, knoop.kinderen, kind)) : sessie.relevant(sleutelVan(naam, inst));
    return [naam, waarde];
  }));
}

/** @param {Sessie} sessie @param {string[]} namen @param {string|null} inst @returns {Record<string, any>} */
function berekend(sessie, namen, inst) {
  return Object.fromEntries(bereikbaar(sessie, namen).flatMap((naam) => {
    const knoop = sessie.vorm.knoop(naam);
    const sleutel = sleutelVan(naam, inst);
    if (knoop.soort !== "herhaling") return knoop.node.berekening !== undefined && sessie.relevant(sleutel) ? [[naam, sessie.waarde(sleutel)]] : [];
    const rijen = sessie.herhalingen(naam, inst).map((kind) => berekend(sessie, knoop.kinderen, kind));
    return rijen.some((rij) => Object.keys(rij).length) ? [[naam, rijen]] : [];
  }));
}

/** @param {Sessie} sessie @returns {{relevant: any, verplicht_leeg: string[], ongeldig: any[], berekend: any, voorstellen: any[]}} */
export function uitkomstVan(sessie) {
  const namen = instantienamen(sessie);
  const leesbaar_ = (/** @type {string} */ sleutel) => {
    const [naam, inst] = deelSleutel(sleutel);
    return inst === null ? naam : `${namen.get(inst)}/${naam}`;
  };
  const { wortels } = sessie.vorm;
  return {
    relevant: relevant(sessie, wortels, null),
    verplicht_leeg: sessie.verplichtLeeg().map(leesbaar_),
    ongeldig: sessie.ongeldig().map(({ vraag, melding }) => ({ vraag: leesbaar_(vraag), melding })),
    berekend: berekend(sessie, wortels, null),
    voorstellen: sessie.voorstellen().map((v) => ({
      ...v, vragen: v.vragen.map(leesbaar_), ontbreekt: v.ontbreekt.map((o) => ({ ...o, vraag: leesbaar_(o.vraag) })),
    })),
  };
}

/**
 * Where two outcomes differ. @param {any} hier @param {any} daar @param {string} [pad] @returns {{pad: string, hier: any, daar: any}[]}
 */
export function verschillen(hier, daar, pad = "") {
  if (Object.is(hier, daar)) return [];
  const samengesteld = (/** @type {any} */ w) => typeof w === "object" && w !== null;
  if (!samengesteld(hier) || !samengesteld(daar) || Array.isArray(hier) !== Array.isArray(daar)) return [{ pad, hier, daar }];
  const sleutels = new Set([...Object.keys(hier), ...Object.keys(daar)]);
  return [...sleutels].flatMap((sleutel) => verschillen(hier[sleutel], daar[sleutel], pad ? `${pad}/${sleutel}` : sleutel));
}

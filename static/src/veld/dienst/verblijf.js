// @ts-check
// When people went in and came out, from what was tapped at the door. Pure.

import { meervoud } from "./stand.js";

/**
 * @param {{toestand: string, op: string, status?: string}[]} getikt at this stop, in the order of tapping
 * @returns {{in: string, uit: string|null}|null} moments of the last time inside; null when nobody went in
 */
export function verblijfVan(getikt) {
  /** @type {{in: string, uit: string|null}|null} */
  let uit = null;
  for (const { toestand, op, status } of getikt) {
    if (status === "apart") continue;
    const nu = /** @type {{in: string, uit: string|null}|null} */ (uit);
    if (toestand === "binnen") uit = nu && !nu.uit ? nu : { in: op, uit: null };
    else if (nu && toestand === "afgerond") uit = { in: nu.in, uit: nu.uit ?? op };
    else uit = null; // "toch niet binnen"
  }
  return uit;
}

const klok = (/** @type {string} */ op) => new Date(op).toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });

/** @param {number} ms */
function duur(ms) {
  const minuten = Math.max(0, Math.floor(ms / 60_000));
  const uren = Math.floor(minuten / 60);
  return uren ? `${uren} uur en ${minuten % 60} min` : meervoud(minuten, "minuut", "minuten");
}

/** @param {{in: string, uit: string|null}|null} verblijf @param {number} nu ms since 1970 @returns {string} empty when nobody went in */
export function verblijfZin(verblijf, nu) {
  if (!verblijf) return "";
  const begin = Date.parse(verblijf.in);
  if (verblijf.uit) return `Binnen van ${klok(verblijf.in)} tot ${klok(verblijf.uit)}, ${duur(Date.parse(verblijf.uit) - begin)}`;
  return nu < begin ? `Binnen sinds ${klok(verblijf.in)}` : `Binnen sinds ${klok(verblijf.in)}, ${duur(nu - begin)}`;
}

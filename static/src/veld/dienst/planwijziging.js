// @ts-check
// What a renewed pack brought that the old one did not have, in one sentence for whoever carries the tablet. Pure.

import { meervoud } from "./stand.js";

/** @param {any} actie @returns {Map<string, any>} */
const stopsPerId = (actie) => new Map((actie.stops ?? []).map((/** @type {any} */ stop) => [stop.id, stop]));

/**
 * Only actions that stand in both packs: another day is not a change of plan.
 * @param {any} oud the pack that was on the device, or null
 * @param {any} vers the pack that came in
 * @returns {string} empty where nothing changed that a team should know
 */
export function planwijziging(oud, vers) {
  let erbij = 0;
  let weg = 0;
  let anders = 0;
  let berichten = 0;
  for (const nieuw of vers?.acties ?? []) {
    const eerder = (oud?.acties ?? []).find((/** @type {any} */ actie) => actie.id === nieuw.id && actie.ploeg === nieuw.ploeg);
    if (!eerder) continue;
    const [van, naar] = [stopsPerId(eerder), stopsPerId(nieuw)];
    const blijft = [...van.keys()].filter((id) => naar.has(id));
    erbij += naar.size - blijft.length;
    weg += van.size - blijft.length;
    const volgorde = (/** @type {Map<string, any>} */ stops) => blijft.toSorted((a, b) => stops.get(a).volgorde - stops.get(b).volgorde).join();
    anders += volgorde(van) === volgorde(naar) ? 0 : 1;
    const bekend = new Set((eerder.berichten ?? []).map((/** @type {any} */ bericht) => bericht.id));
    berichten += (nieuw.berichten ?? []).filter((/** @type {any} */ bericht) => !bekend.has(bericht.id)).length;
  }
  const plan = [erbij && `${meervoud(erbij, "stop", "stops")} erbij`, weg && `${meervoud(weg, "stop", "stops")} eraf`, anders && "andere volgorde"].filter(Boolean);
  const zinnen = [plan.length && `Plan gewijzigd: ${plan.join(", ")}.`, berichten && `${meervoud(berichten, "nieuw bericht", "nieuwe berichten")} van de coördinator.`];
  return zinnen.filter(Boolean).join(" ");
}

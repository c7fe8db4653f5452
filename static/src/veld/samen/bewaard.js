// @ts-check
// What working together keeps on this device, encrypted: names and what was not seen yet, per visit. No DOM.

const VOOR = "extra/samen/";

/** @param {import("../opslag/kluis.js").Kluis} kluis @param {string} naam @returns {Promise<any>} null where there is nothing */
export async function leesBewaard(kluis, naam) {
  const record = await kluis.db.get("extra", VOOR + naam);
  return record ? kluis.ontsleutelJson(VOOR + naam, record) : null;
}

/** @param {import("../opslag/kluis.js").Kluis} kluis @param {string} naam @param {unknown} waarde */
export async function bewaar(kluis, naam, waarde) {
  const record = await kluis.versleutelJson(VOOR + naam, waarde);
  await kluis.schrijf(["extra"], (tx) => tx.store.put(record, VOOR + naam));
}

/** Forgets visits that are not on this device any more. @param {import("../opslag/kluis.js").Kluis} kluis @param {Set<string>} bezoekIds */
export async function vergeetAndere(kluis, bezoekIds) {
  const sleutels = await kluis.db.getAllKeys("extra", IDBKeyRange.bound(`${VOOR}bezoek/`, `${VOOR}bezoek/\uffff`));
  const weg = sleutels.filter((sleutel) => !bezoekIds.has(String(sleutel).slice(`${VOOR}bezoek/`.length)));
  if (weg.length) await kluis.schrijf(["extra"], (tx) => Promise.all(weg.map((sleutel) => tx.store.delete(sleutel))));
}

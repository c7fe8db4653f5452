// @ts-check
// The order of the instances of a repeat: which places change when one is moved or slipped in between. Pure.

/** @typedef {{id: string, plaats: number}} Lid */

/** A place between two others; null where numbers leave no room (equal, or as close as numbers get). @param {number|undefined} voor @param {number|undefined} na */
function tussen(voor, na) {
  if (voor === undefined) return na === undefined ? 1 : na - 1;
  if (na === undefined) return voor + 1;
  const midden = (voor + na) / 2;
  return midden > voor && midden < na ? midden : null;
}

/**
 * The places that make this order true. Only `id` gets another one when there is room between its neighbours: one operation,
 * so that two people who move different rooms never touch the same one.
 * @param {Lid[]} rij in the order that is wanted @param {string} id which of them stands elsewhere than its `plaats` says
 * @returns {Map<string, number>} what changes
 */
export function nieuwePlaatsen(rij, id) {
  const i = rij.findIndex((lid) => lid.id === id);
  const plaats = tussen(rij[i - 1]?.plaats, rij[i + 1]?.plaats);
  if (plaats !== null) return new Map([[id, plaats]]);
  return new Map(rij.flatMap((lid, nr) => (lid.plaats === nr + 1 && lid.id !== id ? [] : [[lid.id, nr + 1]])));
}

/**
 * @param {Lid[]} rij in order @param {string} id @param {number} stap -1 up, 1 down
 * @returns {Map<string, number>} empty when it stands at the end already
 */
export function verschoven(rij, id, stap) {
  const van = rij.findIndex((lid) => lid.id === id);
  const naar = van + stap;
  if (van < 0 || naar < 0 || naar >= rij.length) return new Map();
  const anders = [...rij];
  anders.splice(naar, 0, ...anders.splice(van, 1));
  return nieuwePlaatsen(anders, id);
}

/** @param {Lid[]} rij in order @param {string} na the one it comes behind @param {string} id the new one @returns {Map<string, number>} with the place of `id` */
export function tussengevoegd(rij, na, id) {
  const anders = [...rij];
  anders.splice(rij.findIndex((lid) => lid.id === na) + 1, 0, { id, plaats: NaN });
  return nieuwePlaatsen(anders, id);
}

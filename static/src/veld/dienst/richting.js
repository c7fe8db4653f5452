// @ts-check
// How far and which way, in words that can be said aloud. Pure.

/** @typedef {{lat: number, lon: number}} Plek degrees */

const RAD = Math.PI / 180;
const STREKEN = ["noord", "noordoost", "oost", "zuidoost", "zuid", "zuidwest", "west", "noordwest"];
// Nearer than this a direction says more about the receiver than about the door.
const HIER_M = 30;

/** @param {Plek} a @param {Plek} b @returns {[number, number]} metres to the east and to the north; flat-earth, good within a region */
function verschil(a, b) {
  return [(b.lon - a.lon) * RAD * Math.cos(((a.lat + b.lat) / 2) * RAD) * 6_371_000, (b.lat - a.lat) * RAD * 6_371_000];
}

/** @param {Plek} a @param {Plek} b @returns {number} metres */
export function meters(a, b) {
  return Math.hypot(...verschil(a, b));
}

/** @param {Plek} a @param {Plek} b @returns {number} degrees from north, clockwise, 0 up to 360 */
export function koers(a, b) {
  const [oost, noord] = verschil(a, b);
  return (Math.atan2(oost, noord) / RAD + 360) % 360;
}

/** @param {number} graden @returns {string} one of eight points of the compass */
export const windstreek = (graden) => STREKEN[Math.round((((graden % 360) + 360) % 360) / 45) % 8];

/** @param {number} meter */
export function afstand(meter) {
  return meter < 950 ? `${Math.max(50, Math.round(meter / 50) * 50)} m` : `${(meter / 1000).toLocaleString("nl-NL", { maximumFractionDigits: 1 })} km`;
}

/**
 * @param {Plek} hier @param {any} stop
 * @returns {{zin: string, graden: number|null}|null} null where the stop has no place; `graden` null: too near to say which way
 */
export function weg(hier, stop) {
  if (!Number.isFinite(stop?.lat) || !Number.isFinite(stop?.lon)) return null;
  const ver = meters(hier, stop);
  if (ver < HIER_M) return { zin: "U bent er", graden: null };
  const graden = koers(hier, stop);
  return { zin: `${afstand(ver)} naar het ${windstreek(graden)}en`, graden };
}

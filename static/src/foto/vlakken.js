// @ts-check
// Areas that cover a part of a photo: fractions (0 to 1) of the upright picture, as the server takes them. Pure.

/** @typedef {{x: number, y: number, b: number, h: number, vorm: "rechthoek"|"ovaal"}} Vlak */

const KLEINSTE = 0.01;
export const REDENEN = /** @type {const} */ ({
  gezicht: "Gezicht of andere kenmerken van een persoon", kenteken: "Kenteken", melder: "Iets wat naar een melder wijst",
  werkwijze: "Iets wat onze werkwijze laat zien", anders: "Iets anders",
});

/** @param {number} waarde @param {number} laagst @param {number} hoogst */
const tussen = (waarde, laagst, hoogst) => Math.min(Math.max(waarde, laagst), hoogst);
/** @param {number} waarde */
const rond = (waarde) => Math.round(waarde * 1e5) / 1e5;

/** Within the picture and large enough to cover something. @param {Vlak} vlak @returns {Vlak} */
export function begrens(vlak) {
  const b = tussen(vlak.b, KLEINSTE, 1);
  const h = tussen(vlak.h, KLEINSTE, 1);
  return { x: rond(tussen(vlak.x, 0, 1 - b)), y: rond(tussen(vlak.y, 0, 1 - h)), b: rond(b), h: rond(h), vorm: vlak.vorm };
}

/** @param {Vlak} vlak @param {number} dx @param {number} dy */
export function verplaats(vlak, dx, dy) {
  return begrens({ ...vlak, x: vlak.x + dx, y: vlak.y + dy });
}

/** The left top corner stays where it is. @param {Vlak} vlak @param {number} db @param {number} dh */
export function vergroot(vlak, db, dh) {
  return begrens({ ...vlak, b: Math.min(vlak.b + db, 1 - vlak.x), h: Math.min(vlak.h + dh, 1 - vlak.y) });
}

/**
 * Between two points, in any order. Null when it is only a tap.
 * @param {[number, number]} een @param {[number, number]} ander @param {Vlak["vorm"]} vorm @returns {Vlak|null}
 */
export function uitPunten(een, ander, vorm) {
  const [x1, x2] = [een[0], ander[0]].map((p) => tussen(p, 0, 1)).sort((a, b) => a - b);
  const [y1, y2] = [een[1], ander[1]].map((p) => tussen(p, 0, 1)).sort((a, b) => a - b);
  if (x2 - x1 < KLEINSTE || y2 - y1 < KLEINSTE) return null;
  return begrens({ x: x1, y: y1, b: x2 - x1, h: y2 - y1, vorm });
}

/**
 * What a face detector found, with room for hair and chin.
 * @param {{x: number, y: number, width: number, height: number}[]} kaders in pixels @param {number} breedte @param {number} hoogte
 */
export function uitGezichten(kaders, breedte, hoogte) {
  return kaders.map((k) => {
    const [rx, ry] = [k.width * 0.25, k.height * 0.35];
    const links = tussen((k.x - rx) / breedte, 0, 1);
    const boven = tussen((k.y - ry) / hoogte, 0, 1);
    return begrens({ x: links, y: boven, b: tussen((k.x + k.width + rx) / breedte, 0, 1) - links, h: tussen((k.y + k.height + ry) / hoogte, 0, 1) - boven, vorm: "rechthoek" });
  });
}

/** A new area in the middle that does not lie exactly on another. @param {Vlak[]} vlakken @param {Vlak["vorm"]} vorm */
export function nieuwVlak(vlakken, vorm) {
  let vlak = begrens({ x: 0.4, y: 0.4, b: 0.2, h: 0.2, vorm });
  while (vlakken.some((v) => v.x === vlak.x && v.y === vlak.y) && vlak.x < 0.75) vlak = verplaats(vlak, 0.04, 0.04);
  return vlak;
}

/** @param {Vlak} vlak @param {number} i @returns {string} its name, with where it is, for who does not see it */
export function noem(vlak, i) {
  const procent = (/** @type {number} */ deel) => Math.round(deel * 100);
  return `Vlak ${i + 1}, ${vlak.vorm}, ${procent(vlak.x)} procent van links en ${procent(vlak.y)} van boven, ${procent(vlak.b)} breed en ${procent(vlak.h)} hoog`;
}

/**
 * Every area of lists that were made apart, once.
 * @param {(Vlak[]|undefined|null)[]} lijsten @returns {Vlak[]}
 */
export function samen(lijsten) {
  /** @type {Map<string, Vlak>} */
  const uit = new Map();
  for (const lijst of lijsten) for (const vlak of lijst ?? []) uit.set(JSON.stringify([vlak.x, vlak.y, vlak.b, vlak.h, vlak.vorm ?? "rechthoek"]), vlak);
  return [...uit.values()];
}

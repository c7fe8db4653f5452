// @ts-check
// Tiles out of the vault. Where a detailed tile is not on this device, the part of a coarser one that covers it is drawn larger.

import * as L from "leaflet";

const ZIJDE = 256;
const TERUG = 5;

/**
 * @param {{tegel: (naam: string) => Promise<ArrayBuffer|null>}} delen
 * @param {L.GridLayerOptions} opties
 * @returns {L.GridLayer}
 */
export function tegellaag(delen, opties) {
  const Laag = L.GridLayer.extend({
    /** @param {L.Coords} plek @param {L.DoneCallback} klaar */
    createTile(plek, klaar) {
      const doek = document.createElement("canvas");
      doek.width = doek.height = ZIJDE;
      doek.setAttribute("role", "presentation");
      teken(doek, delen, plek).then(() => klaar(undefined, doek), (fout) => klaar(fout, doek));
      return doek;
    },
  });
  return new /** @type {any} */ (Laag)(opties);
}

/** @param {HTMLCanvasElement} doek @param {{tegel: (naam: string) => Promise<ArrayBuffer|null>}} delen @param {{x: number, y: number, z: number}} plek */
async function teken(doek, delen, { x, y, z }) {
  for (let hoger = 0; hoger <= TERUG && hoger <= z; hoger++) {
    const deler = 2 ** hoger;
    const bytes = await delen.tegel(`${z - hoger}/${Math.floor(x / deler)}/${Math.floor(y / deler)}`);
    if (!bytes) continue;
    const beeld = await createImageBitmap(new Blob([bytes]));
    const stuk = beeld.width / deler;
    doek.getContext("2d")?.drawImage(beeld, (x % deler) * stuk, (y % deler) * stuk, stuk, stuk, 0, 0, ZIJDE, ZIJDE);
    beeld.close();
    return;
  }
}

// @ts-check
// What a copy of a room or person takes over: the answers that somebody gave. Pure.

import { sleutelVan } from "../ops/operatie.js";
import { isBeeld, isLeeg, isStil } from "./structuur.js";

/** Evidence and what names one thing only belong to where they were found. @param {any} knoop */
const isEigen = (knoop) => isBeeld(knoop) || isStil(knoop) || knoop.alleen_lezen || knoop.type === "barcode";

/**
 * Answers of one instance that count there; not its photos, its notes or the repeats in it (other people lie in the next room).
 * @param {import("./bezoek.js").Bezoek} bezoek @param {import("./bezoek.js").Instantie} bron
 * @returns {{vraag: string, waarde: any}[]}
 */
export function overTeNemen(bezoek, bron) {
  return bezoek.structuur.vragenIn(bron.groep).flatMap((knoop) => {
    const sleutel = sleutelVan(knoop.naam, bron.id);
    if (isEigen(knoop) || bezoek.andermans.has(knoop.naam) || !bezoek.sessie.relevant(sleutel)) return [];
    const waarde = bezoek.sessie.waarde(sleutel);
    return isLeeg(waarde) ? [] : [{ vraag: knoop.naam, waarde }];
  });
}

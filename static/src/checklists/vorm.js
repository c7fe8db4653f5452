// @ts-check
// A definition prepared for evaluation: who reads whom, and in which order to evaluate. As rules/vorm.py.
// Cells: R (is it relevant), V (its value), S (how it looks). Nothing reads an S cell, so they come last.

import { verwijzingen } from "./rekenen.js";

/** @typedef {import("./rekenen.js").Boom} Boom */
/** @typedef {Record<string, string>} Teksten per language code */
/**
 * @typedef {object} Node
 * @property {"vraag"|"groep"|"herhaling"} soort
 * @property {string} naam
 * @property {string} [type]
 * @property {string} [keuzelijst]
 * @property {Teksten} [label]
 * @property {Teksten} [hint]
 * @property {Boom} [verplicht]
 * @property {Teksten} [verplicht_melding]
 * @property {Boom} [relevant]
 * @property {Boom} [beperking]
 * @property {Teksten} [beperking_melding]
 * @property {Boom} [berekening]
 * @property {Boom} [keuzefilter]
 * @property {Boom} [standaard]
 * @property {string} [weergave]
 * @property {Boom} [aantal]
 * @property {boolean} [alleen_lezen]
 * @property {Record<string, string>} [parameters]
 * @property {string[]} [gevolg]
 * @property {Boom} [gevolg_als]
 * @property {string} [grondslag]
 * @property {string[]} [bewijs]
 * @property {string} [rol]
 * @property {string} [avg]
 * @property {Node[]} [kinderen]
 */
/** @typedef {{naam: string, label?: Teksten, kolommen?: Record<string, string>}} Keuze */
/** @typedef {{formaat: number, naam: string, titel: Teksten, versie: string, hash: string, talen: string[], standaardtaal: string, kinderen: Node[], keuzelijsten: Record<string, Keuze[]>, bestanden?: Record<string, {kolommen: string[], rijen: string[][]}>}} Definitie */
/** @typedef {{naam: string, soort: string, type: string, node: Node, keten: string[], ouder: string|null, kinderen: string[], dynamisch: boolean}} Knoop */
/** @typedef {{rang: number, naam: string, diepte: number}} Lezer */
/** @typedef {[soort: number, naam: string, diepte: number]} Bron */

export const R = 0;
export const V = 1;
export const S = 2;
export const NAAM_IN_TEKST = /\$\{\s*([^}\s]+)\s*\}/g;
const TEKSTEN = /** @type {const} */ (["label", "hint", "verplicht_melding", "beperking_melding"]);
const STATUS = /** @type {const} */ (["verplicht", "beperking", "keuzefilter", "gevolg_als", "aantal"]);

/** How many repeats two places share, from the outside. @param {string[]} a @param {string[]} b */
export function gedeeld(a, b) {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n += 1;
  return n;
}

/** @param {Knoop} knoop @returns {string[]} */
const tekstenVan = (knoop) => TEKSTEN.flatMap((s) => Object.values(knoop.node[s] ?? {}));

/** The definition as the session needs it. */
export class Vorm {
  /** @param {Definitie} definitie */
  constructor(definitie) {
    this.definitie = definitie;
    /** @type {Map<string, Knoop>} */
    this.knopen = new Map();
    this.wortels = this.#neem(definitie.kinderen, [], null);
    /** @type {Map<string, Map<string, Keuze>>} */
    this.keuzes = new Map(Object.entries(definitie.keuzelijsten ?? {}).map(([n, l]) => [n, new Map(l.map((k) => [k.naam, k]))]));
    /** @type {Array<[number, string]>} */
    this.celvolgorde = [];
    /** @type {Map<string, number>} */
    this.rang = new Map();
    /** @type {Map<string, Lezer[]>} */
    this.lezers = new Map();
    this.#sorteer();
  }

  /** @param {Node[]} nodes @param {string[]} keten @param {string|null} ouder @returns {string[]} */
  #neem(nodes, keten, ouder) {
    return nodes.map((node) => {
      /** @type {Knoop} */
      const knoop = { naam: node.naam, soort: node.soort, type: node.type ?? "", node, keten, ouder, kinderen: [], dynamisch: false };
      knoop.dynamisch = node.keuzefilter !== undefined || tekstenVan(knoop).some((t) => t.includes("${"));
      this.knopen.set(node.naam, knoop);
      knoop.kinderen = this.#neem(node.kinderen ?? [], node.soort === "herhaling" ? [...keten, node.naam] : keten, node.naam);
      return node.naam;
    });
  }

  /** @param {string} naam */
  knoop(naam) {
    const knoop = this.knopen.get(naam);
    if (!knoop) throw new Error(`onbekende vraag: ${naam}`);
    return knoop;
  }

  /** The rows of a supplied file by key. @param {string} bestand @param {string} kolom @param {string} sleutelkolom @param {string} sleutel */
  opzoeken(bestand, kolom, sleutelkolom, sleutel) {
    const tabel = this.definitie.bestanden?.[bestand];
    if (!tabel) return "";
    const i = tabel.kolommen.indexOf(sleutelkolom);
    return tabel.rijen.find((rij) => rij[i] === sleutel)?.[tabel.kolommen.indexOf(kolom)] ?? "";
  }

  /** Cells of a node with what they read. @param {Knoop} knoop @returns {Array<[[number, string], Bron[]]>} */
  #randen(knoop) {
    const { naam, node, keten } = knoop;
    const v = (/** @type {Boom|undefined} */ boom) => verwijzingen(boom).map(([n, d]) => /** @type {Bron} */ ([V, n, d]));
    const relevant = v(node.relevant);
    if (knoop.ouder !== null) relevant.push([R, knoop.ouder, this.knoop(knoop.ouder).keten.length]);
    /** @type {Bron} */
    const eigenR = [R, naam, keten.length];
    const teksten = this.#inTeksten(knoop);
    if (knoop.soort === "groep") {
      return [
        [[R, naam], relevant],
        [[S, naam], [eigenR, ...teksten]],
      ];
    }
    return [
      [[R, naam], relevant],
      [[V, naam], [eigenR, ...v(node.berekening)]],
      [[S, naam], [eigenR, [V, naam, keten.length], ...teksten, ...STATUS.flatMap((s) => v(node[s]))]],
    ];
  }

  /** @param {Knoop} knoop @returns {Bron[]} */
  #inTeksten(knoop) {
    /** @type {Bron[]} */
    const uit = [];
    for (const tekst of tekstenVan(knoop)) {
      for (const [, naam] of tekst.matchAll(NAAM_IN_TEKST)) {
        const doel = this.knopen.get(naam);
        if (doel && doel.soort !== "groep") uit.push([V, naam, gedeeld(knoop.keten, doel.keten)]);
      }
    }
    return uit;
  }

  /** Depth-first topological order; the server has refused cycles. */
  #sorteer() {
    /** @type {Map<string, {cel: [number, string], leest: Bron[]}>} */
    const cellen = new Map();
    for (const knoop of this.knopen.values()) {
      for (const [cel, leest] of this.#randen(knoop)) cellen.set(cel.join(" "), { cel, leest });
    }
    const bezocht = new Set();
    /** @param {string} start */
    const bezoek = (start) => {
      /** @type {Array<{id: string, i: number}>} */
      const stapel = [{ id: start, i: 0 }];
      bezocht.add(start);
      while (stapel.length) {
        const top = stapel[stapel.length - 1];
        const { cel, leest } = /** @type {{cel: [number, string], leest: Bron[]}} */ (cellen.get(top.id));
        if (top.i < leest.length) {
          const [soort, naam] = leest[top.i++];
          const id = `${soort} ${naam}`;
          if (!bezocht.has(id) && cellen.has(id)) {
            bezocht.add(id);
            stapel.push({ id, i: 0 });
          }
        } else {
          stapel.pop();
          this.rang.set(top.id, this.celvolgorde.push(cel) - 1);
        }
      }
    };
    for (const [id, { cel }] of cellen) if (cel[0] !== S && !bezocht.has(id)) bezoek(id);
    for (const [id, { cel }] of cellen) if (cel[0] === S) this.rang.set(id, this.celvolgorde.push(cel) - 1);
    for (const [id, { cel, leest }] of cellen) {
      const gezien = new Set();
      for (const [soort, naam, diepte] of leest) {
        const bron = `${soort} ${naam}`;
        if (gezien.has(`${bron} ${diepte}`)) continue;
        gezien.add(`${bron} ${diepte}`);
        const lezer = { rang: /** @type {number} */ (this.rang.get(id)), naam: cel[1], diepte };
        const rij = this.lezers.get(bron);
        if (rij) rij.push(lezer);
        else this.lezers.set(bron, [lezer]);
      }
    }
  }
}

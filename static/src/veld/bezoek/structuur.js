// @ts-check
// Finding one's way in a compiled checklist. Pure.

/**
 * @typedef {any} Knoop a NODE of the compiled checklist (ARCHITECTUUR.md)
 * @typedef {{knoop: Knoop, groepen: Knoop[], herhaling: string|null}} Plek `groepen` from outside to inside; `herhaling` the nearest enclosing repeat
 */

/** Types that ask nothing of a person. */
const STIL = new Set(["calculate", "note", "hidden", "start", "end", "today", "deviceid", "username"]);
const BEELD = new Set(["image", "audio", "file", "video"]);

/** @param {Knoop} knoop */
export const isBeeld = (knoop) => BEELD.has(knoop.type);
/** @param {Knoop} knoop */
export const isStil = (knoop) => STIL.has(knoop.type);

/** @param {unknown} waarde */
export function isLeeg(waarde) {
  return waarde === null || waarde === undefined || waarde === "" || (Array.isArray(waarde) && waarde.length === 0);
}

export class Structuur {
  /** @type {Map<string, Plek>} every question, group and repeat by name */
  plekken = new Map();
  /** @type {Map<string|null, Knoop[]>} */
  #vragen = new Map();
  /** @type {Map<string, string>|null} */
  #deelVan = null;

  /** @param {any} definitie */
  constructor(definitie) {
    this.definitie = definitie;
    this.#loop(definitie.kinderen ?? [], [], null);
  }

  /** @param {Knoop[]} knopen @param {Knoop[]} groepen @param {string|null} herhaling */
  #loop(knopen, groepen, herhaling) {
    for (const knoop of knopen) {
      this.plekken.set(knoop.naam, { knoop, groepen, herhaling });
      if (knoop.kinderen) this.#loop(knoop.kinderen, [...groepen, knoop], knoop.soort === "herhaling" ? knoop.naam : herhaling);
    }
  }

  /** @param {string} naam @returns {Knoop|undefined} */
  knoop(naam) {
    return this.plekken.get(naam)?.knoop;
  }

  /** @param {string} naam */
  isHerhaling(naam) {
    return this.knoop(naam)?.soort === "herhaling";
  }

  /**
   * Questions directly in a repeat (or in the form itself), groups included, nested repeats not.
   * @param {string|null} herhaling
   * @returns {Knoop[]}
   */
  vragenIn(herhaling) {
    let vragen = this.#vragen.get(herhaling);
    if (!vragen) this.#vragen.set(herhaling, (vragen = this.#zoekVragen(herhaling)));
    return vragen;
  }

  /** @param {string|null} herhaling */
  #zoekVragen(herhaling) {
    return [...this.plekken.values()].filter((plek) => plek.knoop.soort === "vraag" && plek.herhaling === herhaling).map((plek) => plek.knoop);
  }

  /** @param {string|null} herhaling @returns {string[]} repeats directly in it */
  herhalingenIn(herhaling) {
    return [...this.plekken.values()].filter((plek) => plek.knoop.soort === "herhaling" && plek.herhaling === herhaling).map((plek) => plek.knoop.naam);
  }

  /** The name of the section that a question stands in. @param {string} naam @returns {string} empty for what nobody sees */
  deelVan(naam) {
    this.#deelVan ??= new Map(this.delen().flatMap((deel) => (deel.knoop ? [deel.naam] : deel.kinderen.map((kind) => kind.naam)).map((kind) => /** @type {[string, string]} */ ([kind, deel.naam]))));
    return this.#deelVan.get(this.plekken.get(naam)?.groepen[0]?.naam ?? naam) ?? "";
  }

  /**
   * The sections for the screen: each top group or repeat is one; loose questions between them share one.
   * @returns {{naam: string, knoop: Knoop|null, kinderen: Knoop[]}[]}
   */
  delen() {
    const uit = [];
    let los = null;
    for (const knoop of this.definitie.kinderen ?? []) {
      if (knoop.soort === "vraag") {
        if (isStil(knoop) && knoop.type !== "note") continue;
        if (!los) uit.push((los = { naam: `los-${knoop.naam}`, knoop: null, kinderen: /** @type {Knoop[]} */ ([]) }));
        los.kinderen.push(knoop);
      } else {
        los = null;
        uit.push({ naam: knoop.naam, knoop, kinderen: knoop.soort === "herhaling" ? [knoop] : (knoop.kinderen ?? []) });
      }
    }
    return uit;
  }
}

/**
 * The language in which there is a text: the chosen one, else the form's own, else whichever there is.
 * @param {any} teksten `{nl: "..."}` @param {string} taal @param {string} [standaard]
 * @returns {string|null} null for plain text and where there is none
 */
export function taalVan(teksten, taal, standaard = "nl") {
  if (!teksten || typeof teksten === "string") return null;
  return [taal, standaard, ...Object.keys(teksten)].find((een) => teksten[een]) ?? null;
}

/**
 * Text in the chosen language, else in the form's own, else whatever there is.
 * @param {any} teksten `{nl: "..."}` or plain text
 * @param {string} taal
 * @param {string} [standaard]
 * @returns {string}
 */
export function vertaal(teksten, taal, standaard = "nl") {
  if (!teksten || typeof teksten === "string") return teksten || "";
  return teksten[taalVan(teksten, taal, standaard) ?? ""] ?? "";
}

/** Languages besides the form's own in which a question can be shown. @param {any} teksten @param {string} [standaard] @returns {string[]} */
export function andereTalen(teksten, standaard = "nl") {
  return teksten && typeof teksten !== "string" ? Object.keys(teksten).filter((taal) => taal !== standaard && teksten[taal]) : [];
}

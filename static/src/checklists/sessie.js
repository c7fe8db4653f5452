// @ts-check
// A checklist being filled in. An answer re-evaluates only what depends on it, in the repeat instances concerned.
// The same as inspecties/checklists/rules/sessie.py; tests/vectors holds the two equal.

import { leesAntwoord, zelfde } from "./antwoord.js";
import { Blik } from "./blik.js";
import { deelSleutel, sleutelVan } from "./cel.js";
import { Cellen } from "./cellen.js";
import { Evaluatie } from "./evaluatie.js";
import { Instanties } from "./instanties.js";
import { bereken } from "./rekenen.js";
import { aanwijzingen, bundel } from "./voorstellen.js";
import { S, V, Vorm } from "./vorm.js";

/** @typedef {import("./vorm.js").Definitie} Definitie */
/** @typedef {import("./vorm.js").Keuze} Keuze */
/** @typedef {import("./voorstellen.js").Voorstel} Voorstel */
/** @typedef {import("./voorstellen.js").Bewijs} Bewijs */
/** @typedef {import("./blik.js").Context} Context */

/** @param {Definitie|Vorm} definitie a prepared Vorm may be shared by sessions @param {Context} context @returns {Sessie} */
export function openSessie(definitie, context) {
  return new Sessie(definitie instanceof Vorm ? definitie : new Vorm(definitie), context);
}

export class Sessie {
  #cellen;
  #blik;
  #evaluatie;
  #instanties;
  /** @type {Map<string, Bewijs>} */
  #bewijs = new Map();

  /** @param {Vorm} vorm @param {Context} context */
  constructor(vorm, context) {
    this.vorm = vorm;
    this.#cellen = new Cellen(vorm);
    this.#blik = new Blik(this.#cellen, context);
    this.#evaluatie = new Evaluatie(this.#cellen, this.#blik);
    this.#instanties = new Instanties(this.#cellen, this.#evaluatie);
    this.#instanties.maakCellen(vorm.wortels, null, []);
    this.#evaluatie.verwerk();
  }

  // -- answers

  /**
   * Stores an answer (null: empty). An answer for an instance that does not exist (yet) is kept until it does.
   * @param {string} vraag @param {string|null} herhalingId @param {any} waarde @returns {string[]} keys that look different now
   */
  zet(vraag, herhalingId, waarde) {
    const knoop = this.vorm.knoop(vraag);
    if (knoop.soort !== "vraag") throw new Error(`geen vraag: ${vraag}`);
    this.#cellen.opslag.set(sleutelVan(vraag, herhalingId), waarde);
    const cel = this.#cellen.per(vraag).get(herhalingId);
    if (!cel) return [];
    cel.bewaard = true; // within samen() it was not evaluated yet: its default must not take the answer's place
    const antwoord = leesAntwoord(knoop.node, cel.namen, waarde);
    if (!zelfde(antwoord, cel.antwoord)) {
      cel.antwoord = antwoord;
      this.#evaluatie.gewijzigd.add(cel.sleutel);
      this.#evaluatie.vuil(V, cel);
      this.#evaluatie.vuil(S, cel);
    }
    return this.#evaluatie.verwerk();
  }

  /** Tells what evidence hangs on a question. @param {string} sleutel @param {Bewijs} bewijs @returns {string[]} */
  zetBewijs(sleutel, bewijs) {
    this.vorm.knoop(deelSleutel(sleutel)[0]);
    const nieuw = { foto: Math.trunc(Number(bewijs.foto ?? 0)), toelichting: Boolean(bewijs.toelichting) };
    const oud = this.#bewijs.get(sleutel);
    if (oud && oud.foto === nieuw.foto && oud.toelichting === nieuw.toelichting) return [];
    this.#bewijs.set(sleutel, nieuw);
    return [sleutel];
  }

  /**
   * Adds a repeat instance, or moves it to another place. One whose parent is not there yet waits for it.
   * @param {string} groep @param {string} herhalingId @param {string|null} [ouder] @param {number} [plaats] @returns {string[]}
   */
  voegToe(groep, herhalingId, ouder = null, plaats = 0) {
    return this.#instanties.voegToe(groep, herhalingId, ouder, plaats) ? this.#evaluatie.verwerk() : [];
  }

  /** Removes an instance with what is in it. Its answers are kept: adding it again brings them back. @param {string} herhalingId @returns {string[]} */
  verwijder(herhalingId) {
    return this.#instanties.verwijder(herhalingId) ? this.#evaluatie.verwerk() : [];
  }

  /** Takes several changes together and evaluates once. @param {() => void} doe @returns {string[]} */
  samen(doe) {
    this.#evaluatie.gepauzeerd += 1;
    try {
      doe();
    } finally {
      this.#evaluatie.gepauzeerd -= 1;
    }
    return this.#evaluatie.verwerk();
  }

  // -- questions; `sleutel` is "vraag" or "vraag@herhaling_id"

  /** @param {string} sleutel */
  bestaat(sleutel) {
    return this.#cellen.bestaat(sleutel);
  }

  /** The stored or calculated answer, null when empty; also while the question is not relevant. @param {string} sleutel @returns {any} */
  waarde(sleutel) {
    return this.#cellen.cel(sleutel).antwoord.waarde;
  }

  /** The answer as expressions see it: "" when empty or not relevant. @param {string} sleutel */
  tekst(sleutel) {
    return this.#cellen.cel(sleutel).effectief;
  }

  /** @param {string} sleutel */
  relevant(sleutel) {
    return this.#cellen.cel(sleutel).relevant;
  }

  /** @param {string} sleutel */
  verplicht(sleutel) {
    return this.#cellen.cel(sleutel).verplicht;
  }

  /** Why the answer can not be right, or null. An empty answer is never invalid. @param {string} sleutel @returns {string|null} */
  melding(sleutel) {
    const cel = this.#cellen.cel(sleutel);
    if (cel.fout !== "") return cel.fout;
    return this.#blik.tekstVan(cel, "beperking_melding") || "Dit antwoord kan niet kloppen. Kijk het na.";
  }

  /** The consequences that this answer carries now. @param {string} sleutel @returns {string[]} */
  gevolgen(sleutel) {
    const cel = this.#cellen.cel(sleutel);
    return cel.vuurt ? [...(cel.knoop.node.gevolg ?? [])] : [];
  }

  /** The choices that may be picked now. @param {string} sleutel @returns {Keuze[]} */
  keuzes(sleutel) {
    const cel = this.#cellen.cel(sleutel);
    return [...cel.namen.values()].filter((keuze) => this.#blik.mag(cel, keuze));
  }

  /** How many instances repeat_count asks, null when the user decides. @param {string} sleutel */
  aantal(sleutel) {
    return this.#cellen.cel(sleutel).aantal;
  }

  /** The instances of a repeat in order. @param {string} groep @param {string|null} [ouder] @returns {string[]} */
  herhalingen(groep, ouder = null) {
    return this.#cellen.herhalingen(groep, ouder);
  }

  /** @param {string} sleutel @param {string} [taal] another language than the session's; expressions keep the session's */
  label(sleutel, taal) {
    return this.#blik.tekstVan(this.#cellen.cel(sleutel), "label", taal);
  }

  /** @param {string} sleutel @param {string} [taal] */
  hint(sleutel, taal) {
    return this.#blik.tekstVan(this.#cellen.cel(sleutel), "hint", taal);
  }

  /** Every key that exists now, in the order of the screen. @returns {string[]} */
  sleutels() {
    return this.#cellen.kies(() => true).map((cel) => cel.sleutel);
  }

  // -- outcome

  /** Keys of relevant questions that demand an answer and have none. @returns {string[]} */
  verplichtLeeg() {
    return this.#cellen.kies((cel) => cel.verplicht && cel.effectief === "" && cel.knoop.soort === "vraag").map((cel) => cel.sleutel);
  }

  /** Every relevant answer that can not be right. @returns {Array<{vraag: string, melding: string}>} */
  ongeldig() {
    return this.#cellen.kies((cel) => cel.fout !== null).map((cel) => ({ vraag: cel.sleutel, melding: /** @type {string} */ (this.melding(cel.sleutel)) }));
  }

  /**
   * Defaults and once() outcomes that the session filled in and nobody `zet`. The caller writes them as operations, so that
   * opening the visit another day does not change them.
   * @returns {Array<{vraag: string, herhaling_id: string|null, waarde: any}>}
   */
  teBewaren() {
    return this.#cellen
      .kies((cel) => cel.uitZichzelf && cel.relevant && cel.antwoord.waarde !== null && !this.#cellen.opslag.has(cel.sleutel))
      .map((cel) => ({ vraag: cel.knoop.naam, herhaling_id: cel.inst, waarde: cel.antwoord.waarde }));
  }

  /** The relevant answers, nested per repeat; empty ones are left out. @returns {Record<string, any>} */
  serialiseer() {
    return this.#cellen.serialiseer();
  }

  /** What the answers may lead to, with what carries it and what still lacks. @returns {Voorstel[]} */
  voorstellen() {
    return bundel(this.#vurend());
  }

  /** The answers that point to trafficking, for weeg() over all checklists of a visit. */
  aanwijzingen() {
    return aanwijzingen(this.#vurend());
  }

  #vurend() {
    const vurend = this.#cellen.kies((cel) => cel.vuurt);
    return vurend.map((cel) => ({ sleutel: cel.sleutel, node: cel.knoop.node, waarde: cel.antwoord.waarde, bewijs: this.#bewijs.get(cel.sleutel) ?? {} }));
  }

  /** The value of a bound expression, as seen from a question. @param {import("./rekenen.js").Boom} boom @param {string|null} [sleutel] */
  bereken(boom, sleutel = null) {
    return this.#blik.bij(sleutel === null ? null : this.#cellen.cel(sleutel), null, () => bereken(boom, this.#blik));
  }
}

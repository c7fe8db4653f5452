// @ts-check
// One visit with one checklist: the operations, what they fold to, the evaluator's session, and saving. No DOM.

import { openSessie } from "../../checklists/sessie.js";
import { sleutelVan, uitSleutel } from "../ops/operatie.js";
import { uuidv7 } from "../ops/uuid.js";
import { Vouw } from "../ops/vouw.js";
import { andermans } from "../samen/rollen.js";
import { Bewaarder } from "./bewaarder.js";
import { Bijlagen } from "./bijlagen.js";
import { overTeNemen } from "./kopie.js";
import { NogTeDoen } from "./nogtedoen.js";
import { isBeeld, isLeeg, Structuur } from "./structuur.js";
import { tussengevoegd, verschoven } from "./volgorde.js";

const TYPPAUZE_MS = 250;
/** A word that somebody dictates or composes is not half a word that they typed: saved when it is whole, or when they pause this long in it. */
const WOORDPAUZE_MS = 2000;
const MAX_VANZELF = 100;
const VOORAF = ["norm_m2_pp"];

/**
 * @typedef {{id: string, groep: string, ouder: string|null, plaats: number}} Instantie
 * @typedef {{kluis: import("../opslag/kluis.js").Kluis, logboek: import("../opslag/oplogboek.js").Oplogboek, fotos: import("../opslag/fotos.js").Fotos,
 *   bezoekId: string, definitie: any, context: any, nu?: () => number, soort?: string,
 *   meldOpslag?: (stand: import("./bewaarder.js").Opslagstand, fout: Error|null) => void, naOp?: (op: any) => void}} Delen
 */

export class Bezoek {
  vouw = new Vouw();
  /** @type {Map<string, Instantie>} */
  instanties = new Map();
  #vastgelegd = false;
  /** @type {Set<string>} keys that are about to be read anyway */
  #komtNog = new Set();
  /** @type {import("../samen/namen.js").Namen|undefined} what colleagues are called */
  namen;

  /** @param {Delen} delen */
  constructor(delen) {
    this.d = delen;
    this.bezoekId = delen.bezoekId;
    this.definitie = delen.definitie;
    this.structuur = new Structuur(delen.definitie);
    // What another organisation fills in: the gemeente reads it, a partner does not get to see it.
    this.andermans = andermans(this.structuur, delen.soort);
    this.verborgen = delen.soort ? this.andermans : new Set();
    this.nu = delen.nu ?? Date.now;
    this.sessie = openSessie(delen.definitie, delen.context);
    this.todo = new NogTeDoen({ structuur: this.structuur, sessie: this.sessie, instanties: this.instanties, andermans: this.andermans });
    this.bewaarder = new Bewaarder({
      schrijf: (voornemen) => this.#schrijf(voornemen),
      koppen: (sleutel, baan) => this.vouw.koppen(sleutel, baan).map((op) => op.op_id),
      meld: (stand, fout) => delen.meldOpslag?.(stand, fout),
    });
    this.bijlagen = new Bijlagen({
      bezoekId: delen.bezoekId, fotos: delen.fotos, logboek: delen.logboek, bewaarder: this.bewaarder,
      kaleOp: (sleutel, soort, waarde, basis) => this.#kaleOp(sleutel, soort, waarde, basis), genoteerd: (sleutel, op) => this.#naBijlage(sleutel, op),
    });
  }

  /** Keys that still ask for something. */
  get nogTeDoen() {
    return this.todo.sleutels;
  }

  /** @param {Delen} delen */
  static async open(delen) {
    const bezoek = new Bezoek(delen);
    bezoek.#zetVooraf();
    bezoek.#neemOver(await delen.logboek.vanBezoek(delen.bezoekId));
    bezoek.todo.telOpnieuw();
    return bezoek;
  }

  /** What the gemeente sets and the checklist only knows a fallback for: it is no answer, so no operation is made. */
  #zetVooraf() {
    for (const naam of VOORAF) {
      const waarde = this.d.context[naam];
      if (waarde !== null && waarde !== undefined && this.structuur.knoop(naam)) this.sessie.zet(naam, null, waarde);
    }
  }

  /** Reads what other tabs, the server or an earlier session added. @returns {Promise<Set<string>>} keys that look different */
  async ververs() {
    const anders = this.#neemOver(await this.d.logboek.vanBezoek(this.bezoekId));
    this.todo.werkBij(anders);
    return anders;
  }

  /**
   * @param {import("../ops/vouw.js").OpMetRev[]} ops
   * @returns {Set<string>} keys that look different; a repeat's instance as `groep@id`
   */
  #neemOver(ops) {
    /** @type {Set<string>} */
    const geraakt = new Set();
    for (const op of ops) {
      const sleutel = this.vouw.voegToe(op);
      if (sleutel) geraakt.add(sleutel);
    }
    /** @type {Set<string>} */
    const anders = new Set();
    // Instances first, parents before children, then the answers in them.
    const herhalingen = new Set([...geraakt].filter((sleutel) => this.structuur.isHerhaling(uitSleutel(sleutel).vraag)));
    for (const sleutel of this.sessie.samen(() => {
      this.#komtNog = geraakt;
      this.#neemInstanties([...herhalingen], anders);
      this.#komtNog = new Set();
      for (const sleutel of geraakt) if (!herhalingen.has(sleutel)) this.#neemWaarde(sleutel, anders);
    })) anders.add(sleutel);
    return anders;
  }

  /** @param {string[]} sleutels @param {Set<string>} anders */
  #neemInstanties(sleutels, anders) {
    let rest = sleutels.map((sleutel) => ({ sleutel, ...uitSleutel(sleutel), waarde: this.vouw.waarde(sleutel) }));
    for (const { sleutel, herhaling, waarde } of rest) {
      // As with answers: what this person just did here, and is not written yet, stays on the screen.
      if (herhaling && !waarde && this.instanties.has(herhaling) && !this.bewaarder.heeft(sleutel)) {
        this.#verwijderUitSessie(herhaling, anders);
        anders.add(sleutel);
      }
    }
    const plaats = (/** @type {any} */ deel) => Number(deel.waarde.plaats) || 0;
    for (const deel of rest) {
      const bekend = deel.waarde && this.instanties.get(deel.herhaling ?? "");
      // A move of this person that is not written yet stays on the screen.
      if (bekend && bekend.plaats !== plaats(deel) && !this.bewaarder.heeft(deel.sleutel)) this.#verplaatsInSessie(bekend, plaats(deel), anders);
    }
    rest = rest.filter((deel) => deel.herhaling && deel.waarde && !this.instanties.has(deel.herhaling) && !this.bewaarder.heeft(deel.sleutel));
    rest.sort((a, b) => plaats(a) - plaats(b) || (String(a.herhaling) < String(b.herhaling) ? -1 : 1));
    // Each pass adds those whose parent is there; what remains has no living parent and stays out of sight.
    for (let toegevoegd = true; toegevoegd && rest.length; ) {
      toegevoegd = false;
      rest = rest.filter((deel) => {
        const ouder = deel.waarde.ouder ?? null;
        if (ouder !== null && !this.instanties.has(ouder)) return true;
        this.#zetInSessie({ id: /** @type {string} */ (deel.herhaling), groep: deel.vraag, ouder, plaats: plaats(deel) }, anders);
        anders.add(deel.sleutel);
        toegevoegd = true;
        return false;
      });
    }
  }

  /** @param {Instantie} instantie @param {Set<string>} anders */
  #zetInSessie(instantie, anders) {
    this.instanties.set(instantie.id, instantie);
    for (const sleutel of this.sessie.voegToe(instantie.groep, instantie.id, instantie.ouder, instantie.plaats)) anders.add(sleutel);
    for (const vraag of this.structuur.vragenIn(instantie.groep)) {
      const sleutel = sleutelVan(vraag.naam, instantie.id);
      if (this.vouw.kentSleutel(sleutel) && !this.#komtNog.has(sleutel)) this.#neemWaarde(sleutel, anders);
    }
    // Nested instances that were waiting for this parent.
    const kinderen = this.structuur.herhalingenIn(instantie.groep);
    if (!kinderen.length) return;
    const wachtend = [...this.vouw.sleutels()].filter((sleutel) => {
      const { vraag, herhaling } = uitSleutel(sleutel);
      return herhaling !== null && kinderen.includes(vraag) && this.vouw.waarde(sleutel)?.ouder === instantie.id && !this.instanties.has(herhaling);
    });
    if (wachtend.length) this.#neemInstanties(wachtend, anders);
  }

  /** @param {Instantie} instantie @param {number} plaats @param {Set<string>} anders */
  #verplaatsInSessie(instantie, plaats, anders) {
    instantie.plaats = plaats;
    for (const sleutel of this.sessie.voegToe(instantie.groep, instantie.id, instantie.ouder, plaats)) anders.add(sleutel);
    anders.add(sleutelVan(instantie.groep, instantie.id));
  }

  /** @param {string} id @param {Set<string>} anders */
  #verwijderUitSessie(id, anders) {
    for (const kind of [...this.instanties.values()]) if (kind.ouder === id) this.#verwijderUitSessie(kind.id, anders);
    const instantie = this.instanties.get(id);
    if (!instantie) return;
    this.instanties.delete(id);
    for (const sleutel of this.sessie.verwijder(id)) anders.add(sleutel);
    this.todo.vergeet(id);
  }

  /** @param {string} sleutel @param {Set<string>} anders */
  #neemWaarde(sleutel, anders) {
    const { vraag, herhaling } = uitSleutel(sleutel);
    const knoop = this.structuur.knoop(vraag);
    if (!knoop || knoop.soort !== "vraag") return;
    if (herhaling && !this.instanties.has(herhaling)) return;
    anders.add(sleutel);
    this.#zetBewijs(sleutel, anders);
    if (this.bewaarder.heeft(sleutel)) return; // somebody is typing here: theirs stays on the screen
    if (isBeeld(knoop)) {
      this.#zetSessie(vraag, herhaling, this.vouw.hashes(sleutel), anders);
    } else if (this.vouw.koppen(sleutel).length) {
      this.#zetSessie(vraag, herhaling, this.vouw.waarde(sleutel), anders);
    }
  }

  /** Tells the evaluator what evidence hangs on a question. @param {string} sleutel @param {Set<string>} anders @param {string} [noot] */
  #zetBewijs(sleutel, anders, noot = this.vouw.noot(sleutel)) {
    // What was attached to such a question is its answer, no photo beside it; the server counts so too.
    const knoop = this.structuur.knoop(uitSleutel(sleutel).vraag);
    const foto = knoop && isBeeld(knoop) ? 0 : this.vouw.hashes(sleutel).length;
    for (const een of this.sessie.zetBewijs(sleutel, { foto, toelichting: noot.trim() !== "" })) anders.add(een);
  }

  /**
   * Defaults and moments that the evaluator filled in by itself become operations with the first change of a person: looking
   * leaves nothing, and opening the visit another day does not change them.
   */
  #legVast() {
    for (const een of this.sessie.teBewaren()) {
      const sleutel = sleutelVan(een.vraag, een.herhaling_id);
      if (!this.andermans.has(een.vraag) && !this.bewaarder.heeft(sleutel) && !this.vouw.koppen(sleutel).length) this.bewaarder.plan(sleutel, "waarde", "set", een.waarde);
    }
  }

  /** repeat_count: makes the instances that an answer asks for. Takes none away. @param {Set<string>} anders */
  #vulAan(anders) {
    for (const sleutel of [...anders]) {
      const { vraag, herhaling } = uitSleutel(sleutel);
      if (!this.structuur.isHerhaling(vraag) || !this.structuur.knoop(vraag).aantal || this.andermans.has(vraag)) continue;
      const gevraagd = Math.min(this.sessie.aantal(sleutel) ?? 0, MAX_VANZELF);
      for (let nu = this.vanGroep(vraag, herhaling).length; nu < gevraagd; nu++) {
        for (const een of this.voegHerhalingToe(vraag, herhaling).anders) anders.add(een);
      }
    }
  }

  /** @param {string} vraag @param {string|null} herhaling @param {any} waarde @param {Set<string>} anders */
  #zetSessie(vraag, herhaling, waarde, anders) {
    for (const sleutel of this.sessie.zet(vraag, herhaling, isLeeg(waarde) ? null : waarde)) anders.add(sleutel);
  }

  /**
   * An answer. The screen may change at once; saving follows and reports by itself.
   * @param {string} sleutel @param {any} waarde null empties
   * @param {{typend?: boolean, halverwege?: boolean}} [opties] `typend`: more keystrokes follow; `halverwege`: in the middle of composing a word
   * @returns {Set<string>} changed keys
   */
  antwoord(sleutel, waarde, opties = {}) {
    const { vraag, herhaling } = uitSleutel(sleutel);
    const anders = new Set([sleutel]);
    this.#zetSessie(vraag, herhaling, waarde, anders);
    this.bewaarder.plan(sleutel, "waarde", isLeeg(waarde) ? "clear" : "set", isLeeg(waarde) ? null : waarde, opties.halverwege ? WOORDPAUZE_MS : opties.typend ? TYPPAUZE_MS : 0, opties.halverwege);
    if (!this.#vastgelegd) {
      this.#vastgelegd = true;
      this.#legVast();
    }
    this.#vulAan(anders);
    this.todo.werkBij(anders);
    return anders;
  }

  /** @param {string} sleutel @param {string} tekst @param {boolean} [halverwege] @returns {Set<string>} changed keys */
  zetNoot(sleutel, tekst, halverwege = false) {
    this.bewaarder.plan(sleutel, "noot", "note", tekst, halverwege ? WOORDPAUZE_MS : TYPPAUZE_MS, halverwege);
    /** @type {Set<string>} */
    const anders = new Set();
    this.#zetBewijs(sleutel, anders, tekst);
    return anders;
  }

  /**
   * @param {string} groep @param {string|null} ouder herhaling_id of the enclosing instance
   * @returns {{instantie: Instantie, anders: Set<string>}}
   */
  voegHerhalingToe(groep, ouder) {
    const plaats = Math.max(0, ...this.vanGroep(groep, ouder).map((i) => i.plaats)) + 1;
    const instantie = { id: uuidv7(this.nu()), groep, ouder, plaats };
    /** @type {Set<string>} */
    const anders = new Set();
    this.#zetInSessie(instantie, anders);
    this.bewaarder.plan(sleutelVan(groep, instantie.id), "waarde", "set", { ouder, plaats });
    this.#vastgelegd = true;
    setTimeout(() => this.#legVast(), 0); // not between the tap and the frame
    anders.add(sleutelVan(groep, instantie.id));
    this.todo.werkBij(anders, instantie);
    return { instantie, anders };
  }

  /**
   * A new instance right behind this one, with the answers that were given in it.
   * @param {string} id @returns {{instantie: Instantie, anders: Set<string>}|null}
   */
  kopieerHerhaling(id) {
    const bron = this.instanties.get(id);
    if (!bron) return null;
    const instantie = { id: uuidv7(this.nu()), groep: bron.groep, ouder: bron.ouder, plaats: 0 };
    const plaatsen = tussengevoegd(this.vanGroep(bron.groep, bron.ouder), id, instantie.id);
    instantie.plaats = plaatsen.get(instantie.id) ?? 0;
    plaatsen.delete(instantie.id);
    const waarden = overTeNemen(this, bron);
    /** @type {Set<string>} */
    const anders = new Set();
    for (const sleutel of this.sessie.samen(() => {
      this.#zetPlaatsen(plaatsen, anders);
      this.#zetInSessie(instantie, anders);
      for (const { vraag, waarde } of waarden) this.#zetSessie(vraag, instantie.id, waarde, anders);
    })) anders.add(sleutel);
    this.bewaarder.plan(sleutelVan(instantie.groep, instantie.id), "waarde", "set", { ouder: instantie.ouder, plaats: instantie.plaats });
    for (const { vraag, waarde } of waarden) this.bewaarder.plan(sleutelVan(vraag, instantie.id), "waarde", "set", waarde);
    this.#vastgelegd = true;
    this.#legVast();
    anders.add(sleutelVan(instantie.groep, instantie.id));
    this.#vulAan(anders);
    this.todo.werkBij(anders, instantie);
    return { instantie, anders };
  }

  /** @param {string} id @param {number} stap -1 up, 1 down @returns {Set<string>} changed keys; none at the end of the row */
  verplaatsHerhaling(id, stap) {
    const instantie = this.instanties.get(id);
    /** @type {Set<string>} */
    const anders = new Set();
    if (!instantie) return anders;
    const plaatsen = verschoven(this.vanGroep(instantie.groep, instantie.ouder), id, stap);
    for (const sleutel of this.sessie.samen(() => this.#zetPlaatsen(plaatsen, anders))) anders.add(sleutel);
    this.todo.werkBij(anders);
    return anders;
  }

  /** @param {Map<string, number>} plaatsen @param {Set<string>} anders */
  #zetPlaatsen(plaatsen, anders) {
    for (const [id, plaats] of plaatsen) {
      const lid = /** @type {Instantie} */ (this.instanties.get(id));
      this.#verplaatsInSessie(lid, plaats, anders);
      this.bewaarder.plan(sleutelVan(lid.groep, id), "waarde", "set", { ouder: lid.ouder, plaats });
    }
  }

  /** @param {string} id @returns {{instantie: Instantie, anders: Set<string>}|null} */
  verwijderHerhaling(id) {
    const instantie = this.instanties.get(id);
    if (!instantie) return null;
    /** @type {Set<string>} */
    const anders = new Set();
    this.#laatWeg(sleutelVan(instantie.groep, id), id, anders);
    return { instantie, anders };
  }

  /** Names what was seen in it, so that what somebody else writes there meanwhile does not disappear unseen. @param {string} sleutel @param {string} id @param {Set<string>} anders */
  #laatWeg(sleutel, id, anders) {
    this.#verwijderUitSessie(id, anders);
    anders.add(sleutel);
    this.bewaarder.plan(sleutel, "waarde", "clear", { gezien: this.vouw.binnen(id).slice(0, 2000).map((op) => op.op_id) });
    this.todo.werkBij(anders);
  }

  /** Undo of a removal: the instance comes back with everything that was in it. @param {Instantie} instantie */
  herstelHerhaling(instantie) {
    /** @type {Set<string>} */
    const anders = new Set();
    this.bewaarder.plan(sleutelVan(instantie.groep, instantie.id), "waarde", "set", { ouder: instantie.ouder, plaats: instantie.plaats });
    this.#zetInSessie(instantie, anders);
    this.todo.telOpnieuw();
    return anders;
  }

  /** @param {string} groep @param {string|null} ouder @returns {Instantie[]} in order */
  vanGroep(groep, ouder) {
    return [...this.instanties.values()]
      .filter((i) => i.groep === groep && i.ouder === ouder)
      .sort((a, b) => a.plaats - b.plaats || (a.id < b.id ? -1 : 1));
  }

  /** @param {string} sleutel @param {any} op */
  #naBijlage(sleutel, op) {
    this.vouw.voegToe(op);
    /** @type {Set<string>} */
    const anders = new Set([sleutel]);
    this.#neemWaarde(sleutel, anders);
    this.todo.werkBij(anders);
    this.d.naOp?.(op);
    return anders;
  }

  /**
   * A person decides a conflict: a new operation that names every head.
   * @param {string} sleutel @param {"waarde"|"noot"} baan @param {any} waarde
   */
  beslis(sleutel, baan, waarde) {
    if (baan === "noot") {
      this.bewaarder.plan(sleutel, "noot", "note", waarde ?? "");
      return new Set([sleutel]);
    }
    const { vraag: groep, herhaling: id } = uitSleutel(sleutel);
    if (id && this.structuur.isHerhaling(groep)) {
      if (waarde !== null) return this.herstelHerhaling({ id, groep, ouder: waarde.ouder ?? null, plaats: Number(waarde.plaats) || 0 });
      /** @type {Set<string>} */
      const anders = new Set();
      this.#laatWeg(sleutel, id, anders);
      return anders;
    }
    return this.antwoord(sleutel, waarde);
  }

  /** @param {string} sleutel @param {any} soort @param {any} waarde @param {string[]} basis */
  #kaleOp(sleutel, soort, waarde, basis) {
    const { vraag, herhaling } = uitSleutel(sleutel);
    const nu = this.nu();
    return {
      op_id: uuidv7(nu), bezoek_id: this.bezoekId, vraag_id: vraag, herhaling_id: herhaling, soort, waarde, base_op_ids: basis,
      form_versie: this.definitie.hash, toestel_id: this.d.kluis.toestelId, toestel_tijd: new Date(nu).toISOString(),
      auteur_id: /** @type {any} */ (this.d.kluis.gebruiker)?.id ?? "",
    };
  }

  /** @param {import("./bewaarder.js").Voornemen & {basis: string[]}} voornemen @returns {Promise<string>} */
  async #schrijf({ sleutel, soort, waarde, basis }) {
    const op = await this.d.logboek.voegToe(this.#kaleOp(sleutel, soort, waarde, basis));
    this.vouw.voegToe(op);
    this.d.naOp?.(op);
    return op.op_id;
  }
}

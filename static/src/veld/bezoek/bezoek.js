// @ts-check
// One visit with one checklist: the operations, what they fold to, the evaluator's session, and saving. No DOM.

import { sleutelVan, uitSleutel } from "../ops/operatie.js";
import { uuidv7 } from "../ops/uuid.js";
import { Vouw } from "../ops/vouw.js";
import { fotoId } from "../opslag/fotos.js";
import { Bewaarder } from "./bewaarder.js";
import { isBeeld, isLeeg, isStil, Structuur } from "./structuur.js";

const TYPPAUZE_MS = 250;
const MAX_VANZELF = 100;
const VOORAF = ["norm_m2_pp"];

/**
 * @typedef {{id: string, groep: string, ouder: string|null, plaats: number}} Instantie
 * @typedef {{kluis: import("../opslag/kluis.js").Kluis, logboek: import("../opslag/oplogboek.js").Oplogboek, fotos: import("../opslag/fotos.js").Fotos,
 *   bezoekId: string, definitie: any, openSessie: (definitie: any, context: any) => any, context?: any, nu?: () => number,
 *   meldOpslag?: (stand: import("./bewaarder.js").Opslagstand, fout: Error|null) => void, naOp?: (op: any) => void}} Delen
 */

export class Bezoek {
  vouw = new Vouw();
  /** @type {Map<string, Instantie>} */
  instanties = new Map();
  /** @type {Set<string>} keys that still ask for something */
  nogTeDoen = new Set();
  #vastgelegd = false;
  /** @type {Set<string>} keys that are about to be read anyway */
  #komtNog = new Set();

  /** @param {Delen} delen */
  constructor(delen) {
    this.d = delen;
    this.bezoekId = delen.bezoekId;
    this.definitie = delen.definitie;
    this.structuur = new Structuur(delen.definitie);
    this.nu = delen.nu ?? Date.now;
    this.sessie = delen.openSessie(delen.definitie, delen.context ?? {});
    this.bewaarder = new Bewaarder({
      schrijf: (voornemen) => this.#schrijf(voornemen),
      koppen: (sleutel, baan) => this.vouw.koppen(sleutel, baan).map((op) => op.op_id),
      meld: (stand, fout) => delen.meldOpslag?.(stand, fout),
    });
  }

  /** @param {Delen} delen */
  static async open(delen) {
    const bezoek = new Bezoek(delen);
    bezoek.#zetVooraf();
    bezoek.neemOver(await delen.logboek.vanBezoek(delen.bezoekId));
    bezoek.telOpnieuw();
    return bezoek;
  }

  /** What the gemeente sets and the checklist only knows a fallback for: it is no answer, so no operation is made. */
  #zetVooraf() {
    for (const naam of VOORAF) {
      const waarde = this.d.context?.[naam];
      if (waarde !== null && waarde !== undefined && this.structuur.knoop(naam)) this.sessie.zet(naam, null, waarde);
    }
  }

  /** Reads what other tabs, the server or an earlier session added. @returns {Promise<Set<string>>} keys that look different */
  async ververs() {
    const anders = this.neemOver(await this.d.logboek.vanBezoek(this.bezoekId));
    this.#werkTodoBij(anders);
    return anders;
  }

  /**
   * @param {import("../ops/vouw.js").OpMetRev[]} ops
   * @returns {Set<string>} keys that look different; a repeat's instance as `groep@id`
   */
  neemOver(ops) {
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
    for (const sleutel of this.#samen(() => {
      this.#komtNog = geraakt;
      this.#neemInstanties([...herhalingen], anders);
      this.#komtNog = new Set();
      for (const sleutel of geraakt) if (!herhalingen.has(sleutel)) this.#neemWaarde(sleutel, anders);
    })) anders.add(sleutel);
    return anders;
  }

  /** Many changes, one evaluation. @param {() => void} doe @returns {Iterable<string>} changed keys */
  #samen(doe) {
    if (this.sessie.samen) return this.sessie.samen(doe);
    doe();
    return [];
  }

  /** @param {string[]} sleutels @param {Set<string>} anders */
  #neemInstanties(sleutels, anders) {
    let rest = sleutels.map((sleutel) => ({ sleutel, ...uitSleutel(sleutel), waarde: this.vouw.waarde(sleutel) }));
    for (const { sleutel, herhaling, waarde } of rest) {
      if (herhaling && !waarde && this.instanties.has(herhaling)) {
        this.#verwijderUitSessie(herhaling, anders);
        anders.add(sleutel);
      }
    }
    const plaats = (/** @type {any} */ deel) => Number(deel.waarde.plaats) || 0;
    rest = rest.filter((deel) => deel.herhaling && deel.waarde && !this.instanties.has(deel.herhaling));
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

  /** @param {string} id @param {Set<string>} anders */
  #verwijderUitSessie(id, anders) {
    for (const kind of [...this.instanties.values()]) if (kind.ouder === id) this.#verwijderUitSessie(kind.id, anders);
    const instantie = this.instanties.get(id);
    if (!instantie) return;
    this.instanties.delete(id);
    for (const sleutel of this.sessie.verwijder(id) ?? []) anders.add(sleutel);
    const achter = `@${id}`;
    for (const sleutel of [...this.nogTeDoen]) if (sleutel.endsWith(achter)) this.nogTeDoen.delete(sleutel);
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
      this.#zetSessie(vraag, herhaling, this.vouw.bijlagen(sleutel).map((b) => b.sha256), anders);
    } else if (this.vouw.koppen(sleutel).length) {
      this.#zetSessie(vraag, herhaling, this.vouw.waarde(sleutel), anders);
    }
  }

  /** Tells the evaluator what evidence hangs on a question. @param {string} sleutel @param {Set<string>} anders @param {string} [noot] */
  #zetBewijs(sleutel, anders, noot = this.vouw.noot(sleutel)) {
    const foto = this.vouw.bijlagen(sleutel).length;
    for (const een of this.sessie.zetBewijs?.(sleutel, { foto, toelichting: noot.trim() !== "" }) ?? []) anders.add(een);
  }

  /**
   * Defaults and moments that the evaluator filled in by itself become operations with the first change of a person: looking
   * leaves nothing, and opening the visit another day does not change them.
   */
  #legVast() {
    for (const een of this.sessie.teBewaren?.() ?? []) {
      const sleutel = sleutelVan(een.vraag, een.herhaling_id ?? een.herhalingId ?? null);
      if (!this.bewaarder.heeft(sleutel) && !this.vouw.koppen(sleutel).length) this.bewaarder.plan(sleutel, "waarde", "set", een.waarde);
    }
  }

  /** repeat_count: makes the instances that an answer asks for. Takes none away. @param {Set<string>} anders */
  #vulAan(anders) {
    for (const sleutel of [...anders]) {
      const { vraag, herhaling } = uitSleutel(sleutel);
      if (!this.structuur.isHerhaling(vraag) || !this.structuur.knoop(vraag).aantal) continue;
      const gevraagd = Math.min(this.sessie.aantal?.(sleutel) ?? 0, MAX_VANZELF);
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
   * @param {{typend?: boolean}} [opties] `typend`: more keystrokes follow
   * @returns {Set<string>} changed keys
   */
  antwoord(sleutel, waarde, opties = {}) {
    const { vraag, herhaling } = uitSleutel(sleutel);
    const anders = new Set([sleutel]);
    this.#zetSessie(vraag, herhaling, waarde, anders);
    this.bewaarder.plan(sleutel, "waarde", isLeeg(waarde) ? "clear" : "set", isLeeg(waarde) ? null : waarde, opties.typend ? TYPPAUZE_MS : 0);
    if (!this.#vastgelegd) {
      this.#vastgelegd = true;
      this.#legVast();
    }
    this.#vulAan(anders);
    this.#werkTodoBij(anders);
    return anders;
  }

  /** @param {string} sleutel @param {string} tekst @returns {Set<string>} changed keys */
  zetNoot(sleutel, tekst) {
    this.bewaarder.plan(sleutel, "noot", "note", tekst, TYPPAUZE_MS);
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
    this.#werkTodoBij(anders, instantie);
    return { instantie, anders };
  }

  /** @param {string} id @returns {{instantie: Instantie, anders: Set<string>}|null} */
  verwijderHerhaling(id) {
    const instantie = this.instanties.get(id);
    if (!instantie) return null;
    /** @type {Set<string>} */
    const anders = new Set();
    this.#verwijderUitSessie(id, anders);
    anders.add(sleutelVan(instantie.groep, id));
    this.bewaarder.plan(sleutelVan(instantie.groep, id), "waarde", "clear", null);
    this.#werkTodoBij(anders);
    return { instantie, anders };
  }

  /** Undo of a removal: the instance comes back with everything that was in it. @param {Instantie} instantie */
  herstelHerhaling(instantie) {
    /** @type {Set<string>} */
    const anders = new Set();
    this.bewaarder.plan(sleutelVan(instantie.groep, instantie.id), "waarde", "set", { ouder: instantie.ouder, plaats: instantie.plaats });
    this.#zetInSessie(instantie, anders);
    this.telOpnieuw();
    return anders;
  }

  /** @param {string} groep @param {string|null} ouder @returns {Instantie[]} in order */
  vanGroep(groep, ouder) {
    return [...this.instanties.values()]
      .filter((i) => i.groep === groep && i.ouder === ouder)
      .sort((a, b) => a.plaats - b.plaats || (a.id < b.id ? -1 : 1));
  }

  /**
   * A photo, signature or other evidence on a question. Resolves when it was written, read back, compared and noted down.
   * @param {string} sleutel
   * @param {ArrayBuffer} bytes the original
   * @param {{soort: string, bestandsnaam: string, klein?: ArrayBuffer|null, vervangt?: string[]}} feiten
   * @returns {Promise<Set<string>>} changed keys
   */
  voegBijlageToe(sleutel, bytes, feiten) {
    const { vraag, herhaling } = uitSleutel(sleutel);
    return this.bewaarder.buitenom(async () => {
      const { sha256, feiten: bewaard } = await this.d.fotos.bewaar(
        this.bezoekId, bytes,
        (hash) => ({
          vraag_id: vraag, herhaling_id: herhaling, soort: feiten.soort, bestandsnaam: feiten.bestandsnaam,
          op: this.#kaleOp(sleutel, "attach", { sha256: hash, soort: feiten.soort, omvang: bytes.byteLength, bestandsnaam: feiten.bestandsnaam }, feiten.vervangt ?? []),
        }),
        feiten.klein ?? null,
      );
      const op = await this.d.logboek.voegToe(bewaard.op);
      await this.d.fotos.koppel(fotoId(this.bezoekId, sha256));
      return this.#naBijlage(sleutel, op);
    });
  }

  /** @param {string} sleutel @param {{op_id: string, sha256: string}} bijlage @returns {Promise<Set<string>>} */
  verwijderBijlage(sleutel, bijlage) {
    return this.bewaarder.buitenom(async () => {
      const op = await this.d.logboek.voegToe(this.#kaleOp(sleutel, "attach", { sha256: bijlage.sha256, verwijderd: true }, [bijlage.op_id]));
      return this.#naBijlage(sleutel, op);
    });
  }

  /** Undo of a removal: the same original again. @param {string} sleutel @param {any} bijlage @returns {Promise<Set<string>>} */
  voegBijlageTerug(sleutel, bijlage) {
    const { op_id: _weg, ...waarde } = bijlage;
    return this.bewaarder.buitenom(async () => this.#naBijlage(sleutel, await this.d.logboek.voegToe(this.#kaleOp(sleutel, "attach", waarde, []))));
  }

  /** @param {string} sleutel @param {any} op */
  #naBijlage(sleutel, op) {
    this.vouw.voegToe(op);
    /** @type {Set<string>} */
    const anders = new Set([sleutel]);
    this.#neemWaarde(sleutel, anders);
    this.#werkTodoBij(anders);
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
    if (this.structuur.isHerhaling(uitSleutel(sleutel).vraag)) {
      this.bewaarder.plan(sleutel, "waarde", waarde === null ? "clear" : "set", waarde);
      return new Set([sleutel]);
    }
    return this.antwoord(sleutel, waarde);
  }

  /** Everything of a key anew: after opening or an undo. */
  telOpnieuw() {
    this.nogTeDoen.clear();
    for (const vraag of this.structuur.vragenIn(null)) this.#weeg(vraag.naam);
    for (const instantie of this.instanties.values()) this.#weegInstantie(instantie);
  }

  /** @param {Instantie} instantie */
  #weegInstantie(instantie) {
    for (const vraag of this.structuur.vragenIn(instantie.groep)) this.#weeg(sleutelVan(vraag.naam, instantie.id));
  }

  /** @param {Set<string>} sleutels @param {Instantie} [instantie] */
  #werkTodoBij(sleutels, instantie) {
    if (instantie) this.#weegInstantie(instantie);
    for (const sleutel of sleutels) {
      const { vraag, herhaling } = uitSleutel(sleutel);
      if (herhaling && !this.instanties.has(herhaling)) this.nogTeDoen.delete(sleutel);
      else if (this.structuur.knoop(vraag)?.soort === "vraag") this.#weeg(sleutel);
    }
  }

  /** @param {string} sleutel */
  #weeg(sleutel) {
    const knoop = this.structuur.knoop(uitSleutel(sleutel).vraag);
    const vraagtNog =
      !isStil(knoop) && !knoop.alleen_lezen && this.sessie.relevant(sleutel) &&
      ((isLeeg(this.sessie.waarde(sleutel)) && this.sessie.verplicht(sleutel)) || !!this.sessie.melding(sleutel));
    if (vraagtNog) this.nogTeDoen.add(sleutel);
    else this.nogTeDoen.delete(sleutel);
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

/**
 * Photos that were stored when the browser stopped before their operation was: completes them.
 * @param {import("../opslag/fotos.js").Fotos} fotos
 * @param {import("../opslag/oplogboek.js").Oplogboek} logboek
 * @returns {Promise<number>}
 */
export async function rondLosseFotosAf(fotos, logboek) {
  let aantal = 0;
  for (const record of await fotos.metStatus("los")) {
    const { op } = await fotos.feiten(record);
    if (!(await logboek.kent(op.op_id))) await logboek.voegToe(op);
    await fotos.koppel(record.id);
    aantal += 1;
  }
  return aantal;
}

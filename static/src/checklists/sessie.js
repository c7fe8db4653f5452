// @ts-check
// A checklist being filled in. An answer re-evaluates only what depends on it, in the repeat instances concerned.
// The same as inspecties/checklists/rules/sessie.py; tests/vectors holds the two equal.

import { leesAntwoord, zelfde } from "./antwoord.js";
import { Cel, berekenStatus, berekenWaarde } from "./cel.js";
import { bereken } from "./rekenen.js";
import { keuzenVan } from "./tekst.js";
import { bundel } from "./voorstellen.js";
import { NAAM_IN_TEKST, R, S, V, Vorm, gedeeld } from "./vorm.js";
import { naarWaar, ontleedDatum, zoneMinuten } from "./waarden.js";

/** @typedef {import("./vorm.js").Definitie} Definitie */
/** @typedef {import("./vorm.js").Keuze} Keuze */
/** @typedef {import("./vorm.js").Knoop} Knoop */
/** @typedef {import("./vorm.js").Teksten} Teksten */
/** @typedef {import("./voorstellen.js").Voorstel} Voorstel */
/** @typedef {import("./voorstellen.js").Bewijs} Bewijs */
/** @typedef {{nu: string, vandaag?: string, taal?: string}} Context nu: ISO 8601 with offset, such as 2026-11-21T18:00:00+01:00 */
/** @typedef {{groep: string, ouder: string|null, plaats: number, pad: string[]}} Instantie */
/** @typedef {{plaats: number, id: string}} Rijlid */

/** "vraag" or "vraag@herhaling_id". @param {string} naam @param {string|null} inst */
export function sleutelVan(naam, inst) {
  return inst === null ? naam : `${naam}@${inst}`;
}

/** @param {string} sleutel @returns {[string, string|null]} */
export function deelSleutel(sleutel) {
  const i = sleutel.indexOf("@");
  return i < 0 ? [sleutel, null] : [sleutel.slice(0, i), sleutel.slice(i + 1)];
}

/** @param {Definitie|Vorm} definitie a prepared Vorm may be shared by sessions @param {Context} context @returns {Sessie} */
export function openSessie(definitie, context) {
  return new Sessie(definitie instanceof Vorm ? definitie : new Vorm(definitie), context);
}

export class Sessie {
  /** @type {Map<string, Map<string|null, Cel>>} */
  #per = new Map();
  /** @type {Map<string, any>} answers by key, also of instances that are gone */
  #opslag = new Map();
  /** @type {Map<string, Bewijs>} */
  #bewijs = new Map();
  /** @type {Map<string, Instantie>} */
  #instanties = new Map();
  /** @type {Map<string|null, Map<string, Rijlid[]>>} parent instance, repeat: instances in order */
  #rijen = new Map();
  /** @type {Map<string, Map<string, {groep: string, plaats: number}>>} instances whose parent is not there yet */
  #wachtend = new Map();
  /** @type {Array<Set<string|null>|undefined>} by rank: the instances to evaluate */
  #emmers = [];
  #laagste = Infinity;
  /** @type {Set<string>} */
  #gewijzigd = new Set();
  #gepauzeerd = 0;
  /** @type {Cel|null} */
  #hier = null;
  /** @type {Keuze|null} */
  #keuze = null;

  /** @param {Vorm} vorm @param {Context} context */
  constructor(vorm, context) {
    const zone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.exec(context.nu);
    if (!zone || !ontleedDatum(context.nu, 0)) {
      throw new TypeError("context: nu moet een moment met tijdzone zijn, zoals 2026-11-21T18:00:00+01:00");
    }
    this.vorm = vorm;
    this.context = { nu: context.nu, vandaag: context.vandaag || context.nu.slice(0, 10), taal: context.taal || "nl" };
    /** @type {import("./rekenen.js").Omgeving} */
    this.omgeving = this.#maakOmgeving(zoneMinuten(zone[1]));
    for (const naam of vorm.knopen.keys()) this.#per.set(naam, new Map());
    this.#maakCellen(vorm.wortels, null, []);
    this.#verwerk();
  }

  // -- answers

  /**
   * Stores an answer (null: empty). An answer for an instance that does not exist (yet) is kept until it does.
   * @param {string} vraag @param {string|null} herhalingId @param {any} waarde @returns {string[]} keys that look different now
   */
  zet(vraag, herhalingId, waarde) {
    const knoop = this.vorm.knoop(vraag);
    if (knoop.soort !== "vraag") throw new Error(`geen vraag: ${vraag}`);
    const sleutel = sleutelVan(vraag, herhalingId);
    this.#opslag.set(sleutel, waarde);
    const cel = this.#cellen(vraag).get(herhalingId);
    if (!cel) return [];
    cel.bewaard = true; // within samen() it was not evaluated yet: its default must not take the answer's place
    const antwoord = leesAntwoord(knoop.node, cel.namen, waarde);
    if (!zelfde(antwoord, cel.antwoord)) {
      cel.antwoord = antwoord;
      this.#gewijzigd.add(sleutel);
      this.#vuil(V, vraag, herhalingId);
      this.#vuil(S, vraag, herhalingId);
    }
    return this.#verwerk();
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
    const knoop = this.vorm.knoop(groep);
    if (knoop.soort !== "herhaling" || (ouder === null) !== (knoop.keten.length === 0)) throw new Error(`geen herhaling hier: ${groep}`);
    const bestaand = this.#instanties.get(herhalingId);
    if (bestaand) {
      if (bestaand.groep !== groep || bestaand.ouder !== ouder) throw new Error(`deze herhaling staat elders: ${herhalingId}`);
      this.#uitRij(bestaand, herhalingId);
      bestaand.plaats = plaats;
      this.#inRij(bestaand, herhalingId);
      this.#meld(V, groep, bestaand.pad.slice(0, -1));
    } else if (ouder !== null && this.#instanties.get(ouder)?.groep !== knoop.keten[knoop.keten.length - 1]) {
      if (this.#instanties.has(ouder)) throw new Error(`geen ouder van ${groep}: ${ouder}`);
      if (!this.#wachtend.has(ouder)) this.#wachtend.set(ouder, new Map());
      this.#wachtend.get(ouder)?.set(herhalingId, { groep, plaats });
      return [];
    } else {
      this.#maakInstantie(groep, herhalingId, ouder, plaats);
    }
    this.#gewijzigd.add(sleutelVan(groep, ouder));
    return this.#verwerk();
  }

  /** Removes an instance with what is in it. Its answers are kept: adding it again brings them back. @param {string} herhalingId @returns {string[]} */
  verwijder(herhalingId) {
    const instantie = this.#instanties.get(herhalingId);
    if (!instantie) {
      for (const wachtenden of this.#wachtend.values()) wachtenden.delete(herhalingId);
      return [];
    }
    this.#neemWeg(herhalingId, instantie);
    this.#gewijzigd.add(sleutelVan(instantie.groep, instantie.ouder));
    return this.#verwerk();
  }

  /** Takes several changes together and evaluates once. @param {() => void} doe @returns {string[]} */
  samen(doe) {
    this.#gepauzeerd += 1;
    try {
      doe();
    } finally {
      this.#gepauzeerd -= 1;
    }
    return this.#verwerk();
  }

  // -- questions; `sleutel` is "vraag" or "vraag@herhaling_id"

  /** @param {string} sleutel */
  bestaat(sleutel) {
    const [naam, inst] = deelSleutel(sleutel);
    return this.#per.get(naam)?.has(inst) ?? false;
  }

  /** The stored or calculated answer, null when empty; also while the question is not relevant. @param {string} sleutel @returns {any} */
  waarde(sleutel) {
    return this.#cel(sleutel).antwoord.waarde;
  }

  /** The answer as expressions see it: "" when empty or not relevant. @param {string} sleutel */
  tekst(sleutel) {
    return this.#cel(sleutel).effectief;
  }

  /** @param {string} sleutel */
  relevant(sleutel) {
    return this.#cel(sleutel).relevant;
  }

  /** @param {string} sleutel */
  verplicht(sleutel) {
    return this.#cel(sleutel).verplicht;
  }

  /** Why the answer can not be right, or null. An empty answer is never invalid. @param {string} sleutel @returns {string|null} */
  melding(sleutel) {
    const cel = this.#cel(sleutel);
    if (cel.fout !== "") return cel.fout;
    return this.#ingevuld(this.vertaald(cel.knoop.node.beperking_melding), cel) || "Dit antwoord kan niet kloppen. Kijk het na.";
  }

  /** The consequences that this answer carries now. @param {string} sleutel @returns {string[]} */
  gevolgen(sleutel) {
    const cel = this.#cel(sleutel);
    return cel.vuurt ? [...(cel.knoop.node.gevolg ?? [])] : [];
  }

  /** The choices that may be picked now. @param {string} sleutel @returns {Keuze[]} */
  keuzes(sleutel) {
    const cel = this.#cel(sleutel);
    return [...cel.namen.values()].filter((keuze) => this.#mag(cel, keuze));
  }

  /** How many instances repeat_count asks, null when the user decides. @param {string} sleutel */
  aantal(sleutel) {
    return this.#cel(sleutel).aantal;
  }

  /** The instances of a repeat in order. @param {string} groep @param {string|null} [ouder] @returns {string[]} */
  herhalingen(groep, ouder = null) {
    return (this.#rijen.get(ouder)?.get(groep) ?? []).map((lid) => lid.id);
  }

  /** @param {string} sleutel */
  label(sleutel) {
    const cel = this.#cel(sleutel);
    return this.#ingevuld(this.vertaald(cel.knoop.node.label), cel);
  }

  /** @param {string} sleutel */
  hint(sleutel) {
    const cel = this.#cel(sleutel);
    return this.#ingevuld(this.vertaald(cel.knoop.node.hint), cel);
  }

  /** Every key that exists now, in the order of the screen. @returns {string[]} */
  sleutels() {
    /** @type {string[]} */
    const uit = [];
    this.#loop(this.vorm.wortels, null, (cel) => uit.push(sleutelVan(cel.knoop.naam, cel.inst)));
    return uit;
  }

  // -- outcome

  /** Keys of relevant questions that demand an answer and have none. @returns {string[]} */
  verplichtLeeg() {
    return this.#kies((cel) => cel.verplicht && cel.effectief === "" && cel.knoop.soort === "vraag").map((cel) => sleutelVan(cel.knoop.naam, cel.inst));
  }

  /** Every relevant answer that can not be right. @returns {Array<{vraag: string, melding: string}>} */
  ongeldig() {
    return this.#kies((cel) => cel.fout !== null).map((cel) => {
      const vraag = sleutelVan(cel.knoop.naam, cel.inst);
      return { vraag, melding: /** @type {string} */ (this.melding(vraag)) };
    });
  }

  /**
   * Defaults and once() outcomes that the session filled in and nobody `zet`. The caller writes them as operations, so that
   * opening the visit another day does not change them.
   * @returns {Array<{vraag: string, herhaling_id: string|null, waarde: any}>}
   */
  teBewaren() {
    return this.#kies(
      (cel) => cel.uitZichzelf && cel.relevant && cel.antwoord.waarde !== null && !this.#opslag.has(sleutelVan(cel.knoop.naam, cel.inst)),
    ).map((cel) => ({ vraag: cel.knoop.naam, herhaling_id: cel.inst, waarde: cel.antwoord.waarde }));
  }

  /** The relevant answers, nested per repeat; empty ones are left out. @returns {Record<string, any>} */
  serialiseer() {
    return this.#serialiseer(this.vorm.wortels, null);
  }

  /** What the answers may lead to, with what carries it and what still lacks. @returns {Voorstel[]} */
  voorstellen() {
    const vurend = this.#kies((cel) => cel.vuurt).map((cel) => {
      const sleutel = sleutelVan(cel.knoop.naam, cel.inst);
      return { sleutel, node: cel.knoop.node, waarde: cel.antwoord.waarde, bewijs: this.#bewijs.get(sleutel) ?? {} };
    });
    return bundel(vurend);
  }

  /** The value of a bound expression, as seen from a question. @param {import("./rekenen.js").Boom} boom @param {string|null} [sleutel] */
  bereken(boom, sleutel = null) {
    return this.#bij(sleutel === null ? null : this.#cel(sleutel), null, () => bereken(boom, this.omgeving));
  }

  /** A text in the language of the session, else in the form's own. @param {Teksten|undefined} teksten @returns {string} */
  vertaald(teksten) {
    if (!teksten) return "";
    return teksten[this.context.taal] || teksten[this.vorm.definitie.standaardtaal] || Object.values(teksten)[0] || "";
  }

  // -- structure

  /** @param {string} naam @returns {Map<string|null, Cel>} */
  #cellen(naam) {
    return /** @type {Map<string|null, Cel>} */ (this.#per.get(naam));
  }

  /** @param {string} sleutel @returns {Cel} */
  #cel(sleutel) {
    const [naam, inst] = deelSleutel(sleutel);
    const cel = this.#per.get(naam)?.get(inst);
    if (!cel) throw new Error(`bestaat niet: ${sleutel}`);
    return cel;
  }

  /** The cells of a name that share the first `diepte` instances of `pad`, in order. @param {string} naam @param {number} diepte @param {string[]} pad @returns {Cel[]} */
  #cellenVan(naam, diepte, pad) {
    const { keten } = this.vorm.knoop(naam);
    const cellen = this.#cellen(naam);
    /** @type {Array<string|null>} */
    let ids = [diepte ? pad[diepte - 1] : null];
    for (let i = diepte; i < keten.length; i += 1) {
      ids = ids.flatMap((ouder) => (this.#rijen.get(ouder)?.get(keten[i]) ?? []).map((lid) => lid.id));
    }
    /** @type {Cel[]} */
    const uit = [];
    for (const id of ids) {
      const cel = cellen.get(id);
      if (cel) uit.push(cel);
    }
    return uit;
  }

  /** @param {string[]} namen @param {string|null} inst @param {string[]} pad */
  #maakCellen(namen, inst, pad) {
    for (const naam of namen) {
      const knoop = this.vorm.knoop(naam);
      const cel = new Cel(knoop, this.vorm.keuzes.get(knoop.node.keuzelijst ?? "") ?? new Map(), inst, pad);
      const sleutel = sleutelVan(naam, inst);
      if (this.#opslag.has(sleutel)) {
        cel.antwoord = leesAntwoord(knoop.node, cel.namen, this.#opslag.get(sleutel));
        cel.bewaard = true;
      }
      this.#cellen(naam).set(inst, cel);
      this.#vuil(R, naam, inst);
      if (knoop.soort !== "groep") this.#vuil(V, naam, inst);
      this.#vuil(S, naam, inst);
      if (knoop.soort === "groep") this.#maakCellen(knoop.kinderen, inst, pad);
    }
  }

  /** @param {Instantie} instantie @param {string} id */
  #inRij(instantie, id) {
    const { ouder, groep, plaats } = instantie;
    let rijen = this.#rijen.get(ouder);
    if (!rijen) this.#rijen.set(ouder, (rijen = new Map()));
    let rij = rijen.get(groep);
    if (!rij) rijen.set(groep, (rij = []));
    let i = rij.length;
    while (i > 0 && (rij[i - 1].plaats > plaats || (rij[i - 1].plaats === plaats && rij[i - 1].id > id))) i -= 1;
    rij.splice(i, 0, { plaats, id });
  }

  /** @param {Instantie} instantie @param {string} id */
  #uitRij(instantie, id) {
    const rij = /** @type {Rijlid[]} */ (this.#rijen.get(instantie.ouder)?.get(instantie.groep));
    rij.splice(
      rij.findIndex((lid) => lid.id === id),
      1,
    );
  }

  /** @param {string} groep @param {string} id @param {string|null} ouder @param {number} plaats */
  #maakInstantie(groep, id, ouder, plaats) {
    const pad = [...(ouder === null ? [] : (this.#instanties.get(ouder)?.pad ?? [])), id];
    const instantie = { groep, ouder, plaats, pad };
    this.#instanties.set(id, instantie);
    this.#inRij(instantie, id);
    this.#maakCellen(this.vorm.knoop(groep).kinderen, id, pad);
    this.#meld(V, groep, pad.slice(0, -1));
    const wachtenden = this.#wachtend.get(id);
    this.#wachtend.delete(id);
    for (const [kind, w] of wachtenden ?? []) {
      if (this.vorm.knoop(w.groep).keten.at(-1) === groep) this.#maakInstantie(w.groep, kind, id, w.plaats);
    }
  }

  /** @param {string} id @param {Instantie} instantie */
  #neemWeg(id, instantie) {
    for (const [groep, rij] of this.#rijen.get(id) ?? []) {
      for (const lid of [...rij]) {
        this.#neemWeg(lid.id, /** @type {Instantie} */ (this.#instanties.get(lid.id)));
        if (!this.#wachtend.has(id)) this.#wachtend.set(id, new Map());
        this.#wachtend.get(id)?.set(lid.id, { groep, plaats: lid.plaats });
      }
    }
    this.#instanties.delete(id);
    this.#uitRij(instantie, id);
    /** @param {string[]} namen */
    const wis = (namen) => {
      for (const naam of namen) {
        this.#cellen(naam).delete(id);
        this.#gewijzigd.delete(sleutelVan(naam, id));
        this.#meld(V, naam, instantie.pad);
        if (this.vorm.knoop(naam).soort === "groep") wis(this.vorm.knoop(naam).kinderen);
      }
    };
    wis(this.vorm.knoop(instantie.groep).kinderen);
    this.#meld(V, instantie.groep, instantie.pad.slice(0, -1));
  }

  /** Visits every cell in the order of the screen. @param {string[]} namen @param {string|null} inst @param {(cel: Cel) => void} doe */
  #loop(namen, inst, doe) {
    for (const naam of namen) {
      const cel = /** @type {Cel} */ (this.#cellen(naam).get(inst));
      doe(cel);
      if (cel.knoop.soort === "groep") this.#loop(cel.knoop.kinderen, inst, doe);
      else if (cel.knoop.soort === "herhaling") for (const id of this.herhalingen(naam, inst)) this.#loop(cel.knoop.kinderen, id, doe);
    }
  }

  /** @param {(cel: Cel) => boolean} als @returns {Cel[]} */
  #kies(als) {
    /** @type {Cel[]} */
    const uit = [];
    this.#loop(this.vorm.wortels, null, (cel) => void (als(cel) && uit.push(cel)));
    return uit;
  }

  /** @param {string[]} namen @param {string|null} inst @returns {Record<string, any>} */
  #serialiseer(namen, inst) {
    /** @type {Record<string, any>} */
    const uit = {};
    for (const naam of namen) {
      const cel = /** @type {Cel} */ (this.#cellen(naam).get(inst));
      if (!cel.relevant) continue;
      if (cel.knoop.soort === "groep") Object.assign(uit, this.#serialiseer(cel.knoop.kinderen, inst));
      else if (cel.knoop.soort === "herhaling") {
        const rij = this.herhalingen(naam, inst).map((id) => this.#serialiseer(cel.knoop.kinderen, id));
        if (rij.length) uit[naam] = rij;
      } else if (cel.antwoord.waarde !== null) uit[naam] = cel.antwoord.waarde;
    }
    return uit;
  }

  // -- evaluation

  /** @param {number} soort @param {string} naam @param {string|null} inst */
  #vuil(soort, naam, inst) {
    this.#vuilRang(/** @type {number} */ (this.vorm.rang.get(`${soort} ${naam}`)), inst);
  }

  /** @param {number} rang @param {string|null} inst */
  #vuilRang(rang, inst) {
    (this.#emmers[rang] ??= new Set()).add(inst);
    if (rang < this.#laagste) this.#laagste = rang;
  }

  /** Marks every reader of a cell as to be evaluated. @param {number} soort @param {string} naam @param {string[]} pad */
  #meld(soort, naam, pad) {
    for (const lezer of this.vorm.lezers.get(`${soort} ${naam}`) ?? []) {
      for (const cel of this.#cellenVan(lezer.naam, lezer.diepte, pad)) this.#vuilRang(lezer.rang, cel.inst);
    }
  }

  /** @returns {string[]} */
  #verwerk() {
    if (this.#gepauzeerd) return [];
    for (let rang = this.#laagste; rang < this.vorm.celvolgorde.length; rang += 1) {
      const emmer = this.#emmers[rang];
      if (!emmer) continue;
      this.#emmers[rang] = undefined;
      const [soort, naam] = this.vorm.celvolgorde[rang];
      for (const inst of emmer) {
        const cel = this.#cellen(naam).get(inst);
        if (cel) this.#werkBij(soort, cel);
      }
    }
    this.#laagste = Infinity;
    const uit = [...this.#gewijzigd];
    this.#gewijzigd.clear();
    return uit;
  }

  /** @param {number} soort @param {Cel} cel */
  #werkBij(soort, cel) {
    this.#hier = cel;
    let anders;
    if (soort === R) anders = this.#relevantie(cel);
    else if (soort === V) anders = berekenWaarde(cel, this.omgeving);
    else anders = berekenStatus(cel, this.omgeving, (c, keuze) => this.#mag(c, keuze));
    this.#hier = null;
    if (!anders) return;
    this.#gewijzigd.add(sleutelVan(cel.knoop.naam, cel.inst));
    if (soort !== S) this.#meld(soort, cel.knoop.naam, cel.pad);
  }

  /** @param {Cel} cel */
  #relevantie(cel) {
    const { ouder, node } = cel.knoop;
    let relevant = true;
    if (ouder !== null) {
      const { keten } = this.vorm.knoop(ouder);
      relevant = this.#cellen(ouder).get(keten.length ? cel.pad[keten.length - 1] : null)?.relevant ?? true;
    }
    if (relevant && node.relevant) relevant = naarWaar(bereken(node.relevant, this.omgeving));
    const anders = relevant !== cel.relevant;
    cel.relevant = relevant;
    return anders;
  }

  /** Looks from one question for a while. @template T @param {Cel|null} cel @param {Keuze|null} keuze @param {() => T} doe @returns {T} */
  #bij(cel, keuze, doe) {
    const [oudeCel, oudeKeuze] = [this.#hier, this.#keuze];
    [this.#hier, this.#keuze] = [cel, keuze];
    try {
      return doe();
    } finally {
      [this.#hier, this.#keuze] = [oudeCel, oudeKeuze];
    }
  }

  /** @param {Cel} cel @param {Keuze} keuze */
  #mag(cel, keuze) {
    const filter = cel.knoop.node.keuzefilter;
    return !filter || this.#bij(cel, keuze, () => naarWaar(bereken(filter, this.omgeving)));
  }

  /** @param {string} tekst @param {Cel} cel */
  #ingevuld(tekst, cel) {
    if (!tekst.includes("${")) return tekst;
    return tekst.replace(NAAM_IN_TEKST, (alles, /** @type {string} */ naam) => {
      const knoop = this.vorm.knopen.get(naam);
      return knoop ? this.#bij(cel, null, () => this.#inTekst(knoop)) : alles;
    });
  }

  /** What stands for ${naam} in a label: the answer, of a choice its label. @param {Knoop} knoop */
  #inTekst(knoop) {
    const waarden = this.omgeving.refLijst(knoop.naam, gedeeld(this.#hier?.knoop.keten ?? [], knoop.keten));
    if (knoop.soort === "herhaling") return String(waarden.length);
    const tonen = knoop.node.keuzelijst ? waarden.map((w) => this.omgeving.keuzelabel(knoop.naam, w) || w) : waarden;
    return tonen.filter((w) => w !== "").join(", ");
  }

  /** @param {number} verschilMin @returns {import("./rekenen.js").Omgeving} */
  #maakOmgeving(verschilMin) {
    const pad = () => this.#hier?.pad ?? [];
    /** @param {string} naam @param {number} diepte */
    const refLijst = (naam, diepte) => {
      const cellen = this.#cellenVan(naam, diepte, pad()).filter((cel) => cel.relevant);
      if (this.vorm.knoop(naam).soort === "herhaling") return cellen.flatMap((cel) => this.herhalingen(naam, cel.inst));
      return cellen.map((cel) => cel.effectief);
    };
    return {
      verschilMin,
      nu: this.context.nu,
      vandaag: this.context.vandaag,
      zelf: () => this.#hier?.antwoord.tekst ?? "",
      ref: (naam, diepte) => {
        const knoop = this.vorm.knoop(naam);
        if (knoop.keten.length > diepte || knoop.soort === "herhaling") return refLijst(naam, diepte);
        return this.#cellen(naam).get(diepte ? pad()[diepte - 1] : null)?.effectief ?? "";
      },
      refLijst,
      refOpPlaats: (naam, plaatsen, diepte) => {
        const { keten } = this.vorm.knoop(naam);
        /** @type {string|null} */
        let inst = diepte ? pad()[diepte - 1] : null;
        for (let i = diepte; i < keten.length; i += 1) {
          /** @type {string|undefined} */
          const volgende = this.herhalingen(keten[i], inst)[Math.trunc(plaatsen[i - diepte]) - 1];
          if (volgende === undefined) return "";
          inst = volgende;
        }
        return this.#cellen(naam).get(inst)?.effectief ?? "";
      },
      plaats: (niveau) => {
        const id = pad()[niveau - 1];
        const instantie = /** @type {Instantie} */ (this.#instanties.get(id));
        return this.herhalingen(instantie.groep, instantie.ouder).indexOf(id) + 1;
      },
      kolom: (naam) => {
        if (naam === "name") return this.#keuze?.naam ?? "";
        if (naam === "label") return this.vertaald(this.#keuze?.label);
        return this.#keuze?.kolommen?.[naam] ?? "";
      },
      keuzelabel: (vraag, waarde) => {
        const knoop = this.vorm.knoop(vraag);
        const lijst = this.vorm.keuzes.get(knoop.node.keuzelijst ?? "");
        const namen = knoop.type === "select_one" ? [waarde] : keuzenVan(waarde);
        return namen.filter((naam) => lijst?.has(naam)).map((naam) => this.vertaald(lijst?.get(naam)?.label)).join(", ");
      },
      opzoeken: (bestand, kolom, sleutelkolom, sleutel) => this.vorm.opzoeken(bestand, kolom, sleutelkolom, sleutel),
    };
  }
}

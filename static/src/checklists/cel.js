// @ts-check
// One question in one repeat instance, and how its value and status follow from the others. As rules/cel.py.

import { LEEG, leesAntwoord, zelfde } from "./antwoord.js";
import { bereken } from "./rekenen.js";
import { keuzenVan } from "./tekst.js";
import { naarGetal, naarTekst, naarWaar } from "./waarden.js";

/** @typedef {import("./vorm.js").Knoop} Knoop */
/** @typedef {import("./vorm.js").Keuze} Keuze */
/** @typedef {import("./rekenen.js").Omgeving} Omgeving */

const MAX_HERHALINGEN = 1000;
const PAST_NIET = "Dit antwoord past niet meer bij de andere antwoorden. Kies opnieuw.";

/** "vraag" or "vraag@herhaling_id". @param {string} naam @param {string|null} inst */
export function sleutelVan(naam, inst) {
  return inst === null ? naam : `${naam}@${inst}`;
}

/** @param {string} sleutel @returns {[naam: string, inst: string|null]} */
export function deelSleutel(sleutel) {
  const i = sleutel.indexOf("@");
  return i < 0 ? [sleutel, null] : [sleutel.slice(0, i), sleutel.slice(i + 1)];
}

/** The state of a question. `fout` is null (fine), "" (constraint not met) or a message. */
export class Cel {
  /** @param {Knoop} knoop @param {Map<string, Keuze>} namen @param {string|null} inst @param {string[]} pad */
  constructor(knoop, namen, inst, pad) {
    this.knoop = knoop;
    this.namen = namen;
    this.inst = inst;
    this.pad = pad;
    this.sleutel = sleutelVan(knoop.naam, inst);
    this.antwoord = LEEG;
    this.bewaard = false;
    this.uitZichzelf = false;
    this.relevant = true;
    /** @type {boolean|null} what readers of the value know; null: nothing yet */
    this.gemeldRelevant = null;
    this.effectief = "";
    this.verplicht = false;
    /** @type {string|null} */
    this.fout = null;
    this.vuurt = false;
    /** @type {number|null} */
    this.aantal = null;
  }
}

/** @param {Cel} cel @param {import("./waarden.js").Waarde} w */
function alsAntwoord(cel, w) {
  if (typeof w === "number" && !Number.isFinite(w)) return LEEG;
  const ruw = Array.isArray(w) ? naarTekst(w) : w === 0 ? 0 : w;
  if (cel.knoop.type === "calculate") return ruw === "" ? LEEG : { waarde: ruw, tekst: naarTekst(w), fout: null };
  return leesAntwoord(cel.knoop.node, cel.namen, ruw);
}

/** Whether the question is asked, `ouder` (its group or repeat) included; whether that changed. @param {Cel} cel @param {Cel|null} ouder @param {Omgeving} omg */
export function berekenRelevantie(cel, ouder, omg) {
  const uitdrukking = cel.knoop.node.relevant;
  let relevant = ouder?.relevant ?? true;
  if (relevant && uitdrukking) relevant = naarWaar(bereken(uitdrukking, omg));
  const anders = relevant !== cel.relevant;
  cel.relevant = relevant;
  return anders;
}

/** Brings the value up to date; whether its readers must look again. @param {Cel} cel @param {Omgeving} omg */
export function berekenWaarde(cel, omg) {
  const node = cel.knoop.node;
  if (cel.knoop.soort === "herhaling") {
    cel.gemeldRelevant = cel.relevant;
    return true;
  }
  const oud = cel.antwoord;
  if (node.berekening) {
    if (cel.relevant) {
      cel.antwoord = alsAntwoord(cel, bereken(node.berekening, omg));
      cel.uitZichzelf = node.berekening.naam === "once";
    }
  } else if (cel.gemeldRelevant === null && !cel.bewaard && node.standaard) {
    cel.antwoord = alsAntwoord(cel, bereken(node.standaard, omg));
    cel.uitZichzelf = true;
  }
  const effectief = cel.relevant ? cel.antwoord.tekst : "";
  const anders = !zelfde(cel.antwoord, oud) || effectief !== cel.effectief || cel.relevant !== cel.gemeldRelevant;
  cel.effectief = effectief;
  cel.gemeldRelevant = cel.relevant;
  return anders;
}

/** Required, message, consequence and wanted count; whether the screen must look again. @param {Cel} cel @param {Omgeving} omg @param {(cel: Cel, keuze: Keuze) => boolean} mag */
export function berekenStatus(cel, omg, mag) {
  const node = cel.knoop.node;
  const { verplicht, fout, vuurt, aantal } = cel;
  cel.verplicht = cel.relevant && node.verplicht !== undefined && naarWaar(bereken(node.verplicht, omg));
  cel.fout = cel.effectief === "" ? null : foutVan(cel, omg, mag);
  cel.vuurt = cel.relevant && node.gevolg !== undefined && vuurtNu(cel, omg);
  cel.aantal = cel.relevant && node.aantal ? telling(naarGetal(bereken(node.aantal, omg), 0)) : null;
  return cel.knoop.dynamisch || verplicht !== cel.verplicht || fout !== cel.fout || vuurt !== cel.vuurt || aantal !== cel.aantal;
}

/** @param {number} getal */
const telling = (getal) => (Number.isNaN(getal) || getal < 0 ? 0 : Math.trunc(Math.min(getal, MAX_HERHALINGEN)));

/** @param {Cel} cel @param {Omgeving} omg @param {(cel: Cel, keuze: Keuze) => boolean} mag @returns {string|null} */
function foutVan(cel, omg, mag) {
  const { node, type } = cel.knoop;
  if (cel.antwoord.fout !== null) return cel.antwoord.fout;
  if (node.keuzefilter && node.keuzelijst) {
    const gekozen = type === "select_one" ? [cel.effectief] : keuzenVan(cel.effectief);
    for (const naam of gekozen) {
      const keuze = cel.namen.get(naam);
      if (keuze && !mag(cel, keuze)) return PAST_NIET;
    }
  }
  return node.beperking && !naarWaar(bereken(node.beperking, omg)) ? "" : null;
}

/** Whether the consequence holds: gevolg_als, or without it an answer that says yes. @param {Cel} cel @param {Omgeving} omg */
function vuurtNu(cel, omg) {
  const { node, type } = cel.knoop;
  if (node.gevolg_als) return naarWaar(bereken(node.gevolg_als, omg));
  if (type === "select_one") return cel.effectief === "ja";
  if (type === "integer" || type === "decimal" || type === "range") return naarGetal(cel.effectief, 0) > 0;
  if (type === "calculate") return !["", "false", "0", "nee"].includes(cel.effectief);
  return cel.effectief !== "";
}

// @ts-check
// The open visit: its checklist on the screen, the review before "afronden", and how far saving and sending are.

import { Bezoek } from "../bezoek/bezoek.js";
import { momentHier } from "../dienst/kalender.js";
import { checklistVoor, stopsVan } from "../dienst/pak.js";
import { noodnummers } from "../dienst/zorgkaart.js";
import { Namen } from "../samen/namen.js";
import { ChecklistScherm } from "../scherm/checklist.js";
import { volgPlekVan } from "../scherm/controles/beeld.js";
import { h, knop } from "../scherm/dom.js";
import { sleutelVan } from "../ops/operatie.js";

/** @typedef {import("../opslag/kluis.js").Kluis} Kluis */
/** @typedef {import("../opslag/oplogboek.js").Oplogboek} Oplogboek */
/** @typedef {import("../opslag/fotos.js").Fotos} Fotos */
/** @typedef {import("../dienst/taalgeheugen.js").Taalgeheugen} Taalgeheugen */

const TAAL = "nl";

export class Bezoekscherm {
  /** @type {Bezoek|null} */
  bezoek = null;
  /** @type {ChecklistScherm|null} */
  checklist = null;
  /** @type {any} */
  stop = null;
  /** @type {HTMLElement|undefined} */
  vak;
  /** @type {any} */
  samenvatwekker;
  /** @type {any} */
  standwekker;
  /** @type {import("../samen/samen.js").Samen|null} who else is in this visit */
  samen = null;
  /** @type {import("../samen/aanvullen.js").Leesstand|null} a finished visit is read, until somebody says why they add to it */
  leesstand = null;

  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.app = app;
  }

  /** @param {string} bezoekId @param {string} hash */
  async toon(bezoekId, hash) {
    if (this.bezoek?.bezoekId === bezoekId && this.bezoek.definitie.hash === hash && this.checklist) return this.#plaatsChecklist();
    const stop = [...stopsVan(this.app.pak), ...(this.app.pak?.behouden ?? [])].find((s) => s.bezoek_id === bezoekId);
    const bekend = await this.app.kluis?.db.get("bezoeken", bezoekId);
    const begonnen = bekend?.checklists ?? [];
    const definitie = checklistVoor(this.app.pak, hash, begonnen);
    if (!definitie) return this.app.ga("stops");
    this.sluit();
    const delen = { kluis: /** @type {Kluis} */ (this.app.kluis), logboek: /** @type {Oplogboek} */ (this.app.logboek), fotos: /** @type {Fotos} */ (this.app.fotos), bezoekId };
    this.bezoek = await Bezoek.open({
      ...delen, definitie, context: { ...stop?.context, nu: momentHier(new Date()), vandaag: stop?.context?.datum, taal: TAAL },
      meldOpslag: (stand, fout) => this.checklist?.zetOpslag(stand, fout), naOp: (op) => this.#naOp(op), soort: this.app.pak?.gebruiker?.partnersoort,
    });
    this.bezoek.namen = new Namen(delen.kluis.gebruiker?.id ?? "", this.app.pak);
    if (!begonnen.includes(definitie.hash)) await this.app.logboek?.onthoudBezoek(bezoekId, { checklists: [...begonnen, definitie.hash] });
    this.stop = stop;
    void volgPlekVan(this.bezoek);
    this.#maakChecklist(this.bezoek, TAAL);
    await this.#versStand();
  }

  /** @param {Bezoek} bezoek @param {string} taal of the questions */
  #maakChecklist(bezoek, taal) {
    this.vak = h("div", { class: "bezoek" });
    this.checklist = new ChecklistScherm(this.vak, { bezoek, stop: this.stop, taal, adressen: this.app.adressen, gebruikerId: this.app.kluis?.gebruiker?.id ?? "", geheugen: this.stoptaal(), nummers: noodnummers(this.app.pak, bezoek.bezoekId) }, {
      terug: () => this.app.ga("stops"), controle: () => this.app.ga(`controle/${bezoek.bezoekId}`), taal: (nieuw) => void this.#wisselTaal(nieuw), zorgkaart: () => this.app.toonZorgkaart(),
    });
    this.#plaatsChecklist();
    const { checklist } = this;
    void this.#beginSamen(bezoek, checklist, this.vak).catch((fout) => {
      if (this.checklist === checklist) throw fout; // closed or locked meanwhile: nothing left to begin
    });
  }

  /** What is not needed to start working comes after it. @param {Bezoek} bezoek @param {ChecklistScherm} checklist @param {HTMLElement} vak */
  async #beginSamen(bezoek, checklist, vak) {
    const leesMaar = async () => {
      if (this.leesstand || this.checklist !== checklist) return;
      const { Leesstand } = await import("../samen/aanvullen.js");
      if (!this.leesstand && this.checklist === checklist) this.leesstand = new Leesstand({ vak, bezoek });
    };
    const [metStand] = await this.app.metStand([this.stop ?? { bezoek_id: bezoek.bezoekId, id: "" }]);
    if (metStand.toestand === "afgerond") await leesMaar();
    const { Samen } = await import("../samen/samen.js");
    if (this.checklist !== checklist || !bezoek.namen) return;
    this.samen = new Samen({ app: this.app, bezoek, checklist, namen: bezoek.namen, afgerond: () => void leesMaar() });
    await this.samen.start();
  }

  #eindSamen() {
    this.samen?.stop();
    this.leesstand?.sluit();
    this.samen = this.leesstand = null;
  }

  /** The same visit with its questions in another language. @param {string} taal */
  async #wisselTaal(taal) {
    const { bezoek, checklist } = this;
    if (!bezoek || !checklist) return;
    await bezoek.bewaarder.spoel();
    if (this.bezoek !== bezoek) return;
    this.#eindSamen();
    checklist.ruimOp();
    if (taal !== (bezoek.definitie.standaardtaal ?? TAAL)) this.stoptaal().zet(taal);
    this.#maakChecklist(bezoek, taal);
    if (checklist.formulier.o.streng) this.checklist?.formulier.maakStreng();
    this.checklist?.zetOpslag(bezoek.bewaarder.stand, bezoek.bewaarder.fout);
    /** @type {HTMLElement|null|undefined} */ (this.vak?.querySelector("[data-taallijst]"))?.focus();
    await this.#versStand();
  }

  /** Which language is spoken at the stop that is open. */
  stoptaal() {
    return /** @type {Taalgeheugen} */ (this.app.talen).van(this.bezoek?.bezoekId, (zin) => this.app.kop.band(zin));
  }

  #plaatsChecklist() {
    if (this.vak && this.vak.parentElement !== this.app.hoofd) {
      this.app.hoofd.replaceChildren(this.vak);
      window.scrollTo(0, 0);
    }
  }

  async toonControle() {
    const { bezoek, checklist } = this;
    if (!bezoek || !checklist) return;
    await bezoek.bewaarder.spoel();
    const [metStand] = await this.app.metStand([this.stop ?? { bezoek_id: bezoek.bezoekId, id: "" }]);
    const { toonControle, fotosHier } = await import("../scherm/controle.js");
    const apart = ((await this.app.logboek?.apart()) ?? []).filter((op) => op.bezoek_id === bezoek.bezoekId && op.vraag_id);
    const fotos = await fotosHier(/** @type {Fotos} */ (this.app.fotos), bezoek.bezoekId);
    if (this.checklist !== checklist || this.app.soort !== "controle") return;
    const terug = () => this.app.ga(`bezoek/${bezoek.bezoekId}/${bezoek.definitie.hash}`);
    const erheen = (/** @type {() => void} */ doe) => {
      terug();
      setTimeout(() => { this.#toonTerugweg(); doe(); }, 50);
    };
    const vak = h("div", { class: "bezoek" });
    this.app.hoofd.replaceChildren(vak);
    toonControle(vak, {
      bezoek, formulier: checklist.formulier, taal: TAAL, verzending: metStand.verzending, klaar: metStand.toestand === "afgerond", fotos,
      apart: apart.map((op) => ({ sleutel: sleutelVan(op.vraag_id, op.herhaling_id), reden: op.reden ?? "" })),
    }, {
      terug, naar: (sleutel) => erheen(() => checklist.formulier.gaNaar(sleutel)), naarDeel: (naam) => erheen(() => checklist.naarDeel(naam)),
      rondAf: () => void this.#rondAf(metStand),
    });
  }

  /** Who came from the review goes back to it. */
  #toonTerugweg() {
    this.vak?.querySelector(".terugcontrole")?.remove();
    const weg = h("div", { class: "terugcontrole" }, knop("Terug naar controle", () => { weg.remove(); this.app.ga(`controle/${this.bezoek?.bezoekId}`); }, { class: "knop knop-hoofd" }));
    this.vak?.querySelector(".balk")?.before(weg);
  }

  sluit() {
    this.#eindSamen();
    this.checklist?.ruimOp();
    this.bezoek?.bijlagen.sluit();
    this.checklist = this.bezoek = null;
    this.vak = undefined;
  }

  /** Whoever rounds off was inside, also when nobody tapped it. @param {any} stop with its present `toestand` */
  async #rondAf(stop) {
    if (stop.toestand && stop.toestand !== "binnen" && stop.toestand !== "afgerond") await this.app.stopscherm.zetToestand(stop, "binnen");
    if (stop.toestand !== "afgerond") await this.app.stopscherm.zetToestand(stop, "afgerond");
    this.app.ga("stops");
  }

  /** @param {string} bezoekId */
  async ververs(bezoekId) {
    if (this.bezoek?.bezoekId !== bezoekId) return;
    const anders = await this.bezoek.ververs();
    if (anders.size) this.checklist?.formulier.verwerk(anders);
    await this.samen?.naNieuws(anders);
    await this.#versStand();
  }

  async #versStand() {
    if (!this.bezoek || !this.checklist) return;
    const [metStand] = await this.app.metStand([{ bezoek_id: this.bezoek.bezoekId, id: this.stop?.id ?? "" }]);
    this.checklist?.zetVerzending(metStand.verzending);
    this.checklist?.zetVerblijf(metStand.verblijf ?? null);
  }

  /** @param {any} op */
  #naOp(op) {
    this.app.kanaal?.postMessage({ soort: "op", kluisId: this.app.kluis?.kluisId, bezoekId: op.bezoek_id });
    this.app.zender?.straks();
    // That something waits is said at once. How much reads the whole store: after the frame with the answer, once for many.
    clearTimeout(this.standwekker);
    if (this.checklist?.verzending.dataset.verzending !== "lokaal") void this.#versStand();
    else this.standwekker = setTimeout(() => void this.#versStand(), 150);
    clearTimeout(this.samenvatwekker);
    this.samenvatwekker = setTimeout(() => void this.app.vatSamen(), 400);
  }
}

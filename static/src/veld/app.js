// @ts-check
// Wiring of the field app: which screen shows, what is open, when it locks and sends.

import { Bezoek } from "./bezoek/bezoek.js";
import { rondLosseFotosAf } from "./bezoek/bijlagen.js";
import { Binnenkomst } from "./binnenkomst.js";
import { dagHier, momentHier } from "./dienst/kalender.js";
import { checklistnamen, checklistVoor, Dienst, isVerlopen, labelVan, stopsVan } from "./dienst/pak.js";
import { Taalgeheugen } from "./dienst/taalgeheugen.js";
import { Voortgang } from "./dienst/voortgang.js";
import { zorgkaartVan } from "./dienst/zorgkaart.js";
import { Kluis } from "./opslag/kluis.js";
import { Fotos } from "./opslag/fotos.js";
import { Oplogboek } from "./opslag/oplogboek.js";
import { ruimOp } from "./opslag/opschonen.js";
import { slaReddingskopieOp } from "./opslag/reddingskopie.js";
import { meetRuimte } from "./opslag/ruimte.js";
import { Toestanden } from "./opslag/toestanden.js";
import { bepaalPlaats, magZonderVragen } from "./plaatsbepaling.js";
import { Adressen } from "./scherm/adressen.js";
import { ChecklistScherm } from "./scherm/checklist.js";
import { toonControle } from "./scherm/controle.js";
import { h, tijd, zegZacht } from "./scherm/dom.js";
import { Kop } from "./scherm/kop.js";
import { toonStops } from "./scherm/stops.js";
import { toonToestel } from "./scherm/toestel.js";
import { sluitVellen } from "./scherm/vel.js";
import { toonZorgkaart } from "./scherm/zorgkaart.js";
import { Signaalmeldingen } from "./signaal/meldingen.js";
import { toonSignaalscherm } from "./signaal/scherm.js";
import { Slot } from "./slot.js";
import { Api } from "./sync/api.js";
import { maakFotozender } from "./sync/uploads.js";
import { Wachtrij } from "./sync/wachtrij.js";
import { Zender } from "./sync/zender.js";
import { Versiewissel } from "./versiewissel.js";
import { geleendeSleutel, leenSleutelUit, vergeetSleutel } from "./werker.js";

const TAAL = "nl";

export class App {
  api = new Api();
  /** @type {Kluis|null} */
  kluis = null;
  /** @type {any} */
  pak = null;
  /** @type {Bezoek|null} */
  bezoek = null;
  /** @type {ChecklistScherm|null} */
  checklist = null;
  /** @type {any} */
  hier = null;
  /** @type {string|null} */
  gekozen = null;
  opslagruimte = { zin: "", weinig: false };
  /** @type {any} */
  samenvatwekker;
  verbindingszin = "";
  /** @type {Taalgeheugen|null} */
  talen = null;

  /** @param {{hoofd: Element, kop: Element, band: Element}} plekken */
  constructor(plekken) {
    this.hoofd = plekken.hoofd;
    this.kop = new Kop(plekken, { verzend: () => void this.zender?.nu(), zorgkaart: () => this.#toonZorgkaart(), toestel: () => this.ga("toestel"), vergrendel: () => void this.vergrendel("knop") });
    this.binnenkomst = new Binnenkomst({
      api: this.api, hoofd: plekken.hoofd, binnen: (kluis) => this.#binnen(kluis), gesloten: () => this.#dbGesloten(), reddingskopie: (kluisId) => slaReddingskopieOp(kluisId, this.kluis),
    });
    this.slot = new Slot(() => void this.vergrendel("rust"));
    this.kanaal = "BroadcastChannel" in window ? new BroadcastChannel("inspecties-veld") : null;
    this.versie = new Versiewissel({
      band: (zin, aanmelden, actie) => this.kop.band(zin, aanmelden, actie), bewaarAlles: () => this.#bewaarAlles(), spoelAndere: () => this.kanaal?.postMessage({ soort: "spoel" }),
      leenSleutelUit: () => this.kluis && leenSleutelUit(this.kluis.kluisId, this.kluis.sleutel, this.slot.tot),
    });
    this.kanaal?.addEventListener("message", ({ data }) => void this.#vanAnderTabblad(data));
    window.addEventListener("hashchange", () => void this.toon());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.bezoek?.bewaarder.spoel();
    });
    window.addEventListener("pagehide", () => void this.bezoek?.bewaarder.spoel());
  }

  // ---- getting in ----

  async begin() {
    const geleend = await geleendeSleutel();
    if (geleend) {
      const kluis = await Kluis.open(geleend.kluisId, { gesloten: () => this.#dbGesloten() });
      if (await kluis.isIngericht()) {
        await kluis.neemSleutel(geleend.sleutel);
        return this.#binnen(kluis);
      }
      kluis.sluit();
    }
    await this.toonToegang();
  }

  async toonToegang() {
    this.kop.toon(false);
    await this.binnenkomst.toon();
  }

  /** @param {Kluis} kluis unlocked */
  async #binnen(kluis) {
    this.kluis = kluis;
    this.logboek = new Oplogboek(kluis);
    this.fotos = new Fotos(kluis);
    this.toestanden = new Toestanden(kluis);
    this.signalen = new Signaalmeldingen(kluis);
    this.voortgang = new Voortgang({ logboek: this.logboek, fotos: this.fotos, toestanden: this.toestanden, signalen: this.signalen });
    this.adressen = new Adressen(this.fotos);
    this.dienst = new Dienst({ kluis, api: this.api, logboek: this.logboek });
    [this.pak, this.talen] = await Promise.all([this.dienst.lees(), new Taalgeheugen(kluis).lees()]);
    const wachtrij = new Wachtrij({
      kluis, logboek: this.logboek, fotos: this.fotos, toestanden: this.toestanden, signalen: this.signalen, api: this.api, bezoeken: async () => this.#bezoekIds(),
      stuurFoto: maakFotozender({ fotos: this.fotos, token: () => this.api.token, voortgang: (_id, gedaan, totaal) => this.kop.syncZin(`Foto verzenden: ${Math.round((gedaan / Math.max(1, totaal)) * 100)} %`) }),
      meld: ({ nog }) => this.kop.syncZin(`Foto's verzenden: nog ${nog}`),
    });
    this.zender = new Zender({ ronde: () => wachtrij.ronde(), naam: kluis.kluisId, venster: window, voorRonde: () => this.kop.syncZin("Verzenden…"), naRonde: (uitslag) => void this.#naRonde(uitslag) });
    this.slot.start(() => leenSleutelUit(kluis.kluisId, kluis.sleutel, this.slot.tot));
    this.kop.toon(true);
    await this.toon();
    // After the first screen: nothing here is needed to start working.
    void (async () => {
      await rondLosseFotosAf(/** @type {Fotos} */ (this.fotos), /** @type {Oplogboek} */ (this.logboek));
      this.zender?.start();
      this.opslagruimte = await meetRuimte(true);
      await ruimOp(kluis, new Set(this.#bezoekIds()), Date.now());
      if (await magZonderVragen()) this.#zoekPlaats();
    })().catch((fout) => this.kop.band(String(fout.message ?? fout)));
  }

  /** @param {"knop"|"rust"|"elders"|"ingetrokken"} reden */
  async vergrendel(reden) {
    if (!this.kluis) return;
    await Promise.all([this.bezoek?.bewaarder.spoel(), this.signaalscherm?.sluit()]);
    this.zender?.stop();
    this.slot.stop();
    sluitVellen();
    vergeetSleutel();
    this.#sluitBezoek();
    this.adressen?.wis();
    this.kluis.sluit();
    this.kluis = this.pak = null;
    if (reden === "knop" || reden === "ingetrokken") this.kanaal?.postMessage({ soort: "vergrendel" });
    this.kop.band("");
    this.hoofd.replaceChildren();
    await this.toonToegang();
    if (reden === "rust") zegZacht("Vergrendeld omdat het toestel een tijd niet is gebruikt.");
  }

  // ---- screens ----

  async toon() {
    if (!this.kluis) return;
    const [soort, id, extra] = location.hash.slice(1).split("/").map(decodeURIComponent);
    if (soort === "bezoek" && id) return this.#toonBezoek(id, extra ?? "");
    if (soort === "controle" && this.bezoek?.bezoekId === id) return this.#toonControle();
    await Promise.all([this.bezoek?.bewaarder.spoel(), this.signaalscherm?.sluit()]);
    this.#sluitBezoek();
    if (soort === "toestel") return this.#toonToestel();
    if (soort === "signaal") return this.#toonSignaal();
    return this.#toonStops();
  }

  /** @param {string} hash */
  ga(hash) {
    if (location.hash === `#${hash}`) void this.toon();
    else location.hash = hash;
  }

  async #toonStops() {
    const stops = await this.#metStand(stopsVan(this.pak));
    const behouden = await this.#metStand(this.pak?.behouden ?? []);
    const verlopen = !!this.pak && isVerlopen(this.pak, Date.now());
    // An expired pack shows no addresses, except of work that still has to leave this device.
    const nogHier = verlopen ? stops.filter((stop) => stop.verzending.stand === "lokaal") : [];
    if (!this.kluis || this.bezoek || location.hash === "#signaal") return;
    toonStops(this.hoofd, { stops, behouden: [...behouden, ...nogHier], pak: this.pak, verlopen, hier: this.hier, opslag: this.opslagruimte, gekozen: this.gekozen }, {
      haal: () => void this.#haalDienst(), gezien: () => void this.dienst?.gezien().then((pak) => { this.pak = pak; return this.#versStops(); }), open: (stop, hash) => this.ga(`bezoek/${stop.bezoek_id}/${hash}`), controle: (stop, hash) => this.ga(`bezoek/${stop.bezoek_id}/${hash}`),
      hoeVer: () => this.#zoekPlaats(), zorgkaart: () => this.#toonZorgkaart(), signaal: () => this.ga("signaal"), zet: (stop, toestand) => void this.#zetToestand(stop, toestand), kies: (id) => { this.gekozen = id; void this.#toonStops(); window.scrollTo(0, 0); },
    });
  }

  async #versStops() {
    if (location.hash === "#signaal") return this.signaalscherm?.ververs();
    if (!this.bezoek && this.kluis && location.hash !== "#toestel") await this.#toonStops();
  }

  /** @param {any[]} stops */
  async #metStand(stops) {
    const met = (await this.voortgang?.vanStops(stops, this.pak?.gemaakt_op ?? "")) ?? [];
    return met.map((stop) => ({ ...stop, checklistnamen: checklistnamen(this.pak, stop.checklists ?? [], TAAL) }));
  }

  async #haalDienst(stil = false) {
    if (!stil) zegZacht("Dienst ophalen…");
    if (!stil) this.kop.band("");
    try {
      // Who is inside stays inside: the stop that is open is kept, also where it left the plan.
      const houd = [...((await this.voortgang?.onverzonden()) ?? []), this.bezoek?.bezoekId ?? ""];
      const uit = await this.dienst?.haal(dagHier(new Date()), new Set(houd));
      if (uit?.pak) {
        this.pak = uit.pak;
        await this.talen?.houd(this.#bezoekIds());
        zegZacht(uit.pak.planmelding || "De dienst staat op dit toestel.");
      } else if (!stil) {
        this.kop.band(uit?.zin ?? "", uit?.uitkomst === "aanmelden");
      }
    } catch (fout) {
      this.kop.band(/** @type {Error} */ (fout).message);
    }
    await this.#versStops();
    if (!stil) void this.zender?.nu();
  }

  /** @param {string} bezoekId @param {string} hash */
  async #toonBezoek(bezoekId, hash) {
    if (this.bezoek?.bezoekId === bezoekId && this.bezoek.definitie.hash === hash && this.checklist) return this.#plaatsChecklist();
    const stop = [...stopsVan(this.pak), ...(this.pak?.behouden ?? [])].find((s) => s.bezoek_id === bezoekId);
    const bekend = await this.kluis?.db.get("bezoeken", bezoekId);
    const begonnen = bekend?.checklists ?? [];
    const definitie = checklistVoor(this.pak, hash, begonnen);
    if (!definitie) return this.ga("stops");
    this.#sluitBezoek();
    const delen = { kluis: /** @type {Kluis} */ (this.kluis), logboek: /** @type {Oplogboek} */ (this.logboek), fotos: /** @type {Fotos} */ (this.fotos), bezoekId };
    this.bezoek = await Bezoek.open({
      ...delen, definitie, context: { ...stop?.context, nu: momentHier(new Date()), vandaag: stop?.context?.datum, taal: TAAL },
      meldOpslag: (stand, fout) => this.checklist?.zetOpslag(stand, fout), naOp: (op) => this.#naOp(op),
    });
    if (!begonnen.includes(definitie.hash)) await this.logboek?.onthoudBezoek(bezoekId, { checklists: [...begonnen, definitie.hash] });
    this.stop = stop;
    this.#maakChecklist(this.bezoek, TAAL);
    await this.#versStand();
  }

  /** @param {Bezoek} bezoek @param {string} taal of the questions */
  #maakChecklist(bezoek, taal) {
    this.vak = h("div", { class: "bezoek" });
    this.checklist = new ChecklistScherm(this.vak, { bezoek, stop: this.stop, taal, adressen: this.adressen, gebruikerId: this.kluis?.gebruiker?.id ?? "", geheugen: this.#stoptaal() }, {
      terug: () => this.ga("stops"), controle: () => this.ga(`controle/${bezoek.bezoekId}`), taal: (nieuw) => void this.#wisselTaal(nieuw), zorgkaart: () => this.#toonZorgkaart(),
    });
    this.#plaatsChecklist();
  }

  /** The same visit with its questions in another language. @param {string} taal */
  async #wisselTaal(taal) {
    const { bezoek, checklist } = this;
    if (!bezoek || !checklist) return;
    await bezoek.bewaarder.spoel();
    if (this.bezoek !== bezoek) return;
    checklist.ruimOp();
    if (taal !== (bezoek.definitie.standaardtaal ?? TAAL)) this.#stoptaal().zet(taal);
    this.#maakChecklist(bezoek, taal);
    if (checklist.formulier.o.streng) this.checklist?.formulier.maakStreng();
    this.checklist?.zetOpslag(bezoek.bewaarder.stand, bezoek.bewaarder.fout);
    /** @type {HTMLElement|null|undefined} */ (this.vak?.querySelector("[data-taallijst]"))?.focus();
    await this.#versStand();
  }

  /** Which language is spoken at the stop that is open. */
  #stoptaal() {
    return /** @type {Taalgeheugen} */ (this.talen).van(this.bezoek?.bezoekId, (zin) => this.kop.band(zin));
  }

  #toonZorgkaart() {
    toonZorgkaart(zorgkaartVan(this.pak), this.#stoptaal());
  }

  #plaatsChecklist() {
    if (this.vak && this.vak.parentElement !== this.hoofd) {
      this.hoofd.replaceChildren(this.vak);
      window.scrollTo(0, 0);
    }
  }

  async #toonControle() {
    const { bezoek, checklist } = this;
    if (!bezoek || !checklist) return;
    await bezoek.bewaarder.spoel();
    const [metStand] = await this.#metStand([this.stop ?? { bezoek_id: bezoek.bezoekId, id: "" }]);
    const terug = () => this.ga(`bezoek/${bezoek.bezoekId}/${bezoek.definitie.hash}`);
    const vak = h("div", { class: "bezoek" });
    this.hoofd.replaceChildren(vak);
    toonControle(vak, { bezoek, formulier: checklist.formulier, stop: this.stop, taal: TAAL, verzending: metStand.verzending }, {
      terug, naar: (sleutel) => { terug(); setTimeout(() => checklist.formulier.gaNaar(sleutel), 50); },
      rondAf: () => void this.#rondAf(metStand),
    });
  }

  async #toonSignaal() {
    this.signaalscherm = await toonSignaalscherm(this.hoofd, { meldingen: /** @type {Signaalmeldingen} */ (this.signalen), vandaag: dagHier(new Date()), terug: () => this.ga("stops"), gewijzigd: () => void this.zender?.nu() });
  }

  async #toonToestel() {
    this.opslagruimte = await meetRuimte(false);
    const apart = (await this.logboek?.apart()) ?? [];
    toonToestel(this.hoofd, {
      opslag: this.opslagruimte, herstel: (await this.kluis?.heeftHerstel()) ?? false, slotMinuten: this.slot.minuten, zin: `Ontgrendeld als ${this.kluis?.gebruiker?.naam}.`,
      apart: apart.map((op) => ({ vraag: labelVan(this.pak, op.vraag_id, TAAL), reden: op.reden ?? "", tijd: tijd(op.toestel_tijd) })),
    }, {
      terug: () => this.ga("stops"), reddingskopie: () => void slaReddingskopieOp(this.kluis?.kluisId ?? "", this.kluis), zetSlot: (minuten) => this.slot.zet(minuten),
      afmelden: () => void this.#afmelden(), wijzig: async (oud, nieuw) => this.kluis?.wijzigWachtzin(oud, nieuw, Date.now()),
    });
  }

  #sluitBezoek() {
    this.checklist?.ruimOp();
    this.checklist = this.bezoek = null;
    this.vak = undefined;
  }

  // ---- acts ----

  /** @param {any} stop @param {string} toestand */
  async #zetToestand(stop, toestand) {
    try {
      await this.bezoek?.bewaarder.spoel();
      await this.toestanden?.voegToe(stop.id, toestand, Date.now());
      zegZacht("Opgeslagen op dit toestel.");
    } catch (fout) {
      this.kop.band(/** @type {Error} */ (fout).message);
    }
    if (!this.bezoek) await this.#toonStops();
    void this.zender?.nu();
  }

  /** Whoever rounds off was inside, also when nobody tapped it. @param {any} stop with its present `toestand` */
  async #rondAf(stop) {
    if (stop.toestand && stop.toestand !== "binnen" && stop.toestand !== "afgerond") await this.#zetToestand(stop, "binnen");
    if (stop.toestand !== "afgerond") await this.#zetToestand(stop, "afgerond");
    this.ga("stops");
  }

  async #afmelden() {
    await this.vergrendel("knop");
    if (!(await this.api.meldAf())) this.kop.band("Afmelden bij de server lukte niet: geen verbinding. Dit toestel is wel vergrendeld.");
    await this.toonToegang();
  }

  #zoekPlaats() {
    bepaalPlaats((hier) => {
      this.hier = hier;
      void this.#versStops();
    }, (zin) => this.kop.band(zin));
  }

  // ---- sending and other tabs ----

  #bezoekIds() {
    return [...new Set([...stopsVan(this.pak), ...(this.pak?.behouden ?? [])].map((stop) => stop.bezoek_id).filter(Boolean))];
  }

  /** @param {any} op */
  #naOp(op) {
    this.kanaal?.postMessage({ soort: "op", kluisId: this.kluis?.kluisId, bezoekId: op.bezoek_id });
    this.zender?.straks();
    void this.#versStand();
    clearTimeout(this.samenvatwekker);
    this.samenvatwekker = setTimeout(() => void this.#vatSamen(), 400);
  }

  /** @param {any} uitslag */
  async #naRonde(uitslag) {
    if (!this.kluis) return;
    if (uitslag.uitkomst === "ingetrokken") {
      await this.kluis.trekIn();
      return this.vergrendel("ingetrokken");
    }
    if (uitslag.uitkomst === "bezig") return this.kop.syncZin("Een ander tabblad verzendt");
    const aanmelden = uitslag.uitkomst === "aanmelden" || uitslag.uitkomst === "andere_gebruiker";
    // Being offline is normal work: one quiet sentence. Everything else deserves the band.
    this.kop.band(uitslag.uitkomst === "gelukt" || uitslag.uitkomst === "netwerk" || uitslag.uitkomst === "niets" ? "" : uitslag.zin, aanmelden);
    this.verbindingszin = uitslag.uitkomst === "netwerk" ? "Offline" : "";
    await this.#vatSamen();
    for (const bezoekId of uitslag.gewijzigd ?? []) {
      this.kanaal?.postMessage({ soort: "op", kluisId: this.kluis?.kluisId, bezoekId });
      await this.#ververs(bezoekId);
    }
    await this.#versStops();
    if (this.dienst?.isNieuws(this.pak, uitslag.dienstversie)) await this.#haalDienst(true);
  }

  async #vatSamen() {
    if (this.kluis) this.kop.syncZin([this.verbindingszin, await this.voortgang?.vanToestel()].filter(Boolean).join(". "));
  }

  /** @param {string} bezoekId */
  async #ververs(bezoekId) {
    if (this.bezoek?.bezoekId !== bezoekId) return;
    const anders = await this.bezoek.ververs();
    if (anders.size) this.checklist?.formulier.verwerk(anders);
    await this.#versStand();
  }

  async #versStand() {
    if (!this.bezoek || !this.checklist) return;
    const [metStand] = await this.#metStand([{ bezoek_id: this.bezoek.bezoekId, id: this.stop?.id ?? "" }]);
    this.checklist?.zetVerzending(metStand.verzending);
  }

  /** @param {any} bericht */
  async #vanAnderTabblad(bericht) {
    if (!this.kluis) return;
    if (bericht.soort === "vergrendel") return this.vergrendel("elders");
    if (bericht.soort === "spoel") return this.bezoek?.bewaarder.spoel();
    if (bericht.soort === "op" && bericht.kluisId === this.kluis.kluisId) {
      await this.#ververs(bericht.bezoekId);
      await this.#versStops();
    }
  }

  #dbGesloten = () => this.kop.band("De opslag van deze app is door de browser gesloten. Laad de app opnieuw; wat als opgeslagen stond, staat er nog.");

  /** @returns {Promise<boolean>} whether everything was saved */
  async #bewaarAlles() {
    await this.bezoek?.bewaarder.spoel();
    return !this.bezoek || this.bezoek.bewaarder.stand === "opgeslagen";
  }
}

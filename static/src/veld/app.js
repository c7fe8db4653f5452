// @ts-check
// Wiring of the field app: which screen shows, what is open, when it locks and sends.

import { dagHier } from "./dienst/kalender.js";
import { meervoud } from "./dienst/stand.js";
import { checklistnamen, Dienst, stopsVan } from "./dienst/pak.js";
import { magZonderVragen } from "./plaatsbepaling.js";
import { h, zegZacht } from "./scherm/dom.js";
import { Bezoekscherm } from "./schermen/bezoek.js";
import { LOSSE_SCHERMEN } from "./schermen/los.js";
import { Stopscherm } from "./schermen/stops.js";
import { toonToestelscherm } from "./schermen/toestel.js";
import { rondLosseFotosAf } from "./bezoek/bijlagen.js";
import { Binnenkomst } from "./binnenkomst.js";
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
import { Adressen } from "./scherm/adressen.js";
import { Kop } from "./scherm/kop.js";
import { toonZorgkaart } from "./scherm/zorgkaart.js";
import { Signaalmeldingen } from "./signaal/meldingen.js";
import { toonSignaalscherm } from "./signaal/scherm.js";
import { binnenTijd, Slot, wisScherm } from "./slot.js";
import { Api } from "./sync/api.js";
import { Bewaking } from "./sync/bewaking.js";
import { magFotos } from "./sync/keuze.js";
import { maakFotozender } from "./sync/uploads.js";
import { soortVan } from "./sync/verbruik.js";
import { Wachtrij } from "./sync/wachtrij.js";
import { Zender } from "./sync/zender.js";
import { Versiewissel } from "./versiewissel.js";
import { geleendeSleutel, leenSleutelUit, vergeetSleutel } from "./werker.js";

const TAAL = "nl";
const bekijkVerzending = () => h("a", { class: "knop knop-klein", href: "#verzending" }, "Bekijken");

export class App {
  api = new Api();
  /** @type {Kluis|null} */
  kluis = null;
  /** @type {any} */
  pak = null;
  /** The first word of the address: which screen shows. */
  soort = "stops";
  opslagruimte = { zin: "", weinig: false };
  verbindingszin = "";
  /** @type {(() => void|Promise<void>)|null} */
  #verlaat = null;
  #vergrendelt = false;
  /** @type {Taalgeheugen|null} */
  talen = null;

  get bezoek() {
    return this.bezoekscherm.bezoek;
  }

  /** @param {{hoofd: Element, kop: Element, band: Element}} plekken */
  constructor(plekken) {
    this.hoofd = plekken.hoofd;
    this.bezoekscherm = new Bezoekscherm(this);
    this.stopscherm = new Stopscherm(this);
    this.kop = new Kop(plekken, { verzend: () => void this.zender?.nu(), zorgkaart: () => this.toonZorgkaart(), toestel: () => this.ga("toestel"), vergrendel: () => void this.vergrendel("knop") });
    this.binnenkomst = new Binnenkomst({
      api: this.api, hoofd: plekken.hoofd, binnen: (kluis) => this.#binnen(kluis), gesloten: () => this.#dbGesloten(), reddingskopie: (kluisId) => slaReddingskopieOp(kluisId, this.kluis),
    });
    this.slot = new Slot(() => void this.vergrendel("rust"));
    this.kanaal = "BroadcastChannel" in window ? new BroadcastChannel("inspecties-veld") : null;
    this.versie = new Versiewissel({
      band: (zin, aanmelden, actie) => (actie ? this.kop.bied(zin, actie) : this.kop.band(zin, aanmelden)), bewaarAlles: () => this.#bewaarAlles(), spoelAndere: () => this.kanaal?.postMessage({ soort: "spoel" }),
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
      kluis, logboek: this.logboek, fotos: this.fotos, toestanden: this.toestanden, signalen: this.signalen, api: this.api, bezoeken: async () => this.bezoekIds(),
      stuurFoto: maakFotozender({ fotos: this.fotos, token: () => this.api.token, voortgang: (_id, gedaan, totaal) => this.kop.syncZin(`Foto verzenden: ${Math.round((gedaan / Math.max(1, totaal)) * 100)} %`), gestuurd: (bytes) => this.bewaking?.verbruik.tel("fotos", bytes) }),
      meld: ({ nog }) => this.kop.syncZin(`Foto's verzenden: nog ${nog}`), magFotos,
    });
    this.zender = new Zender({ ronde: () => wachtrij.ronde(), naam: kluis.kluisId, venster: window, voorRonde: () => this.kop.syncZin("Verzenden…"), naRonde: (uitslag) => void this.#naRonde(uitslag) });
    this.bewaking = new Bewaking({ kluis, logboek: this.logboek, zender: this.zender });
    this.api.bijVersturen = (pad, bytes) => this.bewaking?.verbruik.tel(soortVan(pad) ?? "antwoorden", bytes);
    this.slot.start(() => leenSleutelUit(kluis.kluisId, kluis.sleutel, this.slot.tot));
    this.kop.toon(true);
    await this.toon();
    // After the first screen: nothing here is needed to start working.
    void (async () => {
      await rondLosseFotosAf(/** @type {Fotos} */ (this.fotos), /** @type {Oplogboek} */ (this.logboek));
      const gewist = await this.bewaking?.begin();
      this.zender?.start();
      if (gewist) this.ga("verzending");
      this.opslagruimte = await meetRuimte(true);
      await ruimOp(kluis, new Set(this.bezoekIds()), Date.now());
      if (await magZonderVragen()) this.stopscherm.zoekPlaats();
    })().catch((fout) => this.kop.band(String(fout.message ?? fout)));
  }

  /** @param {"knop"|"rust"|"elders"|"ingetrokken"} reden */
  async vergrendel(reden) {
    const { kluis } = this;
    if (!kluis || this.#vergrendelt) return;
    this.#vergrendelt = true;
    // Nobody sees anything from here on; the lock never waits for what is slow or fails to close.
    document.documentElement.toggleAttribute("data-dicht", true);
    await binnenTijd([this.bezoek?.bewaarder.klaar(), this.signaalscherm?.sluit(), this.#verlaat?.()]);
    this.#verlaat = null;
    this.zender?.stop();
    this.bewaking?.stop();
    this.slot.stop();
    vergeetSleutel();
    this.bezoekscherm.sluit();
    this.adressen?.wis();
    kluis.sluit();
    wisScherm(this.hoofd);
    this.kluis = this.pak = this.talen = this.bezoekscherm.stop = this.stopscherm.hier = this.stopscherm.gekozen = null;
    for (const deel of ["logboek", "fotos", "toestanden", "signalen", "voortgang", "adressen", "dienst", "zender", "bewaking", "signaalscherm"]) /** @type {any} */ (this)[deel] = undefined;
    if (reden === "knop" || reden === "ingetrokken") this.kanaal?.postMessage({ soort: "vergrendel" });
    this.kop.band("");
    this.#vergrendelt = false;
    document.documentElement.toggleAttribute("data-dicht", false);
    await this.toonToegang();
    if (reden === "rust") zegZacht("Vergrendeld omdat het toestel een tijd niet is gebruikt.");
  }

  // ---- screens ----

  async toon() {
    if (!this.kluis) return;
    const [soort, id, extra, naar] = location.hash.slice(1).split("/").map(decodeURIComponent);
    this.soort = soort || "stops";
    await this.#verlaat?.();
    this.#verlaat = null;
    if (soort === "bezoek" && id) {
      await this.bezoekscherm.toon(id, extra ?? "");
      if (naar) this.bezoekscherm.checklist?.formulier.gaNaar(naar);
      return;
    }
    if (soort === "controle" && this.bezoek?.bezoekId === id) return this.bezoekscherm.toonControle();
    await Promise.all([this.bezoek?.bewaarder.spoel(), this.signaalscherm?.sluit()]);
    this.bezoekscherm.sluit();
    if (soort === "toestel") return toonToestelscherm(this);
    const los = LOSSE_SCHERMEN[soort ?? ""];
    if (los) return this.#toonLos(los, id, extra);
    if (soort === "signaal") return this.#toonSignaal();
    this.soort = "stops";
    return this.stopscherm.toon();
  }

  /** @param {() => Promise<any>} haal @param {(string|undefined)[]} delen of the address */
  async #toonLos(haal, ...delen) {
    const { toon } = await haal();
    this.#verlaat = (await toon(this, ...delen.filter(Boolean))) ?? null;
  }

  /** @param {string} hash */
  ga(hash) {
    if (location.hash === `#${hash}`) void this.toon();
    else location.hash = hash;
  }

  async versStops() {
    if (this.soort === "signaal") return this.signaalscherm?.ververs();
    if (!this.bezoek && this.kluis && this.soort === "stops") await this.stopscherm.toon();
  }

  /** @param {any[]} stops */
  async metStand(stops) {
    const met = (await this.voortgang?.vanStops(stops, this.pak?.gemaakt_op ?? "")) ?? [];
    return met.map((stop) => ({ ...stop, checklistnamen: checklistnamen(this.pak, stop.checklists ?? [], TAAL) }));
  }

  toonZorgkaart() {
    toonZorgkaart(zorgkaartVan(this.pak), this.bezoekscherm.stoptaal());
  }

  async #toonSignaal() {
    this.signaalscherm = await toonSignaalscherm(this.hoofd, { meldingen: /** @type {Signaalmeldingen} */ (this.signalen), vandaag: dagHier(new Date()), terug: () => this.ga("stops"), gewijzigd: () => void this.zender?.nu() });
  }

  // ---- sending and other tabs ----

  bezoekIds() {
    return [...new Set([...stopsVan(this.pak), ...(this.pak?.behouden ?? [])].map((stop) => stop.bezoek_id).filter(Boolean))];
  }

  /** @param {any} uitslag */
  async #naRonde(uitslag) {
    if (!this.kluis) return;
    // A lost tablet has no login any more, so there the server is asked about the device itself.
    if (uitslag.uitkomst === "ingetrokken" || (uitslag.uitkomst === "aanmelden" && (await this.binnenkomst.isIngetrokken(this.kluis.toestelId)))) {
      await this.kluis.trekIn();
      return this.vergrendel("ingetrokken");
    }
    if (uitslag.uitkomst === "bezig") return this.kop.syncZin("Een ander tabblad verzendt");
    const aanmelden = uitslag.uitkomst === "aanmelden" || uitslag.uitkomst === "andere_gebruiker";
    // Being offline is normal work: one quiet sentence. Everything else deserves the band.
    this.kop.band(uitslag.uitkomst === "gelukt" || uitslag.uitkomst === "netwerk" || uitslag.uitkomst === "niets" ? "" : uitslag.zin, aanmelden);
    if (uitslag.apart && uitslag.uitkomst === "gelukt" && this.soort !== "verzending") this.kop.band(`${meervoud(uitslag.apart, "onderdeel is", "onderdelen zijn")} apart gezet. De rest gaat gewoon door.`, false, bekijkVerzending());
    this.verbindingszin = uitslag.uitkomst === "netwerk" ? "Offline" : "";
    await this.bewaking?.naRonde(uitslag);
    await this.vatSamen();
    for (const bezoekId of uitslag.gewijzigd ?? []) {
      this.kanaal?.postMessage({ soort: "op", kluisId: this.kluis?.kluisId, bezoekId });
      await this.bezoekscherm.ververs(bezoekId);
    }
    await this.versStops();
    if (this.dienst?.isNieuws(this.pak, uitslag.dienstversie)) await this.stopscherm.haal(true);
  }

  async vatSamen() {
    if (this.kluis) this.kop.syncZin([this.verbindingszin, await this.voortgang?.vanToestel()].filter(Boolean).join(". "));
  }

  /** @param {any} bericht */
  async #vanAnderTabblad(bericht) {
    if (!this.kluis) return;
    if (bericht.soort === "vergrendel") return this.vergrendel("elders");
    if (bericht.soort === "spoel") return this.bezoek?.bewaarder.spoel();
    if (bericht.soort === "op" && bericht.kluisId === this.kluis.kluisId) {
      await this.bezoekscherm.ververs(bericht.bezoekId);
      await this.versStops();
    }
  }

  #dbGesloten = () => this.kop.band("De opslag van deze app is door de browser gesloten. Laad de app opnieuw; wat als opgeslagen stond, staat er nog.");

  /** @returns {Promise<boolean>} whether everything was saved */
  async #bewaarAlles() {
    await this.bezoek?.bewaarder.spoel();
    return !this.bezoek || this.bezoek.bewaarder.stand === "opgeslagen";
  }
}

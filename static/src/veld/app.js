// @ts-check
// Wiring of the field app: which screen shows, what is open, when it locks and sends.

import { Bezoek } from "./bezoek/bezoek.js";
import { rondLosseFotosAf } from "./bezoek/bijlagen.js";
import { vertaal } from "./bezoek/structuur.js";
import { Binnenkomst } from "./binnenkomst.js";
import { Dienst, isVerlopen, stopsVan } from "./dienst/pak.js";
import { verzendstand } from "./dienst/stand.js";
import { Kluis } from "./opslag/kluis.js";
import { Fotos } from "./opslag/fotos.js";
import { Oplogboek } from "./opslag/oplogboek.js";
import { ruimOp } from "./opslag/opschonen.js";
import { maakReddingskopie } from "./opslag/reddingskopie.js";
import { meetRuimte } from "./opslag/ruimte.js";
import { Toestanden } from "./opslag/toestanden.js";
import { Adressen } from "./scherm/adressen.js";
import { ChecklistScherm } from "./scherm/checklist.js";
import { toonControle } from "./scherm/controle.js";
import { h, knop, tijd, vul, zegZacht } from "./scherm/dom.js";
import { icoon } from "./scherm/iconen.js";
import { toonStops } from "./scherm/stops.js";
import { toonToestel } from "./scherm/toestel.js";
import { Slot } from "./slot.js";
import { Api } from "./sync/api.js";
import { maakFotozender } from "./sync/uploads.js";
import { Wachtrij } from "./sync/wachtrij.js";
import { Zender } from "./sync/zender.js";
import { geleendeSleutel, leenSleutelUit, neemOver, vergeetSleutel } from "./werker.js";

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
  zelfGewisseld = false;

  /** @param {{hoofd: Element, kop: Element, band: Element}} plekken */
  constructor(plekken) {
    this.p = plekken;
    this.binnenkomst = new Binnenkomst({
      api: this.api, hoofd: plekken.hoofd, binnen: (kluis) => this.#binnen(kluis), gesloten: () => this.#dbGesloten(), reddingskopie: (kluisId) => this.#reddingskopie(kluisId),
    });
    this.slot = new Slot(() => void this.vergrendel("rust"));
    this.kanaal = "BroadcastChannel" in window ? new BroadcastChannel("inspecties-veld") : null;
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
    this.#kop(false);
    await this.binnenkomst.toon();
  }

  /** @param {Kluis} kluis unlocked */
  async #binnen(kluis) {
    this.kluis = kluis;
    this.logboek = new Oplogboek(kluis);
    this.fotos = new Fotos(kluis);
    this.toestanden = new Toestanden(kluis);
    this.adressen = new Adressen(this.fotos);
    this.dienst = new Dienst({ kluis, api: this.api, logboek: this.logboek });
    this.pak = await this.dienst.lees();
    const wachtrij = new Wachtrij({
      kluis, logboek: this.logboek, fotos: this.fotos, toestanden: this.toestanden, api: this.api, bezoeken: async () => this.#bezoekIds(),
      stuurFoto: maakFotozender({ fotos: this.fotos, token: () => this.api.token, voortgang: (_id, gedaan, totaal) => this.#syncZin(`Foto verzenden: ${Math.round((gedaan / Math.max(1, totaal)) * 100)} %`) }),
      meld: ({ nog }) => this.#syncZin(`Foto's verzenden: nog ${nog}`),
    });
    this.zender = new Zender({ ronde: () => wachtrij.ronde(), naam: kluis.kluisId, venster: window, voorRonde: () => this.#syncZin("Verzenden…"), naRonde: (uitslag) => void this.#naRonde(uitslag) });
    this.slot.start(() => leenSleutelUit(kluis.kluisId, kluis.sleutel, this.slot.tot));
    this.#kop(true);
    await this.toon();
    // After the first screen: nothing here is needed to start working.
    void (async () => {
      await rondLosseFotosAf(/** @type {Fotos} */ (this.fotos), /** @type {Oplogboek} */ (this.logboek));
      this.zender?.start();
      this.opslagruimte = await meetRuimte(true);
      await ruimOp(kluis, new Set(this.#bezoekIds()), Date.now());
      await this.#kijkWaarIkBen();
    })().catch((fout) => this.#band(String(fout.message ?? fout)));
  }

  /** @param {"knop"|"rust"|"elders"|"ingetrokken"} reden */
  async vergrendel(reden) {
    if (!this.kluis) return;
    await this.bezoek?.bewaarder.spoel();
    this.zender?.stop();
    this.slot.stop();
    vergeetSleutel();
    this.#sluitBezoek();
    this.adressen?.wis();
    this.kluis.sluit();
    this.kluis = this.pak = null;
    if (reden === "knop" || reden === "ingetrokken") this.kanaal?.postMessage({ soort: "vergrendel" });
    this.#band("");
    this.p.hoofd.replaceChildren();
    await this.toonToegang();
    if (reden === "rust") zegZacht("Vergrendeld omdat het toestel een tijd niet is gebruikt.");
  }

  // ---- screens ----

  async toon() {
    if (!this.kluis) return;
    const [soort, id, extra] = location.hash.slice(1).split("/").map(decodeURIComponent);
    if (soort === "bezoek" && id) return this.#toonBezoek(id, extra ?? "");
    if (soort === "controle" && this.bezoek?.bezoekId === id) return this.#toonControle();
    await this.bezoek?.bewaarder.spoel();
    this.#sluitBezoek();
    if (soort === "toestel") return this.#toonToestel();
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
    if (!this.kluis || this.bezoek) return;
    toonStops(this.p.hoofd, { stops, behouden: [...behouden, ...nogHier], pak: this.pak, verlopen, hier: this.hier, opslag: this.opslagruimte, gekozen: this.gekozen }, {
      haal: () => void this.#haalDienst(), open: (stop, hash) => this.ga(`bezoek/${stop.bezoek_id}/${hash}`), controle: (stop, hash) => this.ga(`bezoek/${stop.bezoek_id}/${hash}`),
      hoeVer: () => this.#zoekPlaats(), zet: (stop, toestand) => void this.#zetToestand(stop, toestand), kies: (id) => { this.gekozen = id; void this.#toonStops(); window.scrollTo(0, 0); },
    });
  }

  /** @param {any[]} stops */
  async #metStand(stops) {
    const [ops, fotos, bezoeken, toestanden] = await Promise.all([this.logboek?.tellingen(), this.fotos?.tellingen(), this.logboek?.bezoeken(), this.toestanden?.lijst()]);
    const compleet = new Map(bezoeken?.map((bezoek) => [bezoek.bezoek_id, bezoek.compleet]));
    return stops.map((stop) => {
      const eigen = toestanden?.filter((t) => t.stop_id === stop.id) ?? [];
      const geldig = eigen.filter((t) => t.status !== "apart" && (t.status === "wacht" || t.op > (this.pak?.gemaakt_op ?? ""))).at(-1);
      return {
        ...stop, toestand: geldig?.toestand ?? stop.toestand, toestandFout: eigen.at(-1)?.status === "apart" ? eigen.at(-1)?.reden : null,
        verzending: verzendstand({ ops: ops?.get(stop.bezoek_id) ?? {}, fotos: fotos?.get(stop.bezoek_id) ?? {}, compleet: compleet.get(stop.bezoek_id) === true }),
        checklistnamen: Object.fromEntries((stop.checklists ?? []).map((/** @type {string} */ hash) => [hash, vertaal(this.pak?.definities?.[hash]?.titel, TAAL)])),
      };
    });
  }

  async #haalDienst() {
    zegZacht("Dienst ophalen…");
    this.#band("");
    const onverzonden = new Set([...((await this.logboek?.tellingen()) ?? [])].filter(([, t]) => t.wacht).map(([id]) => id));
    const nu = new Date();
    const datum = `${nu.getFullYear()}-${String(nu.getMonth() + 1).padStart(2, "0")}-${String(nu.getDate()).padStart(2, "0")}`;
    try {
      const uit = await this.dienst?.haal(datum, onverzonden);
      if (uit?.pak) {
        this.pak = uit.pak;
        zegZacht("De dienst staat op dit toestel.");
      } else {
        this.#band(uit?.zin ?? "", uit?.uitkomst === "aanmelden");
      }
    } catch (fout) {
      this.#band(/** @type {Error} */ (fout).message);
    }
    await this.#toonStops();
    void this.zender?.nu();
  }

  /** @param {string} bezoekId @param {string} hash */
  async #toonBezoek(bezoekId, hash) {
    if (this.bezoek?.bezoekId === bezoekId && this.bezoek.definitie.hash === hash && this.checklist) return this.#plaatsChecklist();
    const stop = [...stopsVan(this.pak), ...(this.pak?.behouden ?? [])].find((s) => s.bezoek_id === bezoekId);
    const bekend = await this.kluis?.db.get("bezoeken", bezoekId);
    // A visit that began with a version of a checklist keeps that version.
    const gekozen = (bekend?.checklists ?? []).find((/** @type {string} */ oud) => this.pak?.definities?.[oud]?.naam === this.pak?.definities?.[hash]?.naam) ?? hash;
    const definitie = this.pak?.definities?.[gekozen];
    if (!definitie) return this.ga("stops");
    this.#sluitBezoek();
    const delen = { kluis: /** @type {Kluis} */ (this.kluis), logboek: /** @type {Oplogboek} */ (this.logboek), fotos: /** @type {Fotos} */ (this.fotos), bezoekId };
    this.bezoek = await Bezoek.open({
      ...delen, definitie: { ...definitie, hash: definitie.hash ?? gekozen }, context: { ...stop?.context, nu: momentHier(new Date()), vandaag: stop?.context?.datum, taal: TAAL },
      meldOpslag: (stand, fout) => this.checklist?.zetOpslag(stand, fout), naOp: (op) => this.#naOp(op),
    });
    if (!(bekend?.checklists ?? []).includes(gekozen)) await this.logboek?.onthoudBezoek(bezoekId, { checklists: [...(bekend?.checklists ?? []), gekozen] });
    this.stop = stop;
    const vak = h("div", { class: "bezoek" });
    this.vak = vak;
    this.checklist = new ChecklistScherm(vak, { bezoek: this.bezoek, stop, taal: TAAL, adressen: this.adressen, gebruikerId: this.kluis?.gebruiker?.id ?? "" }, {
      terug: () => this.ga("stops"), controle: () => this.ga(`controle/${bezoekId}`),
    });
    this.#plaatsChecklist();
    await this.#versStand();
  }

  #plaatsChecklist() {
    if (this.vak && this.vak.parentElement !== this.p.hoofd) {
      this.p.hoofd.replaceChildren(this.vak);
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
    this.p.hoofd.replaceChildren(vak);
    toonControle(vak, { bezoek, formulier: checklist.formulier, stop: this.stop, taal: TAAL, verzending: metStand.verzending }, {
      terug, naar: (sleutel) => { terug(); setTimeout(() => checklist.formulier.gaNaar(sleutel), 50); },
      rondAf: () => void this.#rondAf(metStand),
    });
  }

  async #toonToestel() {
    this.opslagruimte = await meetRuimte(false);
    const apart = (await this.logboek?.apart()) ?? [];
    toonToestel(this.p.hoofd, {
      opslag: this.opslagruimte, herstel: (await this.kluis?.heeftHerstel()) ?? false, slotMinuten: this.slot.minuten, zin: `Ontgrendeld als ${this.kluis?.gebruiker?.naam}.`,
      apart: apart.map((op) => ({ vraag: vertaal(this.#label(op.vraag_id), TAAL) || op.vraag_id, reden: op.reden ?? "", tijd: tijd(op.toestel_tijd) })),
    }, {
      terug: () => this.ga("stops"), reddingskopie: () => void this.#reddingskopie(this.kluis?.kluisId ?? ""), zetSlot: (minuten) => this.slot.zet(minuten),
      afmelden: () => void this.#afmelden(), wijzig: async (oud, nieuw) => this.kluis?.wijzigWachtzin(oud, nieuw, Date.now()),
    });
  }

  /** @param {string} vraagId */
  #label(vraagId) {
    const zoek = (/** @type {any[]} */ knopen) => {
      for (const knoop of knopen) {
        if (knoop.naam === vraagId) return knoop.label;
        const diep = /** @type {any} */ (knoop.kinderen && zoek(knoop.kinderen));
        if (diep) return diep;
      }
      return null;
    };
    for (const definitie of Object.values(this.pak?.definities ?? {})) {
      const label = zoek(/** @type {any} */ (definitie).kinderen ?? []);
      if (label) return label;
    }
    return null;
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
      this.#band(/** @type {Error} */ (fout).message);
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
    const wie = await this.api.wieBenIk();
    if (wie.uitkomst === "gelukt") {
      await fetch("/afmelden", { method: "POST", credentials: "same-origin", redirect: "manual", headers: { "X-CSRFToken": this.api.token } }).catch(() => this.#band("Afmelden bij de server lukte niet: geen verbinding. Dit toestel is wel vergrendeld."));
    }
    await this.toonToegang();
  }

  /** @param {string} kluisId */
  async #reddingskopie(kluisId) {
    const open = this.kluis?.kluisId === kluisId;
    const kluis = open ? /** @type {Kluis} */ (this.kluis) : await Kluis.open(kluisId);
    const adres = URL.createObjectURL(await maakReddingskopie(kluis, Date.now()));
    h("a", { href: adres, download: `inspecties-reddingskopie-${new Date().toISOString().slice(0, 10)}.ndjson` }).click();
    setTimeout(() => URL.revokeObjectURL(adres), 60_000);
    if (!open) kluis.sluit();
  }

  async #kijkWaarIkBen() {
    if (!navigator.permissions || !navigator.geolocation) return;
    const recht = await navigator.permissions.query({ name: "geolocation" });
    if (recht.state === "granted") this.#zoekPlaats(); // asks nothing by itself
  }

  #zoekPlaats() {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.hier = { lat: coords.latitude, lon: coords.longitude };
        if (!this.bezoek && this.kluis) void this.#toonStops();
      },
      () => this.#band("Waar u bent is niet te bepalen. Sta locatie toe in de instellingen van het toestel."),
    );
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
    if (uitslag.uitkomst === "bezig") return this.#syncZin("Een ander tabblad verzendt");
    const aanmelden = uitslag.uitkomst === "aanmelden" || uitslag.uitkomst === "andere_gebruiker";
    // Being offline is normal work: one quiet sentence. Everything else deserves the band.
    this.#band(uitslag.uitkomst === "gelukt" || uitslag.uitkomst === "netwerk" || uitslag.uitkomst === "niets" ? "" : uitslag.zin, aanmelden);
    this.verbindingszin = uitslag.uitkomst === "netwerk" ? "Offline" : "";
    await this.#vatSamen();
    for (const bezoekId of uitslag.gewijzigd ?? []) {
      this.kanaal?.postMessage({ soort: "op", kluisId: this.kluis?.kluisId, bezoekId });
      await this.#ververs(bezoekId);
    }
    if (!this.bezoek && location.hash.slice(1).split("/")[0] !== "toestel") await this.#toonStops();
  }

  async #vatSamen() {
    if (!this.kluis) return;
    const ops = (await this.logboek?.aantalWachtend()) ?? 0;
    const fotos = ((await this.fotos?.metStatus("wacht")) ?? []).length;
    const staten = ((await this.toestanden?.lijst("wacht")) ?? []).length;
    const { zin, stand } = verzendstand({ ops: { wacht: ops + staten, opgeslagen: 1 }, fotos: { wacht: fotos }, compleet: true });
    this.#syncZin([this.verbindingszin, stand === "lokaal" ? zin : "Alles is verzonden"].filter(Boolean).join(". "));
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
      if (!this.bezoek) await this.#toonStops();
    }
  }

  #dbGesloten() {
    this.#band("De opslag van deze app is door de browser gesloten. Laad de app opnieuw; wat als opgeslagen stond, staat er nog.");
  }

  /** A new version waits: it takes over when everything is saved and the user agrees. @param {ServiceWorker} werker */
  nieuweVersie(werker) {
    this.#band("Er is een nieuwe versie van de app.", false, knop("Opslaan en bijwerken", async () => {
      this.kanaal?.postMessage({ soort: "spoel" });
      await this.bezoek?.bewaarder.spoel();
      if (this.bezoek && this.bezoek.bewaarder.stand !== "opgeslagen") return this.#band("Bijwerken kan nog niet: er is werk dat niet is opgeslagen.");
      this.zelfGewisseld = true;
      neemOver(werker);
    }));
  }

  /** The new version is in charge: this page is the old one until it reloads. */
  versieGewisseld() {
    const herlaad = async () => {
      await this.bezoek?.bewaarder.spoel();
      if (this.bezoek && this.bezoek.bewaarder.stand !== "opgeslagen") return this.#band("Herladen kan nog niet: er is werk dat niet is opgeslagen.");
      if (this.kluis) leenSleutelUit(this.kluis.kluisId, this.kluis.sleutel, this.slot.tot);
      location.reload();
    };
    if (this.zelfGewisseld) void herlaad();
    else this.#band("De app is in een ander tabblad bijgewerkt.", false, knop("Opslaan en herladen", () => void herlaad()));
  }

  // ---- head and band ----

  /** @param {boolean} open */
  #kop(open) {
    this.sync = h("button", { type: "button", class: "syncknop", "aria-label": "Nu verzenden", onclick: () => void this.zender?.nu() }, h("span", { class: "synczin" }, ""));
    vul(this.p.kop, open ? this.sync : h("span", { class: "merk" }, "Veldwerk"), open && knop([icoon("toestel")], () => this.ga("toestel"), { "aria-label": "Dit toestel", title: "Dit toestel" }), open && knop([icoon("slot")], () => void this.vergrendel("knop"), { "aria-label": "Vergrendelen", title: "Vergrendelen" }));
  }

  /** @param {string} zin */
  #syncZin(zin) {
    const plek = this.sync?.querySelector(".synczin");
    if (!plek || plek.textContent === zin) return;
    plek.textContent = zin;
    this.sync?.setAttribute("aria-label", `${zin}. Nu verzenden`);
  }

  /** @param {string} zin @param {boolean} [aanmelden] @param {HTMLElement} [actie] */
  #band(zin, aanmelden = false, actie) {
    /** @type {HTMLElement} */ (this.p.band).hidden = !zin;
    vul(this.p.band, zin && h("span", null, zin), aanmelden && h("a", { class: "knop knop-klein", href: "/aanmelden?volgende=/veld" }, "Aanmelden"), actie);
  }
}

/** @param {Date} moment @returns {string} local time with its offset, as checklists reckon: 2026-11-21T18:00:00+01:00 */
function momentHier(moment) {
  const offset = -moment.getTimezoneOffset();
  const twee = (/** @type {number} */ n) => String(Math.floor(Math.abs(n))).padStart(2, "0");
  const hier = new Date(moment.getTime() + offset * 60_000).toISOString().slice(0, 19);
  return `${hier}${offset < 0 ? "-" : "+"}${twee(offset / 60)}:${twee(offset % 60)}`;
}

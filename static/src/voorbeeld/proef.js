// @ts-check
// The preview and its trial: opens a visit in memory, shows it as on the tablet, and tells beside it what the answers lead to.

import { instantienamen, uitkomstVan, verschillen } from "../checklists/uitkomst.js";
import { Bezoek } from "../veld/bezoek/bezoek.js";
import { momentHier } from "../veld/dienst/kalender.js";
import { sleutelVan, uitSleutel } from "../veld/ops/operatie.js";
import { uuidv7 } from "../veld/ops/uuid.js";
import { Adressen } from "../veld/scherm/adressen.js";
import { ChecklistScherm } from "../veld/scherm/checklist.js";
import { toonControle } from "../veld/scherm/controle.js";
import { h, vul } from "../veld/scherm/dom.js";
import { toonZorgkaart } from "../veld/scherm/zorgkaart.js";
import { Api } from "../veld/sync/api.js";
import { Antwoordfout, opsVan, stappenVan } from "./antwoorden.js";
import { Geheugen } from "./geheugen.js";
import { Paneel } from "./paneel.js";

const NORM_ALS_ER_GEEN_IS = 12;
const UUR = "T18:00:00";
const RUST_MS = 120;
const GEEN_SERVER = { netwerk: "De server is niet bereikbaar.", aanmelden: "U bent niet meer aangemeld. Meld u opnieuw aan.", vreemd: "De server gaf geen antwoord dat te lezen is." };

export class Proef {
  api = new Api();
  geheugen = new Geheugen();
  /** @type {Bezoek|null} */
  bezoek = null;
  /** @type {ChecklistScherm|null} */
  scherm = null;
  taal = "nl";
  datum = "";
  norm = NORM_ALS_ER_GEEN_IS;
  /** @type {string|null} */
  #gesprekstaal = null;
  /** @type {any} */
  #wekker;
  /** What the server was asked last, empty when that no longer tells anything. */
  #gecontroleerd = "";

  /** @param {{pagina: HTMLElement, hoofd: HTMLElement, paneel: HTMLElement, toestel: HTMLElement, rol: HTMLElement}} plekken */
  constructor(plekken) {
    this.p = plekken;
    this.bezoekId = uuidv7();
    this.adressen = new Adressen(/** @type {any} */ (this.geheugen.fotos));
    this.adres = /** @type {string} */ (plekken.pagina.dataset.adres);
    for (const keuze of /** @type {NodeListOf<HTMLInputElement>} */ (plekken.pagina.querySelectorAll("input[name=breedte]"))) {
      keuze.addEventListener("change", () => (plekken.toestel.dataset.breedte = keuze.value));
      if (keuze.checked) plekken.toestel.dataset.breedte = keuze.value; // a browser may keep the choice over a reload
    }
  }

  async begin() {
    const antwoord = await this.api.vraag(this.adres);
    if (antwoord.uitkomst !== "gelukt") return vul(this.p.hoofd, h("p", { class: "vak vak-fout", role: "alert" }, /** @type {any} */ (GEEN_SERVER)[antwoord.uitkomst] ?? "De checklist is niet opgehaald. Laad de pagina opnieuw."));
    this.gegevens = antwoord.inhoud;
    this.definitie = this.gegevens.definitie;
    this.taal = this.definitie.standaardtaal ?? "nl";
    this.datum = this.gegevens.vandaag;
    this.norm = this.gegevens.norm_m2_pp ?? NORM_ALS_ER_GEEN_IS;
    this.paneel = new Paneel(this.p.paneel, { definitie: this.definitie, uitleg: this.gegevens.uitleg, datum: this.datum, norm: this.norm }, {
      naar: (sleutel) => this.#naar(sleutel), context: (datum, norm) => void this.#zetContext(datum, norm), bewaar: () => this.#bewaarBestand(), laad: (bestand) => void this.#laadBestand(bestand),
      wis: () => void this.#wis(), controleer: () => void this.#controleer(),
    });
    await this.#open();
  }

  get context() {
    return { nu: momentHier(new Date(`${this.datum}${UUR}`)), vandaag: this.datum, taal: this.definitie.standaardtaal ?? "nl" };
  }

  // ---- the visit ----

  async #open() {
    this.#sluit();
    const { geheugen } = this;
    this.bezoek = await Bezoek.open({
      kluis: /** @type {any} */ (geheugen), logboek: /** @type {any} */ (geheugen.logboek), fotos: /** @type {any} */ (geheugen.fotos),
      bezoekId: this.bezoekId, definitie: this.definitie, context: { ...this.context, norm_m2_pp: this.norm },
      meldOpslag: () => this.#straks(),
    });
    this.#toonChecklist();
    this.#werkBij();
  }

  #toonChecklist() {
    const bezoek = /** @type {Bezoek} */ (this.bezoek);
    const vak = h("div", { class: "bezoek" });
    this.p.hoofd.replaceChildren(vak);
    this.vak = vak;
    this.scherm = new ChecklistScherm(vak, {
      bezoek, stop: { adres: "Voorbeeldstraat 1" }, taal: this.taal, adressen: this.adressen, gebruikerId: this.geheugen.gebruiker.id, kijkvak: this.p.rol,
      geheugen: { geef: () => this.#gesprekstaal, zet: (taal) => void (this.#gesprekstaal = taal) },
    }, {
      terug: () => this.paneel?.zeg("Op de tablet gaat u hier terug naar de stops."), controle: () => this.#toonControle(),
      taal: (taal) => this.#wisselTaal(taal), zorgkaart: () => toonZorgkaart(null, { geef: () => this.#gesprekstaal, zet: (taal) => void (this.#gesprekstaal = taal) }),
    });
    this.scherm.opslag.className = "klein";
    this.scherm.opslag.textContent = "Voorbeeld: niets wordt opgeslagen";
    this.p.rol.scrollTo(0, 0);
  }

  #toonControle() {
    const { bezoek, scherm } = this;
    if (!bezoek || !scherm) return;
    const vak = h("div", { class: "bezoek" });
    this.p.hoofd.replaceChildren(vak);
    toonControle(vak, { bezoek, formulier: scherm.formulier, taal: this.taal, verzending: { zin: "Voorbeeld: er wordt niets verzonden." }, klaar: false, apart: [], fotos: [] }, {
      terug: () => this.#terugNaarChecklist(), naar: (sleutel) => this.#naar(sleutel), naarDeel: (naam) => { this.#terugNaarChecklist(); scherm.naarDeel(naam); }, rondAf: () => this.paneel?.zeg("Op de tablet rondt u hiermee het bezoek af. In dit voorbeeld gebeurt er niets."),
    });
    this.p.rol.scrollTo(0, 0);
  }

  #terugNaarChecklist() {
    if (this.vak && this.vak.parentElement !== this.p.hoofd) this.p.hoofd.replaceChildren(this.vak);
  }

  /** @param {string} taal */
  #wisselTaal(taal) {
    this.taal = taal;
    this.scherm?.ruimOp();
    this.#toonChecklist();
    /** @type {HTMLElement|null|undefined} */ (this.vak?.querySelector("[data-taallijst]"))?.focus();
  }

  /** @param {string} sleutel */
  #naar(sleutel) {
    this.#terugNaarChecklist();
    const { vraag, herhaling } = uitSleutel(sleutel);
    const { bezoek, scherm } = this;
    if (!bezoek || !scherm) return;
    if (scherm.formulier.beelden.has(sleutel) || bezoek.structuur.knoop(vraag)?.type !== "calculate") return scherm.formulier.gaNaar(sleutelVan(vraag, herhaling));
    // A calculation is nowhere on the screen: to the part in which it counts.
    const deel = scherm.formulier.delen.get(bezoek.structuur.plekken.get(vraag)?.groepen[0]?.naam)?.el;
    deel?.scrollIntoView({ block: "start", behavior: "instant" });
    deel?.querySelector("h2")?.focus({ preventScroll: true });
  }

  #sluit() {
    this.scherm?.ruimOp();
    this.scherm = this.bezoek = null;
    clearTimeout(this.#wekker);
  }

  // ---- what the answers lead to ----

  #straks() {
    clearTimeout(this.#wekker);
    this.#wekker = setTimeout(() => this.#werkBij(), RUST_MS);
  }

  #werkBij() {
    const { bezoek, paneel } = this;
    if (!bezoek || !paneel) return;
    paneel.toon(bezoek);
    if (this.#gecontroleerd && this.#gecontroleerd !== JSON.stringify(this.#bericht(bezoek))) {
      this.#gecontroleerd = "";
      paneel.zegServer("De antwoorden zijn veranderd. Controleer opnieuw.");
    }
  }

  /** @param {string} datum @param {number} norm */
  async #zetContext(datum, norm) {
    if (datum === this.datum && norm === this.norm) return;
    this.datum = datum;
    this.norm = norm;
    await this.bezoek?.bewaarder.spoel();
    // What the form worked out by itself belongs to the old day or norm; it is worked out again.
    this.geheugen.ops = this.geheugen.ops.filter((op) => this.bezoek?.structuur.knoop(op.vraag_id)?.type !== "calculate");
    await this.#open();
  }

  #bewaarBestand() {
    const tekst = JSON.stringify(this.bezoek?.sessie.serialiseer() ?? {}, null, 2);
    const adres = URL.createObjectURL(new Blob([`${tekst}\n`], { type: "application/json" }));
    h("a", { href: adres, download: `antwoorden-${this.definitie.naam}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(adres), 60_000);
  }

  /** @param {File} bestand */
  async #laadBestand(bestand) {
    try {
      const antwoorden = JSON.parse(await bestand.text());
      const stappen = stappenVan(this.definitie, antwoorden);
      this.geheugen.leeg();
      for (const op of opsVan(stappen, { bezoekId: this.bezoekId, hash: this.definitie.hash, nu: Date.now() })) await this.geheugen.logboek.voegToe(op);
      const norm = Number(antwoorden.norm_m2_pp);
      if (norm > 0) {
        this.norm = norm;
        this.paneel?.zetNorm(norm);
        this.geheugen.ops = this.geheugen.ops.filter((op) => op.vraag_id !== "norm_m2_pp");
      }
      await this.#open();
      this.paneel?.zeg(`De antwoorden uit ${bestand.name} zijn geladen.`);
    } catch (fout) {
      if (fout instanceof Antwoordfout) this.paneel?.zeg(`${bestand.name} past niet bij deze checklist. ${fout.message}`, true);
      else if (fout instanceof SyntaxError) this.paneel?.zeg(`${bestand.name} is geen geldige JSON. Kies een bestand dat u hier heeft bewaard.`, true);
      else throw fout;
    }
  }

  async #wis() {
    this.geheugen.leeg();
    await this.#open();
    this.paneel?.zeg("Alle antwoorden zijn gewist.");
  }

  // ---- the other evaluator ----

  async #controleer() {
    const { bezoek } = this;
    if (!bezoek) return;
    this.paneel?.zegServer("De server rekent…");
    await bezoek.bewaarder.spoel();
    const hier = uitkomstVan(bezoek.sessie);
    const bericht = this.#bericht(bezoek);
    this.#gecontroleerd = JSON.stringify(bericht);
    if (!this.api.token) await this.api.wieBenIk();
    const antwoord = await this.api.stuur(`${this.adres}/evaluatie`, bericht);
    if (antwoord.uitkomst !== "gelukt") return this.paneel?.zegServer(/** @type {any} */ (GEEN_SERVER)[antwoord.uitkomst] ?? (antwoord.inhoud?.detail || "De server nam de antwoorden niet aan."), "fout");
    // Through JSON, as the server's: undefined and a missing member are one.
    const anders = verschillen(JSON.parse(JSON.stringify(hier)), antwoord.inhoud);
    if (anders.length) this.paneel?.toonVerschillen(anders);
    else this.paneel?.zegServer(`Gelijk: de server komt op precies hetzelfde uit (${hier.voorstellen.length} voorstellen, ${hier.verplicht_leeg.length} verplichte vragen leeg).`, "goed");
  }

  /** What the server evaluates. @param {Bezoek} bezoek */
  #bericht(bezoek) {
    return { antwoorden: bezoek.sessie.serialiseer(), context: this.context, bewijs: this.#bewijs(bezoek) };
  }

  /** Photos and notes by readable name. @param {Bezoek} bezoek */
  #bewijs(bezoek) {
    const namen = instantienamen(bezoek.sessie);
    return Object.fromEntries(bezoek.sessie.sleutels().flatMap((sleutel) => {
      const { vraag, herhaling } = uitSleutel(sleutel);
      const foto = bezoek.vouw.hashes(sleutel).length;
      const toelichting = bezoek.vouw.noot(sleutel).trim() !== "";
      return foto || toelichting ? [[herhaling ? `${namen.get(herhaling)}/${vraag}` : vraag, { foto, toelichting }]] : [];
    }));
  }
}

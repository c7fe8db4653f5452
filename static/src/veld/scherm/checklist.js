// @ts-check
// The screen of one checklist: head with saving and sending, the form, hints of proposals, the bar at the bottom.

import { taalVan, vertaal } from "../bezoek/structuur.js";
import { verblijfZin } from "../dienst/verblijf.js";
import { telAdres } from "../dienst/zorgkaart.js";
import { uitSleutel } from "../ops/operatie.js";
import { elementId, h, knop, vul, zegZacht } from "./dom.js";
import { Formulier } from "./formulier.js";
import { icoon } from "./iconen.js";
import { neemBestanden } from "./controles/beeld.js";
import { inTaal } from "./taal.js";
import { taallijst } from "./taalkeuze.js";
import { TaalVraag } from "./taalvraag.js";
import { inEenZin, nogNodig } from "./voorstel.js";

const OPSLAGZINNEN = { bezig: "Bezig met opslaan…", opgeslagen: "Opgeslagen op dit toestel", "niet-opgeslagen": "Niet opgeslagen" };
const MINUUT_MS = 60_000;
const ONGEDAAN_MS = 20_000;
const rustig = /** @type {(doe: () => void) => void} */ (
  typeof requestIdleCallback === "function" ? (doe) => void requestIdleCallback(doe, { timeout: 500 }) : (doe) => void setTimeout(doe, 30)
);


export class ChecklistScherm {
  /** @type {any} */
  #wekker;
  /** @type {any} */
  klok;
  /** @type {any} */
  #ongedaanwekker;
  #huidig = "";
  /** @type {string|null} the instance that somebody is in */
  #herhaling = null;
  #weg = false;
  /** @type {{in: string, uit: string|null}|null} when people went in and out */
  #verblijf = null;
  /** @type {TaalVraag|null} the sheet that shows one question in another language */
  #taalvraag = null;

  /**
   * @param {Element} plek
   * @param {{bezoek: import("../bezoek/bezoek.js").Bezoek, stop: any, taal: string, adressen: any, gebruikerId: string, geheugen: {geef: () => string|null, zet: (taal: string) => void}, kijkvak?: Element, nummers?: import("../dienst/zorgkaart.js").Nummer[]}} stand `kijkvak`: what the form scrolls in, when not the window
   * @param {{terug: () => void, controle: () => void, taal: (taal: string) => void, zorgkaart: () => void}} acties
   */
  constructor(plek, stand, acties) {
    this.s = stand;
    this.acties = acties;
    this.bezoek = stand.bezoek;
    this.opslag = h("span", { class: "opslag", "data-opslag": "opgeslagen" }, OPSLAGZINNEN.opgeslagen);
    this.verzending = h("span", { class: "klein", "data-verzending": null });
    this.tijden = h("p", { class: "klein tijden", hidden: true });
    this.opslagfout = h("div", { class: "vak vak-fout", role: "alert", hidden: true });
    this.spoed = h("div", { class: "spoed", role: "alert", hidden: true });
    this.ongedaan = h("div", { class: "ongedaan", role: "status", hidden: true });
    this.formulier = new Formulier({
      bezoek: stand.bezoek, taal: stand.taal, adressen: stand.adressen, gebruikerId: stand.gebruikerId,
      meldFout: (/** @type {string} */ zin) => this.toonFout(zin), meldOngedaan: (/** @type {string} */ zin, /** @type {() => void} */ doe) => this.#toonOngedaan(zin, doe),
      naVerwerken: () => this.#naVerwerken(), naFocus: (/** @type {string|null} */ herhaling) => {
        this.#herhaling = herhaling;
        this.#toonPlek();
      },
      toonTaal: (/** @type {import("./vraag.js").VraagBeeld} */ beeld) => (this.#taalvraag = new TaalVraag(beeld, stand.geheugen, (el) => this.#toonOpslag(el, stand.bezoek.bewaarder.stand))),
    });
    const definitie = stand.bezoek.definitie;
    const thuis = definitie.standaardtaal ?? "nl";
    const talen = [thuis, ...(definitie.talen ?? []).filter((/** @type {string} */ taal) => taal !== thuis)];
    vul(plek,
      h("div", { class: "bezoekkop" }, knop([icoon("links"), "Stops"], acties.terug, { class: "knop knop-klein" }),
        h("div", { class: "rek" }, h("h1", { tabindex: "-1" }, stand.stop?.adres ?? "Bezoek"), h("p", { class: "klein", ...inTaal(taalVan(definitie.titel, stand.taal, thuis)) }, vertaal(definitie.titel, stand.taal, thuis))),
        h("p", { class: "standen" }, this.opslag, this.verzending), this.tijden,
        h("div", { class: "bezoektaal" }, knop([icoon("hulp"), "Rechten en hulp"], acties.zorgkaart, { class: "knop knop-klein" }), talen.length > 1 && taallijst(talen, stand.taal, acties.taal))),
      this.opslagfout, this.spoed, this.formulier.el, knop("Controleren en afronden", acties.controle, { class: "knop knop-breed" }), this.#balk(acties), this.ongedaan);
    this.#begin();
  }

  /** @param {any} acties */
  #balk(acties) {
    this.deelnummer = h("span", { class: "deelnr" });
    this.instantieplek = h("span", { class: "instantieplek", hidden: true });
    this.deelplek = knop([h("span", { class: "alleen-voorlezen" }, "Overzicht en zoeken, deel "), h("span", { class: "deelrij" }, this.deelnummer, icoon("zoek")), this.instantieplek], () => void this.#overzicht(), { class: "knop deelplek" });
    this.todo = knop("", () => (this.bezoek.nogTeDoen.size ? this.#naarVolgende() : acties.controle()), { class: "knop knop-todo" });
    this.plus = knop("", () => /** @type {HTMLElement|null} */ (this.#deelEl()?.querySelector("[data-herhaling-toevoegen]"))?.click(), { class: "knop knop-plus", hidden: true });
    const id = elementId();
    const camera = h("input", { id, type: "file", accept: "image/*", capture: "environment", class: "verborgen-invoer", "aria-label": "Foto bij de laatste vraag", onchange: async () => {
      const sleutel = this.formulier.laatste ?? this.#deelEl()?.querySelector("[data-sleutel]")?.getAttribute("data-sleutel");
      if (sleutel) await neemBestanden(this.formulier.o, sleutel, [...(camera.files ?? [])]);
      camera.value = "";
    } });
    return h("nav", { class: "balk", "aria-label": "Door de checklist" },
      knop([icoon("links")], () => this.#schuif(-1), { class: "knop knop-stap", "aria-label": "Vorig deel" }), this.deelplek, knop([icoon("rechts")], () => this.#schuif(1), { class: "knop knop-stap", "aria-label": "Volgend deel" }),
      camera, h("label", { for: id, class: "knop", title: "Foto bij de laatste vraag" }, icoon("camera")), this.plus, this.todo);
  }

  #begin() {
    const namen = [...this.formulier.delen.keys()];
    const [eerste, ...rest] = namen;
    if (eerste) this.formulier.bouwDeel(eerste);
    this.#huidig = eerste ?? "";
    performance.mark("veld-klaar");
    const verder = () => {
      const naam = rest.shift();
      if (naam === undefined || this.#weg) return;
      this.formulier.bouwDeel(naam);
      rustig(verder);
    };
    requestAnimationFrame(() => rustig(verder));
    this.kijker = new IntersectionObserver((gezien) => {
      for (const een of gezien) {
        if (!een.isIntersecting) continue;
        this.#huidig = /** @type {HTMLElement} */ (een.target).dataset.deel ?? this.#huidig;
        this.formulier.bouwDeel(this.#huidig);
      }
      this.#toonDeel();
    }, { root: this.s.kijkvak ?? null, rootMargin: "-35% 0px -60% 0px" });
    for (const { el } of this.formulier.delen.values()) this.kijker.observe(el);
    this.#toonDeel();
    this.#naVerwerken();
  }

  /** The section that is in view. */
  get deelNu() {
    return this.#huidig;
  }

  #deelEl() {
    return this.formulier.delen.get(this.#huidig)?.el ?? null;
  }

  #toonDeel() {
    const zichtbaar = this.formulier.zichtbareDelen();
    const nr = Math.max(0, zichtbaar.findIndex(({ deel }) => deel.naam === this.#huidig)) + 1;
    const tekst = `${nr} / ${zichtbaar.length}`;
    if (this.deelnummer && this.deelnummer.textContent !== tekst) this.deelnummer.textContent = tekst;
    const toevoegen = this.#deelEl()?.querySelector("[data-herhaling-toevoegen]");
    if (this.plus) {
      this.plus.hidden = !toevoegen;
      this.plus.parentElement?.classList.toggle("balk-plus", !!toevoegen);
      this.plus.replaceChildren(icoon("plus"), h("span", { class: "afkappen" }, toevoegen?.textContent ?? ""));
    }
  }

  /** In which room or person somebody is: "Kamer 3/6". */
  #toonPlek() {
    const instantie = this.bezoek.instanties.get(this.#herhaling ?? "");
    const rij = instantie ? this.bezoek.sessie.herhalingen(instantie.groep, instantie.ouder) : [];
    const naam = instantie && (vertaal(this.bezoek.structuur.knoop(instantie.groep)?.label, this.s.taal, this.bezoek.definitie.standaardtaal) || instantie.groep);
    const tekst = instantie ? `${naam} ${rij.indexOf(instantie.id) + 1}/${rij.length}` : "";
    if (!this.instantieplek || this.instantieplek.textContent === tekst) return;
    this.instantieplek.textContent = tekst;
    this.instantieplek.hidden = !tekst;
  }

  async #overzicht() {
    const { toonOverzicht } = await import("./overzicht.js");
    if (!this.#weg) toonOverzicht(this.formulier, { huidig: this.#huidig, naarDeel: (naam) => this.naarDeel(naam) });
  }

  /** @param {number} stap */
  #schuif(stap) {
    this.formulier.werkBij();
    const zichtbaar = this.formulier.zichtbareDelen();
    const doel = zichtbaar[zichtbaar.findIndex(({ deel }) => deel.naam === this.#huidig) + stap];
    if (doel) this.naarDeel(doel.deel.naam);
  }

  /** @param {string} naam */
  naarDeel(naam) {
    const el = this.formulier.delen.get(naam)?.el;
    if (!el) return;
    this.formulier.werkBij();
    this.formulier.bouwDeel(naam);
    this.#huidig = naam;
    el.scrollIntoView({ block: "start", behavior: "instant" });
    el.querySelector("h2")?.focus({ preventScroll: true });
    this.#toonDeel();
  }

  #naarVolgende() {
    const lijst = this.formulier.nogTeDoenOpVolgorde();
    const nu = lijst.indexOf(this.formulier.laatste ?? "");
    const doel = lijst[(nu + 1) % lijst.length];
    if (doel) this.formulier.gaNaar(doel);
  }

  #naVerwerken() {
    const aantal = this.bezoek.nogTeDoen.size;
    const tekst = aantal ? `Nog te doen ${aantal}` : "Controle";
    if (this.todo && this.todo.textContent !== tekst) {
      this.todo.textContent = tekst;
      this.todo.classList.toggle("knop-hoofd", aantal === 0);
    }
    this.#taalvraag?.ververs();
    clearTimeout(this.#wekker);
    this.#wekker = setTimeout(() => rustig(() => {
      if (this.#weg) return;
      this.formulier.toonVoortgang();
      this.#toonDeel();
      this.#toonPlek();
      this.#voorstellen();
    }), 250);
  }

  #voorstellen() {
    /** @type {Map<string, string[]>} */
    const perVraag = new Map();
    const spoed = [];
    for (const voorstel of this.bezoek.sessie.voorstellen()) {
      const zin = inEenZin(voorstel);
      if (voorstel.hard) spoed.push(zin);
      const bij = voorstel.vragen?.at(-1);
      if (bij) perVraag.set(bij, [...(perVraag.get(bij) ?? []), zin + (voorstel.ontbreekt?.length ? ` (nog nodig: ${nogNodig(voorstel)})` : "")]);
    }
    for (const [sleutel, beeld] of this.formulier.beelden) {
      const zinnen = perVraag.get(sleutel) ?? perVraag.get(uitSleutel(sleutel).vraag);
      beeld.toonVoorstel(zinnen ? `Voorstel: ${zinnen.join("; ")}` : "");
    }
    this.#toonSpoed(spoed);
  }

  /** What to do now and whom to call. It stays while it holds; who has read it folds it to one line. @param {string[]} zinnen */
  #toonSpoed(zinnen) {
    const tekst = zinnen.length ? `Direct doen: ${zinnen.join("; ")}` : "";
    this.spoed.hidden = !tekst;
    document.documentElement.classList.toggle("met-spoed", !!tekst);
    if (!tekst || this.spoed.querySelector("summary")?.textContent === tekst) return;
    vul(this.spoed, h("details", { open: true }, h("summary", null, tekst),
      h("p", null, "Blijf bij de betrokkene. Bel 112 bij gevaar en daarna de coördinator."),
      h("div", { class: "rij" }, ...this.#belknoppen(), knop("Wat doe ik nu?", this.acties.zorgkaart, { class: "knop knop-klein" }))));
  }

  #belknoppen() {
    const nummers = this.s.nummers ?? [{ naam: "Direct gevaar", nummer: "112", uitleg: "" }];
    return nummers.map(({ naam, nummer }) => h("a", { class: "knop knop-klein", href: telAdres(nummer) }, icoon("telefoon"), `${naam.split(":")[0]} ${nummer}`));
  }

  /** @param {import("../bezoek/bewaarder.js").Opslagstand} stand @param {Error|null} fout */
  zetOpslag(stand, fout) {
    this.#toonOpslag(this.opslag, stand);
    if (this.#taalvraag) this.#toonOpslag(this.#taalvraag.stand, stand, fout);
    if (fout) this.toonFout(fout.message, () => void this.bezoek.bewaarder.opnieuw());
    else if (stand !== "niet-opgeslagen" && !this.opslagfout.hidden) this.opslagfout.hidden = true;
  }

  /** @param {HTMLElement} el @param {import("../bezoek/bewaarder.js").Opslagstand} stand @param {Error|null} [fout] */
  #toonOpslag(el, stand, fout = null) {
    const zin = fout ? `${OPSLAGZINNEN[stand]}: ${fout.message}` : OPSLAGZINNEN[stand];
    if (el.dataset.opslag === stand && el.textContent === zin) return;
    el.dataset.opslag = stand;
    el.textContent = zin;
  }

  /** @param {{stand: string, zin: string}} verzending */
  zetVerzending({ stand, zin }) {
    if (stand === "leeg") this.verzending.removeAttribute("data-verzending");
    else this.verzending.dataset.verzending = stand;
    this.verzending.textContent = zin;
  }

  /** @param {{in: string, uit: string|null}|null} verblijf */
  zetVerblijf(verblijf) {
    this.#verblijf = verblijf;
    clearInterval(this.klok);
    if (verblijf && !verblijf.uit) this.klok = setInterval(() => this.#toonTijden(), MINUUT_MS / 4);
    this.#toonTijden();
  }

  #toonTijden() {
    const zin = verblijfZin(this.#verblijf, this.bezoek.nu());
    if (this.tijden.textContent !== zin) this.tijden.textContent = zin;
    this.tijden.hidden = !zin;
  }

  /** @param {string} zin @param {() => void} [opnieuw] */
  toonFout(zin, opnieuw) {
    // A button that is replaced between finger down and finger up does nothing.
    if (!this.opslagfout.hidden && this.opslagfout.firstElementChild?.textContent === zin) return;
    vul(this.opslagfout, h("p", null, zin), opnieuw ? knop("Opnieuw opslaan", opnieuw) : knop("Begrepen", () => {
      this.opslagfout.hidden = true;
      this.bezoek.bewaarder.begrepen();
    }));
    this.opslagfout.hidden = false;
  }

  /** @param {string} zin @param {() => void} doe */
  #toonOngedaan(zin, doe) {
    clearTimeout(this.#ongedaanwekker);
    const sluit = () => (this.ongedaan.hidden = true);
    // It lies over the form: gone after a while, but not from under somebody's finger or cursor.
    const straks = () => void (this.#ongedaanwekker = setTimeout(() => (this.ongedaan.matches(":hover, :focus-within") ? straks() : sluit()), ONGEDAAN_MS));
    straks();
    vul(this.ongedaan, h("span", null, zin), knop("Ongedaan maken", () => {
      sluit();
      doe();
      zegZacht("Teruggezet.");
    }), knop([icoon("kruis")], sluit, { "aria-label": "Melding sluiten", class: "knop knop-klein" }));
    this.ongedaan.hidden = false;
  }

  ruimOp() {
    this.#weg = true;
    this.#taalvraag?.sluit();
    clearTimeout(this.#wekker);
    clearTimeout(this.#ongedaanwekker);
    clearInterval(this.klok);
    document.documentElement.classList.remove("met-spoed");
    this.kijker?.disconnect();
  }
}

// @ts-check
// Working together in one visit, on the screen: who is where, and what others added. Fetched after the checklist is there.

import { vertaal } from "../bezoek/structuur.js";
import { uitSleutel } from "../ops/operatie.js";
import { inWoorden } from "../scherm/conflict.js";
import { h, knop, tijd, vul, zegZacht } from "../scherm/dom.js";
import { Vel } from "../scherm/vel.js";
import { Aanwezig, waarZin } from "./aanwezig.js";
import { bewaar, leesBewaard, vergeetAndere } from "./bewaard.js";
import { Nieuws, watErKwam } from "./nieuws.js";

const GEZIEN_NA_MS = 3_000;
const OPNIEUW_MS = 1_500;

export class Samen {
  /** @type {Nieuws|null} */
  nieuws = null;
  #weg = false;
  #laatsteRev = 0;
  /** @type {Set<any>} */
  #wekkers = new Set();
  /** @type {Set<string>} questions that carry a mark now */
  #gemerkt = new Set();

  /**
   * @param {{app: import("../app.js").App, bezoek: import("../bezoek/bezoek.js").Bezoek, checklist: import("../scherm/checklist.js").ChecklistScherm,
   *   namen: import("./namen.js").Namen, afgerond: () => void}} delen `afgerond`: the server says that a colleague finished this visit
   */
  constructor(delen) {
    this.d = delen;
    const { app, bezoek, checklist } = delen;
    this.kluis = /** @type {import("../opslag/kluis.js").Kluis} */ (app.kluis);
    this.formulier = checklist.formulier;
    this.wie = h("p", { class: "klein samenwie", hidden: true });
    this.band = h("div", { class: "samenband", role: "status", hidden: true });
    this.formulier.el.before(this.wie, this.band);
    this.bijFocus = (/** @type {Event} */ gebeurtenis) => this.#opFocus(gebeurtenis);
    this.formulier.el.addEventListener("focusin", this.bijFocus);
    this.aanwezig = new Aanwezig({
      api: app.api, bezoekId: bezoek.bezoekId, formVersie: bezoek.definitie.hash, gebruikerId: delen.namen.mij, deel: () => this.#deelNu(),
      magNu: () => navigator.onLine && document.visibilityState === "visible" && this.formulier.el.isConnected && this.kluis.isOpen, hoor: (antwoord) => this.#doe(this.#hoor(antwoord)),
    });
  }

  async start() {
    const { app, bezoek, namen } = this.d;
    const [bewaard, stand] = await Promise.all([leesBewaard(this.kluis, "namen"), leesBewaard(this.kluis, `bezoek/${bezoek.bezoekId}`)]);
    if (this.#weg) return;
    namen.leer(bewaard);
    this.nieuws = new Nieuws(namen.mij, bezoek.vouw, stand ?? undefined);
    await this.#bewaarNieuws();
    this.#toon();
    this.#verversConflicten();
    await this.aanwezig.start();
    if (!this.#weg) await vergeetAndere(this.kluis, new Set([...app.bezoekIds(), bezoek.bezoekId]));
  }

  /** Something came in. @param {Set<string>} anders */
  async naNieuws(anders) {
    if (!this.nieuws) return;
    const vers = this.nieuws.neem(anders);
    this.#toon();
    if (!vers.length) return;
    zegZacht(`${this.nieuws.zin((id) => this.d.namen.van(id))}.`);
    await this.#bewaarNieuws();
  }

  stop() {
    this.#weg = true;
    for (const wekker of this.#wekkers) clearTimeout(wekker);
    this.formulier.el.removeEventListener("focusin", this.bijFocus);
    this.aanwezig.stop();
    this.wie.remove();
    this.band.remove();
  }

  #deelNu() {
    const { vraag } = uitSleutel(this.formulier.laatste ?? "");
    return (vraag && this.d.bezoek.structuur.deelVan(vraag)) || this.d.checklist.deelNu;
  }

  async #bewaarNieuws() {
    if (this.nieuws && this.kluis.isOpen) await bewaar(this.kluis, `bezoek/${this.d.bezoek.bezoekId}`, this.nieuws.stand());
  }

  /** What is still going on when the visit closes or the vault locks has nothing left to do. @param {Promise<unknown>} werk */
  #doe(werk) {
    void werk.catch((fout) => {
      if (!this.#weg) throw fout;
    });
  }

  /** @param {number} ms @param {() => void} doe */
  #straks(ms, doe) {
    const wekker = setTimeout(() => {
      this.#wekkers.delete(wekker);
      if (!this.#weg) doe();
    }, ms);
    this.#wekkers.add(wekker);
  }

  // ---- who is where ----

  /** @param {import("./aanwezig.js").Antwoord} antwoord */
  async #hoor(antwoord) {
    if (this.#weg || !this.kluis.isOpen) return;
    const { app, bezoek, namen } = this.d;
    if (namen.leer(antwoord.mensen)) {
      this.#verversConflicten();
      this.#toon();
      await bewaar(this.kluis, "namen", namen.alle());
    }
    this.#toonAanwezigen(antwoord.anderen);
    if (antwoord.toestand === "afgerond") this.d.afgerond();
    const bekend = (await this.kluis.db.get("bezoeken", bezoek.bezoekId))?.rev ?? 0;
    if (antwoord.rev > bekend && antwoord.rev !== this.#laatsteRev) {
      this.#laatsteRev = antwoord.rev; // asked once: what this person may not see never comes
      void app.zender?.nu();
    }
  }

  /** @param {import("./aanwezig.js").Ander[]} anderen */
  #toonAanwezigen(anderen) {
    const { bezoek, namen } = this.d;
    /** @type {Map<string, string[]>} */
    const perDeel = new Map();
    const zinnen = [];
    for (const { id, deel, form_versie: vorm, seconden } of anderen) {
      const plek = vorm === bezoek.definitie.hash ? this.formulier.delen.get(deel) : undefined;
      if (plek) perDeel.set(deel, [...(perDeel.get(deel) ?? []), waarZin(namen.van(id), seconden)]);
      zinnen.push(plek ? `${namen.van(id)}, bij ${plek.titel}` : namen.van(id));
    }
    for (const [naam, plek] of this.formulier.delen) {
      const tekst = (perDeel.get(naam) ?? []).join(". ");
      const bestaand = /** @type {HTMLElement|null} */ (plek.el.querySelector(":scope > .deelwie"));
      if (!bestaand && !tekst) continue;
      const el = bestaand ?? h("p", { class: "klein deelwie" });
      if (!bestaand) plek.el.querySelector("h2")?.after(el);
      if (el.textContent !== tekst) el.textContent = tekst;
      el.hidden = !tekst;
    }
    const tekst = zinnen.length ? `Ook in dit bezoek: ${zinnen.join("; ")}` : "";
    if (this.wie.textContent !== tekst) this.wie.textContent = tekst;
    this.wie.hidden = !tekst;
  }

  /** Conflicts that stood there before the names were known. */
  #verversConflicten() {
    for (const { sleutel } of this.d.bezoek.vouw.conflicten()) this.formulier.beelden.get(sleutel)?.ververs(false);
  }

  // ---- what came in ----

  #toon() {
    const { nieuws } = this;
    if (!nieuws) return;
    this.band.hidden = nieuws.open.size === 0;
    if (nieuws.open.size) {
      vul(this.band, h("span", { class: "rek" }, `${nieuws.zin((id) => this.d.namen.van(id))}.`),
        knop("Bekijk", () => this.#toonLijst(), { class: "knop knop-klein", "data-nieuws": "bekijk" }), knop("Gezien", () => this.#zie(), { class: "knop knop-klein", "data-nieuws": "gezien" }));
    }
    this.#merk();
  }

  /** A mark on each changed question. Sections are built one after the other: what is not there yet gets its mark later. */
  #merk() {
    const open = this.nieuws?.open ?? new Map();
    for (const sleutel of this.#gemerkt) if (!open.has(sleutel)) this.#haalMerkWeg(sleutel);
    let later = false;
    for (const [sleutel, op] of open) {
      const el = this.formulier.beelden.get(sleutel)?.el;
      if (!el) {
        later ||= [...this.formulier.delen.values()].some((deel) => !deel.gebouwd);
        continue;
      }
      const tekst = `Nieuw van ${this.d.namen.van(op.auteur_id)}, ${tijd(op.toestel_tijd)}`;
      let merk = el.querySelector(":scope > .nieuwmerk");
      if (!merk) el.append((merk = h("p", { class: "nieuwmerk" })));
      if (merk.textContent !== tekst) merk.textContent = tekst;
      el.classList.add("vraag-nieuw");
      this.#gemerkt.add(sleutel);
    }
    if (later) this.#straks(OPNIEUW_MS, () => this.#merk());
  }

  /** @param {string} sleutel */
  #haalMerkWeg(sleutel) {
    this.#gemerkt.delete(sleutel);
    const el = this.formulier.beelden.get(sleutel)?.el;
    el?.classList.remove("vraag-nieuw");
    el?.querySelector(":scope > .nieuwmerk")?.remove();
  }

  /** @param {string} [sleutel] all without one */
  #zie(sleutel) {
    this.nieuws?.zie(sleutel);
    this.#toon();
    this.#doe(this.#bewaarNieuws());
  }

  /** Who works on a question has seen it. @param {Event} gebeurtenis */
  #opFocus(gebeurtenis) {
    const el = /** @type {HTMLElement|null} */ (/** @type {HTMLElement} */ (gebeurtenis.target).closest("[data-sleutel]"));
    const sleutel = el?.dataset.sleutel ?? "";
    if (this.nieuws?.open.has(sleutel)) this.#straks(GEZIEN_NA_MS, () => this.#zie(sleutel));
  }

  #toonLijst() {
    const { bezoek, namen } = this.d;
    const { structuur, definitie } = bezoek;
    const { taal } = this.formulier.o;
    const label = (/** @type {string} */ naam) => vertaal(structuur.knoop(naam)?.label, taal, definitie.standaardtaal) || naam;
    /** @type {string|null} */
    let daarna = null;
    const vel = new Vel("Wat anderen invulden", { gesloten: () => daarna && this.#naar(daarna) });
    vul(vel.romp, h("h1", null, "Wat anderen invulden"), h("ul", { class: "stoplijst" }, ...(this.nieuws?.lijst() ?? []).map(({ sleutel, op }) => {
      const { vraag, herhaling } = uitSleutel(sleutel);
      const instantie = herhaling ? bezoek.instanties.get(herhaling) : null;
      const nr = instantie ? bezoek.vanGroep(instantie.groep, instantie.ouder).findIndex((een) => een.id === instantie.id) + 1 : 0;
      const titel = instantie && instantie.groep !== vraag ? `${label(instantie.groep)} ${nr}: ${label(vraag)}` : nr ? `${label(vraag)} ${nr}` : label(vraag);
      return h("li", null, h("button", { type: "button", class: "stopregel", onclick: () => { daarna = sleutel; vel.sluit(); } },
        h("span", { class: "stoptekst" }, h("strong", null, titel), h("span", null, watErKwam(op, structuur.isHerhaling(vraag), (waarde) => inWoorden(waarde, structuur.knoop(vraag), this.formulier.o))),
          h("span", { class: "klein" }, `${namen.van(op.auteur_id)}, ${tijd(op.toestel_tijd)}`))));
    })));
  }

  /** @param {string} sleutel */
  #naar(sleutel) {
    const { vraag, herhaling } = uitSleutel(sleutel);
    if (herhaling && this.d.bezoek.structuur.isHerhaling(vraag)) {
      const binnen = this.d.bezoek.structuur.vragenIn(vraag)[0];
      if (binnen) this.formulier.gaNaar(`${binnen.naam}@${herhaling}`);
      this.#zie(sleutel);
    } else {
      this.formulier.gaNaar(sleutel);
      this.#merk();
    }
  }
}

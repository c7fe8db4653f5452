// @ts-check
// One question on the screen: label, control, message, hint of a proposal, note and photo. Changes only what changed.

import { andereTalen, isBeeld, isLeeg, taalVan, vertaal } from "../bezoek/structuur.js";
import { uitSleutel } from "../ops/operatie.js";
import { bestandsveld, miniaturen, neemBestanden } from "./controles/beeld.js";
import { codeveld } from "./controles/code.js";
import { handtekening } from "./controles/handtekening.js";
import { akkoord, rangorde, tegels } from "./controles/keuze.js";
import { plaatsveld } from "./controles/plaats.js";
import { tekstveld } from "./controles/tekst.js";
import { toonConflict } from "./conflict.js";
import { elementId, h } from "./dom.js";
import { icoon } from "./iconen.js";
import { inTaal } from "./taal.js";

/** @type {HTMLElement|null} */
let patroonKnoppen = null;
function knoppenrij() {
  patroonKnoppen ??= h("div", { class: "extraknoppen" },
    h("button", { type: "button", class: "knop knop-klein", "data-noot-openen": true }, icoon("potlood"), "Notitie"),
    h("label", { class: "knop knop-klein fotoknop" }, h("input", { type: "file", accept: "image/*", capture: "environment", class: "verborgen-invoer" }), icoon("camera"), "Foto"));
  return /** @type {HTMLElement} */ (patroonKnoppen.cloneNode(true));
}

/** @type {HTMLElement|null} */
let patroonTaal = null;
/** @param {string} label @returns {HTMLElement} the button that shows this question to the person in front */
function taalknop(label) {
  patroonTaal ??= h("button", { type: "button", class: "knop knop-klein", "data-taal-openen": true }, icoon("taal"), "Toon in andere taal");
  const knop = /** @type {HTMLElement} */ (patroonTaal.cloneNode(true));
  knop.setAttribute("aria-label", `Toon in andere taal: ${label}`);
  return knop;
}

const DUBBELTIK_MS = 700;

export class VraagBeeld {
  #invoerfout = "";
  #kiestNieuw = false;
  #gekozenOm = -Infinity;
  /** @type {HTMLElement|null} */
  #conflict = null;
  /** @type {{el: HTMLElement, ververs: () => void}|null} */
  #foto = null;

  /**
   * @param {any} knoop
   * @param {string} sleutel
   * @param {any} omgeving {bezoek, taal, verwerk, meldFout, meldOngedaan, adressen, streng}
   */
  constructor(knoop, sleutel, omgeving) {
    this.knoop = knoop;
    this.sleutel = sleutel;
    this.o = omgeving;
    const id = elementId();
    const thuis = omgeving.bezoek.definitie.standaardtaal ?? "nl";
    const tekst = (/** @type {any} */ wat) => vertaal(wat, omgeving.taal, thuis);
    const taalAttributen = (/** @type {any} */ wat) => inTaal(taalVan(wat, omgeving.taal, thuis));
    this.controle = this.#maakControle(id, tekst, taalAttributen);
    const patroon = this.#patroon(thuis, taalAttributen);
    this.vertaalbaar = patroon.vertaalbaar;
    // A label may quote an answer: "Hoe groot is ${kamer_naam}?".
    this.wisselend = patroon.wisselend;
    /** @type {HTMLElement} */
    this.el = /** @type {HTMLElement} */ (patroon.el.cloneNode(true));
    this.el.dataset.sleutel = sleutel;
    const [kop, uitlegvak, melding, hint] = /** @type {HTMLElement[]} */ ([...this.el.children]);
    this.labelplek = /** @type {HTMLElement} */ (kop?.firstElementChild);
    this.ster = /** @type {HTMLElement} */ (kop?.lastElementChild);
    this.melding = /** @type {HTMLElement} */ (melding);
    this.hint = /** @type {HTMLElement} */ (hint);
    this.melding.id = `${id}m`;
    this.hint.id = `${id}v`;
    const label = this.#label();
    this.labelplek.textContent = label;
    const uitleg = omgeving.bezoek.sessie.hint?.(sleutel, omgeving.taal) || tekst(knoop.hint);
    if (uitleg) /** @type {HTMLElement} */ (uitlegvak).textContent = uitleg;
    else uitlegvak?.remove();
    if (knoop.type === "note") {
      this.ster.remove();
      this.melding.remove();
      this.hint.remove();
      if (this.vertaalbaar) this.el.append(h("div", { class: "extraknoppen" }, taalknop(label)));
    } else {
      const { invoer } = this.controle;
      (invoer ?? this.el).setAttribute("aria-describedby", `${id}m ${id}v`);
      if (invoer) kop?.setAttribute("for", id);
      this.melding.before(this.controle.el);
      this.el.append(this.#extra());
    }
    this.ververs(true);
  }

  /**
   * What every instance of this question has alike: made once per form and language, then copied (a repeat makes hundreds).
   * @param {string} thuis @param {(wat: any) => Record<string, string>} taalAttributen @returns {{el: HTMLElement, vertaalbaar: boolean, wisselend: boolean}}
   */
  #patroon(thuis, taalAttributen) {
    const { knoop } = this;
    const bewaard = this.#bewaard();
    if (bewaard.el) return bewaard;
    const kop = [h("span", { class: "vraagtekst", ...taalAttributen(knoop.label) }), h("span", { class: "verplicht" })];
    const onder = [h("p", { class: "uitleg", ...taalAttributen(knoop.hint) }), h("p", { class: "melding", hidden: true }), h("p", { class: "voorstelhint", hidden: true })];
    const [soort, klasse, kopEl] = knoop.type === "note" ? /** @type {const} */ (["div", "vraag vraag-tekst", h("p", null, ...kop)])
      : this.controle.invoer ? /** @type {const} */ (["div", "vraag", h("label", { class: "vraaglabel" }, ...kop)]) : /** @type {const} */ (["fieldset", "vraag", h("legend", null, ...kop)]);
    return Object.assign(bewaard, {
      el: h(soort, { class: klasse }, kopEl, ...onder),
      vertaalbaar: andereTalen(knoop.label, thuis).length > 0,
      wisselend: Object.values(knoop.label ?? {}).some((/** @type {any} */ wat) => String(wat).includes("${")),
    });
  }

  /** What instances of this question share. @returns {any} */
  #bewaard() {
    const patronen = (this.o.patronen ??= new Map());
    if (!patronen.has(this.knoop)) patronen.set(this.knoop, {});
    return patronen.get(this.knoop);
  }

  /** @param {string} id @param {(wat: any) => string} tekst @param {(wat: any) => Record<string, string>} taalAttributen @returns {import("./controles/tekst.js").Controle} */
  #maakControle(id, tekst, taalAttributen) {
    const { knoop, sleutel, o } = this;
    const zet = (/** @type {any} */ waarde) => o.verwerk(o.bezoek.antwoord(sleutel, waarde));
    switch (knoop.type) {
      case "select_one":
      case "select_multiple":
        return tegels(knoop, id, tekst, taalAttributen, this.#bewaard());
      case "rank":
        return rangorde(knoop, tekst, zet);
      case "acknowledge":
        return akkoord(knoop, id);
      case "barcode":
        return codeveld(knoop, id, o, (waarde) => this.beantwoord(waarde, false));
      case "geopoint":
        return plaatsveld(knoop, id, zet);
      case "image":
      case "audio":
        return /signature|draw/u.test(knoop.weergave ?? "") && knoop.type === "image" ? handtekening(knoop, o, sleutel) : bestandsveld(knoop, id, o, sleutel);
      default:
        return tekstveld(knoop, id);
    }
  }

  /** Note and photo, and the thumbnails of an image question. */
  #extra() {
    const houder = h("div", { class: "extra" });
    this.extra = { houder, noot: /** @type {HTMLTextAreaElement|null} */ (null) };
    if (isBeeld(this.knoop)) {
      this.#foto = miniaturen(this.o, this.sleutel);
      houder.append(this.#foto.el);
    }
    if (this.o.straks) this.o.straks.push(() => this.#vulExtra(houder));
    else this.#vulExtra(houder);
    return houder;
  }

  /** One row, copied from a pattern, listened to by the form (a repeat makes hundreds of these). @param {HTMLElement} houder */
  #vulExtra(houder) {
    if (!this.o.bezoek.sessie.bestaat(this.sleutel)) return; // removed within the frame
    const rij = knoppenrij();
    const label = this.#label();
    rij.firstElementChild?.setAttribute("aria-label", `Notitie bij: ${label}`);
    const foto = /** @type {HTMLElement} */ (rij.lastElementChild);
    if (this.vertaalbaar) rij.append(taalknop(label));
    if (isBeeld(this.knoop)) {
      foto.remove();
    } else {
      const invoer = /** @type {HTMLElement} */ (foto.firstElementChild);
      invoer.dataset.bewijs = this.knoop.naam;
      invoer.setAttribute("aria-label", `Foto bij: ${label}`);
    }
    if (this.#foto) this.#foto.el.after(rij);
    else houder.prepend(rij);
  }

  /** @param {HTMLInputElement} invoer the evidence input of this question */
  async neemBewijs(invoer) {
    await neemBestanden(this.o, this.sleutel, [...(invoer.files ?? [])]);
    invoer.value = "";
  }

  #label() {
    return this.o.bezoek.sessie.label?.(this.sleutel, this.o.taal) || vertaal(this.knoop.label, this.o.taal, this.o.bezoek.definitie.standaardtaal) || this.knoop.naam;
  }

  /** @param {boolean} metFocus */
  openNoot(metFocus) {
    if (!this.extra) return;
    const nieuw = !this.extra.noot;
    if (!this.extra.noot) {
      const id = elementId();
      const neem = (/** @type {boolean} */ halverwege) => this.o.verwerk(this.o.bezoek.zetNoot(this.sleutel, noot.value, halverwege), this.sleutel);
      const noot = h("textarea", { id, class: "invoer", rows: 2, "data-noot": this.knoop.naam, oninput: (/** @type {any} */ gebeurtenis) => neem(gebeurtenis.isComposing), oncompositionend: () => neem(false) });
      this.extra.noot = noot;
      this.extra.houder.append(h("label", { for: id, class: "klein" }, "Notitie"), noot);
    }
    // What was typed here and is not written yet stays.
    const typt = document.activeElement === this.extra.noot || this.o.bezoek.bewaarder.heeft(this.sleutel, "noot");
    if (nieuw || !typt) this.extra.noot.value = this.o.bezoek.vouw.noot(this.sleutel);
    if (metFocus) this.extra.noot.focus();
  }

  /** An input or change event inside this question. @param {boolean} [halverwege] a word is being composed */
  gewijzigd(halverwege = false) {
    const uit = this.controle.lees?.();
    if (!uit) return;
    this.#invoerfout = uit.fout ?? "";
    this.#gekozenOm = performance.now();
    this.o.verwerk(this.o.bezoek.antwoord(this.sleutel, uit.waarde, { typend: uit.typend, halverwege }), this.sleutel);
  }

  /** A tap on the tile that was chosen already takes the answer away, unless it is the second of a double tap. @param {HTMLInputElement} invoer */
  tikOpKeuze(invoer) {
    const waarde = this.o.bezoek.sessie.waarde(this.sleutel);
    if (waarde !== invoer.value || performance.now() - this.#gekozenOm < DUBBELTIK_MS) return;
    this.beantwoord(null, false);
    invoer.focus({ preventScroll: true });
    this.o.meldOngedaan("Antwoord weggehaald.", () => this.beantwoord(waarde, false));
  }

  /** The answer came from elsewhere (the sheet in another language, the scanner): it is the same answer. @param {any} waarde @param {boolean} typend @param {boolean} [halverwege] */
  beantwoord(waarde, typend, halverwege = false) {
    this.#invoerfout = "";
    this.o.verwerk(this.o.bezoek.antwoord(this.sleutel, waarde, { typend, halverwege }));
  }

  /**
   * Brings the screen in line with the session.
   * @param {boolean} [alles] also the control's own value (not while somebody is typing in it)
   */
  ververs(alles = true) {
    const { sessie, vouw } = this.o.bezoek;
    const { sleutel, knoop } = this;
    const relevant = sessie.relevant(sleutel);
    if (this.el.hidden !== !relevant) this.el.hidden = !relevant;
    if (!relevant) return;
    if (this.wisselend && this.labelplek.textContent !== this.#label()) this.labelplek.textContent = this.#label();
    if (knoop.type === "note") return;
    if (knoop.keuzelijst) this.controle.keuzes?.(sessie.keuzes(sleutel) ?? []);
    const waarde = sessie.waarde(sleutel);
    if (alles && !this.#invoerfout) this.controle.toon(waarde);
    const verplicht = sessie.verplicht(sleutel);
    const ster = verplicht ? "verplicht" : "";
    if (this.ster.textContent !== ster) this.ster.textContent = ster;
    let melding = this.#invoerfout || (isLeeg(waarde) ? "" : sessie.melding(sleutel)) || "";
    if (!melding && this.o.streng && verplicht && isLeeg(waarde)) melding = vertaal(knoop.verplicht_melding, this.o.taal) || "Deze vraag is nog niet beantwoord.";
    if (this.melding.textContent !== melding) {
      this.melding.textContent = melding;
      this.melding.hidden = !melding;
      this.el.classList.toggle("vraag-fout", !!melding);
      if (melding) this.controle.invoer?.setAttribute("aria-invalid", "true");
      else this.controle.invoer?.removeAttribute("aria-invalid");
    }
    this.#versversBijlagen(vouw);
    this.#verversConflict(vouw);
  }

  /** @param {import("../ops/vouw.js").Vouw} vouw */
  #versversBijlagen(vouw) {
    const bijlagen = vouw.bijlagen(this.sleutel);
    if (!this.#foto && bijlagen.length && this.extra) {
      this.#foto = miniaturen(this.o, this.sleutel);
      this.extra.houder.prepend(this.#foto.el);
    }
    this.#foto?.ververs();
    if (vouw.noot(this.sleutel)) this.openNoot(false);
  }

  /** @param {import("../ops/vouw.js").Vouw} vouw */
  #verversConflict(vouw) {
    const baan = vouw.koppen(this.sleutel).length > 1 ? "waarde" : vouw.koppen(this.sleutel, "noot").length > 1 ? "noot" : null;
    this.#conflict?.remove();
    this.#conflict = null;
    if (baan !== "waarde") this.#kiestNieuw = false;
    this.controle.el.hidden = baan === "waarde" && !this.#kiestNieuw;
    if (!baan) return;
    this.#conflict = toonConflict(this.o, this.knoop, this.sleutel, baan, this.#kiestNieuw ? undefined : () => this.kiesNieuw());
    this.controle.el.before(this.#conflict);
  }

  /** None of the answers that differ is right: the question opens for another one. */
  kiesNieuw() {
    this.#kiestNieuw = true;
    this.#verversConflict(this.o.bezoek.vouw);
    /** @type {HTMLElement|null} */ (this.controle.el.matches("input, textarea, select") ? this.controle.el : this.controle.el.querySelector("input, textarea, select, button"))?.focus();
  }

  /** @param {string} zin */
  toonVoorstel(zin) {
    if (this.hint.textContent === zin) return;
    this.hint.textContent = zin;
    this.hint.hidden = !zin;
  }

  get naam() {
    return uitSleutel(this.sleutel).vraag;
  }
}

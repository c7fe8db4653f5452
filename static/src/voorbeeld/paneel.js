// @ts-check
// Beside the preview: which proposals follow and why, what is asked and what is still empty, and answers as a file.

import { verwijzingen } from "../checklists/rekenen.js";
import { isBeeld, isStil, vertaal } from "../veld/bezoek/structuur.js";
import { uitSleutel } from "../veld/ops/operatie.js";
import { inWoorden } from "../veld/scherm/conflict.js";
import { elementId, h, knop, vul } from "../veld/scherm/dom.js";
import { inEenZin, nogNodig } from "../veld/scherm/voorstel.js";

/** @typedef {import("../veld/bezoek/bezoek.js").Bezoek} Bezoek */
/**
 * @typedef {{naar: (sleutel: string) => void, context: (datum: string, norm: number) => void, bewaar: () => void, laad: (bestand: File) => void,
 *   wis: () => void, controleer: () => void}} Acties
 */

const SIGNALEN = ["signaal_mh", "signaal_mh_hard"];
const DREMPEL = 2;
const MAX_VERSCHILLEN = 20;

/** @param {number} aantal @param {string} een @param {string} meer */
const meervoud = (aantal, een, meer) => `${aantal} ${aantal === 1 ? een : meer}`;

export class Paneel {
  /**
   * @param {HTMLElement} el
   * @param {{definitie: any, uitleg: Record<string, Record<string, string>>, datum: string, norm: number}} stand
   * @param {Acties} acties
   */
  constructor(el, stand, acties) {
    this.s = stand;
    this.acties = acties;
    this.taal = stand.definitie.standaardtaal ?? "nl";
    this.samenvatting = h("p", { class: "proef-samenvatting", role: "status" });
    this.melding = h("p", { class: "vak", role: "status", hidden: true });
    this.server = h("div", { class: "vak", role: "status", hidden: true });
    this.voorstellen = h("div", { class: "proef-voorstellen" });
    this.lijsten = Object.fromEntries(["leeg", "fout", "geldt", "niet"].map((naam) => [naam, this.#uitklap(naam)]));
    vul(el, h("h2", null, "Uitproberen"), this.#context(), this.samenvatting, this.melding,
      h("section", { "aria-labelledby": "proef-voorstellen" }, h("h3", { id: "proef-voorstellen" }, "Voorstellen"), this.voorstellen),
      h("section", { "aria-labelledby": "proef-vragen" }, h("h3", { id: "proef-vragen" }, "Vragen"), ...Object.values(this.lijsten).map(({ el: uitklap }) => uitklap)),
      this.#bestand(),
      h("section", { "aria-labelledby": "proef-server" }, h("h3", { id: "proef-server" }, "Server"),
        h("p", { class: "klein" }, "De tablet en de server rekenen allebei. Hier ziet u of zij op hetzelfde uitkomen. De antwoorden worden niet bewaard."),
        knop("Controleer op de server", acties.controleer, { class: "knop knop-breed" }), this.server));
  }

  // ---- fixed parts ----

  #context() {
    const [datumId, normId] = [elementId(), elementId()];
    const datum = h("input", { id: datumId, type: "date", class: "invoer", value: this.s.datum, name: "proef_datum", required: true });
    this.normveld = h("input", { id: normId, type: "text", inputmode: "decimal", class: "invoer invoer-getal", value: String(this.s.norm).replace(".", ","), name: "proef_norm", "aria-describedby": `${normId}m` });
    const norm = this.normveld;
    const fout = h("p", { class: "melding", id: `${normId}m`, hidden: true });
    const door = () => {
      const getal = Number(norm.value.trim().replace(",", "."));
      fout.hidden = getal > 0 && getal <= 1000;
      fout.textContent = fout.hidden ? "" : "Vul een getal in van meer dan 0, zoals 12.";
      norm.toggleAttribute("aria-invalid", !fout.hidden);
      if (fout.hidden) this.s.norm = getal;
      if (datum.value) this.acties.context(datum.value, this.s.norm); // a wrong norm waits, the day does not
    };
    datum.addEventListener("change", door);
    norm.addEventListener("change", door);
    return h("div", { class: "proef-context" },
      h("div", null, h("label", { for: datumId, class: "veldlabel" }, "Datum van het bezoek"), datum),
      h("div", null, h("label", { for: normId, class: "veldlabel" }, "Norm van de gemeente (m² per persoon)"), norm, fout));
  }

  #bestand() {
    const id = elementId();
    const invoer = h("input", { id, type: "file", accept: ".json,application/json", class: "verborgen-invoer", onchange: () => {
      const bestand = invoer.files?.[0];
      if (bestand) this.acties.laad(bestand);
      invoer.value = "";
    } });
    return h("section", { "aria-labelledby": "proef-bestand" }, h("h3", { id: "proef-bestand" }, "Antwoorden als bestand"),
      h("p", { class: "klein" }, "Het bestand past bij de opdracht 'inspecties checklist evalueer'. Foto's zelf zitten er niet in."),
      h("div", { class: "rij" }, knop("Bewaar als JSON", this.acties.bewaar), invoer, h("label", { for: id, class: "knop" }, "Laad een bestand"), knop("Wis alles", this.acties.wis)));
  }

  /** @param {string} naam */
  #uitklap(naam) {
    const kop = h("summary");
    const lijst = h("ul", { class: "proef-lijst" });
    const el = h("details", { "data-lijst": naam }, kop, lijst);
    return { el, kop, lijst };
  }

  // ---- what changes ----

  /** @param {number} norm */
  zetNorm(norm) {
    this.s.norm = norm;
    if (this.normveld) this.normveld.value = String(norm).replace(".", ",");
  }

  /** @param {string} zin @param {boolean} [fout] */
  zeg(zin, fout = false) {
    this.melding.className = fout ? "vak vak-fout proef-stil" : "vak";
    this.melding.textContent = zin;
    this.melding.hidden = false;
  }

  /** @param {string} zin @param {""|"goed"|"fout"} [toon] */
  zegServer(zin, toon = "") {
    this.server.className = `vak proef-stil${toon ? ` vak-${toon}` : ""}`;
    this.server.dataset.gelijk = toon === "goed" ? "ja" : "";
    vul(this.server, h("p", null, zin));
    this.server.hidden = false;
  }

  /** @param {{pad: string, hier: any, daar: any}[]} verschillen */
  toonVerschillen(verschillen) {
    this.zegServer("", "fout");
    const tekst = (/** @type {any} */ waarde) => (waarde === undefined ? "ontbreekt" : JSON.stringify(waarde));
    vul(this.server, h("p", null, `Verschil: de server komt op ${meervoud(verschillen.length, "plek", "plekken")} anders uit. Meld dit aan de beheerder, met het bestand van uw antwoorden.`),
      h("ul", null, ...verschillen.slice(0, MAX_VERSCHILLEN).map(({ pad, hier, daar }) => h("li", null, `${pad}: hier ${tekst(hier)}, server ${tekst(daar)}`))));
  }

  /** @param {Bezoek} bezoek */
  toon(bezoek) {
    const { sessie } = bezoek;
    const vragen = sessie.sleutels().filter((sleutel) => {
      const knoop = bezoek.structuur.knoop(uitSleutel(sleutel).vraag);
      return knoop?.soort === "vraag" && !isStil(knoop);
    });
    const geldt = vragen.filter((sleutel) => sessie.relevant(sleutel));
    const niet = vragen.filter((sleutel) => !sessie.relevant(sleutel));
    const leeg = sessie.verplichtLeeg();
    const fout = sessie.ongeldig();
    const voorstellen = sessie.voorstellen();
    const zin = `${meervoud(voorstellen.length, "voorstel", "voorstellen")}. ${geldt.length} van ${vragen.length} vragen gelden. ${leeg.length} verplicht en leeg.`;
    if (this.samenvatting.textContent !== zin) this.samenvatting.textContent = zin;
    this.#toonVoorstellen(bezoek, voorstellen);
    this.#vulLijst("leeg", `Verplicht en leeg (${leeg.length})`, leeg.map((sleutel) => this.#regel(bezoek, sleutel, "")));
    this.#vulLijst("fout", `Klopt niet (${fout.length})`, fout.map(({ vraag, melding }) => this.#regel(bezoek, vraag, melding)));
    this.#vulLijst("geldt", `Gelden nu (${geldt.length})`, geldt.map((sleutel) => this.#regel(bezoek, sleutel, this.#antwoord(bezoek, sleutel))));
    this.#vulLijst("niet", `Gelden nu niet (${niet.length})`, niet.map((sleutel) => h("li", null, h("span", null, this.#naam(bezoek, sleutel)), h("span", { class: "klein blok" }, ...this.#waarom(bezoek, sleutel)))));
  }

  /** @param {string} naam @param {string} kop @param {HTMLElement[]} regels */
  #vulLijst(naam, kop, regels) {
    const lijst = this.lijsten[naam];
    lijst.kop.textContent = kop;
    vul(lijst.lijst, ...regels);
    lijst.lijst.hidden = regels.length === 0;
  }

  /** @param {Bezoek} bezoek @param {any[]} voorstellen */
  #toonVoorstellen(bezoek, voorstellen) {
    const los = bezoek.sessie.sleutels().filter((sleutel) => bezoek.sessie.gevolgen(sleutel).some((code) => SIGNALEN.includes(code)));
    const weinig = los.length > 0 && !voorstellen.some((v) => SIGNALEN.includes(v.gevolg));
    vul(this.voorstellen,
      !voorstellen.length && !weinig && h("p", { class: "klein" }, "Nog geen voorstellen. Vul in het voorbeeld antwoorden in."),
      ...voorstellen.map((v) => h("article", { class: "proef-voorstel", "data-gevolg": v.gevolg },
        h("h4", null, inEenZin(v)),
        v.gevolg === "signaal_mh" && h("p", { class: "klein" }, v.hard ? "Een sterke aanwijzing. Gaat naar de aandachtsfunctionaris, niet in een score." : "Twee of meer aanwijzingen samen. Gaat naar de aandachtsfunctionaris, niet in een score."),
        h("ul", { class: "proef-lijst" }, ...v.vragen.map((/** @type {string} */ sleutel) => this.#drager(bezoek, sleutel))),
        v.ontbreekt.length > 0 && h("p", { class: "proef-nodig" }, `Nog nodig als bewijs: ${nogNodig(v)} bij ${[...new Set(v.ontbreekt.map((/** @type {any} */ o) => `'${this.#naam(bezoek, o.vraag)}'`))].join(", ")}.`))),
      weinig && h("article", { class: "proef-voorstel", "data-gevolg": "te-weinig" }, h("h4", null, "Nog geen signaal mensenhandel"),
        h("p", { class: "klein" }, `Er is een aanwijzing. Voor een signaal zijn ${DREMPEL} verschillende aanwijzingen nodig, of een sterke.`),
        h("ul", { class: "proef-lijst" }, ...los.map((sleutel) => this.#drager(bezoek, sleutel)))));
  }

  /** A question that carries a proposal: its answer, the rule, and what the rule reads. @param {Bezoek} bezoek @param {string} sleutel */
  #drager(bezoek, sleutel) {
    const { vraag } = uitSleutel(sleutel);
    const knoop = bezoek.structuur.knoop(vraag);
    const gelezen = verwijzingen(knoop.gevolg_als).filter(([naam]) => naam !== vraag && bezoek.structuur.knoop(naam)?.soort === "vraag").map(([naam, diepte]) => {
      const waarde = bezoek.sessie.bereken({ op: "ref", naam, diepte }, sleutel);
      return h("li", null, `${this.#label(bezoek, naam)}: ${this.#inWoorden(bezoek, naam, waarde)}`);
    });
    const li = this.#regel(bezoek, sleutel, this.#antwoord(bezoek, sleutel));
    li.append(h("p", { class: "klein" }, ...this.#regelzin("Volgt", vraag, "gevolg")), ...(gelezen.length ? [h("ul", { class: "klein" }, ...gelezen)] : []));
    return li;
  }

  /** @param {Bezoek} bezoek @param {string} sleutel @param {string} onder */
  #regel(bezoek, sleutel, onder) {
    return h("li", null, h("button", { type: "button", class: "stopregel", onclick: () => this.acties.naar(sleutel) }, h("span", { class: "stoptekst" }, this.#naam(bezoek, sleutel), onder && h("span", { class: "klein" }, onder))));
  }

  // ---- words ----

  /** @param {Bezoek} bezoek @param {string} vraag */
  #label(bezoek, vraag) {
    return vertaal(bezoek.structuur.knoop(vraag)?.label, this.taal, this.taal) || vraag;
  }

  /** @param {Bezoek} bezoek @param {string} sleutel @returns {string} with the place of its repeat instance */
  #naam(bezoek, sleutel) {
    const { vraag, herhaling } = uitSleutel(sleutel);
    const label = bezoek.sessie.label(sleutel) || vraag;
    const instantie = herhaling ? bezoek.instanties.get(herhaling) : null;
    if (!instantie) return label;
    const nr = bezoek.vanGroep(instantie.groep, instantie.ouder).findIndex((i) => i.id === instantie.id) + 1;
    return `${this.#label(bezoek, instantie.groep)} ${nr}: ${label}`;
  }

  /** @param {Bezoek} bezoek @param {string} sleutel */
  #antwoord(bezoek, sleutel) {
    const { vraag } = uitSleutel(sleutel);
    const waarde = bezoek.sessie.waarde(sleutel);
    if (isBeeld(bezoek.structuur.knoop(vraag))) return waarde?.length ? meervoud(waarde.length, "opname", "opnamen") : "(leeg)";
    return this.#inWoorden(bezoek, vraag, waarde);
  }

  /** @param {Bezoek} bezoek @param {string} vraag @param {any} waarde an answer, or what an expression makes of it */
  #inWoorden(bezoek, vraag, waarde) {
    const knoop = bezoek.structuur.knoop(vraag);
    const deel = knoop?.type === "select_multiple" && typeof waarde === "string" ? waarde.split(" ").filter(Boolean) : waarde;
    return inWoorden(Array.isArray(deel) && !deel.length ? null : deel, knoop, { bezoek, taal: this.taal });
  }

  /** Why a question is not asked: its own rule, or that of what it stands in. @param {Bezoek} bezoek @param {string} sleutel */
  #waarom(bezoek, sleutel) {
    const { vraag } = uitSleutel(sleutel);
    const plek = bezoek.structuur.plekken.get(vraag);
    const om = plek?.groepen.find((/** @type {any} */ groep) => groep.relevant && bezoek.sessie.bestaat(groep.naam) && !bezoek.sessie.relevant(groep.naam));
    return om ? this.#regelzin(`Deel '${this.#label(bezoek, om.naam)}' geldt`, om.naam, "relevant") : this.#regelzin("Geldt", vraag, "relevant");
  }

  /** A rule in words, or as it stands in the form where words would be too many. @param {string} begin @param {string} naam @param {"relevant"|"gevolg"} soort */
  #regelzin(begin, naam, soort) {
    const uitleg = this.s.uitleg[naam] ?? {};
    if (uitleg[soort]) return [`${begin} ${uitleg[soort]}.`];
    return uitleg[`${soort}_regel`] ? [`${begin} als `, h("code", null, uitleg[`${soort}_regel`])] : [];
  }
}

// @ts-check
// The screen "Verzending": per stop and photo how far it is, what was set apart and what to do, when the next attempt is, what it costs.

import { meervoud, STANDWOORDEN } from "../dienst/stand.js";
import { kijkOfGewist, wismeldingGezien, wiszin } from "../opslag/gewist.js";
import { slaReddingskopieOp } from "../opslag/reddingskopie.js";
import { dagEnTijd, h, knop, tijd, vul, zegZacht } from "../scherm/dom.js";
import { icoon } from "../scherm/iconen.js";
import { fotokeuze, verbindingssoort, zetFotokeuze } from "../sync/keuze.js";
import { SOORTEN } from "../sync/verbruik.js";
import { fotosVan, sluitWeggehaaldeFotos, stopsMetStand, watApartStaat, watWacht } from "./gegevens.js";
import { bewaarLeesbaar, bewaarVersleuteld, stuurOpnieuw } from "./herstel.js";
import { omvang, vervolgzin } from "./uitleg.js";

/** @typedef {import("../app.js").App} App */

const SOORTNAMEN = { antwoorden: "Antwoorden", fotos: "Foto's", dienst: "Dienst en kaart" };

/** @param {App} app */
export async function toon(app) {
  const scherm = new Verzendscherm(app);
  await scherm.toon();
  return () => scherm.stop();
}

/** @param {{stand: string, woord: string}} stand @returns {HTMLElement} the word with its shape */
export function standteken({ stand, woord }) {
  return h("span", { class: "standwoord", "data-stand": stand }, h("span", { class: "standvorm", "aria-hidden": "true" }), woord);
}

class Verzendscherm {
  #weg = false;
  /** Stops whose photos are unfolded. @type {Set<string>} */
  #open = new Set();
  #bezig = false;
  #nogEens = false;

  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.vakken = { gewist: h("div"), nu: h("section", { class: "vak", "aria-labelledby": "vz-nu" }), apart: h("div"), stops: h("div"), keuze: h("div"), verbruik: h("div") };
  }

  async toon() {
    const { app, vakken } = this;
    vul(app.hoofd,
      h("div", { class: "bezoekkop" }, knop([icoon("links"), "Stops"], () => app.ga("stops"), { class: "knop knop-klein" }), h("h1", { tabindex: "-1" }, "Verzending")),
      vakken.gewist, vakken.nu, vakken.apart, vakken.stops, vakken.keuze, vakken.verbruik,
      h("section", null, h("h2", null, "Lukt verzenden niet meer?"), h("p", null, "Maak een reddingskopie: een versleuteld bestand met alles van dit toestel. Uw beheerder kan het op de server inlezen."),
        knop("Reddingskopie maken", () => void slaReddingskopieOp(app.kluis?.kluisId ?? "", app.kluis))));
    this.#keuze();
    await this.ververs();
    this.stopZender = app.zender?.bij(() => void this.ververs());
    window.scrollTo(0, 0);
  }

  stop() {
    this.#weg = true;
    this.stopZender?.();
  }

  /** Everything that changes. One at a time: a call during another makes one more. */
  async ververs() {
    if (this.#bezig) return void (this.#nogEens = true);
    this.#bezig = true;
    try {
      do {
        this.#nogEens = false;
        await this.#eenmaal();
      } while (this.#nogEens && !this.#weg);
    } finally {
      this.#bezig = false;
    }
  }

  async #eenmaal() {
    const { app } = this;
    if (!app.kluis?.isOpen || this.#weg) return;
    await sluitWeggehaaldeFotos(app, Date.now());
    const [stops, apart, wacht, laatst, gewist, verbruik] = await Promise.all([
      stopsMetStand(app), watApartStaat(app), watWacht(app), app.bewaking?.laatstVerzonden(), kijkOfGewist(app.kluis, localStorage, Date.now()), app.bewaking?.verbruik.lees(),
    ]);
    const fotos = new Map(await Promise.all([...this.#open].map(async (id) => /** @type {const} */ ([id, await fotosVan(app, id)]))));
    if (this.#weg) return;
    const focus = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset?.actie;
    this.#gewist(gewist);
    this.#nu(wacht, laatst ?? null, apart.length);
    this.#apart(apart);
    this.#stops(stops, fotos);
    if (verbruik) this.#verbruik(verbruik);
    if (focus && document.activeElement === document.body) /** @type {HTMLElement|null} */ (app.hoofd.querySelector(`[data-actie="${CSS.escape(focus)}"]`))?.focus();
  }

  /** @param {import("../opslag/gewist.js").Wismelding|null} melding */
  #gewist(melding) {
    vul(this.vakken.gewist, melding && !melding.gezien && h("div", { class: "vak vak-veiligheid", role: "alert" }, h("strong", null, "Gegevens gewist door de browser"), h("p", null, wiszin(melding)),
      knop("Ik heb dit gelezen", async () => {
        if (this.app.kluis) await wismeldingGezien(this.app.kluis, melding);
        await this.ververs();
      }, { "data-actie": "gewist" })));
  }

  /** @param {{zin: string, fotos: number, bytes: number, beschadigd: number}} wacht @param {{op: number, aantal: number}|null} laatst @param {number} apart */
  #nu(wacht, laatst, apart) {
    const { zender, bewaking } = this.app;
    const klaar = wacht.zin === "Alles is verzonden";
    const stand = apart ? "apart" : klaar ? "compleet" : "lokaal";
    const wanneer = zender?.volgende ? moment(zender.volgende) : "";
    const vervolg = vervolgzin(zender?.laatste ?? null, wanneer);
    const aanmelden = zender?.laatste?.uitkomst === "aanmelden" || zender?.laatste?.uitkomst === "andere_gebruiker";
    vul(this.vakken.nu,
      h("h2", { id: "vz-nu" }, standteken({ stand, woord: wacht.zin })),
      wacht.beschadigd > 0 && h("p", null, `${meervoud(wacht.beschadigd, "stand van een stop is", "standen van stops zijn")} op dit toestel beschadigd en niet verzonden. Kijk bij de stops of de stand klopt.`),
      wacht.fotos > 0 && h("p", null, `Foto's die nog weg moeten: ${wacht.fotos}, samen ${omvang(wacht.bytes)}.`),
      (bewaking?.uitgesteld ?? 0) > 0 && h("p", null, h("strong", null, `${meervoud(bewaking?.uitgesteld ?? 0, "foto wacht", "foto's wachten")}, omdat u dat zo hebt gekozen.`), " Antwoorden gaan wel."),
      h("p", null, laatst ? `Laatst iets verzonden: ${dagEnTijd(new Date(laatst.op).toISOString())}.` : "Er is vanaf dit toestel nog niets verzonden."),
      zender?.laatste && h("p", { class: "klein" }, `Laatste poging: ${tijd(new Date(zender.laatste.op).toISOString())}.`),
      vervolg && h("p", { class: "vak vak-letop" }, vervolg),
      h("p", { class: "rij" }, knop(zender?.bezig ? "Verzenden…" : "Nu verzenden", () => this.#verzend(), { class: "knop knop-hoofd", "data-actie": "verzend" }),
        aanmelden && h("a", { class: "knop", href: "/aanmelden?volgende=/veld" }, "Aanmelden")));
  }

  async #verzend() {
    const uitslag = await this.app.zender?.nu();
    zegZacht(uitslag?.zin || (await watWacht(this.app)).zin);
  }

  /** @param {import("./gegevens.js").Apart[]} lijst */
  #apart(lijst) {
    vul(this.vakken.apart, lijst.length > 0 && h("section", null, h("h2", null, `Apart gezet (${lijst.length})`), h("p", null, "Dit hield de rest niet tegen. Er is niets weg: het staat ook nog op dit toestel."),
      h("ul", { class: "kaal" }, ...lijst.map((een) => this.#apartKaart(een)))));
  }

  /** @param {import("./gegevens.js").Apart} een */
  #apartKaart(een) {
    const { app } = this;
    const { uitleg } = een;
    const na = (/** @type {Promise<any>} */ werk) => void werk.then(() => this.ververs());
    return h("li", { class: "vak apartkaart" },
      h("p", null, h("strong", null, een.soort === "foto" ? `Foto bij: ${een.vraag}` : een.vraag), een.antwoord && h("span", { class: "blok" }, `Uw antwoord: ${een.antwoord}`)),
      h("p", { class: "klein" }, `${een.stop}${een.op ? `, ${dagEnTijd(een.op)}` : ""}. ${uitleg.server ? "De server heeft het." : "Staat alleen op dit toestel."}`),
      h("p", null, uitleg.waarom, uitleg.reden && uitleg.reden !== uitleg.waarom && ` (${uitleg.reden})`), h("p", null, h("strong", null, "Wat u kunt doen: "), uitleg.doe),
      h("p", { class: "rij" },
        uitleg.acties.includes("naar") && een.naar && knop("Naar de vraag", () => app.ga(/** @type {string} */ (een.naar)), { "data-actie": `naar-${een.id}` }),
        uitleg.acties.includes("opnieuw") && een.leesbaar && knop("Opnieuw verzenden", () => na(stuurOpnieuw(app, een)), { "data-actie": `opnieuw-${een.id}` }),
        een.soort === "antwoord" && uitleg.server && knop("Gezien, niet meer tonen", () => na(/** @type {any} */ (app.logboek).handelAf([een.id], Date.now())), { "data-actie": `gezien-${een.id}` })),
      h("details", null, h("summary", null, "Als bestand bewaren"),
        h("p", { class: "klein" }, "Versleuteld kan alleen uw beheerder het openen. Een leesbaar bestand kan iedereen lezen die het heeft: verwijder het zodra het niet meer nodig is."),
        h("p", { class: "rij" }, knop("Versleuteld bewaren", () => void bewaarVersleuteld(app, een)), een.leesbaar && knop("Leesbaar bewaren", () => void bewaarLeesbaar(app, een)))));
  }

  /** @param {any[]} stops @param {Map<string, import("./gegevens.js").Fotoregel[]>} fotos */
  #stops(stops, fotos) {
    const met = stops.filter((stop) => stop.verzending.stand !== "leeg");
    const leeg = stops.length - met.length;
    vul(this.vakken.stops, h("section", null, h("h2", null, "Per stop"),
      met.length > 0 && h("ul", { class: "kaal" }, ...met.map((stop) => this.#stop(stop, fotos.get(stop.bezoek_id)))),
      stops.length === 0 && h("p", null, "Er staat geen dienst op dit toestel."),
      leeg > 0 && h("p", { class: "klein" }, `${meervoud(leeg, "stop", "stops")} waar nog niets is ingevuld.`)));
  }

  /** @param {any} stop @param {import("./gegevens.js").Fotoregel[]|undefined} fotos */
  #stop(stop, fotos) {
    const { stand, zin } = stop.verzending;
    const lijst = h("div", null, fotos && this.#fotolijst(fotos));
    return h("li", { class: "vak", "data-verzending": stand },
      h("p", null, h("strong", null, `${stop.volgorde ? `${stop.volgorde}. ` : ""}${stop.adres}`)),
      h("p", null, standteken({ stand, woord: STANDWOORDEN[/** @type {"lokaal"} */ (stand)] }), ` · ${zin}`),
      h("details", { open: this.#open.has(stop.bezoek_id), ontoggle: async (/** @type {Event} */ gebeurtenis) => {
        const open = /** @type {HTMLDetailsElement} */ (gebeurtenis.target).open;
        if (open === this.#open.has(stop.bezoek_id)) return;
        this.#open[open ? "add" : "delete"](stop.bezoek_id);
        if (open) vul(lijst, this.#fotolijst(await fotosVan(this.app, stop.bezoek_id)));
      } }, h("summary", { "data-actie": `fotos-${stop.bezoek_id}` }, "Foto's van deze stop"), lijst));
  }

  /** @param {import("./gegevens.js").Fotoregel[]} fotos */
  #fotolijst(fotos) {
    if (!fotos.length) return h("p", { class: "klein" }, "Op dit toestel staan geen foto's van deze stop.");
    return h("ul", { class: "kaal fotoregels" }, ...fotos.map((foto) => h("li", null, h("span", { class: "rek" }, `${foto.vraag} · ${omvang(foto.omvang)}`), h("span", { title: foto.stand.zin }, standteken(foto.stand)))));
  }

  #keuze() {
    const kent = verbindingssoort() !== undefined;
    const nu = fotokeuze();
    const kies = (/** @type {string} */ waarde, /** @type {string} */ tekst) =>
      h("label", { class: "chip" }, h("input", { type: "radio", name: "fotoskeuze", value: waarde, checked: nu === waarde, onchange: () => {
        zetFotokeuze(/** @type {any} */ (waarde));
        void this.app.zender?.nu();
      } }), h("span", null, tekst));
    vul(this.vakken.keuze, h("fieldset", { class: "vraag" }, h("legend", null, "Foto's verzenden"), h("div", { class: "chips" }, kies("altijd", "Altijd"), kent && kies("wifi", "Alleen via wifi"), kies("niet", "Nu niet")),
      h("p", { class: "klein" }, `Antwoorden gaan altijd: die zijn klein.${kent ? "" : " Deze browser zegt niet of u wifi of mobiel gebruikt. Kies Nu niet om mobiele data te sparen, en zet het later weer op Altijd."}`)));
  }

  /** @param {{dag: string, dienst: any, maand: any}} verbruik */
  #verbruik({ dag, dienst, maand }) {
    const cel = (/** @type {number[]} */ [op, neer]) => h("td", null, op + neer ? `${omvang(op)} / ${omvang(neer)}` : "niets");
    const som = (/** @type {any} */ telling) => SOORTEN.reduce(([op, neer], soort) => [op + telling[soort][0], neer + telling[soort][1]], [0, 0]);
    vul(this.vakken.verbruik, h("section", null, h("h2", null, "Dataverbruik"),
      h("table", { class: "verbruik" }, h("caption", { class: "klein" }, `Verzonden / ontvangen, ongeveer. Deze dienst: sinds ${dag.split("-").reverse().join("-")} 6.00 uur.`),
        h("thead", null, h("tr", null, h("th", { scope: "col" }, "Wat"), h("th", { scope: "col" }, "Deze dienst"), h("th", { scope: "col" }, "Deze maand"))),
        h("tbody", null, ...SOORTEN.map((soort) => h("tr", null, h("th", { scope: "row" }, SOORTNAMEN[soort]), cel(dienst[soort]), cel(maand[soort]))), h("tr", null, h("th", { scope: "row" }, "Samen"), cel(som(dienst)), cel(som(maand)))))));
  }
}

/** @param {number} ms @returns {string} */
function moment(ms) {
  return ms - Date.now() < 60_000 ? "binnen een minuut" : `om ${tijd(new Date(ms).toISOString())}`;
}

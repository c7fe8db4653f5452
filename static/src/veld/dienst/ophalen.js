// @ts-check
// Fetching a shift: the plan first, which can be worked with at once, then map and photos. Says how far it is and how big, can be stopped.

import { bestandsmaat } from "../scherm/houd.js";
import { dagEnTijd, h, knop, vul, zegZacht } from "../scherm/dom.js";
import { Delen, metTermijn } from "./delen.js";
import { dagHier } from "./kalender.js";
import { meervoud } from "./stand.js";

/** @type {WeakMap<object, Delen>} */
const PER_KLUIS = new WeakMap();

/** The parts of the vault that is open. @param {import("../app.js").App} app @returns {Delen} */
export function delenVan(app) {
  const kluis = /** @type {import("../opslag/kluis.js").Kluis} */ (app.kluis);
  let delen = PER_KLUIS.get(kluis);
  if (!delen) PER_KLUIS.set(kluis, (delen = new Delen({ kluis, api: app.api })));
  return delen;
}

const NAMEN = { plan: "Plan en checklists", fotos: "Foto's van eerder", tegels: "Kaart" };

/** The box above the list that shows how far fetching is. */
export class Ophaalvak {
  /** @type {Map<keyof typeof NAMEN, string>} */
  #regels = new Map();
  #stop = new AbortController();

  /** @param {() => void} ververs draws the list anew */
  constructor(ververs) {
    this.el = h("section", { class: "vak ophalen", "aria-label": "Dienst ophalen", "data-ophalen": "bezig" });
    this.ververs = ververs;
    this.balk = h("progress", { "aria-label": "Hoe ver het ophalen is", max: "1" });
    this.regels = h("ul", null);
    vul(this.el, h("strong", null, "Dienst ophalen…"), this.balk, this.regels, knop("Stoppen", () => this.#stop.abort(), { class: "knop knop-klein" }));
  }

  get signaal() {
    return this.#stop.signal;
  }

  /** @param {keyof typeof NAMEN} deel @param {string} zin @param {number} [gedaan] of `totaal` @param {number} [totaal] */
  zeg(deel, zin, gedaan, totaal) {
    this.#regels.set(deel, zin);
    if (totaal) {
      this.balk.max = totaal;
      this.balk.value = gedaan ?? 0;
    } else this.balk.removeAttribute("value");
    vul(this.regels, ...[...this.#regels].map(([naam, tekst]) => h("li", null, `${NAMEN[naam]}: ${tekst}`)));
  }

  /** Ends with a sentence and what can be done. @param {string} zin @param {{verder: () => void, weg: () => void}} acties */
  klaar(zin, acties) {
    this.el.dataset.ophalen = "gestopt";
    vul(this.el, h("p", { role: "status" }, h("strong", null, zin)), h("p", { class: "rij" }, knop("Opnieuw proberen", acties.verder, { class: "knop knop-klein" }), knop("Sluiten", acties.weg, { class: "knop knop-klein" })));
  }
}

/**
 * @param {import("../app.js").App} app
 * @param {Ophaalvak|null} vak null: quietly, because the plan changed
 * @returns {Promise<string>} empty when all is in, else why not
 */
export async function haalDienst(app, vak) {
  const stop = vak?.signaal ?? new AbortController().signal;
  vak?.zeg("plan", "bezig");
  // Who is inside stays inside: the stop that is open is kept, also where it left the plan.
  const houd = [...((await app.voortgang?.onverzonden()) ?? []), app.bezoek?.bezoekId ?? ""];
  const uit = await app.dienst?.haal(dagHier(new Date()), new Set(houd), metTermijn(stop));
  if (!uit?.pak) {
    if (stop.aborted) return app.pak ? "Gestopt. De dienst die er stond, staat er nog." : "Gestopt. Er is niets opgehaald.";
    if (vak && uit?.uitkomst === "aanmelden") app.kop.band(uit.zin, true);
    const reden = REDEN[uit?.uitkomst ?? "netwerk"];
    return `De dienst is niet opgehaald${reden ? `: ${reden}.` : `. ${uit?.zin ?? ""}`}${app.pak ? " De dienst die er stond, staat er nog." : ""}`;
  }
  app.pak = uit.pak;
  await app.talen?.houd(app.bezoekIds());
  vak?.zeg("plan", `${meervoud(uit.pak.acties.flatMap((/** @type {any} */ actie) => actie.stops).length, "stop", "stops")}, ${bestandsmaat(uit.pak.omvang)}`);
  zegZacht(uit.pak.planmelding || `De dienst staat op dit toestel, geldig tot ${dagEnTijd(uit.pak.vervalt_op)}.`);
  await app.versStops();
  return haalDelen(app, vak);
}

/** @param {import("../app.js").App} app @param {Ophaalvak|null} vak @returns {Promise<string>} empty when all is in, else why not */
async function haalDelen(app, vak) {
  const stop = vak?.signaal;
  const delen = delenVan(app);
  const hoogste = app.pak.tegels?.hoogste_bytes ?? 0;
  const uit = await delen.haal(app.pak, {
    stop, opnieuw: vak !== null,
    meld: ({ soort, gedaan, totaal, bytes }) =>
      vak?.zeg(soort, soort === "tegels" ? `${gedaan} van ${totaal} stukken, ${bestandsmaat(bytes)} (hoogstens ${bestandsmaat(hoogste)})` : `${gedaan} van ${meervoud(totaal, "stop", "stops")}, ${bestandsmaat(bytes)}`, gedaan, totaal),
  });
  if (uit.uitkomst === "gelukt") return "";
  const wat = "De stops en checklists staan op dit toestel. De kaart en foto's van eerder nog niet helemaal";
  return stop?.aborted ? `Gestopt. ${wat}.` : `${wat}: ${REDEN[uit.uitkomst] ?? "de server gaf een onverwacht antwoord"}.`;
}

/** @type {Record<string, string>} */
const REDEN = { netwerk: "er is geen verbinding", aanmelden: "meld u opnieuw aan", serverfout: "de server heeft een storing", druk: "de server is druk", ingetrokken: "dit toestel is ingetrokken" };

/**
 * What the pack consists of, with sizes, and taking map and photos away.
 * @param {Element} plek @param {import("../app.js").App} app @param {{verder: () => void}} acties
 */
export async function toonWatErStaat(plek, app, acties) {
  const { pak } = app;
  if (!pak || !app.kluis) return;
  const delen = delenVan(app);
  const [o, mist] = await Promise.all([delen.overzicht(pak), delen.ontbreekt(pak)]);
  const extra = o.tegels.bytes + o.fotos.bytes;
  const regels = [
    [`Plan met ${meervoud(o.stops, "stop", "stops")}`, o.plan], [meervoud(o.checklists, "checklist", "checklists"), o.checklistbytes], ["Briefing", o.briefing], ["Rechten en hulp", o.zorgkaart], ["Kaart: water, wegen en gebouwen", o.achtergrond],
    [`Kaart: ${o.tegels.aanwezig} van ${meervoud(o.tegels.totaal, "stuk", "stukken")}${o.tegels.bron && ` van ${o.tegels.bron}`}`, o.tegels.bytes], [`Foto's van eerder bij ${meervoud(o.fotos.stops, "stop", "stops")}`, o.fotos.bytes],
  ];
  const totaal = regels.reduce((som, [, bytes]) => som + Number(bytes), 0);
  vul(plek,
    h("ul", null, ...regels.filter(([, bytes]) => bytes).map(([naam, bytes]) => h("li", null, `${naam}: ${bestandsmaat(Number(bytes))}`))),
    h("p", null, `Samen ${bestandsmaat(totaal)}, versleuteld. Opgehaald ${dagEnTijd(pak.gemaakt_op)}, geldig tot ${dagEnTijd(pak.vervalt_op)}.`),
    mist && h("p", { class: "rij" }, "De kaart en foto's van eerder zijn niet helemaal binnen.", knop("Verder ophalen", acties.verder, { class: "knop knop-klein" })),
    extra > 0 && h("p", null, knop("Kaart en foto's verwijderen", async () => {
      await delen.wis();
      zegZacht("Verwijderd. De stops en checklists staan er nog.");
      await toonWatErStaat(plek, app, acties);
    }, { class: "knop knop-klein" })));
}

/** An expired shift leaves no map and no photos behind. @param {import("../app.js").App} app */
export async function ruimVerlopenOp(app) {
  const delen = delenVan(app);
  const { tegels, fotos } = await delen.lijst();
  if (Object.keys(tegels).length || Object.keys(fotos).length) await delen.verloop();
}

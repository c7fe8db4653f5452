// @ts-check
// The review before "afronden": what is missing, differs, has no evidence, was set apart, is not sent, or waits for a partner.
// Nothing here blocks saving. Each point leads to its question; a button there leads back.

import { isLeeg, vertaal } from "../bezoek/structuur.js";
import { meervoud } from "../dienst/stand.js";
import { sleutelVan, uitSleutel } from "../ops/operatie.js";
import { partnernaam, rolVan } from "../samen/rollen.js";
import { toonConflict } from "./conflict.js";
import { h, knop, vul } from "./dom.js";
import { icoon } from "./iconen.js";
import { inEenZin, nogNodig } from "./voorstel.js";

/** @typedef {import("../bezoek/bezoek.js").Bezoek} Bezoek */

/**
 * Parts of the form that a partner fills in, that are asked now and in which nothing stands yet. For the gemeente; a partner does not see them.
 * @param {Bezoek} bezoek @returns {{naam: string, rol: string}[]}
 */
export function wachtOpPartner({ structuur, sessie, vouw, andermans, verborgen }) {
  const delen = structuur.delen().filter(({ naam, knoop }) => andermans.has(naam) && !verborgen.has(naam) && knoop?.soort === "groep" && sessie.relevant(naam));
  return delen.filter(({ naam }) => {
    const vragen = [...structuur.plekken].filter(([, plek]) => plek.knoop.soort === "vraag" && plek.groepen.some((groep) => groep.naam === naam));
    return vragen.every(([vraag, plek]) => plek.herhaling === null && isLeeg(sessie.waarde(vraag)) && !vouw.bijlagen(vraag).length);
  }).map(({ naam }) => ({ naam, rol: rolVan(structuur, naam) }));
}

/**
 * @param {Element} plek
 * @param {{bezoek: Bezoek, formulier: import("./formulier.js").Formulier, taal: string, verzending: {zin: string}, klaar: boolean,
 *   apart: {sleutel: string, reden: string}[], fotos: string[]}} stand `fotos`: the questions whose photos are on this device only; `klaar`: finished before
 * @param {{terug: () => void, naar: (sleutel: string) => void, naarDeel: (naam: string) => void, rondAf: () => void}} acties
 */
export function toonControle(plek, stand, acties) {
  const { bezoek, formulier, taal } = stand;
  const { structuur, definitie } = bezoek;
  const label = (/** @type {string} */ vraag) => vertaal(structuur.knoop(vraag)?.label, taal, definitie.standaardtaal) || vraag;
  const naam = (/** @type {string} */ sleutel) => {
    const { vraag, herhaling } = uitSleutel(sleutel);
    const instantie = herhaling ? bezoek.instanties.get(herhaling) : null;
    if (!instantie) return label(vraag);
    const nr = bezoek.vanGroep(instantie.groep, instantie.ouder).findIndex((i) => i.id === instantie.id) + 1;
    return instantie.groep === vraag ? `${label(vraag)} ${nr}` : `${label(instantie.groep)} ${nr}: ${label(vraag)}`;
  };
  const punt = (/** @type {string} */ titel, /** @type {string} */ uitleg, /** @type {(() => void)|null} */ doe) => {
    const tekst = h("span", { class: "stoptekst" }, titel, h("span", { class: "klein" }, uitleg));
    return h("li", null, doe ? h("button", { type: "button", class: "stopregel", onclick: doe }, tekst) : h("div", { class: "stopregel" }, tekst));
  };
  const lijst = (/** @type {string} */ titel, /** @type {HTMLElement[]} */ punten) => punten.length > 0 && h("section", null, h("h2", null, `${titel} (${punten.length})`), h("ul", { class: "stoplijst" }, ...punten));
  const naarVraag = (/** @type {string} */ sleutel) => (structuur.knoop(uitSleutel(sleutel).vraag)?.soort === "vraag" ? () => acties.naar(sleutel) : null);

  const teken = () => {
    const open = formulier.nogTeDoenOpVolgorde();
    const conflicten = bezoek.vouw.conflicten().filter(({ sleutel }) => structuur.knoop(uitSleutel(sleutel).vraag));
    const zonderBewijs = bezoek.sessie.voorstellen().filter((/** @type {any} */ v) => v.ontbreekt?.length);
    const punten = open.length + conflicten.length + zonderBewijs.length + stand.apart.length;
    const conflict = (/** @type {import("../ops/vouw.js").Conflict} */ { sleutel, baan }) => {
      const knoop = structuur.knoop(uitSleutel(sleutel).vraag);
      const omgeving = { ...formulier.o, verwerk: (/** @type {Set<string>} */ anders) => {
        formulier.verwerk(anders);
        void bezoek.bewaarder.spoel().then(teken);
      } };
      const nieuw = () => { acties.naar(sleutel); formulier.beelden.get(sleutel)?.kiesNieuw(); };
      return h("div", null, h("h3", null, naam(sleutel)), toonConflict(omgeving, knoop, sleutel, /** @type {any} */ (baan), nieuw));
    };
    vul(plek,
      h("div", { class: "bezoekkop" }, knop([icoon("links"), "Checklist"], acties.terug, { class: "knop knop-klein" }), h("h1", { tabindex: "-1" }, stand.klaar ? "Controle" : "Controle voor afronden")),
      punten === 0 && h("p", { class: "vak vak-goed" }, "Alles is ingevuld, er zijn geen verschillen en er ontbreekt geen bewijs."),
      lijst("Nog te doen", open.map((sleutel) => punt(naam(sleutel), bezoek.sessie.melding(sleutel) || "Nog niet beantwoord", () => acties.naar(sleutel)))),
      conflicten.length > 0 && h("section", null, h("h2", null, `Verschillende antwoorden (${conflicten.length})`), ...conflicten.map(conflict)),
      lijst("Bewijs ontbreekt", zonderBewijs.map((/** @type {any} */ v) => punt(inEenZin(v), `Nog nodig: ${nogNodig(v)}`, () => acties.naar(v.ontbreekt[0].vraag)))),
      lijst("Apart gezet", stand.apart.map(({ sleutel, reden }) => punt(naam(sleutel), reden || "De server kon dit niet plaatsen; de coördinator ziet het.", naarVraag(sleutel)))),
      lijst("Foto's alleen nog op dit toestel", stand.fotos.map((sleutel) => punt(naam(sleutel), "Gaat vanzelf mee zodra er verbinding is.", naarVraag(sleutel)))),
      lijst("Vult een partner nog in", wachtOpPartner(bezoek).map((deel) => punt(label(deel.naam), `Hier heeft ${partnernaam(deel.rol)} nog niets ingevuld.`, () => acties.naarDeel(deel.naam)))),
      h("p", { class: "klein" }, stand.verzending.zin),
      h("div", { class: "rij" }, !stand.klaar && knop(punten === 0 ? "Afronden" : `Toch afronden (${meervoud(punten, "punt", "punten")} open)`, acties.rondAf, { class: "knop knop-hoofd knop-groot", "data-toestand": "afgerond" }),
        knop(stand.klaar ? "Terug naar de checklist" : "Verder invullen", acties.terug)),
      h("p", { class: "klein" }, stand.klaar ? "Dit bezoek is afgerond. Aanvullen kan nog, met een reden." : "Na het afronden kunt u alleen nog aanvullen, met een reden; de coördinator ziet dat dan apart."));
    /** @type {HTMLElement|null} */ (plek.querySelector("h1"))?.focus();
  };
  formulier.maakStreng();
  teken();
}

/** Where the photos of a visit belong that are on this device only. @param {import("../opslag/fotos.js").Fotos} fotos @param {string} bezoekId @returns {Promise<string[]>} keys, once each */
export async function fotosHier(fotos, bezoekId) {
  const uit = new Set();
  for (const record of await fotos.metStatus("wacht")) {
    if (record.bezoek_id !== bezoekId) continue;
    const { vraag_id: vraag, herhaling_id: herhaling } = await fotos.feiten(record);
    uit.add(sleutelVan(vraag, herhaling));
  }
  return [...uit];
}

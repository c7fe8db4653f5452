// @ts-check
// The sections with what is left in each, and searching in the checklist. A part of its own: fetched when it is opened.

import { uitSleutel } from "../ops/operatie.js";
import { isLeeg, isStil } from "../bezoek/structuur.js";
import { maakIndex, zoek } from "../bezoek/zoeken.js";
import { partnernaam, rolVan } from "../samen/rollen.js";
import { inWoorden } from "./conflict.js";
import { elementId, h, knop, vul } from "./dom.js";
import { icoon } from "./iconen.js";
import { Vel } from "./vel.js";

const HOOGSTENS = 60;
const ZOEKPAUZE_MS = 120;

/**
 * How many questions each section asks and how many of them have an answer.
 * @param {import("../bezoek/bezoek.js").Bezoek} bezoek @returns {Map<string, {gevraagd: number, gegeven: number}>}
 */
function tellingen({ sessie, structuur, andermans }) {
  /** @type {Map<string, {gevraagd: number, gegeven: number}>} */
  const uit = new Map();
  for (const sleutel of sessie.sleutels()) {
    const { vraag } = uitSleutel(sleutel);
    const knoop = structuur.knoop(vraag);
    if (knoop?.soort !== "vraag" || isStil(knoop) || andermans.has(vraag) || !sessie.relevant(sleutel)) continue;
    const deel = structuur.deelVan(vraag);
    const telling = uit.get(deel) ?? { gevraagd: 0, gegeven: 0 };
    telling.gevraagd += 1;
    if (!isLeeg(sessie.waarde(sleutel))) telling.gegeven += 1;
    uit.set(deel, telling);
  }
  return uit;
}

/**
 * @param {import("./formulier.js").Formulier} formulier
 * @param {{huidig: string, naarDeel: (naam: string) => void}} stand
 */
export function toonOverzicht(formulier, { huidig, naarDeel }) {
  const { bezoek } = formulier;
  const { taal } = formulier.o;
  /** @type {(() => void)|null} */
  let daarna = null;
  const vel = new Vel("Overzicht en zoeken", { gesloten: () => {
    clearTimeout(wekker);
    daarna?.();
  } });
  const ga = (/** @type {() => void} */ doe) => {
    daarna = doe; // when the sheet is gone: closing gives the focus back first
    vel.sluit();
  };
  /** @type {any} */
  let wekker;
  /** @type {import("../bezoek/zoeken.js").Regel[]|null} */
  let index = null;
  const inhoud = h("div");
  const aantal = h("p", { class: "klein zoekstand", role: "status" });
  const zoekId = elementId();
  const veld = h("input", { id: zoekId, type: "search", class: "invoer", autocomplete: "off", enterkeyhint: "search", oninput: () => {
    clearTimeout(wekker);
    wekker = setTimeout(teken, ZOEKPAUZE_MS);
  } });
  const rij = (/** @type {any} */ eigenschappen, /** @type {(Node|string|false)[]} */ ...kinderen) =>
    h("li", null, h("button", { type: "button", class: "stopregel", ...eigenschappen }, h("span", { class: "stoptekst" }, ...kinderen)));

  const wieHier = (/** @type {string} */ naam) => h("span", { class: "klein" }, formulier.delen.get(naam)?.el.querySelector(":scope > .deelwie:not([hidden])")?.textContent ?? "");
  const delen = () => {
    const open = formulier.nogTeDoenOpVolgorde();
    const { perDeel } = bezoek.todo.telling();
    const telling = tellingen(bezoek);
    aantal.textContent = open.length ? `Nog te doen: ${open.length}.` : "Alles wat moet, is ingevuld.";
    vul(inhoud,
      open.length > 0 && knop([icoon("rechts"), "Naar de eerste open vraag"], () => ga(() => formulier.gaNaar(open[0])), { class: "knop knop-hoofd knop-breed" }),
      h("h2", null, "Delen"),
      h("ol", { class: "stoplijst" }, ...formulier.zichtbareDelen().map(({ deel, titel }, i) => {
        const { gevraagd = 0, gegeven = 0 } = telling.get(deel.naam) ?? {};
        const nog = perDeel.get(deel.naam);
        const stand = bezoek.andermans.has(deel.naam) ? `vult ${partnernaam(rolVan(bezoek.structuur, deel.naam))} in` : gevraagd ? `${gegeven} van ${gevraagd} beantwoord` : "nog leeg";
        return rij({ "aria-current": deel.naam === huidig ? "step" : null, onclick: () => ga(() => naarDeel(deel.naam)) },
          h("strong", null, `${i + 1}. ${titel}`), h("span", { class: "klein" }, stand, nog ? h("strong", { class: "nogopen" }, `, ${nog} nog te doen`) : gegeven > 0 && ", klaar"), wieHier(deel.naam));
      })));
  };
  const teken = () => {
    if (!veld.value.trim()) return delen();
    index ??= maakIndex(bezoek, taal, (waarde, knoop) => inWoorden(waarde, knoop, formulier.o));
    const gevonden = zoek(index, veld.value);
    aantal.textContent = gevonden.length === 0 ? "Niets gevonden. Probeer een ander woord." : `${gevonden.length} ${gevonden.length === 1 ? "vraag" : "vragen"} gevonden${gevonden.length > HOOGSTENS ? `, de eerste ${HOOGSTENS} staan hier` : ""}.`;
    vul(inhoud, h("ul", { class: "stoplijst zoeklijst" }, ...gevonden.slice(0, HOOGSTENS).map(({ sleutel, titel, plek, antwoord }) =>
      rij({ onclick: () => ga(() => formulier.gaNaar(sleutel)) }, h("strong", null, titel), plek && h("span", { class: "klein" }, plek), antwoord && h("span", { class: "klein" }, `Antwoord: ${antwoord}`)))));
  };
  vul(vel.romp, h("label", { for: zoekId, class: "veldlabel" }, "Zoek een vraag of antwoord"), veld, aantal, inhoud);
  delen();
}

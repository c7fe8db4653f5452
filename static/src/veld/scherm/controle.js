// @ts-check
// The review before "afronden": what is missing, what conflicts, what has no evidence. Nothing here blocks saving.

import { vertaal } from "../bezoek/structuur.js";
import { uitSleutel } from "../ops/operatie.js";
import { toonConflict } from "./conflict.js";
import { h, knop, vul } from "./dom.js";
import { icoon } from "./iconen.js";
import { meervoud } from "../dienst/stand.js";
import { inEenZin, nogNodig } from "./voorstel.js";

/**
 * @param {Element} plek
 * @param {{bezoek: import("../bezoek/bezoek.js").Bezoek, formulier: import("./formulier.js").Formulier, stop: any, taal: string, verzending: {zin: string}}} stand
 * @param {{terug: () => void, naar: (sleutel: string) => void, rondAf: () => void}} acties
 */
export function toonControle(plek, stand, acties) {
  const { bezoek, formulier, taal } = stand;
  const naam = (/** @type {string} */ sleutel) => {
    const { vraag, herhaling } = uitSleutel(sleutel);
    const knoop = bezoek.structuur.knoop(vraag);
    const label = vertaal(knoop?.label, taal, bezoek.definitie.standaardtaal) || vraag;
    const instantie = herhaling ? bezoek.instanties.get(herhaling) : null;
    if (!instantie) return label;
    const nr = bezoek.vanGroep(instantie.groep, instantie.ouder).findIndex((i) => i.id === instantie.id) + 1;
    return `${vertaal(bezoek.structuur.knoop(instantie.groep)?.label, taal) || instantie.groep} ${nr}: ${label}`;
  };
  const teken = () => {
    const open = formulier.nogTeDoenOpVolgorde();
    const conflicten = bezoek.vouw.conflicten();
    const zonderBewijs = bezoek.sessie.voorstellen().filter((/** @type {any} */ v) => v.ontbreekt?.length);
    const goed = !open.length && !conflicten.length && !zonderBewijs.length;
    vul(plek,
      h("div", { class: "bezoekkop" }, knop([icoon("links"), "Checklist"], acties.terug, { class: "knop knop-klein" }), h("h1", { tabindex: "-1" }, "Controle voor afronden")),
      goed && h("p", { class: "vak vak-goed" }, "Alles is ingevuld, er zijn geen verschillen en er ontbreekt geen bewijs."),
      open.length > 0 && h("section", null, h("h2", null, `Nog te doen (${open.length})`),
        h("ul", { class: "stoplijst" }, ...open.map((sleutel) => h("li", null, h("button", { type: "button", class: "stopregel", onclick: () => acties.naar(sleutel) },
          h("span", { class: "stoptekst" }, naam(sleutel), h("span", { class: "klein" }, bezoek.sessie.melding(sleutel) || "Nog niet beantwoord"))))))),
      conflicten.length > 0 && h("section", null, h("h2", null, `Verschillende antwoorden (${conflicten.length})`),
        ...conflicten.map(({ sleutel, baan }) => h("div", null, h("h3", null, naam(sleutel)),
          toonConflict({ ...formulier.o, verwerk: (/** @type {Set<string>} */ anders) => {
            formulier.verwerk(anders);
            void bezoek.bewaarder.spoel().then(teken);
          } }, bezoek.structuur.knoop(uitSleutel(sleutel).vraag), sleutel, /** @type {any} */ (baan))))),
      zonderBewijs.length > 0 && h("section", null, h("h2", null, "Bewijs ontbreekt"),
        h("ul", { class: "stoplijst" }, ...zonderBewijs.map((/** @type {any} */ v) => h("li", null, h("button", { type: "button", class: "stopregel", onclick: () => acties.naar(v.ontbreekt[0].vraag) },
          h("span", { class: "stoptekst" }, inEenZin(v), h("span", { class: "klein" }, `Nog nodig: ${nogNodig(v)}`))))))),
      h("p", { class: "klein" }, stand.verzending.zin),
      h("div", { class: "rij" }, knop(goed ? "Afronden" : `Toch afronden (${meervoud(open.length + conflicten.length + zonderBewijs.length, "punt", "punten")} open)`, acties.rondAf, { class: "knop knop-hoofd knop-groot", "data-toestand": "afgerond" }),
        knop("Verder invullen", acties.terug)),
      h("p", { class: "klein" }, "Na het afronden kunt u alleen nog aanvullen; de coördinator ziet dat dan apart."));
    /** @type {HTMLElement|null} */ (plek.querySelector("h1"))?.focus();
  };
  formulier.maakStreng();
  teken();
}

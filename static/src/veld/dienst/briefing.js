// @ts-check
// The briefing of one's own team, as it was written for it: safety first, whom to call, who does what. Opens without a network.

import { isVerlopen } from "./pak.js";
import { dagEnTijd, h, knop, vul } from "../scherm/dom.js";
import { icoon } from "../scherm/iconen.js";

/** @param {import("../app.js").App} app @param {string} [actieId] @returns {Promise<void>} */
export async function toon(app, actieId) {
  const actie = (app.pak?.acties ?? []).find((/** @type {any} */ een) => een.id === actieId);
  if (!actie?.briefing || isVerlopen(app.pak, Date.now())) return app.ga("stops");
  const { inhoud: b, versie, gemaakt_op: op, wijzigingen } = actie.briefing;
  vul(app.hoofd,
    h("div", { class: "bezoekkop" }, knop([icoon("links"), "Stops"], () => app.ga("stops"), { class: "knop knop-klein" }), h("h1", { tabindex: "-1" }, `Briefing ${b.actie.naam}`)),
    h("p", null, `${b.actie.soort} op ${b.actie.datum}, ${b.actie.tijd} uur. Voor ${b.voor}. `, h("span", { class: "klein" }, `Versie ${versie}, ${dagEnTijd(op)}.`)),
    wijzigingen?.length ? deel("Anders dan in de vorige versie", lijst(wijzigingen)) : null,
    deel("Veiligheid eerst", b.veiligheid_actie && h("p", { class: "vak vak-veiligheid" }, h("strong", null, "Let op: "), b.veiligheid_actie), lijst(b.veiligheid)),
    deel("Wanneer en met wie", feiten([
      ["Ploeg", `${b.ploeg.naam}, ${b.ploeg.tijd} uur`], ["Verzamelen", b.verzamelen], ["Pauze", b.ploeg.pauze], ["In de ploeg", b.ploeg.leden.map((/** @type {string[]} */ [naam, van]) => `${naam} (${van})`).join(", ")],
      ["Doel", b.doel], ["Bijzonderheden", b.bijzonderheden],
    ])),
    deel("Bellen", h("ul", null,
      ...b.telefoon.map((/** @type {string[]} */ [wie, naam, nummer]) => h("li", null, `${wie}${naam && `, ${naam}`}: `, bel(nummer))),
      ...b.zorgnummers.map((/** @type {string[]} */ [wie, nummer, uitleg]) => h("li", null, `${wie}: `, bel(nummer), ` ${uitleg}`)))),
    deel("Wie doet wat", feiten(b.rollen)),
    deel("Wat doet u als", ...b.doen.flatMap((/** @type {string[]} */ [titel, tekst, bron]) => [h("h3", null, titel), h("p", null, `${tekst} `, h("span", { class: "klein" }, `(${bron})`))])),
    deel("Zorg", lijst(b.zorg)));
  window.scrollTo(0, 0);
}

/** @param {string} titel @param {...any} kinderen */
const deel = (titel, ...kinderen) => h("section", null, h("h2", null, titel), ...kinderen);

/** @param {string[]} regels */
const lijst = (regels) => h("ul", null, ...(regels ?? []).map((zin) => h("li", null, zin)));

/** @param {string[][]} paren */
const feiten = (paren) => h("dl", { class: "feiten" }, ...paren.filter(([, wat]) => wat).map(([naam, wat]) => h("div", null, h("dt", null, naam), h("dd", null, wat))));

/** @param {string} nummer */
const bel = (nummer) => h("a", { class: "belnummer", href: `tel:${nummer.replace(/[^+\d]/gu, "")}` }, nummer);

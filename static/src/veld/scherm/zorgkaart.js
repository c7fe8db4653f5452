// @ts-check
// The rights and care card: for the person in front in their language, and for the inspector what to do.

import { telAdres } from "../dienst/zorgkaart.js";
import { h, knop, vul } from "./dom.js";
import { icoon } from "./iconen.js";
import { inTaal } from "./taal.js";
import { taalknoppen } from "./taalkeuze.js";
import { Vel } from "./vel.js";

/** @typedef {import("../dienst/zorgkaart.js").Zorgkaart} Zorgkaart */

/**
 * @param {Zorgkaart|null} kaart
 * @param {{geef: () => string|null, zet: (taal: string) => void}} geheugen the language of this stop, if one is open
 */
export function toonZorgkaart(kaart, geheugen) {
  const vel = new Vel("Rechten en hulp");
  if (!kaart) {
    vul(vel.romp, h("h2", null, "Rechten en hulp"), h("p", null, "De kaart komt mee met de dienst. Haal uw dienst op; daarna werkt de kaart ook zonder netwerk."), h("p", null, "Direct gevaar?"), belknop("112", "politie, brandweer, ambulance"));
    return;
  }
  const { talen, kaarten, watDoeIk } = kaart;
  const bekend = geheugen.geef();
  let taal = bekend && talen.includes(bekend) ? bekend : kaart.standaardtaal;
  const inhoud = h("div");
  const standen = talen.length && watDoeIk ? [knop("Rechten en hulp", () => toon("kaart"), { "data-kaartdeel": "kaart" }), knop(watDoeIk.titel, () => toon("eigen"), { "data-kaartdeel": "eigen" })] : [];
  const toon = (/** @type {"kaart"|"eigen"} */ deel) => {
    for (const stand of standen) stand.setAttribute("aria-pressed", String(stand.dataset.kaartdeel === deel));
    if (deel === "eigen") return vul(inhoud, ...eigenKaart(/** @type {any} */ (watDoeIk)));
    const blad = h("article", { class: "rechten" });
    const teken = () => {
      for (const naam of ["lang", "dir"]) blad.removeAttribute(naam);
      for (const [naam, waarde] of Object.entries(inTaal(taal))) blad.setAttribute(naam, waarde);
      vul(blad, ...rechtenkaart(kaarten[taal]));
    };
    teken();
    vul(inhoud, talen.length > 1 ? taalknoppen(talen, taal, (gekozen) => {
      taal = gekozen;
      geheugen.zet(gekozen);
      teken();
    }) : null, blad);
  };
  vul(vel.romp, standen.length ? h("div", { class: "taalrij", role: "group", "aria-label": "Voor wie" }, ...standen) : null, inhoud);
  toon(talen.length ? "kaart" : "eigen");
}

/** @param {import("../dienst/zorgkaart.js").Kaart} kaart */
function rechtenkaart(kaart) {
  const lijst = (/** @type {string} */ titel, /** @type {string[]} */ regels) => [h("h3", null, titel), h("ul", null, ...regels.map((regel) => h("li", null, regel)))];
  return [
    h("h2", null, kaart.titel), ...lijst(kaart.rechten_titel, kaart.rechten), ...lijst(kaart.hulp_titel, kaart.hulp),
    h("h3", null, kaart.nummers_titel),
    h("ul", { class: "nummers" }, ...kaart.nummers.map((een) => h("li", null, h("span", null, een.naam), belknop(een.nummer, een.naam), h("span", { class: "klein" }, een.uitleg)))),
  ];
}

/** @param {{titel: string, punten: import("../dienst/zorgkaart.js").Punt[]}} eigen */
const eigenKaart = (eigen) => [h("article", { class: "rechten" }, h("h2", null, eigen.titel), ...eigen.punten.flatMap((punt) => [h("h3", null, punt.titel), h("p", null, punt.tekst)]))];

/** @param {string} nummer @param {string} [naam] */
const belknop = (nummer, naam) => h("a", { class: "knop knop-hoofd belknop", href: telAdres(nummer), "aria-label": naam ? `${nummer}, ${naam}` : null }, icoon("telefoon"), h("span", { dir: "ltr" }, nummer));

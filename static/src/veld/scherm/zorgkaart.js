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
  const standen = talen.length && watDoeIk ? [knop("Rechten en hulp", () => toon("kaart"), { "data-kaartdeel": "kaart", class: "knop knop-klein" }), knop(watDoeIk.titel, () => toon("eigen"), { "data-kaartdeel": "eigen", class: "knop knop-klein" })] : [];
  const toon = (/** @type {"kaart"|"eigen"} */ deel) => {
    for (const stand of standen) stand.setAttribute("aria-pressed", String(stand.dataset.kaartdeel === deel));
    if (deel === "eigen") return vul(inhoud, ...eigenKaart(/** @type {any} */ (watDoeIk), kaarten[kaart.standaardtaal]?.nummers ?? []));
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
    nummerlijst(kaart.nummers),
  ];
}

/** @param {import("../dienst/zorgkaart.js").Nummer[]} nummers */
const nummerlijst = (nummers) => h("ul", { class: "nummers" }, ...nummers.map((een) => h("li", null, h("span", null, een.naam), belknop(een.nummer, een.naam), h("span", { class: "klein" }, een.uitleg))));

/** @param {{titel: string, punten: import("../dienst/zorgkaart.js").Punt[]}} eigen @param {import("../dienst/zorgkaart.js").Nummer[]} nummers */
const eigenKaart = (eigen, nummers) => [h("article", { class: "rechten" },
  h("h2", null, eigen.titel), ...eigen.punten.flatMap((punt) => [h("h3", null, punt.titel), h("p", null, punt.tekst)]), nummers.length > 0 && h("h3", null, "Bellen"), nummers.length > 0 && nummerlijst(nummers))];

/** @param {string} nummer @param {string} [naam] */
const belknop = (nummer, naam) => h("a", { class: "knop knop-hoofd belknop", href: telAdres(nummer), "aria-label": naam ? `${nummer}, ${naam}` : null }, icoon("telefoon"), h("span", { dir: "ltr" }, nummer));

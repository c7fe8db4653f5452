// @ts-check
// The card of one location, as elements: what others typed only ever becomes a text node.

/**
 * @typedef {{id: string, naam: string, adres: string, type_naam: string, status: string, status_naam: string, laatste_bezoek: string|null, bezoekstand: string, bezoekstand_naam: string,
 *   prioriteit: string|null, prioriteit_naam: string|null, prioriteit_waarom: string, afstand_m?: number, type: string, url: string}} Locatie
 */

/** @param {string} soort @param {string} klasse @param {string} tekst */
function el(soort, klasse, tekst) {
  const element = document.createElement(soort);
  if (klasse) element.className = klasse;
  element.textContent = tekst;
  return element;
}

/** '2026-03-21' -> '21 maart 2026'. @param {string|null} dag */
export function datum(dag) {
  if (!dag) return "nog nooit";
  return new Intl.DateTimeFormat("nl-NL", { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${dag}T12:00:00Z`));
}

/** A link that can only lead to a page of this site. @param {Locatie} locatie @param {string} tekst */
function koppeling(locatie, tekst) {
  const a = /** @type {HTMLAnchorElement} */ (el("a", "utrecht-link", tekst));
  if (locatie.url.startsWith("/") && !locatie.url.startsWith("//")) a.href = locatie.url;
  return a;
}

/** 1234 -> '1,2 km'. @param {number} meters */
export function afstand(meters) {
  return meters < 1000 ? `${Math.round(meters)} m` : `${(meters / 1000).toLocaleString("nl-NL", { maximumFractionDigits: 1 })} km`;
}

/** @typedef {{score: string, delen: {code: string, naam: string, punten: string, begin: number, breedte: number}[], gebeurtenissen: {dag: string, titel: string}[]}} Blik */

const SVG = "http://www.w3.org/2000/svg";

/** The score as one bar; the words say the same. @param {Blik} blik */
function balk(blik) {
  const svg = document.createElementNS(SVG, "svg");
  const delen = blik.delen.map((d) => `${d.naam.toLowerCase()} ${d.punten}`).join(", ") || "geen punten";
  for (const [naam, waarde] of [["class", "prioriteitbalk"], ["viewBox", "0 0 1000 48"], ["role", "img"], ["aria-label", `Score ${blik.score}: ${delen}`]]) svg.setAttribute(naam, waarde);
  for (const deel of [{ code: "", begin: 0, breedte: 1000 }, ...blik.delen]) {
    const vak = document.createElementNS(SVG, "rect");
    vak.setAttribute("class", deel.code ? `prioriteitbalk__deel prioriteitbalk__deel--${deel.code}` : "prioriteitbalk__leeg");
    for (const [naam, waarde] of [["x", deel.begin], ["y", 0], ["width", deel.breedte], ["height", 48]]) vak.setAttribute(String(naam), String(waarde));
    svg.append(vak);
  }
  return [el("p", "", `Score ${blik.score}: ${delen}`), svg];
}

/** Fill the part of the popup that was asked for when it opened. @param {HTMLElement} vak @param {Blik} blik */
export function vulBlik(vak, blik) {
  vak.replaceChildren(...balk(blik));
  if (!blik.gebeurtenissen.length) return;
  const lijst = el("ul", "kaartje-popup__laatst", "");
  lijst.append(...blik.gebeurtenissen.map((g) => el("li", "", `${datum(g.dag)}: ${g.titel}`)));
  vak.append(el("p", "kaartje-popup__kop", "Laatst gebeurd"), lijst);
}

/** What the popup holds. @param {Locatie} locatie @param {string} actie address of a new action, '' for who may not plan @param {boolean} metBlik with room for score and events, which ``vulBlik`` fills */
export function kaartje(locatie, actie = "", metBlik = false) {
  const doos = el("div", "kaartje-popup", "");
  doos.append(el("h3", "kaartje-popup__naam", locatie.naam), el("p", "", locatie.adres), el("p", "", `${locatie.type_naam}, ${locatie.status_naam.toLowerCase()}`));
  if (locatie.prioriteit_naam) {
    const waarom = !metBlik && locatie.prioriteit_waarom ? `: ${locatie.prioriteit_waarom}` : "";
    doos.append(el("p", "", `Prioriteit ${locatie.prioriteit_naam.toLowerCase()}${waarom}`));
  }
  const stand = locatie.bezoekstand === "te_laat" ? `, ${locatie.bezoekstand_naam}` : "";
  doos.append(el("p", "", `Laatste bezoek: ${datum(locatie.laatste_bezoek)}${stand}`));
  const regel = el("p", "kaartje-popup__doen", "");
  regel.append(koppeling(locatie, "Open de locatie"));
  if (actie) {
    const plan = /** @type {HTMLAnchorElement} */ (el("a", "utrecht-link", "Plan in"));
    plan.href = `${actie}?${new URLSearchParams({ locatie: locatie.id })}`;
    regel.append(plan);
  }
  doos.append(regel);
  if (metBlik) {
    const vak = el("div", "kaartje-popup__blik", "");
    vak.dataset.blik = "";
    doos.append(vak);
  }
  return doos;
}

/** One line of the list beside the map. @param {Locatie} locatie @param {() => void} toon */
export function regel(locatie, toon) {
  const li = el("li", "kaartlijst__regel", "");
  li.dataset.locatie = locatie.id;
  const tekst = el("div", "kaartlijst__tekst", "");
  const bij = [];
  if (locatie.prioriteit_naam) bij.push(`prioriteit ${locatie.prioriteit_naam.toLowerCase()}`);
  if (locatie.afstand_m !== undefined) bij.push(afstand(locatie.afstand_m));
  tekst.append(koppeling(locatie, locatie.naam), el("span", "kaartlijst__bij", [locatie.adres, locatie.type_naam, locatie.status_naam.toLowerCase(), ...bij].join(" · ")));
  const knop = el("button", "utrecht-button utrecht-button--secondary-action kaartlijst__knop", "Toon");
  knop.setAttribute("type", "button");
  knop.setAttribute("aria-label", `Toon ${locatie.naam} op de kaart`);
  knop.addEventListener("click", toon);
  li.append(tekst, knop);
  return li;
}

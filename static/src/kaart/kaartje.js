// @ts-check
// The card of one location, as elements: what others typed only ever becomes a text node.

/** @typedef {{id: string, naam: string, adres: string, type_naam: string, status: string, status_naam: string, laatste_bezoek: string|null, url: string}} Locatie */

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

/** What the popup holds. @param {Locatie} locatie */
export function kaartje(locatie) {
  const doos = el("div", "kaartje-popup", "");
  doos.append(el("h3", "kaartje-popup__naam", locatie.naam), el("p", "", locatie.adres), el("p", "", `${locatie.type_naam}, ${locatie.status_naam.toLowerCase()}`), el("p", "", `Laatste bezoek: ${datum(locatie.laatste_bezoek)}`));
  const regel = el("p", "", "");
  regel.append(koppeling(locatie, "Open de locatie"));
  doos.append(regel);
  return doos;
}

/** One line of the list beside the map. @param {Locatie} locatie @param {() => void} toon */
export function regel(locatie, toon) {
  const li = el("li", "kaartlijst__regel", "");
  li.dataset.locatie = locatie.id;
  const tekst = el("div", "kaartlijst__tekst", "");
  tekst.append(koppeling(locatie, locatie.naam), el("span", "kaartlijst__bij", `${locatie.adres} · ${locatie.type_naam} · ${locatie.status_naam.toLowerCase()}`));
  const knop = el("button", "utrecht-button utrecht-button--secondary-action kaartlijst__knop", "Toon");
  knop.setAttribute("type", "button");
  knop.setAttribute("aria-label", `Toon ${locatie.naam} op de kaart`);
  knop.addEventListener("click", toon);
  li.append(tekst, knop);
  return li;
}

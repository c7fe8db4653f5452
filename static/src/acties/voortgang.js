// @ts-check
// Keeps the progress of an action up to date while the page stands open. Without it the page has a link to refresh.

const POOS_MS = 20_000;
const tijd = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" });
const moment = new Intl.DateTimeFormat("nl-NL", {
  day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam",
});

/** @param {Element} vak @param {string} kies @param {string} tekst */
function zet(vak, kies, tekst) {
  const el = vak.querySelector(kies);
  if (el && el.textContent !== tekst) el.textContent = tekst;
}

/** @param {string} tekst @param {string} toon */
function maakStatus(tekst, toon) {
  const el = document.createElement("span");
  el.className = toon ? `status status--${toon}` : "status";
  el.textContent = tekst;
  return el;
}

/** @param {any} stop @returns {string} what to say about it, or "" when nothing changed */
function werkStopBij(stop) {
  const rij = document.querySelector(`[data-stop="${CSS.escape(stop.id)}"]`);
  const vak = rij?.querySelector("[data-stoptoestand]");
  if (!rij || !vak || vak.textContent === stop.toestand_naam) return "";
  vak.replaceChildren(maakStatus(stop.toestand_naam, stop.toon));
  if (stop.sinds) zet(rij, "[data-sinds]", tijd.format(new Date(stop.sinds)));
  return `${stop.ploeg ?? ""} stop ${stop.volgorde}: ${stop.toestand_naam}`.trim();
}

/** What a coordinator may do has changed: show it, but never under the hands of somebody who is typing. @param {Element} vak */
function laadOpnieuw(vak) {
  if (document.querySelector("main details[open] form")) {
    zet(vak, "[data-opgehaald]", "Er is iets veranderd. Ververs de bladzijde als u klaar bent.");
  } else location.reload();
}

/** @param {Element} vak @param {any} stand */
function werkBij(vak, stand) {
  const getal = (/** @type {string} */ kies) => Number(vak.querySelector(kies)?.textContent);
  const nuKlaar = stand.klaar === stand.totaal;
  const wasKlaar = getal("[data-klaar]") === getal("[data-totaal]");
  if (stand.toestand !== vak.getAttribute("data-toestand") || stand.totaal !== getal("[data-totaal]") || nuKlaar !== wasKlaar) {
    laadOpnieuw(vak);
    return;
  }
  const gezegd = stand.stops.map(werkStopBij).filter(Boolean);
  zet(vak, "[data-klaar]", String(stand.klaar));
  const balk = vak.querySelector("[data-balk]");
  if (balk instanceof HTMLProgressElement) balk.value = stand.klaar;
  if (gezegd.length) {
    vak.querySelector("[data-tellingen]")?.replaceChildren(
      ...stand.tellingen.map((/** @type {any} */ telling) => {
        const punt = document.createElement("li");
        punt.append(maakStatus(`${telling.toestand_naam}: ${telling.aantal}`, telling.toon));
        return punt;
      }),
    );
    zet(vak, "[data-omroep]", gezegd.join(". "));
  }
  zet(vak, "[data-bijgewerkt]", moment.format(new Date(stand.bijgewerkt_op)).replace(" om ", ", "));
  zet(vak, "[data-opgehaald]", `Deze bladzijde is van ${tijd.format(new Date())}.`);
}

/** @param {Element} vak @param {string} url */
async function haalOp(vak, url) {
  try {
    const antwoord = await fetch(url, { headers: { Accept: "application/json" } });
    if (!antwoord.ok) throw new Error(String(antwoord.status));
    werkBij(vak, await antwoord.json());
  } catch {
    zet(vak, "[data-opgehaald]", "Bijwerken lukt nu niet; dit is de laatste stand die er was.");
  }
}

/** Start watching, where the page has something to watch. */
export function volgVoortgang() {
  const vak = document.querySelector("[data-voortgang]");
  const url = vak?.getAttribute("data-voortgang");
  if (!vak || !url) return;
  setInterval(() => {
    if (document.visibilityState === "visible") void haalOp(vak, url);
  }, POOS_MS);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void haalOp(vak, url);
  });
}

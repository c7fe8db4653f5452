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

/** @param {Element} vak @param {any} stand */
function werkBij(vak, stand) {
  if (stand.toestand !== vak.getAttribute("data-toestand") || stand.totaal !== Number(vak.querySelector("[data-totaal]")?.textContent)) {
    location.reload();
    return;
  }
  const gezegd = stand.stops.map(werkStopBij).filter(Boolean);
  zet(vak, "[data-klaar]", String(stand.klaar));
  const balk = vak.querySelector("[data-balk]");
  if (balk instanceof HTMLProgressElement) balk.value = stand.klaar;
  if (gezegd.length) {
    const namen = new Map(stand.stops.map((/** @type {any} */ s) => [s.toestand, s]));
    vak.querySelector("[data-tellingen]")?.replaceChildren(
      ...Object.entries(stand.tellingen).map(([code, aantal]) => {
        const punt = document.createElement("li");
        punt.append(maakStatus(`${namen.get(code).toestand_naam}: ${aantal}`, namen.get(code).toon));
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

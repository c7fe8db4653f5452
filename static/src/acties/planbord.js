// @ts-check
// The planning board: every act goes to the server, which answers with the board and what breaks. Without this the page
// has a form for each act and a link to it at each stop.
import { volgSlepen } from "./planbord_slepen.js";

const POOS_MS = 400;

/** @type {HTMLElement | null} */
let vak = null;
let bezet = false;

/** @param {string} kies @returns {HTMLElement | null} */
const vind = (kies) => vak?.querySelector(kies) ?? null;

/** @param {string} tekst */
function zeg(tekst) {
  const omroep = document.querySelector("[data-planbord-omroep]");
  if (omroep) omroep.textContent = tekst;
}

/** Say what went wrong, with a way to do it after all. @param {string} tekst @param {(() => void) | null} [opnieuw] */
function meldFout(tekst, opnieuw) {
  const el = document.querySelector("[data-planbord-fout]");
  if (!(el instanceof HTMLElement)) return;
  el.hidden = !tekst;
  el.replaceChildren();
  if (!tekst) return;
  const zin = document.createElement("p");
  zin.className = "melding melding--fout";
  zin.setAttribute("role", "alert");
  zin.textContent = tekst;
  el.append(zin);
  if (!opnieuw) return;
  const knop = document.createElement("button");
  knop.type = "button";
  knop.className = "utrecht-button utrecht-button--secondary-action";
  knop.textContent = "Mijn zet alsnog doen";
  knop.addEventListener("click", opnieuw);
  el.append(knop);
}

/** Show the board as the server drew it. @param {string} html @param {string} stop what keeps the focus */
function toon(html, stop) {
  if (!vak) return;
  const nieuw = new DOMParser().parseFromString(html, "text/html");
  vak.replaceChildren(...nieuw.body.childNodes);
  richtIn();
  const blok = stop ? vind(`[data-stop="${CSS.escape(stop)}"], [data-kies="${CSS.escape(stop)}"]`) : null;
  blok?.focus();
}

/** @param {Record<string, unknown>} zet */
async function stuur(zet) {
  const bord = vind("[data-versie]");
  const token = vind('input[name="csrf_token"]');
  if (!vak || bezet || !bord || !(token instanceof HTMLInputElement)) return;
  bezet = true;
  vak.setAttribute("aria-busy", "true");
  try {
    const antwoord = await fetch(vak.dataset["planbord"] ?? "", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token.value, Accept: "application/json" },
      body: JSON.stringify({ versie: Number(bord.dataset["versie"]), ...zet }),
    });
    const inhoud = await antwoord.json();
    const stop = typeof zet["stop"] === "string" ? zet["stop"] : "";
    if (antwoord.ok) {
      meldFout("");
      toon(inhoud.html, stop);
      const breuken = inhoud.breuken.filter((/** @type {any} */ b) => !stop || b.stop === stop || b.stop === null);
      zeg([inhoud.gedaan, ...breuken.map((/** @type {any} */ b) => b.zin)].join(" "));
    } else {
      const oud = antwoord.status === 409 && inhoud.veld === "versie";
      meldFout(inhoud.detail || "Dit lukte niet. Er is niets veranderd.", oud ? () => stuur(zet) : null);
      if (inhoud.bord) toon(inhoud.bord.html, stop);
    }
  } catch {
    meldFout("De server is niet bereikbaar. Er is niets veranderd.", () => stuur(zet));
  } finally {
    bezet = false;
    vak?.removeAttribute("aria-busy");
  }
}

/** Put a stop in the form and go there. @param {string} stop @param {string} ploeg @param {string} plek */
function kies(stop, ploeg = "", plek = "") {
  const veld = vind("#bord-stop");
  if (!(veld instanceof HTMLSelectElement)) return;
  veld.value = stop;
  const naar = vind("#bord-ploeg");
  if (naar instanceof HTMLSelectElement) {
    if (ploeg) naar.value = ploeg;
    naar.focus();
  }
  const op = vind("#bord-plek");
  if (op instanceof HTMLInputElement) op.value = plek;
}

/** Earlier, later, to another team, lock, out. @param {KeyboardEvent} g */
function opToets(g) {
  const blok = g.target instanceof Element ? g.target.closest("[data-stop]") : null;
  if (!blok || g.ctrlKey || g.metaKey || g.altKey) return;
  const stop = blok.getAttribute("data-stop") ?? "";
  const ploeg = blok.getAttribute("data-ploeg") ?? "";
  const plek = Number(blok.getAttribute("data-plek"));
  const ploegen = [...(vak?.querySelectorAll("[data-as]") ?? [])].map((el) => el.getAttribute("data-as") ?? "");
  const ander = (/** @type {number} */ stap) => ploegen[ploegen.indexOf(ploeg) + stap];
  /** @type {Record<string, unknown> | null} */
  let zet = null;
  if (g.key === "ArrowLeft" && plek > 1) zet = { soort: "verplaats", ploeg, plek: plek - 1 };
  else if (g.key === "ArrowRight") zet = { soort: "verplaats", ploeg, plek: plek + 1 };
  else if (g.key === "ArrowUp" && ander(-1)) zet = { soort: "verplaats", ploeg: ander(-1), plek };
  else if (g.key === "ArrowDown" && ander(1)) zet = { soort: "verplaats", ploeg: ander(1), plek };
  else if (g.key === "Delete") zet = { soort: "uit" };
  else if (g.key === "v" || g.key === "V") zet = { soort: blok.hasAttribute("data-vast") ? "los" : "vast" };
  else if (!g.key.startsWith("Arrow")) return;
  g.preventDefault();
  if (zet) void stuur({ ...zet, stop });
}

/** A form of the board without leaving the page. @param {SubmitEvent} g */
function opVerzenden(g) {
  const form = g.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-zet]")) return;
  g.preventDefault();
  const velden = new FormData(form, g.submitter);
  /** @type {Record<string, unknown>} */
  const zet = {};
  for (const naam of ["soort", "stop", "ploeg", "plek", "tijd"]) {
    const waarde = velden.get(naam);
    if (waarde) zet[naam] = waarde;
  }
  void stuur(zet);
}

/** @param {MouseEvent} g */
function opKlik(g) {
  const link = g.target instanceof Element ? g.target.closest("a[data-stop], a[data-kies]") : null;
  if (!link || !vind("#bord-stop")) return;
  g.preventDefault();
  kies(
    link.getAttribute("data-stop") ?? link.getAttribute("data-kies") ?? "",
    link.getAttribute("data-ploeg") ?? "",
    link.getAttribute("data-plek") ?? "",
  );
}

/** Tell how far the search is, and show the plan when it is there. */
async function volgZoektocht() {
  const fase = vind("[data-zoekt-fase]");
  if (!vak || !fase) return;
  try {
    const stand = await (await fetch(vak.dataset["zoektocht"] ?? "")).json();
    if (stand.stand !== "bezig") {
      location.reload();
      return;
    }
    fase.textContent = stand.fase;
    const balk = vind("[data-zoekt-balk]");
    if (balk instanceof HTMLProgressElement) balk.value = Math.min(5, stand.seconden);
  } catch {
    fase.textContent = "de server is even niet bereikbaar";
  }
  setTimeout(volgZoektocht, POOS_MS);
}

function richtIn() {
  const toetsen = vind("[data-toetsen]");
  if (toetsen) toetsen.hidden = false;
}

/** Bring the board to life, where the page has one. */
export function volgPlanbord() {
  vak = document.querySelector("[data-planbord]");
  if (!vak) return;
  richtIn();
  void volgZoektocht();
  if (!vak.hasAttribute("data-open")) return;
  vak.addEventListener("keydown", opToets);
  vak.addEventListener("submit", opVerzenden);
  vak.addEventListener("click", opKlik);
  volgSlepen(vak, (zet) => void stuur(zet));
}

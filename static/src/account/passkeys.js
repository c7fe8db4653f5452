// @ts-check
// Passkeys on the office pages: log in, make one, and prove once more who acts. Every page also works without.
import { foutzin, kanPasskeys, maakSleutel, stuur, vraagBewijs } from "./webauthn.js";

/** @param {ParentNode} waarin @param {string} naam */
const waarde = (waarin, naam) => {
  const veld = waarin.querySelector(`[name="${naam}"]`);
  return veld instanceof HTMLInputElement ? veld.value : "";
};

/** @param {HTMLElement} waarin @param {string} zin */
function zegFout(waarin, zin) {
  const plek = waarin.querySelector("[data-passkey-fout]");
  if (plek) plek.textContent = zin;
}

/** @param {HTMLFormElement} formulier @param {() => {signal: AbortSignal}} wacht @param {boolean} vanzelf @param {(ms: number) => void} [geldig] hears how long the question lives */
async function meldAan(formulier, wacht, vanzelf, geldig = () => {}) {
  const token = waarde(formulier, "csrf_token");
  const { signal } = wacht();
  const opties = await stuur("/api/aanmelden/passkeyvraag", {}, token);
  geldig(opties.timeout);
  const antwoord = await vraagBewijs(opties, { signal, vanzelf });
  const { naar } = await stuur("/api/aanmelden/passkey", { antwoord, volgende: waarde(formulier, "volgende") }, token);
  location.assign(naar);
}

/** The button, and where the browser can: the passkey among the suggestions of the e-mail field. @param {HTMLFormElement} formulier */
async function aanmelden(formulier) {
  let bezig = new AbortController();
  const wacht = () => {
    bezig.abort();
    bezig = new AbortController();
    return { signal: bezig.signal };
  };
  const aanbod = new Aanbod(formulier, wacht);
  const knop = formulier.querySelector("[data-passkey-knop]");
  if (knop instanceof HTMLButtonElement) {
    knop.hidden = false;
    knop.addEventListener("click", () => {
      knop.disabled = true;
      zegFout(formulier, "");
      aanbod.pauzeer();
      meldAan(formulier, wacht, false).catch((fout) => {
        zegFout(formulier, foutzin(fout));
        aanbod.hervat();
      }).finally(() => (knop.disabled = false));
    });
  }
  if ("passkeyAlleenKnop" in formulier.dataset || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  formulier.querySelector('[name="email"]')?.setAttribute("autocomplete", "username webauthn");
  aanbod.begin();
}

/** Time to ask the server for another question before it forgets this one. */
const MARGE_MS = 30_000;

/**
 * The passkey among the suggestions, for as long as the page is open: the server keeps its question for minutes only, and who
 * sits down after a break finds one that works. Nothing is asked while nobody sees the page.
 */
class Aanbod {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #klok;
  #aan = false;
  #verlopen = false;

  /** @param {HTMLFormElement} formulier @param {() => {signal: AbortSignal}} wacht */
  constructor(formulier, wacht) {
    this.formulier = formulier;
    this.wacht = wacht;
  }

  begin() {
    document.addEventListener("visibilitychange", () => this.#verlopen && this.#vernieuw());
    this.#aan = true;
    this.#vraag();
  }

  /** While the button asks: a browser shows one question at a time. */
  pauzeer() {
    clearTimeout(this.#klok);
  }

  hervat() {
    if (this.#aan) this.#vraag();
  }

  #vraag() {
    this.#verlopen = false;
    // Quiet: nobody asked for it yet, and who types a password never notices.
    meldAan(this.formulier, this.wacht, true, (ms) => this.#leef(ms)).catch((fout) => {
      if (fout instanceof Error && fout.cause === "server") zegFout(this.formulier, fout.message);
    });
  }

  /** @param {number} ms how long the question is good for */
  #leef(ms) {
    clearTimeout(this.#klok);
    this.#klok = setTimeout(() => this.#vernieuw(), Math.max(ms - MARGE_MS, MARGE_MS));
  }

  #vernieuw() {
    this.#verlopen = document.hidden;
    if (!document.hidden) this.#vraag();
  }
}

/** @param {HTMLFormElement} formulier */
function maakNieuwe(formulier) {
  formulier.hidden = false;
  formulier.addEventListener("submit", (gebeurtenis) => {
    gebeurtenis.preventDefault();
    const knop = formulier.querySelector("button");
    const token = waarde(formulier, "csrf_token");
    const naam = waarde(formulier, "naam").trim();
    if (!naam) return zegFout(formulier, "Geef de passkey een naam, zoals 'Laptop van het werk'.");
    knop?.setAttribute("disabled", "");
    zegFout(formulier, "");
    stuur("/api/account/passkeyvraag", {}, token)
      .then(maakSleutel)
      .then((antwoord) => stuur("/api/account/passkeys", { antwoord, naam }, token))
      .then(() => location.reload())
      .catch((fout) => zegFout(formulier, foutzin(fout)))
      .finally(() => knop?.removeAttribute("disabled"));
  });
}

/** The passkey proves itself before the form goes, so the field stays empty. @param {HTMLElement} vak */
function bevestigen(vak) {
  const knop = vak.querySelector("[data-bevestigen-passkey]");
  const stand = vak.querySelector("[data-bevestigen-stand]");
  const formulier = vak.closest("form");
  if (!(knop instanceof HTMLButtonElement) || !stand || !formulier) return;
  knop.hidden = false;
  knop.addEventListener("click", async () => {
    const token = waarde(formulier, "csrf_token");
    knop.disabled = true;
    stand.textContent = "";
    try {
      const antwoord = await vraagBewijs(await stuur("/api/account/bevestigvraag", {}, token));
      await stuur("/api/account/bevestiging", { antwoord }, token);
      if ("bevestigenMeteen" in formulier.dataset) return formulier.submit();
      stand.textContent = "Bevestigd. U kunt nu verder met de knop hieronder, vijf minuten lang.";
      knop.hidden = true;
      vak.querySelector("[data-bevestigen-typen]")?.setAttribute("hidden", "");
    } catch (fout) {
      stand.textContent = foutzin(fout);
    } finally {
      knop.disabled = false;
    }
  });
}

export function bedienPasskeys() {
  for (const knop of document.querySelectorAll("[data-afdrukken]")) {
    knop.removeAttribute("hidden");
    knop.addEventListener("click", () => print());
  }
  if (!kanPasskeys()) return;
  for (const el of document.querySelectorAll("[data-passkey-aanmelden]")) if (el instanceof HTMLFormElement) void aanmelden(el);
  for (const el of document.querySelectorAll("[data-passkey-nieuw]")) if (el instanceof HTMLFormElement) maakNieuwe(el);
  for (const el of document.querySelectorAll("[data-bevestigen]")) if (el instanceof HTMLElement) bevestigen(el);
}

// @ts-check
// The board of an evening that stands open: it renews the part that changes, says calmly what happened, and leaves
// whoever is typing alone. Without it the page has a link to refresh.

import { Avondstroom } from "./avondstroom.js";

/** Expected times move with the clock, also when nothing is reported. */
const MINUUT_MS = 60_000;
const klok = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" });

const ZINNEN = {
  live: "Dit bord is live.",
  peilen: "Dit bord wordt elke paar seconden bijgewerkt.",
  weg: "Geen verbinding met de server. Dit is de laatste stand die er was; het bord probeert het opnieuw.",
  afgemeld: "U bent afgemeld. Ververs de bladzijde om u opnieuw aan te melden.",
  gesloten: "U kunt dit bord niet meer zien. Ververs de bladzijde.",
};

/** What each stop says of itself. @param {ParentNode} vak @returns {Map<string, string>} */
function zinnenVan(vak) {
  return new Map([...vak.querySelectorAll("[data-avondstop]")].map((el) => [el.getAttribute("data-avondstop") ?? "", el.getAttribute("data-zin") ?? ""]));
}

/** @param {Map<string, string>} eerst @param {Map<string, string>} nu @returns {string} what a reader who cannot see it should hear */
export function verschil(eerst, nu) {
  const anders = [...nu].filter(([id, zin]) => eerst.get(id) !== zin).map(([id, zin]) => (eerst.has(id) ? zin : `Erbij: ${zin}`));
  const weg = [...eerst].filter(([id]) => !nu.has(id)).map(([, zin]) => `Weg: ${zin}`);
  const alles = [...anders, ...weg];
  return alles.length > 4 ? `${alles.length} stops zijn gewijzigd` : alles.join(". ");
}

class Bord {
  /** @param {HTMLElement} vak */
  constructor(vak) {
    this.vak = vak;
    this.url = vak.dataset.avond ?? "";
    /** @type {Promise<void>|null} */
    this.bezig = null;
    this.nogEens = false;
  }

  /** @param {string} kies @param {string} tekst */
  zeg(kies, tekst) {
    const el = document.querySelector(kies);
    if (el && el.textContent !== tekst) el.textContent = tekst;
  }

  /** One at a time; news during a fetch means one more. */
  ververs() {
    if (["afgemeld", "gesloten"].includes(this.vak.dataset.verbinding ?? "")) return;
    if (this.bezig) this.nogEens = true;
    else {
      this.bezig = this.#haal().finally(() => {
        this.bezig = null;
        if (this.nogEens) {
          this.nogEens = false;
          this.ververs();
        }
      });
    }
  }

  async #haal() {
    try {
      const antwoord = await fetch(this.url, { headers: { Accept: "text/html" }, redirect: "error" });
      if (!antwoord.ok) throw new Error(String(antwoord.status));
      const nieuw = new DOMParser().parseFromString(await antwoord.text(), "text/html").querySelector(".avondbord");
      if (nieuw) this.#plaats(nieuw);
    } catch {
      this.zeg("[data-avondband]", ZINNEN.weg);
    }
  }

  /** @param {Element} nieuw */
  #plaats(nieuw) {
    const eerst = zinnenVan(this.vak);
    const toestand = this.vak.querySelector(".avondbord")?.getAttribute("data-toestand");
    if (toestand !== nieuw.getAttribute("data-toestand") && !document.querySelector("main details[open] form")) {
      // Started or closed: what one may do on this page has changed as well.
      location.reload();
      return;
    }
    // The focus stays on the same link.
    const pad = this.vak.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
    this.vak.replaceChildren(document.importNode(nieuw, true));
    if (pad) {
      const link = this.vak.querySelector(`a[href="${CSS.escape(pad)}"]`);
      if (link instanceof HTMLElement) link.focus({ preventScroll: true });
    }
    const gezegd = verschil(eerst, zinnenVan(this.vak));
    if (gezegd) this.zeg("[data-avondomroep]", gezegd);
  }

  begin() {
    const { stroom, peilen } = this.vak.dataset;
    if (!stroom || !peilen) return;
    const stand = this.vak.querySelector("[data-avondstand]")?.getAttribute("data-avondstand") ?? "";
    const lijn = new Avondstroom({
      stroom, peilen, stand,
      nieuws: (nieuws) => {
        this.vak.dataset.verbinding = nieuws.verbinding;
        this.zeg("[data-avondband]", `${ZINNEN[nieuws.verbinding]} Laatste bericht om ${klok.format(new Date())}.`);
        if (nieuws.stand) this.ververs();
      },
    });
    lijn.begin();
    setInterval(() => {
      if (document.visibilityState === "visible") this.ververs();
    }, MINUUT_MS);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.ververs();
    });
    window.addEventListener("pagehide", () => lijn.stop());
    window.addEventListener("pageshow", (gebeurtenis) => {
      if (gebeurtenis.persisted) lijn.begin();
    });
  }
}

/** Start watching, where the page has a board. */
export function volgAvond() {
  const vak = document.querySelector("[data-avond]");
  if (vak instanceof HTMLElement) new Bord(vak).begin();
}

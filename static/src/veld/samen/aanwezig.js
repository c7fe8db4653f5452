// @ts-check
// Telling the server in which section somebody works, and hearing where the others do. Only while the visit is on the screen. No DOM.

const SLAG_MS = 20_000;
const NU_S = 45;

/**
 * @typedef {{id: string, form_versie: string, deel: string, seconden: number}} Ander
 * @typedef {{anderen: Ander[], mensen: any[], toestand: string, rev: number}} Antwoord
 */

/** @param {any} inhoud @returns {Antwoord|null} null where this is no answer of ours */
export function geldigAntwoord(inhoud) {
  if (!inhoud || !Array.isArray(inhoud.anderen) || !Number.isSafeInteger(inhoud.rev)) return null;
  const anderen = inhoud.anderen.filter((/** @type {any} */ een) => typeof een?.id === "string" && Number.isFinite(een.seconden));
  return { anderen, mensen: Array.isArray(inhoud.mensen) ? inhoud.mensen : [], toestand: String(inhoud.toestand ?? ""), rev: inhoud.rev };
}

/** "P. Smit (Politie) werkt hier" @param {string} wie @param {number} seconden */
export function waarZin(wie, seconden) {
  if (seconden < NU_S) return `${wie} werkt hier nu`;
  const minuten = Math.max(1, Math.round(seconden / 60));
  return `${wie} werkte hier ${minuten} ${minuten === 1 ? "minuut" : "minuten"} geleden`;
}

export class Aanwezig {
  /** @type {any} */
  #wekker;
  #gemeld = false;
  #gestopt = false;

  /**
   * @param {{api: import("../sync/api.js").Api, bezoekId: string, formVersie: string, gebruikerId: string, deel: () => string, hoor: (antwoord: Antwoord) => void,
   *   magNu?: () => boolean, slagMs?: number}} opties
   */
  constructor(opties) {
    this.o = opties;
  }

  start() {
    this.#wekker = setInterval(() => void this.slag(), this.o.slagMs ?? SLAG_MS);
    return this.slag();
  }

  /** One message, when there is contact and somebody looks. */
  async slag() {
    if (this.#gestopt || this.o.magNu?.() === false) return;
    const { api } = this.o;
    if (!this.#gemeld) {
      // Never in the name of somebody else who is logged in here.
      const wie = await api.wieBenIk();
      if (wie.uitkomst !== "gelukt" || wie.gebruiker?.id !== this.o.gebruikerId) return;
    }
    const uit = await this.#stuur(this.o.deel());
    if (this.#gestopt) return;
    // A server of before this does not know the address: then there is nothing to ask.
    if (uit.uitkomst === "geweigerd") return this.stop();
    this.#gemeld = uit.uitkomst === "gelukt";
    const antwoord = this.#gemeld ? geldigAntwoord(uit.inhoud) : null;
    if (antwoord) this.o.hoor(antwoord);
  }

  /** @param {string} deel */
  #stuur(deel) {
    return this.o.api.stuur(`/api/bezoeken/${encodeURIComponent(this.o.bezoekId)}/aanwezig`, { form_versie: this.o.formVersie, deel });
  }

  stop() {
    clearInterval(this.#wekker);
    if (this.#gestopt) return;
    this.#gestopt = true;
    if (this.#gemeld) void this.#stuur("");
  }
}

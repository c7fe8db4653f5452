// @ts-check
// Talking to the server: one place that fetches, with the CSRF token asked for when sending and never stored.

import { beoordeel, oordeel } from "./antwoord.js";

/** @typedef {import("./antwoord.js").Oordeel} Oordeel */

export class Api {
  #token = "";
  /** Told what goes out, to show what sending costs. @type {(pad: string, bytes: number) => void} */
  bijVersturen = () => {};

  /** @param {{fetch?: typeof fetch, nu?: () => number, basis?: string, termijnMs?: number}} [opties] */
  constructor(opties = {}) {
    this.fetch = opties.fetch ?? ((...args) => fetch(...args));
    this.nu = opties.nu ?? Date.now;
    this.basis = opties.basis ?? "";
    this.termijnMs = opties.termijnMs ?? 60_000;
  }

  get token() {
    return this.#token;
  }

  /** @param {string} pad @param {RequestInit} [init] @returns {Promise<Oordeel>} */
  async vraag(pad, init = {}) {
    if (typeof init.body === "string") this.bijVersturen(pad, init.body.length);
    let antwoord;
    try {
      antwoord = await this.fetch(this.basis + pad, {
        credentials: "same-origin", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(this.termijnMs), ...init,
        headers: { Accept: "application/json", ...init.headers },
      });
    } catch (fout) {
      if (fout instanceof TypeError || fout instanceof DOMException) return oordeel("netwerk");
      throw fout;
    }
    try {
      return await beoordeel(antwoord, this.nu());
    } catch (fout) {
      if (fout instanceof TypeError || fout instanceof DOMException) return oordeel("netwerk"); // cut off while reading
      throw fout;
    }
  }

  /**
   * Who is logged in, and a fresh token.
   * @returns {Promise<Oordeel & {gebruiker?: import("../opslag/kluis.js").Gebruiker}>}
   */
  async wieBenIk() {
    const antwoord = await this.vraag("/api/csrf");
    if (antwoord.uitkomst !== "gelukt") return antwoord;
    const { token, gebruiker } = antwoord.inhoud;
    if (typeof token !== "string" || !gebruiker || gebruiker.id === undefined) return oordeel("vreemd");
    this.#token = token;
    return { ...antwoord, gebruiker: { ...gebruiker, id: String(gebruiker.id) } };
  }

  /** Logs out at the server. @returns {Promise<boolean>} false without a connection; nobody logged in is fine too */
  async meldAf() {
    const wie = await this.wieBenIk();
    if (wie.uitkomst !== "gelukt") return wie.uitkomst !== "netwerk";
    const antwoord = await this.vraag("/afmelden", { method: "POST", headers: { "X-CSRFToken": this.#token } });
    return antwoord.uitkomst !== "netwerk";
  }

  /** POST with the token; a stale token is fetched anew once. @param {string} pad @param {unknown} inhoud @returns {Promise<Oordeel>} */
  async stuur(pad, inhoud) {
    const eenmaal = () =>
      this.vraag(pad, {
        method: "POST", body: JSON.stringify(inhoud),
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.#token },
      });
    const eerste = await eenmaal();
    if (eerste.uitkomst !== "csrf") return eerste;
    const wie = await this.wieBenIk();
    return wie.uitkomst === "gelukt" ? eenmaal() : wie;
  }
}

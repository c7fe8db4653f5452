// @ts-check
// A new version of the app takes over only when everything is saved and the user agrees.

import { knop } from "./scherm/dom.js";
import { neemOver } from "./werker.js";

export class Versiewissel {
  #zelfGewisseld = false;

  /**
   * @param {{band: (zin: string, aanmelden?: boolean, actie?: HTMLElement) => void, bewaarAlles: () => Promise<boolean>, spoelAndere: () => void, leenSleutelUit: () => void}} delen
   *   `bewaarAlles` tells whether everything was saved; `spoelAndere` asks other tabs to save
   */
  constructor(delen) {
    this.d = delen;
  }

  /** A new version waits. @param {ServiceWorker} werker */
  nieuweVersie(werker) {
    this.d.band("Er is een nieuwe versie van de app.", false, knop("Opslaan en bijwerken", async () => {
      this.d.spoelAndere();
      if (!(await this.d.bewaarAlles())) return this.d.band("Bijwerken kan nog niet: er is werk dat niet is opgeslagen.");
      this.#zelfGewisseld = true;
      neemOver(werker);
    }));
  }

  /** The new version is in charge: this page is the old one until it reloads. */
  gewisseld() {
    if (this.#zelfGewisseld) void this.#herlaad();
    else this.d.band("De app is in een ander tabblad bijgewerkt.", false, knop("Opslaan en herladen", () => void this.#herlaad()));
  }

  async #herlaad() {
    if (!(await this.d.bewaarAlles())) return this.d.band("Herladen kan nog niet: er is werk dat niet is opgeslagen.");
    this.d.leenSleutelUit();
    location.reload();
  }
}

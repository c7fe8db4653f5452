// @ts-check
// What goes on around sending while the app is open: what it costs, when photos may go, the extra knock of the browser, and whether
// the browser threw something away. Wiring; no DOM.

import { kijkOfGewist, onthoudVerzonden } from "../opslag/gewist.js";
import { bijAndereVerbinding } from "./keuze.js";
import { Verbruik } from "./verbruik.js";
import { bijWekker, vraagWekker } from "./wekker.js";

const LAATST = "extra/laatst_verzonden";

export class Bewaking {
  /** @type {(() => void)[]} */
  #stoppers = [];

  /**
   * @param {{kluis: import("../opslag/kluis.js").Kluis, logboek: import("../opslag/oplogboek.js").Oplogboek, zender: import("./zender.js").Zender}} delen
   */
  constructor(delen) {
    this.d = delen;
    this.verbruik = new Verbruik(delen.kluis);
    /** Photos that wait because the person chose so. */
    this.uitgesteld = 0;
  }

  /** @returns {Promise<import("../opslag/gewist.js").Wismelding|null>} what the browser threw away and nobody has read of */
  async begin() {
    this.verbruik.begin();
    const nu = () => void this.d.zender.nu();
    this.#stoppers = [bijAndereVerbinding(nu), bijWekker(nu), () => this.verbruik.einde()];
    const melding = await kijkOfGewist(this.d.kluis, localStorage, Date.now());
    return melding && !melding.gezien ? melding : null;
  }

  /** @param {any} uitslag of a round */
  async naRonde(uitslag) {
    const { kluis, logboek } = this.d;
    this.uitgesteld = uitslag.uitgesteld ?? 0;
    if (uitslag.uitkomst === "netwerk") void vraagWekker();
    onthoudVerzonden(localStorage, kluis.kluisId, { seq: await logboek.hoogsteSeq(), wacht: (await logboek.aantalWachtend()) + (await logboek.aantalGeweigerd()) });
    await this.verbruik.bewaar();
    if (!uitslag.verzonden) return;
    const versleuteld = await kluis.versleutelJson(LAATST, { op: Date.now(), aantal: uitslag.verzonden });
    await kluis.schrijf(["extra"], (tx) => tx.store.put(versleuteld, LAATST));
  }

  /** @returns {Promise<{op: number, aantal: number}|null>} when something was sent last */
  async laatstVerzonden() {
    const record = await this.d.kluis.db.get("extra", LAATST);
    return record ? this.d.kluis.ontsleutelJson(LAATST, record) : null;
  }

  stop() {
    for (const stop of this.#stoppers) stop();
    this.#stoppers = [];
  }
}

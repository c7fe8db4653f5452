// @ts-check
// What comes after the plan: tiles of the map and small copies of earlier photos. Each is stored encrypted as it comes in, under a
// name that says nothing (which tile it is would tell where the stops are). What is here already is not fetched again. No DOM.

import { stopsVan } from "./pak.js";
import { oordeel } from "../sync/antwoord.js";

/** The list of what is here, itself encrypted. */
const LIJST = "extra/dienst/delen";
const PARTIJ = 8;
const MAX_TEGEL_BYTES = 600_000;

/**
 * tiles: name to where it is and how big (an empty key: the service has none there); photos per stop; `uit`: a person took them away and does not want them back by themselves.
 * @typedef {{tegels: Record<string, {sleutel: string, bytes: number}>, fotos: Record<string, {sleutel: string, aantal: number, bytes: number}>, uit: boolean}} Lijst
 * @typedef {{soort: "tegels"|"fotos", gedaan: number, totaal: number, bytes: number}} Stap
 */

/** @returns {Lijst} */
const leeg = () => ({ tegels: {}, fotos: {}, uit: false });

/** @param {Record<string, {bytes: number}>} van */
const som = (van) => Object.values(van).reduce((totaal, { bytes }) => totaal + bytes, 0);

export class Delen {
  /** @type {Lijst|null} */
  #lijst = null;

  /** @param {{kluis: import("../opslag/kluis.js").Kluis, api: import("../sync/api.js").Api}} delen */
  constructor(delen) {
    this.d = delen;
  }

  /** @returns {Promise<Lijst>} */
  async lijst() {
    if (!this.#lijst) {
      const record = await this.d.kluis.db.get("extra", LIJST);
      this.#lijst = record ? /** @type {Lijst} */ (await this.d.kluis.ontsleutelJson(LIJST, record)) : leeg();
    }
    return this.#lijst;
  }

  /**
   * How big each part is. Characters count as bytes: nearly all of it is plain letters.
   * @param {any} pak
   */
  async overzicht(pak) {
    const { tegels, fotos } = await this.lijst();
    const maat = (/** @type {any} */ deel) => (deel ? JSON.stringify(deel).length : 0);
    const plan = (pak.acties ?? []).map((/** @type {any} */ actie) => ({ ...actie, briefing: null }));
    return {
      stops: stopsVan(pak).length, plan: maat(plan), checklists: Object.keys(pak.definities ?? {}).length, checklistbytes: maat(pak.definities),
      briefing: maat((pak.acties ?? []).map((/** @type {any} */ actie) => actie.briefing).filter(Boolean)), achtergrond: pak.achtergrond?.features?.length ? maat(pak.achtergrond) : 0, zorgkaart: maat(pak.zorgkaart),
      tegels: { aanwezig: Object.values(tegels).filter(({ sleutel }) => sleutel).length, totaal: pak.tegels?.lijst?.length ?? 0, bytes: som(tegels), bron: pak.tegels?.bron ?? "" },
      fotos: { stops: Object.values(fotos).filter(({ aantal }) => aantal).length, bytes: som(fotos) },
    };
  }

  /** Whether something of this pack is not here yet. @param {any} pak */
  async ontbreekt(pak) {
    const { tegels, fotos, uit } = await this.lijst();
    return !uit && (this.#fotostops(pak).some((id) => !fotos[id]) || (som(tegels) < (pak.tegels?.hoogste_bytes ?? 0) && (pak.tegels?.lijst ?? []).some((/** @type {string} */ naam) => !tegels[naam])));
  }

  /**
   * Fetches what is missing and throws away what no longer belongs to this pack.
   * @param {any} pak @param {{stop?: AbortSignal, meld?: (stap: Stap) => void, opnieuw?: boolean}} [opties] `opnieuw`: a person asked, so also after they took it away, and photos anew
   * @returns {Promise<import("../sync/antwoord.js").Oordeel>} "gelukt", or why it stopped; what came in stays
   */
  async haal(pak, { stop = new AbortController().signal, meld = () => {}, opnieuw = false } = {}) {
    const lijst = await this.lijst();
    if (lijst.uit && !opnieuw) return oordeel("gelukt");
    lijst.uit = false;
    await this.#ruimOp(pak, lijst);
    const fotos = await this.#haalFotos(pak, lijst, stop, meld, opnieuw);
    // A storm at the tile service is no reason to go without photos, nor the other way round.
    const tegels = stop.aborted ? fotos : await this.#haalTegels(pak, lijst, stop, meld);
    return fotos.uitkomst === "gelukt" ? tegels : fotos;
  }

  /** @param {string} naam `z/x/y` @returns {Promise<ArrayBuffer|null>} */
  async tegel(naam) {
    const { sleutel } = (await this.lijst()).tegels[naam] ?? {};
    const record = sleutel ? await this.d.kluis.db.get("kaart", sleutel) : null;
    return record ? this.d.kluis.ontsleutel(sleutel ?? "", record) : null;
  }

  /** @param {string} stopId @returns {Promise<any[]>} */
  async fotosVan(stopId) {
    const { sleutel } = (await this.lijst()).fotos[stopId] ?? {};
    const record = sleutel ? await this.d.kluis.db.get("kaart", sleutel) : null;
    return record ? this.d.kluis.ontsleutelJson(sleutel ?? "", record) : [];
  }

  /** The shift is over: nothing of it stays, and the next one comes whole. */
  verloop() {
    return this.wis(false);
  }

  /** Takes map and photos off this device; the plan stays. @param {boolean} [uit] and does not want them back */
  async wis(uit = true) {
    const lijst = { ...leeg(), uit };
    await this.#schrijf(lijst, [], (tx) => tx.objectStore("kaart").clear());
  }

  /** @param {any} pak @returns {string[]} */
  #fotostops(pak) {
    return stopsVan(pak).filter((stop) => stop.eerdere_fotos).map((stop) => stop.id);
  }

  /** @param {any} pak @param {Lijst} lijst */
  async #ruimOp(pak, lijst) {
    const tegels = new Set(pak.tegels?.lijst ?? []);
    const fotos = new Set(this.#fotostops(pak));
    const weg = [
      ...Object.entries(lijst.tegels).filter(([naam]) => !tegels.has(naam)),
      ...Object.entries(lijst.fotos).filter(([id]) => !fotos.has(id)),
    ];
    if (!weg.length) return;
    const over = {
      tegels: Object.fromEntries(Object.entries(lijst.tegels).filter(([naam]) => tegels.has(naam))),
      fotos: Object.fromEntries(Object.entries(lijst.fotos).filter(([id]) => fotos.has(id))),
    };
    await this.#schrijf({ ...lijst, ...over }, weg.map(([, { sleutel }]) => sleutel).filter(Boolean));
    lijst.tegels = over.tegels;
    lijst.fotos = over.fotos;
  }

  /** @param {any} pak @param {Lijst} lijst @param {AbortSignal} stop @param {(stap: Stap) => void} meld @param {boolean} opnieuw */
  async #haalFotos(pak, lijst, stop, meld, opnieuw) {
    const alle = this.#fotostops(pak);
    const te = alle.filter((id) => opnieuw || !lijst.fotos[id]);
    for (const [i, id] of te.entries()) {
      meld({ soort: "fotos", gedaan: alle.length - te.length + i, totaal: alle.length, bytes: som(lijst.fotos) });
      const antwoord = await this.d.api.vraag(`/api/stops/${encodeURIComponent(id)}/eerdere-fotos?datum=${encodeURIComponent(pak.datum ?? "")}`, { signal: metTermijn(stop) });
      if (antwoord.uitkomst === "geweigerd") continue; // the stop left the plan in the meantime
      if (antwoord.uitkomst !== "gelukt") return antwoord;
      const fotos = Array.isArray(antwoord.inhoud.fotos) ? antwoord.inhoud.fotos : [];
      const oud = lijst.fotos[id]?.sleutel;
      const sleutel = fotos.length ? crypto.randomUUID() : "";
      const record = fotos.length ? await this.d.kluis.versleutelJson(sleutel, fotos) : null;
      lijst.fotos = { ...lijst.fotos, [id]: { sleutel, aantal: fotos.length, bytes: fotos.length ? JSON.stringify(fotos).length : 0 } };
      await this.#schrijf(lijst, oud ? [oud] : [], (tx) => record && tx.objectStore("kaart").put(record, sleutel));
    }
    if (alle.length) meld({ soort: "fotos", gedaan: alle.length, totaal: alle.length, bytes: som(lijst.fotos) });
    return oordeel("gelukt");
  }

  /** @param {any} pak @param {Lijst} lijst @param {AbortSignal} stop @param {(stap: Stap) => void} meld */
  async #haalTegels(pak, lijst, stop, meld) {
    const alle = /** @type {string[]} */ (pak.tegels?.lijst ?? []);
    const te = alle.filter((naam) => !lijst.tegels[naam]);
    let bytes = som(lijst.tegels);
    const zeg = (/** @type {number} */ nog) => meld({ soort: "tegels", gedaan: alle.length - nog, totaal: alle.length, bytes });
    for (let i = 0; i < te.length && bytes < pak.tegels.hoogste_bytes; i += PARTIJ) {
      zeg(te.length - i);
      const namen = te.slice(i, i + PARTIJ);
      const binnen = await Promise.all(namen.map((naam) => this.#vraagTegel(naam, pak.datum, stop)));
      /** @type {[string, any][]} */
      const records = [];
      /** @type {Lijst["tegels"]} */
      let nieuw = {};
      for (const [j, deel] of binnen.entries()) {
        if (deel.fout) continue;
        const sleutel = deel.bytes ? crypto.randomUUID() : "";
        if (deel.bytes) records.push([sleutel, await this.d.kluis.versleutel(sleutel, deel.bytes)]);
        nieuw = { ...nieuw, [namen[j]]: { sleutel, bytes: deel.bytes?.byteLength ?? 0 } };
        bytes += deel.bytes?.byteLength ?? 0;
      }
      lijst.tegels = { ...lijst.tegels, ...nieuw };
      await this.#schrijf(lijst, [], async (tx) => {
        for (const [sleutel, record] of records) await tx.objectStore("kaart").put(record, sleutel);
      });
      const fout = binnen.find((deel) => deel.fout)?.fout;
      if (fout) return fout;
    }
    if (alle.length) zeg(te.filter((naam) => !lijst.tegels[naam]).length);
    return oordeel("gelukt");
  }

  /** @param {string} naam @param {string} datum @param {AbortSignal} stop @returns {Promise<{bytes?: ArrayBuffer|null, fout?: import("../sync/antwoord.js").Oordeel}>} */
  async #vraagTegel(naam, datum, stop) {
    const { api } = this.d;
    try {
      const antwoord = await api.fetch(`${api.basis}/api/veld/tegels/${naam}?datum=${encodeURIComponent(datum ?? "")}`, { credentials: "same-origin", redirect: "manual", cache: "no-store", signal: metTermijn(stop), headers: { Accept: "image/*" } });
      if (antwoord.status === 404) return { bytes: null };
      if (antwoord.status === 401) return { fout: oordeel("aanmelden") };
      if (antwoord.status !== 200) return { fout: oordeel(antwoord.status >= 500 ? "serverfout" : "vreemd") };
      // A captive portal says 200 as well.
      if (!(antwoord.headers.get("Content-Type") ?? "").startsWith("image/")) return { fout: oordeel("vreemd") };
      const bytes = await antwoord.arrayBuffer();
      return bytes.byteLength && bytes.byteLength <= MAX_TEGEL_BYTES ? { bytes } : { bytes: null };
    } catch (fout) {
      if (fout instanceof TypeError || fout instanceof DOMException) return { fout: oordeel("netwerk") };
      throw fout;
    }
  }

  /** @param {Lijst} lijst @param {string[]} weg keys that may go @param {(tx: any) => any} [erbij] in the same transaction */
  async #schrijf(lijst, weg, erbij) {
    const record = await this.d.kluis.versleutelJson(LIJST, lijst);
    await this.d.kluis.schrijf(["extra", "kaart"], async (tx) => {
      for (const sleutel of weg) await tx.objectStore("kaart").delete(sleutel);
      await erbij?.(tx);
      await tx.objectStore("extra").put(record, LIJST);
    });
    this.#lijst = lijst;
  }
}

/** @param {AbortSignal} stop ends with the person's "stoppen" or after a while without an answer */
export function metTermijn(stop) {
  return AbortSignal.any ? AbortSignal.any([stop, AbortSignal.timeout(60_000)]) : stop;
}

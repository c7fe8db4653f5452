// @ts-check
// The queue: sends operations in batches and believes only receipts. No DOM, no timers.

import { hashVan, alleenProtocol } from "../ops/operatie.js";
import { verzendSignalen } from "../signaal/verzenden.js";
import { geldigBezoek, geldigeOntvangsten, oordeel } from "./antwoord.js";

const MAX_OPS = 100;

/**
 * @typedef {import("./antwoord.js").Oordeel & {verzonden: number, apart: number, gewijzigd: Set<string>, dienstversie?: string}} Syncuitslag
 */

export class Wachtrij {
  /**
   * @param {{kluis: import("../opslag/kluis.js").Kluis, logboek: import("../opslag/oplogboek.js").Oplogboek,
   *   fotos: import("../opslag/fotos.js").Fotos, toestanden: import("../opslag/toestanden.js").Toestanden,
   *   api: import("./api.js").Api, bezoeken: () => Promise<string[]>, nu?: () => number,
   *   signalen?: import("../signaal/meldingen.js").Signaalmeldingen, stuurFoto?: (record: any) => Promise<import("./antwoord.js").Oordeel>, meld?: (deel: {soort: string, nog: number}) => void}} delen
   */
  constructor(delen) {
    this.d = delen;
    this.nu = delen.nu ?? Date.now;
  }

  /** @returns {Promise<Syncuitslag>} one whole round: operations, stop states, photos, then what is complete */
  async ronde() {
    /** @type {Syncuitslag} */
    const stand = { uitkomst: "gelukt", zin: "", verzonden: 0, apart: 0, gewijzigd: new Set() };
    const afgebroken = await this.#stappen(stand);
    return afgebroken ? { ...stand, ...afgebroken } : stand;
  }

  /** @param {Syncuitslag} stand @returns {Promise<import("./antwoord.js").Oordeel|null>} why it stopped */
  async #stappen(stand) {
    const { kluis, api } = this.d;
    const wie = await api.wieBenIk();
    if (wie.uitkomst !== "gelukt") return wie;
    if (!kluis.isOpen || !kluis.gebruiker) return oordeel("niets");
    if (wie.gebruiker?.id !== kluis.gebruiker.id) return oordeel("andere_gebruiker");
    const signaal = await this.#signalen(stand);
    if (signaal) return signaal;
    const geweigerd = await this.#operaties(stand);
    if (geweigerd && geweigerd.uitkomst !== "geweigerd" && geweigerd.uitkomst !== "te_groot") return geweigerd;
    const toestand = await this.#toestanden(stand);
    if (toestand) return toestand;
    const foto = await this.#fotos(stand);
    if (foto.gestuurd || foto.fout) {
      const slot = await this.#bericht([], stand);
      if (!foto.fout && slot.uitkomst !== "gelukt") return slot;
    }
    return foto.fout ?? geweigerd;
  }

  /**
   * All waiting operations. One bad operation never blocks the others: a batch that is refused is halved until it stands alone,
   * is passed over in this round, and stays in the queue.
   * @param {Syncuitslag} stand
   */
  async #operaties(stand) {
    let na = 0;
    let omvang = MAX_OPS;
    let opnieuwBegonnen = false;
    let eerste = true;
    /** @type {import("./antwoord.js").Oordeel|null} */
    let geweigerd = null;
    for (;;) {
      const ops = await this.d.logboek.wachtend(omvang, na);
      if (!ops.length && !eerste) return geweigerd;
      const antwoord = await this.#bericht(ops, stand);
      if (antwoord.uitkomst === "geweigerd" || antwoord.uitkomst === "te_groot") {
        if (!ops.length) return antwoord;
        eerste = false;
        if (ops.length > 1) {
          omvang = Math.max(1, Math.floor(ops.length / 2));
        } else {
          geweigerd = { ...antwoord, zin: "Een antwoord wordt door de server nog niet aangenomen. Het staat veilig op dit toestel; de rest is verzonden." };
          na = ops[0].toestel_seq;
        }
        continue;
      }
      if (antwoord.uitkomst !== "gelukt") return antwoord;
      eerste = false;
      if (antwoord.inhoud.epochNieuw) {
        // Everything waits again; begin at the front. Once per round: a server that changes its epoch each time is no server.
        if (opnieuwBegonnen) return oordeel("vreemd");
        opnieuwBegonnen = true;
        na = 0;
        continue;
      }
      if (!ops.length) return geweigerd;
      na = /** @type {any} */ (ops.at(-1)).toestel_seq;
      // Not one valid receipt for a batch: not our protocol, whatever the status said.
      if (antwoord.inhoud.bevestigd === 0) return oordeel("vreemd");
      omvang = Math.min(MAX_OPS, omvang * 2);
    }
  }

  /**
   * One POST /api/sync and the bookkeeping of its answer.
   * @param {import("../opslag/oplogboek.js").BewaardeOp[]} ops
   * @param {Syncuitslag} stand
   * @returns {Promise<import("./antwoord.js").Oordeel>} on "gelukt" `inhoud` is {bevestigd, epochNieuw}
   */
  async #bericht(ops, stand) {
    const { logboek, fotos, kluis, api } = this.d;
    const kaal = ops.map(alleenProtocol);
    const hashes = new Map();
    for (const op of kaal) hashes.set(op.op_id, await hashVan(op));
    const bekend = new Map((await logboek.bezoeken()).map((bezoek) => [bezoek.bezoek_id, bezoek]));
    const vraag = new Set([...(await this.d.bezoeken()), ...ops.map((op) => op.bezoek_id)]);
    // Only a device that holds nothing more may name its last number: otherwise what still waits would look lost. In this order,
    // so that an operation that is saved meanwhile counts as waiting.
    const hoogste = await logboek.hoogsteSeq();
    const allesErbij = (await logboek.aantalWachtend()) <= ops.length;
    const antwoord = await api.stuur("/api/sync", {
      protocol: 1, toestel_id: kluis.toestelId, ...(allesErbij ? { hoogste_seq: hoogste } : {}), ops: kaal,
      bezoeken: Object.fromEntries([...vraag].map((id) => [id, bekend.get(id)?.rev ?? 0])),
    });
    if (antwoord.uitkomst !== "gelukt") return antwoord;
    const ontvangsten = geldigeOntvangsten(antwoord.inhoud, hashes);
    if (!ontvangsten) return oordeel("vreemd");

    if (typeof antwoord.inhoud.dienstversie === "string") stand.dienstversie = antwoord.inhoud.dienstversie;
    const epoch = antwoord.inhoud.epoch;
    const oudeEpoch = await logboek.epoch();
    const epochNieuw = oudeEpoch !== null && oudeEpoch !== epoch;
    if (oudeEpoch === null) await logboek.onthoudEpoch(epoch);
    // First put everything back in the queue, then believe this answer: its receipts belong to the new history.
    if (epochNieuw) await logboek.nieuweEpoch(epoch);

    await logboek.bevestig(ontvangsten, this.nu());
    stand.verzonden += ontvangsten.length;
    stand.apart += ontvangsten.filter((o) => o.status !== "opgeslagen").length;
    for (const op of ops) stand.gewijzigd.add(op.bezoek_id);

    const bezoeken = antwoord.inhoud.bezoeken;
    // After a change of epoch we asked with numbers of the old history: the next message asks from the start.
    if (!epochNieuw && bezoeken && typeof bezoeken === "object") {
      for (const [bezoekId, bezoek] of Object.entries(bezoeken)) {
        if (!vraag.has(bezoekId) || !geldigBezoek(bezoek, bezoekId)) continue;
        const oud = bekend.get(bezoekId);
        await logboek.neemOver(bezoekId, bezoek);
        await fotos.vergelijk(bezoekId, bezoek.bijlagen ?? {}, this.nu());
        if (bezoek.ops.length || oud?.compleet !== (bezoek.compleet === true)) stand.gewijzigd.add(bezoekId);
      }
    }
    return { uitkomst: "gelukt", zin: "", inhoud: { bevestigd: ontvangsten.length, epochNieuw } };
  }

  /** First: a signal may be about danger. @param {Syncuitslag} stand */
  async #signalen(stand) {
    if (!this.d.signalen) return null;
    const uit = await verzendSignalen({ meldingen: this.d.signalen, api: this.d.api, nu: this.nu });
    stand.verzonden += uit.verzonden;
    stand.apart += uit.apart;
    return uit.fout;
  }

  /** @param {Syncuitslag} stand */
  async #toestanden(stand) {
    for (const toestand of await this.d.toestanden.lijst("wacht")) {
      const { stop_id: stopId, op_id: opId, status: _status, reden: _reden, ...rest } = toestand;
      const antwoord = await this.d.api.stuur(`/api/stops/${encodeURIComponent(stopId)}/toestand`, { ...rest, op_id: opId });
      const inhoud = antwoord.inhoud;
      if (antwoord.uitkomst === "gelukt" && inhoud.op_id === opId && inhoud.toestand === toestand.toestand) {
        await this.d.toestanden.zet(opId, "verzonden", this.nu());
        stand.verzonden += 1;
      } else if (inhoud && typeof inhoud.detail === "string" && (antwoord.uitkomst === "gelukt" || antwoord.uitkomst === "geweigerd" || antwoord.uitkomst === "geen_recht")) {
        // The server understood it and says no: set apart with its reason, go on with the rest.
        await this.d.toestanden.zet(opId, "apart", this.nu(), inhoud.detail);
        stand.apart += 1;
      } else {
        return antwoord.uitkomst === "gelukt" ? oordeel("vreemd") : antwoord;
      }
    }
    return null;
  }

  /** @param {Syncuitslag} stand @returns {Promise<{gestuurd: number, fout: import("./antwoord.js").Oordeel|null}>} */
  async #fotos(stand) {
    const { fotos, stuurFoto, meld } = this.d;
    let gestuurd = 0;
    if (!stuurFoto) return { gestuurd, fout: null };
    const wachtend = await fotos.metStatus("wacht");
    /** @type {import("./antwoord.js").Oordeel|null} */
    let fout = null;
    for (const [i, record] of wachtend.entries()) {
      meld?.({ soort: "foto", nog: wachtend.length - i });
      const uitslag = await stuurFoto(record);
      if (uitslag.uitkomst === "gelukt") {
        await fotos.zet(record.id, (nu) => ({ ...nu, status: "verzonden" }));
        stand.gewijzigd.add(record.bezoek_id);
        gestuurd += 1;
      } else if (uitslag.uitkomst === "geweigerd" || uitslag.uitkomst === "te_groot") {
        fout = { ...uitslag, zin: "Een foto wordt door de server nog niet aangenomen. Hij staat veilig op dit toestel; de rest is verzonden." };
      } else {
        return { gestuurd, fout: uitslag };
      }
    }
    return { gestuurd, fout };
  }
}

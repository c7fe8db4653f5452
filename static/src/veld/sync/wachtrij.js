// @ts-check
// The queue: sends operations in batches and believes only receipts. No DOM, no timers.

import { OnleesbaarRecord } from "../crypto/sleutels.js";
import { hashVan, alleenProtocol } from "../ops/operatie.js";
import { verzendSignalen } from "../signaal/verzenden.js";
import { geldigBezoek, geldigeOntvangsten, oordeel } from "./antwoord.js";

const MAX_OPS = 100;
/** After so many rounds in which the server fell over our operations, look for the one that it falls over. */
const RONDES_STORING = 3;
/** So many pieces by themselves the server may fall over before we believe that it is not the piece. */
const STUKKEN_STORING = 3;

/**
 * @typedef {import("./antwoord.js").Oordeel & {verzonden: number, apart: number, gewijzigd: Set<string>, uitgesteld: number, dienstversie?: string}} Syncuitslag
 *   `uitgesteld`: photos that wait because the person chose so
 */

export class Wachtrij {
  /**
   * @param {{kluis: import("../opslag/kluis.js").Kluis, logboek: import("../opslag/oplogboek.js").Oplogboek,
   *   fotos: import("../opslag/fotos.js").Fotos, toestanden: import("../opslag/toestanden.js").Toestanden,
   *   api: import("./api.js").Api, bezoeken: () => Promise<string[]>, nu?: () => number,
   *   magFotos?: () => boolean, signalen?: import("../signaal/meldingen.js").Signaalmeldingen, stuurFoto?: (record: any) => Promise<import("./antwoord.js").Oordeel>, meld?: (deel: {soort: string, nog: number}) => void}} delen
   */
  constructor(delen) {
    this.d = delen;
    this.nu = delen.nu ?? Date.now;
    /** Rounds in a row in which the server answered but fell over our operations. */
    this.storingen = 0;
  }

  /** @returns {Promise<Syncuitslag>} one whole round: operations, stop states, photos, then what is complete */
  async ronde() {
    /** @type {Syncuitslag} */
    const stand = { uitkomst: "gelukt", zin: "", verzonden: 0, apart: 0, gewijzigd: new Set(), uitgesteld: 0 };
    const afgebroken = await this.#stappen(stand);
    if (stand.verzonden && (await this.d.logboek.sluitHerstelde(this.nu()))) stand.gewijzigd.add("");
    return afgebroken ? { ...stand, ...afgebroken } : stand;
  }

  /** @param {Syncuitslag} stand @returns {Promise<import("./antwoord.js").Oordeel|null>} why it stopped */
  async #stappen(stand) {
    const { kluis, api } = this.d;
    const wie = await api.wieBenIk();
    if (wie.uitkomst !== "gelukt") return wie;
    if (!kluis.isOpen || !kluis.gebruiker) return oordeel("niets");
    if (wie.gebruiker?.id !== kluis.gebruiker.id) return oordeel("andere_gebruiker");
    // A server that falls over one kind must not keep the other kinds back; anything else (no network, another login) holds for all.
    const signaal = await this.#signalen(stand);
    if (houdtOp(signaal)) return signaal;
    const geweigerd = await this.#operaties(stand);
    this.storingen = geweigerd?.uitkomst === "serverfout" ? this.storingen + 1 : 0;
    if (houdtOp(geweigerd)) return geweigerd;
    const toestand = await this.#toestanden(stand);
    if (houdtOp(toestand)) return toestand;
    const foto = await this.#fotos(stand);
    if (foto.gestuurd || foto.fout) {
      const slot = await this.#bericht([], stand);
      if (!foto.fout && slot.uitkomst !== "gelukt") return slot;
    }
    return foto.fout ?? geweigerd ?? toestand ?? signaal;
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
    const zoekt = this.storingen >= RONDES_STORING;
    let gestruikeld = 0;
    for (;;) {
      const ops = await this.d.logboek.wachtend(omvang, na);
      if (!ops.length && !eerste) return geweigerd;
      const antwoord = await this.#bericht(ops, stand);
      const valtOm = zoekt && antwoord.uitkomst === "serverfout" && gestruikeld < STUKKEN_STORING;
      if (antwoord.uitkomst === "geweigerd" || antwoord.uitkomst === "te_groot" || valtOm) {
        if (!ops.length) return antwoord;
        eerste = false;
        if (ops.length > 1) {
          omvang = Math.max(1, Math.floor(ops.length / 2));
        } else {
          geweigerd = (await this.#nietAangenomen(ops[0], antwoord, stand)) ?? geweigerd;
          if (valtOm) gestruikeld += 1;
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
      gestruikeld = 0;
      omvang = Math.min(MAX_OPS, omvang * 2);
    }
  }

  /**
   * One operation by itself that the server does not take. What it answered counts, what it is about stays in the queue until it was
   * refused often enough; a server that falls over is never a refusal.
   * @param {import("../opslag/oplogboek.js").BewaardeOp} op @param {import("./antwoord.js").Oordeel} antwoord @param {Syncuitslag} stand
   * @returns {Promise<import("./antwoord.js").Oordeel|null>} null when it was set apart: then nothing is left to try again
   */
  async #nietAangenomen(op, antwoord, stand) {
    if (antwoord.uitkomst === "serverfout") return { ...antwoord, zin: "De server heeft een storing bij een van uw antwoorden. Het staat veilig op dit toestel; de rest gaat gewoon door." };
    const apart = await this.d.logboek.telWeigering(op.op_id, antwoord.inhoud?.detail ?? antwoord.zin);
    if (!apart) return { ...antwoord, zin: "Een antwoord wordt door de server nog niet aangenomen. Het staat veilig op dit toestel; de rest is verzonden." };
    stand.apart += 1;
    stand.gewijzigd.add(op.bezoek_id);
    return null;
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
    const allesErbij = (await logboek.aantalWachtend()) + (await logboek.aantalGeweigerd()) <= ops.length;
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
    /** @type {import("./antwoord.js").Oordeel|null} */
    let storing = null;
    const wachtOpEerdere = new Set(); // of one stop the order counts, of different stops it does not
    for (const toestand of await this.d.toestanden.lijst("wacht")) {
      if (wachtOpEerdere.has(toestand.stop_id)) continue;
      const { stop_id: stopId, op_id: opId, status: _status, reden: _reden, deurreden, ...rest } = toestand;
      const antwoord = await this.d.api.stuur(`/api/stops/${encodeURIComponent(stopId)}/toestand`, { ...rest, ...(deurreden && { reden: deurreden }), op_id: opId });
      const inhoud = antwoord.inhoud;
      if (antwoord.uitkomst === "gelukt" && inhoud.op_id === opId && inhoud.toestand === toestand.toestand) {
        await this.d.toestanden.zet(opId, "verzonden", this.nu());
        stand.verzonden += 1;
      } else if (inhoud && typeof inhoud.detail === "string" && (antwoord.uitkomst === "gelukt" || antwoord.uitkomst === "geweigerd" || antwoord.uitkomst === "geen_recht")) {
        // The server understood it and says no: set apart with its reason, go on with the rest.
        await this.d.toestanden.zet(opId, "apart", this.nu(), inhoud.detail);
        stand.apart += 1;
      } else if (antwoord.uitkomst === "serverfout" && wachtOpEerdere.size < STUKKEN_STORING) {
        storing = antwoord;
        wachtOpEerdere.add(stopId);
      } else {
        return antwoord.uitkomst === "gelukt" ? oordeel("vreemd") : antwoord;
      }
    }
    return storing;
  }

  /**
   * The photos, those that failed before last. One that the server refuses for good, or that cannot be read here, is set apart.
   * @param {Syncuitslag} stand @returns {Promise<{gestuurd: number, fout: import("./antwoord.js").Oordeel|null}>}
   */
  async #fotos(stand) {
    const { fotos, stuurFoto, meld } = this.d;
    let gestuurd = 0;
    if (!stuurFoto) return { gestuurd, fout: null };
    const wachtend = (await fotos.metStatus("wacht")).sort((a, b) => (a.mislukt ?? 0) - (b.mislukt ?? 0));
    if (this.d.magFotos && !this.d.magFotos()) {
      stand.uitgesteld = wachtend.length;
      return { gestuurd, fout: null };
    }
    /** @type {import("./antwoord.js").Oordeel|null} */
    let fout = null;
    let gestruikeld = 0;
    for (const [i, record] of wachtend.entries()) {
      // Chosen in the middle of a long row: the rest waits.
      if (this.d.magFotos && !this.d.magFotos()) {
        stand.uitgesteld = wachtend.length - i;
        break;
      }
      meld?.({ soort: "foto", nog: wachtend.length - i });
      const uitslag = await this.#stuurEen(record, stuurFoto);
      if (uitslag.uitkomst === "gelukt") {
        await fotos.zet(record.id, (nu) => (nu.status === "wacht" ? { ...nu, status: "verzonden", mislukt: 0 } : nu));
        stand.gewijzigd.add(record.bezoek_id);
        gestuurd += 1;
        gestruikeld = 0;
      } else if (uitslag.uitkomst === "geweigerd" || uitslag.uitkomst === "te_groot" || uitslag.uitkomst === "serverfout") {
        fout = (await this.#fotoMislukt(record, uitslag, stand)) ?? fout;
        if (uitslag.uitkomst === "serverfout" && (gestruikeld += 1) >= STUKKEN_STORING) return { gestuurd, fout };
      } else {
        return { gestuurd, fout: uitslag };
      }
    }
    return { gestuurd, fout };
  }

  /** @param {any} record @param {(record: any) => Promise<import("./antwoord.js").Oordeel>} stuurFoto */
  async #stuurEen(record, stuurFoto) {
    try {
      return await stuurFoto(record);
    } catch (fout) {
      if (!(fout instanceof OnleesbaarRecord)) throw fout;
      return oordeel("geweigerd", { blijvend: true, inhoud: { detail: "Deze foto is op dit toestel beschadigd geraakt en niet meer te lezen." } });
    }
  }

  /** @param {any} record @param {import("./antwoord.js").Oordeel} uitslag @param {Syncuitslag} stand @returns {Promise<import("./antwoord.js").Oordeel|null>} null when it was set apart */
  async #fotoMislukt(record, uitslag, stand) {
    const { fotos, kluis } = this.d;
    const mislukt = (record.mislukt ?? 0) + 1;
    const apart = uitslag.uitkomst !== "serverfout" && (uitslag.blijvend || mislukt >= STUKKEN_STORING);
    const reden = apart ? await kluis.versleutelJson(`${record.id}/reden`, uitslag.inhoud?.detail ?? uitslag.zin) : null;
    await fotos.zet(record.id, (nu) => (nu.status !== "wacht" ? nu : { ...nu, mislukt, ...(apart ? { status: "apart", reden, upload_url: null } : {}) }));
    if (!apart) return { ...uitslag, zin: "Een foto wordt door de server nog niet aangenomen. Hij staat veilig op dit toestel; de rest is verzonden." };
    stand.apart += 1;
    stand.gewijzigd.add(record.bezoek_id);
    return null;
  }
}

/** Whether nothing else can be sent either. @param {import("./antwoord.js").Oordeel|null} uitslag */
function houdtOp(uitslag) {
  return uitslag !== null && !["geweigerd", "te_groot", "serverfout"].includes(uitslag.uitkomst);
}

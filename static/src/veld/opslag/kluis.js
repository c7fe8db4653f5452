// @ts-check
// One user's vault on this device: its own database, its own data key. No DOM.

import { sha256Tekst } from "../crypto/bytes.js";
import { nieuweDatasleutel, ontsleutel, ontsleutelJson, openMetWachtzin, verpakMetWachtzin, verpakVoorHerstel, versleutel, versleutelJson } from "../crypto/sleutels.js";
import { bezwaar, nogWachten } from "../crypto/wachtzin.js";
import { Meldbaar } from "../meldbaar.js";
import { uuidv7 } from "../ops/uuid.js";
import { NietOpgeslagen, Vergrendeld } from "./fouten.js";
import { openSchema, VOORVOEGSEL } from "./schema.js";
import { Spiegel } from "./spiegel.js";
import { schrijf } from "./transactie.js";

/** @typedef {{id: string, naam: string, rol: string, gemeente: any}} Gebruiker */

/** Too many wrong attempts: wait first. */
export class EerstWachten extends Meldbaar {
  /** @param {number} seconden */
  constructor(seconden) {
    super(`Te vaak een verkeerde wachtzin. Wacht nog ${seconden} ${seconden === 1 ? "seconde" : "seconden"} en probeer het dan opnieuw.`);
    this.name = "EerstWachten";
    this.seconden = seconden;
  }
}

/**
 * @param {string} gebruikerId
 * @param {number} [volgnummer] above 0: a next vault of the same user, after an earlier one was revoked and taken back
 * @returns {Promise<string>} identity of the vault; does not show who it is
 */
export async function kluisIdVan(gebruikerId, volgnummer = 0) {
  return (await sha256Tekst(`inspecties-kluis:${gebruikerId}${volgnummer ? `:${volgnummer}` : ""}`)).slice(0, 32);
}

/**
 * @param {string[]} bekend vaults that were once set up here: what a browser without `databases()` (Firefox before 126, Safari
 *   before 14) has to go by
 * @returns {Promise<string[]>} the vaults on this device
 */
export async function bestaandeKluizen(bekend = []) {
  if (!indexedDB.databases) return [...bekend].sort();
  const alle = await indexedDB.databases();
  const kluizen = [];
  for (const { name } of alle) if (name?.startsWith(VOORVOEGSEL)) kluizen.push(name.slice(VOORVOEGSEL.length));
  return kluizen.sort();
}

/** What may be set before anything else. */
function standaardSpiegel() {
  return new Spiegel(typeof localStorage === "undefined" ? null : localStorage);
}

export class Kluis {
  /** @type {CryptoKey|null} */
  #sleutel = null;
  /** @type {Gebruiker|null} */
  gebruiker = null;
  toestelId = "";

  /**
   * @param {string} kluisId
   * @param {import("idb").IDBPDatabase<any>} db
   * @param {Spiegel} spiegel
   */
  constructor(kluisId, db, spiegel) {
    this.kluisId = kluisId;
    this.db = db;
    this.spiegel = spiegel;
  }

  /**
   * @param {string} kluisId
   * @param {{spiegel?: Spiegel, gesloten?: () => void}} [opties]
   */
  static async open(kluisId, opties = {}) {
    const db = await openSchema(VOORVOEGSEL + kluisId, { gesloten: opties.gesloten });
    const kluis = new Kluis(kluisId, db, opties.spiegel ?? standaardSpiegel());
    kluis.toestelId = (await db.get("meta", "toestel"))?.toestel_id ?? "";
    return kluis;
  }

  /** @returns {Promise<boolean>} has a passphrase been set here */
  async isIngericht() {
    return (await this.db.get("meta", "verpakkingen")) !== undefined;
  }

  /**
   * First use: makes the data key and stores it wrapped. Leaves the vault open.
   * @param {{gebruiker: Gebruiker, wachtzin: string, herstelsleutel?: JsonWebKey|null, toestelId?: string, nu: number}} invoer `toestelId` as registered with the server
   */
  async richtIn({ gebruiker, wachtzin, herstelsleutel, toestelId: gekozenId, nu }) {
    const tegen = bezwaar(wachtzin);
    if (tegen) throw new Meldbaar(tegen);
    const sleutel = await nieuweDatasleutel();
    const verpakkingen = [await verpakMetWachtzin(sleutel, wachtzin, this.kluisId)];
    if (herstelsleutel) verpakkingen.push(/** @type {any} */ (await verpakVoorHerstel(sleutel, herstelsleutel)));
    const versleuteldeGebruiker = await versleutelJson(sleutel, "gebruiker", gebruiker);
    // A lost database of the same user goes on counting where it was: the gap shows what was lost.
    const spiegelbeeld = this.spiegel.lees(this.kluisId);
    const toestelId = spiegelbeeld?.toestel_id ?? gekozenId ?? uuidv7(nu);
    await schrijf(this.db, ["meta"], async (tx) => {
      const meta = tx.objectStore("meta");
      if ((await meta.get("verpakkingen")) !== undefined) throw new Meldbaar("Voor deze gebruiker is op dit toestel al een wachtzin ingesteld.");
      await meta.put(verpakkingen, "verpakkingen");
      await meta.put(versleuteldeGebruiker, "gebruiker");
      await meta.put({ toestel_id: toestelId, gemaakt_op: nu }, "toestel");
      await meta.put({ seq: spiegelbeeld?.seq ?? 0 }, "teller");
    });
    this.toestelId = toestelId;
    this.spiegel.schrijf(this.kluisId, { toestel_id: toestelId, seq: spiegelbeeld?.seq ?? 0 });
    await this.ontgrendel(wachtzin, nu);
  }

  /**
   * @param {string} wachtzin
   * @param {number} nu ms since 1970
   * @throws {EerstWachten|import("../crypto/sleutels.js").VerkeerdeWachtzin}
   */
  async ontgrendel(wachtzin, nu) {
    await this.ontgrendelMet(await this.#metWachtzin(wachtzin, nu, false));
  }

  /** Opens with the data key, from whichever wrapping it came. @param {CryptoKey} sleutel */
  async ontgrendelMet(sleutel) {
    await this.neemSleutel(sleutel);
    await this.#vergeetPogingen();
  }

  /**
   * Opens with a key that another tab or the service worker still holds in memory.
   * @param {CryptoKey} sleutel
   */
  async neemSleutel(sleutel) {
    this.gebruiker = await ontsleutelJson(sleutel, "gebruiker", await this.db.get("meta", "gebruiker"));
    this.toestelId = (await this.db.get("meta", "toestel")).toestel_id;
    this.#sleutel = sleutel;
  }

  /** @returns {CryptoKey} the non-extractable data key, to hand over in memory to another tab of the same user */
  get sleutel() {
    if (!this.#sleutel) throw new Vergrendeld();
    return this.#sleutel;
  }

  get isOpen() {
    return this.#sleutel !== null;
  }

  /** Drops the key. Wipes nothing. */
  vergrendel() {
    this.#sleutel = null;
    this.gebruiker = null;
  }

  /** @param {string} oud @param {string} nieuw @param {number} nu */
  async wijzigWachtzin(oud, nieuw, nu) {
    const tegen = bezwaar(nieuw);
    if (tegen) throw new Meldbaar(tegen);
    const sleutel = await this.#metWachtzin(oud, nu, true);
    await this.#vervangVerpakking(await verpakMetWachtzin(sleutel, nieuw, this.kluisId));
  }

  /** @returns {Promise<import("../crypto/sleutels.js").Verpakking[]>} */
  async #verpakkingen() {
    return (await this.db.get("meta", "verpakkingen")) ?? [];
  }

  /** @returns {Promise<boolean>} can the gemeente open this vault when the passphrase is forgotten */
  async heeftHerstel() {
    return (await this.#verpakkingen()).some((v) => v.soort === "herstel");
  }

  /** @returns {Promise<boolean>} revoked: only the gemeente's recovery key is left */
  async isIngetrokken() {
    const alle = await this.#verpakkingen();
    return alle.length > 0 && alle.every((v) => v.soort === "herstel");
  }

  /** @param {JsonWebKey & {kid?: string}} jwk @returns {Promise<boolean>} is the data key wrapped to this very recovery key */
  async herstelIsVoor(jwk) {
    return (await this.#verpakkingen()).some((v) => v.soort === "herstel" && v.kid === (jwk.kid ?? null));
  }

  /** Adds or renews the wrapping for the gemeente. @param {string} wachtzin @param {JsonWebKey} jwk @param {number} nu */
  async voegHerstelToe(wachtzin, jwk, nu) {
    await this.vernieuwHerstel(await this.#metWachtzin(wachtzin, nu, true), jwk);
  }

  /** @param {CryptoKey} sleutel extractable @param {JsonWebKey} jwk */
  async vernieuwHerstel(sleutel, jwk) {
    await this.#vervangVerpakking(await verpakVoorHerstel(sleutel, jwk));
  }

  /** @returns {Promise<import("../crypto/sleutels.js").PasskeyVerpakking[]>} */
  async passkeys() {
    return (await this.#verpakkingen()).filter((v) => v.soort === "passkey");
  }

  /**
   * @param {string} wachtzin whoever adds a way in shows first that they may come in
   * @param {(sleutel: CryptoKey) => Promise<import("../crypto/sleutels.js").PasskeyVerpakking>} verpak
   * @param {number} nu
   */
  async voegPasskeyToe(wachtzin, verpak, nu) {
    const verpakking = await verpak(await this.#metWachtzin(wachtzin, nu, true));
    await this.#wijzigVerpakkingen((alle) => [...alle.filter((v) => v.soort !== "passkey" || v.credential_id !== verpakking.credential_id), verpakking]);
  }

  /** @param {string} credentialId base64, as in the wrapping */
  verwijderPasskey(credentialId) {
    return this.#wijzigVerpakkingen((alle) => alle.filter((v) => v.soort !== "passkey" || v.credential_id !== credentialId));
  }

  /**
   * The gemeente revoked this device: passphrase and passkeys no longer open it, only the recovery key does. Nothing is wiped.
   * Without a recovery wrapping the passphrase stays: unsent evidence is worth more than the gesture.
   */
  async trekIn() {
    if (await this.heeftHerstel()) await this.#wijzigVerpakkingen((alle) => alle.filter((v) => v.soort === "herstel"));
    this.vergrendel();
  }

  /** @param {string} id @param {unknown} waarde */
  versleutelJson(id, waarde) {
    return versleutelJson(this.sleutel, id, waarde);
  }

  /** @param {string} id @param {import("../crypto/sleutels.js").Versleuteld} record @returns {Promise<any>} */
  ontsleutelJson(id, record) {
    return ontsleutelJson(this.sleutel, id, record);
  }

  /** @param {string} id @param {BufferSource} bytes */
  versleutel(id, bytes) {
    return versleutel(this.sleutel, id, bytes);
  }

  /** @param {string} id @param {import("../crypto/sleutels.js").Versleuteld} record */
  ontsleutel(id, record) {
    return ontsleutel(this.sleutel, id, record);
  }

  /** @template T @param {string[]} winkels @param {(tx: any) => Promise<T>|T} werk */
  schrijf(winkels, werk) {
    return schrijf(this.db, winkels, werk);
  }

  sluit() {
    this.vergrendel();
    this.db.close();
  }

  /** @returns {Promise<import("../crypto/sleutels.js").WachtzinVerpakking>} */
  async #wachtzinVerpakking() {
    const verpakking = (await this.#verpakkingen()).find((v) => v.soort === "wachtzin");
    if (!verpakking) throw new Meldbaar("Dit toestel is ingetrokken. Ga met het toestel naar uw beheerder: alleen de gemeente kan de gegevens nog openen.");
    return verpakking;
  }

  /** @param {string} wachtzin @param {number} nu @param {boolean} uitvoerbaar extractable, only to wrap it anew */
  async #metWachtzin(wachtzin, nu, uitvoerbaar) {
    const verpakking = await this.#wachtzinVerpakking();
    await this.#telPoging(nu);
    const sleutel = await openMetWachtzin(verpakking, wachtzin, this.kluisId, uitvoerbaar);
    if (uitvoerbaar) await this.#vergeetPogingen();
    return sleutel;
  }

  #vergeetPogingen() {
    return this.#alsHetPast((tx) => tx.objectStore("meta").delete("pogingen"));
  }

  /**
   * Counted before it is tried, and taken back by the right passphrase: so ten tabs that try at once, or a reload in the middle
   * of the slow derivation, are ten attempts.
   * @param {number} nu
   */
  async #telPoging(nu) {
    const wacht = await this.#alsHetPast(async (tx) => {
      const meta = tx.objectStore("meta");
      const pogingen = (await meta.get("pogingen")) ?? { aantal: 0, laatste: 0 };
      const nog = nogWachten(pogingen, nu);
      if (nog === 0) await meta.put({ aantal: pogingen.aantal + 1, laatste: nu }, "pogingen");
      return nog;
    });
    if (wacht) throw new EerstWachten(wacht);
  }

  /**
   * A full tablet must still open, because what it holds has to be sent; the derivation itself is the protection that counts.
   * @template T @param {(tx: any) => Promise<T>} werk on "meta"
   * @returns {Promise<T|null>} null when there was no room
   */
  async #alsHetPast(werk) {
    try {
      return await schrijf(this.db, ["meta"], werk);
    } catch (fout) {
      if (fout instanceof NietOpgeslagen && fout.vol) return null;
      throw fout;
    }
  }

  /** @param {import("../crypto/sleutels.js").Verpakking} nieuw takes the place of those of its kind */
  #vervangVerpakking(nieuw) {
    return this.#wijzigVerpakkingen((alle) => [...alle.filter((v) => v.soort !== nieuw.soort), nieuw]);
  }

  /** @param {(alle: import("../crypto/sleutels.js").Verpakking[]) => import("../crypto/sleutels.js").Verpakking[]} hoe */
  #wijzigVerpakkingen(hoe) {
    return schrijf(this.db, ["meta"], async (tx) => {
      const meta = tx.objectStore("meta");
      await meta.put(hoe(await meta.get("verpakkingen")), "verpakkingen");
    });
  }
}

// @ts-check
// Getting in: whose vault it is, the first passphrase, unlocking, registering the device, and whether it was revoked.

import { initialenVan, kluisnamen, onthoudKluisnaam } from "./opslag/kluislijst.js";
import { bestaandeKluizen, Kluis, kluisIdVan } from "./opslag/kluis.js";
import { meetRuimte } from "./opslag/ruimte.js";
import { Spiegel } from "./opslag/spiegel.js";
import { uuidv7 } from "./ops/uuid.js";
import { toonToegang } from "./scherm/toegang.js";

// A connection that stalls must not keep somebody at the door waiting: after this it counts as none.
const GEDULD_MS = 2_500;

/** @typedef {{kluisId: string, naam: string, toestelId: string, passkeys: import("./crypto/sleutels.js").PasskeyVerpakking[], ingetrokken: boolean}} Kluiskaart */

/** Loaded when somebody uses one: most of the time the passphrase does. */
const passkeydeel = () => import("./crypto/passkey.js");

export class Binnenkomst {
  /** @type {any} a Gebruiker or null: who is logged in, as far as the server could say */
  aangemeld = null;
  /** @type {Promise<unknown>} whether the server revoked a vault here; waited for (shortly) before one opens */
  #nagevraagd = Promise.resolve();

  /**
   * @param {{api: import("./sync/api.js").Api, hoofd: Element, binnen: (kluis: Kluis) => Promise<void>, gesloten: () => void, reddingskopie: (kluisId: string) => Promise<void>}} delen
   */
  constructor(delen) {
    this.d = delen;
  }

  async toon() {
    const kluizen = await this.#kluizen();
    const wie = await this.#wieBenIk(kluizen.length > 0);
    this.aangemeld = wie.gebruiker ?? null;
    this.#nagevraagd = this.#vraagNaIntrekking(kluizen.filter((kluis) => !kluis.ingetrokken));
    const dicht = kluizen.filter((kluis) => kluis.ingetrokken);
    let open = kluizen.filter((kluis) => !kluis.ingetrokken);
    if (this.aangemeld) {
      const eigen = await this.#eigenKluizen(kluizen);
      const huidig = eigen.find((kluis) => !kluis.ingetrokken);
      if (!huidig && !(await this.#nogIngetrokken(eigen))) return this.#toon({ soort: "inrichten", naam: this.aangemeld.naam, ingetrokken: eigen, ...(await this.#inrichtkeuze()) });
      open = huidig ? [{ ...huidig, naam: this.aangemeld.naam }] : [];
    }
    if (open.length) return this.#toon({ soort: "ontgrendelen", aangemeld: !!this.aangemeld, kluizen: open, ingetrokken: dicht });
    if (dicht.length) return this.#toon({ soort: "ingetrokken", aangemeld: !!this.aangemeld, kluizen: dicht });
    if (wie.uitkomst === "aanmelden") return this.#toon({ soort: "aanmelden" });
    return this.#toon({ soort: "geen_verbinding", zin: "Er is geen verbinding met de server. Op dit toestel staat nog geen werk; ga een keer online om te beginnen." });
  }

  /** @param {import("./scherm/toegang.js").Toegangsstand} stand */
  #toon(stand) {
    toonToegang(this.d.hoofd, stand, {
      richtIn: (wachtzin, metPasskey) => this.#richtIn(wachtzin, metPasskey), opnieuw: () => void this.toon(), reddingskopie: (kluisId) => void this.d.reddingskopie(kluisId),
      ontgrendel: (kluisId, wachtzin) => this.#ontgrendel(kluisId, async (kluis) => {
        await kluis.ontgrendel(wachtzin, Date.now());
        return (jwk) => kluis.voegHerstelToe(wachtzin, jwk, Date.now());
      }),
      metPasskey: (kluisId) => this.#ontgrendel(kluisId, async (kluis) => {
        const geef = await (await passkeydeel()).vraagPasskey(await kluis.passkeys(), kluisId);
        await kluis.ontgrendelMet(await geef());
        return async (jwk) => kluis.vernieuwHerstel(await geef(true), jwk);
      }),
    });
  }

  /** @returns {Promise<Kluiskaart[]>} those that were set up on this device */
  async #kluizen() {
    const namen = kluisnamen();
    const uit = [];
    for (const [i, kluisId] of (await bestaandeKluizen(Object.keys(namen))).entries()) {
      const kluis = await Kluis.open(kluisId);
      if (await kluis.isIngericht()) uit.push({ kluisId, naam: namen[kluisId] ?? `Gebruiker ${i + 1}`, toestelId: kluis.toestelId, passkeys: await kluis.passkeys(), ingetrokken: await kluis.isIngetrokken() });
      kluis.sluit();
    }
    return uit;
  }

  /** @param {boolean} kort @returns {Promise<import("./sync/antwoord.js").Oordeel & {gebruiker?: import("./opslag/kluis.js").Gebruiker}>} */
  #wieBenIk(kort) {
    const vraag = this.d.api.wieBenIk();
    return kort ? Promise.race([vraag, /** @type {Promise<any>} */ (naTijd({ uitkomst: "netwerk", zin: "" }))]) : vraag;
  }

  /** @param {Kluiskaart[]} kluizen @returns {Promise<Kluiskaart[]>} of who is logged in, the first one first */
  async #eigenKluizen(kluizen) {
    const uit = [];
    for (let nummer = 0; ; nummer++) {
      const kluisId = await kluisIdVan(this.aangemeld.id, nummer);
      const kluis = kluizen.find((een) => een.kluisId === kluisId);
      if (!kluis) return uit;
      uit.push(kluis);
    }
  }

  /** What a person may choose at the start, as far as this browser goes. */
  async #inrichtkeuze() {
    const [{ kanPasskey }, { keur, leesOmgeving }] = await Promise.all([passkeydeel(), import("./toegang/browser.js")]);
    const omgeving = await leesOmgeving(window, kanPasskey);
    return { passkey: omgeving.prf, waarschuwingen: keur(omgeving).waarschuwingen };
  }

  /** @param {string} wachtzin @param {boolean} metPasskey */
  async #richtIn(wachtzin, metPasskey) {
    const nummer = (await this.#eigenKluizen(await this.#kluizen())).length;
    const kluisId = await kluisIdVan(this.aangemeld.id, nummer);
    const naam = this.aangemeld.naam;
    // First of all, while the tap on the button still counts as the person's wish for the browser.
    const passkeys = metPasskey ? await passkeydeel() : null;
    const passkey = await passkeys?.maakPasskey({ kenmerk: initialenVan(naam) });
    onthoudKluisnaam(kluisId, naam);
    const kluis = await Kluis.open(kluisId, { gesloten: this.d.gesloten });
    const toestelId = new Spiegel(localStorage).lees(kluisId)?.toestel_id ?? uuidv7();
    const ruimte = await meetRuimte(true);
    const herstelsleutel = await this.#meldToestelAan(toestelId, ruimte.blijft);
    await kluis.richtIn({ gebruiker: this.aangemeld, wachtzin, herstelsleutel, toestelId, nu: Date.now() });
    if (passkey) await kluis.voegPasskeyToe(wachtzin, (sleutel) => /** @type {any} */ (passkeys).verpakMetPasskey(sleutel, passkey, kluisId, Date.now()), Date.now());
    await this.d.binnen(kluis);
  }

  /** @param {string} toestelId @param {boolean|null} blijft @returns {Promise<JsonWebKey|null>} the gemeente's recovery key */
  async #meldToestelAan(toestelId, blijft) {
    const naam = /** @type {any} */ (navigator).userAgentData?.platform || navigator.platform || "toestel";
    const antwoord = await this.d.api.stuur("/api/toestellen", { toestel_id: toestelId, naam, opgeslagen_blijft: blijft });
    return antwoord.uitkomst === "gelukt" ? (antwoord.inhoud.herstelsleutel ?? null) : null;
  }

  /**
   * @param {string} kluisId
   * @param {(kluis: Kluis) => Promise<(jwk: JsonWebKey) => Promise<void>>} open opens it, and gives the way to wrap the key to the gemeente anew
   */
  async #ontgrendel(kluisId, open) {
    await Promise.race([this.#nagevraagd, naTijd(null)]);
    const kluis = await Kluis.open(kluisId, { gesloten: this.d.gesloten });
    let vernieuw;
    try {
      vernieuw = await open(kluis);
    } catch (fout) {
      kluis.sluit();
      throw fout;
    }
    // Without a wrapping for the gemeente a forgotten passphrase loses everything: that is arranged first.
    const eerst = this.aangemeld && !(await kluis.heeftHerstel());
    if (eerst) await this.#werkHerstelBij(kluis, vernieuw);
    await this.d.binnen(kluis);
    if (this.aangemeld && !eerst) void this.#werkHerstelBij(kluis, vernieuw);
  }

  /** Tells the server that this device is in use, and takes over its recovery key. @param {Kluis} kluis @param {(jwk: JsonWebKey) => Promise<void>} vernieuw */
  async #werkHerstelBij(kluis, vernieuw) {
    try {
      const jwk = await this.#meldToestelAan(kluis.toestelId, (await meetRuimte(false)).blijft);
      if (jwk && !(await kluis.herstelIsVoor(jwk))) await vernieuw(jwk);
    } catch (fout) {
      // Locked again or full in the meantime: the old wrapping stands, and the next unlocking tries again.
      console.error(fout);
    }
  }

  // ---- revoked ----

  /** Drops the ways in of vaults that the server revoked; needs no login, because a lost tablet has none. @param {Kluiskaart[]} kluizen */
  async #vraagNaIntrekking(kluizen) {
    let gewijzigd = false;
    for (const { kluisId, toestelId } of kluizen) {
      if (!(await this.isIngetrokken(toestelId))) continue;
      const kluis = await Kluis.open(kluisId);
      await kluis.trekIn();
      gewijzigd ||= await kluis.isIngetrokken();
      kluis.sluit();
    }
    if (gewijzigd) await this.toon();
  }

  /** @param {string} toestelId @returns {Promise<boolean|null>} null: the server could not be asked */
  async isIngetrokken(toestelId) {
    const antwoord = await this.d.api.vraag(`/api/toestellen/${encodeURIComponent(toestelId)}/stand`);
    if (antwoord.uitkomst !== "gelukt" || antwoord.inhoud.toestel_id !== toestelId) return null;
    return antwoord.inhoud.ingetrokken === true;
  }

  /** May somebody not yet begin anew here? @param {Kluiskaart[]} eigen revoked vaults of who is logged in */
  async #nogIngetrokken(eigen) {
    for (const { toestelId } of eigen) if ((await this.isIngetrokken(toestelId)) !== false) return true;
    return false;
  }
}

/** @template T @param {T} waarde @returns {Promise<T>} */
function naTijd(waarde) {
  return new Promise((klaar) => setTimeout(() => klaar(waarde), GEDULD_MS));
}

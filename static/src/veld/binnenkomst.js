// @ts-check
// Getting in: whose vault it is, the first passphrase, unlocking, registering the device.

import { bestaandeKluizen, Kluis, kluisIdVan } from "./opslag/kluis.js";
import { meetRuimte } from "./opslag/ruimte.js";
import { Spiegel } from "./opslag/spiegel.js";
import { uuidv7 } from "./ops/uuid.js";
import { toonToegang } from "./scherm/toegang.js";

const KLUIZEN = "inspecties.kluizen";

export class Binnenkomst {
  /** @type {any} a Gebruiker or null: who is logged in, as far as the server could say */
  aangemeld = null;

  /**
   * @param {{api: import("./sync/api.js").Api, hoofd: Element, binnen: (kluis: Kluis) => Promise<void>, gesloten: () => void, reddingskopie: (kluisId: string) => Promise<void>}} delen
   */
  constructor(delen) {
    this.d = delen;
  }

  async toon() {
    const kluizen = await bestaandeKluizen();
    const wie = await this.d.api.wieBenIk();
    this.aangemeld = wie.gebruiker ?? null;
    const acties = {
      richtIn: (/** @type {string} */ wachtzin) => this.#richtIn(wachtzin), opnieuw: () => void this.toon(),
      ontgrendel: (/** @type {string} */ kluisId, /** @type {string} */ wachtzin) => this.#ontgrendel(kluisId, wachtzin),
      reddingskopie: (/** @type {string} */ kluisId) => void this.d.reddingskopie(kluisId),
    };
    if (this.aangemeld) {
      const kluisId = await kluisIdVan(this.aangemeld.id);
      const kluis = kluizen.includes(kluisId) ? await Kluis.open(kluisId) : null;
      const ingericht = (await kluis?.isIngericht()) ?? false;
      kluis?.sluit();
      if (!ingericht) return toonToegang(this.d.hoofd, { soort: "inrichten", naam: this.aangemeld.naam }, acties);
      return toonToegang(this.d.hoofd, { soort: "ontgrendelen", aangemeld: true, kluizen: [{ kluisId, naam: this.aangemeld.naam }] }, acties);
    }
    if (kluizen.length) {
      const namen = kluisnamen();
      return toonToegang(this.d.hoofd, { soort: "ontgrendelen", aangemeld: false, kluizen: kluizen.map((kluisId, i) => ({ kluisId, naam: namen[kluisId] ?? `Gebruiker ${i + 1}` })) }, acties);
    }
    if (wie.uitkomst === "aanmelden") return toonToegang(this.d.hoofd, { soort: "aanmelden" }, acties);
    return toonToegang(this.d.hoofd, { soort: "geen_verbinding", zin: "Er is geen verbinding met de server. Op dit toestel staat nog geen werk; ga een keer online om te beginnen." }, acties);
  }

  /** @param {string} wachtzin */
  async #richtIn(wachtzin) {
    const kluisId = await kluisIdVan(this.aangemeld.id);
    const kluis = await Kluis.open(kluisId, { gesloten: this.d.gesloten });
    const toestelId = new Spiegel(localStorage).lees(kluisId)?.toestel_id ?? uuidv7();
    const ruimte = await meetRuimte(true);
    const herstelsleutel = await this.#meldToestelAan(toestelId, ruimte.blijft);
    await kluis.richtIn({ gebruiker: this.aangemeld, wachtzin, herstelsleutel, toestelId, nu: Date.now() });
    onthoudKluisnaam(kluisId, this.aangemeld.naam);
    await this.d.binnen(kluis);
  }

  /** @param {string} toestelId @param {boolean|null} blijft @returns {Promise<JsonWebKey|null>} the gemeente's recovery key */
  async #meldToestelAan(toestelId, blijft) {
    const naam = /** @type {any} */ (navigator).userAgentData?.platform || navigator.platform || "toestel";
    const antwoord = await this.d.api.stuur("/api/toestellen", { toestel_id: toestelId, naam, opgeslagen_blijft: blijft });
    return antwoord.uitkomst === "gelukt" ? (antwoord.inhoud.herstelsleutel ?? null) : null;
  }

  /** @param {string} kluisId @param {string} wachtzin */
  async #ontgrendel(kluisId, wachtzin) {
    const kluis = await Kluis.open(kluisId, { gesloten: this.d.gesloten });
    try {
      await kluis.ontgrendel(wachtzin, Date.now());
    } catch (fout) {
      kluis.sluit();
      throw fout;
    }
    if (this.aangemeld && !(await kluis.heeftHerstel())) {
      const jwk = await this.#meldToestelAan(kluis.toestelId, (await meetRuimte(false)).blijft);
      if (jwk) await kluis.voegHerstelToe(wachtzin, jwk, Date.now());
    }
    await this.d.binnen(kluis);
  }
}

/** @returns {Record<string, string>} initials per vault: enough to find one's own, no name */
function kluisnamen() {
  try {
    return JSON.parse(localStorage.getItem(KLUIZEN) ?? "{}");
  } catch (fout) {
    if (fout instanceof SyntaxError) return {};
    throw fout;
  }
}

/** @param {string} kluisId @param {string} naam */
function onthoudKluisnaam(kluisId, naam) {
  const initialen = naam.split(/\s+/u).map((deel) => deel[0]?.toUpperCase() ?? "").join("");
  localStorage.setItem(KLUIZEN, JSON.stringify({ ...kluisnamen(), [kluisId]: initialen }));
}

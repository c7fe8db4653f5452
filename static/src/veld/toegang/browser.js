// @ts-check
// What this browser can and cannot, and what that means for whoever works with it. Reading is apart from judging: `keur` is pure.
//
// Known facts, from the makers' own release notes up to 2025; what counts is what is found here and now, never the name of the
// browser. Chromium: all of it, except BarcodeDetector on Windows and Linux; PRF since 116, getClientCapabilities since 133.
// Firefox: no BarcodeDetector, no Background Sync, no absolute compass; databases() since 126, Web Locks since 96, PRF and
// getClientCapabilities since 135; in a private window no service worker, and the storage ends with the window.
// Safari: no BarcodeDetector, no Background Sync; asks before it gives the compass; Web Locks since 15.4, persist() since 15.2, PRF
// since 18; removes the storage of a site that was not opened for seven days of use, unless the app is on the home screen.

import { heeftOpslag } from "./vereist.js";

/**
 * @typedef {{veilig: boolean, indexeddb: boolean, webcrypto: boolean, localstorage: boolean, serviceworker: boolean, blijft: boolean|null,
 *   prf: boolean|null, locks: boolean, barcode: boolean, achtergrond: boolean, kompas: "ja"|"vraagt"|"nee", delen: boolean, beginscherm: boolean}} Omgeving
 *   `blijft`: what the browser answered to storage.persisted(), null where it cannot; `prf`: null where it does not tell
 * @typedef {{code: string, naam: string, stand: "goed"|"let-op"|"mist", zin: string}} Punt
 */

/**
 * @param {any} venster
 * @param {(venster: any) => Promise<boolean|null>} kanPasskey
 * @returns {Promise<Omgeving>}
 */
export async function leesOmgeving(venster, kanPasskey) {
  const nav = venster.navigator ?? {};
  const opslag = nav.storage;
  const stand = venster.DeviceOrientationEvent;
  return {
    veilig: !!venster.isSecureContext, webcrypto: !!venster.crypto?.subtle, indexeddb: heeftOpslag(venster), localstorage: heeftOpslag(venster),
    serviceworker: !!nav.serviceWorker, blijft: opslag?.persisted && opslag.persist ? await opslag.persisted() : null, prf: await kanPasskey(venster),
    locks: !!nav.locks, barcode: !!venster.BarcodeDetector, achtergrond: !!venster.SyncManager, delen: typeof nav.share === "function",
    // Safari says so itself; elsewhere only the absolute kind knows where north is.
    kompas: typeof stand?.requestPermission === "function" ? "vraagt" : "ondeviceorientationabsolute" in venster ? "ja" : "nee",
    beginscherm: nav.standalone === true || !!venster.matchMedia?.("(display-mode: standalone)").matches,
  };
}

/** @param {string} code @param {string} naam @param {boolean} goed @param {string} zinGoed @param {string} zinMis @param {"let-op"|"mist"} [mis] @returns {Punt} */
const punt = (code, naam, goed, zinGoed, zinMis, mis = "mist") => ({ code, naam, stand: goed ? "goed" : mis, zin: goed ? zinGoed : zinMis });

/**
 * Pure.
 * @param {Omgeving} o
 * @returns {{punten: Punt[], waarschuwingen: string[]}} the warnings are for whoever is about to start here
 */
export function keur(o) {
  const punten = [
    punt("serviceworker", "Openen zonder verbinding", o.serviceworker, "De app opent ook zonder verbinding.", "Zonder verbinding opent de app niet. Dit komt door de browser of door een privévenster. Laat de app open staan, of gebruik een gewoon venster."),
    o.blijft === null
      ? punt("blijft", "Werk blijft staan", false, "", "Deze browser belooft niet dat uw werk blijft staan. Verzend op tijd.", "let-op")
      : punt("blijft", "Werk blijft staan", o.blijft, "De browser wist uw werk niet uit zichzelf.",
        o.beginscherm ? "De browser mag uw werk wissen als het toestel vol raakt. Verzend op tijd." : "De browser mag uw werk wissen als het toestel vol raakt of u de app lang niet opent. Zet de app op het beginscherm.", "let-op"),
    o.prf === null
      ? punt("prf", "Ontgrendelen met passkey", false, "", "De browser zegt niet of dit kan. U kunt het proberen; uw wachtzin blijft werken.", "let-op")
      : punt("prf", "Ontgrendelen met passkey", o.prf, "U kunt ontgrendelen met vingerafdruk, gezicht of pincode.", "Dat kan in deze browser niet. U ontgrendelt met uw wachtzin."),
    punt("locks", "Twee tabbladen", o.locks, "Eén tabblad tegelijk verzendt.", "Het verdelen van het werk tussen tabbladen is hier eenvoudiger. Gebruik liever één tabblad.", "let-op"),
    punt("achtergrond", "Verzenden op de achtergrond", o.achtergrond, "De browser kan ook verzenden als de app net gesloten is.", "Verzenden gaat alleen als de app open is. Houd de app open tot alles verzonden is."),
    punt("barcode", "Code scannen", o.barcode, "U kunt een streepjescode of QR-code scannen met de camera.", "Scannen kan hier niet. U typt de code over."),
    { code: "kompas", naam: "Richting", .../** @type {{ja: any, vraagt: any, nee: any}} */ ({
      ja: { stand: "goed", zin: "De app kan aanwijzen in welke richting een stop ligt." },
      vraagt: { stand: "goed", zin: "De app vraagt toestemming voor het kompas en wijst dan de richting aan." },
      nee: { stand: "mist", zin: "Er is geen kompas. U ziet wel de afstand, en op de kaart waar de stop ligt." },
    })[o.kompas] },
    punt("delen", "Bestand delen", o.delen, "Een reddingskopie kunt u meteen naar een andere app sturen.", "Een reddingskopie komt bij uw downloads. Geef het bestand zelf door."),
  ];
  const waarschuwingen = [];
  if (!o.serviceworker) waarschuwingen.push("Dit lijkt een privévenster, of een browser die de app niet kan bewaren. Zonder verbinding opent de app hier niet, en wat u invult kan weg zijn als u het venster sluit. Gebruik een gewoon venster.");
  if (o.blijft === false && !o.beginscherm) waarschuwingen.push("De browser mag uw werk wissen als het toestel vol raakt. Zet de app op het beginscherm; dan blijft uw werk beter staan.");
  return { punten, waarschuwingen };
}

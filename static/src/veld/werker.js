// @ts-check
// The page's side of the service worker: registering, a new version, and holding the key in memory over a reload.

/** @type {any} a key to lend, as long as there is no worker yet: the first visit has none until it is installed */
let uitTeLenen = null;

/**
 * @param {(nieuw: ServiceWorker) => void} nieuweVersie called when a version waits; it takes over only after `neemOver`
 * @param {() => void} gewisseld called when another tab let a new version take over
 */
export async function registreer(nieuweVersie, gewisseld) {
  if (!("serviceWorker" in navigator)) return;
  let hadWerker = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (hadWerker) gewisseld();
    hadWerker = true;
    if (uitTeLenen) leenUit(uitTeLenen);
  });
  const registratie = await navigator.serviceWorker.register("/sw.js", { scope: "/veld", updateViaCache: "none" });
  if (registratie.waiting && navigator.serviceWorker.controller) nieuweVersie(registratie.waiting);
  registratie.addEventListener("updatefound", () => {
    const nieuw = registratie.installing;
    nieuw?.addEventListener("statechange", () => {
      if (nieuw.state === "installed" && navigator.serviceWorker.controller) nieuweVersie(nieuw);
    });
  });
}

/** @param {ServiceWorker} nieuw everything was flushed and the user agreed; `registreer` tells when it has taken over */
export function neemOver(nieuw) {
  nieuw.postMessage({ soort: "neem-over" });
}

/** @param {any} bericht @returns {Promise<any>} null when no worker answers */
function vraagWerker(bericht) {
  const werker = navigator.serviceWorker?.controller;
  if (!werker) return Promise.resolve(null);
  return new Promise((klaar) => {
    const kanaal = new MessageChannel();
    const wekker = setTimeout(() => klaar(null), 1_000);
    kanaal.port1.onmessage = ({ data }) => {
      clearTimeout(wekker);
      klaar(data);
    };
    werker.postMessage(bericht, [kanaal.port2]);
  });
}

/**
 * The worker keeps the key in memory only, and forgets it when the browser stops the worker or `tot` has passed.
 * @param {string} kluisId @param {CryptoKey} sleutel @param {number} tot ms since 1970
 */
export function leenSleutelUit(kluisId, sleutel, tot) {
  leenUit({ soort: "bewaar-sleutel", kluisId, sleutel, tot });
}

/** @param {any} bericht */
function leenUit(bericht) {
  const werker = navigator.serviceWorker?.controller;
  uitTeLenen = werker ? null : bericht;
  werker?.postMessage(bericht);
}

/** @returns {Promise<{kluisId: string, sleutel: CryptoKey}|null>} */
export const geleendeSleutel = () => vraagWerker({ soort: "geef-sleutel" });

export function vergeetSleutel() {
  uitTeLenen = null;
  navigator.serviceWorker?.controller?.postMessage({ soort: "vergeet-sleutel" });
}

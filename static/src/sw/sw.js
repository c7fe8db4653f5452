// @ts-check
/// <reference lib="webworker" />
// The service worker of the field app: the shell from a versioned cache, nothing else. No API answer is ever stored, and no
// domain logic stands here. A new version waits until a page says that everything is saved and the user agreed.

/** Filled in by the build: the version is the hash of the files and of the shell's template. @type {{versie: string, adressen: string[]}} */
// @ts-ignore -- replaced at build time
const PRECACHE = __PRECACHE__;

const werker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const VOORVOEGSEL = "inspecties-schil-";
const CACHE = VOORVOEGSEL + PRECACHE.versie;
const SCHIL = "/veld";

/** @type {{kluisId: string, sleutel: CryptoKey, tot: number}|null} the key of an unlocked vault, in memory only */
let geleend = null;

// Locking in one tab, or logging out on an office page, reaches the key here too, whichever tab is open.
if ("BroadcastChannel" in self) {
  new BroadcastChannel("inspecties-veld").addEventListener("message", ({ data }) => {
    if (data?.soort === "vergrendel") geleend = null;
  });
}

werker.addEventListener("install", (gebeurtenis) => {
  gebeurtenis.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      for (const adres of new Set([SCHIL, ...PRECACHE.adressen])) {
        const antwoord = await fetch(adres, { cache: "reload", credentials: "same-origin", redirect: "error" });
        // A captive portal or an error page must never become the app.
        if (!antwoord.ok || (adres === SCHIL && !(antwoord.headers.get("Content-Type") ?? "").startsWith("text/html"))) {
          throw new Error(`${adres}: ${antwoord.status}`);
        }
        await cache.put(adres, antwoord);
      }
    })(),
  );
});

werker.addEventListener("activate", (gebeurtenis) => {
  gebeurtenis.waitUntil(
    (async () => {
      for (const naam of await caches.keys()) if (naam.startsWith(VOORVOEGSEL) && naam !== CACHE) await caches.delete(naam);
      await werker.clients.claim();
    })(),
  );
});

werker.addEventListener("fetch", (gebeurtenis) => {
  const { request } = gebeurtenis;
  const adres = new URL(request.url);
  if (request.method !== "GET" || adres.origin !== location.origin || adres.pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") {
    if (adres.pathname === SCHIL || adres.pathname.startsWith(`${SCHIL}/`)) gebeurtenis.respondWith(uitCache(SCHIL, request));
    return;
  }
  if (PRECACHE.adressen.includes(adres.pathname)) gebeurtenis.respondWith(uitCache(adres.pathname, request));
});

/** @param {string} sleutel @param {Request} request */
async function uitCache(sleutel, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(sleutel)) ?? fetch(request);
}

werker.addEventListener("message", (gebeurtenis) => {
  const bron = /** @type {Client|null} */ (gebeurtenis.source);
  if (!bron || !new URL(bron.url).pathname.startsWith(SCHIL)) return;
  const { soort, kluisId, sleutel, tot } = gebeurtenis.data ?? {};
  if (soort === "neem-over") gebeurtenis.waitUntil(werker.skipWaiting());
  if (soort === "bewaar-sleutel") geleend = { kluisId, sleutel, tot };
  if (soort === "vergeet-sleutel") geleend = null;
  if (soort === "geef-sleutel") {
    if (geleend && geleend.tot <= Date.now()) geleend = null;
    gebeurtenis.ports[0]?.postMessage(geleend ? { kluisId: geleend.kluisId, sleutel: geleend.sleutel } : null);
  }
});

// Background Sync: there is network again. No key and no queue here: only an open page can send, so it is asked to. Without one
// nothing happens; the work waits until the app is opened.
werker.addEventListener("sync", (gebeurtenis) => {
  /** @type {any} */ (gebeurtenis).waitUntil(werker.clients.matchAll({ type: "window" }).then((paginas) => paginas.forEach((pagina) => pagina.postMessage({ soort: "verzend" }))));
});

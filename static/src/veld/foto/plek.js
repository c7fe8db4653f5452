// @ts-check
// Where a photo was taken and which way the camera looked, where the person allowed it on this device. Never waits and never
// stops a photo: it follows along while a visit is open, and a photo takes what is known at that moment.

const SLEUTEL = "extra/foto/plek";
/** Older than this it may be another house. */
const OUDSTE_MS = 120_000;
/** A file that was made longer ago than this was picked, not taken now: where this device is says nothing about it. */
const NU_MS = 120_000;

/** @typedef {{lat: number, lon: number, nauwkeurigheid_m: number, richting_graden: number|null, ouderdom_s: number}} Plek */

/** @param {number} getal @param {number} cijfers */
const rond = (getal, cijfers) => Number(getal.toFixed(cijfers));

/**
 * What a photo is told. Pure.
 * @param {{coords: {latitude: number, longitude: number, accuracy: number}, timestamp: number}|null} vondst of the browser
 * @param {{graden: number, op: number}|null} kompas @param {number} nu ms @param {number|undefined} gemaakt when the file says that it was made, ms
 * @returns {Plek|null}
 */
export function plekVoor(vondst, kompas, nu, gemaakt) {
  if (!vondst || nu - vondst.timestamp > OUDSTE_MS) return null;
  if (gemaakt !== undefined && Math.abs(nu - gemaakt) > NU_MS) return null;
  return {
    lat: rond(vondst.coords.latitude, 6), lon: rond(vondst.coords.longitude, 6), nauwkeurigheid_m: rond(vondst.coords.accuracy, 1),
    richting_graden: kompas && nu - kompas.op < 10_000 ? rond(((kompas.graden % 360) + 360) % 360, 1) % 360 : null,
    ouderdom_s: rond(Math.max(0, nu - vondst.timestamp) / 1000, 1),
  };
}

/** Compass heading of the back of the device, degrees from north. @param {any} e DeviceOrientationEvent @param {number} scherm turn of the screen @returns {number|null} */
export function kompasgraden(e, scherm) {
  if (typeof e.webkitCompassHeading === "number") return e.webkitCompassHeading + scherm;
  return e.absolute && typeof e.alpha === "number" ? 360 - e.alpha + scherm : null;
}

/** @param {import("../opslag/kluis.js").Kluis} kluis @returns {Promise<boolean>} whether the person turned it on, on this device */
export async function staatPlekAan(kluis) {
  const record = await kluis.db.get("extra", SLEUTEL);
  return record ? (await kluis.ontsleutelJson(SLEUTEL, record)).aan === true : false;
}

/** @param {import("../opslag/kluis.js").Kluis} kluis @param {boolean} aan */
export async function zetPlek(kluis, aan) {
  const record = await kluis.versleutelJson(SLEUTEL, { aan });
  await kluis.schrijf(["extra"], (tx) => tx.store.put(record, SLEUTEL));
}

/**
 * Asks the browser for leave, while the person is looking at the switch.
 * @returns {Promise<string>} empty when it may, else what to do
 */
export async function vraagVerlof() {
  if (!navigator.geolocation) return "Deze browser kan niet zeggen waar het toestel is.";
  const kompas = /** @type {any} */ (globalThis.DeviceOrientationEvent);
  // Only Safari asks for the compass, and only after a tap. Without it there is a place and no direction.
  if (typeof kompas?.requestPermission === "function") await kompas.requestPermission().catch(() => "denied");
  return new Promise((klaar) => navigator.geolocation.getCurrentPosition(
    () => klaar(""),
    (fout) => klaar(fout.code === 1 ? "U of uw gemeente staat niet toe dat de app weet waar u bent. Zet dat aan in de instellingen van het toestel." : ""),
    { timeout: 10_000, maximumAge: 600_000 },
  ));
}

/** Follows along from now until `stop()`. */
export class Plekvolger {
  /** @type {any} */
  #vondst = null;
  /** @type {{graden: number, op: number}|null} */
  #kompas = null;
  #weg = new AbortController();

  constructor() {
    this.volgnummer = navigator.geolocation?.watchPosition((vondst) => (this.#vondst = vondst), () => {}, { enableHighAccuracy: true, maximumAge: 10_000 });
    for (const soort of ["deviceorientationabsolute", "deviceorientation"]) {
      window.addEventListener(soort, (e) => {
        const graden = kompasgraden(e, screen.orientation?.angle ?? 0);
        if (graden !== null) this.#kompas = { graden, op: Date.now() };
      }, { signal: this.#weg.signal });
    }
  }

  /** @param {number} [gemaakt] @returns {Plek|null} */
  nu(gemaakt) {
    return plekVoor(this.#vondst, this.#kompas, Date.now(), gemaakt);
  }

  stop() {
    if (this.volgnummer !== undefined) navigator.geolocation.clearWatch(this.volgnummer);
    this.#weg.abort();
  }
}

/**
 * For a visit that was opened: photos get their place from now on, if the person wants that on this device.
 * @param {import("../bezoek/bijlagen.js").Bijlagen} bijlagen @param {import("../opslag/kluis.js").Kluis} kluis
 */
export async function volgPlek(bijlagen, kluis) {
  if (!bijlagen.dicht && !bijlagen.plek && (await staatPlekAan(kluis)) && !bijlagen.dicht) bijlagen.plek = new Plekvolger();
}

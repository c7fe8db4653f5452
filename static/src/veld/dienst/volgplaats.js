// @ts-check
// Where this device is while a screen needs it: one watch at a time, off when the screen is left or out of sight.

/** @typedef {{lat: number, lon: number, nauwkeurig: number}} Hier `nauwkeurig`: metres */

export class Volgplaats {
  /** @type {number|null} */
  #wacht = null;
  /** @type {Hier|null} */
  hier = null;

  /** @param {(hier: Hier) => void} gevonden @param {(zin: string) => void} mislukt */
  constructor(gevonden, mislukt) {
    this.gevonden = gevonden;
    this.mislukt = mislukt;
  }

  get volgt() {
    return this.#wacht !== null;
  }

  begin() {
    if (this.volgt || !("geolocation" in navigator)) return;
    this.#wacht = navigator.geolocation.watchPosition(
      ({ coords }) => {
        this.hier = { lat: coords.latitude, lon: coords.longitude, nauwkeurig: coords.accuracy };
        this.gevonden(this.hier);
      },
      ({ code }) => {
        // Losing the signal between buildings is no news; a refusal is.
        if (code !== 1 && this.hier) return;
        this.stop();
        this.mislukt(code === 1 ? "Waar u bent is niet te bepalen. Sta locatie toe in de instellingen van het toestel." : "Waar u bent is nu niet te bepalen. Probeer het buiten nog eens.");
      },
      { enableHighAccuracy: true, maximumAge: 10_000, timeout: 30_000 },
    );
  }

  stop() {
    if (this.#wacht !== null) navigator.geolocation.clearWatch(this.#wacht);
    this.#wacht = null;
  }
}

// @ts-check
// Why something was not saved, in words that say what to do.

import { Meldbaar } from "../meldbaar.js";

/** Nothing was saved: the transaction did not complete. */
export class NietOpgeslagen extends Meldbaar {
  /** @param {string} zin what happened and what to do @param {{vol?: boolean, cause?: unknown}} [opties] */
  constructor(zin, opties = {}) {
    super(zin, { cause: opties.cause });
    this.name = "NietOpgeslagen";
    this.vol = opties.vol ?? false;
  }
}

/** The vault is locked: nothing can be read or written until the passphrase is given. */
export class Vergrendeld extends Meldbaar {
  constructor() {
    super("De app is vergrendeld. Ontgrendel met uw wachtzin.");
    this.name = "Vergrendeld";
  }
}

/**
 * @param {unknown} fout what an IndexedDB transaction ended with
 * @returns {NietOpgeslagen}
 */
export function alsNietOpgeslagen(fout) {
  if (fout instanceof NietOpgeslagen) return fout;
  const naam = /** @type {any} */ (fout)?.name;
  if (naam === "QuotaExceededError") {
    return new NietOpgeslagen(
      "Niet opgeslagen: dit toestel is vol. Verwijder andere bestanden of foto's van het toestel en vul het antwoord opnieuw in.",
      { vol: true, cause: fout },
    );
  }
  if (naam === "InvalidStateError") {
    return new NietOpgeslagen("Niet opgeslagen: de opslag van de app is gesloten. Laad de app opnieuw en vul het antwoord opnieuw in.", { cause: fout });
  }
  return new NietOpgeslagen("Niet opgeslagen: schrijven op dit toestel is mislukt. Probeer het opnieuw; lukt het weer niet, noteer het antwoord op papier.", { cause: fout });
}

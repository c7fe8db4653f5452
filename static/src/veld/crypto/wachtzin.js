// @ts-check
// Rules for the passphrase and for how long a wrong one has to wait. Pure: the clock is an argument.

const MINIMALE_LENGTE = 14;

export const UITLEG =
  "Kies een wachtzin van ten minste 14 tekens. Vier of vijf gewone woorden achter elkaar zijn sterk en goed te onthouden. " +
  "Gebruik geen naam, adres of zin uit een lied. Deze wachtzin beveiligt alles op dit toestel en gaat nooit naar de server.";

/**
 * Why a passphrase is not good enough, in Dutch; null when it is.
 * @param {string} zin
 * @param {string} [herhaald] what was typed the second time
 * @returns {string|null}
 */
export function bezwaar(zin, herhaald) {
  const kaal = zin.normalize("NFC");
  const lengte = [...kaal].length;
  if (lengte === 0) return "Vul een wachtzin in.";
  if (lengte < MINIMALE_LENGTE) {
    const nog = MINIMALE_LENGTE - lengte;
    return `De wachtzin is te kort: nog ${nog} ${nog === 1 ? "teken" : "tekens"} erbij (minimaal ${MINIMALE_LENGTE}).`;
  }
  if (/^\d+$/u.test(kaal)) return "Alleen cijfers is te makkelijk te raden. Gebruik ook woorden.";
  if (new Set(kaal).size < 6) return "Deze wachtzin herhaalt te weinig verschillende tekens. Gebruik een paar verschillende woorden.";
  if (herhaald !== undefined && herhaald.normalize("NFC") !== kaal) return "De twee wachtzinnen zijn niet gelijk. Vul ze opnieuw in.";
  return null;
}

/**
 * Seconds to wait after a number of wrong attempts in a row. Three slips are free, then it grows to a quarter of an hour.
 * The KDF is the real protection against who takes the storage apart; this one is against who tries on the screen.
 * @param {number} aantalFout
 * @returns {number}
 */
export function wachtSeconden(aantalFout) {
  if (aantalFout < 3) return 0;
  return Math.min(900, 5 * 2 ** (aantalFout - 3));
}

/**
 * @param {{aantal: number, laatste: number}|undefined} pogingen wrong attempts so far, `laatste` in ms since 1970
 * @param {number} nu ms since 1970
 * @returns {number} seconds still to wait (rounded up)
 */
export function nogWachten(pogingen, nu) {
  if (!pogingen) return 0;
  const wacht = wachtSeconden(pogingen.aantal);
  // A clock that was set back must not lock somebody out for longer than the delay itself.
  const verstreken = Math.max(0, (nu - pogingen.laatste) / 1000);
  return Math.max(0, Math.ceil(wacht - verstreken));
}

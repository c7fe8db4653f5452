// @ts-check
// Putting answers into a session from data: for trying out a form and for tests.

/** @typedef {import("./sessie.js").Sessie} Sessie */

/** One step: ["zet", vraag, herhaling_id, waarde], ["voeg_toe", groep, id, ouder, plaats], ["verwijder", id], ["zet_bewijs", sleutel, bewijs]. @param {Sessie} sessie @param {any[]} stap @returns {string[]} the changed keys */
export function speel(sessie, [wat, ...a]) {
  if (wat === "zet") return sessie.zet(a[0], a[1], a[2]);
  if (wat === "voeg_toe") return sessie.voegToe(a[0], a[1], a[2], a[3]);
  if (wat === "verwijder") return sessie.verwijder(a[0]);
  if (wat === "zet_bewijs") return sessie.zetBewijs(a[0], a[1]);
  throw new Error(`onbekende stap: ${wat}`);
}

/** Puts nested answers in a session; the n-th instance of a repeat is called "kamer[n]". @param {Sessie} sessie @param {Record<string, any>} antwoorden @returns {string[]} */
export function laadAntwoorden(sessie, antwoorden) {
  /** @param {Record<string, any>} deel @param {string|null} inst */
  const laad = (deel, inst) => {
    for (const [naam, waarde] of Object.entries(deel)) {
      const knoop = sessie.vorm.knoop(naam);
      if (knoop.soort === "vraag") sessie.zet(naam, inst, waarde);
      else if (knoop.soort === "groep") laad(waarde, inst);
      else {
        waarde.forEach((/** @type {Record<string, any>} */ kind, /** @type {number} */ i) => {
          const id = `${inst === null ? "" : `${inst}/`}${naam}[${i + 1}]`;
          sessie.voegToe(naam, id, inst, i + 1);
          laad(kind, id);
        });
      }
    }
  };
  return sessie.samen(() => laad(antwoorden, null));
}

// @ts-check
// Errors in words. Only what was written for the reader is shown; what a browser calls a failure is not.

/** An error whose message says in plain Dutch what happened and what to do. */
export class Meldbaar extends Error {}

const ONVERWACHT = "Er ging iets mis op dit toestel. Wat u al invulde, staat er nog. Probeer het opnieuw; lukt het weer niet, laad de app dan opnieuw.";

/** @param {unknown} fout @returns {string} */
export function inWoorden(fout) {
  if (fout instanceof Meldbaar) return fout.message;
  // For whoever looks on with the developer tools; no answers or names are in an error of the browser.
  console.error(fout);
  return ONVERWACHT;
}

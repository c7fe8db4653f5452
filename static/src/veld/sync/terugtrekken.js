// @ts-check
// How long to wait before the next attempt. Pure: chance is an argument.

/**
 * Exponential with full jitter, so that fifty tablets that come back into coverage do not all knock at once.
 * @param {number} mislukt attempts that failed in a row
 * @param {number} toeval in [0, 1)
 * @param {number} [minimaalMs] what the server asked for (Retry-After)
 * @returns {number} ms, between 2 s and 5 minutes (or what the server asked)
 */
export function wachttijd(mislukt, toeval, minimaalMs = 0) {
  const top = Math.min(300_000, 4_000 * 2 ** Math.min(mislukt, 10));
  return Math.max(minimaalMs, 2_000 + Math.floor(toeval * (top - 2_000)));
}

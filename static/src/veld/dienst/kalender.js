// @ts-check
// The day and the moment as the clock of this device shows them.

const twee = (/** @type {number} */ n) => String(Math.floor(Math.abs(n))).padStart(2, "0");

/** @param {Date} moment @returns {string} `2026-11-21` */
export function dagHier(moment) {
  return `${moment.getFullYear()}-${twee(moment.getMonth() + 1)}-${twee(moment.getDate())}`;
}

/** @param {Date} moment @returns {string} local time with its offset, as checklists reckon: 2026-11-21T18:00:00+01:00 */
export function momentHier(moment) {
  const offset = -moment.getTimezoneOffset();
  const hier = new Date(moment.getTime() + offset * 60_000).toISOString().slice(0, 19);
  return `${hier}${offset < 0 ? "-" : "+"}${twee(offset / 60)}:${twee(offset % 60)}`;
}

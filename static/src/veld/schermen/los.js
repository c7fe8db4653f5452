// @ts-check
// Screens that are not needed to start working: each is a part of its own that is fetched (from the cache) when it is opened.

/**
 * By the first word of the address after "#". A screen shows itself in `app.hoofd` and may answer what it has to do when it is left.
 * @type {Record<string, () => Promise<{toon: (app: import("../app.js").App, ...delen: string[]) => Promise<(() => void|Promise<void>)|void>}>>}
 */
export const LOSSE_SCHERMEN = {
  verzending: () => import("../verzending/scherm.js"),
  uitkomsten: () => import("../samen/uitkomsten.js"),
  kaart: () => import("../kaart/scherm.js"),
  briefing: () => import("../dienst/briefing.js"),
};

// @ts-check
// Small helpers to make elements. Text only ever becomes a text node: nothing that a server or a person wrote is read as HTML.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} naam
 * @param {Record<string, any>|null} [eigenschappen] `on<event>` listens, `class`, `data-*`, `aria-*` and the like are attributes, booleans set or leave out
 * @param {...(Node|string|number|null|undefined|false)} kinderen
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(naam, eigenschappen, ...kinderen) {
  const el = document.createElement(naam);
  for (const [sleutel, waarde] of Object.entries(eigenschappen ?? {})) {
    if (waarde === null || waarde === undefined || waarde === false) continue;
    if (sleutel.startsWith("on")) el.addEventListener(sleutel.slice(2), waarde);
    else if (sleutel === "value") /** @type {any} */ (el).value = waarde;
    else el.setAttribute(sleutel, waarde === true ? "" : String(waarde));
  }
  for (const kind of kinderen) if (kind !== null && kind !== undefined && kind !== false) el.append(typeof kind === "number" ? String(kind) : kind);
  return el;
}

/** @param {Element} el @param {...(Node|string|null|undefined|false)} kinderen */
export function vul(el, ...kinderen) {
  el.replaceChildren(.../** @type {(Node|string)[]} */ (kinderen.filter((kind) => kind !== null && kind !== undefined && kind !== false)));
}

/**
 * A button of at least 48 px.
 * @param {string|(Node|string)[]} tekst @param {(gebeurtenis: Event) => void} doe @param {Record<string, any>} [extra]
 */
export function knop(tekst, doe, extra = {}) {
  return h("button", { type: "button", class: "knop", ...extra, onclick: doe }, ...(Array.isArray(tekst) ? tekst : [tekst]));
}

/** Polite announcement for screen readers. @param {string} zin */
export function zegZacht(zin) {
  const plek = document.getElementById("veld-meldingen");
  if (plek && plek.textContent !== zin) plek.textContent = zin;
}

/** @param {string} iso @returns {string} hour and minute as on the clock here */
export function tijd(iso) {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? "" : moment.toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
}

/** @param {string} iso */
export function dagEnTijd(iso) {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? "" : moment.toLocaleString("nl-NL", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

let teller = 0;
/** @returns {string} an id for label and description */
export function elementId() {
  teller += 1;
  return `v${teller}`;
}

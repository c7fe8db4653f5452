// @ts-check
// A list that is drawn anew keeps what a person had open and where the keyboard was.

/** @param {Element} plek @param {() => void} teken */
export function houdOpen(plek, teken) {
  const open = new Set([...plek.querySelectorAll("details[data-houd][open]")].map((el) => /** @type {HTMLElement} */ (el).dataset.houd));
  const actief = plek.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  const houvast = actief?.dataset.toestand ? "[data-stop] [data-toestand]" : null;
  teken();
  for (const el of plek.querySelectorAll("details[data-houd]")) if (open.has(/** @type {HTMLElement} */ (el).dataset.houd)) el.setAttribute("open", "");
  // The same element, put back (a field with what somebody types); after a tap on a state the next ones, which took its place.
  const terug = actief?.isConnected ? actief : houvast ? /** @type {HTMLElement|null} */ (plek.querySelector(houvast)) : null;
  terug?.focus({ preventScroll: true });
}

/** @param {number} bytes @returns {string} "340 kB", "1,4 MB", "15 MB" */
export function bestandsmaat(bytes) {
  const mb = bytes / 1024 ** 2;
  if (mb < 1) return `${bytes && Math.max(1, Math.round(bytes / 1024))} kB`;
  return `${mb.toLocaleString("nl-NL", { maximumFractionDigits: mb < 10 ? 1 : 0 })} MB`;
}

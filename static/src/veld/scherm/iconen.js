// @ts-check
// Small drawings, own work: emoji differ per tablet and are absent on some. Always beside a word or an aria-label.

const LIJNEN = {
  camera: "M4 8h3l2-3h6l2 3h3v11H4z M12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
  slot: "M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  toestel: "M6 3h12v18H6z M10.5 18h3",
  plus: "M12 5v14M5 12h14",
  kruis: "M6 6l12 12M18 6L6 18",
  links: "M15 5l-7 7 7 7",
  rechts: "M9 5l7 7-7 7",
  op: "M5 15l7-7 7 7",
  neer: "M5 9l7 7 7-7",
  meer: "M5 12h.01M12 12h.01M19 12h.01",
  kopie: "M9 9h11v11H9z M5 15H4V4h11v1",
  zoek: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z M15.5 15.5L20 20",
  code: "M4 6v12M7 6v12M10.5 6v12M13 6v12M17 6v12M20 6v12",
  pijl: "M12 3l6 17-6-4-6 4z",
  kaart: "M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2z M9 4v14M15 6v14",
  potlood: "M5 19l1-4L16 5l3 3L9 18z",
  taal: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M3 12h18 M12 3c4 4 4 14 0 18 M12 3c-4 4-4 14 0 18",
  hulp: "M12 20C7 16.5 4 13.4 4 9.8A4.3 4.3 0 0 1 12 7.5a4.3 4.3 0 0 1 8 2.3c0 3.6-3 6.7-8 10.2z",
  telefoon: "M6 4h4l1.5 4.5L9 10a11 11 0 0 0 5 5l1.5-2.5L20 14v4a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z",
  geluid: "M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4z M6.5 11a5.5 5.5 0 0 0 11 0 M12 17v3",
};

/** @type {Map<string, SVGSVGElement>} made once, copied after that */
const GEMAAKT = new Map();

/** @param {keyof typeof LIJNEN} naam @returns {SVGSVGElement} hidden from assistive technology */
export function icoon(naam) {
  let svg = GEMAAKT.get(naam);
  if (!svg) GEMAAKT.set(naam, (svg = teken(naam)));
  return /** @type {SVGSVGElement} */ (svg.cloneNode(true));
}

/** @param {keyof typeof LIJNEN} naam */
function teken(naam) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [sleutel, waarde] of Object.entries({ viewBox: "0 0 24 24", class: "icoon", "aria-hidden": "true", focusable: "false" })) svg.setAttribute(sleutel, waarde);
  const pad = document.createElementNS("http://www.w3.org/2000/svg", "path");
  pad.setAttribute("d", LIJNEN[naam]);
  svg.append(pad);
  return svg;
}

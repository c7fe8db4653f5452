// @ts-check
// Small copies of photos of earlier visits, at the door. They are context, never evidence of today.

import { h, vul } from "../scherm/dom.js";
import { datum } from "../scherm/stopkaart.js";
import { Vel } from "../scherm/vel.js";
import { delenVan } from "./ophalen.js";

/** @param {Element} plek @param {import("../app.js").App} app @param {any} stop */
export async function toonEerdereFotos(plek, app, stop) {
  const delen = delenVan(app);
  const [fotos, { fotos: bekend }] = await Promise.all([delen.fotosVan(stop.id), delen.lijst()]);
  if (!fotos.length) {
    vul(plek, h("p", { class: "klein" }, bekend[stop.id] ? "Er zijn geen foto's van eerder om te laten zien." : "De foto's van eerder staan niet op dit toestel. Vernieuw de dienst om ze op te halen."));
    return;
  }
  vul(plek, h("ul", { class: "miniaturen" }, ...fotos.map((foto) => {
    const woorden = `${foto.bijschrift || "Foto"}, ${datum(foto.datum)}${foto.gelakt ? ", deels afgedekt" : ""}`;
    return h("li", null, h("button", { type: "button", class: "fotoklein", "aria-label": `${woorden}. Groter`, onclick: () => groot(foto, woorden) },
      h("img", { class: "miniatuur", src: bron(foto), alt: "" }), h("span", { class: "klein" }, foto.bijschrift || "Foto")));
  })));
}

/** In the document itself: nothing to withdraw at locking. @param {any} foto */
const bron = (foto) => `data:image/jpeg;base64,${foto.beeld}`;

/** @param {any} foto @param {string} woorden */
function groot(foto, woorden) {
  const vel = new Vel(`Foto van eerder: ${woorden}`);
  vel.romp.append(h("figure", { class: "fotovan" }, h("img", { src: bron(foto), alt: woorden }), h("figcaption", null, woorden, h("span", { class: "klein blok" }, "Kleine kopie van een eerder bezoek. Het origineel staat bij de gemeente."))));
}

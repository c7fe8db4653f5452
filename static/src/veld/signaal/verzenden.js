// @ts-check
// Sends the signals that wait and believes only a receipt with the same number and hash. No DOM.

import { oordeel } from "../sync/antwoord.js";
import { hashVanSignaal } from "./meldingen.js";

/**
 * @param {{meldingen: import("./meldingen.js").Signaalmeldingen, api: import("../sync/api.js").Api, nu: () => number}} delen
 * @returns {Promise<{verzonden: number, apart: number, fout: import("../sync/antwoord.js").Oordeel|null}>} `fout`: why it stopped
 */
export async function verzendSignalen({ meldingen, api, nu }) {
  const uit = { verzonden: 0, apart: 0, fout: /** @type {import("../sync/antwoord.js").Oordeel|null} */ (null) };
  for (const melding of await meldingen.lijst("wacht")) {
    const hash = await hashVanSignaal(/** @type {any} */ (melding.signaal));
    const antwoord = await api.stuur("/api/signalen", { op_id: melding.op_id, ...melding.signaal });
    const inhoud = antwoord.inhoud;
    // A 409 with this number and hash: the server had other content under the number and keeps both.
    if (antwoord.uitkomst === "gelukt" && inhoud.op_id === melding.op_id && inhoud.hash === hash && typeof inhoud.nummer === "string") {
      await meldingen.bevestig(melding.op_id, inhoud.nummer, nu());
      uit.verzonden += 1;
    } else if ((antwoord.uitkomst === "geweigerd" || antwoord.uitkomst === "geen_recht") && typeof inhoud?.detail === "string") {
      await meldingen.zetApart(melding, inhoud.detail);
      uit.apart += 1;
    } else {
      return { ...uit, fout: antwoord.uitkomst === "gelukt" ? oordeel("vreemd") : antwoord };
    }
  }
  return uit;
}

// @ts-check
// One photo over tus 1.0 in chunks of 1 MB, resumed where it stopped, each chunk with its checksum.

import * as tus from "tus-js-client";
import { base64 } from "../crypto/bytes.js";
import { oordeel, retryAfter } from "./antwoord.js";

const STUK_BYTES = 1024 * 1024;

/** The server's own refusal that sending again does not change: too large, no kind of file for evidence, no such visit (any more). */
const BLIJVEND = new Set([404, 413, 415, 422]);

/**
 * @param {unknown} fout of tus-js-client @param {number} nu
 * @returns {import("./antwoord.js").Oordeel}
 */
export function oordeelOverTus(fout, nu) {
  const antwoord = /** @type {any} */ (fout)?.originalResponse;
  if (!antwoord) return oordeel("netwerk");
  const status = antwoord.getStatus();
  const inhoud = probleemIn(antwoord.getBody?.());
  if (status === 401) return oordeel("aanmelden");
  if ((status === 400 || status === 403) && inhoud?.code === "csrf") return oordeel("csrf");
  if (status === 403 && inhoud?.code === "toestel_ingetrokken") return oordeel("ingetrokken");
  if (status === 429 || status === 503) return oordeel("druk", { wachtMs: retryAfter(antwoord.getHeader("Retry-After") ?? null, nu) });
  if (status >= 500) return oordeel("serverfout");
  // Only the server's own refusal counts; a portal page and a proxy speak no tus.
  const onzeServer = !!antwoord.getHeader("Tus-Resumable");
  // Another tab or the request before this one is still at it, or how far it is differs: ask again later.
  if (status === 409 || status === 423) return oordeel("druk");
  if (status === 413) return oordeel("te_groot", { inhoud, blijvend: onzeServer });
  if (status === 403) return oordeel("geen_recht", { inhoud });
  if (status >= 400 && onzeServer) return oordeel("geweigerd", { inhoud, blijvend: BLIJVEND.has(status) });
  return oordeel("vreemd");
}

/** @param {unknown} tekst @returns {{detail?: string, code?: string}|undefined} */
function probleemIn(tekst) {
  try {
    const inhoud = JSON.parse(String(tekst ?? ""));
    return inhoud && typeof inhoud === "object" ? { detail: typeof inhoud.detail === "string" ? inhoud.detail : undefined, code: inhoud.code } : undefined;
  } catch (fout) {
    if (fout instanceof SyntaxError) return undefined; // no problem document: a page, or nothing
    throw fout;
  }
}

/**
 * @param {{fotos: import("../opslag/fotos.js").Fotos, token: () => string, eindpunt?: string,
 *   bron?: (bytes: ArrayBuffer) => any, voortgang?: (id: string, gedaan: number, totaal: number) => void, gestuurd?: (bytes: number) => void}} delen
 * @returns {(record: any) => Promise<import("./antwoord.js").Oordeel>}
 */
export function maakFotozender({ fotos, token, eindpunt = "/api/uploads/", bron = (bytes) => new Blob([bytes]), voortgang, gestuurd }) {
  return async (record) => {
    const bytes = await fotos.bytes(record.id);
    if (!bytes) return oordeel("geweigerd", { blijvend: true, inhoud: { detail: "De foto zelf staat niet meer op dit toestel." } });
    const feiten = await fotos.feiten(record);
    return new Promise((klaar) => {
      const upload = new tus.Upload(bron(bytes), {
        endpoint: eindpunt,
        uploadUrl: record.upload_url,
        uploadSize: bytes.byteLength,
        chunkSize: STUK_BYTES,
        retryDelays: null, // the queue decides when to try again
        storeFingerprintForResuming: false, // the address is kept in the vault, not in localStorage
        headers: { "X-CSRFToken": token() },
        metadata: {
          sha256: record.sha256, bezoek_id: record.bezoek_id, vraag_id: feiten.vraag_id, herhaling_id: feiten.herhaling_id ?? "",
          soort: feiten.soort, op_id: feiten.op.op_id, bestandsnaam: feiten.bestandsnaam,
        },
        async onBeforeRequest(verzoek) {
          if (verzoek.getMethod() !== "PATCH") return;
          const begin = Number(verzoek.getHeader("Upload-Offset"));
          const stuk = bytes.slice(begin, Math.min(begin + STUK_BYTES, bytes.byteLength));
          gestuurd?.(stuk.byteLength);
          verzoek.setHeader("Upload-Checksum", `sha256 ${base64(await crypto.subtle.digest("SHA-256", stuk))}`);
        },
        onUploadUrlAvailable() {
          // Losing this address only costs a second upload of the same bytes; the photo itself is safe either way.
          fotos.zet(record.id, (nu) => ({ ...nu, upload_url: upload.url })).catch(() => {});
        },
        onProgress(gedaan, totaal) {
          voortgang?.(record.id, gedaan, totaal);
        },
        onSuccess() {
          klaar({ uitkomst: "gelukt", zin: "" });
        },
        onError(fout) {
          klaar(oordeelOverTus(fout, Date.now()));
        },
      });
      upload.start();
    });
  };
}

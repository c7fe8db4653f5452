// @ts-check
// Space on the device, in one sentence.

const WEINIG_BYTES = 200 * 1024 * 1024;

/** @param {number} bytes */
const mb = (bytes) => (bytes >= 1024 ** 3 ? `${(bytes / 1024 ** 3).toFixed(1).replace(".", ",")} GB` : `${Math.round(bytes / 1024 ** 2)} MB`);

/**
 * Pure.
 * @param {{blijft: boolean|null, gebruikt: number|null, quota: number|null}} meting `blijft`: answer to storage.persist(), null where the browser cannot
 * @returns {{zin: string, weinig: boolean}}
 */
function ruimteInWoorden({ blijft, gebruikt, quota }) {
  const vast = blijft === true
    ? "De browser bewaart uw werk vast op dit toestel."
    : blijft === false
      ? "Let op: de browser mag uw werk wissen als het toestel vol raakt. Zet de app op het beginscherm en verzend op tijd."
      : "Deze browser kan niet beloven dat uw werk blijft staan. Verzend op tijd.";
  if (gebruikt === null || quota === null) return { zin: vast, weinig: false };
  const vrij = quota - gebruikt;
  const weinig = vrij < WEINIG_BYTES;
  return { zin: `${vast} ${weinig ? `Bijna vol: nog ${mb(Math.max(0, vrij))} over. Verzend eerst en maak ruimte.` : `Er is nog ${mb(vrij)} ruimte.`}`, weinig };
}

/** @param {boolean} vraag also ask the browser to keep it */
export async function meetRuimte(vraag) {
  const opslag = navigator.storage;
  let blijft = null;
  if (opslag?.persisted) blijft = (await opslag.persisted()) || (vraag && opslag.persist ? await opslag.persist() : false);
  const schatting = opslag?.estimate ? await opslag.estimate() : null;
  const meting = { blijft, gebruikt: schatting?.usage ?? null, quota: schatting?.quota ?? null };
  return { ...meting, ...ruimteInWoorden(meting) };
}

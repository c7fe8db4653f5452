// @ts-check
// A small copy of a photo for the screen, made without holding up the form: decoding, shrinking and encoding happen outside
// the main thread where the browser can.

const KLEIN_PX = 480;

/** @param {Blob} blob @returns {Promise<ImageBitmap|null>} null where this browser cannot read the picture */
async function lees(blob) {
  try {
    // Whole: shrinking while reading (`resizeWidth`) happens on the main thread in Chromium, drawing it smaller does not.
    return await createImageBitmap(blob);
  } catch (fout) {
    if (fout instanceof DOMException) return null;
    throw fout;
  }
}

/**
 * A small JPEG; null where the browser cannot read the picture (the original is kept all the same).
 * @param {Blob} blob @returns {Promise<ArrayBuffer|null>}
 */
export async function maakKlein(blob) {
  if (!blob.type.startsWith("image/")) return null;
  const beeld = await lees(blob);
  if (!beeld) return null;
  const schaal = Math.min(1, KLEIN_PX / Math.min(beeld.width, beeld.height), (3 * KLEIN_PX) / Math.max(beeld.width, beeld.height));
  const [breedte, hoogte] = [beeld.width, beeld.height].map((maat) => Math.max(1, Math.round(maat * schaal)));
  const klein = typeof OffscreenCanvas === "function" ? await buitenBeeld(beeld, breedte, hoogte) : await opDoek(beeld, breedte, hoogte);
  beeld.close();
  return klein ? klein.arrayBuffer() : null;
}

/** @param {ImageBitmap} beeld @param {number} breedte @param {number} hoogte */
async function buitenBeeld(beeld, breedte, hoogte) {
  const doek = new OffscreenCanvas(breedte, hoogte);
  doek.getContext("2d")?.drawImage(beeld, 0, 0, breedte, hoogte);
  return doek.convertToBlob({ type: "image/jpeg", quality: 0.7 });
}

/** @param {ImageBitmap} beeld @param {number} breedte @param {number} hoogte @returns {Promise<Blob|null>} */
function opDoek(beeld, breedte, hoogte) {
  const doek = document.createElement("canvas");
  doek.width = breedte;
  doek.height = hoogte;
  doek.getContext("2d")?.drawImage(beeld, 0, 0, breedte, hoogte);
  return new Promise((klaar) => doek.toBlob(klaar, "image/jpeg", 0.7));
}

// @ts-check
// Addresses of decrypted pictures in memory; all are withdrawn at locking.

export class Adressen {
  /** @type {Map<string, Promise<string|null>>} */
  #bekend = new Map();

  /** @param {import("../opslag/fotos.js").Fotos} fotos */
  constructor(fotos) {
    this.fotos = fotos;
  }

  /** @param {string} id @param {string} [soort] media type of the original @returns {Promise<string|null>} */
  geef(id, soort) {
    let adres = this.#bekend.get(id);
    if (!adres) {
      adres = this.fotos.klein(id).then((bytes) => (bytes ? URL.createObjectURL(new Blob([bytes], { type: soort?.startsWith("image/") ? soort : "image/jpeg" })) : null));
      this.#bekend.set(id, adres);
    }
    return adres;
  }

  wis() {
    for (const adres of this.#bekend.values()) void adres.then((a) => a && URL.revokeObjectURL(a), () => {});
    this.#bekend.clear();
  }
}

// @ts-check
// UUIDv7 (RFC 9562, section 5.7): unique without contact. Its time part is never used for order.

import { hex } from "../crypto/bytes.js";

/**
 * @param {number} [nu] ms since 1970
 * @returns {string} lower-case UUIDv7
 */
export function uuidv7(nu = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let ms = Math.max(0, Math.floor(nu));
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256;
    ms = Math.floor(ms / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const tekst = hex(bytes);
  return `${tekst.slice(0, 8)}-${tekst.slice(8, 12)}-${tekst.slice(12, 16)}-${tekst.slice(16, 20)}-${tekst.slice(20)}`;
}

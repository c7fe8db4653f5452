// @ts-check
// Text forms of bytes: hex for identities, base64url for what goes into JSON.

/** @param {ArrayBuffer|Uint8Array} bytes @returns {string} lower-case hex */
export function hex(bytes) {
  const rij = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  let uit = "";
  for (const byte of rij) uit += byte.toString(16).padStart(2, "0");
  return uit;
}

/** @param {ArrayBuffer|Uint8Array} bytes @returns {string} plain base64 (RFC 4648 section 4) */
export function base64(bytes) {
  const rij = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  let tekst = "";
  // In slices: spreading a photo into one call would overflow the stack.
  for (let i = 0; i < rij.length; i += 0x8000) tekst += String.fromCharCode(...rij.subarray(i, i + 0x8000));
  return btoa(tekst);
}

/** @param {string} tekst plain base64 @returns {Uint8Array<ArrayBuffer>} */
export function vanBase64(tekst) {
  const ruw = atob(tekst);
  const uit = new Uint8Array(ruw.length);
  for (let i = 0; i < ruw.length; i++) uit[i] = ruw.charCodeAt(i);
  return uit;
}

/** @param {ArrayBuffer|Uint8Array<ArrayBuffer>} bytes @returns {Promise<string>} SHA-256 as lower-case hex */
export async function sha256Hex(bytes) {
  return hex(await crypto.subtle.digest("SHA-256", bytes));
}

/** @param {string} tekst @returns {Promise<string>} SHA-256 of the UTF-8 bytes, as lower-case hex */
export async function sha256Tekst(tekst) {
  return sha256Hex(new TextEncoder().encode(tekst));
}

// @ts-check
// Whether this device may be asked where it is. `dienst/volgplaats.js` asks.

/** @returns {Promise<boolean>} whether asking will not disturb anybody */
export async function magZonderVragen() {
  if (!navigator.permissions || !navigator.geolocation) return false;
  return (await navigator.permissions.query({ name: "geolocation" })).state === "granted";
}

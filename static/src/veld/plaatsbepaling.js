// @ts-check
// Where this device is. Asked only when the user wants it, or gave leave before.

/** @returns {Promise<boolean>} whether asking will not disturb anybody */
export async function magZonderVragen() {
  if (!navigator.permissions || !navigator.geolocation) return false;
  return (await navigator.permissions.query({ name: "geolocation" })).state === "granted";
}

/** @param {(hier: {lat: number, lon: number}) => void} gevonden @param {(zin: string) => void} mislukt */
export function bepaalPlaats(gevonden, mislukt) {
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => gevonden({ lat: coords.latitude, lon: coords.longitude }),
    () => mislukt("Waar u bent is niet te bepalen. Sta locatie toe in de instellingen van het toestel."),
  );
}

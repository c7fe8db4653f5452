// @ts-check
// Background Sync, where a browser has it: an extra knock on the door when the network is back while the page sleeps. The service
// worker holds no key and no queue: it can only ask a page that is open to send. Nothing depends on it.

const NAAM = "inspecties-verzenden";

/** Asks the browser to knock when there is network again. */
export async function vraagWekker() {
  const registratie = /** @type {any} */ (await navigator.serviceWorker?.getRegistration("/veld"));
  try {
    await registratie?.sync?.register(NAAM);
  } catch (fout) {
    // Switched off by the user, or in a private window: the timer and "online" do the work.
    if (!(fout instanceof DOMException)) throw fout;
  }
}

/** @param {() => void} doe @returns {() => void} stops listening */
export function bijWekker(doe) {
  const luister = (/** @type {MessageEvent} */ bericht) => {
    if (bericht.data?.soort === "verzend") doe();
  };
  navigator.serviceWorker?.addEventListener("message", luister);
  return () => navigator.serviceWorker?.removeEventListener("message", luister);
}

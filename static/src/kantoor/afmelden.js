// @ts-check

/** Logging out here locks the field app in other tabs of this browser too, and its worker forgets the key. */
export function vergrendelBijAfmelden() {
  if (!("BroadcastChannel" in window)) return;
  document.addEventListener("submit", ({ target }) => {
    if (!(target instanceof HTMLFormElement) || new URL(target.action).pathname !== "/afmelden") return;
    const kanaal = new BroadcastChannel("inspecties-veld");
    kanaal.postMessage({ soort: "vergrendel" });
    kanaal.close();
  });
}

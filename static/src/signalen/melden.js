// @ts-check
// The intake works without this. Whoever chooses "Direct gevaar" is brought to the numbers, and hears them.

const ZIN = "Direct gevaar: bel eerst 112, daarna de AVIM. Meld het hier daarna.";

export function waarschuwBijGevaar() {
  const formulier = document.querySelector("form[data-signaalmelden]");
  const vak = document.querySelector("[data-noodvak]");
  const zin = vak?.querySelector("[data-noodzin]");
  if (!(formulier instanceof HTMLFormElement) || !vak || !zin) return;
  const kijk = (/** @type {boolean} */ breng) => {
    const nu = new FormData(formulier).get("urgentie") === "direct_gevaar";
    vak.classList.toggle("noodvak--nu", nu);
    if (nu === (zin.textContent !== "")) return;
    zin.textContent = nu ? ZIN : "";
    if (nu && breng) vak.scrollIntoView({ block: "start" });
  };
  formulier.addEventListener("change", (gebeurtenis) => {
    if (gebeurtenis.target instanceof HTMLInputElement && gebeurtenis.target.name === "urgentie") kijk(true);
  });
  kijk(false);
}

// @ts-check
// Shows how far the making of a complete file is. Without it the page has a link to refresh.

const POOS_MS = 1000;

/** @param {Element} vak @param {string} kies @param {string} tekst */
function zet(vak, kies, tekst) {
  const el = vak.querySelector(kies);
  if (el && el.textContent !== tekst) el.textContent = tekst;
}

/** @param {HTMLElement} vak @param {{fase: string, gedaan: number, totaal: number}} stand */
function werkBij(vak, stand) {
  const balk = vak.querySelector("progress");
  const telling = stand.totaal > 1 ? `${stand.gedaan} van ${stand.totaal}` : "";
  // Only a new phase is spoken: every number would drown out what the reader is doing.
  if (vak.querySelector("[data-volledig-fase]")?.textContent !== stand.fase) zet(vak, "[data-volledig-omroep]", stand.fase);
  zet(vak, "[data-volledig-fase]", stand.fase);
  zet(vak, "[data-volledig-telling]", telling);
  if (balk) {
    balk.max = Math.max(stand.totaal, 1);
    balk.value = stand.gedaan;
  }
}

/** @param {HTMLElement} vak @param {string} url */
async function volg(vak, url) {
  let stand = null;
  try {
    const antwoord = await fetch(url, { headers: { Accept: "application/json" } });
    if (antwoord.ok) stand = await antwoord.json();
  } catch {
    // No connection for a moment: the next round asks again.
  }
  if (stand && stand.stand !== "bezig") {
    location.reload();
    return;
  }
  if (stand) werkBij(vak, stand);
  setTimeout(() => volg(vak, url), POOS_MS);
}

/** Follow the making that this page waits for, where there is one. */
export function volgVolledig() {
  const vak = document.querySelector("[data-volledig]");
  if (!(vak instanceof HTMLElement)) return;
  const url = vak.dataset["volledig"] ?? "";
  setTimeout(() => volg(vak, url), POOS_MS);
}

// @ts-check
// The filter as a sentence of chips: each says one condition and takes it away.

/** @param {HTMLFormElement} formulier */
export function filterzin(formulier) {
  const doos = /** @type {HTMLElement|null} */ (document.querySelector("[data-filterzin]"));
  if (!doos) return () => {};

  /** A condition in words. @param {HTMLInputElement|HTMLSelectElement} veld */
  function woorden(veld) {
    if (veld.name === "zoek") return `met '${veld.value.trim()}'`;
    const tekst = veld instanceof HTMLSelectElement ? (veld.selectedOptions[0]?.textContent ?? "").trim().toLowerCase() : veld.value;
    const kop = (formulier.querySelector(`label[for="${veld.id}"]`)?.textContent ?? "").trim();
    if (veld.name === "type") return tekst;
    if (veld.name === "niet_bezocht_maanden") return `niet bezocht sinds ${tekst}`;
    return `${kop.toLowerCase()} ${tekst}`;
  }

  return function toon() {
    const had = doos.contains(document.activeElement);
    const velden = /** @type {(HTMLInputElement|HTMLSelectElement)[]} */ ([...formulier.elements]).filter(
      (v) => (v instanceof HTMLSelectElement || (v instanceof HTMLInputElement && v.type !== "submit")) && v.name && v.value.trim(),
    );
    const kop = document.createElement("span");
    kop.textContent = velden.length ? "U ziet:" : "U ziet alle locaties.";
    const chips = velden.map((veld) => {
      const knop = document.createElement("button");
      knop.type = "button";
      knop.className = "kaartzin__deel";
      knop.textContent = `${woorden(veld)} ×`;
      knop.setAttribute("aria-label", `Weghalen: ${woorden(veld)}`);
      knop.addEventListener("click", () => {
        veld.value = "";
        formulier.requestSubmit();
      });
      return knop;
    });
    doos.replaceChildren(kop, ...chips);
    doos.hidden = velden.length === 0;
    if (had) (chips[0] ?? formulier.querySelector("input, select"))?.focus();
  };
}

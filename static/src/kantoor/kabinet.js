// @ts-check
// The mayor's desk: tapping a paragraph opens its question. Without this, the word beside the paragraph does the same.

/** @param {Element} alinea */
function openVraag(alinea) {
  const vak = alinea.querySelector("details");
  const invoer = alinea.querySelector("textarea");
  if (!vak || !invoer) return;
  vak.open = true;
  invoer.focus();
}

/** Say at the decision how many paragraphs have a question, so that none is forgotten. */
function telVragen() {
  const plek = document.querySelector("[data-vraagtal]");
  if (!plek) return;
  let aantal = 0;
  for (const alinea of document.querySelectorAll("[data-alinea]")) {
    const invoer = alinea.querySelector("textarea");
    const gevuld = Boolean(invoer && invoer.value.trim());
    alinea.classList.toggle("lezen-alinea--vraag", gevuld);
    if (gevuld) aantal += 1;
  }
  plek.textContent = aantal === 0 ? "" : `U stelde ook bij ${aantal === 1 ? "1 alinea" : `${aantal} alinea's`} een vraag.`;
}

export function vraagPerAlinea() {
  for (const alinea of document.querySelectorAll("[data-alinea]")) {
    alinea.querySelector("p")?.addEventListener("click", () => {
      // Selecting words is not asking.
      if (String(getSelection()).trim() === "") openVraag(alinea);
    });
    alinea.addEventListener("input", telVragen);
  }
  // Paper has no buttons: the whole test is printed, also where it was closed.
  addEventListener("beforeprint", () => {
    for (const vak of document.querySelectorAll("details.lezen-meer")) vak.setAttribute("open", "");
  });
  telVragen();
}

// @ts-check
// Dragging a stop with any pointer: onto a team's time axis, or back to what is not planned.

const BEGINT_NA_PX = 6;

/** @param {Element | null} as @param {number} x @returns {number | null} minute on the axis under the pointer */
export function minuutOp(as, x) {
  if (!as) return null;
  const vlak = as.getBoundingClientRect();
  const van = Number(as.getAttribute("data-van"));
  const tot = Number(as.getAttribute("data-tot"));
  const deel = Math.min(1, Math.max(0, (x - vlak.left) / vlak.width));
  return Math.round(van + deel * (tot - van));
}

/** @param {HTMLElement} vak @param {(zet: Record<string, unknown>) => void} stuur */
export function volgSlepen(vak, stuur) {
  /** @type {{ stop: string, ding: Element, x: number, y: number, van: number, schim: HTMLElement | null } | null} */
  let sleep = null;
  let net = false;

  function laatLos() {
    sleep?.schim?.remove();
    vak.querySelectorAll(".planbord__doel").forEach((el) => el.classList.remove("planbord__doel"));
    document.body.classList.remove("planbord-sleept");
    sleep = null;
  }

  /** @param {PointerEvent} g */
  function onder(g) {
    const el = document.elementFromPoint(g.clientX, g.clientY);
    return { as: el?.closest("[data-as]") ?? null, pool: el?.closest("[data-pool]") ?? null };
  }

  vak.addEventListener("pointerdown", (g) => {
    const ding = g.target instanceof Element ? g.target.closest("[data-sleep]") : null;
    if (!ding || g.button !== 0 || (g.target instanceof Element && g.target.closest("[data-kies]"))) return;
    // A block is held where it was taken: its begin follows, not the pointer.
    const vlak = (ding.querySelector(".bordblok__vlak") ?? ding).getBoundingClientRect();
    const van = ding.closest("[data-as]") ? g.clientX - vlak.left : 0;
    sleep = { stop: ding.getAttribute("data-sleep") ?? "", ding, x: g.clientX, y: g.clientY, van, schim: null };
  });
  document.addEventListener("pointermove", (g) => {
    if (!sleep) return;
    if (!sleep.schim) {
      if (Math.hypot(g.clientX - sleep.x, g.clientY - sleep.y) < BEGINT_NA_PX) return;
      sleep.schim = document.createElement("div");
      sleep.schim.className = "planbord__schim";
      sleep.schim.textContent = sleep.ding.getAttribute("aria-label") ?? sleep.ding.querySelector("strong")?.textContent ?? "";
      document.body.append(sleep.schim);
      document.body.classList.add("planbord-sleept");
    }
    g.preventDefault();
    sleep.schim.style.transform = `translate(${g.clientX + 8}px, ${g.clientY + 8}px)`;
    const { as, pool } = onder(g);
    vak.querySelectorAll(".planbord__doel").forEach((el) => el.classList.remove("planbord__doel"));
    (as ?? pool)?.classList.add("planbord__doel");
  });
  document.addEventListener("pointerup", (g) => {
    if (!sleep) return;
    const { stop, schim, van, ding } = sleep;
    if (schim) {
      const { as, pool } = onder(g);
      net = true;
      setTimeout(() => { net = false; }, 0);
      if (as) stuur({ soort: "verplaats", stop, ploeg: as.getAttribute("data-as"), minuut: minuutOp(as, g.clientX - van) });
      else if (pool && ding.closest("[data-as]")) stuur({ soort: "uit", stop });
    }
    laatLos();
  });
  document.addEventListener("pointercancel", laatLos);
  document.addEventListener("keydown", (g) => { if (g.key === "Escape") laatLos(); });
  // The click that ends a drag is no choice; nor may the browser drag the link itself.
  vak.addEventListener("click", (g) => { if (net) { g.preventDefault(); g.stopImmediatePropagation(); } }, true);
  vak.addEventListener("dragstart", (g) => g.preventDefault());
}

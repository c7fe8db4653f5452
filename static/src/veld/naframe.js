// @ts-check
// What can wait until the screen shows what somebody did: they see it sooner.

/** A page that nobody looks at draws no frames: then after this many milliseconds. */
const ZONDER_FRAME_MS = 100;

/** Runs once, after the next frame was drawn; at once where nothing is drawn (no window). @param {() => void} doe */
export function naFrame(doe) {
  if (typeof requestAnimationFrame !== "function") return doe();
  let gedaan = false;
  const eenmaal = () => {
    if (gedaan) return;
    gedaan = true;
    clearTimeout(wekker);
    doe();
  };
  const wekker = setTimeout(eenmaal, ZONDER_FRAME_MS);
  // A timer of no time at all would run before the frame that was just asked for.
  requestAnimationFrame(() => setTimeout(eenmaal, 1));
}

/**
 * Runs `doe` now, and after the frame what it put in `omgeving.straks` meanwhile.
 * @param {{straks?: (() => void)[]|null}} omgeving @param {() => void} doe
 */
export function eerstHetNodige(omgeving, doe) {
  const straks = /** @type {(() => void)[]} */ ([]);
  omgeving.straks = straks;
  try {
    doe();
  } finally {
    omgeving.straks = null;
  }
  if (straks.length) naFrame(() => straks.forEach(zonderDeRestTeHouden));
}

/** What goes wrong in one is told as any error, and the others go on. @param {() => void} doe */
function zonderDeRestTeHouden(doe) {
  try {
    doe();
  } catch (fout) {
    queueMicrotask(() => {
      throw fout;
    });
  }
}

// @ts-check
// From consequences at single questions to proposals, as rules/voorstellen.py. Never a score: signals of trafficking need two
// different indicators or one hard one.

/** @typedef {{gevolg: string, grondslag: string, vragen: string[], ontbreekt: Array<{vraag: string, bewijs: string}>, hard?: boolean}} Voorstel */
/** @typedef {{foto?: number, toelichting?: boolean}} Bewijs */
/** @typedef {{sleutel: string, node: import("./vorm.js").Node, waarde: any, bewijs: Bewijs}} Vurend */

const SIGNAAL = "signaal_mh";
const SIGNAAL_HARD = "signaal_mh_hard";
const DREMPEL = 2;

/** @param {Vurend} v */
function ontbrekend({ sleutel, node, waarde, bewijs }) {
  const heeft = Array.isArray(waarde) ? waarde.length > 0 : Boolean(waarde);
  return (node.bewijs ?? [])
    .filter((soort) => {
      if (soort === "foto") return !bewijs.foto && !(node.type === "image" && heeft);
      return !bewijs.toelichting && !(node.type === "text" && heeft);
    })
    .map((soort) => ({ vraag: sleutel, bewijs: soort }));
}

/** @param {Vurend[]} vurend what fires, in the order of the form @returns {Voorstel[]} */
export function bundel(vurend) {
  /** @type {Map<string, Voorstel>} */
  const per = new Map();
  /** @type {Voorstel} */
  const signaal = { gevolg: SIGNAAL, grondslag: "", vragen: [], ontbreekt: [], hard: false };
  /** @type {Set<string>} */
  const artikelen = new Set();
  for (const v of vurend) {
    const ontbreekt = ontbrekend(v);
    const grondslag = v.node.grondslag ?? "";
    const codes = v.node.gevolg ?? [];
    if (codes.includes(SIGNAAL) || codes.includes(SIGNAAL_HARD)) {
      signaal.vragen.push(v.sleutel);
      signaal.ontbreekt.push(...ontbreekt);
      signaal.hard ||= codes.includes(SIGNAAL_HARD);
      if (grondslag) artikelen.add(grondslag);
    }
    for (const gevolg of codes) {
      if (gevolg === SIGNAAL || gevolg === SIGNAAL_HARD) continue;
      const sleutel = JSON.stringify([gevolg, grondslag]);
      let voorstel = per.get(sleutel);
      if (!voorstel) per.set(sleutel, (voorstel = { gevolg, grondslag, vragen: [], ontbreekt: [] }));
      voorstel.vragen.push(v.sleutel);
      voorstel.ontbreekt.push(...ontbreekt);
    }
  }
  const uit = [...per.values()];
  const indicatoren = new Set(signaal.vragen.map((s) => s.split("@")[0]));
  if (signaal.hard || indicatoren.size >= DREMPEL) {
    signaal.grondslag = [...artikelen].join("; ");
    uit.push(signaal);
  }
  return uit;
}

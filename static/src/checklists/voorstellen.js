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

/**
 * The article per consequence: as many articles as codes, in their order, or one text for all of them.
 * @param {string[]} codes @param {string} grondslag @returns {Map<string, string>}
 */
function artikelenPerCode(codes, grondslag) {
  const eigen = [...new Set(codes.map((code) => (code === SIGNAAL_HARD ? SIGNAAL : code)))];
  const delen = grondslag.split(";").map((deel) => deel.trim());
  return new Map(eigen.map((code, i) => [code, delen.length === eigen.length ? delen[i] : grondslag]));
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
    const codes = v.node.gevolg ?? [];
    const perCode = artikelenPerCode(codes, v.node.grondslag ?? "");
    if (codes.includes(SIGNAAL) || codes.includes(SIGNAAL_HARD)) {
      signaal.vragen.push(v.sleutel);
      signaal.ontbreekt.push(...ontbreekt);
      signaal.hard ||= codes.includes(SIGNAAL_HARD);
      const artikel = perCode.get(SIGNAAL);
      if (artikel) artikelen.add(artikel);
    }
    for (const gevolg of codes) {
      if (gevolg === SIGNAAL || gevolg === SIGNAAL_HARD) continue;
      const grondslag = perCode.get(gevolg) ?? "";
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

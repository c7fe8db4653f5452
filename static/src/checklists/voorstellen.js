// @ts-check
// From consequences at single questions to proposals, as rules/voorstellen.py. Never a score: signals of trafficking need two
// different indicators or one hard one, in the whole visit: with several checklists these are weighed together (weeg).

/** @typedef {{gevolg: string, grondslag: string, vragen: string[], ontbreekt: Array<{vraag: string, bewijs: string}>, hard?: boolean, indicatoren?: number}} Voorstel */
/** @typedef {{vraag: string, grondslag: string, hard: boolean, ontbreekt: Array<{vraag: string, bewijs: string}>}} Aanwijzing */
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
  for (const v of vurend) {
    for (const [gevolg, grondslag] of artikelenPerCode(v.node.gevolg ?? [], v.node.grondslag ?? "")) {
      if (gevolg === SIGNAAL) continue;
      const sleutel = JSON.stringify([gevolg, grondslag]);
      let voorstel = per.get(sleutel);
      if (!voorstel) per.set(sleutel, (voorstel = { gevolg, grondslag, vragen: [], ontbreekt: [] }));
      voorstel.vragen.push(v.sleutel);
      voorstel.ontbreekt.push(...ontbrekend(v));
    }
  }
  const signaal = weeg(aanwijzingen(vurend));
  return signaal ? [...per.values(), signaal] : [...per.values()];
}

/** The answers that point to trafficking, also when there are too few of them. @param {Vurend[]} vurend @returns {Aanwijzing[]} */
export function aanwijzingen(vurend) {
  return vurend.flatMap((v) => {
    const codes = v.node.gevolg ?? [];
    const grondslag = artikelenPerCode(codes, v.node.grondslag ?? "").get(SIGNAAL);
    if (grondslag === undefined) return [];
    return [{ vraag: v.sleutel, grondslag, hard: codes.includes(SIGNAAL_HARD), ontbreekt: ontbrekend(v) }];
  });
}

/**
 * One signal of two different indicators or one hard one, else null. A question that two checklists share carries it once.
 * @param {Aanwijzing[]} alle @returns {Voorstel|null}
 */
export function weeg(alle) {
  /** @type {Map<string, Aanwijzing>} */
  const per = new Map();
  for (const deel of alle) {
    const bekend = per.get(deel.vraag);
    if (!bekend || (deel.hard && !bekend.hard)) per.set(deel.vraag, deel);
  }
  const delen = [...per.values()];
  const hard = delen.some((deel) => deel.hard);
  const indicatoren = new Set(delen.map((deel) => deel.vraag.split("@")[0])).size;
  if (!hard && indicatoren < DREMPEL) return null;
  const grondslag = [...new Set(delen.map((deel) => deel.grondslag).filter(Boolean))].join("; ");
  return { gevolg: SIGNAAL, grondslag, vragen: [...per.keys()], ontbreekt: delen.flatMap((deel) => deel.ontbreekt), hard, indicatoren };
}

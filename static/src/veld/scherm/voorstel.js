// @ts-check
// A proposal in words. What it leads to is decided later, by a person.

/** Names of the consequences that a checklist may carry; another code is shown as it is written. @type {Record<string, string>} */
const NAMEN = {
  apv: "overtreding van de APV", bbl: "bouwkundige overtreding (Bbl)", belastingdienst: "overdracht aan de Belastingdienst",
  bibob: "onderzoek Bibob", brandveiligheid: "brandveiligheid", brp: "adresonderzoek BRP", ggd: "overdracht aan de GGD",
  goed_verhuurderschap: "goed verhuurderschap", huisvestingswet: "overtreding van de Huisvestingswet",
  nla: "overdracht aan de Arbeidsinspectie", omgevingsplan: "strijd met het omgevingsplan",
  opiumwet_13b: "sluiting op grond van de Opiumwet", overbewoning: "overbewoning", signaal_mh: "signaal mensenhandel",
  signaal_mh_hard: "sterk signaal mensenhandel", victoria: "sluiting woning (art. 174a Gemeentewet)",
};
/** @type {Record<string, string>} */
const BEWIJS = { foto: "een foto", toelichting: "een toelichting" };

/** @param {any} voorstel of the evaluator @returns {string} */
export function inEenZin(voorstel) {
  const naam = NAMEN[voorstel.gevolg] ?? String(voorstel.gevolg).replaceAll("_", " ");
  const gewicht = voorstel.hard ? " (sterk)" : voorstel.indicatoren ? ` (${voorstel.indicatoren} aanwijzingen)` : "";
  return voorstel.grondslag ? `${naam}${gewicht}, ${voorstel.grondslag}` : `${naam}${gewicht}`;
}

/** @param {any} voorstel @returns {string} the evidence that still lacks */
export function nogNodig(voorstel) {
  return [...new Set(voorstel.ontbreekt.map((/** @type {any} */ deel) => BEWIJS[deel.bewijs] ?? deel.bewijs))].join(" en ");
}

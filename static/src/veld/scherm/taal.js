// @ts-check
// Languages as HTML and people know them: the tag for `lang`, the direction, the name. No DOM.

/** Languages that are written from right to left, unless a script in the tag says otherwise. */
const NAAR_LINKS = new Set(["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"]);
const SCHRIFT_NAAR_LINKS = /-(?:arab|aran|hebr|syrc|thaa)\b/iu;
const SCHRIFT = /-[a-z]{4}\b/iu;

/**
 * The language of a form column as a tag for `lang`, null where it is none ("bg", "pt_br" -> "pt-BR", "klingon" -> null).
 * @param {string|null|undefined} code @returns {string|null}
 */
export function htmlTaal(code) {
  const tag = String(code ?? "").trim().replaceAll("_", "-");
  if (!/^[a-z]{2,3}(?:-|$)/iu.test(tag)) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch (fout) {
    if (fout instanceof RangeError) return null;
    throw fout;
  }
}

/** @param {string|null|undefined} code @returns {"ltr"|"rtl"} */
export function richting(code) {
  const tag = htmlTaal(code) ?? "";
  if (SCHRIFT.test(tag)) return SCHRIFT_NAAR_LINKS.test(tag) ? "rtl" : "ltr";
  return NAAR_LINKS.has(tag.split("-")[0]) ? "rtl" : "ltr";
}

/**
 * The name of a language, in itself or in another one; the code where nobody knows a name.
 * @param {string} code @param {string} [inTaal] @returns {string}
 */
export function taalnaam(code, inTaal) {
  const tag = htmlTaal(code);
  if (!tag) return code;
  const naam = new Intl.DisplayNames([htmlTaal(inTaal) ?? tag], { type: "language" }).of(tag) ?? code;
  return naam.charAt(0).toLocaleUpperCase(tag) + naam.slice(1);
}

/**
 * Attributes of an element with text in this language; none inside the page's own language.
 * @param {string|null|undefined} code @param {string|null} [omringend] language of what it stands in
 * @returns {{lang?: string, dir?: "ltr"|"rtl"}}
 */
export function inTaal(code, omringend = "nl") {
  const lang = htmlTaal(code);
  return lang && lang !== omringend ? { lang, dir: richting(lang) } : {};
}

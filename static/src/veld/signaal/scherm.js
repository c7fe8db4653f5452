// @ts-check
// Reporting a signal on the tablet, also without network: one screen, whom to call first, saved while typing.

import { inWoorden } from "../meldbaar.js";
import { dagEnTijd, h, knop, vul, zegZacht } from "../scherm/dom.js";
import { icoon } from "../scherm/iconen.js";
import { KAART } from "./kaart.js";
import { bevatBsn, persoonsnummers } from "./nummers.js";

const BEWAAR_MS = 400;
const GEVAAR = "Direct gevaar: bel eerst 112, daarna de AVIM. Meld het hier daarna.";

/**
 * @param {Element} plek
 * @param {{meldingen: import("./meldingen.js").Signaalmeldingen, vandaag: string, gewijzigd: () => void, terug: () => void, nu?: () => number}} delen
 */
export async function toonSignaalscherm(plek, delen) {
  const { meldingen } = delen;
  const nu = delen.nu ?? Date.now;
  const concept = await meldingen.leesConcept().catch(() => null);
  let vervangt = concept?.vervangt;
  let nagekeken = false;
  /** @type {any} */
  let wekker;

  const melding = h("p", { class: "foutmelding", role: "alert", tabindex: "-1" });
  const noodzin = h("p", { role: "alert" });
  const nood = h("section", { class: "vak vak-veiligheid", "aria-label": "Bij gevaar" }, h("h2", null, "Is er nu gevaar? Bel eerst 112"),
    h("ul", { class: "stoplijst" }, ...KAART.nood.map((n) => h("li", null, h("a", { class: "knop", href: `tel:${n.nummer.replace(/-/gu, "")}` }, n.nummer), ` ${n.naam}. ${n.uitleg}`))), noodzin);
  const status = h("ul", { class: "stoplijst", "data-signalen": "" });
  const formulier = h("form", { novalidate: true });

  /** @param {any} van */
  const bouw = (van) => {
    const s = { urgentie: "normaal", datum: delen.vandaag, vorm: "onbekend", bron: "medewerker", bewaar_naam: true, ...van };
    const keuze = (/** @type {string} */ naam, /** @type {string} */ label, /** @type {Record<string, string>} */ keuzes) =>
      h("div", { class: "veldgroep" }, h("label", { class: "veldlabel", for: `s-${naam}` }, label), h("select", { class: "invoer", id: `s-${naam}`, name: naam },
        ...Object.entries(keuzes).map(([code, tekst]) => h("option", { value: code, selected: s[naam] === code }, tekst))));
    const tekstvak = (/** @type {string} */ naam, /** @type {string} */ label, /** @type {string} */ uitleg, /** @type {number} */ rijen, /** @type {number} */ hoogstens) =>
      h("div", { class: "veldgroep" }, h("label", { class: "veldlabel", for: `s-${naam}` }, label), h("p", { class: "uitleg", id: `s-${naam}-u` }, uitleg),
        h("textarea", { class: "invoer", id: `s-${naam}`, name: naam, rows: rijen, maxlength: hoogstens, autocomplete: "off", "aria-describedby": `s-${naam}-u` }, s[naam] ?? ""));
    const vinkje = (/** @type {string} */ naam, /** @type {string} */ label) =>
      h("p", null, h("label", { class: "vinkje" }, h("input", { type: "checkbox", name: naam, checked: !!s[naam] }), h("span", null, label)));
    vul(formulier,
      h("fieldset", { class: "vraag" }, h("legend", null, "Hoe dringend is het?"), h("div", { class: "chips" }, ...Object.entries(KAART.urgenties).map(([code, tekst]) =>
        h("label", { class: "chip" }, h("input", { type: "radio", name: "urgentie", value: code, checked: s.urgentie === code }), h("span", null, tekst))))),
      tekstvak("tekst", "Wat is er gezien of gehoord?", "Ook een onderbuikgevoel telt. Zet namen en nummers van personen bij Betrokkenen.", 5, 8000),
      h("div", { class: "veldgroep" }, h("label", { class: "veldlabel", for: "s-waar" }, "Waar?"), h("input", { class: "invoer", id: "s-waar", name: "waar", maxlength: 200, autocomplete: "off", value: s.waar ?? "" })),
      h("div", { class: "veldgroep" }, h("label", { class: "veldlabel", for: "s-datum" }, "Wanneer?"), h("input", { class: "invoer invoer-getal", type: "date", id: "s-datum", name: "datum", max: delen.vandaag, value: s.datum })),
      keuze("vorm", "Waar lijkt het op?", KAART.vormen),
      h("details", null, h("summary", null, "Wat viel op? (signalenkaart)"), h("p", { class: "uitleg" }, KAART.uitleg), ...Object.entries(KAART.groepen).map(([groep, codes]) =>
        h("fieldset", { class: "vraag" }, h("legend", null, groep), ...Object.entries(codes).map(([code, tekst]) =>
          h("p", null, h("label", { class: "vinkje" }, h("input", { type: "checkbox", name: "indicatoren", value: code, checked: (s.indicatoren ?? []).includes(code) }), h("span", null, tekst))))))),
      tekstvak("betrokkenen", "Betrokkenen", "Namen, nummers en kentekens. Alleen de aandachtsfunctionaris leest dit. Zet hier nooit een burgerservicenummer.", 2, 4000),
      keuze("bron", "Van wie komt het?", KAART.bronnen),
      vinkje("bewaar_naam", "Bewaar mijn naam voor terugkoppeling. Alleen de aandachtsfunctionaris kan hem lezen; elke keer wordt vastgelegd."),
      vinkje("terugkoppeling", "Ik wil horen wat ermee gebeurt"),
      melding, h("button", { type: "submit", class: "knop knop-hoofd knop-groot" }, "Signaal melden"));
    kijkGevaar();
  };

  const lees = () => {
    const data = new FormData(formulier);
    const tekst = (/** @type {string} */ naam) => String(data.get(naam) ?? "");
    return {
      tekst: tekst("tekst").trim(), waar: tekst("waar").trim(), datum: tekst("datum"), vorm: tekst("vorm"), bron: tekst("bron"), urgentie: tekst("urgentie"),
      betrokkenen: tekst("betrokkenen").trim(), hoedanigheid: "", indicatoren: data.getAll("indicatoren").map(String),
      bewaar_naam: data.has("bewaar_naam"), terugkoppeling: data.has("terugkoppeling"),
    };
  };

  const kijkGevaar = () => {
    const zin = new FormData(formulier).get("urgentie") === "direct_gevaar" ? GEVAAR : "";
    if (noodzin.textContent === zin) return;
    noodzin.textContent = zin;
    nood.classList.toggle("vak-fout", !!zin);
  };

  /** @param {string} zin @param {string} [veld] */
  const klacht = (zin, veld) => {
    melding.textContent = zin;
    /** @type {HTMLElement|null} */ (veld ? formulier.querySelector(`[name=${veld}]`) : melding)?.focus();
  };

  const toonStatus = async () => {
    const alle = await meldingen.lijst();
    vul(status, ...alle.reverse().map((m) => h("li", { class: "stopregel", "data-signaalstatus": m.status }, h("span", { class: "stoptekst" },
      h("strong", null, m.status === "verzonden" ? `Verzonden: ${m.nummer}` : m.status === "apart" ? "Niet aangenomen" : "Op dit toestel, nog niet verzonden"),
      h("span", { class: "klein" }, m.status === "apart" ? m.reden : dagEnTijd(new Date(m.gemaakt_op).toISOString()))),
    m.status === "apart" && knop("Wijzig", () => { vervangt = m.op_id; bouw(m.signaal); klacht(m.reden, "tekst"); }))));
  };

  let vuil = false;
  const bewaar = async () => {
    clearTimeout(wekker);
    if (!vuil) return;
    vuil = false;
    try {
      await meldingen.bewaarConcept(lees(), vervangt);
    } catch (fout) {
      melding.textContent = inWoorden(fout);
    }
  };
  const weg = new AbortController();
  document.addEventListener("visibilitychange", () => void bewaar(), { signal: weg.signal });
  formulier.addEventListener("input", () => { nagekeken = false; vuil = true; clearTimeout(wekker); wekker = setTimeout(bewaar, BEWAAR_MS); });
  formulier.addEventListener("change", () => { kijkGevaar(); vuil = true; void bewaar(); });
  formulier.addEventListener("submit", async (gebeurtenis) => {
    gebeurtenis.preventDefault();
    clearTimeout(wekker);
    await bewaar();
    const s = lees();
    if (!s.tekst) return klacht("Schrijf op wat iemand zag of hoorde.", "tekst");
    if (!s.waar) return klacht("Schrijf op waar het is.", "waar");
    if (!s.datum || s.datum > delen.vandaag) return klacht("Vul de dag in waarop iemand dit zag of hoorde. Die ligt niet in de toekomst.", "datum");
    for (const veld of /** @type {const} */ (["tekst", "waar", "betrokkenen"])) {
      if (bevatBsn(s[veld])) return klacht("Hier staat een burgerservicenummer in. Haal het weg: dat mag bij een signaal niet worden bewaard.", veld);
    }
    const nummers = persoonsnummers(`${s.tekst}\n${s.waar}`);
    if (nummers.length && !nagekeken) {
      nagekeken = true;
      return klacht(`In de tekst lijkt ${nummers.join(" en ")} te staan. Zet dat bij Betrokkenen. Klopt het zo? Kies dan nog een keer 'Signaal melden'.`, "tekst");
    }
    try {
      await meldingen.voegToe(s, nu(), vervangt);
    } catch (fout) {
      return klacht(inWoorden(fout));
    }
    vervangt = undefined;
    nagekeken = false;
    melding.textContent = "";
    bouw({});
    await toonStatus();
    zegZacht("Het signaal staat versleuteld op dit toestel en gaat vanzelf mee.");
    /** @type {HTMLElement|null} */ (plek.querySelector("h1"))?.focus();
    window.scrollTo(0, 0);
    delen.gewijzigd();
  });

  bouw(concept?.signaal ?? {});
  vul(plek,
    h("div", { class: "bezoekkop" }, knop([icoon("links"), "Stops"], delen.terug, { class: "knop knop-klein" }), h("h1", { tabindex: "-1" }, "Signaal melden")),
    nood, status, formulier);
  await toonStatus();
  return {
    ververs: toonStatus,
    /** Saves what is being typed and lets go of it. */
    sluit: async () => {
      await bewaar();
      weg.abort();
      formulier.replaceChildren();
    },
  };
}

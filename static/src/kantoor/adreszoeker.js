// @ts-check
// Search as you type for an address: the combobox with a list of WAI-ARIA APG. Without this the field is plain text,
// which the server looks up when the form is sent.

/** @typedef {Record<string, string | number | boolean | null>} Adres */

const WACHT_MS = 150;
const MINSTENS = 2;

/** @param {string} naam @param {Record<string, string>} kenmerken */
function maak(naam, kenmerken) {
  const element = document.createElement(naam);
  for (const [sleutel, waarde] of Object.entries(kenmerken)) element.setAttribute(sleutel, waarde);
  return element;
}

/** @param {number} aantal @param {string} anders what to do without an address */
function gevonden(aantal, anders) {
  if (aantal === 0) return `Geen adres gevonden. ${anders}`;
  return aantal === 1 ? "1 adres gevonden." : `${aantal} adressen gevonden. Kies met pijl omlaag.`;
}

class Adreszoeker {
  /** @param {HTMLElement} vak @param {HTMLInputElement} veld */
  constructor(vak, veld) {
    this.veld = veld;
    this.bron = vak.dataset["bron"] ?? "";
    // A field in which any description is welcome: an address is only a help there, and what is typed stays.
    this.vrij = "vrij" in vak.dataset;
    this.anders = this.vrij ? "Wat u typt, blijft zo staan." : "Vul het adres hieronder zelf in.";
    /** @type {Record<string, string>} name of a field of the form -> key of an address */
    this.vult = JSON.parse(vak.dataset["vult"] ?? "{}");
    this.lijst = maak("ul", { id: `${veld.id}-lijst`, role: "listbox", class: "adreszoeker__lijst", "aria-label": "Adressen" });
    this.lijst.hidden = true;
    this.status = maak("p", { role: "status", class: "adreszoeker__status" });
    /** @type {Adres[]} */
    this.adressen = [];
    this.actief = -1;
    this.gezocht = "";
    /** @type {AbortController | null} */
    this.bezig = null;
    this.wekker = 0;
    this.richtIn();
  }

  richtIn() {
    const { veld } = this;
    const omslag = maak("div", { class: "adreszoeker__veld" });
    veld.replaceWith(omslag);
    omslag.append(veld, this.lijst);
    omslag.after(this.status);
    for (const [naam, waarde] of Object.entries({
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.lijst.id,
    }))
      veld.setAttribute(naam, waarde);
    veld.addEventListener("input", () => this.straks());
    veld.addEventListener("keydown", (gebeurtenis) => this.toets(gebeurtenis));
    veld.addEventListener("blur", () => this.sluit());
    // Not on blur: the list would be gone before the choice is made.
    this.lijst.addEventListener("mousedown", (gebeurtenis) => gebeurtenis.preventDefault());
    this.lijst.addEventListener("click", (gebeurtenis) => {
      const optie = gebeurtenis.target instanceof Element ? gebeurtenis.target.closest("[role=option]") : null;
      if (optie) void this.kies([...this.lijst.children].indexOf(optie));
    });
  }

  straks() {
    this.vergeet();
    clearTimeout(this.wekker);
    this.wekker = setTimeout(() => void this.zoek(), WACHT_MS);
  }

  /** What was chosen before no longer stands in the field. */
  vergeet() {
    for (const [naam, sleutel] of Object.entries(this.vult)) if (sleutel === "id") this.zet(naam, "");
  }

  async zoek() {
    const tekst = this.veld.value.trim();
    this.bezig?.abort();
    if (tekst.length < MINSTENS) {
      this.status.textContent = "";
      this.sluit();
      return;
    }
    this.bezig = new AbortController();
    const vraag = new URLSearchParams({ zoek: tekst, limiet: "10" });
    try {
      const antwoord = await this.haal(`${this.bron}?${vraag}`, this.bezig.signal);
      this.adressen = antwoord.adressen;
      this.toon(antwoord.melding);
    } catch (fout) {
      if (fout instanceof DOMException && fout.name === "AbortError") return;
      this.storing();
    }
  }

  /** @param {string} adres @param {AbortSignal} [signaal] */
  async haal(adres, signaal) {
    const antwoord = await fetch(adres, { headers: { Accept: "application/json" }, ...(signaal ? { signal: signaal } : {}) });
    if (!antwoord.ok) throw new Error(String(antwoord.status));
    return antwoord.json();
  }

  storing() {
    this.adressen = [];
    this.sluit();
    this.status.textContent = `Zoeken lukt nu niet. ${this.anders}`;
  }

  /** @param {string} melding */
  toon(melding) {
    this.actief = -1;
    this.lijst.replaceChildren(
      ...this.adressen.map((adres, i) => {
        const optie = maak("li", { id: `${this.lijst.id}-${i}`, role: "option", "aria-selected": "false", class: "adreszoeker__keuze" });
        optie.append(String(adres["weergave"] ?? ""));
        if (adres["gebruiksdoel"]) {
          const doel = maak("span", { class: "adreszoeker__doel" });
          doel.textContent = ` ${adres["gebruiksdoel"]}`;
          optie.append(doel);
        }
        return optie;
      }),
    );
    this.status.textContent = [melding, gevonden(this.adressen.length, this.anders)].filter(Boolean).join(" ");
    if (this.adressen.length && document.activeElement === this.veld) this.open();
    else this.sluit();
  }

  get isOpen() {
    return !this.lijst.hidden;
  }

  open() {
    this.lijst.hidden = false;
    this.veld.setAttribute("aria-expanded", "true");
  }

  sluit() {
    this.lijst.hidden = true;
    this.veld.setAttribute("aria-expanded", "false");
    this.wijs(-1);
  }

  /** @param {number} welke */
  wijs(welke) {
    this.lijst.children[this.actief]?.setAttribute("aria-selected", "false");
    this.actief = welke;
    const optie = this.lijst.children[welke];
    if (!optie) {
      this.veld.removeAttribute("aria-activedescendant");
      return;
    }
    optie.setAttribute("aria-selected", "true");
    optie.scrollIntoView({ block: "nearest" });
    this.veld.setAttribute("aria-activedescendant", optie.id);
  }

  /** @param {KeyboardEvent} gebeurtenis */
  toets(gebeurtenis) {
    if (gebeurtenis.isComposing) return;
    const aantal = this.adressen.length;
    switch (gebeurtenis.key) {
      case "ArrowDown":
      case "ArrowUp":
        if (!aantal) return;
        if (!this.isOpen) this.open();
        if (!gebeurtenis.altKey) this.wijs(this.stap(gebeurtenis.key === "ArrowDown" ? 1 : -1));
        break;
      case "Enter":
        // Never sends the form from here: what was typed may not be an address yet.
        if (this.isOpen && this.actief >= 0) void this.kies(this.actief);
        else if (!this.isOpen && !this.veld.value.trim()) return;
        break;
      case "Escape":
        if (this.isOpen) this.sluit();
        else if (!this.vrij) {
          this.veld.value = "";
          this.vergeet();
        }
        break;
      default:
        return;
    }
    gebeurtenis.preventDefault();
  }

  /** @param {number} richting */
  stap(richting) {
    const aantal = this.adressen.length;
    if (this.actief < 0) return richting > 0 ? 0 : aantal - 1;
    return (this.actief + richting + aantal) % aantal;
  }

  /** @param {number} welke */
  async kies(welke) {
    let adres = this.adressen[welke];
    if (!adres) return;
    this.bezig?.abort();
    clearTimeout(this.wekker);
    if (!adres["volledig"]) {
      try {
        adres = /** @type {Adres} */ (await this.haal(`${this.bron}/${encodeURIComponent(String(adres["id"]))}`));
      } catch {
        this.storing();
        return;
      }
    }
    this.veld.value = String(adres["weergave"] ?? "");
    for (const [naam, sleutel] of Object.entries(this.vult)) this.zet(naam, String(adres[sleutel] ?? ""));
    this.sluit();
    this.status.textContent = `Ingevuld: ${adres["weergave"]}.`;
  }

  /** @param {string} naam @param {string} waarde */
  zet(naam, waarde) {
    const veld = this.veld.form?.elements.namedItem(naam);
    if (!(veld instanceof HTMLInputElement) || veld.value === waarde) return;
    veld.value = waarde;
    veld.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Give every address field of the page its list. */
export function zoekAdressen() {
  for (const vak of document.querySelectorAll("[data-adreszoeker]")) {
    const veld = vak.querySelector("input:not([type=hidden])");
    if (vak instanceof HTMLElement && veld instanceof HTMLInputElement) new Adreszoeker(vak, veld);
  }
}

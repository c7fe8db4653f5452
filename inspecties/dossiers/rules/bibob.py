"""Wet Bibob: when an investigation may begin, what its outcome allows, and to whom anything may go (config/bibob.toml).

A jurist weighs; nothing here decides whether there is danger.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from inspecties.core.fouten import Conflict, OngeldigeInvoer

BESTAND = Path(__file__).resolve().parents[3] / "config" / "bibob.toml"

BEVESTIGD, TE_BEVESTIGEN = "bevestigd", "te bevestigen"

# Art. 3: how grave the danger is. "weigert_formulier": art. 4 makes that grave danger by itself.
GEVAREN: dict[str, str] = {
    "geen": "Geen gevaar",
    "mindere_mate": "Mindere mate van gevaar",
    "ernstig": "Ernstig gevaar",
}
LETTERS: dict[str, str] = {
    "a": "a: om voordeel uit strafbare feiten te benutten",
    "b": "b: om strafbare feiten te plegen",
    "4": "het formulier is niet (volledig) ingevuld (artikel 4)",
    "36": "een strafbaar feit om de vergunning te krijgen (artikel 3 lid 6)",
}
EVENREDIG: dict[str, str] = {"wel": "Ja, weigeren of intrekken is evenredig", "niet": "Nee, dat gaat te ver"}
HERKOMST: dict[str, str] = {
    "eigen": "Eigen onderzoek",
    "lbb": "Eigen onderzoek en advies van het Landelijk Bureau",
}
BESLUITEN: tuple[str, ...] = ("verlenen", "voorschriften", "weigeren", "intrekken")
NEGATIEF = frozenset({"weigeren", "intrekken"})
# Art. 33: these wait until the person concerned could react.
NA_ZIENSWIJZE = frozenset({"voorschriften", *NEGATIEF})

OORDELEN: dict[str, str] = {
    "altijd": "Volgens het beleid altijd",
    "mag": "Volgens het beleid mag het",
    "niet": "Volgens het beleid niet",
    "geen": "Er is geen lokaal beleid voor",
}

ALLEEN_CONTROLE = (
    "Een bevinding van een controle is op zichzelf geen aanleiding voor een Bibob-onderzoek. Begin pas als er een "
    "aanvraag is, een houder van een vergunning wordt onderzocht, of de gemeente een opdracht of vastgoedcontract "
    "aangaat."
)


@dataclass(frozen=True)
class Aanleiding:
    """A reason that the law knows. ``besluiten``: kind of decision -> what it is called here."""

    code: str
    naam: str
    artikel: str
    vraag: str
    beslistermijn: bool
    besluiten: Mapping[str, str]
    status: str
    bron: str

    @property
    def bevestigd(self) -> bool:
        return self.status == BEVESTIGD


@dataclass(frozen=True)
class Beleidsregel:
    """What one gemeente chose, from when, on what source. ``vanaf_cent``: only from this sum."""

    gemeente: str
    onderwerpen: tuple[str, ...]
    aanleidingen: tuple[str, ...]
    wanneer: str
    geldig_van: date
    status: str
    bron: str
    vanaf_cent: int | None = None
    geldig_tot: date = date.max


@dataclass(frozen=True)
class Beleidsoordeel:
    """What the local policy says about one case: ``oordeel`` is a key of ``OORDELEN``."""

    oordeel: str
    uitleg: str
    status: str = TE_BEVESTIGEN

    @property
    def reden_nodig(self) -> bool:
        """Whether the jurist has to write why the investigation is begun all the same."""
        return self.oordeel in {"niet", "geen"}

    def als_rij(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class Rij:
    """A source, a relation or a recipient: what it is called, on which article, and whether that was confirmed."""

    code: str
    naam: str
    artikel: str
    status: str
    bron: str = ""
    waarvoor: str = ""

    @property
    def bevestigd(self) -> bool:
        return self.status == BEVESTIGD


@dataclass(frozen=True)
class Bibobregels:
    """Everything of config/bibob.toml."""

    aanleidingen: Mapping[str, Aanleiding]
    onderwerpen: Mapping[str, str]
    beleid: tuple[Beleidsregel, ...]
    bronnen: Mapping[str, Rij]
    relaties: Mapping[str, Rij]
    ontvangers: Mapping[str, Rij]

    @classmethod
    def uit(cls, inhoud: Mapping[str, Any]) -> "Bibobregels":
        """Raises ValueError naming the row that is wrong."""
        onderwerpen = dict(inhoud["onderwerp"])
        aanleidingen = _op_code(Aanleiding(**rij) for rij in inhoud["aanleiding"])
        for een in aanleidingen.values():
            if not set(een.besluiten) <= set(BESLUITEN) or "verlenen" not in een.besluiten:
                raise ValueError(f"aanleiding {een.code}: unknown or missing kind of decision")
        beleid = tuple(_beleidsregel(rij, aanleidingen, onderwerpen) for rij in inhoud["beleid"])
        rijen = {soort: _op_code(Rij(**rij) for rij in inhoud[soort]) for soort in ("bron", "relatie", "ontvanger")}
        uit = cls(aanleidingen, onderwerpen, beleid, rijen["bron"], rijen["relatie"], rijen["ontvanger"])
        for rij in (*aanleidingen.values(), *beleid, *(r for deel in rijen.values() for r in deel.values())):
            if rij.status not in {BEVESTIGD, TE_BEVESTIGEN}:
                raise ValueError(f"{rij}: unknown status")
        return uit

    def aanleiding(self, code: str) -> Aanleiding:
        """The reason with this code. Raises OngeldigeInvoer, for a control finding alone with why that is none."""
        if code in {"controle", "bevinding", "voorstel"}:
            raise OngeldigeInvoer(ALLEEN_CONTROLE, "aanleiding")
        if code not in self.aanleidingen:
            raise OngeldigeInvoer("Kies de aanleiding uit de lijst. Zonder aanleiding uit de wet begint er niets.",
                                  "aanleiding")  # fmt: skip
        return self.aanleidingen[code]

    def oordeel(
        self, gemeente: str, aanleiding: str, onderwerp: str, bedrag_cent: int | None, op: date
    ) -> Beleidsoordeel:
        """What the policy of this gemeente says on that day; the strictest row that fits."""
        passend = [
            r
            for r in self.beleid
            if r.gemeente == gemeente
            and r.geldig_van <= op <= r.geldig_tot
            and onderwerp in r.onderwerpen
            and aanleiding in r.aanleidingen
        ]
        binnen = [r for r in passend if r.vanaf_cent is None or (bedrag_cent or 0) >= r.vanaf_cent]
        if binnen:
            regel = min(binnen, key=lambda r: ("altijd", "mag", "niet").index(r.wanneer))
            grens = f" vanaf € {regel.vanaf_cent // 100:,}".replace(",", ".") if regel.vanaf_cent else ""
            return Beleidsoordeel(regel.wanneer, f"{OORDELEN[regel.wanneer]}{grens} ({regel.bron}).", regel.status)
        if passend:
            laagste = min(r.vanaf_cent or 0 for r in passend) // 100
            grens = f"€ {laagste:,}".replace(",", ".")
            return Beleidsoordeel("niet", f"Volgens het beleid pas vanaf {grens} ({passend[0].bron}).")
        return Beleidsoordeel("geen", f"{OORDELEN['geen']} in {gemeente}.")


def _op_code(rijen: Iterable[Any]) -> dict[str, Any]:
    uit: dict[str, Any] = {}
    for rij in rijen:
        if rij.code in uit:
            raise ValueError(f"{rij.code} stands there twice")
        uit[rij.code] = rij
    return uit


def _beleidsregel(
    rij: Mapping[str, Any], aanleidingen: Mapping[str, Aanleiding], onderwerpen: Mapping[str, str]
) -> Beleidsregel:
    regel = Beleidsregel(
        **{**rij, "onderwerpen": tuple(rij["onderwerpen"]), "aanleidingen": tuple(rij["aanleidingen"])}
    )
    if not set(regel.onderwerpen) <= set(onderwerpen) or not set(regel.aanleidingen) <= set(aanleidingen):
        raise ValueError(f"beleid {regel.gemeente}: unknown subject or reason")
    if regel.wanneer not in {"altijd", "mag", "niet"}:
        raise ValueError(f"beleid {regel.gemeente}: unknown 'wanneer'")
    return regel


@lru_cache(maxsize=1)
def bibobregels() -> Bibobregels:
    """The rules of this installation."""
    return Bibobregels.uit(tomllib.loads(BESTAND.read_text(encoding="utf-8")))


def mag_verstrekken(ontvanger: str) -> Rij:
    """The row of art. 28 for a recipient. Raises Conflict for whoever does not stand on the closed list."""
    rij = bibobregels().ontvangers.get(ontvanger)
    if rij is None:
        raise Conflict(
            "Uit een Bibob-dossier gaat alleen iets naar wie in artikel 28 van de Wet Bibob staat. "
            "Deze ontvanger staat daar niet in.",
            "ontvanger",
        )
    return rij


@dataclass(frozen=True)
class Uitkomst:
    """What the investigation showed. ``letters``: keys of ``LETTERS``, only with grave danger or art. 3(6)."""

    gevaar: str
    letters: tuple[str, ...] = ()
    motivering: str = ""
    evenredig: str = ""
    """Why refusing or withdrawing is proportionate, or why it is not: ``is_evenredig`` says which."""
    herkomst: str = "eigen"
    afwijking: str = ""
    is_evenredig: str = ""

    @property
    def in_woorden(self) -> str:
        if not self.letters:
            return GEVAREN[self.gevaar]
        return f"{GEVAREN[self.gevaar]}; {', '.join(LETTERS[een] for een in self.letters)}"


def keur_uitkomst(uitkomst: Uitkomst, *, formulier_geweigerd: bool, lbb_oordeel: str = "") -> Uitkomst:
    """Raises OngeldigeInvoer naming the field. ``lbb_oordeel``: what the bureau advised, "" where it was not asked."""
    letters = tuple(een for een in LETTERS if een in uitkomst.letters)
    if uitkomst.gevaar not in GEVAREN:
        raise OngeldigeInvoer("Kies hoe groot het gevaar is.", "gevaar")
    if not uitkomst.motivering.strip():
        raise OngeldigeInvoer("Schrijf op welke feiten deze uitkomst dragen.", "motivering")
    if uitkomst.gevaar == "ernstig" and not letters:
        raise OngeldigeInvoer("Kies waarin het ernstige gevaar zit: a, b, artikel 4 of artikel 3 lid 6.", "letters")
    if uitkomst.gevaar != "ernstig" and set(letters) & {"a", "b", "4"}:
        raise OngeldigeInvoer("De letters a en b en artikel 4 horen bij ernstig gevaar.", "letters")
    if "4" in letters and not formulier_geweigerd:
        raise OngeldigeInvoer(
            "Artikel 4 geldt alleen als het formulier na het verzoek om aanvulling niet volledig terugkwam.", "letters"
        )
    if uitkomst.is_evenredig not in {"", *EVENREDIG}:
        raise OngeldigeInvoer("Kies of weigeren of intrekken evenredig is.", "is_evenredig")
    if bool(uitkomst.is_evenredig) != bool(uitkomst.evenredig.strip()):
        raise OngeldigeInvoer("Kies of weigeren of intrekken evenredig is, en schrijf op waarom.", "evenredig")
    if lbb_oordeel and lbb_oordeel != uitkomst.gevaar and not uitkomst.afwijking.strip():
        raise OngeldigeInvoer(
            f"Het Landelijk Bureau adviseerde '{GEVAREN[lbb_oordeel].lower()}'. Schrijf op waarom u daarvan afwijkt.",
            "afwijking",
        )
    return Uitkomst(
        uitkomst.gevaar,
        letters,
        uitkomst.motivering.strip(),
        uitkomst.evenredig.strip(),
        "lbb" if lbb_oordeel else "eigen",
        uitkomst.afwijking.strip(),
        uitkomst.is_evenredig,
    )


def waarom_niet(besluit: str, uitkomst: Uitkomst | None, aanleiding: Aanleiding, *, gehoord: bool) -> str | None:
    """Why this decision can not be taken on this outcome, with the article; None where it can.

    ``gehoord``: the person concerned could give a view (art. 33).
    """
    if besluit not in aanleiding.besluiten:
        mogelijk = ", ".join(naam.lower() for naam in aanleiding.besluiten.values())
        return f"Bij deze aanleiding bestaat dit besluit niet. Het kan zijn: {mogelijk} ({aanleiding.artikel})."
    if uitkomst is None:
        return "Leg eerst de uitkomst van het onderzoek vast (artikel 3 Wet Bibob)."
    naam = aanleiding.besluiten[besluit]
    bezwaar = _niet_negatief(naam, uitkomst) if besluit in NEGATIEF else _niet_positief(besluit, naam, uitkomst)
    if bezwaar is None and besluit in NA_ZIENSWIJZE and not gehoord:
        return "Betrokkene moet eerst een zienswijze kunnen geven (artikel 33 Wet Bibob)."
    return bezwaar


def kan_zonder_zienswijze(uitkomst: Uitkomst) -> bool:
    """Whether a decision is possible for which nobody has to be heard (art. 33): with grave danger only a negative one
    is, unless that is said to be out of proportion."""
    return uitkomst.gevaar != "ernstig" or uitkomst.is_evenredig == "niet"


def _niet_negatief(naam: str, uitkomst: Uitkomst) -> str | None:
    strafbaar = "36" in uitkomst.letters
    if uitkomst.gevaar == "mindere_mate" and not strafbaar:
        return (
            f"'{naam}' kan niet bij een mindere mate van gevaar: dan zijn alleen voorschriften mogelijk "
            "(artikel 3 lid 7 Wet Bibob)."
        )
    if uitkomst.gevaar == "geen" and not strafbaar:
        return f"'{naam}' kan niet als er geen gevaar is (artikel 3 Wet Bibob)."
    if uitkomst.is_evenredig == "niet":
        return f"'{naam}' kan niet: bij de uitkomst staat dat dit niet evenredig is (artikel 3 Wet Bibob)."
    if not uitkomst.evenredig:
        artikel = "artikel 3 lid 6" if strafbaar else "artikel 3"
        return f"Schrijf bij de uitkomst waarom '{naam.lower()}' evenredig is ({artikel} Wet Bibob)."
    return None


def _niet_positief(besluit: str, naam: str, uitkomst: Uitkomst) -> str | None:
    if besluit == "voorschriften" and uitkomst.gevaar != "mindere_mate":
        return f"'{naam}' kan alleen bij een mindere mate van gevaar (artikel 3 lid 7 Wet Bibob)."
    if besluit == "verlenen" and uitkomst.gevaar == "ernstig" and uitkomst.is_evenredig != "niet":
        return (
            f"'{naam}' bij ernstig gevaar kan alleen als u bij de uitkomst schrijft waarom weigeren of intrekken "
            "niet evenredig is (artikel 3 Wet Bibob)."
        )
    return None


def toegestaan(uitkomst: Uitkomst | None, aanleiding: Aanleiding, *, gehoord: bool) -> dict[str, str | None]:
    """Each decision of this reason -> None, or why not."""
    return {code: waarom_niet(code, uitkomst, aanleiding, gehoord=gehoord) for code in aanleiding.besluiten}


@dataclass(frozen=True)
class Relatiegegevens:
    """A business partner: no more than the law needs to see whether art. 3(4) holds."""

    naam: str
    rol: str
    waarom: str
    kvk: str = ""


def keur_relatie(naam: str, rol: str, waarom: str, kvk: str, regels: Bibobregels) -> Relatiegegevens:
    """Raises OngeldigeInvoer naming the field and what would be right."""
    naam, waarom, kvk = " ".join(naam.split()), " ".join(waarom.split()), kvk.replace(" ", "").replace(".", "")
    if not naam or len(naam) > 160:
        raise OngeldigeInvoer("Vul de naam in, in hooguit 160 tekens.", "naam")
    if rol not in regels.relaties:
        raise OngeldigeInvoer("Kies welke relatie het is. Andere mensen horen niet in dit register.", "rol")
    if not waarom or len(waarom) > 300:
        raise OngeldigeInvoer("Schrijf op waarom dit onderzoek deze naam nodig heeft, in hooguit 300 tekens.", "waarom")
    if kvk and not (kvk.isascii() and kvk.isdigit() and len(kvk) == 8):
        raise OngeldigeInvoer("Een KvK-nummer heeft 8 cijfers, bijvoorbeeld 01234567.", "kvk")
    return Relatiegegevens(naam, rol, waarom, kvk)


@dataclass(frozen=True)
class Bronraadpleging:
    """A source that was consulted: which, when, on which ground, and what came of it in words."""

    code: str
    op: date
    grond: str
    resultaat: str


def keur_bron(code: str, op: date | None, grond: str, resultaat: str, *, sinds: date, vandaag: date,
              regels: Bibobregels) -> Bronraadpleging:  # fmt: skip
    """Raises OngeldigeInvoer naming the field. Nothing is consulted before there is a reason, nor in the future."""
    if code not in regels.bronnen:
        raise OngeldigeInvoer("Kies welke bron u hebt geraadpleegd.", "bron")
    if op is None or op > vandaag:
        raise OngeldigeInvoer("Vul de dag in waarop u de bron hebt geraadpleegd: vandaag of eerder.", "op")
    if op < sinds:
        raise OngeldigeInvoer(
            "Deze dag ligt voor de aanleiding van het onderzoek. Zonder aanleiding mag er niets worden geraadpleegd.",
            "op",
        )
    grond = " ".join(grond.split()) or regels.bronnen[code].artikel
    if len(grond) > 200:
        raise OngeldigeInvoer("Houd de grond onder de 200 tekens.", "grond")
    schoon = resultaat.strip()
    if not schoon or len(schoon) > 4000:
        raise OngeldigeInvoer("Schrijf in woorden op wat de bron liet zien, in hooguit 4000 tekens.", "resultaat")
    return Bronraadpleging(code, op, grond, schoon)

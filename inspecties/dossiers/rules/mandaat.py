"""Who may decide on what, and in which capacity (config/mandaat.toml; Awb section 10.1.1).

A decision names its capacity: the office itself, its deputy, or under mandate. Nothing here knows persons: it gets the
offices that somebody holds or stands in for on the day of the decision.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from inspecties.core.fouten import Conflict
from inspecties.dossiers.rules.gevolgen import BEVESTIGD, TE_BEVESTIGEN
from inspecties.dossiers.rules.toestanden import SOORTEN


@dataclass(frozen=True)
class Ambt:
    """An office, and what its holder is called."""

    code: str
    naam: str


@dataclass(frozen=True)
class Mandaatregel:
    """Who decides on one instrument (or, with an empty one, on every other of its kind) between two days."""

    soort: str
    instrument: str
    orgaan: str
    zelf: tuple[str, ...]
    mandaat: tuple[str, ...]
    artikel: str
    bron: str
    status: str
    geldig_van: date
    geldig_tot: date | None = None

    @property
    def bevestigd(self) -> bool:
        return self.status == BEVESTIGD

    def geldt(self, dag: date) -> bool:
        """Whether the row holds on this day."""
        return self.geldig_van <= dag and (self.geldig_tot is None or dag <= self.geldig_tot)

    def als_rij(self) -> dict[str, Any]:
        """As it is frozen with a decision."""
        rij = asdict(self)
        return rij | {
            "zelf": list(self.zelf),
            "mandaat": list(self.mandaat),
            "geldig_van": self.geldig_van.isoformat(),
            "geldig_tot": self.geldig_tot.isoformat() if self.geldig_tot else "",
        }


@dataclass(frozen=True)
class Bekleding:
    """An office that somebody holds, or stands in for: ``vervangt`` names whom, ``uid`` the row that says so."""

    ambt: str
    vervangt: str = ""
    uid: str = ""


@dataclass(frozen=True)
class Hoedanigheid:
    """In which capacity a decision is taken. ``ambt`` is empty where the gemeente has not laid down its offices."""

    tekst: str
    ambt: str = ""
    in_mandaat: bool = False
    vervangt: str = ""
    uid: str = ""


@dataclass(frozen=True)
class Mandaattabel:
    """The offices and rows of this installation."""

    ambten: Mapping[str, Ambt]
    regels: tuple[Mandaatregel, ...]

    def regel(self, soort: str, instrument: str, dag: date) -> Mandaatregel:
        """The row for an instrument on a day: its own, else that of its kind. Raises Conflict where there is none."""
        for code in (instrument, ""):
            for regel in self.regels:
                if (regel.soort, regel.instrument) == (soort, code) and regel.geldt(dag):
                    return regel
        raise Conflict(
            f"Wie over '{SOORTEN.get(soort, soort).lower()}' besluit, staat voor deze dag niet vast. "
            "De beheerder vult de mandaatregels aan."
        )

    def hoedanigheid(self, regel: Mandaatregel, bekleed: Iterable[Bekleding]) -> Hoedanigheid | None:
        """The strongest capacity in which who holds these offices decides; None where there is none.

        The office itself before its deputy, and both before a mandate.
        """
        lijst = list(bekleed)
        for in_mandaat, ambten in ((False, regel.zelf), (True, regel.mandaat)):
            for vervangt in (False, True):
                for b in lijst:
                    if b.ambt in ambten and bool(b.vervangt) == vervangt:
                        tekst = self._tekst(regel, b, in_mandaat=in_mandaat)
                        return Hoedanigheid(tekst, b.ambt, in_mandaat, b.vervangt, b.uid)
        return None

    def _tekst(self, regel: Mandaatregel, b: Bekleding, *, in_mandaat: bool) -> str:
        naam = self.ambten[b.ambt].naam
        tekst = f"als plaatsvervanger van {b.vervangt}, {naam}" if b.vervangt else f"als {naam}"
        return f"{tekst}, in mandaat namens {regel.orgaan}" if in_mandaat else tekst

    def wie(self, regel: Mandaatregel) -> str:
        """'de burgemeester', or '... (in mandaat: burgemeester of afdelingshoofd)'."""
        namen = [self.ambten[code].naam for code in regel.mandaat]
        return f"{regel.orgaan} (in mandaat: {' of '.join(namen)})" if namen else regel.orgaan

    def waarom_niet(self, regel: Mandaatregel, wie_wel: Iterable[str]) -> str:
        """What somebody hears who has no capacity for this decision."""
        namen = list(wie_wel)
        kan = f"Dat kan nu: {', '.join(namen)}." if namen else "Nu is daar niemand voor aangewezen."
        return (
            f"Hierover besluit {self.wie(regel)}: {regel.artikel}. "
            f"U bekleedt dat ambt niet en u vervangt vandaag niemand die het bekleedt. {kan}"
        )


def zonder_ambten(regel: Mandaatregel) -> Hoedanigheid:
    """The capacity in a gemeente that has not laid down who holds which office: the cabinet decides, as it did."""
    return Hoedanigheid(f"namens {regel.orgaan}; wie het ambt bekleedt is nog niet vastgelegd")


def lees_mandaat(inhoud: Mapping[str, Any]) -> Mandaattabel:
    """The table of the file. Raises ValueError naming what is wrong."""
    ambten = {a["code"]: Ambt(**a) for a in inhoud["ambt"]}
    regels: list[Mandaatregel] = []
    for rij in inhoud["regel"]:
        regel = Mandaatregel(**(rij | {"zelf": tuple(rij["zelf"]), "mandaat": tuple(rij["mandaat"])}))
        wat = f"mandaat {regel.soort}/{regel.instrument or 'elk'}"
        if regel.soort not in SOORTEN or regel.status not in {BEVESTIGD, TE_BEVESTIGEN}:
            raise ValueError(f"{wat}: unknown soort or status")
        if not (regel.zelf or regel.mandaat) or not {*regel.zelf, *regel.mandaat} <= set(ambten):
            raise ValueError(f"{wat}: nobody decides, or an office that is not in the list")
        if set(regel.zelf) & set(regel.mandaat):
            raise ValueError(f"{wat}: who is the body needs no mandate from it")
        _weiger_overlap(wat, regel, regels)
        regels.append(regel)
    zonder = [s for s in SOORTEN if not any(r.soort == s and not r.instrument for r in regels)]
    if zonder:
        raise ValueError(f"mandaat: no row for every other instrument of {zonder}")
    return Mandaattabel(ambten, tuple(regels))


def _weiger_overlap(wat: str, regel: Mandaatregel, eerder: Iterable[Mandaatregel]) -> None:
    for ander in eerder:
        if (ander.soort, ander.instrument) != (regel.soort, regel.instrument):
            continue
        vroegst, laatst = sorted((ander, regel), key=lambda r: r.geldig_van)
        if vroegst.geldig_tot is None or vroegst.geldig_tot >= laatst.geldig_van:
            raise ValueError(f"{wat}: two rows hold on the same day")

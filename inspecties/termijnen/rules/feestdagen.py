"""Days that do not count as working days in the Algemene termijnenwet, with the article that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from inspecties.core.fouten import OngeldigeInvoer

ATW = "Algemene termijnenwet"
WEEKDAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_GOEDE_VRIJDAG = "Goede vrijdag"
# In the Act these need no mention: they are Sundays.
_ALTIJD_ZONDAG = frozenset({"Eerste paasdag", "Eerste pinksterdag"})


def schrijf_dag(dag: date) -> str:
    """``vrijdag 18 december 2026``."""
    return f"{WEEKDAGEN[dag.weekday()]} {dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


@dataclass(frozen=True, slots=True)
class Gelijkstelling:
    """A day equated with a holiday by royal decree (art. 3 lid 3): data, because it differs from year to year."""

    dag: date
    bron: str
    status: str


@dataclass(frozen=True, slots=True)
class VrijeDag:
    """Why a day is no working day. ``artikel`` is empty for an ordinary Saturday or Sunday (art. 1 names these)."""

    dag: date
    naam: str
    artikel: str = ""
    toelichting: str = ""


@cache
def feestdagen(jaar: int) -> Mapping[date, str]:
    """The holidays of art. 3 lid 1 and 2 in one year, with their Dutch names."""
    from holidays import OPTIONAL, PUBLIC, country_holidays  # noqa: PLC0415 - a quarter of a second that help need not wait

    # OPTIONAL holds 5 May outside the lustrum years; art. 3 lid 1 names it for every year.
    gevonden = country_holidays("NL", years=jaar, categories=(PUBLIC, OPTIONAL), language="nl")
    namen = {dag: [n for n in str(naam).split("; ") if n not in _ALTIJD_ZONDAG] for dag, naam in gevonden.items()}
    return {dag: " en ".join(delen) for dag, delen in sorted(namen.items()) if delen}


@dataclass(frozen=True)
class Kalender:
    """Working days in the sense of the Act. ``bekend``: the years for which a decree on equated days was looked up."""

    gelijkgesteld: Mapping[date, Gelijkstelling] = field(default_factory=dict)
    bekend: frozenset[int] = frozenset()

    def vrije_dag(self, dag: date) -> VrijeDag | None:
        """Why this day is no working day, or None when it is one."""
        feest = feestdagen(dag.year).get(dag)
        if feest is not None:
            # Good Friday lies between 20 March and 23 April, where lid 1 names only a Monday: never both.
            return VrijeDag(dag, feest, f"art. 3 lid {2 if feest == _GOEDE_VRIJDAG else 1} {ATW}")
        if dag.weekday() >= 5:
            return VrijeDag(dag, WEEKDAGEN[dag.weekday()])
        gelijk = self.gelijkgesteld.get(dag)
        if gelijk is not None:
            return VrijeDag(dag, "gelijkgestelde dag", f"art. 3 lid 3 {ATW}", f"{gelijk.bron}; {gelijk.status}")
        return None

    def is_werkdag(self, dag: date) -> bool:
        return self.vrije_dag(dag) is None

    def eerste_werkdag(self, dag: date) -> date:
        """This day, or the first working day after it."""
        while not self.is_werkdag(dag):
            dag += timedelta(days=1)
        return dag

    def vrije_dagen(self, van: date, tot_en_met: date) -> list[VrijeDag]:
        """The days in this stretch that are no working days, in order. Raises ``OngeldigeInvoer`` above a year."""
        lengte = (tot_en_met - van).days
        if lengte > 366:
            raise OngeldigeInvoer("Vraag hoogstens een jaar aan vrije dagen tegelijk.")
        dagen = (van + timedelta(days=n) for n in range(lengte + 1))
        return [vrij for dag in dagen if (vrij := self.vrije_dag(dag)) is not None]

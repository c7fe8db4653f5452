"""A duration as a decision or an act writes it (``6w``), and adding it to a day."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inspecties.core.fouten import OngeldigeInvoer

# Holidays follow from the Act as it stands: long before, it read differently; after these years nobody plans.
EERSTE_DAG = date(1990, 1, 1)
LAATSTE_DAG = date(2099, 12, 31)

_VORM = re.compile(r"([0-9]{1,5})([udwmj])")


class Eenheid(StrEnum):
    """The unit as written behind the number."""

    UREN = "u"
    DAGEN = "d"
    WEKEN = "w"
    MAANDEN = "m"
    JAREN = "j"


_NAMEN: dict[Eenheid, tuple[str, str]] = {
    Eenheid.UREN: ("uur", "uur"),
    Eenheid.DAGEN: ("dag", "dagen"),
    Eenheid.WEKEN: ("week", "weken"),
    Eenheid.MAANDEN: ("maand", "maanden"),
    Eenheid.JAREN: ("jaar", "jaar"),
}

# Algemene termijnenwet art. 4 (a): above these the Act does not apply. No number: the unit is never covered.
_GRENZEN: dict[Eenheid, int] = {Eenheid.DAGEN: 90, Eenheid.WEKEN: 12, Eenheid.MAANDEN: 3}


@dataclass(frozen=True, slots=True)
class Duur:
    """A number (at least 1) of one unit."""

    aantal: int
    eenheid: Eenheid

    def __post_init__(self) -> None:
        if self.aantal < 1:
            raise OngeldigeInvoer("De duur is minstens 1: bijvoorbeeld 1d of 6w.", veld="duur")

    @classmethod
    def lees(cls, tekst: str) -> "Duur":
        """Read ``6w``. Raises ``OngeldigeInvoer`` naming what would be right."""
        gevonden = _VORM.fullmatch(tekst.strip().lower())
        if gevonden is None:
            raise OngeldigeInvoer(
                f"De duur '{tekst}' is niet te lezen. Schrijf een heel getal met één letter erachter: "
                "u (uren), d (dagen), w (weken), m (maanden) of j (jaren). Bijvoorbeeld 6w.",
                veld="duur",
            )
        return cls(int(gevonden[1]), Eenheid(gevonden[2]))

    def __str__(self) -> str:
        return f"{self.aantal}{self.eenheid.value}"

    @property
    def in_woorden(self) -> str:
        enkel, meer = _NAMEN[self.eenheid]
        return f"{self.aantal} {enkel if self.aantal == 1 else meer}"

    @property
    def te_lang_voor_atw(self) -> str | None:
        """Why Algemene termijnenwet art. 4 (a) takes this duration out of the Act, or None when it is covered."""
        match self.eenheid:
            case Eenheid.UREN:
                return "een termijn in uren"
            case Eenheid.JAREN:
                return "een termijn van een of meer jaren"
        grens = _GRENZEN[self.eenheid]
        if self.aantal <= grens:
            return None
        return f"een termijn van meer dan {Duur(grens, self.eenheid).in_woorden}"

    @property
    def minstens_drie_dagen(self) -> bool:
        """Algemene termijnenwet art. 2 speaks of terms of three days or more."""
        return self.eenheid is not Eenheid.UREN and (self.eenheid is not Eenheid.DAGEN or self.aantal >= 3)


def binnen_bereik(dag: date, veld: str) -> date:
    """The day itself. Raises ``OngeldigeInvoer`` for days outside the years that can be computed."""
    if not EERSTE_DAG <= dag <= LAATSTE_DAG:
        raise OngeldigeInvoer(
            f"{dag.isoformat()} kan niet: er wordt gerekend van {EERSTE_DAG.year} tot en met {LAATSTE_DAG.year}.",
            veld=veld,
        )
    return dag


def _schuif_maanden(dag: date, maanden: int) -> tuple[date, bool]:
    """The day with the same number so many months on (or back), and whether that month has it; else its last day."""
    teller = dag.year * 12 + dag.month - 1 + maanden
    jaar, maand = divmod(teller, 12)
    if not EERSTE_DAG.year - 1 <= jaar <= LAATSTE_DAG.year:
        raise _te_ver()
    laatste = calendar.monthrange(jaar, maand + 1)[1]
    return date(jaar, maand + 1, min(dag.day, laatste)), dag.day <= laatste


def _te_ver() -> OngeldigeInvoer:
    return OngeldigeInvoer(
        f"De termijn is te lang: termijnen worden berekend van {EERSTE_DAG.year} tot en met {LAATSTE_DAG.year}.",
        veld="duur",
    )


def _geen_uren(duur: Duur) -> None:
    if duur.eenheid is Eenheid.UREN:
        raise OngeldigeInvoer("Uren zijn niet bij een dag op te tellen; geef dagen, weken of maanden.", veld="duur")


def tel_op(dag: date, duur: Duur, *, inclusief: bool = False) -> date:
    """The last day of a term of days, weeks, months or years.

    Normally ``dag`` is the day of the event, which does not count; ``inclusief`` lets it be the first day of the term.
    Months end on the day with the same number, or on the last day of a shorter month (HR 1 September 2017,
    ECLI:NL:HR:2017:2225). Raises ``OngeldigeInvoer`` past the last year that can be computed.
    """
    try:
        einde = _tel_op(dag, duur, inclusief)
    except OverflowError:
        raise _te_ver() from None
    if einde > LAATSTE_DAG:
        raise _te_ver()
    return einde


def _tel_op(dag: date, duur: Duur, inclusief: bool) -> date:
    een = timedelta(days=1)
    _geen_uren(duur)
    if duur.eenheid in (Eenheid.DAGEN, Eenheid.WEKEN):
        dagen = duur.aantal * (7 if duur.eenheid is Eenheid.WEKEN else 1)
        return dag + timedelta(days=dagen) - (een if inclusief else timedelta())
    einde, bestaat = _schuif_maanden(dag, duur.aantal * (12 if duur.eenheid is Eenheid.JAREN else 1))
    # 31 January included: the month is full on 28 February, not a day earlier.
    return einde - een if inclusief and bestaat else einde


def tel_terug(dag: date, duur: Duur) -> date:
    """The last day on which something can happen that must come at least this long before ``dag``."""
    _geen_uren(duur)
    try:
        if duur.eenheid in (Eenheid.DAGEN, Eenheid.WEKEN):
            terug = dag - timedelta(days=duur.aantal * (7 if duur.eenheid is Eenheid.WEKEN else 1))
        else:
            terug = _schuif_maanden(dag, -duur.aantal * (12 if duur.eenheid is Eenheid.JAREN else 1))[0]
    except OverflowError:
        raise _te_ver() from None
    if terug < EERSTE_DAG:
        raise _te_ver()
    return terug

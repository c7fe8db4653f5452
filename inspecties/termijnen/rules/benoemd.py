"""Named terms: what an article gives, as a dated row with its source. Rows come from ``config/termijnen.toml``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.termijnen.rules.berekenen import bereken_opdracht, verdaag
from inspecties.termijnen.rules.duur import Duur
from inspecties.termijnen.rules.feestdagen import Gelijkstelling, Kalender
from inspecties.termijnen.rules.termijn import Opdracht, Opschorting, Soort, Termijn, Verdaging, dag_van


class Status(StrEnum):
    """Whether a jurist can rely on a row, or must look it up first; shown beside every use."""

    BEVESTIGD = "bevestigd"
    TE_BEVESTIGEN = "te bevestigen"


class Van(StrEnum):
    """Whom a term binds: after ours we are late, after that of another it is over and we look at what came."""

    GEMEENTE = "gemeente"
    PARTIJ = "partij"


@dataclass(frozen=True, slots=True)
class Termijnregel:
    """One row. Without ``duur`` the article sets no length: the decision does, ``voorstel`` is our default then."""

    code: str
    naam: str
    artikel: str
    begint: str
    soort: Soort
    status: Status
    bron: str
    duur: Duur | None = None
    voorstel: Duur | None = None
    terug: bool = False
    inclusief: bool = False
    """The day of the event is the first day of the term itself (HR 1 September 2017, ECLI:NL:HR:2017:2225)."""
    naar_werkdag: bool = True
    atw_uitgesloten: str = ""
    verdagen_hoogstens: Duur | None = None
    verdagen_artikel: str = ""
    opschorten_artikel: str = ""
    toelichting: str = ""
    waarschuw: tuple[int, ...] = ()
    """Days before the end at which the owner is warned; empty: as for every term."""
    van: Van = Van.GEMEENTE
    geldig_van: date = date.min
    geldig_tot: date = date.max
    """The last day on which the row holds."""

    @classmethod
    def uit(cls, rij: Mapping[str, Any]) -> "Termijnregel":
        """A row of the TOML file. Raises ``OngeldigeInvoer`` naming the row and the key that is wrong."""
        code = str(rij.get("code", "?"))
        try:
            velden = dict(rij)
            for naam in ("duur", "voorstel", "verdagen_hoogstens"):
                if naam in velden:
                    velden[naam] = Duur.lees(velden[naam])
            velden["soort"] = Soort(velden["soort"])
            velden["status"] = Status(velden["status"])
            velden["van"] = Van(velden.get("van", Van.GEMEENTE))
            velden["waarschuw"] = lees_momenten(velden.get("waarschuw", ()))
            regel = cls(**velden)
        except (KeyError, TypeError, ValueError) as fout:
            raise OngeldigeInvoer(f"Termijn '{code}' in config/termijnen.toml klopt niet: {fout}.") from fout
        if regel.geldig_tot < regel.geldig_van:
            raise OngeldigeInvoer(f"Termijn '{code}' in config/termijnen.toml: geldig_tot ligt voor geldig_van.")
        return regel

    def als_rij(self) -> dict[str, Any]:
        """The row as it stands in the file, to keep beside a term that runs by it; ``uit`` reads it back."""
        uit: dict[str, Any] = {}
        for veld in fields(self):
            waarde = getattr(self, veld.name)
            if waarde == veld.default or veld.name in {"geldig_van", "geldig_tot"}:
                continue
            if isinstance(waarde, tuple):
                uit[veld.name] = list(waarde)
            else:
                uit[veld.name] = waarde if isinstance(waarde, bool) else str(waarde)
        return uit

    def geldt_op(self, dag: date) -> bool:
        return self.geldig_van <= dag <= self.geldig_tot

    def bereken(self, start: date | datetime, *, kalender: Kalender, duur: Duur | None = None) -> Termijn:
        """The term of this row from this event. ``duur`` is needed (only) where the article sets no length."""
        if duur is not None and self.duur is not None:
            raise OngeldigeInvoer(f"{self.naam}: de lengte staat in de wet ({self.duur.in_woorden}).", veld="duur")
        lengte = self.duur or duur or self.voorstel
        if lengte is None:
            raise OngeldigeInvoer(
                f"{self.naam}: de wet ({self.artikel}) noemt geen lengte. Geef de duur uit het besluit op.", veld="duur"
            )
        return bereken_opdracht(
            Opdracht(
                start,
                lengte,
                self.soort,
                terug=self.terug,
                inclusief=self.inclusief,
                atw_uitgesloten=self.atw_uitgesloten,
                naar_werkdag=self.naar_werkdag,
            ),
            kalender=kalender,
        )

    def verdaag(self, termijn: Termijn, duur: Duur, op: date, grond: str, *, kalender: Kalender) -> Termijn:
        """Extend by this row's article, no further than it allows."""
        if self.verdagen_hoogstens is None:
            raise OngeldigeInvoer(f"{self.naam}: deze termijn is niet te verdagen.", veld="duur")
        daad = Verdaging(duur, op, self.verdagen_artikel, grond)
        return verdaag(termijn, daad, kalender=kalender, hoogstens=self.verdagen_hoogstens)


@dataclass(frozen=True)
class Termijntabel:
    """All rows. One code may have several, each for its own time."""

    regels: tuple[Termijnregel, ...]

    @classmethod
    def uit(cls, rijen: Iterable[Mapping[str, Any]]) -> "Termijntabel":
        """Raises ``OngeldigeInvoer`` when two rows of one code hold on the same day."""
        regels = tuple(Termijnregel.uit(rij) for rij in rijen)
        vorige: dict[str, Termijnregel] = {}
        for regel in sorted(regels, key=lambda r: (r.code, r.geldig_van)):
            if regel.code in vorige and vorige[regel.code].geldig_tot >= regel.geldig_van:
                raise OngeldigeInvoer(f"Termijn '{regel.code}' staat twee keer in config/termijnen.toml.")
            vorige[regel.code] = regel
        return cls(regels)

    def op(self, code: str, dag: date) -> Termijnregel:
        """The row of this code that held on that day (of the event). Raises ``OngeldigeInvoer``."""
        for regel in self.regels:
            if regel.code == code and regel.geldt_op(dag):
                return regel
        bekend = ", ".join(sorted({r.code for r in self.regels if r.geldt_op(dag)}))
        raise OngeldigeInvoer(
            f"De termijn '{code}' is op {dag.isoformat()} niet bekend. Kies uit: {bekend}.", veld="naam"
        )


def lees_momenten(dagen: Iterable[Any]) -> tuple[int, ...]:
    """Days before the end of a term, most first. Raises ValueError where one is no number of days from 0 to 366."""
    uit = tuple(dagen)
    if any(not isinstance(d, int) or isinstance(d, bool) or not 0 <= d <= 366 for d in uit):
        raise ValueError("waarschuw holds whole days from 0 to 366")
    return tuple(sorted(set(uit), reverse=True))


def lees_kalender(rijen: Iterable[Mapping[str, Any]], bekende_jaren: Iterable[int]) -> Kalender:
    """The calendar with the equated days of the TOML file."""
    dagen: dict[date, Gelijkstelling] = {}
    for rij in rijen:
        try:
            gelijk = Gelijkstelling(rij["dag"], rij["bron"], Status(rij["status"]).value)
        except (KeyError, ValueError) as fout:
            raise OngeldigeInvoer(f"Een gelijkgestelde dag in config/termijnen.toml klopt niet: {fout}.") from fout
        dagen[gelijk.dag] = gelijk
    return Kalender(dagen, frozenset(bekende_jaren))


def bibob_opschorting(aangevraagd: date, ontvangen: date | None, advies: Termijn, grond: str) -> Opschorting:
    """How long asking the LBB for advice stops the decision term (Wet Bibob art. 31).

    From the day of asking through the day of receipt, but not longer than the advice term itself with its pauses and
    its one extension (art. 15): ``advies`` is that term as it stands now. What the Algemene termijnenwet adds to the
    advice term is left out of the cap: the decision is then due earlier, never too late.
    """
    if ontvangen is not None and ontvangen < aangevraagd:
        raise OngeldigeInvoer("Het advies kan niet zijn ontvangen voordat het is aangevraagd.", veld="ontvangen")
    grens = dag_van(advies.einde_onverlengd)
    klaar = None if ontvangen is None else min(ontvangen + timedelta(days=1), grens)
    # While nothing has come the cap alone ends it, so an overdue advice never keeps the term open.
    return Opschorting(aangevraagd, klaar or grens, "art. 31 Wet Bibob", grond)

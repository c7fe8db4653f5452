"""When the claim for a dwangsom lapses (Awb art. 5:35 and 5:37a, both as in force since 1 April 2021).

Source: PG Awb digitaal, art. 5:35 and 5:37a (Stb. 2020, 500). A new term after stuiting: art. 4:110, to be confirmed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from inspecties.termijnen.rules.benoemd import Termijnregel
from inspecties.termijnen.rules.feestdagen import Kalender, schrijf_dag

# Of claims that lapsed before this day, no procedure prolonged the term.
VERLENGING_SINDS = date(2021, 4, 1)
STUITING: dict[str, str] = {
    "invorderingsbeschikking": "art. 5:37a lid 1 Awb",
    "aanmaning": "art. 4:106 Awb",
    "dwangbevel": "art. 4:106 Awb",
    "erkenning": "art. 4:105 Awb",
}


@dataclass(frozen=True)
class Procedure:
    """Bezwaar, beroep or hoger beroep against the last: from the day it was open to the day it was final."""

    van: date
    tot: date | None


@dataclass(frozen=True)
class Stuiting:
    """An act that breaks off the term, on its day."""

    soort: str
    op: date


@dataclass(frozen=True)
class Verjaring:
    """``einde``: the last day on which the claim stands, None while a procedure keeps it open. ``regels``: why."""

    einde: date | None
    regels: tuple[tuple[str, str], ...]
    te_laat: tuple[Stuiting, ...] = ()

    def is_verjaard(self, vandaag: date) -> bool:
        return self.einde is not None and vandaag > self.einde


def verjaring(
    verbeurd_op: date,
    procedures: Iterable[Procedure],
    stuitingen: Iterable[Stuiting],
    regel: Termijnregel,
    kalender: Kalender,
) -> Verjaring:
    """The term of one dwangsom. ``regel``: the row ``verjaring_dwangsom`` that held on the day."""
    reeks = _aaneen(procedures)
    einde: date | None = regel.bereken(verbeurd_op, kalender=kalender).einddag
    assert einde is not None  # the row sets a length
    regels = [
        ("art. 5:35 lid 1 Awb", f"Een jaar na {schrijf_dag(verbeurd_op)}: tot en met {schrijf_dag(einde)}."),
    ]
    einde = _verleng(einde, reeks, regels)
    te_laat: list[Stuiting] = []
    for stuiting in sorted(stuitingen, key=lambda s: s.op):
        if einde is not None and stuiting.op > einde:
            te_laat.append(stuiting)
            continue
        nieuw = regel.bereken(stuiting.op, kalender=kalender).einddag
        wat = f"{stuiting.soort.capitalize()} op {schrijf_dag(stuiting.op)}"
        if einde is None or nieuw <= einde:
            # A new term never makes the claim lapse before it would have lapsed without it.
            regels.append((STUITING[stuiting.soort], f"{wat}: stuit, maar de lopende termijn eindigt later."))
            continue
        regels.append((STUITING[stuiting.soort], f"{wat}: een nieuw jaar, tot en met {schrijf_dag(nieuw)}."))
        einde = _verleng(nieuw, reeks, regels)
    return Verjaring(einde, tuple(regels), tuple(te_laat))


def _aaneen(procedures: Iterable[Procedure]) -> list[Procedure]:
    """Procedures that follow upon each other as one: between bezwaar and beroep the way to the judge is open."""
    uit: list[Procedure] = []
    for p in sorted(procedures, key=lambda p: p.van):
        vorige = uit[-1] if uit else None
        if vorige is not None and (vorige.tot is None or p.van <= vorige.tot + timedelta(days=1)):
            tot = None if vorige.tot is None or p.tot is None else max(vorige.tot, p.tot)
            uit[-1] = Procedure(vorige.van, tot)
        else:
            uit.append(p)
    return uit


def _verleng(einde: date, procedures: Iterable[Procedure], regels: list[tuple[str, str]]) -> date | None:
    """The end after art. 5:35 lid 2: what counts is whether a procedure is open on the day itself."""
    for p in procedures:
        if einde < VERLENGING_SINDS or not p.van <= einde or (p.tot is not None and p.tot < einde):
            continue
        if p.tot is None:
            zin = (
                f"Op {schrijf_dag(einde)} loopt nog een procedure tegen de last: verlengd tot daarop onherroepelijk is "
                "beslist."
            )
        else:
            zin = f"Op {schrijf_dag(einde)} liep een procedure tegen de last: verlengd tot en met {schrijf_dag(p.tot)}."
        regels.append(("art. 5:35 lid 2 Awb", zin))
        return p.tot
    return einde


def jaar_eerder(einde: date) -> date:
    """The day a year before: a term of one year from there ends on ``einde``, or a day before 29 February."""
    try:
        return einde.replace(year=einde.year - 1)
    except ValueError:
        return date(einde.year - 1, 2, 28)

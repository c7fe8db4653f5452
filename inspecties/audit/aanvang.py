"""From which day a term runs, for kinds that read it from their own columns."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from inspecties.audit.bewaartermijnen import bewaartermijnen, geldend
from inspecties.audit.geheel import Ids, Zoeker, alleen
from inspecties.audit.rules_bewaren import Aanvang, plus_maanden
from inspecties.core.actor import Actor
from inspecties.core.klok import TIJDZONE, lokale_datum


def maanden_op(vandaag: date) -> dict[str, int]:
    """The length of every term that holds that day, in months."""
    return {code: termijn.maanden for code, termijn in geldend(bewaartermijnen(), vandaag).items()}


def als_dag(waarde: date | datetime) -> date:
    """The Dutch calendar day."""
    return lokale_datum(waarde) if isinstance(waarde, datetime) else waarde


def einde_van(dag: date) -> datetime:
    """The last moment that can count as this day anywhere in the table."""
    return datetime.combine(dag + timedelta(days=1), time.max, TIJDZONE)


def vanaf(
    tabel: Table,
    termijn: str,
    moment: ColumnElement[Any],
    *waar: ColumnElement[bool],
    bezit: Callable[[int], ColumnElement[bool]] | None = None,
    is_dag: bool = False,
) -> Zoeker:
    """Rows whose term runs from this column (or expression); where it is empty, no term runs.

    ``bezit`` says whose rows they are where they have no gemeente of their own; ``is_dag``: it holds a date.
    """

    def zoek(sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]:
        eigen = bezit(actor.gemeente_id) if bezit else tabel.c.gemeente_id == actor.gemeente_id
        # A day too many is sorted out by the rules; a day too few would never be seen.
        dag = plus_maanden(tot, -maanden_op(tot)[termijn]) + timedelta(days=3)
        grens: date | datetime = dag if is_dag else einde_van(dag)
        rijen = sessie.execute(
            select(tabel.c.id, tabel.c.uid, moment).where(
                eigen, moment.is_not(None), moment <= grens, alleen(tabel.c.id, ids), *waar
            )
        ).all()
        return [Aanvang(rij[0], rij[1], als_dag(rij[2]), termijn) for rij in rijen]

    return zoek


def binnen(zoek: Callable[[Session, Actor, date], list[Aanvang]]) -> Zoeker:
    """For a kind with few rows that is computed as a whole: the rows that were asked for."""

    def gevraagd(sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]:
        return [a for a in zoek(sessie, actor, tot) if ids is None or a.id in ids]

    return gevraagd

"""Counts for the overview, always of the whole gemeente.

They are made in the name of the system, because a count must not depend on who asks. Bibob dossiers are left out for
everybody: only the people named in one may know that it exists (Wet Bibob art. 28).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.controles.models import Bevinding, Bezoek
from inspecties.core.actor import Actor, systeem
from inspecties.core.klok import TIJDZONE
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.queries import open_bevindingen
from inspecties.dossiers.rules.gevolgen import gevolgen
from inspecties.dossiers.rules.toestanden import DOSSIER_TABEL_1
from inspecties.rapportages.models import Norm
from inspecties.rapportages.rules import Normregel, per_maand, tel_normen


@dataclass(frozen=True)
class Overzicht:
    """The figures of one year; ``open_voorstellen`` and ``dossiers`` are as they stand now."""

    jaar: int
    normen: list[Normregel]
    bezoeken: list[int]
    acties: list[int]
    bevindingen: list[tuple[str, int, int]]
    open_voorstellen: int
    dossiers: list[tuple[str, int]]


def _grenzen(jaar: int) -> tuple[datetime, datetime]:
    begin, eind = (datetime(j, 1, 1, tzinfo=TIJDZONE).astimezone(UTC) for j in (jaar, jaar + 1))
    return begin, eind


def jaren(sessie: Session, actor: Actor, vandaag: date) -> list[int]:
    """The years that have something to tell, latest first; always the present one."""
    alles = systeem(actor.gemeente_id)
    eerste, laatste = sessie.execute(
        select_voor(alles, Actie).with_only_columns(func.min(Actie.begin_op), func.max(Actie.begin_op))
    ).one()
    van = min(vandaag.year, eerste.astimezone(TIJDZONE).year if eerste else vandaag.year)
    tot = max(vandaag.year, laatste.astimezone(TIJDZONE).year if laatste else vandaag.year)
    return list(range(tot, van - 1, -1))


def overzicht(sessie: Session, actor: Actor, jaar: int) -> Overzicht:
    """All figures of a year."""
    alles = systeem(actor.gemeente_id)
    begin, eind = _grenzen(jaar)
    acties = sessie.execute(
        select_voor(alles, Actie)
        .where(Actie.begin_op >= begin, Actie.begin_op < eind)
        .with_only_columns(Actie.soort, Actie.toestand, Actie.begin_op)
    ).all()
    normen = sessie.execute(
        select_voor(alles, Norm).where(Norm.jaar == jaar).with_only_columns(Norm.soort, Norm.aantal)
    )
    bezoeken = sessie.scalars(
        select_voor(alles, Bezoek)
        .where(Bezoek.begin_op >= begin, Bezoek.begin_op < eind)
        .with_only_columns(Bezoek.begin_op)
    )
    return Overzicht(
        jaar=jaar,
        normen=tel_normen(((a.soort, a.toestand) for a in acties), {n.soort: n.aantal for n in normen}),
        bezoeken=per_maand(moment for moment in bezoeken if moment is not None),
        acties=per_maand(a.begin_op for a in acties if a.toestand == "afgerond"),
        bevindingen=_bevindingen(sessie, alles, begin, eind),
        open_voorstellen=sessie.scalar(
            open_bevindingen(alles).order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
        )
        or 0,
        dossiers=_dossiers(sessie, alles),
    )


def _bevindingen(sessie: Session, alles: Actor, begin: datetime, eind: datetime) -> list[tuple[str, int, int]]:
    """(name, findings, visits) of what the answers of this year's visits led to, most first."""
    rijen = sessie.execute(
        select_voor(alles, Bevinding)
        .join(Bevinding.bezoek)
        .where(
            Bevinding.vervallen_op.is_(None),
            Bevinding.zonder_signalen(),
            Bezoek.begin_op >= begin,
            Bezoek.begin_op < eind,
        )
        .with_only_columns(Bevinding.gevolg, func.count(), func.count(Bevinding.bezoek_id.distinct()))
        .group_by(Bevinding.gevolg)
    )
    namen = gevolgen()
    uit = [(namen[code].naam if code in namen else code.replace("_", " "), n, b) for code, n, b in rijen]
    return sorted(uit, key=lambda rij: (-rij[1], rij[0]))


def _dossiers(sessie: Session, alles: Actor) -> list[tuple[str, int]]:
    rijen = sessie.execute(
        select_voor(alles, Dossier)
        .where(Dossier.soort != "bibob")
        .with_only_columns(Dossier.toestand, func.count())
        .group_by(Dossier.toestand)
    )
    aantallen = {rij[0]: rij[1] for rij in rijen}
    return [(naam, aantallen.get(code, 0)) for code, naam in DOSSIER_TABEL_1.namen.items()]

"""Nothing is destroyed because a clock is wrong: the machine's time is held against the log before terms are computed.

The last line of the log proves nothing: whoever writes it reads the same clock, and the backup does so every night just
before. So the log is followed from the last run of which the clock was right: a line far after that one is no step that
time took. What does not follow on it is looked at by a person first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.models import Auditregel
from inspecties.core.fouten import Conflict
from inspecties.core.klok import lokaal

# What a run that succeeded leaves in the log of every gemeente.
GEDRAAID = "bewaartermijnen_gedraaid"
# An installation in use writes every day; after a long quiet time somebody confirms that the clock is right.
STIL = timedelta(days=60)
# Two machines never agree to the second.
SPELING = timedelta(minutes=5)
_VORM = "%d-%m-%Y %H:%M"
_VERDER = "Er is niets vernietigd. Zet de klok goed. Klopt de klok wel, draai dan opnieuw met --klok-klopt."


@dataclass(frozen=True)
class Run:
    """The last time that terms were carried out: its line in the log."""

    id: int
    moment: datetime


def is_leeg(sessie: Session) -> bool:
    """Whether nobody ever did anything here."""
    return sessie.scalar(select(Auditregel.id).limit(1)) is None


def laatste_run(sessie: Session) -> Run | None:
    """By the order of the log, of whatever gemeente: they share the clock."""
    rij = sessie.execute(
        select(Auditregel.id, Auditregel.moment)
        .where(Auditregel.handeling == GEDRAAID)
        .order_by(Auditregel.id.desc())
        .limit(1)
    ).one_or_none()
    return Run(rij[0], rij[1]) if rij is not None else None


def volg(begin: datetime, momenten: Iterable[datetime]) -> datetime:
    """Where time is after these lines, in the order of the log.

    Only a step that time can have taken counts. A clock that jumped and was put right holds nothing up; lines of one
    that is still wrong move nothing, however many there are.
    """
    uit = begin
    for moment in momenten:
        if uit - STIL <= moment <= uit + STIL:
            uit = moment
    return uit


def laatste_moment(sessie: Session, run: Run) -> datetime:
    """Where time is by the log of all gemeenten since that run."""
    regels = select(Auditregel.moment).where(Auditregel.id > run.id).order_by(Auditregel.id)
    return volg(run.moment, sessie.scalars(regels.execution_options(yield_per=5000)))


def keur_klok(laatste: datetime, nu: datetime) -> None:
    """Raises Conflict where this clock can not be trusted with destroying; the message says how to go on."""
    if nu < laatste - SPELING:
        raise Conflict(
            f"De klok van de server staat op {lokaal(nu):{_VORM}}, maar de laatste regel van het auditlogboek is van "
            f"{lokaal(laatste):{_VORM}}. {_VERDER}"
        )
    if nu > laatste + STIL:
        raise Conflict(
            f"De klok van de server staat op {lokaal(nu):{_VORM}}, {(nu - laatste).days} dagen na de laatste regel van "
            f"het auditlogboek waarvan de tijd vaststaat. {_VERDER}"
        )


def keur(sessie: Session, nu: datetime) -> None:
    """Raises Conflict where the log does not show that this clock is right. The session reaches all gemeenten."""
    if is_leeg(sessie):
        return
    run = laatste_run(sessie)
    if run is None:
        raise Conflict(
            f"De bewaartermijnen lopen hier voor de eerste keer. De klok van de server staat op {lokaal(nu):{_VORM}}. "
            "Er is niets vernietigd. Kijk na of dat klopt, en draai dan een keer met --klok-klopt."
        )
    if nu > run.moment + STIL:
        raise Conflict(
            f"De bewaartermijnen liepen voor het laatst op {lokaal(run.moment):{_VORM}}. Dat is "
            f"{(nu - run.moment).days} dagen voor wat de klok van de server zegt ({lokaal(nu):{_VORM}}). {_VERDER}"
        )
    keur_klok(laatste_moment(sessie, run), nu)

"""Kinds of location, kept by the beheerder: adding, changing, taking out of use."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database.bereik import select_voor
from inspecties.locaties.models import Locatietype, Risicolocatie
from inspecties.locaties.rules.typen import TypeGegevens, code_van, keur_type

# Where the wiring puts what tells the published checklists; checklists are a later feature.
CHECKLISTS = "locatietype_checklists"
# (session, actor, now) -> [(code, title)]
Checklistkiezer = Callable[[Session, Actor, datetime], Sequence[tuple[str, str]]]


def alle_typen(sessie: Session, actor: Actor) -> Sequence[Locatietype]:
    """Every kind of the gemeente, also those out of use, in order."""
    return sessie.scalars(select_voor(actor, Locatietype).order_by(Locatietype.volgorde, Locatietype.naam)).all()


def aantallen(sessie: Session, actor: Actor) -> dict[int, int]:
    """How many locations there are of each kind, by id."""
    rijen = sessie.execute(
        select(Risicolocatie.locatietype_id, func.count())
        .where(Risicolocatie.gemeente_id == actor.gemeente_id)
        .group_by(Risicolocatie.locatietype_id)
    )
    return {type_id: aantal for type_id, aantal in rijen}  # noqa: C416 - dict() does not know the type of a row


def _keur(
    sessie: Session, actor: Actor, gegevens: TypeGegevens, checklists: Sequence[str], zelf: Locatietype | None
) -> list[Locatietype]:
    anderen = [t for t in alle_typen(sessie, actor) if t is not zelf]
    fouten = keur_type(gegevens, [t.naam for t in anderen], checklists)
    for veld, melding in fouten.items():
        raise OngeldigeInvoer(melding, veld)
    return anderen


def _waarden(gegevens: TypeGegevens) -> dict[str, Any]:
    return {
        "naam": " ".join(gegevens.naam.split()),
        "checklist_code": gegevens.checklist_code,
        "interval_dagen": gegevens.interval_dagen,
        "volgorde": gegevens.volgorde,
        "instrumenten": sorted(set(gegevens.instrumenten)),
    }


def voeg_type_toe(
    sessie: Session, actor: Actor, nu: datetime, gegevens: TypeGegevens, checklists: Sequence[str]
) -> Locatietype:
    """A new kind; its code is made from its name and stays. Raises OngeldigeInvoer naming the field, or Conflict."""
    anderen = _keur(sessie, actor, gegevens, checklists, None)
    soort = Locatietype(
        gemeente_id=actor.gemeente_id,
        code=code_van(gegevens.naam, {t.code for t in anderen}),
        uit_gebruik_op=nu if gegevens.uit_gebruik else None,
        **_waarden(gegevens),
    )
    sessie.add(soort)
    try:
        sessie.flush()
    except IntegrityError as fout:
        raise Conflict("Een collega voegde net een type met deze naam toe.", "naam") from fout
    leg_vast(sessie, actor, nu, "locatietype_toegevoegd", "locatietype", soort.uid, gegevens={"code": soort.code})
    return soort


def stand_van(soort: Locatietype) -> str:
    """What a form saw of a kind, to notice that a colleague changed it in between."""
    delen = (soort.naam, soort.checklist_code, soort.interval_dagen, soort.volgorde, sorted(soort.instrumenten))
    return f"{delen}|{soort.uit_gebruik_op}"


def wijzig_type(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    soort: Locatietype,
    gezien: str,
    gegevens: TypeGegevens,
    checklists: Sequence[str],
) -> list[str]:
    """Change a kind; gives the columns that changed. Its code stays. The checklist that it has may stay.

    ``gezien``: ``stand_van`` as the user saw it. Raises OngeldigeInvoer naming the field, Conflict where a colleague
    was first.
    """
    sessie.refresh(soort, with_for_update={"key_share": True, "of": Locatietype})
    if stand_van(soort) != gezien:
        raise Conflict("Een collega wijzigde dit type net. Kijk wat er veranderd is en probeer het opnieuw.")
    _keur(sessie, actor, gegevens, [*checklists, soort.checklist_code], soort)
    nieuw = _waarden(gegevens)
    anders = {k: [getattr(soort, k), w] for k, w in nieuw.items() if getattr(soort, k) != w}
    if "instrumenten" in anders and sorted(soort.instrumenten) == nieuw["instrumenten"]:
        del anders["instrumenten"]
    for kolom in anders:
        setattr(soort, kolom, nieuw[kolom])
    if gegevens.uit_gebruik != (soort.uit_gebruik_op is not None):
        anders["uit_gebruik"] = [not gegevens.uit_gebruik, gegevens.uit_gebruik]
        soort.uit_gebruik_op = nu if gegevens.uit_gebruik else None
    if anders:
        sessie.flush()
        gegevens_audit = {"code": soort.code, "anders": anders}
        leg_vast(sessie, actor, nu, "locatietype_gewijzigd", "locatietype", soort.uid, gegevens=gegevens_audit)
    return sorted(anders)


def verwijder_type(sessie: Session, actor: Actor, nu: datetime, soort: Locatietype) -> None:
    """Remove a kind that no location has. Raises Conflict where one has it: take it out of use instead."""
    aantal = aantallen(sessie, actor).get(soort.id, 0)
    melding = "Dit type is in gebruik bij {} en kan niet weg. Zet het op 'niet meer in gebruik'."
    if aantal:
        raise Conflict(melding.format("1 locatie" if aantal == 1 else f"{aantal} locaties"))
    uid, code = soort.uid, soort.code
    sessie.delete(soort)
    try:
        sessie.flush()
    except IntegrityError as fout:
        raise Conflict(melding.format("een locatie")) from fout
    leg_vast(sessie, actor, nu, "locatietype_verwijderd", "locatietype", uid, gegevens={"code": code})

"""Reading checklists and choosing the version that counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session, defer, joinedload, selectinload

from inspecties.checklists.models import Checklist, Checklistversie
from inspecties.checklists.rules.geldigheid import kies_versie
from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.locaties.models import Locatietype


@dataclass(frozen=True)
class Uitgegeven:
    """A published version, without its content: enough to choose by (``rules.geldigheid``)."""

    id: int
    code: str
    titel: str
    status: str
    geldig_vanaf: date | None
    locatietypen: list[str]


def alle_checklists(sessie: Session, actor: Actor) -> Sequence[Checklist]:
    """The checklists of the gemeente by title, with their versions (newest first) but not what those ask."""
    return sessie.scalars(
        select_voor(actor, Checklist)
        .order_by(Checklist.titel, Checklist.id)
        .options(
            selectinload(Checklist.versies).options(defer(Checklistversie.definitie), defer(Checklistversie.bron_csv))
        )
    ).all()


def versies_van(sessie: Session, actor: Actor, checklist: Checklist) -> Sequence[Checklistversie]:
    """The versions of a checklist, newest first, with who did what but not what they ask."""
    return sessie.scalars(
        select_voor(actor, Checklistversie)
        .where(Checklistversie.checklist_id == checklist.id)
        .order_by(Checklistversie.id.desc())
        .options(
            defer(Checklistversie.definitie),
            defer(Checklistversie.bron_csv),
            joinedload(Checklistversie.aangemaakt_door),
            joinedload(Checklistversie.gepubliceerd_door),
            joinedload(Checklistversie.ingetrokken_door),
        )
    ).all()


def locatietypen(sessie: Session, actor: Actor) -> Sequence[Locatietype]:
    """The kinds of place of the gemeente, in order."""
    return sessie.scalars(select_voor(actor, Locatietype).order_by(Locatietype.volgorde, Locatietype.naam)).all()


def geldig_op(
    versies: Iterable[Checklistversie], datum: date, locatietype: str | None = None
) -> Checklistversie | None:
    """The version of one checklist that counts on a day for a kind of place (None: for a kind that none names)."""
    return kies_versie(versies, datum, locatietype)


def uitgegeven_op(sessie: Session, actor: Actor, datum: date) -> dict[str, list[Uitgegeven]]:
    """Checklist code -> its versions that are published and have begun on ``datum``, by title."""
    rijen = sessie.execute(
        select_voor(actor, Checklist)
        .join(Checklistversie, Checklistversie.checklist_id == Checklist.id)
        .where(Checklistversie.status == "gepubliceerd", Checklistversie.geldig_vanaf <= datum)
        .with_only_columns(
            Checklistversie.id,
            Checklist.code,
            Checklist.titel,
            Checklistversie.status,
            Checklistversie.geldig_vanaf,
            Checklistversie.locatietypen,
        )
        .order_by(Checklist.titel, Checklistversie.id)
    )
    uit: dict[str, list[Uitgegeven]] = {}
    for rij in rijen:
        uit.setdefault(rij.code, []).append(Uitgegeven(*rij))
    return uit


def geldige_versies(
    sessie: Session, actor: Actor, codes: Sequence[str], datum: date, locatietype: str | None
) -> list[Checklistversie]:
    """Per code the version that counts on ``datum`` for a kind of place; a code without one is left out."""
    per_code = uitgegeven_op(sessie, actor, datum)
    gekozen = [kies_versie(per_code.get(code, ()), datum, locatietype) for code in codes]
    ids = [versie.id for versie in gekozen if versie is not None]
    rijen = sessie.scalars(
        select_voor(actor, Checklistversie)
        .where(Checklistversie.id.in_(ids))
        .options(joinedload(Checklistversie.checklist))
    )
    per_id = {versie.id: versie for versie in rijen}
    return [per_id[id_] for id_ in ids]


def namen_van_typen(sessie: Session, actor: Actor) -> dict[str, str]:
    """Code -> name of every kind of place."""
    return {t.code: t.naam for t in locatietypen(sessie, actor)}


def bestaat_hash(sessie: Session, actor: Actor, hash_: str) -> Checklistversie | None:
    """The version with exactly this content, where the gemeente has it."""
    return sessie.scalars(select_voor(actor, Checklistversie).where(Checklistversie.hash == hash_)).one_or_none()

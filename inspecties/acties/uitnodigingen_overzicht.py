"""Reading invitations: what the planner has to do about them, per action and in all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspecties.acties.models import DEELNAMESTATUS, Actie, Deelname
from inspecties.acties.models_uitnodiging import Tegenvoorstel, Uitnodiging
from inspecties.acties.rules.uitnodiging import ANTWOORDEN, OPEN_TOESTANDEN, WEGEN, dienst_in_woorden, is_laat
from inspecties.acties.uitnodigingen import uitnodigingen_van
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.partners.models import Organisatie
from inspecties.partners.models_partners import Contactpersoon
from inspecties.post.models import IngekomenMail

MAILS_HOOGSTENS = 50
_LOPEND = (*sorted(OPEN_TOESTANDEN), "in_uitvoering")


@dataclass(frozen=True)
class Deelnemer:
    """A partner of one action as the planner sees it: its status, and what each of its people answered."""

    organisatie: Organisatie
    status: str
    mensen: tuple[Uitnodiging, ...]
    laat: bool
    zonder_contact: bool


def open_voorstellen(
    sessie: Session, actor: Actor, nu: datetime, actie: Actie | None = None
) -> Sequence[Tegenvoorstel]:
    """Proposals of another time that wait for the planner, of actions that are still to come."""
    opdracht = (
        select_voor(actor, Tegenvoorstel)
        .join(Tegenvoorstel.uitnodiging)
        .join(Uitnodiging.actie)
        .where(Tegenvoorstel.status == "open", Actie.toestand.in_(OPEN_TOESTANDEN), Actie.begin_op > nu)
        .order_by(Actie.begin_op, Tegenvoorstel.id)
        .options(
            joinedload(Tegenvoorstel.uitnodiging).joinedload(Uitnodiging.actie),
            joinedload(Tegenvoorstel.uitnodiging).joinedload(Uitnodiging.organisatie),
        )
    )
    if actie is not None:
        opdracht = opdracht.where(Uitnodiging.actie_id == actie.id)
    return sessie.scalars(opdracht).all()


def _lopende_uitnodigingen(sessie: Session, actor: Actor, nu: datetime, status: str) -> list[Uitnodiging]:
    """Invitations in force of organisations with this status, of actions that are not over."""
    return list(
        sessie.scalars(
            select_voor(actor, Uitnodiging)
            .join(Uitnodiging.actie)
            .join(
                Deelname,
                (Deelname.actie_id == Uitnodiging.actie_id) & (Deelname.organisatie_id == Uitnodiging.organisatie_id),
            )
            .where(
                Uitnodiging.ingetrokken_op.is_(None),
                Deelname.status == status,
                Actie.toestand.in_(_LOPEND),
                Actie.eind_op > nu,
            )
            .order_by(Actie.begin_op, Uitnodiging.id)
            .options(joinedload(Uitnodiging.actie), joinedload(Uitnodiging.organisatie))
        )
    )


def zonder_antwoord(sessie: Session, actor: Actor, nu: datetime) -> list[Uitnodiging]:
    """Who was asked and has not said yes, no, or when."""
    return [
        u
        for u in _lopende_uitnodigingen(sessie, actor, nu, "uitgenodigd")
        if u.antwoord in {None, "misschien"} and u.actie.begin_op > nu
    ]


def late_afzeggingen(sessie: Session, actor: Actor, nu: datetime) -> list[Uitnodiging]:
    """Organisations that said no within a day before the shift, and are still in the plan; one line each."""
    per = {
        (u.actie_id, u.organisatie_id): u
        for u in _lopende_uitnodigingen(sessie, actor, nu, "afgezegd")
        if u.antwoord == "afgezegd" and u.antwoord_op is not None and is_laat(u.antwoord_op, u.actie.begin_op)
    }
    return list(per.values())


def niet_herkend(sessie: Session, actor: Actor) -> Sequence[IngekomenMail]:
    """Mail that came in and that nobody has looked at, newest first."""
    return sessie.scalars(
        select_voor(actor, IngekomenMail)
        .where(IngekomenMail.gezien_op.is_(None))
        .order_by(IngekomenMail.ontvangen_op.desc(), IngekomenMail.id.desc())
        .limit(MAILS_HOOGSTENS)
    ).all()


def deelnemers(sessie: Session, actor: Actor, actie: Actie) -> tuple[list[Deelnemer], int]:
    """The partners of an action with their invitations, and how many people would be invited now."""
    rijen = sessie.scalars(
        select_voor(actor, Deelname)
        .join(Deelname.organisatie)
        .where(Deelname.actie_id == actie.id)
        .order_by(Organisatie.naam)
        .options(joinedload(Deelname.organisatie))
    ).all()
    lopend = [u for u in uitnodigingen_van(sessie, actor, actie) if u.ingetrokken_op is None]
    contacten = sessie.execute(
        select(Contactpersoon.organisatie_id, Contactpersoon.email)
        .where(
            Contactpersoon.gemeente_id == actor.gemeente_id,
            Contactpersoon.organisatie_id.in_([d.organisatie_id for d in rijen]),
            Contactpersoon.krijgt_uitnodiging.is_(True),
        )
        .distinct()
    ).all()
    bekend = {(id_, email) for id_, email in contacten}
    gevraagd = {(u.organisatie_id, u.email) for u in lopend}
    uit = []
    for deelname in rijen:
        mensen = tuple(u for u in lopend if u.organisatie_id == deelname.organisatie_id)
        laat = deelname.status == "afgezegd" and any(
            u.antwoord == "afgezegd" and u.antwoord_op is not None and is_laat(u.antwoord_op, actie.begin_op)
            for u in mensen
        )
        zonder = deelname.organisatie_id not in {id_ for id_, _ in bekend}
        uit.append(Deelnemer(deelname.organisatie, deelname.status, mensen, laat, zonder and not mensen))
    te_vragen = {d.organisatie_id for d in rijen if d.status != "afgezegd"}
    return uit, len({paar for paar in bekend - gevraagd if paar[0] in te_vragen})


def paneel(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> dict[str, Any] | None:
    """On the page of an action: who was invited and what they answered. For the planner."""
    if not rol_mag(actor.rol, "acties.plannen") or actie.toestand == "vervallen":
        return None
    wie, nieuw = deelnemers(sessie, actor, actie)
    if not wie:
        return None
    return {
        "deelnemers": wie,
        "nieuw": nieuw if actie.toestand in OPEN_TOESTANDEN and nu < actie.begin_op else 0,
        "voorstellen": [(v, dienst_in_woorden(v.van_op, v.tot_op)) for v in open_voorstellen(sessie, actor, nu, actie)],
        "kan_schuiven": actie.toestand == "concept",
        "antwoorden": ANTWOORDEN,
        "wegen": WEGEN,
        "statussen": DEELNAMESTATUS,
    }

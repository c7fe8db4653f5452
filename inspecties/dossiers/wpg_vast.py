"""What never changes any more and holds what somebody would set apart as police data: a wall with a copy on the other
side is none."""

from collections.abc import Collection

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.dossiers.models import Dossier, Stuk
from inspecties.dossiers.models_verstrekking import Verstrekking

NIET_MEER = "Dat verandert niet meer, dus apart zetten helpt hier niet. Bel de functionaris gegevensbescherming."


def waar_het_vaststaat(sessie: Session, actor: Actor, sporen: Collection[str]) -> str:
    """The first document or disclosure that names one of these (public ids, hashes), in words; empty where none does.

    Of a Bibob dossier not what it is called: who asks need not know that there is one.
    """
    if not sporen:
        return ""
    stuk = sessie.execute(
        select(Stuk.titel, Dossier.soort)
        .join(Dossier, Dossier.id == Stuk.dossier_id)
        .where(
            Stuk.gemeente_id == actor.gemeente_id,
            or_(*(cast(Stuk.momentopname, String).contains(spoor) for spoor in sorted(sporen))),
        )
        .order_by(Stuk.id)
    ).first()
    if stuk is not None:
        return "een besloten stuk" if stuk.soort == "bibob" else f"het stuk '{stuk.titel}'"
    weg = sessie.scalars(
        select(Verstrekking.organisatie)
        .where(
            Verstrekking.gemeente_id == actor.gemeente_id,
            or_(
                *(cast(Verstrekking.bijlagen, String).contains(spoor) for spoor in sorted(sporen)),
                *(cast(Verstrekking.feiten, String).contains(spoor) for spoor in sorted(sporen)),
            ),
        )
        .order_by(Verstrekking.id)
    ).first()
    return f"wat is doorgezet aan {weg}" if weg is not None else ""

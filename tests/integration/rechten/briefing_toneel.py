"""A briefing with a part for the gemeente's people and one for the partner, and a point that was passed over."""

from uuid import UUID

from sqlalchemy import select

from inspecties.acties.briefing import maak_als_anders
from inspecties.acties.models import Actie, Deelname
from inspecties.acties.models_gereed import Gereedheidsuitzondering
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.wereld import Kring, Wereld


def maak_briefing(wereld: Wereld, kring: Kring, actie: UUID) -> dict[str, UUID]:
    """Names of parts and rows -> public ids; committed."""
    sessie, planner = db.session(), kring.actoren[Rol.COORDINATOR]
    rij = sessie.scalars(select(Actie).where(Actie.uid == actie)).one()
    assert kring.organisatie is not None
    mee = select(Deelname).where(Deelname.actie_id == rij.id, Deelname.organisatie_id == kring.organisatie.id)
    if sessie.scalars(mee).first() is None:
        sessie.add(
            Deelname(
                gemeente_id=kring.gemeente.id,
                actie_id=rij.id,
                organisatie_id=kring.organisatie.id,
                status="toegezegd",
            )
        )
        sessie.flush()
    nieuw = maak_als_anders(sessie, planner, wereld.nu, rij)
    assert nieuw is not None
    over = Gereedheidsuitzondering(
        gemeente_id=kring.gemeente.id,
        actie_id=rij.id,
        code="over_maximum",
        sleutel="1:ploegen",
        vinger="0" * 64,
        melding="Te veel ploegen.",
        reden="Zo afgesproken met de politie.",
        door_id=planner.gebruiker_id,
        op=wereld.nu,
    )
    sessie.add(over)
    sessie.commit()
    delen = {"partner" if d.organisatie_id else "eigen": d.uid for d in nieuw.delen}
    return {**delen, "over": over.uid}

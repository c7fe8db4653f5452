"""One finding in several dossiers: the evidence is shared, what a dossier thinks of it is not.

The further dossier has its own reason. Nothing of it comes back: no other dossier knows that it is there.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.controles.models import Bevinding
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, NietGevonden
from inspecties.core.rechten import rol_mag
from inspecties.core.reden import schrijf_reden
from inspecties.database import select_voor
from inspecties.dossiers.beoordelen import haal_uit_dossier
from inspecties.dossiers.models import Dossier, Voorstel
from inspecties.dossiers.models_verstrekking import Voorstelplaatsing
from inspecties.dossiers.queries import dossiers
from inspecties.dossiers.rules.gevolgen import gevolg_van
from inspecties.dossiers.samenstelling import eis_een_eigenaar
from inspecties.dossiers.werk import OPEN, begin_werk, leg_dossier_vast, zet_stap


def verdere_dossiers(sessie: Session, actor: Actor, voorstel: Voorstel) -> list[Dossier]:
    """The further dossiers of a proposal, as far as the actor may see them."""
    ids = select(Voorstelplaatsing.dossier_id).where(Voorstelplaatsing.voorstel_id == voorstel.id)
    return list(sessie.scalars(dossiers(actor).where(Dossier.id.in_(ids))))


def kan_ook_naar(sessie: Session, actor: Actor, voorstel: Voorstel) -> list[Dossier]:
    """The open dossiers of the actor in which this proposal does not stand yet."""
    bezet = select(Voorstelplaatsing.dossier_id).where(Voorstelplaatsing.voorstel_id == voorstel.id)
    opdracht = dossiers(actor).where(Dossier.toestand.in_(sorted(OPEN)), Dossier.id.not_in(bezet))
    if voorstel.dossier_id is not None:
        opdracht = opdracht.where(Dossier.id != voorstel.dossier_id)
    return list(sessie.scalars(opdracht))


def plaats_ook(
    sessie: Session, actor: Actor, nu: datetime, voorstel: Voorstel, dossier: Dossier, reden: str
) -> Voorstelplaatsing:
    """Put a proposal that was taken over into a further dossier, of whatever kind, with the reason why.

    Raises GeenRecht, OngeldigeInvoer without a reason, Conflict.
    """
    if not rol_mag(actor.rol, "dossiers.bewerken"):
        raise GeenRecht("Alleen een jurist zet een voorstel in een dossier.")
    schoon = schrijf_reden(reden, "Schrijf op waarom deze bevinding ook in dit dossier hoort.")
    begin_werk(sessie, actor, nu, dossier)
    bevinding = voorstel.bevinding
    sessie.scalars(
        select(Bevinding)
        .where(
            Bevinding.id == bevinding.id,
            Bevinding.gemeente_id == actor.gemeente_id,
            Bevinding.zonder_signalen(),
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    sessie.refresh(voorstel)
    if voorstel.status != "overgenomen":
        raise Conflict("Alleen een overgenomen voorstel kan in een dossier.")
    if bevinding.vervallen_op is not None:
        raise Conflict("Dit voorstel geldt niet meer: de antwoorden van het bezoek zijn gewijzigd.")
    if voorstel.dossier_id == dossier.id or _plaatsing(sessie, actor, voorstel, dossier) is not None:
        raise Conflict("Dit voorstel staat al in dit dossier.")
    bezoek = bevinding.bezoek
    if bezoek.locatie not in dossier.locaties:
        eis_een_eigenaar(sessie, actor, nu, dossier, bezoek.locatie)
    rij = Voorstelplaatsing(
        gemeente_id=dossier.gemeente_id,
        voorstel_id=voorstel.id,
        dossier_id=dossier.id,
        reden=schoon,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(rij)
    sessie.flush()
    if bezoek not in dossier.bezoeken:
        dossier.bezoeken.append(bezoek)
    if bezoek.locatie not in dossier.locaties:
        dossier.locaties.append(bezoek.locatie)
    naam = gevolg_van(bevinding.gevolg).naam
    zet_stap(sessie, actor, nu, dossier, "voorstel", f"Bevinding toegevoegd: {naam} ({bevinding.grondslag}).")
    leg_dossier_vast(sessie, actor, nu, dossier, "voorstel_ook_geplaatst", bevinding=str(bevinding.uid))
    return rij


def _plaatsing(sessie: Session, actor: Actor, voorstel: Voorstel, dossier: Dossier) -> Voorstelplaatsing | None:
    return sessie.scalars(
        select_voor(actor, Voorstelplaatsing).where(
            Voorstelplaatsing.voorstel_id == voorstel.id, Voorstelplaatsing.dossier_id == dossier.id
        )
    ).one_or_none()


def haal_weg(sessie: Session, actor: Actor, nu: datetime, voorstel: Voorstel, dossier: Dossier, reden: str) -> None:
    """Take a finding out of this dossier with a reason; in other dossiers it stays, and there nobody notices.

    Raises OngeldigeInvoer without a reason, Conflict, NietGevonden.
    """
    plaatsing = _plaatsing(sessie, actor, voorstel, dossier)
    if plaatsing is None and voorstel.dossier_id != dossier.id:
        raise NietGevonden("Deze bevinding staat niet in dit dossier.")
    nog_elders = sessie.scalars(
        select(Voorstelplaatsing.id).where(
            Voorstelplaatsing.voorstel_id == voorstel.id, Voorstelplaatsing.dossier_id != dossier.id
        )
    ).first()
    if plaatsing is None and nog_elders is None:
        haal_uit_dossier(sessie, actor, nu, voorstel, reden)
        return
    schoon = schrijf_reden(reden, "Schrijf op waarom deze bevinding uit het dossier gaat.")
    begin_werk(sessie, actor, nu, dossier)
    if plaatsing is not None:
        sessie.delete(plaatsing)
    else:
        voorstel.dossier_id = None
    sessie.flush()
    naam = gevolg_van(voorstel.bevinding.gevolg).naam
    zet_stap(sessie, actor, nu, dossier, "voorstel", f"Bevinding uit het dossier gehaald: {naam}. {schoon}")
    leg_dossier_vast(sessie, actor, nu, dossier, "voorstel_uit_dossier", bevinding=str(voorstel.bevinding.uid))

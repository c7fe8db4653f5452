"""From an address that was typed to a place to visit: the location that stands there, or a new one."""

from datetime import datetime

from sqlalchemy import or_
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import GeenRecht, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.locaties.adresbron import neem_over
from inspecties.locaties.adresvondst import Adresvondst
from inspecties.locaties.models import Locatietype, Risicolocatie
from inspecties.locaties.operations import voeg_locatie_toe
from inspecties.locaties.rules.adres import Huisnummer

BRON = "Ingetypt bij het plannen van een actie"


def locatie_op_adres(
    sessie: Session, actor: Actor, nu: datetime, vondst: Adresvondst, soort: Locatietype | None
) -> tuple[Risicolocatie, bool]:
    """The location at this address and whether it was made now.

    Raises OngeldigeInvoer naming ``type`` where the kind of place has to be chosen first.
    """
    plek = [Risicolocatie.adressleutel == vondst.adressleutel] if vondst.adressleutel else []
    if vondst.adres_id is not None:
        plek.append(Risicolocatie.adres_id == vondst.adres_id)
    staand = [
        loc
        for loc in (
            sessie.scalars(
                select_voor(actor, Risicolocatie).where(or_(*plek), Risicolocatie.status != "uit_beeld")
            ).all()
            if plek
            else []
        )
        if soort is None or loc.locatietype_id == soort.id
    ]
    if len(staand) == 1:
        return staand[0], False
    if staand:
        namen = ", ".join(sorted({loc.locatietype.naam for loc in staand}))
        raise OngeldigeInvoer(f"Op {vondst.weergave} staan er meer: {namen}. Kies de soort plek.", "type")
    if soort is None:
        raise OngeldigeInvoer(
            f"Op {vondst.weergave} staat nog geen locatie. Kies een soort plek, dan wordt die gemaakt.", "type"
        )
    if not rol_mag(actor.rol, "locaties.bewerken"):
        raise GeenRecht("Uw rol mag geen locaties toevoegen.")
    locatie = voeg_locatie_toe(
        sessie,
        actor,
        nu,
        naam=f"{vondst.straat} {vondst.nummer}",
        locatietype=soort,
        x=vondst.x,
        y=vondst.y,
        straat=vondst.straat,
        huisnummer=Huisnummer(vondst.huisnummer, vondst.huisletter, vondst.toevoeging),
        postcode=vondst.postcode,
        woonplaats=vondst.woonplaats,
        bron=BRON,
        adres_id=neem_over(sessie, actor, vondst),
    )
    return locatie, True

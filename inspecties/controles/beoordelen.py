"""What a person decides about a visit's data: differences, what was set apart, gaps of a device."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.controles.bevindingen import herbereken
from inspecties.controles.models import Bezoek, Operatie, Quarantaine, Toestelgat
from inspecties.controles.operations import sla_op
from inspecties.controles.queries import vouw_van
from inspecties.controles.rules.operatie import hash_van
from inspecties.controles.tijdperk import epoch
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.ids import nieuw_id

# The server itself as the device on which a person in the office decides.
SERVER_TOESTEL = UUID("00000000-0000-7000-8000-000000000001")


def los_verschil_op(
    sessie: Session, actor: Actor, nu: datetime, bezoek: Bezoek, sleutel: str, baan: str, gezien: list[str], kies: str
) -> Operatie:
    """Decide a difference for one of the values, by an operation that names every head.

    ``gezien``: the heads that the person saw; raises Conflict where they are not the present ones, OngeldigeInvoer
    where ``kies`` is none of them.
    """
    sessie.scalars(
        select(Bezoek)
        .where(Bezoek.id == bezoek.id, Bezoek.gemeente_id == actor.gemeente_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    if bezoek.toestand == "gesloten":
        raise Conflict("Dit bezoek is gesloten; er verandert niets meer aan.")
    verschil = next(
        (v for v in vouw_van(sessie, actor, bezoek).verschillen() if (v.sleutel, v.baan) == (sleutel, baan)), None
    )
    koppen = verschil.koppen if verschil else ()
    if verschil is None or {kop.op_id for kop in koppen} != set(gezien):
        raise Conflict("Intussen is er iets veranderd. Kijk opnieuw welke antwoorden er nu staan.")
    gekozen = next((kop for kop in koppen if kop.op_id == kies), None)
    if gekozen is None:
        raise OngeldigeInvoer("Kies een van de antwoorden.", "kies")
    op: dict[str, Any] = {
        "op_id": str(nieuw_id()),
        "bezoek_id": str(bezoek.uid),
        "vraag_id": gekozen.vraag_id,
        "herhaling_id": gekozen.herhaling_id,
        "soort": gekozen.soort,
        # Left out after all, now with what was written in it in view.
        "waarde": {"gezien": [op.op_id for op in verschil.erin]}
        if verschil.erin and gekozen.soort == "clear"
        else gekozen.waarde,
        "base_op_ids": [kop.op_id for kop in koppen],
        "form_versie": gekozen.form_versie,
        "toestel_id": str(SERVER_TOESTEL),
        "toestel_seq": bezoek.rev + 1,
        "toestel_tijd": nu.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "auteur_id": actor.gebruiker_uid,
    }
    rij = sla_op(sessie, actor, nu, epoch(sessie, nu), bezoek, op, hash_van(op))
    herbereken(sessie, actor, nu, bezoek)
    leg_vast(
        sessie,
        actor,
        nu,
        "verschil_opgelost",
        "bezoek",
        bezoek.uid,
        gegevens={"vraag": gekozen.vraag_id, "gekozen": kies, "koppen": sorted(gezien)},
    )
    return rij


def _besluit(reden: str) -> str:
    reden = reden.strip()
    if not reden:
        raise OngeldigeInvoer("Schrijf op wat u besloot en waarom.", "reden")
    return reden[:2000]


def beoordeel_apart(sessie: Session, actor: Actor, nu: datetime, rij: Quarantaine, reden: str) -> None:
    """Note what a person decided about something that was set apart; its content stays.

    Raises OngeldigeInvoer, Conflict.
    """
    besluit = _besluit(reden)
    if rij.beoordeeld_op is not None:
        raise Conflict("Dit is al beoordeeld.")
    rij.beoordeeld_op, rij.beoordeeld_door_id, rij.besluit = nu, actor.gebruiker_id, besluit
    leg_vast(sessie, actor, nu, "apart_beoordeeld", "quarantaine", rij.uid, gegevens={"op_id": rij.op_id})


def beoordeel_gat(sessie: Session, actor: Actor, nu: datetime, gat: Toestelgat, reden: str) -> None:
    """Note what a person found out about missing numbers of a device. Raises OngeldigeInvoer, Conflict."""
    besluit = _besluit(reden)
    if gat.beoordeeld_op is not None:
        raise Conflict("Dit is al beoordeeld.")
    gat.beoordeeld_op, gat.beoordeeld_door_id, gat.besluit = nu, actor.gebruiker_id, besluit
    leg_vast(
        sessie,
        actor,
        nu,
        "toestelgat_beoordeeld",
        "toestel",
        gat.toestel_id,
        gegevens={"van": gat.van_seq, "tot": gat.tot_seq},
    )

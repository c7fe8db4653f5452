"""Acts on parties and their roles at a location."""

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database.bereik import select_voor
from inspecties.locaties.correcties import als_json, bewaar_correctie
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Partij, Partijrol
from inspecties.locaties.rules.feiten import keur_reden
from inspecties.locaties.rules.partijen import (
    PARTIJROLLEN,
    PartijGegevens,
    RolGegevens,
    keur_partij,
    keur_rol,
    periodes_raken,
)

ROLVELDEN = tuple(RolGegevens.__dataclass_fields__)
PARTIJVELDEN = tuple(PartijGegevens.__dataclass_fields__)


def _weiger_zonder_recht(actor: Actor, soort: str) -> None:
    if soort == "persoon" and not rol_mag(actor.rol, "locaties.personen"):
        raise GeenRecht("Uw rol mag geen personen vastleggen.")


def _weiger_dubbele_kvk(sessie: Session, actor: Actor, kvk: str, behalve: int = 0) -> None:
    if not kvk:
        return
    dubbel = sessie.scalars(select_voor(actor, Partij).where(Partij.kvk == kvk, Partij.id != behalve)).first()
    if dubbel is not None:
        raise Conflict(f"Er is al een partij met dit KvK-nummer: {dubbel.naam}. Zoek die en kies die.", "kvk")


def voeg_partij_toe(sessie: Session, actor: Actor, nu: datetime, gegevens: PartijGegevens) -> Partij:
    """A person or organisation in the register of the gemeente.

    Raises OngeldigeInvoer naming the field, Conflict (field 'kvk') where the register has that number already.
    """
    gekeurd = keur_partij(gegevens, lokale_datum(nu))
    _weiger_zonder_recht(actor, gekeurd.soort)
    _weiger_dubbele_kvk(sessie, actor, gekeurd.kvk)
    partij = Partij(gemeente_id=actor.gemeente_id, aangemaakt_op=nu, gewijzigd_op=nu, **asdict(gekeurd))
    sessie.add(partij)
    sessie.flush()
    feiten = {"soort": partij.soort} | ({"doel": partij.doel} if partij.doel else {})
    leg_vast(sessie, actor, nu, "partij_toegevoegd", "partij", partij.uid, gegevens=feiten)
    return partij


def wijzig_partij(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    partij: Partij,
    gegevens: PartijGegevens,
    reden: str,
    gezien_op: str,
) -> list[str]:
    """Change who a party is, or until when a person stays, with the reason; gives the columns that changed.

    Raises OngeldigeInvoer, or Conflict when somebody else was first or the KvK number is another party's.
    """
    if partij.gewijzigd_op.isoformat() != gezien_op:
        raise Conflict("Een collega wijzigde deze partij net. Kijk wat er veranderd is en probeer het opnieuw.")
    gekeurd = keur_partij(gegevens, lokale_datum(nu))
    _weiger_zonder_recht(actor, gekeurd.soort)
    anders = [veld for veld in PARTIJVELDEN if getattr(partij, veld) != getattr(gekeurd, veld)]
    if not anders:
        return []
    _weiger_dubbele_kvk(sessie, actor, gekeurd.kvk, partij.id)
    over_persoon = "persoon" in (partij.soort, gekeurd.soort)
    # What a person was called is not kept a second time.
    oud = als_json(partij, [veld for veld in anders if not (over_persoon and veld == "naam")])
    bewaar_correctie(sessie, actor, nu, partij, None, "gewijzigd", oud, reden, over_persoon=over_persoon)
    for veld in anders:
        setattr(partij, veld, getattr(gekeurd, veld))
    partij.gewijzigd_op = nu
    leg_vast(sessie, actor, nu, "partij_gewijzigd", "partij", partij.uid, gegevens={"velden": sorted(anders)})
    return anders


def _weiger_dubbele_rol(
    sessie: Session, actor: Actor, partij_id: int, locatie_id: int, g: RolGegevens, behalve: int = 0
) -> None:
    rijen = sessie.scalars(
        select_voor(actor, Partijrol).where(
            Partijrol.partij_id == partij_id,
            Partijrol.locatie_id == locatie_id,
            Partijrol.rol == g.rol,
            Partijrol.id != behalve,
        )
    )
    if any(periodes_raken(g.van, g.tot, r.van, r.tot) for r in rijen):
        naam = PARTIJROLLEN[g.rol].lower()
        raise Conflict(f"Deze partij staat in die periode al als {naam} bij deze locatie.", "rol")


def geef_rol(
    sessie: Session, actor: Actor, nu: datetime, locatie: Risicolocatie, partij: Partij, gegevens: RolGegevens
) -> Partijrol:
    """Say what a party is at a location, from when, and how that is known.

    Raises OngeldigeInvoer naming the field, Conflict (field 'rol') where it has that role there already.
    """
    _weiger_zonder_recht(actor, partij.soort)
    gekeurd = keur_rol(gegevens, lokale_datum(nu))
    _weiger_dubbele_rol(sessie, actor, partij.id, locatie.id, gekeurd)
    rij = Partijrol(
        gemeente_id=actor.gemeente_id,
        partij_id=partij.id,
        locatie_id=locatie.id,
        vastgelegd_op=nu,
        door_id=actor.gebruiker_id,
        **asdict(gekeurd),
    )
    sessie.add(rij)
    sessie.flush()
    leg_vast(
        sessie,
        actor,
        nu,
        "partijrol_vastgelegd",
        "risicolocatie",
        locatie.uid,
        gegevens={"partij": str(partij.uid), "rol": rij.rol},
    )
    return rij


def beeindig_rol(sessie: Session, actor: Actor, nu: datetime, rol: Partijrol, tot: date) -> None:
    """The last day of a role. Raises OngeldigeInvoer at 'tot', Conflict where it ended already."""
    vandaag = lokale_datum(nu)
    if rol.tot is not None and rol.tot < vandaag:
        raise Conflict("Deze rol is al beëindigd. Klopt de dag niet, corrigeer hem dan met een reden.", "tot")
    keur_rol(RolGegevens(rol.rol, rol.van, tot, rol.bron or "onbekend"), vandaag)
    rol.tot = tot
    leg_vast(sessie, actor, nu, "partijrol_beeindigd", "partijrol", rol.uid, gegevens={"rol": rol.rol, "tot": str(tot)})


def verbeter_rol(
    sessie: Session, actor: Actor, nu: datetime, rol: Partijrol, gegevens: RolGegevens, reden: str
) -> list[str]:
    """Put a mistake in a role right, with the reason; gives the columns that changed.

    Raises OngeldigeInvoer, and Conflict as ``geef_rol`` does.
    """
    gekeurd = keur_rol(gegevens, lokale_datum(nu))
    anders = [veld for veld in ROLVELDEN if getattr(rol, veld) != getattr(gekeurd, veld)]
    if not anders:
        return []
    _weiger_dubbele_rol(sessie, actor, rol.partij_id, rol.locatie_id, gekeurd, rol.id)
    over_persoon = rol.partij.soort == "persoon"
    oud = als_json(rol, anders)
    bewaar_correctie(sessie, actor, nu, rol, rol.locatie_id, "gewijzigd", oud, reden, over_persoon=over_persoon)
    for veld in anders:
        setattr(rol, veld, getattr(gekeurd, veld))
    leg_vast(sessie, actor, nu, "partijrol_gecorrigeerd", "partijrol", rol.uid, gegevens={"velden": sorted(anders)})
    return anders


def haal_rol_weg(sessie: Session, actor: Actor, nu: datetime, rol: Partijrol, reden: str) -> None:
    """Take away a role that was never true; what stood there is kept with the reason. Raises OngeldigeInvoer."""
    if not reden.strip():
        raise OngeldigeInvoer("Schrijf kort waarom deze rol niet klopt.", "reden")
    keur_reden(reden)
    over_persoon = rol.partij.soort == "persoon"
    oud = als_json(rol, ROLVELDEN) | {"partij": str(rol.partij.uid)}
    bewaar_correctie(sessie, actor, nu, rol, rol.locatie_id, "verwijderd", oud, reden, over_persoon=over_persoon)
    sessie.delete(rol)
    leg_vast(sessie, actor, nu, "partijrol_weggehaald", "partijrol", rol.uid, gegevens={"rol": rol.rol})

"""Acts of a beheerder in a partnership: found, ask, admit, say whom to call, share or stop, leave."""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.zoeken import is_op_te_slaan
from inspecties.database.bereik import zonder_muur
from inspecties.gebruikers.models_verband import Samenwerkingsverband, Verbandlid

_MAX_NAAM = 120
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TELEFOON = re.compile(r"\+?\d{10,15}")


def _vast(sessie: Session, actor: Actor, nu: datetime, handeling: str, lid: Verbandlid) -> None:
    leg_vast(sessie, actor, nu, handeling, "samenwerkingsverband", lid.verband.uid, gegevens={"naam": lid.verband.naam})


def _nieuw_lid(sessie: Session, actor: Actor, nu: datetime, verband: Samenwerkingsverband) -> Verbandlid:
    lid = Verbandlid(gemeente_id=actor.gemeente_id, verband=verband, gevraagd_op=nu)
    try:
        with sessie.begin_nested():
            sessie.add(lid)
            sessie.flush()
    except IntegrityError:
        raise Conflict("Uw gemeente is al lid van dit samenwerkingsverband, of heeft het al gevraagd.") from None
    return lid


def richt_op(sessie: Session, actor: Actor, nu: datetime, naam: str) -> Verbandlid:
    """Found a partnership; the own gemeente is its first member and does not share yet."""
    naam = " ".join(naam.split())
    if not naam or len(naam) > _MAX_NAAM or not is_op_te_slaan(naam):
        raise OngeldigeInvoer(f"Geef het samenwerkingsverband een naam van hooguit {_MAX_NAAM} tekens.", "naam")
    verband = Samenwerkingsverband(naam=naam, naam_sleutel=naam.casefold()[:_MAX_NAAM], opgericht_op=nu)
    try:
        with sessie.begin_nested():
            sessie.add(verband)
            sessie.flush()
    except IntegrityError:
        raise Conflict(f"'{naam}' bestaat al. Vraag hieronder of uw gemeente mag aansluiten.", "naam") from None
    lid = _nieuw_lid(sessie, actor, nu, verband)
    lid.toegelaten_op, lid.toegelaten_door_id = nu, actor.gemeente_id
    _vast(sessie, actor, nu, "samenwerking_opgericht", lid)
    return lid


def vraag_aan(sessie: Session, actor: Actor, nu: datetime, verband: Samenwerkingsverband) -> Verbandlid:
    """Ask to take part. Nothing is shared until a member lets the gemeente in and both switch on."""
    lid = _nieuw_lid(sessie, actor, nu, verband)
    _vast(sessie, actor, nu, "samenwerking_gevraagd", lid)
    return lid


def laat_toe(sessie: Session, actor: Actor, nu: datetime, lid: Verbandlid, gemeente_code: str) -> str:
    """Let another gemeente in, as a member; its name. Both logs tell."""
    _moet_lid_zijn(lid)
    # Across gemeenten on purpose: the request of another gemeente in the own partnership, and nothing of its content.
    with zonder_muur(sessie):
        gevraagd = sessie.scalars(
            select(Verbandlid).where(
                Verbandlid.verband_id == lid.verband_id,
                Verbandlid.verlaten_op.is_(None),
                Verbandlid.toegelaten_op.is_(None),
                Verbandlid.gemeente.has(code=gemeente_code),
            )
        ).one_or_none()
        if gevraagd is None:
            raise NietGevonden("Dit verzoek is er niet meer. Ververs de pagina.")
        gevraagd.toegelaten_op, gevraagd.toegelaten_door_id = nu, actor.gemeente_id
        naam = gevraagd.gemeente.naam
        sessie.flush()
    gegevens = {"naam": lid.verband.naam, "gemeente": naam}
    ander = systeem(gevraagd.gemeente_id)
    regels = [
        (actor.gemeente_id, actor, gegevens),
        (ander.gemeente_id, ander, gegevens | {"door": actor.gemeente_naam}),
    ]
    # In order of gemeente, so that two who write in each other's log never wait for each other.
    for _, wie, wat in sorted(regels, key=lambda r: r[0]):
        leg_vast(sessie, wie, nu, "samenwerking_toegelaten", "samenwerkingsverband", lid.verband.uid, gegevens=wat)
    return naam


def _moet_lid_zijn(lid: Verbandlid) -> None:
    if lid.verlaten_op is not None:
        raise Conflict("Uw gemeente heeft dit samenwerkingsverband verlaten.")
    if lid.toegelaten_op is None:
        raise Conflict("Uw gemeente is nog niet toegelaten. Een beheerder van een lid doet dat.")


def wijzig_contact(
    sessie: Session, actor: Actor, nu: datetime, lid: Verbandlid, naam: str, telefoon: str, email: str
) -> None:
    """Whom the others call when a feature occurs on both sides. All three are asked: without them a match is no use."""
    if lid.verlaten_op is not None:
        raise Conflict("Uw gemeente heeft dit samenwerkingsverband verlaten.")
    naam, email = " ".join(naam.split()), email.strip().lower()
    kaal = re.sub(r"[\s\-().]", "", telefoon)
    if not naam or len(naam) > _MAX_NAAM:
        raise OngeldigeInvoer("Vul de naam in van wie de ander kan bellen.", "contact_naam")
    if not _TELEFOON.fullmatch(kaal) or not kaal.isascii():
        raise OngeldigeInvoer("Dit is geen telefoonnummer. Typ 10 cijfers, zoals 0320 123456.", "contact_telefoon")
    if not _EMAIL.fullmatch(email) or len(email) > 254:
        raise OngeldigeInvoer("Dit is geen e-mailadres, zoals naam@gemeente.nl.", "contact_email")
    lid.contact_naam, lid.contact_telefoon, lid.contact_email = naam, " ".join(telefoon.split())[:20], email
    _vast(sessie, actor, nu, "samenwerking_contact_gewijzigd", lid)


def zet_delen(sessie: Session, actor: Actor, nu: datetime, lid: Verbandlid, *, aan: bool) -> None:
    """Switch sharing on or off, at once. On again also takes in the gemeenten that were admitted in between."""
    if aan:
        _moet_lid_zijn(lid)
        if not lid.contact_naam:
            raise OngeldigeInvoer("Vul eerst in wie de andere gemeente kan bellen.", "contact_naam")
    lid.deelt_koppelingen = aan
    lid.deelt_sinds = nu if aan else None
    lid.geschakeld_op, lid.geschakeld_door_id = nu, actor.gebruiker_id
    _vast(sessie, actor, nu, "koppelingen_delen_aan" if aan else "koppelingen_delen_uit", lid)


def verlaat(sessie: Session, actor: Actor, nu: datetime, lid: Verbandlid) -> None:
    """Leave: sharing stops at once. The row stays, with when."""
    if lid.verlaten_op is not None:
        raise Conflict("Uw gemeente heeft dit samenwerkingsverband al verlaten.")
    lid.deelt_koppelingen, lid.deelt_sinds = False, None
    lid.verlaten_op = nu
    lid.geschakeld_op, lid.geschakeld_door_id = nu, actor.gebruiker_id
    _vast(sessie, actor, nu, "samenwerking_verlaten", lid)

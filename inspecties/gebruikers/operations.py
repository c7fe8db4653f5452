"""Acts on users and sessions."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, InspectiesFout, OngeldigeInvoer
from inspecties.core.rechten import Rol
from inspecties.gebruikers import wachtwoorden
from inspecties.gebruikers.models import Gebruiker, Gemeente, Lidmaatschap, Sessie

# How often the use of a session is written down.
MINSTE_TUSSENTIJD = timedelta(minutes=1)


class AanmeldenMislukt(InspectiesFout):
    """Says nothing about which part was wrong."""

    status = 401


def meld_aan(sessie: Session, nu: datetime, email: str, wachtwoord: str, apparaat: str) -> Sessie:
    """Check the password and begin a new session. Raises AanmeldenMislukt; a failure is logged in the audit log."""
    gebruiker = sessie.scalars(select(Gebruiker).where(Gebruiker.email == email.strip().lower())).one_or_none()
    goed = wachtwoorden.klopt(gebruiker.wachtwoord_hash if gebruiker else "", wachtwoord)
    lid = None
    if gebruiker is not None:
        lid = sessie.scalars(
            select(Lidmaatschap).where(Lidmaatschap.gebruiker_id == gebruiker.id).order_by(Lidmaatschap.id)
        ).first()
    if gebruiker is None or lid is None:
        raise AanmeldenMislukt("Het e-mailadres of het wachtwoord klopt niet.")
    if not goed or gebruiker.geblokkeerd_op is not None:
        leg_vast(sessie, systeem(lid.gemeente_id), nu, "aanmelden_mislukt", "gebruiker", gebruiker.uid)
        raise AanmeldenMislukt("Het e-mailadres of het wachtwoord klopt niet.")
    if wachtwoorden.is_verouderd(gebruiker.wachtwoord_hash):
        gebruiker.wachtwoord_hash = wachtwoorden.maak_hash(wachtwoord)
    nieuw = Sessie(lidmaatschap_id=lid.id, begonnen_op=nu, gezien_op=nu, apparaat=apparaat[:120])
    sessie.add(nieuw)
    actor = Actor(gemeente_id=lid.gemeente_id, rol=Rol(lid.rol), gebruiker_id=gebruiker.id)
    leg_vast(sessie, actor, nu, "aangemeld", "gebruiker", gebruiker.uid)
    return nieuw


def meld_af(sessie: Session, actor: Actor, nu: datetime, sessie_id: int) -> None:
    """End one session of the actor."""
    rij = sessie.scalars(
        select(Sessie).join(Lidmaatschap).where(Sessie.id == sessie_id, Lidmaatschap.gebruiker_id == actor.gebruiker_id)
    ).one_or_none()
    if rij is not None and rij.beeindigd_op is None:
        rij.beeindigd_op = nu
        leg_vast(sessie, actor, nu, "afgemeld", "gebruiker", actor.gebruiker_uid)


def houd_levend(sessie: Session, nu: datetime, sessie_id: int) -> None:
    """Note that a session is in use."""
    rij = sessie.get(Sessie, sessie_id)
    if rij is not None:
        rij.gezien_op = nu


def voeg_gebruiker_toe(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    email: str,
    naam: str,
    rol: Rol,
    wachtwoord: str,
    organisatie_id: int | None = None,
) -> Lidmaatschap:
    """A new user with a role in the actor's gemeente. Raises OngeldigeInvoer or Conflict naming the field."""
    email = email.strip().lower()
    if "@" not in email or len(email) > 254:
        raise OngeldigeInvoer("Vul een e-mailadres in, zoals naam@gemeente.nl.", "email")
    if not naam.strip():
        raise OngeldigeInvoer("Vul de naam in.", "naam")
    if (rol is Rol.PARTNER) != (organisatie_id is not None):
        raise OngeldigeInvoer("Een partner hoort bij een organisatie; een andere rol niet.", "organisatie")
    if sessie.scalar(select(func.count()).select_from(Gebruiker).where(Gebruiker.email == email)):
        raise Conflict(f"Er is al een gebruiker met het adres {email}.", "email")
    gebruiker = Gebruiker(
        email=email, naam=naam.strip(), wachtwoord_hash=wachtwoorden.maak_hash(wachtwoord), aangemaakt_op=nu
    )
    sessie.add(gebruiker)
    sessie.flush()
    lid = Lidmaatschap(
        gemeente_id=actor.gemeente_id,
        gebruiker_id=gebruiker.id,
        rol=rol.value,
        organisatie_id=organisatie_id,
    )
    sessie.add(lid)
    leg_vast(sessie, actor, nu, "gebruiker_toegevoegd", "gebruiker", gebruiker.uid, gegevens={"rol": rol.value})
    return lid


def _beeindig_sessies(sessie: Session, nu: datetime, gebruiker_id: int) -> None:
    rijen = sessie.scalars(
        select(Sessie)
        .join(Lidmaatschap)
        .where(Lidmaatschap.gebruiker_id == gebruiker_id, Sessie.beeindigd_op.is_(None))
    )
    for rij in rijen:
        rij.beeindigd_op = nu


def blokkeer(sessie: Session, actor: Actor, nu: datetime, lid: Lidmaatschap) -> None:
    """Block a user and end all sessions. The last active beheerder of a gemeente cannot be blocked."""
    gebruiker = lid.gebruiker
    if lid.rol == Rol.BEHEERDER:
        anderen = sessie.scalar(
            select(func.count())
            .select_from(Lidmaatschap)
            .join(Gebruiker)
            .where(
                Lidmaatschap.gemeente_id == lid.gemeente_id,
                Lidmaatschap.rol == Rol.BEHEERDER.value,
                Lidmaatschap.id != lid.id,
                Gebruiker.geblokkeerd_op.is_(None),
            )
        )
        if not anderen:
            raise Conflict("Dit is de laatste beheerder van de gemeente. Maak eerst een andere beheerder.")
    gebruiker.geblokkeerd_op = nu
    _beeindig_sessies(sessie, nu, gebruiker.id)
    leg_vast(sessie, actor, nu, "gebruiker_geblokkeerd", "gebruiker", gebruiker.uid)


def deblokkeer(sessie: Session, actor: Actor, nu: datetime, lid: Lidmaatschap) -> None:
    """Let a blocked user in again."""
    lid.gebruiker.geblokkeerd_op = None
    leg_vast(sessie, actor, nu, "gebruiker_gedeblokkeerd", "gebruiker", lid.gebruiker.uid)


def zet_wachtwoord(sessie: Session, actor: Actor, nu: datetime, gebruiker: Gebruiker, wachtwoord: str) -> None:
    """Give a user a new password and end all sessions."""
    gebruiker.wachtwoord_hash = wachtwoorden.maak_hash(wachtwoord)
    _beeindig_sessies(sessie, nu, gebruiker.id)
    leg_vast(sessie, actor, nu, "wachtwoord_gewijzigd", "gebruiker", gebruiker.uid)


def zoek_gemeente(sessie: Session, naam: str) -> Gemeente:
    """A gemeente by name, for the CLI. Raises OngeldigeInvoer listing those that exist."""
    gemeente = sessie.scalars(select(Gemeente).where(func.lower(Gemeente.naam) == naam.strip().lower())).one_or_none()
    if gemeente is None:
        namen = ", ".join(sessie.scalars(select(Gemeente.naam).order_by(Gemeente.naam))) or "nog geen"
        raise OngeldigeInvoer(f"Gemeente '{naam}' bestaat niet. Bekende gemeenten: {namen}.", "gemeente")
    return gemeente

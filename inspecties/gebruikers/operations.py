"""Acts on users and sessions."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, InspectiesFout, OngeldigeInvoer
from inspecties.core.mailadres import is_mailadres
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.bereik import zonder_muur
from inspecties.gebruikers import wachtwoorden
from inspecties.gebruikers.models import Gebruiker, Gemeente, Lidmaatschap, Roleinde, Sessie, kan_aanmelden

# How often the use of a session is written down.
MINSTE_TUSSENTIJD = timedelta(minutes=1)


class AanmeldenMislukt(InspectiesFout):
    """Says nothing about which part was wrong."""

    status = 401


_KLOPT_NIET = "Het e-mailadres of het wachtwoord klopt niet."


def controleer_wachtwoord(
    sessie: Session, nu: datetime, email: str, wachtwoord: str, adreskenmerk: str = ""
) -> Lidmaatschap:
    """Who logs in with this password. Raises AanmeldenMislukt; a failure is in the audit log, also of nobody.

    ``adreskenmerk``: keyed hash of the address that was typed, so that attempts on one unknown address are seen to
    belong together without the address being kept.
    """
    email = email.strip().lower()
    gebruiker = sessie.scalars(select(Gebruiker).where(Gebruiker.email == email)).one_or_none()
    goed = wachtwoorden.klopt(gebruiker.wachtwoord_hash if gebruiker else "", wachtwoord)
    lid = eerste_lid(sessie, gebruiker)
    if gebruiker is None or lid is None:
        leg_onbekende_vast(sessie, nu, "aanmelden_mislukt", email, adreskenmerk)
        raise AanmeldenMislukt(_KLOPT_NIET)
    if not goed or gebruiker.geblokkeerd_op is not None:
        leg_vast(sessie, systeem(lid.gemeente_id), nu, "aanmelden_mislukt", "gebruiker", gebruiker.uid)
        raise AanmeldenMislukt(_KLOPT_NIET)
    if wachtwoorden.is_verouderd(gebruiker.wachtwoord_hash):
        gebruiker.wachtwoord_hash = wachtwoorden.maak_hash(wachtwoord)
    return lid


def eerste_lid(sessie: Session, gebruiker: Gebruiker | None) -> Lidmaatschap | None:
    """The role in which this user logs in."""
    return None if gebruiker is None else open_lid(sessie, gebruiker.id)


def open_lid(sessie: Session, gebruiker_id: int) -> Lidmaatschap | None:
    """The first role of this user that did not end; None also for who does not exist."""
    return sessie.scalars(
        select(Lidmaatschap)
        .where(Lidmaatschap.gebruiker_id == gebruiker_id, Lidmaatschap.vervallen_op.is_(None))
        .order_by(Lidmaatschap.id)
    ).first()


def gemeente_van_adres(sessie: Session, email: str) -> int | None:
    """The gemeente that uses such addresses, else the first: there the attempts of nobody we know are written down."""
    plaats = email.rpartition("@")[2]
    van_plaats = (
        select(Lidmaatschap.gemeente_id)
        .join(Gebruiker)
        .where(Gebruiker.email.endswith(f"@{plaats}", autoescape=True))
        .order_by(Lidmaatschap.id)
        .limit(1)
    )
    # One question: two would take longer for an address of no gemeente.
    gevonden: int | None = sessie.scalar(
        select(func.coalesce(van_plaats.scalar_subquery(), select(func.min(Gemeente.id)).scalar_subquery()))
    )
    return gevonden


def leg_onbekende_vast(sessie: Session, nu: datetime, handeling: str, email: str, adreskenmerk: str) -> None:
    """Audit line of an attempt in the name of nobody."""
    gemeente_id = gemeente_van_adres(sessie, email)
    if gemeente_id is not None:
        gegevens = {"adres": adreskenmerk[:16]} if adreskenmerk else {}
        leg_vast(sessie, systeem(gemeente_id), nu, handeling, "aanmelding", "onbekend", gegevens=gegevens)


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


def controleer_rol(rol: Rol, organisatie_id: int | None) -> None:
    """Raise OngeldigeInvoer unless a partner, and only a partner, has an organisation."""
    if rol not in MENSEN:
        raise OngeldigeInvoer("Kies een rol uit de lijst.", "rol")
    if rol is Rol.PARTNER and organisatie_id is None:
        raise OngeldigeInvoer("Kies bij een partner de organisatie.", "organisatie")
    if rol is not Rol.PARTNER and organisatie_id is not None:
        raise OngeldigeInvoer("Alleen een partner hoort bij een organisatie. Kies hier 'geen'.", "organisatie")


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
    if not is_mailadres(email):
        raise OngeldigeInvoer("Vul een e-mailadres in, zoals naam@gemeente.nl, zonder é of andere tekens.", "email")
    if not naam.strip():
        raise OngeldigeInvoer("Vul de naam in.", "naam")
    controleer_rol(rol, organisatie_id)
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


def beeindig_sessies(sessie: Session, nu: datetime, gebruiker_id: int, behalve: int | None = None) -> int:
    """End a user's sessions in every gemeente, except one; how many. The caller writes the audit line.

    What ends them is about the person: a password, a factor, a block. It is not for one gemeente to keep one open.
    """
    with zonder_muur(sessie):
        rijen = sessie.scalars(
            select(Sessie)
            .join(Lidmaatschap)
            .where(
                Lidmaatschap.gebruiker_id == gebruiker_id, Sessie.beeindigd_op.is_(None), Sessie.id != (behalve or 0)
            )
        ).all()
        for rij in rijen:
            rij.beeindigd_op = nu
        sessie.flush()
    return len(rijen)


def sluit_rol(sessie: Session, nu: datetime, lid: Lidmaatschap, reden: str) -> bool:
    """This role opens nothing any more, here; False where it was closed for this reason. The caller writes the log.

    Each reason closes by itself: who gets a group back stays out where the beheerder blocked them too.
    """
    beeindig_rol(sessie, nu, lid)
    al = select(Roleinde.id).where(
        Roleinde.lidmaatschap_id == lid.id, Roleinde.reden == reden, Roleinde.opgeheven_op.is_(None)
    )
    if sessie.scalar(al.limit(1)) is not None:
        return False
    sessie.add(Roleinde(gemeente_id=lid.gemeente_id, lidmaatschap_id=lid.id, reden=reden, op=nu))
    sessie.flush()
    sessie.refresh(lid)
    return True


def open_rol(sessie: Session, nu: datetime, lid: Lidmaatschap, reden: str) -> bool:
    """Give the role back that ended for this reason; False where nothing had."""
    rijen = sessie.scalars(
        select(Roleinde).where(
            Roleinde.lidmaatschap_id == lid.id, Roleinde.reden == reden, Roleinde.opgeheven_op.is_(None)
        )
    ).all()
    for rij in rijen:
        rij.opgeheven_op = nu
    sessie.flush()
    sessie.refresh(lid)
    return bool(rijen)


def zonder_groep(sessie: Session, lid: Lidmaatschap) -> bool:
    """Whether only the groups of the login service keep this user out."""
    redenen = sessie.scalars(
        select(Roleinde.reden).where(Roleinde.lidmaatschap_id == lid.id, Roleinde.opgeheven_op.is_(None))
    ).all()
    return lid.gebruiker.geblokkeerd_op is None and list(redenen) == ["groep"]


def beeindig_rol(sessie: Session, nu: datetime, lid: Lidmaatschap) -> int:
    """End the sessions of a user in one gemeente; how many. The caller writes the audit line."""
    rijen = sessie.scalars(select(Sessie).where(Sessie.lidmaatschap_id == lid.id, Sessie.beeindigd_op.is_(None))).all()
    for rij in rijen:
        rij.beeindigd_op = nu
    return len(rijen)


def _weiger_zonder_beheerder(sessie: Session, lid: Lidmaatschap) -> None:
    """Raise Conflict when ``lid`` is the only beheerder who can still log in."""
    if lid.rol != Rol.BEHEERDER:
        return
    # Locked: two beheerders who take each other's role at the same moment must not both succeed.
    actief = sessie.scalars(
        select(Lidmaatschap)
        .join(Gebruiker)
        .where(
            Lidmaatschap.gemeente_id == lid.gemeente_id,
            Lidmaatschap.rol == Rol.BEHEERDER.value,
            kan_aanmelden(),
        )
        .order_by(Lidmaatschap.id)
        .with_for_update(key_share=True)
    ).all()
    if not any(ander.id != lid.id for ander in actief):
        raise Conflict("Dit is de laatste beheerder van de gemeente. Maak eerst een andere beheerder.")


def is_gedeeld(sessie: Session, lid: Lidmaatschap) -> bool:
    """Whether this user also works for another gemeente."""
    with zonder_muur(sessie):
        elders = sessie.scalar(
            select(func.count())
            .select_from(Lidmaatschap)
            .where(Lidmaatschap.gebruiker_id == lid.gebruiker_id, Lidmaatschap.gemeente_id != lid.gemeente_id)
        )
    return bool(elders)


def weiger_gedeeld(sessie: Session, lid: Lidmaatschap) -> None:
    """A login that another gemeente also uses is not ours alone to rename or to give a new password."""
    if is_gedeeld(sessie, lid):
        raise Conflict("Deze gebruiker werkt ook voor een andere gemeente. Overleg met de beheerder daar.")


def blokkeer(sessie: Session, actor: Actor, nu: datetime, lid: Lidmaatschap) -> None:
    """Block a user and end all sessions. Raises Conflict for oneself and for the last active beheerder.

    Who also works for another gemeente is shut out here, and only here: each beheerder decides for their own.
    """
    if lid.gebruiker_id == actor.gebruiker_id:
        raise Conflict("U kunt uzelf niet blokkeren. Vraag het een andere beheerder.")
    _weiger_zonder_beheerder(sessie, lid)
    gebruiker = lid.gebruiker
    if gebruiker.geblokkeerd_op is not None:
        return
    if is_gedeeld(sessie, lid):
        if sluit_rol(sessie, nu, lid, "beheerder"):
            gegevens = {"alleen": "hier"}
            leg_vast(sessie, actor, nu, "gebruiker_geblokkeerd", "gebruiker", gebruiker.uid, gegevens=gegevens)
        return
    gebruiker.geblokkeerd_op = nu
    beeindig_sessies(sessie, nu, gebruiker.id)
    leg_vast(sessie, actor, nu, "gebruiker_geblokkeerd", "gebruiker", gebruiker.uid)


def deblokkeer(sessie: Session, actor: Actor, nu: datetime, lid: Lidmaatschap) -> None:
    """Let a blocked user in again."""
    if open_rol(sessie, nu, lid, "beheerder"):
        leg_vast(sessie, actor, nu, "gebruiker_gedeblokkeerd", "gebruiker", lid.gebruiker.uid)
    if lid.gebruiker.geblokkeerd_op is None:
        return
    weiger_gedeeld(sessie, lid)
    lid.gebruiker.geblokkeerd_op = None
    leg_vast(sessie, actor, nu, "gebruiker_gedeblokkeerd", "gebruiker", lid.gebruiker.uid)


def wijzig_lid(
    sessie: Session, actor: Actor, nu: datetime, lid: Lidmaatschap, naam: str, rol: Rol, organisatie_id: int | None
) -> None:
    """Change name, role or organisation; another role ends the sessions. Raises OngeldigeInvoer or Conflict."""
    if not naam.strip():
        raise OngeldigeInvoer("Vul de naam in.", "naam")
    controleer_rol(rol, organisatie_id)
    gewijzigd = (lid.rol, lid.organisatie_id) != (rol.value, organisatie_id)
    if gewijzigd and lid.gebruiker_id == actor.gebruiker_id:
        raise Conflict("U kunt uw eigen rol niet wijzigen. Vraag het een andere beheerder.", "rol")
    if lid.rol != rol.value:
        _weiger_zonder_beheerder(sessie, lid)
    if naam.strip() != lid.gebruiker.naam:
        weiger_gedeeld(sessie, lid)
        lid.gebruiker.naam = naam.strip()
        leg_vast(sessie, actor, nu, "gebruiker_hernoemd", "gebruiker", lid.gebruiker.uid)
    if gewijzigd:
        gegevens = {"van": lid.rol, "naar": rol.value}
        lid.rol, lid.organisatie_id = rol.value, organisatie_id
        beeindig_rol(sessie, nu, lid)
        leg_vast(sessie, actor, nu, "rol_gewijzigd", "gebruiker", lid.gebruiker.uid, gegevens=gegevens)


def trek_wachtwoord_in(sessie: Session, actor: Actor, nu: datetime, lid: Lidmaatschap) -> None:
    """Make the password useless and end all sessions; the user sets a new one through a link (``wachtwoordlink``)."""
    if lid.gebruiker_id == actor.gebruiker_id:
        raise Conflict("Uw eigen wachtwoord wijzigt u op de pagina 'Mijn account'.")
    weiger_gedeeld(sessie, lid)
    lid.gebruiker.wachtwoord_hash = wachtwoorden.maak_hash(wachtwoorden.willekeurig())
    beeindig_sessies(sessie, nu, lid.gebruiker_id)
    leg_vast(sessie, actor, nu, "wachtwoord_ingetrokken", "gebruiker", lid.gebruiker.uid)


def zet_wachtwoord(sessie: Session, actor: Actor, nu: datetime, gebruiker: Gebruiker, wachtwoord: str) -> None:
    """Give a user a new password and end all sessions. Raises OngeldigeInvoer for a weak one."""
    wachtwoorden.keur(wachtwoord, (gebruiker.naam, gebruiker.email))
    gebruiker.wachtwoord_hash = wachtwoorden.maak_hash(wachtwoord)
    beeindig_sessies(sessie, nu, gebruiker.id)
    leg_vast(sessie, actor, nu, "wachtwoord_gewijzigd", "gebruiker", gebruiker.uid)


def kies_wachtwoord(sessie: Session, nu: datetime, gebruiker: Gebruiker, wachtwoord: str) -> Lidmaatschap:
    """The user sets a password through a link: they act themselves, without being logged in; the role they have."""
    lid = eerste_lid(sessie, gebruiker)
    if lid is None:
        raise Conflict("Deze gebruiker hoort bij geen enkele gemeente meer.")
    actor = Actor(gemeente_id=lid.gemeente_id, rol=Rol(lid.rol), gebruiker_id=gebruiker.id)
    zet_wachtwoord(sessie, actor, nu, gebruiker, wachtwoord)
    return lid


def wijzig_eigen_wachtwoord(sessie: Session, actor: Actor, nu: datetime, oud: str, nieuw: str) -> None:
    """Change the actor's own password; every other session of theirs ends, this one stays."""
    gebruiker = sessie.get_one(Gebruiker, actor.gebruiker_id)
    if not wachtwoorden.klopt(gebruiker.wachtwoord_hash, oud):
        raise OngeldigeInvoer("Dit is niet uw huidige wachtwoord.", "oud")
    if oud == nieuw:
        raise OngeldigeInvoer("Kies een ander wachtwoord dan het huidige.", "nieuw")
    wachtwoorden.keur(nieuw, (gebruiker.naam, gebruiker.email))
    gebruiker.wachtwoord_hash = wachtwoorden.maak_hash(nieuw)
    beeindig_sessies(sessie, nu, gebruiker.id, behalve=actor.sessie_id)
    leg_vast(sessie, actor, nu, "wachtwoord_gewijzigd", "gebruiker", gebruiker.uid)


def beeindig_andere_sessies(sessie: Session, actor: Actor, nu: datetime) -> int:
    """End every session of the actor but the present one; the number that ended."""
    if actor.gebruiker_id is None:
        return 0
    aantal = beeindig_sessies(sessie, nu, actor.gebruiker_id, behalve=actor.sessie_id)
    leg_vast(sessie, actor, nu, "sessies_beeindigd", "gebruiker", actor.gebruiker_uid, gegevens={"aantal": aantal})
    return aantal


def zoek_gemeente(sessie: Session, naam: str) -> Gemeente:
    """A gemeente by name, for the CLI. Raises OngeldigeInvoer listing those that exist."""
    gemeente = sessie.scalars(select(Gemeente).where(func.lower(Gemeente.naam) == naam.strip().lower())).one_or_none()
    if gemeente is None:
        namen = ", ".join(sessie.scalars(select(Gemeente.naam).order_by(Gemeente.naam))) or "nog geen"
        raise OngeldigeInvoer(f"Gemeente '{naam}' bestaat niet. Bekende gemeenten: {namen}.", "gemeente")
    return gemeente

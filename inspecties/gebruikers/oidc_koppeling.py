"""From what the login service said to a user with a role: link, make, follow the groups, or refuse.

An account is known by issuer and subject alone. An e-mail address counts once, at the first login, and only where it is
confirmed and the user that has it was added by a beheerder of a gemeente that this service speaks for.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.mailadres import is_mailadres
from inspecties.core.oidc_groepen import Groepsrol, rollen_voor
from inspecties.core.rechten import Rol
from inspecties.gebruikers import operations, wachtwoorden
from inspecties.gebruikers.berichten import Berichten
from inspecties.gebruikers.factoren import meld
from inspecties.gebruikers.models import Gebruiker, Gemeente, Lidmaatschap
from inspecties.gebruikers.models_factoren import Sessiefactor
from inspecties.gebruikers.models_oidc import Oidckoppeling
from inspecties.gebruikers.rules.oidc import Bewijs

# Why somebody does not get in: code for the log -> what stands on the page.
REDENEN: dict[str, str] = {
    "geen_groep": "Uw account zit niet in een groep die hier een rol geeft. Vraag de beheerder om u toe te voegen.",
    "geen_email": "Uw account heeft geen e-mailadres. Vraag de beheerder van de aanmelddienst om hulp.",
    "email_onbevestigd": "Uw e-mailadres is niet bevestigd. Vraag de beheerder van de aanmelddienst om hulp.",
    "hoort_elders": "Uw e-mailadres hoort hier al bij een ander account. Vraag de beheerder van uw gemeente om hulp.",
    "geblokkeerd": "Uw toegang is geblokkeerd. Vraag de beheerder van uw gemeente waarom.",
    "laatste_beheerder": "Uw groep geeft een andere rol, maar u bent de laatste beheerder. Maak eerst een andere.",
    "organisatie_onbekend": "Uw groep hoort bij een organisatie die hier niet bekend is. Vraag de beheerder om hulp.",
    "token": "Het antwoord van de aanmelddienst klopte niet, of was al gebruikt. Meld u opnieuw aan.",  # nosec B105 - a sentence
    "ander_account": "U meldde zich aan met een ander account dan het uwe, of te lang geleden. Probeer het opnieuw.",
    "storing": "De aanmelddienst antwoordt niet. Probeer het over een paar minuten opnieuw.",
}


class Geweigerd(Exception):
    """This person does not get in. What was written about it is to be committed."""

    def __init__(self, reden: str) -> None:
        super().__init__(reden)
        self.reden = reden


@dataclass(frozen=True)
class Kring:
    """The gemeenten for which the service speaks, and what its groups give there."""

    regels: tuple[Groepsrol, ...]
    gemeenten: dict[str, Gemeente]


def kring_van(sessie: Session, regels: tuple[Groepsrol, ...]) -> Kring:
    """Look up the gemeenten of the rules; a code that is no gemeente here gives nobody a role."""
    codes = sorted({r.gemeentecode for r in regels})
    rijen = sessie.scalars(select(Gemeente).where(Gemeente.code.in_(codes)))
    return Kring(regels, {g.code: g for g in rijen})


def koppeling_van(sessie: Session, uitgever: str, gebruiker_id: int) -> Oidckoppeling | None:
    """The account at this service of a user."""
    return sessie.scalars(
        select(Oidckoppeling).where(Oidckoppeling.uitgever == uitgever, Oidckoppeling.gebruiker_id == gebruiker_id)
    ).one_or_none()


def begon_hier(sessie: Session, sessie_id: int) -> bool:
    """Whether this login came from the login service."""
    wijzen = ("oidc", "oidc_sterk")
    vraag = select(Sessiefactor.id).where(Sessiefactor.sessie_id == sessie_id, Sessiefactor.wijze.in_(wijzen))
    return sessie.scalar(vraag.limit(1)) is not None


def weiger(sessie: Session, nu: datetime, kring: Kring, reden: str, gebruiker: Gebruiker | None = None) -> Geweigerd:
    """Write the refusal down in every gemeente that it concerns; to be raised by the caller."""
    ids = {lid.gemeente_id for lid in leden_van(sessie, gebruiker)} if gebruiker else set()
    for gemeente_id in sorted(ids or {g.id for g in kring.gemeenten.values()}):
        wie = ("gebruiker", str(gebruiker.uid)) if gebruiker else ("aanmelding", "onbekend")
        leg_vast(sessie, systeem(gemeente_id), nu, "oidc_geweigerd", *wie, gegevens={"reden": reden})
    return Geweigerd(reden)


def leden_van(sessie: Session, gebruiker: Gebruiker) -> list[Lidmaatschap]:
    """All roles of a user, in all gemeenten."""
    return list(sessie.scalars(select(Lidmaatschap).where(Lidmaatschap.gebruiker_id == gebruiker.id)))


def meld_aan(sessie: Session, nu: datetime, kring: Kring, bewijs: Bewijs, post: Berichten | None) -> Lidmaatschap:
    """The role in which this person logs in, made to follow the groups of now. Raises Geweigerd."""
    rij = sessie.scalars(
        select(Oidckoppeling).where(
            Oidckoppeling.uitgever == bewijs.uitgever, Oidckoppeling.onderwerp == bewijs.onderwerp
        )
    ).one_or_none()
    rollen = {c: r for c, r in rollen_voor(kring.regels, bewijs.groepen).items() if c in kring.gemeenten}
    gebruiker = rij.gebruiker if rij else None
    if gebruiker is not None and gebruiker.geblokkeerd_op is not None:
        raise weiger(sessie, nu, kring, "geblokkeerd", gebruiker)
    if not rollen:
        if gebruiker is not None:
            operations.beeindig_sessies(sessie, nu, gebruiker.id)
            eigen = {g.id for g in kring.gemeenten.values()}
            for lid in leden_van(sessie, gebruiker):
                if lid.gemeente_id in eigen:
                    _beeindig_rol(sessie, nu, lid)
        raise weiger(sessie, nu, kring, "geen_groep", gebruiker)
    organisaties = {c: _organisatie_id(sessie, nu, kring, r, gebruiker) for c, r in rollen.items()}
    if gebruiker is None:
        gebruiker = _eerste_keer(sessie, nu, kring, bewijs, rollen, organisaties, post)
    elif rij is not None:
        rij.gebruikt_op = nu
    return _volg_groepen(sessie, nu, kring, gebruiker, rollen, organisaties)


def _organisatie_id(
    sessie: Session, nu: datetime, kring: Kring, regel: Groepsrol, gebruiker: Gebruiker | None
) -> int | None:
    if not regel.organisatie:
        return None
    # Through the relationship: partners comes after gebruikers in the order of features.
    model: Any = Lidmaatschap.organisatie.property.mapper.class_
    gemeente = kring.gemeenten[regel.gemeentecode]
    vraag = select(model.id).where(model.gemeente_id == gemeente.id, model.naam == regel.organisatie)
    gevonden: int | None = sessie.scalar(vraag)
    if gevonden is None:
        if gebruiker is not None:
            operations.beeindig_sessies(sessie, nu, gebruiker.id)
        raise weiger(sessie, nu, kring, "organisatie_onbekend", gebruiker)
    return gevonden


def _eerste_keer(
    sessie: Session,
    nu: datetime,
    kring: Kring,
    bewijs: Bewijs,
    rollen: dict[str, Groepsrol],
    organisaties: dict[str, int | None],
    post: Berichten | None,
) -> Gebruiker:
    """Link to the user with this address, or make one."""
    if not is_mailadres(bewijs.email):
        raise weiger(sessie, nu, kring, "geen_email")
    if not bewijs.email_bevestigd:
        raise weiger(sessie, nu, kring, "email_onbevestigd")
    gebruiker = sessie.scalars(
        select(Gebruiker).where(Gebruiker.email == bewijs.email).with_for_update(key_share=True)
    ).one_or_none()
    if gebruiker is None:
        code, regel = next(iter(rollen.items()))
        lid = operations.voeg_gebruiker_toe(
            sessie,
            systeem(kring.gemeenten[code].id),
            nu,
            email=bewijs.email,
            naam=bewijs.naam or bewijs.email[:120],
            rol=regel.rol,
            wachtwoord=wachtwoorden.willekeurig(),
            organisatie_id=organisaties[code],
        )
        sessie.flush()
        gebruiker = sessie.get_one(Gebruiker, lid.gebruiker_id)
    else:
        _keur_bestaande(sessie, nu, kring, bewijs, gebruiker)
        operations.beeindig_sessies(sessie, nu, gebruiker.id)
    # From now on the service says who this is.
    gebruiker.wachtwoord_hash = ""
    sessie.add(
        Oidckoppeling(
            gebruiker_id=gebruiker.id,
            uitgever=bewijs.uitgever,
            onderwerp=bewijs.onderwerp,
            gekoppeld_op=nu,
            gebruikt_op=nu,
        )
    )
    for lid in leden_van(sessie, gebruiker):
        actor = Actor(gemeente_id=lid.gemeente_id, rol=Rol(lid.rol), gebruiker_id=gebruiker.id)
        leg_vast(sessie, actor, nu, "oidc_gekoppeld", "gebruiker", gebruiker.uid)
    zin = "Uw account is gekoppeld aan het account van de gemeente. Een wachtwoord hebt u hier niet meer nodig."
    thuis = systeem(kring.gemeenten[next(iter(rollen))].id)
    meld(sessie, thuis, nu, gebruiker, post, "Uw account is gekoppeld", zin)
    return gebruiker


def _keur_bestaande(sessie: Session, nu: datetime, kring: Kring, bewijs: Bewijs, gebruiker: Gebruiker) -> None:
    if gebruiker.geblokkeerd_op is not None:
        raise weiger(sessie, nu, kring, "geblokkeerd", gebruiker)
    eigen = {g.id for g in kring.gemeenten.values()}
    leden = leden_van(sessie, gebruiker)
    # Who works for a gemeente that this service does not speak for was not added by one of its beheerders.
    vreemd = not leden or any(lid.gemeente_id not in eigen for lid in leden)
    if vreemd or koppeling_van(sessie, bewijs.uitgever, gebruiker.id) is not None:
        raise weiger(sessie, nu, kring, "hoort_elders", gebruiker)


def _volg_groepen(
    sessie: Session,
    nu: datetime,
    kring: Kring,
    gebruiker: Gebruiker,
    rollen: dict[str, Groepsrol],
    organisaties: dict[str, int | None],
) -> Lidmaatschap:
    """Give the user in each gemeente the role of the groups; sessions of a role that is gone end."""
    leden = {lid.gemeente_id: lid for lid in leden_van(sessie, gebruiker)}
    eerste: Lidmaatschap | None = None
    for code, regel in rollen.items():
        gemeente_id = kring.gemeenten[code].id
        lid, organisatie_id = leden.pop(gemeente_id, None), organisaties[code]
        if lid is None:
            lid = Lidmaatschap(
                gemeente_id=gemeente_id, gebruiker_id=gebruiker.id, rol=regel.rol.value, organisatie_id=organisatie_id
            )
            sessie.add(lid)
            leg_vast(
                sessie,
                systeem(gemeente_id),
                nu,
                "gebruiker_toegevoegd",
                "gebruiker",
                gebruiker.uid,
                gegevens={"rol": regel.rol.value},
            )
        else:
            try:
                operations.wijzig_lid(sessie, systeem(gemeente_id), nu, lid, gebruiker.naam, regel.rol, organisatie_id)
            except (Conflict, OngeldigeInvoer) as fout:
                operations.beeindig_sessies(sessie, nu, gebruiker.id)
                raise weiger(sessie, nu, kring, "laatste_beheerder", gebruiker) from fout
            operations.open_rol(sessie, nu, lid, "groep")
            if lid.vervallen_op is not None:
                continue
        eerste = eerste or lid
    for gemeente_id, lid in leden.items():
        if gemeente_id in {g.id for g in kring.gemeenten.values()}:
            _beeindig_rol(sessie, nu, lid)
    sessie.flush()
    if eerste is None:
        raise weiger(sessie, nu, kring, "geblokkeerd", gebruiker)
    return eerste


def _beeindig_rol(sessie: Session, nu: datetime, lid: Lidmaatschap) -> None:
    """No group gives this role any more: nobody logs in with it, and who did is out."""
    if operations.sluit_rol(sessie, nu, lid, "groep"):
        leg_vast(sessie, systeem(lid.gemeente_id), nu, "oidc_rol_vervallen", "gebruiker", lid.gebruiker.uid)

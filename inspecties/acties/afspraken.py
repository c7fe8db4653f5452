"""Acts on what was agreed after an action: make it, say that it is done, let it lapse, and remind its owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from inspecties.acties.daarna import eis_begonnen
from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_daarna import Afspraak
from inspecties.acties.rules.debriefing import AFSPRAAKSTANDEN, controleer_tekst, moet_herinneren
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol, rol_mag
from inspecties.database import haal, select_voor
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, kan_aanmelden
from inspecties.partners.beschikbaar import contacten_van
from inspecties.partners.models import Organisatie
from inspecties.post.operations import zet_klaar
from inspecties.web.sjablonen import datum


@dataclass(frozen=True)
class AfspraakGegevens:
    """What was agreed. ``wie``: "organisatie:<uid>" or "mens:<uid>"."""

    wat: str
    wie: str
    uiterlijk: date
    stop: Stop | None = None


def eigenaren(sessie: Session, actor: Actor) -> dict[str, str]:
    """Who can own an agreed act: "organisatie:<uid>" or "mens:<uid>" -> name; own people first."""
    mensen = sessie.execute(
        select(Gebruiker.uid, Gebruiker.naam)
        .join(Lidmaatschap, Lidmaatschap.gebruiker_id == Gebruiker.id)
        .where(
            Lidmaatschap.gemeente_id == actor.gemeente_id,
            Lidmaatschap.rol.in_((Rol.COORDINATOR.value, Rol.INSPECTEUR.value, Rol.JURIST.value)),
            kan_aanmelden(),
        )
        .order_by(Gebruiker.naam)
    )
    uit = {f"mens:{uid}": naam for uid, naam in mensen}
    for organisatie in sessie.scalars(select_voor(actor, Organisatie).order_by(Organisatie.naam)):
        uit[f"organisatie:{organisatie.uid}"] = organisatie.naam
    return uit


def spreek_af(sessie: Session, actor: Actor, nu: datetime, actie: Actie, gegevens: AfspraakGegevens) -> Afspraak:
    """Keep an agreed act. Raises OngeldigeInvoer naming the field, and Conflict."""
    eis_begonnen(actie)
    wat = controleer_tekst(gegevens.wat, "wat", "Schrijf op wat er gaat gebeuren.")
    if gegevens.wie not in eigenaren(sessie, actor):
        raise OngeldigeInvoer("Kies wie dit doet uit de lijst.", "wie")
    if gegevens.uiterlijk < lokale_datum(actie.begin_op):
        raise OngeldigeInvoer("Deze dag ligt voor de actie. Kies een latere dag.", "uiterlijk")
    if gegevens.uiterlijk.year > lokale_datum(nu).year + 5:
        raise OngeldigeInvoer("Deze dag ligt meer dan vijf jaar weg. Kies een eerdere dag.", "uiterlijk")
    soort, _, uid = gegevens.wie.partition(":")
    afspraak = Afspraak(
        gemeente_id=actor.gemeente_id,
        actie_id=actie.id,
        stop_id=gegevens.stop.id if gegevens.stop else None,
        wat=wat,
        uiterlijk=gegevens.uiterlijk,
        gemaakt_door_id=actor.gebruiker_id,
        gemaakt_op=nu,
    )
    if soort == "mens":
        afspraak.gebruiker = sessie.scalars(select(Gebruiker).where(Gebruiker.uid == UUID(uid))).one()
    else:
        afspraak.organisatie = haal(sessie, actor, Organisatie, uid, "Deze organisatie")
    sessie.add(afspraak)
    sessie.flush()
    gegevens_audit = {"actie": str(actie.uid), "wie": gegevens.wie, "uiterlijk": gegevens.uiterlijk.isoformat()}
    leg_vast(sessie, actor, nu, "actieafspraak_gemaakt", "afspraak", afspraak.uid, gegevens=gegevens_audit)
    return afspraak


def zet_stand(
    sessie: Session, actor: Actor, nu: datetime, afspraak: Afspraak, stand: str, reden: str, gezien: int
) -> None:
    """Done, lapsed (with a reason) or open again (with a reason). ``gezien``: the version on the screen.

    Whoever owns it says that it is done; only who keeps the debriefing lets it lapse or opens it again.
    Raises OngeldigeInvoer, GeenRecht and Conflict.
    """
    if stand not in AFSPRAAKSTANDEN:
        raise OngeldigeInvoer(f"Kies uit: {', '.join(AFSPRAAKSTANDEN.values())}.", "stand")
    if gezien != afspraak.versie or afspraak.toestand == stand:
        raise Conflict(
            f"Deze afspraak is al gewijzigd: nu '{AFSPRAAKSTANDEN[afspraak.toestand].lower()}'. Ververs de pagina.",
            "versie",
        )
    waarom = reden.strip()
    if stand != "gedaan":
        if not rol_mag(actor.rol, "debriefing.vastleggen"):
            raise GeenRecht("Een afspraak laten vervallen of heropenen doet de coördinator.")
        if not waarom:
            raise OngeldigeInvoer("Schrijf kort de reden.", "reden")
    if stand == "gedaan" and afspraak.toestand != "open":
        raise Conflict("Deze afspraak is vervallen. Heropen hem eerst.", "stand")
    if len(waarom) > 2000:
        raise OngeldigeInvoer("Gebruik hoogstens 2000 tekens.", "reden")
    van = afspraak.toestand
    afspraak.toestand, afspraak.reden = stand, waarom
    afspraak.klaar_op = None if stand == "open" else nu
    afspraak.klaar_door_id = None if stand == "open" else actor.gebruiker_id
    leg_vast(sessie, actor, nu, "actieafspraak_gezet", "afspraak", afspraak.uid, gegevens={"van": van, "naar": stand})


def te_laat(actor: Actor, vandaag: date) -> Select[Afspraak]:
    """What should have been done by now, in the actor's scope."""
    return select_voor(actor, Afspraak).where(Afspraak.toestand == "open", Afspraak.uiterlijk < vandaag)


def _adressen(sessie: Session, actor: Actor, afspraak: Afspraak) -> list[str]:
    """The mail addresses of whoever does it: of an organisation those who get invitations, else everybody."""
    if afspraak.gebruiker is not None:
        return [] if afspraak.gebruiker.geblokkeerd_op else [afspraak.gebruiker.email]
    assert afspraak.organisatie_id is not None
    contacten = contacten_van(sessie, actor, [afspraak.organisatie_id])[afspraak.organisatie_id]
    vooraan = [c.email for c in contacten if c.krijgt_uitnodiging and c.email]
    return vooraan or [c.email for c in contacten if c.email]


def herinner(sessie: Session, actor: Actor, nu: datetime) -> int:
    """Put reminders of this gemeente in the outbox; how many mails. Once a day per act, however often it is called.

    The mail says how many acts wait and until when: what they are about stands behind the login.
    """
    vandaag = lokale_datum(nu)
    rijen: Sequence[Afspraak] = sessie.scalars(
        select_voor(actor, Afspraak)
        .where(Afspraak.toestand == "open")
        .order_by(Afspraak.id)
        .options(joinedload(Afspraak.organisatie), joinedload(Afspraak.gebruiker))
        .with_for_update(key_share=True, of=Afspraak)
        .execution_options(populate_existing=True)
    ).all()
    per_adres: dict[str, list[Afspraak]] = {}
    for rij in rijen:
        if moet_herinneren(rij.toestand, rij.uiterlijk, rij.herinnerd_op, vandaag):
            adressen = _adressen(sessie, actor, rij)
            for adres in dict.fromkeys(adressen):
                per_adres.setdefault(adres, []).append(rij)
            if adressen:
                rij.herinnerd_op = vandaag
    gestuurd = 0
    for adres, deel in per_adres.items():
        regels = "\n".join(f"- {datum(rij.uiterlijk)}{', te laat' if rij.uiterlijk < vandaag else ''}" for rij in deel)
        aantal = "1 afspraak" if len(deel) == 1 else f"{len(deel)} afspraken"
        tekst = (
            f"Na een gezamenlijke controle is met u afgesproken dat u iets doet. Open: {aantal}, uiterlijk\n"
            f"{regels}\n\n"
            "Meld u aan en zeg of het gedaan is: [[link]]"
        )
        try:
            kop = f"Herinnering: {aantal} open"
            zet_klaar(sessie, actor, nu, adres, kop, tekst, verwijzing="afspraken", link="/acties/afspraken")
        except OngeldigeInvoer:
            # One address that is no address must not keep the others from their mail.
            continue
        gestuurd += 1
    sessie.flush()
    return gestuurd

"""Acts on an action: make, change, who takes part, in which teams."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from inspecties.acties import uitnodigingen
from inspecties.acties.models import DEELNAMESTATUS, Actie, Actiestap, Deelname, Ploeg, Ploeglid
from inspecties.acties.rules.gegevens import ActieGegevens, controleer_gegevens
from inspecties.acties.rules.toestanden import ACTIE_TABEL
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.rechten import RECHTEN
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, kan_aanmelden
from inspecties.partners.models import Organisatie

PLOEGNAAM_HOOGSTENS = 40
# Who can be in a team: whoever may put the stops on a tablet.
PLOEGROLLEN = RECHTEN["dienst.ophalen"].rollen
_OPEN = frozenset({"concept", "gereed", "in_uitvoering"})


@dataclass(frozen=True)
class PloegGegevens:
    """A team: its name and the ids (Gebruiker.id) of its members. ``uid`` names a team that is there already."""

    naam: str
    leden: tuple[int, ...] = ()
    uid: UUID | None = None


def controleer_versie(actie: Actie, gezien: int | None) -> None:
    """Raise Conflict where the planner looked at an older version of the plan; None: not asked."""
    if gezien is not None and gezien != actie.versie:
        raise Conflict(
            "Iemand anders heeft deze actie gewijzigd terwijl u bezig was. Uw wijziging is niet opgeslagen. "
            "Ververs de pagina, kijk wat er veranderd is en probeer het opnieuw.",
            "versie",
        )


def eis_concept(actie: Actie) -> None:
    """The plan itself changes only in concept: what teams hold on their tablets must not shift under them."""
    if actie.toestand != "concept":
        raise Conflict(
            f"Deze actie is '{ACTIE_TABEL.namen[actie.toestand].lower()}'. De planning wijzigen kan alleen in concept.",
            "toestand",
        )


def raak(actie: Actie) -> None:
    """Give the action a new version although only its parts change, so that a second planner notices."""
    flag_modified(actie, "doel")


def maak_actie(sessie: Session, actor: Actor, nu: datetime, gegevens: ActieGegevens) -> Actie:
    """A new action in concept. Raises OngeldigeInvoer naming the field."""
    goed = controleer_gegevens(gegevens)
    actie = Actie(
        gemeente_id=actor.gemeente_id,
        naam=goed.naam,
        soort=goed.soort,
        begin_op=goed.begin_op,
        eind_op=goed.eind_op,
        doel=goed.doel,
        aangekondigd=goed.aangekondigd,
        toestand=ACTIE_TABEL.begin,
        aangemaakt_op=nu,
        aangemaakt_door_id=actor.gebruiker_id,
    )
    sessie.add(actie)
    sessie.flush()
    sessie.add(
        Actiestap(
            gemeente_id=actor.gemeente_id,
            actie_id=actie.id,
            van="",
            naar=actie.toestand,
            door_id=actor.gebruiker_id,
            op=nu,
        )
    )
    leg_vast(sessie, actor, nu, "actie_aangemaakt", "actie", actie.uid, gegevens={"soort": actie.soort})
    return actie


def wijzig_actie(sessie: Session, actor: Actor, nu: datetime, actie: Actie, gegevens: ActieGegevens) -> None:
    """Change the basics, in concept. Raises OngeldigeInvoer or Conflict."""
    eis_concept(actie)
    goed = controleer_gegevens(gegevens)
    veranderd = [veld for veld in ActieGegevens.__dataclass_fields__ if getattr(actie, veld) != getattr(goed, veld)]
    if not veranderd:
        return
    for veld in veranderd:
        setattr(actie, veld, getattr(goed, veld))
    uitnodigingen.werk_bij(sessie, actor, nu, actie)
    leg_vast(sessie, actor, nu, "actie_gewijzigd", "actie", actie.uid, gegevens={"velden": veranderd})


def zet_partners(sessie: Session, actor: Actor, nu: datetime, actie: Actie, partners: Mapping[int, str]) -> None:
    """Which organisations (Organisatie.id) take part and what they answered; replaces what was there.

    Allowed until the action is over: partners answer late and cancel later still. Raises OngeldigeInvoer or Conflict.
    """
    if actie.toestand not in _OPEN:
        raise Conflict(
            f"Deze actie is '{ACTIE_TABEL.namen[actie.toestand].lower()}'. De partners liggen vast.", "toestand"
        )
    onbekend = sorted({status for status in partners.values() if status not in DEELNAMESTATUS})
    if onbekend:
        raise OngeldigeInvoer(f"Kies per partner uit: {', '.join(DEELNAMESTATUS.values())}.", "status")
    eigen = set(sessie.scalars(select_voor(actor, Organisatie).with_only_columns(Organisatie.id)))
    if not partners.keys() <= eigen:
        raise OngeldigeInvoer("Kies organisaties uit de lijst van uw gemeente.", "partners")
    staand = {deelname.organisatie_id: deelname for deelname in actie.deelnames}
    if {org: deelname.status for org, deelname in staand.items()} == dict(partners):
        return
    for org, deelname in staand.items():
        if org not in partners:
            actie.deelnames.remove(deelname)
    for org, status in partners.items():
        if org in staand:
            staand[org].status = status
        else:
            actie.deelnames.append(Deelname(gemeente_id=actor.gemeente_id, organisatie_id=org, status=status))
    raak(actie)
    sessie.flush()
    uitnodigingen.werk_bij(sessie, actor, nu, actie)
    uids = {d.organisatie.naam: d.status for d in actie.deelnames}
    leg_vast(sessie, actor, nu, "actie_partners_gezet", "actie", actie.uid, gegevens={"partners": uids})


def zet_ploegen(
    sessie: Session, actor: Actor, nu: datetime, actie: Actie, ploegen: Sequence[PloegGegevens]
) -> list[Ploeg]:
    """The teams of an action in this order; replaces what was there. Stops of a team that goes have no team then.

    Raises OngeldigeInvoer (empty or double name, someone who can not be in a team) or Conflict (not in concept).
    """
    eis_concept(actie)
    namen = [_ploegnaam(p.naam) for p in ploegen]
    for naam in namen:
        if sum(ander.casefold() == naam.casefold() for ander in namen) > 1:
            raise OngeldigeInvoer(f"Er zijn twee ploegen met de naam '{naam}'. Geef elke ploeg een eigen naam.", "naam")
    _controleer_leden(sessie, actor, {lid for p in ploegen for lid in p.leden})
    staand = {ploeg.uid: ploeg for ploeg in actie.ploegen}
    per_naam = {ploeg.naam: ploeg for ploeg in actie.ploegen}
    gehouden = [staand.get(p.uid) if p.uid else per_naam.get(naam) for p, naam in zip(ploegen, namen, strict=True)]
    for ploeg in list(actie.ploegen):
        if ploeg not in gehouden:
            actie.ploegen.remove(ploeg)
    for plaats, ploeg in enumerate(actie.ploegen):
        # Two teams may swap names: the unique name must be free for a moment.
        ploeg.naam = f"~{plaats}"
    sessie.flush()
    uit = []
    for plaats, (gegevens, naam, oud) in enumerate(zip(ploegen, namen, gehouden, strict=True), start=1):
        ploeg = oud or Ploeg(gemeente_id=actor.gemeente_id)
        if oud is None:
            actie.ploegen.append(ploeg)
        ploeg.naam, ploeg.volgorde = naam, plaats
        _zet_leden(actor, ploeg, gegevens.leden)
        uit.append(ploeg)
    raak(actie)
    sessie.flush()
    sessie.expire(actie, ["ploegen"])
    leg_vast(
        sessie,
        actor,
        nu,
        "actie_ploegen_gezet",
        "actie",
        actie.uid,
        gegevens={"ploegen": [{"uid": str(p.uid), "leden": len(p.leden)} for p in uit]},
    )
    return uit


def _ploegnaam(tekst: str) -> str:
    naam = " ".join(tekst.split())
    if not naam:
        raise OngeldigeInvoer("Geef elke ploeg een naam, zoals 'Ploeg A'.", "naam")
    if len(naam) > PLOEGNAAM_HOOGSTENS or naam.startswith("~"):
        raise OngeldigeInvoer(
            f"Een ploegnaam heeft hoogstens {PLOEGNAAM_HOOGSTENS} tekens en begint niet met '~'.", "naam"
        )
    return naam


def _controleer_leden(sessie: Session, actor: Actor, ids: Iterable[int]) -> None:
    gevraagd = set(ids)
    rijen = sessie.execute(
        select(Gebruiker.id, Gebruiker.naam, kan_aanmelden().label("kan_aanmelden"), Lidmaatschap.rol)
        .join(Lidmaatschap, Lidmaatschap.gebruiker_id == Gebruiker.id)
        .where(Lidmaatschap.gemeente_id == actor.gemeente_id, Gebruiker.id.in_(gevraagd))
    ).all()
    if {rij.id for rij in rijen} != gevraagd:
        raise OngeldigeInvoer("Kies mensen uit de lijst van uw gemeente.", "leden")
    for rij in rijen:
        if rij.rol not in {rol.value for rol in PLOEGROLLEN}:
            raise OngeldigeInvoer(
                f"{rij.naam} kan niet in een ploeg: kies een inspecteur, partner of coördinator.", "leden"
            )
        if not rij.kan_aanmelden:
            raise OngeldigeInvoer(f"{rij.naam} kan niet meer aanmelden. Kies iemand anders.", "leden")


def _zet_leden(actor: Actor, ploeg: Ploeg, leden: Sequence[int]) -> None:
    staand = {lid.gebruiker_id: lid for lid in ploeg.leden}
    for gebruiker_id, lid in staand.items():
        if gebruiker_id not in leden:
            ploeg.leden.remove(lid)
    for gebruiker_id in dict.fromkeys(leden):
        if gebruiker_id not in staand:
            ploeg.leden.append(Ploeglid(gemeente_id=actor.gemeente_id, gebruiker_id=gebruiker_id))

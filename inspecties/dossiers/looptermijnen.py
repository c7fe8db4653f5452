"""Terms in dossiers: starting, changing by an act with a ground, handing over, ending, reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.reden import schrijf_reden
from inspecties.database import select_voor
from inspecties.dossiers.besluitnemers import eis_besluitnemer
from inspecties.dossiers.bewakers import eigenaren
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_termijnen import Looptermijn, Termijndaad
from inspecties.dossiers.rules.besluitnemer import TERMIJNEN_VAN_BESLUIT, VERLENGING
from inspecties.dossiers.rules.looptermijn import DAADSOORTEN, LOPEND, Daad, artikel_voor, eis_op_tijd, reken
from inspecties.dossiers.werk import leg_dossier_vast, vergrendel, zet_stap
from inspecties.gebruikers.models import Gebruiker
from inspecties.termijnen.bronnen import kalender, termijntabel
from inspecties.termijnen.rules.benoemd import Termijnregel
from inspecties.termijnen.rules.duur import Duur
from inspecties.termijnen.rules.termijn import Termijn
from inspecties.web.sjablonen import datum

# On the timeline of the case, and in its history.
STAPSOORT = "looptermijn"
MAX_JAREN = 30


@dataclass(frozen=True)
class Begin:
    """A term to start. ``duur``: only where the article sets no length."""

    code: str
    start: date
    aanleiding: str = ""
    duur: str = ""
    eigenaar: str = ""


def regel_van(rij: Looptermijn) -> Termijnregel:
    """The row by which this term runs, as it was when it began."""
    return Termijnregel.uit(rij.regel)


def daden_van(rij: Looptermijn) -> list[Daad]:
    """The acts of a term in their order."""
    return [Daad(d.soort, d.op_datum, d.artikel, d.grond, d.duur) for d in rij.daden]


def bereken(rij: Looptermijn, vandaag: date) -> Termijn:
    """The term from its parts, as it stands today."""
    return reken(regel_van(rij), rij.start_datum, rij.duur, daden_van(rij), kalender=kalender(), vandaag=vandaag)


def _eigenaar(sessie: Session, actor: Actor, dossier: Dossier, uid: str) -> Gebruiker:
    if uid not in {een for een, _ in eigenaren(sessie, actor, dossier)}:
        raise OngeldigeInvoer("Kies wie deze termijn bewaakt uit de lijst.", "eigenaar")
    return sessie.scalars(select(Gebruiker).where(Gebruiker.uid == UUID(uid))).one()


def _eis_open(dossier: Dossier) -> None:
    if dossier.toestand == "afgesloten":
        raise Conflict("Dit dossier is afgesloten. Er kan geen termijn meer bij of veranderen.")


def start(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, begin: Begin) -> Looptermijn:
    """Let a term run. Raises OngeldigeInvoer naming the field, Conflict for a dossier that is closed."""
    vergrendel(sessie, actor, dossier)
    _eis_open(dossier)
    vandaag = lokale_datum(nu)
    if abs(begin.start.year - vandaag.year) > MAX_JAREN:
        raise OngeldigeInvoer("Dit jaar kan niet kloppen. Schrijf de dag als dag-maand-jaar.", "start")
    try:
        regel = termijntabel().op(begin.code, begin.start)
    except OngeldigeInvoer as fout:
        raise OngeldigeInvoer("Kies een termijn uit de lijst die op deze dag geldt.", "code") from fout
    duur = begin.duur.strip()
    if duur:
        duur = str(Duur.lees(duur))
    elif regel.duur is None and regel.voorstel is not None:
        duur = str(regel.voorstel)
    aanleiding = begin.aanleiding.strip()
    if len(aanleiding) > 200:
        raise OngeldigeInvoer("Houd dit onder de 200 tekens.", "aanleiding")
    rij = Looptermijn(
        gemeente_id=actor.gemeente_id,
        dossier_id=dossier.id,
        code=regel.code,
        regel=regel.als_rij(),
        aanleiding=aanleiding,
        start_datum=begin.start,
        duur=duur,
        einde_datum=begin.start,
        eigenaar_id=_eigenaar(sessie, actor, dossier, begin.eigenaar).id,
        gemaakt_op=nu,
        gemaakt_door_id=actor.gebruiker_id,
        daden=[],
    )
    rij.einde_datum = bereken(rij, vandaag).einddag
    sessie.add(rij)
    sessie.flush()
    _noteer(sessie, actor, nu, dossier, rij, "termijn_gestart", "begint te lopen")
    return rij


def eis_nieuw(sessie: Session, actor: Actor, dossier: Dossier, begin: Begin) -> None:
    """Raises Conflict where the same term of the same event runs already: a form that was sent twice."""
    vergrendel(sessie, actor, dossier)
    aanleiding = begin.aanleiding.strip()
    for rij in termijnen_van(sessie, actor, dossier):
        zelfde = (rij.code, rij.start_datum, rij.aanleiding) == (begin.code, begin.start, aanleiding)
        if zelfde and rij.stand in LOPEND:
            raise Conflict(f"Deze termijn loopt al: {rij.naam} tot {datum(rij.einde_datum)}.", "code")


def _noteer(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, rij: Looptermijn, handeling: str, wat: str
) -> None:
    tekst = f"{rij.naam} ({rij.artikel}) {wat}; laatste dag {datum(rij.einde_datum)}."
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, tekst)
    leg_dossier_vast(
        sessie, actor, nu, dossier, handeling, termijn=str(rij.uid), code=rij.code, einde=rij.einde_datum.isoformat()
    )


def _begin_daad(sessie: Session, actor: Actor, rij: Looptermijn, versie: int) -> None:
    """Lock a running term before an act on it. Raises Conflict: changed by a colleague, or not running any more."""
    vergrendel(sessie, actor, rij.dossier)
    sessie.refresh(rij)
    if rij.versie != versie:
        raise Conflict("Een collega veranderde deze termijn net. Kijk wat er nu staat en probeer het opnieuw.")
    if rij.stand not in LOPEND:
        raise Conflict("Deze termijn loopt niet meer.")


def doe(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    rij: Looptermijn,
    soort: str,
    op: date,
    grond: str,
    duur: str = "",
    *,
    versie: int,
) -> Termijndaad:
    """Suspend, resume or extend, with a ground. Raises OngeldigeInvoer naming the field, and Conflict."""
    _begin_daad(sessie, actor, rij, versie)
    _eis_open(rij.dossier)
    if soort not in DAADSOORTEN:
        raise OngeldigeInvoer("Kies: opschorten, hervatten of verdagen.", "soort")
    if (soort == "hervatting") != (rij.stand == "opgeschort"):
        raise Conflict("Deze termijn is niet opgeschort." if soort == "hervatting" else "Hervat de termijn eerst.")
    vandaag, regel = lokale_datum(nu), regel_van(rij)
    artikel = artikel_voor(regel, "opschorting" if soort == "hervatting" else soort)
    schoon = schrijf_reden(grond, "Schrijf op waarom: zonder grond verandert een termijn niet.", "grond")
    if soort == "verdaging" and rij.code in TERMIJNEN_VAN_BESLUIT:
        eis_besluitnemer(sessie, actor, rij.dossier, VERLENGING, rij.uid, op, "soort")
    if soort == "verdaging" and not duur.strip():
        raise OngeldigeInvoer("Schrijf hoe lang, zoals 6w of 14d.", "duur")
    daad = Daad(soort, op, artikel, schoon, str(Duur.lees(duur)) if soort == "verdaging" else "")
    eis_op_tijd(daad, rij.start_datum, vandaag)
    uitkomst = reken(regel, rij.start_datum, rij.duur, [*daden_van(rij), daad], kalender=kalender(), vandaag=vandaag)
    vast = Termijndaad(
        gemeente_id=actor.gemeente_id,
        looptermijn_id=rij.id,
        soort=soort,
        op_datum=op,
        duur=daad.duur,
        artikel=artikel,
        grond=schoon,
        vastgelegd_op=nu,
        door_id=actor.gebruiker_id,
    )
    sessie.add(vast)
    rij.einde_datum, rij.gewaarschuwd_bij = uitkomst.einddag, None
    rij.stand = "opgeschort" if soort == "opschorting" else "loopt"
    sessie.flush()
    sessie.expire(rij, ["daden"])
    woord = DAADSOORTEN[soort].lower()
    _noteer(sessie, actor, nu, rij.dossier, rij, f"termijn_{soort}", f"is {woord} ({artikel}): {schoon}")
    return vast


def draag_over(sessie: Session, actor: Actor, nu: datetime, rij: Looptermijn, eigenaar: str, *, versie: int) -> None:
    """Somebody else watches the term from now on. Raises OngeldigeInvoer, Conflict."""
    _begin_daad(sessie, actor, rij, versie)
    nieuw = _eigenaar(sessie, actor, rij.dossier, eigenaar)
    if nieuw.id != rij.eigenaar_id:
        geef_aan(sessie, actor, nu, rij, nieuw.id, nieuw.naam)


def geef_aan(
    sessie: Session, actor: Actor, nu: datetime, rij: Looptermijn, gebruiker_id: int, naam: str, omdat: str = ""
) -> None:
    """This user watches the term from now on; the caller locked the dossier and checked that they can."""
    rij.eigenaar_id, rij.gewaarschuwd_bij = gebruiker_id, None
    sessie.flush()
    sessie.expire(rij, ["eigenaar"])
    waarom = f" ({omdat})" if omdat else ""
    _noteer(sessie, actor, nu, rij.dossier, rij, "termijn_overgedragen", f"wordt bewaakt door {naam}{waarom}")


def rond_af(
    sessie: Session, actor: Actor, nu: datetime, rij: Looptermijn, stand: str, reden: str, *, versie: int
) -> None:
    """What had to be done is done, or the term lapsed for a reason. Raises OngeldigeInvoer, Conflict."""
    _begin_daad(sessie, actor, rij, versie)
    if stand not in {"gedaan", "vervallen"}:
        raise OngeldigeInvoer("Kies: gedaan of vervallen.", "stand")
    tekst = reden.strip()
    if stand == "vervallen":
        tekst = schrijf_reden(reden, "Schrijf op waarom deze termijn vervalt.")
    rij.stand, rij.reden, rij.klaar_op, rij.klaar_door_id = stand, tekst, nu, actor.gebruiker_id
    sessie.flush()
    laat = lokale_datum(nu) > rij.einde_datum
    hoe = ("is te laat gedaan" if laat else "is op tijd gedaan") if stand == "gedaan" else f"vervalt: {tekst}"
    _noteer(sessie, actor, nu, rij.dossier, rij, f"termijn_{stand}", hoe)


def lopende(actor: Actor) -> Select[Looptermijn]:
    """The running terms that this actor may see, first the one that ends first."""
    return (
        select_voor(actor, Looptermijn)
        .where(Looptermijn.stand.in_(LOPEND))
        .order_by(Looptermijn.einde_datum, Looptermijn.id)
        .options(joinedload(Looptermijn.dossier), joinedload(Looptermijn.eigenaar))
    )


def eis_geen_lopende(sessie: Session, actor: Actor, dossier: Dossier) -> None:
    """Raises Conflict while a term of the dossier runs: closing it would hide what still has to be done."""
    rijen = [rij for rij in termijnen_van(sessie, actor, dossier) if rij.stand in LOPEND]
    if rijen:
        namen = "; ".join(f"{rij.naam} tot {datum(rij.einde_datum)}" for rij in rijen[:5])
        raise Conflict(f"Er loopt nog een termijn: {namen}. Rond die eerst af, met de reden als hij vervalt.", "reden")


def termijnen_van(sessie: Session, actor: Actor, dossier: Dossier) -> Sequence[Looptermijn]:
    """All terms of a dossier: running ones first, then by end."""
    rijen = sessie.scalars(
        select_voor(actor, Looptermijn)
        .where(Looptermijn.dossier_id == dossier.id)
        .order_by(Looptermijn.einde_datum, Looptermijn.id)
        .options(joinedload(Looptermijn.eigenaar))
    ).all()
    return sorted(rijen, key=lambda rij: rij.stand not in LOPEND)

"""An urgent decision by telephone: written down afterwards by somebody else, and then put in writing within its term.

Awb 5:31(2): where even a decision cannot be waited for, the authority acts first and decides on paper soon after.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import RECHTEN, rol_mag
from inspecties.database import select_voor
from inspecties.dossiers.kabinet_bevoegd import bevoegdheid, wie_besluiten
from inspecties.dossiers.looptermijnen import Begin, rond_af, start
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_kabinet import Besluitvastlegging, Telefoonbesluit
from inspecties.dossiers.queries import opstellers_van
from inspecties.dossiers.rules.kabinet import EIGEN_DOSSIER, NIET_ZELF, TELEFOONUITKOMSTEN, keur_gebeld, keur_tekst
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.dossiers.werk import leg_dossier_vast, vergrendel, zet_stap
from inspecties.gebruikers.models import Gebruiker
from inspecties.web.sjablonen import moment

RECHT = "telefoonbesluiten.vastleggen"
TERMIJNCODE = "telefonisch_besluit"
STAPSOORT = "telefoonbesluit"
# Before a decision in writing; after it there is nothing to put in writing any more.
TOESTANDEN = frozenset({"opbouw", "voorgelegd", "teruggestuurd"})


@dataclass(frozen=True)
class Gebeld:
    """What the recorder fills in. ``besloten_door``: public id of who decided."""

    besloten_door: str
    gebeld_op: datetime | None
    uitkomst: str
    gezegd: str
    spoed_omdat: str


def waarom_niet_vastleggen(sessie: Session, actor: Actor, dossier: Dossier) -> str | None:
    """Why this person can not write down a telephone decision on this dossier; None where they can."""
    if not rol_mag(actor.rol, RECHT) or actor.gebruiker_id is None:
        return f"Uw rol mag dit niet: {RECHTEN[RECHT].uitleg.lower()}."
    if actor.gebruiker_id in opstellers_van(sessie, dossier):
        return EIGEN_DOSSIER
    return None


def leg_telefoonbesluit_vast(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, gebeld: Gebeld
) -> Telefoonbesluit:
    """Write down what was decided by telephone, and start the term within which it has to stand on paper.

    The capacity is that at the moment of the call. Raises GeenRecht, OngeldigeInvoer naming the field, Conflict.
    """
    vergrendel(sessie, actor, dossier)
    bezwaar = waarom_niet_vastleggen(sessie, actor, dossier)
    if bezwaar or actor.gebruiker_id is None:
        raise GeenRecht(bezwaar or "")
    if dossier.toestand not in TOESTANDEN:
        raise Conflict("Op dit dossier is al besloten. Een telefonisch besluit hoort bij een dossier dat nog wacht.")
    if openstaand(sessie, actor, dossier) is not None:
        raise Conflict(
            "Er staat al een telefonisch besluit dat nog op papier moet. Leg dat eerst aan het kabinet voor."
        )
    if gebeld.gebeld_op is None:
        raise OngeldigeInvoer("Vul de dag en het tijdstip in waarop er is gebeld.", "gebeld_op")
    keur_gebeld(gebeld.gebeld_op, nu)
    if gebeld.uitkomst not in TELEFOONUITKOMSTEN:
        raise OngeldigeInvoer("Kies wat er is besloten.", "uitkomst")
    wie = _besluiter(sessie, actor, dossier, gebeld.besloten_door, gebeld.gebeld_op)
    bevoegd = bevoegdheid(sessie, actor, dossier, wie.id, gebeld.gebeld_op)
    if bevoegd.hoedanigheid is None:
        raise OngeldigeInvoer(f"{wie.naam} was op dat moment niet bevoegd om hierover te besluiten.", "besloten_door")
    gezegd = keur_tekst(gebeld.gezegd, "gezegd", "Schrijf op wat er is gezegd, zo letterlijk als u kunt.")
    spoed = keur_tekst(gebeld.spoed_omdat, "spoed_omdat", "Schrijf op waarom dit niet op papier kon wachten.")
    dag = lokale_datum(gebeld.gebeld_op)
    waarom = f"Telefonisch besluit van {moment(gebeld.gebeld_op)}"
    termijn = start(sessie, actor, nu, dossier, Begin(TERMIJNCODE, dag, waarom, "", str(wie.uid)))
    rij = Telefoonbesluit(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        uitkomst=gebeld.uitkomst,
        besloten_door_id=wie.id,
        hoedanigheid=bevoegd.als_rij(),
        gebeld_op=gebeld.gebeld_op,
        gezegd=gezegd,
        spoed_omdat=spoed,
        vastgelegd_op=nu,
        vastgelegd_door_id=actor.gebruiker_id,
        looptermijn_id=termijn.id,
    )
    sessie.add(rij)
    sessie.flush()
    tekst = f"{TELEFOONUITKOMSTEN[rij.uitkomst]}, telefonisch besloten op {moment(rij.gebeld_op)}"
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, f"{tekst} {bevoegd.hoedanigheid.tekst}. Nog op papier te zetten.")
    leg_dossier_vast(
        sessie,
        actor,
        nu,
        dossier,
        "dossier_telefoonbesluit",
        telefoonbesluit=str(rij.uid),
        uitkomst=rij.uitkomst,
        besloten_door=str(wie.uid),
        hoedanigheid=asdict(bevoegd.hoedanigheid)["ambt"],
    )
    return rij


def _besluiter(sessie: Session, actor: Actor, dossier: Dossier, uid: str, op: datetime) -> Gebruiker:
    if uid == actor.gebruiker_uid:
        raise OngeldigeInvoer(NIET_ZELF, "besloten_door")
    if uid not in dict(wie_besluiten(sessie, actor, dossier, op)):
        raise OngeldigeInvoer(
            "Kies wie er besloot uit de lijst. Daarop staat wie op dat moment bevoegd was.", "besloten_door"
        )
    return sessie.scalars(select(Gebruiker).where(Gebruiker.uid == UUID(uid))).one()


def telefoonbesluiten(sessie: Session, actor: Actor, dossier: Dossier) -> Sequence[Telefoonbesluit]:
    """Every telephone decision on a dossier, the first one first."""
    return sessie.scalars(
        select_voor(actor, Telefoonbesluit)
        .where(Telefoonbesluit.dossier_id == dossier.id)
        .order_by(Telefoonbesluit.id)
        .options(
            joinedload(Telefoonbesluit.besloten_door),
            joinedload(Telefoonbesluit.vastgelegd_door),
            joinedload(Telefoonbesluit.looptermijn),
            joinedload(Telefoonbesluit.vastlegging).joinedload(Besluitvastlegging.besluit),
        )
    ).all()


def openstaand(sessie: Session, actor: Actor, dossier: Dossier) -> Telefoonbesluit | None:
    """The telephone decision that does not stand on paper yet. The rules of the tracks may ask this too."""
    lezer = systeem(actor.gemeente_id)
    return next((t for t in telefoonbesluiten(sessie, lezer, dossier) if t.vastlegging is None), None)


def sluit_termijn(sessie: Session, actor: Actor, nu: datetime, telefonisch: Telefoonbesluit) -> None:
    """It stands on paper now: its term is done."""
    rij = telefonisch.looptermijn
    if rij.stand in LOPEND:
        rond_af(sessie, actor, nu, rij, "gedaan", "", versie=rij.versie)

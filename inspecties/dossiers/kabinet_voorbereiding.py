"""What a jurist prepares besides the case itself: costs, press line, urgency, and the advice of others."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_kabinet import Dossieradvies, Voorbereiding
from inspecties.dossiers.rules.kabinet import ADVIESSOORTEN, STREKKINGEN, keur_adviesdag, keur_tekst
from inspecties.dossiers.werk import begin_werk, leg_dossier_vast, zet_stap
from inspecties.web.sjablonen import datum

VELDEN = ("kosten", "perslijn", "spoed_omdat")
STAPSOORT = "voorbereiding"


@dataclass(frozen=True)
class Voorbereid:
    """What was prepared for a dossier; ``versie`` 0 where nothing was."""

    kosten: str = ""
    perslijn: str = ""
    spoed_omdat: str = ""
    versie: int = 0
    adviezen: tuple[Dossieradvies, ...] = ()

    @property
    def opname(self) -> str:
        """Its hash in a snapshot of the dossier."""
        return inhoudshash(self.als_rij())

    def als_rij(self) -> dict[str, Any]:
        """What the document shows, and what is compared."""
        return {
            "kosten": self.kosten,
            "perslijn": self.perslijn,
            "spoed_omdat": self.spoed_omdat,
            "adviezen": [
                {
                    "soort": ADVIESSOORTEN[a.soort],
                    "van": a.van,
                    "datum": datum(a.op_datum),
                    "strekking": STREKKINGEN[a.strekking],
                    "tekst": a.tekst,
                }
                for a in self.adviezen
            ],
        }


class Voorbereidingsconflict(Conflict):
    """Somebody else changed the texts meanwhile: ``staat_er`` is what stands there now. Nothing was stored."""

    def __init__(self, staat_er: Voorbereid) -> None:
        super().__init__("Een collega veranderde dit intussen. Beide teksten staan hieronder.", "kosten")
        self.staat_er = staat_er


def lees_voorbereiding(sessie: Session, lezer: Actor, dossier: Dossier) -> Voorbereid:
    """What was prepared for this dossier."""
    rij = sessie.scalars(select_voor(lezer, Voorbereiding).where(Voorbereiding.dossier_id == dossier.id)).one_or_none()
    adviezen = tuple(
        sessie.scalars(
            select_voor(lezer, Dossieradvies)
            .where(Dossieradvies.dossier_id == dossier.id)
            .order_by(Dossieradvies.op_datum, Dossieradvies.id)
        )
    )
    if rij is None:
        return Voorbereid(adviezen=adviezen)
    return Voorbereid(rij.kosten, rij.perslijn, rij.spoed_omdat, rij.versie, adviezen)


def bewaar_voorbereiding(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    dossier: Dossier,
    kosten: str,
    perslijn: str,
    spoed_omdat: str,
    *,
    versie: int,
) -> bool:
    """Store the three texts; whether something changed. Raises OngeldigeInvoer, Voorbereidingsconflict, Conflict."""
    begin_werk(sessie, actor, nu, dossier)
    nieuw = {naam: keur_tekst(tekst, naam) for naam, tekst in zip(VELDEN, (kosten, perslijn, spoed_omdat), strict=True)}
    staat_er = lees_voorbereiding(sessie, actor, dossier)
    if all(getattr(staat_er, naam) == tekst for naam, tekst in nieuw.items()):
        return False
    if versie != staat_er.versie:
        raise Voorbereidingsconflict(staat_er)
    rij = sessie.scalars(select_voor(actor, Voorbereiding).where(Voorbereiding.dossier_id == dossier.id)).one_or_none()
    if rij is None:
        rij = Voorbereiding(gemeente_id=dossier.gemeente_id, dossier_id=dossier.id)
        sessie.add(rij)
    for naam, tekst in nieuw.items():
        setattr(rij, naam, tekst)
    rij.gewijzigd_op, rij.gewijzigd_door_id = nu, actor.gebruiker_id
    sessie.flush()
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, "Kosten, perslijn en spoed voor het kabinet bijgewerkt.")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_voorbereiding", hash=inhoudshash(nieuw))
    return True


@dataclass(frozen=True)
class Adviesgegevens:
    """Advice as somebody fills it in."""

    soort: str
    van: str
    op_datum: date | None
    strekking: str
    tekst: str


def voeg_advies_toe(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, gegevens: Adviesgegevens
) -> Dossieradvies:
    """Write down what somebody advised. Raises OngeldigeInvoer naming the field, Conflict."""
    begin_werk(sessie, actor, nu, dossier)
    if gegevens.soort not in ADVIESSOORTEN:
        raise OngeldigeInvoer("Kies van wie het advies komt.", "soort")
    if gegevens.strekking not in STREKKINGEN:
        raise OngeldigeInvoer("Kies wat het advies inhoudt.", "strekking")
    van = " ".join(gegevens.van.split())
    if not van or len(van) > 120:
        raise OngeldigeInvoer("Schrijf de dienst en de functie op, in hooguit 120 tekens.", "van")
    if gegevens.op_datum is None:
        raise OngeldigeInvoer("Vul de dag van het advies in.", "op_datum")
    keur_adviesdag(gegevens.op_datum, lokale_datum(nu))
    rij = Dossieradvies(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        soort=gegevens.soort,
        van=van,
        op_datum=gegevens.op_datum,
        strekking=gegevens.strekking,
        tekst=keur_tekst(gegevens.tekst, "tekst", "Schrijf op wat het advies is."),
        vastgelegd_op=nu,
        vastgelegd_door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    sessie.flush()
    wat = f"Advies van {van} ({datum(rij.op_datum)}): {STREKKINGEN[rij.strekking].lower()}."
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, wat)
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_advies", soort=rij.soort, advies=str(rij.uid))
    return rij


def haal_advies_weg(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, rij: Dossieradvies) -> None:
    """Take advice off again, while the dossier is open. Raises Conflict."""
    begin_werk(sessie, actor, nu, dossier)
    van, uid = rij.van, str(rij.uid)
    sessie.delete(rij)
    sessie.flush()
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, f"Advies van {van} uit het dossier gehaald.")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_advies_weg", advies=uid)

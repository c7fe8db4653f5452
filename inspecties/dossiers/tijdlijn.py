"""What happened with a place and its dossier, in order."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Stop
from inspecties.controles.models import Bezoek
from inspecties.controles.papier import papierinvoeren_van
from inspecties.controles.papier_models import Papierinvoer
from inspecties.core.actor import Actor, systeem
from inspecties.database import select_voor
from inspecties.dossiers.looptermijnen import STAPSOORT
from inspecties.dossiers.models import BESLUITSOORTEN, Dossier, Stap
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.dossiers.rules.toestanden import DOSSIER_TABELLEN
from inspecties.web.sjablonen import moment

# Steps that change no state and yet belong to the timeline of the case: kind -> title. Other steps without a state say
# how the dossier was worked on; the history shows those. The parts of a dossier add theirs.
STAPTITELS: dict[str, str] = {
    STAPSOORT: "Termijn",
    "telefoonbesluit": "Telefonisch besluit",
    "besluitnemer": "Besluit buiten het kabinet",
}


def tijdlijn(sessie: Session, actor: Actor, dossier: Dossier) -> list[dict[str, Any]]:
    """Visits and the states of the dossier: ``wanneer``, ``titel``, ``tekst``, ``bezoek_uid``; oldest first."""
    namen = DOSSIER_TABELLEN[dossier.tabelversie].namen
    punten = [_bezoekpunt(sessie, actor, bezoek) for bezoek in dossier.bezoeken]
    punten += [_papierpunt(invoer) for bezoek in dossier.bezoeken for invoer in _papieren(sessie, actor, bezoek)]
    for stap in dossier.stappen:
        if not stap.naar:
            if stap.soort in STAPTITELS:
                punten.append(_punt(stap.op, STAPTITELS[stap.soort], stap.tekst))
            continue
        titel = "Dossier gemaakt" if not stap.van else namen[stap.naar]
        if stap.naar in BESLUITSOORTEN:
            titel = f"Besluit van het kabinet: {BESLUITSOORTEN[stap.naar].lower()}"
        punten.append(_punt(stap.op, titel, stap.tekst if stap.van else ""))
    return sorted(punten, key=lambda p: p["wanneer"])


def komende(termijnen: Iterable[Looptermijn]) -> list[dict[str, Any]]:
    """The ends of running terms, as points of the timeline that are still to come or were missed."""
    return [
        {"wanneer": rij.einde_datum, "titel": f"Laatste dag: {rij.naam}", "tekst": rij.artikel, "bezoek_uid": ""}
        for rij in termijnen
        if rij.stand in LOPEND
    ]


def _punt(wanneer: datetime, titel: str, tekst: str, bezoek_uid: str = "") -> dict[str, Any]:
    return {"wanneer": wanneer, "titel": titel, "tekst": tekst, "bezoek_uid": bezoek_uid}


def _bezoekpunt(sessie: Session, actor: Actor, bezoek: Bezoek) -> dict[str, Any]:
    actie = sessie.scalars(
        select_voor(systeem(actor.gemeente_id), Actie).where(
            Actie.id.in_(select(Stop.actie_id).where(Stop.id == bezoek.stop_id))
        )
    ).one_or_none()
    tekst = f"{bezoek.locatie.naam}." + (f" Tijdens de actie '{actie.naam}'." if actie else "")
    return _punt(
        bezoek.begin_op or bezoek.aangemaakt_op, f"Bezoek aan {bezoek.locatie.adresregel}", tekst, str(bezoek.uid)
    )


def _papieren(sessie: Session, actor: Actor, bezoek: Bezoek) -> list[Papierinvoer]:
    return [p for p in papierinvoeren_van(sessie, systeem(actor.gemeente_id), bezoek) if p.afgerond_op is not None]


def _papierpunt(invoer: Papierinvoer) -> dict[str, Any]:
    scans = "1 scan" if len(invoer.scans) == 1 else f"{len(invoer.scans)} scans"
    tekst = (
        f"Bij {invoer.bezoek.locatie.adresregel}. Papier ingevuld door {invoer.ingevuld_door} op "
        f"{moment(invoer.ingevuld_op)}, met {scans} van het papier."
    )
    titel = f"Van papier ingevoerd door {invoer.ingevoerd_door.naam}"
    return _punt(invoer.afgerond_op or invoer.ingevoerd_op, titel, tekst, str(invoer.bezoek.uid))


def geschiedenis(dossier: Dossier) -> list[Stap]:
    """Everything that was done with the dossier, newest first."""
    return sorted(dossier.stappen, key=lambda stap: (stap.op, stap.id), reverse=True)

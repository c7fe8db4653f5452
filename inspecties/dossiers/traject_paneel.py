"""How the tracks of a dossier stand, for the head and the page of that dossier."""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.dossiers.kop import TRAJECTREGELS
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.panelen import Paneel
from inspecties.dossiers.tabbladen import jurist_werkt
from inspecties.dossiers.traject_beeld import maak_beeld
from inspecties.dossiers.trajecten import tabel_van, trajecten_van


def trajectregels(sessie: Session, actor: Actor, dossier: Dossier) -> list[tuple[str, str]]:
    """One line per track that has not ended, with the tone of its state."""
    if jurist_werkt(actor, dossier):
        return []
    uit = []
    for traject in trajecten_van(sessie, actor, dossier):
        tabel = tabel_van(traject)
        klaar = tabel.is_eind(traject.stand)
        uit.append((f"{tabel.stap(traject.stand).naam}", "goed" if klaar else "actief"))
    return uit


def maak_paneel(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> Paneel | None:
    """The card: per track where it stands and what the next step still needs."""
    if jurist_werkt(actor, dossier):
        return None
    rijen = trajecten_van(sessie, actor, dossier)
    url = url_for("traject.toon", uid=dossier.uid)
    mag = rol_mag(actor.rol, "dossiers.bewerken") and dossier.toestand != "afgesloten"
    if not rijen:
        if not mag:
            return None
        return Paneel(
            "traject", "Traject", (("Dit dossier heeft nog geen traject.", "let-op"),), url, "Begin een traject"
        )
    regels: list[tuple[str, str]] = []
    for traject in rijen:
        beeld = maak_beeld(sessie, actor, nu, traject)
        regels.append((beeld.tabel.naam, ""))
        regels.append((beeld.nu.naam, "goed" if beeld.klaar else "actief"))
        keuze = beeld.keuze("") if mag and not beeld.klaar else None
        if keuze is not None:
            regels.append((f"Hierna: {keuze.stap.naam.lower()}. {' '.join(keuze.redenen)}".strip(), ""))
        regels += [(f"{baan.naam}: {baan.stand.lower()}", "let-op") for baan in beeld.banen if not baan.klaar]
    return Paneel("traject", "Traject", tuple(regels), url, "Traject bijwerken" if mag else "Traject bekijken")


TRAJECTREGELS.append(trajectregels)

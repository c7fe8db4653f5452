"""Cards on the page of a dossier: its evidence, and what was passed on."""

from datetime import datetime

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.dossiers.bewijsstukken import stukken_van
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bewijs import Bewijscontrole
from inspecties.dossiers.models_verstrekking import Verstrekking
from inspecties.dossiers.panelen import Paneel
from inspecties.dossiers.rules.bewijs import LIJSTEN
from inspecties.dossiers.tabbladen import jurist_werkt


def bewijs_paneel(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> Paneel | None:
    """Reports, statements and conclusions besides the photos, and whether a file was found damaged."""
    del nu
    if jurist_werkt(actor, dossier):
        return None
    stukken = [s for s in stukken_van(sessie, actor, dossier) if s.ingetrokken_op is None]
    delen = []
    for aard, naam in LIJSTEN.items():
        aantal = sum(s.aard == aard for s in stukken)
        if aantal:
            delen.append(f"{aantal} {naam.lower() if aantal > 1 else naam.lower().removesuffix('n').removesuffix('e')}")
    regels: list[tuple[str, str]] = [("Naast de foto's: " + ", ".join(delen) if delen else "Nog alleen foto's.", "")]
    laatste = select(func.max(Bewijscontrole.id)).where(Bewijscontrole.dossier_id == dossier.id)
    laatste = laatste.group_by(Bewijscontrole.stuk_uid)
    kapot = [
        rij for rij in sessie.scalars(select_voor(actor, Bewijscontrole).where(Bewijscontrole.id.in_(laatste)))
        if not rij.heel
    ]  # fmt: skip
    if kapot:
        regels.append(("Een bestand is niet meer ongeschonden", "fout"))
    return Paneel("bewijs", "Bewijslijst", tuple(regels), url_for("bewijs.lijst", uid=dossier.uid), "Bewijs bekijken")


def doorzet_paneel(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> Paneel | None:
    """What was passed on, and which answers are still to come."""
    if jurist_werkt(actor, dossier):
        return None
    rijen = list(sessie.scalars(select_voor(actor, Verstrekking).where(Verstrekking.dossier_id == dossier.id)))
    if not rijen and not rol_mag(actor.rol, "dossiers.bewerken"):
        return None
    wacht = [r for r in rijen if r.wacht]
    laat = [r for r in wacht if r.antwoord_voor is not None and r.antwoord_voor < lokale_datum(nu)]
    regels: list[tuple[str, str]] = [(f"{len(rijen)} keer doorgezet" if rijen else "Nog niets doorgezet.", "")]
    if wacht:
        regels.append((f"{len(wacht)} wacht op antwoord", "fout" if laat else "actief"))
    return Paneel("doorzetten", "Doorzetten", tuple(regels), url_for("doorzetten.lijst", uid=dossier.uid), "Bekijken")

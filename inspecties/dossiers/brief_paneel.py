"""The card of letters on the page of a dossier."""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.dossiers.brieven import brieven_van, soort_van
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.panelen import Paneel


def brieven_paneel(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> Paneel | None:
    """How many letters wait, went, or still need their proof; None where there is nothing for this reader."""
    del nu
    if not rol_mag(actor.rol, "dossiers.lezen"):
        return None
    rijen = brieven_van(sessie, actor, dossier)
    if not rijen and not rol_mag(actor.rol, "dossiers.bewerken"):
        return None
    concept = sum(b.stand == "concept" for b in rijen)
    weg = [b for b in rijen if b.stand == "vastgelegd"]
    zonder = [b for b in weg if not b.kennisgevingen]
    onbekend = sum(soort_van(b).bekendmaking for b in zonder)
    regels: list[tuple[str, str]] = []
    if concept:
        regels.append((f"{concept} {'brief' if concept == 1 else 'brieven'} in concept", "actief"))
    if onbekend:
        regels.append((f"{onbekend} {'besluit' if onbekend == 1 else 'besluiten'} nog niet bekendgemaakt", "fout"))
    if len(zonder) > onbekend:
        regels.append((f"{len(zonder) - onbekend} vastgelegd en nog niet verstuurd", "let-op"))
    if len(weg) > len(zonder):
        regels.append((f"{len(weg) - len(zonder)} verstuurd", "goed"))
    return Paneel(
        code="brieven",
        titel="Brieven",
        regels=tuple(regels) or (("Nog geen brieven", ""),),
        url=url_for("brieven.lijst", uid=dossier.uid),
        knop="Brieven",
    )

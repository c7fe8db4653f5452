"""The approval of the cabinet that a step of a track can carry out."""

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.dossiers.models import Besluit, Dossier
from inspecties.dossiers.models_traject import Dossiertraject, Trajectgang

# Tracks whose decisions can stand in one text: an approval carries one step of each of these. Their guards see to it
# that the text that was approved holds the decision.
SAMEN = frozenset({"last_dwangsom", "last_bestuursdwang", "boete"})


def ongebruikt_akkoord(sessie: Session, actor: Actor, dossier: Dossier, code: str) -> Besluit | None:
    """The approval that the track with this code has not carried out yet, nor another one (save those of ``SAMEN``).

    None where the cabinet refused since, or where the dossier was opened again: then something else may stand in it.
    """
    besluiten = [b for b in dossier.besluiten if b.soort in {"akkoord", "afgewezen"}]
    if dossier.toestand != "akkoord" or not besluiten or besluiten[-1].soort != "akkoord":
        return None
    gebruikt = select_voor(actor, Trajectgang).where(Trajectgang.besluit_id == besluiten[-1].id)
    if code in SAMEN:
        gebruikt = gebruikt.where(Trajectgang.traject.has(Dossiertraject.code == code))
    return None if sessie.scalars(gebruikt).first() is not None else besluiten[-1]

"""The head of a dossier, the same on every page of it: what it is, how it stands, the next term, the tabs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import request, url_for
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.database import db
from inspecties.dossiers.looptermijnen import lopende
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.pagina import TONEN, spoor_van
from inspecties.dossiers.rules.toestanden import DOSSIER_TABELLEN, SOORTEN
from inspecties.dossiers.rules.wachten import Termijn, termijn
from inspecties.dossiers.tabbladen import Tab, tabbladen_van
from inspecties.dossiers.vergunningen import vergunningwaarschuwingen
from inspecties.dossiers.views import bp
from inspecties.web.poort import huidige_actor, klok

# The parts of a dossier (after its address) where somebody could rely on a permit.
_WAARSCHUWT_OP = frozenset({"", "brieven", "traject", "voorbereiding"})
# In these states the day before which the cabinet has to decide still runs.
_NOG_TE_BESLUITEN = frozenset({"opbouw", "voorgelegd", "teruggestuurd"})


@dataclass(frozen=True)
class Volgende:
    """The term that ends first: its name, its last day, how long that is, and the page that explains it."""

    naam: str
    dag: date
    duur: Termijn
    url: str


@dataclass(frozen=True)
class Dossierkop:
    """``regels``: how the tracks of the dossier stand, (text, tone) pairs."""

    op_overzicht: bool
    soort: str
    plaats: str
    stand: str
    toon: str
    spoor: list[tuple[str, str]]
    regels: list[tuple[str, str]]
    volgende: Volgende | None
    meer_termijnen: int
    tabs: list[Tab]
    let_op: list[str]


# How a track of the dossier stands, in one line each; the tracks register themselves here.
Regelmaker = Callable[[Session, Actor, Dossier], list[tuple[str, str]]]
TRAJECTREGELS: list[Regelmaker] = []


def plaats_van(dossier: Dossier) -> str:
    """'Kade 5, Eemstad', or with '(en 2 andere)'; empty for a dossier without a place."""
    if not dossier.locaties:
        return ""
    eerste = dossier.locaties[0]
    tekst = f"{eerste.adresregel}, {eerste.woonplaats}"
    meer = len(dossier.locaties) - 1
    return f"{tekst} (en {meer} andere)" if meer else tekst


def termijnen_op_volgorde(sessie: Session, actor: Actor, dossier: Dossier, vandaag: date) -> list[Volgende]:
    """Every term of the dossier that still counts down for this reader, the one that ends first in front."""
    rijen = sessie.scalars(lopende(actor).where(Looptermijn.dossier_id == dossier.id, Looptermijn.stand == "loopt"))
    uit = [
        Volgende(
            rij.naam,
            rij.einde_datum,
            termijn(rij.einde_datum, vandaag, van_ander=rij.van_ander),
            url_for("termijnen.termijn", uid=rij.uid),
        )
        for rij in rijen
    ]
    if dossier.beslissen_voor is not None and dossier.toestand in _NOG_TE_BESLUITEN:
        hier = url_for("dossiers.dossier", uid=dossier.uid)
        duur = termijn(dossier.beslissen_voor, vandaag)
        uit.append(Volgende("Besluit van het kabinet", dossier.beslissen_voor, duur, hier))
    return sorted(uit, key=lambda v: v.dag)


def _let_op(sessie: Session, actor: Actor, dossier: Dossier, vandaag: date) -> list[str]:
    """What who reads, writes a letter or takes a step must know: permits that do not hold any more."""
    hier = url_for("dossiers.dossier", uid=dossier.uid)
    deel = request.path.removeprefix(hier).strip("/").split("/")[0]
    leest_kabinet = request.blueprint == "bureau"
    if not leest_kabinet and (not request.path.startswith(hier) or deel not in _WAARSCHUWT_OP):
        return []
    return vergunningwaarschuwingen(sessie, actor, dossier, vandaag)


@bp.app_template_global()
def dossierkop(dossier: Dossier) -> Dossierkop:
    """Everything that templates/dossiers/kop.html shows. The page around it logged the reading."""
    actor, sessie, vandaag = huidige_actor(), db.session(), lokale_datum(klok().nu())
    termijnen = termijnen_op_volgorde(sessie, actor, dossier, vandaag)
    return Dossierkop(
        op_overzicht=request.path == url_for("dossiers.dossier", uid=dossier.uid),
        soort=SOORTEN[dossier.soort],
        plaats=plaats_van(dossier),
        stand=DOSSIER_TABELLEN[dossier.tabelversie].namen[dossier.toestand],
        toon=TONEN[dossier.toestand],
        spoor=spoor_van(dossier),
        regels=[regel for maker in TRAJECTREGELS for regel in maker(sessie, actor, dossier)],
        volgende=termijnen[0] if termijnen else None,
        meer_termijnen=max(0, len(termijnen) - 1),
        tabs=tabbladen_van(sessie, actor, dossier),
        let_op=_let_op(sessie, actor, dossier, vandaag),
    )

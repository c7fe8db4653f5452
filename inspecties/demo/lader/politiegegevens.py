"""A photo and a note of visits that stand apart as police data (Wpg)."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from inspecties.controles.models import Bevinding, Bewijsstuk, Bezoek, Operatie
from inspecties.controles.rules.herkenning import TE_TEKENEN
from inspecties.core.actor import Actor
from inspecties.core.fouten import InspectiesFout
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.demo.lader.kring import Kring
from inspecties.dossiers.models import Dossierbezoek, Voorstel
from inspecties.dossiers.wpg import Herkomst
from inspecties.dossiers.wpg_bezoek import vind_antwoord, zet_antwoord_apart, zet_foto_apart

# How many it tries: what carries a finding that stands in a dossier after all is refused.
_POGINGEN = 12
_REDEN = "Vastgelegd door een boa die opspoorde, na de cautie."


def zet_iets_van_een_bezoek_apart(sessie: Session, kring: Kring, jurist: Actor, nu: datetime) -> None:
    """Of visits that are in no dossier and of which nobody judged a finding: the first photo and the last note."""
    beoordeeld = select(Bevinding.bezoek_id).join(Voorstel, Voorstel.bevinding_id == Bevinding.id)
    los = and_(
        Bezoek.id.not_in(select(Dossierbezoek.bezoek_id)),
        Bezoek.id.not_in(beoordeeld.where(Voorstel.status != "open", Bevinding.zonder_signalen())),
    )
    fotos = sessie.scalars(
        select_voor(kring.systeem, Bewijsstuk)
        .join(Bezoek, Bezoek.id == Bewijsstuk.bezoek_id)
        .where(los, Bewijsstuk.mediatype.in_(TE_TEKENEN), Bewijsstuk.vraag_id != "handtekening")
        .order_by(Bewijsstuk.id)
        .limit(_POGINGEN)
    ).all()
    noten = sessie.execute(
        select_voor(kring.systeem, Operatie)
        .join(Bezoek, Bezoek.id == Operatie.bezoek_id)
        .where(los, Operatie.soort == "note")
        .add_columns(Bezoek)
        .order_by(Operatie.id.desc())
        .limit(_POGINGEN)
    ).all()

    def foto(stuk: Bewijsstuk) -> Callable[[], object]:
        return lambda: zet_foto_apart(sessie, jurist, nu, stuk, _herkomst(stuk.bezoek))

    def noot(op: Operatie, bezoek: Bezoek) -> Callable[[], object]:
        def zet() -> object:
            rij = vind_antwoord(sessie, jurist, bezoek, op.vraag_id, op.herhaling_id)
            return zet_antwoord_apart(sessie, jurist, nu, rij, _herkomst(bezoek))

        return zet

    _eerste(sessie, [foto(stuk) for stuk in fotos])
    _eerste(sessie, [noot(op, bezoek) for op, bezoek in noten])


def _herkomst(bezoek: Bezoek) -> Herkomst:
    return Herkomst("Boa domein I", "art. 8 Wpg", lokale_datum(bezoek.begin_op or bezoek.aangemaakt_op), _REDEN)


def _eerste(sessie: Session, pogingen: Iterable[Callable[[], object]]) -> None:
    """What is refused leaves nothing behind."""
    for poging in pogingen:
        try:
            with sessie.begin_nested():
                poging()
        except InspectiesFout:
            continue
        return

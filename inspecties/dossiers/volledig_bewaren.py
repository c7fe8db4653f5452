"""Older complete files go when their term is over; the newest of each kind stays. They can be made again."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from dateutil.relativedelta import relativedelta
from flask import current_app
from sqlalchemy.orm import Session

from inspecties.audit.bewaartermijnen import bewaartermijnen, geldend
from inspecties.audit.bewaren import Bewaarsoort, Vondst
from inspecties.controles.bewijs import gemeente_uid
from inspecties.controles.opslag import Opslag
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.dossiers.models_volledig import Volledigdossier

TERMIJN = "volledig_dossier"


def zoek_oude(sessie: Session, actor: Actor, nu: datetime) -> list[Vondst]:
    """Makings past their term that a newer whole one of the same dossier and kind has replaced, or that failed."""
    maanden = geldend(bewaartermijnen(), lokale_datum(nu))[TERMIJN].maanden
    grens = nu - relativedelta(months=maanden)
    rijen = list(sessie.scalars(select_voor(actor, Volledigdossier).order_by(Volledigdossier.id)))
    nieuwste = {(r.dossier_id, r.uitvoering): r.id for r in rijen if r.stand == "klaar"}
    oud = [r for r in rijen if r.begonnen_op < grens and nieuwste.get((r.dossier_id, r.uitvoering)) != r.id]
    if not oud:
        return []
    # The same bytes may be made twice: a file goes only when no row names it any more.
    blijft = {s for r in rijen if r not in oud for s in (r.pdf_sha256, r.zip_sha256)}
    weg = {s for r in oud for s in (r.pdf_sha256, r.zip_sha256)} - blijft - {""}
    opslag, uid = Opslag(current_app.extensions["instellingen"].opslagmap), gemeente_uid(sessie, actor)
    paden = [opslag.pad(uid, sha256) for sha256 in sorted(weg)]
    return [
        Vondst("volledigdossier", Volledigdossier, [(r.id, r.uid) for r in oud], TERMIJN, na=_wisser(paden)),
    ]


def _wisser(paden: Sequence[Path]) -> Callable[[], None]:
    def wis() -> None:
        for pad in paden:
            pad.unlink(missing_ok=True)

    return wis


SOORTEN: tuple[Bewaarsoort, ...] = (Bewaarsoort("volledige_dossiers", "Oude volledige dossiers", zoek_oude),)

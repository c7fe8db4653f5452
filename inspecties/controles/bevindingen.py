"""What the answers of a visit lead to, computed again after each intake."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.orm import Session

from inspecties.checklists.models import Checklistversie
from inspecties.controles.models import Bevinding, Bezoek
from inspecties.controles.queries import vouw_van
from inspecties.controles.rules.invullen import Uitkomst, uitkomsten, vul_in
from inspecties.controles.rules.vouw import Vouw
from inspecties.core.actor import Actor, systeem
from inspecties.core.klok import lokaal
from inspecties.database import select_voor

log = structlog.get_logger()


def herbereken(sessie: Session, actor: Actor, nu: datetime, bezoek: Bezoek) -> None:
    """Bring the findings of a visit up to date with its operations, in the caller's transaction.

    What an evaluator cannot make sense of never stops the intake: the findings then stay as they were, and the next
    intake tries again.
    """
    lezer = systeem(actor.gemeente_id)
    sessie.flush()
    vouw = vouw_van(sessie, lezer, bezoek)
    for versie in bezoek.checklists:
        try:
            uit = _reken(versie.definitie, bezoek, vouw)
        except Exception as fout:  # noqa: BLE001 - answers are stored already; see the docstring
            log.error("bevindingen", soort=type(fout).__name__, checklist=versie.hash)
            continue
        _werk_bij(sessie, lezer, nu, bezoek, versie, uit)


def _reken(definitie: dict[str, Any], bezoek: Bezoek, vouw: Vouw) -> list[Uitkomst]:
    # Visits that were made without a moment (older, or unplanned) are seen from when they were made.
    context = {"nu": lokaal(bezoek.aangemaakt_op).isoformat(timespec="seconds")} | bezoek.context
    return uitkomsten(definitie, vul_in(definitie, context, vouw), vouw)


def _werk_bij(
    sessie: Session, lezer: Actor, nu: datetime, bezoek: Bezoek, versie: Checklistversie, uit: Iterable[Uitkomst]
) -> None:
    bestaand = {
        (b.gevolg, b.grondslag): b
        for b in sessie.scalars(
            select_voor(lezer, Bevinding).where(Bevinding.bezoek_id == bezoek.id, Bevinding.form_versie == versie.hash)
        )
    }
    vuurt = {(u.gevolg, u.grondslag): u for u in uit}
    for sleutel, uitkomst in vuurt.items():
        bevinding = bestaand.get(sleutel)
        if bevinding is None:
            bevinding = Bevinding(
                gemeente_id=bezoek.gemeente_id,
                bezoek_id=bezoek.id,
                form_versie=versie.hash,
                gevolg=uitkomst.gevolg,
                grondslag=uitkomst.grondslag,
            )
            sessie.add(bevinding)
        elif bevinding.vervallen_op is None and _inhoud(bevinding) == _inhoud(uitkomst):
            continue
        bevinding.dragers, bevinding.ontbreekt, bevinding.hard = uitkomst.dragers, uitkomst.ontbreekt, uitkomst.hard
        bevinding.rev, bevinding.berekend_op, bevinding.vervallen_op = bezoek.rev, nu, None
    for sleutel, bevinding in bestaand.items():
        if sleutel not in vuurt and bevinding.vervallen_op is None:
            bevinding.vervallen_op, bevinding.rev, bevinding.berekend_op = nu, bezoek.rev, nu
    sessie.flush()


def _inhoud(deel: Bevinding | Uitkomst) -> tuple[list[dict[str, Any]], list[dict[str, Any]], bool]:
    return deel.dragers, deel.ontbreekt, deel.hard

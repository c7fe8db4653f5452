"""What the answers of a visit lead to, computed again after each intake."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.orm import Session

from inspecties.checklists.models import Checklistversie
from inspecties.controles.mensenhandel import heropen_als_zwaarder
from inspecties.controles.models import Bevinding, Bezoek
from inspecties.controles.queries import vouw_van
from inspecties.controles.rules.invullen import Blad, Uitkomst, signaal_van, uitkomsten, vul_in
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
    bladen = []
    for versie in bezoek.checklists:
        try:
            blad = _vul_in(versie, bezoek, vouw)
            uit = uitkomsten(blad.definitie, blad.sessie, vouw)
        except Exception as fout:  # noqa: BLE001 - answers are stored already; see the docstring
            log.error("bevindingen", soort=type(fout).__name__, checklist=versie.hash)
            continue
        bladen.append(blad)
        _werk_bij(sessie, lezer, nu, bezoek, versie, uit)
    _werk_signaal_bij(sessie, lezer, nu, bezoek, vouw, bladen)


def _vul_in(versie: Checklistversie, bezoek: Bezoek, vouw: Vouw) -> Blad:
    # Visits that were made without a moment (older, or unplanned) are seen from when they were made.
    context = {"nu": lokaal(bezoek.aangemaakt_op).isoformat(timespec="seconds")} | bezoek.context
    return Blad(versie.definitie, vul_in(versie.definitie, context, vouw), versie.hash)


def _werk_signaal_bij(
    sessie: Session, lezer: Actor, nu: datetime, bezoek: Bezoek, vouw: Vouw, bladen: list[Blad]
) -> None:
    """One signal of trafficking per visit: whatever its articles become, it is the same finding with its judgement."""
    gevonden = signaal_van(bladen, vouw)
    bevinding = sessie.scalars(
        select_voor(lezer, Bevinding).where(Bevinding.bezoek_id == bezoek.id, Bevinding.alleen_signalen())
    ).one_or_none()
    if gevonden is None:
        # A checklist that could not be evaluated may hold what carries it: then it stays.
        if bevinding is not None and bevinding.vervallen_op is None and len(bladen) == len(bezoek.checklists):
            bevinding.vervallen_op, bevinding.rev, bevinding.berekend_op = nu, bezoek.rev, nu
            sessie.flush()
        return
    hash_, uitkomst = gevonden
    if bevinding is None:
        bevinding = Bevinding(
            gemeente_id=bezoek.gemeente_id, bezoek_id=bezoek.id, form_versie=hash_, gevolg=uitkomst.gevolg
        )
        sessie.add(bevinding)
    elif bevinding.vervallen_op is None and _inhoud(bevinding) == _inhoud(uitkomst):
        return
    bevinding.grondslag = uitkomst.grondslag
    _neem_over(bevinding, uitkomst, bezoek, nu)
    sessie.flush()
    heropen_als_zwaarder(sessie, lezer, nu, bevinding)


def _neem_over(bevinding: Bevinding, uitkomst: Uitkomst, bezoek: Bezoek, nu: datetime) -> None:
    bevinding.dragers, bevinding.ontbreekt, bevinding.hard = uitkomst.dragers, uitkomst.ontbreekt, uitkomst.hard
    bevinding.rev, bevinding.berekend_op, bevinding.vervallen_op = bezoek.rev, nu, None


def _werk_bij(
    sessie: Session, lezer: Actor, nu: datetime, bezoek: Bezoek, versie: Checklistversie, uit: Iterable[Uitkomst]
) -> None:
    bestaand = {
        (b.gevolg, b.grondslag): b
        for b in sessie.scalars(
            select_voor(lezer, Bevinding).where(
                Bevinding.bezoek_id == bezoek.id,
                Bevinding.form_versie == versie.hash,
                Bevinding.zonder_signalen(),
            )
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
        _neem_over(bevinding, uitkomst, bezoek, nu)
    for sleutel, bevinding in bestaand.items():
        if sleutel not in vuurt and bevinding.vervallen_op is None:
            bevinding.vervallen_op, bevinding.rev, bevinding.berekend_op = nu, bezoek.rev, nu
    sessie.flush()


def _inhoud(deel: Bevinding | Uitkomst) -> tuple[list[dict[str, Any]], list[dict[str, Any]], bool]:
    return deel.dragers, deel.ontbreekt, deel.hard

"""What the team wrote down at the door, for the verslag van binnentreden."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, String, cast, or_
from sqlalchemy.orm import Session

from inspecties.acties.rules.verslag import Deurbericht
from inspecties.controles.models import Bezoek, Operatie
from inspecties.controles.queries import als_kop
from inspecties.controles.rules.vouw import Vouw
from inspecties.core.actor import Actor
from inspecties.database import select_voor

# The names of these questions in the checklists (config/checklists).
_GROND = "binnentreden_grond"
_VRAGEN = (
    _GROND,
    "machtiging_geldig",
    "spoed_reden",
    "tijd_binnen",
    "tijd_buiten",
    "verbalisant_nummer",
    "partners_aanwezig",
)
# As JSON text: both databases compare it alike.
_ZONDER_TOESTEMMING = ('"machtiging"', '"spoed"')


def _tijd(waarde: Any) -> time | None:
    try:
        return time.fromisoformat(waarde[:5]) if isinstance(waarde, str) else None
    except ValueError:
        return None


def _tekst(waarde: Any) -> str:
    return waarde.strip() if isinstance(waarde, str) else ""


def _lees(bezoek: Bezoek, vouw: Vouw) -> Deurbericht:
    partners = vouw.waarde("partners_aanwezig")
    return Deurbericht(
        grond=_tekst(vouw.waarde(_GROND)),
        machtiging_geldig=_tekst(vouw.waarde("machtiging_geldig")),
        spoed_reden=_tekst(vouw.waarde("spoed_reden")),
        binnen=_tijd(vouw.waarde("tijd_binnen")),
        verlaten=_tijd(vouw.waarde("tijd_buiten")),
        begin_op=bezoek.begin_op,
        eind_op=bezoek.eind_op,
        nummer=_tekst(vouw.waarde("verbalisant_nummer")),
        partners=tuple(p for p in partners if isinstance(p, str) and p != "geen") if isinstance(partners, list) else (),
        bezoek_uid=str(bezoek.uid),
    )


def deurberichten(
    sessie: Session, actor: Actor, stop_ids: Sequence[int], sinds: datetime | None
) -> Mapping[int, Deurbericht]:
    """Stop.id -> what its visit says of the entry. Two queries, however many stops."""
    welke: ColumnElement[bool] = Bezoek.stop_id.in_(stop_ids)
    if sinds is not None:
        zonder = (
            select_voor(actor, Operatie)
            .join(Bezoek, Bezoek.id == Operatie.bezoek_id)
            .where(
                Bezoek.begin_op >= sinds,
                Operatie.vraag_id == _GROND,
                cast(Operatie.waarde, String).in_(_ZONDER_TOESTEMMING),
            )
            .with_only_columns(Operatie.bezoek_id)
        )
        welke = or_(welke, Bezoek.id.in_(zonder))
    bezoeken = sessie.scalars(select_voor(actor, Bezoek).where(Bezoek.stop_id.is_not(None), welke)).all()
    vouwen = {b.id: Vouw() for b in bezoeken}
    ops = select_voor(actor, Operatie).where(Operatie.bezoek_id.in_(vouwen), Operatie.vraag_id.in_(_VRAGEN))
    for op in sessie.scalars(ops.order_by(Operatie.bezoek_id, Operatie.rev)):
        vouwen[op.bezoek_id].voeg_toe(als_kop(op))
    return {b.stop_id: _lees(b, vouwen[b.id]) for b in bezoeken if b.stop_id is not None}

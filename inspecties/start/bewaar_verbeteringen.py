"""A note on data that were put right goes with the row that it is about, also when its own term still runs."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.aanvang import maanden_op
from inspecties.audit.geheel import Geheel, Ids, alleen
from inspecties.audit.rules_bewaren import Aanvang, plus_maanden
from inspecties.audit.wpgmuur import achter_de_muur
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.start.bewaar_tabellen import tabel
from inspecties.start.verbeteringen import zoek_rijen

_NOTITIE = tabel("rectificatie")
_TERMIJN = "rectificatie"


def _zonder_gegeven(sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]:
    """The term of each is over on the day that the note was written: nothing is left that it is a note on."""
    kolommen = _NOTITIE.c.id, _NOTITIE.c.uid, _NOTITIE.c.op, _NOTITIE.c.object_uid, _NOTITIE.c.object_soort
    notities = sessie.execute(
        select(*kolommen).where(_NOTITIE.c.gemeente_id == actor.gemeente_id, alleen(_NOTITIE.c.id, ids))
    ).all()
    with achter_de_muur(sessie):  # what stands apart as police data is still there, and may come back with its note
        er_nog = zoek_rijen(sessie, {n.object_uid: n.object_soort for n in notities})
    maanden = maanden_op(tot)[_TERMIJN]
    return [
        Aanvang(n.id, n.uid, plus_maanden(lokale_datum(n.op), -maanden), _TERMIJN)
        for n in notities
        if n.object_uid not in er_nog
    ]


SOORTEN: tuple[Geheel, ...] = (
    Geheel(
        "verbetering_zonder_gegeven",
        "Verbeteringen van gegevens die weg zijn",
        _NOTITIE,
        (_TERMIJN,),
        _zonder_gegeven,
    ),
)

"""What belongs to a dossier in fact, though no key says so, stays as long as that dossier has to."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from inspecties.audit.geheel import Geheel, Ids, volg
from inspecties.audit.rules_bewaren import Aanvang
from inspecties.core.actor import Actor
from inspecties.start.bewaar_zaken import wat_loopt


def met_dossiers(geheel: Geheel, *wegen: tuple[str, ...]) -> Geheel:
    """The same kind, held too by the dossiers at the end of these ways: by a hold on one, and by what runs in one."""
    zoek = geheel.aanvang

    def begin(sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]:
        rijen = zoek(sessie, actor, tot, ids)
        redenen: dict[int, set[str]] = {}
        for weg in wegen:
            bij = volg(sessie, [a.id for a in rijen], weg)
            for dossier, waarom in wat_loopt(sessie, bij).items():
                for i in bij[dossier]:
                    redenen.setdefault(i, set()).update(waarom)
        return [replace(a, vast_door=(*a.vast_door, *sorted(redenen.get(a.id, ())))) for a in rijen]

    return replace(geheel, aanvang=begin, houders=(*geheel.houders, *(("dossier", *weg) for weg in wegen)))

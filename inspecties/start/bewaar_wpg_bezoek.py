"""Police data (Wpg) of visits under their term: photos, answers, and what hangs on them.

In this order, because each says of the next that it belongs to police data: what hangs on photos, the operations that
attached them, the photos, the operations of answers, and last the operation that carries the mark of its answer.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.orm import Session

from inspecties.audit.aanvang import binnen
from inspecties.audit.geheel import Geheel
from inspecties.audit.rules_bewaren import Aanvang
from inspecties.controles.bezoekmuur import ANTWOORD, FOTO, gewone_quarantaine, noemt
from inspecties.core.actor import Actor
from inspecties.start.bewaar_tabellen import tabel

_MERK, _OP, _FOTO = tabel("wpggegeven"), tabel("operatie"), tabel("bewijsstuk")
_LAKKING, _QUARANTAINE, _BEZOEK = tabel("lakking"), tabel("quarantaine"), tabel("bezoek")
_TERMIJN = "wpg_weg"


@dataclass(frozen=True)
class Foto:
    """A photo that stands apart; ``bij``: with the answer of this operation, None for its own mark."""

    uid: UUID
    bezoek_id: int
    sha256: str
    sinds: date
    bij: int | None = None


@dataclass(frozen=True)
class Anker:
    """The operation that carries the mark of an answer."""

    id: int
    uid: UUID
    bezoek_id: int
    vraag_id: str
    herhaling_id: UUID | None
    sinds: date

    def bij(self, rijen: Any) -> ColumnElement[bool]:
        """Rows on the same question."""
        return and_(
            rijen.c.bezoek_id == self.bezoek_id,
            rijen.c.vraag_id == self.vraag_id,
            rijen.c.herhaling_id.is_not_distinct_from(self.herhaling_id),
        )


def ankers(sessie: Session, actor: Actor) -> list[Anker]:
    """Every answer that stands apart."""
    rijen = sessie.execute(
        select(_OP.c.id, _OP.c.uid, _OP.c.bezoek_id, _OP.c.vraag_id, _OP.c.herhaling_id, _MERK.c.ontvangen_op)
        .join(_MERK, and_(_MERK.c.object_uid == _OP.c.uid, _MERK.c.object_soort == ANTWOORD))
        .where(_OP.c.gemeente_id == actor.gemeente_id)
        .order_by(_OP.c.id)
    )
    return [Anker(*rij) for rij in rijen]


def fotos(sessie: Session, actor: Actor) -> dict[int, Foto]:
    """Every photo that stands apart, by its id: by itself, or with its answer. The first day of either counts."""
    kolommen = (_FOTO.c.id, _FOTO.c.uid, _FOTO.c.bezoek_id, _FOTO.c.sha256)
    rijen = sessie.execute(
        select(*kolommen, _MERK.c.ontvangen_op)
        .join(_MERK, and_(_MERK.c.object_uid == _FOTO.c.uid, _MERK.c.object_soort == FOTO))
        .where(_FOTO.c.gemeente_id == actor.gemeente_id)
    )
    uit = {rij[0]: Foto(*rij[1:]) for rij in rijen}
    for anker in ankers(sessie, actor):
        bij_op = select(_OP.c.id).where(anker.bij(_OP), _OP.c.soort == "attach", noemt(_OP.c.waarde, _FOTO.c.sha256))
        gehecht = and_(_FOTO.c.bezoek_id == anker.bezoek_id, bij_op.correlate(_FOTO).exists())
        for rij in sessie.execute(select(*kolommen).where(or_(anker.bij(_FOTO), gehecht))):
            eigen = uit.get(rij[0])
            sinds = min(eigen.sinds, anker.sinds) if eigen else anker.sinds
            uit[rij[0]] = Foto(*rij[1:], sinds, anker.id)
    return uit


def _lakkingen(sessie: Session, actor: Actor, tot: date) -> list[Aanvang]:
    del tot
    uit = []
    for foto in fotos(sessie, actor).values():
        waar = (_LAKKING.c.bezoek_id == foto.bezoek_id, _LAKKING.c.sha256 == foto.sha256)
        uit += [
            Aanvang(rij[0], rij[1], foto.sinds, _TERMIJN)
            for rij in sessie.execute(select(_LAKKING.c.id, _LAKKING.c.uid).where(*waar))
        ]
    return uit


def _apart_bij_inname(sessie: Session, actor: Actor, tot: date) -> list[Aanvang]:
    """What tablets sent of it and what was set apart at intake; the first mark in its visit counts."""
    del tot
    sinds: dict[int, date] = {}
    delen = [(anker.bezoek_id, anker.sinds) for anker in ankers(sessie, actor)]
    delen += [(foto.bezoek_id, foto.sinds) for foto in fotos(sessie, actor).values()]
    for bezoek_id, dag in delen:
        sinds[bezoek_id] = min(dag, sinds.get(bezoek_id, dag))
    uids = {
        str(uid): sinds[id_]
        for id_, uid in sessie.execute(select(_BEZOEK.c.id, _BEZOEK.c.uid).where(_BEZOEK.c.id.in_(sinds)))
    }
    rijen = sessie.execute(
        select(_QUARANTAINE.c.id, _QUARANTAINE.c.uid, _QUARANTAINE.c.bezoek_uid).where(
            _QUARANTAINE.c.gemeente_id == actor.gemeente_id,
            _QUARANTAINE.c.bezoek_uid.in_(uids),
            not_(gewone_quarantaine(_QUARANTAINE.c.bezoek_uid, _QUARANTAINE.c.inhoud)),
        )
    )
    return [Aanvang(rij[0], rij[1], uids[rij[2]], _TERMIJN) for rij in rijen]


def _aanhechtingen(sessie: Session, actor: Actor, tot: date) -> list[Aanvang]:
    """Operations that attached such a photo at a question that does not stand apart itself."""
    del tot
    al = [anker.bij(_OP) for anker in ankers(sessie, actor)]
    uit: dict[int, Aanvang] = {}
    for foto in fotos(sessie, actor).values():
        opdracht = select(_OP.c.id, _OP.c.uid).where(
            _OP.c.bezoek_id == foto.bezoek_id, _OP.c.soort == "attach", noemt(_OP.c.waarde, foto.sha256)
        )
        for rij in sessie.execute(opdracht.where(*(not_(waar) for waar in al))):
            uit[rij[0]] = Aanvang(rij[0], rij[1], foto.sinds, _TERMIJN)
    return list(uit.values())


def _fotos(sessie: Session, actor: Actor, tot: date) -> list[Aanvang]:
    del tot
    return [Aanvang(id_, foto.uid, foto.sinds, _TERMIJN) for id_, foto in fotos(sessie, actor).items()]


def _met_foto(sessie: Session, actor: Actor) -> set[int]:
    """Answers of which a photo is still here: something holds that, and without the answer everybody would see it."""
    return {foto.bij for foto in fotos(sessie, actor).values() if foto.bij is not None}


def _operaties(sessie: Session, actor: Actor, tot: date) -> list[Aanvang]:
    del tot
    met_foto = _met_foto(sessie, actor)
    uit = []
    for anker in ankers(sessie, actor):
        vast = ("een foto bij dit antwoord blijft nog",) if anker.id in met_foto else ()
        rijen = sessie.execute(select(_OP.c.id, _OP.c.uid).where(anker.bij(_OP), _OP.c.id != anker.id))
        uit += [Aanvang(rij[0], rij[1], anker.sinds, _TERMIJN, vast) for rij in rijen]
    return uit


def _ankers(sessie: Session, actor: Actor, tot: date) -> list[Aanvang]:
    del tot
    met_foto = _met_foto(sessie, actor)
    uit = []
    for anker in ankers(sessie, actor):
        rest = sessie.scalar(select(func.count()).select_from(_OP).where(anker.bij(_OP), _OP.c.id != anker.id))
        if not rest and anker.id not in met_foto:
            uit.append(Aanvang(anker.id, anker.uid, anker.sinds, _TERMIJN))
    return uit


def _houders(tabelnaam: str) -> tuple[tuple[str, ...], ...]:
    """What holds a visit holds what stands apart of it."""
    naar = f"{tabelnaam}.id>bezoek_id"
    return (
        ("bezoek", naar),
        ("risicolocatie", naar, "bezoek.id>locatie_id"),
        ("actie", naar, "bezoek.id>stop_id", "stop.id>actie_id"),
        ("dossier", naar, "dossierbezoek.bezoek_id>dossier_id"),
    )


AANHANG: tuple[Geheel, ...] = (
    Geheel(
        "politiefoto_afdekking", "Afdekkingen van foto's van de politie", _LAKKING, (_TERMIJN,), binnen(_lakkingen),
        houders=_houders("lakking"),
    ),
    Geheel(
        "politie_inname", "Apart gezette gegevens van tablets, van de politie", _QUARANTAINE, (_TERMIJN,),
        binnen(_apart_bij_inname),
    ),
    Geheel(
        "politiefoto_aanhechting", "Bijschriften van foto's van de politie", _OP, (_TERMIJN,), binnen(_aanhechtingen),
        houders=_houders("operatie"),
    ),
)  # fmt: skip
SOORTEN: tuple[Geheel, ...] = (
    Geheel(
        "politiefoto", "Foto's en scans van de politie", _FOTO, (_TERMIJN,), binnen(_fotos),
        frozenset({"dossierbewijs.bewijsstuk_id", "bewijsplek.bewijsstuk_id"}), _houders("bewijsstuk"),
    ),
    Geheel(
        "politieantwoord", "Antwoorden van de politie", _OP, (_TERMIJN,), binnen(_operaties),
        houders=_houders("operatie"),
    ),
    Geheel(
        "politieantwoord_eerste", "Antwoorden van de politie, eerste versie", _OP, (_TERMIJN,), binnen(_ankers),
        houders=_houders("operatie"),
    ),
)  # fmt: skip

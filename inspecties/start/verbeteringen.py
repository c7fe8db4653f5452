"""Notes beside data that were put right on request (art. 16 AVG): read by who may read the data, and where they stand.

A note hangs on the row that it is about (``object_soort`` is its table). It is found under what that row hangs under,
and shows no more when the row is gone.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.models_beperking import Rectificatie
from inspecties.core.actor import Actor
from inspecties.core.ids import lees_id
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.database import select_voor
from inspecties.start.inzage_plekken import hoofd_van, modellen
from inspecties.start.inzage_zoeken import Rij, leesbare, plek_bij

# What goes to another table keeps its public id, and with it its notes.
VERHUIST: dict[str, str] = {"kenmerk": "vervallen_kenmerk"}


@dataclass(frozen=True)
class Verbetering:
    """What stood there and what the person says is right; both empty for who may not read that row."""

    rij: Rectificatie
    leesbaar: bool = False
    oud: str = ""
    nieuw: str = ""

    @property
    def toont(self) -> bool:
        """Whether the text itself is here."""
        return bool(self.nieuw)


def verbeterd(sessie: Session, actor: Actor) -> dict[str, str]:
    """Public id -> table of every row of the gemeente that has a note: a handful."""
    paren = select_voor(actor, Rectificatie).with_only_columns(Rectificatie.object_uid, Rectificatie.object_soort)
    return {rij[0]: rij[1] for rij in sessie.execute(paren)}


def _rijen(sessie: Session, tabel: str, uids: Collection[str]) -> Iterator[tuple[str, Rij]]:
    """Public id and place of the rows that are still there."""
    model = next((m for m in modellen() if m.__tablename__ == tabel), None)
    if model is None:
        return
    opdracht, onder = select(model.id, model.uid), hoofd_van(tabel)
    if onder is not None:
        hoofd = next(m for m in modellen() if m.__tablename__ == onder[1])
        opdracht = opdracht.add_columns(hoofd.uid).outerjoin(hoofd, getattr(model, onder[0]) == hoofd.id)
    for rij in sessie.execute(opdracht.where(model.uid.in_([lees_id(uid) for uid in uids]))):
        eigen = str(rij[1])
        if onder is not None and rij[2] is not None:
            yield eigen, Rij(tabel, rij[0], onder[1], str(rij[2]))
        else:
            yield eigen, Rij(tabel, rij[0], tabel, eigen)


def zoek_rijen(sessie: Session, bekend: dict[str, str]) -> dict[str, Rij]:
    """Where these rows (public id -> table) are now; what is gone is left out."""
    uit: dict[str, Rij] = {}
    for soort in sorted(set(bekend.values())):
        uids = [uid for uid, van in bekend.items() if van == soort]
        for tabel in filter(None, (soort, VERHUIST.get(soort))):
            uit |= dict(_rijen(sessie, tabel, uids))
    return uit


def _notities(
    sessie: Session, actor: Actor, bos: Sleutelbos, rijen: dict[str, Rij], *, bij_het_gegeven: bool
) -> list[Verbetering]:
    mag = leesbare(sessie, actor, rijen.values())
    notities = sessie.scalars(
        select_voor(actor, Rectificatie)
        .where(Rectificatie.object_uid.in_(list(rijen)))
        .order_by(Rectificatie.op.desc(), Rectificatie.id.desc())
    )
    uit = []
    for notitie in notities:
        tabel, _, kolom = notitie.veld.partition(".")
        # Notes of before this hung on what the row stands under, and do not say which row: nobody reads those here.
        leesbaar = rijen[notitie.object_uid] in mag and tabel == notitie.object_soort
        plek = plek_bij((tabel, kolom))
        # What is encrypted shows where somebody asks for it and leaves a line, and so does its note.
        if leesbaar and (bij_het_gegeven or (plek is not None and not plek.context)):
            context = f"rectificatie:{notitie.uid}"
            tekst = bos.ontsleutel(notitie.oud, context), bos.ontsleutel(notitie.nieuw, context)
            uit.append(Verbetering(notitie, leesbaar, *tekst))
        else:
            uit.append(Verbetering(notitie, leesbaar))
    return uit


def op_pagina(sessie: Session, actor: Actor, bos: Sleutelbos, uids: Collection[str]) -> list[Verbetering]:
    """Notes on rows that a page about these objects is made of, newest first; without text where it is not for all."""
    rijen = zoek_rijen(sessie, verbeterd(sessie, actor))
    hier = {uid: rij for uid, rij in rijen.items() if uid in uids or rij.object_uid in uids}
    return _notities(sessie, actor, bos, hier, bij_het_gegeven=False) if hier else []


def bij_gegeven(sessie: Session, actor: Actor, bos: Sleutelbos, tabel: str, uid: str) -> list[Verbetering]:
    """Notes on one row, for a page that shows that row and logs it; none for who may not read the row."""
    notities = _notities(sessie, actor, bos, zoek_rijen(sessie, {uid: tabel}), bij_het_gegeven=True)
    return [notitie for notitie in notities if notitie.toont]

"""Looking for a person in every place of ``inzage_plekken``, and reading what a hit says."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ColumnElement, Select, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from inspecties.audit.wpgmuur import apart_van
from inspecties.core.actor import Actor
from inspecties.core.ids import lees_id
from inspecties.core.rechten import rol_mag
from inspecties.core.sleutelbos import Sleutelbos, SleutelFout
from inspecties.database import select_voor
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.signalen.models_melder import Melder
from inspecties.start.inzage_plekken import Plek, hoofd_van, is_medewerker, modellen, plekken
from inspecties.start.models_inzage import Inzagetreffer
from inspecties.start.rules_inzage import Zoekvraag, lees_zoekvraag, staat_in

# Part of a name that both databases compare alike: lower() of SQLite knows no more letters.
_GEWOON = re.compile(r"[a-z0-9@.]{3,}")
# What is shown around a name in a long text, in characters.
_RAND = 160
# A value up to this length is given whole.
_KORT = 200


@dataclass(frozen=True)
class Vondst:
    """A row and column that name the person, and what it hangs under."""

    plek: Plek
    rij_id: int
    uid: str
    object_soort: str
    object_uid: str


def als_tekst(waarde: Any) -> str:
    """Every text in a value, also deep in JSON."""
    if isinstance(waarde, str):
        return waarde
    if isinstance(waarde, dict):
        return "\n".join(filter(None, map(als_tekst, waarde.values())))
    if isinstance(waarde, list):
        return "\n".join(filter(None, map(als_tekst, waarde)))
    return str(waarde) if isinstance(waarde, int | float) and not isinstance(waarde, bool) else ""


def lees_waarde(bos: Sleutelbos, plek: Plek, uid: UUID, waarde: Any) -> str:
    """The text in a cell; an encrypted one opened. Empty where its key is gone."""
    if not plek.context:
        return als_tekst(waarde)
    try:
        open_ = bos.ontsleutel(waarde, f"{plek.context}:{uid}")
    except SleutelFout:
        return ""
    try:
        return als_tekst(json.loads(open_))
    except ValueError:
        return open_


def _voorzeef(kolom: Any, vraag: Zoekvraag) -> ColumnElement[bool] | None:
    """A condition that leaves out most rows; None where only reading them all is certain."""
    if vraag.nummers:
        return None
    delen = []
    for term in (*vraag.namen, *vraag.mails):
        stukken = _GEWOON.findall(term)
        if not stukken:
            return None
        delen.append(max(stukken, key=len))
    tekst = func.lower(cast(kolom, Text))
    return or_(*(tekst.contains(deel, autoescape=True) for deel in delen))


def _rijen(actor: Actor, plek: Plek, vraag: Zoekvraag) -> Select[Any]:
    model, kolom = plek.model, getattr(plek.model, plek.kolom)
    opdracht = select(model.id, model.uid, kolom)
    if is_medewerker(model):
        leden = select(Lidmaatschap.gebruiker_id).where(Lidmaatschap.gemeente_id == actor.gemeente_id)
        opdracht = opdracht.where(model.id.in_(leden))
    else:
        opdracht = opdracht.where(model.gemeente_id == actor.gemeente_id)
    if not plek.context and (zeef := _voorzeef(kolom, vraag)) is not None:
        opdracht = opdracht.where(zeef)
    return opdracht.order_by(model.id).execution_options(yield_per=500)


def zoek(sessie: Session, actor: Actor, bos: Sleutelbos, vraag: Zoekvraag) -> list[Vondst]:
    """Every place in the gemeente that names the person, whoever may read it: who may, judges it."""
    gevonden = []
    for plek in plekken():
        for rij_id, uid, waarde in sessie.execute(_rijen(actor, plek, vraag)):
            if waarde and staat_in(lees_waarde(bos, plek, uid, waarde), vraag):
                gevonden.append((plek, rij_id, uid))
    return [_vondst(sessie, *g) for g in gevonden]


def _vondst(sessie: Session, plek: Plek, rij_id: int, uid: UUID) -> Vondst:
    onder = hoofd_van(plek.tabel)
    if onder is not None:
        kolom, tabel = onder
        hoofd = next(m for m in modellen() if m.__tablename__ == tabel)
        hoofd_uid = sessie.scalar(
            select(hoofd.uid).join(plek.model, getattr(plek.model, kolom) == hoofd.id).where(plek.model.id == rij_id)
        )
        if hoofd_uid is not None:
            return Vondst(plek, rij_id, str(uid), tabel, str(hoofd_uid))
    return Vondst(plek, rij_id, str(uid), plek.tabel, str(uid))


def plek_bij(sleutel: tuple[str, str]) -> Plek | None:
    """The place of (table, column); None where the model has it no longer."""
    return next((p for p in plekken() if (p.tabel, p.kolom) == sleutel), None)


# What somebody must be allowed to read before they see what stands under it; of anything else the handler judges.
_RECHT: dict[str, str] = {
    "dossier": "dossiers.lezen",
    "signaal": "signalen.lezen",
    "bezoek": "bezoeken.lezen",
    "bevinding": "bezoeken.lezen",
    "risicolocatie": "locaties.lezen",
    "partij": "locaties.personen",
    "kenmerk": "koppelingen.lezen",
    "vervallen_kenmerk": "koppelingen.lezen",
    "actie": "acties.lezen",
    "machtiging": "machtigingen.lezen",
    "verslag": "verslagen.lezen",
}
_ANDERS = "inzage.behandelen"


def _mag_hoofd(sessie: Session, actor: Actor, soort: str, uid: str) -> bool:
    model = next((m for m in modellen() if m.__tablename__ == soort), None)
    if model is None:
        return False
    # A finding of trafficking is read without the right to read visits; its own scope says by whom.
    if soort != "bevinding" and not rol_mag(actor.rol, _RECHT.get(soort, _ANDERS)):
        return False
    if is_medewerker(model):
        return True
    rij = select_voor(actor, model).where(model.uid == lees_id(uid)).with_only_columns(model.id)
    return sessie.scalar(rij) is not None


@dataclass(frozen=True)
class Rij:
    """A row, and what it hangs under."""

    tabel: str
    rij_id: int
    object_soort: str
    object_uid: str


def _mag_tabel(actor: Actor, tabel: str) -> bool:
    """Whether the role reads rows of this table at all, under whatever they hang."""
    return tabel == "bevinding" or tabel not in _RECHT or rol_mag(actor.rol, _RECHT[tabel])


def leesbare(sessie: Session, actor: Actor, rijen: Iterable[Rij]) -> set[Rij]:
    """The rows that the actor's role may read: the row itself, and what it hangs under."""
    per_tabel: dict[str, list[Rij]] = {}
    mag: dict[tuple[str, str], bool] = {}
    for rij in rijen:
        sleutel = (rij.object_soort, rij.object_uid)
        if sleutel not in mag:
            mag[sleutel] = _mag_hoofd(sessie, actor, *sleutel)
        if mag[sleutel] and _mag_tabel(actor, rij.tabel):
            per_tabel.setdefault(rij.tabel, []).append(rij)
    uit: set[Rij] = set()
    for model in modellen():
        hier = per_tabel.get(str(model.__tablename__), [])
        if is_medewerker(model) or not hier:
            uit |= set(hier)
            continue
        ids = {rij.rij_id for rij in hier}
        gezien = set(sessie.scalars(select_voor(actor, model).where(model.id.in_(ids)).with_only_columns(model.id)))
        # What was destroyed in the meantime is nobody's secret any more; what stands apart as police data is.
        weg = ids - set(sessie.scalars(select(model.__table__.c.id).where(model.id.in_(ids))))
        uit |= {rij for rij in hier if rij.rij_id in gezien | weg}
    return uit


def leesbaar(sessie: Session, actor: Actor, treffers: Iterable[Inzagetreffer]) -> set[int]:
    """Ids of the hits that the actor's role may read."""
    rijen = {t.id: Rij(t.tabel, t.rij_id, t.object_soort, t.object_uid) for t in treffers}
    mag = leesbare(sessie, actor, rijen.values())
    return {id_ for id_, rij in rijen.items() if rij in mag}


def zonder_aparte(sessie: Session, treffers: Iterable[Inzagetreffer]) -> list[Inzagetreffer]:
    """Without what stands apart as police data since it was found: the Wpg has a request of its own for that."""
    alle, apart = list(treffers), set()
    for model in modellen():
        ids = {t.rij_id for t in alle if t.tabel == model.__tablename__}
        apart |= {(model.__tablename__, i) for i in apart_van(sessie, model.__table__, ids)} if ids else set()
    return [t for t in alle if (t.tabel, t.rij_id) not in apart]


def uittreksel(sessie: Session, bos: Sleutelbos, plek: Plek, rij_id: int, vraag: Zoekvraag) -> str:
    """What the cell says about the person: a short value whole, of a long text what stands around the name."""
    model = plek.model
    rij = sessie.execute(select(model.uid, getattr(model, plek.kolom)).where(model.id == rij_id)).one_or_none()
    if rij is None:
        return ""
    tekst = " ".join(lees_waarde(bos, plek, rij[0], rij[1]).split())
    if len(tekst) <= _KORT and not isinstance(model.__table__.c[plek.kolom].type, JSON):
        return tekst
    return " … ".join(_rond(tekst, vraag)) or tekst[:_KORT]


def _rond(tekst: str, vraag: Zoekvraag) -> Iterator[str]:
    klein, tot = tekst.casefold(), -1
    termen = (*vraag.namen, *vraag.mails, *(naam.split()[-1] for naam in vraag.namen))
    plaatsen = sorted({m.start() for term in termen for m in re.finditer(re.escape(term), klein)})
    for begin in plaatsen:
        if begin < tot:
            continue
        tot = begin + _RAND
        yield tekst[max(0, begin - _RAND // 2) : tot].strip()


def melders(sessie: Session, actor: Actor, bos: Sleutelbos) -> list[Zoekvraag]:
    """By what each reporter of the gemeente could be known; nobody sees it."""
    uit = []
    for uid, geheim in sessie.execute(
        select(Melder.uid, Melder.versleuteld).where(Melder.gemeente_id == actor.gemeente_id)
    ):
        gegevens = json.loads(bos.ontsleutel(geheim, f"melder:{uid}"))
        contact = gegevens.get("contact", "")
        uit.append(lees_zoekvraag(gegevens.get("naam", ""), contact, contact))
    return uit

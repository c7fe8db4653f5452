"""Undoing an import: what it added goes, what it changed becomes as it was, unless somebody went on with it.

An object was used where any other table refers to it. That is read from the tables themselves, so a feature that is
made later and refers to locations counts too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database.basis import Model
from inspecties.database.bereik import select_voor
from inspecties.locaties.geschiedenis import leg_wijzigingen_vast
from inspecties.locaties.importeren_bijwerken import KOLOMNAMEN, zet_waarden
from inspecties.locaties.models import Locatieimport, Locatiestatus, Risicolocatie
from inspecties.locaties.models_feiten import Vergunning
from inspecties.locaties.models_import import Importregel, Importterugdraaiing

_BLOK = 500
_MODELLEN: dict[str, type[Risicolocatie] | type[Vergunning]] = {"locatie": Risicolocatie, "vergunning": Vergunning}
# Remade from the facts at any time, and removed with their location.
_AFGELEID = frozenset({"prioriteitstand"})
# Rows that come with the location itself: its first status. A second one means that somebody changed it.
_VAN_ZICHZELF = {"locatiestatus": 1}
# How the tables that refer to a location are called for people; others are called by their own name.
_NAMEN = {
    "bezoek": "een bezoek",
    "stop": "een stop van een actie",
    # Not everybody who imports may know that there is a signal.
    "signaal": "werk van een collega",
    "signaallocatie": "werk van een collega",
    # Nor that there is a dossier: of a Bibob dossier only the people named in it may know (Wet Bibob art. 28).
    "dossier": "werk van een collega",
    "dossierlocatie": "werk van een collega",
    "partijrol": "een partij",
    "kenmerk": "een kenmerk",
    "vervallen_kenmerk": "een kenmerk",
    "feitcorrectie": "een correctie",
    "locatieaantal": "een aantal met datum",
    "prioriteitkeuze": "een keuze over de prioriteit",
    "vergunning": "een vergunning",
    "overlastmelding": "een overlastmelding",
    "locatienotitie": "een notitie",
    "locatiedocument": "een document",
    "locatievlak": "een omtrek op de kaart",
    "locatiestatus": "een andere status",
    "locatiewijziging": "een latere wijziging",
    "samenvoeging": "een samenvoeging",
    "locatiesplitsing": "een splitsing",
}


@dataclass(frozen=True, slots=True)
class Blijft:
    """A row that can not be undone, and why, in Dutch."""

    rij: int
    naam: str
    waarom: str
    locatie_uid: UUID | None = None


@dataclass
class Terugplan:
    """What undoing would do: rows to remove, rows to restore, and what stays. ``al``: undone before."""

    weg: list[Importregel] = field(default_factory=list)
    herstel: list[Importregel] = field(default_factory=list)
    blijft: list[Blijft] = field(default_factory=list)
    al: int = 0

    @property
    def kan(self) -> bool:
        return bool(self.weg or self.herstel)


def _verwijzingen(naam: str) -> list[tuple[Table, Any]]:
    """Every (table, column) that refers to the ``id`` of a table."""
    return [
        (tabel, fk.parent)
        for tabel in Model.metadata.sorted_tables
        if tabel.name not in _AFGELEID
        for fk in tabel.foreign_keys
        if fk.column.table.name == naam and fk.column.name == "id"
    ]


def gebruikt_in(sessie: Session, naam: str, ids: Sequence[int]) -> dict[int, list[str]]:
    """For each id of table ``naam`` that is used: in what, in words."""
    uit: dict[int, list[str]] = {}
    for tabel, kolom in _verwijzingen(naam):
        mag = _VAN_ZICHZELF.get(tabel.name, 0)
        opdracht = select(kolom, func.count()).where(kolom.in_(ids)).group_by(kolom).having(func.count() > mag)
        woord = _NAMEN.get(tabel.name, tabel.name.replace("_", " "))
        for id_, _ in sessie.execute(opdracht):
            if woord not in uit.setdefault(id_, []):
                uit[id_].append(woord)
    return uit


def maak_plan(sessie: Session, actor: Actor, batch: Locatieimport) -> Terugplan:
    """What can be undone of this import now. Only reads."""
    regels = sessie.scalars(
        select_voor(actor, Importregel).where(Importregel.import_id == batch.id).order_by(Importregel.rij)
    ).all()
    plan = Terugplan(al=sum(1 for r in regels if r.teruggedraaid_op is not None))
    open_ = [r for r in regels if r.teruggedraaid_op is None]
    for begin in range(0, len(open_), _BLOK):
        blok = open_[begin : begin + _BLOK]
        for soort in _MODELLEN:
            _plan_blok(sessie, actor, soort, [r for r in blok if r.object_soort == soort], plan)
    plan.blijft.sort(key=lambda b: b.rij)
    return plan


def _plan_blok(sessie: Session, actor: Actor, soort: str, regels: list[Importregel], plan: Terugplan) -> None:
    if not regels:
        return
    model = _MODELLEN[soort]
    opdracht = select_voor(actor, model).where(model.uid.in_([r.object_uid for r in regels]))
    objecten: dict[UUID, Risicolocatie | Vergunning] = {o.uid: o for o in sessie.scalars(opdracht)}
    toegevoegd = [objecten[r.object_uid].id for r in regels if r.wat == "toegevoegd" and r.object_uid in objecten]
    gebruik = gebruikt_in(sessie, model.__tablename__, toegevoegd)
    for regel in regels:
        object_ = objecten.get(regel.object_uid)
        waarom = _waarom_niet(regel, object_, gebruik)
        if waarom:
            uid = regel.object_uid if object_ is not None and soort == "locatie" else None
            plan.blijft.append(Blijft(regel.rij, regel.naam, waarom, uid))
        elif regel.wat == "toegevoegd":
            plan.weg.append(regel)
        else:
            plan.herstel.append(regel)


def _waarom_niet(regel: Importregel, object_: Risicolocatie | Vergunning | None, gebruik: dict[int, list[str]]) -> str:
    """Why a row stays as it is, or ''."""
    if object_ is None:
        return "is al weg"
    if object_.gewijzigd_op != regel.achtergelaten_op:
        return "is na de import gewijzigd"
    if regel.wat == "toegevoegd" and object_.id in gebruik:
        return f"is gebruikt: er hoort {' en '.join(gebruik[object_.id])} bij"
    if regel.wat == "bijgewerkt":
        anders = [k for k, w in (regel.nieuw or {}).items() if getattr(object_, k) != w]
        if anders:
            return f"is na de import gewijzigd ({', '.join(KOLOMNAMEN.get(k, k) for k in anders)})"
    return ""


def draai_terug(
    sessie: Session, actor: Actor, nu: datetime, batch: Locatieimport, reden: str
) -> tuple[Importterugdraaiing, Terugplan]:
    """Undo what can be undone of an import, all of it or nothing.

    Raises OngeldigeInvoer at 'reden' where there is none, Conflict where nothing can be undone (any more).
    """
    reden = reden.strip()
    if not reden:
        raise OngeldigeInvoer("Schrijf kort waarom u deze import terugdraait.", "reden")
    if len(reden) > 1000:
        raise OngeldigeInvoer("Houd de reden onder de 1000 tekens.", "reden")
    plan = maak_plan(sessie, actor, batch)
    if not plan.kan:
        raise Conflict("Van deze import is niets meer terug te draaien.", "reden")
    try:
        _verwijder(sessie, [r.object_uid for r in plan.weg if r.object_soort == "vergunning"], Vergunning)
        _verwijder(sessie, [r.object_uid for r in plan.weg if r.object_soort == "locatie"], Risicolocatie)
        _herstel(sessie, actor, nu, plan.herstel, reden)
        sessie.flush()
    except IntegrityError as fout:
        raise Conflict("Een collega gebruikte net een van deze locaties. Er is niets teruggedraaid.") from fout
    for regel in (*plan.weg, *plan.herstel):
        regel.teruggedraaid_op = nu
    terug = Importterugdraaiing(
        gemeente_id=actor.gemeente_id,
        import_id=batch.id,
        reden=reden,
        verwijderd=len(plan.weg),
        hersteld=len(plan.herstel),
        gebleven=len(plan.blijft),
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(terug)
    sessie.flush()
    gegevens = {"verwijderd": terug.verwijderd, "hersteld": terug.hersteld, "gebleven": terug.gebleven}
    leg_vast(sessie, actor, nu, "import_teruggedraaid", "locatieimport", batch.uid, gegevens=gegevens)
    return terug, plan


def _blokken(uids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (uids[begin : begin + _BLOK] for begin in range(0, len(uids), _BLOK))


def _verwijder(sessie: Session, uids: Sequence[UUID], model: type[Risicolocatie] | type[Vergunning]) -> None:
    """Really remove: nothing refers to these any more, and they should not have been there."""
    for blok in _blokken(uids):
        if model is Risicolocatie:
            ids = select(Risicolocatie.id).where(Risicolocatie.uid.in_(blok))
            sessie.execute(
                delete(Locatiestatus).where(Locatiestatus.locatie_id.in_(ids)),
                execution_options={"synchronize_session": False},
            )
        sessie.execute(delete(model).where(model.uid.in_(blok)), execution_options={"synchronize_session": "fetch"})


def _herstel(sessie: Session, actor: Actor, nu: datetime, regels: Sequence[Importregel], reden: str) -> None:
    oud = {r.object_uid: r.oud or {} for r in regels}
    for blok in _blokken(list(oud)):
        anders = []
        for locatie in sessie.scalars(select_voor(actor, Risicolocatie).where(Risicolocatie.uid.in_(blok))):
            waarden = oud[locatie.uid]
            anders.append((locatie.id, {k: getattr(locatie, k) for k in waarden}, waarden))
            zet_waarden(locatie, waarden, nu)
        leg_wijzigingen_vast(sessie, actor, nu, anders, "terugdraaien", reden)

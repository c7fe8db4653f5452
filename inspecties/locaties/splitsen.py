"""One location becomes two, such as 12 and 12a: which rows go to the new one is chosen one by one."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.audit.wpgmuur import voor_de_muur
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database.basis import Model
from inspecties.locaties.geschiedenis import leg_wijzigingen_vast, opgegaan_in
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_geschiedenis import Splitsing
from inspecties.locaties.operations import voeg_locatie_toe
from inspecties.locaties.prioriteit_verouderd import verouder
from inspecties.locaties.rules.feiten import keur_reden
from inspecties.locaties.rules.samenvoegen import TABELNAMEN
from inspecties.locaties.samenvoegen import vergrendel
from inspecties.locaties.samenvoegen_rijen import geheime_dossiers, schrijf_op, verhuis, verhuizende

_TEKST = 60
# What goes along with something else, and is not chosen by itself.
_VOLGT = frozenset({"feitcorrectie"})


@dataclass(frozen=True)
class Rij:
    """One thing that may go to the new location. ``code``: its table and what stands for its key on the page."""

    code: str
    soort: str
    tekst: str
    sleutel: int


def code_van(locatie: Risicolocatie, tabel: str, sleutel: int) -> str:
    """The name of a row in the form of this location: a number of the database never leaves it."""
    return f"{tabel}:{hashlib.sha256(f'{locatie.uid}:{tabel}:{sleutel}'.encode()).hexdigest()[:24]}"


def _dag(waarde: Any) -> str:
    if isinstance(waarde, datetime):
        waarde = lokale_datum(waarde)
    return waarde.strftime("%d-%m-%Y") if isinstance(waarde, date) else "zonder datum"


def _kort(tekst: str) -> str:
    regel = " ".join(tekst.split())
    return regel if len(regel) <= _TEKST else regel[: _TEKST - 1] + "…"


# Table -> what a row of it is called; a table that is not here is called by its kind and number.
_NOEM: dict[str, Callable[[Any], str]] = {
    "bezoek": lambda r: _dag(r.begin_op or r.aangemaakt_op),
    "kenmerk": lambda r: f"{r.soort}, gezien op {_dag(r.gezien_op)}",
    "locatieaantal": lambda r: f"{r.soort} op {_dag(r.peildatum)}: {r.waarde}",
    "locatiedocument": lambda r: r.titel or r.bestandsnaam,
    "locatienotitie": lambda r: f"{_dag(r.op)}: {_kort(r.tekst)}",
    "locatievlak": lambda r: r.soort,
    "overlastmelding": lambda r: f"{r.soort}, {_dag(r.datum)}",
    "prioriteitkeuze": lambda r: f"tot en met {_dag(r.tot)}",
    "signaal": lambda r: f"{r.nummer}, {_dag(r.datum)}",
    "vergunning": lambda r: f"{r.soort} {r.nummer}".strip(),
    "vervallen_kenmerk": lambda r: f"{r.soort}, gezien op {_dag(r.gezien_op)}",
}
# Table -> (its column, table that it points at, the column there that names it).
_VIA = {
    "stop": ("actie_id", "actie", "naam"),
    "partijrol": ("partij_id", "partij", "naam"),
    "dossierlocatie": ("dossier_id", "dossier", "nummer"),
    "signaallocatie": ("signaal_id", "signaal", "nummer"),
}


def _tekst(tabel: Table, rij: Any, namen: dict[int, str]) -> str:
    if tabel.name in _VIA:
        return namen.get(getattr(rij, _VIA[tabel.name][0]), "")
    return _NOEM[tabel.name](rij) if tabel.name in _NOEM else ""


def rijen_van(sessie: Session, locatie: Risicolocatie) -> list[Rij]:
    """Everything of a location that may go to the new one. A stop with a visit goes with its visit."""
    uit: list[Rij] = []
    bezoek = Model.metadata.tables["bezoek"]
    met_bezoek = select(bezoek.c.stop_id).where(bezoek.c.locatie_id == locatie.id, bezoek.c.stop_id.is_not(None))
    for v in verhuizende():
        if v.tabel.name in _VOLGT:
            continue
        # What stands apart as police data stays where it is: who splits may not know of it.
        opdracht = select(v.tabel).where(v.kolom == locatie.id, *voor_de_muur(v.tabel)).order_by(v.sleutel)
        if v.tabel.name == "stop":
            opdracht = opdracht.where(v.sleutel.not_in(met_bezoek))
        if v.tabel.name == "dossierlocatie":
            # These stay where they are: who splits may not know that there is a Bibob dossier (Wet Bibob art. 28).
            opdracht = opdracht.where(v.tabel.c.dossier_id.not_in(geheime_dossiers()))
        rijen = sessie.execute(opdracht).all()
        namen: dict[int, str] = {}
        if rijen and v.tabel.name in _VIA:
            kolom, ander, naam = _VIA[v.tabel.name]
            doel = Model.metadata.tables[ander]
            ids = [getattr(r, kolom) for r in rijen]
            opdracht = select(doel.c.id, doel.c[naam].label("naam")).where(doel.c.id.in_(ids))
            namen = {r.id: r.naam for r in sessie.execute(opdracht)}
        soort = TABELNAMEN.get(v.tabel.name, (v.tabel.name, ""))[0]
        for r in rijen:
            sleutel = getattr(r, v.sleutel.name)
            uit.append(Rij(code_van(locatie, v.tabel.name, sleutel), soort, _tekst(v.tabel, r, namen), sleutel))
    return uit


def _gekozen(sessie: Session, locatie: Risicolocatie, codes: Collection[str]) -> dict[str, set[Any]]:
    bekend = {rij.code: rij.sleutel for rij in rijen_van(sessie, locatie)}
    if not set(codes) <= bekend.keys():
        raise Conflict("Wat u aanvinkte, hoort niet meer bij deze locatie. Kijk het na en kies opnieuw.", "rijen")
    uit: dict[str, set[Any]] = {}
    for code in codes:
        uit.setdefault(code.partition(":")[0], set()).add(bekend[code])
    bezoek = Model.metadata.tables["bezoek"]
    stops = select(bezoek.c.stop_id).where(bezoek.c.id.in_(uit.get("bezoek", ())), bezoek.c.stop_id.is_not(None))
    uit.setdefault("stop", set()).update(sessie.execute(stops).scalars())
    _neem_correcties_mee(sessie, locatie, uit)
    return uit


def _neem_correcties_mee(sessie: Session, locatie: Risicolocatie, gekozen: dict[str, set[Any]]) -> None:
    """What was put right about a fact goes where the fact goes."""
    correctie = Model.metadata.tables["feitcorrectie"]
    rijen = sessie.execute(
        select(correctie.c.id, correctie.c.feit, correctie.c.feit_uid).where(correctie.c.locatie_id == locatie.id)
    ).all()
    uids: dict[str, set[str]] = {}
    for tabelnaam in {r.feit for r in rijen} & set(gekozen):
        tabel = Model.metadata.tables[tabelnaam]
        opdracht = select(tabel.c.uid).where(tabel.c.id.in_(gekozen[tabelnaam]))
        uids[tabelnaam] = {str(uid) for uid in sessie.execute(opdracht).scalars()}
    gekozen["feitcorrectie"] = {r.id for r in rijen if r.feit_uid in uids.get(r.feit, ())}


def _laatste_bezoek(sessie: Session, locatie_id: int) -> datetime | None:
    bezoek = Model.metadata.tables["bezoek"]
    klaar = bezoek.c.eind_op.is_not(None)
    opdracht = select(func.max(bezoek.c.eind_op)).where(bezoek.c.locatie_id == locatie_id, klaar)
    laatste: datetime | None = sessie.execute(opdracht).scalar()
    return laatste


def splits(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bron: Risicolocatie,
    gezien_op: str,
    codes: Collection[str],
    reden: str,
    feiten: dict[str, Any],
) -> Splitsing:
    """A new location with ``feiten`` (as ``voeg_locatie_toe``) and these rows of ``bron``.

    Raises OngeldigeInvoer naming the field; Conflict where somebody changed the location, or a row is no longer its.
    """
    reden = keur_reden(reden)
    vergrendel(sessie, [(bron, gezien_op)])
    samen = opgegaan_in(sessie, actor, bron)
    if samen is not None:
        raise Conflict(f"Deze locatie is samengevoegd met '{samen.winnaar.naam}'. Splits die locatie.")
    if feiten["naam"] == bron.naam:
        raise OngeldigeInvoer("Geef de nieuwe locatie een andere naam dan deze.", "naam")
    gekozen = _gekozen(sessie, bron, codes)
    nieuw = voeg_locatie_toe(sessie, actor, nu, **feiten)
    deel = Splitsing(
        gemeente_id=actor.gemeente_id,
        bron_id=bron.id,
        nieuw_id=nieuw.id,
        reden=reden,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(deel)
    delen = verhuis(sessie, bron.id, nieuw.id, gekozen)
    schrijf_op(sessie, actor, delen, splitsing=deel.id)
    if gekozen.get("bezoek"):
        oud = {"laatste_bezoek_op": bron.laatste_bezoek_op}
        bron.laatste_bezoek_op = _laatste_bezoek(sessie, bron.id)
        nieuw.laatste_bezoek_op = _laatste_bezoek(sessie, nieuw.id)
        anders = {"laatste_bezoek_op": bron.laatste_bezoek_op}
        leg_wijzigingen_vast(sessie, actor, nu, [(bron.id, oud, anders)], "splitsing", reden)
    bron.gewijzigd_op = nu
    verouder(sessie, [bron.id, nieuw.id])
    gegevens = {"nieuw": str(nieuw.uid), "verhuisd": {d.verwijzing.tabel.name: len(d.mee) for d in delen if d.mee}}
    leg_vast(sessie, actor, nu, "locatie_gesplitst", "risicolocatie", bron.uid, gegevens=gegevens)
    return deel

"""Destroying wholes for real: every row of them, the files that only they named, and a proof per table.

A portion is one transaction. Files go after it: their names stand in ``vernietigbestand`` until they are gone, so that
a run that is killed in between is finished by the next one.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from inspecties.audit.beperken import merken
from inspecties.audit.bewaren import bewijs_hash, wis_grondig
from inspecties.audit.geheel import Delen, Geheel, Ids, nog_genoemd, stukken, tabellen_van, verzamel, volg
from inspecties.audit.models_bewaren import Bewaarslot, Vernietiging
from inspecties.audit.models_vernietigen import Vernietigbestand, Vernietigopdracht
from inspecties.audit.operations import leg_vast
from inspecties.audit.rules_bewaren import Bewaarstand, stand_van
from inspecties.core.actor import Actor
from inspecties.core.ids import lees_id
from inspecties.core.opslag import Opslag, is_naam, naam_van
from inspecties.database import metadata
from inspecties.database.bestandskolommen import BESTANDSKOLOMMEN

# What a legal hold can lie on, with its table. The same words as in the audit log.
SLOTSOORTEN: dict[str, str] = {
    "dossier": "dossier",
    "bezoek": "bezoek",
    "locatie": "risicolocatie",
    "actie": "actie",
    "signaal": "signaal",
}
# Tables that lose a row only under an order (migration 0022).
ONDER_OPDRACHT = frozenset({"machtiging", "verslag_binnentreden", "verslag_aflevering", "verstrekking"})
OP_SLOT = "de vernietiging is stopgezet"
BEPERKT = "het gebruik is beperkt (art. 18 AVG)"
BESTAND = "bestand"


@dataclass
class Oordeel:
    """What of a kind goes now, and what stays although its day has come: per row why."""

    geheel: Geheel
    weg: list[Bewaarstand] = field(default_factory=list)
    vast: list[tuple[Bewaarstand, tuple[str, ...]]] = field(default_factory=list)
    delen: Delen = field(default_factory=Delen)


def vastgehouden(sessie: Session, actor: Actor) -> dict[str, dict[int, str]]:
    """Per table the ids of what is held, and why: a legal hold, or a restriction that a person asked (art. 18 AVG)."""
    uit: dict[str, dict[int, str]] = {}
    for tabelnaam, uid, waarom in [*_sloten(sessie, actor), *_beperkingen(sessie, actor)]:
        tabel = metadata.tables[tabelnaam]
        gevonden = sessie.scalar(select(tabel.c.id).where(tabel.c.uid == uid))
        if gevonden is not None:
            uit.setdefault(tabelnaam, {}).setdefault(gevonden, waarom)
    return uit


def _sloten(sessie: Session, actor: Actor) -> list[tuple[str, UUID, str]]:
    opdracht = select(Bewaarslot.object_soort, Bewaarslot.object_uid).where(
        Bewaarslot.gemeente_id == actor.gemeente_id, Bewaarslot.opgeheven_op.is_(None)
    )
    rijen = sessie.execute(opdracht).all()
    return [(SLOTSOORTEN[soort], UUID(uid), OP_SLOT) for soort, uid in rijen if soort in SLOTSOORTEN]


def _beperkingen(sessie: Session, actor: Actor) -> list[tuple[str, UUID, str]]:
    """The kind of a mark is the name of a table; a row without a public id of its own cannot be marked."""
    uit = []
    for merk in merken(sessie, actor.gemeente_id).values():
        tabel, uid = metadata.tables.get(merk.object_soort), lees_id(merk.object_uid)
        if tabel is not None and uid is not None and {"id", "uid"} <= set(tabel.c.keys()):
            uit.append((tabel.name, uid, BEPERKT))
    return uit


def beoordeel(
    sessie: Session, actor: Actor, vandaag: date, geheel: Geheel, maanden: dict[str, int], ids: Ids = None
) -> Oordeel:
    """Of what is over its term: what can go, and what holds the rest. ``ids``: look at these rows only."""
    standen = [stand_van(a, maanden) for a in geheel.aanvang(sessie, actor, vandaag, ids)]
    voorbij = {s.aanvang.id: s for s in standen if s.is_voorbij(vandaag)}
    redenen: dict[int, set[str]] = {i: set(s.aanvang.vast_door) for i, s in voorbij.items() if s.aanvang.vast_door}
    slot = vastgehouden(sessie, actor)
    for houder in geheel.houders:
        for gevonden, wortels in volg(sessie, voorbij, houder[1:]).items():
            waarom = slot.get(houder[0], {}).get(gevonden)
            for i in wortels if waarom else ():
                redenen.setdefault(i, set()).add(str(waarom))
    delen = Delen()
    vrij = set(voorbij) - set(redenen)
    while vrij:
        delen = verzamel(sessie, geheel, vrij)
        nieuw: dict[int, set[str]] = {}
        for tabel, waarom_per in slot.items():
            for i in waarom_per.keys() & delen.rijen.get(tabel, {}).keys():
                nieuw.setdefault(delen.rijen[tabel][i], set()).add(waarom_per[i])
        for i, tabellen in nog_genoemd(sessie, delen).items():
            nieuw.setdefault(i, set()).update(f"nog genoemd in: {tabel}" for tabel in tabellen)
        if not nieuw:
            break
        for i, waarden in nieuw.items():
            redenen.setdefault(i, set()).update(waarden)
        vrij -= set(nieuw)
    uit = Oordeel(geheel, delen=delen if vrij else Delen())
    uit.weg = [s for i, s in voorbij.items() if i in vrij]
    uit.vast = [(s, tuple(sorted(redenen[i]))) for i, s in voorbij.items() if i in redenen]
    return uit


def vernietig_oordeel(
    sessie: Session, actor: Actor, nu: datetime, gemeente_uid: UUID, oordeel: Oordeel
) -> list[Vernietiging]:
    """Destroy what a judgement said can go; per term, so that each proof names its own."""
    uit: list[Vernietiging] = []
    for termijn, deel, paden in per_termijn(sessie, oordeel):
        uit += vernietig_delen(sessie, actor, nu, gemeente_uid, deel, termijn, oordeel.geheel.code, paden)
    return uit


def per_termijn(sessie: Session, oordeel: Oordeel) -> Iterator[tuple[str, Delen, list[str]]]:
    """What goes, apart for each term that says so: its rows, and the files of those that no column names."""
    for termijn in sorted({s.aanvang.termijn for s in oordeel.weg}):
        wortels = {s.aanvang.id for s in oordeel.weg if s.aanvang.termijn == termijn}
        deel = Delen(
            {t: {i: w for i, w in rijen.items() if w in wortels} for t, rijen in oordeel.delen.rijen.items()},
            {b: {i: w for i, w in rijen.items() if w in wortels} for b, rijen in oordeel.delen.banden.items()},
        )
        yield termijn, deel, oordeel.geheel.paden(sessie, wortels) if oordeel.geheel.paden else []


def vernietig_delen(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    gemeente_uid: UUID,
    delen: Delen,
    regel: str,
    soort: str,
    paden: Iterable[str] = (),
) -> list[Vernietiging]:
    """Delete all these rows, parts before what they belong to; a proof per table, and one audit line for the kind."""
    sessie.flush()
    wis_grondig(sessie)
    hashes = genoemde_bestanden(sessie, delen.rijen)
    bewijzen: list[tuple[str, list[str]]] = []
    for (naam, kolom), ouders in delen.banden.items():
        tabel = metadata.tables[naam]
        for stuk in stukken(ouders):
            sessie.execute(delete(tabel).where(tabel.c[kolom].in_(stuk)))
    for tabel in reversed(metadata.sorted_tables):
        ids = delen.rijen.get(tabel.name)
        if ids:
            bewijzen.append((tabel.name, _wis(sessie, actor, tabel, ids)))
    weg = [*zonder_rij(sessie, actor, gemeente_uid, hashes), *paden]
    bekend = set(
        sessie.scalars(
            select(Vernietigbestand.pad).where(
                Vernietigbestand.gemeente_id == actor.gemeente_id, Vernietigbestand.pad.in_(weg)
            )
        )
    )
    for pad in weg:
        if pad not in bekend:
            sessie.add(Vernietigbestand(gemeente_id=actor.gemeente_id, pad=pad, sinds_op=nu))
    if weg:
        bewijzen.append((BESTAND, sorted(bewijs_hash(BESTAND, pad.rsplit("/", 1)[1]) for pad in weg)))
    uit = [_bewijs(sessie, actor, nu, naam, gevonden, regel) for naam, gevonden in bewijzen]
    sessie.flush()
    if uit:
        leg_vast(
            sessie,
            actor,
            nu,
            "vernietigd",
            "vernietiging",
            uit[-1].uid,
            grondslag=f"Bewaartermijn {regel}",
            gegevens={"soort": soort, "delen": {b.soort: b.aantal for b in uit}},
        )
    sessie.expire_all()
    return uit


def _bewijs(sessie: Session, actor: Actor, nu: datetime, soort: str, hashes: Sequence[str], regel: str) -> Vernietiging:
    rij = Vernietiging(
        gemeente_id=actor.gemeente_id,
        soort=soort,
        aantal=len(hashes),
        hashes=list(hashes),
        regel=regel,
        vernietigd_op=nu,
    )
    sessie.add(rij)
    return rij


def _wis(sessie: Session, actor: Actor, tabel: Table, ids: Collection[int]) -> list[str]:
    """Delete rows of one table and return their proofs."""
    hashes: list[str] = []
    naar_zichzelf = any(fk.column.table is tabel for fk in tabel.foreign_keys)
    for stuk in stukken(ids):
        uids = sessie.scalars(select(tabel.c.uid).where(tabel.c.id.in_(stuk)))
        hashes += [bewijs_hash(tabel.name, uid) for uid in uids]
        if tabel.name in ONDER_OPDRACHT:
            rijen = [{"gemeente_id": actor.gemeente_id, "tabel": tabel.name, "rij_id": i} for i in stuk]
            sessie.execute(insert(Vernietigopdracht), rijen)
    if naar_zichzelf:
        # What replaced something came after it, and the database does not let go of what is still referred to.
        for i in sorted(ids, reverse=True):
            sessie.execute(delete(tabel).where(tabel.c.id == i))
    else:
        for stuk in stukken(ids):
            sessie.execute(delete(tabel).where(tabel.c.id.in_(stuk)))
    if tabel.name in ONDER_OPDRACHT:
        sessie.execute(
            delete(Vernietigopdracht).where(
                Vernietigopdracht.gemeente_id == actor.gemeente_id, Vernietigopdracht.tabel == tabel.name
            )
        )
    return sorted(hashes)


def genoemde_bestanden(sessie: Session, rijen: dict[str, dict[int, int]]) -> set[str]:
    """The files that these rows name."""
    uit: set[str] = set()
    for naam, kolom in BESTANDSKOLOMMEN:
        tabel = metadata.tables[naam]
        for stuk in stukken(rijen.get(naam, {})):
            uit |= set(sessie.scalars(select(tabel.c[kolom]).where(tabel.c.id.in_(stuk))))
    return {sha256 for sha256 in uit if sha256}


def in_gebruik(sessie: Session, actor: Actor, hashes: Collection[str]) -> set[str]:
    """Of these files those that a row of this gemeente still names."""
    uit: set[str] = set()
    te_zoeken = sorted(hashes)
    for naam, kolom in BESTANDSKOLOMMEN:
        tabel = metadata.tables[naam]
        for begin in range(0, len(te_zoeken), 500):
            deel = te_zoeken[begin : begin + 500]
            waar = (tabel.c[kolom].in_(deel), tabel.c.gemeente_id == actor.gemeente_id)
            uit |= set(sessie.scalars(select(tabel.c[kolom]).where(*waar)))
    return uit


def zonder_rij(sessie: Session, actor: Actor, gemeente_uid: UUID, hashes: set[str]) -> list[str]:
    """Paths of the files that no row names any more."""
    weg = hashes - in_gebruik(sessie, actor, hashes)
    return [naam_van(gemeente_uid, sha256) for sha256 in sorted(weg)]


def ruim_bestanden(sessie: Session, actor: Actor, opslag: Opslag, begonnen_op: datetime) -> int:
    """Take away the files whose rows are destroyed, and then their names; the caller commits. How many went.

    What somebody stored again since the run began stays: its row comes in a moment, or else a sweep takes it.
    """
    rijen = list(sessie.scalars(select(Vernietigbestand).where(Vernietigbestand.gemeente_id == actor.gemeente_id)))
    weer = in_gebruik(sessie, actor, {r.pad.rsplit("/", 1)[1] for r in rijen})
    weg = 0
    for rij in rijen:
        begin, _, naam = rij.pad.rpartition("/")
        if is_naam(rij.pad) and naam not in weer:
            weg += opslag.haal_weg(UUID(begin[:36]), [naam], begonnen_op)
        elif naam not in weer:
            opslag.verwijder(rij.pad)
            weg += 1
        sessie.delete(rij)
    sessie.flush()
    return weg


def alle_tabellen(gehelen: Iterable[Geheel]) -> set[str]:
    """Every table of which some kind destroys rows."""
    uit: set[str] = set()
    for geheel in gehelen:
        uit |= tabellen_van(geheel)
    return uit


def rijen_van(sessie: Session, tabel: Table, gemeente_id: int) -> Any:
    """Ids and public ids of a table, of one gemeente where it says so."""
    opdracht = select(tabel.c.id, tabel.c.uid)
    return sessie.execute(opdracht.where(tabel.c.gemeente_id == gemeente_id) if "gemeente_id" in tabel.c else opdracht)

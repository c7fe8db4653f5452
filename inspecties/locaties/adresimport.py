"""Import of an address file: check everything first, then store in bulk; all or nothing unless a part was asked for.

A known nummeraanduiding keeps its row, and so the locations that stand at it.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import numpy as np
import psycopg
import shapely
from sqlalchemy import bindparam, delete, func, insert, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.ids import nieuw_id
from inspecties.database.bereik import select_voor
from inspecties.locaties.adresbestand import MAX_RIJEN, Adresbestand, Rij, lees_adresbestand
from inspecties.locaties.adreszoeken import ververs_straten
from inspecties.locaties.models import Adres
from inspecties.locaties.models_adressen import Adresimport, Adresproef
from inspecties.locaties.plaats import Grens
from inspecties.locaties.rules.adrespunten import naar_rd_veel, naar_wgs84_veel
from inspecties.locaties.rules.adresrij import Adresrij, lees_adresrij
from inspecties.locaties.rules.adresverslag import Adresverslag, Adresvoorbeeld
from inspecties.locaties.rules.coordinaten import fout_in_rd, fout_in_wgs84
from inspecties.locaties.rules.verslag import Rijfout

_BLOK = 2_000
_CACHE_KB, _CACHE_GEWOON_KB = 128 * 1024, 2_000
# A house on the edge may stand just outside a boundary that was simplified.
SPELING_M = 100.0
# What rounding does to a coordinate is no change.
_AFRONDING_M = 0.006
# How long a checked file waits for its confirmation.
PROEF_GELDIG = timedelta(hours=24)

_VELDEN = (
    *("nummeraanduiding_id", "verblijfsobject_id", "openbare_ruimte", "huisnummer", "huisletter"),
    *("huisnummertoevoeging", "postcode", "woonplaats", "gebruiksdoel", "oppervlakte_m2"),
)
_PUNT = ("x", "y", "lon", "lat")
# Values of one address in the order of _VELDEN and _PUNT.
_Waarden = tuple[Any, ...]


@dataclass
class Beoordeling:
    """A file that was read and checked: the report and what is to be stored (values in the order of the columns)."""

    verslag: Adresverslag
    sha256: str
    nieuw: list[_Waarden] = field(default_factory=list)
    gewijzigd: list[tuple[int, _Waarden]] = field(default_factory=list)


def beoordeel(
    sessie: Session, actor: Actor, bestandsnaam: str, inhoud: bytes, *, deel: bool = False, max_rijen: int = MAX_RIJEN
) -> Beoordeling:
    """Check every row against the rules, the boundary and what is already there. Only reads.

    Raises OngeldigeInvoer when the file cannot be read at all or has more than ``max_rijen`` rows.
    """
    bestand = lees_adresbestand(bestandsnaam, inhoud, max_rijen)
    verslag = Adresverslag(bestandsnaam[:200], bestand.codering, genegeerde_kolommen=bestand.genegeerd[:50], deel=deel)
    uit = Beoordeling(verslag, hashlib.sha256(inhoud).hexdigest())
    keurder = _Keurder(sessie, actor, bestand, uit)
    while blok := list(islice(bestand.rijen, _BLOK)):
        keurder.keur(blok)
    return uit


class _Keurder:
    """Judges blocks of rows; remembers what the file said before."""

    def __init__(self, sessie: Session, actor: Actor, bestand: Adresbestand, uit: Beoordeling) -> None:
        self.sessie, self.actor, self.uit = sessie, actor, uit
        self.koppen = bestand.koppen
        vlak = Grens.lees(sessie, actor.gemeente_id).vlak
        self.grens = Grens(vlak)
        self.ruim = None if vlak is None else shapely.buffer(vlak, SPELING_M)
        if self.ruim is not None:
            shapely.prepare(self.ruim)
        self.eerder: dict[str, tuple[int, int]] = {}
        er = sessie.scalar(select_voor(actor, Adres).with_only_columns(func.count()))
        self.leeg = not er

    def _fout(self, nummer: int, fouten: Sequence[tuple[str, str]]) -> None:
        self.uit.verslag.meld_fouten([Rijfout(nummer, self.koppen.get(veld, veld), m) for veld, m in fouten])

    def keur(self, blok: Sequence[Rij]) -> None:
        """Read the rows, place them on the map and compare them with what is there."""
        gelezen: list[tuple[Rij, Adresrij]] = []
        for rij in blok:
            self.uit.verslag.gelezen += 1
            adres, fouten = lees_adresrij(rij.waarden, rij.punt)
            if rij.te_veel:
                melding = "deze rij heeft meer waarden dan kolomnamen; zet tekst met een ; of , tussen aanhalingstekens"
                fouten = [*fouten, ("openbare_ruimte", melding)]
            if adres is None or fouten:
                self._fout(rij.nummer, fouten)
            else:
                gelezen.append((rij, adres))
        if gelezen:
            self._vergelijk(list(self._geplaatst(gelezen)))

    def _geplaatst(self, gelezen: Sequence[tuple[Rij, Adresrij]]) -> Iterator[tuple[Rij, _Waarden]]:
        """With both kinds of coordinates; what lies outside the gemeente is an error."""
        punten = np.array([a.punt for _, a in gelezen], dtype=float)
        rd = np.array([a.rd for _, a in gelezen], dtype=bool)
        mis: dict[int, tuple[str, str]] = {}
        for i, (_, adres) in enumerate(gelezen):
            fout = (fout_in_rd if adres.rd else fout_in_wgs84)(*adres.punt)
            if fout:
                mis[i] = ("x" if adres.rd else "lon", fout)
        goed = np.ones(len(gelezen), dtype=bool)
        goed[list(mis)] = False
        xy, graden = punten.copy(), punten.copy()
        xy[goed & ~rd] = naar_rd_veel(punten[goed & ~rd])
        graden[goed & rd] = naar_wgs84_veel(punten[goed & rd])
        binnen = np.ones(len(gelezen), dtype=bool)
        if self.ruim is not None:
            binnen[goed] = shapely.intersects_xy(self.ruim, xy[goed, 0], xy[goed, 1])
        for i, (rij, adres) in enumerate(gelezen):
            if i in mis or not binnen[i]:
                x, y = float(xy[i, 0]), float(xy[i, 1])
                buiten = ("x" if adres.rd else "lon", self.grens.fout(x, y) or "ligt buiten de gemeente")
                self._fout(rij.nummer, [mis.get(i, buiten)])
                continue
            plaats = (round(float(xy[i, 0]), 2), round(float(xy[i, 1]), 2))
            waarden = tuple(getattr(adres, veld) for veld in _VELDEN)
            yield rij, (*waarden, *plaats, round(float(graden[i, 0]), 7), round(float(graden[i, 1]), 7))

    def _vergelijk(self, rijen: Sequence[tuple[Rij, _Waarden]]) -> None:
        verslag, bekend = self.uit.verslag, self._bekend([w[0] for _, w in rijen])
        for rij, waarden in rijen:
            vorige = self.eerder.get(waarden[0])
            if vorige is not None:
                if vorige[1] == hash(waarden):
                    verslag.herhaald += 1
                else:
                    melding = f"{waarden[0]} staat ook in rij {vorige[0]}, met andere gegevens; laat er een staan"
                    self._fout(rij.nummer, [("nummeraanduiding_id", melding)])
                continue
            self.eerder[waarden[0]] = (rij.nummer, hash(waarden))
            oud = bekend.get(waarden[0])
            if oud is None:
                verslag.nieuw += 1
                self.uit.nieuw.append(waarden)
                self._toon(rij.nummer, "nieuw", waarden)
            elif _anders(oud[1:], waarden):
                verslag.gewijzigd += 1
                self.uit.gewijzigd.append((oud[0], waarden))
                self._toon(rij.nummer, "gewijzigd", waarden)
            else:
                verslag.ongewijzigd += 1

    def _toon(self, nummer: int, wat: str, waarden: _Waarden) -> None:
        if self.uit.verslag.wil_voorbeeld:
            self.uit.verslag.voorbeeld.append(Adresvoorbeeld(nummer, wat, _regel(waarden)))

    def _bekend(self, ids: Sequence[str]) -> dict[str, _Waarden]:
        if self.leeg or not ids:
            return {}
        kolommen = (Adres.id, *(getattr(Adres, naam) for naam in (*_VELDEN, *_PUNT)))
        vraag = select_voor(self.actor, Adres).where(Adres.nummeraanduiding_id.in_(ids)).with_only_columns(*kolommen)
        return {rij[1]: tuple(rij) for rij in self.sessie.execute(vraag)}


def _anders(oud: _Waarden, nieuw: _Waarden) -> bool:
    n = len(_VELDEN)
    return oud[:n] != nieuw[:n] or any(
        abs(a - b) > _AFRONDING_M for a, b in zip(oud[n : n + 2], nieuw[n : n + 2], strict=True)
    )


def _regel(w: _Waarden) -> str:
    nummer = f"{w[3]}{w[4]}" + (f"-{w[5]}" if w[5] else "")
    return f"{w[2]} {nummer}, {w[6]} {w[7]}".replace(",  ", ", ")


def sla_op(sessie: Session, actor: Actor, nu: datetime, beoordeling: Beoordeling) -> Adresverslag:
    """Store the good rows of a checked file; nothing where a row is wrong and no part was asked for.

    Raises Conflict when somebody else added one of these addresses in the meantime.
    """
    verslag = beoordeling.verslag
    if not verslag.mag_opslaan:
        return verslag
    batch = Adresimport(
        gemeente_id=actor.gemeente_id,
        bestandsnaam=verslag.bestandsnaam,
        sha256=beoordeling.sha256,
        gelezen=verslag.gelezen,
        toegevoegd=verslag.nieuw,
        gewijzigd=verslag.gewijzigd,
        ongewijzigd=verslag.ongewijzigd,
        fouten=verslag.foute_rijen,
        door_id=actor.gebruiker_id,
        gedaan_op=nu,
    )
    sessie.add(batch)
    sessie.flush()
    # The indexes of a large file do not fit in SQLite's usual memory.
    groot, sqlite = len(beoordeling.nieuw) > _BLOK, sessie.get_bind().dialect.name == "sqlite"
    if groot and sqlite:
        sessie.connection().exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KB}")
    try:
        _voeg_toe(sessie, actor, beoordeling.nieuw)
    except (IntegrityError, psycopg.IntegrityError) as fout:
        raise Conflict(
            "Een collega las net ook adressen in. Er is niets opgeslagen. Lees het bestand opnieuw in.", "bestand"
        ) from fout
    _werk_bij(sessie, actor, beoordeling.gewijzigd)
    sessie.expire_all()
    ververs_straten(sessie, actor)
    if groot:
        # PostgreSQL plans by what it thinks that is there; its own daemon comes only after a while.
        na = f"PRAGMA cache_size = -{_CACHE_GEWOON_KB}" if sqlite else "ANALYZE adres, adresstraat"
        sessie.connection().exec_driver_sql(na)
    gegevens = {"sha256": batch.sha256, "toegevoegd": verslag.nieuw, "gewijzigd": verslag.gewijzigd}
    leg_vast(sessie, actor, nu, "adressen_geimporteerd", "adresimport", batch.uid, gegevens=gegevens)
    verslag.opgeslagen = True
    return verslag


def _voeg_toe(sessie: Session, actor: Actor, nieuw: Sequence[_Waarden]) -> None:
    kolommen = ("uid", "gemeente_id", *_VELDEN, *_PUNT)
    tabel: Any = Adres.__table__
    for begin in range(0, len(nieuw), _BLOK * 10):
        rijen = [(nieuw_id(), actor.gemeente_id, *w) for w in nieuw[begin : begin + _BLOK * 10]]
        if sessie.get_bind().dialect.name == "postgresql":
            _kopieer(sessie, kolommen, rijen)
        else:
            sessie.connection().execute(insert(tabel), [dict(zip(kolommen, r, strict=True)) for r in rijen])


def _kopieer(sessie: Session, kolommen: Sequence[str], rijen: Sequence[_Waarden]) -> None:
    """COPY, many times faster than inserts; through a table of our own, for row level security does not know COPY."""
    namen = ", ".join(kolommen)
    verbinding: Any = sessie.connection().connection.driver_connection
    vorm = f"SELECT {namen} FROM adres"  # noqa: S608 - names of columns
    sessie.execute(text(f"CREATE TEMPORARY TABLE adres_in ON COMMIT DROP AS {vorm} WITH NO DATA"))
    with verbinding.cursor() as cursor, cursor.copy(f"COPY adres_in ({namen}) FROM STDIN") as stroom:
        for rij in rijen:
            stroom.write_row(rij)
    sessie.execute(text(f"INSERT INTO adres ({namen}) SELECT {namen} FROM adres_in"))  # noqa: S608 - names of columns
    sessie.execute(text("DROP TABLE adres_in"))


def _werk_bij(sessie: Session, actor: Actor, gewijzigd: Sequence[tuple[int, _Waarden]]) -> None:
    tabel: Any = Adres.__table__
    velden = (*_VELDEN, *_PUNT)[1:]
    opdracht = (
        update(tabel)
        .where(tabel.c.id == bindparam("welk"), tabel.c.gemeente_id == actor.gemeente_id)
        .values({naam: bindparam(f"n_{naam}") for naam in velden})
    )
    for begin in range(0, len(gewijzigd), _BLOK):
        waarden = [
            {"welk": id_, **{f"n_{naam}": w for naam, w in zip(velden, rij[1:], strict=True)}}
            for id_, rij in gewijzigd[begin : begin + _BLOK]
        ]
        sessie.connection().execute(opdracht, waarden)


def importeer(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bestandsnaam: str,
    inhoud: bytes,
    *,
    deel: bool = False,
    max_rijen: int = MAX_RIJEN,
) -> Adresverslag:
    """Check a file and store it, in one transaction. See ``beoordeel`` and ``sla_op``."""
    return sla_op(sessie, actor, nu, beoordeel(sessie, actor, bestandsnaam, inhoud, deel=deel, max_rijen=max_rijen))


def bewaar_proef(sessie: Session, actor: Actor, nu: datetime, beoordeling: Beoordeling, inhoud: bytes) -> Adresproef:
    """Keep the report of a dry run for the user who asked for it; the file only where it can be imported as it is."""
    sessie.execute(
        delete(Adresproef).where(Adresproef.gemeente_id == actor.gemeente_id, Adresproef.gemaakt_op < nu - PROEF_GELDIG)
    )
    verslag = beoordeling.verslag
    proef = Adresproef(
        gemeente_id=actor.gemeente_id,
        bestandsnaam=verslag.bestandsnaam,
        inhoud=inhoud if verslag.mag_opslaan else None,
        verslag=verslag.als_json(),
        deel=verslag.deel,
        door_id=actor.gebruiker_id,
        gemaakt_op=nu,
    )
    sessie.add(proef)
    sessie.flush()
    return proef


def bevestig_proef(
    sessie: Session, actor: Actor, nu: datetime, proef: Adresproef, max_rijen: int = MAX_RIJEN
) -> Adresverslag:
    """Import the file of a dry run, checked again against what is there now, and forget the file.

    Raises Conflict where nothing waits, or where the file no longer fits what is there.
    """
    if proef.inhoud is None or proef.gemaakt_op < nu - PROEF_GELDIG:
        raise Conflict("Dit bestand wacht niet meer op inlezen. Kies het bestand opnieuw.", "bestand")
    beoordeling = beoordeel(sessie, actor, proef.bestandsnaam, proef.inhoud, deel=proef.deel, max_rijen=max_rijen)
    proef.inhoud = None
    verslag = sla_op(sessie, actor, nu, beoordeling)
    if not verslag.opgeslagen:
        raise Conflict("Na de controle is er iets veranderd. Er is niets opgeslagen. Controleer het bestand opnieuw.")
    proef.verslag = verslag.als_json()
    sessie.flush()
    return verslag

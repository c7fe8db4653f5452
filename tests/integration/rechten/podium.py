"""The stage of the table of rights: two gemeenten with one of everything, built once and put back for each test.

Building it costs more than all the requests of a role.
"""

import re
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from inspecties.core.rechten import Rol
from inspecties.database.basis import db, metadata
from inspecties.gebruikers.models import Sessie
from inspecties.gebruikers.models_bevestiging import Sessiebevestiging
from tests.conftest import NU, Sjablonen
from tests.integration.rechten.toneel import Toneel, bouw
from tests.wereld import Kring, Wereld, maak_wereld

# On PostgreSQL internal ids begin here, so that one that comes out in an answer is known for what it is.
EERSTE_ID = 770_000_000
_INTERN_ID = re.compile(rb"(?<![\d.])77\d{7}(?![\d.])")
# Hashes and public ids: nine digits in a row in them are chance.
_TOEVAL = re.compile(rb"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{16,}")
# SQLite takes 500 queries in one; to ask for each reference by itself takes seconds per role.
_PER_VRAAG = 100
# What a request that is refused does change: who is logged in, and what was tried.
VERANDERT_TOCH = {"auditregel", "auditkop", "sessie"}


def interne_nummers(inhoud: bytes) -> list[bytes]:
    """The internal ids in an answer of a stage on PostgreSQL."""
    return sorted(set(_INTERN_ID.findall(_TOEVAL.sub(b" ", inhoud))))


@dataclass
class Podium:
    """The application as it stands, and the objects of both gemeenten."""

    app: Flask
    wereld: Wereld
    eigen: Toneel
    ander: Toneel

    @property
    def is_postgis(self) -> bool:
        return bool(self.app.extensions["instellingen"].database_url)

    def bewezen(self, rol: Rol) -> FlaskClient:
        """A client of this role that proved a moment ago who it is: otherwise an act that weighs is refused anyway."""
        client = self.wereld.client(rol)
        db.session.flush()
        sessie_id = db.session.scalars(select(func.max(Sessie.id))).one()
        db.session.add(Sessiebevestiging(sessie_id=sessie_id, wijze="wachtwoord", op=NU))
        db.session.commit()
        return client

    def afdruk_van_ander(self) -> dict[str, Any]:
        """Every row of the other gemeente per table; equal where nothing changed."""
        return self.afdruk(self.wereld.twee)

    def afdruk(self, kring: Kring) -> dict[str, Any]:
        """Every row of a gemeente per table, but who is logged in and what was tried."""
        db.session.rollback()
        gemeente_id = kring.actoren[Rol.BEHEERDER].gemeente_id
        uit: dict[str, Any] = {}
        for tabel in metadata.sorted_tables:
            if "gemeente_id" in tabel.c and tabel.name not in VERANDERT_TOCH:
                gewoon = [k for k in tabel.c if not hasattr(k.type, "geometry_type")]
                rijen = db.session.execute(select(*gewoon).where(tabel.c.gemeente_id == gemeente_id)).all()
                uit[tabel.name] = sorted(repr(tuple(rij)) for rij in rijen)
        db.session.rollback()
        return uit

    def verwijzingen_over_de_grens(self) -> list[str]:
        """References from a row of one gemeente to a row of the other: there are none, whatever was sent."""
        db.session.rollback()
        vragen, uit = list(_over_de_grens()), list[str]()
        for begin in range(0, len(vragen), _PER_VRAAG):
            uit += db.session.scalars(text(" UNION ALL ".join(vragen[begin : begin + _PER_VRAAG])))
        db.session.rollback()
        return uit


def _over_de_grens() -> Iterator[str]:
    """A query per reference between tables with a gemeente: its name, where a row refers to the other gemeente."""
    for tabel in metadata.sorted_tables:
        for sleutel in tabel.foreign_keys:
            doel = sleutel.column.table
            if "gemeente_id" in tabel.c and "gemeente_id" in doel.c:
                yield (
                    f"SELECT '{tabel.name}.{sleutel.parent.name}' WHERE EXISTS (SELECT 1 FROM {tabel.name} AS van "
                    f"JOIN {doel.name} AS naar ON van.{sleutel.parent.name} = naar.{sleutel.column.name} "
                    "WHERE van.gemeente_id <> naar.gemeente_id)"
                )


class Podia:
    """Builds the stage the first time, and keeps a copy of database and files of it."""

    def __init__(self, sjablonen: Sjablonen, map_: Path) -> None:
        self._sjablonen, self._map = sjablonen, map_
        self._gebouwd: dict[str, tuple[Podium, str]] = {}

    def geef(self, app: Flask, soort: str) -> Podium:
        """The stage, on the empty database of this application."""
        if soort not in self._gebouwd:
            self._gebouwd[soort] = self._bouw(app, soort)
        else:
            self._zet_terug(app, soort)
        podium = self._gebouwd[soort][0]
        assert podium.app is app
        return podium

    def _bouw(self, app: Flask, soort: str) -> tuple[Podium, str]:
        if soort == "postgis":
            self._nummer_hoog(app)
        wereld = maak_wereld(app, NU)
        podium = Podium(app, wereld, bouw(wereld, wereld.een), bouw(wereld, wereld.twee))
        _sluit()
        shutil.copytree(app.extensions["instellingen"].data, self._map / soort)
        kopie = ""
        if soort == "postgis":
            # Nobody may be in a database that is copied.
            self._sjablonen.schoonmaak.sluit()
            kopie = f"podium_{uuid.uuid4().hex}"
            self._sjablonen.cluster.maak(kopie, self._naam(app))
        return podium, kopie

    def _zet_terug(self, app: Flask, soort: str) -> None:
        _sluit()
        data = app.extensions["instellingen"].data
        shutil.rmtree(data)
        shutil.copytree(self._map / soort, data)
        if soort == "postgis":
            self._sjablonen.schoonmaak.sluit()
            self._sjablonen.cluster.verwijder(self._naam(app))
            self._sjablonen.cluster.maak(self._naam(app), self._gebouwd[soort][1])

    def _naam(self, app: Flask) -> str:
        return str(app.extensions["instellingen"].database_url).rsplit("/", 1)[1]

    def _nummer_hoog(self, app: Flask) -> None:
        with psycopg.connect(f"{self._sjablonen.cluster.verbinding} dbname={self._naam(app)}", autocommit=True) as c:
            c.execute(
                f"SELECT setval(oid::regclass, {EERSTE_ID} + 10000 * row_number() OVER (ORDER BY relname)) "
                "FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace "
                "AND relname <> 'gemeente_id_seq'"
            )


def _sluit() -> None:
    db.session.remove()
    db.engine.dispose()

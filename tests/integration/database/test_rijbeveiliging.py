"""Row level security: what PostgreSQL itself keeps apart, whatever the statement and whoever wrote it."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from flask import Flask, g
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, delete, func, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from inspecties.core.rechten import Rol
from inspecties.database import als_gemeente, bind_actor, zonder_actor, zonder_muur
from inspecties.database.basis import db, metadata
from inspecties.database.motor import engine_opties, stel_in
from inspecties.database.rijmuur import ALLE, SLEUTEL
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.partners.models import Organisatie
from tests.integration.rechten.toneel import bouw
from tests.wereld import Wereld

# Tables whose gemeente is that of a parent, and which one.
VAN_OUDER = {
    "bezoekchecklist": "bezoek",
    "dossierbezoek": "dossier",
    "dossierlocatie": "dossier",
    "herstelcode": "lidmaatschap",
    "oidckoppeling": "lidmaatschap",
    "papierscan": "papierinvoer",
    "passkey": "lidmaatschap",
    "sessie": "lidmaatschap",
    "sessiebevestiging": "sessie",
    "sessiefactor": "sessie",
    "totpgeheim": "lidmaatschap",
    "wachtwoordverzoek": "lidmaatschap",
}
# Tables of no gemeente, and why. A new table is in one of the three, or this file fails.
ZONDER = {
    "alembic_version": "Which migration the database has: no content",
    "gebruiker": "A login: a person may work for two gemeenten; which ones says lidmaatschap",
    "gemeente": "The list of gemeenten itself: names and norms, no content",
    "postslot": "Which process sends mail now: no content",
    "samenwerkingsverband": "The name of a partnership; who is in it says verbandlid",
    "spatial_ref_sys": "PostGIS' own list of coordinate systems",
    "tijdperk": "The number of the last restore: of the database as a whole",
    "verbruiktbewijs": "Hashes of what worked once, looked up before there is a login",
}


@pytest.fixture
def database() -> str:
    """SQLite has no such thing: there the walls are select_voor and the session's criterion."""
    return "postgis"


@contextmanager
def motor(grootte: int) -> Iterator[Engine]:
    """An engine with the rules of the application and a pool of this size."""
    opties = engine_opties(str(db.engine.url)) | {"pool_size": grootte, "max_overflow": 0}
    engine = create_engine(db.engine.url.render_as_string(hide_password=False), **opties)
    stel_in(engine)
    # Here a session without an actor is what it is on the server.
    g.is_proef = False
    try:
        yield engine
    finally:
        g.is_proef = True
        engine.dispose()


def gezien(sessie: Session) -> set[int]:
    """The gemeenten of what a session can see, by raw SQL."""
    return set(sessie.execute(text("SELECT DISTINCT gemeente_id FROM lidmaatschap")).scalars())


def test_elke_tabel_heeft_een_grens_of_een_reden(app: Flask) -> None:
    opdracht = (
        "SELECT relname, relrowsecurity AND relforcerowsecurity, oid IN (SELECT polrelid FROM pg_policy) FROM pg_class"
    )
    rijen = db.session.execute(
        text(f"{opdracht} WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')")
    )
    dicht = {naam: (aan, beleid) for naam, aan, beleid in rijen}
    met_gemeente = {t.name for t in metadata.sorted_tables if "gemeente_id" in t.c}
    assert len(met_gemeente) > 150
    assert dicht.keys() == met_gemeente | VAN_OUDER.keys() | ZONDER.keys()
    assert {naam for naam, stand in dicht.items() if stand == (True, True)} == met_gemeente | VAN_OUDER.keys()
    assert {naam for naam, stand in dicht.items() if stand == (False, False)} == ZONDER.keys()
    rol = db.session.execute(text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"))
    waarop = text("SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polrelid = to_regclass(:tabel)")
    for tabel, ouder in VAN_OUDER.items():
        assert f"FROM {ouder}" in db.session.execute(waarop, {"tabel": tabel}).scalar_one()
    assert rol.scalar_one() is False, "the suite must run as a role for which the policies hold"


def test_geen_tabel_geeft_iets_van_een_ander(app: Flask, wereld: Wereld) -> None:
    """One of everything in two gemeenten: raw SQL sees its own half, nobody sees nothing, the system sees all."""
    for kring in (wereld.een, wereld.twee):
        bouw(wereld, kring)
    db.session.rollback()
    eigen = [t.name for t in metadata.sorted_tables if "gemeente_id" in t.c]
    tabellen = eigen + list(VAN_OUDER)
    gevuld = 0
    with motor(1) as engine, Session(engine) as sessie:

        def tel(waarde: int | str | None) -> dict[str, int]:
            sessie.info.clear()
            sessie.info.update({} if waarde is None else {SLEUTEL: waarde})
            vraag = " UNION ALL ".join(f"SELECT '{t}', count(*) FROM \"{t}\"" for t in tabellen)
            return dict(sessie.execute(text(vraag)).all())  # type: ignore[arg-type]  # pairs

        een, twee = tel(wereld.een.gemeente.id), tel(wereld.twee.gemeente.id)
        alles = tel(ALLE)
        assert set(tel(None).values()) == {0}
        for tabel in tabellen:
            assert een[tabel] + twee[tabel] == alles[tabel], tabel
            gevuld += bool(een[tabel] and twee[tabel])
        assert gevuld > 80
        sessie.info[SLEUTEL] = wereld.een.gemeente.id
        for tabel in eigen:
            van = set(sessie.execute(text(f'SELECT DISTINCT gemeente_id FROM "{tabel}"')).scalars())
            assert van <= {wereld.een.gemeente.id}, tabel


def test_ook_schrijven_gaat_niet_over_de_grens(app: Flask, wereld: Wereld) -> None:
    """ORM, Core and raw SQL: a row of another gemeente is not there, and cannot be made."""
    eigen, ander = wereld.een.gemeente.id, wereld.twee.gemeente.id
    tabel = Organisatie.__table__
    nieuw = insert(tabel).values(gemeente_id=ander, naam="Binnendringer", soort="politie")
    with motor(1) as engine, Session(engine) as sessie:
        for gebonden in (True, False):
            for opdracht in (
                update(tabel).values(naam="Gekaapt").where(tabel.c.gemeente_id == ander),
                delete(tabel).where(tabel.c.gemeente_id == ander),
                text(f"UPDATE organisatie SET naam = 'Gekaapt' WHERE gemeente_id = {ander}"),
            ):
                bind_actor(sessie, wereld.een.actoren[Rol.BEHEERDER] if gebonden else None)
                assert sessie.execute(opdracht).rowcount == 0  # type: ignore[attr-defined]  # a CursorResult
            for opdracht in (nieuw, update(tabel).values(gemeente_id=ander).where(tabel.c.gemeente_id == eigen)):
                if not gebonden and opdracht is not nieuw:
                    continue
                with pytest.raises(DBAPIError, match="row-level security"):
                    sessie.execute(opdracht)
                sessie.rollback()
        with engine.connect() as kaal:
            # Core without a session: nobody said for whom.
            assert kaal.scalar(select(func.count()).select_from(tabel)) == 0
            zonder_actor(kaal, "this test")
            assert kaal.scalar(select(func.count()).select_from(tabel)) == 2
            assert set(kaal.scalars(select(tabel.c.naam))) == {"Politie"}


STAPPEN = (
    "een",
    "twee",
    "niemand",
    "alles",
    "commit",
    "rollback",
    "fout",
    "punt",
    "punt_terug",
    "muur",
    "muur_fout",
    "als",
)


def _stap(stap: str, sessie: Session, wereld: Wereld) -> None:
    """One thing that code does with a session; the walls must be right again after it."""
    een, twee = (k.actoren[Rol.BEHEERDER] for k in (wereld.een, wereld.twee))
    beide = {een.gemeente_id, twee.gemeente_id}
    if stap in {"een", "twee", "niemand"}:
        bind_actor(sessie, {"een": een, "twee": twee}.get(stap))
    elif stap == "alles":
        zonder_actor(sessie, "this test")
    elif stap == "commit":
        sessie.commit()
    elif stap == "rollback":
        sessie.rollback()
    elif stap == "fout":
        with pytest.raises(DBAPIError):
            sessie.execute(text("SELECT 1 / 0"))
        sessie.rollback()
    elif stap in {"punt", "punt_terug"}:
        # Bound to another within the savepoint; rolling back brings back the setting, not the session's mind.
        punt = sessie.begin_nested()
        bind_actor(sessie, twee)
        assert gezien(sessie) == {twee.gemeente_id}
        punt.commit() if stap == "punt" else punt.rollback()
    elif stap == "muur":
        with zonder_muur(sessie):
            assert gezien(sessie) == beide
    elif stap == "als":
        with als_gemeente(sessie, twee.gemeente_id):
            assert gezien(sessie) == {twee.gemeente_id}
    else:
        with pytest.raises(DBAPIError), zonder_muur(sessie), sessie.begin_nested():
            sessie.execute(text("SELECT 1 / 0"))


def _verwacht(sessie: Session, wereld: Wereld) -> set[int]:
    waarde = sessie.info.get(SLEUTEL)
    beide = {k.actoren[Rol.BEHEERDER].gemeente_id for k in (wereld.een, wereld.twee)}
    return beide if waarde == ALLE else {waarde} & beide


@pytest.mark.parametrize("grootte", [1, 2])
def test_elke_volgorde_op_een_verbinding(app: Flask, wereld: Wereld, grootte: int) -> None:
    """Sessions of two gemeenten through one pool, in any order of acts, errors and savepoints."""
    db.session.commit()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.integers(0, grootte - 1), st.sampled_from((*STAPPEN, "weg"))), max_size=14))
    def volgorde(stappen: list[tuple[int, str]]) -> None:
        sessies = [Session(engine) for _ in range(grootte)]
        try:
            loop_door(sessies, stappen)
        finally:
            for sessie in sessies:
                sessie.close()
        with engine.connect() as terug:
            # What comes back to the pool knows nothing any more.
            assert not terug.exec_driver_sql("SELECT current_setting('inspecties.gemeente', true)").scalar()

    def loop_door(sessies: list[Session], stappen: list[tuple[int, str]]) -> None:
        for welke, stap in stappen:
            if stap == "weg":
                sessies[welke].close()
                sessies[welke] = Session(engine)
            else:
                _stap(stap, sessies[welke], wereld)
            for sessie in sessies:
                assert gezien(sessie) == _verwacht(sessie, wereld)

    with motor(grootte) as engine:
        volgorde()


def test_acht_draden_door_twee_verbindingen(app: Flask, wereld: Wereld) -> None:
    """8 x 200 turns, each for a gemeente by lot, ended in every way there is: never a row of the other."""
    db.session.commit()
    actoren = [k.actoren[Rol.BEHEERDER] for k in (wereld.een, wereld.twee)]

    def draai(zaad: int) -> list[str]:
        kans, mis = random.Random(zaad), []
        for _ in range(200):
            actor, einde = kans.choice(actoren), kans.choice(("commit", "rollback", "close", "fout"))
            with Session(engine) as sessie:
                bind_actor(sessie, actor)
                leden = sessie.execute(text("SELECT gemeente_id FROM lidmaatschap")).scalars().all()
                if set(leden) != {actor.gemeente_id}:
                    mis.append(f"{zaad}: {leden}")
                if kans.random() < 0.2:
                    with zonder_muur(sessie):
                        sessie.scalar(select(func.count()).select_from(Lidmaatschap))
                if einde == "fout":
                    with pytest.raises(DBAPIError):
                        sessie.execute(text("SELECT 1 / 0"))
                elif einde != "close":
                    getattr(sessie, einde)()
                    if gezien(sessie) != {actor.gemeente_id}:
                        mis.append(f"{zaad} after {einde}")
        return mis

    with motor(2) as engine, ThreadPoolExecutor(8) as draden:
        uitkomsten = list(draden.map(draai, range(8)))
    assert uitkomsten == [[]] * 8


def test_omlaag_haalt_de_muur_weg(app: Flask) -> None:
    from flask_migrate import downgrade, upgrade  # noqa: PLC0415 - only here

    aantal = text("SELECT count(*) FROM pg_policy")
    toen = db.session.scalar(aantal)
    db.session.remove()
    downgrade(revision="0018")
    assert db.session.scalar(aantal) == 0
    assert db.session.scalar(text("SELECT count(*) FROM pg_class WHERE relrowsecurity OR relforcerowsecurity")) == 0
    assert "lidmaatschap" in inspect(db.engine).get_table_names()
    db.session.remove()
    upgrade()
    assert db.session.scalar(aantal) == toen


def test_een_verzoek_ziet_alleen_zijn_gemeente(app: Flask, wereld: Wereld) -> None:
    """From the door to the database: what a view asks by raw SQL, without any condition, is its own gemeente's."""
    gevonden = []

    def kijk() -> str:
        gevonden.append(set(db.session.execute(text("SELECT DISTINCT gemeente_id FROM lidmaatschap")).scalars()))
        return ""

    kijk.toegang = app.view_functions["start.hulp"].toegang  # type: ignore[attr-defined]  # the gate reads it
    app.view_functions["start.hulp"] = kijk
    for kring in (wereld.een, wereld.twee, wereld.een):
        assert wereld.client(Rol.JURIST, kring).get("/hulp").status_code == 200
    ids = [wereld.een.gemeente.id, wereld.twee.gemeente.id]
    assert gevonden == [{ids[0]}, {ids[1]}, {ids[0]}]

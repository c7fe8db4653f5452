"""The counts per grid cell equal a recount, whatever was done to the locations and by whatever way."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from inspecties.database.basis import db
from inspecties.locaties.models_kaart import Kaartcel
from inspecties.locaties.rules.raster import NIVEAUS, celgrootte_m
from tests.locatiewereld import MIDDEN
from tests.wereld import Wereld

pytestmark = pytest.mark.usefixtures("app")

_STATUSSEN = ("in_beeld", "actief", "uit_beeld")
_PLAATS = st.tuples(st.integers(-2500, 2500), st.integers(-2500, 2500))
_DAAD = st.one_of(
    st.tuples(st.just("erbij"), _PLAATS, st.integers(0, 2), st.sampled_from(_STATUSSEN)),
    st.tuples(st.just("verplaats"), st.integers(0, 50), _PLAATS),
    st.tuples(st.just("status"), st.integers(0, 50), st.sampled_from(_STATUSSEN)),
    st.tuples(st.just("naam"), st.integers(0, 50)),
    st.tuples(st.just("type_van_alles"), st.integers(0, 2)),
    st.tuples(st.just("weg"), st.integers(0, 50)),
    st.tuples(st.just("weg_met_status"), st.sampled_from(_STATUSSEN)),
)


def _punt(x: float, y: float) -> str:
    functie = "ST_GeomFromText" if db.engine.dialect.name == "postgresql" else "GeomFromText"
    return f"{functie}('POINT({x} {y})', 28992)"


def _voeg_toe(gemeente_id: int, typen: list[int], nummer: int, plek: tuple[int, int], soort: int, status: str) -> None:
    x, y = MIDDEN["Markerwaard"][0] + plek[0] + 0.37, MIDDEN["Markerwaard"][1] + plek[1] + 0.37
    db.session.execute(
        text(
            "INSERT INTO risicolocatie (uid, gemeente_id, naam, locatietype_id, straat, huisletter, toevoeging,"
            " postcode, woonplaats, x, y, lon, lat, geom, status, bron, notitie, veiligheid, aangemaakt_op, "
            "gewijzigd_op)"
            " VALUES (:uid, :g, 'L', :t, '', '', '', '', '', :x, :y, 5.2, 52.5, "
            f"{_punt(x, y)}, :s, '', '', '', '2026-11-21', '2026-11-21')"
        ),
        {"uid": f"{nummer:032x}", "g": gemeente_id, "t": typen[soort], "x": x, "y": y, "s": status},
    )


def _doe(gemeente_id: int, typen: list[int], nummer: int, daad: tuple[Any, ...]) -> None:
    """One act in plain SQL, as an import or a repair by hand would do it."""
    voer = db.session.execute
    ids = list(voer(text("SELECT id FROM risicolocatie ORDER BY id")).scalars())
    een = ids[daad[1] % len(ids)] if ids and isinstance(daad[1], int) else 0
    match daad[0]:
        case "erbij":
            _voeg_toe(gemeente_id, typen, nummer, *daad[1:])
        case "verplaats":
            voer(
                text("UPDATE risicolocatie SET x = x + :dx, y = y - :dy WHERE id = :i"),
                {"dx": daad[2][0], "dy": daad[2][1], "i": een},
            )
        case "status":
            voer(text("UPDATE risicolocatie SET status = :s WHERE id = :i"), {"s": daad[2], "i": een})
        case "naam":
            voer(text("UPDATE risicolocatie SET naam = naam || '!' WHERE id = :i"), {"i": een})
        case "type_van_alles":
            voer(text("UPDATE risicolocatie SET locatietype_id = :t"), {"t": typen[daad[1]]})
        case "weg":
            voer(text("DELETE FROM risicolocatie WHERE id = :i"), {"i": een})
        case "weg_met_status":
            voer(text("DELETE FROM risicolocatie WHERE status = :s"), {"s": daad[1]})


def _herteld() -> dict[tuple[Any, ...], tuple[int, ...]]:
    uit: dict[tuple[Any, ...], list[int]] = {}
    for id_, g, t, s, x, y in db.session.execute(
        text("SELECT id, gemeente_id, locatietype_id, status, x, y FROM risicolocatie")
    ):
        for niveau in NIVEAUS:
            cel = celgrootte_m(niveau)
            for soort, status in ((t, s), (0, "")):
                som = uit.setdefault((g, niveau, soort, status, int(x / cel), int(y / cel)), [0, 0, 0, 0])
                for i, waarde in enumerate((1, round(x * 100), round(y * 100), id_)):
                    som[i] += waarde
    return {sleutel: tuple(som) for sleutel, som in uit.items()}


def _bewaard() -> dict[tuple[Any, ...], tuple[int, ...]]:
    db.session.expire_all()
    return {
        (c.gemeente_id, c.niveau, c.locatietype_id, c.status, c.kolom, c.rij): (c.aantal, c.som_x, c.som_y, c.som_id)
        for c in db.session.query(Kaartcel)
    }


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(daden=st.lists(_DAAD, min_size=1, max_size=14))
def _elke_reeks(gemeente_id: int, typen: list[int], daden: list[tuple[Any, ...]]) -> None:
    db.session.execute(text("DELETE FROM risicolocatie"))
    for nummer, daad in enumerate(daden):
        _doe(gemeente_id, typen, nummer, daad)
    assert _bewaard() == _herteld()
    db.session.rollback()


def test_de_cellen_kloppen_na_elke_reeks_van_daden(wereld: Wereld) -> None:
    gemeente_id = wereld.een.gemeente.id
    typen = list(
        db.session.execute(
            text("SELECT id FROM locatietype WHERE gemeente_id = :g ORDER BY id"), {"g": gemeente_id}
        ).scalars()
    )
    _elke_reeks(gemeente_id, typen)

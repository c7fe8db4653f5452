"""Terms: the day before and after, short months, leap days, and which term counts for what came of it."""

from datetime import date
from uuid import uuid4

import pytest

from inspecties.audit.aanvang import maanden_op
from inspecties.audit.bewaartermijnen import bewaartermijnen
from inspecties.audit.rules_bewaren import (
    Aanvang,
    plus_maanden,
    stand_van,
    termijn_van_bezoek,
    termijn_van_dossier,
)
from inspecties.audit.vernietigen import ONDER_OPDRACHT, SLOTSOORTEN, alle_tabellen
from inspecties.database import metadata
from inspecties.start.bewaar_zaken import ZWARE_TRAJECTEN
from inspecties.start.bewaarsoorten import GEHELEN, UITZONDERINGEN


@pytest.mark.parametrize(
    ("dag", "maanden", "weg_op"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 60, date(2031, 12, 31)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
    ],
)
def test_een_termijn_eindigt_op_dezelfde_dag_of_de_laatste_van_de_maand(dag: date, maanden: int, weg_op: date) -> None:
    assert plus_maanden(dag, maanden) == weg_op
    if maanden < 0:
        return
    stand = stand_van(Aanvang(1, uuid4(), dag, "x"), {"x": maanden})
    assert stand.weg_op == weg_op
    assert stand.is_voorbij(weg_op)
    assert not stand.is_voorbij(date.fromordinal(weg_op.toordinal() - 1))


def test_wat_eruit_kwam_bepaalt_de_termijn() -> None:
    def van(soort: str, *trajecten: str) -> str:
        return termijn_van_dossier(soort, frozenset(trajecten), ZWARE_TRAJECTEN)

    assert van("bouw_wonen") == "dossier"
    assert van("bouw_wonen", "waarschuwing") == "dossier"
    assert van("bouw_wonen", "waarschuwing", "last_dwangsom") == "dossier_zwaar"
    assert van("sluiting") == "dossier_zwaar"
    # Bibob keeps its own term, whatever else there is.
    assert van("bibob", "last_dwangsom") == "dossier_bibob"
    assert termijn_van_bezoek(met_bevinding=True) == "bezoek_met_bevinding"
    assert termijn_van_bezoek(met_bevinding=False) == "bezoek_zonder_bevinding"


def test_de_termijnen_van_de_wet_en_van_het_voorstel() -> None:
    maanden = maanden_op(date(2026, 11, 21))
    assert (maanden["signaal_herzien"], maanden["signaal_weg"]) == (6, 12)
    assert (maanden["bezoek_zonder_bevinding"], maanden["dossier"], maanden["dossier_zwaar"]) == (12, 60, 120)
    assert maanden["wpg_beperkt"] == 12
    assert maanden["wpg_weg"] <= 60, "art. 8 Wpg: never longer than five years"
    assert all(t.bron and t.status for t in bewaartermijnen())


def test_elke_tabel_heeft_een_termijn_of_een_reden() -> None:
    """A new table without either fails here: think about how long it stays."""
    onder_termijn = alle_tabellen(GEHELEN)
    assert set(metadata.tables) == onder_termijn | set(UITZONDERINGEN)
    assert not onder_termijn & set(UITZONDERINGEN)
    assert all(len(reden) > 10 for reden in UITZONDERINGEN.values())


def test_elke_soort_noemt_wat_er_is() -> None:
    maanden = maanden_op(date(2026, 11, 21))
    codes = [g.code for g in GEHELEN]
    assert len(codes) == len(set(codes))
    for geheel in GEHELEN:
        assert set(geheel.termijnen) <= set(maanden), geheel.code
        for kolom in geheel.mee:
            tabel, _, naam = kolom.partition(".")
            assert metadata.tables[tabel].c[naam].foreign_keys, kolom
        for houder, *stappen in geheel.houders:
            assert houder in SLOTSOORTEN.values()
            for stap in stappen:
                tabel, _, rest = stap.partition(".")
                assert set(rest.split(">")) <= set(metadata.tables[tabel].c.keys()), stap
    assert set(metadata.tables) >= ONDER_OPDRACHT
    gebruikt = {t for g in GEHELEN for t in g.termijnen} | {"wpg_beperkt", "voor_herstel"}
    ongebruikt = set(maanden) - gebruikt - {"signaal_herzien", "signaal_weg", "signaal_na_herziening", "melder"}
    assert ongebruikt <= {"betrokkene", "betrokkene_zonder_opvolging"}, "a term that nothing follows"

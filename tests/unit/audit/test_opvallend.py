"""Unusual reading: numbers against somebody's own normal."""

from datetime import date, datetime, timedelta

from inspecties.audit.rules_opvallend import KEER, MINSTENS, Lezing, zoek_opvallend

DAG = date(2026, 11, 16)  # a Monday


def dag(wie: int, nr: int, aantal: int, uur: int = 10) -> list[Lezing]:
    begin = datetime.combine(DAG, datetime.min.time()) + timedelta(days=nr, hours=uur)
    return [Lezing(wie, begin + timedelta(minutes=i % 60), f"{nr}-{i}") for i in range(aantal)]


def gewoon(wie: int, aantal: int = 6) -> list[Lezing]:
    return [z for nr in (-7, -6, -5, -4, -3) for z in dag(wie, nr, aantal)]


def test_een_gewone_dag_valt_niet_op() -> None:
    assert zoek_opvallend([*gewoon(1), *dag(1, 0, 8)], DAG) == []
    assert zoek_opvallend([*gewoon(1, 30), *dag(1, 0, 40)], DAG) == [], "who always reads much does so today"


def test_veel_meer_dan_normaal() -> None:
    net_niet = zoek_opvallend([*gewoon(1), *dag(1, 0, 6 * KEER - 1)], DAG)
    assert net_niet == []
    (wel,) = zoek_opvallend([*gewoon(1), *gewoon(2), *dag(1, 0, 6 * KEER), *dag(2, 0, 5)], DAG)
    assert (wel.wie, wel.dag, wel.aantal, wel.normaal, wel.buiten) == (1, DAG, 18, 6, 0)


def test_hetzelfde_vaak_lezen_is_niet_veel() -> None:
    vaak = [Lezing(1, z.moment, "een dossier") for z in dag(1, 0, 50)]
    assert zoek_opvallend([*gewoon(1), *vaak], DAG) == []


def test_buiten_de_eigen_uren() -> None:
    (nacht,) = zoek_opvallend([*gewoon(1, 20), *dag(1, 0, 10, uur=3)], DAG)
    assert nacht.buiten == 10
    assert zoek_opvallend([*gewoon(1, 20), *dag(1, 0, 9, uur=3)], DAG) == []
    avonden = [z for nr in (-7, -6, -5, -4, -3) for z in dag(1, nr, 20, uur=21)]
    assert zoek_opvallend([*avonden, *dag(1, 0, 20, uur=22)], DAG) == [], "who works evenings reads then"


def test_wie_nieuw_is_heeft_nog_geen_normaal() -> None:
    assert zoek_opvallend(dag(1, 0, MINSTENS - 1), DAG) == []
    (nieuw,) = zoek_opvallend(dag(1, 0, MINSTENS), DAG)
    assert nieuw.normaal is None


def test_alleen_de_gevraagde_dagen() -> None:
    assert zoek_opvallend([*gewoon(1), *dag(1, -1, 60)], DAG) == []

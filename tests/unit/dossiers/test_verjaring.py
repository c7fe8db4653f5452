"""When the claim for a dwangsom lapses: Awb art. 5:35, 5:37a, 4:105 and 4:106."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspecties.dossiers.rules.verjaring import STUITING, Procedure, Stuiting, Verjaring, verjaring
from inspecties.termijnen.bronnen import kalender, termijntabel

OP = date(2026, 6, 1)
JAAR = date(2027, 6, 1)


def _reken(*procedures: Procedure, stuitingen: tuple[Stuiting, ...] = (), op: date = OP) -> Verjaring:
    return verjaring(op, procedures, stuitingen, termijntabel().op("verjaring_dwangsom", op), kalender())


def test_5_35_lid_1_een_jaar_per_dwangsom_zonder_termijnenwet() -> None:
    assert _reken().einde == JAAR
    # A Saturday stays a Saturday: the Algemene termijnenwet does not hold for years.
    assert _reken(op=date(2025, 8, 1)).einde == date(2026, 8, 1)
    assert not _reken().is_verjaard(JAAR)
    assert _reken().is_verjaard(JAAR + timedelta(days=1))


def test_5_35_lid_2_verlengd_zolang_op_de_dag_zelf_een_procedure_loopt() -> None:
    loopt = Procedure(OP, None)
    assert _reken(loopt).einde is None
    assert not _reken(loopt).is_verjaard(date(2040, 1, 1))
    assert _reken(Procedure(OP, date(2028, 2, 1))).einde == date(2028, 2, 1)
    # What was final before that day, or began after it, does not count.
    assert _reken(Procedure(OP, JAAR - timedelta(days=1))).einde == JAAR
    assert _reken(Procedure(JAAR + timedelta(days=1), None)).einde == JAAR


def test_5_35_lid_2_bezwaar_en_beroep_die_op_elkaar_volgen_zijn_een_geheel() -> None:
    bezwaar, beroep = Procedure(OP, date(2027, 8, 1)), Procedure(date(2027, 8, 2), date(2028, 5, 1))
    assert _reken(bezwaar, beroep).einde == date(2028, 5, 1)
    assert _reken(beroep, bezwaar).einde == date(2028, 5, 1)
    assert _reken(bezwaar, Procedure(date(2027, 9, 2), None)).einde == date(2027, 8, 1)


def test_5_35_oud_recht_voor_1_april_2021_kent_geen_verlenging() -> None:
    assert _reken(Procedure(date(2020, 1, 1), None), op=date(2020, 3, 31)).einde == date(2021, 3, 31)
    assert _reken(Procedure(date(2020, 1, 1), None), op=date(2020, 4, 1)).einde is None


def test_5_37a_de_invorderingsbeschikking_stuit() -> None:
    dag = date(2027, 5, 1)
    uit = _reken(stuitingen=(Stuiting("invorderingsbeschikking", dag),))
    assert uit.einde == date(2028, 5, 1)
    assert uit.regels[-1][0] == "art. 5:37a lid 1 Awb"


def test_stuiten_na_de_verjaring_helpt_niet_meer() -> None:
    laat = Stuiting("aanmaning", JAAR + timedelta(days=1))
    uit = _reken(stuitingen=(laat,))
    assert (uit.einde, uit.te_laat) == (JAAR, (laat,))


_dag = st.dates(date(2022, 1, 1), date(2032, 12, 31))
_procedure = st.tuples(_dag, st.one_of(st.none(), st.integers(0, 1500))).map(
    lambda p: Procedure(p[0], None if p[1] is None else p[0] + timedelta(days=p[1]))
)
_stuiting = st.builds(Stuiting, st.sampled_from(list(STUITING)), _dag)


@given(op=_dag, procedures=st.lists(_procedure, max_size=4), stuitingen=st.lists(_stuiting, max_size=4))
def test_verlengen_en_stuiten_maken_de_termijn_nooit_korter(
    op: date, procedures: list[Procedure], stuitingen: list[Stuiting]
) -> None:
    stuitingen = [s for s in stuitingen if s.op >= op]
    regel = termijntabel().op("verjaring_dwangsom", op)
    kaal = verjaring(op, [], [], regel, kalender()).einde
    assert kaal is not None
    zonder = verjaring(op, procedures, [], regel, kalender()).einde
    assert zonder is None or zonder >= kaal
    met = verjaring(op, procedures, stuitingen, regel, kalender()).einde
    assert met is None or (zonder is not None and met >= zonder) or zonder is None

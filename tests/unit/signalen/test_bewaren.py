"""The retention rule: hand-computed cases, and what holds for every history."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.audit.bewaartermijnen import bewaartermijnen, geldend, lees_bewaartermijnen
from inspecties.signalen.bewaren import regels_op
from inspecties.signalen.rules.bewaren import (
    Bewaarregels,
    Stand,
    Uitkomst,
    betrokkene_weg_op,
    bezwaar_tegen_datum,
    mag_weg,
    melder_weg_op,
    oordeel_signaal,
    plus_maanden,
)

R = Bewaarregels(herzien=6, weg=12, na_herziening=1, melder=6, betrokkene=3, betrokkene_zonder_opvolging=6)
ONTVANGEN = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("stand", "vandaag", "uitkomst"),
    [
        (Stand(ONTVANGEN), date(2026, 7, 30), Uitkomst.HOUDEN),
        (Stand(ONTVANGEN), date(2026, 7, 31), Uitkomst.HERZIEN),
        (Stand(ONTVANGEN), date(2027, 1, 30), Uitkomst.HERZIEN),
        (Stand(ONTVANGEN), date(2027, 1, 31), Uitkomst.WEG),
        (Stand(ONTVANGEN, opgevolgd=True), date(2036, 1, 31), Uitkomst.HOUDEN),
        (Stand(ONTVANGEN, vast_door=("dossier",)), date(2027, 1, 31), Uitkomst.VAST),
        (Stand(ONTVANGEN, vast_door=("dossier",)), date(2026, 7, 1), Uitkomst.HOUDEN),
        (Stand(ONTVANGEN, bewaren_tot=date(2027, 3, 1)), date(2027, 2, 28), Uitkomst.HOUDEN),
        (Stand(ONTVANGEN, bewaren_tot=date(2027, 3, 1)), date(2027, 3, 1), Uitkomst.HERZIEN),
        (Stand(ONTVANGEN, bewaren_tot=date(2027, 3, 1)), date(2027, 4, 1), Uitkomst.WEG),
        # A review that chose an early date never shortens the twelve months.
        (Stand(ONTVANGEN, bewaren_tot=date(2026, 9, 1)), date(2026, 12, 1), Uitkomst.HERZIEN),
    ],
)
def test_signaal(stand: Stand, vandaag: date, uitkomst: Uitkomst) -> None:
    assert oordeel_signaal(stand, R, vandaag).uitkomst is uitkomst


def test_maanden_eindigen_op_de_laatste_dag() -> None:
    assert plus_maanden(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert plus_maanden(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert plus_maanden(date(2026, 1, 15), -6) == date(2025, 7, 15)


def test_melder_en_betrokkene() -> None:
    dicht = Stand(ONTVANGEN, opgevolgd=True, afgesloten=date(2026, 3, 10))
    assert melder_weg_op(Stand(ONTVANGEN), R) is None
    assert melder_weg_op(dicht, R) == date(2026, 9, 10)
    assert betrokkene_weg_op(dicht, R) == date(2026, 6, 10)
    assert betrokkene_weg_op(Stand(ONTVANGEN, opgevolgd=True), R) is None
    assert betrokkene_weg_op(Stand(ONTVANGEN), R) == date(2026, 7, 31)
    assert betrokkene_weg_op(Stand(ONTVANGEN, bewaren_tot=date(2026, 10, 1)), R) == date(2026, 10, 1)
    assert mag_weg(date(2026, 6, 10), dicht, date(2026, 6, 10))
    assert not mag_weg(date(2026, 6, 10), dicht, date(2026, 6, 9))
    assert not mag_weg(date(2026, 6, 10), Stand(ONTVANGEN, vast_door=("slot",)), date(2030, 1, 1))
    assert not mag_weg(None, dicht, date(2036, 1, 1))


def test_nieuwe_datum_ligt_in_het_komende_jaar() -> None:
    vandaag = date(2026, 11, 21)
    assert "in de toekomst" in bezwaar_tegen_datum(vandaag, vandaag)
    assert bezwaar_tegen_datum(date(2027, 11, 21), vandaag) == ""
    assert "21-11-2027" in bezwaar_tegen_datum(date(2027, 11, 22), vandaag)


_DAGEN = st.dates(date(2020, 1, 1), date(2035, 1, 1))
_STANDEN = st.builds(
    Stand,
    ontvangen=_DAGEN,
    opgevolgd=st.booleans(),
    afgesloten=st.none() | _DAGEN,
    bewaren_tot=st.none() | _DAGEN,
    vast_door=st.sampled_from([(), ("dossier",)]),
)


@given(_STANDEN, _DAGEN, st.integers(0, 4000))
def test_wat_weg_mag_blijft_weg_en_wat_vastzit_gaat_nooit(stand: Stand, vandaag: date, later: int) -> None:
    nu, dan = (oordeel_signaal(stand, R, dag).uitkomst for dag in (vandaag, vandaag + timedelta(days=later)))
    volgorde = [Uitkomst.HOUDEN, Uitkomst.HERZIEN, Uitkomst.WEG]
    if stand.vast_door or stand.opgevolgd:
        assert Uitkomst.WEG not in {nu, dan}
    else:
        assert volgorde.index(dan) >= volgorde.index(nu)
    if nu is Uitkomst.WEG:
        assert vandaag >= plus_maanden(stand.ontvangen, R.weg)
        # Names are shorter: whenever the signal may go, so may they.
        assert mag_weg(betrokkene_weg_op(stand, R), stand, vandaag)


def test_de_tabel_van_deze_installatie_is_heel() -> None:
    assert regels_op(date(2026, 11, 21)) == R
    assert all(t.bron and t.status == "te bevestigen" for t in bewaartermijnen())


def test_een_latere_rij_vervangt_de_eerdere(tmp_path: Path) -> None:
    rij = '[[termijn]]\ncode="x"\nnaam="X"\nmaanden={0}\nvanaf="y"\ngeldig_van={1}\nstatus="bevestigd"\nbron="b"\n'
    pad = tmp_path / "t.toml"
    pad.write_text(rij.format(6, "2026-01-01") + rij.format(9, "2027-01-01"))
    rijen = lees_bewaartermijnen(pad)
    assert geldend(rijen, date(2026, 12, 31))["x"].maanden == 6
    assert geldend(rijen, date(2027, 1, 1))["x"].maanden == 9
    assert geldend(rijen, date(2025, 1, 1)) == {}
    for fout, zin in ((rij.format(0, "2026-01-01"), "1 tot en met 1200"), ("[[termijn]]\ncode='x'\n", "rij 1")):
        pad.write_text(fout)
        with pytest.raises(ValueError, match=zin):
            lees_bewaartermijnen(pad)

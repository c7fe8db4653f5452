"""Gaps, kinds of files, file names, questions."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.controles.rules.aanvulling import AANVULLING
from inspecties.controles.rules.gaten import herschik, ontbrekend
from inspecties.controles.rules.herkenning import mediatype_van, schone_naam
from inspecties.controles.rules.vragen import is_van_een_ander, keuzelabel, mag_invullen, verborgen_voor, vragen_van
from tests.veldwereld import definitie


@pytest.mark.parametrize(
    ("aangekomen", "tot", "mist"),
    [
        ([], 0, []),
        ([], 3, [(1, 3)]),
        ([1, 2, 3], 3, []),
        ([3, 1, 3], 5, [(2, 2), (4, 5)]),
        ([2, 99], 4, [(1, 1), (3, 4)]),
    ],
)
def test_ontbrekend(aangekomen: list[int], tot: int, mist: list[tuple[int, int]]) -> None:
    assert ontbrekend(aangekomen, tot) == mist


@given(st.lists(st.sets(st.integers(1, 30), max_size=8), max_size=6))
def test_gaten_beschrijven_steeds_precies_wat_er_mist(berichten: list[set[int]]) -> None:
    open_: set[tuple[int, int]] = set()
    binnen: set[int] = set()
    for bericht in berichten:
        binnen |= bericht
        mist = ontbrekend(binnen, max(binnen, default=0))
        gevuld, krimp, nieuw = herschik(open_, mist)
        open_ = (open_ - set(gevuld) - set(krimp)) | set(krimp.values()) | set(nieuw)
        assert sorted(open_) == mist
        assert not {seq for van, tot in open_ for seq in range(van, tot + 1)} & binnen


@pytest.mark.parametrize(
    ("kop", "soort"),
    [
        (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"%PDF-1.7", "application/pdf"),
        (b"OggS\x00", "audio/ogg"),
        (b"\x1aE\xdf\xa3", "audio/webm"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xf1\x50", "audio/aac"),
        (b"<svg xmlns", None),
        (b"  <svg", None),
        (b"\xef\xbb\xbf<html>", None),
        (b"GIF89a", None),
        (b"PK\x03\x04", None),
        (b"RIFF\x00\x00\x00\x00AVI ", None),
        (b"\x00\x00\x00\x18ftypqt  ", None),
        (b"", None),
    ],
)
def test_soort_volgt_uit_de_inhoud(kop: bytes, soort: str | None) -> None:
    assert mediatype_van(kop) == soort


@given(st.text(max_size=300))
def test_bestandsnaam_is_altijd_veilig(naam: str) -> None:
    uit = schone_naam(naam, "image/png")
    assert uit.endswith(".png")
    assert uit.isprintable()
    assert len(uit) <= 104
    assert not set(uit) & set('/\\:*?"<>|')
    assert not uit.startswith(".")


def test_vragen_kennen_hun_herhaling_rol_en_sectie() -> None:
    vragen = vragen_van(definitie())
    assert vragen["bewoners"].herhaling is None
    assert vragen["kamer"].herhaling == vragen["kamer_m2"].herhaling == "kamer"
    assert vragen["bed_naam"].herhaling == "bed"
    assert (vragen["werkuren"].rol, vragen["werkuren"].sectie) == ("nla", "Arbeid")
    assert is_van_een_ander(vragen["werkuren"], "politie")
    assert not is_van_een_ander(vragen["werkuren"], "nla")
    assert not is_van_een_ander(vragen["werkuren"], None)
    assert not is_van_een_ander(vragen["bewoners"], "politie")
    assert [mag_invullen(vragen["werkuren"], soort) for soort in ("nla", "politie", None)] == [True, False, False]
    assert all(mag_invullen(vragen["bewoners"], soort) for soort in ("nla", None))
    assert verborgen_voor([definitie()], "politie") == {"nla_deel", "werkuren", AANVULLING}
    assert verborgen_voor([definitie()], None) == set()


@pytest.mark.parametrize(
    ("waarde", "tekst"),
    [
        ("ja", "Ja"),
        ("vreemd", "vreemd"),
        (["ja", "nee"], "Ja, Nee"),
        (None, ""),
        ({"lat": 1}, "lat: 1"),
        ([None], ""),
        (7, "7"),
    ],
)
def test_antwoord_als_tekst(waarde: Any, tekst: str) -> None:
    inhoud = definitie()
    assert keuzelabel(inhoud, vragen_van(inhoud)["slot_buiten"], waarde) == tekst

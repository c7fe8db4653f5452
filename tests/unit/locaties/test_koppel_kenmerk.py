"""One way of writing per feature: equal ones are equal, normalising twice changes nothing, nonsense is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.locaties.rules.kenmerk import leesbaar, normaliseer
from inspecties.locaties.rules.partijen import KENMERKSOORTEN

BOS = Sleutelbos({"a": b"k" * 32})

GELIJK = {
    "telefoon": [
        [
            *("06-12345678", "06 12 34 56 78", "0612345678", "+31612345678", "+31 (0)6 1234 5678", "0031 6 12345678"),
            *("612345678", "tel: 06.12.34.56.78", "31612345678", "(06) 12345678"),
            # As advertisements write it, to escape who searches for digits.
            *("０６１２３４５６７８", "0️⃣6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "06\u201012345678"),
        ],
        ["0320-123456", "+31 320 123456", "0031320123456"],
        ["+48 512 345 678", "0048512345678"],
        ["0800-1234", "08001234"],
    ],
    "kenteken": [["AB-123-C", "ab123c", "ab 123 c", "AB·123·C"], ["WA 12345", "wa-12345"]],
    "rekening": [["4300", "NL91 ABNA 0417 1643 00", "nl91abna0417164300", "…4300", "***4300", "xx4300"]],
    "alias": [["Lisa Amsterdam", "  LISA   amsterdam ", "Lisa 💋 Amsterdam", "lisa amsterdam"], ["Straße", "STRASSE"]],
}

FOUT = [
    *[
        ("telefoon", w)
        for w in ("112", "06-1234567", "0612345678901", "bel mij", "06-1234567a", "+0612345678", "٠٦١٢٣")
    ],
    *[("telefoon", w) for w in ("512345678", "+31 6 123", "0012")],
    *[("kenteken", w) for w in ("ABC", "ABCDEF", "AB-1234-CDEFG", "<script>1", "AB_1;23")],
    *[("rekening", w) for w in ("430", "43001", "NL92 ABNA 0417 1643 00", "vier", "٤٣٠٠")],
    *[("alias", w) for w in ("!", "💋💋", "a", "x" * 61)],
    *[(soort, w) for soort in KENMERKSOORTEN for w in ("", "   ", "9" * 81)],
]


@pytest.mark.parametrize(("soort", "groep"), [(s, g) for s, groepen in GELIJK.items() for g in groepen])
def test_anders_geschreven_is_hetzelfde(soort: str, groep: list[str]) -> None:
    assert len({normaliseer(soort, w) for w in groep}) == 1
    assert len({BOS.wis_af(soort, normaliseer(soort, w)) for w in groep}) == 1


@pytest.mark.parametrize("soort", GELIJK)
def test_wat_anders_is_blijft_anders(soort: str) -> None:
    assert len({normaliseer(soort, groep[0]) for groep in GELIJK[soort]}) == len(GELIJK[soort])


@pytest.mark.parametrize(("soort", "waarde"), FOUT)
def test_onzin_krijgt_een_duidelijke_melding(soort: str, waarde: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        normaliseer(soort, waarde)
    assert fout.value.veld == "waarde"
    assert fout.value.melding.endswith(".")
    assert len(fout.value.melding) > 20


def test_van_een_rekening_blijft_alleen_de_staart() -> None:
    assert normaliseer("rekening", "NL91ABNA0417164300") == "4300"


def test_vormen_om_te_lezen() -> None:
    assert leesbaar("telefoon", "+31612345678") == "06 1234 5678"
    assert leesbaar("telefoon", "+31320123456") == "0320123456"
    assert leesbaar("telefoon", "+48512345678") == "+48512345678"
    assert leesbaar("rekening", "4300") == "…4300"


@given(st.sampled_from(sorted(KENMERKSOORTEN)), st.text(max_size=40))
def test_twee_keer_is_als_een_keer(soort: str, waarde: str) -> None:
    """Also the readable form leads back to the same."""
    try:
        een = normaliseer(soort, waarde)
    except OngeldigeInvoer:
        return
    assert normaliseer(soort, een) == een
    assert normaliseer(soort, leesbaar(soort, een)) == een


_TUSSEN = st.sampled_from(["", " ", "-", ".", "  ", " - "])


@given(
    st.from_regex(r"[1-9][0-9]{8}", fullmatch=True),
    st.sampled_from(["0", "+31", "+31 (0)", "0031", "+31-", "0031 "]),
    st.lists(_TUSSEN, min_size=9, max_size=9),
)
def test_een_nederlands_nummer_koppelt_hoe_het_ook_staat(nummer: str, voor: str, tussen: list[str]) -> None:
    geschreven = voor + "".join(c + t for c, t in zip(nummer, tussen, strict=True))
    assert normaliseer("telefoon", geschreven) == f"+31{nummer}"


@given(
    st.from_regex(r"[A-Z]{2}[0-9]{3}[A-Z]", fullmatch=True), st.lists(_TUSSEN, min_size=6, max_size=6), st.booleans()
)
def test_een_kenteken_koppelt_hoe_het_ook_staat(kenteken: str, tussen: list[str], klein: bool) -> None:
    geschreven = "".join(c + t for c, t in zip(kenteken, tussen, strict=True))
    assert normaliseer("kenteken", geschreven.lower() if klein else geschreven) == kenteken

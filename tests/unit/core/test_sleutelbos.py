"""Fields that are stored encrypted, and the hashes that link equal values."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from inspecties.core.sleutelbos import SleutelFout, lees_sleutelbos


def _sleutel(byte: int) -> str:
    return base64.urlsafe_b64encode(bytes([byte]) * 32).decode()


BOS = lees_sleutelbos("", "geheim-van-de-proef-" * 3)


@given(st.text(max_size=200))
def test_wat_versleuteld_is_komt_terug(tekst: str) -> None:
    opgeslagen = BOS.versleutel(tekst, "melder:1")
    assert BOS.ontsleutel(opgeslagen, "melder:1") == tekst


def test_het_is_aes_256_gcm_met_elke_keer_een_andere_nonce() -> None:
    """Read by hand with nothing but the standard: a key of 256 bits, a nonce of 96, the context beside it."""
    bos, gezien = lees_sleutelbos(f"een:{_sleutel(1)}", ""), set[bytes]()
    veld = HKDF(algorithm=SHA256(), length=32, salt=b"inspecties", info=b"veld").derive(bytes([1]) * 32)
    for _ in range(200):
        ruw = base64.urlsafe_b64decode(bos.versleutel("Jansen", "melder:1").split(".")[2])
        assert AESGCM(veld).decrypt(ruw[:12], ruw[12:], b"melder:1") == b"Jansen"
        gezien.add(ruw[:12])
    assert len(gezien) == 200


def test_elke_gewijzigde_bit_valt_op() -> None:
    vorm, naam, waarde = BOS.versleutel("Jansen", "melder:1").split(".")
    ruw = base64.urlsafe_b64decode(waarde)
    for bit in range(len(ruw) * 8):
        anders = bytearray(ruw)
        anders[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SleutelFout, match="gewijzigd"):
            BOS.ontsleutel(f"{vorm}.{naam}.{base64.urlsafe_b64encode(anders).decode()}", "melder:1")


def test_de_naam_staat_er_niet_leesbaar() -> None:
    assert "Jansen" not in BOS.versleutel("Jansen van de Haven", "melder:1")


def test_twee_keer_hetzelfde_is_niet_te_herkennen() -> None:
    assert BOS.versleutel("Jansen", "melder:1") != BOS.versleutel("Jansen", "melder:1")


def test_een_veld_van_een_ander_is_niet_te_lezen() -> None:
    with pytest.raises(SleutelFout, match="hoort bij een ander"):
        BOS.ontsleutel(BOS.versleutel("Jansen", "melder:1"), "melder:2")


def test_na_een_nieuwe_sleutel_blijft_het_oude_leesbaar_en_de_koppeling_gelijk() -> None:
    oud = lees_sleutelbos(f"een:{_sleutel(1)}", "")
    nieuw = lees_sleutelbos(f"twee:{_sleutel(2)}, een:{_sleutel(1)}", "")
    assert nieuw.ontsleutel(oud.versleutel("Jansen", "m:1"), "m:1") == "Jansen"
    assert nieuw.versleutel("Jansen", "m:1").startswith("v1.twee.")
    assert nieuw.wis_af("kvk", "12345678") == oud.wis_af("kvk", "12345678")
    assert nieuw.wis_af("kvk", "12345678") != nieuw.wis_af("telefoon", "12345678")
    with pytest.raises(SleutelFout, match="'twee' ontbreekt"):
        oud.ontsleutel(nieuw.versleutel("Jansen", "m:1"), "m:1")


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("zonder", "naam:waarde"),
        ("a:kort", "32"),
        (f"a:{_sleutel(1)},a:{_sleutel(2)}", "eigen naam"),
        ("a-b:x", "letters en cijfers"),
    ],
)
def test_een_verkeerde_sleutel_zegt_wat_er_mis_is(tekst: str, melding: str) -> None:
    with pytest.raises(ValueError, match=melding):
        lees_sleutelbos(tekst, "")

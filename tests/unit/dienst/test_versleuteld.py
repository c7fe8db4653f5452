"""Every encrypted column is known to the carrying over to a new key; old secrets still read what they signed."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Text

from inspecties import modellen
from inspecties.database.basis import metadata
from inspecties.dienst.versleuteld import VERSLEUTELD, WISAFDRUKKEN
from inspecties.instellingen import InstellingFout, lees_instellingen

CODE = Path(modellen.__file__).parent
# Where the code encrypts, and for which columns; what is encrypted and not stored stands apart. A new place makes this
# test fail, until somebody has said whether a new key must reach what it writes.
PLEKKEN = {
    "gebruikers/totp.py": {("totpgeheim", "geheim")},
    "locaties/kenmerken.py": {("kenmerk", "versleuteld"), ("vervallen_kenmerk", "versleuteld")},
    "signalen/melder.py": {("melder", "versleuteld"), ("betrokkene", "versleuteld")},
    "start/inzage.py": {("inzageverzoek", kolom) for kolom in ("aanvrager", "zoeken", "inhoud")},
    "start/rechtzetten.py": {("rectificatie", "oud"), ("rectificatie", "nieuw")},
}
NIET_BEWAARD = {
    # A draft in the page of who reports: nowhere but in that browser.
    "signalen/concept.py",
    # The carrying over itself.
    "dienst/versleuteld.py",
}


def _roept_aan(pad: Path, naam: str) -> bool:
    boom = ast.parse(pad.read_text("utf-8"))
    return any(
        isinstance(punt, ast.Call) and isinstance(punt.func, ast.Attribute) and punt.func.attr == naam
        for punt in ast.walk(boom)
    )


def test_elke_plek_die_versleutelt_is_bekend() -> None:
    gevonden = {str(pad.relative_to(CODE)) for pad in CODE.rglob("*.py") if _roept_aan(pad, "versleutel")}
    assert gevonden == set(PLEKKEN) | NIET_BEWAARD
    assert Counter(paar for paren in PLEKKEN.values() for paar in paren) == Counter(dict.fromkeys(VERSLEUTELD, 1))


def test_elke_kolom_en_hash_bestaat_en_heeft_een_context_met_zijn_rij() -> None:
    for (tabel, kolom), context in VERSLEUTELD.items():
        assert isinstance(metadata.tables[tabel].c[kolom].type, Text)
        assert {"id", "uid"} <= set(metadata.tables[tabel].c.keys())
        assert re.fullmatch(r"[a-z]+:\{uid\}(:[a-z]+)?", context)
    # Every keyed hash beside a ciphertext can be made again.
    assert {t for t, _ in VERSLEUTELD if "wisafdruk" in metadata.tables[t].c} == set(WISAFDRUKKEN)
    # A column that is named so is one.
    zo_genoemd = {(t.name, k.name) for t in metadata.tables.values() for k in t.c if k.name == "versleuteld"}
    assert zo_genoemd <= set(VERSLEUTELD)


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"INSPECTIES_SECRET_KEY_OUD": "kort"}, "32 tekens"),
        ({"INSPECTIES_SECRET_KEY_OUD": "n" * 40}, "huidige"),
        # Fields that are derived from the secret would be lost with it.
        ({"INSPECTIES_SECRET_KEY_OUD": "o" * 40}, "VELDSLEUTELS is nodig"),
    ],
)
def test_een_oude_sleutel_die_niet_kan(anders: dict[str, str], melding: str) -> None:
    with pytest.raises(InstellingFout, match=melding):
        lees_instellingen({"INSPECTIES_SECRET_KEY": "n" * 40} | anders)

"""How passwords are typed and compared: hidden, by a password manager if one likes, and exactly as they came in."""

import ast
import math
import re
import unicodedata
from pathlib import Path

import pytest

from inspecties.gebruikers import wachtwoorden
from inspecties.gebruikers.rules.herstelcodes import LENGTE, TEKENS, lees_code, maak_code
from inspecties.gebruikers.rules.wachtwoordkeuze import MAXIMUM

WORTEL = Path(__file__).parents[3]
# A field of a form with one of these in its name holds a password.
GEHEIM = re.compile(r"wachtwoord|wachtzin")
# On the forms of the own account the words are shorter.
ACCOUNT = {"EigenWachtwoordForm", "KiesWachtwoordForm"}
EIGEN = re.compile(r"^(?:oud|nieuw|nogmaals)$")


def velden() -> list[tuple[str, str, ast.Call]]:
    """(file, name, call) of every field of a form whose name says that it holds a password."""
    uit = []
    for pad in sorted((WORTEL / "inspecties").rglob("*forms.py")):
        for klasse in (k for k in ast.walk(ast.parse(pad.read_text("utf-8"))) if isinstance(k, ast.ClassDef)):
            for regel in klasse.body:
                if isinstance(regel, ast.Assign) and isinstance(regel.value, ast.Call):
                    naam = ast.unparse(regel.targets[0])
                    if GEHEIM.search(naam) or (klasse.name in ACCOUNT and EIGEN.search(naam)):
                        uit.append((f"{pad.name}:{klasse.name}", naam, regel.value))
    return uit


def test_elk_wachtwoord_wordt_verborgen_getypt() -> None:
    """Also by way of a function that makes the field."""
    gevonden = velden()
    assert len(gevonden) >= 8
    makers = {"_nieuw", "_nogmaals", "wachtwoordveld"}
    assert [(w, n) for w, n, a in gevonden if ast.unparse(a.func) not in makers | {"PasswordField"}] == []
    for pad in ("gebruikers/forms.py", "dossiers/kabinet_forms.py"):
        for functie in ast.walk(ast.parse((WORTEL / "inspecties" / pad).read_text("utf-8"))):
            if isinstance(functie, ast.FunctionDef) and functie.name in makers:
                assert ast.unparse(functie.body[-1]).startswith("return PasswordField("), functie.name


def test_in_sjablonen_en_de_veldapp_ook() -> None:
    for pad in [*(WORTEL / "templates").rglob("*.html"), *(WORTEL / "static/src").rglob("*.js")]:
        for invoer in re.findall(r"<input[^>]+>|h\(\"input\", \{[^}]+\}", pad.read_text("utf-8")):
            if "-password" in invoer:
                assert re.search(r'type(?:=|: )"password"', invoer), (pad.name, invoer)


def test_plakken_en_een_wachtwoordkluis_mogen() -> None:
    """No field for a password turns the browser's manager off, and nowhere is pasting held up."""
    for waar, naam, aanroep in velden():
        assert "'off'" not in ast.unparse(aanroep), (waar, naam)
    for pad in [*(WORTEL / "templates").rglob("*.html"), *(WORTEL / "static/src").rglob("*.js")]:
        assert not re.search(r"onpaste|[\"']paste[\"']", pad.read_text("utf-8")), pad.name


@pytest.mark.parametrize(
    "bijna",
    [
        lambda w: w.strip(),
        lambda w: w.lower(),
        lambda w: w.upper(),
        lambda w: unicodedata.normalize("NFD", w),
        lambda w: w[:72],
        lambda w: w[:64],
        lambda w: w[:-1],
        lambda w: w + "x",
        lambda w: " ".join(w.split()),
    ],
)
def test_wachtwoord_telt_precies_zoals_het_is(bijna) -> None:
    """Every sign counts, up to the longest one that is allowed: nothing is cut off, trimmed or folded."""
    echt = " Ĳsvogel  aan de Vécht ".ljust(MAXIMUM - 1, "q") + " "
    assert len(echt) == MAXIMUM
    bewaard = wachtwoorden.maak_hash(echt)
    assert wachtwoorden.klopt(bewaard, echt)
    assert bijna(echt) != echt
    assert not wachtwoorden.klopt(bewaard, bijna(echt))


def test_een_herstelcode_is_lang_genoeg() -> None:
    """Twenty-four draws out of thirty-two signs: 120 bits, where a plain hash asks 112; what was drawn is read back."""
    getrokken: list[str] = []

    def kies(uit: str) -> str:
        assert sorted(uit) == sorted(set(uit))
        assert len(uit) == 32
        getrokken.append(uit[len(getrokken) % 32])
        return getrokken[-1]

    code = maak_code(kies)
    assert len(getrokken) == LENGTE
    assert LENGTE * math.log2(32) >= 112
    assert lees_code(code) == "".join(getrokken)
    assert set(getrokken) <= set(TEKENS)


def test_een_herstelcode_is_makkelijk_over_te_typen() -> None:
    """Capitals, spaces, a dash of another length, o for 0 and l for 1; one from before, half as long, is read too."""
    kaal = "4k7p9xq2mh3t0101vwyzabcd"
    for getypt in (
        "4K7P-9XQ2-MH3T-0101-VWYZ-ABCD",
        " 4k7p 9xq2 mh3t OlOI vwyz abcd",
        "4k7p\u20139xq2mh3t.o1o1vwyzabcd",
    ):
        assert lees_code(getypt) == kaal
    assert lees_code("4K7P-9XQ2-mh3t") == "4k7p9xq2mh3t"
    for geen in ("", "4k7p-9xq2-mh3", f"{kaal}0", "4k7p-9xq2-mh3u", "123456", "٣" * 24):
        assert lees_code(geen) is None

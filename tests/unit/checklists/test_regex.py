"""A pattern of a checklist cannot hold up the server or a tablet, whatever somebody answers (ASVS 1.3.3, ReDoS)."""

import re
import subprocess
from pathlib import Path

import pytest

from inspecties.checklists.rules.expressies.fouten import Expressiefout
from inspecties.checklists.rules.expressies.functies_tekst import past
from inspecties.checklists.rules.expressies.regels import graad, langste_tekst, normaliseer

_TEKST_JS = Path(__file__).parents[3] / "static" / "src" / "checklists" / "tekst.js"


@pytest.mark.parametrize(
    "patroon",
    [
        "(a+)+b", "(a?)*b", "(aa|a)*b", "(a{1,3})*b", "((a?){20}){20}b", "((a|aa){20}){20}b", "(a?){21}b", "(.|a)+b",
        "(a{1,20}){20}b", ".*.*.*.*b", "a+a+a+a+b", "(a?){15}.*b", "a{0,25}a{0,30}a{0,99}a{5,}b", "(a?b?)+c",
    ],
)  # fmt: skip
def test_een_patroon_dat_te_lang_kan_duren_wordt_geweigerd(patroon: str) -> None:
    with pytest.raises(Expressiefout, match="te lang duren"):
        normaliseer(patroon)


@pytest.mark.parametrize(
    ("patroon", "goed", "fout"),
    [
        ("[1-9][0-9]{3} ?[A-Z]{2}", "1234 AB", "1234567"),
        (r"[\w.-]+@[\w.-]+\.[a-z]{2,}", "jan@x.nl", "jan@x"),
        (r"(\+31|0)[1-9][0-9]{8}", "+31612345678", "0612"),
        ("[0-9+() -]{6,20}", "06 12 34 56", "06"),
        ("(ja|nee)( (ja|nee))*", "ja nee ja", "ja ja ja nein"),
        (r"\{.*\}\[a*\]", "{x}[aaa]", "x"),
        (".{10,800}", "x" * 700, "x" * 900),
    ],
)
def test_een_gewoon_patroon_blijft(patroon: str, goed: str, fout: str) -> None:
    normaal = normaliseer(patroon)
    assert re.fullmatch(normaal, goed)
    assert past(goed, normaal)
    assert not past(fout, normaal)


def test_de_zwaarste_patronen_zijn_gauw_klaar() -> None:
    """On what is worst for them; without the limits these take days."""
    for patroon in (".*.*.*b", ".*.*b", ".*b", "(a|aa){20}b", "(a?){20}b"):
        normaal = normaliseer(patroon)
        for lengte in (20, 40, langste_tekst(normaal), 100_000):
            assert not past("a" * lengte, normaal)


def test_de_tablet_en_de_server_houden_dezelfde_lengte_aan() -> None:
    patronen = [
        normaliseer(p) for p in (".*", "a+b*", "a*b+c{3,}", r"\*\+", "[*+]{2,20}", "a{2,21}", "x{100}", "[a-z]?")
    ]
    regels = "\n".join(f"uit.push(langsteTekst({patroon!r}));" for patroon in patronen)
    script = (
        f'import {{langsteTekst}} from "{_TEKST_JS.as_uri()}";\nconst uit = [];\n{regels}\nconsole.log(uit.join(" "));'
    )
    uit = subprocess.run(["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    assert [int(n) for n in uit.stdout.split()] == [langste_tekst(p) for p in patronen]
    assert [graad(p) for p in patronen] == [1, 2, 3, 0, 0, 1, 1, 0]

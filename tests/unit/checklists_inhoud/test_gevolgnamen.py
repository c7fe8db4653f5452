"""Every consequence of a checklist has a name in plain Dutch on the tablet."""

from pathlib import Path

from inspecties.checklists.rules.formulier import lees_formulier

WORTEL = Path(__file__).parents[3]


def test_elk_gevolg_heeft_een_naam() -> None:
    scherm = (WORTEL / "static/src/veld/scherm/voorstel.js").read_text(encoding="utf-8")
    codes: set[str] = set()
    for pad in sorted((WORTEL / "config/checklists").glob("*.csv")):
        definitie = lees_formulier(pad.name, pad.read_bytes()).definitie
        codes |= _gevolgen(definitie["kinderen"])
    assert len(codes) > 10
    assert sorted(code for code in codes if f"  {code}:" not in scherm and f" {code}: " not in scherm) == []


def _gevolgen(knopen: list[dict[str, object]]) -> set[str]:
    uit: set[str] = set()
    for knoop in knopen:
        gevolg = knoop.get("gevolg")
        if isinstance(gevolg, list):
            uit |= {str(code) for code in gevolg}
        kinderen = knoop.get("kinderen")
        if isinstance(kinderen, list):
            uit |= _gevolgen(kinderen)
    return uit

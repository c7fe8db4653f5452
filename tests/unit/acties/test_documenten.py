"""Templates of machtiging and verslag: what the law asks must stand in them, whatever the text leaves out."""

import io
from datetime import UTC, datetime

import pypdf
import pytest

from inspecties.acties.rules.documenten import MACHTIGING, VERSLAG, documentsoorten, lees_documenten
from inspecties.sjablonen import docx
from inspecties.sjablonen import operations as sjablonen
from inspecties.sjablonen.druk import Tekstdruk
from inspecties.sjablonen.rules.sjabloon import Sjabloonfout, gebreken, keur_tekst, keur_verplicht
from inspecties.sjablonen.rules.tekst import open_plekken

NU = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
SOORTEN = documentsoorten()
# Art. 6 Awbi, first paragraph, and art. 5, 7 and 8; art. 10, second paragraph.
MOET = {
    MACHTIGING: {
        "gever", "aan", "hoedanigheid", "woningen", "grondslag", "doel", "geldig", "uren", "afwezigheid", "meegaanden",
        "afgifte", "handtekening",
    },
    VERSLAG: {
        "naam", "hoedanigheid", "plaats", "bewoner", "dag", "binnen", "verlaten", "grondslag", "doel", "wijze",
        "verricht", "meegaanden", "meegenomen", "ondertekening",
    },
}  # fmt: skip


def _tekst(code: str) -> list[str]:
    return [d.tekst for d in SOORTEN[code].standaardtekst("nl").delen]


def _fouten(code: str, alineas: list[str]) -> str:
    velden = SOORTEN[code].velden
    keur_tekst(alineas, velden)
    with pytest.raises(Sjabloonfout) as fout:
        keur_verplicht(alineas, velden)
    return fout.value.melding


def test_de_standaardteksten_zeggen_alles_wat_de_wet_vraagt() -> None:
    assert gebreken(SOORTEN.values()) == []
    assert {code: set(soort.velden.verplicht) for code, soort in SOORTEN.items()} == MOET
    for soort in SOORTEN.values():
        assert sjablonen.keur(sjablonen.standaard_docx(soort, "nl"), soort)


@pytest.mark.parametrize(("code", "veld"), [(code, veld) for code, velden in MOET.items() for veld in sorted(velden)])
def test_een_verplicht_veld_dat_ontbreekt_wordt_genoemd(code: str, veld: str) -> None:
    zonder = [a.replace(f"{{{{ {veld} }}}}", "...") for a in _tekst(code)]
    melding = _fouten(code, zonder)
    titel = SOORTEN[code].velden.mag[veld].titel.lower()
    assert melding == (
        f"Het veld '{veld}' ({titel}) ontbreekt. Dat veld is verplicht. Zet het erin, buiten elke voorwaarde: "
        f"{{{{ {veld} }}}}."
    )


@pytest.mark.parametrize(
    "alinea",
    [
        "{% if dringend %}{{ doel }}{% endif %}",
        "{% if doel %}{{ doel }}{% endif %}",
        "{% if not dringend %}{{ doel }}{% endif %}",
        "{% if '' %}{{ doel }}{% endif %}",
        "{% if gemeente and nummer %}{{ doel }}{% else %}{{ aan }}{% endif %}",
    ],
)
def test_een_verplicht_veld_in_een_voorwaarde_telt_niet(alinea: str) -> None:
    # In a draft a field that is still open is false: then its place would not be marked.
    assert "'doel'" in _fouten(MACHTIGING, [*[a for a in _tekst(MACHTIGING) if "doel }}" not in a], alinea])


def test_in_beide_takken_telt_wel() -> None:
    rest = [a for a in _tekst(MACHTIGING) if "doel }}" not in a]
    keur_verplicht(
        [*rest, "{% if dringend %}Nu: {{ doel }}{% else %}Doel: {{ doel }}{% endif %}"], SOORTEN[MACHTIGING].velden
    )


def test_wat_soms_geldt_moet_erin_voor_als_het_geldt() -> None:
    zonder = [a for a in _tekst(VERSLAG) if "gevaar }}" not in a]
    assert "'gevaar'" in _fouten(VERSLAG, zonder)
    # And not only where something else is filled in too.
    assert "'gevaar'" in _fouten(VERSLAG, [*zonder, "{% if machtiging %}{{ gevaar }}{% endif %}"])
    keur_verplicht([*zonder, "{{ gevaar }}"], SOORTEN[VERSLAG].velden)


def test_een_veld_van_het_andere_document_wordt_geweigerd() -> None:
    with pytest.raises(Sjabloonfout, match=r"'handtekening' in alinea 1 .* hoort niet in dit document"):
        keur_tekst(["{{ handtekening }}"], SOORTEN[VERSLAG].velden)


def _pdf(code: str, **bekend: str) -> tuple[str, list[str]]:
    soort = SOORTEN[code]
    waarden = {v.naam: v.voorbeeld for v in soort.veld} | bekend
    gevuld = docx.vul(sjablonen.standaard_docx(soort, "nl"), soort.waarden(waarden))
    blokken = docx.lees_blokken(gevuld)
    druk = Tekstdruk("M", "k", docx.lees_titel(gevuld), "nl", tuple(blokken), NU, False, soort.schrijflijnen)
    boek = pypdf.PdfReader(io.BytesIO(druk.druk()))
    xmp = boek.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "pdfaid:part>2<" in xmp
    assert "pdfuaid:part>1<" in xmp
    return " ".join(" ".join(p.extract_text() for p in boek.pages).split()), open_plekken(b.tekst for b in blokken)


def test_een_machtiging_om_te_tekenen_heeft_lijnen_en_wat_mist_is_gemerkt() -> None:
    tekst, open_ = _pdf(MACHTIGING, afgifte="", handtekening="", doel="", dringend="", woningen="Kade 1\nKade 3")
    assert len(open_) == 3
    # On paper: a line to write the date and the signature on; anything else that misses says so.
    assert tekst.count("nog in te vullen") == 1
    assert "[nog in te vullen: Doel van het binnentreden (art. 6)]" in tekst
    assert "Waarom dit dringend nodig is" not in tekst
    assert "Kade 1 Kade 3" in tekst


def test_wat_iemand_invulde_blijft_tekst() -> None:
    aanval = "{{ 7*7 }} #{1+1} *x* <script>alert(1)</script> {% if x %}"
    assert aanval in _pdf(VERSLAG, verricht=aanval)[0]


@pytest.mark.parametrize(
    ("wijzig", "fout"),
    [
        ({"verplicht": "ooit"}, "unknown verplicht"),
        ({"verplicht": ""}, "nothing that it must say"),
    ],
)
def test_config_noemt_wat_niet_klopt(wijzig: dict[str, str], fout: str) -> None:
    veld = {"naam": "a", "titel": "A", "voorbeeld": "a", "verplicht": "altijd"} | wijzig
    rij = {"code": "x", "naam": "X", "aan": "", "grondslag": "", "bevestigd": True, "bron": "", "veld": [veld]}
    with pytest.raises(ValueError, match=f"soort x: {fout}"):
        lees_documenten({"soort": [rij]})

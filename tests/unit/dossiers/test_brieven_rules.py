"""Kinds of letters, their default texts, places left open, and what a template may ask."""

import pytest

from inspecties.dossiers.brief_bronnen import Trajectwaarden
from inspecties.dossiers.rules import brief as regels
from inspecties.dossiers.rules.brief import brievenboek, lees_brieven
from inspecties.dossiers.trajecten import tabellen
from inspecties.sjablonen.rules.sjabloon import Sjabloonfout, gebreken, keur_tekst
from inspecties.sjablonen.rules.tekst import Blok, Open, open_plek, open_plekken, stukken, vul_plek

BESLUIT = brievenboek().soorten["besluit_sluiting"]
BEWONERS = brievenboek().soorten["bewoners_sluiting"]


def _melding(*alineas: str, soort: regels.Briefsoort = BESLUIT) -> str:
    with pytest.raises(Sjabloonfout) as fout:
        keur_tekst(alineas, soort.velden)
    return fout.value.melding


def test_elke_soort_heeft_een_tekst_in_elke_taal_die_gevuld_kan_worden() -> None:
    assert gebreken(brievenboek().soorten.values()) == []
    for soort in brievenboek().soorten.values():
        koppen = [soort.standaardtekst(taal).titel for taal in soort.talen]
        # A translation that was forgotten would have the title of another language.
        assert len(set(koppen)) == len(soort.talen)


def test_elke_brief_waar_een_traject_om_vraagt_bestaat() -> None:
    gevraagd = {s.document for tabel in tabellen().values() for s in tabel.stappen if s.document}
    boek = brievenboek()
    assert gevraagd
    assert [code for code in sorted(gevraagd) if not boek.gevraagd({code})] == []


def test_besluiten_noemen_bezwaar_en_bewoners_lezen_niets_over_anderen() -> None:
    for soort in brievenboek().soorten.values():
        tekst = "\n".join(d.tekst for d in soort.standaardtekst("nl").delen)
        if soort.stuk == "besluit":
            assert "zes weken" in tekst, soort.code
            assert "voorlopige voorziening" in tekst, soort.code
            assert soort.bekendmaking, soort.code
        if soort.aan == "bewoner":
            velden = brievenboek().velden_van(soort)
            assert not {"feiten", "geadresseerde_rol", "dwangsom_bedrag", "bewoners", "zienswijze"} & set(velden)


def test_een_verlenging_noemt_de_nieuwe_laatste_dag_en_nooit_de_oude() -> None:
    # The letter goes before the step that lengthens the term: what runs then still ends on the old day.
    verlenging = brievenboek().soorten["besluit_verlenging"]
    velden = brievenboek().velden_van(verlenging)
    assert velden["nieuwe_einddatum"].bron == "vrij"
    assert not {"einddatum", "duur"} & set(velden)
    assert "tot en met {{ nieuwe_einddatum }}" in "\n".join(d.tekst for d in verlenging.standaardtekst("nl").delen)
    assert "'einddatum'" in _melding("Tot en met {{ einddatum }}.", soort=verlenging)
    with pytest.raises(ValueError, match="niet_bij names an unknown kind"):
        lees_brieven(
            {"soort": [], "veld": [{"naam": "ab", "titel": "", "bron": "", "voorbeeld": "", "niet_bij": ["x"]}]}
        )


@pytest.mark.parametrize(
    ("ingang", "duur", "einde"),
    [
        ("2026-03-01", "3m", "31 mei 2026"),
        ("2026-07-01", "1m", "31 juli 2026"),
        ("2027-02-15", "2w", "28 februari 2027"),
        ("2027-01-31", "1m", "28 februari 2027"),
        ("2026-12-01", "", ""),
    ],
)
def test_de_eerste_dag_van_een_sluiting_telt_mee(ingang: str, duur: str, einde: str) -> None:
    assert Trajectwaarden({}, {"ingang": ingang, "duur": duur}).sluitingseinde("nl") == einde


def test_onbekend_veld_wordt_genoemd_met_het_veld_dat_erop_lijkt() -> None:
    assert _melding("Goed {{ adres }}", "Tot {{ eindatum }}.") == (
        "Het veld 'eindatum' in alinea 2 ('Tot {{ eindatum }}.') bestaat niet. Bedoelt u 'einddatum'?"
    )


def test_veld_over_een_persoon_mag_niet_in_een_brief_aan_bewoners() -> None:
    assert "mag niet in een brief aan bewoners" in _melding("{{ feiten }}", soort=BEWONERS)


@pytest.mark.parametrize("fout", ["{{ adres }", "{% if adres %}a", "{{ }}", "{% endif %}", "{{ adres adres }}"])
def test_kapotte_accolades_worden_met_hun_plaats_geweigerd(fout: str) -> None:
    assert "alinea 2" in _melding("Een gewone regel.", fout)


@pytest.mark.parametrize(
    "aanval",
    [
        "{{ adres.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ 7 * 7 }}",
        "{{ adres|e }}",
        "{{ adres|attr('x') }}",
        "{{ adres() }}",
        "{{ self }}{{ adres.x }}",
        "{% for a in adres %}x{% endfor %}",
        "{% set adres = 1 %}",
        "{% include 'x' %}",
        "{% macro a() %}{% endmacro %}",
        "{{ 'a' ~ 'b' }}",
        "{% if adres == 1 %}x{% endif %}",
    ],
)
def test_alles_wat_geen_veld_of_voorwaarde_is_wordt_geweigerd(aanval: str) -> None:
    _melding(aanval)


def test_te_veel_velden() -> None:
    assert "te veel velden" in _melding(*["{{ adres }}"] * 700)


def test_open_plek_is_onwaar_en_wordt_op_titel_gevuld() -> None:
    plek = open_plek("Duur")
    assert isinstance(plek, Open)
    assert not plek
    tekst = f"Dicht voor {plek}, dus {plek}. [1] [nog in te vullen: Adres]"
    assert open_plekken([tekst, tekst]) == ["Duur", "Adres"]
    assert vul_plek(tekst, "duur", r"drie \1 maanden") == (
        r"Dicht voor drie \1 maanden, dus drie \1 maanden. [1] [nog in te vullen: Adres]"
    )
    assert [s for s in stukken("[1] a" + plek) if s[1]] == [(str(plek), True)]


def test_blok_houdt_zijn_plaats_en_verandert_van_hash_met_zijn_woorden() -> None:
    blok = Blok("a", "cel", "tekst", 4, (0, 1, 2))
    assert Blok.uit(blok.als_rij()) == blok
    assert blok.met("tekst ").hash == blok.hash
    assert blok.met("ander").hash != blok.hash


@pytest.mark.parametrize(
    ("veld", "waarde", "fout"),
    [("aan", "iedereen", "unknown aan"), ("dossiersoorten", ["x"], "unknown kind"), ("talen", ["pl"], "language")],
)
def test_config_noemt_wat_niet_klopt(veld: str, waarde: object, fout: str) -> None:
    rij = {"code": "x", "naam": "X", "dossiersoorten": ["sluiting"], "aan": "partij", "status": "bevestigd", "bron": ""}
    with pytest.raises(ValueError, match=f"soort x: .*{fout}"):
        lees_brieven({"soort": [rij | {veld: waarde}], "veld": []})

"""What holds for every form: articles, evidence, privacy, languages, order."""

import re

import pytest
from pyxform.xls2json_backends import csv_to_dict
from pyxform.xls2xform import convert

from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.checklists.rules.schrijven import schrijf_csv, schrijf_xlsx
from tests.unit.checklists_inhoud.formulieren import FORMULIEREN, MAP, TALEN, cellen, lezing, plekken

CODES = {
    "apv",
    "bbl",
    "belastingdienst",
    "bibob",
    "brp",
    "ggd",
    "goed_verhuurderschap",
    "huisvestingswet",
    "nla",
    "omgevingsplan",
    "opiumwet_13b",
    "overbewoning",
    "signaal_mh",
    "signaal_mh_hard",
    "victoria",
}
ROLLEN = {"politie", "nla", "omgevingsdienst", "brandweer", "belastingdienst", "ggd", "zorg"}
AAN_DE_PERSOON = {
    "toestemming_gegeven",
    "persoon_id_zelf",
    "persoon_veilig",
    "persoon_wil_hulp",
    "zorgkaart_gegeven",
    "hulp_aangeboden",
    "hulp_reactie",
    "hulp_contact",
}
alle_formulieren = pytest.mark.parametrize("formulier", FORMULIEREN)


def test_de_map_heeft_precies_deze_formulieren() -> None:
    assert {pad.stem for pad in MAP.glob("*.csv")} == set(FORMULIEREN)


@alle_formulieren
def test_formulier_leest_zonder_waarschuwing_en_komt_gelijk_terug(formulier: str) -> None:
    gelezen = lezing(formulier)
    assert gelezen.waarschuwingen == ()
    assert gelezen.definitie["naam"] == formulier
    tekst = (MAP / f"{formulier}.csv").read_text("utf-8")
    assert schrijf_csv(gelezen.bron) == tekst
    uit_excel = lees_formulier(f"{formulier}.xlsx", schrijf_xlsx(gelezen.bron))
    assert uit_excel.definitie["hash"] == gelezen.definitie["hash"]


@alle_formulieren
def test_pyxform_maakt_er_een_xform_van(formulier: str) -> None:
    pad = MAP / f"{formulier}.csv"
    assert {"survey", "choices", "settings"} <= set(csv_to_dict(str(pad)))
    assert "<h:html" in convert(str(pad), file_type=".csv").xform


@alle_formulieren
def test_elk_gevolg_heeft_een_code_een_moment_een_artikel_en_bewijs(formulier: str) -> None:
    for plek in plekken(formulier):
        codes = plek.node.get("gevolg", [])
        if not codes:
            continue
        naam = plek.node["naam"]
        assert set(codes) <= CODES, naam
        assert "gevolg_als" in plek.node, naam
        artikelen = plek.node["grondslag"].split("; ")
        assert len(artikelen) == len([c for c in codes if c != "signaal_mh_hard"]), naam
        assert all(artikelen), naam
        # What the inspector types is its own explanation, a calculation has no place for evidence.
        assert plek.node.get("bewijs") or plek.node["type"] in {"text", "calculate"}, naam


@alle_formulieren
def test_per_code_staat_hetzelfde_soort_artikel(formulier: str) -> None:
    begin = {"victoria": "Gemeentewet", "opiumwet_13b": "Opiumwet", "signaal_mh": "Sr art. 273f", "bibob": "Wet Bibob"}
    for plek in plekken(formulier):
        codes = [c for c in plek.node.get("gevolg", []) if c != "signaal_mh_hard"]
        for code, artikel in zip(codes, plek.node.get("grondslag", "").split("; "), strict=False):
            assert artikel.startswith(begin.get(code, "")), plek.node["naam"]


@alle_formulieren
def test_hard_is_ook_een_signaal_en_elk_formulier_vraagt_ernaar(formulier: str) -> None:
    hard = {p.node["naam"] for p in plekken(formulier) if "signaal_mh_hard" in p.node.get("gevolg", [])}
    assert {
        "minderjarige_gezien",
        "deur_slot_buiten",
        "geweld_gezien",
        "persoon_id_zelf",
        "persoon_minderjarig",
    } <= hard
    assert hard & {"paspoort_bij_ander", "id_in_eigen_bezit"}
    for plek in plekken(formulier):
        if plek.node["naam"] in hard:
            assert "signaal_mh" in plek.node["gevolg"]


@alle_formulieren
def test_nationaliteit_alleen_bij_een_partner_en_nooit_met_gevolg(formulier: str) -> None:
    gevoelig = re.compile(
        r"nationalit|afkomst|etnisch|geloof|religie|godsdienst|geslacht|\bherkomst|\bman of vrouw", re.I
    )
    gevonden = []
    for plek in plekken(formulier):
        if plek.node["soort"] != "vraag" or plek.node["type"] == "note":
            continue
        if gevoelig.search(f"{plek.node['naam']} {plek.node.get('label', {}).get('nl', '')}"):
            gevonden.append(plek.node["naam"])
            assert plek.rol in {"politie", "nla"}
            assert "gevolg" not in plek.node
    assert gevonden == ["pol_nationaliteit"]
    # Nobody may reason from it either.
    assert lezing(formulier).definitie["afhankelijk"].get("pol_nationaliteit", []) == []


@alle_formulieren
def test_partnerdelen_zijn_heel_en_van_een_partner_die_mee_is(formulier: str) -> None:
    rijen = cellen(formulier)
    assert {p.rol for p in plekken(formulier)} == ROLLEN | {""}
    for plek in plekken(formulier):
        if plek.rol:
            assert plek.node["rol"] == plek.rol
            assert rijen[f"deel_{plek.rol}"]["relevant"].endswith(f"selected(${{partners_aanwezig}}, '{plek.rol}')")


@alle_formulieren
def test_begint_bij_binnentreden_en_eindigt_met_de_handtekening(formulier: str) -> None:
    vragen = [p.node for p in plekken(formulier) if p.node["soort"] == "vraag"]
    assert [v["naam"] for v in vragen[:1]] == ["binnentreden_grond"]
    assert (vragen[-1]["naam"], vragen[-1]["type"], vragen[-1]["weergave"]) == ("handtekening", "image", "signature")
    namen = [v["naam"] for v in vragen]
    for eerder, later in (
        ("toestemming_gegeven", "tijd_binnen"),
        ("tijd_binnen", "aanwezig_geteld"),
        ("afspraken", "tijd_buiten"),
    ):
        assert namen.index(eerder) < namen.index(later)
    herhalingen = {p.node["naam"] for p in plekken(formulier) if p.node["soort"] == "herhaling"}
    assert herhalingen == {"kamers", "personen"}


@alle_formulieren
def test_vragen_aan_de_persoon_zijn_er_in_zes_talen(formulier: str) -> None:
    namen = {p.node["naam"]: p.node for p in plekken(formulier)}
    vertaald = {naam for naam, node in namen.items() if len(node.get("label", {})) > 1}
    assert vertaald >= AAN_DE_PERSOON
    for naam in vertaald:
        labels = namen[naam]["label"]
        assert set(labels) == TALEN, naam
        assert len(set(labels.values())) == len(TALEN), naam
        assert re.search(r"[а-я]", labels["bg"]), naam
    for keuze in lezing(formulier).definitie["keuzelijsten"]["jno"]:
        assert set(keuze["label"]) == TALEN
    assert [k["naam"] for k in lezing(formulier).definitie["keuzelijsten"]["jno"]] == ["ja", "nee", "onbekend"]


@alle_formulieren
def test_teksten_voor_de_inspecteur_zijn_nederlands_en_meldingen_compleet(formulier: str) -> None:
    for naam, rij in cellen(formulier).items():
        if rij["required"]:
            assert rij["required_message::Nederlands (nl)"], naam
        if rij["constraint"]:
            assert rij["constraint_message::Nederlands (nl)"], naam
        assert re.fullmatch(r"[a-z][a-z0-9_]*", naam)
    for plek in plekken(formulier):
        if plek.node["soort"] != "vraag" or plek.node["type"] != "calculate":
            assert plek.node.get("label", {}).get("nl"), plek.node["naam"]


@alle_formulieren
def test_persoonsgegevens_hebben_een_klasse_en_termijn(formulier: str) -> None:
    vorm = re.compile(r"(persoonsgegeven|bijzonder|strafrechtelijk):(toezicht|handhaving|signaal|zorg|opsporing)")
    per_naam = {p.node["naam"]: p.node for p in plekken(formulier)}
    for node in per_naam.values():
        assert vorm.fullmatch(node.get("avg", "persoonsgegeven:toezicht")), node["naam"]
    for naam in (
        "persoon_naam",
        "persoon_veilig",
        "hulp_reactie",
        "pol_nationaliteit",
        "handtekening",
        "strafbaar_vermoeden",
    ):
        assert "avg" in per_naam[naam], naam

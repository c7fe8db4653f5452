"""Wet Bibob as rules: when it begins, what an outcome allows, and how long a decision waits. Named after articles."""

import tomllib
from datetime import date
from typing import Any

import pytest

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.dossiers.rules.bibob import (
    ALLEEN_CONTROLE,
    BESTAND,
    LETTERS,
    Bibobregels,
    Uitkomst,
    bibobregels,
    keur_bron,
    keur_relatie,
    keur_uitkomst,
    mag_verstrekken,
    toegestaan,
    waarom_niet,
)
from inspecties.dossiers.rules.traject import lees_trajecten
from inspecties.termijnen.bronnen import kalender, termijntabel
from inspecties.termijnen.rules.benoemd import bibob_opschorting
from inspecties.termijnen.rules.berekenen import schort_op
from inspecties.termijnen.rules.duur import Duur

DAG = date(2026, 9, 1)
REGELS = bibobregels()
AANVRAAG, HOUDER = REGELS.aanleidingen["aanvraag"], REGELS.aanleidingen["houder"]
GEEN, MINDER = Uitkomst("geen", motivering="Niets."), Uitkomst("mindere_mate", motivering="Iets.")
ERNSTIG = Uitkomst("ernstig", ("a",), "Veel.", "Evenredig.", is_evenredig="wel")


@pytest.mark.parametrize("code", ["controle", "bevinding", "voorstel"])
def test_art_3_een_bevinding_alleen_is_geen_aanleiding(code: str) -> None:
    with pytest.raises(OngeldigeInvoer, match="geen aanleiding") as fout:
        REGELS.aanleiding(code)
    assert (fout.value.veld, fout.value.melding) == ("aanleiding", ALLEEN_CONTROLE)


def test_art_3_5_en_5a_kennen_vier_aanleidingen() -> None:
    assert set(REGELS.aanleidingen) == {"aanvraag", "houder", "opdracht", "vastgoed"}
    with pytest.raises(OngeldigeInvoer, match="uit de lijst"):
        REGELS.aanleiding("nieuwsgierig")


@pytest.mark.parametrize(
    ("gemeente", "aanleiding", "onderwerp", "euro", "oordeel"),
    [
        ("Soest", "aanvraag", "seksinrichting", None, "altijd"),
        ("Soest", "aanvraag", "bouw_seksbedrijf", 24_999, "niet"),
        ("Soest", "aanvraag", "bouw_huisvesting", 25_000, "altijd"),
        ("Soest", "vastgoed", "huisvesting_arbeidsmigranten", None, "altijd"),
        ("Montfoort", "aanvraag", "massagesalon", None, "mag"),
        ("Montfoort", "aanvraag", "huisvesting_arbeidsmigranten", None, "geen"),
        ("ZBLW", "aanvraag", "huisvesting_arbeidsmigranten", None, "mag"),
        ("Markerwaard", "aanvraag", "massagesalon", None, "altijd"),
        ("Markerwaard", "opdracht", "ander", None, "niet"),
        ("Nergens", "aanvraag", "seksinrichting", None, "geen"),
    ],
)
def test_lokaal_beleid(gemeente: str, aanleiding: str, onderwerp: str, euro: int | None, oordeel: str) -> None:
    uit = REGELS.oordeel(gemeente, aanleiding, onderwerp, None if euro is None else euro * 100, DAG)
    assert uit.oordeel == oordeel
    assert uit.reden_nodig == (oordeel in {"niet", "geen"})
    assert uit.uitleg.endswith(".")


def test_lokaal_beleid_geldt_vanaf_zijn_dag() -> None:
    assert REGELS.oordeel("Markerwaard", "aanvraag", "seksinrichting", None, date(2024, 6, 30)).oordeel == "geen"
    assert REGELS.oordeel("Markerwaard", "aanvraag", "seksinrichting", None, date(2024, 7, 1)).oordeel == "altijd"


def test_art_3_geen_gevaar_is_verlenen() -> None:
    assert toegestaan(GEEN, AANVRAAG, gehoord=True)["verlenen"] is None
    for besluit in ("weigeren", "voorschriften"):
        assert "artikel 3" in (waarom_niet(besluit, GEEN, AANVRAAG, gehoord=True) or "")


def test_art_3_lid_7_mindere_mate_is_alleen_voorschriften() -> None:
    assert toegestaan(MINDER, AANVRAAG, gehoord=True)["voorschriften"] is None
    assert "lid 7" in (waarom_niet("weigeren", MINDER, AANVRAAG, gehoord=True) or "")
    assert "lid 7" in (waarom_niet("intrekken", MINDER, HOUDER, gehoord=True) or "")
    assert "lid 7" in (waarom_niet("voorschriften", ERNSTIG, AANVRAAG, gehoord=True) or "")


def test_art_3_ernstig_gevaar_weigert_alleen_als_dat_evenredig_is() -> None:
    zonder = Uitkomst("ernstig", ("b",), "Veel.")
    assert "evenredig" in (waarom_niet("weigeren", zonder, AANVRAAG, gehoord=True) or "")
    assert waarom_niet("weigeren", ERNSTIG, AANVRAAG, gehoord=True) is None
    assert waarom_niet("intrekken", ERNSTIG, HOUDER, gehoord=True) is None
    # Granting all the same asks why refusing would go too far.
    for een in (zonder, ERNSTIG):
        assert "niet evenredig" in (waarom_niet("verlenen", een, AANVRAAG, gehoord=True) or "")
    te_ver = Uitkomst("ernstig", ("b",), "Veel.", "Het is een klein deel.", is_evenredig="niet")
    assert waarom_niet("verlenen", te_ver, AANVRAAG, gehoord=True) is None
    assert "niet evenredig" in (waarom_niet("weigeren", te_ver, AANVRAAG, gehoord=True) or "")


def test_art_3_lid_6_strafbaar_feit_om_de_vergunning_te_krijgen() -> None:
    vals = Uitkomst("geen", ("36",), "Een vals diploma.", "Evenredig.", is_evenredig="wel")
    assert waarom_niet("weigeren", vals, AANVRAAG, gehoord=True) is None
    zonder = Uitkomst("geen", ("36",), "Een vals diploma.")
    assert "lid 6" in (waarom_niet("weigeren", zonder, AANVRAAG, gehoord=True) or "")


def test_art_4_alleen_na_een_verzoek_om_aanvulling() -> None:
    vier = Uitkomst("ernstig", ("4",), "Niets ontvangen.")
    with pytest.raises(OngeldigeInvoer, match="Artikel 4") as fout:
        keur_uitkomst(vier, formulier_geweigerd=False)
    assert fout.value.veld == "letters"
    assert keur_uitkomst(vier, formulier_geweigerd=True).in_woorden.endswith(LETTERS["4"])


@pytest.mark.parametrize("besluit", ["weigeren", "voorschriften"])
def test_art_33_eerst_een_zienswijze(besluit: str) -> None:
    uitkomst = ERNSTIG if besluit == "weigeren" else MINDER
    assert "artikel 33" in (waarom_niet(besluit, uitkomst, AANVRAAG, gehoord=False) or "")
    assert waarom_niet("verlenen", GEEN, AANVRAAG, gehoord=False) is None


def test_besluit_past_bij_de_aanleiding() -> None:
    assert "bestaat dit besluit niet" in (waarom_niet("intrekken", ERNSTIG, AANVRAAG, gehoord=True) or "")
    assert "bestaat dit besluit niet" in (waarom_niet("weigeren", ERNSTIG, HOUDER, gehoord=True) or "")
    assert "uitkomst" in (waarom_niet("verlenen", None, AANVRAAG, gehoord=True) or "")


@pytest.mark.parametrize(
    ("uitkomst", "veld"),
    [
        (Uitkomst("groot", motivering="x"), "gevaar"),
        (Uitkomst("geen"), "motivering"),
        (Uitkomst("ernstig", motivering="x"), "letters"),
        (Uitkomst("mindere_mate", ("a",), "x"), "letters"),
        (Uitkomst("geen", (), "x", "Omdat."), "evenredig"),
        (Uitkomst("geen", (), "x", is_evenredig="wel"), "evenredig"),
        (Uitkomst("geen", (), "x", is_evenredig="ooit"), "is_evenredig"),
    ],
)
def test_uitkomst_die_niet_klopt(uitkomst: Uitkomst, veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        keur_uitkomst(uitkomst, formulier_geweigerd=False)
    assert fout.value.veld == veld


def test_anders_dan_het_bureau_adviseert_vraagt_een_reden() -> None:
    with pytest.raises(OngeldigeInvoer, match="ernstig gevaar") as fout:
        keur_uitkomst(MINDER, formulier_geweigerd=False, lbb_oordeel="ernstig")
    assert fout.value.veld == "afwijking"
    goed = Uitkomst("mindere_mate", motivering="x", afwijking="De zakenpartner is vertrokken.")
    assert keur_uitkomst(goed, formulier_geweigerd=False, lbb_oordeel="ernstig").herkomst == "lbb"


@pytest.mark.parametrize(
    ("dag", "veld"),
    [(date(2026, 8, 31), "op"), (date(2026, 9, 11), "op"), (None, "op"), (date(2026, 9, 5), "resultaat")],
)
def test_art_30_bron_na_de_aanleiding_en_niet_in_de_toekomst(dag: date | None, veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        keur_bron("kadaster", dag, "", "  ", sinds=DAG, vandaag=date(2026, 9, 10), regels=REGELS)
    assert fout.value.veld == veld


def test_register_van_relaties_houdt_alleen_wat_de_wet_vraagt() -> None:
    assert keur_relatie(" Piet  Z. ", "vermogen", "Gaf de lening.", "", REGELS).naam == "Piet Z."
    for velden, veld in (
        (("", "vermogen", "x", ""), "naam"),
        (("Z", "buurman", "x", ""), "rol"),
        (("Z", "vermogen", " ", ""), "waarom"),
        (("Z", "vermogen", "x", "123"), "kvk"),
    ):
        with pytest.raises(OngeldigeInvoer) as fout:
            keur_relatie(*velden, REGELS)
        assert fout.value.veld == veld


def test_art_28_gesloten_lijst_van_ontvangers() -> None:
    assert set(REGELS.ontvangers) == {
        *("betrokkene", "lbb", "driehoek", "riec", "bezwaarcommissie", "rechter", "ap", "gemeente")
    }
    assert mag_verstrekken("riec").waarvoor.startswith("alleen om te helpen")
    for ander in ("nla", "belastingdienst", "controle", ""):
        with pytest.raises(Conflict, match="artikel 28"):
            mag_verstrekken(ander)


def test_art_31_opschorting_telt_het_uitstel_van_het_bureau_mee() -> None:
    regel = termijntabel().op("bibob_advies", DAG)
    advies = regel.bereken(DAG, kalender=kalender())
    langer = regel.verdaag(advies, Duur.lees("4w"), date(2026, 10, 1), "Buitenlandse bronnen", kalender=kalender())
    beslis = termijntabel().op("bibob_beslistermijn", DAG).bereken(DAG, kalender=kalender())
    stil = {
        naam: bibob_opschorting(DAG, ontvangen, een, "Advies gevraagd")
        for naam, ontvangen, een in (
            ("snel", date(2026, 9, 10), advies),
            ("laat", date(2026, 12, 20), advies),
            ("verdaagd", date(2026, 12, 20), langer),
            ("nooit", None, advies),
        )
    }
    assert {naam: o.hervat_op for naam, o in stil.items()} == {
        "snel": date(2026, 9, 11),
        "laat": date(2026, 10, 27),
        "verdaagd": date(2026, 11, 24),
        "nooit": date(2026, 10, 27),
    }
    # Eight weeks to decide, of which none had gone by: they begin again when the advice is due.
    na = schort_op(beslis, stil["nooit"], kalender=kalender())
    assert na.einddag == date(2026, 12, 21)


def test_art_29_hergebruik_vijf_jaar_sinds_augustus_2020_te_bevestigen() -> None:
    regel = termijntabel().op("bibob_hergebruik", DAG)
    assert (str(regel.duur), regel.status.value) == ("5j", "te bevestigen")


def test_de_tabel_van_het_traject_is_gaaf() -> None:
    tabel = lees_trajecten()["bibob"]
    assert tabel.gebreken() == []
    assert not tabel.vanzelf, "without a reason no track begins"
    for stap in ("verleend", "voorschriften", "geweigerd", "ingetrokken"):
        assert {"besluit_akkoord", "bibob_besluit"} <= set(tabel.stap(stap).eis)
    # To refuse, withdraw or attach conditions there is only the way past the view of the person concerned.
    for stap in ("voorschriften", "geweigerd", "ingetrokken"):
        assert {o.van for o in tabel.overgangen if o.naar == stap} == {"zienswijze"}


@pytest.mark.parametrize(
    ("pad", "waarde", "fout"),
    [
        (("beleid", 0, "wanneer"), "soms", "wanneer"),
        (("beleid", 0, "onderwerpen"), ["kermis"], "unknown subject"),
        (("aanleiding", 0, "besluiten"), {"weigeren": "Weigeren"}, "kind of decision"),
        (("ontvanger", 0, "status"), "misschien", "unknown status"),
        (("ontvanger", 1, "code"), "betrokkene", "twice"),
    ],
)
def test_een_bestand_dat_niet_klopt_valt_op(pad: tuple[str, int, str], waarde: Any, fout: str) -> None:
    inhoud = tomllib.loads(BESTAND.read_text(encoding="utf-8"))
    deel, nummer, sleutel = pad
    inhoud[deel][nummer][sleutel] = waarde
    with pytest.raises(ValueError, match=fout):
        Bibobregels.uit(inhoud)

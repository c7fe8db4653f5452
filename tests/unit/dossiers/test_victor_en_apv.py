"""Wet Victor has a letter for each step that sends one; a closure on the APV asks whether the Wkpb applies."""

from inspecties.dossiers.rules.brief import brievenboek
from inspecties.dossiers.rules.traject import lees_trajecten


def test_elke_stap_van_wet_victor_die_iets_verstuurt_heeft_een_brief() -> None:
    tabel, boek = lees_trajecten()["victor"], brievenboek()
    brieven = {s.code: s.document for s in tabel.stappen if s.document}
    assert brieven == {
        "overleg": "overleg_victor",
        "voornemen": "voornemen_victor",
        "besluit": "besluit_victor",
        "bekendmaking": "besluit_victor",
        "beheer_terug": "einde_victor",
    }
    for code in set(brieven.values()):
        soort = boek.soorten[code]
        # Where both articles stand after the Omgevingswet was not confirmed.
        assert soort.status == "te bevestigen"
        assert soort.dossiersoorten == ("sluiting",)
    assert boek.soorten["besluit_victor"].bekendmaking


def test_alleen_bij_de_apv_wordt_naar_de_wkpb_gevraagd() -> None:
    alle = lees_trajecten()

    def begint(code: str, stap: str) -> str:
        rijen = [t for t in alle[code].stap(stap).termijnen if t.code == "wkpb_inschrijving" and t.doet == "begint"]
        assert len(rijen) == 1, (code, stap)
        return rijen[0].als

    # The legal fact sheet, section 2: 174a and 13b are listed; of the APV it says nothing.
    for code in ("sluiting_174a", "sluiting_13b"):
        assert begint(code, "bekendmaking") == begint(code, "verlenging") == ""
        assert alle[code].stap("bekendmaking").veld("wkpb") is None
    assert begint("sluiting_apv", "bekendmaking") == "wkpb=ja"
    assert begint("sluiting_apv", "verlenging") == "als:bekendmaking.wkpb=ja"
    veld = alle["sluiting_apv"].stap("bekendmaking").veld("wkpb")
    assert veld is not None
    assert veld.verplicht
    assert "Te bevestigen" in veld.hint

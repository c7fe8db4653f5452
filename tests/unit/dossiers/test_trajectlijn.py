"""The line of a track on screen: what was done, where it stands, and the usual way from there."""

from datetime import UTC, date, datetime, timedelta

from inspecties.dossiers.models_traject import Dossiertraject, Trajectgang
from inspecties.dossiers.traject_beeld import KLAAR, NU, STRAKS, lijn_van
from inspecties.dossiers.trajecten import tabellen

BEGIN = date(2026, 3, 2)


def lijn(*stappen: str, spoed: str = "nee") -> dict[str, list[str]]:
    """The codes on the line by how they stand, after these steps of a closure, one a day."""
    tabel = tabellen()["sluiting_174a"]
    traject = Dossiertraject(code=tabel.code, stand=stappen[-1], begonnen_op=datetime(2026, 3, 2, tzinfo=UTC))
    vorige = ""
    for nummer, code in enumerate(stappen):
        gegevens = {"spoed": spoed} if code == "toets" else {}
        dag = BEGIN + timedelta(days=nummer)
        traject.gangen.append(
            Trajectgang(id=nummer + 1, baan="", van=vorige, naar=code, op_datum=dag, gegevens=gegevens)
        )
        vorige = code
    uit: dict[str, list[str]] = {KLAAR: [], NU: [], STRAKS: []}
    for regel in lijn_van(traject, tabel):
        uit[regel.stand].append(regel.stap.code)
    return uit


def test_de_gewone_weg() -> None:
    nu = lijn("rapportage", "toets", "voornemen")
    assert nu[KLAAR] == ["rapportage", "toets"]
    assert nu[NU] == ["voornemen"]
    assert nu[STRAKS][:3] == ["zienswijze", "advies", "besluit"]
    assert nu[STRAKS][-1] == "heropening"


def test_met_spoed_is_de_zienswijze_niet_aan_de_orde() -> None:
    nu = lijn("rapportage", "toets", "spoedsluiting", spoed="ja")
    assert nu[NU] == ["spoedsluiting"]
    assert nu[STRAKS][0] == "besluit"
    # Sealed already: after the registration comes the watch.
    later = lijn("rapportage", "toets", "spoedsluiting", "besluit", "bekendmaking", "wkpb", spoed="ja")
    assert later[STRAKS][0] == "toezicht"


def test_terug_naar_de_toets_haalt_weg_wat_opnieuw_moet() -> None:
    nu = lijn("rapportage", "toets", "voornemen", "zienswijze", "toets")
    assert nu == {
        KLAAR: ["rapportage"],
        NU: ["toets"],
        STRAKS: lijn("rapportage", "toets")[STRAKS],
    }


def test_naast_de_weg_en_aan_het_eind() -> None:
    weg = ["rapportage", "toets", "voornemen", "zienswijze", "besluit", "bekendmaking", "wkpb", "uitvoering"]
    assert lijn(*weg, "verlenging")[STRAKS] == ["toezicht", "opheffing", "heropening"]
    klaar = lijn(*weg, "opheffing_eerder", "heropening")
    assert klaar[KLAAR][-1] == "opheffing_eerder"
    assert klaar[STRAKS] == []

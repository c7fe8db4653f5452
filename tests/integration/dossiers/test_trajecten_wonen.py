"""Tracks of building and housing, and of Bibob: hearing, proof, objection and what stops with a track."""

import pytest

from inspecties.database.basis import db
from inspecties.dossiers.models_traject import Trajectgang
from inspecties.dossiers.traject_eigen import termijnen_van_traject
from inspecties.dossiers.trajecten import Nietzover
from tests.integration.dossiers.conftest import Zaak
from tests.integration.dossiers.sluitingwereld import Sluiting


@pytest.fixture
def wonen(zaak: Zaak) -> Sluiting:
    """A dossier of building and housing without a track; committed."""
    return Sluiting(zaak.wereld, zaak.dossier(), zaak.wereld.nu)


def test_geen_zienswijze_heet_het_pas_na_de_termijn(wonen: Sluiting) -> None:
    for code, begin in (("last_dwangsom", ""), ("boete", "Hoogstens 200 euro.")):
        traject = wonen.ernaast(code)
        traject.zet("voornemen", begin, verstuurd_op=traject.vandaag, termijn="14d")
        with pytest.raises(Nietzover, match="De termijn voor een zienswijze loopt nog"):
            traject.zet("zienswijze", gegeven="nee")
        traject.verder(17)
        traject.zet("zienswijze", gegeven="nee")
    # The fine asks for a view on an article of its own (5:53).
    assert wonen.ernaast("waarschuwing").traject.stand == "constatering"
    assert Sluiting(wonen.wereld, wonen.dossier, wonen.nu, "boete").standen("zienswijze_boete") == ["gedaan"]


@pytest.mark.parametrize("code", ["last_dwangsom", "last_bestuursdwang", "waarschuwing", "goed_verhuurderschap"])
def test_wat_stopt_laat_geen_termijn_lopen(wonen: Sluiting, code: str) -> None:
    traject = wonen.ernaast(code)
    traject.zet("waarschuwing", verstuurd_op=traject.vandaag, termijn="14d")
    assert traject.standen("herstel_waarschuwing") == ["loopt"]
    if code.startswith("last_"):
        traject.zet("voornemen", verstuurd_op=traject.vandaag, termijn="14d")
        assert (traject.standen("herstel_waarschuwing"), traject.standen("zienswijze")) == (["gedaan"], ["loopt"])
    traject.zet("gestopt", "De eigenaar heeft het hersteld.")
    assert "loopt" not in {t.stand for t in termijnen_van_traject(db.session(), traject.jurist, traject.traject)}


def _gang(traject: Sluiting, naar: str) -> None:
    """A step that was taken on its own page (a fine is imposed there), written down as such."""
    rij = traject.traject
    db.session.add(
        Trajectgang(
            gemeente_id=rij.gemeente_id, traject_id=rij.id, van=rij.stand, naar=naar, op_datum=traject.vandaag,
            op=traject.nu,
        )
    )  # fmt: skip
    rij.stand = naar
    db.session.flush()
    db.session.expire(rij, ["gangen"])


def test_tegen_een_boete_staat_bezwaar_en_beroep_open(wonen: Sluiting) -> None:
    boete = wonen.ernaast("boete")
    _gang(boete, "opgelegd")
    with pytest.raises(Nietzover, match="Zonder bewijs is het besluit niet bekendgemaakt"):
        boete.zet("bekendgemaakt", bekend_op=boete.vandaag)
    with pytest.raises(Nietzover, match="Eerst is nodig: 'Boete bekendgemaakt'"):
        boete.zet("bezwaar_ontvangen", ontvangen_op=boete.vandaag, commissie="ja")
    boete.zet("bekendgemaakt", bekend_op=boete.vandaag, bewijs="3SABC")
    boete.verder(3)
    boete.zet("bezwaar_ontvangen", ontvangen_op=boete.vandaag, commissie="ja")
    termijnen = boete.termijnen()
    assert termijnen["beslissing_op_bezwaar_commissie"].start_datum == termijnen["bezwaar"].einde_datum
    assert boete.traject.stand == "bekendgemaakt"
    boete.akkoord()
    boete.besloot("beslissing_op_bezwaar")
    boete.zet("bezwaar_beslist", uitkomst="ongegrond", bekend_op=boete.vandaag)
    assert boete.standen("beroep") == ["loopt"]
    boete.zet("beroep_ingesteld", rechtbank="Midden-Nederland 26/4")
    boete.zet("beroep_uitspraak", verzonden_op=boete.vandaag, uitkomst="ongegrond", kenmerk="ECLI:NL:RBMNE:2")
    assert boete.standen("hoger_beroep") == ["loopt"]

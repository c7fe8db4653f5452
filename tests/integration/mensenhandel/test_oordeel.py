"""Judging: a signal comes of it or it does not, always by a person, with a way back."""

import pytest
from sqlalchemy import select

from inspecties.controles import mensenhandel
from inspecties.controles.models import Signaaloordeelstap
from inspecties.controles.rules.mensenhandel import OORDEEL_TABEL
from inspecties.core.actor import systeem
from inspecties.core.fouten import Conflict, GeenRecht
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.signalen.models import Signaal
from tests.integration.mensenhandel.conftest import LIJST, Geval, regels, tekst, verstuur

AANNAME = mensenhandel.Aanname(vorm="onbekend", urgentie="normaal")


def test_aannemen_maakt_een_signaal_zonder_wie_het_gaf(geval: Geval) -> None:
    client = geval.client()
    antwoord = geval.neem_aan(client, indicatoren=["bedreiging", "geisoleerd"], toelichting="Gebeld met het team.")
    (signaal,) = geval.signalen()
    assert antwoord.headers["Location"].endswith(f"/signalen/{signaal.uid}")
    assert (signaal.bron, signaal.vorm, signaal.urgentie, signaal.status) == (
        "controle",
        "arbeidsuitbuiting",
        "hoog",
        "ontvangen",
    )
    assert signaal.indicatoren == ["bedreiging", "geisoleerd"]
    assert signaal.locatie is not None
    assert signaal.locatie.adresregel == "Kade 1"
    for deel in ("Gebeld met het team.", "Uit een bezoek van 21-11-2026", "Slot buiten Ja", "sleutel hangt buiten"):
        assert deel in signaal.tekst
    assert "inspecteur" not in signaal.tekst.lower()
    assert "GEHEIM-VAN-HET-BEZOEK" not in signaal.tekst
    assert "Kade 1" not in tekst(client.get(LIJST))
    assert signaal.nummer in tekst(client.get(f"{LIJST}?stand=aangenomen"))
    (regel,) = regels("mensenhandel_aangenomen")
    assert (regel.gebruiker_id, regel.object_uid) == (geval.actor.gebruiker_id, str(geval.bevinding))
    # The coordinator reads the signal on its way through the meldroute, never where it came from.
    coordinator = geval.wereld.client(Rol.COORDINATOR)
    pagina = tekst(coordinator.get(f"/signalen/{signaal.uid}"))
    assert "Slot buiten" in pagina
    assert "<dt>Bron</dt>" not in pagina
    assert LIJST not in pagina
    eigen = tekst(client.get(f"/signalen/{signaal.uid}"))
    assert geval.pad in eigen


def test_geen_signaal_vraagt_een_reden_en_kan_terug(geval: Geval) -> None:
    client = geval.client()
    leeg = geval.geen("   ", client)
    assert leeg.status_code == 422
    assert "Schrijf op waarom" in tekst(leeg)
    assert geval.geen("De deur is vervangen, zie het team", client).status_code == 302
    assert geval.signalen() == []
    assert "De deur is vervangen" in tekst(client.get(f"{LIJST}?stand=geen_signaal"))
    nog_eens = geval.geen("Nog eens", client)
    assert nog_eens.status_code == 409
    assert "al beoordeeld: geen signaal" in tekst(nog_eens)
    zonder = verstuur(client, f"{geval.pad}/heropenen", reden=" ")
    assert zonder.status_code == 422
    assert verstuur(client, f"{geval.pad}/heropenen", reden="Nieuwe informatie").status_code == 302
    assert "Kade 1" in tekst(client.get(LIJST))
    assert verstuur(client, f"{geval.pad}/heropenen", reden="Weer").status_code == 409
    pagina = tekst(client.get(geval.pad))
    # Nothing of what was decided before is gone.
    assert "De deur is vervangen" in pagina
    assert "Nieuwe informatie" in pagina
    assert [(s.van, s.naar) for s in geval.oordeel().stappen] == [("open", "geen_signaal"), ("geen_signaal", "open")]
    assert len(regels("mensenhandel_geen_signaal")) == len(regels("mensenhandel_heropend")) == 1


def test_terugkomen_op_aannemen_sluit_het_signaal_en_weer_aannemen_opent_het(geval: Geval) -> None:
    client = geval.client()
    geval.neem_aan(client)
    assert verstuur(client, f"{geval.pad}/heropenen", reden="Verkeerd adres gelezen").status_code == 302
    (signaal,) = geval.signalen()
    assert signaal.status == "afgesloten"
    assert geval.neem_aan(client, urgentie="direct_gevaar", toelichting="Toch wel.").status_code == 302
    (signaal,) = geval.signalen()
    assert (signaal.status, signaal.urgentie) == ("ontvangen", "direct_gevaar")
    assert "Aanvulling van 21-11-2026:\nToch wel." in signaal.tekst
    assert len(regels("signaal_ingetrokken")) == len(regels("signaal_aangevuld")) == 1


@pytest.mark.parametrize("status", ["doorgezet", "teruggekoppeld"])
def test_wat_is_doorgezet_haalt_niemand_hier_terug(geval: Geval, status: str) -> None:
    client = geval.client()
    geval.neem_aan(client)
    db.session.rollback()
    db.session.scalars(select(Signaal)).one().status = status
    db.session.commit()
    antwoord = verstuur(client, f"{geval.pad}/heropenen", reden="Vergissing")
    assert antwoord.status_code == 409
    assert f"is al {status}" in tekst(antwoord)
    assert geval.oordeel().toestand == "aangenomen"
    assert geval.signalen()[0].status == status


def test_een_later_antwoord_dat_zwaarder_weegt_komt_terug_in_de_wachtrij(geval: Geval) -> None:
    client = geval.client()
    geval.geen("Er is een verklaring", client)
    geval.boa.op(geval.bezoek, "koffer", "ja")
    geval.boa.sync()
    pagina = tekst(client.get(LIJST))
    assert "Opnieuw te beoordelen" in pagina
    assert geval.oordeel().stappen[-1].reden == "Er kwamen antwoorden bij na het oordeel."
    assert geval.oordeel().stappen[-1].door_id is None
    assert geval.neem_aan(client).status_code == 302
    assert "Koffer Ja" in geval.signalen()[0].tekst
    # Once it is a signal, what comes later is added to it.
    kamer = "01890000-0000-7000-8000-000000000001"
    geval.boa.op(geval.bezoek, "kamer", {"ouder": None, "plaats": 1}, herhaling_id=kamer)
    geval.boa.op(geval.bezoek, "angst", "ja", herhaling_id=kamer)
    geval.boa.sync()
    assert geval.neem_aan(client).status_code == 302
    (signaal,) = geval.signalen()
    assert "- Kamer 1: Angst Ja" in signaal.tekst


def test_een_foto_of_een_teruggenomen_antwoord_vraagt_geen_nieuw_oordeel(geval: Geval) -> None:
    koffer = geval.boa.op(geval.bezoek, "koffer", "ja")
    geval.boa.sync()
    geval.geen("Er is een verklaring")
    geval.boa.op(geval.bezoek, "koffer", "nee", base_op_ids=[koffer["op_id"]])
    geval.boa.sync()
    assert geval.oordeel().toestand == "geen_signaal"
    assert "Koffer" not in tekst(geval.client().get(geval.pad))


def test_wie_oordeelt_las_alles(geval: Geval) -> None:
    """A tablet brings more between reading and pressing: the page asks to read that first, and keeps what was typed."""
    client = geval.client()
    oud = str(geval.rij().rev)
    geval.boa.op(geval.bezoek, "koffer", "ja")
    geval.boa.sync()
    antwoord = verstuur(client, f"{geval.pad}/geen-signaal", reden="Mijn reden", gezien=oud)
    assert antwoord.status_code == 409
    assert "Er kwamen antwoorden bij" in tekst(antwoord)
    assert "Mijn reden" in tekst(antwoord)
    assert "Koffer" in tekst(antwoord)
    assert verstuur(client, f"{geval.pad}/geen-signaal", reden="Mijn reden", gezien="").status_code == 422
    assert (
        verstuur(client, f"{geval.pad}/geen-signaal", reden="Mijn reden", gezien=str(geval.rij().rev)).status_code
        == 302
    )


@pytest.mark.parametrize(
    "velden", [{"vorm": "onzin"}, {"urgentie": ""}, {"indicatoren": ["onzin"]}, {"toelichting": "x" * 4001}]
)
def test_verkeerde_invoer_wordt_genoemd_en_bewaart_niets(geval: Geval, velden: dict[str, object]) -> None:
    antwoord = geval.neem_aan(**velden)
    assert antwoord.status_code == 422
    assert 'role="alert"' in tekst(antwoord) or "fout" in tekst(antwoord)
    assert geval.signalen() == []


def test_alleen_een_mens_en_alleen_met_het_recht(geval: Geval) -> None:
    sessie, nu = db.session(), geval.wereld.nu
    for actor in (systeem(geval.actor.gemeente_id), geval.wereld.een.actoren[Rol.COORDINATOR]):
        with pytest.raises(GeenRecht):
            mensenhandel.geen_signaal(sessie, actor, nu, geval.rij(), "reden")
        sessie.rollback()
        with pytest.raises(GeenRecht):
            mensenhandel.neem_aan(sessie, actor, nu, geval.rij(), AANNAME)
        sessie.rollback()
    mensenhandel.neem_aan(sessie, geval.actor, nu, geval.rij(), AANNAME)
    with pytest.raises(Conflict):
        mensenhandel.neem_aan(sessie, geval.actor, nu, geval.rij(), AANNAME)
    assert len(sessie.scalars(select(Signaaloordeelstap)).all()) == 1
    assert len(sessie.scalars(select(Signaal)).all()) == 1


def test_de_tabel_klopt() -> None:
    assert OORDEEL_TABEL.gebreken() == []
    assert {o.recht for o in OORDEEL_TABEL.overgangen} == {"mensenhandel.beoordelen"}
    for o in OORDEEL_TABEL.overgangen:
        assert o.reden_verplicht is (o.naar != "aangenomen")

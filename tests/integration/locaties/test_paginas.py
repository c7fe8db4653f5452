"""The pages of list, map and one location: what they show, to whom, and what they change."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import MENSEN, RECHTEN, Rol
from inspecties.database.basis import db
from inspecties.locaties.models import Locatiestatus, Risicolocatie
from inspecties.locaties.rules.adres import Huisnummer
from inspecties.signalen.models import Signaal
from tests.locatiewereld import maak_adres, maak_locatie
from tests.wereld import Wereld, csrf


def _signaal(wereld: Wereld, locatie: Risicolocatie) -> Signaal:
    signaal = Signaal(
        gemeente_id=wereld.een.gemeente.id,
        nummer="S-2026-1",
        datum=wereld.nu.date(),
        bron="verhuurder",
        vorm="arbeidsuitbuiting",
        tekst="Twaalf mensen in een kamer.",
        locatie_id=locatie.id,
        ontvangen_op=wereld.nu,
    )
    db.session.add(signaal)
    db.session.commit()
    return signaal


@pytest.mark.parametrize(
    ("pad", "recht"),
    [
        ("/kaart", "locaties.lezen"),
        ("/kaart/kaart.js", "locaties.lezen"),
        ("/locaties", "locaties.lezen"),
        ("/locaties/{uid}", "locaties.lezen"),
        ("/locaties/{uid}/kaart.js", "locaties.lezen"),
        ("/locaties/nieuw", "locaties.bewerken"),
        ("/locaties/{uid}/wijzigen", "locaties.bewerken"),
        ("/locaties/importeren", "locaties.importeren"),
        ("/locaties/importeren/voorbeeld.csv", "locaties.importeren"),
        ("/locaties/export?formaat=csv", "locaties.exporteren"),
        ("/api/achtergrond", "locaties.lezen"),
        ("/api/locaties?bbox=5,52,6,53", "locaties.lezen"),
    ],
)
def test_alleen_wie_het_recht_heeft(wereld: Wereld, pad: str, recht: str) -> None:
    locatie = maak_locatie(wereld.een, wereld.nu, "Pand A")
    pad = pad.format(uid=locatie.uid)
    for rol in sorted(MENSEN):
        status = wereld.client(rol).get(pad).status_code
        assert status == (200 if rol in RECHTEN[recht].rollen else 403), rol
    assert wereld.app.test_client().get(pad).status_code in {302, 401}


def test_andere_gemeente_ziet_niets(wereld: Wereld) -> None:
    locatie = maak_locatie(wereld.een, wereld.nu, "Geheim pand")
    buur = wereld.client(Rol.COORDINATOR, wereld.twee)
    assert b"Geheim pand" not in buur.get("/locaties").data
    assert b"Geheim pand" not in buur.get("/kaart").data
    assert b"Geheim pand" not in buur.get("/locaties/export?formaat=geojson").data
    for pad in ("", "/kaart.js", "/wijzigen"):
        assert buur.get(f"/locaties/{locatie.uid}{pad}").status_code == 404
    antwoord = buur.post(
        f"/locaties/{locatie.uid}/status", data={"csrf_token": csrf(buur), "status": "gesloten", "reden": "x"}
    )
    assert antwoord.status_code == 404
    db.session.refresh(locatie)
    assert locatie.status == "in_beeld"


def test_lijst_filtert_zoekt_sorteert_en_bladert(wereld: Wereld) -> None:
    for i in range(30):
        maak_locatie(wereld.een, wereld.nu, f"Pand {i:02}", dx=i * 10)
    maak_locatie(wereld.een, wereld.nu, "100% Wax_shop", "massagesalon", straat="Dorpsstraat", dx=-50)
    client = wereld.client(Rol.INSPECTEUR)

    def tekst(vraag: str) -> str:
        antwoord = client.get(f"/locaties?{vraag}")
        assert antwoord.status_code == 200
        return antwoord.get_data(as_text=True)

    assert "31 locaties: alle locaties" in tekst("")
    assert "1 locatie: massagesalon" in tekst("type=massagesalon")
    assert "Wax_shop" in tekst("zoek=dorpsstraat+100%25")
    assert "Geen locatie past" in tekst("zoek=100_")
    assert "Geen locatie past" in tekst("status=gesloten")
    aflopend = tekst("richting=af&sorteer=naam")
    assert aflopend.index("Pand 29") < aflopend.index("Pand 28")
    assert "Pand 03" not in aflopend
    assert "Pand 03" in tekst("richting=af&sorteer=naam&pagina=2")
    assert "bladzijde 2 van 2" in tekst("pagina=99999999999")
    for sleutel in ("adres", "type", "status", "laatste_bezoek", "onzin"):
        assert "31 locaties" in tekst(f"sorteer={sleutel}&richting=af")


def test_vreemde_filters_zijn_geen_storing(wereld: Wereld) -> None:
    client = wereld.client(Rol.COORDINATOR)
    assert client.get("/locaties?zoek=a%00b+%C2%B2+99999999999").status_code == 200
    for vraag in ("type=a%00", "status=%00", "status=onzin", "niet_bezocht_maanden=%C2%B2", "niet_bezocht_maanden=0"):
        assert client.get(f"/locaties?{vraag}").status_code == 422, vraag


def test_niet_bezocht_sinds(wereld: Wereld) -> None:
    maak_locatie(wereld.een, wereld.nu, "Nooit")
    oud = maak_locatie(wereld.een, wereld.nu, "Oud", dx=10)
    net = maak_locatie(wereld.een, wereld.nu, "Net", dx=20)
    oud.laatste_bezoek_op = wereld.nu - timedelta(days=400)
    net.laatste_bezoek_op = wereld.nu - timedelta(days=3)
    db.session.commit()
    tekst = wereld.client(Rol.COORDINATOR).get("/locaties?niet_bezocht_maanden=12").get_data(as_text=True)
    assert ">Nooit<" in tekst
    assert ">Oud<" in tekst
    assert ">Net<" not in tekst
    assert "niet bezocht sinds 12 maanden" in tekst


def test_locatie_toont_per_rol_en_legt_het_lezen_vast(wereld: Wereld) -> None:
    locatie = maak_locatie(wereld.een, wereld.nu, "Pand <b>A</b>", veiligheid="Hond op het erf")
    _signaal(wereld, locatie)
    coordinator = wereld.client(Rol.COORDINATOR).get(f"/locaties/{locatie.uid}").get_data(as_text=True)
    assert "Signaal S-2026-1" in coordinator
    assert "Hond op het erf" in coordinator
    assert "Status wijzigen" in coordinator
    assert "<b>A</b>" not in coordinator
    # The kind of source would say who reported.
    assert "erhuurder" not in coordinator
    inspecteur = wereld.client(Rol.INSPECTEUR).get(f"/locaties/{locatie.uid}").get_data(as_text=True)
    assert "Signaal" not in inspecteur.split('id="tijdlijn"')[1]
    assert "Status wijzigen" not in inspecteur
    gelezen = db.session.scalars(
        select(Auditregel).where(Auditregel.handeling == "locatie_gelezen").order_by(Auditregel.id)
    ).all()
    assert [r.object_uid for r in gelezen] == [str(locatie.uid)] * 2


def test_status_wijzigen_vraagt_een_reden_en_bewaart_de_geschiedenis(wereld: Wereld, klok: VasteKlok) -> None:
    locatie = maak_locatie(wereld.een, wereld.nu, "Pand A")
    client = wereld.client(Rol.COORDINATOR)
    pad = f"/locaties/{locatie.uid}/status"
    zonder = client.post(pad, data={"csrf_token": csrf(client), "status": "actief", "reden": " "})
    assert zonder.status_code == 422
    assert "Schrijf kort waarom" in zonder.get_data(as_text=True)
    zelfde = client.post(pad, data={"csrf_token": csrf(client), "status": "in_beeld", "reden": "Omdat"})
    assert zelfde.status_code == 422
    klok.moment += timedelta(hours=1)
    goed = client.post(pad, data={"csrf_token": csrf(client), "status": "actief", "reden": "Drie meldingen"})
    assert goed.status_code == 303
    pagina = client.get(goed.location).get_data(as_text=True)
    assert "Status: actief" in pagina
    assert "Drie meldingen" in pagina
    rijen = db.session.scalars(select(Locatiestatus).order_by(Locatiestatus.id)).all()
    assert [(r.van, r.naar) for r in rijen] == [("", "in_beeld"), ("in_beeld", "actief")]
    inspecteur = wereld.client(Rol.INSPECTEUR)
    geweigerd = inspecteur.post(pad, data={"csrf_token": csrf(inspecteur), "status": "gesloten", "reden": "x"})
    assert geweigerd.status_code == 403


def test_terug_in_beeld_naast_een_levende_dubbel_kan_niet(wereld: Wereld) -> None:
    adres = {"straat": "Kade", "huisnummer": Huisnummer(5), "postcode": "8291AB"}
    oud = maak_locatie(wereld.een, wereld.nu, "Oud", **adres)
    client = wereld.client(Rol.COORDINATOR)
    pad = f"/locaties/{oud.uid}/status"
    weg = client.post(pad, data={"csrf_token": csrf(client), "status": "uit_beeld", "reden": "Gesloopt"})
    assert weg.status_code == 303
    maak_locatie(wereld.een, wereld.nu, "Nieuw", **adres)
    terug = client.post(pad, data={"csrf_token": csrf(client), "status": "actief", "reden": "Toch niet"})
    assert terug.status_code == 409
    assert "staat al een locatie van dit type: Nieuw" in terug.get_data(as_text=True)


def _velden(client: object, **anders: str) -> dict[str, str]:
    velden = {"naam": "Loods 3", "type": "autowas", "x": "145100", "y": "507200"}
    return {"csrf_token": csrf(client), **velden, **anders}  # type: ignore[arg-type]  # a test client


def test_toevoegen_met_de_regels_van_de_import(wereld: Wereld) -> None:
    client = wereld.client(Rol.COORDINATOR)
    for anders, melding in (
        ({"naam": ""}, "Geef de locatie een naam"),
        ({"type": ""}, "Kies een type"),
        ({"huisnummer": "3-mei"}, "door Excel in een datum veranderd"),
        ({"x": "507200", "y": "145100"}, "verwisseld"),
        ({"x": "155000", "y": "463000"}, "buiten de gemeente"),
        ({"x": "", "y": ""}, "Geen plaats"),
        ({"capaciteit": "veel"}, "geen getal"),
    ):
        antwoord = client.post("/locaties/nieuw", data=_velden(client, **anders))
        assert antwoord.status_code == 422, anders
        tekst = antwoord.get_data(as_text=True)
        assert melding in tekst
        # What was typed stays.
        assert all(waarde in tekst for waarde in anders.values())
    assert db.session.scalars(select(Risicolocatie)).all() == []
    goed = client.post("/locaties/nieuw", data=_velden(client, huisnummer="3a-2", postcode="8291 ab", straat="Kade"))
    assert goed.status_code == 303
    rij = db.session.scalars(select(Risicolocatie)).one()
    assert (rij.adresregel, rij.postcode, rij.adressleutel) == ("Kade 3A-2", "8291AB", "8291AB|3|A|2")
    dubbel = client.post("/locaties/nieuw", data=_velden(client, huisnummer="3a-2", postcode="8291 ab"))
    assert dubbel.status_code == 409
    assert "staat al een locatie van dit type" in dubbel.get_data(as_text=True)


def test_toevoegen_zonder_punt_neemt_dat_van_het_adres(wereld: Wereld) -> None:
    adres = maak_adres(wereld.een, "8291AB", 12, dx=30)
    client = wereld.client(Rol.COORDINATOR)
    antwoord = client.post(
        "/locaties/nieuw", data=_velden(client, x="", y="", huisnummer="12", postcode="8291AB", straat="Kanaalstraat")
    )
    assert antwoord.status_code == 303
    rij = db.session.scalars(select(Risicolocatie)).one()
    assert (rij.x, rij.y, rij.adres_id) == (adres.x, adres.y, adres.id)


def test_wijzigen_bewaart_wat_anders_is_en_merkt_een_collega(wereld: Wereld, klok: VasteKlok) -> None:
    locatie = maak_locatie(wereld.een, wereld.nu, "Pand A", dx=0.123456)
    oud_x = locatie.x
    client = wereld.client(Rol.COORDINATOR)
    pad = f"/locaties/{locatie.uid}/wijzigen"
    assert "Pand A" in client.get(pad).get_data(as_text=True)
    gezien = locatie.gewijzigd_op.isoformat()
    velden = {"naam": "Pand B", "type": "massagesalon", "x": f"{oud_x:.2f}", "y": "507000", "gezien_op": gezien}
    klok.moment += timedelta(minutes=1)
    assert client.post(pad, data={"csrf_token": csrf(client), **velden}).status_code == 303
    db.session.refresh(locatie)
    assert (locatie.naam, locatie.locatietype.code, locatie.x) == ("Pand B", "massagesalon", oud_x)
    regel = db.session.scalars(select(Auditregel).where(Auditregel.handeling == "locatie_gewijzigd")).one()
    assert regel.gegevens == {"velden": ["locatietype_id", "naam"]}
    te_laat = client.post(pad, data={"csrf_token": csrf(client), **velden, "naam": "Pand C"})
    assert te_laat.status_code == 409
    assert "Een collega wijzigde deze locatie net" in te_laat.get_data(as_text=True)
    db.session.refresh(locatie)
    assert locatie.naam == "Pand B"


def test_kaart_zonder_adressen_van_buiten(app: Flask, wereld: Wereld) -> None:
    client = wereld.client(Rol.INSPECTEUR)
    pagina = client.get("/kaart").get_data(as_text=True)
    assert '<div class="folium-map"' in pagina
    assert "<script>" not in pagina
    assert "style=" not in pagina
    script = client.get("/kaart/kaart.js")
    assert script.content_type.startswith("text/javascript")
    tekst = script.get_data(as_text=True)
    assert "http" not in tekst
    assert json.dumps("/api/locaties") in tekst
    assert "L.map(" in tekst
    del app

"""Merging, taking it back, splitting and moving, on both databases."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from inspecties.audit.models import Auditregel
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import Model, db
from inspecties.dossiers.models import Dossier, Dossierlocatie
from inspecties.locaties import splitsen
from inspecties.locaties.models import Locatiestatus, Risicolocatie
from inspecties.locaties.models_feiten import Notitie
from inspecties.locaties.models_geschiedenis import Locatieverhuizing, Locatiewijziging, Samenvoeging
from inspecties.locaties.models_partijen import Kenmerk
from inspecties.locaties.notities import schrijf_notitie
from inspecties.locaties.overlast import leg_overlast_vast
from inspecties.locaties.rules.feiten import OverlastGegevens
from inspecties.locaties.rules.samenvoegen import KEUZEVELDEN, voorstel
from inspecties.locaties.samenvoegen import maak_ongedaan, voeg_samen, waarden_van
from inspecties.locaties.samenvoegen_rijen import tel_rijen
from inspecties.signalen.models import Signaal
from tests.koppelwereld import zie
from tests.locatiewereld import maak_locatie
from tests.veldwereld import maak_actie
from tests.wereld import Kring, Wereld, csrf

# Written by a merge and its undoing themselves, and what only says when something was last changed.
LOGBOEK = {"samenvoeging", "locatiesplitsing", "locatiewijziging", "locatiestatus", "prioriteitstand"}


def _foto() -> dict[str, list[Any]]:
    """Everything in the tables that a merge may touch, without the moment of the last change."""
    namen = {tabel for (tabel,) in _tabellen()} - LOGBOEK
    uit: dict[str, list[Any]] = {}
    for naam in sorted(namen):
        tabel = Model.metadata.tables[naam]
        kolommen = [k for k in tabel.c if k.name not in {"gewijzigd_op", "geom", "verouderd"}]
        uit[naam] = sorted(str(tuple(rij)) for rij in db.session.execute(select(*kolommen)))
    x_y = select(Risicolocatie.id, func.ST_X(Risicolocatie.geom), func.ST_Y(Risicolocatie.geom))
    uit["geom"] = sorted(str(tuple(rij)) for rij in db.session.execute(x_y))
    return uit


def _tabellen() -> Iterable[tuple[str]]:
    yield ("risicolocatie",)
    for tabel in Model.metadata.sorted_tables:
        if any(fk.column.table.name == "risicolocatie" for fk in tabel.foreign_keys):
            yield (tabel.name,)


def _gezien(een: Risicolocatie, ander: Risicolocatie) -> tuple[str, str]:
    return een.gewijzigd_op.isoformat(), ander.gewijzigd_op.isoformat()


def _samen(wereld: Wereld, een: Risicolocatie, ander: Risicolocatie, **keuzes: str) -> Samenvoeging:
    gekozen = voorstel(waarden_van(een), waarden_van(ander)) | keuzes
    wie = wereld.een.actoren[Rol.COORDINATOR]
    samen = voeg_samen(db.session(), wie, wereld.nu, een, ander, _gezien(een, ander), gekozen, "Zelfde pand")
    db.session.commit()
    return samen


def _vul(wereld: Wereld, kring: Kring, een: Risicolocatie, ander: Risicolocatie) -> Signaal:
    """Both have something; one feature, and one dossier, is of both."""
    sessie, wie, nu = db.session(), kring.actoren[Rol.COORDINATOR], wereld.nu
    for locatie in (een, ander):
        schrijf_notitie(sessie, wie, nu, locatie, f"Notitie bij {locatie.naam}.")
        leg_overlast_vast(sessie, wie, nu, locatie, OverlastGegevens(nu.date(), "geluid", "Muziek."))
        zie(kring, nu, locatie, "telefoon", "0612345678")
    zie(kring, nu, ander, "kenteken", "AB-123-C")
    dossier = Dossier(
        **{"gemeente_id": kring.gemeente.id, "nummer": "D1", "soort": "bibob", "grondslag": "APV", "titel": "Kade"},
        **{"opgesteld_door_id": kring.actoren[Rol.JURIST].gebruiker_id, "aangemaakt_op": nu},
    )
    signaal = Signaal(
        **{"gemeente_id": kring.gemeente.id, "nummer": "S1", "datum": nu.date(), "bron": "inwoner"},
        **{"vorm": "onbekend", "tekst": "Busjes.", "ontvangen_op": nu, "locatie_id": ander.id},
    )
    sessie.add_all([dossier, signaal])
    sessie.flush()
    sessie.add_all(Dossierlocatie(dossier_id=dossier.id, locatie_id=rij.id) for rij in (een, ander))
    sessie.commit()
    return signaal


def test_alles_gaat_mee_en_komt_precies_terug(wereld: Wereld, klok: VasteKlok) -> None:
    een = maak_locatie(wereld.een, wereld.nu, "Hotel De Kade", capaciteit=4, notitie="Bel aan.")
    ander = maak_locatie(wereld.een, wereld.nu, "De Kade", "massagesalon", dx=10, notitie="Hond.", veiligheid="Trap")
    signaal = _vul(wereld, wereld.een, een, ander)
    ander.laatste_bezoek_op = wereld.nu - timedelta(days=3)
    db.session.commit()
    voor, telling = _foto(), tel_rijen(db.session(), ander.id)
    assert telling["kenmerk"] == 2

    samen = _samen(wereld, een, ander, type="verliezer", punt="verliezer")
    assert (ander.status, een.locatietype.code, een.veiligheid) == ("uit_beeld", "massagesalon", "Trap")
    assert een.notitie == "Bel aan.\n\nHond."
    assert (een.x, een.lon, een.laatste_bezoek_op) == (ander.x, ander.lon, ander.laatste_bezoek_op)
    assert signaal.locatie_id == een.id
    # The phone number and the dossier were there already: those stay where they were, and nothing else does.
    assert tel_rijen(db.session(), ander.id) == {"kenmerk": 1, "dossierlocatie": 1}
    assert {k.soort for k in db.session.scalars(select(Kenmerk).where(Kenmerk.locatie_id == een.id))} == {
        "telefoon",
        "kenteken",
    }
    bleef = select(Locatieverhuizing.tabel).where(Locatieverhuizing.wat == "bleef")
    assert sorted(db.session.scalars(bleef)) == ["dossierlocatie", "kenmerk"]

    client = wereld.client(Rol.COORDINATOR)
    weg = client.get(f"/locaties/{ander.uid}").text
    assert "opgegaan in" in weg
    assert f"/locaties/{een.uid}" in weg
    pagina = client.get(f"/locaties/{een.uid}").text
    assert "Hierin is" in pagina
    assert "Notitie bij De Kade." in pagina
    historie = client.get(f"/locaties/{een.uid}/geschiedenis").text
    assert "Zelfde pand" in historie
    assert "Massagesalon" in historie
    assert "(van De Kade)" in historie
    alleen = client.get(f"/locaties/{een.uid}/geschiedenis?veld=locatietype_id").text
    assert "Zelfde pand" in alleen
    assert "samengevoegd: locatie" not in alleen.lower()

    klok.moment += timedelta(hours=1)
    pad = f"/locaties/{een.uid}/losmaken/{samen.uid}"
    assert client.post(pad, data={"csrf_token": csrf(client), "reden": ""}).status_code == 422
    assert client.post(pad, data={"csrf_token": csrf(client), "reden": "Toch niet"}).status_code == 303
    assert client.post(pad, data={"csrf_token": csrf(client), "reden": "Nog eens"}).status_code == 409
    db.session.rollback()
    db.session.expire_all()
    assert _foto() == voor
    statussen = select(Locatiestatus.naar).where(Locatiestatus.locatie_id == ander.id).order_by(Locatiestatus.id)
    assert list(db.session.scalars(statussen)) == ["in_beeld", "uit_beeld", "in_beeld"]
    acts = set(db.session.scalars(select(Auditregel.handeling)))
    assert {"locaties_samengevoegd", "samenvoeging_ongedaan"} <= acts


def test_samen_en_los_is_hetzelfde_voor_elke_keuze(wereld: Wereld) -> None:
    """Whatever is chosen per field, and whatever belongs to them: afterwards the database says the same."""
    een = maak_locatie(wereld.een, wereld.nu, "A", straat="Dijk", bron="BAG")
    ander = maak_locatie(wereld.een, wereld.nu, "B", "autowas", dx=300, capaciteit=2, notitie="x")
    _vul(wereld, wereld.een, een, ander)
    wie, sessie = wereld.een.actoren[Rol.COORDINATOR], db.session()

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        keuzes=st.fixed_dictionaries({v: st.sampled_from(["winnaar", "verliezer"]) for v in KEUZEVELDEN}),
        omgekeerd=st.booleans(),
        notities=st.integers(0, 3),
    )
    def draai(keuzes: dict[str, str], omgekeerd: bool, notities: int) -> None:
        for nummer in range(notities):
            schrijf_notitie(sessie, wie, wereld.nu, ander, f"Notitie {nummer}.")
        sessie.flush()
        voor = _foto()
        twee = (ander, een) if omgekeerd else (een, ander)
        samen = voeg_samen(sessie, wie, wereld.nu, *twee, _gezien(*twee), keuzes, "Zelfde")
        assert set(tel_rijen(sessie, twee[1].id)) <= {"kenmerk", "dossierlocatie"}
        maak_ongedaan(sessie, wie, wereld.nu, samen, "Toch niet")
        assert _foto() == voor

    draai()


def test_wie_het_mag_en_wat_niet_kan(wereld: Wereld, klok: VasteKlok) -> None:
    een = maak_locatie(wereld.een, wereld.nu, "Hotel De Kade")
    ander = maak_locatie(wereld.een, wereld.nu, "De Kade", "massagesalon", dx=5)
    ver = maak_locatie(wereld.een, wereld.nu, "De Kade", "autowas", dx=900)
    elders = maak_locatie(wereld.twee, wereld.nu, "Hotel De Kade")
    client = wereld.client(Rol.COORDINATOR)
    pagina = client.get(f"/locaties/{een.uid}").text
    assert "Lijkt dubbel" in pagina
    assert f"/samenvoegen/{ander.uid}" in pagina
    assert f"/samenvoegen/{ver.uid}" not in pagina
    assert f"/samenvoegen/{ver.uid}" in client.get(f"/locaties/{een.uid}/samenvoegen?zoek=kade").text
    assert "Lijkt dubbel" not in wereld.client(Rol.INSPECTEUR).get(f"/locaties/{een.uid}").text
    assert client.get(f"/locaties/{een.uid}/samenvoegen/{elders.uid}").status_code == 404
    assert client.get(f"/locaties/{elders.uid}/geschiedenis").status_code == 404

    pad = f"/locaties/{een.uid}/samenvoegen/{ander.uid}"
    velden = {f"veld_{v}": k for v, k in voorstel(waarden_van(een), waarden_van(ander)).items()}
    gezien = dict(zip(("gezien_winnaar", "gezien_verliezer"), _gezien(een, ander), strict=True))
    data = {"csrf_token": csrf(client), **velden, **gezien, "reden": "Zelfde pand"}
    zonder = client.post(pad, data=data | {"reden": ""})
    assert zonder.status_code == 422
    assert "Schrijf kort waarom" in zonder.text
    raar = client.post(pad, data=data | {"veld_naam": "onzin"})
    assert raar.status_code == 422
    klok.moment += timedelta(minutes=1)
    db.session.rollback()
    ander.gewijzigd_op = klok.nu()
    db.session.commit()
    te_laat = client.post(pad, data=data)
    assert te_laat.status_code == 409
    assert "Een collega wijzigde" in te_laat.text
    db.session.rollback()
    data |= dict(zip(("gezien_winnaar", "gezien_verliezer"), _gezien(een, ander), strict=True))
    assert client.post(pad, data=data).status_code == 303
    db.session.rollback()
    wie = wereld.een.actoren[Rol.COORDINATOR]
    for twee, fout in (((een, een), OngeldigeInvoer), ((een, ander), Conflict), ((een, elders), OngeldigeInvoer)):
        with pytest.raises(fout):
            voeg_samen(db.session(), wie, wereld.nu, *twee, _gezien(*twee), {}, "x")
        db.session.rollback()


def test_twee_stops_van_een_open_actie_eerst_opruimen(wereld: Wereld) -> None:
    maak_actie(wereld.een, wereld.nu, (Rol.INSPECTEUR,), stops=2)
    twee = db.session.scalars(select(Risicolocatie).where(Risicolocatie.gemeente_id == wereld.een.gemeente.id)).all()
    with pytest.raises(Conflict, match="Haal er daar eerst een weg"):
        _samen(wereld, twee[0], twee[1])


def test_losmaken_botst_met_wat_daarna_gebeurde(wereld: Wereld) -> None:
    een = maak_locatie(wereld.een, wereld.nu, "A", postcode="8291AB")
    ander = maak_locatie(wereld.een, wereld.nu, "B", dx=5, capaciteit=3)
    derde = maak_locatie(wereld.een, wereld.nu, "C", dx=9)
    samen, wie = _samen(wereld, een, ander), wereld.een.actoren[Rol.COORDINATOR]
    een.capaciteit = 9
    db.session.commit()
    with pytest.raises(Conflict, match="Vergunde capaciteit"):
        maak_ongedaan(db.session(), wie, wereld.nu, samen, "Toch niet")
    db.session.rollback()
    een.capaciteit = 3
    db.session.commit()
    later = _samen(wereld, derde, een)
    with pytest.raises(Conflict, match="daarna samengevoegd met 'C'"):
        maak_ongedaan(db.session(), wie, wereld.nu, samen, "Toch niet")
    db.session.rollback()
    maak_ongedaan(db.session(), wie, wereld.nu, later, "Toch niet")
    maak_ongedaan(db.session(), wie, wereld.nu, samen, "Toch niet")
    assert (een.capaciteit, ander.status) == (None, "in_beeld")


def test_splitsen_en_verplaatsen(wereld: Wereld, klok: VasteKlok) -> None:
    een = maak_locatie(wereld.een, wereld.nu, "Dijk 12", straat="Dijk")
    wie = wereld.een.actoren[Rol.COORDINATOR]
    mee = schrijf_notitie(db.session(), wie, wereld.nu, een, "Gaat over 12a.")
    blijft = schrijf_notitie(db.session(), wie, wereld.nu, een, "Gaat over 12.")
    db.session.commit()
    client, klok.moment = wereld.client(Rol.COORDINATOR), klok.moment + timedelta(minutes=1)
    pad = f"/locaties/{een.uid}/splitsen"
    assert "Gaat over 12a." in client.get(pad).text
    data = {
        **{"csrf_token": csrf(client), "naam": "Dijk 12a", "type": "huisvesting", "straat": "Dijk", "plaats": "M"},
        **{"huisnummer": "12a", "postcode": "", "x": str(een.x + 4), "y": str(een.y), "reden": "Twee deuren"},
        **{"gezien_bron": een.gewijzigd_op.isoformat(), "rijen": [splitsen.code_van(een, "locatienotitie", mee.id)]},
    }
    assert client.post(pad, data=data | {"naam": "Dijk 12"}).status_code == 422
    assert client.post(pad, data=data | {"rijen": ["locatienotitie:99999"]}).status_code == 422
    assert client.post(pad, data=data | {"gezien_bron": "toen"}).status_code == 409
    antwoord = client.post(pad, data=data)
    assert antwoord.status_code == 303, antwoord.text
    db.session.rollback()
    db.session.expire_all()
    nieuw = db.session.scalars(select(Risicolocatie).where(Risicolocatie.naam == "Dijk 12a")).one()
    assert (nieuw.huisletter.lower(), mee.locatie_id, blijft.locatie_id) == ("a", nieuw.id, een.id)
    assert "Twee deuren" in client.get(f"/locaties/{nieuw.uid}/geschiedenis").text

    plek = f"/locaties/{een.uid}/verplaatsen"
    oud_x = een.x
    velden = {"straat": "Dijk", "huisnummer": "14", "plaats": "M", "x": str(een.x + 50), "y": str(een.y)}
    velden |= {"csrf_token": csrf(client), "gezien_op": een.gewijzigd_op.isoformat()}
    zonder = client.post(plek, data=velden)
    assert zonder.status_code == 422
    assert "Schrijf kort waarom" in zonder.text
    klok.moment += timedelta(minutes=1)
    assert client.post(plek, data=velden | {"reden": "Verkeerd nummer"}).status_code == 303
    assert client.post(plek, data=velden | {"reden": "Nog eens", "x": str(oud_x)}).status_code == 409
    db.session.rollback()
    regels = {
        r.veld: r for r in db.session.scalars(select(Locatiewijziging).where(Locatiewijziging.locatie_id == een.id))
    }
    assert (regels["huisnummer"].nieuw, regels["x"].oud) == ("14", f"{oud_x:.0f}")
    assert {r.reden for r in regels.values()} == {"Verkeerd nummer"}
    assert db.session.scalar(select(func.count()).select_from(Notitie)) == 2

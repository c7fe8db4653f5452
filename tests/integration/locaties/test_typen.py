"""The beheerder keeps the kinds of location; a new one works at once, one out of use is not offered any more."""

from typing import Any

from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.checklists.models import Checklist
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.importeren import importeer
from inspecties.locaties.models import Locatietype, Risicolocatie
from tests.locatiewereld import maak_locatie
from tests.veldwereld import publiceer
from tests.wereld import Wereld, csrf


def _type(code: str, wereld: Wereld) -> Locatietype:
    opdracht = select(Locatietype).where(Locatietype.code == code, Locatietype.gemeente_id == wereld.een.gemeente.id)
    return db.session.scalars(opdracht.execution_options(populate_existing=True)).one()


def test_type_erbij_wijzigen_uit_gebruik_en_weg(wereld: Wereld) -> None:
    lijst = Checklist(gemeente_id=wereld.een.gemeente.id, code="pand", titel="Pand")
    db.session.add(lijst)
    db.session.flush()
    publiceer(wereld.een, wereld.nu, "1", lijst)
    db.session.commit()
    client, coordinator = wereld.client(Rol.BEHEERDER), wereld.client(Rol.COORDINATOR)
    goed: dict[str, Any] = {
        **{"naam": "Café & Club", "checklist": "pand", "interval_dagen": "200", "volgorde": "9"},
        **{"instrumenten": ["apv", "bibob"], "csrf_token": csrf(client)},
    }
    nieuw = "/beheer/locatietypen/nieuw"
    for veld, waarde, melding in (
        ("naam", "", "Geef het type een naam."),
        ("naam", "massagesalon", "Er is al een type"),
        ("interval_dagen", "0", "van 1 tot en met 3650"),
        ("interval_dagen", "3651", "van 1 tot en met 3650"),
        ("interval_dagen", "veel", "van 1 tot en met 3650"),
        ("volgorde", "-1", "van 0 tot en met 999"),
        ("checklist", "weg", "Not a valid choice"),
        ("instrumenten", ["boete"], "boete"),
    ):
        antwoord = client.post(nieuw, data=goed | {veld: waarde})
        assert antwoord.status_code == 422, veld
        if veld not in {"checklist", "instrumenten"}:
            assert melding in antwoord.text, veld
    assert client.post(nieuw, data=goed).status_code == 303
    assert "Café &amp; Club" in client.get("/beheer/locatietypen").text
    db.session.rollback()
    soort = _type("cafe_club", wereld)
    assert (soort.interval_dagen, soort.instrumenten, soort.checklist_code) == (200, ["apv", "bibob"], "pand")

    for pad in ("/locaties/nieuw", "/locaties", "/kaart", "/locaties/importeren"):
        assert "cafe_club" in coordinator.get(pad).text, pad
    wie = wereld.een.actoren[Rol.COORDINATOR]
    regels = "naam;type;x;y\nDe Kroeg;Café & Club;145000;507000\n".encode()
    assert importeer(db.session(), wie, wereld.nu, "a.csv", regels).opgeslagen
    db.session.commit()

    pad = f"/beheer/locatietypen/{soort.uid}"
    assert "Verwijderen" not in client.get(pad).text
    geweigerd = client.post(f"{pad}/verwijderen", data={"csrf_token": csrf(client)}, follow_redirects=True)
    assert "in gebruik bij 1 locatie" in geweigerd.text
    formulier = client.get(pad).text
    gezien = formulier.split('name="gezien"')[1].split('value="')[1].split('"')[0]
    gezien = gezien.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
    anders = goed | {"naam": "Café", "uit_gebruik": "y", "gezien": gezien}
    assert client.post(pad, data=anders).status_code == 303
    assert client.post(pad, data=anders | {"naam": "Kroeg"}).status_code == 409
    db.session.rollback()
    soort = _type("cafe_club", wereld)
    assert soort.uit_gebruik_op == wereld.nu
    kroeg = db.session.scalars(select(Risicolocatie).where(Risicolocatie.naam == "De Kroeg")).one()
    assert "Café" in coordinator.get(f"/locaties/{kroeg.uid}").text
    assert 'value="cafe_club"' not in coordinator.get("/locaties/nieuw").text
    assert 'value="cafe_club"' in coordinator.get(f"/locaties/{kroeg.uid}/wijzigen").text
    assert 'value="cafe_club"' in coordinator.get("/locaties").text
    db.session.rollback()
    assert not importeer(db.session(), wie, wereld.nu, "b.csv", regels.replace(b"145000", b"145900")).opgeslagen
    db.session.rollback()

    autowas = _type("autowas", wereld).uid
    assert (
        client.post(f"/beheer/locatietypen/{autowas}/verwijderen", data={"csrf_token": csrf(client)}).status_code == 303
    )
    acts = set(db.session.scalars(select(Auditregel.handeling)))
    assert {"locatietype_toegevoegd", "locatietype_gewijzigd", "locatietype_verwijderd"} <= acts


def test_andere_gemeente_en_geschiedenis_van_import(wereld: Wereld) -> None:
    vreemd = db.session.scalars(
        select(Locatietype).where(Locatietype.gemeente_id == wereld.twee.gemeente.id).limit(1)
    ).one()
    client = wereld.client(Rol.BEHEERDER)
    assert client.get(f"/beheer/locatietypen/{vreemd.uid}").status_code == 404
    locatie = maak_locatie(wereld.een, wereld.nu, "Pand A", capaciteit=4)
    coordinator = wereld.client(Rol.COORDINATOR)
    velden = {"naam": "Pand B", "type": "massagesalon", "x": str(locatie.x), "y": str(locatie.y), "capaciteit": "6"}
    velden |= {"gezien_op": locatie.gewijzigd_op.isoformat(), "reden": "Nieuw bord", "csrf_token": csrf(coordinator)}
    assert coordinator.post(f"/locaties/{locatie.uid}/wijzigen", data=velden).status_code == 303
    pad = f"/locaties/{locatie.uid}/geschiedenis"
    tekst = wereld.client(Rol.JURIST).get(pad).text
    for deel in (
        "Pand A",
        "Pand B",
        "Massagesalon",
        "Nieuw bord",
        "coordinator Markerwaard",
        "Vergunde capaciteit".lower(),
    ):
        assert deel in tekst, deel
    assert "Massagesalon" not in coordinator.get(f"{pad}?veld=naam").text.split("<tbody>")[1]
    niemand = coordinator.get(f"{pad}?door=00000000-0000-7000-8000-000000000000").text
    assert "Met dit filter is er niets gewijzigd" in niemand
    for rol in (Rol.PARTNER, Rol.KABINET, Rol.AUDITOR, Rol.BEHEERDER):
        assert wereld.client(rol).get(pad).status_code == 403, rol

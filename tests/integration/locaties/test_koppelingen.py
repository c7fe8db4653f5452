"""Links within a gemeente: recorded features, derived links, who sees what, clusters, picture and map."""

from datetime import date, timedelta

from sqlalchemy import event

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties import koppelingen
from inspecties.locaties.kenmerken import ontsleutel
from inspecties.locaties.kenmerken_models import VervallenKenmerk
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Kenmerk
from tests.koppelwereld import DAG, bos, geef_rol, maak_partij, zie
from tests.locatiewereld import maak_locatie
from tests.wereld import Wereld, csrf


def _drie(wereld: Wereld) -> list[Risicolocatie]:
    return [
        maak_locatie(wereld.een, wereld.nu, f"Pand {n}", dx=i * 60) for i, n in enumerate(("Noord", "Oost", "Zuid"))
    ]


def _formulier(**anders: str) -> dict[str, str]:
    goed = {"soort": "telefoon", "waarde": "06-12345678", "bron": "advertentie", "gezien_op": "2026-11-01"}
    return goed | anders


def test_vastleggen_koppelen_en_weghalen(wereld: Wereld) -> None:
    noord, oost, _ = _drie(wereld)
    zie(wereld.een, wereld.nu, oost, "telefoon", "+31 6 12345678", DAG)
    client = wereld.client(Rol.COORDINATOR)
    pad = f"/locaties/{noord.uid}"
    antwoord = client.post(f"{pad}/kenmerken/nieuw", data=_formulier() | {"csrf_token": csrf(client)})
    assert antwoord.status_code == 303, antwoord.get_data(as_text=True)
    pagina = client.get(pad).get_data(as_text=True)
    assert "06 1234 5678" in pagina
    assert "Pand Oost" in pagina
    assert "sinds 1 november 2026" in pagina  # the day it was seen at a second place
    assert "In beeld" in pagina
    # The same again is a mistake, however it is written.
    dubbel = client.post(f"{pad}/kenmerken/nieuw", data=_formulier(waarde="0612345678") | {"csrf_token": csrf(client)})
    assert dubbel.status_code == 422
    assert "Dit staat al bij deze locatie (telefoonnummer)." in dubbel.get_data(as_text=True)
    # In the database the number is not to be read.
    rij = db.session.query(Kenmerk).filter_by(locatie_id=noord.id).one()
    assert "12345678" not in rij.versleuteld + rij.wisafdruk
    weg = f"{pad}/kenmerken/{rij.uid}/weghalen"
    assert "06 1234 5678" in client.get(weg).get_data(as_text=True)
    leeg = client.post(weg, data={"reden": " ", "csrf_token": csrf(client)})
    assert leeg.status_code == 422
    assert "Schrijf waarom dit kenmerk hier weg moet." in leeg.get_data(as_text=True)
    assert client.post(weg, data={"reden": "Nummer van de buren", "csrf_token": csrf(client)}).status_code == 303
    pagina = client.get(pad).get_data(as_text=True)
    assert "Pand Oost" not in pagina
    assert "weggehaald op 21 november 2026" in pagina
    assert "Nummer van de buren" in pagina
    vervallen = db.session.query(VervallenKenmerk).one()
    assert ontsleutel(bos(), vervallen) == "+31612345678"
    assert client.get(weg).status_code == 404
    handelingen = [r.handeling for r in db.session.query(Auditregel).filter_by(object_uid=str(noord.uid))]
    assert {"kenmerk_vastgelegd", "kenmerk_gelezen", "kenmerk_weggenomen"} <= set(handelingen)
    assert not any("12345678" in str(r.gegevens) for r in db.session.query(Auditregel))
    # It may be seen there again later.
    opnieuw = client.post(f"{pad}/kenmerken/nieuw", data=_formulier() | {"csrf_token": csrf(client)})
    assert opnieuw.status_code == 303


FOUT = [
    ({"waarde": "12"}, "Een Nederlands nummer heeft 10 cijfers, zoals 06 12345678"),
    ({"soort": "kenteken", "waarde": "ABCDEF"}, "Dit is geen kenteken."),
    ({"soort": "rekening", "waarde": "NL92ABNA0417164300"}, "Dit IBAN klopt niet"),
    ({"soort": "onzin"}, "Wat voor kenmerk?:"),
    ({"bron": ""}, "Vul in waar u dit hebt gezien."),
    ({"gezien_op": "2026-11-22"}, "Deze dag moet nog komen."),
    ({"gezien_op": "gisteren"}, "Op welke dag?:"),
    ({"waarde": "06\x0012345678"}, "Hier staat een teken in dat niet kan."),
]


def test_foute_invoer(wereld: Wereld) -> None:
    locatie = maak_locatie(wereld.een, wereld.nu, "Pand")
    client = wereld.client(Rol.COORDINATOR)
    token = csrf(client)
    for anders, melding in FOUT:
        velden = _formulier(**anders) | {"csrf_token": token}
        antwoord = client.post(f"/locaties/{locatie.uid}/kenmerken/nieuw", data=velden)
        assert antwoord.status_code == 422
        assert melding in antwoord.get_data(as_text=True), anders
    assert db.session.query(Kenmerk).count() == 0


def test_partijen_en_kvk_koppelen_en_wie_wat_ziet(wereld: Wereld) -> None:
    noord, oost, zuid = _drie(wereld)
    nu = wereld.nu
    # Two rows of the same company, entered twice: the KvK number links them.
    for partij, plek, rol in (
        (maak_partij(wereld.een, nu, "Vlijt BV", "90000017"), noord, "uitzendbureau"),
        (maak_partij(wereld.een, nu, "Vlijt B.V.", "90000017"), oost, "verhuurder"),
    ):
        geef_rol(partij, nu, plek, rol)
    persoon = maak_partij(wereld.een, nu, "Jan Verzonnen", soort="persoon")
    geef_rol(persoon, nu, noord, "eigenaar")
    geef_rol(persoon, nu, zuid, "bemiddelaar", DAG + timedelta(days=9))
    zie(wereld.een, nu, noord, "alias", "Luna M")
    zie(wereld.een, nu, oost, "alias", "luna  m")
    pad = f"/locaties/{noord.uid}"
    coordinator = wereld.client(Rol.COORDINATOR).get(pad).get_data(as_text=True)
    for woord in ("KvK-nummer", "90000017", "Vlijt BV", "verhuurder", "Jan Verzonnen", "bemiddelaar", "luna m"):
        assert woord in coordinator
    jurist = wereld.client(Rol.JURIST).get(pad).get_data(as_text=True)
    assert "Jan Verzonnen" in jurist
    assert "luna m" not in jurist
    assert "Naam in een advertentie" in jurist  # that it links, not what it says
    aandacht = wereld.client(Rol.AANDACHTSFUNCTIONARIS).get(f"{pad}/koppelingen").get_data(as_text=True)
    assert "luna m" in aandacht
    assert "Jan Verzonnen" not in aandacht
    assert "Pand Zuid" not in aandacht  # only the person links it: not even that shows
    inspecteur = wereld.client(Rol.INSPECTEUR).get(pad).get_data(as_text=True)
    assert "Pand Oost" in inspecteur
    assert "Pand Zuid" not in inspecteur
    assert "Jan Verzonnen" not in inspecteur
    assert "luna m" not in inspecteur
    assert "Kenmerk toevoegen" not in inspecteur
    ander = wereld.client(Rol.COORDINATOR, wereld.twee)
    assert ander.get(f"{pad}/koppelingen").status_code == 404
    assert ander.get(f"/api{pad}/koppelingen").status_code == 404


def test_overzicht_beeld_en_kaart(wereld: Wereld) -> None:
    noord, oost, zuid = _drie(wereld)
    los, ook = (maak_locatie(wereld.een, wereld.nu, f"Los {i}", dx=-300 - i * 50) for i in range(2))
    for i, plek in enumerate((noord, oost, zuid)):
        zie(wereld.een, wereld.nu, plek, "kenteken", "AB-123-C", date(2026, 5 + i, 1))
    for plek in (noord, los, ook):
        zie(wereld.een, wereld.nu, plek, "rekening", "NL91ABNA0417164300")
    zie(wereld.twee, wereld.nu, maak_in_twee(wereld), "kenteken", "AB-123-C")
    client = wereld.client(Rol.COORDINATOR)
    alles = client.get("/locaties/koppelingen").get_data(as_text=True)
    assert "3 locaties, Pand Noord en 2 andere" in alles
    assert "AB123C" in alles
    assert "Los 0" not in alles  # a weak thread binds nothing by itself
    zwak = client.get("/locaties/koppelingen?soort=rekening").get_data(as_text=True)
    assert "zwakke aanwijzing: 4 cijfers kunnen toeval zijn" in zwak
    assert "Los 0" in zwak
    assert "Er zijn geen locaties die dit delen." in client.get("/locaties/koppelingen?soort=kvk").get_data(
        as_text=True
    )
    assert client.get("/locaties/koppelingen?soort=zzz&pagina=99").status_code == 200
    net = client.get(f"/locaties/{oost.uid}/koppelingen").get_data(as_text=True)
    assert net.count("<circle") == 3  # the weak thread is not followed from another place
    assert net.count("<rect") == 1
    for plek in (noord, oost, zuid):
        assert f'href="/locaties/{plek.uid}"' in net
    assert "Los 0" not in net
    vanaf_noord = client.get(f"/locaties/{noord.uid}/koppelingen").get_data(as_text=True)
    assert vanaf_noord.count("<circle") == 5
    kaart = client.get(f"/api/locaties/{oost.uid}/koppelingen").get_json()
    lijnen = [f for f in kaart["features"] if f["geometry"]["type"] == "LineString"]
    assert [f["properties"]["soorten"] for f in lijnen] == [["Kenteken"]] * 2  # from each to the next in time
    assert lijnen[0]["properties"]["sinds"] == "2026-06-01"
    punten = {f["properties"]["naam"]: f for f in kaart["features"] if f["geometry"]["type"] == "Point"}
    assert set(punten) == {"Pand Noord", "Pand Oost", "Pand Zuid"}
    assert punten["Pand Oost"]["properties"]["hier"] is True
    assert "AB123C" not in str(kaart)
    script = client.get(f"/locaties/{oost.uid}/koppelingen/kaart.js")
    assert "inspectiesKaart.koppelingen" in script.get_data(as_text=True)


def maak_in_twee(wereld: Wereld) -> Risicolocatie:
    return maak_locatie(wereld.twee, wereld.nu, "Van de buren")


def test_aantal_vragen_groeit_niet_mee(wereld: Wereld) -> None:
    """One location, however much hangs on it: a fixed number of statements, two of them for the links."""
    plekken = [maak_locatie(wereld.een, wereld.nu, f"Pand {i}", dx=i * 60) for i in range(5)]
    partij = maak_partij(wereld.een, wereld.nu, "Vlijt BV", "90000017")
    actor = wereld.een.actoren[Rol.COORDINATOR]

    def tel() -> int:
        sessie, vragen = db.session(), []
        sessie.rollback()
        event.listen(db.engine, "before_cursor_execute", lambda *a: vragen.append(a[2]), named=False)
        plek = sessie.get(Risicolocatie, plekken[0].id)
        assert plek is not None
        vragen.clear()
        koppelingen.van_locatie(sessie, actor, bos(), plek)
        return len(vragen)

    for plek in plekken[:2]:
        zie(wereld.een, wereld.nu, plek, "telefoon", "0612345678")
        geef_rol(partij, wereld.nu, plek)
    eerst = tel()
    for i, plek in enumerate(plekken):
        for j in range(4):
            zie(wereld.een, wereld.nu, plek, "alias", f"naam {j}")
        if i > 1:
            geef_rol(partij, wereld.nu, plek)
    assert tel() == eerst

"""Typing over a paper form, as a browser without JavaScript does it."""

import io
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from inspecties.controles.models import Bewijsstuk, Bezoek, Operatie, Toestelgat
from inspecties.controles.papier_models import Papierinvoer
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers.models import Toestel
from tests.integration.papier.conftest import Scherm, bevindingen
from tests.tusklant import jpeg
from tests.veldwereld import Tablet
from tests.wereld import Wereld


def _ops(bezoek: str) -> list[Operatie]:
    db.session.rollback()
    return list(
        db.session.scalars(select(Operatie).join(Bezoek).where(Bezoek.uid == UUID(bezoek)).order_by(Operatie.rev))
    )


def _waarden(bezoek: str) -> list[tuple[str, str, Any]]:
    return [(op.vraag_id, op.soort, op.waarde) for op in _ops(bezoek)]


def _scan(naam: str = "papier.jpg", kleur: str = "white") -> tuple[io.BytesIO, str]:
    return io.BytesIO(jpeg(kleur)), naam


def test_heel_papier_van_begin_tot_eind(scherm: Scherm, bezoek: str, wereld: Wereld) -> None:
    scherm.begin()
    assert "J. Boa en K. Politie" in scherm.html
    assert "Mocht u naar binnen?" in scherm.html
    assert "Hoeveel mensen wonen hier?" not in scherm.html
    scherm.stuur("Bewaren en verder", v__toegang="ja", v__sinds="2026-10-01", v__oppervlakte="61,5", v__gezien="OK")
    # The answer opened questions on the same page.
    assert "vragen bijgekomen" in scherm.html
    scherm.stuur(
        "Bewaren en verder",
        v__bewoners="12",
        n__bewoners="Geteld per kamer.\r\nTwee keer.",
        v__gebreken=["vocht", "gas"],
        v__tijd_binnen="17:40",
    )
    assert "Kamer toevoegen" in scherm.html
    scherm.stuur("Kamer toevoegen")
    kamer = scherm.blok()
    scherm.stuur(
        "Bewaren en nog een toevoegen", **{f"v__kamer_naam@{kamer}": "Zolder", f"v__rookmelder@{kamer}": "nee"}
    )
    tweede = scherm.blok()
    assert tweede != kamer
    scherm.stuur("Bewaren en verder", **{f"v__kamer_naam@{tweede}": "Voor"})
    assert "Kamer 1: Zolder" in scherm.html
    assert "Kamer 2: Voor" in scherm.html
    scherm.stuur("Bewaren en verder")
    assert "Handtekening" in scherm.html
    scherm.stuur("Bewaren en verder")
    assert scherm.fouten == ["Teken."]
    scherm.stuur("Bewaren en verder")
    assert "Papier afronden" in scherm.html
    assert "Verplichte vragen zonder antwoord" in scherm.html
    scherm.stuur("Afronden")
    assert scherm.status == 422
    assert "Voeg eerst een scan" in scherm.html
    scherm.stuur("Bestand toevoegen", scan=_scan())
    assert "papier.jpg" in scherm.html
    scherm.stuur("Afronden")
    assert "Van papier ingevoerd door coordinator Markerwaard" in scherm.html
    assert "Ingevuld op papier door J. Boa en K. Politie op 21 november 2026, 17:30" in scherm.html
    assert bevindingen(bezoek) == [
        ("bbl", "Bbl art. 3", [("rookmelder", "nee", "")], [("rookmelder", "foto")]),
        ("overbewoning", "art. 22 Hvw", [("bewoners", 12, "Geteld per kamer.\nTwee keer.")], [("bewoners", "foto")]),
    ]
    (invoer,) = db.session.scalars(select(Papierinvoer))
    assert invoer.afgerond_op is not None
    assert [s.bestandsnaam for s in invoer.scans] == ["papier.jpg"]
    ops = _ops(bezoek)
    assert {op.toestel_id for op in ops} == {invoer.uid}
    assert {op.auteur_id for op in ops} == {wereld.een.actoren[Rol.COORDINATOR].gebruiker_id}
    toestel = db.session.scalars(select(Toestel).where(Toestel.toestel_id == invoer.uid)).one()
    assert [op.toestel_seq for op in ops] == list(range(1, toestel.hoogste_seq + 1))
    assert db.session.scalars(select(Toestelgat)).all() == []


def test_zelfde_bevindingen_als_op_een_tablet(
    wereld: Wereld, boa: Tablet, scherm: Scherm, bezoek: str, ander_bezoek: str
) -> None:
    kamer = "01890000-0000-7000-8000-000000000001"
    boa.op(ander_bezoek, "toegang", "ja")
    boa.op(ander_bezoek, "bewoners", 12)
    boa.op(ander_bezoek, "bewoners", "Geteld.", "note")
    boa.op(ander_bezoek, "kamers", {"ouder": None, "plaats": 1}, herhaling_id=kamer)
    boa.op(ander_bezoek, "kamer_naam", "Zolder", herhaling_id=kamer)
    boa.op(ander_bezoek, "rookmelder", "nee", herhaling_id=kamer)
    assert {o["status"] for o in boa.sync()["ontvangsten"]} == {"opgeslagen"}
    scherm.begin().stuur("Bewaren en verder", v__toegang="ja")
    scherm.stuur("Bewaren en verder", v__bewoners="12", n__bewoners="Geteld.").stuur("Kamer toevoegen")
    nieuw = scherm.blok()
    scherm.stuur("Bewaren en verder", **{f"v__kamer_naam@{nieuw}": "Zolder", f"v__rookmelder@{nieuw}": "nee"})
    assert bevindingen(bezoek) == bevindingen(ander_bezoek) != []


def test_wat_niet_te_lezen_is_blijft_in_het_veld(scherm: Scherm, bezoek: str) -> None:
    scherm.begin().stuur("Bewaren en verder", v__toegang="ja")
    scherm.stuur("Bewaren en verder", v__bewoners="twaalf of zo", v__oppervlakte="40,5", n__bewoners="Lastig te lezen")
    assert scherm.status == 422
    assert 'value="twaalf of zo"' in scherm.html
    assert "Vul een heel getal in, zonder komma." in scherm.fouten[0] or "Vul een getal in." in scherm.fouten[0]
    assert ("oppervlakte", "set", 40.5) in _waarden(bezoek)
    assert ("bewoners", "note", "Lastig te lezen") in _waarden(bezoek)
    assert "bewoners" not in {v for v, soort, _ in _waarden(bezoek) if soort == "set"}
    scherm.stuur("Bewaren en verder", v__bewoners="2")
    assert ("bewoners", "set", 2) in _waarden(bezoek)
    assert "Kamer toevoegen" in scherm.html


def test_grens_overschreden_wordt_bewaard_en_gemeld(scherm: Scherm, bezoek: str) -> None:
    scherm.begin().stuur("Bewaren en verder", v__toegang="ja").stuur("Bewaren en verder", v__bewoners="500")
    assert scherm.fouten == ["Vul 0 tot en met 99 in."]
    assert ("bewoners", "set", 500) in _waarden(bezoek)
    # It stands on paper like that: the same button goes on.
    scherm.stuur("Bewaren en verder")
    assert "Kamer toevoegen" in scherm.html


def test_verplicht_wordt_een_keer_gemeld(scherm: Scherm) -> None:
    scherm.begin().stuur("Bewaren en verder")
    assert scherm.fouten == ["Kies of u naar binnen mocht."]
    scherm.stuur("Bewaren en verder", v__toegang="nee")
    assert "vragen bijgekomen" in scherm.html
    scherm.stuur("Bewaren en verder")
    assert scherm.fouten == ["Schrijf op waarom niet."]
    scherm.stuur("Bewaren en verder", v__reden="Niemand deed open.")
    assert "Handtekening" in scherm.html


def test_dubbel_versturen_verandert_niets(scherm: Scherm, bezoek: str) -> None:
    scherm.begin().stuur("Bewaren en verder", v__toegang="ja")
    pad = scherm.pad
    gegevens = scherm.gegevens("Bewaren en verder", {"v.bewoners": "3", "n.bewoners": "Drie", "v.gebreken": ["gas"]})
    for _ in range(3):
        assert scherm.client.post(pad, data=gegevens).status_code == 302
    scherm.naar(2)
    toevoegen = scherm.gegevens("Kamer toevoegen", {})
    for _ in range(3):
        assert scherm.client.post(scherm.pad, data=toevoegen).status_code == 302
    soorten = [(v, s) for v, s, _ in _waarden(bezoek)]
    assert soorten == [
        ("toegang", "set"),
        ("bewoners", "set"),
        ("gebreken", "set"),
        ("bewoners", "note"),
        ("kamers", "set"),
    ]
    begin = scherm.open(f"/bezoeken/{bezoek}/papier")
    nieuw = begin.gegevens("", {"ingevuld_door": "Nog een", "datum": "2026-11-21", "tijd": "17:45"})
    plekken = {scherm.client.post(begin.pad, data=nieuw).headers["Location"] for _ in range(3)}
    assert len(plekken) == 1
    assert len(db.session.scalars(select(Papierinvoer)).all()) == 2


def test_oud_tabblad_wist_niets(scherm: Scherm, bezoek: str) -> None:
    scherm.begin().stuur("Bewaren en verder", v__toegang="ja")
    oud = scherm.gegevens("Bewaren en verder", {"v.oppervlakte": "20"})
    scherm.stuur("Bewaren en verder", v__bewoners="3")
    scherm.client.post(scherm.naar(1).pad, data=oud)
    assert [(v, s, w) for v, s, w in _waarden(bezoek) if s != "note"] == [
        ("toegang", "set", "ja"),
        ("bewoners", "set", 3),
        ("oppervlakte", "set", 20),
    ]


def test_verbeteren_en_leegmaken_op_hetzelfde_papier(scherm: Scherm, bezoek: str) -> None:
    scherm.begin().stuur("Bewaren en verder", v__toegang="ja").stuur("Bewaren en verder", v__bewoners="3")
    scherm.naar(1)
    assert scherm.velden["v.bewoners"] == "3"
    scherm.stuur("Bewaren en verder", v__bewoners="5").naar(1)
    scherm.stuur("Bewaren en verder", v__bewoners="")
    ops = _ops(bezoek)
    assert [(op.soort, op.waarde) for op in ops if op.vraag_id == "bewoners"] == [
        ("set", 3),
        ("set", 5),
        ("clear", None),
    ]
    assert "Verschillende antwoorden" not in scherm.client.get(f"/bezoeken/{bezoek}").get_data(as_text=True)


def test_anders_dan_op_de_tablet_wordt_een_verschil(boa: Tablet, scherm: Scherm, bezoek: str) -> None:
    boa.op(bezoek, "toegang", "ja")
    tablet_op = boa.op(bezoek, "bewoners", 4)
    boa.op(bezoek, "oppervlakte", 40)
    boa.sync()
    scherm.begin()
    assert "Al ingevuld door inspecteur Markerwaard: <strong>4</strong>" in scherm.html
    assert scherm.velden["v.bewoners"] == ""
    # The same answer on paper is no second answer; a field that is left empty takes nothing away.
    scherm.stuur("Bewaren en verder", v__toegang="ja", v__bewoners="12")
    assert [v for v, _, _ in _waarden(bezoek)] == ["toegang", "bewoners", "oppervlakte", "bewoners"]
    assert _ops(bezoek)[-1].base_op_ids == []
    pagina = scherm.client.get(f"/bezoeken/{bezoek}").get_data(as_text=True)
    assert "Verschillende antwoorden" in pagina
    # A typing error, put right to what the tablet says: no difference any more.
    scherm.naar(1)
    assert scherm.velden["v.bewoners"] == "12"
    scherm.stuur("Bewaren en verder", v__bewoners="4")
    assert tablet_op["op_id"] in _ops(bezoek)[-1].base_op_ids
    assert "Verschillende antwoorden" not in scherm.client.get(f"/bezoeken/{bezoek}").get_data(as_text=True)


def test_twee_papieren_zijn_twee_stemmen(wereld: Wereld, scherm: Scherm, bezoek: str) -> None:
    scherm.begin().stuur("Bewaren en verder", v__toegang="ja").stuur("Bewaren en verder", v__bewoners="3")
    ander = Scherm(wereld.client(Rol.INSPECTEUR), bezoek).begin(ingevuld_door="De ander")
    assert "Al ingevuld door coordinator Markerwaard: <strong>3</strong>" in ander.html
    ander.stuur("Bewaren en verder", v__bewoners="7")
    assert "Verschillende antwoorden" in scherm.client.get(f"/bezoeken/{bezoek}").get_data(as_text=True)


def test_kamer_weghalen_kan_alleen_als_het_papier_hem_maakte(boa: Tablet, scherm: Scherm, bezoek: str) -> None:
    kamer = "01890000-0000-7000-8000-000000000001"
    boa.op(bezoek, "toegang", "ja")
    boa.op(bezoek, "kamers", {"ouder": None, "plaats": 1}, herhaling_id=kamer)
    boa.sync()
    scherm.begin().naar(2).stuur("Kamer toevoegen")
    eigen = scherm.blok()
    scherm.stuur("Bed toevoegen", **{f"v__kamer_naam@{eigen}": "Achter"})
    bed = scherm.blok()
    scherm.stuur("Bewaren en verder", **{f"v__bed_naam@{bed}": "Matras"})
    assert scherm.blok() == eigen
    assert "Bed 1: Matras" in scherm.html
    scherm.open(scherm.pad.partition("?")[0])
    assert [w for n, w, _ in scherm.knoppen if n == "verwijderen"] == [eigen]
    gegevens = scherm.gegevens("", {"verwijderen": kamer})
    assert scherm.client.post(scherm.pad, data=gegevens).status_code == 302
    scherm.stuur("Weghalen")
    assert "Achter" not in scherm.html
    assert [(op.soort, str(op.herhaling_id)) for op in _ops(bezoek) if op.vraag_id == "kamers"][-1] == ("clear", eigen)


def test_bestanden_bij_vragen_en_handtekening_van_de_scan(scherm: Scherm, bezoek: str) -> None:
    scherm.begin(scan=[_scan("blad1.jpg", "white"), _scan("blad2.jpg", "ivory")])
    scherm.stuur("Bewaren en verder", v__toegang="ja")
    foto = (io.BytesIO(jpeg("green")), "kamer.jpg")
    scherm.stuur("Bewaren en verder", v__bewoners="12", f__bewoners=foto)
    assert bevindingen(bezoek)[0][3] == [("bewoners", "toelichting")]
    scherm.naar(3)
    scan = db.session.scalars(select(Bewijsstuk.sha256).where(Bewijsstuk.bestandsnaam == "blad2.jpg")).one()
    scherm.stuur("Bewaren en verder", s__handtekening=scan)
    assert "Papier afronden" in scherm.html
    assert "Verplichte vragen zonder antwoord" not in scherm.html
    # The same photo again is no second one; taking it away says so.
    scherm.naar(1)
    scherm.stuur("Bewaren en verder", f__bewoners=(io.BytesIO(jpeg("green")), "weer.jpg"))
    scherm.naar(1)
    (weg,) = [op.waarde["sha256"] for op in _ops(bezoek) if op.vraag_id == "bewoners" and op.soort == "attach"]
    scherm.stuur("Bewaren en verder", w__bewoners=weg)
    assert _ops(bezoek)[-1].waarde == {"sha256": weg, "verwijderd": True}
    assert len(db.session.scalars(select(Bewijsstuk)).all()) == 3


@pytest.mark.parametrize(
    ("inhoud", "melding"), [(b"", "Dit bestand is leeg"), (b"<svg onload=alert(1)>", "kan geen bewijs zijn")]
)
def test_verkeerd_bestand_wordt_geweigerd_met_wat_getypt_is(
    scherm: Scherm, bezoek: str, inhoud: bytes, melding: str
) -> None:
    scherm.begin().stuur("Bewaren en verder", v__toegang="ja")
    scherm.stuur("Bewaren en verder", v__bewoners="9", f__bewoners=(io.BytesIO(inhoud), "x.svg"))
    assert scherm.status == 422
    assert melding in scherm.fouten[0]
    assert ("bewoners", "set", 9) in _waarden(bezoek)
    scherm.naar("afronden")
    scherm.stuur("Bestand toevoegen", scan=(io.BytesIO(inhoud), "x.svg"))
    assert scherm.status == 422
    assert melding in scherm.html
    assert db.session.scalars(select(Bewijsstuk)).all() == []


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"ingevuld_door": " "}, "Schrijf op wie het papier invulde"),
        ({"datum": "morgen"}, 'value="morgen"'),
        ({"datum": "2026-11-22"}, "nog niet geweest"),
        ({"tijd": ""}, "Vul de tijd in"),
    ],
)
def test_begin_zonder_wie_of_wanneer(scherm: Scherm, velden: dict[str, str], melding: str) -> None:
    scherm.begin(**velden)
    assert scherm.status == 422
    assert melding in scherm.html
    assert scherm.fouten != []
    assert db.session.scalars(select(Papierinvoer)).all() == []

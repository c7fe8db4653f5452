"""The queue of the aandachtsfunctionaris: what stands in it, for whom, and that reading it is logged."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inspecties.controles.models import Bewijsstuk, Bezoek
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db
from inspecties.start.vandaag import stel_samen
from tests.integration.mensenhandel.conftest import LIJST, Geval, regels, signaal_van, tekst, verstuur
from tests.veldwereld import Tablet
from tests.wereld import Wereld


def test_lijst_noemt_plaats_gewicht_antwoord_en_bewijs(geval: Geval) -> None:
    pagina = tekst(geval.client().get(LIJST))
    for deel in ("Kade 1", "Hard: 1 aanwijzing", "Slot buiten <strong>Ja</strong>", "1 stuk"):
        assert deel in pagina
    (regel,) = regels("mensenhandel_gelezen")
    assert regel.rol == "aandachtsfunctionaris"
    assert regel.gegevens["bevindingen"] == [str(geval.bevinding)]
    assert "mensenhandel" in regel.gegevens["doel"]


def test_pagina_toont_alleen_wat_erop_wijst(geval: Geval) -> None:
    pagina = tekst(geval.client().get(geval.pad))
    for deel in ("Slot buiten", "sleutel hangt buiten", f"{geval.pad}/bewijs/{geval.bewijs}", "inspecteur Markerwaard"):
        assert deel in pagina
    for deel in ("GEHEIM-VAN-HET-BEZOEK", "Bewoners", geval.ander_bewijs, f"/bezoeken/{geval.bezoek}"):
        assert deel not in pagina
    (regel,) = regels("mensenhandel_gelezen")
    assert (regel.object_soort, regel.object_uid) == ("bevinding", str(geval.bevinding))
    assert regel.gegevens["doel"]


def test_alleen_de_foto_die_erbij_hoort(geval: Geval) -> None:
    client = geval.client()
    eigen = client.get(f"{geval.pad}/bewijs/{geval.bewijs}")
    assert (eigen.status_code, eigen.content_type) == (200, "image/jpeg")
    assert client.get(f"{geval.pad}/bewijs/{geval.ander_bewijs}").status_code == 404
    assert client.get(f"/bezoeken/{geval.bezoek}").status_code == 403
    assert client.get(f"/bezoeken/{geval.bezoek}/bewijs/{geval.bewijs}").status_code == 403


def test_een_foto_die_nog_niet_binnen_is(geval: Geval) -> None:
    db.session.delete(db.session.scalars(select(Bewijsstuk).where(Bewijsstuk.sha256 == geval.bewijs)).one())
    db.session.commit()
    assert "Nog niet binnen" in tekst(geval.client().get(geval.pad))
    assert geval.client().get(f"{geval.pad}/bewijs/{geval.bewijs}").status_code == 404


@pytest.mark.parametrize("rol", sorted(MENSEN))
def test_wie_de_wachtrij_ziet(geval: Geval, rol: Rol) -> None:
    mag = rol is Rol.AANDACHTSFUNCTIONARIS
    client, ander = geval.wereld.client(rol), geval.wereld.client(rol, geval.wereld.twee)
    paden = (LIJST, geval.pad, f"{geval.pad}/bewijs/{geval.bewijs}")
    assert {client.get(pad).status_code for pad in paden} == {200 if mag else 403}
    assert {ander.get(pad).status_code for pad in paden[1:]} == {404 if mag else 403}
    for deel in ("aannemen", "geen-signaal", "heropenen"):
        assert verstuur(ander, f"{geval.pad}/{deel}", reden="x").status_code == (404 if mag else 403)
        if not mag:
            assert verstuur(client, f"{geval.pad}/{deel}", reden="x").status_code == 403
    if mag:
        assert "Kade 1" not in tekst(ander.get(LIJST))


def test_hard_eerst_en_dan_wat_het_langst_wacht(wereld: Wereld, boa: Tablet) -> None:
    een, twee = list(boa.revs)
    for bezoek in (een, twee):
        boa.op(bezoek, "koffer", "ja")
        for nr in range(2):
            kamer = f"01890000-0000-7000-8000-{'1' if bezoek == een else '2'}0000000000{nr}"
            boa.op(bezoek, "kamer", {"ouder": None, "plaats": nr}, herhaling_id=kamer)
            boa.op(bezoek, "angst", "ja", herhaling_id=kamer)
    boa.sync()
    for bezoek, dagen in ((een, 1), (twee, 5)):
        rij = signaal_van(bezoek)
        assert rij is not None
        db.session.get_one(Bezoek, rij.bezoek_id).begin_op = wereld.nu - timedelta(days=dagen)
        db.session.commit()
    client = wereld.client(Rol.AANDACHTSFUNCTIONARIS)
    pagina = tekst(client.get(LIJST))
    assert pagina.count("2 aanwijzingen") == 2
    assert pagina.count("Angst <strong>Ja</strong> (2 keer)") == 2
    assert pagina.index("Kade 2") < pagina.index("Kade 1")
    boa.op(een, "slot_buiten", "ja")
    boa.sync()
    pagina = tekst(client.get(LIJST))
    assert "Hard: 3 aanwijzingen" in pagina
    assert pagina.index("Kade 1") < pagina.index("Kade 2")
    kaart = stel_samen(db.session(), wereld.een.actoren[Rol.AANDACHTSFUNCTIONARIS], wereld.nu).nu[0]
    assert (kaart.kop, kaart.aantal, kaart.dringend) == ("Signalen uit bezoeken", 2, True)
    assert kaart.zin.startswith("1 met een harde aanwijzing.")
    leeg = stel_samen(db.session(), wereld.twee.actoren[Rol.AANDACHTSFUNCTIONARIS], wereld.nu).rustig[0]
    assert (leeg.kop, leeg.aantal) == ("Signalen uit bezoeken", 0)


def test_onbekende_stand_en_lege_lijst(wereld: Wereld) -> None:
    client = wereld.client(Rol.AANDACHTSFUNCTIONARIS)
    assert client.get(f"{LIJST}?stand=onzin").status_code == 404
    assert "Er wacht niets op uw oordeel" in tekst(client.get(LIJST))
    assert client.get(f"{LIJST}?pagina=99").status_code == 200


def test_wat_wijzigde_voor_het_oordeel_blijft_te_vinden(geval: Geval) -> None:
    """An answer that is taken back under pressure must not make a hard signal vanish."""
    eerste = next(o for o in geval.boa.ontvangen.values() if o["vraag_id"] == "slot_buiten" and o["soort"] == "set")
    geval.boa.op(geval.bezoek, "slot_buiten", "nee", base_op_ids=[eerste["op_id"]])
    geval.boa.sync()
    client = geval.client()
    assert "Kade 1" not in tekst(client.get(LIJST))
    assert "Kade 1" in tekst(client.get(f"{LIJST}?stand=vervallen"))
    pagina = tekst(client.get(geval.pad))
    assert "Dit geldt niet meer" in pagina
    assert "Neem aan als signaal" not in pagina
    assert geval.geen("Toch niet", client).status_code == 409

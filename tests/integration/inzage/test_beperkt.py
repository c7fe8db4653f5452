"""What a person had restricted (art. 18 AVG) goes out nowhere: every file of a dossier, letters, the map on paper."""

import pytest
from flask import Flask
from sqlalchemy import select

from inspecties.audit.beperken import beperk, hef_op
from inspecties.controles.opslag import Opslag
from inspecties.core.fouten import Conflict
from inspecties.core.klok import lokaal
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import brieven, document, volledig_werk
from inspecties.dossiers.beeld import lees_beeld
from inspecties.dossiers.models import Belanghebbende, Dossier
from inspecties.locaties import kaartdruk
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.queries import Filter, Vak
from inspecties.signalen.melder import Betrokkengegevens, bewaar_betrokkene
from inspecties.signalen.meldroute_doorzetten import Doorzetgegevens, zet_door
from inspecties.signalen.models import Signaal
from tests.integration.rechten.toneel import bouw
from tests.locatiewereld import maak_locatie, maak_typen
from tests.wereld import Wereld, csrf

MELDING = "het gebruik beperkt"


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_uit_een_dossier_gaat_niets_weg(app: Flask, wereld: Wereld) -> None:
    toneel = bouw(wereld, wereld.een)
    sessie, nu, jurist = db.session(), wereld.nu, wereld.een.actoren[Rol.JURIST]
    client = wereld.client(Rol.JURIST)
    pad = f"/dossiers/{toneel.dossier}"
    uit = [f"{pad}/document.pdf", f"/dossiers/volledig/{toneel.volledig}/pdf"]
    for adres in uit:
        with client.get(adres) as antwoord:
            assert antwoord.status_code == 200, adres
    dossier = sessie.scalars(select(Dossier).where(Dossier.uid == toneel.dossier)).one()
    partij = sessie.scalars(select(Belanghebbende).where(Belanghebbende.dossier_id == dossier.id)).first()
    assert partij is not None
    rij = beperk(sessie, jurist, nu, "belanghebbende", partij.uid, "betwist", "De rol wordt betwist.")
    sessie.commit()
    for adres in uit:
        antwoord = client.get(adres)
        assert antwoord.status_code == 409, adres
        assert MELDING in antwoord.get_data(as_text=True)
    antwoord = client.post(f"{pad}/volledig", data={"uitvoering": "volledig", "csrf_token": csrf(client)})
    assert MELDING in antwoord.get_data(as_text=True)
    # Reading the page itself goes on: the data stay, and the jurist has to work on what is disputed.
    assert client.get(pad).status_code == 200

    opslag = Opslag(app.extensions["instellingen"].opslagmap)
    dossier = sessie.scalars(select(Dossier).where(Dossier.uid == toneel.toetsdossier)).one()
    ander = beperk(sessie, jurist, nu, "dossier", dossier.uid, "bezwaar", "Bezwaar tegen het gebruik.")
    for doe in (
        lambda: document.verzamel(sessie, jurist, nu, opslag, lees_beeld(sessie, jurist, dossier)),
        lambda: volledig_werk.begin(sessie, jurist, nu, dossier, "volledig"),
        lambda: brieven.maak_brief(
            sessie, jurist, nu, opslag, dossier, "voornemen_sluiting", aan_naam="A. Bewoner", aan_adres="Kade 1"
        ),
    ):
        with pytest.raises(Conflict, match=MELDING):
            doe()
    hef_op(sessie, jurist, nu, ander, "De persoon is gehoord.")
    assert document.verzamel(sessie, jurist, nu, opslag, lees_beeld(sessie, jurist, dossier)).gegevens

    rij = sessie.merge(rij)
    hef_op(sessie, jurist, nu, rij, "De persoon is gehoord.")
    sessie.commit()
    with client.get(uit[0]) as antwoord:
        assert antwoord.status_code == 200


def test_niet_op_de_gedrukte_kaart(app: Flask, wereld: Wereld) -> None:
    sessie, nu, een = db.session(), wereld.nu, wereld.een
    maak_typen(een)
    wel, niet = maak_locatie(een, nu, "Kade 8"), maak_locatie(een, nu, "Kade 9")
    beperk(sessie, een.actoren[Rol.JURIST], nu, "risicolocatie", niet.uid, "bezwaar", "Bezwaar.")
    sessie.commit()
    vak = Vak(3.0, 50.5, 7.5, 54.0)
    blad = kaartdruk.lees_blad(sessie, een.actoren[Rol.COORDINATOR], Filter(), vak, "alles", lokaal(nu))
    assert [r["naam"] for r in blad.rijen] == [wel.naam]
    assert (blad.totaal, blad.beperkt) == (1, 1)
    assert kaartdruk.maak_pdf(blad).startswith(b"%PDF-")
    assert sessie.get(Risicolocatie, niet.id) is not None


def test_een_signaal_over_wie_beperkt_is_gaat_niet_door(app: Flask, wereld: Wereld) -> None:
    """The name does not go along, but the signal is about this person; whoever handles it sees the mark."""
    sessie, nu, een = db.session(), wereld.nu, wereld.een
    aandacht, jurist, bos = (
        een.actoren[Rol.AANDACHTSFUNCTIONARIS],
        een.actoren[Rol.JURIST],
        app.extensions["sleutelbos"],
    )
    signaal = Signaal(
        gemeente_id=een.gemeente.id, nummer="S1", datum=nu.date(), bron="inwoner", vorm="arbeidsuitbuiting",
        tekst="Zij wordt opgesloten.", ontvangen_op=nu,
    )  # fmt: skip
    sessie.add(signaal)
    sessie.flush()
    persoon = bewaar_betrokkene(sessie, bos, nu, signaal, "onbekend", Betrokkengegevens(naam="Annika V."))
    beperk(sessie, jurist, nu, "betrokkene", persoon.uid, "betwist", "De gegevens worden betwist.")
    sessie.commit()
    gegevens = Doorzetgegevens("nla", "", "", ())
    with pytest.raises(Conflict, match=MELDING):
        zet_door(sessie, aandacht, nu, signaal, gegevens)
    sessie.rollback()
    client = wereld.client(Rol.AANDACHTSFUNCTIONARIS)
    pad = f"/signalen/{signaal.uid}/betrokkenen"
    gelezen = client.post(pad, data={"doel": "hulp", "csrf_token": csrf(client)}).get_data(as_text=True)
    assert "Annika V." in gelezen
    assert "Let op, beperkt sinds" in gelezen

"""User management: who may, what it changes, and that nobody can lock the gemeente out."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap
from tests.integration.gebruikers.test_aanmelden import meld_aan, token_van
from tests.wereld import Kring, Wereld, csrf

NIEUW = "de boot vaart op dinsdag"


def lid_van(kring: Kring, rol: Rol) -> Lidmaatschap:
    return db.session.scalars(
        select(Lidmaatschap).where(Lidmaatschap.gebruiker_id == kring.actoren[rol].gebruiker_id)
    ).one()


def post(client: FlaskClient, pad: str, **velden: str):
    return client.post(pad, data=velden | {"csrf_token": csrf(client)})


def tekst(antwoord) -> str:
    return antwoord.get_data(as_text=True)


def link_uit(pagina: str) -> str:
    return pagina.split("/wachtwoord/")[1].split("<", maxsplit=1)[0].split('"', maxsplit=1)[0].strip()


def handelingen() -> list[str]:
    return list(db.session.scalars(select(Auditregel.handeling).order_by(Auditregel.id)))


@pytest.mark.parametrize("rol", sorted(MENSEN - {Rol.BEHEERDER}))
def test_alleen_de_beheerder(wereld: Wereld, rol: Rol) -> None:
    client = wereld.client(rol)
    lid = str(lid_van(wereld.een, Rol.INSPECTEUR).uid)
    assert client.get("/beheer").status_code == 403
    assert client.get("/beheer/nieuw").status_code == 403
    assert client.get(f"/beheer/{lid}").status_code == 403
    for actie in ("", "/blokkeren", "/deblokkeren", "/wachtwoordlink"):
        assert post(client, f"/beheer/{lid}{actie}").status_code == 403
    assert client.get("/account").status_code == 200


def test_andere_gemeente_bestaat_niet(wereld: Wereld) -> None:
    client = wereld.client(Rol.BEHEERDER)
    assert "houtribdijk" not in tekst(client.get("/beheer")).lower()
    lid = str(lid_van(wereld.twee, Rol.INSPECTEUR).uid)
    for actie in ("", "/blokkeren", "/deblokkeren", "/wachtwoordlink"):
        assert post(client, f"/beheer/{lid}{actie}", naam="x", rol="jurist").status_code == 404
    assert client.get(f"/beheer/{nieuw_id()}").status_code == 404


def test_lijst_filtert_en_sorteert(wereld: Wereld) -> None:
    client = wereld.client(Rol.BEHEERDER)
    alles = tekst(client.get("/beheer"))
    assert alles.count('data-label="Naam"') == 8
    assert "Partner, Politie" in alles
    assert tekst(client.get("/beheer?rol=jurist")).count('data-label="Naam"') == 1
    assert tekst(client.get("/beheer?zoek=jurist%40")).count('data-label="Naam"') == 1
    assert "Geen gebruiker past" in tekst(client.get("/beheer?zoek=%25"))
    assert client.get("/beheer?zoek=%00&rol=x&stand=y&sorteer=wachtwoord&richting=z").status_code == 200
    omgekeerd = tekst(client.get("/beheer?sorteer=email&richting=af"))
    assert omgekeerd.index("partner@") < omgekeerd.index("auditor@")


def test_toevoegen_link_en_aanmelden(wereld: Wereld) -> None:
    beheerder = wereld.client(Rol.BEHEERDER)
    antwoord = post(
        beheerder, "/beheer/nieuw", naam="Joke van Vliet", email="Joke@Markerwaard.example", rol="inspecteur"
    )
    assert antwoord.status_code == 200
    link = link_uit(tekst(antwoord))
    assert link not in tekst(beheerder.get("/beheer")), "shown once"
    nieuweling = wereld.app.test_client()
    pad = f"/wachtwoord/{link}"
    assert "joke@markerwaard.example" in tekst(nieuweling.get(pad))
    velden = {"nieuw": NIEUW, "nogmaals": NIEUW, "csrf_token": token_van(nieuweling, pad)}
    assert (
        nieuweling.post(pad, data=velden | {"nieuw": "Wachtwoord2026", "nogmaals": "Wachtwoord2026"}).status_code == 422
    )
    assert nieuweling.post(pad, data=velden | {"nogmaals": "iets heel anders"}).status_code == 422
    assert nieuweling.post(pad, data=velden).status_code == 302
    assert nieuweling.get(pad).status_code == 404, "works once"
    assert nieuweling.post(pad, data=velden).status_code == 404
    assert meld_aan(nieuweling, "joke@markerwaard.example", NIEUW).status_code == 302
    assert {"gebruiker_toegevoegd", "wachtwoord_gewijzigd"} <= set(handelingen())


def test_link_verloopt_en_is_niet_te_vervalsen(wereld: Wereld, klok: VasteKlok) -> None:
    beheerder = wereld.client(Rol.BEHEERDER)
    uid = lid_van(wereld.een, Rol.JURIST).uid
    eerste = link_uit(tekst(post(beheerder, f"/beheer/{uid}/wachtwoordlink")))
    tweede = link_uit(tekst(post(beheerder, f"/beheer/{uid}/wachtwoordlink")))
    vreemd = wereld.app.test_client()
    assert vreemd.get(f"/wachtwoord/{eerste}").status_code == 404, "a newer link ends the older one"
    assert vreemd.get(f"/wachtwoord/{tweede}").status_code == 200
    assert vreemd.get(f"/wachtwoord/{tweede[:-2]}xx").status_code == 404
    assert vreemd.get("/wachtwoord/onzin").status_code == 404
    klok.moment += timedelta(hours=73)
    antwoord = vreemd.get(f"/wachtwoord/{tweede}")
    assert antwoord.status_code == 404
    assert "Vraag de beheerder" in tekst(antwoord)


def test_nieuwe_link_beeindigt_wachtwoord_en_sessies(wereld: Wereld) -> None:
    jurist = wereld.client(Rol.JURIST)
    post(wereld.client(Rol.BEHEERDER), f"/beheer/{lid_van(wereld.een, Rol.JURIST).uid}/wachtwoordlink")
    assert jurist.get("/account").status_code == 302
    assert meld_aan(wereld.app.test_client(), wereld.een.emails[Rol.JURIST]).status_code == 401


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"naam": "", "email": "a@b.nl", "rol": "jurist"}, "Vul de naam in."),
        ({"naam": "A", "email": "", "rol": "jurist"}, "Vul het e-mailadres in."),
        ({"naam": "A", "email": "geen adres", "rol": "jurist"}, "zoals naam@gemeente.nl"),
        ({"naam": "A", "email": "a@b.nl", "rol": ""}, "Kies een rol."),
        ({"naam": "A", "email": "a@b.nl", "rol": "systeem"}, "Deze keuze is er niet. Kies bij"),
        ({"naam": "A", "email": "a@b.nl", "rol": "partner"}, "Kies bij een partner de organisatie."),
        ({"naam": "A", "email": "jurist@markerwaard.example", "rol": "jurist"}, "Er is al een gebruiker"),
        ({"naam": "A\0B", "email": "a@b.nl", "rol": "jurist"}, "teken in dat niet kan"),
        ({"naam": "A" * 121, "email": "a@b.nl", "rol": "jurist"}, "korter dan 120"),
    ],
)
def test_foute_invoer_noemt_het_veld(wereld: Wereld, velden: dict[str, str], melding: str) -> None:
    antwoord = post(wereld.client(Rol.BEHEERDER), "/beheer/nieuw", **velden)
    assert antwoord.status_code == 422
    assert melding in tekst(antwoord)
    assert db.session.scalar(select(Gebruiker).where(Gebruiker.email == "a@b.nl")) is None


def test_organisatie_van_andere_gemeente_kan_niet(wereld: Wereld) -> None:
    vreemd = str(wereld.twee.organisatie.uid)
    antwoord = post(
        wereld.client(Rol.BEHEERDER), "/beheer/nieuw", naam="A", email="a@b.nl", rol="partner", organisatie=vreemd
    )
    assert antwoord.status_code == 422
    assert "Deze keuze is er niet. Kies bij" in tekst(antwoord)


def test_rol_wijzigen_meldt_af_en_werkt_meteen(wereld: Wereld) -> None:
    inspecteur = wereld.client(Rol.INSPECTEUR)
    lid = lid_van(wereld.een, Rol.INSPECTEUR)
    organisatie = str(wereld.een.organisatie.uid)
    antwoord = post(
        wereld.client(Rol.BEHEERDER), f"/beheer/{lid.uid}", naam="Nieuwe Naam", rol="partner", organisatie=organisatie
    )
    assert antwoord.status_code == 302
    assert inspecteur.get("/account").status_code == 302
    db.session.expire_all()
    lid = lid_van(wereld.een, Rol.INSPECTEUR)
    assert (lid.rol, lid.gebruiker.naam, lid.organisatie.naam) == ("partner", "Nieuwe Naam", "Politie")
    assert {"rol_gewijzigd", "gebruiker_hernoemd"} <= set(handelingen())


def test_blokkeren_en_weer_toelaten(wereld: Wereld) -> None:
    inspecteur, beheerder = wereld.client(Rol.INSPECTEUR), wereld.client(Rol.BEHEERDER)
    uid = lid_van(wereld.een, Rol.INSPECTEUR).uid
    assert post(beheerder, f"/beheer/{uid}/blokkeren").status_code == 302
    assert inspecteur.get("/account").status_code == 302
    assert tekst(beheerder.get("/beheer?stand=geblokkeerd")).count('data-label="Naam"') == 1
    assert post(beheerder, f"/beheer/{uid}/deblokkeren").status_code == 302
    assert meld_aan(wereld.app.test_client(), wereld.een.emails[Rol.INSPECTEUR]).status_code == 302


def test_beheerder_kan_zichzelf_niet_buitensluiten(wereld: Wereld) -> None:
    beheerder = wereld.client(Rol.BEHEERDER)
    zelf = lid_van(wereld.een, Rol.BEHEERDER).uid
    assert post(beheerder, f"/beheer/{zelf}/blokkeren").status_code == 409
    assert post(beheerder, f"/beheer/{zelf}/wachtwoordlink").status_code == 409
    antwoord = post(beheerder, f"/beheer/{zelf}", naam="beheerder Markerwaard", rol="jurist")
    assert antwoord.status_code == 422
    assert "uw eigen rol niet wijzigen" in tekst(antwoord)
    assert beheerder.get("/beheer").status_code == 200


def test_laatste_beheerder_blijft(wereld: Wereld) -> None:
    """A second beheerder may go; the one who is then the last may not be taken by anybody."""
    beheerder = wereld.client(Rol.BEHEERDER)
    jurist = lid_van(wereld.een, Rol.JURIST).uid
    assert post(beheerder, f"/beheer/{jurist}", naam="Tweede", rol="beheerder").status_code == 302
    tweede = wereld.client(Rol.JURIST)
    eerste = lid_van(wereld.een, Rol.BEHEERDER).uid
    assert post(tweede, f"/beheer/{eerste}", naam="Eerste", rol="jurist").status_code == 302
    assert beheerder.get("/beheer").status_code == 302, "logged out by the change of role"
    aantal = db.session.query(Lidmaatschap).filter_by(rol="beheerder", gemeente_id=wereld.een.gemeente.id).count()
    assert aantal == 1
    assert post(tweede, f"/beheer/{jurist}", naam="Tweede", rol="jurist").status_code == 422


def test_login_van_twee_gemeenten_is_niet_van_een(wereld: Wereld) -> None:
    gedeeld = wereld.een.actoren[Rol.JURIST].gebruiker_id
    db.session.add(Lidmaatschap(gemeente_id=wereld.twee.gemeente.id, gebruiker_id=gedeeld, rol="jurist"))
    db.session.commit()
    beheerder = wereld.client(Rol.BEHEERDER)
    uid = db.session.scalars(
        select(Lidmaatschap.uid).where(
            Lidmaatschap.gebruiker_id == gedeeld, Lidmaatschap.gemeente_id == wereld.een.gemeente.id
        )
    ).one()
    antwoord = post(beheerder, f"/beheer/{uid}/wachtwoordlink")
    assert antwoord.status_code == 409
    assert "ook voor een andere gemeente" in tekst(antwoord)


def test_eigen_wachtwoord_wijzigen(wereld: Wereld) -> None:
    hier, elders = wereld.client(Rol.KABINET), wereld.client(Rol.KABINET)
    goed = {"oud": "een lang wachtwoord voor tests", "nieuw": NIEUW, "nogmaals": NIEUW}
    fout = post(hier, "/account", **(goed | {"oud": "niet het mijne, nee"}))
    assert fout.status_code == 422
    assert "niet uw huidige wachtwoord" in tekst(fout)
    assert NIEUW not in tekst(fout)
    assert "niet gelijk" in tekst(post(hier, "/account", **(goed | {"nogmaals": "anders dan anders"})))
    zelfde = {"oud": goed["oud"], "nieuw": goed["oud"], "nogmaals": goed["oud"]}
    assert "Kies een ander wachtwoord" in tekst(post(hier, "/account", **zelfde))
    assert elders.get("/account").status_code == 200
    assert post(hier, "/account", **goed).status_code == 302
    assert hier.get("/account").status_code == 200
    assert elders.get("/account").status_code == 302, "other sessions end"
    assert meld_aan(wereld.app.test_client(), wereld.een.emails[Rol.KABINET], NIEUW).status_code == 302


def test_overal_elders_afmelden(wereld: Wereld) -> None:
    hier, elders = wereld.client(Rol.AUDITOR), wereld.client(Rol.AUDITOR)
    assert post(hier, "/account/sessies").status_code == 302
    assert elders.get("/account").status_code == 302
    assert hier.get("/account").status_code == 200


def test_zonder_token_gebeurt_er_niets(wereld: Wereld) -> None:
    uid = lid_van(wereld.een, Rol.INSPECTEUR).uid
    assert wereld.client(Rol.BEHEERDER).post(f"/beheer/{uid}/blokkeren").status_code == 400
    assert lid_van(wereld.een, Rol.INSPECTEUR).gebruiker.geblokkeerd_op is None


def test_namen_worden_als_tekst_getoond(wereld: Wereld) -> None:
    beheerder = wereld.client(Rol.BEHEERDER)
    naam = "<script>alert(1)</script>"
    pagina = tekst(post(beheerder, "/beheer/nieuw", naam=naam, email="x@y.nl", rol="jurist"))
    assert naam not in pagina
    assert naam not in tekst(beheerder.get("/beheer"))
    assert "&lt;script&gt;" in tekst(beheerder.get("/beheer"))


def test_een_verse_database_kent_niemand(app: Flask) -> None:
    """No account that everybody knows: the first one is made by hand, and the demo only where it is asked for."""
    assert db.session.scalars(select(Gebruiker.email)).all() == []


def test_wachtwoord_met_spaties_en_hoofdletters_telt_precies_zo(wereld: Wereld) -> None:
    beheerder = wereld.client(Rol.BEHEERDER)
    pad = "/wachtwoord/" + link_uit(
        tekst(post(beheerder, f"/beheer/{lid_van(wereld.een, Rol.JURIST).uid}/wachtwoordlink"))
    )
    client, gekozen = wereld.app.test_client(), "  De Boot  vaart op Dinsdag "
    velden = {"nieuw": gekozen, "nogmaals": gekozen, "csrf_token": token_van(client, pad)}
    assert client.post(pad, data=velden).status_code == 302
    email = wereld.een.emails[Rol.JURIST]
    for bijna in (gekozen.strip(), gekozen.lower(), " ".join(gekozen.split())):
        assert meld_aan(wereld.app.test_client(), email, bijna).status_code == 401, bijna
    assert meld_aan(wereld.app.test_client(), email, gekozen).status_code == 302

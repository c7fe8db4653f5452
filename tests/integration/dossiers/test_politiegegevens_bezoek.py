"""Photos and answers of a visit that stand apart as police data (Wpg): the wall, sync, reading, back, destruction."""

import html
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from inspecties.audit.models_vernietigen import Wpggegeven
from inspecties.audit.wpgmuur import OMMUURD, achter_de_muur
from inspecties.controles.models import Afgeleide, Bevinding, Bewijsstuk, Bezoek, Operatie, Quarantaine, Toestelgat
from inspecties.controles.models_lakken import Lakking
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.models import Dossierbewijs, Voorstel
from tests.integration.bewaren.test_bewaren_alles import draai
from tests.integration.dossiers.conftest import Zaak, foto, verstuur
from tests.integration.dossiers.test_politiegegevens import APART, WAAROM, dan, lezingen, pagina, wijs_aan
from tests.tusklant import Tus, jpeg, sha
from tests.veldwereld import Tablet, haal_pak, tablet

NAAM = "Waterralgrijs"
TEKST = f"{NAAM} zei dat hij de sleutels heeft."


@pytest.fixture
def zaak(zaak: Zaak) -> Zaak:
    """With an answer, a note and a photo about somebody whom a boa investigates; and a reader."""
    boa, bezoek = zaak.boa, zaak.bezoek
    boa.op(bezoek, "opmerking", TEKST)
    boa.op(bezoek, "opmerking", f"Dat zei {NAAM} twee keer", "note")
    foto(boa, bezoek, "olive", "opmerking")
    assert wijs_aan(zaak.wereld, Rol.INSPECTEUR) == 302
    db.session.rollback()
    return zaak


def adres(zaak: Zaak, wat: str, welk: str) -> str:
    return f"/bezoeken/{zaak.bezoek}/{wat}/{welk}/politiegegeven"


def zet_apart(zaak: Zaak, wat: str, welk: str, rol: Rol = Rol.COORDINATOR, **velden: str) -> tuple[int, str]:
    antwoord = verstuur(zaak.wereld.client(rol), adres(zaak, wat, welk), **(APART | velden))
    tekst = html.unescape(antwoord.text)
    db.session.rollback()
    return antwoord.status_code, tekst


def merk(zaak: Zaak, soort: str) -> UUID:
    db.session.rollback()
    return db.session.scalars(select(Wpggegeven.object_uid).where(Wpggegeven.object_soort == soort)).one()


def tel(model: type[Any]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def alles(model: type[Any]) -> int:
    db.session.rollback()
    with achter_de_muur(db.session()):
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_een_antwoord_is_weg_voor_wie_niet_is_aangewezen(zaak: Zaak) -> None:
    jurist = zaak.wereld.client(Rol.JURIST)
    pad = f"/bezoeken/{zaak.bezoek}"
    assert NAAM in pagina(jurist, pad)
    dossier = zaak.dossier()
    sleutels = (tel(Operatie), tel(Bewijsstuk))
    assert zet_apart(zaak, "antwoorden", "opmerking")[0] == 302
    olijf = sha(jpeg("olive"))
    for rol in (Rol.JURIST, Rol.COORDINATOR, Rol.INSPECTEUR):
        client = zaak.wereld.client(rol)
        for waar in (pad, f"/dossiers/{dossier.uid}", f"/dossiers/{dossier.uid}/bewijs"):
            tekst = pagina(client, waar)
            assert (NAAM in tekst, olijf in tekst) == (False, False), f"{rol}: {waar}"
        assert client.get(f"{pad}/bewijs/{olijf}").status_code == 404
        assert client.get(f"{pad}/fotos/{olijf}").status_code == 404
    # An answer, its note and its photo: three operations and the file; and nothing says that the visit lacks them.
    assert (tel(Operatie), tel(Bewijsstuk)) == (sleutels[0] - 3, sleutels[1] - 1)
    assert (alles(Operatie), alles(Bewijsstuk)) == sleutels
    assert "Alle 2 bewijsstukken staan op de server" in pagina(jurist, pad)
    # Twice is not possible, and who may not set apart cannot.
    assert zet_apart(zaak, "antwoorden", "opmerking")[0] == 404
    assert zet_apart(zaak, "antwoorden", "bewoners", Rol.INSPECTEUR)[0] == 403


def test_wie_is_aangewezen_leest_het_met_een_reden_en_zet_het_terug(zaak: Zaak) -> None:
    assert zet_apart(zaak, "antwoorden", "opmerking", Rol.JURIST)[0] == 302
    uid, boa = merk(zaak, "antwoord"), zaak.wereld.client(Rol.INSPECTEUR)
    assert NAAM not in pagina(boa, "/politiegegevens")
    assert NAAM not in pagina(boa, f"/politiegegevens/{uid}")
    assert zaak.wereld.client(Rol.JURIST).get(f"/politiegegevens/{uid}").status_code == 404
    gelezen = html.unescape(verstuur(boa, f"/politiegegevens/{uid}", **WAAROM).text)
    assert TEKST in gelezen
    assert "twee keer" in gelezen
    assert "data:image/jpeg;base64," in gelezen
    assert lezingen(uid, "politiegegeven_gelezen")[0].object_soort == "antwoord"
    bestand = verstuur(boa, f"/politiegegevens/{uid}", **WAAROM, wat="bestand")
    assert bestand.get_data() == jpeg("olive")
    assert verstuur(boa, f"/politiegegevens/{uid}", **WAAROM, wat="bestand-99").status_code == 200
    terug = {"terug_grond": "vergissing", "terug_reden": "De buurman vertelde dit tijdens het toezicht."}
    assert verstuur(boa, f"/politiegegevens/{uid}/terug", **terug).status_code == 302
    assert NAAM in pagina(zaak.wereld.client(Rol.JURIST), f"/bezoeken/{zaak.bezoek}")


def test_de_tablet_merkt_er_niets_van_en_verliest_niets(zaak: Zaak) -> None:
    """Sync works on what was really received: receipts, numbers of the device, photos, complete."""
    boa, bezoek = zaak.boa, zaak.bezoek
    # Sent, and its receipt lost on the way back.
    eigen = boa.op(bezoek, "opmerking", f"{NAAM} zei nog iets", base_op_ids=[])
    boa.stuur()
    assert zet_apart(zaak, "antwoorden", "opmerking")[0] == 302
    antwoord = boa.sync()
    assert [(o["op_id"], o["status"]) for o in antwoord["ontvangsten"]] == [(eigen["op_id"], "opgeslagen")]
    assert boa.wachtrij == []
    # What comes later goes behind the wall as well; the number of the device leaves no gap.
    boa.op(bezoek, "opmerking", f"{NAAM} zei daarna nog meer")
    boa.op(bezoek, "elektra_gevaar", "nee")
    stand = boa.sync(hoogste_seq=boa.seq)["bezoeken"][bezoek]
    assert NAAM not in str(stand["ops"])
    assert tel(Toestelgat) == 0
    assert stand["conflicten"] == []
    assert (stand["compleet"], stand["bijlagen"].get(sha(jpeg("olive")))) == (True, "aanwezig")
    # The photo need not come again, and the same photo at another question stays away too.
    assert Tus(boa.client).begin(jpeg("olive"), bezoek).headers["Upload-Offset"] == str(len(jpeg("olive")))
    boa.op(bezoek, "bewoners", {"sha256": sha(jpeg("olive")), "soort": "image/jpeg", "omvang": 9}, "attach")
    boa.sync()
    assert sha(jpeg("olive")) not in pagina(zaak.wereld.client(Rol.JURIST), f"/bezoeken/{bezoek}")
    # Another tablet of the team hears nothing of it, not even that there is a photo.
    ander = tablet(zaak.wereld, Rol.COORDINATOR)
    haal_pak(ander)
    gezien = ander.sync()["bezoeken"][bezoek]
    assert NAAM not in str(gezien)
    assert sha(jpeg("olive")) not in str(gezien)
    assert gezien["compleet"] is True
    # An operation that says something else under a number that is known: both are kept, and nobody reads them.
    boa.token = {}
    anders = eigen | {"waarde": f"{NAAM} anders"}
    assert boa.stuur([anders]).status_code == 409
    assert boa.stuur([anders]).status_code == 409
    assert (tel(Quarantaine), alles(Quarantaine)) == (0, 2)
    assert NAAM not in pagina(zaak.wereld.client(Rol.COORDINATOR), "/bezoeken/apart")


def test_een_foto_die_later_binnenkomt_staat_ook_apart(zaak: Zaak) -> None:
    boa, bezoek, laat = zaak.boa, zaak.bezoek, jpeg("orange")
    boa.op(bezoek, "opmerking", {"sha256": sha(laat), "soort": "image/jpeg", "omvang": len(laat)}, "attach")
    boa.sync()
    assert zet_apart(zaak, "antwoorden", "opmerking")[0] == 302
    assert boa.sync()["bezoeken"][bezoek]["compleet"] is False
    voor = tel(Bewijsstuk)
    assert Tus(boa.client).stuur(laat, bezoek, vraag_id="").status_code == 204
    assert (tel(Bewijsstuk), boa.sync()["bezoeken"][bezoek]["compleet"]) == (voor, True)
    client = zaak.wereld.client(Rol.JURIST)
    assert client.get(f"/bezoeken/{bezoek}/bewijs/{sha(laat)}").status_code == 404


def test_een_foto_met_wat_eraan_hangt(zaak: Zaak) -> None:
    """Covers, copies and captions go along; the answer that it stood at stays."""
    boa, bezoek, beeld = zaak.boa, zaak.bezoek, jpeg("purple")
    waarde: dict[str, Any] = {
        "sha256": sha(beeld), "soort": "image/jpeg", "omvang": len(beeld), "bijschrift": f"Hier stond {NAAM}",
        "afdekken": [{"x": 0.1, "y": 0.1, "b": 0.2, "h": 0.2, "vorm": "rechthoek"}], "reden": "gezicht",
    }  # fmt: skip
    boa.op(bezoek, "foto_gevel", waarde, "attach")
    boa.sync()
    assert Tus(boa.client).stuur(beeld, bezoek, vraag_id="foto_gevel").status_code == 204
    jurist, pad = zaak.wereld.client(Rol.JURIST), f"/bezoeken/{bezoek}"
    with jurist.get(f"{pad}/bewijs/{sha(beeld)}") as antwoord:
        assert antwoord.status_code == 200
    assert tel(Lakking) == tel(Afgeleide) == 1
    assert "Foto of scan apart zetten" in pagina(jurist, adres(zaak, "fotos", sha(beeld)))
    fout = zet_apart(zaak, "fotos", sha(beeld), reden="kort", artikel="")
    assert (fout[0], "Kies het artikel" in fout[1]) == (422, True)
    assert zet_apart(zaak, "fotos", sha(beeld), ontvangen_op="2031-01-01")[0] == 422
    assert zet_apart(zaak, "fotos", sha(beeld))[0] == 302
    assert (tel(Lakking), tel(Afgeleide), alles(Lakking), alles(Afgeleide)) == (0, 0, 1, 1)
    assert f"Hier stond {NAAM}" not in pagina(jurist, pad)
    for deel in (f"bewijs/{sha(beeld)}", f"bewijs/{sha(beeld)}?origineel=1", f"fotos/{sha(beeld)}"):
        assert jurist.get(f"{pad}/{deel}").status_code == 404
    # A caption that somebody changes on a tablet: behind the wall too, and no second version of the same number.
    boa.op(bezoek, "foto_gevel", waarde | {"bijschrift": f"Daar stond {NAAM}"}, "attach")
    boa.sync()
    assert f"Daar stond {NAAM}" not in pagina(jurist, pad)
    uid, boa_zelf = merk(zaak, "bewijsstuk"), zaak.wereld.client(Rol.INSPECTEUR)
    gelezen = html.unescape(verstuur(boa_zelf, f"/politiegegevens/{uid}", **WAAROM).text)
    assert f"stond {NAAM}" in gelezen
    assert "data:image/jpeg;base64," in gelezen
    assert (tel(Afgeleide), alles(Afgeleide)) == (0, 1)


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_slechte_adressen_geven_een_nette_melding(zaak: Zaak) -> None:
    client = zaak.wereld.client(Rol.COORDINATOR)
    for wat, welk in (
        ("fotos", "0" * 64), ("fotos", "x"), ("antwoorden", "bestaat_niet"), ("antwoorden", "opmerking@x"),
        ("antwoorden", "kamer"), ("antwoorden", "opmerking@018f0000-0000-7000-8000-000000000000"),
        ("antwoorden", "%00"),
    ):  # fmt: skip
        assert client.get(adres(zaak, wat, welk)).status_code == 404, f"{wat}/{welk}"
    ander = zaak.wereld.client(Rol.COORDINATOR, zaak.wereld.twee)
    assert ander.get(adres(zaak, "antwoorden", "opmerking")).status_code == 404


def test_een_voorstel_dat_erop_rust_moet_eerst_weg(zaak: Zaak) -> None:
    dossier = zaak.dossier()
    status, tekst = zet_apart(zaak, "antwoorden", "bewoners")
    assert (status, "dat al is overgenomen" in tekst, "Haal het eerst uit het dossier" in tekst) == (409, True, True)
    status, tekst = zet_apart(zaak, "fotos", zaak.bewijs[0])
    assert (status, "Op deze foto rust het voorstel" in tekst) == (409, True)
    assert tel(Wpggegeven) == 0
    jurist, bevinding = zaak.wereld.client(Rol.JURIST), zaak.bevinding
    voorstel = db.session.scalars(select(Voorstel.uid)).one()
    uithalen = f"/dossiers/{dossier.uid}/voorstellen/{voorstel}/uithalen"
    assert verstuur(jurist, uithalen, reden="Het komt van de politie.").status_code == 302
    status, tekst = zet_apart(zaak, "antwoorden", "bewoners")
    assert (status, "Opnieuw beoordelen" in tekst) == (409, True)
    assert verstuur(jurist, f"/voorstellen/{bevinding}/heropenen").status_code == 302
    assert zet_apart(zaak, "antwoorden", "bewoners")[0] == 302
    rij = zaak.rij()
    assert (rij.vervallen_op is not None, rij.dragers, rij.ontbreekt) == (True, [], [])
    assert "twaalf" not in pagina(jurist, f"/bezoeken/{zaak.bezoek}").lower()


def test_wat_al_is_voorgelegd_gaat_niet_apart(zaak: Zaak) -> None:
    dossier = zaak.voorgelegd()
    status, tekst = zet_apart(zaak, "fotos", zaak.bewijs[0])
    assert (status, "staat al in het stuk" in tekst) == (409, True)
    assert zet_apart(zaak, "antwoorden", "opmerking")[0] == 302
    assert NAAM not in pagina(zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}")


def test_een_bevinding_volgt_en_komt_weer_terug(zaak: Zaak) -> None:
    """Computed without it, and again with it when it is back; what lapsed keeps none of its words."""
    boa, bezoek = zaak.boa, zaak.bezoek
    boa.op(bezoek, "elektra_gevaar", "ja")
    boa.op(bezoek, "elektra_gevaar", f"{NAAM} wees de draden aan", "note")
    boa.sync()

    def bbl() -> Bevinding:
        db.session.rollback()
        return db.session.scalars(select(Bevinding).where(Bevinding.gevolg == "bbl")).one()

    assert NAAM in str(bbl().dragers)
    assert zet_apart(zaak, "antwoorden", "elektra_gevaar")[0] == 302
    assert (bbl().vervallen_op is not None, bbl().dragers) == (True, [])
    uid, lezer = merk(zaak, "antwoord"), zaak.wereld.client(Rol.INSPECTEUR)
    terug = {"terug_grond": "vergissing", "terug_reden": "De buurman vertelde dit tijdens het toezicht."}
    assert verstuur(lezer, f"/politiegegevens/{uid}/terug", **terug).status_code == 302
    assert bbl().vervallen_op is None
    assert NAAM in str(bbl().dragers)


def test_na_vijf_jaar_is_het_weg_met_bewijs(zaak: Zaak, klok: VasteKlok) -> None:
    """Answers, photos, copies and captions, though the visit itself still stands; never in an order that shows them."""
    boa, bezoek = zaak.boa, zaak.bezoek
    sha_ = foto(boa, bezoek, "purple", "foto_gevel")
    assert zet_apart(zaak, "antwoorden", "opmerking")[0] == 302
    assert zet_apart(zaak, "fotos", sha_)[0] == 302
    pad = zaak.opslag.pad(zaak.wereld.een.gemeente.uid, sha_)
    assert pad.is_file()
    slot = {"keuze": "stop", "reden": "Zaak bij de rechtbank"}
    assert verstuur(zaak.wereld.client(Rol.JURIST), f"/bewaren/stopzetten/bezoek/{bezoek}", **slot).status_code == 302
    klok.moment = datetime(2031, 11, 2, 12, 0, tzinfo=UTC)
    draai()
    assert (alles(Wpggegeven), alles(Bewijsstuk) - tel(Bewijsstuk)) == (2, 2)
    open_ = {"keuze": "hervat", "reden": "De zaak is gesloten"}
    jurist = dan(zaak.wereld, Rol.JURIST, klok)
    assert verstuur(jurist, f"/bewaren/stopzetten/bezoek/{bezoek}", **open_).status_code == 302
    # What keeps the visit itself: a dossier.
    db.session.rollback()
    weg = {(r["soort"], r["regel"]) for r in draai()["vernietigd"]}
    assert {("operatie", "wpg_weg"), ("bewijsstuk", "wpg_weg"), ("wpggegeven", "wpg_weg")} <= weg
    assert (alles(Wpggegeven), NAAM in str(db.session.scalars(select(Operatie.waarde)).all())) == (0, False)
    assert not pad.is_file()


def test_achter_de_muur_staat_elke_tabel_die_ervan_weet() -> None:
    """A new table that hangs on a photo has to be thought of."""
    assert {model.__tablename__ for model in OMMUURD} == {
        *("bronstuk", "redactie", "bewijscontrole", "bewijsstuk", "afgeleide", "lakking", "operatie", "quarantaine"),
        *("dossierbewijs", "bewijsplek", "signaal", "melder", "betrokkene", "signaalherziening", "meldroute"),
        *("meldstap", "triageantwoord", "triageafwijking", "signaallocatie"),
    }


def test_een_foto_op_de_lijst_van_een_dossier_verdwijnt_daar(zaak: Zaak) -> None:
    dossier, jurist = zaak.dossier(), zaak.wereld.client(Rol.JURIST)
    sha_ = foto(zaak.boa, zaak.bezoek, "purple", "foto_gevel")
    db.session.rollback()
    stuk = db.session.scalars(select(Bewijsstuk).where(Bewijsstuk.sha256 == sha_)).one()
    velden = {"bewijsstuk": str(stuk.uid), "omschrijving": f"{NAAM} bij de deur", "aard": "waarneming"}
    assert verstuur(jurist, f"/dossiers/{dossier.uid}/bewijs", **velden).status_code == 302
    assert tel(Dossierbewijs) == 1
    assert zet_apart(zaak, "fotos", sha_)[0] == 302
    assert tel(Dossierbewijs) == 0
    for waar in ("", "/bewijs", "/document.pdf", "/volledig", "/doorzetten/nieuw"):
        assert NAAM not in pagina(jurist, f"/dossiers/{dossier.uid}{waar}")


def test_een_tablet_die_het_bezoek_deelt(zaak: Zaak) -> None:
    """Only its own device still hears that a photo is there."""
    ander: Tablet = tablet(zaak.wereld, Rol.COORDINATOR)
    haal_pak(ander)
    ander.op(zaak.bezoek, "opmerking", f"{NAAM} volgens de coördinator")
    ander.sync()
    assert db.session.scalars(select(Bezoek.uid)).all()
    assert zet_apart(zaak, "antwoorden", "opmerking")[0] == 302
    assert ander.sync()["bezoeken"][zaak.bezoek]["conflicten"] == []

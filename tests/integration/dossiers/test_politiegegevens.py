"""Police data (Wpg) stand apart from supervision: seen by who is named, with a reason, and gone after five years."""

import hashlib
import html
import io
import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.wpgmuur import achter_de_muur
from inspecties.core.actor import systeem
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import redactie
from inspecties.dossiers.beeld import lees_beeld
from inspecties.dossiers.bewijsstukken import voeg_stuk_toe
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.rules.bewijs import Stukgegevens
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.start.inzage_zoeken import zoek
from inspecties.start.rules_inzage import lees_zoekvraag
from tests.integration.bewaren.test_bewaren_alles import draai
from tests.integration.dossiers.conftest import Zaak, handelingen, verstuur
from tests.integration.rechten.bewijs_toneel import maak_pdf
from tests.wereld import Wereld, aangemeld

NAAM = "Zilverreiger"
TEKST = f"{NAAM} verkocht achter de deur."
APART = {
    "ontvangen_van": "Boa openbare ruimte", "artikel": "art. 8 Wpg", "ontvangen_op": "2026-11-01",
    "reden": "Vastgelegd na de cautie, als opsporingsambtenaar.",
}  # fmt: skip
WAAROM = {"grond": "taak", "reden": "Ik maak het proces-verbaal af."}


def wijs_aan(wereld: Wereld, rol: Rol) -> int:
    """The beheerder names the user of this role, from the screen."""
    wie = wereld.een.actoren[rol].gebruiker_id
    lid = db.session.scalars(select(Lidmaatschap.uid).where(Lidmaatschap.gebruiker_id == wie)).one()
    db.session.rollback()
    velden = {"lid": str(lid), "reden": "Is buitengewoon opsporingsambtenaar."}
    return verstuur(wereld.client(Rol.BEHEERDER), "/politiegegevens/aangewezen", **velden).status_code


def dan(wereld: Wereld, rol: Rol, klok: VasteKlok) -> FlaskClient:
    """Logged in at the moment of the clock."""
    return aangemeld(wereld.app, wereld.een.actoren[rol], klok.moment)


def maak_stuk(zaak: Zaak, dossier: Dossier, **anders: object) -> Bronstuk:
    basis: dict[str, object] = {"titel": f"Wat {NAAM} deed", "van": "Boa 12", "tekst": TEKST}
    velden = basis | anders
    gegevens = Stukgegevens(
        "verklaring", str(velden["titel"]), str(velden["van"]), zaak.wereld.nu.date(), "geen",
        tekst=str(velden["tekst"]),
    )  # fmt: skip
    rij = voeg_stuk_toe(db.session(), zaak.jurist, zaak.wereld.nu, zaak.opslag, dossier, gegevens, set())
    db.session.commit()
    return rij


def pagina(client: FlaskClient, pad: str) -> str:
    with client.get(pad) as antwoord:
        inhoud = antwoord.get_data()
        if antwoord.mimetype == "application/pdf":
            return " ".join(blad.extract_text() for blad in PdfReader(io.BytesIO(inhoud)).pages)
        return html.unescape(inhoud.decode())


def lezingen(uid: UUID, handeling: str) -> list[Auditregel]:
    db.session.rollback()
    opdracht = select(Auditregel).where(Auditregel.object_uid == str(uid), Auditregel.handeling == handeling)
    return list(db.session.scalars(opdracht.order_by(Auditregel.id)))


def test_apart_gezet_is_nergens_meer_te_zien(zaak: Zaak) -> None:
    dossier = zaak.dossier()
    rij = maak_stuk(zaak, dossier)
    uid, jurist, pad = rij.uid, zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}"
    bewaar = redactie.bron_van(rij)
    redactie.lak_tekst(db.session(), zaak.jurist, zaak.wereld.nu, dossier, bewaar, {}, {NAAM: "persoon"}, gezien=0)
    db.session.commit()
    dossier_uid = dossier.uid
    lezers = {rol: zaak.wereld.client(rol) for rol in (Rol.JURIST, Rol.COORDINATOR, Rol.KABINET)}
    paden = [pad, f"{pad}/bewijs", f"{pad}/document.pdf", f"{pad}/volledig", f"{pad}/doorzetten/nieuw"]
    # Before: the list and the document show it.
    assert NAAM in pagina(jurist, f"{pad}/bewijs")
    assert NAAM in pagina(jurist, f"{pad}/document.pdf")

    apart = f"{pad}/bewijs/stuk/{uid}/politiegegeven"
    weg = verstuur(jurist, apart, **APART)
    assert (weg.status_code, "nog niemand aangewezen" in weg.text) == (409, True)
    assert wijs_aan(zaak.wereld, Rol.INSPECTEUR) == 302
    fout = verstuur(jurist, apart, **(APART | {"artikel": "", "ontvangen_op": "2031-01-01", "reden": "kort"}))
    assert (fout.status_code, "Kies het artikel" in fout.text) == (422, True)
    laat = verstuur(jurist, apart, **(APART | {"ontvangen_op": "2031-01-01"}))
    assert (laat.status_code, "niet na vandaag" in laat.text) == (422, True)
    assert verstuur(jurist, apart, **APART).status_code == 302

    for rol, client in lezers.items():
        for waar in paden:
            assert NAAM not in pagina(client, waar), f"{rol}: {waar}"
        for waar in ("", "/politiegegeven", "/partijen", "/partijen/kopie.pdf"):
            if rol is not Rol.KABINET:
                assert client.get(f"{pad}/bewijs/stuk/{uid}{waar}").status_code in {403, 404}, f"{rol}: {waar}"
        # Without being named the role opens nothing.
        assert client.get(f"/politiegegevens/{uid}").status_code in {403, 404}
        assert verstuur(client, f"/politiegegevens/{uid}", **WAAROM).status_code in {403, 404}
    assert "niet aangewezen" in pagina(jurist, "/politiegegevens")

    # Nor for who reads in the name of the system: documents, a request of a person, whatever is made tomorrow.
    db.session.rollback()
    dossier = db.session.scalars(select(Dossier).where(Dossier.uid == dossier_uid)).one()
    beeld = lees_beeld(db.session(), systeem(dossier.gemeente_id), dossier)
    assert beeld.bronstukken == []
    vraag = lees_zoekvraag(NAAM, "", "")
    assert zoek(db.session(), zaak.jurist, zaak.wereld.app.extensions["sleutelbos"], vraag) == []
    with achter_de_muur(db.session()):
        gevonden = zoek(db.session(), zaak.jurist, zaak.wereld.app.extensions["sleutelbos"], vraag)
    assert {v.plek.tabel for v in gevonden} >= {"bronstuk", "redactie"}
    db.session.rollback()
    # Its number is not given again.
    assert maak_stuk(zaak, dossier, titel="Een ander", tekst="Iets anders.").merk == "V2"


def test_lezen_met_een_reden_een_jaar_later_een_aparte_grond_en_terug(zaak: Zaak, klok: VasteKlok) -> None:
    dossier = zaak.dossier()
    uid, pad = maak_stuk(zaak, dossier).uid, f"/dossiers/{dossier.uid}/bewijs"
    jurist, boa = zaak.wereld.client(Rol.JURIST), zaak.wereld.client(Rol.INSPECTEUR)
    assert wijs_aan(zaak.wereld, Rol.INSPECTEUR) == 302
    assert verstuur(jurist, f"{pad}/stuk/{uid}/politiegegeven", **APART).status_code == 302

    lijst = pagina(boa, "/politiegegevens")
    assert (str(uid) in lijst, NAAM in lijst) == (True, False)
    assert NAAM not in pagina(boa, f"/politiegegevens/{uid}")
    zonder = verstuur(boa, f"/politiegegevens/{uid}", grond="taak", reden="")
    assert (zonder.status_code, NAAM in zonder.text) == (422, False)
    assert lezingen(uid, "politiegegeven_gelezen") == []
    gelezen = verstuur(boa, f"/politiegegevens/{uid}", **WAAROM)
    assert (gelezen.status_code, TEKST in gelezen.text) == (200, True)
    assert "no-store" in gelezen.headers["Cache-Control"]
    regel = lezingen(uid, "politiegegeven_gelezen")[0]
    assert (regel.grondslag, regel.gegevens) == ("art. 8 Wpg", {"grond": "taak", "na_een_jaar": False})
    assert "Ik maak het proces-verbaal af." in pagina(boa, f"/politiegegevens/{uid}")
    # Another gemeente has no such thing, and who is no longer named reads nothing.
    assert zaak.wereld.client(Rol.INSPECTEUR, zaak.wereld.twee).get(f"/politiegegevens/{uid}").status_code == 404

    klok.moment = datetime(2027, 11, 2, 12, 0, tzinfo=UTC)
    later = dan(zaak.wereld, Rol.INSPECTEUR, klok)
    weigering = verstuur(later, f"/politiegegevens/{uid}", **WAAROM)
    assert (weigering.status_code, NAAM in weigering.text) == (422, False)
    grond = {"grond": "vergelijken", "reden": "Een nieuwe melding noemt dezelfde deur."}
    assert TEKST in verstuur(later, f"/politiegegevens/{uid}", **grond).text
    assert lezingen(uid, "politiegegeven_gelezen")[-1].gegevens["na_een_jaar"] is True

    leeg = verstuur(later, f"/politiegegevens/{uid}/terug", terug_grond="vergissing", terug_reden="")
    assert leeg.status_code == 422
    terug = {"terug_grond": "vergissing", "terug_reden": "De buurman vertelde dit tijdens het toezicht."}
    assert verstuur(later, f"/politiegegevens/{uid}/terug", **terug).status_code == 302
    assert NAAM in pagina(dan(zaak.wereld, Rol.JURIST, klok), pad)
    assert later.get(f"/politiegegevens/{uid}").status_code == 404
    assert [h for h in handelingen() if h.startswith("politie")][-1] == "politiegegeven_teruggezet"


def test_wie_niet_meer_is_aangewezen_leest_niets(zaak: Zaak) -> None:
    dossier = zaak.dossier()
    uid = maak_stuk(zaak, dossier).uid
    boa, beheer = zaak.wereld.client(Rol.INSPECTEUR), zaak.wereld.client(Rol.BEHEERDER)
    assert wijs_aan(zaak.wereld, Rol.INSPECTEUR) == 302
    assert wijs_aan(zaak.wereld, Rol.INSPECTEUR) == 422
    assert wijs_aan(zaak.wereld, Rol.KABINET) == 422
    apart = f"/dossiers/{dossier.uid}/bewijs/stuk/{uid}/politiegegeven"
    assert verstuur(zaak.wereld.client(Rol.JURIST), apart, **APART).status_code == 302
    assert boa.get(f"/politiegegevens/{uid}").status_code == 200
    scherm = pagina(beheer, "/politiegegevens/aangewezen")
    einde = re.search(r"/politiegegevens/aangewezen/([0-9a-f-]{36})/einde", scherm)
    assert einde is not None
    assert verstuur(beheer, einde[0], waarom="").status_code == 422
    assert verstuur(beheer, einde[0], waarom="De akte van de boa is verlopen.").status_code == 302
    assert boa.get(f"/politiegegevens/{uid}").status_code == 404
    assert "niet aangewezen" in pagina(boa, "/politiegegevens")


def test_een_stuk_waar_iets_op_rust_of_dat_al_weg_is_gaat_niet_apart(zaak: Zaak) -> None:
    """A wall with a copy on the other side is none: then it says where it stands."""
    dossier = zaak.dossier()
    rij, jurist = maak_stuk(zaak, dossier), zaak.wereld.client(Rol.JURIST)
    assert wijs_aan(zaak.wereld, Rol.INSPECTEUR) == 302
    pad = f"/dossiers/{dossier.uid}/bewijs"
    conclusie = {"titel": "Er is gehandeld", "tekst": "Dat volgt.", "rust_op": str(rij.uid)}
    assert verstuur(jurist, f"{pad}/conclusie", **conclusie).status_code == 302
    weg = verstuur(jurist, f"{pad}/stuk/{rij.uid}/politiegegeven", **APART)
    assert (weg.status_code, "conclusie C1" in weg.text) == (409, True)
    db.session.rollback()
    vrij = maak_stuk(zaak, dossier, titel="Los stuk")
    assert verstuur(jurist, f"/dossiers/{dossier.uid}/voorleggen").status_code == 302
    weg = verstuur(jurist, f"{pad}/stuk/{vrij.uid}/politiegegeven", **APART)
    assert (weg.status_code, "staat al in het stuk" in html.unescape(weg.text)) == (409, True)


def test_hetzelfde_bestand_komt_er_niet_langs_een_andere_weg_weer_in(zaak: Zaak) -> None:
    dossier, jurist = zaak.dossier(), zaak.wereld.client(Rol.JURIST)
    pdf, pad = maak_pdf(NAAM), f"/dossiers/{dossier.uid}/bewijs"
    velden = {"soort": "rapportage", "titel": "Rapport", "van": "Boa 12", "dagtekening": "2026-11-01", "eed": "geen"}

    def stuur() -> str:
        antwoord = verstuur(jurist, f"{pad}/nieuw", **velden, bestand=(io.BytesIO(pdf), "r.pdf"))  # type: ignore[arg-type]
        return html.unescape(antwoord.text)

    stuur()
    db.session.rollback()
    uid = db.session.scalars(select(Bronstuk.uid)).one()
    assert wijs_aan(zaak.wereld, Rol.INSPECTEUR) == 302
    assert verstuur(jurist, f"{pad}/stuk/{uid}/politiegegeven", **APART).status_code == 302
    assert "staat apart als politiegegeven" in stuur()
    assert jurist.get(f"{pad}/stuk/{uid}/bestand").status_code == 404
    bestand = verstuur(zaak.wereld.client(Rol.INSPECTEUR), f"/politiegegevens/{uid}", **WAAROM, wat="bestand")
    assert (bestand.status_code, bestand.get_data()) == (200, pdf)
    assert len(lezingen(uid, "politiegegeven_opgehaald")) == 1


def test_na_vijf_jaar_is_het_weg_met_bewijs(zaak: Zaak, klok: VasteKlok) -> None:
    """Also what was covered in it for parties; the dossier itself stays: its own term did not begin."""
    dossier = zaak.dossier()
    rij = maak_stuk(zaak, dossier)
    uid, dossier_id = rij.uid, dossier.id
    bron = redactie.bron_van(rij)
    redactie.lak_tekst(db.session(), zaak.jurist, zaak.wereld.nu, dossier, bron, {}, {NAAM: "persoon"}, gezien=0)
    db.session.commit()
    assert wijs_aan(zaak.wereld, Rol.INSPECTEUR) == 302
    apart = f"/dossiers/{dossier.uid}/bewijs/stuk/{uid}/politiegegeven"
    assert verstuur(zaak.wereld.client(Rol.JURIST), apart, **APART).status_code == 302
    klok.moment = datetime(2031, 10, 31, 12, 0, tzinfo=UTC)
    assert "bronstuk" not in {r["soort"] for r in draai()["vernietigd"]}
    klok.moment = datetime(2031, 11, 1, 12, 0, tzinfo=UTC)
    laatste = verstuur(dan(zaak.wereld, Rol.INSPECTEUR, klok), f"/politiegegevens/{uid}", **WAAROM)
    assert (laatste.status_code, NAAM in laatste.text) == (422, False)
    assert {("bronstuk", "wpg_weg"), ("redactie", "wpg_weg")} <= {
        (r["soort"], r["regel"]) for r in draai()["vernietigd"]
    }
    with achter_de_muur(db.session()):
        assert db.session.scalars(select(Bronstuk)).all() == []
    assert db.session.get(Dossier, dossier_id) is not None
    hashes = {h for rij_ in db.session.scalars(select(Vernietiging)) for h in rij_.hashes}
    assert hashlib.sha256(f"bronstuk:{uid}".encode()).hexdigest() in hashes


def test_wat_is_vastgehouden_blijft_apart(zaak: Zaak, klok: VasteKlok) -> None:
    """A hold keeps the piece over its five years; without its mark everybody would read it again."""
    dossier = zaak.dossier()
    uid, dossier_uid = maak_stuk(zaak, dossier).uid, dossier.uid
    assert wijs_aan(zaak.wereld, Rol.INSPECTEUR) == 302
    jurist = zaak.wereld.client(Rol.JURIST)
    apart = f"/dossiers/{dossier_uid}/bewijs/stuk/{uid}/politiegegeven"
    assert verstuur(jurist, apart, **APART).status_code == 302
    slot = {"keuze": "stop", "reden": "Zaak bij de rechtbank"}
    assert verstuur(jurist, f"/bewaren/stopzetten/dossier/{dossier_uid}", **slot).status_code == 302
    klok.moment = datetime(2032, 1, 2, 12, 0, tzinfo=UTC)
    draai()
    with achter_de_muur(db.session()):
        assert db.session.scalars(select(Bronstuk.uid)).all() == [uid]
    db.session.rollback()
    assert NAAM not in pagina(dan(zaak.wereld, Rol.JURIST, klok), f"/dossiers/{dossier_uid}/bewijs")
    boa = dan(zaak.wereld, Rol.INSPECTEUR, klok)
    verantwoord = {"grond": "verantwoording", "reden": "De rechtbank vraagt dit stuk op."}
    assert TEKST in verstuur(boa, f"/politiegegevens/{uid}", **verantwoord).text


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_een_bibob_stuk_blijft_ook_voor_lezers_van_politiegegevens_dicht(zaak: Zaak) -> None:
    """Being named for police data opens no Bibob dossier (Wet Bibob art. 28)."""
    dossier = zaak.dossier()
    uid = maak_stuk(zaak, dossier).uid
    assert wijs_aan(zaak.wereld, Rol.INSPECTEUR) == 302
    apart = f"/dossiers/{dossier.uid}/bewijs/stuk/{uid}/politiegegeven"
    assert verstuur(zaak.wereld.client(Rol.JURIST), apart, **APART).status_code == 302
    rij = db.session.scalars(select(Dossier).where(Dossier.id == dossier.id)).one()
    rij.soort = "bibob"
    db.session.commit()
    boa = zaak.wereld.client(Rol.INSPECTEUR)
    assert boa.get(f"/politiegegevens/{uid}").status_code == 404
    assert str(uid) not in pagina(boa, "/politiegegevens")

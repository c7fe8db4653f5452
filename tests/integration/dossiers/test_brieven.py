"""Letters of a dossier on their pages: made, filled in, edited by two, to Word and back, frozen, served."""

import html
import io
import re
from uuid import UUID

import pypdf
import pytest
from docx import Document
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import besluiten, brief_verzenden, operations, voorleggen
from inspecties.dossiers.brieven import brieven_van
from inspecties.dossiers.models import Belanghebbende, Besluit, Dossier, Stuk
from inspecties.dossiers.models_brieven import Brief
from inspecties.dossiers.rules.gevolgen import instrumenten
from tests.integration.dossiers.conftest import TEKSTEN, Zaak, handelingen, verstuur
from tests.tusklant import jpeg
from tests.wereld import csrf

LAST = {
    "Welk voorschrift is overtreden": "Meer dan een persoon per 12 m2.",
    "Wat moet gebeuren": "Breng het aantal terug tot drie.",
    "Laatste dag om het zelf in orde te maken": "15 januari 2027",
    "Dwangsom, per keer of per periode": "EUR 2.000 per week",
    "Hoogste bedrag aan dwangsommen": "EUR 20.000",
    "Postadres van wie de brief krijgt": "Kade 1, 9999 ZZ Waterstad",
    "Bij wie men terechtkan (team, telefoon, e-mail)": "team Toezicht, 14 0000",
}


def _tekst(antwoord: TestResponse) -> str:
    return " ".join(html.unescape(antwoord.get_data(as_text=True)).split())


def _maak(zaak: Zaak, dossier: Dossier, soort: str, client: FlaskClient) -> str:
    """Make a letter to the first party, as a person does; its path."""
    partij = db.session.scalars(select(Belanghebbende.uid).where(Belanghebbende.dossier_id == dossier.id)).first()
    pad = f"/dossiers/{dossier.uid}/brieven/nieuw/{soort}"
    assert str(partij or "") in client.get(pad).get_data(as_text=True)
    antwoord = verstuur(client, pad, partij=str(partij or ""))
    assert antwoord.status_code == 302, _tekst(antwoord)
    return str(antwoord.location)


def _vul(client: FlaskClient, pad: str, waarden: dict[str, str]) -> TestResponse:
    velden = {"titel": list(waarden), "waarde": list(waarden.values()), "csrf_token": csrf(client)}
    return client.post(f"{pad}/aanvullen", data=velden)


def _alineas(client: FlaskClient, pad: str) -> dict[str, str]:
    pagina = client.get(f"{pad}/tekst").get_data(as_text=True)
    velden = dict(re.findall(r'name="(gezien-[0-9a-f-]+)" value="([0-9a-f]{64})"', pagina))
    teksten = re.findall(r'name="(tekst-[0-9a-f-]+)"[^>]*>(.*?)</textarea>', pagina, re.DOTALL)
    return velden | {naam: html.unescape(tekst) for naam, tekst in teksten}


def _met(velden: dict[str, str], oud: str, nieuw: str) -> tuple[str, dict[str, str]]:
    """The fields of the form with the paragraph that begins with ``oud`` replaced; its id too."""
    naam = next(n for n, tekst in velden.items() if n.startswith("tekst-") and tekst.startswith(oud))
    return naam.removeprefix("tekst-"), velden | {naam: nieuw}


def _versie(client: FlaskClient, pad: str) -> str:
    gevonden = re.search(r'name="versie" value="([0-9]+)"', client.get(pad).get_data(as_text=True))
    return gevonden[1] if gevonden else "0"


@pytest.fixture
def akkoord(zaak: Zaak) -> Dossier:
    """A dossier on which the cabinet decided; committed."""
    dossier = zaak.voorgelegd()
    _keur_goed(zaak, dossier)
    return dossier


def test_van_leeg_tot_bekendgemaakt(zaak: Zaak, akkoord: Dossier) -> None:
    client = zaak.wereld.client(Rol.JURIST)
    pad = _maak(zaak, akkoord, "besluit_last_dwangsom", client)
    pagina = _tekst(client.get(pad))
    assert "Kade Beheer BV" in pagina
    assert TEKSTEN["concept_besluit"] in pagina
    assert '<mark class="brief__open">[nog in te vullen: Wat moet gebeuren]</mark>' in pagina
    vast = verstuur(client, f"{pad}/vastleggen", versie="1")
    assert vast.status_code == 409
    assert "Nog in te vullen: " in _tekst(vast)
    assert _vul(client, pad, LAST).status_code == 302
    assert "[nog in te vullen" not in _tekst(client.get(pad))
    concept = pypdf.PdfReader(io.BytesIO(client.get(f"{pad}/pdf").data))
    assert "CONCEPT" in concept.pages[0].extract_text()

    assert verstuur(client, f"{pad}/vastleggen", versie="1").status_code == 409
    assert verstuur(client, f"{pad}/vastleggen", versie=_versie(client, pad)).status_code == 302
    pdf = client.get(f"{pad}/pdf").data
    tekst = " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())
    assert "CONCEPT" not in tekst
    besluit = db.session.scalars(select(Besluit).where(Besluit.dossier_id == akkoord.id)).one()
    stuk = db.session.scalars(select(Stuk).where(Stuk.sha256 == besluit.stuk_sha256)).one()
    assert stuk.momentopname["teksten"]["concept_besluit"] == inhoudshash(TEKSTEN["concept_besluit"])
    assert TEKSTEN["concept_besluit"] in tekst
    db.session.rollback()
    assert "EUR 2.000 per week" in tekst
    # What was sent does not change: not by text, by filling in, by Word, by freezing again, by dropping.
    for stuk, velden in (("tekst", {"nieuw": "x"}), ("aanvullen", {}), ("vastleggen", {"versie": "2"})):
        assert verstuur(client, f"{pad}/{stuk}", **velden).status_code == 409
    # Who was typing when a colleague froze it gets the words back.
    for antwoord in (
        verstuur(client, f"{pad}/tekst", nieuw="Mijn lange alinea"),
        verstuur(client, f"{pad}/aanvullen", titel="Duur", waarde="Mijn lange alinea"),
    ):
        assert antwoord.status_code == 409
        assert "Mijn lange alinea" in _tekst(antwoord)
    assert verstuur(client, f"{pad}/vervallen", reden="Toch niet").status_code == 409
    assert client.get(f"{pad}/pdf").data == pdf

    dag = zaak.wereld.nu.date().isoformat()
    zonder = verstuur(client, f"{pad}/kennisgeving", wijze="post", datum=dag)
    assert zonder.status_code == 422
    assert "Een besluit bekendmaken kan niet zonder bewijs" in _tekst(zonder)
    eerder = verstuur(client, f"{pad}/kennisgeving", wijze="post", datum="2020-01-01", bewijs_tekst="3S1")
    assert "Bekendmaken kan niet eerder" in _tekst(eerder)
    later = verstuur(client, f"{pad}/kennisgeving", wijze="post", datum="2096-01-01", bewijs_tekst="3S1")
    assert "in de toekomst" in _tekst(later)
    dossier = db.session.get_one(Dossier, akkoord.id)
    assert brief_verzenden.kennisgeving_van(db.session(), zaak.jurist, dossier, "besluit") is None
    db.session.rollback()
    namaak = {"wijze": "uitgereikt", "datum": dag, "bestand": (io.BytesIO(b"<html>"), "bon.pdf")}
    assert "Dit soort bestand kan niet" in _tekst(
        client.post(f"{pad}/kennisgeving", data=namaak | {"csrf_token": csrf(client)})
    )
    bon = {"wijze": "uitgereikt", "datum": dag, "bestand": (io.BytesIO(jpeg("green")), "../bon.exe")}
    assert client.post(f"{pad}/kennisgeving", data=bon | {"csrf_token": csrf(client)}).status_code == 302
    # By the name that the step of the track gives it.
    kennis = brief_verzenden.kennisgeving_van(db.session(), zaak.jurist, dossier, "besluit_last")
    assert kennis is not None
    assert (kennis.wijze, kennis.bewijs_naam, kennis.bewijs_mediatype) == ("uitgereikt", "bon.jpg", "image/jpeg")
    assert client.get(f"{pad}/kennisgeving/{kennis.uid}").data == jpeg("green")
    brief = brieven_van(db.session(), zaak.jurist, dossier)[0]
    assert brief_verzenden.lees_brief_pdf(db.session(), zaak.jurist, zaak.opslag, brief) == pdf
    assert {"brief_gemaakt", "brief_gewijzigd", "brief_vastgelegd", "kennisgeving_vastgelegd"} <= set(handelingen())

    # The same decision cannot be announced as something else; a correction is a letter that replaces this one.
    ander = _maak(zaak, akkoord, "opheffing", client)
    wie = {"Dag van het besluit": "nu", "Wie besloot, en in welke hoedanigheid": "iemand anders"}
    _vul(client, ander, LAST | wie | {"Dag waarop de maatregel ophoudt": "1 maart 2027"})
    botst = verstuur(client, f"{ander}/vastleggen", versie=_versie(client, ander))
    assert "is al bekendgemaakt met 'Last onder dwangsom'" in _tekst(botst)


def test_een_besluit_gaat_niet_weg_voor_het_er_is(zaak: Zaak) -> None:
    dossier, client = zaak.voorgelegd(), zaak.wereld.client(Rol.JURIST)
    pad = _maak(zaak, dossier, "besluit_last_dwangsom", client)
    _vul(client, pad, LAST | {"Dag van het besluit": "21 november 2026"})
    antwoord = verstuur(client, f"{pad}/vastleggen", versie=_versie(client, pad))
    assert antwoord.status_code == 409
    assert "maakt een besluit bekend, en dat is er nog niet" in _tekst(antwoord)
    # Before the decision a voornemen may go; a draft is nobody's but the jurist's.
    assert zaak.wereld.client(Rol.KABINET).get(pad).status_code == 404
    kabinet = zaak.wereld.client(Rol.KABINET)
    assert "Voornemen" not in _tekst(kabinet.get(f"/dossiers/{dossier.uid}/brieven"))
    # While the jurist works on its questions, the cabinet reads nothing of what is being changed.
    sha256 = db.session.get_one(Dossier, dossier.id).stukken[-1].sha256
    besluiten.stuur_terug(db.session(), zaak.kabinet, zaak.wereld.nu, zaak.opslag, dossier, sha256, ["Waarom nu?"])
    db.session.commit()
    assert kabinet.get(f"/dossiers/{dossier.uid}/brieven").status_code == 409
    assert client.get(f"/dossiers/{dossier.uid}/brieven").status_code == 200


def _keur_goed(zaak: Zaak, dossier: Dossier) -> None:
    besluiten.keur_goed(db.session(), zaak.kabinet, zaak.wereld.nu, zaak.opslag, dossier, dossier.stukken[-1].sha256)
    db.session.commit()


def _leg_vast(client: FlaskClient, pad: str) -> TestResponse:
    return verstuur(client, f"{pad}/vastleggen", versie=_versie(client, pad))


def test_een_besluit_zegt_waarover_het_kabinet_akkoord_gaf(zaak: Zaak) -> None:
    sessie, nu, dossier, client = db.session(), zaak.wereld.nu, zaak.dossier(), zaak.wereld.client(Rol.JURIST)
    oud, nieuw = "Sluiting voor twaalf maanden.", "Sluiting voor drie\nmaanden."
    operations.wijzig_tekst(sessie, zaak.jurist, nu, dossier, "concept_besluit", oud)
    sessie.commit()
    pad = _maak(zaak, dossier, "besluit_last_dwangsom", client)
    assert oud in _tekst(client.get(pad))
    operations.wijzig_tekst(sessie, zaak.jurist, nu, dossier, "concept_besluit", nieuw)
    voorleggen.leg_voor(sessie, zaak.jurist, nu, zaak.opslag, dossier)
    sessie.commit()
    _keur_goed(zaak, dossier)
    _vul(client, pad, LAST)
    # The day of the decision was not there when the draft was made: it is filled in now.
    assert "[nog in te vullen" not in _tekst(client.get(pad))
    botst = _leg_vast(client, pad)
    assert botst.status_code == 409
    for zin in (oud, "Sluiting voor drie maanden.", "niet de tekst waarover het kabinet akkoord gaf"):
        assert zin in _tekst(botst)
    # Not by a word that is taken out of it either; more words around it may.
    _, half = _met(_alineas(client, pad), oud, "Sluiting voor maanden.")
    assert verstuur(client, f"{pad}/tekst", **half).status_code == 302
    assert _leg_vast(client, pad).status_code == 409
    _, goed = _met(_alineas(client, pad), "Sluiting voor maanden.", f"Besluit:\n{nieuw} U krijgt een kopie.")
    assert verstuur(client, f"{pad}/tekst", **goed).status_code == 302
    assert _leg_vast(client, pad).status_code == 302


def test_een_akkoord_wordt_een_keer_per_partij_bekendgemaakt(zaak: Zaak, akkoord: Dossier) -> None:
    sessie, nu, client = db.session(), zaak.wereld.nu, zaak.wereld.client(Rol.JURIST)
    eerste = _maak(zaak, akkoord, "besluit_last_dwangsom", client)
    nog_een = _maak(zaak, akkoord, "besluit_last_dwangsom", client)
    for pad in (eerste, nog_een):
        _vul(client, pad, LAST)
    assert _leg_vast(client, eerste).status_code == 302
    botst = _leg_vast(client, nog_een)
    assert botst.status_code == 409
    assert "is al bekendgemaakt aan Kade Beheer BV, met brief 1" in _tekst(botst)
    # A correction replaces the first, and a third one that.
    partij = db.session.scalars(select(Belanghebbende.uid).where(Belanghebbende.dossier_id == akkoord.id)).one()
    for oud in (1, 3):
        uid = sessie.scalars(select(Brief.uid).where(Brief.dossier_id == akkoord.id, Brief.nummer == oud)).one()
        nieuw = f"/dossiers/{akkoord.uid}/brieven/nieuw/besluit_last_dwangsom"
        pad = str(verstuur(client, nieuw, partij=str(partij), vervangt=str(uid)).location)
        _vul(client, pad, LAST)
        assert _leg_vast(client, pad).status_code == 302
    # The dossier is rewritten for a decision that is still to come: nothing of it goes as the one of before.
    operations.haal_terug(sessie, zaak.jurist, nu, akkoord, "De last moet zwaarder")
    operations.wijzig_tekst(sessie, zaak.jurist, nu, akkoord, "concept_besluit", "Het dubbele.")
    operations.voeg_partij_toe(sessie, zaak.jurist, nu, akkoord, "Tweede eigenaar BV", "eigenaar", "12345678")
    sessie.commit()
    ander = sessie.scalars(select(Belanghebbende.uid).where(Belanghebbende.naam == "Tweede eigenaar BV")).one()
    soort = f"/dossiers/{akkoord.uid}/brieven/nieuw/besluit_last_dwangsom"
    pad = str(verstuur(client, soort, partij=str(ander)).location)
    _vul(client, pad, LAST)
    assert "[nog in te vullen: Dag van het besluit]" in _tekst(client.get(pad))
    _vul(client, pad, {"Dag van het besluit": "vandaag"})
    assert "Het dossier staat nu op 'In opbouw'" in _tekst(_leg_vast(client, pad))
    voorleggen.leg_voor(sessie, zaak.jurist, nu, zaak.opslag, akkoord)
    sessie.commit()
    assert "'Voorgelegd aan kabinet'" in _tekst(_leg_vast(client, pad))
    sha256 = akkoord.stukken[-1].sha256
    besluiten.wijs_dossier_af(sessie, zaak.kabinet, nu, zaak.opslag, akkoord, sha256, "Te zwaar")
    sessie.commit()
    afgewezen = _leg_vast(client, pad)
    assert afgewezen.status_code == 409
    assert "Het kabinet wees het laatste voorstel af" in _tekst(afgewezen)


def test_twee_juristen_in_een_alinea(zaak: Zaak) -> None:
    dossier, client = zaak.dossier(), zaak.wereld.client(Rol.JURIST)
    pad = _maak(zaak, dossier, "uitnodiging_zienswijze", client)
    begin = _alineas(client, pad)
    een, eerste = _met(begin, "Reageert u niet", "Tekst van de eerste jurist.")
    _, tweede = _met(begin, "Reageert u niet", "Tekst van de tweede jurist.")
    assert verstuur(client, f"{pad}/tekst", **eerste).status_code == 302
    botst = verstuur(client, f"{pad}/tekst", **tweede, nieuw="Ook dit blijft staan.")
    assert botst.status_code == 409
    pagina = _tekst(botst)
    for woorden in ("Tekst van de eerste jurist.", "Tekst van de tweede jurist.", "Ook dit blijft staan."):
        assert woorden in pagina
    # Another paragraph of the same page does not collide.
    _, derde = _met(begin, "Neem contact op", "Bel ons.")
    derde.pop(f"tekst-{een}")
    assert verstuur(client, f"{pad}/tekst", **derde).status_code == 302
    # A paragraph that somebody took away: the words of who wrote on in it are shown.
    nu_er = _alineas(client, pad)
    _, leeg = _met(nu_er, "Bel ons.", "")
    _, verder = _met(nu_er, "Bel ons.", "Bel ons op werkdagen.")
    assert verstuur(client, f"{pad}/tekst", **leeg).status_code == 302
    weg = verstuur(client, f"{pad}/tekst", **verder)
    assert weg.status_code == 409
    assert "Bel ons op werkdagen." in _tekst(weg)


def test_naar_word_en_terug(zaak: Zaak) -> None:
    dossier, client = zaak.dossier(), zaak.wereld.client(Rol.JURIST)
    pad = _maak(zaak, dossier, "voornemen_last", client)
    ruw = client.get(f"{pad}/word").data
    document = Document(io.BytesIO(ruw))
    alinea = next(p for p in document.paragraphs if p.text.startswith("Reageert u niet"))
    alinea.text = "Met {{ adres }} en {% if x %} blijft dit gewoon tekst."
    uit = io.BytesIO()
    document.save(uit)

    def terug(inhoud: bytes, gezien: str) -> TestResponse:
        velden = {"bestand": (io.BytesIO(inhoud), "brief.docx"), "gezien": gezien, "csrf_token": csrf(client)}
        return client.post(f"{pad}/word", data=velden)

    assert terug(uit.getvalue(), "1").status_code == 302
    assert "Met {{ adres }} en {% if x %} blijft dit gewoon tekst." in _tekst(client.get(pad))
    # The first file once more: a newer version stands there by now.
    oud = terug(ruw, "2")
    assert oud.status_code == 409
    assert "gemaakt van versie 1, maar er is intussen versie 2" in _tekst(oud)
    assert "blijft dit gewoon tekst." in _tekst(oud)
    # A word processor that does not keep of which version it was: nothing is taken over without asking.
    kaal = Document(io.BytesIO(ruw))
    kaal.core_properties.identifier = kaal.core_properties.version = ""
    kaal.add_paragraph("Eerst dit.", style="List Number")
    kaal.add_paragraph().add_run("En dit is belangrijk.").bold = True
    zonder = io.BytesIO()
    kaal.save(zonder)
    vraag = terug(zonder.getvalue(), "2")
    assert vraag.status_code == 422
    assert "zegt niet van welke versie het is gemaakt" in _tekst(vraag)
    assert "Eerst dit." not in _tekst(client.get(pad))
    velden = {"bestand": (io.BytesIO(zonder.getvalue()), "b.docx"), "gezien": "2", "csrf_token": csrf(client)}
    over = client.post(f"{pad}/word", data=velden | {"zelfde_versie": "y"}, follow_redirects=True)
    assert "Eerst dit." in _tekst(over)
    # What the letter on paper will not show is said at once.
    assert "Typ de nummers zelf" in _tekst(over)
    assert "Vet en schuin in een alinea staan niet in de brief" in _tekst(over)
    assert terug(b"geen word", "2").status_code == 422
    ander = _maak(zaak, dossier, "voornemen_last", client)
    assert "van een andere brief" in _tekst(
        client.post(
            f"{ander}/word",
            data={"bestand": (io.BytesIO(ruw), "b.docx"), "gezien": "1", "csrf_token": csrf(client)},
        )
    )


def test_bibob_brief_is_er_alleen_voor_wie_genoemd_is(zaak: Zaak) -> None:
    sessie, nu = db.session(), zaak.wereld.nu
    plek = zaak.dossier(teksten=False, partij=False).locaties
    bibob = operations.maak_dossier(
        sessie, zaak.jurist, nu, "bibob", instrumenten()["bibob"].grondslag, "Bibob KANARIE", plek
    )
    operations.voeg_partij_toe(sessie, zaak.jurist, nu, bibob, "KANARIE BV", "aanvrager", "01234567")
    sessie.commit()
    client = zaak.wereld.client(Rol.JURIST)
    pad = _maak(zaak, bibob, "bibob_formulier", client)
    brief = sessie.scalars(select(Brief).where(Brief.dossier_id == bibob.id)).one()
    assert UUID(pad.rsplit("/", 1)[-1]) == brief.uid
    for rol in (Rol.COORDINATOR, Rol.KABINET):
        for deel in ("", "/pdf"):
            antwoord = zaak.wereld.client(rol).get(pad + deel)
            assert antwoord.status_code == 404
            assert "KANARIE" not in antwoord.get_data(as_text=True)


def test_eigen_sjabloon_wordt_nagekeken_en_geldt_vanaf_een_dag(zaak: Zaak) -> None:
    client, dossier = zaak.wereld.client(Rol.JURIST), zaak.dossier()
    pad = "/sjablonen/uitnodiging_zienswijze"
    document = Document(io.BytesIO(client.get(f"{pad}/word").data))

    def met(tekst: str) -> bytes:
        document.paragraphs[-1].text = tekst
        uit = io.BytesIO()
        document.save(uit)
        return uit.getvalue()

    def lees_in(inhoud: bytes) -> TestResponse:
        velden = {"bestand": (io.BytesIO(inhoud), "huisstijl.docx"), "toelichting": "Onze afdeling erbij"}
        return client.post(pad, data=velden | {"csrf_token": csrf(client)})

    fout = lees_in(met("Groet, {{ kenmerkk }}"))
    assert fout.status_code == 422
    assert "'kenmerkk'" in _tekst(fout)
    assert "Bedoelt u 'kenmerk'?" in _tekst(fout)
    goed = met("Groet van team Wonen, {{ kenmerk }}")
    assert lees_in(goed).status_code == 302
    assert "staat er al, als versie 1" in _tekst(lees_in(goed))
    assert client.get(f"{pad}/proef?versie=1").data.startswith(b"%PDF")
    # In use only after somebody chose it, from the day that was chosen.
    assert "team Wonen" not in _tekst(client.get(_maak(zaak, dossier, "uitnodiging_zienswijze", client)))
    versie = re.search(r'<option value="([0-9a-f-]{36})"', client.get(pad).get_data(as_text=True))
    assert versie is not None
    dag = zaak.wereld.nu.date().isoformat()
    assert verstuur(client, f"{pad}/keuze", versie=versie[1], vanaf="2020-01-01", reden="Nu").status_code == 422
    assert verstuur(client, f"{pad}/keuze", versie=versie[1], vanaf=dag, reden="Akkoord").status_code == 302
    eigen = _maak(zaak, dossier, "uitnodiging_zienswijze", client)
    assert f"Groet van team Wonen, dossier {dossier.nummer}" in _tekst(client.get(eigen))
    assert verstuur(client, f"{pad}/keuze", versie="standaard", vanaf=dag, reden="Terug").status_code == 302
    assert "team Wonen" not in _tekst(client.get(_maak(zaak, dossier, "uitnodiging_zienswijze", client)))
    assert "team Wonen" in _tekst(client.get(eigen))
    # The other gemeente knows nothing of it.
    ander = zaak.wereld.client(Rol.JURIST, zaak.wereld.twee)
    assert ander.get(f"{pad}/word?versie=1").status_code == 404
    assert "huisstijl" not in ander.get(pad).get_data(as_text=True)

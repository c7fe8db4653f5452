"""Before what weighs one proves once more who one is: every route that asks it, by generation over the marks."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import MENSEN, Rol, rol_mag
from inspecties.database.basis import db
from inspecties.gebruikers.bevestigen import VELD
from inspecties.gebruikers.stap_op import vraag_bevestiging
from inspecties.web.poort import BEVESTIGING, toegang_van
from tests.integration.rechten.podium import Podium
from tests.integration.rechten.routes import RECHT_VAN, waarden_voor
from tests.integration.rechten.test_matrix import pad_van, routes, vraag
from tests.wereld import WACHTWOORD, csrf

# What asks it, and why. Decisions of the kabinet, releasing an access report and fetching it ask it in their own form.
VRAAGT_HET = {
    "audit.uitvoer": "a file with what everybody did",
    "bewijs.bestand": "an original, with everybody in it",
    "bibob.geef_toegang": "who reads a Bibob file",
    "bibob.neem_toegang": "who reads a Bibob file",
    "brieven.bewijs": "a file with persons",
    "brieven.pdf": "a file with persons",
    "brieven.word": "a file with persons",
    "doorzetten.bijlage": "a file with persons",
    "doorzetten.gegevens": "a file with persons",
    "doorzetten.pdf": "a file with persons",
    "dossiers.document": "a file with persons",
    "gebruikers.deblokkeren": "rights of another",
    "gebruikers.factoren_intrekken": "the second step of another",
    "gebruikers.gebruiker": "rights of another",
    "gebruikers.nieuw": "rights of another",
    "gebruikers.sessie_beeindigen": "one's own logins: who stole one must not throw the owner out (ASVS 7.5.2)",
    "gebruikers.sessies_beeindigen": "the same",
    "gebruikers.wachtwoordlink": "the password of another",
    "locatiefeiten.document_bestand": "a file that may hold anything",
    "machtigingen.document": "a file with persons",
    "politiegegevens.beeindig": "who reads police data",
    "politiegegevens.lees": "police data",
    "politiegegevens.terug": "police data back among the evidence",
    "politiegegevens.wijs_aan": "who reads police data",
    "redactie.kopie": "a file with persons",
    "signaalmelder.lees_betrokkenen": "names of who a signal is about",
    "signaalmelder.lees_melder": "the name of who reported",
    "verslagen.document": "a file with persons",
    "volledig.haal_op": "a file with persons",
}


def _gemerkt(podium: Podium) -> list[tuple[Rule, str]]:
    uit = []
    for regel, methode in routes(podium.app):
        toegang = toegang_van(podium.app, regel.endpoint)
        if toegang is not None and toegang.bevestigd and (methode == "POST" or "POST" not in (regel.methods or set())):
            uit.append((regel, methode))
    return uit


def _rol(regel: Rule) -> Rol:
    # The jurist and the aandachtsfunctionaris take part in what is on stage; else whoever may.
    kandidaten = [Rol.JURIST, Rol.AANDACHTSFUNCTIONARIS, Rol.BEHEERDER, *sorted(MENSEN)]
    return next(r for r in kandidaten if rol_mag(r, str(RECHT_VAN[regel.endpoint])))


def _gevraagd(client: FlaskClient, pad: str, methode: str, token: str, **velden: str) -> bool:
    """Whether this request is held up to prove oneself."""
    if methode == "GET":
        with client.get(pad) as antwoord:
            return antwoord.status_code == 302 and "/account/bevestigen?" in antwoord.headers["Location"]
    antwoord = client.post(pad, data={"csrf_token": token} | velden)
    tekst = antwoord.get_data(as_text=True) if antwoord.mimetype == "text/html" else ""
    return antwoord.status_code == 403 and "Bevestig dat u het bent" in tekst


def test_elke_gemerkte_route_weigert_zonder_en_opent_met_bewijs(podium: Podium) -> None:
    """Held up without, held up with a wrong password, open with the right one, and no other role is asked at all."""
    podium.app.extensions[BEVESTIGING] = vraag_bevestiging
    gemerkt = _gemerkt(podium)
    assert {regel.endpoint for regel, _ in gemerkt} == set(VRAAGT_HET)
    for regel, methode in gemerkt:
        rol, wie = _rol(regel), regel.endpoint
        client = podium.wereld.client(rol)
        token, pad = csrf(client), pad_van(podium.app, regel, waarden_voor(regel, podium.eigen, rol))
        assert _gevraagd(client, pad, methode, token), wie
        # Of one's own account there is nobody who may not.
        for ander in [r for r in sorted(MENSEN) if not rol_mag(r, str(RECHT_VAN[wie]))][:1]:
            vreemde = podium.wereld.client(ander)
            assert vraag(vreemde, pad, methode, csrf(vreemde)).status_code == 403
        if methode == "POST":
            assert _gevraagd(client, pad, methode, token, **{VELD: "een fout wachtwoord"}), wie
            assert not _gevraagd(client, pad, methode, token, **{VELD: WACHTWOORD}), wie
        else:
            bewijs = {"csrf_token": token, VELD: WACHTWOORD, "volgende": pad}
            verder = client.post("/account/bevestigen", data=bewijs)
            assert verder.headers["Location"] == pad
        # From now on, for five minutes, nothing is asked.
        assert not _gevraagd(client, pad, methode, token), wie
    db.session.rollback()
    mislukt = select(func.count()).where(Auditregel.handeling == "bevestigen_mislukt")
    assert db.session.scalar(mislukt) == sum(methode == "POST" for _, methode in gemerkt)


def test_wat_getypt_was_blijft_en_staat_in_geen_adres(podium: Podium) -> None:
    """The form that was sent stands in the page that asks, and goes on from there."""
    podium.app.extensions[BEVESTIGING] = vraag_bevestiging
    client = podium.wereld.client(Rol.BEHEERDER)
    velden = {"naam": 'Jan "de <b>Boer</b>"', "email": "jan@markerwaard.example", "rol": "inspecteur"}
    antwoord = client.post("/beheer/nieuw", data=velden | {"csrf_token": csrf(client)})
    tekst = antwoord.get_data(as_text=True)
    assert antwoord.status_code == 403
    assert "Location" not in antwoord.headers
    assert 'name="naam" value="Jan &#34;de &lt;b&gt;Boer&lt;/b&gt;&#34;"' in tekst
    assert 'name="email" value="jan@markerwaard.example"' in tekst
    # The page on which it is prepared is not held up.
    assert client.get("/beheer/nieuw").status_code == 200
    klaar = client.post("/beheer/nieuw", data=velden | {"csrf_token": csrf(client), VELD: WACHTWOORD})
    assert klaar.status_code == 200
    assert "jan@markerwaard.example" in client.get("/beheer").get_data(as_text=True)
    # After five minutes it is asked again.
    podium.app.extensions["klok"].moment += timedelta(minutes=5, seconds=1)
    assert _gevraagd(client, "/beheer/nieuw", "POST", csrf(client), **velden)

"""The pages of partners as each role uses them."""

import io

import pytest
from sqlalchemy import select

from inspecties.core.rechten import Rol
from inspecties.database import db
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.partners.models import Organisatie
from inspecties.partners.models_partners import Beschikbaarheid, Contactpersoon, Gebruikerbevoegdheid
from tests.integration.acties.conftest import Buurt
from tests.integration.acties.lezen import post, tekst
from tests.wereld import Wereld

REEKS = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//nl\r
BEGIN:VEVENT\r
UID:overleg-1\r
SEQUENCE:{}\r
SUMMARY:Vergadering over een zaak\r
DTSTART;TZID=Europe/Amsterdam:20261124T180000\r
DTEND;TZID=Europe/Amsterdam:20261124T{}\r
RRULE:FREQ=WEEKLY;COUNT=2\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_een_beheerder_voegt_een_partner_toe_met_contact_en_grenzen(wereld: Wereld) -> None:
    client = wereld.client(Rol.BEHEERDER)
    pagina = tekst(post(client, "/beheer/partners/nieuw", {"naam": "Zorg Markermeer", "soort": "zorg"}))
    assert "Deze organisatie heeft geen bevoegdheden" in pagina
    uid = db.session.scalars(select(Organisatie.uid).where(Organisatie.naam == "Zorg Markermeer")).one()
    fout = post(client, f"/beheer/partners/{uid}/contact", {"naam": "Gijs", "krijgt_uitnodiging": "y"})
    assert fout.status_code == 422
    assert "Vul een e-mailadres in" in tekst(fout)
    goed = {"naam": "Gijs Dekker", "email": "Gijs@Zorg.example", "telefoon": "06 12345678", "krijgt_uitnodiging": "y"}
    assert "gijs@zorg.example" in tekst(post(client, f"/beheer/partners/{uid}/contact", goed))
    wens = {"naam": "Zorg Markermeer", "soort": "zorg", "ziet_eerder": "y", "ploegen_per_avond": "2"}
    pagina = tekst(post(client, f"/beheer/partners/{uid}/wijzigen", wens))
    assert "Wat over de veiligheid bij een stop staat: nee." in pagina
    assert "Wat eerdere bezoeken opleverden: ja." in pagina
    assert "Ploegen op een avond: hoogstens 2." in pagina
    assert "Er is al een organisatie" in tekst(
        post(client, "/beheer/partners/nieuw", {"naam": "zorg markermeer", "soort": "zorg"})
    )
    # The jurist reads along, and has no buttons.
    lezer = tekst(wereld.client(Rol.JURIST).get(f"/beheer/partners/{uid}"))
    assert "Gijs Dekker" in lezer
    assert "Contactpersoon toevoegen" not in lezer
    rij = db.session.scalars(select(Contactpersoon.uid).where(Contactpersoon.naam == "Gijs Dekker")).one()
    ander = wereld.een.organisatie
    assert ander is not None
    weg = f"/beheer/partners/{ander.uid}/contact/{rij}/weg"
    assert post(client, weg, {}).status_code == 404, "not of this organisation"


def test_een_coordinator_wijst_een_collega_aan(wereld: Wereld) -> None:
    client, boa = wereld.client(Rol.COORDINATOR), wereld.een.actoren[Rol.INSPECTEUR]
    lid = db.session.scalars(select(Lidmaatschap.uid).where(Lidmaatschap.gebruiker_id == boa.gebruiker_id)).one()
    url = f"/beheer/partners/mensen/{lid}"
    wens = {"code": "toezicht", "geldig_van": "2026-11-01", "geldig_tot": "2026-10-01", "legitimatie": "T-7"}
    assert "De laatste dag ligt voor de eerste dag." in tekst(post(client, url, wens))
    assert "Vul het nummer" in tekst(post(client, url, wens | {"geldig_tot": "", "legitimatie": ""}))
    assert "T-7" in tekst(post(client, url, wens | {"geldig_tot": ""}))
    assert "staat er al voor deze dagen" in tekst(post(client, url, wens | {"geldig_tot": ""}))
    assert "Toezichthouder van de gemeente" in tekst(client.get("/beheer/partners/mensen"))
    rij = db.session.scalars(select(Gebruikerbevoegdheid.uid)).one()
    assert "De bevoegdheid is beëindigd." in tekst(post(client, f"{url}/{rij}/einde", {}))
    assert db.session.scalars(select(Gebruikerbevoegdheid.geldig_tot)).one() is not None, "it stays, with an end"


def test_beschikbaarheid_met_de_hand_en_uit_een_agenda(wereld: Wereld) -> None:
    client, organisatie = wereld.client(Rol.COORDINATOR), wereld.een.organisatie
    assert organisatie is not None
    url = f"/beheer/partners/agenda/organisatie/{organisatie.uid}"
    fout = post(client, f"{url}/uren", {"beschikbaar": "nee", "van_dag": "2027-03-28", "van_tijd": "02:30"})
    assert "02:30 bestaat niet op deze dag" in tekst(fout)
    goed = post(client, f"{url}/uren", {"beschikbaar": "nee", "van_dag": "2026-11-23"})
    assert "niet de hele dag" in tekst(goed)

    def inlezen(inhoud: str) -> str:
        bestand = (io.BytesIO(inhoud.encode()), "agenda.ics")
        return tekst(post(client, f"{url}/inlezen", {"bestand": bestand, "betekenis": "nee"}))

    assert "Afspraken: 1 nieuw." in inlezen(REEKS.format(1, "200000"))
    pagina = inlezen(REEKS.format(2, "213000"))
    assert "Afspraken: 1 bijgewerkt." in pagina
    assert "van 18:00 tot 21:30" in pagina
    assert "Vergadering" not in pagina, "what somebody is doing is not kept"
    assert "overgeslagen" in inlezen(REEKS.format(1, "200000"))
    assert "Afspraak 1 ('Vergadering over een zaak'): hij eindigt voordat hij begint" in inlezen(
        REEKS.format(3, "170000")
    )
    rijen = db.session.scalars(select(Beschikbaarheid).where(Beschikbaarheid.bron == "ics")).all()
    assert [f"{rij.begin_op:%d %H} {rij.eind_op:%H:%M}" for rij in rijen] == ["24 17 20:30", "01 17 20:30"]
    assert "De tijd is weggehaald." in tekst(post(client, f"{url}/{rijen[0].uid}/weg", {}))
    for rol, code in ((Rol.JURIST, 403), (Rol.INSPECTEUR, 403)):
        assert post(wereld.client(rol), f"{url}/uren", {"van_dag": "2026-11-23"}).status_code == code
    assert wereld.client(Rol.COORDINATOR, wereld.twee).get(url).status_code == 404


@pytest.mark.parametrize(("soort", "aan", "tot"), [("jaarcontrole", True, "22:30"), ("pandenactie", False, "22:00")])
def test_een_nieuwe_actie_begint_met_haar_soort(buurt: Buurt, soort: str, aan: bool, tot: str) -> None:
    pagina = buurt.wereld.client(Rol.COORDINATOR).get(f"/acties/nieuw?soort={soort}").text
    assert f'value="{tot}' in pagina
    assert ('checked id="aangekondigd"' in pagina) is aan
    organisatie = buurt.kring.organisatie
    assert organisatie is not None
    assert f'checked id="partners-0" name="partners" type="checkbox" value="{organisatie.uid}"' in pagina


def test_bij_de_partners_van_een_actie_staat_wat_zij_mogen_en_kunnen(buurt: Buurt) -> None:
    client, actie, organisatie = buurt.wereld.client(Rol.COORDINATOR), buurt.actie(1), buurt.kring.organisatie
    assert organisatie is not None
    dag = f"{actie.begin_op:%Y-%m-%d}"
    post(client, f"/beheer/partners/agenda/organisatie/{organisatie.uid}/uren", {"beschikbaar": "nee", "van_dag": dag})
    pagina = tekst(client.get(f"/acties/{actie.uid}/partners"))
    assert "Niet beschikbaar, de hele dag Bevoegd tot: Opsporing van strafbare feiten;" in pagina

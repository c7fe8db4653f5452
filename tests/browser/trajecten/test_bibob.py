"""A Bibob investigation from a finding to its decision, as a jurist works through it in two months."""

from datetime import datetime, time, timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import select

from inspecties.core.klok import TIJDZONE, lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import besluiten, operations, voorleggen
from inspecties.dossiers.models import Dossier
from tests.browser.keuring import keur
from tests.browser.trajecten.conftest import Open
from tests.integration.dossiers.conftest import TEKSTEN, Zaak


def _stap(pagina: Page, uid: object, naar: str, klaar: str, **velden: str) -> None:
    """Take one step of the track and wait until it stands in the history."""
    _vul(pagina, uid, naar, **velden)
    expect(pagina.get_by_role("heading", level=3, name=klaar, exact=True).first).to_be_visible()


def _vul(pagina: Page, uid: object, naar: str, **velden: str) -> None:
    pagina.goto(f"/dossiers/{uid}/traject?stap={naar}")
    for naam, waarde in velden.items():
        vak = pagina.locator(f"[name='v_{naam}']").first
        if vak.evaluate("vak => vak.type") == "radio":
            pagina.locator(f"[name='v_{naam}'][value='{waarde}']").check()
        else:
            vak.fill(waarde)
    pagina.get_by_role("button", name="Stap vastleggen").click()


def _onderzoek(pagina: Page, uid: object) -> None:
    """A source and a business partner, on the page of the investigation."""
    pagina.goto(f"/dossiers/{uid}/bibob")
    pagina.get_by_text("Bron vastleggen", exact=True).first.click()
    pagina.get_by_label("Welke bron?").select_option("handelsregister")
    pagina.get_by_label("Wat liet de bron zien?").fill("De aandelen zijn van een vennootschap zonder personeel.")
    pagina.get_by_role("button", name="Bron vastleggen").click()
    expect(pagina.get_by_role("region", name="Tabel van bronnen")).to_contain_text("zonder personeel")
    pagina.get_by_text("Relatie toevoegen", exact=True).click()
    pagina.get_by_label("Naam", exact=True).fill("L.F.")
    pagina.get_by_label("Welke relatie tot betrokkene?").select_option("vermogen")
    pagina.get_by_label("Waarom is deze naam nodig?").fill("Gaf de lening voor de verbouwing.")
    pagina.get_by_role("button", name="Toevoegen").click()
    expect(pagina.get_by_role("region", name="Tabel van relaties")).to_contain_text("Gaf de lening")


def test_bibob_van_bevinding_tot_weigering(openen: Open, zaak: Zaak) -> None:
    zaak.rij().gevolg = "bibob"
    db.session.commit()
    begin = lokale_datum(zaak.wereld.nu)

    # The finding alone begins nothing; there is an application, so the investigation can begin.
    pagina = openen(f"/voorstellen/{zaak.bevinding}")
    expect(pagina.locator("main")).to_contain_text("Aanleiding nodig")
    pagina.get_by_role("link", name="Er is een aanleiding: Bibob-onderzoek beginnen").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Bibob-onderzoek beginnen")
    pagina.get_by_label("Alleen een bevinding van een controle").check()
    pagina.get_by_label("Waar gaat het precies om?").fill("Aanvraag exploitatievergunning, zaak 118")
    pagina.get_by_label("Waarover gaat de vergunning of overeenkomst?").select_option("seksinrichting")
    pagina.get_by_label("Dag van de aanleiding").fill((begin - timedelta(days=7)).isoformat())
    pagina.get_by_role("button", name="Onderzoek beginnen").click()
    expect(pagina.get_by_role("alert")).to_contain_text("op zichzelf geen aanleiding")
    assert keur(pagina) == []
    pagina.get_by_label("Aanvraag van een vergunning of ontheffing").check()
    pagina.get_by_role("button", name="Onderzoek beginnen").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Bibob-onderzoek")
    expect(pagina.locator("main")).to_contain_text("Volgens het beleid altijd")
    uid = pagina.url.split("/dossiers/")[1].split("/")[0]

    # Only this jurist reads it, until somebody is let in.
    pagina.get_by_role("link", name="Wie mag dit lezen, en wie las het").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Wie mag dit lezen")
    pagina.get_by_label("Wie mag dit dossier ook lezen?").select_option(zaak.kabinet.gebruiker_uid)
    pagina.get_by_label("Waarom?", exact=True).fill("Besluit over de aanvraag.")
    pagina.get_by_role("button", name="Laten lezen").click()
    expect(pagina.locator("main")).to_contain_text("Besluit over de aanvraag.")
    assert keur(pagina) == []

    # Own investigation first; then the bureau, and the term to decide stands still.
    _stap(pagina, uid, "formulier_gevraagd", "Formulier gevraagd", verstuurd_op=begin.isoformat(), termijn="14d")
    dag = begin + timedelta(days=10)
    pagina = openen("/", dag)
    _stap(pagina, uid, "formulier_ontvangen", "Formulier volledig ontvangen", ontvangen_op=dag.isoformat())
    pagina.goto(f"/dossiers/{uid}/traject?stap=advies_gevraagd")
    expect(pagina.locator("main")).to_contain_text("Doe eerst eigen onderzoek")
    _onderzoek(pagina, uid)
    advies = {"gevraagd_op": dag.isoformat(), "ingelicht_op": dag.isoformat()}
    wie = "Advies gevraagd aan het Landelijk Bureau"
    _stap(pagina, uid, "advies_gevraagd", wie, **advies, reden="vragen", vraag="Waar komt het geld vandaan?")
    pagina.goto(f"/dossiers/{uid}/bibob")
    expect(pagina.locator("main")).to_contain_text("staat stil zolang het advies loopt")
    assert keur(pagina) == []
    dag += timedelta(days=30)
    pagina = openen("/", dag)
    _stap(pagina, uid, "advies_ontvangen", "Advies ontvangen", ontvangen_op=dag.isoformat(), oordeel="ernstig")

    # The outcome says what can be decided; refusing waits for the view of the applicant.
    pagina.goto(f"/dossiers/{uid}/bibob")
    expect(pagina.locator("main")).to_contain_text("Te gebruiken tot en met")
    pagina.get_by_text("Uitkomst vastleggen", exact=True).first.click()
    pagina.get_by_label("Ernstig gevaar").check()
    pagina.get_by_label("a: om voordeel uit strafbare feiten te benutten").check()
    pagina.get_by_label("Op welke feiten rust dit?").fill("De geldschieter is veroordeeld voor witwassen.")
    pagina.get_by_label("Ja, weigeren of intrekken is evenredig").check()
    pagina.get_by_label("Waarom wel of niet?").fill("Zonder dit geld is er geen onderneming.")
    pagina.get_by_role("button", name="Uitkomst vastleggen").click()
    expect(pagina.locator("main")).to_contain_text("Betrokkene moet eerst een zienswijze kunnen geven")
    _stap(pagina, uid, "beoordeeld", "Uitkomst vastgesteld", bibob_uitkomst="Er is ernstig gevaar.")
    _vul(
        pagina, uid, "voornemen", besluit="voorschriften", vergunning="118", verstuurd_op=dag.isoformat(), termijn="7d"
    )
    expect(pagina.locator("main")).to_contain_text("artikel 3 lid 7")
    voornemen = {"besluit": "weigeren", "vergunning": "De aangevraagde vergunning", "termijn": "7d"}
    _stap(pagina, uid, "voornemen", "Voornemen verstuurd", verstuurd_op=dag.isoformat(), **voornemen)
    dag += timedelta(days=10)
    pagina = openen("/", dag)
    _stap(pagina, uid, "zienswijze", "Zienswijze gegeven of termijn voorbij", gegeven="nee")

    # The named cabinet reads the investigation and agrees (its own desk has its own tests).
    sessie, nu = db.session(), datetime.combine(dag, time(13), TIJDZONE)
    dossier = sessie.scalars(select(Dossier)).one()
    for veld, tekst in TEKSTEN.items():
        operations.wijzig_tekst(sessie, zaak.jurist, nu, dossier, veld, tekst)
    operations.voeg_partij_toe(sessie, zaak.jurist, nu, dossier, "Gouden Lotus BV", "aanvrager", "00000107")
    voorleggen.leg_voor(sessie, zaak.jurist, nu, zaak.opslag, dossier)
    sessie.commit()
    kabinet = openen(f"/dossiers/{uid}/bibob", rol=Rol.KABINET)
    expect(kabinet.locator("main")).to_contain_text("veroordeeld voor witwassen")
    expect(kabinet.get_by_role("button", name="Uitkomst vastleggen")).to_have_count(0)
    for rol in (Rol.COORDINATOR, Rol.AUDITOR):
        vreemd = openen(f"/dossiers/{uid}/bibob", rol=rol)
        expect(vreemd.get_by_text("witwassen")).to_have_count(0)
    dossier = sessie.scalars(select(Dossier)).one()
    besluiten.keur_goed(sessie, zaak.kabinet, nu, zaak.opslag, dossier, dossier.stukken[-1].sha256, "Akkoord.")
    sessie.commit()

    pagina = openen("/", dag)
    _stap(pagina, uid, "geweigerd", "Besloten: weigeren of niet aangaan")
    bekend = {"bekend_op": dag.isoformat(), "wijze": "aangetekend", "bewijs": "3SABC123"}
    _stap(pagina, uid, "bekendgemaakt", "Bekendgemaakt aan betrokkene", **bekend)
    pagina.goto(f"/dossiers/{uid}/bibob")
    expect(pagina.locator("main")).to_contain_text("Beslistermijn: gedaan")
    _stap(pagina, uid, "afgerond", "Afgerond")

"""A last onder dwangsom from a finding to its lifting, as a jurist works through it over half a year."""

from datetime import date, datetime, time, timedelta

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from inspecties.core.klok import TIJDZONE, lokale_datum
from inspecties.database.basis import db
from inspecties.dossiers import besluiten, voorleggen
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_last import Last
from tests.browser.keuring import keur
from tests.browser.trajecten.conftest import Open, besloot
from tests.integration.dossiers.conftest import Zaak


def _neem_stap(pagina: Page, uid: object, naam: str, **velden: str) -> None:
    """Take one step of the track, as the page of the track asks it."""
    pagina.goto(f"/dossiers/{uid}/traject?stap={naam}")
    for veld, waarde in velden.items():
        vak = pagina.locator(f"[name='v_{veld}']")
        if waarde in {"ja", "nee"}:
            vak.and_(pagina.locator(f"[value='{waarde}']")).check()
        else:
            vak.fill(waarde)
    pagina.get_by_role("button", name="Stap vastleggen").click()


def _doe(pagina: Page, knop: str) -> None:
    """Open the form of one act and wait for it."""
    pagina.get_by_role("link", name=knop, exact=True).click()
    expect(pagina.get_by_role("heading", level=4, name=knop)).to_be_visible()


def _bewaar(pagina: Page, knop: str, melding: str) -> None:
    pagina.get_by_role("button", name=knop, exact=True).click()
    expect(pagina.locator("main")).to_contain_text(melding)


def _controleer(pagina: Page, dag: date, voldaan: bool) -> None:
    _doe(pagina, "Controle vastleggen")
    pagina.get_by_label("Dag van de controle").fill(dag.isoformat())
    pagina.get_by_label("Aan de last voldaan" if voldaan else "Niet aan de last voldaan", exact=True).check()
    pagina.get_by_label("Wat is gezien?").fill("Om 20.00 uur per kamer geteld.")
    _bewaar(pagina, "Controle vastleggen", "De controle is vastgelegd.")


def _vorder(pagina: Page, soort: str, dag: date, bedrag: str = "") -> None:
    _doe(pagina, "Betaling of invordering vastleggen")
    pagina.get_by_label("Wat is er gebeurd?").select_option(soort)
    pagina.get_by_label("Op welke dag?").fill(dag.isoformat())
    pagina.get_by_label("Betaald bedrag").fill(bedrag)
    _bewaar(pagina, "Betaling of invordering vastleggen", "Vastgelegd.")


def _rijen(pagina: Page) -> Locator:
    """The rows of what was forfeited."""
    return pagina.get_by_role("region", name="Lijst van dwangsommen").locator("tbody tr")


def test_dwangsom_van_bevinding_tot_opheffing(openen: Open, zaak: Zaak) -> None:
    dossier = zaak.dossier()
    uid, begin = dossier.uid, lokale_datum(zaak.wereld.nu)
    pad = f"/dossiers/{uid}/last"

    # The last: what is missing is said at its field, then it stands there.
    pagina = openen(pad)
    pagina.get_by_role("link", name="Last opstellen").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Last opstellen")
    pagina.get_by_label("Wat is de overtreding?").fill("Er wonen te veel mensen in de woning.")
    pagina.get_by_label("Welk voorschrift is overtreden?").fill("art. 22.16 omgevingsplan")
    pagina.get_by_label("Wat moet de overtreder doen?").fill("Laat hoogstens drie mensen in de woning wonen.")
    pagina.get_by_label("Begunstigingstermijn").fill("4w")
    pagina.get_by_label("Dwangsom: waarvoor?").select_option("per_week")
    pagina.get_by_label("Dwangsom: bedrag").fill("2.000")
    pagina.get_by_role("button", name="Last bewaren").click()
    expect(pagina.get_by_role("alert")).to_contain_text("zonder maximum klopt de last niet")
    pagina.get_by_label("Dwangsom: maximum").fill("3.000")
    pagina.get_by_role("button", name="Last bewaren").click()
    expect(pagina.locator("main")).to_contain_text("€ 2.000 per week, met een maximum van € 3.000")

    _bewaar(pagina, "Toevoegen aan het concept-besluit", "De last staat nu in het concept-besluit.")

    # The track says what was done with voornemen and zienswijze.
    _neem_stap(pagina, uid, "voornemen", verstuurd_op=begin.isoformat(), termijn="14d")
    expect(pagina.locator("main")).to_contain_text("Zienswijze afgerond")
    na = begin + timedelta(days=18)
    pagina = openen("/", na)
    _neem_stap(pagina, uid, "zienswijze", gegeven="nee")
    expect(pagina.locator("main")).to_contain_text("Last opgelegd")

    # The cabinet decides (its own screens have their own tests).
    sessie, nu = db.session(), datetime.combine(na, time(13), TIJDZONE)
    dossier = sessie.scalars(select(Dossier).where(Dossier.uid == uid)).one()
    voorleggen.leg_voor(sessie, zaak.jurist, nu, zaak.opslag, dossier)
    besluiten.keur_goed(sessie, zaak.kabinet, nu, zaak.opslag, dossier, dossier.stukken[-1].sha256, "Akkoord.")
    sessie.commit()

    pagina = openen(pad, na + timedelta(days=1))
    _doe(pagina, "Bekendmaking vastleggen")
    pagina.get_by_label("Dag van bekendmaking").fill((na + timedelta(days=1)).isoformat())
    pagina.get_by_label("Waar blijkt dat uit?").fill("Aangetekend, 3SDEMO0118")
    _bewaar(pagina, "Bekendmaking vastleggen", "De last is bekendgemaakt. De overtreder heeft tot en met")
    last = db.session.scalars(select(Last)).one()
    assert last.begunstiging is not None
    tot = last.begunstiging.einde_datum

    # A recheck is asked, and who plans finds it among the stops to choose.
    pagina = openen(pad)
    _doe(pagina, "Hercontrole vragen")
    pagina.get_by_label("Uiterlijk op welke dag?").fill((tot + timedelta(days=5)).isoformat())
    _bewaar(pagina, "Hercontrole vragen", "De planner ziet hem bij 'Hercontroles'")

    # The last day still belongs to the overtreder; a day later a dwangsom is forfeited, then the rest of the maximum.
    pagina = openen(pad, tot + timedelta(days=9))
    _controleer(pagina, tot, voldaan=False)
    expect(pagina.locator("main")).to_contain_text("Tot en met die dag kan geen dwangsom worden verbeurd")
    expect(_rijen(pagina)).to_have_count(0)
    _controleer(pagina, tot + timedelta(days=1), voldaan=False)
    _controleer(pagina, tot + timedelta(days=8), voldaan=False)
    rijen = _rijen(pagina)
    expect(rijen).to_have_count(2)
    expect(rijen.nth(1)).to_contain_text("€ 1.000")
    expect(pagina.locator("main")).to_contain_text("Verbeurd: € 3.000 van hoogstens € 3.000. Open: € 3.000.")
    assert keur(pagina) == []

    # Collected in order, paid, checked, lifted.
    later = tot + timedelta(days=70)
    pagina = openen(pad, later)
    expect(pagina.get_by_role("region", name="Lijst van dwangsommen")).to_contain_text("Betaaltermijn voorbij")
    # Collecting is a decision: without who took it the act waits, and nothing that was filled in is lost.
    _doe(pagina, "Betaling of invordering vastleggen")
    pagina.get_by_label("Wat is er gebeurd?").select_option("invorderingsbeschikking")
    pagina.get_by_label("Op welke dag?").fill(later.isoformat())
    pagina.get_by_role("button", name="Betaling of invordering vastleggen", exact=True).click()
    expect(pagina.get_by_role("alert")).to_contain_text("Leg eerst vast wie hierover besloot")
    expect(pagina.get_by_label("Op welke dag?")).to_have_value(later.isoformat())
    besloot(pagina, uid, zaak, "Invorderingsbeschikking: dwangsom 1 van", later)
    assert keur(pagina) == []
    pagina.goto(pad)
    _vorder(pagina, "invorderingsbeschikking", later)
    expect(_rijen(pagina).first).to_contain_text("Wordt ingevorderd")
    _vorder(pagina, "betaling", later, "2.000")
    expect(_rijen(pagina).first).to_contain_text("Betaald")
    _vorder(pagina, "betaling", later, "1.000")
    expect(pagina.locator("main")).to_contain_text("Open: € 0.")
    _controleer(pagina, later, voldaan=True)
    besloot(pagina, uid, zaak, "Opheffing: last onder dwangsom", later)
    pagina.goto(pad)
    _doe(pagina, "Last opheffen")
    pagina.get_by_label("Op verzoek, na een jaar zonder verbeurte").check()
    pagina.get_by_label("Dag van het besluit").fill(later.isoformat())
    pagina.get_by_label("Toelichting").fill("Het huis is leeg.")
    pagina.get_by_role("button", name="Last opheffen").click()
    expect(pagina.get_by_role("alert")).to_contain_text("een jaar van kracht is zonder dat een dwangsom is verbeurd")
    pagina.get_by_label("De overtreding is beëindigd").check()
    _bewaar(pagina, "Last opheffen", "De last is opgeheven.")

    _neem_stap(pagina, uid, "afgerond")
    expect(pagina.locator("main")).to_contain_text("Dit traject is afgelopen: afgerond.")

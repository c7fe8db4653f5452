"""A partner without an account proposes another time on a telephone; the planner takes it over."""

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from inspecties.acties.models_uitnodiging import Uitnodiging
from inspecties.acties.uitnodigingen import geheimlink
from inspecties.database.basis import db
from inspecties.dienst.toepassing import open_toepassing
from inspecties.post.links import maak_token
from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan
from tests.browser.keuring import overtredingen, te_breed

# The first start fills a year of demo data.
pytestmark = pytest.mark.timeout(600)


def link_uit_de_mail(demodienst: Demodienst) -> str:
    """The path in the mail to somebody who has not answered; the demo sends no mail."""
    with open_toepassing(data=demodienst.data, database_url=demodienst.database_url, demo=True) as app:
        rij = db.session.scalars(select(Uitnodiging).where(Uitnodiging.antwoord.is_(None))).first()
        assert rij is not None
        return f"/uitnodiging/{maak_token(app.extensions['sleutelbos'], geheimlink(rij))}"


def kijk_na(pagina: Page) -> None:
    assert te_breed(pagina) == 0
    assert overtredingen(pagina) == []


def test_een_andere_tijd_zonder_account(bladeraar: Browser, demodienst: Demodienst) -> None:
    context = bladeraar.new_context(
        base_url=demodienst.adres,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        service_workers="block",
        viewport={"width": 360, "height": 780},
        bypass_csp=True,  # only to run axe
    )
    context.set_default_timeout(GEDULD_MS)
    pagina = context.new_page()
    pad = link_uit_de_mail(demodienst)
    pagina.goto(pad)
    expect(pagina.get_by_role("heading", name="Doet u mee?")).to_be_visible()
    kijk_na(pagina)
    # With the keyboard only.
    pagina.get_by_role("button", name="Ik doe mee").press("Enter")
    expect(pagina.get_by_text("Uw antwoord is opgeslagen.")).to_be_visible()
    pagina.get_by_text("Ik kan op een andere tijd").press("Enter")
    pagina.get_by_label("Dag", exact=True).fill("2030-01-08")
    pagina.get_by_label("Van", exact=True).fill("18:00")
    pagina.get_by_label("Tot", exact=True).fill("22:00")
    pagina.get_by_role("button", name="Deze tijd voorstellen").press("Enter")
    # Years away: refused, with what was typed still there.
    expect(pagina.get_by_role("link", name="Kies een dag binnen een jaar")).to_be_visible()
    kijk_na(pagina)
    dag = pagina.evaluate("new Date(Date.now() + 20 * 864e5).toISOString().slice(0, 10)")
    pagina.get_by_label("Dag", exact=True).fill(dag)
    pagina.get_by_label("Opmerking").fill("Dan met zijn tweeën")
    pagina.get_by_role("button", name="Deze tijd voorstellen").press("Enter")
    expect(pagina.get_by_text("Stelt een andere tijd voor: ")).to_be_visible()
    meld_aan(pagina, demodienst, "coordinator")
    pagina.goto("/acties/uitnodigingen")
    kijk_na(pagina)
    pagina.get_by_role("link", name="Branchecontrole horeca").first.click()
    paneel = pagina.get_by_role("region", name="Uitnodigingen")
    expect(paneel.get_by_text("Dan met zijn tweeën")).to_be_visible()
    paneel.get_by_role("button", name="Tijd overnemen").last.press("Enter")
    expect(pagina.get_by_text("De dienst is verplaatst.")).to_be_visible()
    expect(paneel.get_by_text("doet mee")).to_be_visible()
    context.close()

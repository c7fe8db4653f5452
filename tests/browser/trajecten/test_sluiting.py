"""A closure on 174a from a finding to its lifting and reopening, as a jurist works through it in four months."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from playwright.sync_api import Page, expect
from sqlalchemy import select

from inspecties.core.klok import TIJDZONE, lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import besluiten, operations, toetsen, voorleggen
from inspecties.dossiers.models import Dossier, Voorstel
from inspecties.dossiers.rules.gevolgen import instrumenten
from inspecties.dossiers.toetsen import Ingezonden
from tests.browser.keuring import keur
from tests.browser.trajecten.conftest import besloot
from tests.integration.dossiers.conftest import TEKSTEN, Zaak

Open = Callable[..., Page]

# Answers that are chosen; all others are typed.
KEUZES = frozenset({"a", "lid2", "ja", "nee", "geen", "uitgereikt", "vastgesteld"})


def _maak(zaak: Zaak) -> UUID:
    """A closure with a finding, a party and a filled-in test, ready to submit."""
    sessie, nu, jurist = db.session(), zaak.wereld.nu, zaak.jurist
    basis = zaak.dossier(teksten=False, partij=False)
    grond = instrumenten()["victoria"].grondslag
    dossier = operations.maak_dossier(
        sessie, jurist, nu, "sluiting", grond, "Sluiting Kade", basis.locaties, basis.bezoeken, TEKSTEN
    )
    operations.voeg_partij_toe(sessie, jurist, nu, dossier, "Kade Beheer BV", "eigenaar", "01234567")
    sessie.scalars(select(Voorstel)).one().dossier_id = dossier.id
    toets = toetsen.toetsen()["victoria"]
    delen = {eis.code: Ingezonden(f"Feiten over {eis.code}.", "voldaan") for eis in toets.eisen}
    delen |= {p.code: Ingezonden(antwoord="nee" if p.stopt_bij == "ja" else "ja") for p in toets.poorten}
    toetsen.vul_in(sessie, jurist, nu, dossier, delen, {})
    sessie.commit()
    return dossier.uid


def _akkoord(zaak: Zaak, uid: UUID, dag: date) -> None:
    """The cabinet decides (its own screens have their own tests)."""
    sessie, nu = db.session(), datetime.combine(dag, time(11), TIJDZONE)
    dossier = sessie.scalars(select(Dossier).where(Dossier.uid == uid)).one()
    voorleggen.leg_voor(sessie, zaak.jurist, nu, zaak.opslag, dossier)
    besluiten.keur_goed(sessie, zaak.kabinet, nu, zaak.opslag, dossier, dossier.stukken[-1].sha256, "Akkoord.")
    sessie.commit()


def _vul(pagina: Page, **velden: str | date) -> None:
    """Fill in the form of a step and send it."""
    for naam, waarde in velden.items():
        vak = pagina.locator(f"[name='v_{naam}']")
        if waarde in KEUZES:
            vak.and_(pagina.locator(f"[value='{waarde}']")).check()
        else:
            vak.fill(waarde.isoformat() if isinstance(waarde, date) else waarde)
    pagina.get_by_role("button", name="Stap vastleggen").click()


def _staat_op(pagina: Page, naam: str) -> None:
    """The step was taken: the line says so."""
    expect(pagina.locator(".trajectlijn [aria-current=step]")).to_contain_text(naam)


def test_sluiting_van_bevinding_tot_heropening(openen: Open, zaak: Zaak) -> None:
    uid, begin = _maak(zaak), lokale_datum(zaak.wereld.nu)
    pad = f"/dossiers/{uid}/traject"

    # What is missing is said at its field; what was typed stays.
    pagina = openen(f"/dossiers/{uid}")
    pagina.get_by_role("link", name="Traject bijwerken").click()
    expect(pagina.get_by_role("heading", name="Volgende stap: toetsen en de grond kiezen")).to_be_visible()
    _vul(pagina, grond="lid2", verstoring="Vier incidenten op straat.")
    expect(pagina.get_by_role("alert")).to_contain_text("Welk pand van deze rechthebbende was eerder gesloten")
    expect(pagina.get_by_label("Waaruit blijkt de verstoring?")).to_have_value("Vier incidenten op straat.")
    _vul(pagina, grond="a", woning="nee", spoed="nee")
    _staat_op(pagina, "Getoetst en grond gekozen")

    _vul(pagina, verstuurd_op=begin, termijn="1w")
    _staat_op(pagina, "Voornemen verstuurd")
    expect(pagina.get_by_role("list", name="Termijnen die hiermee begonnen")).to_contain_text("Zienswijze")
    _vul(pagina, hoe="geen")
    expect(pagina.get_by_role("alert")).to_contain_text("De termijn voor een zienswijze loopt nog")
    besloten = begin + timedelta(days=12)
    pagina = openen(pad, besloten)
    _vul(pagina, hoe="geen")
    _staat_op(pagina, "Zienswijze verwerkt")
    pagina.get_by_role("link", name="Besluit vastleggen, zonder advies").click()
    expect(pagina.get_by_role("heading", name="Volgende stap: besluit vastleggen, zonder advies")).to_be_visible()
    expect(pagina.locator("main")).to_contain_text("Het kabinet heeft nog geen akkoord gegeven.")

    # The decision, its service with proof and never before the decision, its registration.
    _akkoord(zaak, uid, besloten)
    pagina = openen(f"{pad}?stap=besluit")
    dicht = besloten + timedelta(days=8)
    _vul(pagina, ingang=dicht, duur="4w", zelf_sluiten="ja", hersteltermijn="5d", kosten_aangezegd="ja")
    _staat_op(pagina, "Besluit genomen")
    _vul(pagina, datum=besloten - timedelta(days=1), wijze="uitgereikt", bewijs="Getekend voor ontvangst")
    expect(pagina.get_by_role("alert")).to_contain_text("ligt voor 'Besluit genomen'")
    _vul(pagina, datum=besloten, bewijs="")
    expect(pagina.get_by_role("alert")).to_contain_text("Zonder bewijs is het besluit niet bekendgemaakt.")
    _vul(pagina, bewijs="Getekend voor ontvangst")
    _staat_op(pagina, "Bekendgemaakt")
    _vul(pagina, ingeschreven_op=besloten, kenmerk="WKPB-7")
    _staat_op(pagina, "Ingeschreven als beperking")
    expect(pagina.locator("main")).to_contain_text("om er zelf een einde aan te maken loopt nog tot en met")
    assert keur(pagina) == []

    pagina = openen(pad, dicht)
    _vul(pagina, verzegeld_op=dicht, door="Slotenservice", bewoners="Niemand woonde er.", kosten="425,50")
    _staat_op(pagina, "Gesloten en verzegeld")
    expect(pagina.locator("main")).to_contain_text("€ 425,50")
    pagina.get_by_role("link", name="Bezwaar vastleggen").click()
    expect(pagina.get_by_role("heading", name="Stap: bezwaar vastleggen")).to_be_visible()
    _vul(pagina, ontvangen_op=dicht, commissie="nee")
    expect(pagina.get_by_role("region", name="Bezwaar en beroep")).to_contain_text("Bezwaar ontvangen")

    # Longer only with another approval, made known in time.
    pagina.goto(f"{pad}?stap=verlenging")
    pagina.get_by_text("Een nieuw besluit voorbereiden").click()
    pagina.get_by_label("Waarvoor is een nieuw besluit nodig?").fill("Verlengen: er is opnieuw gedreigd.")
    pagina.get_by_role("button", name="Teksten openen").click()
    expect(pagina.locator("main")).to_contain_text("U kunt de teksten aanpassen voor het nieuwe besluit.")
    verlengd = dicht + timedelta(days=20)
    _akkoord(zaak, uid, verlengd)
    pagina = openen(f"{pad}?stap=verlenging", verlengd)
    _vul(pagina, duur="2w", vrees="Opnieuw gedreigd.", datum=verlengd, wijze="uitgereikt", bewijs="Getekend")
    _staat_op(pagina, "Sluiting verlengd")
    pagina.goto(f"{pad}?stap=opheffing")
    expect(pagina.locator("main")).to_contain_text("De sluiting geldt nog tot en met")

    # Over, given back, closed.
    einde = dicht + timedelta(weeks=6)
    pagina = openen(f"{pad}?stap=opheffing", einde)
    _vul(pagina, opgeheven_op=einde)
    _staat_op(pagina, "Sluiting afgelopen")
    besloot(pagina, uid, zaak, "Besluit over de kosten van bestuursdwang: ", einde)
    pagina.goto(f"{pad}?stap=heropening")
    _vul(pagina, heropend_op=einde, doorgehaald_op=einde, kosten="vastgesteld", aan_wie="De eigenaar")
    expect(pagina.locator("main")).to_contain_text("Dit traject is afgelopen: heropend.")
    expect(pagina.get_by_text("Wet Victor: verhuur of beheer na een sluiting")).to_have_count(1)
    assert keur(pagina) == []

    lezer = openen(pad, rol=Rol.COORDINATOR)
    expect(lezer.get_by_role("region", name="Wat er is gedaan")).to_contain_text("Sluiting verlengd")
    expect(lezer.get_by_role("button", name="Stap vastleggen")).to_have_count(0)

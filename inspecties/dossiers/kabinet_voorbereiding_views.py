"""What a jurist prepares for the mayor, and a decision by telephone, each on a page of the dossier."""

from datetime import UTC, datetime, timedelta

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, InspectiesFout, OngeldigeInvoer
from inspecties.core.klok import TIJDZONE
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import kabinet_telefoon as telefoon
from inspecties.dossiers import kabinet_voorbereiding as voorbereiding
from inspecties.dossiers.kabinet_bevoegd import regel_voor, wie_besluiten
from inspecties.dossiers.kabinet_forms import AdviesForm, TelefoonForm, VoorbereidingForm
from inspecties.dossiers.kabinet_views import bp
from inspecties.dossiers.kabinet_voorbereiding import Adviesgegevens, Voorbereid, Voorbereidingsconflict
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_kabinet import Dossieradvies
from inspecties.dossiers.pagina import DOELEN
from inspecties.dossiers.panelen import Paneel
from inspecties.dossiers.rules.kabinet import LANGST_GELEDEN, STREKKINGEN, STREKKINGTONEN, TELEFOONUITKOMSTEN
from inspecties.dossiers.vervanging import mandaattabel
from inspecties.dossiers.werk import OPEN, leg_dossier_vast
from inspecties.gebruikers.bevestigen import VELD, bevestigd, eis_bevestiging
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

Antwoord = WerkzeugResponse | tuple[str, int]


def _toon_voorbereiding(
    uid: str,
    form: VoorbereidingForm | None = None,
    advies: AdviesForm | None = None,
    staat_er: Voorbereid | None = None,
    status: int = 200,
) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="voorbereiding")
    wat = voorbereiding.lees_voorbereiding(sessie, actor, dossier)
    if form is None:
        form = VoorbereidingForm(
            formdata=None, spoed_omdat=wat.spoed_omdat, kosten=wat.kosten, perslijn=wat.perslijn, versie=wat.versie
        )
    elif staat_er is not None:
        # The next attempt starts from what stands there now, which the page shows.
        form.versie.data, form.versie.raw_data = wat.versie, [str(wat.versie)]
    pagina = render_template(
        "dossiers/kabinet_voorbereiding.html",
        dossier=dossier,
        form=form,
        advies=advies or AdviesForm(formdata=None),
        wat=wat,
        staat_er=staat_er,
        open=dossier.toestand in OPEN,
        strekkingen=STREKKINGEN,
        strekkingtonen=STREKKINGTONEN,
    )
    sessie.commit()
    return pagina, status


@bp.get("/dossiers/<uuid:uid>/voorbereiding")
@vereist("dossiers.bewerken")
def voorbereid(uid: str) -> Antwoord:
    """Costs, press line, urgency and advice of one dossier."""
    return _toon_voorbereiding(uid)


@bp.post("/dossiers/<uuid:uid>/voorbereiding")
@vereist("dossiers.bewerken")
def bewaar(uid: str) -> Antwoord:
    """Store the three texts; what a colleague wrote meanwhile is shown beside them, never overwritten."""
    form, actor, sessie, nu = VoorbereidingForm(), huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    if not form.validate_on_submit():
        return _toon_voorbereiding(uid, form, status=422)
    teksten = [form.kosten.data or "", form.perslijn.data or "", form.spoed_omdat.data or ""]
    try:
        gewijzigd = voorbereiding.bewaar_voorbereiding(
            sessie, actor, nu, dossier, *teksten, versie=form.versie.data or 0
        )
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        staat_er = fout.staat_er if isinstance(fout, Voorbereidingsconflict) else None
        return _toon_voorbereiding(uid, form, staat_er=staat_er, status=fout.status)
    sessie.commit()
    flash("Bewaard." if gewijzigd else "Er was niets gewijzigd.", "succes")
    return redirect(url_for("bureau.voorbereid", uid=uid))


@bp.post("/dossiers/<uuid:uid>/adviezen")
@vereist("dossiers.bewerken")
def advies(uid: str) -> Antwoord:
    """Add advice."""
    form, actor, sessie, nu = AdviesForm(), huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    if not form.validate_on_submit():
        return _toon_voorbereiding(uid, advies=form, status=422)
    gegevens = Adviesgegevens(
        form.soort.data or "", form.van.data or "", form.op_datum.data, form.strekking.data or "", form.tekst.data or ""
    )
    try:
        voorbereiding.voeg_advies_toe(sessie, actor, nu, dossier, gegevens)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_voorbereiding(uid, advies=form, status=fout.status)
    sessie.commit()
    flash("Het advies staat in het dossier.", "succes")
    return redirect(url_for("bureau.voorbereid", uid=uid, _anchor="adviezen"))


@bp.post("/dossiers/<uuid:uid>/adviezen/<uuid:advies_uid>/weg")
@vereist("dossiers.bewerken")
def advies_weg(uid: str, advies_uid: str) -> Antwoord:
    """Take advice off."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = haal(sessie, actor, Dossieradvies, advies_uid, "Het advies")
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    if rij.dossier_id != dossier.id:
        raise OngeldigeInvoer("Dit advies hoort bij een ander dossier.")
    voorbereiding.haal_advies_weg(sessie, actor, nu, dossier, rij)
    sessie.commit()
    flash("Het advies is uit het dossier gehaald.", "succes")
    return redirect(url_for("bureau.voorbereid", uid=uid, _anchor="adviezen"))


def _toon_telefoon(uid: str, form: TelefoonForm, status: int = 200) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="telefoonbesluit")
    getypt = _moment(form)
    # Of a moment that cannot be right nobody can say who could decide then: the list is that of now.
    gebeld = getypt if getypt is not None and timedelta(0) <= nu - getypt <= LANGST_GELEDEN else nu
    kan = [(u, naam) for u, naam in wie_besluiten(sessie, actor, dossier, gebeld) if u != actor.gebruiker_uid]
    form.besloten_door.choices = keuzes(kan, "Kies")
    open_ = telefoon.openstaand(sessie, actor, dossier)
    pagina = render_template(
        "dossiers/kabinet_telefoon.html",
        dossier=dossier,
        form=form,
        bezwaar=telefoon.waarom_niet_vastleggen(sessie, actor, dossier),
        kan_nog=dossier.toestand in telefoon.TOESTANDEN and open_ is None,
        besluiten=telefoon.telefoonbesluiten(sessie, actor, dossier),
        uitkomsten=TELEFOONUITKOMSTEN,
        regel=regel_voor(dossier, gebeld),
        wie=mandaattabel().wie(regel_voor(dossier, gebeld)),
        vraag_wachtwoord=not bevestigd(sessie, actor, nu),
        wachtwoordveld=VELD,
    )
    sessie.commit()
    return pagina, status


def _moment(form: TelefoonForm) -> datetime | None:
    """The moment of the call on a Dutch clock, as UTC."""
    waarde: datetime | None = form.gebeld_op.data
    if waarde is None:
        return None
    try:
        return waarde.replace(tzinfo=TIJDZONE).astimezone(UTC)
    except OverflowError:
        # The first day of the calendar, which is a day earlier in UTC: as far away as it gets.
        return datetime.min.replace(tzinfo=UTC)


@bp.get("/dossiers/<uuid:uid>/telefoonbesluit")
@vereist("telefoonbesluiten.vastleggen")
def telefoonbesluit(uid: str) -> Antwoord:
    """What was decided by telephone, and the form to write it down."""
    return _toon_telefoon(uid, TelefoonForm(formdata=None))


@bp.post("/dossiers/<uuid:uid>/telefoonbesluit")
@vereist("telefoonbesluiten.vastleggen")
def leg_telefoonbesluit_vast(uid: str) -> Antwoord:
    """Write down a decision by telephone, after proving once more who writes it."""
    form, actor, sessie, nu = TelefoonForm(), huidige_actor(), db.session(), klok().nu()
    haal(sessie, actor, Dossier, uid, "Het dossier")
    if not form.validate_on_submit():
        return _toon_telefoon(uid, form, 422)
    gebeld = telefoon.Gebeld(
        form.besloten_door.data or "",
        _moment(form),
        form.uitkomst.data or "",
        form.gezegd.data or "",
        form.spoed_omdat.data or "",
    )
    try:
        eis_bevestiging(sessie, actor, nu, request.form.get(VELD, ""))
        sessie.commit()
        dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
        telefoon.leg_telefoonbesluit_vast(sessie, actor, nu, dossier, gebeld)
    except (OngeldigeInvoer, Conflict, GeenRecht) as fout:
        return _niet_vastgelegd(uid, form, fout)
    sessie.commit()
    flash("Vastgelegd. Wie besloot, moet het nu op papier zetten: die termijn loopt.", "succes")
    return redirect(url_for("bureau.telefoonbesluit", uid=uid))


def _niet_vastgelegd(uid: str, form: TelefoonForm, fout: InspectiesFout) -> tuple[str, int]:
    db.session.rollback()
    form.meld_fout(fout.veld, fout.melding)
    return _toon_telefoon(uid, form, fout.status)


def paneel_voorbereiding(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> Paneel | None:
    """For who writes the dossier: what the mayor gets besides the case."""
    del nu
    if not rol_mag(actor.rol, "dossiers.bewerken"):
        return None
    wat = voorbereiding.lees_voorbereiding(sessie, actor, dossier)
    leeg = [naam for naam, tekst in (("kosten", wat.kosten), ("perslijn", wat.perslijn)) if not tekst]
    aantal = len(wat.adviezen)
    regels = [(f"{aantal} {'advies' if aantal == 1 else 'adviezen'} van politie, OM of een ander", "")]
    if leeg:
        regels.append((f"Nog leeg: {' en '.join(leeg)}", "let-op"))
    if wat.spoed_omdat:
        regels.append(("Spoed", "fout"))
    url = url_for("bureau.voorbereid", uid=dossier.uid)
    return Paneel("voorbereiding", "Voor het kabinet", tuple(regels), url, "Kosten, pers en adviezen")


def paneel_telefoon(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> Paneel | None:
    """For who may write it down, and for everybody as long as a telephone decision does not stand on paper."""
    del nu
    if not rol_mag(actor.rol, telefoon.RECHT):
        return None
    open_ = telefoon.openstaand(sessie, actor, dossier)
    if open_ is None and dossier.toestand not in telefoon.TOESTANDEN:
        return None
    regels: tuple[tuple[str, str], ...] = (("Alleen bij spoed, als het besluit niet op papier kan wachten.", ""),)
    if open_ is not None:
        regels = (
            (f"{TELEFOONUITKOMSTEN[open_.uitkomst]} aan de telefoon: {open_.besloten_door.naam}", ""),
            (f"Nog op papier, uiterlijk {open_.looptermijn.einde_datum:%d-%m-%Y}", "let-op"),
        )
    url = url_for("bureau.telefoonbesluit", uid=dossier.uid)
    knop = "Bekijken" if open_ is not None else "Telefonisch besluit vastleggen"
    return Paneel("telefoonbesluit", "Besluit per telefoon", regels, url, knop)

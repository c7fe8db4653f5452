"""What a jurist does with a dossier: texts, parties, evidence, term, submitting, taking back, closing."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.controles.models import Bewijsstuk
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.inhoudshash import inhoudshash
from inspecties.database import db, haal
from inspecties.dossiers import operations, plaatsen, voorleggen
from inspecties.dossiers.beeld import lees_beeld
from inspecties.dossiers.forms import (
    AfsluitForm,
    BewijsForm,
    PartijForm,
    RedenForm,
    TekstForm,
    TermijnForm,
    TerughaalForm,
    VoorlegForm,
)
from inspecties.dossiers.models import Belanghebbende, Dossier, Dossierbewijs, Voorstel
from inspecties.dossiers.pagina import DOELEN, opslag, toon_dossier
from inspecties.dossiers.rules.gevolgen import instrument_bij
from inspecties.dossiers.rules.teksten import VELDEN, concept
from inspecties.dossiers.views import bp
from inspecties.dossiers.werk import OPEN, leg_dossier_vast
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok, vereist

Antwoord = WerkzeugResponse | tuple[str, int]


def _dossier(uid: str) -> Dossier:
    return haal(db.session(), huidige_actor(), Dossier, uid, "Het dossier")


def _voer_uit(uid: str, naam: str, form: Formulier, doe: Callable[[Dossier], object], melding: str) -> Antwoord:
    """Run one act on a dossier; the page comes back with what was typed when it does not pass."""
    dossier = _dossier(uid)
    if not form.validate_on_submit():
        return toon_dossier(uid, 422, {naam: form})
    try:
        doe(dossier)
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return toon_dossier(uid, fout.status, {naam: form})
    db.session.commit()
    flash(melding, "succes")
    return redirect(url_for("dossiers.dossier", uid=uid))


def _toon_tekst(uid: str, veld: str, form: TekstForm | None = None, status: int = 200, staat_er: str = "") -> Antwoord:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = _dossier(uid)
    if veld not in VELDEN:
        raise NietGevonden("Dit onderdeel van een dossier bestaat niet.")
    if dossier.toestand not in OPEN:
        raise Conflict("Dit dossier ligt vast. Haal het eerst terug als er iets moet veranderen.")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel=veld)
    tekst: str = getattr(dossier, veld)
    beeld = lees_beeld(sessie, actor, dossier)
    instrument = instrument_bij(dossier.soort, dossier.grondslag)
    voorzet = concept(veld, beeld.waarnemingen, dossier.grondslag, instrument.bevoegd if instrument else "")
    if form is None:
        form = TekstForm(formdata=None, tekst=tekst or voorzet, gezien=inhoudshash(tekst))
    elif staat_er:
        # The next attempt starts from what stands there now, which the page shows (also where that is nothing).
        form.gezien.data = inhoudshash(tekst)
    form.tekst.label.text = VELDEN[veld].titel
    form.tekst.description = VELDEN[veld].vraag
    pagina = render_template(
        "dossiers/tekst.html",
        dossier=dossier,
        veld=VELDEN[veld],
        form=form,
        is_voorzet=not tekst and bool(voorzet) and not form.errors,
        staat_er=staat_er,
        beeld=beeld,
    )
    db.session.commit()
    return pagina, status


@bp.get("/dossiers/<uuid:uid>/tekst/<veld>")
@vereist("dossiers.bewerken")
def tekst(uid: str, veld: str) -> Antwoord:
    """Write one text, starting from a draft where it is empty."""
    return _toon_tekst(uid, veld)


@bp.post("/dossiers/<uuid:uid>/tekst/<veld>")
@vereist("dossiers.bewerken")
def bewaar_tekst(uid: str, veld: str) -> Antwoord:
    """Store one text; what somebody else wrote in between is shown, never overwritten."""
    form = TekstForm()
    dossier = _dossier(uid)
    if not form.validate_on_submit():
        return _toon_tekst(uid, veld, form, 422)
    gezien = form.gezien.data or ""
    try:
        operations.wijzig_tekst(
            db.session(), huidige_actor(), klok().nu(), dossier, veld, form.tekst.data or "", gezien
        )
    except operations.TekstConflict as fout:
        db.session.rollback()
        form.meld_fout("tekst", fout.melding)
        return _toon_tekst(uid, veld, form, fout.status, fout.staat_er or "(leeg)")
    except OngeldigeInvoer as fout:
        db.session.rollback()
        form.meld_fout("tekst", fout.melding)
        return _toon_tekst(uid, veld, form, fout.status)
    db.session.commit()
    flash(f"'{VELDEN[veld].titel}' is bewaard.", "succes")
    return redirect(url_for("dossiers.dossier", uid=uid, _anchor=veld))


@bp.post("/dossiers/<uuid:uid>/partijen")
@vereist("dossiers.bewerken")
def voeg_partij_toe(uid: str) -> Antwoord:
    """Name a party."""
    form = PartijForm()
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()

    def doe(dossier: Dossier) -> None:
        operations.voeg_partij_toe(
            sessie, actor, nu, dossier, form.naam.data, form.rol.data, form.kvk.data or "", form.adres.data or ""
        )

    return _voer_uit(uid, "partij", form, doe, "De belanghebbende staat in het dossier.")


@bp.post("/dossiers/<uuid:uid>/partijen/<uuid:partij_uid>/verwijderen")
@vereist("dossiers.bewerken")
def verwijder_partij(uid: str, partij_uid: str) -> Antwoord:
    """Take a party off the dossier."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = _dossier(uid)
    partij = haal(sessie, actor, Belanghebbende, partij_uid, "De belanghebbende")
    operations.verwijder_partij(sessie, actor, nu, dossier, partij)
    db.session.commit()
    flash("De belanghebbende is uit het dossier gehaald.", "succes")
    return redirect(url_for("dossiers.dossier", uid=uid, _anchor="partijen"))


@bp.post("/dossiers/<uuid:uid>/bewijs")
@vereist("dossiers.bewerken")
def voeg_bewijs_toe(uid: str) -> Antwoord:
    """Put evidence of a visit on the list, or describe it."""
    form = BewijsForm()
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = _dossier(uid)
    if not form.validate_on_submit():
        raise OngeldigeInvoer("Kies een bewijsstuk en wat het is.", "bewijsstuk")
    stuk = haal(sessie, actor, Bewijsstuk, form.bewijsstuk.data, "Het bewijsstuk")
    operations.voeg_bewijs_toe(sessie, actor, nu, dossier, stuk, form.omschrijving.data or "", form.aard.data)
    db.session.commit()
    flash("De bewijslijst is bijgewerkt.", "succes")
    return redirect(url_for("dossiers.dossier", uid=uid, _anchor="bewijs"))


@bp.post("/dossiers/<uuid:uid>/bewijs/<uuid:rij_uid>/verwijderen")
@vereist("dossiers.bewerken")
def verwijder_bewijs(uid: str, rij_uid: str) -> Antwoord:
    """Take evidence off the list that was put there by hand."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = _dossier(uid)
    operations.verwijder_bewijs(
        sessie, actor, nu, dossier, haal(sessie, actor, Dossierbewijs, rij_uid, "Het bewijsstuk")
    )
    db.session.commit()
    flash("De bewijslijst is bijgewerkt.", "succes")
    return redirect(url_for("dossiers.dossier", uid=uid, _anchor="bewijs"))


@bp.post("/dossiers/<uuid:uid>/termijn")
@vereist("dossiers.bewerken")
def stel_termijn(uid: str) -> Antwoord:
    """Set the day before which has to be decided."""
    form = TermijnForm()
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()

    def doe(dossier: Dossier) -> None:
        operations.stel_termijn(
            sessie, actor, nu, dossier, form.beslissen_voor.data, form.omdat.data or "", form.gezien.data
        )

    return _voer_uit(uid, "termijn", form, doe, "De termijn is bewaard.")


@bp.post("/dossiers/<uuid:uid>/voorstellen/<uuid:voorstel_uid>/uithalen")
@vereist("dossiers.bewerken")
def haal_voorstel_uit(uid: str, voorstel_uid: str) -> Antwoord:
    """Take a finding out of the dossier, with a reason."""
    form = RedenForm()
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = _dossier(uid)
    rij = haal(sessie, actor, Voorstel, voorstel_uid, "De bevinding")
    if not form.validate_on_submit():
        raise OngeldigeInvoer("De reden is te lang.", "reden")
    plaatsen.haal_weg(sessie, actor, nu, rij, dossier, form.reden.data or "")
    db.session.commit()
    flash("De bevinding is uit het dossier gehaald.", "succes")
    return redirect(url_for("dossiers.dossier", uid=uid, _anchor="bevindingen"))


@bp.post("/dossiers/<uuid:uid>/voorleggen")
@vereist("dossiers.bewerken")
def leg_voor(uid: str) -> Antwoord:
    """Submit to the cabinet; the document is frozen."""
    form = VoorlegForm()
    actor, nu = huidige_actor(), klok().nu()
    # Copies of photos first, in a transaction of their own, and then the document, outside any: they take longest.
    dossier = _dossier(uid)
    voorleggen.maak_kopieen(db.session(), actor, nu, opslag(), lees_beeld(db.session(), actor, dossier))
    db.session.commit()
    gedrukt: voorleggen.Gedrukt | None = None
    toelichting = form.toelichting.data or ""
    try:
        werk = voorleggen.bereid_voor(db.session(), actor, nu, opslag(), _dossier(uid), toelichting)
    except (Conflict, OngeldigeInvoer):
        # The act itself says what is wrong, on the page.
        db.session.rollback()
    else:
        db.session.rollback()
        gedrukt = voorleggen.Gedrukt(werk.hash, werk.druk())

    def doe(dossier: Dossier) -> None:
        voorleggen.leg_voor(db.session(), actor, nu, opslag(), dossier, toelichting, gedrukt)

    return _voer_uit(uid, "voorleg", form, doe, "Het dossier ligt bij het kabinet. Het document ligt vast.")


@bp.post("/dossiers/<uuid:uid>/terughalen")
@vereist("dossiers.bewerken")
def haal_terug(uid: str) -> Antwoord:
    """Take a submitted dossier back."""
    form = TerughaalForm()
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()

    def doe(dossier: Dossier) -> None:
        operations.haal_terug(sessie, actor, nu, dossier, form.reden.data or "")

    return _voer_uit(uid, "terughaal", form, doe, "Het dossier is teruggehaald. U kunt er weer aan werken.")


@bp.post("/dossiers/<uuid:uid>/afsluiten")
@vereist("dossiers.bewerken")
def sluit_af(uid: str) -> Antwoord:
    """Close a dossier."""
    form = AfsluitForm()
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()

    def doe(dossier: Dossier) -> None:
        operations.sluit_af(sessie, actor, nu, dossier, form.reden.data or "")

    return _voer_uit(uid, "afsluit", form, doe, "Het dossier is afgesloten.")

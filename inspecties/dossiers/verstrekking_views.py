"""Pages on passing something on: from a dossier or a proposal, what went out, and the answers that are expected."""

import json
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.operations import leg_vast
from inspecties.controles.models import Bevinding
from inspecties.core.fouten import Conflict, InspectiesFout, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import verstrekkingen
from inspecties.dossiers.bewijs_views import bestandsantwoord, lees_dossier
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_verstrekking import Verstrekking
from inspecties.dossiers.pagina import DOELEN, opslag
from inspecties.dossiers.rules.gevolgen import gevolg_van
from inspecties.dossiers.rules.verstrekking import (
    FEITSOORTEN,
    Keuze,
    Ontvanger,
    mag_verstrekken,
    ontvanger_bij,
    ontvangers_voor,
    passend,
)
from inspecties.dossiers.rules.wachten import termijn
from inspecties.dossiers.verstrekking_forms import AfzienForm, AntwoordForm, DoorzetForm
from inspecties.signalen.rules.meldroute import WIJZEN
from inspecties.termijnen.rules.duur import Duur, tel_op
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("doorzetten", __name__)

Antwoord = WerkzeugResponse | tuple[str, int]
PER_PAGINA = 25


def _rijen(zaak: Dossier) -> list[Verstrekking]:
    opdracht = verstrekkingen.verstrekkingen(huidige_actor()).where(Verstrekking.dossier_id == zaak.id)
    return list(db.session.scalars(opdracht))


@bp.get("/dossiers/<uuid:uid>/doorzetten")
@vereist("dossiers.lezen")
def lijst(uid: str) -> str:
    """What was passed on from a dossier."""
    dossier = lees_dossier(uid, "doorzetten")
    vandaag = lokale_datum(klok().nu())
    rijen = _rijen(dossier)
    pagina = render_template(
        "dossiers/verstrekking_lijst.html",
        dossier=dossier,
        rijen=rijen,
        duur={r.id: termijn(r.antwoord_voor, vandaag) for r in rijen if r.wacht},
        ontvangers=ontvangers_voor(dossier.soort),
        mag=rol_mag(huidige_actor().rol, "dossiers.bewerken"),
    )
    db.session.commit()
    return pagina


@bp.get("/verstrekkingen")
@vereist("dossiers.lezen")
def alle() -> str:
    """Everything that was passed on, as far as this reader may see it; what waits for an answer first."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    opdracht = verstrekkingen.verstrekkingen(actor)
    if wacht := request.args.get("wacht") == "1":
        opdracht = (
            opdracht.where(
                Verstrekking.antwoord_voor.is_not(None), Verstrekking.antwoord_op.is_(None), Verstrekking.afgezien == ""
            )
            .order_by(None)
            .order_by(Verstrekking.antwoord_voor, Verstrekking.id)
        )
    totaal = sessie.scalar(select(func.count()).select_from(opdracht.order_by(None).options().subquery())) or 0
    paginas = max(1, -(-totaal // PER_PAGINA))
    blad = min(max(1, request.args.get("pagina", 1, int)), paginas)
    rijen = list(sessie.scalars(opdracht.limit(PER_PAGINA).offset((blad - 1) * PER_PAGINA)))
    leg_vast(
        sessie, actor, nu, "verstrekkingen_gelezen", "gemeente", str(actor.gemeente_id),
        gegevens={"doel": DOELEN[actor.rol], "verstrekkingen": [str(r.uid) for r in rijen]},
    )  # fmt: skip
    vandaag = lokale_datum(nu)
    uit = render_template(
        "dossiers/verstrekkingen.html",
        rijen=rijen,
        duur={r.id: termijn(r.antwoord_voor, vandaag) for r in rijen if r.wacht},
        wacht=wacht,
        totaal=totaal,
        pagina=blad,
        paginas=paginas,
    )
    db.session.commit()
    return uit


def _zaak(uid: str, soort: str) -> verstrekkingen.Zaak:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    if soort == "dossier":
        return lees_dossier(uid, "doorzetten")
    bevinding = haal(sessie, actor, Bevinding, uid, "Het voorstel")
    doel = "doorzetten van een bevinding"
    leg_vast(sessie, actor, nu, "voorstel_gelezen", "bevinding", bevinding.uid, bevinding.grondslag, {"doel": doel})
    return bevinding


def _voorzet(ontvanger: Ontvanger, grond: str) -> DoorzetForm:
    form = DoorzetForm(formdata=None)
    form.ontvanger.data, form.grond.data = ontvanger.code, grond
    form.organisatie.data, form.functie.data = ontvanger.naam, ontvanger.functie
    if ontvanger.antwoord:
        form.antwoord_voor.data = tel_op(lokale_datum(klok().nu()), Duur.lees(ontvanger.antwoord))
    if ontvanger.waarvoor:
        form.doel.data = ontvanger.waarvoor[:1].upper() + ontvanger.waarvoor[1:] + "."
    return form


def _toon(
    uid: str,
    soort: str,
    form: DoorzetForm | None = None,
    gekozen: tuple[str, ...] = (),
    voorbeeld: verstrekkingen.Voorbeeld | None = None,
    fout: str = "",
    status: int = 200,
) -> Antwoord:
    actor, sessie = huidige_actor(), db.session()
    zaak = _zaak(uid, soort)
    kan = ontvangers_voor(verstrekkingen.soort_van(zaak))
    bij = ontvanger_bij(zaak.gevolg) if isinstance(zaak, Bevinding) else ""
    wie = (form.ontvanger.data if form else request.args.get("ontvanger", "")) or bij
    ontvanger = next((o for o in kan if o.code == wie), None)
    grond = None
    feiten = verstrekkingen.feiten_van(sessie, actor, zaak) if ontvanger is not None else []
    if ontvanger is not None:
        welke = form.grond.data if form else request.args.get("grond", "")
        grond = next((g for g in ontvanger.gronden if g.code == welke), ontvanger.gronden[0])
        if form is None:
            form = _voorzet(ontvanger, grond.code)
    passen = passend(feiten, ontvanger, grond) if ontvanger is not None and grond is not None else []
    pagina = render_template(
        "dossiers/verstrekking_nieuw.html",
        zaak=zaak,
        dossier=zaak if isinstance(zaak, Dossier) else None,
        bevinding=zaak if isinstance(zaak, Bevinding) else None,
        gevolg=gevolg_van(zaak.gevolg) if isinstance(zaak, Bevinding) else None,
        ontvangers=kan,
        ontvanger=ontvanger,
        grond=grond,
        form=form,
        groepen=[(naam, [f for f in passen if f.soort == code]) for code, naam in FEITSOORTEN.items()],
        niet_mee=len(feiten) - len(passen),
        gekozen=set(gekozen),
        voorbeeld=voorbeeld,
        wijzen=WIJZEN,
        fout=fout,
    )
    db.session.commit()
    return pagina, status


def _keuze(form: DoorzetForm) -> Keuze:
    return Keuze(
        form.ontvanger.data or "",
        form.grond.data or "",
        form.organisatie.data or "",
        form.functie.data or "",
        form.wijze.data or "",
        form.doel.data or "",
        tuple(request.form.getlist("feiten")),
        form.antwoord_voor.data,
        form.gezien.data or "",
    )


def _doe(uid: str, soort: str) -> Antwoord:
    """Show what would go out, or send it as it was shown."""
    form = DoorzetForm()
    gekozen = tuple(request.form.getlist("feiten"))
    if not form.validate_on_submit():
        return _toon(uid, soort, form, gekozen, status=422)
    actor, sessie, nu, keuze = huidige_actor(), db.session(), klok().nu(), _keuze(form)
    zaak = _zaak(uid, soort)
    try:
        # Outside the list of art. 28 nothing at all is looked up.
        mag_verstrekken(verstrekkingen.soort_van(zaak), keuze.ontvanger)
        werken = verstrekkingen.te_tekenen(sessie, actor, nu, opslag(), zaak, keuze)
        # The reading stands; drawing a hundred pages takes a while, and SQLite has one writer.
        db.session.commit()
        getekend = {een.redactie_id: een.druk() for een in werken}
        werk = verstrekkingen.bereid(sessie, actor, nu, opslag(), zaak, keuze, getekend)
        # The copies that were made are kept; the document is made outside a transaction.
        db.session.commit()
        if request.form.get("actie") != "doorzetten":
            form.gezien.data, form.gezien.raw_data = werk.hash, [werk.hash]
            return _toon(uid, soort, form, gekozen, werk)
        gedrukt = (werk.hash, werk.druk())
        zaak = _zaak(uid, soort)
        rij = verstrekkingen.verstrek(sessie, actor, nu, opslag(), zaak, keuze, gedrukt)
        doel, naam = rij.uid, rij.organisatie
        db.session.commit()
    except (OngeldigeInvoer, Conflict) as fout:
        return _mislukt(uid, soort, form, gekozen, fout)
    flash(f"Doorgezet aan {naam}. Dit ligt vast. Verstuur het document nu zelf.", "succes")
    return redirect(url_for("doorzetten.toon", uid=doel))


def _mislukt(uid: str, soort: str, form: DoorzetForm, gekozen: tuple[str, ...], fout: InspectiesFout) -> Antwoord:
    db.session.rollback()
    los = fout.melding if fout.veld in {None, "feiten", "ontvanger", "grond"} else ""
    if not los:
        form.meld_fout(fout.veld, fout.melding)
    return _toon(uid, soort, form, gekozen, fout=los, status=fout.status)


@bp.get("/dossiers/<uuid:uid>/doorzetten/nieuw")
@vereist("dossiers.bewerken")
def nieuw(uid: str) -> Antwoord:
    """Choose to whom and what, from a dossier."""
    return _toon(uid, "dossier")


@bp.post("/dossiers/<uuid:uid>/doorzetten/nieuw")
@vereist("dossiers.bewerken")
def verstrek(uid: str) -> Antwoord:
    """Preview or pass on, from a dossier."""
    return _doe(uid, "dossier")


@bp.get("/voorstellen/<uuid:uid>/doorzetten")
@vereist("voorstellen.beoordelen")
def voorstel(uid: str) -> Antwoord:
    """Choose to whom and what, from a proposal that was taken over."""
    return _toon(uid, "voorstel")


@bp.post("/voorstellen/<uuid:uid>/doorzetten")
@vereist("voorstellen.beoordelen")
def verstrek_voorstel(uid: str) -> Antwoord:
    """Preview or pass on, from a proposal."""
    return _doe(uid, "voorstel")


def _lees(uid: str) -> Verstrekking:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = haal(sessie, actor, Verstrekking, uid, "De verstrekking")
    if rij.dossier is not None:
        lees_dossier(str(rij.dossier.uid), "verstrekking")
    verstrekkingen.lees_vast(sessie, actor, nu, rij)
    return rij


def _toon_een(uid: str, status: int = 200, **anders: Any) -> Antwoord:
    actor, vandaag = huidige_actor(), lokale_datum(klok().nu())
    rij = _lees(uid)
    mag = rol_mag(actor.rol, "dossiers.bewerken" if rij.dossier_id is not None else "voorstellen.beoordelen")
    formulieren = {
        "antwoord": AntwoordForm(formdata=None, op=vandaag),
        "afzien": AfzienForm(formdata=None),
    } | anders
    for form in formulieren.values():
        # The next attempt starts from what stands there now.
        form.versie.data, form.versie.raw_data = rij.versie, [str(rij.versie)]
    pagina = render_template(
        "dossiers/verstrekking.html",
        rij=rij,
        dossier=rij.dossier,
        wijzen=WIJZEN,
        groepen=[(naam, [f for f in rij.feiten if f["soort"] == code]) for code, naam in FEITSOORTEN.items()],
        duur=termijn(rij.antwoord_voor, vandaag) if rij.wacht else None,
        mag=mag and rij.antwoord_op is None and not rij.afgezien,
        forms=formulieren,
    )
    db.session.commit()
    return pagina, status


@bp.get("/verstrekkingen/<uuid:uid>")
@vereist("dossiers.lezen")
def toon(uid: str) -> Antwoord:
    """One disclosure: exactly what went out, and the answer."""
    return _toon_een(uid)


@bp.get("/verstrekkingen/<uuid:uid>/document.pdf")
@vereist("dossiers.lezen", bevestigd=True)
def pdf(uid: str) -> Response:
    """The frozen document."""
    rij = _lees(uid)
    inhoud = verstrekkingen.lees_pdf(db.session(), huidige_actor(), opslag(), rij.sha256)
    naam = f"verstrekking-{rij.ontvanger}-{rij.verstrekt_op:%Y%m%d}"
    db.session.commit()
    return bestandsantwoord(inhoud, "application/pdf", naam, tonen=True)


@bp.get("/verstrekkingen/<uuid:uid>/gegevens.json")
@vereist("dossiers.lezen", bevestigd=True)
def gegevens(uid: str) -> Response:
    """The frozen facts, for a machine."""
    rij = _lees(uid)
    inhoud = {
        "ontvanger": {"code": rij.ontvanger, "organisatie": rij.organisatie, "functie": rij.functie},
        "grondslag": rij.grondslag,
        "doel": rij.doel,
        "verstrekt_op": rij.verstrekt_op.isoformat(),
        "feiten": rij.feiten,
        "bijlagen": rij.bijlagen,
        "document_sha256": rij.sha256,
        "inhoud_sha256": rij.inhoud_hash,
    }
    db.session.commit()
    return Response(json.dumps(inhoud, ensure_ascii=False, indent=2), mimetype="application/json")


@bp.get("/verstrekkingen/<uuid:uid>/bijlagen/<int:nr>")
@vereist("dossiers.lezen", bevestigd=True)
def bijlage(uid: str, nr: int) -> Response:
    """A file as it went with it: the copy of that moment, by its hash."""
    rij = _lees(uid)
    if not 1 <= nr <= len(rij.bijlagen):
        raise NietGevonden("Deze bijlage bestaat niet.")
    een = rij.bijlagen[nr - 1]
    inhoud = verstrekkingen.lees_pdf(db.session(), huidige_actor(), opslag(), een["sha256"])
    db.session.commit()
    return bestandsantwoord(inhoud, een["mediatype"], f"bijlage-{nr}", tonen=True)


@bp.post("/verstrekkingen/<uuid:uid>/antwoord")
@vereist("voorstellen.beoordelen")
def antwoord(uid: str) -> Antwoord:
    """What the recipient answered."""
    form = AntwoordForm()
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = haal(sessie, actor, Verstrekking, uid, "De verstrekking")
    if not form.validate_on_submit():
        return _toon_een(uid, 422, antwoord=form)
    try:
        verstrekkingen.leg_antwoord_vast(
            sessie, actor, nu, rij, form.antwoord.data or "", form.op.data, versie=form.versie.data
        )
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_een(uid, fout.status, antwoord=form)
    db.session.commit()
    flash("Het antwoord is vastgelegd.", "succes")
    return redirect(url_for("doorzetten.toon", uid=uid))


@bp.post("/verstrekkingen/<uuid:uid>/afzien")
@vereist("voorstellen.beoordelen")
def afzien(uid: str) -> Antwoord:
    """No answer is expected any more, with the reason."""
    form = AfzienForm()
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = haal(sessie, actor, Verstrekking, uid, "De verstrekking")
    if not form.validate_on_submit():
        return _toon_een(uid, 422, afzien=form)
    try:
        verstrekkingen.zie_af(sessie, actor, nu, rij, form.reden.data or "", versie=form.versie.data)
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_een(uid, fout.status, afzien=form)
    db.session.commit()
    flash("U wacht niet langer op antwoord.", "succes")
    return redirect(url_for("doorzetten.toon", uid=uid))

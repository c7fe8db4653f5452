"""Pages of doubles: compare two locations, merge them, take it back, split one, correct its place; and the history."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, InspectiesFout
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.locaties import geschiedenis as historie
from inspecties.locaties import operations, queries, samenvoegen, splitsen
from inspecties.locaties.formulier import lees_formulier, van_locatie, zet_fout
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_geschiedenis import Samenvoeging
from inspecties.locaties.rules.samenvoegen import AANLEIDINGEN, KEUZENAMEN, VELDNAMEN, voorstel
from inspecties.locaties.rules.status import STATUSNAMEN
from inspecties.locaties.samenvoegen_forms import (
    GeschiedenisForm,
    LosForm,
    SamenvoegForm,
    SplitsForm,
    VerplaatsForm,
    ZoekForm,
    maak_samenvoegform,
)
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("samenvoegen", __name__)

Pagina = str | Response | tuple[str, int]
# What says something about the old location only, and does not hold for the new one by itself.
_NIET_MEE = {"notitie": "", "capaciteit": "", "personen_brp": ""}


def _locatie(uid: UUID, naam: str = "De locatie") -> tuple[Session, Actor, Risicolocatie]:
    actor, sessie = huidige_actor(), db.session()
    return sessie, actor, haal(sessie, actor, Risicolocatie, uid, naam)


@bp.get("/locaties/<uuid:uid>/geschiedenis")
@vereist("locaties.lezen")
def geschiedenis(uid: UUID) -> str:
    """Every change of a location with who, when and why. Old values may say something: worth an audit line."""
    sessie, actor, locatie = _locatie(uid)
    leg_vast(sessie, actor, klok().nu(), "locatiegeschiedenis_gelezen", "risicolocatie", locatie.uid)
    form = GeschiedenisForm(request.args)
    veld, door, aanleiding = (request.args.get(naam, "") for naam in ("veld", "door", "aanleiding"))
    filter_ = historie.Filter(
        veld if veld in {*VELDNAMEN, "samen"} else "", door[:40], aanleiding if aanleiding in AANLEIDINGEN else ""
    )
    blad = historie.lees_geschiedenis(sessie, actor, locatie, filter_, request.args.get("pagina", 1, type=int))
    form.door.choices = keuzes(blad.wie, "Iedereen")
    pagina = render_template(
        "locaties/geschiedenis.html",
        locatie=locatie,
        blad=blad,
        form=form,
        gefilterd=filter_ != historie.Filter(),
        opgenomen=historie.opgenomen(sessie, actor, locatie),
        mag_los=rol_mag(actor.rol, "locaties.samenvoegen"),
    )
    sessie.commit()
    return pagina


@bp.get("/locaties/<uuid:uid>/samenvoegen")
@vereist("locaties.samenvoegen", alleen_lezen=True)
def zoek(uid: UUID) -> str:
    """Which other location is the same place: what looks like it, and a search."""
    sessie, actor, locatie = _locatie(uid)
    tekst = " ".join((request.args.get("zoek") or "").replace("\x00", "").split())[:100]
    return render_template(
        "locaties/samenvoegen_zoek.html",
        locatie=locatie,
        kandidaten=samenvoegen.kandidaten(sessie, actor, locatie),
        gevonden=samenvoegen.zoek_andere(sessie, actor, locatie, tekst) if tekst else [],
        tekst=tekst,
        form=ZoekForm(request.args),
    )


def _getoond(locatie: Risicolocatie, veld: str) -> str:
    """A choice as people read it."""
    gewoon = {
        "naam": locatie.naam,
        "type": locatie.locatietype.naam,
        "adres": f"{locatie.adresregel} {locatie.postcode} {locatie.woonplaats}".strip() if locatie.straat else "",
        "punt": f"{locatie.x:.0f}, {locatie.y:.0f}",
        "status": STATUSNAMEN[locatie.status],
    }
    waarde = gewoon[veld] if veld in gewoon else getattr(locatie, veld)
    return "" if waarde is None else str(waarde)


def _vergelijk(sessie: Session, form: SamenvoegForm, winnaar: Risicolocatie, verliezer: Risicolocatie) -> str:
    kanten = [(rij, samenvoegen.inhoud_in_woorden(sessie, rij)) for rij in (winnaar, verliezer)]
    return render_template(
        "locaties/samenvoegen.html", form=form, winnaar=winnaar, verliezer=verliezer, kanten=kanten, velden=KEUZENAMEN
    )


@bp.route("/locaties/<uuid:uid>/samenvoegen/<uuid:ander_uid>", methods=["GET", "POST"])
@vereist("locaties.samenvoegen")
def vergelijk(uid: UUID, ander_uid: UUID) -> Pagina:
    """Two locations side by side; the first stays."""
    sessie, actor, winnaar = _locatie(uid)
    verliezer = haal(sessie, actor, Risicolocatie, ander_uid, "De andere locatie")
    oud, ander = samenvoegen.waarden_van(winnaar), samenvoegen.waarden_van(verliezer)
    tonen = [(veld, _getoond(winnaar, veld), _getoond(verliezer, veld)) for veld in KEUZENAMEN]
    gezien = (winnaar.gewijzigd_op.isoformat(), verliezer.gewijzigd_op.isoformat())
    form = maak_samenvoegform(tonen, voorstel(oud, ander), gezien)
    if request.method == "GET":
        return _vergelijk(sessie, form, winnaar, verliezer)
    if not form.validate_on_submit():
        return _vergelijk(sessie, form, winnaar, verliezer), 422
    gezien_door = (form.gezien_winnaar.data or "", form.gezien_verliezer.data or "")
    try:
        samenvoegen.voeg_samen(
            sessie, actor, klok().nu(), winnaar, verliezer, gezien_door, form.keuzes(), form.reden.data or ""
        )
    except InspectiesFout as fout:
        sessie.rollback()
        form.meld_fout(f"veld_{fout.veld}" if fout.veld in KEUZENAMEN else fout.veld, fout.melding)
        return _vergelijk(sessie, form, winnaar, verliezer), fout.status
    sessie.commit()
    flash(f"'{verliezer.naam}' is opgegaan in deze locatie. U kunt dat bij de geschiedenis ongedaan maken.", "succes")
    return redirect(url_for("locaties.toon", uid=uid), 303)


@bp.route("/locaties/<uuid:uid>/losmaken/<uuid:samen_uid>", methods=["GET", "POST"])
@vereist("locaties.samenvoegen")
def losmaken(uid: UUID, samen_uid: UUID) -> Pagina:
    """Take a merge back."""
    sessie, actor, locatie = _locatie(uid)
    samen = haal(sessie, actor, Samenvoeging, samen_uid, "De samenvoeging")
    form = LosForm()
    status = 200
    if request.method == "POST" and form.validate_on_submit():
        try:
            samenvoegen.maak_ongedaan(sessie, actor, klok().nu(), samen, form.reden.data or "")
        except InspectiesFout as fout:
            sessie.rollback()
            form.meld_fout(fout.veld, fout.melding)
            status = fout.status
        else:
            sessie.commit()
            flash("De samenvoeging is ongedaan gemaakt. Beide locaties staan er weer.", "succes")
            return redirect(url_for("locaties.toon", uid=uid), 303)
    elif request.method == "POST":
        status = 422
    return render_template("locaties/samenvoegen_los.html", form=form, samen=samen, locatie=locatie), status


@bp.route("/locaties/<uuid:uid>/verplaatsen", methods=["GET", "POST"])
@vereist("locaties.samenvoegen")
def verplaatsen(uid: UUID) -> Pagina:
    """Correct the address or the point, with a reason; the old place stays in the history."""
    sessie, actor, locatie = _locatie(uid)
    form = VerplaatsForm(data=van_locatie(locatie))
    typen = queries.typen_van(sessie, actor)
    form.type.choices = keuzes((t.code, t.naam) for t in typen)
    sjabloon = "locaties/verplaatsen.html"
    if request.method == "GET":
        return render_template(sjabloon, form=form, locatie=locatie)
    feiten = lees_formulier(sessie, actor, form, typen, locatie)
    if feiten is None:
        return render_template(sjabloon, form=form, locatie=locatie), 422
    try:
        anders = operations.wijzig_locatie(
            sessie,
            actor,
            klok().nu(),
            locatie,
            form.gezien_op.data or "",
            reden=(form.reden.data or "").strip(),
            aanleiding="verplaatsing",
            **feiten,
        )
    except InspectiesFout as fout:
        return _met_fout(sessie, form, fout, sjabloon, locatie=locatie)
    sessie.commit()
    flash(
        "De plek is aangepast. De oude plek staat in de geschiedenis." if anders else "Er was niets anders.", "succes"
    )
    return redirect(url_for("locaties.toon", uid=uid), 303)


@bp.route("/locaties/<uuid:uid>/splitsen", methods=["GET", "POST"])
@vereist("locaties.samenvoegen")
def splits(uid: UUID) -> Pagina:
    """One location becomes two; choose what goes to the new one."""
    sessie, actor, locatie = _locatie(uid)
    form = SplitsForm(data={**van_locatie(locatie), **_NIET_MEE, "bron": f"Gesplitst van {locatie.naam}"[:120]})
    form.gezien_bron.data = form.gezien_bron.data or locatie.gewijzigd_op.isoformat()
    form.zet_rijen(splitsen.rijen_van(sessie, locatie))
    typen = queries.typen_in_gebruik(sessie, actor, locatie.locatietype)
    form.type.choices = keuzes((t.code, t.naam) for t in typen)
    sjabloon = "locaties/splitsen.html"
    if request.method == "GET":
        return render_template(sjabloon, form=form, locatie=locatie)
    feiten = lees_formulier(sessie, actor, form, typen)
    if feiten is None:
        return render_template(sjabloon, form=form, locatie=locatie), 422
    try:
        deel = splitsen.splits(
            sessie,
            actor,
            klok().nu(),
            locatie,
            form.gezien_bron.data,
            form.rijen.data or [],
            form.reden.data or "",
            feiten,
        )
    except InspectiesFout as fout:
        return _met_fout(sessie, form, fout, sjabloon, locatie=locatie)
    sessie.commit()
    flash(f"'{deel.nieuw.naam}' is een eigen locatie. Kijk na of alles op de juiste plek staat.", "succes")
    return redirect(url_for("locaties.toon", uid=deel.nieuw.uid), 303)


def _met_fout(sessie: Session, form: Any, fout: InspectiesFout, sjabloon: str, **waarden: Any) -> tuple[str, int]:
    sessie.rollback()
    if isinstance(fout, Conflict) and fout.veld is None:
        form.meld_fout(None, fout.melding)
    else:
        zet_fout(form, fout.veld or "straat", fout.melding)
    return render_template(sjabloon, form=form, **waarden), fout.status

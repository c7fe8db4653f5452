"""Pages of the address file: what there is, upload, report, confirm."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy import func
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database import db, haal, select_voor
from inspecties.locaties import adresimport
from inspecties.locaties.adres_forms import AdresimportForm
from inspecties.locaties.models import Adres
from inspecties.locaties.models_adressen import Adresimport, Adresproef
from inspecties.locaties.rules.verslag import MAX_BEWAARD
from inspecties.locaties.uitvoer_bestanden import schrijf_csv
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("adressen", __name__, url_prefix="/locaties/adressen")

# A page answers within seconds; larger files go through the command.
MAX_RIJEN_PAGINA = 150_000
MAX_OP_SCHERM = 200


def _pagina(sessie: Session, actor: Actor, form: AdresimportForm) -> str:
    eerdere = sessie.scalars(
        select_voor(actor, Adresimport).order_by(Adresimport.gedaan_op.desc(), Adresimport.id.desc()).limit(10)
    ).all()
    aantal = sessie.scalar(select_voor(actor, Adres).with_only_columns(func.count()))
    return render_template(
        "locaties/adressen.html", form=form, eerdere=eerdere, aantal=aantal, max_rijen=MAX_RIJEN_PAGINA
    )


@bp.route("", methods=["GET", "POST"])
@vereist("adressen.importeren")
def bestand() -> str | WerkzeugResponse | tuple[str, int]:
    """Choose a file; it is checked first and nothing is stored yet."""
    actor, sessie = huidige_actor(), db.session()
    form = AdresimportForm()
    if request.method == "GET":
        return _pagina(sessie, actor, form)
    if not form.validate_on_submit():
        return _pagina(sessie, actor, form), 422
    naam, inhoud = form.bestand.data.filename or "", form.bestand.data.read()
    try:
        beoordeling = adresimport.beoordeel(
            sessie, actor, naam, inhoud, deel=form.deel.data, max_rijen=MAX_RIJEN_PAGINA
        )
    except OngeldigeInvoer as fout:
        sessie.rollback()
        form.meld_fout("bestand", fout.melding)
        return _pagina(sessie, actor, form), 422
    proef = adresimport.bewaar_proef(sessie, actor, klok().nu(), beoordeling, inhoud)
    sessie.commit()
    return redirect(url_for("adressen.verslag", uid=proef.uid), 303)


@bp.get("/<uuid:uid>")
@vereist("adressen.importeren", alleen_lezen=True)
def verslag(uid: str) -> str:
    """The report of one file, row by row."""
    proef = haal(db.session(), huidige_actor(), Adresproef, uid, "Het verslag")
    return render_template(
        "locaties/adresverslag.html",
        proef=proef,
        verslag=proef.verslag,
        mag_opslaan=proef.inhoud is not None,
        op_scherm=MAX_OP_SCHERM,
        bewaard=MAX_BEWAARD,
    )


@bp.get("/<uuid:uid>/fouten.csv")
@vereist("adressen.importeren", alleen_lezen=True)
def fouten(uid: str) -> Response:
    """The errors of one file as CSV, to work through in Excel."""
    proef = haal(db.session(), huidige_actor(), Adresproef, uid, "Het verslag")
    rijen = [(f["rij"], f["kolom"], f["melding"]) for f in proef.verslag["fouten"]]
    antwoord = Response(schrijf_csv(("rij", "kolom", "wat is er mis"), rijen), content_type="text/csv; charset=utf-8")
    antwoord.headers["Content-Disposition"] = 'attachment; filename="fouten.csv"'
    return antwoord


@bp.post("/<uuid:uid>/bevestigen")
@vereist("adressen.importeren")
def bevestigen(uid: str) -> WerkzeugResponse:
    """Store the file of a report."""
    actor, sessie = huidige_actor(), db.session()
    proef = haal(sessie, actor, Adresproef, uid, "Het verslag")
    try:
        adresimport.bevestig_proef(sessie, actor, klok().nu(), proef, MAX_RIJEN_PAGINA)
    except Conflict as fout:
        sessie.rollback()
        flash(fout.melding, "fout")
        return redirect(url_for("adressen.bestand"), 303)
    sessie.commit()
    return redirect(url_for("adressen.verslag", uid=uid), 303)

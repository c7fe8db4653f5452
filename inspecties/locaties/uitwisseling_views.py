"""Pages of import and export: upload, report, confirm; files out."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal, select_voor
from inspecties.locaties import importeren, queries
from inspecties.locaties.filters import lees_filter
from inspecties.locaties.forms import ImportForm
from inspecties.locaties.formulier import zet_fout
from inspecties.locaties.models import Importproef, Locatieimport
from inspecties.locaties.rules.verslag import MAX_BEWAARD
from inspecties.locaties.uitvoer import FORMATEN, exporteer, schrijf_csv
from inspecties.locaties.voorbeeld import voorbeeldbestand
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("locatiebestanden", __name__, url_prefix="/locaties")

# A page answers within seconds; larger files go through the command.
MAX_RIJEN_PAGINA = 20_000
MAX_OP_SCHERM = 200


def _importpagina(sessie: Session, actor: Actor, form: ImportForm) -> str:
    eerdere = sessie.scalars(
        select_voor(actor, Locatieimport).order_by(Locatieimport.gedaan_op.desc(), Locatieimport.id.desc()).limit(10)
    ).all()
    typen = queries.typen_van(sessie, actor)
    return render_template(
        "locaties/importeren.html", form=form, eerdere=eerdere, typen=typen, max_rijen=MAX_RIJEN_PAGINA
    )


@bp.route("/importeren", methods=["GET", "POST"])
@vereist("locaties.importeren")
def importpagina() -> str | WerkzeugResponse | tuple[str, int]:
    """Choose a file; it is checked first and nothing is stored yet."""
    actor, sessie = huidige_actor(), db.session()
    form = ImportForm()
    if request.method == "GET":
        return _importpagina(sessie, actor, form)
    if not form.validate_on_submit():
        return _importpagina(sessie, actor, form), 422
    naam, inhoud = form.bestand.data.filename or "", form.bestand.data.read()
    try:
        beoordeling = importeren.beoordeel(sessie, actor, naam, inhoud, deel=form.deel.data, max_rijen=MAX_RIJEN_PAGINA)
    except OngeldigeInvoer as fout:
        sessie.rollback()
        zet_fout(form, "bestand", fout.melding)
        return _importpagina(sessie, actor, form), 422
    proef = importeren.bewaar_proef(sessie, actor, klok().nu(), beoordeling, inhoud)
    sessie.commit()
    return redirect(url_for("locatiebestanden.verslag", uid=proef.uid), 303)


@bp.get("/importeren/<uuid:uid>")
@vereist("locaties.importeren", alleen_lezen=True)
def verslag(uid: str) -> str:
    """The report of one file, row by row."""
    actor, sessie = huidige_actor(), db.session()
    proef = haal(sessie, actor, Importproef, uid, "Het verslag")
    typen = {t.code: t.naam for t in queries.typen_van(sessie, actor)}
    return render_template(
        "locaties/verslag.html",
        proef=proef,
        verslag=proef.verslag,
        typen=typen,
        mag_opslaan=proef.inhoud is not None,
        op_scherm=MAX_OP_SCHERM,
        bewaard=MAX_BEWAARD,
    )


@bp.get("/importeren/<uuid:uid>/fouten.csv")
@vereist("locaties.importeren", alleen_lezen=True)
def fouten(uid: str) -> Response:
    """The errors of one file as CSV, to work through in Excel."""
    proef = haal(db.session(), huidige_actor(), Importproef, uid, "Het verslag")
    rijen = [(f["rij"], f["kolom"], f["melding"]) for f in proef.verslag["fouten"]]
    return _bestand(schrijf_csv(("rij", "kolom", "wat is er mis"), rijen), "csv", "fouten.csv")


@bp.post("/importeren/<uuid:uid>/bevestigen")
@vereist("locaties.importeren")
def bevestigen(uid: str) -> WerkzeugResponse:
    """Store the file of a report."""
    actor, sessie = huidige_actor(), db.session()
    proef = haal(sessie, actor, Importproef, uid, "Het verslag")
    try:
        importeren.bevestig_proef(sessie, actor, klok().nu(), proef, MAX_RIJEN_PAGINA)
    except Conflict as fout:
        sessie.rollback()
        flash(fout.melding, "fout")
        return redirect(url_for("locatiebestanden.importpagina"), 303)
    sessie.commit()
    return redirect(url_for("locatiebestanden.verslag", uid=uid), 303)


@bp.get("/importeren/voorbeeld.<formaat>")
@vereist("locaties.importeren", alleen_lezen=True)
def voorbeeld(formaat: str) -> Response:
    """A small file that imports as it is."""
    if formaat not in {"csv", "xlsx"}:
        raise NietGevonden("Er is een voorbeeld als .csv en als .xlsx.")
    inhoud = voorbeeldbestand(db.session(), huidige_actor(), formaat)
    return _bestand(inhoud, formaat, f"voorbeeld-locaties.{formaat}")


def _bestand(inhoud: bytes, formaat: str, naam: str) -> Response:
    antwoord = Response(inhoud, content_type=FORMATEN[formaat])
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{naam}"'
    return antwoord


@bp.get("/export")
@vereist("locaties.exporteren")
def export() -> Response:
    """The filtered list as a file. It leaves the system, so it is logged."""
    formaat = request.args.get("formaat", "csv")
    if formaat not in FORMATEN:
        raise OngeldigeInvoer(f"Kies een formaat uit: {', '.join(FORMATEN)}.", "formaat")
    actor, nu = huidige_actor(), klok().nu()
    inhoud = exporteer(db.session(), actor, nu, formaat, lees_filter(request.args, nu))
    db.session.commit()
    return _bestand(inhoud, formaat, f"locaties-{lokale_datum(nu).isoformat()}.{formaat}")

"""Pages of import and export: upload, columns, report, confirm; files out."""

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal, select_voor
from inspecties.locaties import importeren_proef, kolomkeuze, queries
from inspecties.locaties.filters import lees_filter
from inspecties.locaties.formulier import zet_fout
from inspecties.locaties.importeren_forms import ImportForm, KolommenForm, kolommenformulier
from inspecties.locaties.inlezen import bekijk_bestand
from inspecties.locaties.models import Importproef, Locatieimport
from inspecties.locaties.models_import import Kolomkeuze
from inspecties.locaties.rules.importrij_kolommen import (
    SOORTEN,
    Kolombeeld,
    Leeswijze,
    fout_in_keuze,
    is_duidelijk,
)
from inspecties.locaties.rules.verslag import MAX_BEWAARD
from inspecties.locaties.uitvoer import FORMATEN, exporteer, tijdelijk_bestand
from inspecties.locaties.uitvoer import SOORTEN as UITVOERSOORTEN
from inspecties.locaties.uitvoer_bestanden import Stroom, schrijf_csv
from inspecties.locaties.voorbeeld import voorbeeldbestand
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("locatiebestanden", __name__, url_prefix="/locaties")

# A page answers within seconds; larger files go through the command.
MAX_RIJEN_PAGINA = 20_000
MAX_OP_SCHERM = 200
Pagina = str | WerkzeugResponse | tuple[str, int]


def _importpagina(sessie: Session, actor: Actor, form: ImportForm) -> str:
    eerdere = sessie.scalars(
        select_voor(actor, Locatieimport).order_by(Locatieimport.gedaan_op.desc(), Locatieimport.id.desc()).limit(10)
    ).all()
    return render_template(
        "locaties/importeren.html",
        form=form,
        eerdere=eerdere,
        typen=queries.typen_van(sessie, actor),
        bronnen=kolomkeuze.bronnen(sessie, actor),
        soorten=SOORTEN,
        max_rijen=MAX_RIJEN_PAGINA,
    )


@bp.route("/importeren", methods=["GET", "POST"])
@vereist("locaties.importeren")
def importpagina() -> Pagina:
    """Choose a file; it is checked first and nothing is stored yet."""
    actor, sessie = huidige_actor(), db.session()
    form = ImportForm()
    if request.method == "GET":
        return _importpagina(sessie, actor, form)
    if not form.validate_on_submit():
        return _importpagina(sessie, actor, form), 422
    try:
        proef = _neem_aan(sessie, actor, form)
    except OngeldigeInvoer as fout:
        sessie.rollback()
        zet_fout(form, "bestand", fout.melding)
        return _importpagina(sessie, actor, form), 422
    sessie.commit()
    volgende = "kolommen" if proef.verslag.get("wacht_op") else "verslag"
    return redirect(url_for(f"locatiebestanden.{volgende}", uid=proef.uid), 303)


def _neem_aan(sessie: Session, actor: Actor, form: ImportForm) -> Importproef:
    """Keep the file, checked where it is clear what its columns mean. Raises OngeldigeInvoer."""
    nu = klok().nu()
    naam, inhoud = form.bestand.data.filename or "", form.bestand.data.read()
    soort = SOORTEN[form.soort.data]
    kolommen = bekijk_bestand(naam, inhoud, soort, {})
    koppen = [k.kop for k in kolommen]
    keuze = kolomkeuze.zoek_keuze(sessie, actor, soort.code, form.bron.data or "", koppen)
    wijze = Leeswijze(
        soort.code,
        deel=form.deel.data,
        bijwerken=form.bestaand.data == "bijwerken" and soort.code == "locaties",
        bron=keuze.bron if keuze else kolomkeuze.netjes(form.bron.data or ""),
        toewijzing=keuze.toewijzing if keuze else None,
        onthouden_op=lokale_datum(keuze.gewijzigd_op) if keuze else None,
    )
    duidelijk = is_duidelijk(koppen, soort, wijze.toewijzing) and not form.zelf_kiezen.data
    # With too few columns there is nothing to choose: reading the file says what is missing.
    if duidelijk or (len(koppen) < soort.minimum and not _is_kaartlaag(naam)):
        beoordeling = importeren_proef.beoordeel(sessie, actor, nu, naam, inhoud, wijze, MAX_RIJEN_PAGINA)
        proef = importeren_proef.bewaar_bestand(sessie, actor, nu, naam, inhoud, wijze)
        importeren_proef.zet_verslag(sessie, proef, beoordeling)
        return proef
    return importeren_proef.bewaar_bestand(sessie, actor, nu, naam, inhoud, wijze)


def _is_kaartlaag(naam: str) -> bool:
    return naam.lower().endswith((".geojson", ".json", ".gpkg"))


def _wacht(proef: Importproef) -> bytes:
    return importeren_proef.bestand_van(proef, klok().nu())


def _naar_begin(fout: Conflict) -> WerkzeugResponse:
    db.session.rollback()
    flash(fout.melding, "fout")
    return redirect(url_for("locatiebestanden.importpagina"), 303)


@bp.route("/importeren/<uuid:uid>/kolommen", methods=["GET", "POST"])
@vereist("locaties.importeren")
def kolommen(uid: str) -> Pagina:
    """What each column of the file means, with some of its values."""
    actor, sessie = huidige_actor(), db.session()
    proef = haal(sessie, actor, Importproef, uid, "Het verslag")
    try:
        inhoud = _wacht(proef)
    except Conflict as fout:
        return _naar_begin(fout)
    wijze = importeren_proef.wijze_van(proef)
    soort = wijze.importsoort
    onthouden = wijze.toewijzing
    if onthouden is None:
        keuze = kolomkeuze.zoek_keuze(sessie, actor, soort.code, wijze.bron, ()) if wijze.bron else None
        onthouden = keuze.toewijzing if keuze else {}
    beelden = bekijk_bestand(proef.bestandsnaam, inhoud, soort, onthouden)
    form = kolommenformulier(beelden, soort, wijze.bron)
    if request.method == "POST" and form.validate_on_submit():
        gekozen = {beeld.kop: form[f"k{i}"].data for i, beeld in enumerate(beelden)}
        gelukt = _lees_met_keuze(sessie, actor, proef, inhoud, form, gekozen, beelden)
        if gelukt:
            return redirect(url_for("locatiebestanden.verslag", uid=uid), 303)
    pagina = render_template("locaties/kolommen.html", proef=proef, form=form, beelden=beelden, soort=soort)
    return (pagina, 422) if form.errors else pagina


def _lees_met_keuze(
    sessie: Session,
    actor: Actor,
    proef: Importproef,
    inhoud: bytes,
    form: KolommenForm,
    gekozen: dict[str, str],
    beelden: list[Kolombeeld],
) -> bool:
    """Check the file with the chosen columns and remember them; False with a message on the form where it can't be."""
    nu, soort = klok().nu(), importeren_proef.wijze_van(proef).importsoort
    fout = fout_in_keuze(gekozen, soort)
    if fout is not None:
        plaats = next((i for i, b in enumerate(beelden) if b.kop == fout[0]), None)
        form.meld_fout(None if plaats is None else f"k{plaats}", fout[1])
        return False
    bron = kolomkeuze.netjes(form.bron.data or "")
    try:
        wijze = importeren_proef.wijze_van(proef, toewijzing=gekozen, bron=bron)
        beoordeling = importeren_proef.beoordeel(sessie, actor, nu, proef.bestandsnaam, inhoud, wijze, MAX_RIJEN_PAGINA)
    except OngeldigeInvoer as melding:
        form.meld_fout(None, melding.melding)
        return False
    if bron:
        kolomkeuze.onthoud(sessie, actor, nu, soort.code, bron, gekozen)
    importeren_proef.zet_verslag(sessie, proef, beoordeling)
    sessie.commit()
    return True


@bp.get("/importeren/<uuid:uid>")
@vereist("locaties.importeren", alleen_lezen=True)
def verslag(uid: str) -> Pagina:
    """The report of one file, row by row."""
    actor, sessie = huidige_actor(), db.session()
    proef = haal(sessie, actor, Importproef, uid, "Het verslag")
    if proef.verslag.get("wacht_op"):
        return redirect(url_for("locatiebestanden.kolommen", uid=uid), 303)
    onthouden = proef.verslag.get("onthouden_op")
    return render_template(
        "locaties/verslag.html",
        proef=proef,
        verslag=proef.verslag,
        soort=importeren_proef.wijze_van(proef).importsoort,
        onthouden=date.fromisoformat(onthouden) if onthouden else None,
        typen={t.code: t.naam for t in queries.typen_van(sessie, actor)},
        mag_opslaan=proef.inhoud is not None,
        op_scherm=MAX_OP_SCHERM,
        bewaard=MAX_BEWAARD,
    )


@bp.get("/importeren/<uuid:uid>/fouten.csv")
@vereist("locaties.importeren", alleen_lezen=True)
def fouten(uid: str) -> Response:
    """The errors of one file as CSV, to work through in Excel."""
    proef = haal(db.session(), huidige_actor(), Importproef, uid, "Het verslag")
    rijen = [(f["rij"], f["kolom"], f["melding"]) for f in proef.verslag.get("fouten", ())]
    return _bestand(schrijf_csv(("rij", "kolom", "wat is er mis"), rijen), "csv", "fouten.csv")


@bp.post("/importeren/<uuid:uid>/bevestigen")
@vereist("locaties.importeren")
def bevestigen(uid: str) -> WerkzeugResponse:
    """Store the file of a report."""
    actor, sessie = huidige_actor(), db.session()
    proef = haal(sessie, actor, Importproef, uid, "Het verslag")
    try:
        importeren_proef.bevestig(sessie, actor, klok().nu(), proef, MAX_RIJEN_PAGINA)
    except Conflict as fout:
        return _naar_begin(fout)
    sessie.commit()
    return redirect(url_for("locatiebestanden.verslag", uid=uid), 303)


@bp.post("/importeren/bronnen/<uuid:uid>/vergeten")
@vereist("locaties.importeren")
def vergeten(uid: str) -> WerkzeugResponse:
    """Forget what the columns of a source mean."""
    actor, sessie = huidige_actor(), db.session()
    keuze = haal(sessie, actor, Kolomkeuze, uid, "De bron")
    naam = keuze.bron
    kolomkeuze.vergeet(sessie, actor, klok().nu(), keuze)
    sessie.commit()
    flash(f"De kolommen van '{naam}' worden niet meer onthouden.", "succes")
    return redirect(url_for("locatiebestanden.importpagina"), 303)


@bp.get("/importeren/voorbeeld.<formaat>")
@vereist("locaties.importeren", alleen_lezen=True)
def voorbeeld(formaat: str) -> Response:
    """A small file that imports as it is."""
    if formaat not in {"csv", "xlsx"}:
        raise NietGevonden("Er is een voorbeeld als .csv en als .xlsx.")
    inhoud = voorbeeldbestand(db.session(), huidige_actor(), formaat)
    return _bestand(inhoud, formaat, f"voorbeeld-locaties.{formaat}")


def _bestand(inhoud: bytes | Stroom, formaat: str, naam: str) -> Response:
    antwoord = Response(inhoud, content_type=FORMATEN[formaat])
    if isinstance(inhoud, Stroom):
        antwoord.content_length = inhoud.omvang
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{naam}"'
    return antwoord


@bp.get("/export")
@vereist("locaties.exporteren")
def export() -> Response:
    """The filtered list as a file. It leaves the system, so it is logged."""
    formaat, soort = request.args.get("formaat", "csv"), request.args.get("soort", "locaties")
    if formaat not in FORMATEN:
        raise OngeldigeInvoer(f"Kies een formaat uit: {', '.join(FORMATEN)}.", "formaat")
    if soort not in UITVOERSOORTEN:
        raise OngeldigeInvoer(f"Kies wat u wilt bewaren uit: {', '.join(UITVOERSOORTEN)}.", "soort")
    actor, nu = huidige_actor(), klok().nu()
    filter_ = lees_filter(request.args, nu)
    with tijdelijk_bestand(formaat) as pad:
        exporteer(db.session(), actor, nu, formaat, filter_, pad, soort)
        inhoud = Stroom(pad)
    # Only after the audit line is there does the file leave; it is sent in pieces from the disk.
    db.session.commit()
    return _bestand(inhoud, formaat, f"{soort}-{lokale_datum(nu).isoformat()}.{formaat}")

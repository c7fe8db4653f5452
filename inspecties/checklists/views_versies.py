"""One version: its page, its file, and what may be done with it."""

import csv
import io
import re
from pathlib import PurePath
from typing import Any
from uuid import UUID

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.checklists import operations, queries
from inspecties.checklists.forms import InleesForm, IntrekForm, MetRevisie, PubliceerForm, WegForm
from inspecties.checklists.gebruik import bezoeken_per_versie, geplande_stops
from inspecties.checklists.models import VERSIESTATUS, Checklist, Checklistversie
from inspecties.checklists.rules.fouten import Formulierfout, Melding
from inspecties.checklists.rules.lezen import lees_bron
from inspecties.checklists.rules.schrijven import schrijf_csv, schrijf_xlsx, veilige_cel
from inspecties.checklists.rules.vorm import loop
from inspecties.checklists.views import TONEN, bp, haal_versie
from inspecties.core.fouten import Conflict, InspectiesFout, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import db, select_voor
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

Pagina = str | WerkzeugResponse | tuple[str, int]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_TABELLEN = 20
# Pages of a version besides this one: endpoint and what its link says.
BEKIJKEN: tuple[tuple[str, str], ...] = (
    ("checklists.voorbeeld", "Bekijk als op de tablet"),
    ("checklists.dekking", "Dekking"),
    ("checklists.papier", "Papieren formulier (PDF)"),
)


@bp.route("/checklists/inlezen", methods=["GET", "POST"])
@vereist("checklists.beheren")
def inlezen() -> Pagina:
    """A form file becomes a draft; with a fault in it nothing is stored."""
    actor, sessie = huidige_actor(), db.session()
    form = InleesForm()
    meldingen: list[Melding] = []
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        try:
            versie = operations.lees_in(
                sessie,
                actor,
                klok().nu(),
                form.bestand.data.filename or "",
                form.bestand.data.read(),
                bestanden=_tabellen(form.tabellen.data or []),
                nieuw=form.nieuw.data,
            )
        except Formulierfout as fout:
            sessie.rollback()
            meldingen = fout.meldingen
        except (OngeldigeInvoer, Conflict) as fout:
            sessie.rollback()
            form.meld_fout(fout.veld, fout.melding)
            status = fout.status
        else:
            sessie.commit()
            flash(f"Versie {versie.versie} is ingelezen als concept. Tablets merken nog niets.", "succes")
            return redirect(url_for("checklists.versie", uid=versie.uid), 303)
    namen = sessie.execute(select_voor(actor, Checklist).with_only_columns(Checklist.code, Checklist.titel)).all()
    return render_template("checklists/inlezen.html", form=form, meldingen=meldingen, namen=namen), status


def _tabellen(bestanden: list[FileStorage]) -> dict[str, bytes]:
    """The tables for pulldata() by the name that the form calls them."""
    uit: dict[str, bytes] = {}
    for bestand in bestanden:
        naam = bestand.filename or ""
        if not naam:
            continue
        if PurePath(naam).suffix.lower() != ".csv" or len(uit) >= MAX_TABELLEN:
            raise OngeldigeInvoer(f"Een tabel is een .csv-bestand, en er zijn er hoogstens {MAX_TABELLEN}.", "tabellen")
        uit[PurePath(naam).stem] = bestand.read()
    return uit


@bp.get("/checklists/versies/<uuid:uid>")
@vereist("checklists.lezen", alleen_lezen=True)
def versie(uid: UUID) -> str:
    return _toon(haal_versie(uid))


def _toon(rij: Checklistversie, form: MetRevisie | None = None, fout: str = "") -> str:
    """The page of a version; ``form``: what was filled in and could not be done."""
    actor, sessie = huidige_actor(), db.session()
    typen = queries.locatietypen(sessie, actor)
    nodes = [knoop.node for knoop in loop(rij.definitie["kinderen"])]
    # Without what they ask: only to choose which one to compare with.
    andere = [v for v in queries.versies_van(sessie, actor, rij.checklist) if v.id != rij.id]
    formulieren: dict[str, Any] = {
        "publiceerform": PubliceerForm(formdata=None, geldig_vanaf=lokale_datum(klok().nu())),
        "intrekform": IntrekForm(formdata=None),
        "wegform": WegForm(formdata=None),
    }
    for naam, soort in (("publiceerform", PubliceerForm), ("intrekform", IntrekForm)):
        if isinstance(form, soort):
            formulieren[naam] = form
    for ander in formulieren.values():
        ander.revisie.data = str(rij.revisie)
    formulieren["publiceerform"].locatietypen.choices = keuzes([(t.code, t.naam) for t in typen])
    return render_template(
        "checklists/versie.html",
        versie=rij,
        checklist=rij.checklist,
        andere=andere,
        vragen=sum(node["soort"] == "vraag" and node["type"] not in {"note", "calculate"} for node in nodes),
        gevolgen=sorted({code for node in nodes for code in node.get("gevolg", ())}),
        tabellen=sorted(rij.definitie.get("bestanden", {})),
        bezoeken=bezoeken_per_versie(sessie, actor, [rij.id]).get(rij.id, 0),
        typenamen={t.code: t.naam for t in typen},
        statussen=VERSIESTATUS,
        tonen=TONEN,
        acties_van_versie=_bekijken(rij),
        fout=fout,
        **formulieren,
    )


def _bekijken(rij: Checklistversie) -> list[tuple[str, str]]:
    """Where this version can be looked at and tried out."""
    uit = []
    for endpoint, tekst in BEKIJKEN:
        if endpoint not in current_app.view_functions:
            continue
        if "versie_uid" in next(current_app.url_map.iter_rules(endpoint)).arguments:
            url = url_for(endpoint, uid=rij.checklist.uid, versie_uid=rij.uid)
        else:
            url = url_for(endpoint, uid=rij.uid)
        uit.append((url, tekst))
    return uit


def _mislukt(uid: UUID, form: MetRevisie, fout: InspectiesFout | None = None) -> tuple[str, int]:
    """The page again, with the message where it belongs and what was filled in."""
    db.session.rollback()
    if fout is None:
        return _toon(haal_versie(uid), form), 422
    boven = ""
    if fout.veld and fout.veld in form:
        form.meld_fout(fout.veld, fout.melding)
    else:
        boven = fout.melding
    return _toon(haal_versie(uid), form, boven), fout.status


@bp.post("/checklists/versies/<uuid:uid>/publiceren")
@vereist("checklists.beheren")
def publiceren(uid: UUID) -> Pagina:
    rij, form = haal_versie(uid), PubliceerForm()
    form.locatietypen.choices = keuzes([])
    if not form.validate_on_submit():
        return _mislukt(uid, form)
    try:
        operations.publiceer(
            db.session(),
            huidige_actor(),
            klok().nu(),
            rij,
            form.geldig_vanaf.data,
            form.locatietypen.data or (),
            form.gezien,
        )
    except (Conflict, OngeldigeInvoer) as fout:
        return _mislukt(uid, form, fout)
    vanaf = operations.nederlands(form.geldig_vanaf.data)
    db.session.commit()
    flash(f"De versie is gepubliceerd en geldt vanaf {vanaf}. Lopende bezoeken veranderen niet.", "succes")
    return redirect(url_for("checklists.versie", uid=uid), 303)


@bp.post("/checklists/versies/<uuid:uid>/intrekken")
@vereist("checklists.beheren")
def intrekken(uid: UUID) -> Pagina:
    actor, sessie = huidige_actor(), db.session()
    rij, form = haal_versie(uid), IntrekForm()
    if not form.validate_on_submit():
        return _mislukt(uid, form)
    try:
        gepland = geplande_stops(sessie, actor)
        operations.trek_in(sessie, actor, klok().nu(), rij, form.reden.data, gepland, form.gezien)
    except (Conflict, OngeldigeInvoer) as fout:
        return _mislukt(uid, form, fout)
    sessie.commit()
    flash("De versie is ingetrokken. Bezoeken die ermee begonnen, houden haar.", "succes")
    return redirect(url_for("checklists.versie", uid=uid), 303)


@bp.post("/checklists/versies/<uuid:uid>/weggooien")
@vereist("checklists.beheren")
def weggooien(uid: UUID) -> Pagina:
    rij, form = haal_versie(uid), WegForm()
    checklist_uid = rij.checklist.uid
    if not form.validate_on_submit():
        return _mislukt(uid, form)
    try:
        leeg = operations.gooi_weg(db.session(), huidige_actor(), klok().nu(), rij, form.gezien)
    except Conflict as fout:
        return _mislukt(uid, form, fout)
    db.session.commit()
    flash("Het concept is weggegooid.", "succes")
    return redirect(url_for("checklists.lijst") if leeg else url_for("checklists.toon", uid=checklist_uid), 303)


def _bestandsnaam(rij: Checklistversie, staart: str) -> str:
    """Safe in a header and on a disk, whatever the version is called."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", f"{rij.definitie['naam']}-{rij.versie}") + staart


@bp.get("/checklists/versies/<uuid:uid>/formulier.<formaat>")
@vereist("checklists.lezen", alleen_lezen=True)
def bestand(uid: UUID, formaat: str) -> Response:
    """The form as a file; reading that file in again gives the same definition and hash."""
    rij = haal_versie(uid)
    if formaat == "csv":
        # With a mark, so that Excel reads the letters right; the reader takes it off. Written anew: what was stored
        # before formulas were quoted is quoted too.
        tekst = schrijf_csv(lees_bron("bron.csv", rij.bron_csv.encode()))
        inhoud, soort = ("\ufeff" + tekst).encode(), "text/csv; charset=utf-8"
    elif formaat == "xlsx":
        inhoud, soort = schrijf_xlsx(lees_bron("bron.csv", rij.bron_csv.encode())), XLSX
    else:
        raise NietGevonden("Een formulier is er als .xlsx en als .csv.")
    return _bijlage(inhoud, soort, _bestandsnaam(rij, f".{formaat}"))


@bp.get("/checklists/versies/<uuid:uid>/tabellen/<naam>.csv")
@vereist("checklists.lezen", alleen_lezen=True)
def tabel(uid: UUID, naam: str) -> Response:
    """A table for pulldata(), which belongs to the form."""
    gevonden = haal_versie(uid).definitie.get("bestanden", {}).get(naam)
    if gevonden is None:
        raise NietGevonden("Deze tabel hoort niet bij dit formulier.")
    uit = io.StringIO(newline="")
    csv.writer(uit, lineterminator="\n").writerows(
        [veilige_cel(str(cel)) for cel in rij] for rij in (gevonden["kolommen"], *gevonden["rijen"])
    )
    return _bijlage(uit.getvalue().encode(), "text/csv; charset=utf-8", re.sub(r"[^A-Za-z0-9._-]+", "-", naam) + ".csv")


def _bijlage(inhoud: bytes, soort: str, naam: str) -> Response:
    uit = Response(inhoud, content_type=soort)
    uit.headers.set("Content-Disposition", "attachment", filename=naam)
    return uit

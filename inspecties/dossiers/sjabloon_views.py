"""Templates of letters: what is in use, fetching and sending in Word files, choosing from when."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.acties.rules.documenten import Documentsoort, documentsoorten
from inspecties.core.fouten import InspectiesFout, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal
from inspecties.dossiers import brief_forms as forms
from inspecties.dossiers.bewijs_views import als_bestand
from inspecties.dossiers.pagina import opslag
from inspecties.dossiers.rules.brief import AAN, Briefsoort, brievenboek
from inspecties.dossiers.rules.toestanden import SOORTEN
from inspecties.sjablonen import operations as sjablonen
from inspecties.sjablonen.docx import MEDIATYPE
from inspecties.sjablonen.docx_opmaak import gaat_verloren
from inspecties.sjablonen.druk import Tekstdruk
from inspecties.sjablonen.models import Sjabloonversie
from inspecties.sjablonen.rules.sjabloon import Sjabloonfout
from inspecties.sjablonen.rules.tekst import TALEN
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("sjablonen", __name__)

Antwoord = WerkzeugResponse | tuple[str, int]
STANDAARD = "standaard"


Sjabloonsoort = Briefsoort | Documentsoort


def _soorten() -> dict[str, Sjabloonsoort]:
    """Every kind of which a gemeente may have a text of its own."""
    return {**brievenboek().soorten, **documentsoorten()}


def _soort(code: str) -> tuple[Sjabloonsoort, str]:
    """The kind and the language of this page."""
    soort = _soorten().get(code)
    if soort is None:
        raise NietGevonden("Deze soort brief of document bestaat niet.")
    taal = request.args.get("taal", "nl")
    if taal not in soort.talen:
        raise NietGevonden("Dit document is er niet in die taal.")
    return soort, taal


def _waarbij(soort: Sjabloonsoort) -> tuple[str, str]:
    """What it belongs to and who gets it, in words."""
    if isinstance(soort, Documentsoort):
        return "Actie", soort.aan
    return ", ".join(SOORTEN[s] for s in soort.dossiersoorten), AAN[soort.aan]


@bp.get("/sjablonen")
@vereist("sjablonen.beheren", alleen_lezen=True)
def lijst() -> str:
    """Every kind of letter or document, and what it begins from today."""
    actor, sessie, dag = huidige_actor(), db.session(), lokale_datum(klok().nu())
    rijen = [
        (soort, *_waarbij(soort), {t: sjablonen.in_gebruik(sessie, actor, soort, t, dag) for t in soort.talen})
        for soort in _soorten().values()
    ]
    return render_template("dossiers/sjablonen.html", rijen=rijen, talen=TALEN)


def _toon(
    code: str, status: int = 200, fouten: tuple[str, ...] = (), anders: dict[str, Formulier] | None = None
) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    soort, taal = _soort(code)
    versies = sjablonen.versies_van(sessie, actor, soort, taal)
    keuze = forms.KeuzeForm(formdata=None, vanaf=lokale_datum(nu))
    formulieren = {"form": forms.SjabloonForm(formdata=None), "keuze": keuze} | (anders or {})
    formulieren["keuze"].versie.choices = _versiekeuzes(versies)
    pagina = render_template(
        "dossiers/sjabloon.html",
        soort=soort,
        taal=taal,
        talen=TALEN,
        versies=versies,
        keuzes=sjablonen.keuzes_van(sessie, actor, soort, taal),
        gebruik=sjablonen.in_gebruik(sessie, actor, soort, taal, lokale_datum(nu)),
        velden=soort.velden,
        fouten=fouten,
        **formulieren,
    )
    return pagina, status


def _versiekeuzes(versies: list[Sjabloonversie]) -> list[object]:
    eigen = [(str(v.uid), f"Versie {v.volgnummer}: {v.bestandsnaam}") for v in versies]
    return keuzes([(STANDAARD, "De standaardtekst"), *eigen])


@bp.get("/sjablonen/<briefsoort>")
@vereist("sjablonen.beheren", alleen_lezen=True)
def toon(briefsoort: str) -> tuple[str, int]:
    """One kind of letter: what is in use, its versions, its fields."""
    return _toon(briefsoort)


@bp.post("/sjablonen/<briefsoort>")
@vereist("sjablonen.beheren")
def voeg_toe(briefsoort: str) -> Antwoord:
    """Check a Word file and keep it as a version."""
    actor, sessie = huidige_actor(), db.session()
    wat, taal = _soort(briefsoort)
    form = forms.SjabloonForm()
    if not form.validate_on_submit():
        return _toon(briefsoort, 422, anders={"form": form})
    try:
        inhoud = sjablonen.lees_bestand(form.bestand.data.stream)
        versie = sjablonen.voeg_toe(
            sessie, actor, klok().nu(), opslag(), wat, taal,
            inhoud, form.bestand.data.filename or "", form.toelichting.data or "",
        )  # fmt: skip
        nummer = versie.volgnummer
    except Sjabloonfout as fout:
        sessie.rollback()
        return _toon(briefsoort, fout.status, fout.fouten, {"form": form})
    except InspectiesFout as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(briefsoort, fout.status, anders={"form": form})
    sessie.commit()
    for zin in gaat_verloren(inhoud):
        flash(zin, "waarschuwing")
    flash(f"Versie {nummer} is nagekeken en bewaard. Kies hieronder vanaf wanneer hij geldt.", "succes")
    return redirect(url_for("sjablonen.toon", briefsoort=briefsoort, taal=taal))


@bp.post("/sjablonen/<briefsoort>/keuze")
@vereist("sjablonen.beheren")
def kies(briefsoort: str) -> Antwoord:
    """From which day which text is in use."""
    actor, sessie = huidige_actor(), db.session()
    wat, taal = _soort(briefsoort)
    form = forms.KeuzeForm()
    if not form.validate_on_submit():
        return _toon(briefsoort, 422, anders={"keuze": form})
    try:
        gekozen = form.versie.data or ""
        if not gekozen:
            raise OngeldigeInvoer("Kies welke tekst geldt.", "versie")
        versie = None if gekozen == STANDAARD else haal(sessie, actor, Sjabloonversie, gekozen, "De versie")
        sjablonen.neem_in_gebruik(sessie, actor, klok().nu(), wat, taal, versie, form.vanaf.data, form.reden.data or "")
    except InspectiesFout as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(briefsoort, fout.status, anders={"keuze": form})
    sessie.commit()
    flash("Bewaard welke tekst geldt. Brieven en documenten die er al zijn, veranderen niet.", "succes")
    return redirect(url_for("sjablonen.toon", briefsoort=briefsoort, taal=taal))


def _inhoud(soort: Sjabloonsoort, taal: str) -> tuple[bytes, str]:
    """The file of the version that is asked, else the default text; and what to call it."""
    actor, sessie = huidige_actor(), db.session()
    nummer = request.args.get("versie", type=int)
    if nummer is None:
        return sjablonen.standaard_docx(soort, taal), STANDAARD
    versie = next((v for v in sjablonen.versies_van(sessie, actor, soort, taal) if v.volgnummer == nummer), None)
    if versie is None:
        abort(404)
    return sjablonen.lees_sjabloon(sessie, actor, opslag(), versie), f"versie-{nummer}"


@bp.get("/sjablonen/<briefsoort>/word")
@vereist("sjablonen.beheren", alleen_lezen=True)
def word(briefsoort: str) -> Response:
    """A template to work on in Word: ``?versie=N``, else the default text."""
    wat, taal = _soort(briefsoort)
    inhoud, naam = _inhoud(wat, taal)
    return als_bestand(inhoud, MEDIATYPE, f"sjabloon-{wat.code}-{taal}-{naam}.docx")


@bp.get("/sjablonen/<briefsoort>/proef")
@vereist("sjablonen.beheren", alleen_lezen=True)
def proef(briefsoort: str) -> Response:
    """What a letter from this template looks like, with sample data."""
    wat, taal = _soort(briefsoort)
    inhoud, naam = _inhoud(wat, taal)
    titel, blokken = sjablonen.proef(inhoud, wat)
    actor = huidige_actor()
    druk = Tekstdruk(
        actor.gemeente_naam, "voorbeeld", titel or wat.naam, taal, tuple(blokken), klok().nu(), concept=True
    )
    return als_bestand(druk.druk(), "application/pdf", f"voorbeeld-{wat.code}-{taal}-{naam}.pdf", tonen=True)

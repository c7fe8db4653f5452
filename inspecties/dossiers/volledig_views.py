"""The page of the complete file: its inventory, what parties get, the making with its progress, and the downloads."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.actor import systeem
from inspecties.core.fouten import Conflict, GeenRecht, InspectiesFout, NietGevonden, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import volledig_inventaris as inventaris
from inspecties.dossiers import volledig_werk as werk
from inspecties.dossiers.beperkt import eis_dossier_onbeperkt
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_volledig import Volledigdossier
from inspecties.dossiers.pagina import DOELEN, opslag
from inspecties.dossiers.rules.inventaris import (
    GEHEIM,
    KEUZES,
    PARTIJEN,
    STANDEN,
    UITVOERINGEN,
    VOLLEDIG,
    WEGLATEN,
    Regel,
    nog_beoordelen,
)
from inspecties.dossiers.tabbladen import jurist_werkt
from inspecties.dossiers.werk import leg_dossier_vast
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("volledig", __name__)

Antwoord = WerkzeugResponse | tuple[str, int]
TONEN = {"open": "let-op", "mag": "goed", "afgedekt": "goed", GEHEIM: "", WEGLATEN: ""}
STANDTONEN = {"bezig": "actief", "klaar": "goed", "mislukt": "fout", "gestopt": ""}
KORT = {
    "open": "Nog beoordelen",
    "mag": "Naar partijen",
    "afgedekt": "Afgedekt naar partijen",
    GEHEIM: "Alleen de rechter (8:29)",
    WEGLATEN: "Niet in het dossier",
}
_SOORTEN = {"pdf": "application/pdf", "zip": "application/zip"}


def _dossier(uid: str) -> Dossier:
    actor = huidige_actor()
    dossier = haal(db.session(), actor, Dossier, uid, "Het dossier")
    if jurist_werkt(actor, dossier):
        raise Conflict("De jurist werkt aan dit dossier. U leest het weer als het opnieuw is voorgelegd.")
    return dossier


def _making(uid: str) -> Volledigdossier:
    actor = huidige_actor()
    rij = haal(db.session(), actor, Volledigdossier, uid, "Het volledige dossier")
    if jurist_werkt(actor, rij.dossier):
        raise Conflict("De jurist werkt aan dit dossier. U leest het weer als het opnieuw is voorgelegd.")
    return rij


def _toon(uid: str, fout: InspectiesFout | None = None) -> Antwoord:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = _dossier(uid)
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="volledig")
    regels = inventaris.lees_inventaris(sessie, actor, dossier)
    makingen = [(rij, *werk.stand_van(rij, nu)) for rij in werk.makingen(sessie, actor, dossier)]
    pagina = render_template(
        "dossiers/volledig.html",
        dossier=dossier,
        regels=regels,
        nieuw=sum(r.nummer == 0 for r in regels),
        ongezien=nog_beoordelen(regels),
        bezig=next((rij for rij, stand, _ in makingen if stand == "bezig"), None),
        makingen=makingen,
        laatste={rij.uitvoering: rij for rij, stand, _ in reversed(makingen) if stand == "klaar"},
        fout=fout,
        mag_maken=rol_mag(actor.rol, "dossiers.bewerken"),
        mag_origineel=rol_mag(actor.rol, "bewijs.origineel"),
        UITVOERINGEN=UITVOERINGEN,
        STANDEN=STANDEN,
        STANDTONEN=STANDTONEN,
        KORT=KORT,
        TONEN=TONEN,
    )
    sessie.commit()
    return pagina, fout.status if fout else 200


@bp.get("/dossiers/<uuid:uid>/volledig")
@vereist("dossiers.lezen")
def toon(uid: str) -> Antwoord:
    """The inventory, what was made of it, and how far a making is."""
    return _toon(uid)


@bp.post("/dossiers/<uuid:uid>/volledig")
@vereist("dossiers.bewerken")
def maak(uid: str) -> Antwoord:
    """Begin a making; it goes on beside the requests."""
    form = Formulier()
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = _dossier(uid)
    if not form.validate_on_submit():
        return _toon(uid, Conflict("Deze pagina stond te lang open. Kies opnieuw wat u wilt maken."))
    try:
        rij_uid = werk.begin(sessie, actor, nu, dossier, request.form.get("uitvoering", "")).uid
        dossier_uid = dossier.uid
        sessie.commit()
    except InspectiesFout as fout:
        sessie.rollback()
        return _toon(uid, fout)
    werk.start(current_app._get_current_object(), actor, dossier_uid, rij_uid)  # type: ignore[attr-defined]  # LocalProxy
    return redirect(url_for("volledig.toon", uid=uid, _anchor="maken"))


@bp.get("/dossiers/volledig/<uuid:uid>/stand")
@vereist("dossiers.lezen", alleen_lezen=True, vanzelf=True)
def stand(uid: str) -> Response:
    """How far a making is, for the page that waits for it. Says nothing of the dossier itself."""
    rij = _making(uid)
    stand_, melding = werk.stand_van(rij, klok().nu())
    antwoord = jsonify(stand=stand_, melding=melding, fase=rij.fase, gedaan=rij.gedaan, totaal=rij.totaal)
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord


@bp.post("/dossiers/volledig/<uuid:uid>/stoppen")
@vereist("dossiers.bewerken")
def stop(uid: str) -> Antwoord:
    """Give a making up."""
    rij = _making(uid)
    dossier_uid = rij.dossier.uid
    if Formulier().validate_on_submit():
        werk.stop(db.session(), huidige_actor(), klok().nu(), rij)
        db.session.commit()
        werk.breek_af(rij.uid)
        flash("Het maken is gestopt.", "info")
    return redirect(url_for("volledig.toon", uid=dossier_uid))


@bp.get("/dossiers/volledig/<uuid:uid>/<any(pdf, zip):soort>")
@vereist("dossiers.lezen", bevestigd=True)
def haal_op(uid: str, soort: str) -> WerkzeugResponse:
    """A whole file. Every download is logged; the package with originals asks the right to originals."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = _making(uid)
    if soort == "zip" and rij.uitvoering == VOLLEDIG and not rol_mag(actor.rol, "bewijs.origineel"):
        raise GeenRecht("Het pakket met de originelen kan alleen de jurist of de coördinator ophalen.")
    sha256 = rij.pdf_sha256 if soort == "pdf" else rij.zip_sha256
    if rij.stand != "klaar" or not sha256:
        raise NietGevonden("Dit bestand is er niet (meer). Maak het opnieuw.")
    pad = opslag().pad(gemeente_uid(sessie, systeem(actor.gemeente_id)), sha256)
    if not pad.is_file():
        raise NietGevonden("Dit bestand staat niet in de opslag. Waarschuw de beheerder.")
    dossier = rij.dossier
    eis_dossier_onbeperkt(sessie, actor, dossier)
    gegevens: dict[str, Any] = {"uitvoering": rij.uitvoering, "soort": soort, "sha256": sha256}
    leg_dossier_vast(sessie, actor, nu, dossier, "volledig_opgehaald", doel=DOELEN[actor.rol], **gegevens)
    deel = "voor-partijen" if rij.uitvoering == PARTIJEN else "volledig"
    naam = f"dossier-{dossier.nummer}-{deel}.{soort}"
    sessie.commit()
    antwoord = send_file(pad, mimetype=_SOORTEN[soort], as_attachment=True, download_name=naam, max_age=0)
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord


def _volgende(regels: list[Regel]) -> str:
    """The key of the first piece that is still to be judged; empty when there is none."""
    return next((r.stuk.sleutel for r in regels if nog_beoordelen([r])), "")


def _toon_stuk(uid: str, sleutel: str, fout: InspectiesFout | None = None) -> Antwoord:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = _dossier(uid)
    regels = inventaris.lees_inventaris(sessie, actor, dossier)
    regel, deel = inventaris.zoek(regels, sleutel)
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="inventaris")
    oordeel = deel.oordeel if deel is not None else regel.oordeel
    afdekken = ""
    if regel.stuk.via_afdekken and deel is None:
        afdekken = url_for("redactie.toon", uid=uid, stuk_uid=sleutel.partition(":")[2])
    pagina = render_template(
        "dossiers/volledig_stuk.html",
        dossier=dossier,
        regel=regel,
        deel=deel,
        sleutel=sleutel,
        oordeel=oordeel,
        keuze=request.form.get("keuze", oordeel.keuze),
        reden=request.form.get("reden", oordeel.reden if oordeel.gegeven else ""),
        gezien=inventaris.laatste_oordeel(sessie, actor, dossier),
        inhoud=inventaris.getoond(regel, deel),
        afdekken=afdekken,
        mag_oordelen=rol_mag(actor.rol, "dossiers.bewerken"),
        fout=fout,
        KEUZES=KEUZES,
        KORT=KORT,
        TONEN=TONEN,
    )
    sessie.commit()
    return pagina, fout.status if fout else 200


@bp.get("/dossiers/<uuid:uid>/volledig/stuk")
@vereist("dossiers.lezen")
def stuk(uid: str) -> Antwoord:
    """One piece of the inventory, and who may see it."""
    sleutel = request.args.get("sleutel", "")
    # An address without a piece: the list of pieces.
    return _toon_stuk(uid, sleutel) if sleutel else redirect(url_for("volledig.toon", uid=_dossier(uid).uid))


@bp.post("/dossiers/<uuid:uid>/volledig/stuk")
@vereist("dossiers.bewerken")
def oordeel(uid: str) -> Antwoord:
    """Decide who may see one piece."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    sleutel = request.form.get("sleutel", "")
    dossier = _dossier(uid)
    if not sleutel:
        raise OngeldigeInvoer("Kies eerst een stuk uit de inventaris.", "sleutel")
    if not Formulier().validate_on_submit():
        return _toon_stuk(uid, sleutel, Conflict("Deze pagina stond te lang open. Bewaar opnieuw."))
    try:
        inventaris.oordeel(
            sessie,
            actor,
            nu,
            dossier,
            sleutel,
            request.form.get("keuze", ""),
            request.form.get("reden", ""),
            gezien=request.form.get("gezien", 0, type=int),
            inhoud=request.form.get("inhoud", ""),
        )
        sessie.commit()
    except NietGevonden:
        raise
    except InspectiesFout as fout:
        sessie.rollback()
        return _toon_stuk(uid, sleutel, fout)
    flash("Uw keuze is bewaard.", "succes")
    if request.form.get("verder") and (volgende := _volgende(inventaris.lees_inventaris(sessie, actor, dossier))):
        return redirect(url_for("volledig.stuk", uid=uid, sleutel=volgende))
    if sleutel.startswith("bewijs:") and request.form.get("bij"):
        return redirect(url_for("volledig.stuk", uid=uid, sleutel=request.form["bij"]))
    return redirect(url_for("volledig.toon", uid=uid, _anchor="inventaris"))


@bp.app_template_filter("bestandsmaat")
def bestandsmaat(grootte: int) -> str:
    """A size in words: '1,3 MB'."""
    maat = f"{grootte / 1e6:.1f} MB" if grootte >= 100_000 else f"{max(1, round(grootte / 1e3))} kB"
    return maat.replace(".", ",")

"""Pages of letters: the list of a dossier, a new one, reading, editing, filling in, to Word and back."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.fouten import Conflict, InspectiesFout, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import brief_forms as forms
from inspecties.dossiers import brief_word, brieven
from inspecties.dossiers.beperkt import eis_brief_onbeperkt
from inspecties.dossiers.bewijs_views import als_bestand
from inspecties.dossiers.brief_pagina import haal_brief, haal_dossier, staat_van, toon_brief
from inspecties.dossiers.brief_verzenden import druk_van, lees_brief_pdf
from inspecties.dossiers.brieven import Briefconflict, Ingezonden, blokken_van, laatste_versie, soort_van
from inspecties.dossiers.models import Belanghebbende, Dossier
from inspecties.dossiers.models_brieven import Brief
from inspecties.dossiers.pagina import DOELEN, opslag
from inspecties.dossiers.queries import partijen_van
from inspecties.dossiers.rules.brief import AAN, brievenboek
from inspecties.dossiers.rules.brief import briefsoort as soort_met_code
from inspecties.dossiers.trajecten import tabel_van, trajecten_van
from inspecties.dossiers.werk import leg_dossier_vast
from inspecties.sjablonen.docx import MEDIATYPE
from inspecties.sjablonen.docx_opmaak import gaat_verloren
from inspecties.sjablonen.operations import lees_bestand
from inspecties.sjablonen.rules.sjabloon import Sjabloonfout
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("brieven", __name__)

Antwoord = WerkzeugResponse | tuple[str, int]
TE_OUD = "Deze pagina stond te lang open. Probeer het opnieuw."


def _dossier(uid: UUID) -> Dossier:
    return haal_dossier(db.session(), huidige_actor(), uid)


def _gevraagd(dossier: Dossier) -> set[str]:
    """The kinds of letter that the tracks of a dossier ask where they stand now or may go next."""
    uit: set[str] = set()
    for traject in trajecten_van(db.session(), huidige_actor(), dossier):
        tabel = tabel_van(traject)
        straks = {o.naar for o in tabel.overgangen if o.van == traject.stand}
        uit |= {s.document for s in tabel.stappen if s.code in straks | {traject.stand} and s.document}
    return brievenboek().gevraagd(uit)


@bp.get("/dossiers/<uuid:uid>/brieven")
@vereist("dossiers.lezen")
def lijst(uid: UUID) -> str:
    """The letters of a dossier; a jurist also sees which can be made."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = _dossier(uid)
    leg_dossier_vast(sessie, actor, nu, dossier, "brieven_gelezen", doel=DOELEN[actor.rol])
    rijen = brieven.brieven_van(sessie, actor, dossier)
    gevraagd, soorten = _gevraagd(dossier), brievenboek().soorten_voor(dossier.soort)
    schrijven = rol_mag(actor.rol, "dossiers.bewerken") and dossier.toestand != "afgesloten"
    pagina = render_template(
        "dossiers/brieven.html",
        dossier=dossier,
        brieven=[(b, soort_van(b), staat_van(b)) for b in reversed(rijen)],
        soorten=soorten if schrijven else [],
        gevraagd=gevraagd & {s.code for s in soorten},
    )
    sessie.commit()
    return pagina


def _nieuw_form(dossier: Dossier, code: str) -> forms.NieuweBriefForm:
    actor, sessie = huidige_actor(), db.session()
    form = forms.NieuweBriefForm()
    vastgelegd = [b for b in brieven.brieven_van(sessie, actor, dossier) if b.stand == "vastgelegd"]
    form.richt_in(soort_met_code(code), partijen_van(sessie, actor, dossier), vastgelegd)
    return form


def _toon_nieuw(dossier: Dossier, code: str, form: forms.NieuweBriefForm, status: int = 200) -> tuple[str, int]:
    soort = soort_met_code(code)
    geen_partij = soort.aan == "partij" and len(form.partij.choices or []) < 2
    pagina = render_template(
        "dossiers/brief_nieuw.html", dossier=dossier, soort=soort, form=form, aan=AAN, geen_partij=geen_partij
    )
    return pagina, status


@bp.get("/dossiers/<uuid:uid>/brieven/nieuw/<briefsoort>")
@vereist("dossiers.bewerken")
def nieuw(uid: UUID, briefsoort: str) -> tuple[str, int]:
    """To whom a new letter goes; the page names parties, so it is logged."""
    dossier = _dossier(uid)
    form = _nieuw_form(dossier, briefsoort)
    leg_dossier_vast(
        db.session(), huidige_actor(), klok().nu(), dossier, "brieven_gelezen", doel=DOELEN[huidige_actor().rol]
    )
    uit = _toon_nieuw(dossier, briefsoort, form)
    db.session.commit()
    return uit


@bp.post("/dossiers/<uuid:uid>/brieven/nieuw/<briefsoort>")
@vereist("dossiers.bewerken")
def maak(uid: UUID, briefsoort: str) -> Antwoord:
    """Make the letter, filled from the dossier."""
    actor, sessie = huidige_actor(), db.session()
    dossier = _dossier(uid)
    form = _nieuw_form(dossier, briefsoort)
    if not form.validate_on_submit():
        return _toon_nieuw(dossier, briefsoort, form, 422)

    def gegeven(naam: str) -> str:
        return str(form[naam].data or "") if naam in form else ""

    try:
        partij = haal(sessie, actor, Belanghebbende, gegeven("partij"), "De partij") if gegeven("partij") else None
        vervangt = haal(sessie, actor, Brief, gegeven("vervangt"), "De brief") if gegeven("vervangt") else None
        brief = brieven.maak_brief(
            sessie, actor, klok().nu(), opslag(), dossier, briefsoort,
            partij=partij, aan_naam=gegeven("aan_naam"), aan_adres=gegeven("aan_adres"),
            taal=gegeven("taal") or "nl", vervangt=vervangt,
        )  # fmt: skip
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_nieuw(_dossier(uid), briefsoort, form, fout.status)
    sessie.commit()
    flash("De brief is gemaakt en gevuld uit het dossier.", "succes")
    return redirect(url_for("brieven.toon", uid=uid, brief_uid=brief.uid))


@bp.get("/dossiers/<uuid:uid>/brieven/<uuid:brief_uid>")
@vereist("dossiers.lezen")
def toon(uid: UUID, brief_uid: UUID) -> tuple[str, int]:
    """One letter; ``?versie=N`` for an earlier text."""
    return toon_brief(uid, brief_uid, nummer=request.args.get("versie", type=int))


def _toon_tekst(
    uid: UUID,
    brief_uid: UUID,
    eigen: dict[str, str] | None = None,
    erbij: tuple[str, str] = ("", ""),
    staat_er: dict[str, str | None] | None = None,
    melding: str = "",
    status: int = 200,
) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    brief = haal_brief(sessie, actor, uid, brief_uid)
    # Where somebody froze it while another typed, what was typed still comes back, to be copied.
    if brief.stand != "concept" and not eigen and not any(erbij):
        raise Conflict("Deze brief is vastgelegd of vervallen, en verandert niet meer.")
    leg_dossier_vast(sessie, actor, nu, brief.dossier, "brief_gelezen", doel=DOELEN[actor.rol], brief=str(brief.uid))
    versie = laatste_versie(sessie, actor, brief)
    blokken = blokken_van(versie)
    pagina = render_template(
        "dossiers/brief_tekst.html",
        dossier=brief.dossier,
        brief=brief,
        versie=versie,
        blokken=blokken,
        eigen=eigen or {},
        # Their own words of paragraphs that are gone.
        verdwenen={id_: (eigen or {}).get(id_, "") for id_, nu_er in (staat_er or {}).items() if nu_er is None},
        erbij=erbij,
        staat_er=staat_er or {},
        melding=melding,
    )
    sessie.commit()
    return pagina, status


@bp.get("/dossiers/<uuid:uid>/brieven/<uuid:brief_uid>/tekst")
@vereist("dossiers.bewerken")
def tekst(uid: UUID, brief_uid: UUID) -> tuple[str, int]:
    """Every paragraph, to change."""
    return _toon_tekst(uid, brief_uid)


@bp.post("/dossiers/<uuid:uid>/brieven/<uuid:brief_uid>/tekst")
@vereist("dossiers.bewerken")
def bewaar_tekst(uid: UUID, brief_uid: UUID) -> Antwoord:
    """Store what changed; what somebody else wrote meanwhile is shown beside it, never overwritten."""
    actor, sessie = huidige_actor(), db.session()
    brief = haal_brief(sessie, actor, uid, brief_uid)
    ids = [naam.removeprefix("tekst-") for naam in request.form if naam.startswith("tekst-")]
    eigen = {id_: request.form[f"tekst-{id_}"].replace("\r\n", "\n") for id_ in ids}
    erbij = (request.form.get("nieuw", "").replace("\r\n", "\n"), request.form.get("na", ""))
    if not forms.AanvulForm().validate_on_submit():
        return _toon_tekst(uid, brief_uid, eigen, erbij, melding=TE_OUD, status=422)
    alineas = {id_: Ingezonden(tekst, request.form.get(f"gezien-{id_}", "")) for id_, tekst in eigen.items()}
    try:
        aantal = brieven.wijzig(sessie, actor, klok().nu(), brief, alineas, *erbij)
    except Briefconflict as fout:
        sessie.rollback()
        return _toon_tekst(uid, brief_uid, eigen, erbij, fout.staat_er, fout.melding, fout.status)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        return _toon_tekst(uid, brief_uid, eigen, erbij, melding=fout.melding, status=fout.status)
    sessie.commit()
    flash("De tekst is bewaard." if aantal else "Er was niets gewijzigd.", "succes")
    return redirect(url_for("brieven.toon", uid=uid, brief_uid=brief_uid))


@bp.post("/dossiers/<uuid:uid>/brieven/<uuid:brief_uid>/aanvullen")
@vereist("dossiers.bewerken")
def aanvullen(uid: UUID, brief_uid: UUID) -> Antwoord:
    """Fill in what is open: what was typed, and else what the dossier says by now."""
    actor, sessie = huidige_actor(), db.session()
    brief = haal_brief(sessie, actor, uid, brief_uid)
    waarden = dict(zip(request.form.getlist("titel"), request.form.getlist("waarde"), strict=False))
    if not forms.AanvulForm().validate_on_submit():
        return toon_brief(uid, brief_uid, 422, meldingen=[TE_OUD], ingevuld=waarden)
    try:
        aantal = brieven.vul_aan(sessie, actor, klok().nu(), brief, waarden)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        # A letter that was frozen meanwhile has no open places to show it in.
        getypt = [f"U vulde in bij '{t}': {w}" for t, w in waarden.items() if w and isinstance(fout, Conflict)]
        return toon_brief(uid, brief_uid, fout.status, meldingen=[fout.melding, *getypt], ingevuld=waarden)
    sessie.commit()
    if aantal:
        flash(f"Ingevuld: {aantal}.", "succes")
    else:
        flash("Er is niets ingevuld: het dossier zegt hier nog niets over.", "info")
    return redirect(url_for("brieven.toon", uid=uid, brief_uid=brief_uid))


@bp.get("/dossiers/<uuid:uid>/brieven/<uuid:brief_uid>/word")
@vereist("dossiers.bewerken", bevestigd=True)
def word(uid: UUID, brief_uid: UUID) -> Response:
    """The letter as a Word file; ``?versie=N`` for an earlier text. The fetching is logged."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    brief = haal_brief(sessie, actor, uid, brief_uid)
    nummer = request.args.get("versie", type=int)
    laatste = laatste_versie(sessie, actor, brief)
    versie = brieven.versie_van(sessie, actor, brief, nummer) if nummer is not None else laatste
    eis_brief_onbeperkt(sessie, actor, brief.dossier, brief.belanghebbende)
    inhoud = brief_word.word_van(sessie, actor, nu, opslag(), brief, versie)
    naam = f"brief-{brief.dossier.nummer}-{brief.nummer}-versie-{versie.volgnummer}.docx"
    sessie.commit()
    return als_bestand(inhoud, MEDIATYPE, naam)


@bp.post("/dossiers/<uuid:uid>/brieven/<uuid:brief_uid>/word")
@vereist("dossiers.bewerken")
def neem_word(uid: UUID, brief_uid: UUID) -> Antwoord:
    """Take the file back as the next version, after it was checked."""
    actor, sessie = huidige_actor(), db.session()
    brief = haal_brief(sessie, actor, uid, brief_uid)
    form = forms.WordForm()
    if not form.validate_on_submit():
        return toon_brief(uid, brief_uid, 422, {"word": form})
    try:
        inhoud = lees_bestand(form.bestand.data.stream)
        rij = brief_word.neem_word(
            sessie, actor, klok().nu(), opslag(), brief, inhoud, form.gezien.data or 0,
            zelfde=bool(form.zelfde_versie.data),
        )  # fmt: skip
        nummer = rij.volgnummer
    except Sjabloonfout as fout:
        sessie.rollback()
        return toon_brief(uid, brief_uid, fout.status, meldingen=list(fout.fouten))
    except Briefconflict as fout:
        sessie.rollback()
        return toon_brief(uid, brief_uid, fout.status, meldingen=[fout.melding], botst=fout.staat_er)
    except InspectiesFout as fout:
        sessie.rollback()
        return toon_brief(uid, brief_uid, fout.status, {"word": form}, meldingen=[fout.melding])
    sessie.commit()
    flash(f"Het Word-bestand is overgenomen als versie {nummer}.", "succes")
    for zin in gaat_verloren(inhoud):
        flash(zin, "waarschuwing")
    return redirect(url_for("brieven.toon", uid=uid, brief_uid=brief_uid))


@bp.get("/dossiers/<uuid:uid>/brieven/<uuid:brief_uid>/pdf")
@vereist("dossiers.lezen", bevestigd=True)
def pdf(uid: UUID, brief_uid: UUID) -> Response:
    """What was sent, byte for byte; a draft with its watermark."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    brief = haal_brief(sessie, actor, uid, brief_uid)
    inhoud, druk = b"", None
    if brief.verzending is not None:
        inhoud = lees_brief_pdf(sessie, actor, opslag(), brief)
    else:
        druk = druk_van(sessie, actor, nu, brief, laatste_versie(sessie, actor, brief))
    leg_dossier_vast(
        sessie, actor, nu, brief.dossier, "brief_gelezen", doel=DOELEN[actor.rol], brief=str(brief.uid), pdf=True
    )
    naam = f"brief-{brief.dossier.nummer}-{brief.nummer}{'' if druk is None else '-concept'}.pdf"
    sessie.commit()
    # Compiling takes a while: after the transaction, SQLite has one writer.
    return als_bestand(druk.druk() if druk is not None else inhoud, "application/pdf", naam, tonen=True)

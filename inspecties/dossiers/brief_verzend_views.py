"""Acts that send a letter: freezing it, dropping a draft, recording service with its proof."""

from uuid import UUID

from flask import Response, flash, redirect, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.fouten import InspectiesFout, NietGevonden
from inspecties.database import db, haal
from inspecties.dossiers import brief_forms as forms
from inspecties.dossiers import brief_verzenden
from inspecties.dossiers.bewijs_views import als_bestand
from inspecties.dossiers.brief_besluit import Besluittekstconflict
from inspecties.dossiers.brief_pagina import haal_brief, toon_brief
from inspecties.dossiers.brief_verzenden import Bewijs
from inspecties.dossiers.brief_views import bp
from inspecties.dossiers.brieven import laat_vervallen
from inspecties.dossiers.models_brieven import Kennisgeving
from inspecties.dossiers.pagina import opslag
from inspecties.web.poort import huidige_actor, klok, vereist

__all__ = ["bp"]

Antwoord = WerkzeugResponse | tuple[str, int]


@bp.post("/dossiers/<uuid:uid>/brieven/<uuid:brief_uid>/vastleggen")
@vereist("dossiers.bewerken")
def vastleggen(uid: UUID, brief_uid: UUID) -> Antwoord:
    """Freeze the version that was on the page."""
    actor, sessie = huidige_actor(), db.session()
    brief = haal_brief(sessie, actor, uid, brief_uid)
    form = forms.VastlegForm()
    if not form.validate_on_submit():
        return toon_brief(uid, brief_uid, 422, {"vastleg": form})
    try:
        brief_verzenden.leg_vast(sessie, actor, klok().nu(), opslag(), brief, form.versie.data or 0)
    except Besluittekstconflict as fout:
        sessie.rollback()
        beide = [f"Akkoord is: {fout.goedgekeurd}", f"In de brief staat: {fout.in_brief}"]
        return toon_brief(uid, brief_uid, fout.status, meldingen=[fout.melding, *beide])
    except InspectiesFout as fout:
        sessie.rollback()
        return toon_brief(uid, brief_uid, fout.status, meldingen=[fout.melding])
    sessie.commit()
    flash("De brief is vastgelegd. Print of mail de PDF, en leg daarna vast hoe hij is gegaan.", "succes")
    return redirect(url_for("brieven.toon", uid=uid, brief_uid=brief_uid))


@bp.post("/dossiers/<uuid:uid>/brieven/<uuid:brief_uid>/vervallen")
@vereist("dossiers.bewerken")
def vervallen(uid: UUID, brief_uid: UUID) -> Antwoord:
    """Drop a draft, with a reason."""
    actor, sessie = huidige_actor(), db.session()
    brief = haal_brief(sessie, actor, uid, brief_uid)
    form = forms.VervalForm()
    if not form.validate_on_submit():
        return toon_brief(uid, brief_uid, 422, {"verval": form})
    try:
        laat_vervallen(sessie, actor, klok().nu(), brief, form.reden.data or "")
    except InspectiesFout as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return toon_brief(uid, brief_uid, fout.status, {"verval": form})
    sessie.commit()
    flash("De brief is vervallen. De tekst blijft te lezen.", "succes")
    return redirect(url_for("brieven.lijst", uid=uid))


@bp.post("/dossiers/<uuid:uid>/brieven/<uuid:brief_uid>/kennisgeving")
@vereist("dossiers.bewerken")
def kennisgeving(uid: UUID, brief_uid: UUID) -> Antwoord:
    """Record how the letter went, with the proof."""
    actor, sessie = huidige_actor(), db.session()
    brief = haal_brief(sessie, actor, uid, brief_uid)
    form = forms.KennisgevingForm()
    if not form.validate_on_submit():
        return toon_brief(uid, brief_uid, 422, {"kennis": form})
    stuk = form.bestand.data
    bewijs = Bewijs(form.bewijs_tekst.data or "", stuk.stream if stuk else None, (stuk.filename or "") if stuk else "")
    try:
        brief_verzenden.geef_kennis(
            sessie, actor, klok().nu(), opslag(), brief,
            form.wijze.data, form.datum.data, bewijs, form.toelichting.data or "",
        )  # fmt: skip
    except InspectiesFout as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return toon_brief(uid, brief_uid, fout.status, {"kennis": form})
    sessie.commit()
    flash("Vastgelegd hoe de brief is gegaan.", "succes")
    return redirect(url_for("brieven.toon", uid=uid, brief_uid=brief_uid))


@bp.get("/dossiers/<uuid:uid>/brieven/<uuid:brief_uid>/kennisgeving/<uuid:kennis_uid>")
@vereist("dossiers.lezen", bevestigd=True)
def bewijs(uid: UUID, brief_uid: UUID, kennis_uid: UUID) -> Response:
    """The file that proves a service, to save; the fetching is logged."""
    actor, sessie = huidige_actor(), db.session()
    brief = haal_brief(sessie, actor, uid, brief_uid)
    rij = haal(sessie, actor, Kennisgeving, kennis_uid, "Het bewijs")
    if rij.brief_id != brief.id:
        raise NietGevonden("Het bewijs bestaat niet, of u mag het niet zien.")
    inhoud = brief_verzenden.lees_bewijs(sessie, actor, klok().nu(), opslag(), rij)
    soort, einde = rij.bewijs_mediatype, rij.bewijs_naam.rsplit(".", 1)[-1]
    sessie.commit()
    return als_bestand(inhoud, soort, f"bewijs-brief-{brief.nummer}.{einde}")

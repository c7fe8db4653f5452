"""Pages of invitations for the planner: invite, judge another time, and what came in by mail."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspecties.acties import uitnodigingen, uitnodigingen_antwoord
from inspecties.acties import uitnodigingen_overzicht as queries
from inspecties.acties.models import Actie
from inspecties.acties.models_uitnodiging import Tegenvoorstel
from inspecties.acties.rules.toestanden import SOORTEN
from inspecties.acties.rules.uitnodiging import dienst_in_woorden
from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database import db, haal
from inspecties.post.models import IngekomenMail
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("uitnodigingen", __name__, url_prefix="/acties")


@bp.get("/uitnodigingen")
@vereist("acties.plannen", alleen_lezen=True)
def overzicht() -> str:
    """What waits for the planner, over all actions."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    return render_template(
        "acties/uitnodigingen.html",
        laat=queries.late_afzeggingen(sessie, actor, nu),
        voorstellen=queries.open_voorstellen(sessie, actor, nu),
        wachten=queries.zonder_antwoord(sessie, actor, nu),
        mails=queries.niet_herkend(sessie, actor),
        soorten=SOORTEN,
        dienst=dienst_in_woorden,
    )


@bp.post("/<uuid:uid>/uitnodigingen")
@vereist("acties.plannen")
def verstuur(uid: UUID) -> Response:
    """Invite everybody at the partners who has no invitation yet."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal(sessie, actor, Actie, uid, "Deze actie")
    try:
        verslag = uitnodigingen.nodig_uit(sessie, actor, nu, actie)
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        flash(fout.melding, "fout")
    else:
        sessie.commit()
        aantal = verslag.verstuurd
        zin = "Er is niemand om nog uit te nodigen."
        if aantal:
            zin = f"{aantal} {'uitnodiging staat' if aantal == 1 else 'uitnodigingen staan'} klaar om te versturen."
        flash(zin, "succes" if aantal else "info")
        if verslag.zonder_contact:
            namen = ", ".join(verslag.zonder_contact)
            flash(
                f"Van {namen} is niemand bekend die uitnodigingen krijgt. Voeg een contactpersoon toe.", "waarschuwing"
            )
    return redirect(url_for("acties.toon", uid=uid, _anchor="uitnodigingen"), 303)


@bp.post("/uitnodigingen/voorstellen/<uuid:uid>")
@vereist("acties.plannen")
def beoordeel(uid: UUID) -> Response:
    """Move the shift to a proposed time, or leave it as it is."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    voorstel = haal(sessie, actor, Tegenvoorstel, uid, "Dit voorstel")
    actie_uid = voorstel.uitnodiging.actie.uid
    keuze = request.form.get("keuze", "")
    try:
        if keuze == "aannemen":
            uitnodigingen_antwoord.neem_over(sessie, actor, nu, voorstel)
            zin = "De dienst is verplaatst. Iedereen die was uitgenodigd krijgt daarvan mail. Kijk de stops na."
        elif keuze == "afwijzen":
            uitnodigingen_antwoord.wijs_af(sessie, actor, nu, voorstel)
            zin = "De tijd blijft zo. De partner krijgt daarvan mail."
        else:
            raise OngeldigeInvoer("Kies of u het voorstel overneemt of niet.", "keuze")
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        flash(fout.melding, "fout")
    else:
        sessie.commit()
        flash(zin, "succes")
    return redirect(url_for("acties.toon", uid=actie_uid, _anchor="uitnodigingen"), 303)


@bp.post("/uitnodigingen/mail/<uuid:uid>")
@vereist("acties.plannen")
def mail_gezien(uid: UUID) -> Response:
    """A mail that could not be placed was dealt with: what was in it goes."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    mail = haal(sessie, actor, IngekomenMail, uid, "Deze mail")
    if mail.gezien_op is None:
        mail.gezien_op, mail.tekst = nu, ""
        leg_vast(sessie, actor, nu, "mail_gezien", "ingekomen_mail", mail.uid)
        sessie.commit()
    flash("De mail is afgehandeld.", "succes")
    return redirect(url_for("uitnodigingen.overzicht"), 303)

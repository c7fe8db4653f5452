"""The page on which an invited person answers, without an account. It shows day, shift, kind and gemeente; no more."""

from datetime import datetime, timedelta

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy import select

from inspecties.acties.models_uitnodiging import Tegenvoorstel, Uitnodiging
from inspecties.acties.rules.toestanden import SOORTEN
from inspecties.acties.rules.uitnodiging import ANTWOORDEN, dienst_in_woorden
from inspecties.acties.uitnodigingen import geheimlink, gemeentenaam
from inspecties.acties.uitnodigingen_antwoord import beantwoord, kan_antwoorden
from inspecties.acties.uitnodigingen_forms import Voorstelform
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database import bind_actor, db, select_voor
from inspecties.post.links import klopt, uid_in
from inspecties.web.limiet import limiet_openbaar
from inspecties.web.poort import klok, openbaar, sleutelbos

bp = Blueprint("uitnodiging", __name__)

_WAAROM = "Uitgenodigde partners antwoorden met een ondertekende link uit hun mail, zonder account"
# After the shift the link still tells that it is over; then nothing any more.
NALOOP = timedelta(days=1)


def _zoek(token: str, nu: datetime) -> Uitnodiging | None:
    """The invitation that this link opens; None for whatever is wrong with it."""
    uid = uid_in(token)
    if uid is None:
        return None
    # Without an actor: the signed link is the right to read this one row.
    uitnodiging = db.session.scalars(select(Uitnodiging).where(Uitnodiging.uid == uid)).one_or_none()
    if uitnodiging is None or not klopt(sleutelbos(), token, geheimlink(uitnodiging)):
        return None
    return uitnodiging if nu <= uitnodiging.eind_op + NALOOP else None


def _bind(uitnodiging: Uitnodiging) -> Actor:
    actor = systeem(uitnodiging.gemeente_id, "uitgenodigde")
    bind_actor(db.session(), actor)
    return actor


def _antwoord(inhoud: str, status: int) -> Response:
    antwoord = make_response(inhoud, status)
    antwoord.headers["Cache-Control"] = "no-store"
    antwoord.headers["Referrer-Policy"] = "no-referrer"
    antwoord.headers["X-Robots-Tag"] = "noindex"
    return antwoord


def _onbekend() -> Response:
    return _antwoord(render_template("partners/uitnodiging_onbekend.html"), 404)


def _pagina(
    actor: Actor, uitnodiging: Uitnodiging, token: str, form: Voorstelform, status: int = 200, fout: str = ""
) -> Response:
    voorstel = db.session.scalars(
        select_voor(actor, Tegenvoorstel)
        .where(Tegenvoorstel.uitnodiging_id == uitnodiging.id, Tegenvoorstel.status == "open")
        .order_by(Tegenvoorstel.id.desc())
    ).first()
    return _antwoord(
        render_template(
            "partners/uitnodiging.html",
            token=token,
            soort=SOORTEN[uitnodiging.actie.soort],
            dienst=dienst_in_woorden(uitnodiging.begin_op, uitnodiging.eind_op),
            gemeente=gemeentenaam(db.session(), actor),
            antwoord=uitnodiging.antwoord,
            antwoorden=ANTWOORDEN,
            voorstel=dienst_in_woorden(voorstel.van_op, voorstel.tot_op) if voorstel else "",
            dicht=kan_antwoorden(uitnodiging.actie, uitnodiging, klok().nu()),
            tot=uitnodiging.begin_op,
            form=form,
            fout=fout,
            klaar="klaar" in request.args,
        ),
        status,
    )


@bp.get("/uitnodiging/<token>")
@openbaar(_WAAROM, alleen_lezen=True, zoekt_overal=True)
@limiet_openbaar
def toon(token: str) -> Response:
    """Look, and nothing else: a scanner that opens the link in a mail answers nothing."""
    uitnodiging = _zoek(token, klok().nu())
    if uitnodiging is None:
        return _onbekend()
    return _pagina(_bind(uitnodiging), uitnodiging, token, Voorstelform(formdata=None))


@bp.post("/uitnodiging/<token>")
@openbaar(_WAAROM, zoekt_overal=True)
@limiet_openbaar
def antwoord(token: str) -> Response:
    """Take part, or not, or at another time; to be changed until the shift begins."""
    nu = klok().nu()
    uitnodiging = _zoek(token, nu)
    if uitnodiging is None:
        return _onbekend()
    actor, sessie = _bind(uitnodiging), db.session()
    keuze = request.form.get("antwoord", "")
    form = Voorstelform() if keuze == "voorstel" else Voorstelform(formdata=None)
    if keuze == "voorstel" and not form.validate():
        return _pagina(actor, uitnodiging, token, form, 422)
    try:
        if keuze not in {"toegezegd", "afgezegd", "voorstel"}:
            raise OngeldigeInvoer("Kies of u meedoet, niet meedoet of een andere tijd voorstelt.", "antwoord")
        beantwoord(sessie, actor, nu, uitnodiging, keuze, "link", form.voorstel() if keuze == "voorstel" else None)
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        if keuze == "voorstel":
            form.meld_fout(fout.veld, fout.melding)
        return _pagina(actor, uitnodiging, token, form, fout.status, "" if keuze == "voorstel" else fout.melding)
    sessie.commit()
    doorsturen = redirect(url_for("uitnodiging.toon", token=token, klaar="ja"), 303)
    return _antwoord_van(doorsturen)


def _antwoord_van(doorsturen: object) -> Response:
    antwoord = make_response(doorsturen)
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord

"""Devices: the gemeente's for whoever leads, one's own on the account page; and what a lost tablet may ask."""

from math import ceil
from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.controles import kwijt
from inspecties.controles import kwijt_queries as queries
from inspecties.controles.kwijt_forms import KwijtForm, TerugForm, Zoekform
from inspecties.controles.rules.kwijt import STAPPEN, uiterlijk
from inspecties.core.actor import Actor
from inspecties.core.fouten import NietGevonden
from inspecties.core.zoeken import zoektekst
from inspecties.database import db, haal
from inspecties.gebruikers.models import Gemeente, Toestel
from inspecties.web.limiet import limiet_openbaar
from inspecties.web.poort import huidige_actor, klok, openbaar, vereist

bp = Blueprint("toestellen", __name__)

Pagina = str | tuple[str, int] | WerkzeugResponse


@bp.get("/beheer/toestellen")
@vereist("toestellen.beheren", alleen_lezen=True)
def lijst() -> str:
    """All devices of the gemeente."""
    actor, sessie = huidige_actor(), db.session()
    zoek = zoektekst(request.args.get("zoek"))
    totaal = queries.tel_toestellen(sessie, actor, zoek)
    paginas = max(1, ceil(totaal / queries.PER_BLADZIJDE))
    pagina = min(max(request.args.get("pagina", 1, type=int), 1), paginas)
    return render_template(
        "toestellen/lijst.html",
        rijen=queries.toestellen_van(sessie, actor, zoek, pagina),
        totaal=totaal,
        pagina=pagina,
        paginas=paginas,
        zoek=zoek,
        form=Zoekform(formdata=None, zoek=zoek),
        met_herstel=sessie.get_one(Gemeente, actor.gemeente_id).herstel_jwk is not None,
    )


def _haal(uid: UUID) -> Toestel:
    return haal(db.session(), huidige_actor(), Toestel, uid, "Dit toestel")


def _haal_eigen(actor: Actor, uid: UUID) -> Toestel:
    rij = _haal(uid)
    if rij.gebruiker_id != actor.gebruiker_id:
        raise NietGevonden("Dit toestel bestaat niet, of het is niet van u.")
    return rij


def _toon(rij: Toestel, kwijtform: KwijtForm | None = None, terugform: TerugForm | None = None) -> str:
    actor, sessie = huidige_actor(), db.session()
    stand = queries.als_rijen(sessie, actor, [rij])[0]
    return render_template(
        "toestellen/toestel.html",
        stand=stand,
        ontvangen=queries.ontvangen_van(sessie, actor, rij),
        eerder=queries.eerdere_meldingen(sessie, actor, rij),
        gezet={stap.code: stap for stap in stand.melding.stappen} if stand.melding else {},
        stappen=STAPPEN,
        uiterlijk=uiterlijk(stand.melding.gemeld_op) if stand.melding else None,
        te_laat=stand.melding is not None and klok().nu() > uiterlijk(stand.melding.gemeld_op),
        bewaardagen=queries.BEWAARDAGEN,
        met_herstel=sessie.get_one(Gemeente, actor.gemeente_id).herstel_jwk is not None,
        kwijtform=kwijtform or KwijtForm(formdata=None),
        terugform=terugform or TerugForm(formdata=None),
    )


@bp.get("/beheer/toestellen/<uuid:uid>")
@vereist("toestellen.beheren", alleen_lezen=True)
def toestel(uid: UUID) -> str:
    """One device: what is known of it, and what to do when it is lost."""
    return _toon(_haal(uid))


@bp.post("/beheer/toestellen/<uuid:uid>/kwijt")
@vereist("toestellen.beheren")
def meld_kwijt(uid: UUID) -> Pagina:
    """Report a device lost."""
    form, rij = KwijtForm(), _haal(uid)
    if not form.validate_on_submit():
        return _toon(rij, kwijtform=form), 422
    kwijt.meld_kwijt(db.session(), huidige_actor(), klok().nu(), rij, form.reden.data)
    db.session.commit()
    flash("Het toestel is als kwijt gemeld en de gebruiker is overal afgemeld. Doe nu de stappen hieronder.", "succes")
    return redirect(url_for("toestellen.toestel", uid=uid))


@bp.post("/beheer/toestellen/<uuid:uid>/terug")
@vereist("toestellen.beheren")
def meld_terug(uid: UUID) -> Pagina:
    """Take the report back."""
    form, rij = TerugForm(), _haal(uid)
    if not form.validate_on_submit():
        return _toon(rij, terugform=form), 422
    kwijt.meld_terug(db.session(), huidige_actor(), klok().nu(), rij, form.reden.data)
    db.session.commit()
    flash("De melding is ingetrokken. Het toestel mag weer gebruikt worden.", "succes")
    return redirect(url_for("toestellen.toestel", uid=uid))


@bp.post("/beheer/toestellen/<uuid:uid>/stap")
@vereist("toestellen.beheren")
def stap(uid: UUID) -> WerkzeugResponse:
    """Tick one of the next steps, or take the tick away."""
    code, gedaan = request.form.get("code", ""), request.form.get("gedaan") == "ja"
    kwijt.zet_stap(db.session(), huidige_actor(), klok().nu(), _haal(uid), code, gedaan=gedaan)
    db.session.commit()
    return redirect(url_for("toestellen.toestel", uid=uid, _anchor=f"stap-{code}"))


@bp.get("/account/toestellen")
@vereist("account.beheren", alleen_lezen=True)
def eigen() -> str:
    """The actor's own devices."""
    return render_template("toestellen/eigen.html", rijen=queries.eigen_toestellen(db.session(), huidige_actor()))


@bp.route("/account/toestellen/<uuid:uid>/kwijt", methods=["GET", "POST"])
@vereist("account.beheren")
def eigen_kwijt(uid: UUID) -> Pagina:
    """Report an own device lost, from another one."""
    actor, form = huidige_actor(), KwijtForm()
    rij = _haal_eigen(actor, uid)
    if form.validate_on_submit():
        kwijt.meld_kwijt(db.session(), actor, klok().nu(), rij, form.reden.data)
        db.session.commit()
        flash("Uw toestel is als kwijt gemeld. Bel ook uw coördinator of beheerder.", "succes")
        return redirect(url_for("toestellen.eigen"))
    stand = queries.als_rijen(db.session(), actor, [rij])[0]
    return render_template("toestellen/eigen_kwijt.html", stand=stand, form=form), 422 if form.is_submitted() else 200


@bp.get("/api/toestellen/<uuid:toestel_id>/stand")
@openbaar("Een toestel dat kwijt is, is ook afgemeld: het kent alleen zijn eigen nummer", alleen_lezen=True)
@limiet_openbaar
def stand(toestel_id: UUID) -> Response:
    """Whether this device was revoked. An unknown id answers as one that was not."""
    return jsonify({"toestel_id": str(toestel_id), "ingetrokken": kwijt.is_ingetrokken(db.session(), toestel_id)})

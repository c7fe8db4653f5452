"""Signals: list, one signal, and reporting one. Who reported is on no page."""

from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspecties.audit.operations import leg_vast
from inspecties.core.rechten import Rol
from inspecties.core.zoeken import zoektekst
from inspecties.database import db, haal
from inspecties.signalen import queries
from inspecties.signalen.forms import Filterform
from inspecties.signalen.herkomst import SLEUTEL as HERKOMST
from inspecties.signalen.herkomst import Herkomst
from inspecties.signalen.meldroute_pagina import meldroutebeeld
from inspecties.signalen.meldroute_queries import standen
from inspecties.signalen.models import Signaal
from inspecties.signalen.rules.indeling import BRONNEN, MELDSTAPPEN, URGENTIES, VORMEN
from inspecties.signalen.rules.indicatoren import INDICATOREN
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("signalen", __name__, url_prefix="/signalen")

NAMEN = {"bronnen": BRONNEN, "stappen": MELDSTAPPEN, "urgenties": URGENTIES, "vormen": VORMEN}


def _paginanummer(paginas: int) -> int:
    gevraagd = request.args.get("pagina", "1")
    nummer = int(gevraagd) if gevraagd.isascii() and gevraagd.isdigit() and len(gevraagd) < 9 else 1
    return min(max(nummer, 1), paginas)


@bp.get("")
@vereist("signalen.lezen")
def lijst() -> str:
    """The signals, newest first. They are about people: the reading is logged."""
    actor, sessie, args = huidige_actor(), db.session(), request.args
    filter_ = queries.Signaalfilter(
        zoek=zoektekst(args.get("zoek")),
        status=args.get("status", "open") if args.get("status", "open") in {"", "open", *MELDSTAPPEN} else "",
        vorm=args.get("vorm", "") if args.get("vorm", "") in VORMEN else "",
        urgentie=args.get("urgentie", "") if args.get("urgentie", "") in URGENTIES else "",
        sorteer=args.get("sorteer", "datum"),
        richting=args.get("richting", "af"),
    )
    opdracht = queries.gefilterd(actor, filter_)
    totaal = queries.tel(sessie, opdracht)
    paginas = max(1, -(-totaal // queries.PER_PAGINA))
    pagina = _paginanummer(paginas)
    signalen = queries.bladzijde(sessie, opdracht, pagina)
    form = Filterform(
        formdata=None, zoek=filter_.zoek, status=filter_.status, vorm=filter_.vorm, urgentie=filter_.urgentie
    )
    inhoud = render_template(
        "signalen/lijst.html",
        signalen=signalen,
        standen=standen(sessie, actor, signalen, klok().nu()),
        per_status=queries.tel_per_status(sessie, actor),
        form=form,
        filter=filter_,
        totaal=totaal,
        pagina=pagina,
        paginas=paginas,
        **NAMEN,
    )
    leg_vast(
        sessie,
        actor,
        klok().nu(),
        "signalen_gelezen",
        "gemeente",
        str(actor.gemeente_id),
        gegevens={"aantal": len(signalen)},
    )
    sessie.commit()
    return inhoud


@bp.get("/<uuid:uid>")
@vereist("signalen.lezen")
def toon(uid: UUID) -> str:
    """One signal, without the reporter."""
    actor, sessie = huidige_actor(), db.session()
    rij = haal(sessie, actor, Signaal, uid, "Dit signaal")
    # At one address 'verhuurder' or 'hotel' says who reported: the source stays with who may know.
    toon_bron = actor.rol is Rol.AANDACHTSFUNCTIONARIS
    zoek_herkomst: Herkomst | None = current_app.extensions.get(HERKOMST)
    nu = klok().nu()
    inhoud = render_template(
        "signalen/signaal.html",
        signaal=rij,
        indicatoren=INDICATOREN,
        toon_bron=toon_bron,
        herkomst=zoek_herkomst(sessie, actor, rij) if zoek_herkomst else None,
        **NAMEN,
        **meldroutebeeld(sessie, actor, rij, nu),
    )
    leg_vast(sessie, actor, nu, "signaal_gelezen", "signaal", rij.uid)
    sessie.commit()
    return inhoud


@bp.get("/melden")
@vereist("signalen.melden", alleen_lezen=True)
def melden() -> Response:
    """The old address of the intake."""
    return redirect(url_for("signaalmelden.nieuw", locatie=request.args.get("locatie")))

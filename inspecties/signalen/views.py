"""Signals: list, one signal, and reporting one. Who reported is on no page."""

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol, rol_mag
from inspecties.core.zoeken import zoektekst
from inspecties.database import db, haal
from inspecties.locaties.models import Risicolocatie
from inspecties.signalen import operations, queries
from inspecties.signalen.forms import Filterform, Meldform
from inspecties.signalen.herkomst import SLEUTEL as HERKOMST
from inspecties.signalen.herkomst import Herkomst
from inspecties.signalen.models import Signaal
from inspecties.signalen.rules.indeling import BRONNEN, MELDSTAPPEN, URGENTIES, VORMEN
from inspecties.signalen.rules.indicatoren import GROEPEN, INDICATOREN
from inspecties.web.formulieren import keuzes
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
    inhoud = render_template(
        "signalen/signaal.html",
        signaal=rij,
        indicatoren=INDICATOREN,
        toon_bron=toon_bron,
        herkomst=zoek_herkomst(sessie, actor, rij) if zoek_herkomst else None,
        **NAMEN,
    )
    leg_vast(sessie, actor, klok().nu(), "signaal_gelezen", "signaal", rij.uid)
    sessie.commit()
    return inhoud


def _gekozen_locatie(actor: Actor, form: Meldform) -> Risicolocatie | None:
    if not form.locatie.data:
        return None
    return haal(db.session(), actor, Risicolocatie, form.locatie.data, "De gekozen locatie")


def _toon_melding(form: Meldform, gekozen: Risicolocatie | None, *, gezocht: bool) -> str:
    gevonden = queries.zoek_locaties(db.session(), huidige_actor(), zoektekst(form.zoek.data)) if gezocht else []
    if gekozen is not None and gekozen not in gevonden:
        gevonden = [gekozen, *gevonden]
    form.locatie.choices = keuzes(
        ((str(x.uid), f"{x.naam}, {x.adresregel} {x.woonplaats}".strip()) for x in gevonden), "Geen van deze"
    )
    return render_template(
        "signalen/melden.html", form=form, gevonden=gevonden, gezocht=gezocht, groepen=GROEPEN, indicatoren=INDICATOREN
    )


@bp.route("/melden", methods=["GET", "POST"])
@vereist("signalen.melden")
def melden() -> str | Response | tuple[str, int]:
    """Report a signal; with ``?locatie=<uid>`` about a known place."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    form = Meldform()
    if request.method == "GET":
        form.datum.data = lokale_datum(nu)
        form.locatie.data = request.args.get("locatie", "")
        return _toon_melding(form, _gekozen_locatie(actor, form), gezocht=False)
    gekozen = _gekozen_locatie(actor, form)
    if "zoeken" in request.form:
        return _toon_melding(form, gekozen, gezocht=True)
    if form.validate():
        melding = operations.Melding(
            datum=form.datum.data,
            bron=form.bron.data,
            vorm=form.vorm.data,
            urgentie=form.urgentie.data,
            tekst=form.tekst.data,
            waar=form.waar.data or "",
            indicatoren=form.indicatoren.data or [],
            locatie=gekozen,
        )
        try:
            nieuw = operations.meld(sessie, actor, nu, melding)
        except OngeldigeInvoer as fout:
            sessie.rollback()
            gekozen = _gekozen_locatie(actor, form)
            form.meld_fout(fout.veld, fout.melding)
        else:
            nummer, uid = nieuw.nummer, nieuw.uid
            sessie.commit()
            flash(f"Bedankt. Uw signaal {nummer} ligt bij de aandachtsfunctionaris.", "succes")
            if rol_mag(actor.rol, "signalen.lezen"):
                return redirect(url_for("signalen.toon", uid=uid))
            return redirect(url_for("signalen.melden"))
    return _toon_melding(form, gekozen, gezocht=bool(form.zoek.data)), 422

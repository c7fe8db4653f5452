"""Pages of actions: the list, making one, its overview and its state."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.acties import operations, operations_stops, operations_toestand, queries
from inspecties.acties.forms import ActieForm, Filterform, NieuwForm, ToestandForm, beginwaarden
from inspecties.acties.gereedheidsbronnen import gereedheid, in_de_weg
from inspecties.acties.models import DEELNAMESTATUS, Actie
from inspecties.acties.panelen import lees_panelen
from inspecties.acties.rules.gegevens import ActieGegevens, lokaal_moment, maak_dienst
from inspecties.acties.rules.toestanden import ACTIE_TABEL, SOORTEN, STOP_TABEL, TOEGANGSGRONDEN
from inspecties.acties.soorten import actiesoorten
from inspecties.acties.soortkeuze import begin_met
from inspecties.acties.stops_bronnen import herkomst_bij_nieuw
from inspecties.acties.uitkomsten import SLEUTEL, Uitkomst
from inspecties.acties.voortgang import ACTIE_TOON, STOP_TOON, lees_voortgang
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.ids import lees_id
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.core.zoeken import zoektekst
from inspecties.database import db, haal, select_voor
from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.locaties.gebieden import locaties_voor_actie
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.queries import tel
from inspecties.partners.beschikbaar import zicht_van
from inspecties.web.formulieren import keuzes, verzonden
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("acties", __name__, url_prefix="/acties")

Pagina = str | Response | tuple[str, int]
PER_BLADZIJDE = 25


def haal_actie(uid: UUID) -> Actie:
    """The action in the URL, within the actor's scope. Raises NietGevonden."""
    return haal(db.session(), huidige_actor(), Actie, uid, "Deze actie")


def _datum(naam: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(naam, ""))
    except ValueError:
        return None


def _middernacht(dag: date | None) -> datetime | None:
    return lokaal_moment(dag, datetime.min.time(), "datum") if dag else None


@bp.get("")
@vereist("acties.lezen", alleen_lezen=True)
def lijst() -> str:
    """All actions in scope: what comes first on top, unless sorted otherwise."""
    actor, sessie, args = huidige_actor(), db.session(), request.args
    van, tot = _datum("van"), _datum("tot")
    toestand, soort = args.get("toestand", ""), args.get("soort", "")
    filter_ = queries.Filter(
        toestanden=(toestand,) if toestand in ACTIE_TABEL.namen else (),
        soorten=(soort,) if soort in SOORTEN else (),
        van=_middernacht(van),
        voor=_middernacht(tot + timedelta(days=1)) if tot and tot < date.max else None,
        zoek=zoektekst(args.get("zoek")),
    )
    sorteer = args.get("sorteer", "")
    sorteer = sorteer if sorteer in queries.SORTERING else "datum"
    richting = "op" if args.get("richting", "op" if sorteer != "datum" else "af") == "op" else "af"
    kolom = queries.SORTERING[sorteer]
    opdracht = queries.gefilterd(actor, filter_)
    totaal = tel(sessie, opdracht)
    paginas = max(1, -(-totaal // PER_BLADZIJDE))
    gevraagd = args.get("pagina", "1")
    pagina = min(int(gevraagd), paginas) if gevraagd.isascii() and gevraagd.isdigit() and gevraagd.strip("0") else 1
    acties = sessie.scalars(
        opdracht.order_by(kolom.asc() if richting == "op" else kolom.desc(), Actie.id)
        .limit(PER_BLADZIJDE)
        .offset((pagina - 1) * PER_BLADZIJDE)
    ).all()
    gefilterd = bool(filter_.toestanden or filter_.soorten or van or tot or filter_.zoek)
    return render_template(
        "acties/lijst.html",
        acties=acties,
        tellingen=queries.stoptellingen(sessie, actor, acties),
        form=Filterform(formdata=None, zoek=filter_.zoek, toestand=toestand, soort=soort, van=van, tot=tot),
        gefilterd=gefilterd,
        sorteer=sorteer,
        richting=richting,
        pagina=pagina,
        paginas=paginas,
        totaal=totaal,
        vandaag=lokale_datum(klok().nu()),
        **namen(),
    )


def namen() -> dict[str, Any]:
    """Words on screen of the codes that templates of actions show."""
    return {
        "soorten": SOORTEN,
        "actienamen": ACTIE_TABEL.namen,
        "actietoon": ACTIE_TOON,
        "gronden": TOEGANGSGRONDEN,
        "stopnamen": STOP_TABEL.namen,
        "stoptoon": STOP_TOON,
        "deelnamestatus": DEELNAMESTATUS,
        "lokale_datum": lokale_datum,
    }


def _gegevens(form: ActieForm) -> ActieGegevens:
    begin, eind = maak_dienst(
        form.datum.data, form.van.data, form.tot.data, na_middernacht=bool(form.na_middernacht.data)
    )
    return ActieGegevens(
        form.naam.data, form.soort.data, begin, eind, form.doel.data or "", bool(form.aangekondigd.data)
    )


def _gekozen_locaties(sessie: Session, actor: Actor) -> list[Risicolocatie]:
    """The locations that list or map sent along: ``locatie`` (repeatable), or an area with its filter."""
    uids = [uid for uid in map(lees_id, verzonden().getlist("locatie")) if uid]
    if not uids:
        return list(locaties_voor_actie(sessie, actor, request.args, klok().nu()))
    return list(
        sessie.scalars(
            select_voor(actor, Risicolocatie)
            .where(Risicolocatie.uid.in_(uids[: operations_stops.STOPS_HOOGSTENS]))
            .order_by(Risicolocatie.id)
        )
    )


@bp.route("/nieuw", methods=["GET", "POST"])
@vereist("acties.plannen")
def nieuw() -> Pagina:
    """Step 1: what, when and with whom. Then teams, then stops."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    organisaties = {str(o.uid): o for o in queries.organisaties(sessie, actor)}
    vooraf = begin_met(request.args.get("soort", ""), lokale_datum(nu), organisaties.values())
    form = NieuwForm(data=vooraf if request.method == "GET" else None)
    form.partners.choices = keuzes((uid, o.naam) for uid, o in organisaties.items())
    locaties = _gekozen_locaties(sessie, actor)
    herkomst = herkomst_bij_nieuw(verzonden().get("bron", ""), request.args)
    if form.validate_on_submit():
        try:
            actie = operations.maak_actie(sessie, actor, nu, _gegevens(form))
            partners = {organisaties[uid].id: "uitgenodigd" for uid in form.partners.data}
            operations.zet_partners(sessie, actor, nu, actie, partners)
            operations_stops.voeg_stops_toe(sessie, actor, nu, actie, locaties, herkomst)
        except (OngeldigeInvoer, Conflict) as fout:
            sessie.rollback()
            form.meld_fout(fout.veld, fout.melding)
        else:
            sessie.commit()
            flash("De actie is gemaakt. Zet nu mensen in ploegen.", "succes")
            return redirect(url_for("acties.ploegen", uid=actie.uid))
    return (
        render_template(
            "acties/nieuw.html",
            form=form,
            locaties=locaties,
            herkomst=herkomst,
            actiesoorten=actiesoorten().values(),
        ),
        422 if form.is_submitted() else 200,
    )


@bp.get("/<uuid:uid>")
@vereist("acties.lezen", alleen_lezen=True)
def toon(uid: UUID) -> str:
    """The whole of an action, as far as the actor may see it."""
    return toon_actie(uid)


def toon_actie(uid: UUID, fout: str = "") -> str:
    """Render the overview, with the message of an act that could not be done."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    voortgang = lees_voortgang(sessie, actor, actie)
    planner = rol_mag(actor.rol, "acties.plannen")
    overgangen = []
    if planner:
        overgangen = [
            (o, in_de_weg(sessie, actor, actie, o.naar, nu))
            for o in ACTIE_TABEL.vanuit(actie.toestand)
            if rol_mag(actor.rol, o.recht)
        ]
    lopend = actie.toestand in {"concept", "gereed", "in_uitvoering"}
    return render_template(
        "acties/actie.html",
        actie=actie,
        voortgang=voortgang,
        ploegen=queries.ploegen_van_actie(sessie, actor, actie),
        deelnames=queries.deelnames_van(sessie, actor, actie),
        stappen=queries.stappen_van(sessie, actor, actie),
        uitkomsten=_uitkomsten(sessie, actor, [stand.stop.id for stand in voortgang.stops]),
        checklists=queries.geldige_checklists(sessie, actor, lokale_datum(actie.begin_op)),
        overgangen=overgangen,
        aandacht=gereedheid(sessie, actor, actie, nu).aandacht if planner and lopend else [],
        panelen=lees_panelen(sessie, actor, actie, nu),
        zicht=zicht_van(sessie, actor),
        planner=planner,
        lopend=lopend,
        form=ToestandForm(formdata=None),
        nu=nu,
        fout=fout,
        **namen(),
    )


def _uitkomsten(sessie: Session, actor: Actor, stop_ids: list[int]) -> Mapping[int, Uitkomst]:
    bron = current_app.extensions.get(SLEUTEL)
    if bron is None or not rol_mag(actor.rol, "bezoeken.lezen"):
        return {}
    uit: Mapping[int, Uitkomst] = bron(sessie, actor, stop_ids)
    return uit


@bp.route("/<uuid:uid>/wijzigen", methods=["GET", "POST"])
@vereist("acties.plannen")
def wijzigen(uid: UUID) -> Pagina:
    """Change what and when."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    operations.eis_concept(actie)
    form = ActieForm(data=beginwaarden(actie, lokaal(actie.begin_op), lokaal(actie.eind_op)))
    status = 422 if form.is_submitted() else 200
    ander: dict[str, Any] | None = None
    if form.validate_on_submit():
        try:
            operations.controleer_versie(actie, form.gezien)
            operations.wijzig_actie(sessie, actor, nu, actie, _gegevens(form))
        except Conflict as fout:
            # Both versions on one page: what was typed in the form, what is stored now beside it.
            sessie.rollback()
            actie, status = haal_actie(uid), fout.status
            ander = beginwaarden(actie, lokaal(actie.begin_op), lokaal(actie.eind_op))
            form.meld_fout(None, fout.melding)
        except OngeldigeInvoer as fout:
            sessie.rollback()
            actie = haal_actie(uid)
            form.meld_fout(fout.veld, fout.melding)
        else:
            sessie.commit()
            flash("De gegevens zijn opgeslagen.", "succes")
            return redirect(url_for("acties.toon", uid=uid))
    form.versie.data = str(actie.versie)
    return render_template("acties/wijzigen.html", form=form, actie=actie, ander=ander, **namen()), status


@bp.post("/<uuid:uid>/toestand")
@vereist("acties.plannen")
def toestand(uid: UUID) -> Pagina:
    """Move the action on; what stands in the way is told on its page."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    form = ToestandForm()
    if not form.validate_on_submit():
        return toon_actie(uid, next(iter(form.toestand.errors or form.reden.errors), "Kies opnieuw.")), 422
    try:
        operations.controleer_versie(actie, form.gezien)
        stap = operations_toestand.naar(sessie, actor, nu, actie, form.toestand.data, form.reden.data)
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        # Only reading from here: on SQLite nobody waits for this page to be drawn.
        sessie.connection(execution_options={ALLEEN_LEZEN: True})
        return toon_actie(uid, fout.melding), fout.status
    naam = ACTIE_TABEL.namen[stap.naar]
    sessie.commit()
    flash(f"De actie is nu '{naam.lower()}'.", "succes")
    return redirect(url_for("acties.toon", uid=uid))

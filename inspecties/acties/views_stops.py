"""Pages of stops: choose locations, divide and order them, plan one. On the blueprint of actions."""

from datetime import time
from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from sqlalchemy import Select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.acties import operations, operations_stops, queries
from inspecties.acties.forms import GEEN_PLOEG, WIE_EERST_EIGEN, MetVersie, StopForm, ToestandForm
from inspecties.acties.models import Actie, Stop
from inspecties.acties.operations_stops import STOPS_HOOGSTENS, StopGegevens
from inspecties.acties.prioriteit import waarom_gekozen
from inspecties.acties.rules.gegevens import binnen_dienst
from inspecties.acties.rules.toestanden import STOP_TABEL
from inspecties.acties.uitkomsten import MELDER, Melder
from inspecties.acties.views import PER_BLADZIJDE, Pagina, bp, haal_actie, namen, toon_actie
from inspecties.acties.voortgang import lees_voortgang
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.ids import lees_id, nieuw_id
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.database import db, haal, select_voor
from inspecties.locaties.filters import lees_filter
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.queries import gefilterd, tel, typen_van
from inspecties.locaties.rules.status import STATUSNAMEN
from inspecties.web.poort import huidige_actor, klok, vereist

__all__ = ["bp"]

# "Add all" is offered for a list that one can oversee; with more a filter comes first.
ALLES_TOT = 40
_TE_BEZOEKEN = tuple(code for code in STATUSNAMEN if code != "uit_beeld")


def _haal_stop(actie: Actie, uid: UUID | str) -> Stop:
    stop = haal(db.session(), huidige_actor(), Stop, uid, "Deze stop")
    if stop.actie_id != actie.id:
        raise NietGevonden("Deze stop hoort niet bij deze actie.")
    return stop


def _pool(actor: Actor, actie: Actie) -> Select[Risicolocatie]:
    """Locations that fit the filter in the URL and are no stop yet: longest not visited first."""
    filter_ = lees_filter(request.args, klok().nu())
    al = select_voor(actor, Stop).where(Stop.actie_id == actie.id).with_only_columns(Stop.locatie_id)
    opdracht = gefilterd(actor, filter_).where(Risicolocatie.id.not_in(al))
    if not filter_.statussen:
        opdracht = opdracht.where(Risicolocatie.status.in_(_TE_BEZOEKEN))
    return opdracht.order_by(
        Risicolocatie.laatste_bezoek_op.is_not(None), Risicolocatie.laatste_bezoek_op, Risicolocatie.id
    )


@bp.get("/<uuid:uid>/stops")
@vereist("acties.plannen", alleen_lezen=True)
def stops(uid: UUID) -> str:
    """The order of the stops, and the pool to choose from."""
    return toon_stops(uid)


def toon_stops(uid: UUID, fout: str = "") -> str:
    """Render the stops page, with the message of an act that could not be done."""
    actor, sessie, args = huidige_actor(), db.session(), request.args
    actie = haal_actie(uid)
    operations.eis_concept(actie)
    opdracht = _pool(actor, actie)
    totaal = tel(sessie, opdracht)
    paginas = max(1, -(-totaal // PER_BLADZIJDE))
    gevraagd = args.get("pagina", "1")
    pagina = min(int(gevraagd), paginas) if gevraagd.isascii() and gevraagd.isdigit() and gevraagd.strip("0") else 1
    return render_template(
        "acties/stops.html",
        actie=actie,
        stops=lees_voortgang(sessie, actor, actie).stops,
        ploegen=queries.ploegen_van_actie(sessie, actor, actie),
        checklists=queries.geldige_checklists(sessie, actor, lokale_datum(actie.begin_op)),
        pool=sessie.scalars(opdracht.limit(PER_BLADZIJDE).offset((pagina - 1) * PER_BLADZIJDE)).all(),
        totaal=totaal,
        pagina=pagina,
        paginas=paginas,
        typen=typen_van(sessie, actor),
        statusnamen=STATUSNAMEN,
        gekozen={"type": args.get("type", ""), "status": args.get("status", ""), "zoek": args.get("zoek", "")},
        maanden=args.get("niet_bezocht_maanden", ""),
        hoogstens=STOPS_HOOGSTENS,
        alles_tot=ALLES_TOT,
        form=MetVersie(formdata=None),
        geen_ploeg=GEEN_PLOEG,
        fout=fout,
        **namen(),
    )


def _terug(uid: UUID) -> Response:
    """Back to the stops with the filter that was on."""
    over: dict[str, Any] = {naam: request.args.getlist(naam) for naam in request.args}
    return redirect(url_for("acties.stops", uid=uid, **over))


@bp.post("/<uuid:uid>/stops/toevoegen")
@vereist("acties.plannen")
def voeg_stops_toe(uid: UUID) -> Pagina:
    """The ticked locations, or with ``alles`` everything that the filter shows."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    form = MetVersie()
    uids = [lees_id(tekst) for tekst in request.form.getlist("locatie")]
    opdracht = _pool(actor, actie)
    if "alles" not in request.form:
        opdracht = opdracht.where(Risicolocatie.uid.in_([u for u in uids if u]))
    # One more than allowed, so that the operation can say that it is too many.
    locaties = sessie.scalars(opdracht.limit(STOPS_HOOGSTENS + 1)).all()
    try:
        if not form.validate_on_submit() or not locaties:
            raise OngeldigeInvoer("Vink ten minste één locatie aan die nog geen stop is.", "locatie")
        operations.controleer_versie(actie, form.gezien)
        nieuw = operations_stops.voeg_stops_toe(sessie, actor, nu, actie, locaties)
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        return toon_stops(uid, fout.melding), fout.status
    aantal = len(nieuw)
    sessie.commit()
    flash("1 stop toegevoegd." if aantal == 1 else f"{aantal} stops toegevoegd.", "succes")
    return _terug(uid)


@bp.post("/<uuid:uid>/stops/verdelen")
@vereist("acties.plannen")
def verdeel_stops(uid: UUID) -> Pagina:
    """One form for the whole list: the teams (``ploeg-<stop>``), and a button ``omhoog``, ``omlaag`` or ``weg``.

    The choices that were made on the screen are kept with whatever button is pressed.
    """
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    form = MetVersie()
    try:
        operations.controleer_versie(actie, form.gezien)
        _verdeel(sessie, actor, actie)
        doe = next((naam for naam in ("omhoog", "omlaag", "weg") if naam in request.form), None)
        if doe is not None:
            stop = _haal_stop(actie, request.form[doe])
            if doe == "weg":
                operations_stops.verwijder_stop(sessie, actor, nu, stop)
            else:
                operations_stops.verplaats_stop(sessie, actor, nu, stop, omhoog=doe == "omhoog")
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        return toon_stops(uid, fout.melding), fout.status
    sessie.commit()
    if doe is None:
        flash("De verdeling is opgeslagen.", "succes")
    return _terug(uid)


def _verdeel(sessie: Session, actor: Actor, actie: Actie) -> None:
    per_uid = {str(ploeg.uid): ploeg for ploeg in actie.ploegen}
    verdeling = {}
    for stop in queries.stops_van(sessie, actor, actie):
        keuze = request.form.get(f"ploeg-{stop.uid}")
        if keuze is None:
            continue
        if keuze != GEEN_PLOEG and keuze not in per_uid:
            raise OngeldigeInvoer(f"{stop.locatie.adresregel}: kies een ploeg van deze actie.", "ploeg")
        verdeling[stop.uid] = per_uid.get(keuze)
    if any(stop.ploeg is not verdeling.get(stop.uid, stop.ploeg) for stop in queries.stops_van(sessie, actor, actie)):
        operations_stops.zet_ploegen_van_stops(sessie, actor, klok().nu(), actie, verdeling)


@bp.route("/<uuid:uid>/stops/<uuid:stop_uid>", methods=["GET", "POST"])
@vereist("acties.plannen")
def stop(uid: UUID, stop_uid: UUID) -> Pagina:
    """How one stop is visited."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    rij = _haal_stop(actie, stop_uid)
    operations.eis_concept(actie)
    form = StopForm(data=_beginwaarden(rij))
    _zet_keuzes(sessie, actor, form, actie, rij)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            operations.controleer_versie(actie, form.gezien)
            operations_stops.wijzig_stop(sessie, actor, nu, rij, _stopgegevens(form, actie, rij))
        except (Conflict, OngeldigeInvoer) as fout:
            sessie.rollback()
            form.meld_fout(fout.veld, fout.melding)
            actie, status = haal_actie(uid), fout.status
            rij = _haal_stop(actie, stop_uid)
        else:
            naam = rij.locatie.adresregel
            sessie.commit()
            flash(f"Stop {naam} is opgeslagen.", "succes")
            return redirect(url_for("acties.stops", uid=uid))
    form.versie.data = str(actie.versie)
    gekozen = waarom_gekozen(sessie, actor, rij.id)
    return render_template("acties/stop.html", actie=actie, stop=rij, form=form, gekozen=gekozen, **namen()), status


def _beginwaarden(rij: Stop) -> dict[str, Any]:
    def uur(moment: Any) -> time | None:
        return lokaal(moment).time() if moment else None

    return {
        "ploeg": str(rij.ploeg.uid) if rij.ploeg else GEEN_PLOEG,
        "checklists": rij.checklists,
        "duur_min": rij.duur_min,
        "toegangsgrond": rij.toegangsgrond,
        "wie_eerst": rij.wie_eerst,
        "venster_van": uur(rij.venster_begin_op),
        "venster_tot": uur(rij.venster_eind_op),
        "veiligheid": rij.veiligheid,
    }


def _zet_keuzes(sessie: Session, actor: Actor, form: StopForm, actie: Actie, rij: Stop) -> None:
    eerst = [WIE_EERST_EIGEN, *(d.organisatie.naam for d in queries.deelnames_van(sessie, actor, actie))]
    if rij.wie_eerst and rij.wie_eerst not in eerst:
        eerst.append(rij.wie_eerst)
    checklists = queries.geldige_checklists(sessie, actor, lokale_datum(actie.begin_op))
    form.zet_keuzes([(str(p.uid), p.naam) for p in actie.ploegen], checklists, eerst)


def _stopgegevens(form: StopForm, actie: Actie, rij: Stop) -> StopGegevens:
    per_uid = {str(ploeg.uid): ploeg for ploeg in actie.ploegen}

    def moment(uur: time | None, veld: str) -> Any:
        return None if uur is None else binnen_dienst(actie.begin_op, actie.eind_op, uur, veld)

    return StopGegevens(
        locatie=rij.locatie,
        ploeg=per_uid.get(form.ploeg.data),
        duur_min=form.duur_min.data,
        toegangsgrond=form.toegangsgrond.data,
        wie_eerst=form.wie_eerst.data or "",
        veiligheid=form.veiligheid.data or "",
        checklists=tuple(form.checklists.data),
        venster_begin_op=moment(form.venster_van.data, "venster_van"),
        venster_eind_op=moment(form.venster_tot.data, "venster_tot"),
    )


@bp.post("/<uuid:uid>/stops/<uuid:stop_uid>/toestand")
@vereist("acties.plannen")
def stoptoestand(uid: UUID, stop_uid: UUID) -> Pagina:
    """Call a stop off, put it back, or note what a team reports by other means than its tablet."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = _haal_stop(haal_actie(uid), stop_uid)
    form = ToestandForm()
    if not form.validate_on_submit():
        return toon_actie(uid, next(iter(form.toestand.errors or form.reden.errors), "Kies opnieuw.")), 422
    nieuw, reden = form.toestand.data, form.reden.data or ""
    try:
        if "vervallen" in (rij.toestand, nieuw):
            operations_stops.zet_stop_aan_of_af(sessie, actor, nu, rij, nieuw, reden)
        elif rij.actie.toestand not in {"gereed", "in_uitvoering"}:
            raise Conflict("Een bezoek melden kan alleen als de actie gereed of in uitvoering is.")
        else:
            melder: Melder = current_app.extensions[MELDER]
            melder(sessie, actor, nu, rij, nieuw, nieuw_id(), nu, reden)
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        return toon_actie(uid, fout.melding), fout.status
    tekst = f"{rij.locatie.adresregel} is nu '{STOP_TABEL.namen[rij.toestand].lower()}'."
    sessie.commit()
    flash(tekst, "succes")
    return redirect(url_for("acties.toon", uid=uid))

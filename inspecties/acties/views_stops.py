"""Pages of stops: choose locations, divide and order them, plan one. On the blueprint of actions."""

from datetime import time
from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from sqlalchemy import Select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.acties import operations, operations_stops, queries
from inspecties.acties.bevoegdheden_gereed import ontbrekende_bevoegdheden
from inspecties.acties.forms import GEEN_PLOEG, WIE_EERST_EIGEN, MetVersie, StopForm, ToestandForm
from inspecties.acties.forms_stops import AdresForm
from inspecties.acties.machtiging_queries import gebruiksdoelen
from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.operations_stops import STOPS_HOOGSTENS, StopGegevens
from inspecties.acties.prioriteit import waarom_gekozen
from inspecties.acties.rules.binnentreden import woonkans
from inspecties.acties.rules.gegevens import binnen_dienst
from inspecties.acties.rules.herkomst import HERKOMSTEN
from inspecties.acties.rules.toestanden import STOP_TABEL
from inspecties.acties.stops_bronnen import BRONNEN, kandidaten, lees_bron, tabs, waarom
from inspecties.acties.stops_plan import eerdere_veiligheid, herkomst_van, plan_of_leeg
from inspecties.acties.uitkomsten import MELDER, Melder
from inspecties.acties.views import PER_BLADZIJDE, Pagina, bp, haal_actie, namen, toon_actie
from inspecties.acties.voortgang import lees_voortgang
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.ids import lees_id, nieuw_id
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.database import db, haal, select_voor
from inspecties.locaties.filters import lees_filter
from inspecties.locaties.gebieden import gebieden_van
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.queries import gefilterd, tel, typen_in_gebruik, typen_van
from inspecties.locaties.rules.gebied import GEBIEDSOORTEN
from inspecties.locaties.rules.status import STATUSNAMEN
from inspecties.partners.bevoegd import bevoegdhedentabel
from inspecties.web.formulieren import keuzes
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


def _pool(sessie: Session, actor: Actor, actie: Actie, bron: str) -> Select[Risicolocatie]:
    """Locations of a source that fit the filter in the URL and are no stop yet, the best candidate first."""
    filter_ = lees_filter(request.args, klok().nu())
    al = select_voor(actor, Stop).where(Stop.actie_id == actie.id).with_only_columns(Stop.locatie_id)
    opdracht = gefilterd(actor, filter_).where(Risicolocatie.id.not_in(al))
    if not filter_.statussen:
        opdracht = opdracht.where(Risicolocatie.status.in_(_TE_BEZOEKEN))
    return kandidaten(sessie, actor, klok().nu(), bron, opdracht, request.args)


def adresform(actie: Actie) -> AdresForm:
    """The form of a typed address, with the kinds of place."""
    form = AdresForm()
    typen = typen_in_gebruik(db.session(), huidige_actor())
    form.type.choices = keuzes(((t.code, t.naam) for t in typen), "Wat er al staat")
    form.versie.data = form.versie.data or str(actie.versie)
    return form


@bp.get("/<uuid:uid>/stops")
@vereist("acties.plannen", alleen_lezen=True)
def stops(uid: UUID) -> str:
    """The order of the stops, and the pool to choose from."""
    return toon_stops(uid)


def toon_stops(uid: UUID, fout: str = "", adres: AdresForm | None = None, bron: str | None = None) -> str:
    """Render the stops page, with the message of an act that could not be done."""
    actor, sessie, args, nu = huidige_actor(), db.session(), request.args, klok().nu()
    actie = haal_actie(uid)
    operations.eis_concept(actie)
    bron = bron or lees_bron(actor, args.get("bron"))
    opdracht = _pool(sessie, actor, actie, bron)
    totaal = tel(sessie, opdracht) if bron != "adres" else 0
    paginas = max(1, -(-totaal // PER_BLADZIJDE))
    gevraagd = args.get("pagina", "1")
    pagina = min(int(gevraagd), paginas) if gevraagd.isascii() and gevraagd.isdigit() and gevraagd.strip("0") else 1
    pool = sessie.scalars(opdracht.limit(PER_BLADZIJDE).offset((pagina - 1) * PER_BLADZIJDE)).all() if totaal else []
    return render_template(
        "acties/stops.html",
        actie=actie,
        bron=bron,
        tabs=tabs(actor),
        adres=adres or (adresform(actie) if bron == "adres" else None),
        waarom=waarom(sessie, actor, nu, bron, pool, args),
        gebieden=[(str(g.uid), f"{GEBIEDSOORTEN[g.soort]}: {g.naam}") for g in gebieden_van(sessie, actor)]
        if bron == "gebied"
        else [],
        herkomst=herkomst_van(sessie, actor, actie),
        herkomsten=HERKOMSTEN,
        stops=lees_voortgang(sessie, actor, actie).stops,
        ploegen=queries.ploegen_van_actie(sessie, actor, actie),
        checklists=queries.geldige_checklists(sessie, actor, lokale_datum(actie.begin_op)),
        pool=pool,
        totaal=totaal,
        pagina=pagina,
        paginas=paginas,
        typen=typen_van(sessie, actor),
        statusnamen=STATUSNAMEN,
        gekozen={naam: args.get(naam, "") for naam in ("type", "status", "zoek", "gebied")},
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
    bron = lees_bron(actor, request.args.get("bron"))
    opdracht = _pool(sessie, actor, actie, bron)
    if "alles" not in request.form:
        opdracht = opdracht.where(Risicolocatie.uid.in_([u for u in uids if u]))
    # One more than allowed, so that the operation can say that it is too many.
    locaties = sessie.scalars(opdracht.limit(STOPS_HOOGSTENS + 1)).all()
    try:
        if not form.validate_on_submit() or not locaties:
            raise OngeldigeInvoer("Vink ten minste één locatie aan die nog geen stop is.", "locatie")
        operations.controleer_versie(actie, form.gezien)
        nieuw = operations_stops.voeg_stops_toe(sessie, actor, nu, actie, locaties, BRONNEN[bron][1])
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
                operations_stops.verwijder_stop(sessie, actor, nu, stop, request.form.get("reden", ""))
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
    plan = plan_of_leeg(sessie, actor, rij)
    form = StopForm(data=_beginwaarden(rij, plan))
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
            plan = plan_of_leeg(sessie, actor, rij)
        else:
            naam = rij.locatie.adresregel
            punten = ontbrekende_bevoegdheden(sessie, actor, actie)
            mist = [punt.melding for punt in punten if punt.sleutel.startswith(f"{rij.uid}:")]
            sessie.commit()
            flash(f"Stop {naam} is opgeslagen.", "succes")
            for melding in mist:
                flash(melding, "waarschuwing")
            return redirect(url_for("acties.stops", uid=uid))
    form.versie.data = str(actie.versie)
    doel = gebruiksdoelen(sessie, actor, [rij.locatie]).get(rij.locatie_id, "")
    return render_template(
        "acties/stop.html",
        actie=actie,
        stop=rij,
        plan=plan,
        form=form,
        kaal=MetVersie(formdata=None),
        gekozen=waarom_gekozen(sessie, actor, rij.id),
        herkomst=HERKOMSTEN[plan.herkomst],
        woonkans=woonkans(doel, rij.locatie.locatietype.code),
        eerder=eerdere_veiligheid(sessie, actor, rij),
        **namen(),
    ), status


def _beginwaarden(rij: Stop, plan: Stopplan) -> dict[str, Any]:
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
        "vereist": plan.vereist,
        "verplicht": plan.verplicht,
    }


def _zet_keuzes(sessie: Session, actor: Actor, form: StopForm, actie: Actie, rij: Stop) -> None:
    dag, tabel = lokale_datum(actie.begin_op), bevoegdhedentabel()
    eerst = {WIE_EERST_EIGEN: WIE_EERST_EIGEN}
    for deelname in queries.deelnames_van(sessie, actor, actie):
        mag = ", ".join(b.naam.lower() for b in tabel.van_soort(deelname.organisatie.soort, dag))
        if deelname.status != "afgezegd":
            eerst[deelname.organisatie.naam] = f"{deelname.organisatie.naam} ({mag or 'geen bevoegdheden'})"
    if rij.wie_eerst:
        eerst.setdefault(rij.wie_eerst, f"{rij.wie_eerst} (eerder gekozen)")
    checklists = queries.geldige_checklists(sessie, actor, dag)
    vereist = {
        code: b.naam + (" (te bevestigen)" if b.status != "bevestigd" else "") for code, b in tabel.op(dag).items()
    }
    form.zet_keuzes([(str(p.uid), p.naam) for p in actie.ploegen], checklists, eerst, vereist)


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
        vereist=tuple(form.vereist.data or ()),
        verplicht=bool(form.verplicht.data),
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

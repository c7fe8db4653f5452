"""Changing the plan while the evening runs: a stop that comes in, one stop to another team or off. For coordinators.

Each act says which version its user looked at. Who was overtaken sees what he saw, what stands now and what he wanted,
with everything that he typed still there.
"""

from dataclasses import dataclass
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from inspecties.acties import avond_operations, operations, operations_stops
from inspecties.acties.avond import laatste_wijzigingen
from inspecties.acties.avond_forms import PLAATSEN, ErbijForm, StopactForm
from inspecties.acties.avond_views import ploegkeuzes
from inspecties.acties.gereedheidsbronnen import BRONNEN
from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_avond import PLANWIJZIGINGEN
from inspecties.acties.queries import stopstappen_van
from inspecties.acties.rules.toestanden import STOP_TABEL, stopovergangen
from inspecties.acties.uitkomsten import MELDER, SLEUTEL, Melder
from inspecties.acties.views import Pagina, bp, haal_actie, namen
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.ids import nieuw_id
from inspecties.core.zoeken import zoektekst
from inspecties.database import db, haal, select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.queries import Filter, gefilterd
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

__all__ = ["bp"]

GEVONDEN_HOOGSTENS = 12
_INGEHAALD = "Iemand anders wijzigde deze actie op hetzelfde moment. Uw wijziging is niet opgeslagen."
_BOTSING = (Conflict, OngeldigeInvoer, StaleDataError)


def _lees_fout(fout: Conflict | OngeldigeInvoer | StaleDataError) -> tuple[str | None, str, int]:
    """Field, message and status."""
    if isinstance(fout, StaleDataError):
        return "versie", _INGEHAALD, Conflict.status
    return fout.veld, fout.melding, fout.status


def _zoek(sessie: Session, actor: Actor, actie: Actie, zoek: str) -> list[Risicolocatie]:
    if not zoek:
        return []
    al = select_voor(actor, Stop).where(Stop.actie_id == actie.id).with_only_columns(Stop.locatie_id)
    opdracht = gefilterd(actor, Filter(zoek=zoek)).where(Risicolocatie.id.not_in(al))
    return list(sessie.scalars(opdracht.order_by(Risicolocatie.straat, Risicolocatie.id).limit(GEVONDEN_HOOGSTENS)))


def _punten(sessie: Session, actor: Actor, actie: Actie) -> list[str]:
    nu = klok().nu()
    return [punt.melding for bron in BRONNEN for punt in bron(sessie, actor, actie, nu).blokkades]


def _vertel(tekst: str, punten: list[str]) -> None:
    flash(tekst, "succes")
    for punt in punten:
        flash(f"Let op: {punt}", "waarschuwing")


@bp.route("/<uuid:uid>/avond/stop-erbij", methods=["GET", "POST"])
@vereist("acties.plannen")
def avond_erbij(uid: UUID) -> Pagina:
    """A location that a team visits as well."""
    actor, sessie = huidige_actor(), db.session()
    actie = haal_actie(uid)
    zoek = zoektekst(request.args.get("zoek"))
    form = ErbijForm()
    gevonden = _zoek(sessie, actor, actie, zoek)
    form.locatie.choices = keuzes((str(g.uid), f"{g.adresregel}, {g.woonplaats} ({g.naam})") for g in gevonden)
    form.ploeg.choices = ploegkeuzes(actie, alle=False)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            tekst, punten = _voeg_toe(sessie, actor, actie, form, gevonden)
            sessie.commit()
        except _BOTSING as fout:
            sessie.rollback()
            veld, melding, status = _lees_fout(fout)
            form.meld_fout(veld if veld != "versie" else None, melding)
            actie = haal_actie(uid)
        else:
            _vertel(tekst, punten)
            return redirect(url_for("acties.avond", uid=uid))
    # After a refusal what was typed still stands there, and counts for the plan as it is now.
    form.versie.data = str(actie.versie)
    wijzigingen = laatste_wijzigingen(sessie, actor, actie)[:3] if status == Conflict.status else []
    return (
        render_template(
            "acties/avond_erbij.html",
            actie=actie,
            form=form,
            zoek=zoek,
            gevonden=gevonden,
            wijzigingen=wijzigingen,
            wijzigingsnamen=PLANWIJZIGINGEN,
            **namen(),
        ),
        status,
    )


def _voeg_toe(
    sessie: Session, actor: Actor, actie: Actie, form: ErbijForm, gevonden: list[Risicolocatie]
) -> tuple[str, list[str]]:
    locatie = next(g for g in gevonden if str(g.uid) == form.locatie.data)
    ploeg = next(p for p in actie.ploegen if str(p.uid) == form.ploeg.data)
    operations.controleer_versie(actie, form.gezien)
    eerder = _punten(sessie, actor, actie)
    stop = avond_operations.voeg_stop_toe_tijdens(
        sessie,
        actor,
        klok().nu(),
        actie,
        locatie,
        ploeg,
        form.reden.data,
        form.duur_min.data,
        eerst=form.plaats.data == "eerst",
    )
    punten = avond_operations.nieuwe_punten(eerder, _punten(sessie, actor, actie))
    return f"{locatie.adresregel} is nu stop {stop.volgorde} van {ploeg.naam}. De tablets zien het straks.", punten


@dataclass(frozen=True)
class Botsing:
    """Both versions: what stood on the screen, what stands now, and what was asked."""

    zag: str
    nu: str
    wilde: str


@bp.route("/<uuid:uid>/avond/stops/<uuid:stop_uid>", methods=["GET", "POST"])
@vereist("acties.plannen")
def avondstop(uid: UUID, stop_uid: UUID) -> Pagina:
    """One stop: to another team, off, back in, or what the team reports by telephone."""
    actor, sessie = huidige_actor(), db.session()
    actie = haal_actie(uid)
    stop = _haal_stop(actie, stop_uid)
    form = StopactForm()
    status, fout_tekst, botsing = (422 if form.is_submitted() else 200), "", None
    if form.is_submitted() and form.validate():
        try:
            tekst, punten = _doe(sessie, actor, actie, stop, form)
            sessie.commit()
        except _BOTSING as fout:
            sessie.rollback()
            veld, fout_tekst, status = _lees_fout(fout)
            actie = haal_actie(uid)
            stop = _haal_stop(actie, stop_uid)
            if veld in {"versie", "gezien"}:
                botsing = _botsing(actie, stop, form)
        else:
            _vertel(tekst, punten)
            return redirect(url_for("acties.avond", uid=uid))
    elif form.is_submitted():
        fout_tekst = next((f for fouten in form.errors.values() for f in fouten), "Kies opnieuw.")
    stappen = stopstappen_van(sessie, actor, [stop])[stop.id]
    return (
        render_template(
            "acties/avond_stop.html",
            actie=actie,
            stop=stop,
            form=form,
            fout=fout_tekst,
            botsing=botsing,
            stappen=stappen,
            plaatsen=PLAATSEN,
            overgangen=[
                o for o in stopovergangen(actie.toestand, stop.toestand) if "vervallen" not in (o.naar, stop.toestand)
            ],
            **namen(),
        ),
        status,
    )


def _haal_stop(actie: Actie, uid: UUID) -> Stop:
    stop = haal(db.session(), huidige_actor(), Stop, uid, "Deze stop")
    if stop.actie_id != actie.id:
        raise NietGevonden("Deze stop hoort niet bij deze actie.")
    return stop


def _antwoorden(sessie: Session, actor: Actor, stop: Stop) -> int:
    uitkomst = current_app.extensions[SLEUTEL](sessie, actor, [stop.id]).get(stop.id)
    return uitkomst.antwoorden if uitkomst else 0


def _doe(sessie: Session, actor: Actor, actie: Actie, stop: Stop, form: StopactForm) -> tuple[str, list[str]]:
    nu, doe, reden = klok().nu(), form.doe.data, form.reden.data or ""
    avond_operations.controleer_gezien(stop, form.gezien_toestand.data or "", form.gezien_ploeg.data or "")
    operations.controleer_versie(actie, form.gezien)
    naam = stop.locatie.adresregel
    if doe == "wissel":
        ploeg = next((p for p in actie.ploegen if str(p.uid) == form.ploeg.data), None)
        if ploeg is None:
            raise OngeldigeInvoer("Kies een ploeg van deze actie.", "ploeg")
        eerder, oud = _punten(sessie, actor, actie), stop.ploeg
        antwoorden = _antwoorden(sessie, actor, stop)
        avond_operations.wissel_ploeg(
            sessie, actor, nu, stop, ploeg, reden, antwoorden, eerst=form.plaats.data == "eerst"
        )
        punten = avond_operations.nieuwe_punten(eerder, _punten(sessie, actor, actie))
        return f"{naam} ging van {oud.naam if oud else 'geen ploeg'} naar {ploeg.naam}.", punten
    if doe == "vervallen":
        avond_operations.laat_vervallen_tijdens(sessie, actor, nu, stop, reden, _antwoorden(sessie, actor, stop))
        return f"{naam} is vervallen. De tablet laat hem weg bij het volgende contact.", []
    if doe == "terug":
        operations_stops.zet_stop_terug(sessie, actor, nu, stop)
        return f"{naam} staat weer in het plan.", []
    if doe == "stand":
        return _meld(sessie, actor, stop, form.toestand.data or "", reden), []
    raise OngeldigeInvoer("Kies wat u wilt doen.", "doe")


def _meld(sessie: Session, actor: Actor, stop: Stop, toestand: str, reden: str) -> str:
    if stop.actie.toestand not in {"gereed", "in_uitvoering"} or "vervallen" in (stop.toestand, toestand):
        raise Conflict("Deze stand kunt u hier niet melden.", "toestand")
    nu = klok().nu()
    melder: Melder = current_app.extensions[MELDER]
    melder(sessie, actor, nu, stop, toestand, nieuw_id(), nu, reden)
    return f"{stop.locatie.adresregel} is nu '{STOP_TABEL.namen[toestand].lower()}'."


def _botsing(actie: Actie, stop: Stop, form: StopactForm) -> Botsing:
    ploegen = {str(p.uid): p.naam for p in actie.ploegen}

    def beeld(ploeg: str, toestand: str) -> str:
        return f"{ploegen.get(ploeg, 'Geen ploeg')}, {STOP_TABEL.namen.get(toestand, toestand).lower()}"

    wil: dict[str, str] = {
        "wissel": f"Naar {ploegen.get(form.ploeg.data or '', 'een andere ploeg')}",
        "vervallen": "Laten vervallen",
        "terug": "Terugzetten in het plan",
        "stand": f"Melden: {STOP_TABEL.namen.get(form.toestand.data or '', '')}",
    }
    return Botsing(
        zag=beeld(form.gezien_ploeg.data or "", form.gezien_toestand.data or ""),
        nu=beeld(str(stop.ploeg.uid) if stop.ploeg else "", stop.toestand),
        wilde=wil.get(form.doe.data or "", ""),
    )

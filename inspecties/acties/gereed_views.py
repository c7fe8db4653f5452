"""The readiness list of an action, with passing over a point and taking that back."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.acties import briefing as briefingen
from inspecties.acties import gereed_uitzonderen as uitzonderen
from inspecties.acties.briefing_forms import OverslaanForm
from inspecties.acties.gereed_bronnen import UIT, ophalingen
from inspecties.acties.gereedheidsbronnen import Bevinding, gereedheid
from inspecties.acties.machtiging_queries import machtigingen_van
from inspecties.acties.models import Actie
from inspecties.acties.queries import deelnames_van, geldige_checklists, ploegen_van_actie, stops_van
from inspecties.acties.rules.gereedheid import DIENST_VOORBIJ
from inspecties.acties.rules.gereedlijst import GROEPEN, in_groepen, is_uitzonderbaar
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal
from inspecties.web.poort import huidige_actor, klok, vereist
from inspecties.web.sjablonen import moment

bp = Blueprint("gereedheid", __name__, url_prefix="/acties")

Pagina = str | Response | tuple[str, int]


def _gedaan(sessie: Session, actor: Actor, actie: Actie, stand: Bevinding) -> list[tuple[str, str]]:
    """(group, sentence) of what is in order."""
    uit: list[tuple[str, str]] = []
    stops = [stop for stop in stops_van(sessie, actor, actie) if stop.toestand != "vervallen"]
    mis = {punt.sleutel for punt in [*stand.blokkades, *(p for p, _ in stand.uitgezonderd)]}
    if stops:
        uit.append(("planning", f"Aantal stops: {len(stops)}."))
    for ploeg in ploegen_van_actie(sessie, actor, actie):
        if ploeg.leden:
            namen = ", ".join(lid.gebruiker.naam for lid in ploeg.leden)
            uit.append(("mensen", f"{ploeg.naam}: {namen}."))
    if not any(punt.code.startswith("bevoegdheid") for punt in stand.blokkades):
        uit.append(("bevoegdheden", "Elke ploeg heeft de bevoegdheden die haar stops vragen."))
    for deelname in deelnames_van(sessie, actor, actie):
        if deelname.status == "toegezegd":
            uit.append(("partners", f"{deelname.organisatie.naam} komt."))
    machtigingen = machtigingen_van(sessie, actor, [s.id for s in stops if s.toegangsgrond == "machtiging"])
    for stop in stops:
        if stop.id in machtigingen and str(stop.uid) not in mis:
            uit.append(
                ("binnentreden", f"{stop.locatie.adresregel}: {machtigingen[stop.id].nummer} past bij het plan.")
            )
    titels = geldige_checklists(sessie, actor, lokale_datum(actie.begin_op))
    for code in dict.fromkeys(code for stop in stops for code in stop.checklists):
        if code in titels:
            uit.append(("checklists", f"{titels[code]} is gepubliceerd voor deze dag."))
    return uit + _gelezen_en_gehaald(sessie, actor, actie)


def _gelezen_en_gehaald(sessie: Session, actor: Actor, actie: Actie) -> list[tuple[str, str]]:
    """(group, sentence) of who read the briefing and who has the plan on a tablet."""
    uit: list[tuple[str, str]] = []
    nieuwste = briefingen.laatste(sessie, actor, actie)
    if nieuwste is not None:
        uit.append(("briefing", f"Versie {nieuwste.nummer} is gemaakt op {moment(nieuwste.gemaakt_op)}."))
        if actie.toestand in UIT:
            lezers = briefingen.lezers_van(sessie, actor, actie, nieuwste)
            uit += [("briefing", f"{x.naam} las versie {x.nummer}, {moment(x.op)}.") for x in lezers if x.bij]
    if actie.toestand in UIT:
        gehaald = [o for o in ophalingen(sessie, actor, actie) if o.bij]
        uit += [("tablets", f"{o.naam} ({o.ploeg}) haalde het plan op, {moment(o.op)}.") for o in gehaald]
    return uit


def _toon(uid: UUID, fout: str = "", status: int = 200) -> Pagina:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal(sessie, actor, Actie, uid, "Deze actie")
    stand = gereedheid(sessie, actor, actie, nu)
    loopt = actie.toestand in {"concept", *UIT}
    # What is over is over: only a draft must still be moved to another day.
    open_ = [p for p in stand.blokkades if p.code != DIENST_VOORBIJ or actie.toestand == "concept"] if loopt else []
    over = [(p, f"Overgeslagen door {rij.door.naam}, {moment(rij.op)}: {rij.reden}") for p, rij in stand.uitgezonderd]
    groepen = in_groepen(_gedaan(sessie, actor, actie, stand), open_, stand.aandacht if loopt else [], over)
    return render_template(
        "acties/gereedheid.html",
        actie=actie,
        groepen=groepen,
        namen=GROEPEN,
        open=len(open_),
        loopt=loopt,
        is_uitzonderbaar=is_uitzonderbaar,
        rijen={(p.code, p.sleutel): rij for p, rij in stand.uitgezonderd},
        vroeger=[r for r in uitzonderen.alle_van(sessie, actor, actie) if r.vervallen_op is not None],
        form=OverslaanForm(formdata=None),
        fout=fout,
    ), status


@bp.get("/<uuid:uid>/gereedheid")
@vereist("acties.plannen", alleen_lezen=True)
def toon(uid: UUID) -> Pagina:
    """Everything that must be in order, by group."""
    return _toon(uid)


@bp.post("/<uuid:uid>/gereedheid/overslaan")
@vereist("acties.plannen")
def overslaan(uid: UUID) -> Pagina:
    """Pass over one blocking point, with a reason."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal(sessie, actor, Actie, uid, "Deze actie")
    code, sleutel = request.form.get("code", ""), request.form.get("sleutel", "")
    punten = gereedheid(sessie, actor, actie, nu).blokkades
    punt = next((p for p in punten if p.code == code and p.sleutel == sleutel), None)
    try:
        uitzonderen.zonder_uit(sessie, actor, nu, actie, punt, OverslaanForm().reden.data or "")
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        return _toon(uid, fout.melding, fout.status)
    sessie.commit()
    flash("Dit punt is overgeslagen, met uw reden erbij.", "succes")
    return redirect(url_for("gereedheid.toon", uid=uid))


@bp.post("/<uuid:uid>/gereedheid/<uuid:rij_uid>/terug")
@vereist("acties.plannen")
def terug(uid: UUID, rij_uid: UUID) -> Pagina:
    """Take an exception back."""
    actor, sessie = huidige_actor(), db.session()
    actie = haal(sessie, actor, Actie, uid, "Deze actie")
    try:
        uitzonderen.trek_in(sessie, actor, klok().nu(), actie, rij_uid)
    except Conflict as fout:
        sessie.rollback()
        return _toon(uid, fout.melding, fout.status)
    sessie.commit()
    flash("Het punt telt weer mee.", "succes")
    return redirect(url_for("gereedheid.toon", uid=uid))

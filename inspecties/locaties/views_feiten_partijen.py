"""Pages of parties: adding one to a location, its role there, and the party itself."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import InspectiesFout
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.core.zoeken import zoektekst
from inspecties.database import db, haal
from inspecties.locaties import queries_feiten as feiten
from inspecties.locaties.forms_feiten import RedenForm
from inspecties.locaties.forms_feiten_partijen import (
    NIEUW,
    BeeindigForm,
    PartijToevoegForm,
    PartijWijzigForm,
    RolVerbeterForm,
    ZoekForm,
)
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Partij, Partijrol
from inspecties.locaties.partijen import (
    PARTIJVELDEN,
    ROLVELDEN,
    beeindig_rol,
    geef_rol,
    haal_rol_weg,
    verbeter_rol,
    voeg_partij_toe,
    wijzig_partij,
)
from inspecties.locaties.rules.partijen import DOELEN, PARTIJROLLEN, PARTIJSOORTEN, is_over_termijn, loopt_nog
from inspecties.locaties.views_feiten import Antwoord, bp, lees_deel, lees_locatie, met_fout, naar_locatie
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist


@bp.app_context_processor
def _namen() -> dict[str, Any]:
    return {"partijrolnamen": PARTIJROLLEN, "partijsoortnamen": PARTIJSOORTEN, "partijdoelen": DOELEN}


def _omschrijving(treffer: feiten.Treffer) -> str:
    p = treffer.partij
    kvk = f", KvK {p.kvk}" if p.kvk else ""
    waar = "bij nog geen locatie" if not treffer.locaties else f"bij {treffer.locaties} locatie(s)"
    return f"{p.naam} ({PARTIJSOORTEN[p.soort].lower()}{kvk}), {waar}"


def _vul_keuzes(sessie: Session, actor: Actor, form: PartijToevoegForm, zoek: str) -> int:
    """The parties that fit as choices; gives how many."""
    treffers = feiten.zoek_partijen(sessie, actor, zoek) if zoek else []
    form.partij.choices = keuzes(
        [*((str(t.partij.uid), _omschrijving(t)) for t in treffers), (NIEUW, "Een nieuwe partij: vul hieronder in")]
    )
    return len(treffers)


def _toevoegpagina(locatie: Risicolocatie, zoekform: ZoekForm, form: PartijToevoegForm, treffers: int | None) -> str:
    return render_template(
        "locaties/partij_toevoegen.html", locatie=locatie, zoekform=zoekform, form=form, treffers=treffers
    )


@bp.route("/locaties/<uuid:uid>/partijen/zoeken", methods=["POST"])
@vereist("locaties.bewerken")
def partij_zoeken(uid: str) -> Antwoord:
    """Look a party up before adding it. A POST: a person's name does not belong in an address or a log."""
    sessie, actor, locatie = lees_locatie(uid)
    zoekform = ZoekForm()
    if not zoekform.validate_on_submit():
        form = PartijToevoegForm(formdata=None)
        _vul_keuzes(sessie, actor, form, "")
        return _toevoegpagina(locatie, zoekform, form, None), 422
    zoek = zoektekst(zoekform.zoek.data)
    is_kvk = "".join(zoek.split()).isdigit()
    form = PartijToevoegForm(
        formdata=None, data={"gezocht": zoek, "kvk" if is_kvk else "naam": zoek, "soort": "organisatie"}
    )
    aantal = _vul_keuzes(sessie, actor, form, zoek)
    if aantal:
        form.partij.data = form.partij.choices[0].value
        form.naam.data = form.kvk.data = ""
    if any(t.partij.soort == "persoon" for t in feiten.zoek_partijen(sessie, actor, zoek)):
        leg_vast(sessie, actor, klok().nu(), "personen_gezocht", "risicolocatie", locatie.uid)
    pagina = _toevoegpagina(locatie, zoekform, form, aantal)
    sessie.commit()
    return pagina


@bp.route("/locaties/<uuid:uid>/partijen/nieuw", methods=["GET", "POST"])
@vereist("locaties.bewerken")
def partij_nieuw(uid: str) -> Antwoord:
    """Add an existing party or a new one to a location, with its role."""
    sessie, actor, locatie = lees_locatie(uid)
    form, status = PartijToevoegForm(), 200
    zoek = zoektekst(form.gezocht.data)
    treffers = _vul_keuzes(sessie, actor, form, zoek)
    if form.validate_on_submit():
        try:
            nu = klok().nu()
            if form.partij.data and form.partij.data != NIEUW:
                partij = haal(sessie, actor, Partij, form.partij.data, "De partij")
            else:
                partij = voeg_partij_toe(sessie, actor, nu, form.gegevens())
            geef_rol(sessie, actor, nu, locatie, partij, form.rolgegevens())
            sessie.commit()
            flash("De partij is toegevoegd.", "succes")
            return naar_locatie(uid, "partijen")
        except InspectiesFout as fout:
            status = met_fout(form, fout)
    elif request.method == "POST":
        status = 422
    zoekform = ZoekForm(formdata=None, data={"zoek": zoek})
    return _toevoegpagina(locatie, zoekform, form, treffers if zoek else None), status


def _rolpagina(rol: Partijrol, beeindig: BeeindigForm, verbeter: RolVerbeterForm, weg: RedenForm) -> str:
    return render_template(
        "locaties/partijrol.html",
        locatie=rol.locatie,
        rol=rol,
        beeindig=beeindig,
        verbeter=verbeter,
        weg=weg,
        loopt=loopt_nog(rol.tot, lokale_datum(klok().nu())),
        correcties=feiten.correcties_van(db.session(), huidige_actor(), feit_uid=str(rol.uid)),
    )


def _rolformulieren(rol: Partijrol) -> tuple[BeeindigForm, RolVerbeterForm, RedenForm]:
    """The three forms of the page; one form's fields do not fill another's, so each has its own prefix."""
    return (
        BeeindigForm(formdata=None, prefix="einde-", data={"tot": lokale_datum(klok().nu())}),
        RolVerbeterForm(formdata=None, data={veld: getattr(rol, veld) for veld in ROLVELDEN}),
        RedenForm(formdata=None, prefix="weg-"),
    )


@bp.get("/locaties/<uuid:uid>/partijrollen/<uuid:rol_uid>")
@vereist("locaties.bewerken")
def partijrol(uid: str, rol_uid: str) -> str:
    """End a role, put a mistake right, or take it away. Who it is stands here too, so the reading is logged."""
    _, rol = lees_deel(Partijrol, uid, rol_uid, "De rol")
    leg_vast(db.session(), huidige_actor(), klok().nu(), "partij_gelezen", "partij", rol.partij.uid)
    pagina = _rolpagina(rol, *_rolformulieren(rol))
    db.session.commit()
    return pagina


@bp.post("/locaties/<uuid:uid>/partijrollen/<uuid:rol_uid>/beeindigen")
@vereist("locaties.bewerken")
def rol_beeindigen(uid: str, rol_uid: str) -> Antwoord:
    """The last day of a role."""
    _, rol = lees_deel(Partijrol, uid, rol_uid, "De rol")
    _, verbeter, weg = _rolformulieren(rol)
    form, status = BeeindigForm(prefix="einde-"), 422
    if form.validate_on_submit():
        try:
            beeindig_rol(db.session(), huidige_actor(), klok().nu(), rol, form.tot.data)
            db.session.commit()
            flash("De rol is beëindigd.", "succes")
            return naar_locatie(uid, "partijen")
        except InspectiesFout as fout:
            status = met_fout(form, fout)
    return _rolpagina(rol, form, verbeter, weg), status


@bp.post("/locaties/<uuid:uid>/partijrollen/<uuid:rol_uid>/corrigeren")
@vereist("locaties.bewerken")
def rol_corrigeren(uid: str, rol_uid: str) -> Antwoord:
    """Put a mistake in a role right, with the reason."""
    _, rol = lees_deel(Partijrol, uid, rol_uid, "De rol")
    beeindig, _, weg = _rolformulieren(rol)
    form, status = RolVerbeterForm(), 422
    if form.validate_on_submit():
        try:
            anders = verbeter_rol(db.session(), huidige_actor(), klok().nu(), rol, form.rolgegevens(), form.reden.data)
            db.session.commit()
            flash("De rol is gecorrigeerd." if anders else "Er was niets gewijzigd.", "succes" if anders else "info")
            return naar_locatie(uid, "partijen")
        except InspectiesFout as fout:
            status = met_fout(form, fout)
    return _rolpagina(rol, beeindig, form, weg), status


@bp.post("/locaties/<uuid:uid>/partijrollen/<uuid:rol_uid>/weghalen")
@vereist("locaties.bewerken")
def rol_weghalen(uid: str, rol_uid: str) -> Antwoord:
    """Take a role away that was never true, with the reason."""
    _, rol = lees_deel(Partijrol, uid, rol_uid, "De rol")
    beeindig, verbeter, _ = _rolformulieren(rol)
    form = RedenForm(prefix="weg-")
    if not form.validate_on_submit():
        return _rolpagina(rol, beeindig, verbeter, form), 422
    haal_rol_weg(db.session(), huidige_actor(), klok().nu(), rol, form.reden.data)
    db.session.commit()
    flash("De rol is weggehaald. Wat er stond, is met de reden bewaard.", "succes")
    return naar_locatie(uid, "partijen")


@bp.get("/partijen/<uuid:uid>")
@vereist("locaties.lezen")
def partij(uid: str) -> str:
    """One party and where it stands. Reading it is an audit line, whoever it is."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = haal(sessie, actor, Partij, uid, "De partij")
    doel = {"doel": rij.doel} if rij.doel else None
    leg_vast(sessie, actor, nu, "partij_gelezen", "partij", rij.uid, gegevens=doel)
    vandaag = lokale_datum(nu)
    rollen = feiten.rollen_van_partij(sessie, actor, rij)
    pagina = render_template(
        "locaties/partij.html",
        partij=rij,
        nu=[r for r in rollen if loopt_nog(r.tot, vandaag)],
        eerder=[r for r in rollen if not loopt_nog(r.tot, vandaag)],
        over_termijn=is_over_termijn(rij.bewaren_tot, vandaag),
        correcties=feiten.correcties_van(sessie, actor, feit_uid=str(rij.uid)),
        mag_bewerken=rol_mag(actor.rol, "locaties.bewerken"),
    )
    sessie.commit()
    return pagina


@bp.route("/partijen/<uuid:uid>/wijzigen", methods=["GET", "POST"])
@vereist("locaties.bewerken")
def partij_wijzigen(uid: str) -> Antwoord:
    """Put a party right, or keep a person longer, with the reason."""
    actor, sessie = huidige_actor(), db.session()
    rij = haal(sessie, actor, Partij, uid, "De partij")
    form = PartijWijzigForm(
        data={veld: getattr(rij, veld) for veld in PARTIJVELDEN} | {"gezien_op": rij.gewijzigd_op.isoformat()}
    )
    status = 200
    if form.validate_on_submit():
        try:
            anders = wijzig_partij(
                sessie, actor, klok().nu(), rij, form.gegevens(), form.reden.data or "", form.gezien_op.data or ""
            )
            sessie.commit()
            flash(
                "De wijziging is opgeslagen." if anders else "Er was niets gewijzigd.", "succes" if anders else "info"
            )
            return _naar_partij(uid)
        except InspectiesFout as fout:
            status = met_fout(form, fout)
    elif request.method == "POST":
        status = 422
    else:
        leg_vast(sessie, actor, klok().nu(), "partij_gelezen", "partij", rij.uid)
    pagina = render_template("locaties/partij_wijzigen.html", partij=rij, form=form)
    sessie.commit()
    return pagina, status


def _naar_partij(uid: str) -> WerkzeugResponse:
    return redirect(url_for("locatiefeiten.partij", uid=uid), 303)


@bp.get("/partijen/personen")
@vereist("locaties.personen")
def personen() -> str:
    """Persons in the register, whose term ends first. Reading the list is an audit line."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    vandaag = lokale_datum(nu)
    rijen = feiten.personen(sessie, actor)
    leg_vast(sessie, actor, nu, "personen_gelezen", "gemeente", "partijen", gegevens={"aantal": len(rijen)})
    pagina = render_template(
        "locaties/personen.html", rijen=[(p, is_over_termijn(p.bewaren_tot, vandaag)) for p in rijen]
    )
    sessie.commit()
    return pagina


__all__ = ["bp"]

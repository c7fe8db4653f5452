"""Pages of proposals: what the answers propose, and the judgement of a person."""

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.operations import leg_vast
from inspecties.controles.models import Bevinding, Bewijsstuk
from inspecties.core.fouten import Conflict, InspectiesFout, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal, select_voor
from inspecties.dossiers import beoordelen, plaatsen
from inspecties.dossiers.beeld import bezoekdatum
from inspecties.dossiers.forms import BESTAAND, NIEUW, ZONDER, OordeelForm, PlaatsForm, bestemmingen
from inspecties.dossiers.models import VOORSTELSTATUS, Dossier, Voorstel
from inspecties.dossiers.models_verstrekking import Verstrekking
from inspecties.dossiers.queries import beoordeelde_voorstellen, dossiers, open_bevindingen, te_vullen, zonder_dossier
from inspecties.dossiers.rules.gevolgen import gevolg_van
from inspecties.dossiers.rules.verstrekking import ontvanger_bij
from inspecties.dossiers.verstrekkingen import verstrekkingen
from inspecties.dossiers.views import bp
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

PER_PAGINA = 20
DOEL = "beoordelen van voorstellen uit bevindingen"


@bp.get("/voorstellen")
@vereist("voorstellen.lezen")
def voorstellen() -> str:
    """What nobody has judged yet, or (``?status=``) what was decided. Answers are quoted: the reading is logged."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    status = request.args.get("status", "open")
    if status not in VOORSTELSTATUS:
        abort(404)
    opdracht = open_bevindingen(actor) if status == "open" else beoordeelde_voorstellen(actor, status)
    totaal = sessie.scalar(select(func.count()).select_from(opdracht.order_by(None).subquery())) or 0
    paginas = max(1, -(-totaal // PER_PAGINA))
    pagina = min(max(1, request.args.get("pagina", 1, int)), paginas)
    rijen = list(sessie.scalars(opdracht.limit(PER_PAGINA).offset((pagina - 1) * PER_PAGINA)))
    regels = [(r, None) if isinstance(r, Bevinding) else (r.bevinding, r) for r in rijen]
    leg_vast(
        sessie,
        actor,
        nu,
        "voorstellen_gelezen",
        "gemeente",
        str(actor.gemeente_id),
        gegevens={"doel": DOEL, "status": status, "bevindingen": [str(bevinding.uid) for bevinding, _ in regels]},
    )
    uit = render_template(
        "dossiers/voorstellen.html",
        regels=regels,
        status=status,
        statussen=VOORSTELSTATUS,
        totaal=totaal,
        pagina=pagina,
        paginas=paginas,
        gevolg_van=gevolg_van,
        bezoekdatum=bezoekdatum,
        zichtbaar=_zichtbaar(rijen),
        wachtend=len(list(sessie.scalars(zonder_dossier(actor)))) if status == "open" else 0,
    )
    db.session.commit()
    return uit


def _zichtbaar(rijen: list[Bevinding] | list[Voorstel]) -> dict[int, Dossier]:
    """Of the dossiers that proposals stand in, the ones that the actor may see (a Bibob dossier stays unnamed)."""
    ids = {r.dossier_id for r in rijen if isinstance(r, Voorstel) and r.dossier_id}
    return {d.id: d for d in db.session.scalars(dossiers(huidige_actor()).where(Dossier.id.in_(ids)))}


def _toon(uid: str, form: OordeelForm | PlaatsForm | None = None, status: int = 200) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    bevinding = haal(sessie, actor, Bevinding, uid, "Het voorstel")
    voorstel = sessie.scalars(select_voor(actor, Voorstel).where(Voorstel.bevinding_id == bevinding.id)).one_or_none()
    gevolg = gevolg_van(bevinding.gevolg)
    leg_vast(sessie, actor, nu, "voorstel_gelezen", "bevinding", bevinding.uid, bevinding.grondslag, {"doel": DOEL})
    mag_dossier = rol_mag(actor.rol, "dossiers.bewerken")
    is_open = voorstel is None or voorstel.status == "open"
    if form is None:
        form = OordeelForm(formdata=None) if is_open else PlaatsForm(formdata=None)
    passend = list(sessie.scalars(te_vullen(actor, gevolg.soorten))) if mag_dossier else []
    if isinstance(form, OordeelForm):
        form.kies(gevolg, passend, mag_dossier=mag_dossier)
    else:
        form.bestemming.choices = keuzes(bestemmingen(gevolg, passend))
    bewijs = {
        b.sha256: b
        for b in sessie.scalars(select_voor(actor, Bewijsstuk).where(Bewijsstuk.bezoek_id == bevinding.bezoek_id))
    }
    pagina = render_template(
        "dossiers/voorstel.html",
        bevinding=bevinding,
        voorstel=voorstel,
        gevolg=gevolg,
        form=form,
        is_open=is_open,
        bewijs=bewijs,
        statussen=VOORSTELSTATUS,
        datum_bezoek=bezoekdatum(bevinding.bezoek),
        dossier=_zichtbaar([voorstel] if voorstel else []).get(voorstel.dossier_id or 0) if voorstel else None,
        mag_plaatsen=mag_dossier and gevolg.soorten,
        verder=plaatsen.verdere_dossiers(sessie, actor, voorstel) if voorstel else [],
        ook_naar=plaatsen.kan_ook_naar(sessie, actor, voorstel) if mag_dossier and voorstel and not is_open else [],
        doorgezet=_doorgezet(bevinding),
        mag_doorzetten=bool(ontvanger_bij(bevinding.gevolg)) and rol_mag(actor.rol, "voorstellen.beoordelen"),
    )
    db.session.commit()
    return pagina, status


def _doorgezet(bevinding: Bevinding) -> list[Verstrekking]:
    """What was passed on of this finding without a dossier."""
    opdracht = verstrekkingen(huidige_actor()).where(Verstrekking.bevinding_id == bevinding.id)
    return list(db.session.scalars(opdracht))


@bp.get("/voorstellen/<uuid:uid>")
@vereist("voorstellen.lezen")
def voorstel(uid: str) -> tuple[str, int]:
    """One proposal with the answers and evidence that carry it."""
    return _toon(uid)


@bp.post("/voorstellen/<uuid:uid>")
@vereist("voorstellen.beoordelen")
def beoordeel(uid: str) -> WerkzeugResponse | tuple[str, int]:
    """Take a proposal over or dismiss it."""
    form = OordeelForm()
    if not form.validate_on_submit():
        return _toon(uid, form, 422)
    try:
        doel, melding = _verwerk(uid, form)
    except (OngeldigeInvoer, Conflict) as fout:
        return _mislukt(uid, form, fout)
    db.session.commit()
    flash(melding, "succes")
    return redirect(doel)


def _mislukt(uid: str, form: OordeelForm | PlaatsForm, fout: InspectiesFout) -> tuple[str, int]:
    db.session.rollback()
    form.meld_fout(fout.veld, fout.melding)
    return _toon(uid, form, fout.status)


def _verwerk(uid: str, form: OordeelForm) -> tuple[str, str]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    bevinding = haal(sessie, actor, Bevinding, uid, "Het voorstel")
    lijst_url, reden = url_for("dossiers.voorstellen"), form.reden.data
    oordeel = request.form.get("oordeel")
    if oordeel == "afwijzen":
        beoordelen.wijs_af(sessie, actor, nu, bevinding, reden)
        return lijst_url, "Het voorstel is afgewezen. Uw reden is bewaard."
    if oordeel != "overnemen":
        raise OngeldigeInvoer("Kies 'Overnemen' of 'Afwijzen'.")
    keuze = form.bestemming.data or ZONDER
    if keuze == ZONDER:
        beoordelen.accepteer(sessie, actor, nu, bevinding, reden)
        return lijst_url, "Het voorstel is overgenomen."
    if keuze.startswith(NIEUW):
        nieuw = beoordelen.accepteer_nieuw(sessie, actor, nu, bevinding, reden, keuze.removeprefix(NIEUW))
        return url_for("dossiers.dossier", uid=nieuw.uid), f"Het voorstel staat in het nieuwe dossier {nieuw.nummer}."
    rij = haal(sessie, actor, Dossier, keuze.removeprefix(BESTAAND), "Het dossier")
    beoordelen.accepteer(sessie, actor, nu, bevinding, reden, rij)
    return url_for("dossiers.dossier", uid=rij.uid), f"Het voorstel staat in dossier {rij.nummer}."


@bp.post("/voorstellen/<uuid:uid>/plaatsen")
@vereist("dossiers.bewerken")
def plaats(uid: str) -> WerkzeugResponse | tuple[str, int]:
    """Put a proposal that was taken over into a dossier."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    form = PlaatsForm()
    bevinding = haal(sessie, actor, Bevinding, uid, "Het voorstel")
    rij = sessie.scalars(select_voor(actor, Voorstel).where(Voorstel.bevinding_id == bevinding.id)).one_or_none()
    if not form.validate_on_submit():
        return _toon(uid, form, 422)
    if rij is None:
        raise Conflict("Dit voorstel is nog niet beoordeeld.")
    keuze = form.bestemming.data or ""
    try:
        if keuze.startswith(NIEUW):
            dossier = beoordelen.plaats_nieuw(sessie, actor, nu, rij, keuze.removeprefix(NIEUW))
        else:
            dossier = haal(sessie, actor, Dossier, keuze.removeprefix(BESTAAND), "Het dossier")
            beoordelen.plaats(sessie, actor, nu, rij, dossier)
    except (OngeldigeInvoer, Conflict) as fout:
        return _mislukt(uid, form, fout)
    db.session.commit()
    flash(f"Het voorstel staat in dossier {dossier.nummer}.", "succes")
    return redirect(url_for("dossiers.dossier", uid=dossier.uid))


@bp.post("/voorstellen/<uuid:uid>/ook")
@vereist("dossiers.bewerken")
def plaats_ook(uid: str) -> WerkzeugResponse:
    """Put a finding into a further dossier as well, with a reason of its own."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    bevinding = haal(sessie, actor, Bevinding, uid, "Het voorstel")
    rij = sessie.scalars(select_voor(actor, Voorstel).where(Voorstel.bevinding_id == bevinding.id)).one_or_none()
    if rij is None:
        raise Conflict("Dit voorstel is nog niet beoordeeld.")
    if not request.form.get("dossier"):
        flash("Kies in welk dossier deze bevinding ook hoort.", "fout")
        return redirect(url_for("dossiers.voorstel", uid=uid, _anchor="ook"))
    dossier = haal(sessie, actor, Dossier, request.form["dossier"], "Het dossier")
    try:
        plaatsen.plaats_ook(sessie, actor, nu, rij, dossier, request.form.get("reden", ""))
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        flash(fout.melding, "fout")
        return redirect(url_for("dossiers.voorstel", uid=uid, _anchor="ook"))
    db.session.commit()
    flash(f"Het voorstel staat nu ook in dossier {dossier.nummer}.", "succes")
    return redirect(url_for("dossiers.voorstel", uid=uid))


@bp.post("/voorstellen/<uuid:uid>/heropenen")
@vereist("voorstellen.beoordelen")
def heropen(uid: str) -> WerkzeugResponse:
    """Judge a proposal again."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    bevinding = haal(sessie, actor, Bevinding, uid, "Het voorstel")
    rij = sessie.scalars(select_voor(actor, Voorstel).where(Voorstel.bevinding_id == bevinding.id)).one_or_none()
    if rij is None:
        raise Conflict("Dit voorstel is nog niet beoordeeld.")
    beoordelen.heropen(sessie, actor, nu, rij)
    db.session.commit()
    flash("U kunt het voorstel opnieuw beoordelen.", "succes")
    return redirect(url_for("dossiers.voorstel", uid=uid))

"""Pages per place that was found: is it this person, putting right, restricting; and the marks that lie on data."""

from flask import flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from inspecties.audit.beperken import lopende
from inspecties.audit.models_beperking import Beperking, Rectificatiebericht
from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import GeenRecht, InspectiesFout
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal, select_voor
from inspecties.start import inzage, rechtzetten
from inspecties.start.inzage_blauwdruk import bp, lees_treffer, lees_verzoek
from inspecties.start.inzage_forms import BeperkForm, OordeelForm, RectificatieForm, RedenForm
from inspecties.start.inzage_zoeken import leesbaar, plek_bij, uittreksel
from inspecties.start.models_inzage import Inzagetreffer, Inzageverzoek
from inspecties.start.verbeteringen import Verbetering, bij_gegeven
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok, sleutelbos, vereist

Antwoord = str | tuple[str, int] | Response


def _lees(uid: str, treffer_uid: str) -> tuple[Inzageverzoek, Inzagetreffer]:
    """The request and the place, for who may read what stands there. Raises GeenRecht."""
    verzoek = lees_verzoek(uid)
    treffer = lees_treffer(verzoek, treffer_uid)
    if not leesbaar(db.session(), huidige_actor(), [treffer]):
        raise GeenRecht("Deze gegevens mag uw rol niet zien. Een collega met dat recht beoordeelt ze.")
    return verzoek, treffer


def _notities(treffer: Inzagetreffer) -> list[Verbetering]:
    """What was put right in the row of this place before."""
    sessie, gevonden = db.session(), plek_bij((treffer.tabel, treffer.kolom))
    model = gevonden.model if gevonden is not None else None
    uid = sessie.scalar(select(model.uid).where(model.id == treffer.rij_id)) if model is not None else None
    return bij_gegeven(sessie, huidige_actor(), sleutelbos(), treffer.tabel, str(uid)) if uid is not None else []


def _pagina(verzoek: Inzageverzoek, treffer: Inzagetreffer, **fout: Formulier) -> str:
    actor, sessie, nu, bos = huidige_actor(), db.session(), klok().nu(), sleutelbos()
    plek = plek_bij((treffer.tabel, treffer.kolom))
    oordeel = OordeelForm(formdata=None)
    oordeel.oordeel.data, oordeel.reden.data = treffer.oordeel or None, treffer.reden
    formulieren: dict[str, Formulier] = {
        "oordeel": oordeel,
        "rectificatie": RectificatieForm(formdata=None),
        "beperking": BeperkForm(formdata=None),
    } | fout
    vraag = inzage.zoekvraag_van(bos, verzoek)
    uit = render_template(
        "inzage/plek.html",
        verzoek=verzoek,
        treffer=treffer,
        tekst=uittreksel(sessie, bos, plek, treffer.rij_id, vraag) if plek else "",
        notities=_notities(treffer),
        ligt_beperkt=lopende(sessie, actor, rechtzetten.merkplek(sessie, treffer)[1]),
        past_aan=(treffer.tabel, treffer.kolom) == rechtzetten.AAN_TE_PASSEN,
        **formulieren,
    )
    leg_vast(
        sessie, actor, nu, "gelezen_voor_verzoek", treffer.object_soort, treffer.object_uid,
        gegevens={"verzoek": verzoek.nummer},
    )  # fmt: skip
    sessie.commit()
    return uit


@bp.get("/verzoeken/<uuid:uid>/plekken/<uuid:treffer_uid>")
@vereist("inzage.beoordelen")
def plek(uid: str, treffer_uid: str) -> str:
    return _pagina(*_lees(uid, treffer_uid))


def _fout(uid: str, treffer_uid: str, naam: str, form: Formulier, fout: InspectiesFout | None) -> Antwoord:
    db.session.rollback()
    if fout is not None:
        form.meld_fout(fout.veld, fout.melding)
    return _pagina(*_lees(uid, treffer_uid), **{naam: form}), fout.status if fout else 422


@bp.post("/verzoeken/<uuid:uid>/plekken/<uuid:treffer_uid>")
@vereist("inzage.beoordelen")
def beoordeel(uid: str, treffer_uid: str) -> Antwoord:
    """Say whether this is the person."""
    verzoek, treffer = _lees(uid, treffer_uid)
    form, sessie = OordeelForm(), db.session()
    if not form.validate_on_submit():
        return _fout(uid, treffer_uid, "oordeel", form, None)
    try:
        inzage.beoordeel(
            sessie, huidige_actor(), klok().nu(), verzoek, treffer, form.oordeel.data, form.reden.data or ""
        )
    except InspectiesFout as fout:
        return _fout(uid, treffer_uid, "oordeel", form, fout)
    sessie.commit()
    mag = leesbaar(sessie, huidige_actor(), verzoek.treffers)
    volgende = next((t for t in verzoek.treffers if not t.oordeel and t.id in mag), None)
    if volgende is not None:
        flash("Vastgelegd. Dit is de volgende plek.", "succes")
        return redirect(url_for("inzage.plek", uid=uid, treffer_uid=volgende.uid))
    flash("Vastgelegd. U heeft alles beoordeeld wat u mag zien.", "succes")
    return redirect(url_for("inzage.toon", uid=uid))


@bp.post("/verzoeken/<uuid:uid>/plekken/<uuid:treffer_uid>/verbeteren")
@vereist("inzage.beoordelen")
def rectificeer(uid: str, treffer_uid: str) -> Antwoord:
    """Put right what stands there, or write the note beside it: whoever may read the place."""
    verzoek, treffer = _lees(uid, treffer_uid)
    form, sessie = RectificatieForm(), db.session()
    if not form.validate_on_submit():
        return _fout(uid, treffer_uid, "rectificatie", form, None)
    try:
        rij = rechtzetten.rectificeer(
            sessie, huidige_actor(), klok().nu(), sleutelbos(), verzoek, treffer, form.nieuw.data, form.reden.data
        )
    except InspectiesFout as fout:
        return _fout(uid, treffer_uid, "rectificatie", form, fout)
    sessie.commit()
    wat = "Het gegeven is aangepast." if rij.aangepast else "De verbetering staat nu bij het gegeven."
    flash(f"{wat} Wie de gegevens eerder kreeg, staat bij de verzoeken.", "succes")
    return redirect(url_for("inzage.plek", uid=uid, treffer_uid=treffer_uid))


@bp.post("/verzoeken/<uuid:uid>/plekken/<uuid:treffer_uid>/beperken")
@vereist("inzage.beoordelen")
def beperk(uid: str, treffer_uid: str) -> Antwoord:
    """Mark the thing in which the person stands: whoever may read the place. The jurist lifts it."""
    _, treffer = _lees(uid, treffer_uid)
    form, sessie = BeperkForm(), db.session()
    if not form.validate_on_submit():
        return _fout(uid, treffer_uid, "beperking", form, None)
    try:
        rechtzetten.beperk_gebruik(sessie, huidige_actor(), klok().nu(), treffer, form.grond.data, form.reden.data)
    except InspectiesFout as fout:
        return _fout(uid, treffer_uid, "beperking", form, fout)
    sessie.commit()
    flash("Het gebruik is beperkt. Dat staat nu op elke bladzijde van deze gegevens.", "succes")
    if rol_mag(huidige_actor().rol, "inzage.controleren"):
        return redirect(url_for("inzage.beperkingen"))
    return redirect(url_for("inzage.plek", uid=uid, treffer_uid=treffer_uid))


@bp.get("/beperkingen")
@vereist("inzage.controleren")
def beperkingen() -> str:
    """The marks that lie on data, and those that were lifted."""
    return _lijst(RedenForm(formdata=None), "")


def _lijst(form: RedenForm, bij: str) -> str:
    actor, sessie = huidige_actor(), db.session()
    rijen = sessie.scalars(
        select_voor(actor, Beperking).order_by(Beperking.opgeheven_op.is_not(None), Beperking.id.desc()).limit(200)
    ).all()
    mag = rol_mag(actor.rol, "inzage.behandelen")
    verzoeken = rechtzetten.bij_verzoek(sessie, actor, rijen) if rol_mag(actor.rol, "inzage.beoordelen") else {}
    uit = render_template(
        "inzage/beperkingen.html", rijen=rijen, verzoeken=verzoeken, form=form, bij=bij, mag_behandelen=mag
    )
    leg_vast(sessie, actor, klok().nu(), "beperkingen_gelezen", "gemeente", str(actor.gemeente_id))
    sessie.commit()
    return uit


@bp.post("/beperkingen/<uuid:uid>/opheffen")
@vereist("inzage.behandelen")
def hef_op(uid: str) -> Antwoord:
    """Lift a mark, with the reason."""
    actor, sessie, form = huidige_actor(), db.session(), RedenForm()
    rij = haal(sessie, actor, Beperking, uid, "Deze beperking")
    status = 422
    if form.validate_on_submit():
        try:
            rechtzetten.hef_beperking_op(sessie, actor, klok().nu(), rij, form.reden.data)
        except InspectiesFout as fout:
            sessie.rollback()
            form.meld_fout("reden" if fout.veld else None, fout.melding)
            status = fout.status
        else:
            sessie.commit()
            flash("Opgeheven. Vertel dit de persoon voordat u de gegevens weer gebruikt (art. 18 lid 3 AVG).", "succes")
            return redirect(url_for("inzage.beperkingen"))
    return _lijst(form, str(uid)), status


@bp.post("/verzoeken/berichten/<uuid:uid>")
@vereist("inzage.behandelen")
def bericht(uid: str) -> Antwoord:
    """A recipient was told of a rectification or restriction."""
    actor, sessie = huidige_actor(), db.session()
    rij = haal(sessie, actor, Rectificatiebericht, uid, "Dit bericht")
    try:
        rechtzetten.meld_bericht(sessie, actor, klok().nu(), rij)
    except InspectiesFout as fout:
        sessie.rollback()
        flash(fout.melding, "fout")
    else:
        sessie.commit()
        flash(f"Vastgelegd dat {rij.ontvanger} het weet.", "succes")
    return redirect(url_for("inzage.lijst"))

"""Pages of the Bibob compartment: beginning, the investigation, and who may read it. Every reading is logged."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.ids import lees_id
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.core.zoeken import zoekpatroon, zoektekst
from inspecties.database import db, haal, select_voor
from inspecties.dossiers import bibob, bibob_toegang
from inspecties.dossiers.beeld import bezoekdatum
from inspecties.dossiers.bibob import Aanvang
from inspecties.dossiers.bibob_forms import (
    AanleidingForm,
    BronForm,
    IntrekForm,
    NieuwForm,
    RelatieForm,
    ToegangForm,
    UitkomstForm,
    WeghaalForm,
)
from inspecties.dossiers.bibob_traject import adviestermijn_van, beslistermijn_van, hergebruik_tot, hervatdag
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bibob import TOEGANGSOORTEN, Bibobrelatie
from inspecties.dossiers.pagina import DOELEN
from inspecties.dossiers.rules.bibob import EVENREDIG, GEVAREN, HERKOMST, LETTERS, OORDELEN, Uitkomst, bibobregels
from inspecties.dossiers.rules.gevolgen import gevolg_van
from inspecties.dossiers.tabbladen import VOORWAARDEN, jurist_werkt
from inspecties.dossiers.werk import OPEN, leg_dossier_vast
from inspecties.gebruikers.models import Gebruiker
from inspecties.locaties.models import Risicolocatie
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("bibob", __name__)

VOORWAARDEN["bibob"] = lambda _sessie, _actor, dossier: dossier.soort == bibob.CODE

Antwoord = WerkzeugResponse | tuple[str, int]
MAX_VONDSTEN = 20


@dataclass
class Formulieren:
    """Every form of the page; one that did not pass comes back with what was typed."""

    aanleiding: AanleidingForm
    bron: BronForm
    relatie: RelatieForm
    uitkomst: UitkomstForm


def haal_bibob(uid: str) -> Dossier:
    """The Bibob dossier, for who is named in it. Raises NietGevonden: also for every other kind."""
    dossier = haal(db.session(), huidige_actor(), Dossier, uid, "Het dossier")
    if dossier.soort != bibob.CODE:
        raise NietGevonden("Het dossier bestaat niet, of u mag het niet zien.")
    return dossier


def _lees_aanvang(form: AanleidingForm) -> Aanvang:
    return Aanvang(
        form.aanleiding.data or "",
        form.onderwerp.data or "",
        form.omschrijving.data or "",
        form.datum.data,
        form.cent,
        form.waarom_toch.data or "",
        form.om_tip.data or "",
        form.om_tip_datum.data,
        form.beslisduur.data or "",
    )


# --- Beginning ---


def _gekozen(uid: str | None) -> Risicolocatie | None:
    return haal(db.session(), huidige_actor(), Risicolocatie, uid, "De locatie") if uid else None


def _toon_nieuw(form: NieuwForm, status: int = 200) -> tuple[str, int]:
    actor, sessie = huidige_actor(), db.session()
    locatie = _gekozen(request.args.get("locatie"))
    zoek, vondsten = zoektekst(request.args.get("zoek")), []
    if zoek and locatie is None:
        patroon = zoekpatroon(zoek)
        opdracht = select_voor(actor, Risicolocatie).where(
            (Risicolocatie.naam + " " + Risicolocatie.straat).ilike(patroon, escape="\\")
            | Risicolocatie.postcode.ilike(patroon, escape="\\")
        )
        vondsten = list(sessie.scalars(opdracht.order_by(Risicolocatie.straat, Risicolocatie.id).limit(MAX_VONDSTEN)))
    regels = bibobregels()
    uit = render_template(
        "dossiers/bibob_nieuw.html",
        form=form.vul(),
        locatie=locatie,
        zoek=zoek,
        vondsten=vondsten,
        regels=regels,
        beleid=[r for r in regels.beleid if r.gemeente == actor.gemeente_naam],
        oordelen=OORDELEN,
        gemeente=actor.gemeente_naam,
    )
    sessie.commit()
    return uit, status


@bp.get("/dossiers/bibob/nieuw")
@vereist("dossiers.bewerken")
def nieuw() -> tuple[str, int]:
    """Choose the location, then the reason."""
    return _toon_nieuw(NieuwForm(formdata=None))


@bp.post("/dossiers/bibob/nieuw")
@vereist("dossiers.bewerken")
def begin() -> Antwoord:
    """Begin an investigation for a reason that the law knows."""
    actor, sessie, nu, form = huidige_actor(), db.session(), klok().nu(), NieuwForm().vul()
    locatie = _gekozen(request.args.get("locatie"))
    if locatie is None:
        raise OngeldigeInvoer("Kies eerst bij welke locatie het onderzoek hoort.", "locatie")
    if not form.validate_on_submit():
        return _toon_nieuw(form, 422)
    try:
        dossier = bibob.begin_bibob(sessie, actor, nu, locatie, _lees_aanvang(form), form.titel.data or "")
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_nieuw(form, fout.status)
    doel = url_for("bibob.toon", uid=dossier.uid)
    sessie.commit()
    flash("Het Bibob-dossier is gemaakt. Alleen u kunt het lezen. Geef zelf anderen toegang.", "succes")
    return redirect(doel)


# --- The investigation ---


def _toon(uid: str, status: int = 200, anders: dict[str, Formulier] | None = None) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal_bibob(uid)
    if jurist_werkt(actor, dossier):
        raise Conflict("De jurist werkt aan het antwoord op uw vragen. Het onderzoek is te zien als het weer voorligt.")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="bibob")
    beeld = bibob.lees_bibob(sessie, actor, dossier)
    mag = rol_mag(actor.rol, "dossiers.bewerken") and dossier.toestand in OPEN
    vandaag = lokale_datum(nu)
    laatste = beeld.uitkomst
    forms = Formulieren(
        AanleidingForm(formdata=None, datum=vandaag),
        BronForm(formdata=None, op=vandaag),
        RelatieForm(formdata=None),
        UitkomstForm(formdata=None),
    )
    for naam, form in (anders or {}).items():
        setattr(forms, naam, form)
    # The next attempt starts from what stands there now, which the page shows.
    gezien = str(laatste.uid) if laatste else ""
    forms.uitkomst.gezien.data, forms.uitkomst.gezien.raw_data = gezien, [gezien]
    bevindingen = bibob.bevindingen_bij(sessie, actor, dossier) if mag else []
    forms.aanleiding.vul()
    forms.relatie.vul()
    forms.bron.vul([(str(b.uid), f"{gevolg_van(b.gevolg).naam}, {bezoekdatum(b.bezoek)}") for b in bevindingen])
    uit = render_template(
        "dossiers/bibob.html",
        dossier=dossier,
        beeld=beeld,
        regels=bibobregels(),
        forms=forms,
        weghaal=WeghaalForm(formdata=None),
        mag=mag,
        beslistermijn=beslistermijn_van(sessie, actor, dossier),
        advies=adviestermijn_van(sessie, actor, dossier),
        hergebruik=hergebruik_tot(beeld.traject),
        traject_url=url_for("traject.toon", uid=uid) if "traject.toon" in current_app.view_functions else "",
        uiterlijk=hervatdag(sessie, actor, dossier, None, vandaag),
        gevaren=GEVAREN,
        evenredigheid=EVENREDIG,
        letters=LETTERS,
        herkomst=HERKOMST,
        gevolg_van=gevolg_van,
        bezoekdatum=bezoekdatum,
        lezers=bibob_toegang.lezers_van(sessie, actor, dossier),
    )
    sessie.commit()
    return uit, status


@bp.get("/dossiers/<uuid:uid>/bibob")
@vereist("bibob.lezen")
def toon(uid: str) -> tuple[str, int]:
    """Reason, sources, business partners, outcome and which decisions that allows."""
    return _toon(uid)


def _voer_uit(uid: str, naam: str, form: Formulier, doe: Callable[[Dossier], object], melding: str) -> Antwoord:
    """One act on the investigation; the page comes back with what was typed when it does not pass."""
    sessie, dossier = db.session(), haal_bibob(uid)
    if not form.validate_on_submit():
        return _toon(uid, 422, {naam: form})
    try:
        doe(dossier)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(uid, fout.status, {naam: form})
    sessie.commit()
    flash(melding, "succes")
    return redirect(url_for("bibob.toon", uid=uid, _anchor=f"deel-{naam}"))


@bp.post("/dossiers/<uuid:uid>/bibob/aanleiding")
@vereist("dossiers.bewerken")
def leg_aanleiding_vast(uid: str) -> Antwoord:
    """The reason of a dossier of before it was asked."""
    actor, nu, form = huidige_actor(), klok().nu(), AanleidingForm().vul()

    def doe(dossier: Dossier) -> None:
        bibob.leg_aanleiding_vast(db.session(), actor, nu, dossier, _lees_aanvang(form))

    return _voer_uit(uid, "aanleiding", form, doe, "De aanleiding staat vast.")


@bp.post("/dossiers/<uuid:uid>/bibob/bronnen")
@vereist("dossiers.bewerken")
def leg_bron_vast(uid: str) -> Antwoord:
    """A source that was consulted."""
    actor, nu, form = huidige_actor(), klok().nu(), BronForm()

    def doe(dossier: Dossier) -> None:
        velden = (form.grond.data or "", form.resultaat.data or "", form.bevinding.data or "")
        bibob.leg_bron_vast(db.session(), actor, nu, dossier, form.bron.data or "", form.op.data, *velden)

    return _voer_uit(uid, "bron", form, doe, "De bron staat in het onderzoek.")


@bp.post("/dossiers/<uuid:uid>/bibob/relaties")
@vereist("dossiers.bewerken")
def voeg_relatie_toe(uid: str) -> Antwoord:
    """A business partner."""
    actor, nu, form = huidige_actor(), klok().nu(), RelatieForm()

    def doe(dossier: Dossier) -> None:
        velden = (form.naam.data or "", form.rol.data or "", form.waarom.data or "", form.kvk.data or "")
        bibob.voeg_relatie_toe(db.session(), actor, nu, dossier, *velden)

    return _voer_uit(uid, "relatie", form, doe, "De relatie staat in het register.")


@bp.post("/dossiers/<uuid:uid>/bibob/relaties/<uuid:rij_uid>/weghalen")
@vereist("dossiers.bewerken")
def verwijder_relatie(uid: str, rij_uid: str) -> Antwoord:
    """Take a name out that is no longer needed."""
    actor, nu, form = huidige_actor(), klok().nu(), WeghaalForm()
    dossier = haal_bibob(uid)
    rij = haal(db.session(), actor, Bibobrelatie, rij_uid, "De relatie")
    if not form.validate_on_submit():
        raise OngeldigeInvoer("Schrijf op waarom deze naam niet meer nodig is.", "reden")
    bibob.verwijder_relatie(db.session(), actor, nu, dossier, rij, form.reden.data or "")
    db.session.commit()
    flash("De naam is uit het register gehaald.", "succes")
    return redirect(url_for("bibob.toon", uid=uid, _anchor="deel-relatie"))


@bp.post("/dossiers/<uuid:uid>/bibob/uitkomst")
@vereist("dossiers.bewerken")
def leg_uitkomst_vast(uid: str) -> Antwoord:
    """What the investigation showed."""
    actor, nu, form = huidige_actor(), klok().nu(), UitkomstForm()

    def doe(dossier: Dossier) -> None:
        uitkomst = Uitkomst(
            form.gevaar.data or "",
            tuple(form.letters.data or ()),
            form.motivering.data or "",
            form.evenredig.data or "",
            afwijking=form.afwijking.data or "",
            is_evenredig=form.is_evenredig.data or "",
        )
        bibob.leg_uitkomst_vast(db.session(), actor, nu, dossier, uitkomst, gezien=form.gezien.data or "")

    return _voer_uit(uid, "uitkomst", form, doe, "De uitkomst staat vast.")


# --- Who may read it ---


def _toon_toegang(uid: str, form: ToegangForm | None = None, status: int = 200) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal_bibob(uid)
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="toegang")
    form = form or ToegangForm(formdata=None)
    mogelijk = bibob_toegang.mogelijke_lezers(sessie, actor, dossier)
    form.gebruiker.choices = keuzes(mogelijk, "Kies een collega")
    uit = render_template(
        "dossiers/bibob_toegang.html",
        dossier=dossier,
        form=form,
        intrek=IntrekForm(formdata=None),
        mogelijk=mogelijk,
        lezers=bibob_toegang.lezers_van(sessie, actor, dossier),
        stappen=bibob_toegang.toegang_van(sessie, actor, dossier),
        soorten=TOEGANGSOORTEN,
        lezingen=bibob_toegang.lezingen_van(sessie, actor, dossier),
        ontvangers=bibobregels().ontvangers.values(),
        mag=rol_mag(actor.rol, "dossiers.bewerken"),
        zelf=actor.gebruiker_uid,
    )
    sessie.commit()
    return uit, status


@bp.get("/dossiers/<uuid:uid>/bibob/toegang")
@vereist("bibob.lezen")
def toegang(uid: str) -> tuple[str, int]:
    """Who is named, who was let in or shut out, and who looked."""
    return _toon_toegang(uid)


def _gebruiker(uid: str) -> Gebruiker:
    sleutel = lees_id(uid)
    rij = db.session().scalars(select(Gebruiker).where(Gebruiker.uid == sleutel)).one_or_none() if sleutel else None
    if rij is None:
        raise OngeldigeInvoer("Kies een collega uit de lijst.", "gebruiker")
    return rij


@bp.post("/dossiers/<uuid:uid>/bibob/toegang")
@vereist("dossiers.bewerken", bevestigd=True)
def geef_toegang(uid: str) -> Antwoord:
    """Name somebody who may read the dossier too."""
    actor, sessie, nu, form = huidige_actor(), db.session(), klok().nu(), ToegangForm()
    dossier = haal_bibob(uid)
    if not form.validate_on_submit():
        return _toon_toegang(uid, form, 422)
    try:
        wie = _gebruiker(form.gebruiker.data)
        bibob_toegang.geef_toegang(sessie, actor, nu, dossier, wie, form.reden.data or "")
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_toegang(uid, form, fout.status)
    sessie.commit()
    flash("Deze collega kan het dossier nu lezen.", "succes")
    return redirect(url_for("bibob.toegang", uid=uid))


@bp.post("/dossiers/<uuid:uid>/bibob/toegang/<uuid:gebruiker_uid>/intrekken")
@vereist("dossiers.bewerken", bevestigd=True)
def neem_toegang(uid: str, gebruiker_uid: str) -> Antwoord:
    """Take somebody off the list."""
    actor, sessie, nu, form = huidige_actor(), db.session(), klok().nu(), IntrekForm()
    dossier = haal_bibob(uid)
    if not form.validate_on_submit():
        raise OngeldigeInvoer("Schrijf op waarom deze collega het dossier niet meer hoeft te lezen.", "reden")
    wie = _gebruiker(str(gebruiker_uid))
    bibob_toegang.neem_toegang(sessie, actor, nu, dossier, wie, form.reden.data or "")
    zelf = str(wie.uid) == actor.gebruiker_uid
    sessie.commit()
    flash("Deze collega kan het dossier niet meer lezen.", "succes")
    return redirect(url_for("dossiers.lijst") if zelf else url_for("bibob.toegang", uid=uid))

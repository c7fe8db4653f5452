"""Pages of passing a signal on and of what came back."""

from datetime import timedelta
from uuid import UUID

from flask import render_template, request, url_for

from inspecties.core.fouten import InspectiesFout, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal
from inspecties.signalen import meldroute_doorzetten as doorzetten_ops
from inspecties.signalen.meldroute_bron import triagetabel
from inspecties.signalen.meldroute_doorzetten import Doorzetgegevens, hash_van, keur
from inspecties.signalen.meldroute_forms import Antwoordform, Doorzetform, Navraagform, Zonderantwoordform
from inspecties.signalen.meldroute_queries import doorzettingen_van, route_van
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Doorzetting
from inspecties.signalen.rules.meldroute import VELDEN, WIJZEN
from inspecties.signalen.triage import lees_triage
from inspecties.signalen.views_route import Bladzijde, bp, lees, naar_signaal, signaal_van, voer_uit
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

# What a receiver nearly always needs; the description is added by hand.
STANDAARD = ("nummer", "datum", "vorm", "urgentie", "waar")
ANTWOORD_NA = timedelta(days=14)


def _gegevens(form: Doorzetform) -> Doorzetgegevens:
    return Doorzetgegevens(
        ontvanger=form.ontvanger.data or "",
        grondslag=form.grondslag.data or "",
        wijze=form.wijze.data or "",
        velden=form.velden.data or [],
        omschrijving=(form.omschrijving.data or "").replace("\r\n", "\n"),
        contact=form.contact.data or "",
        antwoord_voor=form.antwoord_voor.data,
        gezien=form.gezien.data or "",
    )


@bp.route("/<uuid:uid>/doorzetten", methods=["GET", "POST"])
@vereist("signalen.behandelen")
def doorzetten(uid: UUID) -> Bladzijde:
    """Choose what goes to whom, read it, and only then pass it on."""
    signaal = signaal_van(uid)
    form = Doorzetform()
    form.vul_keuzes()
    if request.method == "GET":
        form.velden.data = list(STANDAARD)
        form.omschrijving.data = signaal.tekst
        form.antwoord_voor.data = lokale_datum(klok().nu()) + ANTWOORD_NA
        form.grondslag.data = "publieke_taak"
        gevraagd = request.args.get("aan", "")
        form.ontvanger.data = gevraagd if gevraagd in triagetabel().ontvangers else _eerst_geadviseerd(signaal)
        return _toon(uid, form, "")
    return _bevestig(uid, form, signaal)


def _bevestig(uid: UUID, form: Doorzetform, signaal: Signaal) -> Bladzijde:
    """First show the text, then pass on what was read; anything changed in between is shown again."""
    if not form.validate():
        return _toon(uid, form, ""), 422
    nu = klok().nu()
    try:
        tekst = keur(signaal, _gegevens(form), nu)
    except InspectiesFout as fout:
        form.meld_fout(fout.veld, fout.melding)
        return _toon(uid, form, ""), 422
    if "bevestig" not in request.form or form.gezien.data != hash_van(tekst):
        form.gezien.data = hash_van(tekst)
        return _toon(uid, form, tekst)

    def doe() -> str:
        if not form.nagekeken.data:
            raise OngeldigeInvoer("Lees de tekst na en vink dit aan.", "nagekeken")
        rij = doorzetten_ops.zet_door(db.session(), huidige_actor(), nu, signaal_van(uid), _gegevens(form))
        return f"Doorgezet aan {triagetabel().ontvangers[rij.ontvanger].naam}. De tekst ligt nu vast."

    klaar = voer_uit(form, doe, lambda: naar_signaal(uid, "doorgezet"))
    return klaar if klaar is not None else (_toon(uid, form, tekst), 422)


def _eerst_geadviseerd(signaal: Signaal) -> str:
    """The first receiver that the triage advises and that was not told yet."""
    actor, sessie = huidige_actor(), db.session()
    al = {d.ontvanger for d in doorzettingen_van(sessie, actor, signaal)}
    for stand in lees_triage(sessie, actor, signaal).adviezen:
        for ontvanger in stand.advies.ontvangers:
            if not stand.stand and ontvanger not in al:
                return ontvanger
    return "zorgcoordinator"


def _toon(uid: UUID, form: Doorzetform, tekst: str) -> str:
    signaal = signaal_van(uid)
    pagina = render_template(
        "signalen/route_doorzetten.html",
        signaal=signaal,
        form=form,
        tekst=tekst,
        waarden=doorzetten_ops.veldwaarden(signaal),
        beeld=lees_triage(db.session(), huidige_actor(), signaal),
        ontvangers=triagetabel().ontvangers,
    )
    lees(signaal)
    return pagina


def _rij(uid: UUID, rij_uid: UUID) -> Doorzetting:
    signaal_van(uid)
    rij = haal(db.session(), huidige_actor(), Doorzetting, rij_uid, "Deze doorzetting")
    if rij.signaal.uid != uid:
        raise NietGevonden("Deze doorzetting hoort niet bij dit signaal.")
    return rij


@bp.get("/<uuid:uid>/doorgezet/<uuid:rij_uid>")
@vereist("signalen.behandelen")
def doorzetting(uid: UUID, rij_uid: UUID) -> str:
    """What was passed on, to the letter, and what came back."""
    return _toon_rij(uid, rij_uid, None)


def _klassen(signaal: Signaal) -> dict[str, str]:
    route, _ = route_van(db.session(), huidige_actor(), signaal)
    return dict(route.uitkomsten)


def _toon_rij(uid: UUID, rij_uid: UUID, fout_in: Formulier | None) -> str:
    vandaag = lokale_datum(klok().nu())
    rij = _rij(uid, rij_uid)
    klassen = _klassen(rij.signaal)
    antwoordform = fout_in if isinstance(fout_in, Antwoordform) else Antwoordform(formdata=None, op=vandaag)
    antwoordform.klasse.choices = keuzes(klassen.items(), "Niet ingedeeld")
    pagina = render_template(
        "signalen/route_doorzetting.html",
        signaal=rij.signaal,
        rij=rij,
        vandaag=vandaag,
        ontvanger=triagetabel().ontvangers.get(rij.ontvanger),
        velden=VELDEN,
        wijzen=WIJZEN,
        klassen=klassen,
        fout_in=fout_in,
        antwoordform=antwoordform,
        zonderform=fout_in if isinstance(fout_in, Zonderantwoordform) else Zonderantwoordform(formdata=None),
        navraagform=fout_in if isinstance(fout_in, Navraagform) else Navraagform(formdata=None),
    )
    lees(rij.signaal)
    return pagina


@bp.post("/<uuid:uid>/doorgezet/<uuid:rij_uid>/antwoord")
@vereist("signalen.behandelen")
def antwoord(uid: UUID, rij_uid: UUID) -> Bladzijde:
    """What the receiver did with it."""
    form = Antwoordform()
    klassen = _klassen(signaal_van(uid))
    form.klasse.choices = keuzes(klassen.items(), "Niet ingedeeld")

    def doe() -> str:
        doorzetten_ops.leg_antwoord_vast(
            db.session(),
            huidige_actor(),
            klok().nu(),
            _rij(uid, rij_uid),
            form.antwoord.data,
            form.op.data,
            form.klasse.data or "",
            tuple(klassen),
        )
        return "Het antwoord is vastgelegd."

    klaar = voer_uit(form, doe, lambda: naar_signaal(uid, "doorgezet"))
    return klaar if klaar is not None else (_toon_rij(uid, rij_uid, form), 422)


@bp.post("/<uuid:uid>/doorgezet/<uuid:rij_uid>/zonder-antwoord")
@vereist("signalen.behandelen")
def zonder_antwoord(uid: UUID, rij_uid: UUID) -> Bladzijde:
    """No answer will come."""
    form = Zonderantwoordform()

    def doe() -> str:
        doorzetten_ops.zie_af(db.session(), huidige_actor(), klok().nu(), _rij(uid, rij_uid), form.reden.data)
        return "Er wordt niet meer op een antwoord gewacht."

    klaar = voer_uit(form, doe, lambda: naar_signaal(uid, "doorgezet"))
    return klaar if klaar is not None else (_toon_rij(uid, rij_uid, form), 422)


@bp.post("/<uuid:uid>/doorgezet/<uuid:rij_uid>/navraag")
@vereist("signalen.behandelen")
def navraag(uid: UUID, rij_uid: UUID) -> Bladzijde:
    """Asked again, by a new day."""
    form = Navraagform()

    def doe() -> str:
        doorzetten_ops.vraag_na(db.session(), huidige_actor(), klok().nu(), _rij(uid, rij_uid), form.voor.data)
        return f"Genoteerd: antwoord gevraagd voor {form.voor.data:%d-%m-%Y}."

    klaar = voer_uit(form, doe, lambda: url_for("meldroute.doorzetting", uid=uid, rij_uid=rij_uid))
    return klaar if klaar is not None else (_toon_rij(uid, rij_uid, form), 422)

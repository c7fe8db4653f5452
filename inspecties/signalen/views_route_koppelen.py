"""Pages of splitting, joining and linking a signal, of what is known already, and of planning a visit."""

from typing import cast
from uuid import UUID

from flask import current_app, render_template, request, url_for

from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.ids import lees_id
from inspecties.core.zoeken import zoektekst
from inspecties.database import db, haal
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.rules.partijen import KENMERKSOORTEN, PARTIJROLLEN
from inspecties.locaties.tijdlijn import BRONNEN
from inspecties.signalen import koppelen as ops
from inspecties.signalen.meldroute_forms import (
    Dossierform,
    Locatieform,
    Samenform,
    Splitsform,
    Stopform,
    Zoekform,
)
from inspecties.signalen.meldroute_verrijken import zoek_bekend
from inspecties.signalen.queries import zoek_locaties
from inspecties.signalen.rules.indeling import MELDSTAPPEN, VORMEN
from inspecties.signalen.rules.splitsen import stukken
from inspecties.signalen.views_route import Bladzijde, bp, lees, naar_signaal, signaal_van, voer_uit
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist


@bp.route("/<uuid:uid>/bekend", methods=["GET", "POST"])
@vereist("signalen.lezen")
def bekend(uid: UUID) -> Bladzijde:
    """What is known here already of the address, the organisation or the person."""
    actor, sessie = huidige_actor(), db.session()
    signaal = signaal_van(uid)
    form = Zoekform()
    goed = request.method == "POST" and form.validate()
    waar = zoektekst(form.waar.data) if goed else ""
    wie = zoektekst(form.wie.data) if goed else ""
    if request.method == "GET":
        form.waar.data = signaal.waar
    gevonden = zoek_bekend(sessie, actor, signaal, current_app.extensions.get(BRONNEN, ()), waar, wie)
    pagina = render_template(
        "signalen/route_bekend.html",
        signaal=signaal,
        form=form,
        gevonden=gevonden,
        gezocht_naar=wie,
        vormen=VORMEN,
        stappen=MELDSTAPPEN,
        rollen=PARTIJROLLEN,
        kenmerksoorten=KENMERKSOORTEN,
    )
    # What was sought is not in the log: it may be somebody's name.
    gegevens = {"locaties": len(gevonden.plekken), "op_naam_gezocht": bool(wie)}
    leg_vast(sessie, actor, klok().nu(), "signaal_verrijkt", "signaal", signaal.uid, gegevens=gegevens)
    sessie.commit()
    return (pagina, 422) if request.method == "POST" and not goed else pagina


@bp.route("/<uuid:uid>/splitsen", methods=["GET", "POST"])
@vereist("signalen.behandelen")
def splitsen(uid: UUID) -> Bladzijde:
    """Take part of the text out into a signal of its own."""
    actor, sessie = huidige_actor(), db.session()
    signaal = signaal_van(uid)
    delen = stukken(signaal.tekst)
    form = Splitsform()
    form.stukken.choices = keuzes((str(nr), deel.strip()) for nr, deel in enumerate(delen))
    if request.method == "POST":
        nieuw_uid: list[UUID] = []

        def doe() -> str:
            gekozen = {int(nr) for nr in form.stukken.data or [] if nr.isascii() and nr.isdigit() and len(nr) < 6}
            nieuw = ops.splits(sessie, actor, klok().nu(), signaal_van(uid), gekozen)
            nieuw_uid.append(nieuw.uid)
            return f"Er is een nieuw signaal: {nieuw.nummer}. Beantwoord daar ook de triage."

        klaar = voer_uit(form, doe, lambda: naar_signaal(nieuw_uid[0]))
        if klaar is not None:
            return klaar
    signaal = signaal_van(uid)
    pagina = render_template("signalen/route_splitsen.html", signaal=signaal, form=form, aantal=len(delen))
    lees(signaal)
    return (pagina, 422) if request.method == "POST" else pagina


@bp.get("/<uuid:uid>/koppelen")
@vereist("signalen.behandelen")
def koppelen(uid: UUID) -> str:
    """Places, doubles and a dossier."""
    form = Locatieform(formdata=None)
    gezocht = zoektekst(request.args.get("zoek"))
    form.zoek.data = gezocht
    return _toon_koppelen(uid, form, gezocht, None)


def _toon_koppelen(uid: UUID, form: Locatieform, gezocht: str, fout_in: Formulier | None) -> str:
    actor, sessie = huidige_actor(), db.session()
    signaal = signaal_van(uid)
    gevonden = zoek_locaties(sessie, actor, gezocht)
    form.locatie.choices = keuzes((str(x.uid), f"{x.naam}, {x.adresregel} {x.woonplaats}".strip()) for x in gevonden)
    pagina = render_template(
        "signalen/route_koppelen.html",
        signaal=signaal,
        form=form,
        gezocht=gezocht,
        gevonden=gevonden,
        fout_in=fout_in,
        samenform=fout_in if isinstance(fout_in, Samenform) else Samenform(formdata=None),
        dossierform=fout_in if isinstance(fout_in, Dossierform) else Dossierform(formdata=None),
        locaties=ops.locaties_van(sessie, actor, signaal),
        dossiers=ops.dossiers_van(sessie, actor, signaal),
        lijkt_op=ops.lijkt_op(sessie, actor, signaal),
        vormen=VORMEN,
    )
    lees(signaal)
    return pagina


def _gekozen_locatie(uid_tekst: str) -> Risicolocatie:
    if lees_id(uid_tekst) is None:
        raise OngeldigeInvoer("Kies een locatie uit de lijst.", "locatie")
    return haal(db.session(), huidige_actor(), Risicolocatie, uid_tekst, "Deze locatie")


@bp.post("/<uuid:uid>/locaties")
@vereist("signalen.behandelen")
def koppel_locatie(uid: UUID) -> Bladzijde:
    """A signal is also about this place."""
    form = Locatieform()

    def doe() -> str:
        locatie = _gekozen_locatie(form.locatie.data or "")
        ops.koppel_locatie(db.session(), huidige_actor(), klok().nu(), signaal_van(uid), locatie)
        return f"{locatie.naam} hoort nu bij dit signaal."

    klaar = voer_uit(form, doe, lambda: url_for("meldroute.koppelen", uid=uid))
    return klaar if klaar is not None else (_toon_koppelen(uid, form, zoektekst(form.zoek.data), form), 422)


@bp.post("/<uuid:uid>/locaties/weg")
@vereist("signalen.behandelen")
def ontkoppel_locatie(uid: UUID) -> Bladzijde:
    """A signal is not about this place after all."""
    form = Locatieform()

    def doe() -> str:
        locatie = _gekozen_locatie(form.locatie.data or "")
        ops.ontkoppel_locatie(db.session(), huidige_actor(), klok().nu(), signaal_van(uid), locatie)
        return f"{locatie.naam} hoort niet meer bij dit signaal."

    klaar = voer_uit(form, doe, lambda: url_for("meldroute.koppelen", uid=uid))
    return klaar if klaar is not None else (_toon_koppelen(uid, form, "", form), 422)


@bp.post("/<uuid:uid>/dossier")
@vereist("signalen.behandelen")
def koppel_dossier(uid: UUID) -> Bladzijde:
    """A signal belongs to a dossier."""
    form = Dossierform()

    def doe() -> str:
        zoek = cast("ops.Dossierzoeker", current_app.extensions[ops.DOSSIERZOEKER])
        nummer = form.dossier.data or ""
        rij = ops.koppel_dossier(db.session(), huidige_actor(), klok().nu(), signaal_van(uid), nummer, zoek)
        return f"Dit signaal hoort nu bij dossier {rij.nummer}."

    klaar = voer_uit(form, doe, lambda: url_for("meldroute.koppelen", uid=uid))
    return klaar if klaar is not None else (_toon_koppelen(uid, Locatieform(formdata=None), "", form), 422)


@bp.post("/<uuid:uid>/samenvoegen")
@vereist("signalen.behandelen")
def samenvoegen(uid: UUID) -> Bladzijde:
    """This signal is a double of another."""
    form = Samenform()
    hoofd_uid: list[UUID] = []

    def doe() -> str:
        actor, sessie = huidige_actor(), db.session()
        hoofd = ops.zoek_nummer(sessie, actor, form.nummer.data or "")
        dubbel = signaal_van(uid)
        ops.voeg_samen(sessie, actor, klok().nu(), dubbel, hoofd)
        hoofd_uid.append(hoofd.uid)
        return f"Signaal {dubbel.nummer} gaat verder als deel van {hoofd.nummer}. Beide blijven te lezen."

    klaar = voer_uit(form, doe, lambda: naar_signaal(hoofd_uid[0]))
    return klaar if klaar is not None else (_toon_koppelen(uid, Locatieform(formdata=None), "", form), 422)


@bp.route("/<uuid:uid>/bezoek", methods=["GET", "POST"])
@vereist("acties.plannen")
def bezoek(uid: UUID) -> Bladzijde:
    """Plan a visit to the place of a signal: in a coming action, or at once."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    signaal = signaal_van(uid)
    port = cast("ops.Actieport", current_app.extensions[ops.ACTIEPORT])
    keuze = port.keuzes(sessie, actor, nu)
    form = Stopform()
    form.actie.choices = keuzes((str(k.uid), f"{k.naam} ({k.begin_op:%d-%m-%Y})") for k in keuze)
    if request.method == "POST":
        gekozen: list[ops.Actiekeuze] = []

        def doe() -> str:
            actie_uid = None if "spoed" in request.form else lees_id(form.actie.data or "")
            if actie_uid is None and "spoed" not in request.form:
                raise OngeldigeInvoer("Kies een actie, of maak een spoedcontrole.", "actie")
            gekozen.append(ops.maak_stop(sessie, actor, nu, signaal_van(uid), port, actie_uid))
            return f"De locatie is nu een stop van '{gekozen[0].naam}'. Het signaal staat er niet bij."

        klaar = voer_uit(form, doe, lambda: url_for("acties.toon", uid=gekozen[0].uid))
        if klaar is not None:
            return klaar
    signaal = signaal_van(uid)
    pagina = render_template("signalen/route_bezoek.html", signaal=signaal, form=form, keuzes=keuze)
    lees(signaal)
    return (pagina, 422) if request.method == "POST" else pagina

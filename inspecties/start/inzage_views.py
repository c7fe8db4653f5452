"""Pages of a person's request: the list, receiving, who asks, searching, checking, sending."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import Conflict, InspectiesFout
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db
from inspecties.gebruikers.bevestigen import VELD, bevestigd, eis_bevestiging
from inspecties.start import inzage, inzage_forms, inzage_verslag
from inspecties.start.inzage_blauwdruk import bp, lees_verzoek
from inspecties.start.inzage_zoeken import leesbaar, plek_bij, uittreksel, zonder_aparte
from inspecties.start.models_inzage import Inzagestap, Inzagetreffer, Inzageverzoek
from inspecties.start.rechtzetten import open_berichten
from inspecties.start.rules_inzage import IDENTITEIT, OORDELEN, SOORTEN, TABEL, TOESTANDEN, WIJZEN
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok, sleutelbos, vereist

Antwoord = str | tuple[str, int] | Response
PER_PAGINA = 50


@bp.app_context_processor
def _namen() -> dict[str, Any]:
    return {
        "verzoeksoorten": SOORTEN,
        "verzoektoestanden": TABEL,
        "identiteitwijzen": IDENTITEIT,
        "verzendwijzen": WIJZEN,
        "trefferoordelen": OORDELEN,
        "leesbare_plek": inzage_verslag.leesbare_plek,
    }


@bp.get("/verzoeken")
@vereist("inzage.lezen")
def lijst() -> str:
    """The requests of the gemeente, by number: who asks stands on the page of each."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rijen = sessie.scalars(inzage.verzoeken(actor).limit(500)).all()
    return render_template(
        "inzage/lijst.html",
        rijen=rijen,
        vandaag=lokale_datum(nu),
        eind=TOESTANDEN.eind,
        berichten=open_berichten(sessie, actor) if rol_mag(actor.rol, "inzage.behandelen") else [],
    )


@bp.route("/verzoeken/nieuw", methods=["GET", "POST"])
@vereist("inzage.behandelen")
def nieuw() -> Antwoord:
    """Write down a request that came in."""
    form = inzage_forms.VerzoekForm()
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    if not form.is_submitted():
        form.ontvangen_op.data = lokale_datum(nu)
    elif form.validate():
        wie = inzage.Aanvrager(form.naam.data.strip(), (form.contact.data or "").strip())
        try:
            verzoek = inzage.neem_aan(sessie, actor, nu, sleutelbos(), form.soort.data, wie, form.ontvangen_op.data)
        except InspectiesFout as fout:
            sessie.rollback()
            form.meld_fout(fout.veld, fout.melding)
        else:
            sessie.commit()
            flash(f"Verzoek {verzoek.nummer} staat erin.", "succes")
            return redirect(url_for("inzage.toon", uid=verzoek.uid))
    inhoud = render_template("inzage/nieuw.html", form=form)
    return (inhoud, 422) if form.errors else inhoud


def _formulieren(verzoek: Inzageverzoek) -> dict[str, Formulier]:
    zoek = inzage_forms.ZoekForm(formdata=None)
    vraag = inzage.zoekvraag_van(sleutelbos(), verzoek)
    if vraag.soorten:
        zoek.namen.data, zoek.nummers.data, zoek.mails.data = map("\n".join, (vraag.namen, vraag.nummers, vraag.mails))
    elif rol_mag(huidige_actor().rol, "inzage.behandelen"):
        zoek.namen.data = inzage.aanvrager_van(sleutelbos(), verzoek).naam
    identiteit = inzage_forms.IdentiteitForm(formdata=None)
    identiteit.identiteit_op.data = lokale_datum(klok().nu())
    voor = inzage_forms.VoorlegForm(formdata=None)
    voor.uitzondering.data = verzoek.uitzondering
    return {
        "zoek": zoek,
        "identiteit": identiteit,
        "voor": voor,
        "langer": inzage_forms.VerlengForm(formdata=None),
        "terug": inzage_forms.TerugForm(formdata=None),
        "afwijzen": inzage_forms.AfwijsForm(formdata=None),
        "vrijgave": inzage_forms.VrijgaveForm(formdata=None),
        "ophaal": inzage_forms.OphaalForm(formdata=None),
        "verzend": inzage_forms.VerzendForm(formdata=None),
    }


def _treffers(verzoek: Inzageverzoek) -> tuple[list[Inzagetreffer], dict[int, str], int]:
    """Hits that this role may read, what they say, and how many others there are."""
    actor, sessie, bos = huidige_actor(), db.session(), sleutelbos()
    treffers = zonder_aparte(sessie, verzoek.treffers)
    if not rol_mag(actor.rol, "inzage.beoordelen"):
        return [], {}, len(treffers)
    mag = leesbaar(sessie, actor, treffers)
    zien = [t for t in treffers if t.id in mag]
    vraag = inzage.zoekvraag_van(bos, verzoek)
    teksten = {}
    for t in zien:
        plek = plek_bij((t.tabel, t.kolom))
        teksten[t.id] = uittreksel(sessie, bos, plek, t.rij_id, vraag) if plek else ""
    return zien, teksten, len(treffers) - len(zien)


def pagina(verzoek: Inzageverzoek, **fout: Formulier) -> str:
    """The page, with the form that was wrong in place of an empty one; who reads it is logged."""
    actor, sessie, nu, bos = huidige_actor(), db.session(), klok().nu(), sleutelbos()
    zien, teksten, elders = _treffers(verzoek)
    inhoud = inzage.inhoud_van(bos, verzoek)
    tonen = bool(inhoud) and rol_mag(actor.rol, "inzage.controleren") and verzoek.toestand != "zoeken"
    uit = render_template(
        "inzage/verzoek.html",
        verzoek=verzoek,
        wie=inzage.aanvrager_van(bos, verzoek),
        treffers=zien,
        teksten=teksten,
        elders=elders,
        open_hier=sum(not t.oordeel for t in zien),
        open_totaal=sum(not t.oordeel for t in zonder_aparte(sessie, verzoek.treffers)),
        inhoud=inhoud if tonen else {},
        sporen=inzage_verslag.melderscan(sessie, actor, bos, verzoek, inhoud) if tonen else [],
        stappen=sessie.scalars(
            select(Inzagestap).where(Inzagestap.verzoek_id == verzoek.id).order_by(Inzagestap.id)
        ).all(),
        klaar=verzoek.toestand in TOESTANDEN.eind,
        zelf_gemaakt=verzoek.voorgelegd_door_id == actor.gebruiker_id,
        vraag_wachtwoord=not bevestigd(sessie, actor, nu),
        bevestigveldnaam=VELD,
        vandaag=lokale_datum(nu),
        **(_formulieren(verzoek) | fout),
    )
    inzage.leg(sessie, actor, nu, verzoek, "inzageverzoek_gelezen")
    # Of what was shown of an object, that object's own line: it is read here as well as on its own page.
    for soort, uid in dict.fromkeys((t.object_soort, t.object_uid) for t in zien):
        leg_vast(sessie, actor, nu, "gelezen_voor_verzoek", soort, uid, gegevens={"verzoek": verzoek.nummer})
    sessie.commit()
    return uit


@bp.get("/verzoeken/<uuid:uid>")
@vereist("inzage.lezen")
def toon(uid: str) -> str:
    return pagina(lees_verzoek(uid))


def _doe(uid: str, naam: str, form: Formulier, werk: Callable[[Inzageverzoek], str]) -> Antwoord:
    """Check the form, do the act, say what happened; else the page again with the message at its field."""
    verzoek, sessie = lees_verzoek(uid), db.session()
    status = 422
    if form.validate_on_submit():
        try:
            melding = werk(verzoek)
            sessie.commit()
        except InspectiesFout as fout:
            sessie.rollback()
            form.meld_fout(fout.veld, fout.melding)
            status = fout.status
        else:
            flash(melding, "succes")
            return redirect(url_for("inzage.toon", uid=uid))
    return pagina(lees_verzoek(uid), **{naam: form}), status


@bp.post("/verzoeken/<uuid:uid>/identiteit")
@vereist("inzage.behandelen")
def identiteit(uid: str) -> Antwoord:
    form = inzage_forms.IdentiteitForm()

    def werk(verzoek: Inzageverzoek) -> str:
        inzage.stel_identiteit_vast(
            db.session(), huidige_actor(), klok().nu(), verzoek, form.identiteit.data, form.identiteit_op.data
        )
        return "Vastgelegd. Zoek nu naar de gegevens."

    return _doe(uid, "identiteit", form, werk)


@bp.post("/verzoeken/<uuid:uid>/zoeken")
@vereist("inzage.behandelen")
def zoeken(uid: str) -> Antwoord:
    """A POST: a name does not belong in an address or a log."""
    form = inzage_forms.ZoekForm()

    def werk(verzoek: Inzageverzoek) -> str:
        vraag = inzage.maak_zoekvraag(form.namen.data or "", form.nummers.data or "", form.mails.data or "")
        aantal = inzage.zoek_persoon(db.session(), huidige_actor(), klok().nu(), sleutelbos(), verzoek, vraag)
        return f"Gezocht op elke plek waar een persoon kan staan. Nieuw gevonden: {aantal}."

    return _doe(uid, "zoek", form, werk)


@bp.post("/verzoeken/<uuid:uid>/verlengen")
@vereist("inzage.behandelen")
def verlengen(uid: str) -> Antwoord:
    form = inzage_forms.VerlengForm()

    def werk(verzoek: Inzageverzoek) -> str:
        inzage.verleng(db.session(), huidige_actor(), klok().nu(), verzoek, form.langer.data)
        return "Verlengd met twee maanden. Vertel dit de persoon, met de reden."

    return _doe(uid, "langer", form, werk)


@bp.post("/verzoeken/<uuid:uid>/voorleggen")
@vereist("inzage.behandelen")
def voorleggen(uid: str) -> Antwoord:
    """Make the report, scan it, freeze it and lay it before a colleague."""
    form = inzage_forms.VoorlegForm()

    def werk(verzoek: Inzageverzoek) -> str:
        actor, sessie, nu, bos = huidige_actor(), db.session(), klok().nu(), sleutelbos()
        verzoek.uitzondering = " ".join((form.uitzondering.data or "").split())
        inhoud = inzage_verslag.stel_samen(sessie, actor, nu, bos, verzoek)
        inzage.leg_voor(sessie, actor, nu, bos, verzoek, inhoud, inzage_verslag.hash_van(inhoud))
        return "Het antwoord ligt klaar. Een collega of de auditor kijkt het na."

    return _doe(uid, "voor", form, werk)


@bp.post("/verzoeken/<uuid:uid>/terug")
@vereist("inzage.controleren")
def terug(uid: str) -> Antwoord:
    form = inzage_forms.TerugForm()

    def werk(verzoek: Inzageverzoek) -> str:
        inzage.ga_naar(db.session(), huidige_actor(), klok().nu(), verzoek, "zoeken", form.terug.data)
        return "Teruggegeven aan de behandelaar."

    return _doe(uid, "terug", form, werk)


@bp.post("/verzoeken/<uuid:uid>/vrijgeven")
@vereist("inzage.controleren")
def vrijgeven(uid: str) -> Antwoord:
    """The second person releases the report, after proving once more who they are."""
    form = inzage_forms.VrijgaveForm()

    def werk(verzoek: Inzageverzoek) -> str:
        actor, sessie, nu, bos = huidige_actor(), db.session(), klok().nu(), sleutelbos()
        eis_bevestiging(sessie, actor, nu, request.form.get(VELD, ""))
        sessie.commit()
        inhoud = inzage.inhoud_van(bos, verzoek)
        if not inhoud:
            raise Conflict("Dit antwoord is nog niet voorgelegd. Wacht tot de behandelaar dat doet.")
        inzage_verslag.weiger_achterhaald(sessie, verzoek, inhoud)
        inzage_verslag.weiger_melder(inzage_verslag.melderscan(sessie, actor, bos, verzoek, inhoud))
        inzage.geef_vrij(sessie, actor, nu, verzoek, geen_melder=form.geen_melder.data)
        return "Vrijgegeven. De behandelaar kan het antwoord nu geven."

    return _doe(uid, "vrijgave", form, werk)


@bp.post("/verzoeken/<uuid:uid>/antwoord")
@vereist("inzage.behandelen")
def antwoord(uid: str) -> Antwoord:
    """The released report as PDF. A POST, because it asks once more who you are."""
    verzoek, form = lees_verzoek(uid), inzage_forms.OphaalForm()
    actor, sessie, nu, bos = huidige_actor(), db.session(), klok().nu(), sleutelbos()
    try:
        if not form.validate_on_submit():
            return pagina(verzoek, ophaal=form), 422
        eis_bevestiging(sessie, actor, nu, request.form.get(VELD, ""))
        sessie.commit()
        if verzoek.toestand not in {"vrijgegeven", "verzonden"}:
            raise Conflict("Dit antwoord is nog niet vrijgegeven door een tweede persoon.")
    except InspectiesFout as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return pagina(lees_verzoek(uid), ophaal=form), fout.status
    moment = verzoek.gecontroleerd_op or nu
    inhoud, naam = inzage.inhoud_van(bos, verzoek), f"{verzoek.nummer}.pdf"
    inzage.leg(sessie, actor, nu, verzoek, "inzageantwoord_opgehaald", hash=verzoek.inhoud_hash)
    sessie.commit()
    uit = Response(inzage_verslag.druk(inhoud, moment), mimetype="application/pdf")
    uit.headers["Content-Disposition"] = f'attachment; filename="{naam}"'
    return uit


@bp.post("/verzoeken/<uuid:uid>/verzonden")
@vereist("inzage.behandelen")
def verzonden(uid: str) -> Antwoord:
    form = inzage_forms.VerzendForm()

    def werk(verzoek: Inzageverzoek) -> str:
        inzage.verzend(db.session(), huidige_actor(), klok().nu(), verzoek, form.wijze.data or "")
        return "Vastgelegd hoe het antwoord naar de persoon ging."

    return _doe(uid, "verzend", form, werk)


@bp.post("/verzoeken/<uuid:uid>/afwijzen")
@vereist("inzage.behandelen")
def afwijzen(uid: str) -> Antwoord:
    form = inzage_forms.AfwijsForm()

    def werk(verzoek: Inzageverzoek) -> str:
        inzage.ga_naar(db.session(), huidige_actor(), klok().nu(), verzoek, "afgewezen", form.afwijzing.data)
        verzoek.afgewezen_reden = form.afwijzing.data
        return "Afgewezen. Stuur de persoon een brief met de reden en hoe bezwaar kan."

    return _doe(uid, "afwijzen", form, werk)

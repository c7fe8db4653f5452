"""Pages of the meeting: agendas, one agenda on paper, and what was agreed."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for

from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import NietGevonden, OngeldigeInvoer
from inspecties.core.ids import lees_id
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal
from inspecties.signalen import overleg as ops
from inspecties.signalen.meldroute_forms import Afspraakform, Agendaform, Overlegform
from inspecties.signalen.models_meldroute import Overleg, Overlegpunt
from inspecties.signalen.overleg_druk import druk_agenda
from inspecties.signalen.rules.indeling import MELDSTAPPEN, URGENTIES, VORMEN
from inspecties.signalen.views_route import Bladzijde, bp, lees, naar_signaal, signaal_van, voer_uit
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist


@bp.get("/overleg")
@vereist("signalen.lezen", alleen_lezen=True)
def overleggen() -> str:
    """All meetings: days and numbers of signals, nothing of their content."""
    actor, sessie, vandaag = huidige_actor(), db.session(), lokale_datum(klok().nu())
    alle = ops.overleggen(sessie, actor)
    return render_template(
        "signalen/overleg_lijst.html",
        komend=[o for o in reversed(alle) if o.datum >= vandaag],
        geweest=[o for o in alle if o.datum < vandaag],
        aantallen=ops.aantallen(sessie, actor),
    )


@bp.route("/overleg/nieuw", methods=["GET", "POST"])
@vereist("signalen.behandelen")
def nieuw_overleg() -> Bladzijde:
    """Make a meeting."""
    form = Overlegform()
    if request.method == "POST":
        gemaakt: list[UUID] = []

        def doe() -> str:
            rij = ops.maak_overleg(db.session(), huidige_actor(), klok().nu(), form.naam.data, form.datum.data)
            gemaakt.append(rij.uid)
            return "Het overleg staat klaar. Zet er signalen op."

        klaar = voer_uit(form, doe, lambda: url_for("meldroute.overleg", uid=gemaakt[0]))
        return klaar if klaar is not None else (render_template("signalen/overleg_nieuw.html", form=form), 422)
    form.naam.data = "Ondermijningsoverleg"
    return render_template("signalen/overleg_nieuw.html", form=form)


def _overleg(uid: UUID) -> Overleg:
    return haal(db.session(), huidige_actor(), Overleg, uid, "Dit overleg")


@bp.get("/overleg/<uuid:uid>")
@vereist("signalen.lezen")
def overleg(uid: UUID) -> str:
    """The agenda, and what was agreed per signal."""
    return _toon(uid, None, None)


def _toon(uid: UUID, bij: UUID | None, fout_in: Afspraakform | None) -> str:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = _overleg(uid)
    punten = ops.punten_van(sessie, actor, rij)
    forms = {
        punt.uid: fout_in
        if fout_in is not None and punt.uid == bij
        else Afspraakform(formdata=None, prefix=f"p{punt.uid}-", afspraak=punt.afspraak)
        for punt in punten
    }
    pagina = render_template(
        "signalen/overleg.html",
        overleg=rij,
        punten=punten,
        forms=forms,
        fout_in=fout_in,
        kandidaten=ops.open_signalen(sessie, actor, rij),
        geweest=rij.datum <= lokale_datum(nu),
        vormen=VORMEN,
        stappen=MELDSTAPPEN,
    )
    leg_vast(sessie, actor, nu, "overleg_gelezen", "overleg", rij.uid, gegevens={"aantal": len(punten)})
    sessie.commit()
    return pagina


@bp.get("/overleg/<uuid:uid>/agenda.pdf")
@vereist("signalen.lezen")
def agenda_pdf(uid: UUID) -> Response:
    """The agenda on paper, for the others at the table: no text of a signal, no persons, no reporter."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = _overleg(uid)
    punten = ops.punten_van(sessie, actor, rij)
    inhoud = druk_agenda(actor.gemeente_naam, rij, punten, nu)
    leg_vast(sessie, actor, nu, "agenda_afgedrukt", "overleg", rij.uid, gegevens={"aantal": len(punten)})
    sessie.commit()
    naam = f"agenda-{rij.datum:%Y-%m-%d}.pdf"
    return Response(inhoud, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{naam}"'})


def _punt(uid: UUID, punt_uid: UUID) -> Overlegpunt:
    rij = haal(db.session(), huidige_actor(), Overlegpunt, punt_uid, "Dit agendapunt")
    if rij.overleg.uid != uid:
        raise NietGevonden("Dit agendapunt hoort niet bij dit overleg.")
    return rij


@bp.post("/overleg/<uuid:uid>/punten/<uuid:punt_uid>")
@vereist("signalen.behandelen")
def afspraak(uid: UUID, punt_uid: UUID) -> Bladzijde:
    """Write down what was agreed about one signal."""
    form = Afspraakform(prefix=f"p{_punt(uid, punt_uid).uid}-")

    def doe() -> str:
        punt = _punt(uid, punt_uid)
        ops.leg_afspraak_vast(db.session(), huidige_actor(), klok().nu(), punt, form.afspraak.data)
        return f"De afspraak over {punt.signaal.nummer} is vastgelegd."

    klaar = voer_uit(form, doe, lambda: url_for("meldroute.overleg", uid=uid))
    return klaar if klaar is not None else (_toon(uid, punt_uid, form), 422)


@bp.post("/overleg/<uuid:uid>/punten/<uuid:punt_uid>/weg")
@vereist("signalen.behandelen")
def van_agenda(uid: UUID, punt_uid: UUID) -> Bladzijde:
    """Take a signal off the agenda."""
    ops.haal_van_agenda(db.session(), huidige_actor(), klok().nu(), _punt(uid, punt_uid))
    db.session.commit()
    flash("Het signaal staat niet meer op de agenda.", "succes")
    return redirect(url_for("meldroute.overleg", uid=uid))


@bp.route("/<uuid:uid>/agenda", methods=["GET", "POST"])
@vereist("signalen.behandelen")
def op_agenda(uid: UUID) -> Bladzijde:
    """Put a signal on the agenda of a coming meeting."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    signaal = signaal_van(uid)
    komend = ops.komende(sessie, actor, lokale_datum(nu))
    form = Agendaform()
    form.overleg.choices = keuzes((str(o.uid), f"{o.naam}, {o.datum:%d-%m-%Y}") for o in komend)
    if request.method == "POST":

        def doe() -> str:
            gekozen = form.overleg.data or ""
            if lees_id(gekozen) is None:
                raise OngeldigeInvoer("Kies een overleg. Is er nog geen, maak er dan eerst een.", "overleg")
            rij = haal(sessie, actor, Overleg, gekozen, "Dit overleg")
            ops.zet_op_agenda(sessie, actor, nu, rij, signaal_van(uid), form.vraag.data or "")
            return f"Het signaal staat op de agenda van {rij.datum:%d-%m-%Y}."

        klaar = voer_uit(form, doe, lambda: naar_signaal(uid))
        if klaar is not None:
            return klaar
    elif komend:
        gevraagd = request.args.get("overleg", "")
        form.overleg.data = gevraagd if lees_id(gevraagd) else str(komend[0].uid)
    signaal = signaal_van(uid)
    pagina = render_template(
        "signalen/overleg_agenda.html",
        signaal=signaal,
        form=form,
        komend=komend,
        punten=ops.punten_bij(sessie, actor, signaal),
        urgenties=URGENTIES,
    )
    lees(signaal)
    return (pagina, 422) if request.method == "POST" else pagina

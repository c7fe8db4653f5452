"""Pages of availability: the month and the list of an organisation or a person, by hand and from a calendar."""

from datetime import date, timedelta
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from inspecties.core.fouten import NietGevonden
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal, select_voor
from inspecties.partners import agendas
from inspecties.partners.agendas import Eigenaar, UrenGegevens, Verslag
from inspecties.partners.beheer_views import Pagina, bp, haal_organisatie, probeer
from inspecties.partners.forms import AgendaForm, UrenForm
from inspecties.partners.mensen_views import haal_mens
from inspecties.partners.models_partners import BRONNEN, Beschikbaarheid
from inspecties.partners.rules.agenda import OMVANG_HOOGSTENS
from inspecties.partners.rules.beschikbaar import Uren, dag_van, maandbeeld, zeg
from inspecties.web.poort import huidige_actor, klok, vereist

__all__ = ["bp"]

OP_DE_LIJST = 200
_PAD = "/agenda/<any(organisatie,mens):wie>/<uuid:uid>"


def _eigenaar(wie: str, uid: UUID) -> Eigenaar:
    return haal_organisatie(uid) if wie == "organisatie" else haal_mens(uid).gebruiker


def _maand(vandaag: date) -> date:
    try:
        dag = date.fromisoformat(f"{request.args.get('maand', '')}-01")
    except ValueError:
        dag = vandaag
    return dag.replace(day=1) if 2000 <= dag.year <= 2100 else vandaag.replace(day=1)


def _toon(wie: str, uid: UUID, uren: UrenForm, bestand: AgendaForm) -> str:
    actor, sessie, vandaag = huidige_actor(), db.session(), lokale_datum(klok().nu())
    eigenaar, maand = _eigenaar(wie, uid), _maand(vandaag)
    volgende = (maand + timedelta(days=32)).replace(day=1)
    van, tot = dag_van(maand - timedelta(days=6))[0], dag_van(volgende + timedelta(days=6))[1]
    eigen = select_voor(actor, Beschikbaarheid).where(agendas.van_eigenaar(eigenaar))
    in_beeld = sessie.scalars(eigen.where(Beschikbaarheid.begin_op < tot, Beschikbaarheid.eind_op > van)).all()
    komend = sessie.scalars(
        eigen.where(Beschikbaarheid.eind_op > dag_van(min(vandaag, maand))[0])
        .order_by(Beschikbaarheid.begin_op, Beschikbaarheid.id)
        .limit(OP_DE_LIJST + 1)
    ).all()
    return render_template(
        "partners/agenda.html",
        wie=wie,
        uid=uid,
        naam=eigenaar.naam,
        weken=maandbeeld([Uren(r.begin_op, r.eind_op, r.beschikbaar) for r in in_beeld], maand),
        maand=maand,
        vorige=maand - timedelta(days=1),
        volgende=volgende,
        rijen=[(r, lokale_datum(r.begin_op), zeg(r.begin_op, r.eind_op)) for r in komend[:OP_DE_LIJST]],
        meer=len(komend) > OP_DE_LIJST,
        bronnen=BRONNEN,
        uren=uren,
        bestand=bestand,
        beheert=rol_mag(actor.rol, "partners.beheren"),
    )


@bp.get(_PAD)
@vereist("partners.lezen", alleen_lezen=True)
def agenda(wie: str, uid: UUID) -> str:
    """When an organisation or a person can come."""
    return _toon(wie, uid, UrenForm(formdata=None), AgendaForm(formdata=None))


@bp.post(_PAD + "/uren")
@vereist("partners.beheren")
def uren(wie: str, uid: UUID) -> Pagina:
    """Enter hours."""
    eigenaar, nu, form = _eigenaar(wie, uid), klok().nu(), UrenForm()
    if form.validate_on_submit():
        gegevens = UrenGegevens(
            form.van_dag.data,
            form.van_tijd.data,
            form.tot_dag.data,
            form.tot_tijd.data,
            form.beschikbaar.data == "ja",
            form.toelichting.data or "",
        )
        if probeer(form, lambda s, a: agendas.leg_uren_vast(s, a, nu, eigenaar, gegevens)):
            flash("De beschikbaarheid is opgeslagen.", "succes")
            maand = f"{gegevens.van_dag:%Y-%m}"
            return redirect(url_for("partners.agenda", wie=wie, uid=uid, maand=maand), 303)
    return _toon(wie, uid, form, AgendaForm(formdata=None)), 422


def _zin(verslag: Verslag) -> str:
    delen = [
        f"{aantal} {woord}"
        for aantal, woord in (
            (verslag.nieuw, "nieuw"),
            (verslag.bijgewerkt, "bijgewerkt"),
            (verslag.vervallen, "vervallen"),
            (verslag.ouder, "overgeslagen, want hier staat al een nieuwere versie"),
        )
        if aantal
    ]
    return f"De agenda is ingelezen. Afspraken: {', '.join(delen) or 'geen in het komende jaar'}."


@bp.post(_PAD + "/inlezen")
@vereist("partners.beheren")
def agenda_inlezen(wie: str, uid: UUID) -> Pagina:
    """Read a calendar file."""
    eigenaar, nu, form = _eigenaar(wie, uid), klok().nu(), AgendaForm()
    if form.validate_on_submit():
        inhoud = form.bestand.data.stream.read(OMVANG_HOOGSTENS + 1)
        uit: list[Verslag] = []
        if probeer(
            form,
            lambda s, a: uit.append(
                agendas.lees_agenda(s, a, nu, eigenaar, inhoud, beschikbaar=form.betekenis.data == "ja")
            ),
        ):
            flash(_zin(uit[0]), "succes")
            return redirect(url_for("partners.agenda", wie=wie, uid=uid), 303)
    return _toon(wie, uid, UrenForm(formdata=None), form), 422


@bp.post(_PAD + "/<uuid:rij_uid>/weg")
@vereist("partners.beheren")
def uren_weg(wie: str, uid: UUID, rij_uid: UUID) -> Pagina:
    """Take hours away."""
    actor, sessie, eigenaar = huidige_actor(), db.session(), _eigenaar(wie, uid)
    rij = haal(sessie, actor, Beschikbaarheid, rij_uid, "Deze tijd")
    if eigenaar.id != (rij.organisatie_id if wie == "organisatie" else rij.gebruiker_id):
        raise NietGevonden("Deze tijd bestaat niet, of u mag het niet zien.")
    maand = f"{lokale_datum(rij.begin_op):%Y-%m}"
    agendas.verwijder_uren(sessie, actor, klok().nu(), eigenaar, rij)
    sessie.commit()
    flash("De tijd is weggehaald.", "succes")
    return redirect(url_for("partners.agenda", wie=wie, uid=uid, maand=maand), 303)

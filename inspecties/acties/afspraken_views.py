"""Page of what was agreed after actions: over all of them, until it is done."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from inspecties.acties import afspraken
from inspecties.acties.daarna_forms import AfspraakfilterForm, StandForm
from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_daarna import Afspraak
from inspecties.acties.rules.debriefing import AFSPRAAKSTANDEN, is_te_laat
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol, rol_mag
from inspecties.database import db, haal, select_voor
from inspecties.locaties.queries import tel
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("afspraken", __name__, url_prefix="/acties/afspraken")

Pagina = str | Response | tuple[str, int]
PER_BLADZIJDE = 50
TONEN = {"open": "actief", "gedaan": "goed", "vervallen": ""}


@bp.get("")
@vereist("afspraken.lezen", alleen_lezen=True)
def lijst() -> Pagina:
    """What is open first; a partner sees its own organisation's, an inspector their own."""
    return _toon()


def _toon(fout: str = "", status: int = 200) -> Pagina:
    actor, sessie, vandaag = huidige_actor(), db.session(), lokale_datum(klok().nu())
    kiest = actor.rol in {Rol.COORDINATOR, Rol.JURIST}
    form = AfspraakfilterForm(request.args if request.method == "GET" else None)
    form.wie.choices = keuzes(afspraken.eigenaren(sessie, actor).items() if kiest else (), "Iedereen")
    opdracht = select_voor(actor, Afspraak)
    stand = form.stand.data if request.args.get("stand") is not None and request.method == "GET" else "open"
    form.stand.data = stand
    if stand == "te_laat":
        opdracht = afspraken.te_laat(actor, vandaag)
    elif stand in AFSPRAAKSTANDEN:
        opdracht = opdracht.where(Afspraak.toestand == stand)
    soort, _, uid = (form.wie.data or "").partition(":")
    if kiest and uid and form.wie.data in dict(afspraken.eigenaren(sessie, actor)):
        relatie: Any = Afspraak.gebruiker if soort == "mens" else Afspraak.organisatie
        opdracht = opdracht.where(relatie.has(uid=UUID(uid)))
    totaal = tel(sessie, opdracht)
    paginas = max(1, -(-totaal // PER_BLADZIJDE))
    gevraagd = request.args.get("pagina", "1")
    pagina = min(int(gevraagd), paginas) if gevraagd.isascii() and gevraagd.isdigit() and gevraagd.strip("0") else 1
    rijen = sessie.scalars(
        opdracht.order_by((Afspraak.toestand != "open"), Afspraak.uiterlijk, Afspraak.id)
        .limit(PER_BLADZIJDE)
        .offset((pagina - 1) * PER_BLADZIJDE)
        .options(joinedload(Afspraak.organisatie), joinedload(Afspraak.gebruiker), joinedload(Afspraak.klaar_door))
    ).all()
    acties = {
        a.id: a for a in sessie.scalars(select_voor(actor, Actie).where(Actie.id.in_({r.actie_id for r in rijen})))
    }
    # An address is shown to who sees the stop itself.
    stops = {
        s.id: s
        for s in sessie.scalars(
            select_voor(actor, Stop).where(Stop.id.in_({r.stop_id for r in rijen})).options(joinedload(Stop.locatie))
        )
    }
    return render_template(
        "acties/afspraken.html",
        rijen=rijen,
        acties=acties,
        stops=stops,
        form=form,
        standform=StandForm(formdata=None),
        kiest=kiest,
        gefilterd=request.args.get("stand") is not None or bool(form.wie.data),
        bijwerkt=rol_mag(actor.rol, "afspraken.bijwerken"),
        beheert=rol_mag(actor.rol, "debriefing.vastleggen"),
        leest_debriefing=rol_mag(actor.rol, "debriefing.lezen"),
        standen=AFSPRAAKSTANDEN,
        tonen=TONEN,
        te_laat=lambda a: is_te_laat(a.toestand, a.uiterlijk, vandaag),
        pagina=pagina,
        paginas=paginas,
        totaal=totaal,
        fout=fout,
    ), status


@bp.post("/<uuid:uid>/stand")
@vereist("afspraken.bijwerken")
def zet_stand(uid: UUID) -> Pagina:
    """Done, lapsed or open again."""
    actor, sessie = huidige_actor(), db.session()
    rij = haal(sessie, actor, Afspraak, uid, "Deze afspraak")
    form = StandForm()
    if not form.validate_on_submit():
        return _toon(next(iter(form.stand.errors or form.reden.errors), "Kies opnieuw."), 422)
    try:
        afspraken.zet_stand(sessie, actor, klok().nu(), rij, form.stand.data, form.reden.data or "", form.gezien)
    except (Conflict, OngeldigeInvoer, GeenRecht) as fout:
        sessie.rollback()
        return _toon(fout.melding, fout.status)
    sessie.commit()
    flash(f"De afspraak staat nu op '{AFSPRAAKSTANDEN[form.stand.data].lower()}'.", "succes")
    return redirect(url_for("afspraken.lijst"))

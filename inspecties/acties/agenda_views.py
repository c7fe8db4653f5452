"""The calendar of actions: a month or a week, with who is in and when a partner cannot come."""

from flask import Blueprint, render_template, request
from wtforms import SelectField

from inspecties.acties.agenda import lees_blad
from inspecties.acties.rules.agenda import DAGEN, WEERGAVEN, lees_dag, maak_blad
from inspecties.acties.views import namen
from inspecties.core.ids import lees_id
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, select_voor
from inspecties.partners.models import Organisatie
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("actieagenda", __name__, url_prefix="/acties/agenda")


class Partnerkeuze(Formulier):
    """Whose hours away stand in the calendar."""

    class Meta(Formulier.Meta):
        csrf = False

    partner = SelectField("Toon wanneer deze partner niet kan")


@bp.get("")
@vereist("acties.lezen", alleen_lezen=True)
def blad() -> str:
    """One page: ``weergave`` (maand or week), ``dag`` (ISO date) and ``partner`` (uid)."""
    actor, sessie, vandaag = huidige_actor(), db.session(), lokale_datum(klok().nu())
    weergave = request.args.get("weergave", "")
    pagina = maak_blad(weergave if weergave in WEERGAVEN else "maand", lees_dag(request.args.get("dag", ""), vandaag))
    ziet_partners = rol_mag(actor.rol, "partners.lezen")
    organisatie, form = None, None
    if ziet_partners:
        organisaties = sessie.scalars(select_voor(actor, Organisatie).order_by(Organisatie.naam)).all()
        gevraagd = lees_id(request.args.get("partner", ""))
        organisatie = next((o for o in organisaties if o.uid == gevraagd), None)
        form = Partnerkeuze(formdata=None, partner=str(organisatie.uid) if organisatie else "")
        form.partner.choices = keuzes(((str(o.uid), o.naam) for o in organisaties), "Niemand")
    weken = lees_blad(sessie, actor, pagina, vandaag, organisatie)
    return render_template(
        "acties/agenda.html",
        blad=pagina,
        weken=weken,
        altijd=not any(vak.weg for week in weken for vak in week),
        niets=not any(vak.regels for week in weken for vak in week if vak.erbij),
        weergaven=WEERGAVEN,
        dagen=DAGEN,
        vandaag=vandaag,
        organisatie=organisatie,
        form=form,
        **namen(),
    )

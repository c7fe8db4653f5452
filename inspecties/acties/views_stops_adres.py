"""A stop at an address that somebody types."""

from uuid import UUID

from flask import current_app, flash, redirect, url_for
from werkzeug.wrappers import Response

from inspecties.acties import operations, operations_stops
from inspecties.acties.forms_stops import AdresForm
from inspecties.acties.stops_adres import locatie_op_adres
from inspecties.acties.views import Pagina, bp, haal_actie
from inspecties.acties.views_stops import adresform, toon_stops
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database import db
from inspecties.locaties.adresbron import SLEUTEL as ADRESBRON
from inspecties.locaties.adreskeuze import lees_keuze
from inspecties.locaties.queries import typen_in_gebruik
from inspecties.web.poort import huidige_actor, klok, vereist

__all__ = ["bp"]

NIET_GEVONDEN = (
    "Dit adres is niet gevonden. Kijk of straat en nummer kloppen. Staat het niet in het adressenbestand, voeg dan bij "
    "'Locaties' eerst een locatie toe."
)


@bp.post("/<uuid:uid>/stops/adres")
@vereist("acties.plannen")
def voeg_adres_toe(uid: UUID) -> Pagina:
    """The location at the address becomes a stop; where none stands there, it is made."""
    actie, sessie = haal_actie(uid), db.session()
    operations.eis_concept(actie)
    form = adresform(actie)
    try:
        operations.controleer_versie(actie, form.gezien)
        return _voeg_toe(uid, form)
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld if fout.veld in form else "adreszoek", fout.melding)
        return toon_stops(uid, adres=form, bron="adres"), fout.status


def _voeg_toe(uid: UUID, form: AdresForm) -> Response | tuple[str, int]:
    sessie, actor, nu = db.session(), huidige_actor(), klok().nu()
    geldig = form.validate_on_submit()
    keuze = lees_keuze(sessie, actor, form, current_app.extensions[ADRESBRON])
    if not keuze.klaar and not form.adreskeuze.choices and not form.adres.data:
        # The search speaks of fields that only the form of a location has.
        form.adreszoek.errors = [NIET_GEVONDEN]
    if not geldig or not keuze.klaar:
        return toon_stops(uid, adres=form, bron="adres"), 422
    if keuze.vondst is None:
        raise OngeldigeInvoer("Typ een adres, zoals Dorpsstraat 12.", "adreszoek")
    soort = next((t for t in typen_in_gebruik(sessie, actor) if t.code == form.type.data), None)
    actie = haal_actie(uid)
    locatie, gemaakt = locatie_op_adres(sessie, actor, nu, keuze.vondst, soort)
    if not operations_stops.voeg_stops_toe(sessie, actor, nu, actie, [locatie], "adres"):
        raise Conflict(f"{locatie.adresregel} is al een stop van deze actie.", "adreszoek")
    naam = locatie.adresregel
    sessie.commit()
    flash(f"{naam} is een stop. Op dit adres is een locatie gemaakt." if gemaakt else f"{naam} is een stop.", "succes")
    return redirect(url_for("acties.stops", uid=uid, bron="adres"))

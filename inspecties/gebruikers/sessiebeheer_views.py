"""The beheerder ends logins of a colleague. On the same blueprint as user management."""

from typing import cast
from uuid import UUID

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from inspecties.database import db, haal
from inspecties.gebruikers import sessiebeheer
from inspecties.gebruikers.beheer_views import bp, toon_gebruiker
from inspecties.gebruikers.inloggen import instellingen
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.gebruikers.rules.afmelden import ALLE
from inspecties.gebruikers.sessiebeheer_forms import maak_afmeldform
from inspecties.web.poort import huidige_actor, klok, sleutelbos, vereist

__all__ = ["bp"]


@bp.post("/beheer/<uuid:uid>/aanmeldingen")
@vereist("gebruikers.beheren")
def meld_af(uid: UUID) -> Response | tuple[str, int]:
    """End one login of this user, or all. Not held up to prove oneself: it only closes something."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    lid = haal(sessie, actor, Lidmaatschap, uid, "Deze gebruiker")
    form = maak_afmeldform(sessiebeheer.sessies_van_lid(sessie, lid, nu, instellingen()), leeg=False)
    if not form.validate_on_submit():
        return toon_gebruiker(lid, afmeldform=form), 422
    welke, reden = cast("str", form.sessie.data), cast("str", form.reden.data)
    aantal = sessiebeheer.meld_lid_af(sessie, actor, nu, instellingen(), sleutelbos(), lid, welke, reden)
    naam = lid.gebruiker.naam
    sessie.commit()
    if aantal:
        flash(f"{naam} is {'daar' if welke != ALLE else 'overal'} afgemeld.", "succes")
    else:
        flash("Die aanmelding was al beëindigd.", "info")
    return redirect(url_for("gebruikers.gebruiker", uid=uid, _anchor="aanmeldingen"))

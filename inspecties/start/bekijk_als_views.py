"""The page on which the beheerder sees what a role or a user has."""

from flask import Blueprint, current_app, render_template, request
from wtforms import SelectField

from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.ids import lees_id
from inspecties.core.rechten import MENSEN, ROLNAMEN, Rol
from inspecties.database import db
from inspecties.gebruikers.beheer_queries import Gebruikersfilter, gebruikers_van
from inspecties.start import bekijk_als
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("bekijk_als", __name__)


class KeuzeForm(Formulier):
    """A role, or a user; a GET form, so without a token."""

    class Meta(Formulier.Meta):
        csrf = False

    rol = SelectField("Rol", choices=keuzes(((r.value, n) for r, n in ROLNAMEN.items() if r in MENSEN), "Kies een rol"))
    gebruiker = SelectField("Of een gebruiker", description="Dan ziet u ook aantallen. Nooit wat erin staat.")


@bp.get("/beheer/bekijk-als")
@vereist("gebruikers.beheren")
def toon() -> str:
    """The menu, the rights and the pages of a role, and of a user also numbers. Looking is written down."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rolcode, uid = request.args.get("rol", ""), lees_id(request.args.get("gebruiker", ""))
    if rolcode and rolcode not in {r.value for r in MENSEN}:
        raise OngeldigeInvoer("Kies een rol uit de lijst.", "rol")
    if request.args.get("gebruiker") and uid is None:
        raise OngeldigeInvoer("Kies een gebruiker uit de lijst.", "gebruiker")
    lid = bekijk_als.lees_lid(sessie, actor, uid) if uid else None
    rol = Rol(lid.rol) if lid else Rol(rolcode) if rolcode else None
    form = KeuzeForm(formdata=None, rol=rol.value if rol else "", gebruiker=str(lid.uid) if lid else "")
    leden = sessie.scalars(gebruikers_van(actor, Gebruikersfilter()))
    form.gebruiker.choices = keuzes(((str(m.uid), m.gebruiker.naam) for m in leden), "Niemand in het bijzonder")
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # LocalProxy
    pagina = render_template(
        "beheer/bekijk_als.html",
        form=form,
        rol=rol,
        lid=lid,
        menunamen=bekijk_als.menu_voor(app, rol) if rol else [],
        onderdelen=bekijk_als.onderdelen_voor(app, rol) if rol else [],
        aantallen=bekijk_als.aantallen_van(sessie, nu, lid) if lid else [],
    )
    if lid is not None:
        leg_vast(sessie, actor, nu, "bekeken_als", "gebruiker", lid.gebruiker.uid, gegevens={"rol": lid.rol})
    elif rol is not None:
        leg_vast(sessie, actor, nu, "bekeken_als", "rol", rol.value, gegevens={"rol": rol.value})
    sessie.commit()
    return pagina

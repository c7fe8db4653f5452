"""Pages of the powers of people: who of our own people was appointed to what."""

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import joinedload

from inspecties.core.fouten import Conflict, NietGevonden
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import RECHTEN, rol_mag
from inspecties.database import db, haal, select_voor
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, kan_aanmelden
from inspecties.partners import beheer
from inspecties.partners.beheer_views import Pagina, bp, probeer
from inspecties.partners.bevoegd import bevoegdheden_van, bevoegdhedentabel
from inspecties.partners.forms import BevoegdheidForm
from inspecties.partners.models_partners import Gebruikerbevoegdheid
from inspecties.partners.rules.bevoegdheden import STATUSSEN
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

__all__ = ["bp"]


def haal_mens(uid: UUID) -> Lidmaatschap:
    """Somebody who can be in a team. Raises NietGevonden."""
    lid = haal(db.session(), huidige_actor(), Lidmaatschap, uid, "Deze persoon")
    if lid.rol not in {rol.value for rol in RECHTEN["dienst.ophalen"].rollen}:
        raise NietGevonden("Deze persoon bestaat niet, of u mag het niet zien.")
    return lid


@bp.get("/mensen")
@vereist("partners.lezen", alleen_lezen=True)
def mensen() -> str:
    """Everybody who can be in a team, with what they may do today."""
    actor, sessie, vandaag = huidige_actor(), db.session(), lokale_datum(klok().nu())
    leden = sessie.scalars(
        select_voor(actor, Lidmaatschap)
        .join(Lidmaatschap.gebruiker)
        .where(Lidmaatschap.rol.in_([rol.value for rol in RECHTEN["dienst.ophalen"].rollen]))
        .where(kan_aanmelden())
        .options(joinedload(Lidmaatschap.gebruiker), joinedload(Lidmaatschap.organisatie))
        .order_by(Lidmaatschap.organisatie_id.is_not(None), Gebruiker.naam)
    ).all()
    tabel = bevoegdhedentabel()
    van = bevoegdheden_van(sessie, actor, [lid.gebruiker_id for lid in leden], vandaag)
    return render_template(
        "partners/mensen.html",
        leden=[(lid, sorted(tabel.naam(code) for code in van[lid.gebruiker_id])) for lid in leden],
    )


@bp.route("/mensen/<uuid:uid>", methods=["GET", "POST"])
@vereist("partners.beheren")
def mens(uid: UUID) -> Pagina:
    """The powers of one of our own people, and a form to appoint."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    vandaag, tabel, lid = lokale_datum(nu), bevoegdhedentabel(), haal_mens(uid)
    form = BevoegdheidForm(data={"geldig_van": vandaag})
    form.code.choices = keuzes(((r.code, f"{r.naam} ({r.artikel})") for r in tabel.persoonlijk(vandaag)), "Kies")
    eigen = lid.organisatie_id is None
    gebruiker = lid.gebruiker
    if (
        eigen
        and form.validate_on_submit()
        and probeer(
            form,
            lambda s, a: beheer.geef_bevoegdheid(
                s, a, nu, gebruiker, form.code.data, form.geldig_van.data, form.geldig_tot.data, form.legitimatie.data
            ),
        )
    ):
        flash("De bevoegdheid is vastgelegd.", "succes")
        return redirect(url_for("partners.mens", uid=uid), 303)
    lid = haal_mens(uid)
    rijen = sessie.scalars(
        select_voor(actor, Gebruikerbevoegdheid)
        .where(Gebruikerbevoegdheid.gebruiker_id == lid.gebruiker_id)
        .order_by(Gebruikerbevoegdheid.geldig_van.desc(), Gebruikerbevoegdheid.id)
    ).all()
    pagina = render_template(
        "partners/mens.html",
        lid=lid,
        rijen=rijen,
        tabel=tabel,
        per_code=tabel.op(vandaag),
        statussen=STATUSSEN,
        van_soort=[] if lid.organisatie_id is None else tabel.van_soort(lid.organisatie.soort, vandaag),
        vandaag=vandaag,
        form=form if eigen else None,
        beheert=rol_mag(actor.rol, "partners.beheren"),
    )
    return pagina, 422 if form.is_submitted() else 200


@bp.post("/mensen/<uuid:uid>/<uuid:rij_uid>/einde")
@vereist("partners.beheren")
def beeindig(uid: UUID, rij_uid: UUID) -> Pagina:
    """End a power as of today: yesterday was its last day."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    lid = haal_mens(uid)
    rij = haal(sessie, actor, Gebruikerbevoegdheid, rij_uid, "Deze bevoegdheid")
    if rij.gebruiker_id != lid.gebruiker_id:
        raise NietGevonden("Deze bevoegdheid bestaat niet, of u mag het niet zien.")
    try:
        beheer.beeindig_bevoegdheid(sessie, actor, nu, rij, lokale_datum(nu) - timedelta(days=1))
    except Conflict as fout:
        sessie.rollback()
        flash(fout.melding, "fout")
    else:
        sessie.commit()
        flash("De bevoegdheid is beëindigd.", "succes")
    return redirect(url_for("partners.mens", uid=uid), 303)

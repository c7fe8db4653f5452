"""Pages of partner organisations: the list, one of them, its contacts and settings."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal, select_voor
from inspecties.partners import beheer
from inspecties.partners.beheer import ContactGegevens
from inspecties.partners.beschikbaar import Instelling, contacten_van, instellingen_van
from inspecties.partners.bevoegd import bevoegdhedentabel
from inspecties.partners.forms import ContactForm, NieuwForm, WijzigForm
from inspecties.partners.models import Organisatie
from inspecties.partners.models_partners import Contactpersoon
from inspecties.partners.rules.bevoegdheden import STATUSSEN
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("partners", __name__, url_prefix="/beheer/partners")

Pagina = str | Response | tuple[str, int]


def haal_organisatie(uid: UUID) -> Organisatie:
    """The organisation in the URL. Raises NietGevonden."""
    return haal(db.session(), huidige_actor(), Organisatie, uid, "Deze organisatie")


def _soortkeuzes(form: NieuwForm, huidig: str = "") -> None:
    soorten = {code: soort.naam for code, soort in bevoegdhedentabel().soorten.items()}
    if huidig:
        soorten.setdefault(huidig, huidig)
    form.soort.choices = keuzes(soorten.items(), "Kies een soort")


def probeer(form: Formulier, handeling: Callable[[Session, Actor], object]) -> bool:
    """Do one act and commit; what is wrong is told in the form."""
    sessie = db.session()
    try:
        handeling(sessie, huidige_actor())
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return False
    sessie.commit()
    return True


@bp.get("")
@vereist("partners.lezen", alleen_lezen=True)
def lijst() -> str:
    """All organisations, and what the law lets each do."""
    actor, sessie = huidige_actor(), db.session()
    rijen = sessie.scalars(select_voor(actor, Organisatie).order_by(Organisatie.naam)).all()
    ids = [o.id for o in rijen]
    return render_template(
        "partners/lijst.html",
        organisaties=rijen,
        contacten=contacten_van(sessie, actor, ids),
        instellingen=instellingen_van(sessie, actor, ids),
        tabel=bevoegdhedentabel(),
        vandaag=lokale_datum(klok().nu()),
        beheert=rol_mag(actor.rol, "partners.beheren"),
    )


@bp.route("/nieuw", methods=["GET", "POST"])
@vereist("partners.beheren")
def nieuw() -> Pagina:
    """Add an organisation."""
    form, nu = NieuwForm(), klok().nu()
    _soortkeuzes(form)
    if form.validate_on_submit():
        uit: list[Organisatie] = []
        if probeer(
            form,
            lambda s, a: uit.append(beheer.bewaar_organisatie(s, a, nu, None, form.naam.data, form.soort.data)),
        ):
            flash("De organisatie is toegevoegd. Vul nu een contactpersoon in.", "succes")
            return redirect(url_for("partners.toon", uid=uit[0].uid), 303)
    return render_template("partners/nieuw.html", form=form), 422 if form.is_submitted() else 200


@bp.get("/<uuid:uid>")
@vereist("partners.lezen", alleen_lezen=True)
def toon(uid: UUID) -> str:
    """One organisation: contacts, powers, what it sees, how much it can do."""
    actor, sessie, organisatie = huidige_actor(), db.session(), haal_organisatie(uid)
    tabel, vandaag = bevoegdhedentabel(), lokale_datum(klok().nu())
    return render_template(
        "partners/organisatie.html",
        organisatie=organisatie,
        soort=tabel.soortnaam(organisatie.soort),
        bevoegdheden=tabel.van_soort(organisatie.soort, vandaag),
        komt_mee=organisatie.soort in tabel.soorten and tabel.soorten[organisatie.soort].zonder_bevoegdheid,
        statussen=STATUSSEN,
        contacten=contacten_van(sessie, actor, [organisatie.id])[organisatie.id],
        instelling=instellingen_van(sessie, actor, [organisatie.id])[organisatie.id],
        beheert=rol_mag(actor.rol, "partners.beheren"),
    )


@bp.route("/<uuid:uid>/wijzigen", methods=["GET", "POST"])
@vereist("partners.beheren")
def wijzigen(uid: UUID) -> Pagina:
    """Name, kind, what it may see and the most it does."""
    actor, sessie, nu, organisatie = huidige_actor(), db.session(), klok().nu(), haal_organisatie(uid)
    nu_geldig = instellingen_van(sessie, actor, [organisatie.id])[organisatie.id]
    form = WijzigForm(data={"naam": organisatie.naam, "soort": organisatie.soort, **vars(nu_geldig)})
    _soortkeuzes(form, organisatie.soort)

    def bewaar(s: Session, a: Actor) -> None:
        beheer.bewaar_organisatie(s, a, nu, organisatie, form.naam.data, form.soort.data)
        wens = Instelling(
            form.ziet_veiligheid.data, form.ziet_eerder.data, form.ploegen_per_avond.data, form.avonden_per_maand.data
        )
        beheer.zet_instelling(s, a, nu, organisatie, wens)

    if form.validate_on_submit() and probeer(form, bewaar):
        flash("De organisatie is opgeslagen.", "succes")
        return redirect(url_for("partners.toon", uid=uid), 303)
    pagina = render_template("partners/wijzigen.html", form=form, organisatie=haal_organisatie(uid))
    return pagina, 422 if form.is_submitted() else 200


def _contact(organisatie: Organisatie, rij_uid: UUID) -> Contactpersoon:
    contact = haal(db.session(), huidige_actor(), Contactpersoon, rij_uid, "Deze contactpersoon")
    if contact.organisatie_id != organisatie.id:
        raise NietGevonden("Deze contactpersoon bestaat niet, of u mag het niet zien.")
    return contact


def _contactpagina(uid: UUID, rij_uid: UUID | None) -> Pagina:
    nu, organisatie = klok().nu(), haal_organisatie(uid)
    contact = _contact(organisatie, rij_uid) if rij_uid else None
    velden = tuple(ContactGegevens.__dataclass_fields__)
    form = ContactForm(data={veld: getattr(contact, veld) for veld in velden} if contact else None)

    def bewaar(s: Session, a: Actor) -> None:
        gegevens = ContactGegevens(
            form.naam.data,
            form.functie.data or "",
            form.email.data or "",
            form.telefoon.data or "",
            bool(form.krijgt_uitnodiging.data),
        )
        beheer.bewaar_contact(s, a, nu, organisatie, contact, gegevens)

    if form.validate_on_submit() and probeer(form, bewaar):
        flash("De contactpersoon is opgeslagen.", "succes")
        return redirect(url_for("partners.toon", uid=uid), 303)
    pagina = render_template(
        "partners/contact.html", form=form, organisatie=haal_organisatie(uid), rij_uid=rij_uid
    )  # fmt: skip
    return pagina, 422 if form.is_submitted() else 200


@bp.route("/<uuid:uid>/contact", methods=["GET", "POST"])
@vereist("partners.beheren")
def nieuw_contact(uid: UUID) -> Pagina:
    """Add a contact person."""
    return _contactpagina(uid, None)


@bp.route("/<uuid:uid>/contact/<uuid:rij_uid>", methods=["GET", "POST"])
@vereist("partners.beheren")
def contact(uid: UUID, rij_uid: UUID) -> Pagina:
    """Change a contact person."""
    return _contactpagina(uid, rij_uid)


@bp.post("/<uuid:uid>/contact/<uuid:rij_uid>/weg")
@vereist("partners.beheren")
def verwijder_contact(uid: UUID, rij_uid: UUID) -> Pagina:
    """Take a contact person away."""
    sessie = db.session()
    beheer.verwijder_contact(sessie, huidige_actor(), klok().nu(), _contact(haal_organisatie(uid), rij_uid))
    sessie.commit()
    flash("De contactpersoon is weggehaald.", "succes")
    return redirect(url_for("partners.toon", uid=uid), 303)

"""The page that says who decided: at the mayor's desk, elsewhere, or of whom nobody wrote it down."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse
from wtforms import DateField, RadioField, StringField
from wtforms.validators import DataRequired, Length, Optional

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, InspectiesFout, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal, select_voor
from inspecties.dossiers.besluitnemer_keuzes import Beslisbaar, beslisbaar, kies
from inspecties.dossiers.besluitnemers import (
    Genomen,
    besluitnemers_van,
    eerste_akkoord,
    in_woorden,
    kandidaten,
    leg_besluitnemer_vast,
)
from inspecties.dossiers.models import BESLUITSOORTEN, Dossier
from inspecties.dossiers.models_besluitnemer import Besluitnemer
from inspecties.dossiers.models_kabinet import Besluitvastlegging
from inspecties.dossiers.pagina import DOELEN
from inspecties.dossiers.rules.besluitnemer import (
    MAX_KENMERK,
    NIET_VASTGELEGD,
    SOORTEN,
    regel_in_woorden,
    wie_in_woorden,
)
from inspecties.dossiers.tabbladen import jurist_werkt
from inspecties.dossiers.werk import leg_dossier_vast
from inspecties.web.formulieren import Formulier, Vinkjes, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("besloten", __name__)

Antwoord = WerkzeugResponse | tuple[str, int]


class BesluitnemerForm(Formulier):
    """Who decided on what."""

    besluit = Vinkjes(
        "Welk besluit is genomen?",
        validate_choice=False,
        description="Meer dan een mag als het in hetzelfde besluit staat.",
    )
    besloten_op = DateField("Dag van het besluit", validators=[Optional()])
    wie = RadioField(
        "Wie besloot?",
        validate_choice=False,
        validators=[DataRequired("Kies wie er besloot.")],
        description="Op de lijst staat wie op die dag bevoegd was en niet aan het dossier werkte.",
    )
    kenmerk = StringField(
        "Waar staat het ondertekende besluit?",
        description="Zoals het nummer in het zaaksysteem.",
        validators=[Length(max=MAX_KENMERK, message=f"Houd dit onder de {MAX_KENMERK} tekens.")],
    )


@dataclass(frozen=True)
class Regel:
    """One decision on the page."""

    naam: str
    over: str
    op: date | None
    wie: str
    regel: str = ""
    kenmerk: str = ""
    van_kabinet: bool = False

    @property
    def bekend(self) -> bool:
        return self.wie != NIET_VASTGELEGD


def _van_kabinet(sessie: Session, actor: Actor, dossier: Dossier) -> list[Regel]:
    rijen = sessie.scalars(select_voor(actor, Besluitvastlegging).where(Besluitvastlegging.dossier_id == dossier.id))
    vast = {rij.besluit_id: rij.inhoud["bevoegdheid"] for rij in rijen}
    return [
        Regel(
            f"Kabinet: {BESLUITSOORTEN[b.soort].lower()}",
            "",
            lokale_datum(b.besloten_op),
            wie_in_woorden(b.besloten_door.naam, vast[b.id]) if b.id in vast else b.besloten_door.naam,
            regel_in_woorden(vast[b.id]) if b.id in vast else "",
            van_kabinet=True,
        )
        for b in dossier.besluiten
    ]


def regels_van(
    sessie: Session, actor: Actor, dossier: Dossier, rijen: list[Besluitnemer], mogelijk: list[Beslisbaar]
) -> list[Regel]:
    """Every decision of a dossier; of an act without one: that nobody wrote it down."""
    eigen = [
        Regel(
            SOORTEN[r.soort].naam,
            r.over_tekst,
            r.besloten_op,
            in_woorden(r),
            regel_in_woorden(r.bevoegdheid),
            r.kenmerk,
        )
        for r in rijen
    ]
    zonder = [
        Regel(SOORTEN[b.soort].naam, b.tekst, None, NIET_VASTGELEGD) for b in mogelijk if b.gedaan and not b.vastgelegd
    ]
    return [*_van_kabinet(sessie, actor, dossier), *eigen, *zonder]


def _dag(form: BesluitnemerForm, dossier: Dossier, nu: datetime) -> date:
    """The day for which the list of who could decide is made: the one that was filled in, where that can be."""
    dag, eerste = form.besloten_op.data, eerste_akkoord(dossier)
    vandaag = lokale_datum(nu)
    kan = dag is not None and eerste is not None and lokale_datum(eerste.besloten_op) <= dag <= vandaag
    return dag if dag is not None and kan else vandaag


def _lees(uid: str) -> Dossier:
    dossier = haal(db.session(), huidige_actor(), Dossier, uid, "Het dossier")
    if jurist_werkt(huidige_actor(), dossier):
        raise Conflict("De jurist werkt nu aan uw vragen. Daarna ligt het dossier weer bij u.")
    return dossier


def _toon(uid: str, form: BesluitnemerForm | None = None, status: int = 200) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = _lees(uid)
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="wie_besloot")
    rijen = list(besluitnemers_van(sessie, actor, dossier))
    mogelijk = beslisbaar(sessie, actor, dossier, rijen)
    mag = rol_mag(actor.rol, "dossiers.bewerken") and dossier.toestand != "afgesloten"
    mag = mag and eerste_akkoord(dossier) is not None and bool(mogelijk)
    if mag:
        form = form or BesluitnemerForm(
            formdata=None, besloten_op=lokale_datum(nu), besluit=request.args.getlist("besluit")
        )
        form.besluit.choices = keuzes((b.code, b.naam) for b in mogelijk)
        form.wie.choices = keuzes(kandidaten(sessie, actor, dossier, _dag(form, dossier, nu), nu))
        form.besloten_op.flags.required = form.kenmerk.flags.required = form.besluit.flags.required = True
    tekst = render_template(
        "dossiers/besluitnemers.html",
        dossier=dossier,
        regels=regels_van(sessie, actor, dossier, rijen, mogelijk),
        form=form if mag else None,
    )
    sessie.commit()
    return tekst, status


@bp.get("/dossiers/<uuid:uid>/wie-besloot")
@vereist("dossiers.lezen")
def toon(uid: str) -> Antwoord:
    """Who took each decision of a dossier; ``besluit`` ticks one beforehand."""
    return _toon(uid)


@bp.post("/dossiers/<uuid:uid>/wie-besloot")
@vereist("dossiers.bewerken")
def leg_vast(uid: str) -> Antwoord:
    """Write down who decided; what does not pass comes back with everything that was filled in."""
    form, actor, sessie, nu = BesluitnemerForm(), huidige_actor(), db.session(), klok().nu()
    dossier = _lees(uid)
    if not form.validate_on_submit():
        return _toon(uid, form, 422)
    try:
        gekozen = kies(beslisbaar(sessie, actor, dossier), form.besluit.data or [])
        wat = Genomen(
            gekozen[0].soort,
            form.wie.data or "",
            form.besloten_op.data,
            form.kenmerk.data or "",
            tuple(b.over for b in gekozen),
            ", ".join(b.tekst for b in gekozen),
            max(b.niet_voor for b in gekozen),
        )
        leg_besluitnemer_vast(sessie, actor, nu, dossier, wat)
    except (OngeldigeInvoer, Conflict, GeenRecht) as fout:
        return _niet_vastgelegd(uid, form, fout)
    sessie.commit()
    flash("Vastgelegd wie er besloot. De stap zelf legt u nu vast bij 'Last' of 'Traject'.", "succes")
    return redirect(url_for("besloten.toon", uid=uid))


def _niet_vastgelegd(uid: str, form: BesluitnemerForm, fout: InspectiesFout) -> tuple[str, int]:
    db.session.rollback()
    form.meld_fout("besluit" if fout.veld == "soort" else fout.veld, fout.melding)
    return _toon(uid, form, fout.status)

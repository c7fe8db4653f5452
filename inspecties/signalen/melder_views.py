"""Who reported and who a signal is about: asked with a purpose, shown once, each reading in the audit log."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from inspecties.audit.beperken import merken
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal
from inspecties.signalen import bewaren, melder
from inspecties.signalen.forms_melden import Betrokkeneform, Betrokkenendoelform, Melderdoelform
from inspecties.signalen.models import Signaal
from inspecties.signalen.rules.betrokkenen import BETROKKENROLLEN
from inspecties.web.poort import huidige_actor, klok, sleutelbos, vereist

bp = Blueprint("signaalmelder", __name__, url_prefix="/signalen/<uuid:uid>")


def _termijn(code: str) -> object:
    vandaag = lokale_datum(klok().nu())
    return next((t for t in bewaren.termijnen_op(vandaag) if t.code == code), None)


def _signaal(uid: UUID) -> Signaal:
    return haal(db.session(), huidige_actor(), Signaal, uid, "Dit signaal")


@bp.get("/melder")
@vereist("melder.lezen", alleen_lezen=True)
def toon_melder(uid: UUID) -> str:
    """Asks why; shows nobody yet."""
    return render_template(
        "signalen/melder.html", signaal=_signaal(uid), form=Melderdoelform(), gelezen=False, termijn=_termijn("melder")
    )


@bp.post("/melder")
@vereist("melder.lezen", bevestigd=True)
def lees_melder(uid: UUID) -> str | tuple[str, int]:
    """Who reported, after a line in the audit log."""
    sessie, form, signaal = db.session(), Melderdoelform(), _signaal(uid)
    termijn = _termijn("melder")
    if not form.validate():
        return render_template("signalen/melder.html", signaal=signaal, form=form, gelezen=False, termijn=termijn), 422
    gevonden = melder.lees_melder(sessie, huidige_actor(), klok().nu(), sleutelbos(), signaal, form.doel.data)
    inhoud = render_template(
        "signalen/melder.html", signaal=signaal, form=form, gelezen=True, gevonden=gevonden, termijn=termijn
    )
    sessie.commit()
    return inhoud


def _toon_betrokkenen(
    signaal: Signaal, doelform: Betrokkenendoelform, form: Betrokkeneform, personen: object = None
) -> str:
    return render_template(
        "signalen/betrokkenen.html",
        signaal=signaal,
        doelform=doelform,
        form=form,
        personen=personen,
        rollen=BETROKKENROLLEN,
        termijn=_termijn("betrokkene"),
        merken=merken(db.session(), huidige_actor().gemeente_id),
    )


@bp.get("/betrokkenen")
@vereist("betrokkenen.lezen", alleen_lezen=True)
def betrokkenen(uid: UUID) -> str:
    """Asks why; shows nobody yet. Somebody can be added without reading the others."""
    return _toon_betrokkenen(_signaal(uid), Betrokkenendoelform(), Betrokkeneform())


@bp.post("/betrokkenen")
@vereist("betrokkenen.lezen", bevestigd=True)
def lees_betrokkenen(uid: UUID) -> str | tuple[str, int]:
    """Everybody the signal is about, after a line in the audit log."""
    sessie, doelform, signaal = db.session(), Betrokkenendoelform(), _signaal(uid)
    leeg = Betrokkeneform(formdata=None)
    if not doelform.validate():
        return _toon_betrokkenen(signaal, doelform, leeg), 422
    personen = melder.lees_betrokkenen(sessie, huidige_actor(), klok().nu(), sleutelbos(), signaal, doelform.doel.data)
    inhoud = _toon_betrokkenen(signaal, doelform, leeg, personen)
    sessie.commit()
    return inhoud


@bp.post("/betrokkenen/toevoegen")
@vereist("betrokkenen.lezen")
def voeg_betrokkene_toe(uid: UUID) -> Response | tuple[str, int]:
    """Add somebody; encrypted at once."""
    sessie, form, signaal = db.session(), Betrokkeneform(), _signaal(uid)
    if form.validate():
        gegevens = melder.Betrokkengegevens(
            naam=(form.naam.data or "").strip(),
            contact=(form.contact.data or "").strip(),
            bijzonderheden=(form.bijzonderheden.data or "").strip(),
        )
        try:
            melder.voeg_betrokkene_toe(
                sessie, huidige_actor(), klok().nu(), sleutelbos(), signaal, form.rol.data, gegevens
            )
        except OngeldigeInvoer as fout:
            sessie.rollback()
            form.meld_fout(fout.veld, fout.melding)
        else:
            sessie.commit()
            flash("De gegevens staan versleuteld bij dit signaal.", "succes")
            return redirect(url_for("signaalmelder.betrokkenen", uid=uid))
    return _toon_betrokkenen(_signaal(uid), Betrokkenendoelform(formdata=None), form), 422

"""Pages of what was offered to a possible victim, and the time to think."""

from datetime import timedelta
from uuid import UUID

from flask import render_template

from inspecties.core.fouten import NietGevonden
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal
from inspecties.signalen import triage_zorg
from inspecties.signalen.meldroute_forms import Bedenktijdform, Eindeform, Zorgform
from inspecties.signalen.meldroute_queries import bedenktijden_van, zorg_van
from inspecties.signalen.models_meldroute import Bedenktijd
from inspecties.signalen.rules.triage import ZORGANTWOORDEN
from inspecties.signalen.views_route import Bladzijde, bp, lees, naar_signaal, signaal_van, voer_uit
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok, vereist


@bp.get("/<uuid:uid>/zorg")
@vereist("signalen.behandelen")
def zorg(uid: UUID) -> str:
    """What was offered, and the time to think."""
    return _toon(uid, None)


def _toon(uid: UUID, fout_in: Formulier | None) -> str:
    actor, sessie, vandaag = huidige_actor(), db.session(), lokale_datum(klok().nu())
    signaal = signaal_van(uid)
    tijden = bedenktijden_van(sessie, actor, signaal)
    _, regel = triage_zorg.bedenktijd_vanaf(vandaag)
    pagina = render_template(
        "signalen/route_zorg.html",
        signaal=signaal,
        zorg=zorg_van(sessie, actor, signaal),
        tijden=tijden,
        loopt=next((t for t in tijden if t.beeindigd_op is None), None),
        regel=regel,
        vandaag=vandaag,
        let_op_vanaf=triage_zorg.AANDACHT_VANAF,
        fout_in=fout_in,
        zorgform=fout_in if isinstance(fout_in, Zorgform) else Zorgform(formdata=None, aangeboden_op=vandaag),
        tijdform=fout_in if isinstance(fout_in, Bedenktijdform) else Bedenktijdform(formdata=None),
        eindeform=fout_in if isinstance(fout_in, Eindeform) else Eindeform(formdata=None, op=vandaag),
        antwoordnamen=ZORGANTWOORDEN,
        een_dag=timedelta(days=1),
    )
    lees(signaal)
    return pagina


@bp.post("/<uuid:uid>/zorg")
@vereist("signalen.behandelen")
def leg_zorg_vast(uid: UUID) -> Bladzijde:
    """Write down what was offered."""
    form = Zorgform()

    def doe() -> str:
        triage_zorg.leg_zorg_vast(
            db.session(),
            huidige_actor(),
            klok().nu(),
            signaal_van(uid),
            form.wat.data,
            form.door_wie.data,
            form.aangeboden_op.data,
            form.antwoord.data,
        )
        return "Het aanbod is vastgelegd."

    klaar = voer_uit(form, doe, lambda: naar_signaal(uid, "zorg"))
    return klaar if klaar is not None else (_toon(uid, form), 422)


@bp.post("/<uuid:uid>/bedenktijd")
@vereist("signalen.behandelen")
def begin_bedenktijd(uid: UUID) -> Bladzijde:
    """The time to think begins."""
    form = Bedenktijdform()

    def doe() -> str:
        rij = triage_zorg.begin_bedenktijd(
            db.session(), huidige_actor(), klok().nu(), signaal_van(uid), form.begon_op.data, form.via.data
        )
        return f"De bedenktijd loopt tot en met {rij.uiterlijk:%d-%m-%Y}."

    klaar = voer_uit(form, doe, lambda: naar_signaal(uid, "zorg"))
    return klaar if klaar is not None else (_toon(uid, form), 422)


@bp.post("/<uuid:uid>/bedenktijd/<uuid:rij_uid>/einde")
@vereist("signalen.behandelen")
def beeindig_bedenktijd(uid: UUID, rij_uid: UUID) -> Bladzijde:
    """The time to think is over."""
    form = Eindeform()
    signaal_van(uid)

    def doe() -> str:
        rij = haal(db.session(), huidige_actor(), Bedenktijd, rij_uid, "Deze bedenktijd")
        if rij.signaal.uid != uid:
            raise NietGevonden("Deze bedenktijd hoort niet bij dit signaal.")
        triage_zorg.beeindig_bedenktijd(db.session(), huidige_actor(), klok().nu(), rij, form.op.data, form.reden.data)
        return "De bedenktijd is beëindigd."

    klaar = voer_uit(form, doe, lambda: naar_signaal(uid, "zorg"))
    return klaar if klaar is not None else (_toon(uid, form), 422)

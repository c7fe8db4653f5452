"""Terms of actions, of entering homes, and of signals that were followed up."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, func, select
from sqlalchemy.orm import Session

from inspecties.audit.aanvang import einde_van, vanaf
from inspecties.audit.geheel import Geheel, Ids, Zoeker, alleen
from inspecties.audit.rules_bewaren import Aanvang
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.start.bewaar_houders import met_dossiers
from inspecties.start.bewaar_tabellen import tabel

_ACTIE, _MACHTIGING, _VERSLAG = tabel("actie"), tabel("machtiging"), tabel("verslag_binnentreden")
_SIGNAAL, _ROUTE, _DOORZETTING = tabel("signaal"), tabel("meldroute"), tabel("doorzetting")
_BIJ_DOSSIER, _BIJ_STOP, _DOSSIER = tabel("signaaldossier"), tabel("signaalstop"), tabel("dossier")
_OORDEEL, _OVERLEG, _PUNT = tabel("signaaloordeel"), tabel("overleg"), tabel("overlegpunt")
_INZENDING = tabel("signaalinzending")


def _bij_actie(naam: str, tabel_: str, termijn: str) -> Geheel:
    """What only the evening itself needs: it goes before the action does."""
    t = tabel(tabel_)
    einde: ColumnElement[object] = (
        select(_ACTIE.c.eind_op).where(_ACTIE.c.id == t.c.actie_id).correlate(t).scalar_subquery()
    )
    houder = ("actie", f"{tabel_}.id>actie_id")
    return Geheel(tabel_, naam, t, (termijn,), vanaf(t, termijn, einde), houders=(houder,))


def signalen(sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]:
    """Signals that led to something, from the day on which they were closed.

    One without follow-up has terms of its own (signalen.bewaren).
    """
    dicht = func.coalesce(
        select(_ROUTE.c.gesloten_op)
        .where(_ROUTE.c.signaal_id == _SIGNAAL.c.id)
        .correlate(_SIGNAAL)
        .limit(1)
        .scalar_subquery(),
        _SIGNAAL.c.ontvangen_op,
    )
    gevolg = [
        select(t.c.signaal_id).where(t.c.gemeente_id == actor.gemeente_id, t.c.signaal_id.is_not(None))
        for t in (_DOORZETTING, _BIJ_DOSSIER, _BIJ_STOP, _OORDEEL)
    ]
    rijen = sessie.execute(
        select(_SIGNAAL.c.id, _SIGNAAL.c.uid, _SIGNAAL.c.status, dicht).where(
            _SIGNAAL.c.gemeente_id == actor.gemeente_id,
            _SIGNAAL.c.id.in_(gevolg[0].union(*gevolg[1:])) | _SIGNAAL.c.status.in_(("doorgezet", "teruggekoppeld")),
            dicht <= einde_van(tot),
            alleen(_SIGNAAL.c.id, ids),
        )
    ).all()
    bestaat = select(_DOSSIER.c.uid).where(_DOSSIER.c.gemeente_id == actor.gemeente_id)
    genoemd = set(
        sessie.scalars(
            select(_BIJ_DOSSIER.c.signaal_id).where(
                _BIJ_DOSSIER.c.gemeente_id == actor.gemeente_id, _BIJ_DOSSIER.c.dossier_uid.in_(bestaat)
            )
        )
    )
    uit = []
    for i, uid, status, op in rijen:
        redenen = ["het hoort bij een dossier"] if i in genoemd else []
        redenen += ["het signaal is niet afgesloten"] if status != "afgesloten" else []
        uit.append(Aanvang(i, uid, lokale_datum(op), "signaal_opgevolgd", tuple(redenen)))
    return uit


def _zonder_punten() -> Zoeker:
    leeg = _OVERLEG.c.id.not_in(select(_PUNT.c.overleg_id))
    return vanaf(_OVERLEG, "overleg", _OVERLEG.c.datum, leeg, is_dag=True)


def _van_binnentreden(
    code: str, naam: str, t: Table, moment: ColumnElement[Any], mee: frozenset[str] = frozenset()
) -> Geheel:
    """What shows that the entering was lawful: needed as long as what was found there is."""
    stop = f"{t.name}.id>stop_id"
    bezoek = (stop, "bezoek.stop_id>id")
    houders = (
        ("actie", stop, "stop.id>actie_id"),
        ("risicolocatie", stop, "stop.id>locatie_id"),
        ("bezoek", *bezoek),
    )
    geheel = Geheel(code, naam, t, ("binnentreden",), vanaf(t, "binnentreden", moment), mee, houders)
    return met_dossiers(
        geheel,
        (*bezoek, "dossierbezoek.bezoek_id>dossier_id"),
        (*bezoek, "bevinding.bezoek_id>id", "voorstel.bevinding_id>dossier_id"),
    )


SOORTEN: tuple[Geheel, ...] = (
    _bij_actie("Briefings na een actie", "briefing", "na_actie"),
    _bij_actie("Gegevens voor de briefing na een actie", "briefinggegevens", "na_actie"),
    _bij_actie("Uitnodigingen na een actie", "uitnodiging", "na_actie"),
    _bij_actie("Berichten aan ploegen na een actie", "avondbericht", "na_actie"),
    _bij_actie("Zoektochten naar een plan", "planzoektocht", "na_actie"),
    _van_binnentreden(
        "verslag",
        "Verslagen van binnentreden",
        _VERSLAG,
        func.coalesce(_VERSLAG.c.vast_op, _VERSLAG.c.begonnen_op),
        frozenset({"verslag_aflevering.verslag_id"}),
    ),
    _van_binnentreden(
        "machtiging",
        "Machtigingen tot binnentreden",
        _MACHTIGING,
        func.coalesce(_MACHTIGING.c.ondertekend_op, _MACHTIGING.c.aangevraagd_op),
    ),
    Geheel(
        "actie",
        "Acties, met stops, ploegen en verslagen",
        _ACTIE,
        ("actie",),
        vanaf(_ACTIE, "actie", _ACTIE.c.eind_op),
        houders=(("risicolocatie", "stop.actie_id>locatie_id"),),
    ),
    Geheel(
        "signaal_opgevolgd",
        "Signalen die zijn opgevolgd",
        _SIGNAAL,
        ("signaal_opgevolgd",),
        signalen,
        houders=(("risicolocatie", "signaal.id>locatie_id"),),
    ),
    Geheel(
        "signaalinzending",
        "Ontvangstbewijzen van signalen die weg zijn",
        _INZENDING,
        ("signaalinzending",),
        vanaf(_INZENDING, "signaalinzending", _INZENDING.c.ontvangen_op, _INZENDING.c.signaal_id.is_(None)),
    ),
    Geheel("overleg", "Overleggen zonder signalen", _OVERLEG, ("overleg",), _zonder_punten()),
)

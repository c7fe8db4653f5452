"""Which signals, reporters and persons should be reviewed or go, and the acts of a review."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from inspecties.audit.beperken import merken
from inspecties.audit.bewaartermijnen import Bewaartermijn, bewaartermijnen, geldend
from inspecties.audit.bewaren import Bewaarsoort, Vondst, geldig_slot, sloten, vernietig
from inspecties.audit.geheel import Ids, alleen
from inspecties.audit.models_bewaren import Bewaarslot
from inspecties.audit.operations import leg_vast
from inspecties.audit.vernietigen import vastgehouden
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.ids import lees_id
from inspecties.core.klok import TIJDZONE, lokale_datum
from inspecties.database import metadata, select_voor
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_melder import Betrokkene, Melder, Signaalherziening, Signaalinzending
from inspecties.signalen.models_meldroute import Bedenktijd, Doorzetting, Meldroute, Signaaldossier, Signaalstop
from inspecties.signalen.rules.bewaren import (
    Bewaaroordeel,
    Bewaarregels,
    Stand,
    Uitkomst,
    betrokkene_weg_op,
    bezwaar_tegen_datum,
    mag_weg,
    melder_weg_op,
    oordeel_signaal,
    plus_maanden,
)

OBJECT = "signaal"
_ID = Signaal.__table__.c.id
_CODES = {
    "herzien": "signaal_herzien",
    "weg": "signaal_weg",
    "na_herziening": "signaal_na_herziening",
    "melder": "melder",
    "betrokkene": "betrokkene",
    "betrokkene_zonder_opvolging": "betrokkene_zonder_opvolging",
}
# What goes with its signal although its key says otherwise: a receipt without content, kept so that nothing comes back.
_GAAT_MEE = frozenset({Signaalinzending.__tablename__})


def regels_op(vandaag: date) -> Bewaarregels:
    """The terms that hold today. Raises OngeldigeInvoer where one is missing in the table."""
    termijnen = geldend(bewaartermijnen(), vandaag)
    try:
        return Bewaarregels(**{veld: termijnen[code].maanden for veld, code in _CODES.items()})
    except KeyError as fout:
        raise OngeldigeInvoer(f"In config/bewaartermijnen.toml ontbreekt een geldende rij {fout}.") from None


def termijnen_op(vandaag: date) -> list[Bewaartermijn]:
    """The same as rows, to show with source and status."""
    termijnen = geldend(bewaartermijnen(), vandaag)
    return [termijnen[code] for code in _CODES.values() if code in termijnen]


def _verwijzingen() -> list[tuple[str, Any]]:
    """Columns of other tables that hold a signal: those that do not go with it when it goes."""
    uit = []
    for tabel in metadata.tables.values():
        for sleutel in tabel.foreign_keys:
            blijft = sleutel.ondelete != "CASCADE" and tabel.name not in _GAAT_MEE
            if sleutel.target_fullname == "signaal.id" and blijft:
                uit.append((tabel.name, sleutel.parent))
    return uit


def _per_signaal(sessie: Session, opdracht: Any) -> set[int]:
    return {int(sleutel) for sleutel in sessie.scalars(opdracht) if sleutel is not None}


def standen(sessie: Session, actor: Actor, vandaag: date, signalen: Sequence[Signaal]) -> dict[int, Stand]:
    """What counts for retention of each of these signals."""
    ids = [s.id for s in signalen]
    gemeente = actor.gemeente_id
    gesloten: dict[int, Any] = {
        rij[0]: rij[1]
        for rij in sessie.execute(
            select(Meldroute.signaal_id, Meldroute.gesloten_op).where(
                Meldroute.gemeente_id == gemeente, Meldroute.signaal_id.in_(ids), Meldroute.gesloten_op.is_not(None)
            )
        )
    }
    doorgezet = _per_signaal(sessie, select(Doorzetting.signaal_id).where(Doorzetting.signaal_id.in_(ids)))
    tot: dict[int, date] = {
        rij[0]: rij[1]
        for rij in sessie.execute(
            select(Signaalherziening.signaal_id, func.max(Signaalherziening.bewaren_tot))
            .where(Signaalherziening.signaal_id.in_(ids))
            .group_by(Signaalherziening.signaal_id)
        )
    }
    vast = _vast(sessie, vandaag, ids)
    slot = sloten(sessie, actor, OBJECT)
    beperkt = _beperkt(sessie, actor, signalen)
    op_de_plek = vastgehouden(sessie, actor).get("risicolocatie", {})
    uit = {}
    for s in signalen:
        redenen = list(vast.get(s.id, ()))
        if str(s.uid) in slot:
            redenen.append("vernietiging is stopgezet")
        if s.id in beperkt:
            redenen.append("het gebruik is beperkt (art. 18 AVG)")
        if s.locatie_id in op_de_plek:
            redenen.append(op_de_plek[s.locatie_id])
        dicht = lokale_datum(gesloten.get(s.id, s.ontvangen_op)) if s.status == "afgesloten" else None
        uit[s.id] = Stand(
            ontvangen=lokale_datum(s.ontvangen_op),
            opgevolgd=s.id in doorgezet or s.status in {"doorgezet", "teruggekoppeld"},
            afgesloten=dicht,
            bewaren_tot=tot.get(s.id),
            vast_door=tuple(redenen),
        )
    return uit


def _beperkt(sessie: Session, actor: Actor, signalen: Sequence[Signaal]) -> set[int]:
    """Signals that are marked themselves, or of which a person is (art. 18 AVG): nothing of them goes meanwhile."""
    uids = set(merken(sessie, actor.gemeente_id))
    uit = {s.id for s in signalen if str(s.uid) in uids}
    if uids:
        bekend = [uid for uid in map(lees_id, uids) if uid is not None]
        for model in (Betrokkene, Melder):
            opdracht = select(model.signaal_id).where(model.gemeente_id == actor.gemeente_id, model.uid.in_(bekend))
            uit |= set(sessie.scalars(opdracht))
    return uit


def _vast(sessie: Session, vandaag: date, ids: Sequence[int]) -> dict[int, list[str]]:
    """Why a signal may not go, in words that follow 'dit signaal blijft, want'."""
    loopt = and_(Bedenktijd.beeindigd_op.is_(None), Bedenktijd.uiterlijk >= vandaag)
    bronnen: list[tuple[str, Any]] = [
        ("het hoort bij een dossier", select(Signaaldossier.signaal_id).where(Signaaldossier.signaal_id.in_(ids))),
        ("er is een bezoek voor gepland", select(Signaalstop.signaal_id).where(Signaalstop.signaal_id.in_(ids))),
        ("er loopt bedenktijd", select(Bedenktijd.signaal_id).where(Bedenktijd.signaal_id.in_(ids), loopt)),
    ]
    for tabel, kolom in _verwijzingen():
        woorden = "het komt uit een bezoek" if tabel == "signaaloordeel" else f"een ander gegeven hangt eraan ({tabel})"
        bronnen.append((woorden, select(kolom).where(kolom.in_(ids))))
    uit: dict[int, list[str]] = {}
    for woorden, opdracht in bronnen:
        for sleutel in _per_signaal(sessie, opdracht):
            uit.setdefault(sleutel, []).append(woorden)
    return uit


def _signalen(sessie: Session, actor: Actor, *waar: Any) -> list[Signaal]:
    """The oldest first."""
    return list(sessie.scalars(select_voor(actor, Signaal).where(*waar).order_by(Signaal.ontvangen_op, Signaal.id)))


def oordelen(
    sessie: Session, actor: Actor, vandaag: date, ids: Ids = None
) -> list[tuple[Signaal, Stand, Bewaaroordeel]]:
    """All signals that should be reviewed, go, or are held although their day has come; the oldest first.

    ``ids``: look at these only.
    """
    regels = regels_op(vandaag)
    # Nothing is due before the first review; leaving the younger ones out spares reading them.
    grens = datetime.combine(plus_maanden(vandaag, -regels.herzien) + timedelta(days=1), time.max, TIJDZONE)
    signalen = _signalen(sessie, actor, Signaal.ontvangen_op <= grens, alleen(_ID, ids))
    per = standen(sessie, actor, vandaag, signalen)
    uit = []
    for s in signalen:
        oordeel = oordeel_signaal(per[s.id], regels, vandaag)
        if oordeel.uitkomst is not Uitkomst.HOUDEN:
            uit.append((s, per[s.id], oordeel))
    return uit


def oordeel_over(sessie: Session, actor: Actor, vandaag: date, signaal: Signaal) -> tuple[Stand, Bewaaroordeel]:
    """What holds for one signal."""
    stand = standen(sessie, actor, vandaag, [signaal])[signaal.id]
    return stand, oordeel_signaal(stand, regels_op(vandaag), vandaag)


# ---- acts of a review ----


def _reden(tekst: str) -> str:
    schoon = " ".join(tekst.split())
    if not schoon:
        raise OngeldigeInvoer("Schrijf op waarom. Noem daarbij geen namen.", "reden")
    if len(schoon) > 500:
        raise OngeldigeInvoer("Houd de reden korter dan 500 tekens.", "reden")
    return schoon


def bewaar_langer(
    sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, reden: str, bewaren_tot: date
) -> Signaalherziening:
    """Keep a signal until another date. Raises OngeldigeInvoer naming the field."""
    bezwaar = bezwaar_tegen_datum(bewaren_tot, lokale_datum(nu))
    if bezwaar:
        raise OngeldigeInvoer(bezwaar, "bewaren_tot")
    rij = Signaalherziening(
        gemeente_id=actor.gemeente_id,
        signaal_id=signaal.id,
        reden=_reden(reden),
        bewaren_tot=bewaren_tot,
        herzien_op=nu,
        door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    tot = bewaren_tot.isoformat()
    leg_vast(sessie, actor, nu, "signaal_langer_bewaard", OBJECT, signaal.uid, gegevens={"tot": tot})
    return rij


def zet_slot(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, reden: str) -> Bewaarslot:
    """Stop the destruction of a signal and what belongs to it (legal hold). Raises Conflict where it lies already."""
    if geldig_slot(sessie, actor, OBJECT, signaal.uid) is not None:
        raise Conflict("De vernietiging van dit signaal is al stopgezet.")
    rij = Bewaarslot(
        gemeente_id=actor.gemeente_id,
        object_soort=OBJECT,
        object_uid=str(signaal.uid),
        reden=_reden(reden),
        gezet_op=nu,
        gezet_door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    leg_vast(sessie, actor, nu, "vernietiging_stopgezet", OBJECT, signaal.uid)
    return rij


def hef_slot_op(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal) -> None:
    """Let the term run again. Raises Conflict where no hold lies on it."""
    slot = geldig_slot(sessie, actor, OBJECT, signaal.uid)
    if slot is None:
        raise Conflict("De vernietiging van dit signaal was niet stopgezet.")
    slot.opgeheven_op = nu
    leg_vast(sessie, actor, nu, "vernietiging_hervat", OBJECT, signaal.uid)


def verwijder(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal) -> str:
    """Destroy one signal at its review, with reporter and persons. Its number. Raises Conflict where it may not go."""
    stand, oordeel = oordeel_over(sessie, actor, lokale_datum(nu), signaal)
    if stand.vast_door:
        raise Conflict(f"Signaal {signaal.nummer} kan niet weg: {', '.join(stand.vast_door)}.")
    if oordeel.uitkomst is Uitkomst.HOUDEN:
        raise Conflict(f"Signaal {signaal.nummer} is nog niet aan herziening toe.")
    nummer = signaal.nummer
    for vondst in _vondsten(sessie, [(signaal.id, signaal.uid)], "herziening"):
        vernietig(sessie, actor, nu, vondst)
    return nummer


# ---- what the command destroys ----


def _delen(sessie: Session, model: Any, ids: Sequence[int]) -> list[tuple[int, UUID]]:
    rijen = sessie.execute(select(model.id, model.uid).where(model.signaal_id.in_(ids)).order_by(model.id))
    return [(rij[0], rij[1]) for rij in rijen]


def _vondsten(sessie: Session, signalen: Sequence[tuple[int, UUID]], regel: str) -> list[Vondst]:
    """Signals that go, after what hangs on them."""
    ids = [sleutel for sleutel, _ in signalen]
    return [
        Vondst("melder", Melder, _delen(sessie, Melder, ids), regel),
        Vondst("betrokkene", Betrokkene, _delen(sessie, Betrokkene, ids), regel),
        Vondst("signaal", Signaal, signalen, regel),
    ]


def _gaan_weg(sessie: Session, actor: Actor, nu: datetime, ids: Ids = None) -> list[tuple[int, UUID]]:
    rijen = oordelen(sessie, actor, lokale_datum(nu), ids)
    return [(s.id, s.uid) for s, _, oordeel in rijen if oordeel.uitkomst is Uitkomst.WEG]


def welke_signalen(sessie: Session, actor: Actor, nu: datetime) -> list[int]:
    """Signals without follow-up whose term is over."""
    return [sleutel for sleutel, _ in _gaan_weg(sessie, actor, nu)]


def zoek_signalen(sessie: Session, actor: Actor, nu: datetime, ids: Collection[int]) -> list[Vondst]:
    """Of these signals what goes."""
    weg = _gaan_weg(sessie, actor, nu, ids)
    return _vondsten(sessie, weg, "signaal_weg") if weg else []


def vaste_signalen(sessie: Session, actor: Actor, nu: datetime) -> list[tuple[str, ...]]:
    """Of the signals that would go but are held: why, each."""
    regels, vandaag = regels_op(lokale_datum(nu)), lokale_datum(nu)
    uit = []
    for _, stand, oordeel in oordelen(sessie, actor, vandaag):
        los = oordeel_signaal(replace(stand, vast_door=()), regels, vandaag)
        if oordeel.uitkomst is Uitkomst.VAST and los.uitkomst is Uitkomst.WEG:
            uit.append(stand.vast_door)
    return uit


def _voorbij(
    sessie: Session, actor: Actor, nu: datetime, model: Any, wanneer: Any, ids: Ids = None
) -> tuple[list[int], list[tuple[str, ...]]]:
    """Signals of which the rows of this model are over their term: those whose rows go, and of the others why not."""
    vandaag = lokale_datum(nu)
    regels = regels_op(vandaag)
    heeft = select(model.signaal_id).where(model.gemeente_id == actor.gemeente_id)
    signalen = _signalen(sessie, actor, Signaal.id.in_(heeft), alleen(_ID, ids))
    per = standen(sessie, actor, vandaag, signalen)
    dagen = {s.id: wanneer(per[s.id], regels) for s in signalen}
    weg = [i for i, dag in dagen.items() if mag_weg(dag, per[i], vandaag)]
    over = [i for i, dag in dagen.items() if dag is not None and vandaag >= dag]
    return weg, [per[i].vast_door for i in over if per[i].vast_door]


def _delen_soort(code: str, naam: str, model: Any, wanneer: Any) -> Bewaarsoort:
    """What hangs on a signal and goes before that does."""

    def welke(sessie: Session, actor: Actor, nu: datetime) -> list[int]:
        return _voorbij(sessie, actor, nu, model, wanneer)[0]

    def zoek(sessie: Session, actor: Actor, nu: datetime, ids: Collection[int]) -> list[Vondst]:
        rijen = _delen(sessie, model, _voorbij(sessie, actor, nu, model, wanneer, ids)[0])
        soort = str(model.__tablename__)
        return [Vondst(soort, model, rijen, soort)] if rijen else []

    def vast(sessie: Session, actor: Actor, nu: datetime) -> list[tuple[str, ...]]:
        return _voorbij(sessie, actor, nu, model, wanneer)[1]

    return Bewaarsoort(code, naam, welke, zoek, vast)


SOORTEN: tuple[Bewaarsoort, ...] = (
    Bewaarsoort("signalen", "Signalen zonder opvolging", welke_signalen, zoek_signalen, vaste_signalen),
    _delen_soort("melders", "Melders", Melder, melder_weg_op),
    _delen_soort("betrokkenen", "Betrokkenen", Betrokkene, betrokkene_weg_op),
)

"""Judging signals of trafficking from visits. A person decides, can come back on it, and says why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.controles.models import Bevinding, Signaaloordeel, Signaaloordeelstap
from inspecties.controles.rules.mensenhandel import (
    DOEL,
    GEWIJZIGD,
    OORDEEL_TABEL,
    is_zwaarder,
    signaaltekst,
)
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, GeenRecht, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import RECHTEN, rol_mag
from inspecties.database import select_voor
from inspecties.signalen.models import Signaal
from inspecties.signalen.operations import Melding, meld, trek_in, vul_aan
from inspecties.signalen.rules.indeling import CONTROLE

MAX_REDEN = 4000


@dataclass(frozen=True)
class Aanname:
    """How the aandachtsfunctionaris takes a finding over: what the meldroute asks besides what the visit says."""

    vorm: str
    urgentie: str
    indicatoren: tuple[str, ...] = ()
    toelichting: str = ""


def neem_aan(
    sessie: Session, actor: Actor, nu: datetime, bevinding: Bevinding, aanname: Aanname, gezien: int | None = None
) -> Signaal:
    """Take a finding over as a signal, about its location; the same signal again where it had become one before.

    ``gezien`` is the revision that the person read. Raises GeenRecht, Conflict, and OngeldigeInvoer naming the field.
    """
    oordeel = _begin(sessie, actor, bevinding, gezien)
    _nog_open(oordeel)
    toelichting = _reden(aanname.toelichting, verplicht=False, veld="toelichting")
    bezoek = bevinding.bezoek
    dag = lokale_datum(bezoek.begin_op or bezoek.aangemaakt_op)
    tekst = signaaltekst(f"{dag:%d-%m-%Y}", bevinding.dragers, toelichting)
    melding = Melding(
        datum=dag,
        bron=CONTROLE,
        vorm=aanname.vorm,
        urgentie=aanname.urgentie,
        tekst=tekst,
        indicatoren=aanname.indicatoren,
        locatie=bezoek.locatie,
    )
    if oordeel.signaal is None:
        oordeel.signaal = meld(sessie, actor, nu, melding)
    else:
        vul_aan(sessie, actor, nu, oordeel.signaal, melding)
    sessie.flush()
    _zet(sessie, actor, nu, oordeel, "aangenomen", toelichting)
    return oordeel.signaal


def geen_signaal(
    sessie: Session, actor: Actor, nu: datetime, bevinding: Bevinding, reden: str, gezien: int | None = None
) -> Signaaloordeel:
    """Judge that there is no signal. Raises OngeldigeInvoer without a reason, Conflict, GeenRecht."""
    oordeel = _begin(sessie, actor, bevinding, gezien)
    _nog_open(oordeel)
    _zet(sessie, actor, nu, oordeel, "geen_signaal", _reden(reden))
    return oordeel


def heropen(sessie: Session, actor: Actor, nu: datetime, bevinding: Bevinding, reden: str) -> Signaaloordeel:
    """Come back on a judgement; a signal that came of it is closed again, as long as it was not passed on.

    Raises OngeldigeInvoer without a reason, Conflict, GeenRecht.
    """
    oordeel = _begin(sessie, actor, bevinding, None, ook_vervallen=True)
    reden = _reden(reden)
    if oordeel.toestand == "open":
        raise Conflict("Dit is nog niet beoordeeld. Ververs de pagina.")
    if oordeel.toestand == "aangenomen" and oordeel.signaal is not None:
        trek_in(sessie, actor, nu, oordeel.signaal)
    _zet(sessie, actor, nu, oordeel, "open", reden)
    return oordeel


def heropen_als_zwaarder(sessie: Session, lezer: Actor, nu: datetime, bevinding: Bevinding) -> None:
    """Called when a finding was computed again: what weighs more than what was judged goes back to the queue.

    The signal that came of it stays as it is; judging again adds to it.
    """
    alles = systeem(lezer.gemeente_id)
    oordeel = sessie.scalars(
        select_voor(alles, Signaaloordeel).where(Signaaloordeel.bevinding_id == bevinding.id)
    ).one_or_none()
    if oordeel is None or oordeel.toestand == "open" or oordeel.vastgelegd is None:
        return
    if is_zwaarder(oordeel.vastgelegd, inhoud_van(bevinding)):
        _zet(sessie, alles, nu, oordeel, "open", GEWIJZIGD)


def inhoud_van(bevinding: Bevinding) -> dict[str, Any]:
    """What a finding says, as it is kept beside a judgement."""
    return {"dragers": bevinding.dragers, "hard": bevinding.hard, "grondslag": bevinding.grondslag}


def _reden(tekst: str, *, verplicht: bool = True, veld: str = "reden") -> str:
    schoon = tekst.strip()
    if verplicht and not schoon:
        raise OngeldigeInvoer("Schrijf op waarom.", veld)
    if len(schoon) > MAX_REDEN:
        raise OngeldigeInvoer(f"Dit is te lang: hooguit {MAX_REDEN} tekens.", veld)
    return schoon


def _begin(
    sessie: Session, actor: Actor, bevinding: Bevinding, gezien: int | None, *, ook_vervallen: bool = False
) -> Signaaloordeel:
    if actor.gebruiker_id is None:
        raise GeenRecht("Een signaal wordt beoordeeld door een persoon, nooit door het systeem (AVG artikel 22).")
    # Two people may judge at the same time, or a tablet may bring more: the second waits and sees what is there now.
    rij = sessie.scalars(
        select(Bevinding)
        .where(Bevinding.id == bevinding.id, Bevinding.gemeente_id == actor.gemeente_id, Bevinding.alleen_signalen())
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if rij is None:
        raise NietGevonden("Dit is geen signaal van mensenhandel.")
    if bevinding.vervallen_op is not None and not ook_vervallen:
        raise Conflict("Dit geldt niet meer: de antwoorden van het bezoek zijn gewijzigd.")
    if gezien is not None and gezien != bevinding.rev:
        raise Conflict("Er kwamen antwoorden bij terwijl u las. Lees ze eerst, en beslis dan.")
    oordeel = sessie.scalars(
        select_voor(systeem(actor.gemeente_id), Signaaloordeel).where(Signaaloordeel.bevinding_id == bevinding.id)
    ).one_or_none()
    if oordeel is None:
        oordeel = Signaaloordeel(gemeente_id=bevinding.gemeente_id, bevinding_id=bevinding.id, toestand="open")
        oordeel.bevinding = bevinding
    return oordeel


def _nog_open(oordeel: Signaaloordeel) -> None:
    if oordeel.toestand != "open":
        raise Conflict(f"Dit is al beoordeeld: {OORDEEL_TABEL.namen[oordeel.toestand].lower()}. Ververs de pagina.")


def _zet(sessie: Session, actor: Actor, nu: datetime, oordeel: Signaaloordeel, naar: str, reden: str) -> None:
    overgang = OORDEEL_TABEL.overgang(oordeel.toestand, naar)
    if not rol_mag(actor.rol, overgang.recht):
        raise GeenRecht(f"Uw rol mag dit niet: {RECHTEN[overgang.recht].uitleg.lower()}.")
    van, bevinding = oordeel.toestand, oordeel.bevinding
    oordeel.toestand, oordeel.reden = naar, reden
    oordeel.beoordeeld_op = None if naar == "open" else nu
    oordeel.vastgelegd = None if naar == "open" else inhoud_van(bevinding)
    sessie.add(oordeel)
    sessie.flush()
    sessie.add(
        Signaaloordeelstap(
            gemeente_id=oordeel.gemeente_id,
            oordeel_id=oordeel.id,
            van=van,
            naar=naar,
            reden=reden,
            door_id=actor.gebruiker_id,
            op=nu,
        )
    )
    sessie.flush()
    sessie.expire(oordeel, ["stappen"])
    leg_vast(
        sessie,
        actor,
        nu,
        "mensenhandel_heropend" if naar == "open" else f"mensenhandel_{naar}",
        "bevinding",
        bevinding.uid,
        bevinding.grondslag,
        {"doel": DOEL, "was": van, "rev": bevinding.rev},
    )

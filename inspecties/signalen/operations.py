"""Acts on signals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.audit.wpgmuur import achter_de_muur
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.signalen.models import Signaal
from inspecties.signalen.rules.indeling import BRONNEN, MELDSTAPPEN, URGENTIES, VORMEN
from inspecties.signalen.rules.indicatoren import INDICATOREN

OUDSTE = timedelta(days=10 * 365)


@dataclass(frozen=True)
class Melding:
    """What somebody reports. Who it was is not part of it."""

    datum: date
    bron: str
    vorm: str
    urgentie: str
    tekst: str
    waar: str = ""
    indicatoren: Sequence[str] = ()
    locatie: Risicolocatie | None = None


def _keur(melding: Melding, vandaag: date) -> None:
    if melding.datum > vandaag:
        raise OngeldigeInvoer("De datum ligt in de toekomst. Vul de dag in waarop iemand dit zag of hoorde.", "datum")
    if melding.datum < vandaag - OUDSTE:
        raise OngeldigeInvoer("De datum ligt meer dan tien jaar terug. Kijk het jaartal na.", "datum")
    if not melding.tekst.strip():
        raise OngeldigeInvoer("Schrijf op wat iemand zag of hoorde.", "tekst")
    if not melding.waar.strip() and melding.locatie is None:
        raise OngeldigeInvoer("Schrijf op waar het is, of kies een bekende locatie.", "waar")
    for waarde, bekend, veld in (
        (melding.bron, BRONNEN, "bron"),
        (melding.vorm, VORMEN, "vorm"),
        (melding.urgentie, URGENTIES, "urgentie"),
    ):
        if waarde not in bekend:
            raise OngeldigeInvoer(f"Kies een van: {', '.join(bekend.values())}.", veld)
    if not set(melding.indicatoren) <= set(INDICATOREN):
        raise OngeldigeInvoer("Kies alleen kenmerken uit de lijst.", "indicatoren")


def meld(sessie: Session, actor: Actor, nu: datetime, melding: Melding) -> Signaal:
    """Store a signal as received. Raises OngeldigeInvoer naming the field.

    The audit line is written in the name of the system: the log is read by people who may not know who reported
    (meldroute, step 2), and with the actor in it the log would tell them.
    """
    _keur(melding, lokale_datum(nu))
    uid = nieuw_id()
    # Also the lock under which numbers are given out.
    leg_vast(
        sessie,
        systeem(actor.gemeente_id),
        nu,
        "signaal_gemeld",
        "signaal",
        uid,
        gegevens={"bron": melding.bron, "urgentie": melding.urgentie},
    )
    jaar = melding.datum.year
    begin = f"S{jaar}-"
    with achter_de_muur(sessie):  # a number is given once, also where its signal stands apart
        laatste = sessie.scalar(
            select_voor(systeem(actor.gemeente_id), Signaal)
            .with_only_columns(func.max(Signaal.nummer))
            .where(Signaal.nummer.startswith(begin), func.length(Signaal.nummer) == len(begin) + 4)
        )
    signaal = Signaal(
        uid=uid,
        gemeente_id=actor.gemeente_id,
        nummer=f"{begin}{int(laatste.removeprefix(begin)) + 1 if laatste else 1:04d}",
        datum=melding.datum,
        bron=melding.bron,
        vorm=melding.vorm,
        urgentie=melding.urgentie,
        tekst=melding.tekst.strip(),
        waar=melding.waar.strip(),
        indicatoren=sorted(set(melding.indicatoren)),
        locatie_id=melding.locatie.id if melding.locatie else None,
        ontvangen_op=nu,
    )
    sessie.add(signaal)
    sessie.flush()
    return signaal


# A signal that was passed on cannot be taken back here: others are acting on it.
INTREKBAAR = frozenset({"ontvangen", "verrijken", "bespreken"})


def trek_in(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal) -> None:
    """Close a signal that should not have been made, if it is not closed yet. Raises Conflict when it was passed on."""
    if signaal.status == "afgesloten":
        return
    if signaal.status not in INTREKBAAR:
        raise Conflict(
            f"Signaal {signaal.nummer} is al {MELDSTAPPEN[signaal.status].lower()}. Sluit het eerst af bij Signalen."
        )
    was, signaal.status = signaal.status, "afgesloten"
    leg_vast(sessie, actor, nu, "signaal_ingetrokken", "signaal", signaal.uid, gegevens={"was": was})


def vul_aan(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, melding: Melding) -> None:
    """Add what came later to a signal, and take it up again where it was closed. Raises OngeldigeInvoer."""
    _keur(melding, lokale_datum(nu))
    tekst = melding.tekst.strip()
    if tekst not in signaal.tekst:
        signaal.tekst = f"{signaal.tekst}\n\nAanvulling van {lokale_datum(nu):%d-%m-%Y}:\n{tekst}"
    signaal.vorm, signaal.urgentie = melding.vorm, melding.urgentie
    signaal.indicatoren = sorted({*signaal.indicatoren, *melding.indicatoren})
    was = signaal.status
    if was == "afgesloten":
        signaal.status = "ontvangen"
    leg_vast(sessie, actor, nu, "signaal_aangevuld", "signaal", signaal.uid, gegevens={"was": was})

"""What goes when: per kind what is over its term now and in the next days, without touching anything."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from inspecties.audit.aanvang import maanden_op
from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.rules_bewaren import stand_van
from inspecties.audit.vernietigen import beoordeel
from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.start.bewaarsoorten import GEHELEN

DAGEN = 30


@dataclass(frozen=True)
class Vooruit:
    """Of one kind: how many go at the next run, how many within the days after, from when, and what holds the rest."""

    naam: str
    nu: int
    straks: int
    eerst: date | None
    vast: tuple[tuple[str, int], ...]


def vooruit(sessie: Session, actor: Actor, vandaag: date) -> list[Vooruit]:
    """Kinds of which something goes within the month or is held."""
    tot = vandaag + timedelta(days=DAGEN)
    maanden = maanden_op(vandaag)
    uit = []
    for geheel in GEHELEN:
        standen = [stand_van(a, maanden) for a in geheel.aanvang(sessie, actor, tot)]
        komend = sorted(s.weg_op for s in standen if vandaag < s.weg_op <= tot)
        nu = [s for s in standen if s.is_voorbij(vandaag)]
        vast: dict[str, int] = {}
        weg = 0
        if nu:
            oordeel = beoordeel(sessie, actor, vandaag, geheel, maanden)
            weg = len(oordeel.weg)
            for _, redenen in oordeel.vast:
                for reden in redenen:
                    vast[reden] = vast.get(reden, 0) + 1
        if komend or nu:
            uit.append(Vooruit(geheel.naam, weg, len(komend), next(iter(komend), None), tuple(sorted(vast.items()))))
    return uit


def bewijzen(sessie: Session, actor: Actor, hoogstens: int) -> list[Vernietiging]:
    """The newest proofs of destruction."""
    opdracht = select_voor(actor, Vernietiging).order_by(Vernietiging.id.desc()).limit(hoogstens)
    return list(sessie.scalars(opdracht))


def bewijs_als_tekst(gemeente: str, rijen: list[Vernietiging]) -> str:
    """For the archivist: what went when, under which term, with the hash of every public id."""
    regels = [
        f"Bewijs van vernietiging, gemeente {gemeente}",
        "Een hash is SHA-256 van '<soort>:<openbaar id>'. Wie een id nog heeft, kan zien dat het is vernietigd.",
        "Backups van voor de vernietiging bevatten de gegevens nog, tot die backups zelf weggaan.",
        "",
    ]
    for rij in rijen:
        regels.append(
            f"{rij.vernietigd_op:%Y-%m-%d %H:%M} UTC; {rij.soort}; {rij.aantal} stuks; "
            f"termijn {rij.regel}; bewijs {rij.uid}"
        )
        regels += [f"  {h}" for h in rij.hashes]
    return "\n".join(regels) + "\n"

"""What the columns of a source mean: remembered per source name, found again by name or by the same headings."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.database.bereik import select_voor
from inspecties.locaties.models_import import Kolomkeuze
from inspecties.locaties.rules.importrij_kolommen import SOORTEN, fout_in_keuze


def netjes(bron: str) -> str:
    """The name of a source as it is kept: one space between words."""
    return " ".join(bron.split())[:120]


def zoek_keuze(sessie: Session, actor: Actor, soort: str, bron: str, koppen: Sequence[str]) -> Kolomkeuze | None:
    """What was remembered for this source; without a name, of a file with exactly these headings."""
    gevonden = sessie.scalars(
        select_voor(actor, Kolomkeuze).where(Kolomkeuze.soort == soort).order_by(Kolomkeuze.gewijzigd_op.desc())
    ).all()
    naam = netjes(bron).casefold()
    if naam:
        return next((k for k in gevonden if k.bron.casefold() == naam), None)
    return next((k for k in gevonden if set(k.toewijzing) == set(koppen)), None)


def bronnen(sessie: Session, actor: Actor) -> list[Kolomkeuze]:
    """Every source whose columns are remembered, by name."""
    return list(sessie.scalars(select_voor(actor, Kolomkeuze).order_by(Kolomkeuze.bron, Kolomkeuze.id)))


def onthoud(
    sessie: Session, actor: Actor, nu: datetime, soort: str, bron: str, toewijzing: Mapping[str, str]
) -> Kolomkeuze:
    """Remember what the columns of a source mean. Raises OngeldigeInvoer where the choice can not be right."""
    bron = netjes(bron)
    if not bron:
        raise OngeldigeInvoer("Geef de bron een naam om de keuze te onthouden.", "bron")
    fout = fout_in_keuze(toewijzing, SOORTEN[soort])
    if fout is not None:
        raise OngeldigeInvoer(fout[1], fout[0] or None)
    keuze = zoek_keuze(sessie, actor, soort, bron, ())
    if keuze is None:
        keuze = Kolomkeuze(gemeente_id=actor.gemeente_id, soort=soort, bron=bron)
        sessie.add(keuze)
    keuze.toewijzing, keuze.door_id, keuze.gewijzigd_op = dict(toewijzing), actor.gebruiker_id, nu
    sessie.flush()
    leg_vast(
        sessie, actor, nu, "kolomkeuze_onthouden", "kolomkeuze", keuze.uid, gegevens={"soort": soort, "bron": bron}
    )
    return keuze


def vergeet(sessie: Session, actor: Actor, nu: datetime, keuze: Kolomkeuze) -> None:
    """Forget what the columns of a source mean."""
    leg_vast(
        sessie,
        actor,
        nu,
        "kolomkeuze_vergeten",
        "kolomkeuze",
        keuze.uid,
        gegevens={"soort": keuze.soort, "bron": keuze.bron},
    )
    sessie.delete(keuze)
    sessie.flush()

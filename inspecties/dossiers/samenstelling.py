"""Which places and visits a dossier is about: adding and taking away by hand, with a reason. One owner."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.controles.models import Bewijsstuk, Bezoek
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.reden import schrijf_reden
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossier, Dossierbewijs
from inspecties.dossiers.queries import voorstellen_in
from inspecties.dossiers.werk import begin_werk, leg_dossier_vast, zet_stap
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Partij, Partijrol

_WAAROM = "Schrijf op waarom dit bij het dossier hoort."
_WAAROM_WEG = "Schrijf op waarom dit niet meer bij het dossier hoort."
EIGENAAR = "eigenaar"


def eigenaren(sessie: Session, actor: Actor, locaties: Sequence[Risicolocatie], nu: datetime) -> dict[int, set[str]]:
    """Risicolocatie.id -> who owns it now, as far as that was recorded (KvK number, or else the party itself)."""
    vandaag = lokale_datum(nu)
    rijen = sessie.execute(
        select_voor(systeem(actor.gemeente_id), Partijrol)
        .join(Partij, Partij.id == Partijrol.partij_id)
        .where(Partijrol.locatie_id.in_([x.id for x in locaties]), Partijrol.rol == EIGENAAR)
        .with_only_columns(Partijrol.locatie_id, Partijrol.tot, Partij.kvk, Partij.id)
    )
    uit: dict[int, set[str]] = {}
    for locatie_id, tot, kvk, partij_id in rijen:
        if tot is None or tot >= vandaag:
            uit.setdefault(locatie_id, set()).add(f"kvk {kvk}" if kvk else f"partij {partij_id}")
    return uit


def eis_een_eigenaar(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, locatie: Risicolocatie) -> str:
    """What was found about the owner, for the history. Raises OngeldigeInvoer where it is surely somebody else."""
    bekend = eigenaren(sessie, actor, [*dossier.locaties, locatie], nu)
    hier = set().union(*(bekend.get(x.id, set()) for x in dossier.locaties))
    daar = bekend.get(locatie.id, set())
    if hier and daar and not hier & daar:
        raise OngeldigeInvoer(
            f"{locatie.adresregel} heeft een andere eigenaar dan de panden in dit dossier. Maak een eigen dossier.",
            "locatie",
        )
    return "dezelfde eigenaar" if hier & daar else "eigenaar niet van elk pand vastgelegd"


def voeg_locatie_toe(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, locatie: Risicolocatie, reden: str
) -> None:
    """A further place of the same owner. Raises OngeldigeInvoer naming the field, Conflict."""
    schoon = schrijf_reden(reden, _WAAROM)
    begin_werk(sessie, actor, nu, dossier)
    if locatie in dossier.locaties:
        raise Conflict("Deze locatie staat al in het dossier.", "locatie")
    eigenaar = eis_een_eigenaar(sessie, actor, nu, dossier, locatie)
    dossier.locaties.append(locatie)
    zet_stap(
        sessie, actor, nu, dossier, "samenstelling", f"Locatie toegevoegd: {locatie.adresregel} ({eigenaar}). {schoon}"
    )
    leg_dossier_vast(sessie, actor, nu, dossier, "dossierlocatie_toegevoegd", locatie=str(locatie.uid))


def haal_locatie_weg(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, locatie: Risicolocatie, reden: str
) -> None:
    """Take a place off the dossier. Raises OngeldigeInvoer, Conflict where it is the last, or a visit needs it."""
    schoon = schrijf_reden(reden, _WAAROM_WEG)
    begin_werk(sessie, actor, nu, dossier)
    if locatie not in dossier.locaties:
        raise Conflict("Deze locatie staat niet meer in het dossier.")
    if len(dossier.locaties) == 1:
        raise OngeldigeInvoer("Een dossier gaat over minstens een locatie.", "locatie")
    if any(bezoek.locatie_id == locatie.id for bezoek in dossier.bezoeken):
        raise OngeldigeInvoer("Er staat nog een bezoek aan deze locatie in het dossier. Haal dat eerst weg.", "locatie")
    dossier.locaties.remove(locatie)
    zet_stap(sessie, actor, nu, dossier, "samenstelling", f"Locatie weggehaald: {locatie.adresregel}. {schoon}")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossierlocatie_weggehaald", locatie=str(locatie.uid))


def voeg_bezoek_toe(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, bezoek: Bezoek, reden: str) -> None:
    """A further visit to one of the dossier's places; its photos can then go on the list. Raises as above."""
    schoon = schrijf_reden(reden, _WAAROM)
    begin_werk(sessie, actor, nu, dossier)
    if bezoek in dossier.bezoeken:
        raise Conflict("Dit bezoek staat al in het dossier.", "bezoek")
    if bezoek.locatie_id not in {x.id for x in dossier.locaties}:
        raise OngeldigeInvoer("Dit bezoek was aan een locatie die niet in het dossier staat.", "bezoek")
    dossier.bezoeken.append(bezoek)
    zet_stap(
        sessie, actor, nu, dossier, "samenstelling", f"Bezoek aan {bezoek.locatie.adresregel} toegevoegd. {schoon}"
    )
    leg_dossier_vast(sessie, actor, nu, dossier, "dossierbezoek_toegevoegd", bezoek=str(bezoek.uid))


def haal_bezoek_weg(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, bezoek: Bezoek, reden: str) -> None:
    """Take a visit off the dossier. Raises Conflict where findings or evidence of it stand in the dossier."""
    schoon = schrijf_reden(reden, _WAAROM_WEG)
    begin_werk(sessie, actor, nu, dossier)
    if bezoek not in dossier.bezoeken:
        raise Conflict("Dit bezoek staat niet meer in het dossier.")
    lezer = systeem(actor.gemeente_id)
    if any(v.bevinding.bezoek_id == bezoek.id for v in voorstellen_in(sessie, lezer, dossier)):
        raise OngeldigeInvoer("Er staat nog een bevinding van dit bezoek in het dossier. Haal die eerst weg.", "bezoek")
    bewijs = sessie.scalars(
        select_voor(lezer, Dossierbewijs).where(
            Dossierbewijs.dossier_id == dossier.id,
            Dossierbewijs.bewijsstuk_id.in_(select(Bewijsstuk.id).where(Bewijsstuk.bezoek_id == bezoek.id)),
        )
    ).first()
    if bewijs is not None:
        raise OngeldigeInvoer("Er staat nog bewijs van dit bezoek op de lijst. Haal dat eerst weg.", "bezoek")
    dossier.bezoeken.remove(bezoek)
    zet_stap(
        sessie, actor, nu, dossier, "samenstelling", f"Bezoek aan {bezoek.locatie.adresregel} weggehaald. {schoon}"
    )
    leg_dossier_vast(sessie, actor, nu, dossier, "dossierbezoek_weggehaald", bezoek=str(bezoek.uid))


def andere_bezoeken(sessie: Session, actor: Actor, dossier: Dossier) -> list[Bezoek]:
    """Visits to the places of the dossier that do not stand in it, as far as the actor may see them; newest first."""
    return list(
        sessie.scalars(
            select_voor(actor, Bezoek)
            .where(
                Bezoek.locatie_id.in_([x.id for x in dossier.locaties]),
                Bezoek.id.not_in([b.id for b in dossier.bezoeken]),
            )
            .order_by(Bezoek.id.desc())
            .limit(50)
        )
    )


def zoek_locaties(sessie: Session, actor: Actor, dossier: Dossier, zoek: str) -> list[Risicolocatie]:
    """Places by street that do not stand in the dossier; at most 20."""
    woord = zoek.strip().lower()[:60].replace("%", "").replace("_", "")
    if len(woord) < 2:
        return []
    return list(
        sessie.scalars(
            select_voor(actor, Risicolocatie)
            .where(
                func.lower(Risicolocatie.straat + " " + Risicolocatie.woonplaats).like(f"%{woord}%"),
                Risicolocatie.id.not_in([x.id for x in dossier.locaties]),
            )
            .order_by(Risicolocatie.straat, Risicolocatie.id)
            .limit(20)
        )
    )

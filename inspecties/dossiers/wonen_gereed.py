"""What stands in the way of submitting a dossier about building and housing."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.dossiers.besluitteksten import SOORT, boetetekst, lasttekst, staat_in
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_last import Boete, Last, Overbewoning
from inspecties.dossiers.models_traject import Dossiertraject
from inspecties.dossiers.rules.last import LASTSOORTEN
from inspecties.dossiers.rules.overbewoning import MEETWIJZEN
from inspecties.dossiers.trajecten import tabel_van
from inspecties.dossiers.wonen_traject import gehoord, opgelegd, traject_met


@dataclass(frozen=True)
class _Ontwerp:
    """A last or a fine on which nobody decided yet."""

    naam: str
    pagina: str
    traject: Dossiertraject
    staat_er: bool
    spoed: bool = False

    @property
    def klaar(self) -> bool:
        """The cabinet can decide: who it is about was heard, or there was no time to (5:31 lid 2)."""
        return gehoord(self.traject) is not None or (self.spoed and self.traject.stand == "toegepast")


def belemmeringen(sessie: Session, lezer: Actor, dossier: Dossier) -> list[str]:
    """In words what has to be solved first; empty for every other kind of dossier."""
    if dossier.soort != SOORT:
        return []
    ontwerpen = list(_ontwerpen(sessie, lezer, dossier))
    # Nothing was decided yet, and none of what was drafted stands in the text: then it decides on nothing.
    eerste = not any(b.soort == "akkoord" for b in dossier.besluiten) and not any(o.staat_er for o in ontwerpen)
    uit = []
    for o in ontwerpen:
        if o.staat_er and not o.klaar:
            stap = tabel_van(o.traject).stap(o.traject.stand).naam
            uit.append(
                f"{o.naam}: het traject staat op '{stap}'. Leg eerst vast hoe de zienswijze is afgerond (art. 4:8 Awb)"
                + (", of waarom die niet is gevraagd (art. 4:11 Awb)." if o.pagina == "Last" else ".")
            )
        if not o.staat_er and (o.klaar or eerste):
            uit.append(
                f"{o.naam} staat nog niet zo in het concept-besluit. Voeg de tekst toe op de pagina '{o.pagina}'."
            )
    return uit + _meting(sessie, lezer, dossier)


def _ontwerpen(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterator[_Ontwerp]:
    concept = dossier.concept_besluit
    lasten = select_voor(lezer, Last).where(Last.dossier_id == dossier.id, Last.stand == "ontwerp").order_by(Last.id)
    for last in sessie.scalars(lasten):
        traject = traject_met(sessie, lezer, dossier, f"last_{last.soort}")
        if traject is not None and opgelegd(traject) is None:
            staat_er = staat_in(lasttekst(last), concept)
            yield _Ontwerp(LASTSOORTEN[last.soort], "Last", traject, staat_er, last.spoed == "lid2")
    boetes = select_voor(lezer, Boete).where(Boete.dossier_id == dossier.id, Boete.stand == "ontwerp")
    for boete in sessie.scalars(boetes):
        traject = traject_met(sessie, lezer, dossier, "boete")
        if traject is not None:
            yield _Ontwerp("Bestuurlijke boete", "Boete", traject, staat_in(boetetekst(boete), concept))


def _meting(sessie: Session, lezer: Actor, dossier: Dossier) -> list[str]:
    blad = sessie.scalars(select_voor(lezer, Overbewoning).where(Overbewoning.dossier_id == dossier.id)).one_or_none()
    if blad is None or blad.meetwijze == "gemeten":
        return []
    return [
        f"De oppervlakte op het blad Wonen is niet gemeten ({MEETWIJZEN[blad.meetwijze].lower()}). "
        "Laat meten en vul de uitkomst in: een besluit kan niet op een schatting rusten."
    ]

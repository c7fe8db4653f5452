"""Acts of the triage: answering its questions, and doing otherwise than it advises, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.signalen.meldroute import eis_behandelaar, schoon, vergrendel
from inspecties.signalen.meldroute_bron import triagetabel
from inspecties.signalen.meldroute_queries import afwijkingen_van, antwoorden_van, doorzettingen_van
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Triageafwijking, Triageantwoord
from inspecties.signalen.rules.meldroute import RECHT
from inspecties.signalen.rules.triage import ANTWOORDEN, Advies, Triagefeiten, Vraag, is_gevolgd


@dataclass(frozen=True)
class Adviesstand:
    """An advice with what was done about it: gevolgd, afgeweken, or '' while it is open."""

    advies: Advies
    stand: str
    reden: str = ""


@dataclass(frozen=True)
class Triagebeeld:
    """What the page of a signal shows of the triage, as far as this actor may see it."""

    vragen: tuple[Vraag, ...]
    antwoorden: Mapping[str, str]
    adviezen: list[Adviesstand]
    wenken: list[Advies]

    @property
    def open_vragen(self) -> int:
        return sum(vraag.code not in self.antwoorden for vraag in self.vragen)

    @property
    def dringend(self) -> list[Adviesstand]:
        """What has to be done now and was not."""
        return [a for a in self.adviezen if a.advies.wanneer == "nu" and not a.stand]


def feiten_van(sessie: Session, actor: Actor, signaal: Signaal) -> Triagefeiten:
    """What the rules look at."""
    return Triagefeiten(
        antwoorden_van(sessie, actor, signaal), signaal.vorm, signaal.urgentie, tuple(signaal.indicatoren)
    )


def lees_triage(sessie: Session, actor: Actor, signaal: Signaal) -> Triagebeeld:
    """Questions, answers and advice. What could point to who reported is left out for who may not know that."""
    tabel, alles = triagetabel(), rol_mag(actor.rol, RECHT)
    feiten = feiten_van(sessie, actor, signaal)
    doorgezet = frozenset(d.ontvanger for d in doorzettingen_van(sessie, actor, signaal))
    afgeweken = afwijkingen_van(sessie, actor, signaal)
    adviezen, wenken = [], []
    for advies in tabel.adviezen_bij(feiten):
        if advies.vertrouwelijk and not alles:
            continue
        if advies.is_wenk:
            wenken.append(advies)
        elif is_gevolgd(advies, doorgezet):
            adviezen.append(Adviesstand(advies, "gevolgd"))
        elif advies.code in afgeweken:
            adviezen.append(Adviesstand(advies, "afgeweken", afgeweken[advies.code].reden))
        else:
            adviezen.append(Adviesstand(advies, ""))
    vragen = tuple(v for v in tabel.vragen if alles or not v.vertrouwelijk)
    codes = {v.code for v in vragen}
    return Triagebeeld(vragen, {k: a for k, a in feiten.antwoorden.items() if k in codes}, adviezen, wenken)


def beantwoord(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, antwoorden: Mapping[str, str]) -> int:
    """Keep the answers that are new; how many. What was answered is not in the audit log, only which questions.

    Raises OngeldigeInvoer naming the question.
    """
    eis_behandelaar(actor)
    vergrendel(sessie, actor, signaal)
    vragen = {v.code: v for v in triagetabel().vragen}
    staand = antwoorden_van(sessie, actor, signaal)
    nieuw = {}
    for code, antwoord in antwoorden.items():
        if code not in vragen or (antwoord and antwoord not in ANTWOORDEN):
            raise OngeldigeInvoer(f"Kies per vraag uit: {', '.join(ANTWOORDEN.values())}.", code)
        if antwoord and staand.get(code) != antwoord:
            nieuw[code] = antwoord
    for code, antwoord in nieuw.items():
        sessie.add(
            Triageantwoord(
                gemeente_id=signaal.gemeente_id,
                signaal_id=signaal.id,
                vraag=code,
                antwoord=antwoord,
                op=nu,
                door_id=actor.gebruiker_id,
            )
        )
    if nieuw:
        gegevens = {"vragen": sorted(nieuw)}
        leg_vast(sessie, actor, nu, "triage_beantwoord", "signaal", signaal.uid, gegevens=gegevens)
    return len(nieuw)


def wijk_af(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, code: str, reden: str) -> None:
    """Not follow an advice. Raises OngeldigeInvoer without a reason, or where the advice does not hold (any more)."""
    eis_behandelaar(actor)
    vergrendel(sessie, actor, signaal)
    adviezen = {a.code: a for a in triagetabel().adviezen_bij(feiten_van(sessie, actor, signaal)) if not a.is_wenk}
    if code not in adviezen:
        raise OngeldigeInvoer("Dit advies geldt niet voor dit signaal. Ververs de pagina.", "advies")
    waarom = schoon(reden, "reden", 1000, verplicht="Schrijf op waarom u van dit advies afwijkt.")
    rij = afwijkingen_van(sessie, actor, signaal).get(code)
    if rij is None:
        rij = Triageafwijking(gemeente_id=signaal.gemeente_id, signaal_id=signaal.id, advies=code)
        sessie.add(rij)
    rij.reden, rij.op, rij.door_id = waarom, nu, actor.gebruiker_id
    sessie.flush()
    # The code of a confidential advice would say something about who reported.
    gegevens = {} if adviezen[code].vertrouwelijk else {"advies": code}
    leg_vast(
        sessie, actor, nu, "triage_afgeweken", "signaal", signaal.uid, grondslag=adviezen[code].bron, gegevens=gegevens
    )

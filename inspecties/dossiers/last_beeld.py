"""A last as a person reads it: what it orders, how long, what was forfeited and is open, and what can be done now."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from inspecties.controles.models import Bezoek
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.dossiers.beeld import Bewijsregel, lees_beeld
from inspecties.dossiers.besluitteksten import dwangsom_van
from inspecties.dossiers.hercontroles import mogelijke_bezoeken
from inspecties.dossiers.lasten import begunstiging_tot, lasten_van
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_last import Last, Lastcontrole, Verbeurte
from inspecties.dossiers.rules.last import HERROEPEN, opheffing_vanaf
from inspecties.dossiers.rules.verjaring import Verjaring
from inspecties.dossiers.rules.wachten import Termijn, termijn
from inspecties.dossiers.verbeurtes import staat_open, verjaring_van


@dataclass(frozen=True)
class Verbeurtebeeld:
    """One dwangsom: what is open, until when it can be paid and claimed, and the evidence numbers."""

    rij: Verbeurte
    open_cent: int
    verjaring: Verjaring
    verjaard: bool
    nummers: list[int]
    betalen: Termijn

    @property
    def stand(self) -> tuple[str, str]:
        """What to say of it, and in which tone."""
        if any(d.soort == "afzien" for d in self.rij.daden):
            return "Van invordering afgezien", ""
        if self.rij.last.eindgrond == HERROEPEN:
            return "Vervallen: last herroepen", ""
        if self.open_cent == 0:
            return "Betaald", "goed"
        if self.verjaard:
            return "Verjaard", "fout"
        if any(d.soort == "invorderingsbeschikking" for d in self.rij.daden):
            return "Wordt ingevorderd", "actief"
        return ("Betaaltermijn voorbij", "fout") if "te laat" in self.betalen.tekst else ("Nog te betalen", "let-op")


@dataclass(frozen=True)
class Lastbeeld:
    """One last with all that hangs on it. ``daden``: codes of what can be done now (last_daden.DADEN)."""

    last: Last
    dwangsom: str
    tot: date | None
    duur: Termijn | None
    verbeurtes: list[Verbeurtebeeld]
    verbeurd_cent: int
    open_cent: int
    ruimte_cent: int
    opheffing_vanaf: date | None
    bezoeken: list[Bezoek] = field(default_factory=list)
    bewijs: list[Bewijsregel] = field(default_factory=list)

    @property
    def gevraagd(self) -> Lastcontrole | None:
        """The recheck that was asked and not done yet."""
        return next((c for c in self.last.controles if c.stand == "gevraagd"), None)

    @property
    def daden(self) -> list[str]:
        """What can be done now, in the order of the work."""
        last = self.last
        open_ = ["invorderen"] if any(v.open_cent for v in self.verbeurtes) else []
        kosten = ["kosten"] if last.toegepast_op and last.kosten_op is None and last.kosten_aangekondigd else []
        toepassen = ["toepassen"] if last.soort == "bestuursdwang" and last.toegepast_op is None else []
        if last.stand == "ontwerp":
            eerst = toepassen if last.spoed == "lid2" else []
            return [*eerst, *(["bekend"] if last.dossier.toestand == "akkoord" else [])]
        if last.stand == "van_kracht":
            vraag = ["verval"] if self.gevraagd else ["vraag"]
            return ["controle", *vraag, *toepassen, *kosten, *open_, "procedure", "einde"]
        return [*kosten, *open_, *(["procedure"] if last.stand == "opgeheven" else [])]


def lastbeelden(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> list[Lastbeeld]:
    """The lasten of a dossier. The caller writes the audit line of the reading."""
    rijen = lasten_van(sessie, actor, dossier)
    if not rijen:
        return []
    vandaag = lokale_datum(nu)
    bewijs = lees_beeld(sessie, actor, dossier).bewijs
    nummers = {str(r.stuk.uid): r.nr for r in bewijs}
    return [_beeld(sessie, actor, vandaag, last, bewijs, nummers) for last in rijen]


def _beeld(
    sessie: Session, actor: Actor, vandaag: date, last: Last, bewijs: list[Bewijsregel], nummers: dict[str, int]
) -> Lastbeeld:
    regels = []
    for rij in last.verbeurtes:
        verjaart = verjaring_van(last, rij)
        regels.append(
            Verbeurtebeeld(
                rij,
                staat_open(rij),
                verjaart,
                verjaart.is_verjaard(vandaag),
                sorted(nummers[uid] for uid in rij.bewijs if uid in nummers),
                termijn(rij.betalen_voor, vandaag),
            )
        )
    tot = begunstiging_tot(last) if last.bekend_op and last.begunstiging is not None else None
    verbeurd = sum(v.rij.bedrag_cent for v in regels)
    vanaf = opheffing_vanaf(last.bekend_op, [v.op_datum for v in last.verbeurtes]) if last.bekend_op else None
    return Lastbeeld(
        last,
        dwangsom_van(last).in_woorden if last.bedrag_cent else "",
        tot,
        termijn(tot, vandaag) if tot is not None else None,
        regels,
        verbeurd,
        sum(v.open_cent for v in regels if not v.verjaard),
        last.maximum_cent - verbeurd,
        vanaf,
        mogelijke_bezoeken(sessie, actor, last),
        bewijs,
    )

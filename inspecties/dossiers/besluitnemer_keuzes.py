"""What can be decided in a dossier outside the mayor's desk, and of which acts nobody wrote down who decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.dossiers.besluitnemers import besluitnemers_van
from inspecties.dossiers.lasten import lasten_van
from inspecties.dossiers.looptermijnen import termijnen_van
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_besluitnemer import Besluitnemer
from inspecties.dossiers.models_last import Last
from inspecties.dossiers.models_traject import Dossiertraject
from inspecties.dossiers.rules.besluitnemer import (
    AFZIEN,
    BEZWAAR,
    INTREKKING,
    INVORDERING,
    KOSTEN,
    OPHEFFING,
    SOORTEN,
    TERMIJNEN_VAN_BESLUIT,
    VERLENGING,
)
from inspecties.dossiers.rules.last import HERROEPEN, LASTSOORTEN
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.dossiers.trajecten import tabel_van, trajecten_van
from inspecties.web.sjablonen import datum

# The steps by which premises were closed.
GESLOTEN = frozenset({"uitvoering", "spoedsluiting"})
BESLIST = frozenset({"ongegrond", "gegrond", "niet_ontvankelijk"})


@dataclass(frozen=True)
class Beslisbaar:
    """One thing to decide on: ``over`` is its public id, ``tekst`` what it is called. ``gedaan``: its act was done."""

    soort: str
    over: str
    tekst: str
    niet_voor: date
    gedaan: bool = False
    vastgelegd: bool = False

    @property
    def code(self) -> str:
        return f"{self.soort}:{self.over}"

    @property
    def naam(self) -> str:
        al = " (al vastgelegd)" if self.vastgelegd else ""
        return f"{SOORTEN[self.soort].naam}: {self.tekst}{al}"


def beslisbaar(
    sessie: Session, actor: Actor, dossier: Dossier, rijen: Sequence[Besluitnemer] | None = None
) -> list[Beslisbaar]:
    """Everything in a dossier that somebody else than the desk can have decided on, in the order of the work."""
    bekend = besluitnemers_van(sessie, actor, dossier) if rijen is None else rijen
    vast = {(rij.soort, uid) for rij in bekend for uid in rij.over}
    lasten = [b for last in lasten_van(sessie, actor, dossier) for b in _van_last(last)]
    termijnen = [
        Beslisbaar(VERLENGING, str(rij.uid), f"{rij.naam.lower()} vanaf {datum(rij.start_datum)}", rij.start_datum)
        for rij in termijnen_van(sessie, actor, dossier)
        if rij.code in TERMIJNEN_VAN_BESLUIT and rij.stand in LOPEND
    ]
    trajecten = [b for rij in trajecten_van(sessie, actor, dossier) for b in _van_traject(rij)]
    return [
        Beslisbaar(b.soort, b.over, b.tekst, b.niet_voor, b.gedaan, (b.soort, b.over) in vast)
        for b in (*lasten, *termijnen, *trajecten)
    ]


def _van_last(last: Last) -> Iterable[Beslisbaar]:
    if last.bekend_op is None:
        return
    naam = LASTSOORTEN[last.soort].lower()
    for rij in last.verbeurtes:
        gedaan = {d.soort for d in rij.daden}
        wat = f"dwangsom {rij.volgnummer} van {datum(rij.op_datum)}"
        for soort in (INVORDERING, AFZIEN):
            yield Beslisbaar(soort, str(rij.uid), wat, rij.op_datum, soort in gedaan)
    if last.toegepast_op is not None:
        yield Beslisbaar(KOSTEN, str(last.uid), naam, last.toegepast_op, last.kosten_op is not None)
    # What a court or a decision on an objection ended was not lifted by a decision of its own.
    geeindigd = last.stand == "opgeheven" and last.eindgrond != HERROEPEN
    if last.stand == "van_kracht" or geeindigd:
        yield Beslisbaar(OPHEFFING, str(last.uid), naam, last.bekend_op, geeindigd)


def _van_traject(traject: Dossiertraject) -> Iterable[Beslisbaar]:
    uid, naam, gangen = str(traject.uid), tabel_van(traject).naam, list(traject.gangen)
    besloten = [g for g in gangen if g.besluit_id is not None]
    bezwaren = [g for g in gangen if g.naar == "bezwaar_ontvangen"]
    if bezwaren:
        gedaan = any(g.naar == "bezwaar_beslist" and g.gegevens.get("uitkomst") in BESLIST for g in gangen)
        yield Beslisbaar(BEZWAAR, uid, naam, bezwaren[0].op_datum, gedaan)
    if besloten:
        yield Beslisbaar(INTREKKING, uid, naam, besloten[0].op_datum)
    dicht = [g for g in gangen if g.naar in GESLOTEN]
    if dicht:
        vastgesteld = any(g.naar == "heropening" and g.gegevens.get("kosten") == "vastgesteld" for g in gangen)
        yield Beslisbaar(KOSTEN, uid, naam, dicht[0].op_datum, vastgesteld)
        yield Beslisbaar(OPHEFFING, uid, naam, dicht[0].op_datum)


def kies(mogelijk: Sequence[Beslisbaar], codes: Sequence[str]) -> list[Beslisbaar]:
    """What somebody ticked: one kind of decision, about one or more things. Raises OngeldigeInvoer at 'besluit'."""
    gekozen = [b for b in mogelijk if b.code in set(codes)]
    if not gekozen or len(gekozen) != len(set(codes)):
        raise OngeldigeInvoer("Kies waarover is besloten.", "besluit")
    if len({b.soort for b in gekozen}) > 1:
        raise OngeldigeInvoer("Dit zijn verschillende besluiten. Leg ze een voor een vast.", "besluit")
    return gekozen

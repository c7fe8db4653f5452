"""Where the fields of a letter come from in the tracks of a dossier: steps, orders with their amounts, fines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_last import Boete, Last
from inspecties.dossiers.rules.bedrag import schrijf_euro
from inspecties.dossiers.rules.last import EENHEDEN
from inspecties.dossiers.rules.trajectveld import Waarde
from inspecties.dossiers.trajecten import tabel_van, trajecten_van
from inspecties.termijnen.rules.duur import Duur, tel_op
from inspecties.web.sjablonen import datum


def dag_in_taal(dag: date, taal: str) -> str:
    """In words in Dutch, in figures elsewhere."""
    return datum(dag) if taal == "nl" else dag.strftime("%d-%m-%Y")


@dataclass(frozen=True)
class Trajectwaarden:
    """What the steps gave last under each name: in words, and as it was stored."""

    woorden: Mapping[str, str]
    ruw: Mapping[str, Waarde]

    def sluitingseinde(self, taal: str) -> str:
        """The last day of a closure whose first day and length were decided; empty where they were not."""
        ingang, duur = self.ruw.get("ingang"), self.ruw.get("duur")
        if not isinstance(ingang, str) or not isinstance(duur, str):
            return ""
        try:
            return dag_in_taal(tel_op(date.fromisoformat(ingang), Duur.lees(duur), inclusief=True), taal)
        except (OngeldigeInvoer, ValueError):
            return ""


def trajectwaarden(sessie: Session, actor: Actor, dossier: Dossier, taal: str) -> Trajectwaarden:
    woorden: dict[str, str] = {}
    ruw: dict[str, Waarde] = {}
    for traject in trajecten_van(sessie, actor, dossier):
        stappen = {s.code: s for s in tabel_van(traject).stappen}
        for gang in traject.gangen:
            for naam, waarde in gang.gegevens.items():
                veld = stappen[gang.naar].veld(naam) if gang.naar in stappen else None
                if waarde in {"", None} or veld is None:
                    continue
                ruw[naam] = waarde
                is_dag = veld.type == "datum"
                woorden[naam] = dag_in_taal(date.fromisoformat(waarde), taal) if is_dag else veld.in_woorden(waarde)
    return Trajectwaarden(woorden, ruw)


def lastwaarden(sessie: Session, actor: Actor, dossier: Dossier, taal: str) -> dict[str, str]:
    """The last order of a dossier, with what was forfeited on it; empty where there is none."""
    last = sessie.scalars(
        select_voor(actor, Last).where(Last.dossier_id == dossier.id).order_by(Last.id.desc()).limit(1)
    ).one_or_none()
    if last is None:
        return {}
    uit = {"overtreding": last.overtreding, "maatregelen": last.maatregelen}
    if last.bedrag_cent:
        hoe = EENHEDEN.get(last.eenheid, last.eenheid)
        uit["dwangsom"] = f"{schrijf_euro(last.bedrag_cent)} {hoe if last.eenheid != 'ineens' else 'ineens'}"
        uit["maximum"] = schrijf_euro(last.maximum_cent)
    if last.kosten_cent:
        uit["kosten"] = schrijf_euro(last.kosten_cent)
    if last.verbeurtes:
        laatste = last.verbeurtes[-1]
        uit["verbeurd"] = schrijf_euro(sum(v.bedrag_cent for v in last.verbeurtes))
        uit["verbeurd_op"] = ", ".join(dag_in_taal(v.op_datum, taal) for v in last.verbeurtes)
        uit["betalen_voor"] = dag_in_taal(laatste.betalen_voor, taal)
    return uit


def boetewaarden(sessie: Session, actor: Actor, dossier: Dossier) -> dict[str, str]:
    """The fine of a dossier; empty where there is none."""
    boete = sessie.scalars(select_voor(actor, Boete).where(Boete.dossier_id == dossier.id)).one_or_none()
    return {"overtreding": boete.feit, "bedrag": schrijf_euro(boete.bedrag_cent)} if boete else {}

"""What ``inspecties termijn`` asks of the engine, and the answer in plain Dutch."""

import json
from datetime import datetime

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.termijnen.bronnen import kalender, termijntabel
from inspecties.termijnen.rules.benoemd import Termijnregel
from inspecties.termijnen.rules.berekenen import bereken
from inspecties.termijnen.rules.duur import Duur
from inspecties.termijnen.rules.feestdagen import schrijf_dag
from inspecties.termijnen.rules.termijn import Soort, Termijn, dag_van, lees_start


def bereken_vraag(
    start: str | None, duur: str | None, soort: str | None, naam: str | None, *, inclusief: bool, terug: bool
) -> tuple[Termijn, Termijnregel | None]:
    """The term for what was typed, and its row when it was asked by name. Raises ``OngeldigeInvoer``."""
    if start is None:
        raise OngeldigeInvoer("De start ontbreekt. Geef de dag van de gebeurtenis: --start 2026-12-18.", veld="start")
    moment = lees_start(start)
    if naam is None:
        if duur is None:
            raise OngeldigeInvoer("De duur ontbreekt. Geef bijvoorbeeld --duur 6w.", veld="duur")
        gekozen = soort or Soort.WETTELIJK
        return bereken(moment, duur, gekozen, kalender=kalender(), inclusief=inclusief, terug=terug), None
    if soort is not None or inclusief or terug:
        raise OngeldigeInvoer(
            "Bij --naam liggen soort en telling vast: laat --soort, --inclusief en --terug weg.", veld="naam"
        )
    regel = termijntabel().op(naam, dag_van(moment))
    return regel.bereken(moment, kalender=kalender(), duur=Duur.lees(duur) if duur else None), regel


def vertel(termijn: Termijn) -> str:
    """The outcome for a reader: the end first, then why."""
    dag = schrijf_dag(termijn.einddag)
    tijd = f" om {termijn.einde:%H:%M} uur" if isinstance(termijn.einde, datetime) else ""
    regels = [f"Einde: {dag}{tijd}"]
    if termijn.einde != termijn.einde_onverlengd:
        regels.append(f"Zonder verlenging: {schrijf_dag(dag_van(termijn.einde_onverlengd))}")
        regels.append(f"Verlengd om: {'; '.join(termijn.verlengd_om)}")
    regels.append(f"Duur: {termijn.duur.in_woorden}, {termijn.soort.value}")
    regels.append("Regels:")
    regels += [f"- {r.artikel}: {r.uitleg}" for r in termijn.regels]
    return "\n".join(regels)


def lijst_van_termijnen(als_json: bool) -> str:
    """All named terms with article, length, source and status."""
    rijen = [
        {
            "code": r.code,
            "naam": r.naam,
            "artikel": r.artikel,
            "duur": str(r.duur) if r.duur else None,
            "soort": r.soort.value,
            "begint": r.begint,
            "status": r.status.value,
            "bron": r.bron,
            "geldig_van": None if r.geldig_van == r.geldig_van.min else r.geldig_van.isoformat(),
            "geldig_tot": None if r.geldig_tot == r.geldig_tot.max else r.geldig_tot.isoformat(),
        }
        for r in termijntabel().regels
    ]
    if als_json:
        return json.dumps(rijen, ensure_ascii=False)
    return "\n".join(
        f"{r['code']}: {r['naam']} ({r['artikel']}), {r['duur'] or 'duur volgens besluit'}, "
        f"{r['soort']}, {r['status']}. Begint: {r['begint']}. Bron: {r['bron']}."
        + (f" Geldig tot en met {r['geldig_tot']}." if r["geldig_tot"] else "")
        + (f" Geldig vanaf {r['geldig_van']}." if r["geldig_van"] else "")
        for r in rijen
    )

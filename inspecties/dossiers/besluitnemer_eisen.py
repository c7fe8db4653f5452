"""Guards of steps that are a decision of their own and do not pass the mayor's desk: who took it was written down."""

from inspecties.dossiers.besluitnemer_keuzes import BESLIST
from inspecties.dossiers.besluitnemers import besluitnemers_van
from inspecties.dossiers.rules.besluitnemer import BEZWAAR, INTREKKING, KOSTEN, SOORTEN
from inspecties.dossiers.rules.trajectveld import dag_in_woorden
from inspecties.dossiers.trajecten import Eisvraag


def _zin(vraag: Eisvraag, soort: str) -> str | None:
    """Why this decision does not carry the step, or None."""
    if vraag.traject is None:
        return None
    rijen = [
        rij
        for rij in besluitnemers_van(vraag.sessie, vraag.actor, vraag.dossier)
        if rij.soort == soort and str(vraag.traject.uid) in rij.over
    ]
    eerder = vraag.laatste(vraag.stap.code) if vraag.stap is not None else None
    if eerder is not None:
        # Each time that the step is taken it is another decision.
        rijen = [rij for rij in rijen if rij.vastgelegd_op >= eerder.op]
    if not rijen:
        naam = SOORTEN[soort].naam.lower()
        return f"Leg eerst vast wie hierover besloot ({naam}): in dit dossier, bij 'Wie besloot'."
    besloten = rijen[-1].besloten_op
    if vraag.op_datum is not None and vraag.op_datum < besloten:
        return f"Het besluit is van {dag_in_woorden(besloten)}. Deze stap kan niet eerder zijn."
    return None


def bezwaar_door_wie(vraag: Eisvraag) -> str | None:
    """An objection that was withdrawn needs no decision."""
    beslist = vraag.gegevens.get("uitkomst") in BESLIST
    return _zin(vraag, BEZWAAR) if beslist else None


def intrekking_door_wie(vraag: Eisvraag) -> str | None:
    """Who decided can withdraw; who wrote the dossier cannot."""
    return _zin(vraag, INTREKKING)


def kosten_door_wie(vraag: Eisvraag) -> str | None:
    """Costs that were set were set by somebody (Awb 5:25)."""
    return _zin(vraag, KOSTEN) if vraag.gegevens.get("kosten") == "vastgesteld" else None


EISEN = {
    "bezwaar_door_wie": bezwaar_door_wie,
    "intrekking_door_wie": intrekking_door_wie,
    "kosten_door_wie": kosten_door_wie,
}

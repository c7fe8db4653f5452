"""Guards of tracks that closures and other decisions share. Each says in words why not, or None."""

from inspecties.core.klok import lokale_datum
from inspecties.dossiers.rules.trajectveld import dag_in_woorden
from inspecties.dossiers.trajecten import BESLUIT, Eisvraag, ongebruikt_akkoord


def besluit_akkoord(vraag: Eisvraag) -> str | None:
    """The cabinet approved, nothing has carried that out yet, and the step is not dated before it."""
    besluit = ongebruikt_akkoord(vraag.sessie, vraag.actor, vraag.dossier)
    if besluit is None:
        eerder = any(b.soort == "akkoord" for b in vraag.dossier.besluiten)
        if vraag.dossier.toestand == "voorgelegd":
            return "Het dossier ligt bij het kabinet. Deze stap kan na akkoord."
        if eerder:
            return "Hier is een nieuw akkoord van het kabinet voor nodig. Leg een vervolgbesluit voor."
        return "Het kabinet heeft nog geen akkoord gegeven. Leg het dossier eerst voor."
    dag = lokale_datum(besluit.besloten_op)
    if vraag.op_datum is not None and vraag.op_datum < dag:
        return f"Het besluit kan niet voor het akkoord van het kabinet liggen ({dag_in_woorden(dag)})."
    return None


EISEN = {BESLUIT: besluit_akkoord}

"""A reason that somebody writes: never empty, never endless."""

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.zoeken import is_op_te_slaan

MAX_REDEN = 4000


def schrijf_reden(reden: str, melding: str, veld: str = "reden") -> str:
    """The reason without white space around it. Raises OngeldigeInvoer with ``melding`` where there is none."""
    schoon = reden.strip()
    if not schoon:
        raise OngeldigeInvoer(melding, veld)
    if len(schoon) > MAX_REDEN:
        raise OngeldigeInvoer(f"Dit is te lang: hooguit {MAX_REDEN} tekens.", veld)
    if not is_op_te_slaan(schoon):
        raise OngeldigeInvoer("Er staat een teken in dat niet bewaard kan worden. Typ het opnieuw.", veld)
    return schoon

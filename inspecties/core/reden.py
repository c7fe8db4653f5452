"""A reason that somebody writes: never empty, never endless."""

from inspecties.core.fouten import OngeldigeInvoer

MAX_REDEN = 4000


def schrijf_reden(reden: str, melding: str, veld: str = "reden") -> str:
    """The reason without white space around it. Raises OngeldigeInvoer with ``melding`` where there is none."""
    schoon = reden.strip()
    if not schoon:
        raise OngeldigeInvoer(melding, veld)
    if len(schoon) > MAX_REDEN:
        raise OngeldigeInvoer(f"Dit is te lang: hooguit {MAX_REDEN} tekens.", veld)
    return schoon

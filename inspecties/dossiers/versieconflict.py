"""Somebody else changed what a form was opened on: nothing is stored, and the page shows what stands there now."""

from inspecties.core.fouten import Conflict


class Versieconflict(Conflict):
    """``staat_er``: (name, what stands there now). ``versie``: with which the next attempt starts."""

    def __init__(self, wat: str, versie: int, staat_er: list[tuple[str, str]]) -> None:
        super().__init__(f"Een collega veranderde deze {wat} net. Wat er nu staat ziet u hieronder, uw invoer ook.")
        self.versie = versie
        self.staat_er = staat_er

"""On which ground data are marked, and how that reads on a page: pure."""

from dataclasses import dataclass
from datetime import date

GRONDEN: dict[str, str] = {
    "betwist": "De persoon zegt dat de gegevens niet kloppen (art. 18 lid 1 onder a AVG)",
    "onrechtmatig": "De gegevens mochten er niet staan, maar de persoon wil dat ze blijven (art. 18 lid 1 onder b AVG)",
    "claim": "De persoon heeft de gegevens nodig voor een procedure (art. 18 lid 1 onder c AVG)",
    "bezwaar": "De persoon maakt bezwaar tegen het gebruik (art. 18 lid 1 onder d en art. 21 AVG)",
}
_KORT: dict[str, str] = {
    "betwist": "de persoon betwist de gegevens",
    "onrechtmatig": "de gegevens mochten er niet staan",
    "claim": "nodig voor een procedure van de persoon",
    "bezwaar": "de persoon maakt bezwaar tegen het gebruik",
}
MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


@dataclass(frozen=True)
class Merk:
    """A mark as it is shown beside data."""

    object_soort: str
    object_uid: str
    grond: str
    sinds: date

    @property
    def regel(self) -> str:
        dag = f"{self.sinds.day} {MAANDEN[self.sinds.month - 1]} {self.sinds.year}"
        return f"beperkt sinds {dag}: {_KORT[self.grond]}"


GEWEIGERD = (
    "Van deze gegevens is het gebruik beperkt (art. 18 AVG). Ze gaan niet naar buiten. "
    "Vraag de jurist of de beperking kan worden opgeheven."
)

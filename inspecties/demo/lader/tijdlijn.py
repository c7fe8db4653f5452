"""What happens in the demo's past, in the order in which it happened, so that the audit log reads like a year."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

Gebeurtenis = Callable[[datetime], None]


class Tijdlijn:
    """Acts by moment. An act may plan others; what is planned for a moment that has passed happens at once after it."""

    def __init__(self, tot: datetime) -> None:
        self._tot = tot
        self._rij: list[tuple[datetime, int, Gebeurtenis]] = []
        self._nummer = count()
        self._nu: datetime | None = None

    def plan(self, op: datetime, doe: Gebeurtenis) -> None:
        """Let ``doe(moment)`` happen at ``op``, or at the end of the timeline where that is later."""
        moment = min(op, self._tot)
        if self._nu is not None:
            moment = max(moment, self._nu)
        heapq.heappush(self._rij, (moment, next(self._nummer), doe))

    def speel_af(self) -> None:
        """Everything, in order; of acts at the same moment the one that was planned first."""
        while self._rij:
            self._nu, _, doe = heapq.heappop(self._rij)
            doe(self._nu)

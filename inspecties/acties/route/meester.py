"""The linear programme over routes: which mix of known routes is worth most, and what each stop and team is worth then.

Own revised simplex with an explicit inverse: a hundred rows, a few thousand columns, warm between additions.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

_EPS = 1e-10


class Meester:
    """maximise c x subject to: each stop at most once, each class at most its number of teams, x >= 0."""

    def __init__(self, aantal_stops: int, teams: list[int]) -> None:
        self.n = aantal_stops
        self.rijen = aantal_stops + len(teams)
        # Slightly unequal right-hand sides prevent cycling; only the prices are used, and those stay valid.
        ruis = np.random.default_rng(7).random(self.rijen)
        self.b: NDArray[np.float64] = np.concatenate([np.ones(aantal_stops), np.array(teams, float)]) + 1e-4 * ruis
        self.a: NDArray[np.float64] = np.zeros((self.rijen, 512))
        self.c: NDArray[np.float64] = np.zeros(512)
        self.aantal = 0
        self.basis = [-1 - i for i in range(self.rijen)]  # -1 - i: the slack of row i
        self.inv: NDArray[np.float64] = np.eye(self.rijen)
        self.draaien = 0

    def voeg_toe(self, plaatsen: tuple[int, ...], klasse: int, punten: float) -> None:
        """Add a route as a column."""
        if self.aantal == self.a.shape[1]:
            self.a = np.concatenate([self.a, np.zeros_like(self.a)], axis=1)
            self.c = np.concatenate([self.c, np.zeros_like(self.c)])
        for p in plaatsen:
            self.a[p - 1, self.aantal] = 1.0
        self.a[self.n + klasse, self.aantal] = 1.0
        self.c[self.aantal] = punten
        self.aantal += 1

    def los_op(self, werk: int, op_tijd: Callable[[], bool]) -> tuple[NDArray[np.float64], int]:
        """Prices per row (stops, then classes), none below zero, and the work it took (units as in ``Zoeker.zoek``).

        Optimal unless ``werk`` was spent or ``op_tijd`` said no: then they are prices on the way there.
        """
        kolommen = self.a[:, : self.aantal]
        kosten = self.c[: self.aantal]
        schaal = max(1.0, float(np.max(kosten, initial=1.0)))
        per_draai = 30 + self.rijen * self.aantal // 800 + self.rijen**2 // 300
        gedaan = 0
        for _ in range(20 * self.rijen + 20 * self.aantal):
            gedaan += per_draai
            cb = np.array([kosten[k] if k >= 0 else 0.0 for k in self.basis])
            y = cb @ self.inv
            winst = kosten - y @ kolommen
            beste = int(np.argmax(winst)) if self.aantal else 0
            hoogste = float(winst[beste]) if self.aantal else 0.0
            laagste = int(np.argmin(y))
            if max(hoogste, -float(y[laagste])) <= _EPS * schaal or gedaan > werk or not op_tijd():
                break
            if hoogste >= -float(y[laagste]):
                erin, richting = beste, self.inv @ kolommen[:, beste]
            else:
                erin, richting = -1 - laagste, self.inv[:, laagste].copy()
            self._draai(erin, richting)
        uit: NDArray[np.float64] = np.maximum(y, 0.0)
        return uit, gedaan

    def _draai(self, erin: int, richting: NDArray[np.float64]) -> None:
        x = self.inv @ self.b
        verhouding = np.where(richting > 1e-9, x / np.where(richting > 1e-9, richting, 1.0), np.inf)
        rij = int(np.argmin(verhouding))
        self.basis[rij] = erin
        self.draaien += 1
        if self.draaien % 150 == 0:
            self.inv = np.linalg.inv(self._basismatrix()).astype(np.float64)
            return
        spil = self.inv[rij] / richting[rij]
        self.inv -= np.outer(richting, spil)
        self.inv[rij] = spil

    def _basismatrix(self) -> NDArray[np.float64]:
        eenheid = np.eye(self.rijen)
        delen: list[Any] = [self.a[:, k] if k >= 0 else eenheid[:, -1 - k] for k in self.basis]
        uit: NDArray[np.float64] = np.column_stack(delen)
        return uit

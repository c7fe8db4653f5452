"""The port through which mail that comes in reaches the feature that can place it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask
from sqlalchemy.orm import Session

from inspecties.core.sleutelbos import Sleutelbos

SLEUTEL = "inspecties.post.verwerker"
# Larger than any reply to an invitation; a photo in a signature fits.
OMVANG_HOOGSTENS = 512 * 1024


@dataclass(frozen=True)
class Uitkomst:
    """``genomen``: it was used, or kept for the planner; else ``zin`` goes back to the sender."""

    genomen: bool
    zin: str


# (sessie, nu, bos, mail) -> what became of it; does not commit.
Verwerker = Callable[[Session, datetime, Sleutelbos, bytes], Uitkomst]


def verwerker_van(app: Flask) -> Verwerker:
    """The feature that places incoming mail."""
    return cast("Verwerker", app.extensions[SLEUTEL])

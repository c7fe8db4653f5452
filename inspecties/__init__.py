"""Inspecties: integrated inspections against exploitation. ``create_app`` is the only wiring."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from inspecties.core.klok import Klok
    from inspecties.instellingen import Instellingen

__all__ = ["create_app"]


def create_app(instellingen: "Instellingen | None" = None, klok: "Klok | None" = None) -> "Flask":
    """The application for these settings (default: from the environment)."""
    from inspecties.fabriek import maak_app  # noqa: PLC0415 - `inspecties termijn` needs none of it and must start fast

    return maak_app(instellingen, klok)

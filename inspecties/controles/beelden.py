"""Re-encoding photos of a visit: what every feature shares (``core.beelden``), under the name used here."""

from inspecties.core.beelden import MAX_PIXELS, SCHERM_PIXELS, Kopie, OnleesbaarBeeld, controleer_omvang, maak_kopie

__all__ = ["MAX_PIXELS", "SCHERM_PIXELS", "Kopie", "OnleesbaarBeeld", "controleer_omvang", "maak_kopie"]

"""Pictures of a visit: what every feature shares (``core.beelden``), under the name used here.

Making a copy is not among it: ``controles.bewijs.teken`` does that, because a copy has to show the covers that count.
"""

from inspecties.core.beelden import MAX_PIXELS, SCHERM_PIXELS, Kopie, OnleesbaarBeeld, controleer_omvang

__all__ = ["MAX_PIXELS", "SCHERM_PIXELS", "Kopie", "OnleesbaarBeeld", "controleer_omvang"]

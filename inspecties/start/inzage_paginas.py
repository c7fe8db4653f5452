"""The pages of requests of persons, on one blueprint; and the file of the audit log, on that of the log."""

from inspecties.start import auditbestanden, inzage_views, inzage_views_plekken
from inspecties.start.inzage_blauwdruk import bp

__all__ = ["auditbestanden", "bp", "inzage_views", "inzage_views_plekken"]

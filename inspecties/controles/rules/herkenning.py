"""What kind of file evidence is: what every feature shares (``core.herkenning``), under the name used here."""

from inspecties.core.herkenning import EXTENSIES, KOP_BYTES, TE_TEKENEN, mediatype_van, schone_naam

__all__ = ["EXTENSIES", "KOP_BYTES", "TE_TEKENEN", "mediatype_van", "schone_naam"]

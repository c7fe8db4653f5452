"""The store of evidence: the store that every feature shares (``core.opslag``), under the name used here."""

from inspecties.core.opslag import STUK, Opslag, naam_van, schijf, sha256_van

__all__ = ["STUK", "Opslag", "naam_van", "schijf", "sha256_van"]

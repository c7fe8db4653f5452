"""The database shared by every feature: base class, column types, scope and transaction rules."""

from inspecties.database.basis import Base, GemeenteEigendom, Model, db, metadata
from inspecties.database.bereik import bind_actor, haal, select_voor, zonder_muur
from inspecties.database.typen import Punt, UtcMoment, Vlak, geojson_punt

__all__ = [
    "Base",
    "GemeenteEigendom",
    "Model",
    "Punt",
    "UtcMoment",
    "Vlak",
    "bind_actor",
    "db",
    "geojson_punt",
    "haal",
    "metadata",
    "select_voor",
    "zonder_muur",
]

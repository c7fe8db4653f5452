"""The database shared by every feature: base class, column types, scope and transaction rules."""

from inspecties.database.basis import Base, GemeenteEigendom, Model, db, metadata
from inspecties.database.bereik import als_gemeente, bind_actor, haal, select_voor, zonder_muur
from inspecties.database.rijmuur import zonder_actor
from inspecties.database.typen import Punt, UtcMoment, Vlak, geojson_punt

__all__ = [
    "Base",
    "GemeenteEigendom",
    "Model",
    "Punt",
    "UtcMoment",
    "Vlak",
    "als_gemeente",
    "bind_actor",
    "db",
    "geojson_punt",
    "haal",
    "metadata",
    "select_voor",
    "zonder_actor",
    "zonder_muur",
]

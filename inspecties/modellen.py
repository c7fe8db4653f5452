"""Imports every module with models, so that the metadata is complete for migrations and relationships.

Found by name (``models``, ``models_x``, ``x_models``): a forgotten line cannot leave a table out of a migration.
"""

import pkgutil
from importlib import import_module

import inspecties

MODULES: tuple[str, ...] = tuple(
    sorted(
        module.name
        for module in pkgutil.walk_packages(inspecties.__path__, "inspecties.")
        if {"models"} & set(module.name.rpartition(".")[2].split("_"))
    )
)

for _naam in MODULES:
    import_module(_naam)

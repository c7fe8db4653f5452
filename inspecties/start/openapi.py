"""``GET /api/openapi.json``: one OpenAPI 3.1 document of every JSON endpoint, put together from the features' parts."""

import re
from collections.abc import Iterable
from copy import deepcopy
from functools import lru_cache
from importlib import metadata
from typing import Any

from inspecties.acties import openapi as acties
from inspecties.acties import planbord_openapi as planbord
from inspecties.checklists import openapi as checklists
from inspecties.controles import openapi as controles
from inspecties.core.rechten import MENSEN
from inspecties.gebruikers import openapi as gebruikers
from inspecties.locaties import adres_openapi as adressen
from inspecties.locaties import kaartopenapi as kaart
from inspecties.locaties import koppelingen_openapi as koppelingen
from inspecties.locaties import openapi as locaties
from inspecties.offline import openapi as offline
from inspecties.offline import openapi_delen as offline_delen
from inspecties.offline import openapi_samen as offline_samen
from inspecties.signalen import openapi as signalen


def _json(schema: dict[str, Any], uitleg: str) -> dict[str, Any]:
    return {"description": uitleg, "content": {"application/json": {"schema": schema}}}


_PROBLEEM: dict[str, Any] = {
    "description": "Er ging iets mis; detail zegt wat",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Probleem"}}},
}

SCHEMAS: dict[str, Any] = {
    "Probleem": {
        "type": "object",
        "description": "Een fout (RFC 9457). detail is Nederlands en bedoeld voor de gebruiker.",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference", "default": "about:blank"},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string"},
            "veld": {"type": "string", "description": "Over welk veld of welke parameter het gaat"},
            "code": {"type": "string", "description": "Voor programma's, zoals csrf of niet_aangemeld"},
        },
    },
    "Wie": {
        "type": "object",
        "required": ["token", "gebruiker"],
        "properties": {
            "token": {"type": "string", "description": "Voor de kop X-CSRFToken"},
            "gebruiker": {
                "type": "object",
                "required": ["id", "naam", "rol", "gemeente"],
                "properties": {
                    "id": {"type": "string", "format": "uuid"},
                    "naam": {"type": "string"},
                    "rol": {"enum": sorted(rol.value for rol in MENSEN)},
                    "gemeente": {"type": "string"},
                },
            },
        },
    },
    "Gezondheid": {
        "type": "object",
        "required": ["status", "database", "versie"],
        "properties": {
            "status": {"const": "ok"},
            "database": {"enum": ["spatialite", "postgis"]},
            "versie": {"type": "string"},
        },
    },
}

PADEN: dict[str, Any] = {
    "/api/csrf": {
        "get": {
            "summary": "Wie er is aangemeld, en het token om mee te sturen",
            "operationId": "csrf",
            "responses": {
                "200": _json({"$ref": "#/components/schemas/Wie"}, "Hoort bij deze sessie"),
                "401": _PROBLEEM,
            },
        }
    },
    "/api/openapi.json": {
        "get": {
            "summary": "Deze beschrijving",
            "operationId": "openapi",
            "security": [],
            "responses": {"200": _json({"type": "object"}, "OpenAPI 3.1")},
        }
    },
    "/gezond": {
        "get": {
            "summary": "Of de dienst leeft",
            "operationId": "gezond",
            "security": [],
            "responses": {"200": _json({"$ref": "#/components/schemas/Gezondheid"}, "De database antwoordt")},
        }
    },
}

# (paths, schemas) of each part; a feature with JSON endpoints adds its own here.
DELEN: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    (PADEN, SCHEMAS),
    (locaties.PADEN, locaties.SCHEMAS),
    (kaart.PADEN, kaart.SCHEMAS),
    (adressen.PADEN, adressen.SCHEMAS),
    (koppelingen.PADEN, koppelingen.SCHEMAS),
    (signalen.PADEN, signalen.SCHEMAS),
    (acties.PADEN, acties.SCHEMAS),
    (planbord.PADEN, planbord.SCHEMAS),
    (checklists.PADEN, checklists.SCHEMAS),
    (controles.PADEN, controles.SCHEMAS),
    (gebruikers.PADEN, gebruikers.SCHEMAS),
    (offline.PADEN, offline.SCHEMAS),
    (offline_delen.PADEN, offline_delen.SCHEMAS),
    (offline_samen.PADEN, offline_samen.SCHEMAS),
)


def voeg_samen(delen: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """One dictionary; raises ValueError when two parts describe the same name differently."""
    uit: dict[str, Any] = {}
    for deel in delen:
        for naam, inhoud in deel.items():
            if naam in uit and uit[naam] != inhoud:
                raise ValueError(f"{naam} is described twice, and differently")
            uit[naam] = inhoud
    return uit


def _naam_van(methode: str, pad: str) -> str:
    woorden = re.findall(r"[a-z]+", pad.removeprefix("/api"))
    return methode + "".join(woord.capitalize() for woord in woorden)


def _poort(pad: str, werking: dict[str, Any]) -> dict[str, Any]:
    """What the gate and the server themselves may answer at an operation, before its view has a say."""
    codes = ["400", "413", "429", "503"]
    if werking.get("security") != []:
        codes += ["401", "403"]
    if "{" in pad:
        codes.append("404")
    if "requestBody" in werking:
        codes.append("415")
    if "requestBody" in werking or werking.get("parameters"):
        codes.append("422")
    return dict.fromkeys(codes, _PROBLEEM)


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The whole description."""
    paden = deepcopy(voeg_samen(paden for paden, _ in DELEN))
    for pad, methoden in paden.items():
        for methode, werking in methoden.items():
            werking.setdefault("operationId", _naam_van(methode, pad))
            werking["responses"] = dict(sorted((_poort(pad, werking) | werking["responses"]).items()))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Inspecties",
            "version": metadata.version("inspecties"),
            "description": "Sessie via /aanmelden. Wie iets wijzigt, stuurt het token van /api/csrf mee.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/"}],
        "security": [{"sessie": []}],
        "paths": dict(sorted(paden.items())),
        "components": {
            "schemas": dict(sorted(voeg_samen(schemas for _, schemas in DELEN).items())),
            "securitySchemes": {"sessie": {"type": "apiKey", "in": "cookie", "name": "inspecties"}},
        },
    }

"""OpenAPI 3.1 of the network of linked locations."""

from typing import Any

from inspecties.locaties.openapi import probleem
from inspecties.locaties.rules.status import STATUSNAMEN

SCHEMAS: dict[str, Any] = {
    "Gekoppeldelocatie": {
        "type": "object",
        "required": [
            "id",
            "naam",
            "adres",
            "type_naam",
            "status",
            "status_naam",
            "laatste_bezoek",
            "url",
            "nummer",
            "hier",
        ],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "naam": {"type": "string"},
            "adres": {"type": "string"},
            "type_naam": {"type": "string"},
            "status": {"enum": list(STATUSNAMEN)},
            "status_naam": {"type": "string"},
            "laatste_bezoek": {"type": ["string", "null"], "format": "date"},
            "url": {"type": "string", "description": "Pagina van de locatie"},
            "nummer": {"type": "integer", "minimum": 1, "description": "Zoals in het plaatje en de tabel"},
            "hier": {"type": "boolean", "description": "Of het om deze locatie ging"},
        },
    },
    "Koppelingsnet": {
        "type": "object",
        "description": "GeoJSON FeatureCollection (RFC 7946, EPSG:4326): lijnen tussen locaties en de locaties zelf. "
        "Zonder de gedeelde waarden.",
        "required": ["type", "features", "totaal"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "totaal": {"type": "integer", "description": "Aantal locaties"},
            "features": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["type", "geometry", "properties"],
                    "properties": {
                        "type": {"const": "Feature"},
                        "id": {"type": "string", "format": "uuid"},
                        "geometry": {"type": "object"},
                        "properties": {
                            "anyOf": [
                                {"$ref": "#/components/schemas/Gekoppeldelocatie"},
                                {
                                    "type": "object",
                                    "required": ["soorten", "zwak", "sinds"],
                                    "properties": {
                                        "soorten": {"type": "array", "items": {"type": "string"}},
                                        "zwak": {"type": "boolean", "description": "Kan toeval zijn"},
                                        "sinds": {"type": "string", "format": "date"},
                                    },
                                },
                            ]
                        },
                    },
                },
            },
        },
    },
}

PADEN: dict[str, Any] = {
    "/api/locaties/{uid}/koppelingen": {
        "get": {
            "summary": "De locaties die met deze iets delen, tot drie stappen ver, met lijnen ertussen",
            "operationId": "koppelingen",
            "parameters": [
                {"name": "uid", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
            ],
            "responses": {
                "200": {
                    "description": "Het net",
                    "content": {"application/geo+json": {"schema": {"$ref": "#/components/schemas/Koppelingsnet"}}},
                },
                "401": probleem("Niet aangemeld"),
                "403": probleem("Geen recht om koppelingen te zien"),
                "404": probleem("De locatie bestaat niet, of u mag haar niet zien"),
            },
        }
    }
}

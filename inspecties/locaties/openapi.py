"""OpenAPI 3.1 of the map's endpoints."""

from typing import Any

from inspecties.locaties.kaartlagen import BEZOEKSTANDEN
from inspecties.locaties.rules.prioriteit_woorden import BANDEN
from inspecties.locaties.rules.status import STATUSNAMEN


def param(naam: str, uitleg: str, schema: dict[str, Any], *, verplicht: bool = False) -> dict[str, Any]:
    return {"name": naam, "in": "query", "required": verplicht, "description": uitleg, "schema": schema}


def probleem(uitleg: str) -> dict[str, Any]:
    """An answer that is an error (RFC 9457)."""
    return {
        "description": uitleg,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Probleem"}}},
    }


def geojson(schema: str, uitleg: str) -> dict[str, Any]:
    inhoud = {"application/geo+json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": uitleg, "content": inhoud}


FOUTEN = {
    "401": probleem("Niet aangemeld"),
    "403": probleem("Geen recht om locaties te zien"),
    "422": probleem("Een parameter klopt niet; `veld` noemt welke"),
}

SCHEMAS: dict[str, Any] = {
    "Locatiekenmerken": {
        "type": "object",
        "required": [
            "id",
            "naam",
            "adres",
            "type",
            "type_naam",
            "status",
            "status_naam",
            "laatste_bezoek",
            "bezoekstand",
            "url",
        ],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "naam": {"type": "string"},
            "adres": {"type": "string"},
            "type": {"type": "string", "description": "Code van het locatietype"},
            "type_naam": {"type": "string"},
            "status": {"enum": list(STATUSNAMEN)},
            "status_naam": {"type": "string"},
            "laatste_bezoek": {"type": ["string", "null"], "format": "date"},
            "bezoekstand": {"enum": list(BEZOEKSTANDEN), "description": "Tegen de bezoektermijn van het type"},
            "bezoekstand_naam": {"type": "string"},
            "prioriteit": {"enum": [*BANDEN, None], "description": "Leeg waar nog geen score is berekend"},
            "prioriteit_naam": {"type": ["string", "null"]},
            "prioriteit_waarom": {"type": "string", "description": "De onderdelen die het zwaarst wegen"},
            "url": {"type": "string", "description": "Pagina van de locatie"},
        },
    },
    "Tros": {
        "type": "object",
        "description": "Meer locaties bij elkaar op een lage zoom",
        "required": ["tros", "aantal"],
        "properties": {"tros": {"const": True}, "aantal": {"type": "integer", "minimum": 2}},
    },
    "Locatieverzameling": {
        "type": "object",
        "description": "GeoJSON FeatureCollection (RFC 7946, EPSG:4326) van punten",
        "required": ["type", "features", "totaal"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "totaal": {
                "type": "integer",
                "description": "Aantal locaties in het vak; boven de 3000 geteld per rastercel",
            },
            "volledig": {"type": "boolean", "description": "false: het filter past op te veel locaties om te tellen"},
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
                                {"$ref": "#/components/schemas/Locatiekenmerken"},
                                {"$ref": "#/components/schemas/Tros"},
                            ]
                        },
                    },
                },
            },
        },
    },
    "Kaartachtergrond": {
        "type": "object",
        "description": "GeoJSON FeatureCollection; `laag` van elk feature zegt hoe het getekend wordt",
        "required": ["type", "features"],
        "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array"}},
    },
}

# What narrows a selection of locations, in every question about them.
FILTER = [
    param("type", "Code van een locatietype; mag vaker", {"type": "array", "items": {"type": "string"}}),
    param("status", "Status; mag vaker", {"type": "array", "items": {"enum": list(STATUSNAMEN)}}),
    param("prioriteit", "Prioriteit; mag vaker", {"type": "array", "items": {"enum": list(BANDEN)}}),
    param("zoek", "Woorden uit naam of adres", {"type": "string", "maxLength": 100}),
    param("niet_bezocht_maanden", "Niet bezocht in zoveel maanden", {"type": "integer", "minimum": 1, "maximum": 120}),
]

PADEN: dict[str, Any] = {
    "/api/locaties": {
        "get": {
            "summary": "Risicolocaties in een vak, in trossen bij lage zoom",
            "operationId": "locaties",
            "parameters": [
                param(
                    "bbox",
                    "minx,miny,maxx,maxy in graden",
                    {"type": "string", "examples": ["5.1,52.4,5.4,52.6"]},
                    verplicht=True,
                ),
                param(
                    "zoom",
                    "Zoomniveau; vanaf 17, of zonder deze parameter, komt elke locatie los",
                    {"type": "integer", "minimum": 0, "maximum": 30},
                ),
                param("limiet", "Hooguit zoveel losse locaties", {"type": "integer", "minimum": 1, "maximum": 2000}),
                *FILTER,
            ],
            "responses": {"200": geojson("Locatieverzameling", "De locaties en trossen"), **FOUTEN},
        }
    },
    "/api/achtergrond": {
        "get": {
            "summary": "De getekende achtergrond van de kaart van de gemeente",
            "operationId": "achtergrond",
            "responses": {
                "200": geojson("Kaartachtergrond", "De achtergrond; leeg waar de gemeente er geen heeft"),
                "304": {"description": "Niet gewijzigd sinds de ETag in If-None-Match"},
                "401": FOUTEN["401"],
                "403": FOUTEN["403"],
            },
        }
    },
}

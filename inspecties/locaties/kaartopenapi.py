"""OpenAPI 3.1 of the map's tools."""

from typing import Any

from inspecties.locaties.openapi import FILTER, FOUTEN, geojson, param, probleem
from inspecties.locaties.rules.gebied import GEBIEDSOORTEN


def _vlakken(eigenschappen: dict[str, Any], uitleg: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": uitleg,
        "required": ["type", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["type", "geometry", "properties"],
                    "properties": {
                        "type": {"const": "Feature"},
                        "geometry": {"type": "object"},
                        "properties": {
                            "type": "object",
                            "required": list(eigenschappen),
                            "properties": eigenschappen,
                        },
                    },
                },
            },
        },
    }


SCHEMAS: dict[str, Any] = {
    "Gebieden": _vlakken(
        {
            "id": {"type": "string", "format": "uuid"},
            "soort": {"enum": list(GEBIEDSOORTEN)},
            "soort_naam": {"type": "string"},
            "naam": {"type": "string"},
        },
        "Actiegebieden en wijken als vlakken (EPSG:4326)",
    ),
    "Locatieblik": {
        "type": "object",
        "required": ["score", "delen", "gebeurtenissen"],
        "properties": {
            "score": {"type": "string", "description": "Punten, zoals '41' of '12,5'"},
            "delen": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["code", "naam", "punten", "begin", "breedte"],
                    "properties": {
                        "code": {"type": "string"},
                        "naam": {"type": "string"},
                        "punten": {"type": "string"},
                        "begin": {"type": "integer", "description": "Plaats op de balk in duizendsten"},
                        "breedte": {"type": "integer", "description": "Lengte op de balk in duizendsten"},
                    },
                },
            },
            "gebeurtenissen": {
                "type": "array",
                "maxItems": 3,
                "items": {
                    "type": "object",
                    "required": ["dag", "titel"],
                    "properties": {"dag": {"type": "string", "format": "date"}, "titel": {"type": "string"}},
                },
            },
        },
    },
    "Signaalwarmte": _vlakken(
        {
            "klasse": {"type": "integer", "minimum": 0, "maximum": 3},
            "tekst": {"type": "string", "description": "Het aantal in een klasse, zoals '5 tot 9 signalen'"},
        },
        "Vakken met minstens 5 signalen op minstens 3 adressen in het laatste jaar; stillere vakken ontbreken",
    ),
}

PADEN: dict[str, Any] = {
    "/api/kaart/dichtstbij": {
        "get": {
            "summary": "De locaties die het dichtst bij een punt liggen, met afstand_m in meters",
            "operationId": "dichtstbij",
            "parameters": [
                param("punt", "Lengtegraad,breedtegraad", {"type": "string", "examples": ["5.2,52.5"]}, verplicht=True),
                param("aantal", "Hoeveel; 10 als het ontbreekt", {"type": "integer", "minimum": 1, "maximum": 50}),
                *FILTER,
            ],
            "responses": {"200": geojson("Locatieverzameling", "De dichtstbijzijnde eerst"), **FOUTEN},
        }
    },
    "/api/kaart/locatie/{uid}": {
        "get": {
            "summary": "De score met haar delen en de laatste gebeurtenissen van een locatie",
            "operationId": "kaartlocatie",
            "parameters": [
                {
                    "name": "uid",
                    "in": "path",
                    "required": True,
                    "description": "De locatie",
                    "schema": {"type": "string", "format": "uuid"},
                }
            ],
            "responses": {
                "200": {
                    "description": "Wat het kaartje toont",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Locatieblik"}}},
                },
                **FOUTEN,
            },
        }
    },
    "/api/kaart/selectie": {
        "get": {
            "summary": "De locaties in een gebied, op naam, hooguit 200",
            "operationId": "kaartselectie",
            "parameters": [
                param("vlak", "Hoeken als lon,lat met puntkomma's ertussen, 3 tot 100", {"type": "string"}),
                param("midden", "Midden van een cirkel: lon,lat", {"type": "string"}),
                param("straal", "Straal in meters", {"type": "integer", "minimum": 10, "maximum": 20000}),
                param("gebied", "Een bewaard gebied", {"type": "string", "format": "uuid"}),
                *FILTER,
            ],
            "responses": {
                "200": geojson("Locatieverzameling", "De locaties, met zin, te_veel en vlak"),
                "404": probleem("Het gebied bestaat niet, of is van een andere gemeente"),
                **FOUTEN,
            },
        }
    },
    "/api/kaart/gebieden": {
        "get": {
            "summary": "Actiegebieden en wijken",
            "operationId": "kaartgebieden",
            "responses": {"200": geojson("Gebieden", "De gebieden"), "401": FOUTEN["401"], "403": FOUTEN["403"]},
        }
    },
    "/api/kaart/signaalwarmte": {
        "get": {
            "summary": "Waar signalen vandaan komen, in vakken die niemand aanwijzen",
            "operationId": "signaalwarmte",
            "responses": {"200": geojson("Signaalwarmte", "De vakken"), "401": FOUTEN["401"], "403": FOUTEN["403"]},
        }
    },
}

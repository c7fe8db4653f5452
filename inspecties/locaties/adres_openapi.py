"""OpenAPI 3.1 of the address search."""

from typing import Any

from inspecties.locaties.adreszoeken import MAX_LIMIET, MAX_TEKENS
from inspecties.locaties.openapi import probleem


def _json(schema: str, uitleg: str) -> dict[str, Any]:
    inhoud = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": uitleg, "content": inhoud}


_TEKST = {"type": "string"}
_FOUTEN = {"401": probleem("Niet aangemeld"), "403": probleem("Geen recht om adressen te zoeken")}

SCHEMAS: dict[str, Any] = {
    "Adres": {
        "type": "object",
        "description": "Een adres met de velden van de BAG. `volledig` is false bij een suggestie van een andere bron; "
        "dan zijn alleen `id` en `weergave` bekend en geeft /api/adressen/{sleutel} de rest.",
        "required": ["id", "weergave", "volledig"],
        "properties": {
            "id": {"type": "string", "description": "Om het adres later op te halen"},
            "weergave": {"type": "string", "examples": ["Dorpsstraat 12A, 8291 AB Markerdam"]},
            "volledig": {"type": "boolean"},
            "straat": _TEKST,
            "huisnummer": {"type": "integer"},
            "huisletter": _TEKST,
            "huisnummertoevoeging": _TEKST,
            "nummer": {"type": "string", "description": "Huisnummer met letter en toevoeging"},
            "postcode": _TEKST,
            "woonplaats": _TEKST,
            "nummeraanduiding_id": _TEKST,
            "verblijfsobject_id": _TEKST,
            "gebruiksdoel": _TEKST,
            "oppervlakte_m2": {"type": ["integer", "null"]},
            "x": {"type": "number", "description": "EPSG:28992, meters"},
            "y": {"type": "number", "description": "EPSG:28992, meters"},
            "lon": {"type": "number", "description": "EPSG:4326, graden"},
            "lat": {"type": "number", "description": "EPSG:4326, graden"},
        },
    },
    "Adreslijst": {
        "type": "object",
        "required": ["adressen", "bron", "melding"],
        "properties": {
            "adressen": {"type": "array", "items": {"$ref": "#/components/schemas/Adres"}},
            "bron": {"enum": ["eigen", "pdok"]},
            "melding": {"type": "string", "description": "Wat de gebruiker over de bron moet weten; meestal leeg"},
        },
    },
}

PADEN: dict[str, Any] = {
    "/api/adressen": {
        "get": {
            "summary": "Adressen van de eigen gemeente die passen bij wat is getypt, de beste eerst",
            "operationId": "adressen",
            "parameters": [
                {
                    "name": "zoek",
                    "in": "query",
                    "required": True,
                    "description": "Straat, nummer, postcode en plaats in elke volgorde; typefouten mogen",
                    "schema": {"type": "string", "maxLength": MAX_TEKENS},
                },
                {
                    "name": "limiet",
                    "in": "query",
                    "required": False,
                    "description": "Hooguit zoveel adressen",
                    "schema": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIET, "default": 10},
                },
            ],
            "responses": {
                "200": _json("Adreslijst", "De adressen; leeg als er te weinig is getypt"),
                "422": probleem("De limiet klopt niet"),
                **_FOUTEN,
            },
        }
    },
    "/api/adressen/{sleutel}": {
        "get": {
            "summary": "Een adres met alle gegevens",
            "operationId": "adres",
            "parameters": [
                {
                    "name": "sleutel",
                    "in": "path",
                    "required": True,
                    "description": "De `id` uit de zoeklijst",
                    "schema": {"type": "string"},
                }
            ],
            "responses": {
                "200": _json("Adres", "Het adres"),
                "404": probleem("Het adres bestaat niet, of is van een andere gemeente"),
                **_FOUTEN,
            },
        }
    },
}

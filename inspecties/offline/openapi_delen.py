"""OpenAPI 3.1 of what a tablet fetches after the pack."""

from typing import Any

from inspecties.offline.openapi import FOUTEN, MOMENT, SHA256, UID, UUID_, _json, _probleem, _ref, _vast

_DATUM = {"name": "datum", "in": "query", "schema": {"type": "string", "format": "date"}}
_GETAL = {"type": "integer", "minimum": 0}


def _plek(naam: str) -> dict[str, Any]:
    return {"name": naam, "in": "path", "required": True, "schema": _GETAL}


SCHEMAS: dict[str, Any] = {
    "EerdereFoto": _vast(
        sha256=SHA256,
        datum={"type": "string", "format": "date"},
        bijschrift={"type": "string"},
        gelakt={"type": "boolean", "description": "De kopie waarop iets is afgedekt"},
        soort={"const": "image/jpeg"},
        beeld={"type": "string", "contentEncoding": "base64"},
    ),
    "Veldbriefing": _vast(
        versie={"type": "integer", "minimum": 1},
        gemaakt_op=MOMENT,
        wijzigingen={"type": "array", "items": {"type": "string"}},
        inhoud={"type": "object", "description": "Het deel voor deze ploeg en organisatie, zonder de stops"},
    ),
}

PADEN: dict[str, Any] = {
    "/api/veld/tegels/{z}/{x}/{y}": {
        "get": {
            "summary": "Een stuk van de kaart rond de eigen stops van een dag",
            "parameters": [_plek("z"), _plek("x"), _plek("y"), _DATUM],
            "responses": FOUTEN
            | {
                "200": {
                    "description": "Het stuk",
                    "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}},
                },
                "404": _probleem("Geen tegeldienst, niet bij uw stops, of daar is geen kaart"),
                "502": _probleem("De tegeldienst antwoordt niet"),
            },
        }
    },
    "/api/stops/{uid}/eerdere-fotos": {
        "get": {
            "summary": "Kleine kopieën van foto's van eerdere bezoeken aan deze plek",
            "parameters": [UID, _DATUM],
            "responses": FOUTEN
            | {
                "200": _json(
                    _vast(stop=UUID_, fotos={"type": "array", "maxItems": 6, "items": _ref("EerdereFoto")}),
                    "Hoogstens zes; leeg voor wie eerdere uitkomsten niet mag zien",
                ),
                "404": _probleem("Geen stop van u op deze dag"),
            },
        }
    },
}

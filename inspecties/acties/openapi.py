"""OpenAPI 3.1 of the progress of an action."""

from typing import Any

from inspecties.acties.rules.toestanden import ACTIE_TABEL, STOP_TABEL

_UUID: dict[str, Any] = {"type": "string", "format": "uuid"}
_MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}
_AANTAL: dict[str, Any] = {"type": "integer", "minimum": 0}

_STAND: dict[str, Any] = {
    "toestand": {"enum": list(STOP_TABEL.namen)},
    "toestand_naam": {"type": "string"},
    "toon": {"enum": ["", "actief", "goed", "let-op", "fout"]},
}


def _probleem(uitleg: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Probleem"}
    return {"description": uitleg, "content": {"application/problem+json": {"schema": schema}}}


SCHEMAS: dict[str, Any] = {
    "Voortgang": {
        "type": "object",
        "description": "Hoe ver een actie is. Partners en inspecteurs krijgen alleen de stops van hun eigen ploeg.",
        "required": [
            *("id", "stand", "toestand", "toestand_naam", "totaal", "klaar", "tellingen", "bijgewerkt_op", "stops"),
        ],
        "properties": {
            "id": _UUID,
            "stand": {
                "type": "string",
                "description": "Anders zodra er iets veranderd is; ook het Last-Event-ID van de gebeurtenissen.",
            },
            "toestand": {"enum": list(ACTIE_TABEL.namen)},
            "toestand_naam": {"type": "string"},
            "totaal": _AANTAL,
            "klaar": _AANTAL,
            "tellingen": {
                "type": "array",
                "description": "Alleen standen die voorkomen, in de volgorde van het werk",
                "items": {
                    "type": "object",
                    "required": ["toestand", "toestand_naam", "toon", "aantal"],
                    "properties": {**_STAND, "aantal": _AANTAL},
                },
            },
            "bijgewerkt_op": _MOMENT,
            "stops": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "volgorde", "ploeg", "toestand", "toestand_naam", "toon", "sinds"],
                    "properties": {
                        "id": _UUID,
                        "volgorde": _AANTAL,
                        "ploeg": {"type": ["string", "null"]},
                        **_STAND,
                        "sinds": {"anyOf": [_MOMENT, {"type": "null"}]},
                    },
                },
            },
        },
    }
}

PADEN: dict[str, Any] = {
    "/api/acties/{uid}/voortgang": {
        "get": {
            "summary": "De voortgang van een actie",
            "operationId": "actieVoortgang",
            "parameters": [{"name": "uid", "in": "path", "required": True, "schema": _UUID}],
            "responses": {
                "200": {
                    "description": "De stand van de actie en van elke stop die u mag zien",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Voortgang"}}},
                },
                "401": _probleem("Niet aangemeld"),
                "403": _probleem("Uw rol mag geen acties zien"),
                "404": _probleem("Deze actie bestaat niet, of u mag hem niet zien"),
            },
        }
    }
}

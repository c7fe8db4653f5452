"""OpenAPI 3.1 of the planning board."""

from typing import Any

_UUID: dict[str, Any] = {"type": "string", "format": "uuid"}
_MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}


def _json(schema: str, uitleg: str) -> dict[str, Any]:
    ref = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": uitleg, "content": {"application/json": {"schema": ref}}}


def _probleem(uitleg: str, schema: str = "Probleem") -> dict[str, Any]:
    ref = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": uitleg, "content": {"application/problem+json": {"schema": ref}}}


_UID = [{"name": "uid", "in": "path", "required": True, "schema": _UUID}]
_MIS = {"403": _probleem("Uw rol plant geen acties"), "404": _probleem("Deze actie bestaat niet voor u")}
_STOP = {"id": _UUID, "adres": {"type": "string"}}

SCHEMAS: dict[str, Any] = {
    "Planbord": {
        "type": "object",
        "description": "Het plan met de tijden en wat het breekt. html: hetzelfde bord voor op het scherm.",
        "required": ["versie", "ploegen", "niet_gepland", "breuken", "html"],
        "properties": {
            "versie": {"type": "integer"},
            "gedaan": {"type": "string"},
            "html": {"type": "string"},
            "ploegen": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "naam", "terug", "pauze", "stops"],
                    "properties": {
                        "id": _UUID,
                        "naam": {"type": "string"},
                        "terug": _MOMENT,
                        "pauze": {"type": ["array", "null"], "items": _MOMENT},
                        "stops": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["id", "adres", "aankomst", "begin", "vertrek", "vast"],
                                "properties": {
                                    **_STOP,
                                    "aankomst": _MOMENT,
                                    "begin": _MOMENT,
                                    "vertrek": _MOMENT,
                                    "vast": {"type": "boolean"},
                                },
                            },
                        },
                    },
                },
            },
            "niet_gepland": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "adres", "reden"],
                    "properties": {**_STOP, "reden": {"type": "string"}},
                },
            },
            "breuken": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["code", "ploeg", "stop", "zin"],
                    "properties": {
                        "code": {"enum": ["uren", "dienst", "pauze", "vast", "venster", "bevoegdheid", "partner_max"]},
                        "ploeg": _UUID,
                        "stop": {"type": ["string", "null"], "format": "uuid"},
                        "zin": {"type": "string"},
                    },
                },
            },
        },
    },
    "Planzet": {
        "type": "object",
        "required": ["versie", "soort"],
        "properties": {
            "versie": {"type": "integer", "description": "De versie die u zag"},
            "soort": {"enum": ["verplaats", "uit", "vast", "los", "ongedaan", "tijden"]},
            "stop": _UUID,
            "ploeg": {"type": ["string", "null"], "format": "uuid"},
            "plek": {"type": ["integer", "null"], "minimum": 1, "description": "Leeg: achteraan"},
            "minuut": {
                "type": ["integer", "null"],
                "description": "Neergezet op dit punt van de tijdas; de plek volgt daaruit",
            },
            "tijd": {"type": ["string", "null"], "description": "Niet eerder dan, zoals 19:30"},
        },
    },
    "Planconflict": {
        "allOf": [{"$ref": "#/components/schemas/Probleem"}],
        "type": "object",
        "required": ["bord", "gevraagd"],
        "properties": {
            "bord": {"$ref": "#/components/schemas/Planbord"},
            "gevraagd": {"type": "object", "description": "Wat u stuurde"},
        },
    },
    "Planzoektocht": {
        "type": "object",
        "required": ["stand", "fase", "melding", "seconden"],
        "properties": {
            "stand": {"enum": ["geen", "bezig", "klaar", "gestopt", "mislukt"]},
            "fase": {"type": "string"},
            "melding": {"type": "string"},
            "seconden": {"type": "number"},
        },
    },
}

PADEN: dict[str, Any] = {
    "/api/acties/{uid}/planbord": {
        "get": {
            "summary": "Het planbord van een actie",
            "tags": ["acties"],
            "parameters": _UID,
            "responses": {"200": _json("Planbord", "Het bord"), **_MIS},
        },
        "post": {
            "summary": "Een stop verplaatsen, vastzetten of losmaken, of de laatste zet terugdraaien",
            "tags": ["acties"],
            "parameters": _UID,
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Planzet"}}},
            },
            "responses": {
                "200": _json("Planbord", "Het bord na de zet, met wat het breekt"),
                "409": _probleem("Het plan is intussen gewijzigd of ligt vast; met beide versies", "Planconflict"),
                "422": _probleem("Wat u stuurde kan niet"),
                **_MIS,
            },
        },
    },
    "/api/acties/{uid}/planbord/zoektocht": {
        "get": {
            "summary": "Hoe ver het zoeken naar een plan is",
            "tags": ["acties"],
            "parameters": _UID,
            "responses": {"200": _json("Planzoektocht", "De laatste zoektocht"), **_MIS},
        }
    },
}

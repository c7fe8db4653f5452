"""OpenAPI 3.1 of trying out a checklist version."""

from typing import Any

_UUID: dict[str, Any] = {"type": "string", "format": "uuid"}
_NAMEN: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
_PAD: dict[str, Any] = {
    "name": "uid",
    "in": "path",
    "required": True,
    "schema": _UUID,
    "description": "De versie van de checklist",
}


def _problemen(*codes: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Probleem"}
    uitleg = {
        "400": "Geen JSON, of een verkeerd token",
        "401": "Niet aangemeld",
        "403": "Geen recht",
        "404": "Er is geen versie met dit uid",
        "413": "Te groot",
        "422": "De antwoorden passen niet bij het formulier; detail noemt de vraag",
    }
    return {
        code: {"description": uitleg[code], "content": {"application/problem+json": {"schema": schema}}}
        for code in codes
    }


def _goed(schema: str, uitleg: str) -> dict[str, Any]:
    return {
        "description": uitleg,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


SCHEMAS: dict[str, Any] = {
    "Checklistversie": {
        "type": "object",
        "required": ["id", "versie", "definitie", "norm_m2_pp", "vandaag", "uitleg"],
        "properties": {
            "id": _UUID,
            "versie": {"type": "string"},
            "definitie": {"type": "object", "description": "De gecompileerde checklist (Definitie)"},
            "norm_m2_pp": {"type": ["number", "null"], "description": "Norm van de gemeente, m2 per persoon"},
            "vandaag": {"type": "string", "format": "date"},
            "uitleg": {
                "type": "object",
                "description": "Per vraag in woorden wanneer zij geldt en wanneer haar gevolg volgt",
                "additionalProperties": {
                    "type": "object",
                    "properties": {
                        naam: {"type": "string"} for naam in ("relevant", "gevolg", "relevant_regel", "gevolg_regel")
                    },
                },
            },
        },
    },
    "Proef": {
        "type": "object",
        "required": ["context"],
        "properties": {
            "antwoorden": {"type": "object", "description": "Vraag: antwoord; een herhaling is een lijst van objecten"},
            "context": {
                "type": "object",
                "required": ["nu"],
                "properties": {
                    "nu": {"type": "string", "description": "Moment met tijdzone: 2026-11-21T18:00:00+01:00"},
                    "vandaag": {"type": "string", "format": "date"},
                    "taal": {"type": "string"},
                },
            },
            "bewijs": {
                "type": ["object", "null"],
                "description": "Vraag, in een herhaling kamers[1]/kamer_foto: het bewijs dat eraan hangt",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "foto": {"type": "integer", "minimum": 0},
                        "toelichting": {"type": "boolean"},
                    },
                },
            },
        },
    },
    "Uitkomst": {
        "type": "object",
        "required": ["relevant", "verplicht_leeg", "ongeldig", "berekend", "voorstellen"],
        "properties": {
            "relevant": {"type": "object"},
            "verplicht_leeg": _NAMEN,
            "ongeldig": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["vraag", "melding"],
                    "properties": {"vraag": {"type": "string"}, "melding": {"type": "string"}},
                },
            },
            "berekend": {"type": "object"},
            "voorstellen": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["gevolg", "grondslag", "vragen", "ontbreekt"],
                    "properties": {
                        "gevolg": {"type": "string"},
                        "grondslag": {"type": "string"},
                        "vragen": _NAMEN,
                        "ontbreekt": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["vraag", "bewijs"],
                                "properties": {"vraag": {"type": "string"}, "bewijs": {"type": "string"}},
                            },
                        },
                        "hard": {"type": "boolean"},
                        "indicatoren": {"type": "integer"},
                    },
                },
            },
        },
    },
}

PADEN: dict[str, Any] = {
    "/api/checklists/versies/{uid}": {
        "get": {
            "summary": "Een versie van een checklist, om te bekijken en uit te proberen",
            "parameters": [_PAD],
            "responses": {"200": _goed("Checklistversie", "De versie"), **_problemen("401", "403", "404")},
        }
    },
    "/api/checklists/versies/{uid}/evaluatie": {
        "post": {
            "summary": "Rekent antwoorden door met de rekenaar van de server. Er wordt niets bewaard.",
            "parameters": [_PAD],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Proef"}}},
            },
            "responses": {
                "200": _goed("Uitkomst", "Als inspecties checklist evalueer, met het bewijs dat nog ontbreekt"),
                **_problemen("400", "401", "403", "404", "413", "422"),
            },
        }
    },
}

"""OpenAPI 3.1 of sending a signal from a device."""

from typing import Any

from inspecties.signalen.melden_invoer import TEKSTEN, VINKJES
from inspecties.signalen.rules.indeling import BRONNEN, CONTROLE, URGENTIES, VORMEN
from inspecties.signalen.rules.indicatoren import INDICATOREN

_KEUZES: dict[str, list[str]] = {
    "vorm": list(VORMEN),
    "bron": [code for code in BRONNEN if code != CONTROLE],
    "urgentie": list(URGENTIES),
}


def _veld(naam: str, hoogstens: int) -> dict[str, Any]:
    if naam == "datum":
        return {"type": "string", "format": "date"}
    return {"type": "string", "enum": _KEUZES[naam]} if naam in _KEUZES else {"type": "string", "maxLength": hoogstens}


def _probleem(uitleg: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Probleem"}
    return {"description": uitleg, "content": {"application/problem+json": {"schema": schema}}}


SCHEMAS: dict[str, Any] = {
    "Signaalinzending": {
        "type": "object",
        "additionalProperties": False,
        "required": ["op_id", "tekst", "waar", "datum", "vorm", "bron", "urgentie"],
        "properties": {
            "op_id": {"type": "string", "format": "uuid", "description": "UUIDv7; twee keer sturen is een keer melden"},
            **{naam: _veld(naam, hoogstens) for naam, hoogstens in TEKSTEN.items()},
            "indicatoren": {"type": "array", "items": {"type": "string", "enum": list(INDICATOREN)}},
            **{naam: {"type": "boolean", "default": False} for naam in VINKJES},
        },
    },
    "Signaalontvangst": {
        "type": "object",
        "required": ["op_id", "hash", "nummer"],
        "properties": {
            "op_id": {"type": "string", "format": "uuid"},
            "hash": {
                "type": "string",
                "pattern": "^[0-9a-f]{64}$",
                "description": "SHA-256 van de canonieke JSON (RFC 8785) zonder op_id; wat ontbreekt telt als leeg",
            },
            "nummer": {"type": "string", "description": "Het nummer van het signaal"},
        },
    },
}

PADEN: dict[str, Any] = {
    "/api/signalen": {
        "post": {
            "summary": "Een signaal van een toestel",
            "description": "Opnieuw sturen met hetzelfde op_id en dezelfde inhoud geeft dezelfde ontvangst. Met andere "
            "inhoud: 409; beide zijn dan bewaard, elk als een eigen signaal. Het auditlogboek noemt de afzender niet.",
            "tags": ["signalen"],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Signaalinzending"}}},
            },
            "responses": {
                "200": {
                    "description": "Ontvangen",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Signaalontvangst"}}},
                },
                "400": _probleem("Geen JSON, of een verlopen token"),
                "401": _probleem("Niet aangemeld"),
                "403": _probleem("Geen recht om te melden"),
                "409": _probleem("Andere inhoud onder hetzelfde op_id; het antwoord noemt op_id, hash en nummer"),
                "422": _probleem("Een veld klopt niet; `veld` noemt welk"),
            },
        }
    }
}

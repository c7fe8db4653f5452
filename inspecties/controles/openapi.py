"""OpenAPI 3.1 of what a device may ask about itself."""

from typing import Any

SCHEMAS: dict[str, Any] = {
    "Toestelstand": {
        "type": "object",
        "required": ["toestel_id", "ingetrokken"],
        "additionalProperties": False,
        "properties": {
            "toestel_id": {"type": "string", "format": "uuid"},
            "ingetrokken": {"type": "boolean", "description": "Als kwijt gemeld; ook false voor een onbekend nummer"},
        },
    },
}

PADEN: dict[str, Any] = {
    "/api/toestellen/{toestel_id}/stand": {
        "get": {
            "summary": "Is dit toestel ingetrokken? Zonder aanmelden: wie kwijt is, is ook afgemeld",
            "security": [],
            "parameters": [
                {"name": "toestel_id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
            ],
            "responses": {
                "200": {
                    "description": "Hoe het toestel staat",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Toestelstand"}}},
                },
                "404": {
                    "description": "Geen geldig nummer van een toestel",
                    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Probleem"}}},
                },
                "429": {
                    "description": "Te vaak gevraagd",
                    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Probleem"}}},
                },
            },
        }
    },
}

"""OpenAPI 3.1 of working together in a visit, and of what became of findings."""

from typing import Any

from inspecties.offline.openapi import CSRF, FOUTEN, MOMENT, TEKST, UID, UUID_, _json, _probleem, _ref, _vast
from inspecties.offline.rules.uitkomst import STANDNAMEN

_VRIJ: dict[str, Any] = {"type": "string"}


def _rij(van: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": van}


SCHEMAS: dict[str, Any] = {
    "Medewerker": _vast(
        id=UUID_,
        naam=TEKST,
        organisatie={**_VRIJ, "description": "Leeg: van de gemeente"},
        soort={**_VRIJ, "description": "Code van de organisatie zoals in de kolom rol van een checklist"},
    ),
    "Aanwezigen": _vast(
        anderen=_rij(
            _vast(
                id=UUID_,
                form_versie=_VRIJ,
                deel={**_VRIJ, "description": "Naam van het deel; leeg waar dat u niet aangaat"},
                seconden={"type": "integer", "minimum": 0},
            )
        ),
        mensen=_rij(_ref("Medewerker")),
        toestand={"enum": ["open", "afgerond", "gesloten"]},
        rev={"type": "integer", "minimum": 0},
    ),
    "Uitkomsten": _vast(
        gemaakt_op=MOMENT,
        maanden={"type": "integer", "minimum": 1},
        bezoeken=_rij(
            _vast(
                bezoek_id=UUID_,
                datum={"type": "string", "format": "date"},
                adres=_VRIJ,
                plaats=_VRIJ,
                uitkomsten=_rij(
                    _vast(
                        naam=TEKST,
                        grondslag=_VRIJ,
                        stand={"enum": list(STANDNAMEN)},
                        standnaam=TEKST,
                        zin=TEKST,
                        besluit=_VRIJ,
                    )
                ),
            )
        ),
    ),
}

PADEN: dict[str, Any] = {
    "/api/bezoeken/{uid}/aanwezig": {
        "post": {
            "summary": "Zeggen in welk deel van een bezoek u werkt, en horen waar anderen werken",
            "parameters": [UID, CSRF],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "properties": {
                                "form_versie": {"type": "string", "maxLength": 64},
                                "deel": {"type": "string", "maxLength": 200, "description": "Leeg: niet meer bezig"},
                            },
                        }
                    }
                },
            },
            "responses": FOUTEN
            | {"200": _json(_ref("Aanwezigen"), "Wie er nog meer is"), "404": _probleem("Geen bezoek van u")},
        }
    },
    "/api/uitkomsten": {
        "get": {
            "summary": "Wat er van de bevindingen van uw eigen bezoeken werd",
            "responses": {
                "200": _json(_ref("Uitkomsten"), "Zonder signalen van mensenhandel, Bibob en personen"),
                "401": FOUTEN["401"],
                "403": FOUTEN["403"],
            },
        }
    },
}

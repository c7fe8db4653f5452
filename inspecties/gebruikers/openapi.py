"""OpenAPI 3.1 of passkeys: the questions to a browser and its answers (WebAuthn Level 3, JSON forms)."""

from typing import Any

_TEKST: dict[str, Any] = {"type": "string"}


def _probleem(uitleg: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Probleem"}
    return {"description": uitleg, "content": {"application/problem+json": {"schema": schema}}}


def _json(schema: dict[str, Any], uitleg: str) -> dict[str, Any]:
    return {"description": uitleg, "content": {"application/json": {"schema": schema}}}


def _vraag(naam: str, uitleg: str, tags: dict[str, Any], **meer: Any) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Passkeyvraag"}
    antwoorden = {"200": _json(schema, "De vraag"), "400": _probleem("Geen geldig CSRF-token"), **meer}
    return {"post": {"operationId": naam, "summary": uitleg, "responses": antwoorden, **tags}}


def _inhoud(*verplicht: str, **velden: Any) -> dict[str, Any]:
    schema = {"type": "object", "required": list(verplicht), "properties": velden}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


_ANTWOORD: dict[str, Any] = {"$ref": "#/components/schemas/Passkeyantwoord"}
_AF = _probleem("Het antwoord klopt niet, is te laat of is al gebruikt")
_FOUT = {"400": _probleem("Geen geldig CSRF-token"), "422": _AF, "429": _probleem("Te vaak geprobeerd")}
_AANGEMELD = {"401": _probleem("Niet aangemeld, of er is nog een tweede stap nodig")}
_NIET_VERS = {
    "403": _probleem("Bevestig eerst dat u het bent"),
    "409": _probleem("Dat kan nu niet; detail zegt waarom"),
}
_OPEN: dict[str, Any] = {"security": []}

SCHEMAS: dict[str, Any] = {
    "Passkeyvraag": {
        "type": "object",
        "description": "Wat navigator.credentials nodig heeft, met bytes als base64url. Geldt vijf minuten, een keer.",
        "required": ["challenge"],
        "properties": {"challenge": _TEKST, "timeout": {"type": "integer"}},
    },
    "Passkeyantwoord": {
        "type": "object",
        "description": "Wat de browser antwoordde, met bytes als base64url.",
        "required": ["id", "rawId", "type", "response"],
        "properties": {"id": _TEKST, "rawId": _TEKST, "type": {"const": "public-key"}, "response": {"type": "object"}},
    },
}

PADEN: dict[str, Any] = {
    "/api/aanmelden/passkeyvraag": _vraag(
        "vraagAanmelden", "Een vraag waarop elke passkey van deze site kan antwoorden", _OPEN, **{"429": _FOUT["429"]}
    ),
    "/api/aanmelden/passkey": {
        "post": {
            "operationId": "meldAanMetPasskey",
            "summary": "Aanmelden met het antwoord van een passkey",
            "requestBody": _inhoud("antwoord", antwoord=_ANTWOORD, volgende=_TEKST),
            "responses": {
                "200": _json(
                    {"type": "object", "required": ["naar"], "properties": {"naar": _TEKST}}, "Aangemeld; ga hierheen"
                ),
                **_FOUT,
            },
            **_OPEN,
        }
    },
    "/api/account/passkeyvraag": _vraag(
        "vraagPasskey", "De vraag om een passkey te maken", {}, **_AANGEMELD, **_NIET_VERS
    ),
    "/api/account/passkeys": {
        "post": {
            "operationId": "voegPasskeyToe",
            "summary": "Een nieuwe passkey bij het eigen account bewaren",
            "requestBody": _inhoud("antwoord", "naam", antwoord=_ANTWOORD, naam={"type": "string", "maxLength": 60}),
            "responses": {
                "201": _json(
                    {"type": "object", "required": ["naam"], "properties": {"naam": _TEKST}}, "De passkey is bewaard"
                ),
                **_FOUT,
                **_AANGEMELD,
                **_NIET_VERS,
            },
        }
    },
    "/api/account/bevestigvraag": _vraag(
        "vraagBevestiging", "Een vraag aan de eigen passkeys", {}, **_AANGEMELD, **{"422": _probleem("Geen passkey")}
    ),
    "/api/account/bevestiging": {
        "post": {
            "operationId": "bevestigMetPasskey",
            "summary": "Opnieuw bewijzen wie u bent, met een passkey; geldt vijf minuten",
            "requestBody": _inhoud("antwoord", antwoord=_ANTWOORD),
            "responses": {
                "204": {"description": "Bevestigd"},
                **_FOUT,
                **_AANGEMELD,
                "403": _probleem("De passkey klopt niet"),
            },
        }
    },
}

"""OpenAPI 3.1 of the field app's endpoints."""

from typing import Any


def _ref(naam: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{naam}"}


def _json(schema: dict[str, Any], uitleg: str) -> dict[str, Any]:
    return {"description": uitleg, "content": {"application/json": {"schema": schema}}}


def _probleem(uitleg: str) -> dict[str, Any]:
    return {"description": uitleg, "content": {"application/problem+json": {"schema": _ref("Probleem")}}}


UUID_: dict[str, Any] = {"type": "string", "format": "uuid"}
SHA256: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}
CSRF: dict[str, Any] = {"name": "X-CSRFToken", "in": "header", "required": True, "schema": {"type": "string"}}
TUS: dict[str, Any] = {"name": "Tus-Resumable", "in": "header", "required": True, "schema": {"const": "1.0.0"}}
UID: dict[str, Any] = {"name": "uid", "in": "path", "required": True, "schema": UUID_}

FOUTEN: dict[str, Any] = {
    "400": _probleem("Geen volledige JSON, of een verlopen token (code csrf)"),
    "401": _probleem("Niet aangemeld"),
    "403": _probleem("Geen recht, of een ingetrokken toestel (code toestel_ingetrokken)"),
    "422": _probleem("Een waarde klopt niet; `veld` noemt welke"),
}


def _kop(naam: str, uitleg: str, schema: dict[str, Any], *, verplicht: bool = True) -> dict[str, Any]:
    return {"name": naam, "in": "header", "required": verplicht, "description": uitleg, "schema": schema}


TEKST: dict[str, Any] = {"type": "string", "minLength": 1}
WAARDE = (
    "`set`: het antwoord; op een herhaling {ouder, plaats}. `clear`: null, of op een herhaling {gezien: [op_id]}. "
    "`note`: tekst. `attach`: {sha256, soort, omvang, bestandsnaam} en wat bekend is van plaats, bijschrift, "
    "gemaakt_op, afdekken, reden en toelichting; {sha256, verwijderd: true} haalt een bijlage weg. "
    "Wat niet past bij de vraag krijgt de status geweigerd_inhoud, met de reden."
)
REGELS: dict[str, Any] = {"type": "array", "minItems": 1, "items": TEKST}


def _vast(**velden: Any) -> dict[str, Any]:
    """An object with exactly these members."""
    return {"type": "object", "required": list(velden), "additionalProperties": False, "properties": velden}


ZORGKAART: dict[str, Any] = _vast(
    versie=TEKST,
    standaardtaal=TEKST,
    talen={**REGELS, "description": "Taalcodes zoals HTML ze kent, in de volgorde van het scherm"},
    kaarten={
        "type": "object",
        "description": "Per taal de kaart voor wie u spreekt; in elke taal evenveel regels en dezelfde nummers",
        "additionalProperties": _vast(
            taal={**TEKST, "description": "De naam van de taal in die taal"},
            titel=TEKST,
            rechten_titel=TEKST,
            rechten=REGELS,
            hulp_titel=TEKST,
            hulp=REGELS,
            nummers_titel=TEKST,
            nummers={"type": "array", "minItems": 1, "items": _vast(naam=TEKST, nummer=TEKST, uitleg=TEKST)},
        ),
    },
    wat_doe_ik=_vast(titel=TEKST, punten={"type": "array", "minItems": 1, "items": _vast(titel=TEKST, tekst=TEKST)}),
) | {"description": "Rechten en hulp per taal, en wat de inspecteur doet (alleen Nederlands). Geen persoonsgegevens."}

SCHEMAS: dict[str, Any] = {
    "Zorgkaart": ZORGKAART,
    "Operatie": {
        "type": "object",
        "description": "Een onveranderlijke handeling op een vraag; hash is de SHA-256 van de RFC 8785-vorm hiervan.",
        "required": [
            "op_id",
            "bezoek_id",
            "vraag_id",
            "soort",
            "form_versie",
            "toestel_id",
            "toestel_seq",
            "auteur_id",
        ],
        "properties": {
            "op_id": UUID_,
            "bezoek_id": UUID_,
            "vraag_id": {"type": "string", "maxLength": 200},
            "herhaling_id": {"anyOf": [UUID_, {"type": "null"}]},
            "soort": {"enum": ["set", "clear", "attach", "note"]},
            "waarde": {"description": WAARDE},
            "base_op_ids": {"type": "array", "items": UUID_, "maxItems": 1000},
            "form_versie": SHA256,
            "toestel_id": UUID_,
            "toestel_seq": {"type": "integer", "minimum": 1},
            "toestel_tijd": MOMENT,
            "auteur_id": UUID_,
        },
    },
    "Syncbericht": {
        "type": "object",
        "required": ["protocol", "toestel_id", "ops"],
        "properties": {
            "protocol": {"const": 1},
            "toestel_id": UUID_,
            "ops": {"type": "array", "maxItems": 100, "items": _ref("Operatie")},
            "bezoeken": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
            "hoogste_seq": {"type": ["integer", "null"], "minimum": 0},
        },
    },
    "Ontvangst": {
        "type": "object",
        "required": ["op_id", "hash", "status"],
        "properties": {
            "op_id": {"type": "string"},
            "hash": SHA256,
            "status": {"enum": ["opgeslagen", "quarantaine", "geweigerd_inhoud"]},
            "rev": {"type": ["integer", "null"]},
            "reden": {"type": ["string", "null"], "description": "In gewone taal"},
            "code": {"type": ["string", "null"]},
        },
    },
    "Bezoekstand": {
        "type": "object",
        "required": ["rev", "ops", "conflicten", "bijlagen", "compleet"],
        "properties": {
            "rev": {"type": "integer", "description": "Het laatste nummer dat ops bestrijkt"},
            "ops": {"type": "array", "items": _ref("Operatie")},
            "conflicten": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "vraag_id": {"type": "string"},
                        "herhaling_id": {"type": ["string", "null"]},
                        "baan": {"enum": ["waarde", "noot"]},
                        "koppen": {"type": "array", "items": UUID_},
                    },
                },
            },
            "bijlagen": {"type": "object", "additionalProperties": {"enum": ["aanwezig", "ontbreekt"]}},
            "compleet": {"type": "boolean"},
        },
    },
    "Syncantwoord": {
        "type": "object",
        "required": ["protocol", "epoch", "ontvangsten", "bezoeken"],
        "properties": {
            "protocol": {"const": 1},
            "epoch": UUID_,
            "ontvangsten": {"type": "array", "items": _ref("Ontvangst")},
            "bezoeken": {"type": "object", "additionalProperties": _ref("Bezoekstand")},
            "dienstversie": {
                "type": ["string", "null"],
                "description": "Anders dan `versie` van het pakket: het plan of een bericht is nieuw",
            },
        },
    },
    "Toestelmelding": {
        "type": "object",
        "required": ["toestel_id"],
        "properties": {
            "toestel_id": UUID_,
            "naam": {"type": "string", "maxLength": 120},
            "opgeslagen_blijft": {"type": ["boolean", "null"]},
        },
    },
    "Stopmelding": {
        "type": "object",
        "required": ["toestand", "op", "op_id"],
        "properties": {
            "toestand": {"enum": ["onderweg", "binnen", "niemand_thuis", "geweigerd", "afgerond", "gepland"]},
            "op": MOMENT,
            "op_id": UUID_,
            "reden": {"type": "string", "maxLength": 2000},
        },
    },
    "Deurmachtiging": _vast(
        nummer=TEKST,
        aan=TEKST,
        woningen=REGELS,
        geldig_van={"type": "string", "format": "date"},
        geldig_tot={"type": "string", "format": "date", "description": "De laatste dag (art. 6 Awbi)"},
        mag=REGELS,
        doel=TEKST,
    ),
    "Tegelopgave": _vast(
        lijst={"type": "array", "items": {"type": "string", "pattern": "^[0-9]+/[0-9]+/[0-9]+$"}},
        hoogste_bytes={"type": "integer", "minimum": 0},
        bron=TEKST,
    ),
    "Pakket": {
        "type": "object",
        "required": ["protocol", "gemaakt_op", "vervalt_op", "gebruiker", "acties", "definities"],
        "properties": {
            "protocol": {"const": 1},
            "versie": TEKST,
            "gemaakt_op": MOMENT,
            "vervalt_op": MOMENT,
            "gebruiker": {"type": "object"},
            "acties": {
                "type": "array",
                "items": {"type": "object"},
                "description": "Elke stop heeft `toegang.machtiging`: een Deurmachtiging, of null zonder handtekening. "
                "`berichten` zijn van de coördinator; wie ze ophaalt, heeft ze gezien. `briefing` is een Veldbriefing "
                "of null; `eerdere_fotos` van een stop zegt dat het zin heeft ze te vragen",
            },
            "definities": {"type": "object", "additionalProperties": {"type": "object"}},
            "achtergrond": {"type": "object"},
            "tegels": {
                "anyOf": [_ref("Tegelopgave"), {"type": "null"}],
                "description": "null: geen tegeldienst ingesteld",
            },
            "zorgkaart": _ref("Zorgkaart"),
        },
    },
}

_STUK = {"application/offset+octet-stream": {"schema": {"type": "string", "format": "binary"}}}
_OFFSET = {"Upload-Offset": {"schema": {"type": "integer"}}}

PADEN: dict[str, Any] = {
    "/api/sync": {
        "post": {
            "summary": "Operaties insturen en ophalen wat dit toestel nog niet heeft",
            "parameters": [CSRF],
            "requestBody": {"required": True, "content": {"application/json": {"schema": _ref("Syncbericht")}}},
            "responses": FOUTEN
            | {
                "200": _json(_ref("Syncantwoord"), "Wat in ontvangsten staat, is bewaard"),
                "409": _probleem("Een op_id kwam met andere inhoud; dezelfde velden als bij 200. Beide zijn bewaard"),
                "413": _probleem("Meer dan 100 operaties"),
            },
        }
    },
    "/api/toestellen": {
        "post": {
            "summary": "Een toestel aanmelden",
            "parameters": [CSRF],
            "requestBody": {"required": True, "content": {"application/json": {"schema": _ref("Toestelmelding")}}},
            "responses": FOUTEN
            | {
                "200": _json(
                    {
                        "type": "object",
                        "properties": {"toestel_id": UUID_, "herstelsleutel": {"type": ["object", "null"]}},
                    },
                    "De herstelsleutel (JWK) van de gemeente",
                ),
                "409": _probleem("Dit toestel staat op naam van iemand anders"),
            },
        }
    },
    "/api/dienst": {
        "get": {
            "summary": "De stops van een dag",
            "parameters": [{"name": "datum", "in": "query", "schema": {"type": "string", "format": "date"}}],
            "responses": FOUTEN | {"200": _json(_ref("Pakket"), "De dienst")},
        }
    },
    "/api/stops/{uid}/toestand": {
        "post": {
            "summary": "Melden hoe het bij een stop gaat",
            "parameters": [UID, CSRF],
            "requestBody": {"required": True, "content": {"application/json": {"schema": _ref("Stopmelding")}}},
            "responses": FOUTEN
            | {
                "200": _json(
                    {"type": "object", "properties": {"op_id": UUID_, "toestand": {"type": "string"}}},
                    "Ook voor dezelfde melding nog eens",
                ),
                "404": _probleem("Geen stop van u"),
                "409": _probleem("Die overgang kan niet"),
            },
        }
    },
    "/api/uploads/": {
        "options": {"summary": "Wat de server van tus kan", "responses": {"204": {"description": "Zie de koppen"}}},
        "post": {
            "summary": "Een bestand aankondigen (tus 1.0)",
            "parameters": [
                CSRF,
                TUS,
                _kop("Upload-Length", "Aantal bytes", {"type": "integer", "minimum": 1}),
                _kop(
                    "Upload-Metadata",
                    "sha256, bezoek_id, vraag_id, herhaling_id, soort, op_id, bestandsnaam",
                    {"type": "string"},
                ),
            ],
            "requestBody": {"required": False, "content": _STUK},
            "responses": FOUTEN
            | {
                "201": {"description": "Location zegt waarheen", "headers": _OFFSET},
                "404": _probleem("Geen bezoek van u"),
                "412": _probleem("Andere versie van tus"),
                "413": _probleem("Te groot"),
                "507": _probleem("De opslag is vol; er is niets opgeslagen"),
            },
        },
    },
    "/api/uploads/{uid}": {
        "head": {
            "summary": "Hoe ver een upload is",
            "parameters": [UID, TUS],
            "responses": {
                "200": {"description": "Zie Upload-Offset", "headers": _OFFSET},
                "404": {"description": "Niet (meer) op de server; begin opnieuw"},
                "412": {"description": "Andere versie van tus"},
                "423": {"description": "Er wordt nog aan geschreven"},
            },
        },
        "patch": {
            "summary": "Het volgende stuk",
            "parameters": [
                UID,
                CSRF,
                TUS,
                _kop("Upload-Offset", "Waar dit stuk begint", {"type": "integer", "minimum": 0}),
                _kop("Upload-Checksum", "sha256 en de hash in base64", {"type": "string"}, verplicht=False),
            ],
            "requestBody": {"required": True, "content": _STUK},
            "responses": FOUTEN
            | {
                "204": {"description": "Bewaard tot en met Upload-Offset", "headers": _OFFSET},
                "404": _probleem("Niet (meer) op de server; begin opnieuw"),
                "409": _probleem("Verkeerde Upload-Offset"),
                "412": _probleem("Andere versie van tus"),
                "413": _probleem("Meer bytes dan aangekondigd"),
                "415": _probleem("Geen stuk, of een soort bestand dat geen bewijs kan zijn"),
                "423": _probleem("Er wordt al aan geschreven"),
                "460": _probleem("De hash klopt niet"),
                "507": _probleem("De opslag is vol; er is niets van dit stuk opgeslagen"),
            },
        },
        "delete": {
            "summary": "Een upload afbreken",
            "parameters": [UID, CSRF, TUS],
            "responses": FOUTEN
            | {
                "204": {"description": "Weg; bewijs dat al compleet was, blijft"},
                "404": _probleem("Geen upload van u"),
                "412": _probleem("Andere versie van tus"),
                "423": _probleem("Er wordt nog aan geschreven"),
            },
        },
    },
}

"""A pack with one stop and a checklist that has one of everything."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

BEZOEK = "01890000-0000-7000-8000-00000000b001"
STOP = "01890000-0000-7000-8000-00000000a001"
GEBRUIKER = {
    "id": "01890000-0000-7000-8000-00000000c001",
    "naam": "Inspecteur Een",
    "rol": "inspecteur",
    "gemeente": "Markerwaard",
}
HASH = "ab" * 32


def ref(naam: str) -> dict[str, Any]:
    """An expression that reads a question."""
    return {"op": "ref", "naam": naam}


def vraag(naam: str, soort: str, label: str, **meer: Any) -> dict[str, Any]:
    """A question node."""
    return {"soort": "vraag", "naam": naam, "type": soort, "label": {"nl": label}, **meer}


WAAR = {"op": "fn", "naam": "true", "a": []}
JNO = [
    {"naam": "ja", "label": {"nl": "Ja"}},
    {"naam": "nee", "label": {"nl": "Nee"}},
    {"naam": "onbekend", "label": {"nl": "Onbekend"}},
]


def definitie() -> dict[str, Any]:
    """A compiled checklist, small but with every kind of control the smoke test touches."""
    return {
        "formaat": 1,
        "naam": "huisvesting",
        "titel": {"nl": "Huisvesting arbeidsmigranten"},
        "versie": "2026.1",
        "hash": HASH,
        "talen": ["nl"],
        "standaardtaal": "nl",
        "keuzelijsten": {
            "jno": JNO,
            "gebrek": [
                {"naam": "elektra", "label": {"nl": "Elektra onveilig"}},
                {"naam": "vocht", "label": {"nl": "Vocht of schimmel"}},
                {"naam": "ongedierte", "label": {"nl": "Ongedierte"}},
            ],
        },
        "kinderen": [
            {
                "soort": "groep",
                "naam": "toegang",
                "label": {"nl": "Toegang"},
                "kinderen": [
                    vraag("toestemming", "select_one", "Gaf de bewoner toestemming?", keuzelijst="jno", verplicht=WAAR),
                    vraag("exploitant", "text", "Wie is de exploitant?", hint={"nl": "Naam en bedrijf"}),
                    vraag(
                        "aantal_bewoners",
                        "integer",
                        "Hoeveel mensen wonen hier?",
                        verplicht=WAAR,
                        beperking={"op": ">=", "a": [{"op": "zelf"}, {"op": "getal", "w": 0}]},
                        beperking_melding={"nl": "Een aantal kan niet onder nul zijn."},
                    ),
                    vraag(
                        "meer_dan_tien",
                        "text",
                        "Waarom zo veel?",
                        relevant={"op": ">", "a": [ref("aantal_bewoners"), {"op": "getal", "w": 10}]},
                    ),
                ],
            },
            {
                "soort": "groep",
                "naam": "brand",
                "label": {"nl": "Brandveiligheid"},
                "kinderen": [
                    vraag("gebreken", "select_multiple", "Welke gebreken ziet u?", keuzelijst="gebrek"),
                    vraag("foto_vluchtweg", "image", "Foto van de vluchtweg", verplicht=WAAR),
                    vraag("datum_melding", "date", "Datum van de gebruiksmelding"),
                ],
            },
            {
                "soort": "herhaling",
                "naam": "kamer",
                "label": {"nl": "Kamer"},
                "kinderen": [
                    vraag("kamer_naam", "text", "Naam of nummer"),
                    vraag("kamer_m2", "decimal", "Oppervlakte (m²)", verplicht=WAAR),
                    vraag("kamer_slot", "select_one", "Slot aan de buitenkant?", keuzelijst="jno"),
                    {
                        "soort": "groep",
                        "naam": "kamer_dicht",
                        "label": {"nl": "De kamer gaat van buiten op slot"},
                        "relevant": {
                            "op": "=",
                            "a": [
                                {"op": "ref", "naam": "kamer_slot", "diepte": 1},
                                {"op": "tekst", "w": "ja"},
                            ],
                        },
                        "kinderen": [vraag("kamer_sleutel", "text", "Wie heeft de sleutel?")],
                    },
                ],
            },
            {
                "soort": "groep",
                "naam": "slot",
                "label": {"nl": "Afsluiting"},
                "kinderen": [vraag("handtekening", "image", "Handtekening", weergave="signature")],
            },
        ],
        "afhankelijk": {"aantal_bewoners": ["meer_dan_tien"], "kamer_slot": ["kamer_dicht"]},
    }


def pak() -> dict[str, Any]:
    """The pack of today."""
    nu = datetime.now(UTC)
    return {
        "protocol": 1,
        "gemaakt_op": nu.isoformat(),
        "vervalt_op": (nu + timedelta(hours=12)).isoformat(),
        "gebruiker": GEBRUIKER,
        "definities": {HASH: definitie()},
        "achtergrond": {"type": "FeatureCollection", "features": []},
        "zorgkaart": [],
        "acties": [
            {
                "id": str(uuid.uuid4()),
                "naam": "Pandenactie Havenkwartier",
                "soort": "pandenactie",
                "ploeg": "A",
                "begin": nu.isoformat(),
                "eind": (nu + timedelta(hours=6)).isoformat(),
                "stops": [stop(1, STOP, BEZOEK, "Kanaalstraat 12"), stop(2, _id("a002"), _id("b002"), "Dijkweg 3-bis")],
            }
        ],
    }


def _id(eind: str) -> str:
    return f"01890000-0000-7000-8000-00000000{eind}"


def stop(nummer: int, stop_id: str, bezoek_id: str, adres: str) -> dict[str, Any]:
    """One stop of the route."""
    return {
        "id": stop_id,
        "volgorde": nummer,
        "adres": adres,
        "plaats": "Markerwaard",
        "lat": 52.55,
        "lon": 5.25,
        "type": "huisvesting",
        "type_naam": "Huisvesting arbeidsmigranten",
        "venster": ["18:00", "20:00"],
        "toegang": {
            "grond": "Toestemming van de bewoner",
            "uitleg": "Legitimeer u en noem het doel voordat u naar binnen gaat (art. 1 Awbi).",
            "wie_eerst": "Politie, daarna de boa",
        },
        "veiligheid": "Hond op het erf. Bel aan en wacht buiten het hek.",
        "eerder": [{"datum": "2025-11-03", "samenvatting": "Twaalf bewoners, rookmelders ontbraken."}],
        "bezoek_id": bezoek_id,
        "checklists": [HASH],
        "toestand": "gepland",
    }

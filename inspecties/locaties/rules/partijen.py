"""Words for parties, their roles and the features that link locations (domain.md, "waterbed effects")."""

PARTIJSOORTEN: dict[str, str] = {"persoon": "Persoon", "organisatie": "Organisatie"}

PARTIJROLLEN: dict[str, str] = {
    "eigenaar": "Eigenaar",
    "verhuurder": "Verhuurder",
    "exploitant": "Exploitant",
    "uitzendbureau": "Uitzendbureau",
    "bemiddelaar": "Bemiddelaar",
}

# Why a person may be in the register (art. 5(1)(b) and 6(1)(e) AVG): the task that needs the name.
DOELEN: dict[str, str] = {
    "toezicht": "Toezicht op de locatie",
    "vergunning": "Vergunning en Bibob",
    "handhaving": "Handhaving tegen de overtreder",
}

KENMERKSOORTEN: dict[str, str] = {
    "telefoon": "Telefoonnummer",
    "alias": "Naam in een advertentie",
    "rekening": "Laatste cijfers van een rekening",
    "kenteken": "Kenteken",
}

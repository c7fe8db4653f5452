"""Words and limits of the part about persons."""

BETROKKENROLLEN: dict[str, str] = {
    "mogelijk_slachtoffer": "Mogelijk slachtoffer",
    "andere_betrokkene": "Andere betrokkene",
    "onbekend": "Nog onbekend",
}

# Why somebody asks to read who reported or who it is about: what the audit log keeps, without free text about persons.
DOELEN_MELDER: dict[str, str] = {
    "terugkoppelen": "Terugkoppelen aan de melder",
    "navragen": "Iets navragen bij de melder",
    "veiligheid": "De veiligheid van de melder",
    "inzage": "Een verzoek om inzage nakijken (artikel 15 AVG)",
}
DOELEN_BETROKKENEN: dict[str, str] = {
    "hulp": "Hulp of zorg regelen",
    "doorzetten": "Het signaal doorzetten",
    "verrijken": "Nagaan of de persoon hier bekend is",
    "inzage": "Een verzoek om inzage nakijken (artikel 15 AVG)",
}

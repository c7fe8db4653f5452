"""How a stop came into a plan."""

HERKOMSTEN: dict[str, str] = {
    "hand": "Met de hand gekozen",
    "prioriteit": "Hoog in de lijst met suggesties",
    "gebied": "In een gebied op de kaart",
    "achterstallig": "Te lang niet bezocht",
    "signaal": "Na een signaal",
    "trekking": "Door het lot",
    "adres": "Adres ingetypt",
    "avond": "Tijdens de actie toegevoegd",
}

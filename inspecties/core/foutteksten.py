"""Texts of the error pages: status -> (title, explanation, what to do now)."""

FOUTTEKSTEN: dict[int, tuple[str, str, str]] = {
    400: (
        "Dit verzoek klopt niet",
        "De server kon het verzoek niet lezen.",
        "Ga terug, ververs de pagina en probeer het opnieuw.",
    ),
    401: ("Niet aangemeld", "Uw sessie is verlopen of u bent niet aangemeld.", "Meld u opnieuw aan."),
    403: (
        "Dit mag u niet",
        "Uw rol geeft geen recht op deze handeling.",
        "Hoort dit wel bij uw werk? Vraag de beheerder van uw gemeente om uw rol na te kijken.",
    ),
    404: (
        "Deze pagina is er niet",
        "De pagina bestaat niet, of is niet voor u bestemd.",
        "Kijk of het adres klopt, of ga naar de startpagina.",
    ),
    405: (
        "Dit verzoek klopt niet",
        "Deze handeling bestaat niet op dit adres.",
        "Ga terug en gebruik de knoppen op de pagina.",
    ),
    409: (
        "Dit is intussen veranderd",
        "Iemand anders was u voor, of de stand laat deze handeling niet meer toe.",
        "Ga terug, ververs de pagina en kijk wat er veranderd is. Er is niets overschreven.",
    ),
    413: (
        "Dit bestand is te groot",
        "De server neemt een bestand van deze omvang niet aan.",
        "Maak het bestand kleiner of splits het. Er is niets opgeslagen.",
    ),
    422: (
        "Dit klopt nog niet",
        "Een deel van wat u invulde kan niet goed zijn.",
        "Ga terug en pas het aan. Er is niets opgeslagen.",
    ),
    429: (
        "Te veel pogingen",
        "U probeerde dit te vaak achter elkaar.",
        "Wacht een minuut en probeer het dan opnieuw.",
    ),
    500: (
        "Er ging iets mis",
        "De fout ligt bij ons, niet bij u. De fout is vastgelegd.",
        "Probeer het over een paar minuten opnieuw. Blijft het misgaan, meld het dan bij de beheerder.",
    ),
    503: (
        "Het is nu erg druk",
        "Te veel mensen bewaren op dit moment iets. Er is niets opgeslagen.",
        "Wacht even, ga dan terug en probeer het opnieuw.",
    ),
    507: (
        "De opslag is vol",
        "De server kan nu niets opslaan. Er is niets half bewaard.",
        "Bewaar uw werk op uw toestel en waarschuw de beheerder.",
    ),
}

# Also 503, and nobody is to blame for being many.
OPSLAG_WEG = (
    "De opslag is even niet te bereiken",
    "De opslag van foto's en stukken is nu niet te bereiken. Er is niets opgeslagen.",
    "Wacht een minuut, ga dan terug en probeer het opnieuw. Een tablet bewaart het werk en stuurt het later vanzelf.",
)
DATABASE_WEG = (
    "De dienst is even niet te bereiken",
    "De database is even niet te bereiken. Er is niets opgeslagen.",
    "Wacht een minuut, ga dan terug en probeer het opnieuw. Een tablet bewaart het werk en stuurt het later vanzelf.",
)

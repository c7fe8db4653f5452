"""Words of the priority score: bands, parts and kinds of choice."""

# From urgent to quiet; a band begins at its threshold in the weights.
BANDEN: dict[str, str] = {"hoog": "Hoog", "middel": "Middel", "laag": "Laag"}
BANDTONEN: dict[str, str] = {"hoog": "fout", "middel": "let-op", "laag": ""}

# The parts that a score is the sum of, in the order in which they are shown.
DELEN: dict[str, str] = {
    "signalen": "Signalen",
    "bezoek": "Tijd sinds het laatste bezoek",
    "bevindingen": "Eerdere bevindingen",
    "overlast": "Overlast",
    "bewoning": "Bewoners en capaciteit",
    "vergunning": "Vergunning",
}

# What a coordinator may do against the computed score, with a reason and an end date.
KEUZESOORTEN: dict[str, str] = {"vast": "Vastgezet bovenaan", "score": "Score met de hand"}

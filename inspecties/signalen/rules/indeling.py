"""Words in which signals are classified (domain.md, "From signal to action")."""

BRONNEN: dict[str, str] = {
    "medewerker": "Medewerker",
    "inwoner": "Inwoner",
    "meld_misdaad_anoniem": "Meld Misdaad Anoniem",
    "partner": "Partner",
    "bestuurlijke_rapportage": "Bestuurlijke rapportage",
    "verhuurder": "Verhuurder",
    "hotel": "Hotel",
    "controle": "Controle",
}

# Comes from a visit that was judged; nobody chooses it when reporting.
CONTROLE = "controle"

VORMEN: dict[str, str] = {
    "seksuele_uitbuiting": "Seksuele uitbuiting",
    "arbeidsuitbuiting": "Arbeidsuitbuiting",
    "criminele_uitbuiting": "Criminele uitbuiting",
    "onbekend": "Nog onbekend",
}

URGENTIES: dict[str, str] = {"normaal": "Normaal", "hoog": "Hoog", "direct_gevaar": "Direct gevaar"}

# Montfoort's six steps, as states that a signal is in.
MELDSTAPPEN: dict[str, str] = {
    "ontvangen": "Ontvangen",
    "verrijken": "Verrijken",
    "bespreken": "Bespreken",
    "doorgezet": "Doorgezet",
    "teruggekoppeld": "Teruggekoppeld",
    "afgesloten": "Afgesloten",
}

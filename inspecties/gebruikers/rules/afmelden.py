"""Why a beheerder ends a login of somebody else. A fixed list: a reason in free words could name a person."""

REDENEN: dict[str, str] = {
    "toestel_weg": "Het toestel is kwijt of gestolen",
    "niet_herkend": "De gebruiker herkent deze aanmelding niet",
    "ander_gebruikt": "Iemand anders gebruikt dit toestel",
    "werk_klaar": "Nog aangemeld terwijl het werk klaar is",
    "onderzoek": "Vermoeden van misbruik",
}
# Instead of one login: all of this gemeente.
ALLE = "alle"

"""The status of a risk location."""

STATUSNAMEN: dict[str, str] = {
    "in_beeld": "In beeld",
    "actief": "Actief",
    "in_onderzoek": "In onderzoek",
    "gesloten": "Gesloten",
    "uit_beeld": "Uit beeld",
}

# Tone of the label on screen; shape and word differ too, never colour alone.
STATUSTONEN: dict[str, str] = {
    "in_beeld": "",
    "actief": "let-op",
    "in_onderzoek": "actief",
    "gesloten": "goed",
    "uit_beeld": "",
}

"""The status of a risk location."""

STATUSNAMEN: dict[str, str] = {
    "in_beeld": "In beeld",
    "actief": "Actief",
    "in_onderzoek": "In onderzoek",
    "gesloten": "Gesloten",
    "uit_beeld": "Uit beeld",
}

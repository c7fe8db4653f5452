"""The routes of the evening of an action, and the right of each."""

RECHT_VAN: dict[str, str | None] = {
    "acties.avond": "acties.lezen",
    "acties.avond_erbij": "acties.plannen",
    "acties.avondbericht": "acties.plannen",
    "acties.avondbord": "acties.lezen",
    "acties.avondstop": "acties.plannen",
    "acties.avondstroom": "acties.lezen",
}

"""The routes of the planning board, and the right of each."""

RECHT_VAN: dict[str, str | None] = dict.fromkeys(
    (
        "planbord.stoppen",
        "planbord.toon",
        "planbord.uren",
        "planbord.zetten",
        "planbord.zoeken",
        "planbord_api.stand",
        "planbord_api.zet",
        "planbord_api.zoektocht",
    ),
    "acties.plannen",
)

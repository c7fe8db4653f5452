"""The routes of the planning board, and the right of each."""

RECHT_VAN: dict[str, str | None] = {
    naam: "acties.plannen"
    for naam in (
        "planbord.stoppen",
        "planbord.toon",
        "planbord.uren",
        "planbord.zetten",
        "planbord.zoeken",
        "planbord_api.stand",
        "planbord_api.zet",
        "planbord_api.zoektocht",
    )
}

"""The routes of the verslag van binnentreden, and the right of each."""

RECHT_VAN: dict[str, str | None] = {
    "verslagen.afleveren": "verslagen.maken",
    "verslagen.begin": "verslagen.maken",
    "verslagen.document": "verslagen.lezen",
    "verslagen.elders": "verslagen.maken",
    "verslagen.lijst": "verslagen.lezen",
    "verslagen.toon": "verslagen.lezen",
    "verslagen.vaststellen": "verslagen.maken",
    "verslagen.wijzigen": "verslagen.maken",
}

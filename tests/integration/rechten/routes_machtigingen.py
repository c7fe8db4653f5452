"""The routes of authorisations to enter a dwelling, and the right of each."""

RECHT_VAN: dict[str, str | None] = {
    "machtigingen.aanbieden": "machtigingen.aanvragen",
    "machtigingen.document": "machtigingen.lezen",
    "machtigingen.intrekken": "machtigingen.aanvragen",
    "machtigingen.lijst": "machtigingen.lezen",
    "machtigingen.ondertekenen": "machtigingen.ondertekenen",
    "machtigingen.papier": "machtigingen.aanvragen",
    "machtigingen.stop": "machtigingen.aanvragen",
    "machtigingen.teruggeven": "machtigingen.ondertekenen",
    "machtigingen.toon": "machtigingen.lezen",
    "machtigingen.wijzigen": "machtigingen.aanvragen",
}

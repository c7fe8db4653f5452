"""Logging in with the account of the gemeente; before it nobody is known."""

RECHT_VAN: dict[str, str | None] = {
    "oidc.afgemeld": None,
    "oidc.begin": None,
    "oidc.bevestigen": "account.beheren",
    "oidc.terug": None,
}

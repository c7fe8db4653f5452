"""Logging in with the account of the gemeente, before which nobody is known; and seeing what a role has."""

RECHT_VAN: dict[str, str | None] = {
    "bekijk_als.toon": "gebruikers.beheren",
    "oidc.afgemeld": None,
    "oidc.begin": None,
    "oidc.bevestigen": "account.beheren",
    "oidc.terug": None,
}

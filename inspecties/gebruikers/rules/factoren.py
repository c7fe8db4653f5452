"""By what a login is proven: the words, which of them count as two factors, and how long each piece lives."""

from datetime import timedelta

# What a Sessiefactor holds. "oidc": the gemeente's own login without its word that two factors were used.
WIJZEN: dict[str, str] = {
    "wachtwoord": "Wachtwoord",
    "passkey": "Passkey",
    "totp": "Code uit een app",
    "herstelcode": "Herstelcode",
    "oidc": "Account van de gemeente",
    "oidc_sterk": "Account van de gemeente, met twee stappen",
}
# A passkey is something one has, opened by something one is or knows (user verification is required). The codes come
# after a password, so they complete it.
TWEE_FACTOREN = frozenset({"passkey", "totp", "herstelcode", "oidc_sterk"})

DOELEN: dict[str, str] = {"aanmelden": "Bij het aanmelden", "bevestigen": "Bij een handeling die zwaar weegt"}

# Between password and second step, and between asking a passkey and its answer.
STAP_GELDIG = timedelta(minutes=5)
HERSTELCODES = 10
PASSKEYS_HOOGSTENS = 10

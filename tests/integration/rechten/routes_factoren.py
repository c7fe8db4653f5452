"""Passkeys, app, recovery codes and the second step: whose they are, and what is open before a login."""

RECHT_VAN: dict[str, str | None] = {
    "factoren.app": "account.beheren",
    "factoren.app_beeld": "account.beheren",
    "factoren.begin_app": "account.beheren",
    "factoren.bevestig_app": "account.beheren",
    "factoren.bevestigen": "account.beheren",
    "factoren.maak_herstelcodes": "account.beheren",
    "factoren.overzicht": "account.beheren",
    "factoren.tweede_stap": None,
    "factoren.verwijder_app": "account.beheren",
    "factoren.verwijder_passkey": "account.beheren",
    "factoren.wachtwoord_nieuw": None,
    "factoren.wachtwoord_vergeten": None,
    "gebruikers.factoren_intrekken": "gebruikers.beheren",
    "gebruikers.sessie_beeindigen": "account.beheren",
    "passkeys_api.aanmelden": None,
    "passkeys_api.bevestig": "account.beheren",
    "passkeys_api.voeg_toe": "account.beheren",
    "passkeys_api.vraag_aanmelden": None,
    "passkeys_api.vraag_bevestiging": "account.beheren",
    "passkeys_api.vraag_nieuwe": "account.beheren",
}

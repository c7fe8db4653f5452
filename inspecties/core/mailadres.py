"""One mail address: checked before anything is sent to it."""

import re

from inspecties.core.fouten import OngeldigeInvoer

# One mailbox, no display name, nothing that ends a header or begins another recipient; ASCII, as plain SMTP asks.
_ADRES = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")


def is_mailadres(adres: str) -> bool:
    """Whether mail can go there."""
    return len(adres) <= 254 and bool(_ADRES.fullmatch(adres)) and ".." not in adres and "." in adres.rpartition("@")[2]


def controleer_adres(adres: str) -> str:
    """The address as it is used. Raises OngeldigeInvoer."""
    goed = adres.strip()
    if not is_mailadres(goed):
        raise OngeldigeInvoer("Dit e-mailadres klopt niet. Schrijf het als naam@organisatie.nl.", "aan")
    return goed

"""What a recovery code looks like: twenty-four signs that cannot be mistaken for one another, 120 bits."""

from collections.abc import Callable

# Crockford's base 32: no i, l, o or u.
TEKENS = "0123456789abcdefghjkmnpqrstvwxyz"
# From 112 random bits on a plain hash is enough to keep one by (OWASP ASVS 6.5.2).
LENGTE = 24
# Codes from before 120 bits: printed and locked away somewhere, so they work until they are used or replaced.
VROEGERE_LENGTE = 12
_GROEP = 4
_LEES_ALS = str.maketrans({"o": "0", "i": "1", "l": "1"})


def maak_code(kies: Callable[[str], str]) -> str:
    """A code such as '4k7p-9xq2-mh3t-...', in six groups. ``kies`` draws one sign (``secrets.choice``)."""
    kaal = "".join(kies(TEKENS) for _ in range(LENGTE))
    return "-".join(kaal[i : i + _GROEP] for i in range(0, LENGTE, _GROEP))


def lees_code(tekst: str) -> str | None:
    """The signs of a code as somebody typed it (capitals, spaces, o for 0); None where it cannot be one."""
    kaal = "".join(t for t in tekst.lower() if t.isalnum()).translate(_LEES_ALS)
    return kaal if len(kaal) in {LENGTE, VROEGERE_LENGTE} and set(kaal) <= set(TEKENS) else None

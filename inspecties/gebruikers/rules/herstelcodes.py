"""What a recovery code looks like: twelve signs that cannot be mistaken for one another, 60 bits."""

from collections.abc import Callable

# Crockford's base 32: no i, l, o or u.
TEKENS = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTE = 12
_GROEP = 4
_LEES_ALS = str.maketrans({"o": "0", "i": "1", "l": "1"})


def maak_code(kies: Callable[[str], str]) -> str:
    """A code such as '4k7p-9xq2-mh3t'. ``kies`` draws one sign (``secrets.choice``)."""
    kaal = "".join(kies(TEKENS) for _ in range(LENGTE))
    return "-".join(kaal[i : i + _GROEP] for i in range(0, LENGTE, _GROEP))


def lees_code(tekst: str) -> str | None:
    """The signs of a code as somebody typed it (capitals, spaces, o for 0); None where it cannot be one."""
    kaal = "".join(t for t in tekst.lower() if t not in "- \t").translate(_LEES_ALS)
    return kaal if len(kaal) == LENGTE and set(kaal) <= set(TEKENS) else None

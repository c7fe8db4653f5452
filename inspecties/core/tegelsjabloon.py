"""The template of a tile service, ``https://host/pad/{z}/{x}/{y}.png``, taken apart."""

from inspecties.core.buitendienst import Buitendienst

_DELEN = ("{z}", "{x}", "{y}")


def ontleed_sjabloon(sjabloon: str) -> tuple[str, str]:
    """(address, the part that is filled in). Raises ValueError: no ``{z}``, ``{x}``, ``{y}``, or no address to ask."""
    if any(sjabloon.count(deel) != 1 for deel in _DELEN) or "{s}" in sjabloon:
        raise ValueError("noem {z}, {x} en {y} elk een keer, en geen {s}")
    adres, _, rest = sjabloon.partition("{")
    if not adres.endswith("/"):
        raise ValueError("zet een / voor {z}")
    Buitendienst(adres, 1.0, 1)
    return adres.rstrip("/"), "{" + rest


def vul_in(patroon: str, z: int, x: int, y: int) -> str:
    """The path of one tile."""
    for deel, getal in zip(_DELEN, (z, x, y), strict=True):
        patroon = patroon.replace(deel, str(getal))
    return patroon

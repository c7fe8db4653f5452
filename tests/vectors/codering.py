"""Expected values in JSON: a number as ``{"getal": ...}``, because JSON has no NaN and 1 is not '1'."""

import math
from typing import Any


def codeer(waarde: Any) -> Any:
    """A value of an expression as it stands in a vector file."""
    if isinstance(waarde, bool | str | list):
        return waarde
    getal = float(waarde)
    if math.isnan(getal):
        return {"getal": "NaN"}
    if math.isinf(getal):
        return {"getal": "Infinity" if getal > 0 else "-Infinity"}
    return {"getal": getal + 0.0 if getal else 0.0}

"""Drawing covers into a copy of a photo: the pixels are replaced, so that nothing can be brought back from the copy."""

import math
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

from inspecties.controles.rules.lakken import Vlak

KLEUR = (0, 0, 0)
# The pixels at an edge were mixed from both sides when the picture was made smaller; and an oval is drawn with corners.
RAND = 2


def lakker(vlakken: Sequence[Vlak]) -> Callable[[Image.Image], None]:
    """What covers these areas in a picture that is upright and has its final size."""

    def lak(beeld: Image.Image) -> None:
        pen = ImageDraw.Draw(beeld)
        for vlak in vlakken:
            kader = (
                math.floor(vlak.x * beeld.width) - RAND,
                math.floor(vlak.y * beeld.height) - RAND,
                math.ceil((vlak.x + vlak.b) * beeld.width) + RAND,
                math.ceil((vlak.y + vlak.h) * beeld.height) + RAND,
            )
            if vlak.ovaal:
                pen.ellipse(kader, fill=KLEUR)
            else:
                pen.rectangle(kader, fill=KLEUR)

    return lak

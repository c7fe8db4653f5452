"""Many different photos, quickly: small JPEGs whose every byte follows from a number."""

import io

from PIL import Image, ImageDraw


def foto(zaad: int) -> bytes:
    """A JPEG of some 8 kB with its number on it; another number is another picture."""
    beeld = Image.effect_noise((160, 120), 60).convert("RGB")
    ImageDraw.Draw(beeld).text((10, 10), str(zaad), fill="white", font_size=40)
    uit = io.BytesIO()
    beeld.save(uit, "JPEG", quality=85, comment=str(zaad).encode())
    return uit.getvalue()

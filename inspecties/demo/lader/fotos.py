"""Drawn pictures in the place of photos: plainly invented, and without metadata because nothing writes any."""

import io
from collections.abc import Callable
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFont

BREEDTE, HOOGTE = 1280, 960
_MUUR = ("#b4674e", "#c98f6b", "#8d6a5a", "#a9a29a", "#d8c9ae", "#7c8a94")
_BINNEN = ("#e9e2d3", "#dfe6e4", "#efe3dc", "#e2e0ea")
_HEMEL = ("#bcd4e6", "#cfd8dc", "#3b4a63", "#e7d3c3")
_STIPPEN = 12

Tekenaar = Callable[[ImageDraw.ImageDraw, Random], None]


@cache
def _letter(maat: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=maat)


def _gevel(t: ImageDraw.ImageDraw, rng: Random) -> None:
    t.rectangle((0, 0, BREEDTE, HOOGTE), fill=rng.choice(_HEMEL))
    t.rectangle((0, 780, BREEDTE, HOOGTE), fill="#8b8d90")
    t.rectangle((240, 260, 1040, 800), fill=rng.choice(_MUUR))
    t.polygon([(200, 260), (640, 90), (1080, 260)], fill="#5b3a33")
    for kolom in range(3):
        for rij in range(2):
            x, y = 300 + 250 * kolom, 320 + 220 * rij
            if (kolom, rij) == (1, 1):
                t.rectangle((x + 20, y, x + 140, 800), fill="#3d5a45")
            else:
                licht = "#f4e3a1" if rng.random() < 0.4 else "#dce9f2"
                t.rectangle((x, y, x + 160, y + 150), fill=licht, outline="#ffffff", width=8)


def _kamer(t: ImageDraw.ImageDraw, rng: Random) -> None:
    t.rectangle((0, 0, BREEDTE, 620), fill=rng.choice(_BINNEN))
    t.polygon([(0, 620), (BREEDTE, 620), (BREEDTE, HOOGTE), (0, HOOGTE)], fill="#a78b6d")
    t.rectangle((820, 140, 1120, 400), fill="#cfe2ee", outline="#ffffff", width=12)
    for i in range(rng.randint(1, 3)):
        x = 90 + 250 * i
        t.rectangle((x, 560, x + 210, 760), fill="#4f6d7a")
        t.rectangle((x, 540, x + 210, 610), fill="#f7f7f2")


def _gang(t: ImageDraw.ImageDraw, rng: Random) -> None:
    t.rectangle((0, 0, BREEDTE, HOOGTE), fill="#d9d4c7")
    t.polygon([(0, HOOGTE), (480, 560), (800, 560), (BREEDTE, HOOGTE)], fill="#8c7b69")
    t.rectangle((480, 240, 800, 560), fill="#b9b2a3")
    t.rectangle((580, 320, 700, 560), fill="#6b4b3a")
    for _ in range(rng.randint(2, 5)):
        x, y = rng.randint(120, 1000), rng.randint(620, 820)
        t.rectangle(
            (x, y, x + rng.randint(60, 160), y + rng.randint(50, 120)), fill="#c08a3e", outline="#7a5a2a", width=4
        )


def _plafond(t: ImageDraw.ImageDraw, rng: Random) -> None:
    t.rectangle((0, 0, BREEDTE, HOOGTE), fill="#eeece6")
    for x in range(0, BREEDTE, 160):
        t.line((x, 0, x, HOOGTE), fill="#dcd9d0", width=3)
    x, y = rng.randint(400, 880), rng.randint(320, 620)
    t.ellipse((x - 110, y - 110, x + 110, y + 110), outline="#b5b1a6", width=6)
    for _ in range(3):
        t.line((x, y, x + rng.randint(-90, 90), y + rng.randint(-90, 90)), fill="#8a2f2f", width=6)


def _papier(t: ImageDraw.ImageDraw, rng: Random) -> None:
    t.rectangle((0, 0, BREEDTE, HOOGTE), fill="#6b4b3a")
    t.rectangle((260, 80, 1020, 900), fill="#fbfaf5")
    for rij in range(14):
        einde = 960 if rij % 5 else rng.randint(500, 800)
        t.rectangle((320, 160 + 48 * rij, einde, 176 + 48 * rij), fill="#c9c6bd" if rij % 4 else "#1c2530")


_TEKENAARS: dict[str, Tekenaar] = {
    "gevel": _gevel,
    "kamer": _kamer,
    "gang": _gang,
    "plafond": _plafond,
    "papier": _papier,
}
_BIJ_VRAAG = {
    "rookmelders": "plafond",
    "kamer_rookmelder": "plafond",
    "bmi_certificaat": "papier",
    "ontruimingsplan": "papier",
    "vluchtweg_vrij": "gang",
    "elektra_veilig": "gang",
    "deur_slot_buiten": "gang",
    "huur_en_arbeid_apart": "papier",
    "nachtregister_getoond": "papier",
    "vergunning_exploitatie": "papier",
    "omgevingsplan_gebruik": "gevel",
    "gebruiksoppervlakte_m2": "kamer",
    "hygiene_woning": "kamer",
}


def onderwerp(vraag: str) -> str:
    """What a picture with this question shows."""
    return _BIJ_VRAAG.get(vraag, "kamer")


def teken_foto(soort: str, regels: tuple[str, str], zaad: str) -> bytes:
    """A JPEG of 1280 x 960; ``soort`` is gevel, kamer, gang, plafond or papier. Same arguments, same bytes."""
    rng = Random(zaad)  # noqa: S311 - a drawing that repeats itself, not a secret
    beeld = Image.new("RGB", (BREEDTE, HOOGTE))
    t = ImageDraw.Draw(beeld)
    _TEKENAARS[soort](t, rng)
    t.rectangle((0, 0, BREEDTE, 64), fill="#1c2530")
    t.text((24, 14), "DEMO - tekening, geen echte foto", fill="#ffd54f", font=_letter(30))
    t.rectangle((0, HOOGTE - 92, BREEDTE, HOOGTE), fill="#1c2530")
    for i, regel in enumerate(regels):
        t.text((24, HOOGTE - 86 + 42 * i), regel, fill="#ffffff", font=_letter(28))
    uit = io.BytesIO()
    beeld.save(uit, "JPEG", quality=80)
    return uit.getvalue()


def teken_handtekening(naam: str) -> bytes:
    """A PNG with a scrawl; the same for the same name."""
    rng = Random(naam)  # noqa: S311 - a drawing that repeats itself, not a secret
    beeld = Image.new("RGB", (600, 200), "white")
    t = ImageDraw.Draw(beeld)
    punten = [(60 + 40 * i, rng.randint(50, 150)) for i in range(_STIPPEN)]
    t.line(punten, fill="#1a237e", width=5, joint="curve")
    t.line((50, 165, 560, 150 + rng.randint(0, 20)), fill="#1a237e", width=3)
    uit = io.BytesIO()
    beeld.save(uit, "PNG")
    return uit.getvalue()

"""Makes veelgebruikt.txt.gz from stammen.txt; says how many there are."""

import gzip
from itertools import product
from pathlib import Path

HIER = Path(__file__).resolve().parent
KLEINSTE = 12
JAREN = [str(jaar) for jaar in range(1950, 2031)]
STAARTEN = ["", "!", "1", "1!", "12", "123", "123!", "1234", "12345", "123456", "1234567", "12345678", "123456789"]
RIJEN = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "0987654321", "azertyuiop", "qsdfghjklm", "wxcvbn"]
TREKKEN = [
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "qazwsxedcrfvtgbyhnujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "zaq12wsxcde3vfr4bgt5",
]


def maak(stammen: list[str]) -> list[str]:
    """All of at least twelve characters, once, sorted."""
    uit: set[str] = set()
    for stam in stammen:
        uit |= {stam + jaar + staart for jaar in JAREN for staart in ("", "!")}
        uit |= {jaar + stam for jaar in JAREN}
        uit |= {herhaald + staart for herhaald in (stam, stam * 2, stam * 3) for staart in STAARTEN}
    uit |= {een + ander for een, ander in product(stammen, stammen)}
    for rij in [*RIJEN, *TREKKEN]:
        for tekst in (rij, rij[::-1], rij * 2):
            uit |= {tekst[a:b] for a in range(len(tekst)) for b in range(a + KLEINSTE, len(tekst) + 1)}
    uit |= {een + ander for een, ander in product(RIJEN, RIJEN)}
    return sorted(tekst for tekst in uit if KLEINSTE <= len(tekst) <= 40)


def inhoud() -> bytes:
    """The text of the list."""
    stammen = sorted(set((HIER / "stammen.txt").read_text(encoding="ascii").split()))
    return ("\n".join(maak(stammen)) + "\n").encode("ascii")


if __name__ == "__main__":
    tekst = inhoud()
    (HIER / "veelgebruikt.txt.gz").write_bytes(gzip.compress(tekst, 9, mtime=0))
    print(tekst.count(b"\n"))  # noqa: T201 - a command

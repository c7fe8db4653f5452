"""On which ground a team may go in, and what each ground asks at the door."""

from inspecties.acties.rules.gereedheid import Punt

# Kinds of location where people live by their nature, and kinds that often are somebody's home.
WOONTYPEN = frozenset({"huisvesting_arbeidsmigranten", "kamerverhuurpand"})
SOMS_WONING = frozenset({"onvergunde_seksinrichting", "vakantiepark", "camping"})

UITLEG: dict[str, tuple[str, str, str]] = {
    "toezicht": (
        "Toezicht",
        "art. 5:15 Awb (te bevestigen)",
        "Voor elke plek die geen woning is. Laat uw legitimatie zien als iemand daarom vraagt. "
        "Toestemming is niet nodig. Een woning gaat u hiermee niet in.",
    ),
    "toestemming": (
        "Toestemming",
        "art. 1, vierde lid, Awbi",
        "Voor een woning. Laat eerst uw legitimatie zien en zeg waarvoor u komt. Vraag dan of u binnen mag. "
        "De toestemming moet duidelijk zijn. Zegt de bewoner nee, dan gaat u weg.",
    ),
    "machtiging": (
        "Machtiging",
        "art. 2 Awbi",
        "Voor een woning zonder toestemming. De burgemeester geeft een schriftelijke machtiging. "
        "Laat uw legitimatie en de machtiging zien en zeg waarvoor u komt. Daarna maakt u een verslag.",
    ),
}


def woonkans(gebruiksdoel: str, locatietype: str) -> str:
    """'woning', 'misschien' or 'nee': what is known of the address (BAG) or else of the kind of place."""
    doelen = {doel.strip() for doel in gebruiksdoel.casefold().replace("|", ",").split(",") if doel.strip()}
    if doelen == {"woonfunctie"} or locatietype in WOONTYPEN:
        return "woning"
    return "misschien" if "woonfunctie" in doelen or locatietype in SOMS_WONING else "nee"


def begingrond(gebruiksdoel: str, locatietype: str) -> str:
    """The ground that a new stop begins with: nobody plans to walk into a home by supervision alone."""
    return "toestemming" if woonkans(gebruiksdoel, locatietype) == "woning" else "toezicht"


def beoordeel_grond(noem: str, grond: str, kans: str, stop_uid: str) -> tuple[list[Punt], list[Punt]]:
    """(what blocks, what deserves attention) of the ground that was chosen. ``noem`` names the stop."""
    link = ("acties.stop", (("stop_uid", stop_uid),))
    if grond != "toezicht" or kans == "nee":
        return [], []
    if kans == "woning":
        tekst = f"{noem}: dit is een woning. Met toezicht alleen mag u die niet in. Kies toestemming of machtiging."
        return [Punt("stops", tekst, *link, code="grond_woning", sleutel=stop_uid)], []
    tekst = f"{noem}: hier kan iemand wonen. Kies dan toestemming of machtiging."
    return [], [Punt("stops", tekst, *link, code="grond_misschien", sleutel=stop_uid)]

"""What inspectors found at a stop, from which a loader makes the answers to a checklist."""

from random import Random
from typing import Any

from inspecties.demo.inhoud.locaties import WONINGTYPEN
from inspecties.demo.inhoud.model import Locatie

NORM_M2_PP = 12.0
_BIJ_WONEN = ("paspoort_niet_in_bezit", "werkadres_onbekend", "schulden", "woont_op_werkplek", "geisoleerd")
_BIJ_SEKSWERK = ("begeleider_aanwezig", "paspoort_niet_in_bezit", "schulden", "vage_uitleg_verwondingen")
_OPMERKINGEN = (
    "Bewoners werkten goed mee.",
    "Leidinggevende kwam na een kwartier zelf langs.",
    "Gesprek gevoerd met hulp van de tolkentelefoon.",
    "Afspraak gemaakt voor het nasturen van papieren.",
    "Zorgkaart achtergelaten.",
    "Pand netjes, geen bijzonderheden.",
    "Deel van de kamers was op slot, geen toestemming om die te openen.",
)


def _verdeel(rng: Random, oppervlakte: float, personen: int) -> list[dict[str, float | int]]:
    """Rooms with their area and the persons who sleep there; together all persons and two thirds of the area."""
    aantal = max(1, min(6, round(personen / rng.choice((1.5, 2.0, 2.5)))))
    delen = [rng.uniform(0.7, 1.3) for _ in range(aantal)]
    kamers: list[dict[str, float | int]] = [
        {"m2": round(oppervlakte * 0.66 * d / sum(delen), 1), "personen": personen // aantal} for d in delen
    ]
    for i in range(personen % aantal):
        kamers[i]["personen"] += 1
    return kamers


def _wonen(rng: Random, locatie: Locatie, overbewoond: bool | None) -> dict[str, Any]:
    oppervlakte = float(min(locatie.adres.oppervlakte_m2, 260))
    grens = int(oppervlakte // NORM_M2_PP)
    vol = overbewoond if overbewoond is not None else rng.random() < 0.38
    # At most four more than fit, so that the figures stay believable in a large house.
    personen = grens + rng.randint(1, 4) if vol else rng.randint(max(1, grens // 4), max(1, min(grens, 10)))
    zwaar = vol and rng.random() < 0.35
    signalen = rng.sample(_BIJ_WONEN, 2 if zwaar else rng.choice((0, 0, 0, 1)))
    return {
        "aantal_personen": personen,
        "bedden": personen + rng.choice((0, 0, 1, 2)),
        "gebruiksoppervlakte_m2": oppervlakte,
        "personen_brp": locatie.personen_brp if locatie.personen_brp is not None else rng.choice((0, 1, 2)),
        "kamers": _verdeel(rng, oppervlakte, personen),
        "rookmelders": rng.choices(("alle", "deels", "geen"), (25, 45, 30) if vol else (60, 30, 10))[0],
        "vluchtweg_vrij": rng.random() < (0.6 if vol else 0.88),
        "elektra_veilig": rng.random() < (0.7 if vol else 0.92),
        "huur_en_arbeid_apart": rng.random() < 0.55,
        "wonen_stopt_met_werk": rng.random() < (0.5 if vol else 0.2),
        "paspoort_bij_ander": "paspoort_niet_in_bezit" in signalen,
        "signalen": sorted(signalen),
    }


def maak_feiten(rng: Random, locatie: Locatie, overbewoond: bool | None = None) -> dict[str, Any]:
    """Facts of one visit. ``overbewoond`` forces whether a dwelling holds more than one person per 12 m2."""
    if locatie.type in ("huisvesting_arbeidsmigranten", "kamerverhuurpand"):
        feiten = _wonen(rng, locatie, overbewoond)
    else:
        seks = locatie.type in ("onvergunde_seksinrichting", "massagesalon", "vergunde_seksinrichting")
        signalen = rng.sample(_BIJ_SEKSWERK if seks else _BIJ_WONEN, rng.choice((0, 0, 1, 2)))
        feiten = {
            "aantal_personen": rng.randint(1, 4) if locatie.type in WONINGTYPEN else rng.randint(1, 9),
            "bedden": rng.randint(1, 3) if seks else 0,
            "rookmelders": rng.choices(("alle", "deels", "geen"), (60, 28, 12))[0],
            "vluchtweg_vrij": rng.random() < 0.85,
            "elektra_veilig": rng.random() < 0.93,
            "paspoort_bij_ander": "paspoort_niet_in_bezit" in signalen,
            "signalen": sorted(signalen),
        }
    feiten["opmerking"] = rng.choice(_OPMERKINGEN)
    return feiten

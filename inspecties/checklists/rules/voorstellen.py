"""From consequences at single questions to proposals. Pure and explainable; never a score.

Signals of trafficking (``signaal_mh``) need two different indicators or one hard one (``signaal_mh_hard``): the same
question in two repeat instances is one indicator. They go to a person, not into a decision. They count in the whole
visit, so where it has several checklists their indicators are weighed together (``weeg``).
"""

from collections.abc import Iterable, Mapping
from typing import Any, NotRequired, TypedDict

SIGNAAL, SIGNAAL_HARD = "signaal_mh", "signaal_mh_hard"
DREMPEL = 2


class Ontbreekt(TypedDict):
    """Evidence that the law asks for at this question and that is not there yet."""

    vraag: str
    bewijs: str


class Voorstel(TypedDict):
    """A proposal: consequence, article, the answers that carry it, what it still lacks."""

    gevolg: str
    grondslag: str
    vragen: list[str]
    ontbreekt: list[Ontbreekt]
    # Of a signal of trafficking only, its weight: whether one indicator is hard, and how many different ones there are.
    hard: NotRequired[bool]
    indicatoren: NotRequired[int]


class Aanwijzing(TypedDict):
    """An answer that points to trafficking; alone it is nothing yet, unless it is hard."""

    vraag: str
    grondslag: str
    hard: bool
    ontbreekt: list[Ontbreekt]


Vurend = tuple[str, Mapping[str, Any], Any, Mapping[str, Any]]


def bundel(vurend: Iterable[Vurend]) -> list[Voorstel]:
    """Groups what fires, (key, node, answer, evidence) in the order of the form, per consequence and article."""
    alles = list(vurend)
    per: dict[tuple[str, str], Voorstel] = {}
    for sleutel, node, waarde, bewijs in alles:
        for gevolg, grondslag in _artikelen(node["gevolg"], node.get("grondslag", "")).items():
            if gevolg == SIGNAAL:
                continue
            voorstel = per.setdefault(
                (gevolg, grondslag), {"gevolg": gevolg, "grondslag": grondslag, "vragen": [], "ontbreekt": []}
            )
            voorstel["vragen"].append(sleutel)
            voorstel["ontbreekt"] += _ontbreekt(sleutel, node, waarde, bewijs)
    signaal = weeg(aanwijzingen(alles))
    return [*per.values(), *([signaal] if signaal else [])]


def aanwijzingen(vurend: Iterable[Vurend]) -> list[Aanwijzing]:
    """Of what fires the answers that point to trafficking, also when there are too few of them."""
    uit: list[Aanwijzing] = []
    for sleutel, node, waarde, bewijs in vurend:
        per_code = _artikelen(node["gevolg"], node.get("grondslag", ""))
        if SIGNAAL in per_code:
            uit.append(
                {
                    "vraag": sleutel,
                    "grondslag": per_code[SIGNAAL],
                    "hard": SIGNAAL_HARD in node["gevolg"],
                    "ontbreekt": _ontbreekt(sleutel, node, waarde, bewijs),
                }
            )
    return uit


def weeg(alle: Iterable[Aanwijzing]) -> Voorstel | None:
    """One signal of two different indicators or one hard one, else None.

    A question that two checklists share was answered once: it counts once, and is hard where either says so.
    """
    per: dict[str, Aanwijzing] = {}
    for deel in alle:
        bekend = per.setdefault(deel["vraag"], deel)
        if deel["hard"] and not bekend["hard"]:
            per[deel["vraag"]] = deel
    hard = any(deel["hard"] for deel in per.values())
    aantal = len({sleutel.partition("@")[0] for sleutel in per})
    if not hard and aantal < DREMPEL:
        return None
    return {
        "gevolg": SIGNAAL,
        "grondslag": "; ".join(dict.fromkeys(deel["grondslag"] for deel in per.values() if deel["grondslag"])),
        "vragen": list(per),
        "ontbreekt": [gemis for deel in per.values() for gemis in deel["ontbreekt"]],
        "hard": hard,
        "indicatoren": aantal,
    }


def _artikelen(codes: Iterable[str], grondslag: str) -> dict[str, str]:
    """The article per consequence: as many articles as codes, in their order, or one text for all of them."""
    eigen = list(dict.fromkeys(SIGNAAL if code == SIGNAAL_HARD else code for code in codes))
    delen = [deel.strip() for deel in grondslag.split(";")]
    return dict(zip(eigen, delen if len(delen) == len(eigen) else [grondslag] * len(eigen), strict=True))


def _ontbreekt(sleutel: str, node: Mapping[str, Any], waarde: Any, bewijs: Mapping[str, Any]) -> list[Ontbreekt]:
    uit: list[Ontbreekt] = []
    for soort in node.get("bewijs", []):
        eigen_foto = soort == "foto" and node.get("type") == "image" and bool(waarde)
        eigen_tekst = soort == "toelichting" and node.get("type") == "text" and bool(waarde)
        if not (bewijs.get(soort) or eigen_foto or eigen_tekst):
            uit.append({"vraag": sleutel, "bewijs": soort})
    return uit

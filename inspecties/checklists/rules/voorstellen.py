"""From consequences at single questions to proposals. Pure and explainable; never a score.

Signals of trafficking (``signaal_mh``) need two different indicators or one hard one (``signaal_mh_hard``): the same
question in two repeat instances is one indicator. They go to a person, not into a decision.
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
    hard: NotRequired[bool]


def bundel(vurend: Iterable[tuple[str, Mapping[str, Any], Any, Mapping[str, Any]]]) -> list[Voorstel]:
    """Groups what fires, (key, node, answer, evidence) in the order of the form, per consequence and article."""
    per: dict[tuple[str, str], Voorstel] = {}
    signaal: Voorstel = {"gevolg": SIGNAAL, "grondslag": "", "vragen": [], "ontbreekt": [], "hard": False}
    artikelen: dict[str, None] = {}
    for sleutel, node, waarde, bewijs in vurend:
        ontbreekt = _ontbreekt(sleutel, node, waarde, bewijs)
        codes: list[str] = node["gevolg"]
        per_code = _artikelen(codes, node.get("grondslag", ""))
        if SIGNAAL in codes or SIGNAAL_HARD in codes:
            signaal["vragen"].append(sleutel)
            signaal["ontbreekt"] += ontbreekt
            signaal["hard"] = signaal["hard"] or SIGNAAL_HARD in codes
            if per_code[SIGNAAL]:
                artikelen[per_code[SIGNAAL]] = None
        for gevolg in codes:
            if gevolg in {SIGNAAL, SIGNAAL_HARD}:
                continue
            grondslag = per_code[gevolg]
            voorstel = per.setdefault(
                (gevolg, grondslag), {"gevolg": gevolg, "grondslag": grondslag, "vragen": [], "ontbreekt": []}
            )
            voorstel["vragen"].append(sleutel)
            voorstel["ontbreekt"] += ontbreekt
    uit = list(per.values())
    indicatoren = {sleutel.partition("@")[0] for sleutel in signaal["vragen"]}
    if signaal["hard"] or len(indicatoren) >= DREMPEL:
        signaal["grondslag"] = "; ".join(artikelen)
        uit.append(signaal)
    return uit


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

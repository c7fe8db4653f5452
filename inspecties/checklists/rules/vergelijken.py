"""What changed between two versions of a checklist, per question, in words."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inspecties.checklists.rules.expressies.leesbaar import als_tekst

Node = dict[str, Any]

SOORTEN = {"vraag": "vraag", "groep": "groep", "herhaling": "herhaling"}
# Member of a node -> what it is called on screen; in the order of the screen.
_TEKSTEN = {
    "label": "Tekst",
    "hint": "Uitleg",
    "verplicht_melding": "Melding bij niet ingevuld",
    "beperking_melding": "Melding bij fout antwoord",
}
_UITDRUKKINGEN = {
    "relevant": ("Wordt gevraagd als", "altijd"),
    "verplicht": ("Verplicht", "nee"),
    "beperking": ("Antwoord moet voldoen aan", "geen eis"),
    "berekening": ("Berekening", "geen"),
    "keuzefilter": ("Welke keuzes", "alle"),
    "standaard": ("Vooraf ingevuld", "niets"),
    "aantal": ("Aantal keer", "vrij"),
    "gevolg_als": ("Gevolg geldt als", "bij 'ja' of een ander positief antwoord"),
}
_WAARDEN = {
    "soort": "Soort onderdeel",
    "type": "Soort vraag",
    "keuzelijst": "Keuzelijst",
    "alleen_lezen": "Alleen lezen",
    "weergave": "Weergave",
    "parameters": "Instellingen",
    "gevolg": "Gevolg",
    "grondslag": "Artikel",
    "bewijs": "Bewijs nodig",
    "rol": "Wie vult in",
    "avg": "Soort gegeven (AVG)",
}
# Kinds of question as a jurist calls them; another kind is shown as the form has it.
_TYPEN = {
    "text": "tekst",
    "integer": "heel getal",
    "decimal": "getal",
    "select_one": "één keuze",
    "select_multiple": "meer keuzes",
    "date": "datum",
    "time": "tijd",
    "dateTime": "datum en tijd",
    "image": "foto",
    "note": "mededeling",
    "calculate": "berekening",
    "acknowledge": "vinkje",
    "geopoint": "plek op de kaart",
}
LEEG = "niets"


@dataclass(frozen=True, slots=True)
class Wijziging:
    """One property that differs."""

    wat: str
    oud: str
    nieuw: str


@dataclass(frozen=True, slots=True)
class Vraagverschil:
    """A question, group or repeat that differs. ``stand``: erbij, weg, gewijzigd; ``verplaatst`` besides."""

    naam: str
    soort: str
    tekst: str
    plek: str
    stand: str
    verplaatst: bool
    wijzigingen: tuple[Wijziging, ...]


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """Two versions side by side; ``onderdelen`` in the order of the new one, what went away at the end."""

    algemeen: tuple[Wijziging, ...]
    onderdelen: tuple[Vraagverschil, ...]

    @property
    def gelijk(self) -> bool:
        return not (self.algemeen or self.onderdelen)

    def telling(self) -> dict[str, int]:
        """How many were added, removed, changed and moved."""
        uit = {"erbij": 0, "weg": 0, "gewijzigd": 0, "verplaatst": 0}
        for onderdeel in self.onderdelen:
            if onderdeel.wijzigingen or onderdeel.stand != "gewijzigd":
                uit[onderdeel.stand] += 1
            uit["verplaatst"] += onderdeel.verplaatst
        return uit


@dataclass(frozen=True, slots=True)
class _Plek:
    node: Node
    ouder: str | None
    pad: str


def vergelijk(oud: Mapping[str, Any], nieuw: Mapping[str, Any]) -> Vergelijking:
    """Compares two definitions; a question is the same when its name is."""
    links, rechts = _plekken(oud), _plekken(nieuw)
    verplaatst = _verplaatst(links, rechts)
    onderdelen: list[Vraagverschil] = []
    for naam, plek in rechts.items():
        eerder = links.get(naam)
        if eerder is None:
            onderdelen.append(_verschil(naam, plek, nieuw, "erbij", tuple(_eigenschappen(plek.node, nieuw))))
            continue
        wijzigingen = _wijzigingen(eerder.node, plek.node, oud, nieuw)
        if naam in verplaatst:
            wijzigingen = [*_verhuizing(eerder, plek, oud, nieuw), *wijzigingen]
        if wijzigingen or naam in verplaatst:
            onderdelen.append(
                _verschil(naam, plek, nieuw, "gewijzigd", tuple(wijzigingen), verplaatst=naam in verplaatst)
            )
    onderdelen += [_verschil(naam, plek, oud, "weg", ()) for naam, plek in links.items() if naam not in rechts]
    return Vergelijking(tuple(_algemeen(oud, nieuw)), tuple(onderdelen))


def _plekken(definitie: Mapping[str, Any]) -> dict[str, _Plek]:
    uit: dict[str, _Plek] = {}

    def loop(nodes: Iterable[Node], ouder: str | None, pad: tuple[str, ...]) -> None:
        for node in nodes:
            uit[node["naam"]] = _Plek(node, ouder, " › ".join(pad))
            loop(node.get("kinderen", ()), node["naam"], (*pad, _tekst(node, definitie)))

    loop(definitie["kinderen"], None, ())
    return uit


def _tekst(node: Node, definitie: Mapping[str, Any]) -> str:
    teksten = node.get("label") or node.get("hint") or {}
    return str(teksten.get(definitie["standaardtaal"]) or next(iter(teksten.values()), node["naam"]))


def _verschil(
    naam: str,
    plek: _Plek,
    definitie: Mapping[str, Any],
    stand: str,
    wijzigingen: tuple[Wijziging, ...],
    *,
    verplaatst: bool = False,
) -> Vraagverschil:
    tekst = _tekst(plek.node, definitie)
    return Vraagverschil(naam, SOORTEN[plek.node["soort"]], tekst, plek.pad, stand, verplaatst, wijzigingen)


# -- order


def _verplaatst(links: Mapping[str, _Plek], rechts: Mapping[str, _Plek]) -> set[str]:
    """Names that have another parent, or had to move among the siblings that stayed. As few as explain the order."""
    uit = {naam for naam, plek in rechts.items() if naam in links and links[naam].ouder != plek.ouder}
    orde = {naam: i for i, naam in enumerate(links)}
    per_ouder: dict[str | None, list[str]] = {}
    for naam, plek in rechts.items():
        if naam in links and naam not in uit:
            per_ouder.setdefault(plek.ouder, []).append(naam)
    for namen in per_ouder.values():
        uit |= set(namen) - _langste_rij(namen, orde)
    return uit


def _langste_rij(namen: list[str], orde: Mapping[str, int]) -> set[str]:
    """The longest subsequence whose old order is still their order (patience sorting)."""
    toppen: list[int] = []
    wie: list[str] = []
    vorige: dict[str, str | None] = {}
    for naam in namen:
        i = bisect_left(toppen, orde[naam])
        vorige[naam] = wie[i - 1] if i else None
        toppen[i : i + 1] = [orde[naam]]
        wie[i : i + 1] = [naam]
    uit: set[str] = set()
    naam_nu = wie[-1] if wie else None
    while naam_nu is not None:
        uit.add(naam_nu)
        naam_nu = vorige[naam_nu]
    return uit


def _verhuizing(eerder: _Plek, nu: _Plek, oud: Mapping[str, Any], nieuw: Mapping[str, Any]) -> Iterator[Wijziging]:
    if eerder.ouder != nu.ouder:
        van = eerder.pad or _titel(oud)
        naar = nu.pad or _titel(nieuw)
        yield Wijziging("Staat in", van, naar)


# -- properties


def _wijzigingen(oud: Node, nieuw: Node, def_oud: Mapping[str, Any], def_nieuw: Mapping[str, Any]) -> list[Wijziging]:
    uit: list[Wijziging] = []
    for sleutel, wat in _TEKSTEN.items():
        uit += _taalverschil(wat, oud.get(sleutel, {}), nieuw.get(sleutel, {}), def_nieuw)
    for sleutel, (wat, leeg) in _UITDRUKKINGEN.items():
        if oud.get(sleutel) != nieuw.get(sleutel):
            uit.append(Wijziging(wat, _toon(sleutel, oud, leeg), _toon(sleutel, nieuw, leeg)))
    for sleutel, wat in _WAARDEN.items():
        if oud.get(sleutel) != nieuw.get(sleutel):
            uit.append(Wijziging(wat, _waarde(sleutel, oud.get(sleutel)), _waarde(sleutel, nieuw.get(sleutel))))
    if "keuzelijst" in oud and "keuzelijst" in nieuw:
        uit += _keuzes(
            def_oud["keuzelijsten"].get(oud["keuzelijst"], []),
            def_nieuw["keuzelijsten"].get(nieuw["keuzelijst"], []),
            def_nieuw,
        )
    return uit


def _eigenschappen(node: Node, definitie: Mapping[str, Any]) -> Iterator[Wijziging]:
    """What a new question does: everything but its text in the form's own language, which stands above it."""
    leeg: Node = {
        "soort": node["soort"],
        "label": {k: v for k, v in node.get("label", {}).items() if k == definitie["standaardtaal"]},
    }
    for wijziging in _wijzigingen(leeg, node, definitie, definitie):
        if wijziging.wat != _WAARDEN["keuzelijst"]:
            yield Wijziging(wijziging.wat, "", wijziging.nieuw)
    if "keuzelijst" in node:
        keuzes = definitie["keuzelijsten"].get(node["keuzelijst"], [])
        yield Wijziging("Keuzes", "", ", ".join(_keuzetekst(keuze, definitie) for keuze in keuzes) or LEEG)


def _toon(sleutel: str, node: Node, leeg: str) -> str:
    boom = node.get(sleutel)
    if boom is None:
        return leeg
    if boom == {"op": "fn", "naam": "true", "a": []}:
        return "altijd"
    if boom == {"op": "fn", "naam": "false", "a": []}:
        return "nooit"
    if sleutel == "standaard" and boom["op"] == "tekst":
        return str(boom["w"])
    return als_tekst(boom)


def _waarde(sleutel: str, waarde: Any) -> str:
    if sleutel == "type":
        return _TYPEN.get(waarde, waarde or LEEG)
    if waarde in (None, "", [], {}):
        return LEEG
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, list):
        return ", ".join(str(w) for w in waarde)
    if isinstance(waarde, dict):
        return ", ".join(f"{k}={w}" for k, w in waarde.items())
    return str(waarde)


def _taalverschil(
    wat: str, oud: Mapping[str, str], nieuw: Mapping[str, str], definitie: Mapping[str, Any]
) -> Iterator[Wijziging]:
    for taal in dict.fromkeys([*nieuw, *oud]):
        if oud.get(taal) != nieuw.get(taal):
            bij = "" if taal == definitie["standaardtaal"] else f" ({taal})"
            yield Wijziging(f"{wat}{bij}", oud.get(taal) or LEEG, nieuw.get(taal) or LEEG)


def _keuzes(oud: list[Node], nieuw: list[Node], definitie: Mapping[str, Any]) -> Iterator[Wijziging]:
    links, rechts = ({keuze["naam"]: keuze for keuze in lijst} for lijst in (oud, nieuw))
    for naam, keuze in rechts.items():
        if naam not in links:
            yield Wijziging("Keuze erbij", LEEG, _keuzetekst(keuze, definitie))
    for naam, keuze in links.items():
        if naam not in rechts:
            yield Wijziging("Keuze weg", _keuzetekst(keuze, definitie), LEEG)
    for naam, keuze in rechts.items():
        if naam in links and links[naam] != keuze:
            eerder = links[naam]
            yield from _taalverschil(f"Keuze {naam}", eerder.get("label", {}), keuze.get("label", {}), definitie)
            if eerder.get("kolommen") != keuze.get("kolommen"):
                yield Wijziging(
                    f"Keuze {naam}, kolommen", _waarde("", eerder.get("kolommen")), _waarde("", keuze.get("kolommen"))
                )
    blijft = [[naam for naam in lijst if naam in links and naam in rechts] for lijst in (links, rechts)]
    if blijft[0] != blijft[1]:
        yield Wijziging("Volgorde van de keuzes", ", ".join(blijft[0]), ", ".join(blijft[1]))


def _keuzetekst(keuze: Node, definitie: Mapping[str, Any]) -> str:
    teksten = keuze.get("label", {})
    tekst = teksten.get(definitie.get("standaardtaal", "nl")) or next(iter(teksten.values()), "")
    return f"{tekst} ({keuze['naam']})" if tekst else str(keuze["naam"])


# -- the form itself


def _titel(definitie: Mapping[str, Any]) -> str:
    titels = definitie["titel"]
    return str(titels.get(definitie["standaardtaal"]) or next(iter(titels.values())))


def _algemeen(oud: Mapping[str, Any], nieuw: Mapping[str, Any]) -> Iterator[Wijziging]:
    yield from _taalverschil("Titel", oud["titel"], nieuw["titel"], nieuw)
    if oud["standaardtaal"] != nieuw["standaardtaal"]:
        yield Wijziging("Eigen taal", oud["standaardtaal"], nieuw["standaardtaal"])
    if set(oud["talen"]) != set(nieuw["talen"]):
        yield Wijziging("Talen", ", ".join(sorted(oud["talen"])), ", ".join(sorted(nieuw["talen"])))
    tabellen = (oud.get("bestanden", {}), nieuw.get("bestanden", {}))
    for naam in sorted({*tabellen[0], *tabellen[1]}):
        een, twee = (tabel.get(naam) for tabel in tabellen)
        if een != twee:
            anders = ", met andere inhoud" if een and twee else ""
            yield Wijziging(f"Bestand {naam}.csv", _omvang(een), _omvang(twee) + anders)


def _omvang(tabel: Mapping[str, Any] | None) -> str:
    if tabel is None:
        return LEEG
    return f"{len(tabel['rijen'])} rijen met {', '.join(tabel['kolommen'])}"

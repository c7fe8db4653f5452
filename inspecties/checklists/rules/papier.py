"""A checklist as a paper form: numbered questions, what to skip in plain Dutch, boxes and lines to write on.

Pure: from a ``Definitie`` to plain data that a template prints. ``uitleg`` makes the words of the conditions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inspecties.checklists.rules.papier_invoer import invoer_van, rekenwaarde
from inspecties.checklists.rules.papier_nummers import Nummering, nummer
from inspecties.checklists.rules.uitleg import Uitleg
from inspecties.checklists.rules.uitleg_logica import Vast
from inspecties.checklists.rules.vorm import NAAM_IN_TEKST, Node

STANDAARD_AANTAL: dict[str, int] = {"kamers": 6, "personen": 8}
ANDER_AANTAL, GENEST_AANTAL = 4, 2
MAX_BLOKKEN = 30
# Many blocks take much paper: one line, three figures.
CIJFERS_IN_BLOK = {"lijnen": 1, "vakjes": 3}

# What the codes in the column ``rol`` are called; another code is shown as it is.
PARTNERS: dict[str, str] = {
    "nla": "Nederlandse Arbeidsinspectie",
    "ggd": "GGD",
    "belastingdienst": "Belastingdienst",
    "zorg": "zorg of hulpverlening",
    "brandweer": "brandweer of veiligheidsregio",
}
ONWAAR = {"op": "fn", "naam": "false", "a": []}

Regel = dict[str, Any]


@dataclass(frozen=True)
class Wensen:
    """How a form is printed: in which language, how many blocks per repeat, and what is known beforehand."""

    taal: str = "nl"
    aantallen: Mapping[str, int] | None = None
    bekend: Mapping[str, Any] | None = None


def herhalingen_van(definitie: Mapping[str, Any]) -> dict[str, str]:
    """Name -> label of every repeat, in order of the form."""

    def loop(kinderen: list[Node]) -> Iterator[tuple[str, str]]:
        for node in kinderen:
            if node["soort"] == "herhaling":
                yield node["naam"], next(iter(node.get("label", {}).values()), node["naam"])
            yield from loop(node.get("kinderen", []))

    return dict(loop(definitie["kinderen"]))


def maak_papier(definitie: Mapping[str, Any], wensen: Wensen | None = None) -> list[Regel]:
    """Everything on the form in order. ``soort``: deel, kop, blok, vraag, tekst, controle or reken."""
    return list(_Papier(definitie, wensen or Wensen()).alles())


class _Papier:
    def __init__(self, definitie: Mapping[str, Any], wensen: Wensen) -> None:
        self._definitie = definitie
        self._wensen = wensen
        self._nummers: Nummering = nummer(definitie)
        self._uitleg = Uitleg(definitie, self._nummers.namen, wensen.taal)
        self._delen = 0

    def alles(self) -> Iterator[Regel]:
        yield from self._reeks(self._definitie["kinderen"], 1)

    def _tekst(self, node: Node, soort: str) -> str:
        teksten: Mapping[str, str] = node.get(soort, {})
        standaard = self._definitie.get("standaardtaal", "nl")
        tekst = teksten.get(self._wensen.taal) or teksten.get(standaard) or next((t for t in teksten.values() if t), "")
        return NAAM_IN_TEKST.sub(lambda m: f"[{self._uitleg.noem(m.group(1)).strip(chr(39))}]", tekst)

    def _reeks(self, kinderen: list[Node], niveau: int, eerste: bool = True) -> Iterator[Regel]:
        """Siblings; a run with the same condition gets it once, with where to go on."""
        i = 0
        while i < len(kinderen):
            gelijk = i + 1
            als = kinderen[i].get("relevant")
            while als is not None and gelijk < len(kinderen) and kinderen[gelijk].get("relevant") == als:
                gelijk += 1
            reeks = [node for node in kinderen[i:gelijk] if self._komt_erop(node)]
            samen = len(reeks) > 1 and als is not None and all(node["soort"] == "vraag" for node in reeks)
            if samen:
                yield {"soort": "sprong", "als": self._alleen(als), "anders": self._verder_na(reeks)}
            for node in reeks:
                yield from self._node(node, niveau, "" if samen else self._alleen(als), eerste, samen)
            i = gelijk

    def _komt_erop(self, node: Node) -> bool:
        return node["soort"] != "vraag" or node.get("type") != "calculate" or node["naam"] in self._nummers.namen

    def _alleen(self, als: Mapping[str, Any] | None) -> str:
        if als is None:
            return ""
        vast = self._uitleg.logica(als)
        if isinstance(vast, Vast):
            return "" if vast.waar else "Sla dit over"
        return f"Alleen invullen {self._uitleg.als(als)}"

    def _verder_na(self, reeks: list[Node]) -> str:
        return self._nummers.na(reeks[-1]["naam"])

    def _node(self, node: Node, niveau: int, als: str, eerste: bool, in_reeks: bool) -> Iterator[Regel]:
        if node["soort"] == "groep":
            yield self._kop(node, niveau, als)
            yield from self._reeks(node.get("kinderen", []), niveau + 1, eerste)
        elif node["soort"] == "herhaling":
            yield self._kop(node, niveau, als) | {"herhaling": True}
            yield from self._blokken(node, niveau)
        else:
            regel = self._vraag(node, als, eerste) | {"in_reeks": in_reeks}
            invoer = regel.get("invoer", {})
            if node["naam"] in self._nummers.herhaald and "aantal" in invoer:
                invoer["aantal"] = min(invoer["aantal"], CIJFERS_IN_BLOK[invoer["vorm"]])
            yield regel

    def _kop(self, node: Node, niveau: int, als: str) -> Regel:
        if niveau == 1:
            self._delen += 1
        return {
            "soort": "deel" if niveau == 1 else "kop",
            "nr": self._delen if niveau == 1 else 0,
            "tekst": self._tekst(node, "label") or node["naam"],
            "als": als,
            "anders": self._nummers.na(node["naam"]) if als else "",
            "rol": PARTNERS.get(node.get("rol", ""), node.get("rol", "")),
        }

    def _blokken(self, node: Node, niveau: int) -> Iterator[Regel]:
        naam = self._tekst(node, "label") or node["naam"]
        vast = ANDER_AANTAL if niveau == 1 else GENEST_AANTAL
        aantal = (self._wensen.aantallen or {}).get(node["naam"], STANDAARD_AANTAL.get(node["naam"], vast))
        for i in range(1, aantal + 1):
            yield {"soort": "blok", "tekst": naam, "nr": i, "aantal": aantal, "naam": node["naam"]}
            yield from self._reeks(node.get("kinderen", []), niveau + 1, eerste=i == 1)
        yield {"soort": "einde_blok", "naam": node["naam"]}

    def _vraag(self, node: Node, als: str, eerste: bool) -> Regel:
        label = self._tekst(node, "label")
        if node["type"] == "note":
            return {
                "soort": "tekst",
                "tekst": label,
                "hint": self._tekst(node, "hint"),
                "als": als.replace("Alleen invullen", "Geldt alleen", 1),
            }
        if node["type"] == "calculate":
            return self._berekend(node, label, als)
        keuzes = [
            self._uitleg.vertaald(k.get("label")) or k["naam"]
            for k in self._definitie.get("keuzelijsten", {}).get(node.get("keuzelijst", ""), [])
        ]
        verplicht = node.get("verplicht") or ONWAAR
        logica = self._uitleg.logica(verplicht)
        return {
            "soort": "vraag",
            "naam": node["naam"],
            "nr": self._nummers.kort[node["naam"]],
            "label": label or node["naam"],
            # A block that comes again needs no second explanation.
            "hint": self._tekst(node, "hint") if eerste else "",
            "als": als,
            "verplicht": logica == Vast(True),
            "verplicht_als": f"Verplicht {self._uitleg.als(verplicht)}" if not isinstance(logica, Vast) else "",
            "invoer": invoer_van(node, keuzes),
            "keuzefilter": "keuzefilter" in node,
            "bewijs": self._bewijs(node),
            "rol": node.get("rol", ""),
        }

    def _bewijs(self, node: Node) -> Regel | None:
        soorten = [s for s in node.get("bewijs", []) if not (s == "foto" and node["type"] == "image")]
        if not soorten:
            return None
        return {
            "foto": "foto" in soorten,
            "toelichting": "toelichting" in soorten,
            "als": self._uitleg.gevolg_als(node["naam"]),
        }

    def _berekend(self, node: Node, label: str, als: str) -> Regel:
        naam, boom = node["naam"], node["berekening"]
        if naam in self._nummers.controles:
            uitkomsten = sorted({str(deel["w"]) for deel in boom["a"][1:]}, key=lambda w: (w != "ja", w))
            return {
                "soort": "controle",
                "nr": self._nummers.kort[naam],
                "uitleg": self._uitleg.waarde(boom),
                "uitkomsten": uitkomsten,
                "als": als,
            }
        bekend = (self._wensen.bekend or {}).get(naam)
        return {
            "soort": "reken",
            "nr": self._nummers.kort[naam],
            "label": label,
            "uitleg": "" if bekend is not None else self._uitleg.waarde(boom),
            "waarde": rekenwaarde(bekend if bekend is not None else boom),
            "als": als,
        }

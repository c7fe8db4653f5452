"""One page of a paper form on screen: what is asked now, what the paper says, what others said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from inspecties.checklists.rules.sessie import Sessie
from inspecties.checklists.rules.vorm import Node
from inspecties.controles.rules.papier import BESTAND, Deel, als_ruw, papierwaarde, van_anderen
from inspecties.controles.rules.vouw import BIJLAGE, NOOT, Kop, Vouw, sleutel_van
from inspecties.controles.rules.vragen import Vraag, keuzelabel, vragen_van

# How a question is typed over. What is not here is a line of text.
_SOORTEN = {
    "select_one": "keuze",
    "select_multiple": "keuzes",
    "rank": "volgorde",
    "acknowledge": "vink",
    "date": "date",
    "time": "time",
    "dateTime": "datetime-local",
    "integer": "getal",
    "decimal": "getal",
    "range": "getal",
    "image": "bestand",
    "audio": "bestand",
}


@dataclass(frozen=True)
class Ander:
    """An answer that a tablet or another paper gave."""

    tekst: str
    auteur: str
    toestel_tijd: str


@dataclass
class Veld:
    """One question on the page."""

    sleutel: str
    node: Node
    soort: str
    label: str
    hint: str
    verplicht: bool
    ruw: list[str]
    keuzes: list[tuple[str, str]] = field(default_factory=list)
    melding: str = ""
    anderen: list[Ander] = field(default_factory=list)
    wil_noot: bool = False
    wil_foto: bool = False
    noot: str = ""
    noot_anderen: list[Ander] = field(default_factory=list)
    bijlagen: list[tuple[str, bool]] = field(default_factory=list)
    handtekening: bool = False
    vast: str = ""


@dataclass(frozen=True)
class Tekst:
    """A note of the form, or the heading of a group (``kop``)."""

    tekst: str
    hint: str = ""
    kop: bool = False


@dataclass(frozen=True)
class Instantie:
    """A room, a person: on its own page."""

    herhaling_id: str
    titel: str
    ingevuld: int
    eigen: bool


@dataclass(frozen=True)
class Lijst:
    """The instances of a repeat."""

    groep: str
    ouder: str | None
    titel: str
    instanties: list[Instantie]


Onderdeel = Veld | Tekst | Lijst


@dataclass(frozen=True)
class Beeld:
    """What a page is made from: the checklist being filled in, and which operations are this paper's own."""

    definitie: Mapping[str, Any]
    sessie: Sessie
    vouw: Vouw
    eigen: frozenset[str]

    @property
    def vragen(self) -> dict[str, Vraag]:
        return vragen_van(dict(self.definitie))


def onderdelen(beeld: Beeld, deel: Deel, herhaling_id: str | None = None) -> list[Onderdeel]:
    """Everything that is asked now on one page, in order."""
    vragen = beeld.vragen
    if herhaling_id is None:
        return list(_loop(beeld, vragen, deel.knopen, None))
    groep = beeld.sessie.instantienaam(herhaling_id).rpartition("/")[2].partition("[")[0]
    return list(_loop(beeld, vragen, beeld.sessie.vorm.knopen[groep].node.get("kinderen", []), herhaling_id))


def _loop(beeld: Beeld, vragen: Mapping[str, Vraag], knopen: Any, inst: str | None) -> Iterator[Onderdeel]:
    for node in knopen:
        sleutel = sleutel_van(node["naam"], inst)
        if not beeld.sessie.bestaat(sleutel) or not beeld.sessie.relevant(sleutel):
            continue
        if node["soort"] == "groep":
            yield Tekst(beeld.sessie.label(sleutel) or node["naam"], kop=True)
            yield from _loop(beeld, vragen, node.get("kinderen", []), inst)
        elif node["soort"] == "herhaling":
            yield _lijst(beeld, node, inst)
        elif node["type"] == "note":
            yield Tekst(beeld.sessie.label(sleutel), beeld.sessie.hint(sleutel))
        elif node["type"] != "calculate":
            yield _veld(beeld, vragen, node, sleutel)


def _lijst(beeld: Beeld, node: Node, ouder: str | None) -> Lijst:
    titel = beeld.sessie.label(sleutel_van(node["naam"], ouder)) or node["naam"]
    rijen = []
    for i, uid in enumerate(beeld.sessie.herhalingen(node["naam"], ouder), 1):
        gevuld = [s for s in beeld.vouw.sleutels() if s.endswith(f"@{uid}") and beeld.vouw.waarde(s) is not None]
        eigen = any(k.op_id in beeld.eigen for k in beeld.vouw.koppen(sleutel_van(node["naam"], uid)))
        naam = _eerste_tekst(beeld, node, uid)
        rijen.append(Instantie(uid, f"{titel} {i}{f': {naam}' if naam else ''}", len(gevuld) - 1, eigen))
    return Lijst(node["naam"], ouder, titel, rijen)


def _eerste_tekst(beeld: Beeld, node: Node, uid: str) -> str:
    """What a person would call this instance: the first text in it."""
    for kind in node.get("kinderen", []):
        if kind.get("type") == "text":
            return str(beeld.sessie.waarde(sleutel_van(kind["naam"], uid)) or "")[:60]
    return ""


def _anderen(beeld: Beeld, vraag: Vraag, koppen: list[Kop]) -> list[Ander]:
    uit = []
    for kop in van_anderen(koppen, beeld.eigen):
        leeg = kop.soort == "clear" or kop.waarde in (None, "")
        tekst = str(kop.waarde) if kop.soort == "note" else keuzelabel(dict(beeld.definitie), vraag, kop.waarde)
        uit.append(Ander("(leeg)" if leeg else tekst, kop.auteur, kop.toestel_tijd))
    return uit


def _veld(beeld: Beeld, vragen: Mapping[str, Vraag], node: Node, sleutel: str) -> Veld:
    sessie, vouw, eigen = beeld.sessie, beeld.vouw, beeld.eigen
    vraag, koppen, noten = vragen[node["naam"]], vouw.koppen(sleutel), vouw.koppen(sleutel, NOOT)
    soort = _SOORTEN.get(node["type"], "tekst")
    if soort == "tekst" and "multiline" in node.get("weergave", ""):
        soort = "alinea"
    bewijs = node.get("bewijs", [])
    noot = str(papierwaarde(noten, eigen) or "")
    return Veld(
        sleutel=sleutel,
        node=node,
        soort=soort,
        label=sessie.label(sleutel) or node["naam"],
        hint=sessie.hint(sleutel),
        verplicht=sessie.verplicht(sleutel),
        ruw=als_ruw(node, papierwaarde(koppen, eigen)) if node["type"] not in BESTAND else [],
        keuzes=[(k["naam"], keuzelabel(dict(beeld.definitie), vraag, k["naam"])) for k in sessie.keuzes(sleutel)],
        melding=sessie.melding(sleutel) or "",
        anderen=_anderen(beeld, vraag, koppen) if node["type"] not in BESTAND else [],
        wil_noot="toelichting" in bewijs or bool(noten),
        wil_foto="foto" in bewijs and node["type"] not in BESTAND,
        noot=noot,
        noot_anderen=_anderen(beeld, vraag, noten),
        bijlagen=[
            (k.waarde["sha256"], k.op_id in eigen)
            for k in vouw.koppen(sleutel, BIJLAGE)
            if k.waarde and not k.waarde.get("verwijderd")
        ],
        handtekening="signature" in node.get("weergave", ""),
        vast=keuzelabel(dict(beeld.definitie), vraag, sessie.waarde(sleutel)) if node.get("alleen_lezen") else "",
    )


def fouten_op(beeld: Beeld, delen: list[Onderdeel]) -> dict[str, str]:
    """Key -> what is still wrong on this page: empty though demanded, or an answer that can not be right."""
    uit = {}
    for veld in delen:
        if not isinstance(veld, Veld):
            continue
        leeg = beeld.sessie.tekst(veld.sleutel) == ""
        if veld.melding:
            uit[veld.sleutel] = veld.melding
        elif veld.verplicht and leeg:
            uit[veld.sleutel] = _verplicht_melding(veld)
    return uit


def _verplicht_melding(veld: Veld) -> str:
    teksten = veld.node.get("verplicht_melding", {})
    return teksten.get("nl") or next(iter(teksten.values()), "") or "Deze vraag is verplicht."

"""Coverage of a form: which questions can be asked, which consequences can fire, and how that is known.

Three outcomes, and no more is claimed than was found:

- ``bereikt``: these answers were put through the evaluator and the question was asked, or the consequence fired;
- ``onmogelijk``: proven that no answers can do it (``dekking_bewijs``), with the conditions that contradict each other;
- ``niet_gevonden``: neither. It may be possible all the same.

Per goal the reasoner first looks for answers or a proof; what it proposes is tried in a real session, and what else
happens in that session counts too. Then come a fixed number of sessions with random answers, guided by the numbers,
texts and dates in the form. The same form and seed give the same outcome, unless ``mag_verder`` stopped it
(``volledig``). An answer of which the form says that it can not be right is possible on a tablet: such an example is
not ``geldig``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from inspecties.checklists.rules.dekking_antwoorden import Invuller
from inspecties.checklists.rules.dekking_bewijs import Redeneerder, Toewijzing, Voorwaarde, eigen_ref
from inspecties.checklists.rules.expressies.leesbaar import als_tekst
from inspecties.checklists.rules.expressies.rekenen import Boom
from inspecties.checklists.rules.sessie import Sessie
from inspecties.checklists.rules.voorstellen import SIGNAAL, SIGNAAL_HARD, bundel
from inspecties.checklists.rules.vorm import Knoop, Vorm

NU = "2026-11-21T18:00:00+01:00"
RONDES = 60
MAX_PAREN = 30

Uitkomst = Literal["bereikt", "niet_gevonden", "onmogelijk"]
Sleutel = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    """Answers that reach it, as ``evalueer`` reads them, and the moment of the visit."""

    antwoorden: dict[str, Any]
    nu: str
    geldig: bool


@dataclass(slots=True)
class Doel:
    """Something that should be reachable. ``sleutel`` begins with vraag, gevolg, voorstel or keuze."""

    sleutel: Sleutel
    uitkomst: Uitkomst = "niet_gevonden"
    voorbeeld: Voorbeeld | None = None
    redenen: list[dict[str, str]] = field(default_factory=list)

    def als_dict(self) -> dict[str, Any]:
        """For JSON and pages."""
        namen = {
            "vraag": ("vraag",),
            "gevolg": ("vraag", "gevolgen"),
            "voorstel": ("gevolg", "grondslag"),
            "keuze": ("vraag", "keuze"),
        }[self.sleutel[0]]
        uit: dict[str, Any] = dict(zip(namen, self.sleutel[1:], strict=True)) | {"uitkomst": self.uitkomst}
        if self.voorbeeld is not None:
            v = self.voorbeeld
            uit["voorbeeld"] = {"antwoorden": v.antwoorden, "nu": v.nu, "geldig": v.geldig}
        if self.redenen:
            uit["redenen"] = self.redenen
        return uit


@dataclass(slots=True)
class Dekking:
    """The outcome. ``ongebruikte_lijsten``: lists of choices that no question uses."""

    doelen: list[Doel]
    ongebruikte_lijsten: list[str]
    sessies: int
    volledig: bool

    def soort(self, soort: str) -> list[Doel]:
        """The goals of one kind, in the order of the form."""
        return [doel for doel in self.doelen if doel.sleutel[0] == soort]

    def als_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        tellingen = {u: sum(d.uitkomst == u for d in self.doelen) for u in ("bereikt", "niet_gevonden", "onmogelijk")}
        per_soort = {
            naam: [doel.als_dict() for doel in self.soort(soort)]
            for naam, soort in (
                ("vragen", "vraag"),
                ("gevolgen", "gevolg"),
                ("voorstellen", "voorstel"),
                ("keuzes", "keuze"),
            )
        }
        return {
            "volledig": self.volledig,
            "sessies": self.sessies,
            **tellingen,
            **per_soort,
            "ongebruikte_lijsten": self.ongebruikte_lijsten,
        }


def bepaal_dekking(
    definitie: dict[str, Any],
    *,
    nu: str = NU,
    rondes: int = RONDES,
    zaad: int = 1,
    mag_verder: Callable[[], bool] = lambda: True,
) -> Dekking:
    """See the module. ``rondes``: random sessions; ``mag_verder`` is asked between steps and may end the search."""
    return _Speurder(Vorm(definitie), nu, mag_verder).speur(rondes, zaad)


class _Speurder:
    def __init__(self, vorm: Vorm, nu: str, mag_verder: Callable[[], bool]) -> None:
        self.vorm = vorm
        self._mag_verder = mag_verder
        self._invuller = Invuller(vorm, nu)
        self._geldig = Redeneerder(vorm, mag_verder, met_beperkingen=True)
        self._alles = Redeneerder(vorm, mag_verder)
        self._doelen = {sleutel: Doel(sleutel) for sleutel in _sleutels(vorm)}
        self._sessies = 0
        self._dragers: dict[Sleutel, list[str]] = {}
        for knoop in vorm.knopen.values():
            for sleutel in _voorstellen_van(knoop):
                self._dragers.setdefault(sleutel, []).append(knoop.naam)

    def speur(self, rondes: int, zaad: int) -> Dekking:
        volledig = self._gericht() and self._willekeurig(rondes, zaad)
        self._leid_af()
        gebruikt = {k.node["keuzelijst"] for k in self.vorm.knopen.values() if "keuzelijst" in k.node}
        ongebruikt = [lijst for lijst in self.vorm.keuzes if lijst not in gebruikt]
        return Dekking(list(self._doelen.values()), ongebruikt, self._sessies, volledig)

    # -- directed

    def _gericht(self) -> bool:
        """Whether every goal had its turn."""
        for doel in self._doelen.values():
            if not self._mag_verder():
                return False
            if doel.sleutel[0] == "voorstel":
                self._zoek_signaal(doel)
            elif not _klaar(doel):
                self._zoek(doel, self._voorwaarden(doel), self.vorm.knopen[doel.sleutel[1]].keten)
        return self._mag_verder()

    def _voorwaarden(self, doel: Doel) -> list[Voorwaarde]:
        soort, naam = doel.sleutel[:2]
        if soort == "gevolg":
            return self._alles.gevolgvoorwaarden(naam)
        uit = self._alles.voorwaarden_van(naam)
        if soort == "keuze":
            knoop = self.vorm.knopen[naam]
            filter_ = _met_keuze(knoop.node["keuzefilter"], self.vorm.keuzes[knoop.node["keuzelijst"]][doel.sleutel[2]])
            uit.append(Voorwaarde(eigen_ref(filter_, knoop), naam, "keuzefilter"))
        return uit

    def _zoek(self, doel: Doel, voorwaarden: list[Voorwaarde], keten: tuple[str, ...]) -> bool:
        """Whether the search for this goal is over; a proof needs every answer, also those that can not be right."""
        oordeel = self._geldig.beoordeel(voorwaarden)
        if self._probeer(doel, oordeel.kandidaten, keten):
            return True
        ruimer = self._alles.beoordeel(voorwaarden)
        if ruimer.onmogelijk:
            doel.uitkomst = "onmogelijk"
            doel.redenen = [_reden(v) for v in self._alles.kern(voorwaarden)]
            return True
        return self._probeer(doel, ruimer.kandidaten, keten)

    def _probeer(self, doel: Doel, kandidaten: list[Toewijzing], keten: tuple[str, ...]) -> bool:
        for toewijzing in kandidaten:
            for ruim in (False, True):
                for nu in self._invuller.momenten:
                    if not self._mag_verder():
                        return False
                    self._bekijk(self._invuller.volgens(toewijzing, keten, nu, ruim=ruim), nu)
                    if _klaar(doel):
                        return True
            for zaad in range(3):
                self._bekijk(*self._invuller.willekeurig(zaad, toewijzing))
                if _klaar(doel):
                    return True
        return False

    def _zoek_signaal(self, doel: Doel) -> None:
        """Signals need two questions together; every other proposal comes with its first consequence."""
        dragers = self._dragers[doel.sleutel]
        if _klaar(doel) or doel.sleutel[1] != SIGNAAL:
            return
        paren = [(a, b) for i, a in enumerate(dragers) for b in dragers[i + 1 :]]
        for a, b in paren[:MAX_PAREN]:
            voorwaarden = self._alles.gevolgvoorwaarden(a) + self._alles.gevolgvoorwaarden(b)
            keten = max(self.vorm.knopen[a].keten, self.vorm.knopen[b].keten, key=len)
            if self._probeer(doel, self._geldig.beoordeel(voorwaarden).kandidaten, keten):
                return

    # -- random

    def _willekeurig(self, rondes: int, zaad: int) -> bool:
        """Whether every round was done, or none was needed any more."""
        for ronde in range(rondes):
            if all(d.uitkomst != "niet_gevonden" for d in self._doelen.values()):
                return True
            if not self._mag_verder():
                return False
            self._bekijk(*self._invuller.willekeurig(zaad * 1_000_003 + ronde, {}))
        return True

    # -- what a session shows

    def _bekijk(self, sessie: Sessie, nu: str) -> None:
        self._sessies += 1
        nieuw = [doel for doel in self._geraakt(sessie) if not _klaar(doel)]
        if not nieuw:
            return
        geldig = not sessie.ongeldig()
        nieuw = [doel for doel in nieuw if doel.voorbeeld is None or geldig]
        voorbeeld = Voorbeeld(_zonder_berekend(sessie.serialiseer(), self.vorm), nu, geldig)
        for doel in nieuw:
            doel.uitkomst, doel.voorbeeld = "bereikt", voorbeeld

    def _geraakt(self, sessie: Sessie) -> Iterator[Doel]:
        gezien: set[Sleutel] = set()
        for sleutel in sessie.sleutels():
            naam = sleutel.partition("@")[0]
            knoop = self.vorm.knopen[naam]
            if knoop.soort != "vraag" or not sessie.relevant(sleutel):
                continue
            gezien.add(("vraag", naam))
            if sessie.gevolgen(sleutel):
                gezien.add(_gevolgsleutel(knoop))
            if _filtert(knoop):
                gezien |= {("keuze", naam, keuze["naam"]) for keuze in sessie.keuzes(sleutel)}
        for v in sessie.voorstellen():
            gezien.add(("voorstel", v["gevolg"], "" if v["gevolg"] == SIGNAAL else v["grondslag"]))
        return (self._doelen[s] for s in gezien if s in self._doelen)

    # -- proposals follow from consequences

    def _leid_af(self) -> None:
        for doel in self._doelen.values():
            if doel.sleutel[0] != "voorstel" or doel.uitkomst != "niet_gevonden":
                continue
            dragers = [self.vorm.knopen[naam] for naam in self._dragers[doel.sleutel]]
            kan = [k for k in dragers if self._doelen[_gevolgsleutel(k)].uitkomst != "onmogelijk"]
            hard = any(SIGNAAL_HARD in k.node["gevolg"] for k in kan)
            if not kan or (doel.sleutel[1] == SIGNAAL and len(kan) < 2 and not hard):
                doel.uitkomst = "onmogelijk"
                doel.redenen = [
                    {"van": k.naam, "kolom": "gevolg", "tekst": ", ".join(k.node["gevolg"])} for k in dragers
                ]


def _klaar(doel: Doel) -> bool:
    return doel.uitkomst == "onmogelijk" or (doel.voorbeeld is not None and doel.voorbeeld.geldig)


def _sleutels(vorm: Vorm) -> Iterator[Sleutel]:
    vragen = [k for k in vorm.knopen.values() if k.soort == "vraag"]
    yield from (("vraag", k.naam) for k in vragen)
    yield from (_gevolgsleutel(k) for k in vragen if k.node.get("gevolg"))
    yield from dict.fromkeys(s for k in vragen for s in _voorstellen_van(k))
    for k in vragen:
        if _filtert(k):
            yield from (("keuze", k.naam, naam) for naam in vorm.keuzes.get(k.node["keuzelijst"], {}))


def _filtert(knoop: Knoop) -> bool:
    return "keuzefilter" in knoop.node and "keuzelijst" in knoop.node


def _gevolgsleutel(knoop: Knoop) -> Sleutel:
    return ("gevolg", knoop.naam, ", ".join(knoop.node["gevolg"]))


def _voorstellen_van(knoop: Knoop) -> list[Sleutel]:
    """The proposals that a question can carry, the signal without its article: that is put together of several."""
    codes = knoop.node.get("gevolg")
    if not codes:
        return []
    uit: list[Sleutel] = [
        ("voorstel", v["gevolg"], v["grondslag"]) for v in bundel([(knoop.naam, knoop.node, None, {})])
    ]
    uit = [s for s in uit if s[1] != SIGNAAL]
    return [*uit, ("voorstel", SIGNAAL, "")] if {SIGNAAL, SIGNAAL_HARD} & set(codes) else uit


def _met_keuze(boom: Boom, keuze: dict[str, Any]) -> Boom:
    """A choice_filter with the columns of one choice filled in; its label depends on the language and stays open."""
    if boom["op"] == "kolom" and boom["naam"] != "label":
        waarde = keuze["naam"] if boom["naam"] == "name" else keuze.get("kolommen", {}).get(boom["naam"], "")
        return {"op": "tekst", "w": str(waarde)}
    return {**boom, "a": [_met_keuze(deel, keuze) for deel in boom["a"]]} if "a" in boom else boom


def _reden(voorwaarde: Voorwaarde) -> dict[str, str]:
    return {"van": voorwaarde.van, "kolom": voorwaarde.kolom, "tekst": als_tekst(voorwaarde.boom)}


def _zonder_berekend(antwoorden: dict[str, Any], vorm: Vorm) -> dict[str, Any]:
    """Only what a person fills in."""
    uit: dict[str, Any] = {}
    for naam, waarde in antwoorden.items():
        knoop = vorm.knopen[naam]
        if knoop.soort == "herhaling":
            uit[naam] = [_zonder_berekend(deel, vorm) for deel in waarde]
        elif "berekening" not in knoop.node:
            uit[naam] = waarde
    return uit

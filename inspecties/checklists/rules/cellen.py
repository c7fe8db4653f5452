"""What exists of a checklist now: its repeat instances in order, and the cells of its questions in them."""

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inspecties.checklists.rules.antwoordtypen import lees_antwoord
from inspecties.checklists.rules.cel import Cel
from inspecties.checklists.rules.vorm import Knoop, Vorm


@dataclass(slots=True)
class Instantie:
    """One instance of a repeat; ``pad`` are the ids from the outermost instance to this one."""

    groep: str
    ouder: str | None
    plaats: float
    pad: tuple[str, ...]


class Cellen:
    """Keeps and finds; what must be evaluated after a change is not its concern."""

    def __init__(self, vorm: Vorm) -> None:
        self.vorm = vorm
        self.per: dict[str, dict[str | None, Cel]] = {naam: {} for naam in vorm.knopen}
        self.opslag: dict[str, Any] = {}  # answers by key, also of instances that are gone
        self.instanties: dict[str, Instantie] = {}
        self._rijen: dict[tuple[str | None, str], list[tuple[float, str]]] = {}

    # -- cells

    def cel(self, sleutel: str) -> Cel:
        """The cell of ``vraag`` or ``vraag@herhaling_id``; KeyError when it does not exist."""
        naam, _, inst = sleutel.partition("@")
        return self.per[naam][inst or None]

    def bestaat(self, sleutel: str) -> bool:
        """Whether this key is in the form now."""
        naam, _, inst = sleutel.partition("@")
        return (inst or None) in self.per.get(naam, {})

    def maak(self, knoop: Knoop, inst: str | None, pad: tuple[str, ...]) -> Cel:
        """A new cell, with the answer that was kept for it."""
        cel = Cel(knoop, self.vorm.keuzes.get(knoop.node.get("keuzelijst", ""), {}), inst, pad)
        if cel.sleutel in self.opslag:
            cel.antwoord = lees_antwoord(knoop.node, cel.namen, self.opslag[cel.sleutel])
            cel.bewaard = True
        self.per[knoop.naam][inst] = cel
        return cel

    def ouder_van(self, cel: Cel) -> Cel | None:
        """The cell of the group or repeat around this one."""
        if cel.knoop.ouder is None:
            return None
        ouder = self.vorm.knopen[cel.knoop.ouder]
        return self.per[ouder.naam][cel.pad[len(ouder.keten) - 1] if ouder.keten else None]

    def van(self, naam: str, diepte: int, pad: tuple[str, ...]) -> list[Cel]:
        """The cells of a name that share the first ``diepte`` instances of ``pad``, in order."""
        keten = self.vorm.knopen[naam].keten
        cellen = self.per[naam]
        if len(keten) == diepte:
            cel = cellen.get(pad[diepte - 1] if diepte else None)
            return [cel] if cel is not None else []
        return [cellen[inst] for inst in self._onder(keten, diepte, pad)]

    def _onder(self, keten: tuple[str, ...], diepte: int, pad: tuple[str, ...]) -> list[str]:
        ids: list[str | None] = [pad[diepte - 1] if diepte else None]
        for groep in keten[diepte:]:
            ids = [kind for ouder in ids for _, kind in self._rijen.get((ouder, groep), ())]
        return [i for i in ids if i is not None]

    def alle(self) -> Iterator[Cel]:
        """Every cell, in the order of the screen."""
        return self._alle(self.vorm.wortels, None)

    def _alle(self, namen: list[str], inst: str | None) -> Iterator[Cel]:
        for naam in namen:
            cel = self.per[naam][inst]
            yield cel
            if cel.knoop.soort == "groep":
                yield from self._alle(cel.knoop.kinderen, inst)
            elif cel.knoop.soort == "herhaling":
                for kind in self.herhalingen(naam, inst):
                    yield from self._alle(cel.knoop.kinderen, kind)

    def serialiseer(self) -> dict[str, Any]:
        """The relevant answers, nested per repeat; empty ones are left out."""
        return self._serialiseer(self.vorm.wortels, None)

    def _serialiseer(self, namen: list[str], inst: str | None) -> dict[str, Any]:
        uit: dict[str, Any] = {}
        for naam in namen:
            cel = self.per[naam][inst]
            if not cel.relevant:
                continue
            if cel.knoop.soort == "groep":
                uit |= self._serialiseer(cel.knoop.kinderen, inst)
            elif cel.knoop.soort == "herhaling":
                rij = [self._serialiseer(cel.knoop.kinderen, kind) for kind in self.herhalingen(naam, inst)]
                if rij:
                    uit[naam] = rij
            elif cel.antwoord.waarde is not None:
                uit[naam] = cel.antwoord.waarde
        return uit

    # -- instances

    def herhalingen(self, groep: str, ouder: str | None) -> list[str]:
        """The instances of a repeat in order."""
        return [inst for _, inst in self._rijen.get((ouder, groep), ())]

    def herhalingen_in(self, inst: str) -> list[str]:
        """The instances directly in this one, of whichever repeat."""
        return [kind for (ouder, _), rij in self._rijen.items() if ouder == inst for _, kind in rij]

    def plaats_van(self, inst: str) -> int:
        """Place of an instance among its siblings, from 1."""
        i = self.instanties[inst]
        return self._rijen[i.ouder, i.groep].index((i.plaats, inst)) + 1

    def instantienaam(self, inst: str) -> str:
        """Readable name of an instance: ``kamer[2]``, nested ``kamer[2]/bed[1]``."""
        pad = self.instanties[inst].pad
        return "/".join(f"{self.instanties[i].groep}[{self.plaats_van(i)}]" for i in pad)

    def neem_op(self, inst: str, instantie: Instantie) -> None:
        """Gives an instance its place among its siblings."""
        self.instanties[inst] = instantie
        insort(self._rijen.setdefault((instantie.ouder, instantie.groep), []), (instantie.plaats, inst))

    def neem_uit(self, inst: str) -> Instantie:
        """Takes an instance from among its siblings; its cells are the caller's."""
        instantie = self.instanties.pop(inst)
        self._rijen[instantie.ouder, instantie.groep].remove((instantie.plaats, inst))
        return instantie

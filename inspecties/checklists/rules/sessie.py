"""A checklist being filled in. An answer re-evaluates only what depends on it, in the repeat instances concerned."""

import heapq
import re
from bisect import insort
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from inspecties.checklists.rules.antwoordtypen import lees_antwoord
from inspecties.checklists.rules.blik import Blik, Context
from inspecties.checklists.rules.cel import Cel, bereken_status, bereken_waarde
from inspecties.checklists.rules.expressies.rekenen import Boom, bereken
from inspecties.checklists.rules.expressies.waarden import Waarde, naar_waar
from inspecties.checklists.rules.voorstellen import Voorstel, bundel
from inspecties.checklists.rules.vorm import NAAM_IN_TEKST, Knoop, R, S, V, Vorm

__all__ = ["Context", "Sessie", "open_sessie", "sleutel_van"]


def sleutel_van(naam: str, herhaling_id: str | None) -> str:
    """``vraag`` or ``vraag@herhaling_id``."""
    return naam if herhaling_id is None else f"{naam}@{herhaling_id}"


@dataclass(slots=True)
class _Instantie:
    groep: str
    ouder: str | None
    plaats: float
    pad: tuple[str, ...]


def open_sessie(definitie: dict[str, Any] | Vorm, context: Context | Mapping[str, Any]) -> "Sessie":
    """A session on a definition. ``context``: nu (ISO 8601 with offset), optional vandaag and taal."""
    vorm = definitie if isinstance(definitie, Vorm) else Vorm(definitie)
    ctx = context if isinstance(context, Context) else Context.van(context)
    return Sessie(vorm, ctx)


class Sessie:
    """See ARCHITECTUUR.md, "The compiled checklist"."""

    def __init__(self, vorm: Vorm, context: Context) -> None:
        self.vorm = vorm
        self.context = context
        self._per: dict[str, dict[str | None, Cel]] = {naam: {} for naam in vorm.knopen}
        self._opslag: dict[str, Any] = {}
        self._bewijs: dict[str, dict[str, Any]] = {}
        self._instanties: dict[str, _Instantie] = {}
        self._rijen: dict[tuple[str | None, str], list[tuple[float, str]]] = {}
        self._wachtend: dict[str, dict[str, tuple[str, float]]] = {}
        self._emmers: list[dict[str | None, None]] = [{} for _ in vorm.celvolgorde]
        self._hoop: list[int] = []
        self._gewijzigd: dict[str, None] = {}
        self._gepauzeerd = 0
        self._blik = Blik(self)
        self._maak_cellen(vorm.wortels, None, ())
        self._verwerk()

    # -- answers

    def zet(self, vraag: str, herhaling_id: str | None, waarde: Any) -> list[str]:
        """Stores an answer (None: empty) and returns the keys that look different now.

        An answer for an instance that does not exist (yet) is kept until it does. KeyError for an unknown question.
        """
        knoop = self._knoop(vraag)
        if knoop.soort != "vraag":
            raise KeyError(vraag)
        sleutel = sleutel_van(vraag, herhaling_id)
        self._opslag[sleutel] = waarde
        cel = self._per[vraag].get(herhaling_id)
        if cel is None:
            return []
        cel.bewaard = True  # within samen() it was not evaluated yet: its default must not take the answer's place
        antwoord = lees_antwoord(knoop.node, cel.namen, waarde)
        if antwoord != cel.antwoord:
            cel.antwoord = antwoord
            self._gewijzigd[sleutel] = None
            self._vuil(V, vraag, herhaling_id)
            self._vuil(S, vraag, herhaling_id)
        return self._verwerk()

    def zet_bewijs(self, sleutel: str, bewijs: Mapping[str, Any]) -> list[str]:
        """Tells what evidence hangs on a question: ``{"foto": <number>, "toelichting": <bool>}``."""
        naam = sleutel.partition("@")[0]
        self._knoop(naam)
        nieuw = {"foto": int(bewijs.get("foto") or 0), "toelichting": bool(bewijs.get("toelichting"))}
        if self._bewijs.get(sleutel) == nieuw:
            return []
        self._bewijs[sleutel] = nieuw
        return [sleutel]

    def voeg_toe(self, groep: str, herhaling_id: str, ouder: str | None = None, plaats: float = 0) -> list[str]:
        """Adds a repeat instance, or moves it to another place. One whose parent is not there yet waits for it."""
        knoop = self._knoop(groep)
        if knoop.soort != "herhaling" or (ouder is None) != (not knoop.keten):
            raise KeyError(groep)
        bestaand = self._instanties.get(herhaling_id)
        if bestaand is not None:
            if (bestaand.groep, bestaand.ouder) != (groep, ouder):
                raise KeyError(herhaling_id)
            self._rijen[ouder, groep].remove((bestaand.plaats, herhaling_id))
            bestaand.plaats = plaats
            insort(self._rijen[ouder, groep], (plaats, herhaling_id))
            self._meld(V, groep, bestaand.pad[:-1])
        elif ouder is not None and (ouder not in self._instanties or self._instanties[ouder].groep != knoop.keten[-1]):
            if ouder in self._instanties:
                raise KeyError(ouder)
            self._wachtend.setdefault(ouder, {})[herhaling_id] = (groep, plaats)
            return []
        else:
            self._maak_instantie(groep, herhaling_id, ouder, plaats)
        self._gewijzigd[sleutel_van(groep, ouder)] = None
        return self._verwerk()

    def verwijder(self, herhaling_id: str) -> list[str]:
        """Removes an instance with what is in it. Its answers are kept: adding it again brings them back."""
        instantie = self._instanties.get(herhaling_id)
        if instantie is None:
            for wachtenden in self._wachtend.values():
                wachtenden.pop(herhaling_id, None)
            return []
        self._neem_weg(herhaling_id)
        self._gewijzigd[sleutel_van(instantie.groep, instantie.ouder)] = None
        return self._verwerk()

    @contextmanager
    def samen(self) -> Iterator[None]:
        """Takes several changes together: evaluation follows at the end (also ``gewijzigd``)."""
        self._gepauzeerd += 1
        try:
            yield
        finally:
            self._gepauzeerd -= 1

    def verwerk(self) -> list[str]:
        """Evaluates what is still waiting after ``samen`` and returns the changed keys."""
        return self._verwerk()

    # -- questions

    def bestaat(self, sleutel: str) -> bool:
        """Whether this key is in the form now."""
        naam, _, inst = sleutel.partition("@")
        return (inst or None) in self._per.get(naam, {})

    def waarde(self, sleutel: str) -> Any:
        """The stored or calculated answer, None when empty; also while the question is not relevant."""
        return self._cel(sleutel).antwoord.waarde

    def tekst(self, sleutel: str) -> str:
        """The answer as expressions see it: '' when empty or not relevant."""
        return self._cel(sleutel).effectief

    def relevant(self, sleutel: str) -> bool:
        """Whether the question is asked, its groups included."""
        return self._cel(sleutel).relevant

    def verplicht(self, sleutel: str) -> bool:
        """Whether an answer is demanded now."""
        return self._cel(sleutel).verplicht

    def melding(self, sleutel: str) -> str | None:
        """Why the answer can not be right, or None. An empty answer is never invalid."""
        cel = self._cel(sleutel)
        if cel.fout == "":
            eigen = self.vertaald(cel.knoop.node.get("beperking_melding", {}))
            return self._ingevuld(eigen, cel) or "Dit antwoord kan niet kloppen. Kijk het na."
        return cel.fout

    def gevolgen(self, sleutel: str) -> list[str]:
        """The consequences that this answer carries now."""
        cel = self._cel(sleutel)
        return list(cel.knoop.node["gevolg"]) if cel.vuurt else []

    def keuzes(self, sleutel: str) -> list[dict[str, Any]]:
        """The choices that may be picked now, after choice_filter."""
        cel = self._cel(sleutel)
        return [keuze for keuze in cel.namen.values() if self._mag(cel, keuze)]

    def aantal(self, sleutel: str) -> int | None:
        """How many instances repeat_count asks, None when the user decides."""
        return self._cel(sleutel).aantal

    def herhalingen(self, groep: str, ouder: str | None = None) -> list[str]:
        """The instances of a repeat in order."""
        return [inst for _, inst in self._rijen.get((ouder, groep), [])]

    def label(self, sleutel: str) -> str:
        """Label in the language of the session, with ``${...}`` filled in."""
        cel = self._cel(sleutel)
        return self._ingevuld(self.vertaald(cel.knoop.node.get("label", {})), cel)

    def hint(self, sleutel: str) -> str:
        """Hint in the language of the session, with ``${...}`` filled in."""
        cel = self._cel(sleutel)
        return self._ingevuld(self.vertaald(cel.knoop.node.get("hint", {})), cel)

    def sleutels(self) -> Iterator[str]:
        """Every key that exists now, in the order of the screen."""
        yield from self._sleutels(self.vorm.wortels, None)

    # -- outcome

    def verplicht_leeg(self) -> list[str]:
        """Keys of relevant questions that demand an answer and have none."""
        cellen = ((s, self._cel(s)) for s in self.sleutels())
        return [s for s, cel in cellen if cel.verplicht and cel.effectief == "" and cel.knoop.soort == "vraag"]

    def ongeldig(self) -> list[dict[str, str]]:
        """``{"vraag": key, "melding"}`` of every relevant answer that can not be right."""
        return [{"vraag": s, "melding": m} for s in self.sleutels() if (m := self.melding(s)) is not None]

    def te_bewaren(self) -> list[dict[str, Any]]:
        """Defaults and once() outcomes that were filled in by the session and never ``zet``.

        The caller writes them as operations, so that opening the visit another day does not change them.
        """
        uit: list[dict[str, Any]] = []
        for sleutel in self.sleutels():
            cel = self._cel(sleutel)
            if cel.uit_zichzelf and cel.relevant and sleutel not in self._opslag and cel.antwoord.waarde is not None:
                uit.append({"vraag": cel.knoop.naam, "herhaling_id": cel.inst, "waarde": cel.antwoord.waarde})
        return uit

    def serialiseer(self) -> dict[str, Any]:
        """The relevant answers, nested per repeat; empty ones are left out."""
        return self._serialiseer(self.vorm.wortels, None)

    def voorstellen(self) -> list[Voorstel]:
        """What the answers may lead to, per consequence and article, with what carries it and what still lacks."""
        return bundel(
            (sleutel, cel.knoop.node, cel.antwoord.waarde, self._bewijs.get(sleutel, {}))
            for sleutel in self.sleutels()
            if (cel := self._cel(sleutel)).vuurt
        )

    def bereken(self, boom: Boom, sleutel: str | None = None) -> Waarde:
        """The value of a bound expression, as seen from a question."""
        with self._blik.bij(self._cel(sleutel) if sleutel else None):
            return bereken(boom, self._blik)

    # -- structure

    def _knoop(self, naam: str) -> Knoop:
        return self.vorm.knopen[naam]

    def _cel(self, sleutel: str) -> Cel:
        naam, _, inst = sleutel.partition("@")
        return self._per[naam][inst or None]

    def cellen_van(self, naam: str, diepte: int, pad: tuple[str, ...]) -> list[Cel]:
        """The cells of a name that share the first ``diepte`` instances of ``pad``, in order."""
        keten = self.vorm.knopen[naam].keten
        cellen = self._per[naam]
        if len(keten) == diepte:
            cel = cellen.get(pad[diepte - 1] if diepte else None)
            return [cel] if cel is not None else []
        return [cellen[inst] for inst in self._onder(keten, diepte, pad)]

    def _onder(self, keten: tuple[str, ...], diepte: int, pad: tuple[str, ...]) -> list[str]:
        ids: list[str | None] = [pad[diepte - 1] if diepte else None]
        for groep in keten[diepte:]:
            ids = [kind for ouder in ids for _, kind in self._rijen.get((ouder, groep), ())]
        return [i for i in ids if i is not None]

    def plaats_van(self, inst: str) -> int:
        """Place of an instance among its siblings, from 1."""
        i = self._instanties[inst]
        return self._rijen[i.ouder, i.groep].index((i.plaats, inst)) + 1

    def instantienaam(self, inst: str) -> str:
        """Readable name of an instance: ``kamer[2]``, nested ``kamer[2]/bed[1]``."""
        pad = self._instanties[inst].pad
        return "/".join(f"{self._instanties[i].groep}[{self.plaats_van(i)}]" for i in pad)

    def _maak_cellen(self, namen: list[str], inst: str | None, pad: tuple[str, ...]) -> None:
        for naam in namen:
            knoop = self.vorm.knopen[naam]
            cel = Cel(knoop, self.vorm.keuzes.get(knoop.node.get("keuzelijst", ""), {}), inst, pad)
            sleutel = sleutel_van(naam, inst)
            if sleutel in self._opslag:
                cel.antwoord = lees_antwoord(knoop.node, cel.namen, self._opslag[sleutel])
                cel.bewaard = True
            self._per[naam][inst] = cel
            for soort in (R, V, S) if knoop.soort != "groep" else (R, S):
                self._vuil(soort, naam, inst)
            if knoop.soort == "groep":
                self._maak_cellen(knoop.kinderen, inst, pad)

    def _maak_instantie(self, groep: str, inst: str, ouder: str | None, plaats: float) -> None:
        pad = (*(self._instanties[ouder].pad if ouder is not None else ()), inst)
        self._instanties[inst] = _Instantie(groep, ouder, plaats, pad)
        insort(self._rijen.setdefault((ouder, groep), []), (plaats, inst))
        self._maak_cellen(self.vorm.knopen[groep].kinderen, inst, pad)
        self._meld(V, groep, pad[:-1])
        for kind, (kindgroep, kindplaats) in self._wachtend.pop(inst, {}).items():
            if self.vorm.knopen[kindgroep].keten[-1:] == (groep,):
                self._maak_instantie(kindgroep, kind, inst, kindplaats)

    def _neem_weg(self, inst: str) -> None:
        instantie = self._instanties[inst]
        for (ouder, groep), rij in list(self._rijen.items()):
            if ouder == inst:
                for plaats, kind in list(rij):
                    self._neem_weg(kind)
                    self._wachtend.setdefault(inst, {})[kind] = (groep, plaats)
        del self._instanties[inst]
        self._rijen[instantie.ouder, instantie.groep].remove((instantie.plaats, inst))
        for naam in self._eigen_namen(self.vorm.knopen[instantie.groep].kinderen):
            del self._per[naam][inst]
            self._gewijzigd.pop(sleutel_van(naam, inst), None)
            self._meld(V, naam, instantie.pad)
        self._meld(V, instantie.groep, instantie.pad[:-1])

    def _eigen_namen(self, namen: list[str]) -> Iterator[str]:
        for naam in namen:
            yield naam
            if self.vorm.knopen[naam].soort == "groep":
                yield from self._eigen_namen(self.vorm.knopen[naam].kinderen)

    def _sleutels(self, namen: list[str], inst: str | None) -> Iterator[str]:
        for naam in namen:
            yield sleutel_van(naam, inst)
            knoop = self.vorm.knopen[naam]
            if knoop.soort == "groep":
                yield from self._sleutels(knoop.kinderen, inst)
            elif knoop.soort == "herhaling":
                for kind in self.herhalingen(naam, inst):
                    yield from self._sleutels(knoop.kinderen, kind)

    def _serialiseer(self, namen: list[str], inst: str | None) -> dict[str, Any]:
        uit: dict[str, Any] = {}
        for naam in namen:
            cel = self._per[naam][inst]
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

    # -- evaluation

    def _vuil(self, soort: int, naam: str, inst: str | None) -> None:
        self._vuil_rang(self.vorm.rang[soort, naam], inst)

    def _vuil_rang(self, rang: int, inst: str | None) -> None:
        emmer = self._emmers[rang]
        if not emmer:
            heapq.heappush(self._hoop, rang)
        emmer[inst] = None

    def _meld(self, soort: int, naam: str, pad: tuple[str, ...]) -> None:
        """Marks every reader of a cell as to be evaluated."""
        for lezer in self.vorm.lezers.get((soort, naam), ()):
            for cel in self.cellen_van(lezer.naam, lezer.diepte, pad):
                self._vuil_rang(lezer.rang, cel.inst)

    def _verwerk(self) -> list[str]:
        if self._gepauzeerd:
            return []
        while self._hoop:
            rang = heapq.heappop(self._hoop)
            emmer, self._emmers[rang] = self._emmers[rang], {}
            soort, naam = self.vorm.celvolgorde[rang]
            for inst in emmer:
                cel = self._per[naam].get(inst)
                if cel is not None:
                    self._werk_bij(soort, cel)
        uit, self._gewijzigd = list(self._gewijzigd), {}
        return uit

    def _werk_bij(self, soort: int, cel: Cel) -> None:
        naam = cel.knoop.naam
        with self._blik.bij(cel):
            if soort == R:
                anders = self._relevantie(cel)
            elif soort == V:
                anders = bereken_waarde(cel, self._blik)
            else:
                anders = bereken_status(cel, self._blik, self._mag)
        if anders:
            self._gewijzigd[sleutel_van(naam, cel.inst)] = None
            if soort != S:
                self._meld(soort, naam, cel.pad)

    def _relevantie(self, cel: Cel) -> bool:
        knoop = cel.knoop
        relevant = True
        if knoop.ouder is not None:
            ouder = self.vorm.knopen[knoop.ouder]
            inst = cel.pad[len(ouder.keten) - 1] if ouder.keten else None
            relevant = self._per[knoop.ouder][inst].relevant
        uitdrukking = knoop.node.get("relevant")
        if relevant and uitdrukking is not None:
            relevant = naar_waar(bereken(uitdrukking, self._blik))
        anders = relevant != cel.relevant
        cel.relevant = relevant
        return anders

    def _mag(self, cel: Cel, keuze: dict[str, Any]) -> bool:
        filter_ = cel.knoop.node.get("keuzefilter")
        if filter_ is None:
            return True
        with self._blik.bij(cel, keuze):
            return naar_waar(bereken(filter_, self._blik))

    def vertaald(self, teksten: Mapping[str, str]) -> str:
        """A text in the language of the session, else in the form's own."""
        taal, standaard = self.context.taal, self.vorm.definitie.get("standaardtaal", "nl")
        return teksten.get(taal) or teksten.get(standaard) or next(iter(teksten.values()), "")

    def _ingevuld(self, tekst: str, cel: Cel) -> str:
        def vervang(treffer: re.Match[str]) -> str:
            naam = treffer.group(1)
            knoop = self.vorm.knopen.get(naam)
            if knoop is None:
                return treffer.group()
            with self._blik.bij(cel):
                return self._blik.in_tekst(knoop)

        return NAAM_IN_TEKST.sub(vervang, tekst) if "${" in tekst else tekst

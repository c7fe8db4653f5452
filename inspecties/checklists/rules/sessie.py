"""A checklist being filled in. An answer re-evaluates only what depends on it, in the repeat instances concerned."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from inspecties.checklists.rules.antwoordtypen import lees_antwoord
from inspecties.checklists.rules.blik import Blik, Context
from inspecties.checklists.rules.cel import sleutel_van
from inspecties.checklists.rules.cellen import Cellen
from inspecties.checklists.rules.evaluatie import Evaluatie
from inspecties.checklists.rules.expressies.rekenen import Boom, bereken
from inspecties.checklists.rules.expressies.waarden import Waarde
from inspecties.checklists.rules.instanties import Instanties
from inspecties.checklists.rules.voorstellen import Aanwijzing, Voorstel, Vurend, aanwijzingen, bundel
from inspecties.checklists.rules.vorm import S, V, Vorm


def open_sessie(definitie: dict[str, Any] | Vorm, context: Context | Mapping[str, Any]) -> "Sessie":
    """A session on a definition. ``context``: nu (ISO 8601 with offset), optional vandaag and taal."""
    vorm = definitie if isinstance(definitie, Vorm) else Vorm(definitie)
    ctx = context if isinstance(context, Context) else Context.van(context)
    return Sessie(vorm, ctx)


class Sessie:
    """See ARCHITECTUUR.md, "The compiled checklist"."""

    def __init__(self, vorm: Vorm, context: Context) -> None:
        self.vorm = vorm
        self._bewijs: dict[str, dict[str, Any]] = {}
        self._cellen = Cellen(vorm)
        self._blik = Blik(self._cellen, context)
        self._evaluatie = Evaluatie(self._cellen, self._blik)
        self._instanties = Instanties(self._cellen, self._evaluatie)
        self._instanties.maak_cellen(vorm.wortels, None, ())
        self._evaluatie.verwerk()

    # -- answers

    def zet(self, vraag: str, herhaling_id: str | None, waarde: Any) -> list[str]:
        """Stores an answer (None: empty) and returns the keys that look different now.

        An answer for an instance that does not exist (yet) is kept until it does. KeyError for an unknown question.
        """
        knoop = self.vorm.knopen[vraag]
        if knoop.soort != "vraag":
            raise KeyError(vraag)
        self._cellen.opslag[sleutel_van(vraag, herhaling_id)] = waarde
        cel = self._cellen.per[vraag].get(herhaling_id)
        if cel is None:
            return []
        cel.bewaard = True  # within samen() it was not evaluated yet: its default must not take the answer's place
        antwoord = lees_antwoord(knoop.node, cel.namen, waarde)
        if antwoord != cel.antwoord:
            cel.antwoord = antwoord
            self._evaluatie.gewijzigd[cel.sleutel] = None
            self._evaluatie.vuil(V, cel)
            self._evaluatie.vuil(S, cel)
        return self._evaluatie.verwerk()

    def zet_bewijs(self, sleutel: str, bewijs: Mapping[str, Any]) -> list[str]:
        """Tells what evidence hangs on a question: ``{"foto": <number>, "toelichting": <bool>}``."""
        naam = sleutel.partition("@")[0]
        if naam not in self.vorm.knopen:
            raise KeyError(naam)
        nieuw = {"foto": int(bewijs.get("foto") or 0), "toelichting": bool(bewijs.get("toelichting"))}
        if self._bewijs.get(sleutel) == nieuw:
            return []
        self._bewijs[sleutel] = nieuw
        return [sleutel]

    def voeg_toe(self, groep: str, herhaling_id: str, ouder: str | None = None, plaats: float = 0) -> list[str]:
        """Adds a repeat instance, or moves it to another place. One whose parent is not there yet waits for it."""
        staat_er = self._instanties.voeg_toe(groep, herhaling_id, ouder, plaats)
        return self._evaluatie.verwerk() if staat_er else []

    def verwijder(self, herhaling_id: str) -> list[str]:
        """Removes an instance with what is in it. Its answers are kept: adding it again brings them back."""
        return self._evaluatie.verwerk() if self._instanties.verwijder(herhaling_id) else []

    @contextmanager
    def samen(self) -> Iterator[None]:
        """Takes several changes together: evaluation follows at the end, with ``verwerk``."""
        self._evaluatie.gepauzeerd += 1
        try:
            yield
        finally:
            self._evaluatie.gepauzeerd -= 1

    def verwerk(self) -> list[str]:
        """Evaluates what is still waiting after ``samen`` and returns the changed keys."""
        return self._evaluatie.verwerk()

    # -- questions

    def bestaat(self, sleutel: str) -> bool:
        """Whether this key is in the form now."""
        return self._cellen.bestaat(sleutel)

    def waarde(self, sleutel: str) -> Any:
        """The stored or calculated answer, None when empty; also while the question is not relevant."""
        return self._cellen.cel(sleutel).antwoord.waarde

    def tekst(self, sleutel: str) -> str:
        """The answer as expressions see it: '' when empty or not relevant."""
        return self._cellen.cel(sleutel).effectief

    def relevant(self, sleutel: str) -> bool:
        """Whether the question is asked, its groups included."""
        return self._cellen.cel(sleutel).relevant

    def verplicht(self, sleutel: str) -> bool:
        """Whether an answer is demanded now."""
        return self._cellen.cel(sleutel).verplicht

    def melding(self, sleutel: str) -> str | None:
        """Why the answer can not be right, or None. An empty answer is never invalid."""
        cel = self._cellen.cel(sleutel)
        if cel.fout == "":
            return self._blik.tekst_van(cel, "beperking_melding") or "Dit antwoord kan niet kloppen. Kijk het na."
        return cel.fout

    def gevolgen(self, sleutel: str) -> list[str]:
        """The consequences that this answer carries now."""
        cel = self._cellen.cel(sleutel)
        return list(cel.knoop.node["gevolg"]) if cel.vuurt else []

    def keuzes(self, sleutel: str) -> list[dict[str, Any]]:
        """The choices that may be picked now, after choice_filter."""
        cel = self._cellen.cel(sleutel)
        return [keuze for keuze in cel.namen.values() if self._blik.mag(cel, keuze)]

    def aantal(self, sleutel: str) -> int | None:
        """How many instances repeat_count asks, None when the user decides."""
        return self._cellen.cel(sleutel).aantal

    def herhalingen(self, groep: str, ouder: str | None = None) -> list[str]:
        """The instances of a repeat in order."""
        return self._cellen.herhalingen(groep, ouder)

    def plaats_van(self, herhaling_id: str) -> int:
        """Place of an instance among its siblings, from 1."""
        return self._cellen.plaats_van(herhaling_id)

    def instantienaam(self, herhaling_id: str) -> str:
        """Readable name of an instance: ``kamer[2]``, nested ``kamer[2]/bed[1]``."""
        return self._cellen.instantienaam(herhaling_id)

    def label(self, sleutel: str, taal: str | None = None) -> str:
        """Label in the language of the session or in ``taal``, with ``${...}`` filled in."""
        return self._blik.tekst_van(self._cellen.cel(sleutel), "label", taal)

    def hint(self, sleutel: str, taal: str | None = None) -> str:
        """Hint in the language of the session or in ``taal``, with ``${...}`` filled in."""
        return self._blik.tekst_van(self._cellen.cel(sleutel), "hint", taal)

    def sleutels(self) -> Iterator[str]:
        """Every key that exists now, in the order of the screen."""
        return (cel.sleutel for cel in self._cellen.alle())

    # -- outcome

    def verplicht_leeg(self) -> list[str]:
        """Keys of relevant questions that demand an answer and have none."""
        return [
            cel.sleutel
            for cel in self._cellen.alle()
            if cel.verplicht and cel.effectief == "" and cel.knoop.soort == "vraag"
        ]

    def ongeldig(self) -> list[dict[str, str]]:
        """``{"vraag": key, "melding"}`` of every relevant answer that can not be right."""
        return [{"vraag": s, "melding": m} for s in self.sleutels() if (m := self.melding(s)) is not None]

    def te_bewaren(self) -> list[dict[str, Any]]:
        """Defaults and once() outcomes that were filled in by the session and never ``zet``.

        The caller writes them as operations, so that opening the visit another day does not change them.
        """
        return [
            {"vraag": cel.knoop.naam, "herhaling_id": cel.inst, "waarde": cel.antwoord.waarde}
            for cel in self._cellen.alle()
            if cel.uit_zichzelf
            and cel.relevant
            and cel.antwoord.waarde is not None
            and cel.sleutel not in self._cellen.opslag
        ]

    def serialiseer(self) -> dict[str, Any]:
        """The relevant answers, nested per repeat; empty ones are left out."""
        return self._cellen.serialiseer()

    def voorstellen(self) -> list[Voorstel]:
        """What the answers may lead to, per consequence and article, with what carries it and what still lacks."""
        return bundel(self._vurend())

    def aanwijzingen(self) -> list[Aanwijzing]:
        """The answers that point to trafficking, for ``voorstellen.weeg`` over all checklists of a visit."""
        return aanwijzingen(self._vurend())

    def _vurend(self) -> list[Vurend]:
        return [
            (cel.sleutel, cel.knoop.node, cel.antwoord.waarde, self._bewijs.get(cel.sleutel, {}))
            for cel in self._cellen.alle()
            if cel.vuurt
        ]

    def bereken(self, boom: Boom, sleutel: str | None = None) -> Waarde:
        """The value of a bound expression, as seen from a question."""
        with self._blik.bij(self._cellen.cel(sleutel) if sleutel else None):
            return bereken(boom, self._blik)

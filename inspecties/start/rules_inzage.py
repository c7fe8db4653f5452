"""A person's request about their own data: kinds, states, terms and the scan for reporters. Pure.

AVG: art. 12(3) (one month, two more with a reason), 15 (access), 16 (correction), 18 (restriction), 21 (objection);
UAVG art. 41 (exceptions).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inspecties.core.toestanden import Overgang, Toestandstabel

SOORTEN: dict[str, str] = {
    "inzage": "Inzage (art. 15 AVG)",
    "correctie": "Correctie (art. 16 AVG)",
    "beperking": "Beperking van het gebruik (art. 18 AVG)",
    "bezwaar": "Bezwaar tegen het gebruik (art. 21 AVG)",
}
IDENTITEIT: dict[str, str] = {
    "balie": "Aan de balie, met een identiteitsbewijs",
    "digid": "Met DigiD, via het formulier van de gemeente",
    "gemachtigde": "Via een gemachtigde, met een machtiging en een identiteitsbewijs",
}
WIJZEN: dict[str, str] = {
    "balie": "Meegegeven aan de balie",
    "post": "Per aangetekende post",
    "beveiligd": "Met beveiligde mail",
}
OORDELEN: dict[str, str] = {
    "ja": "Ja, dit is deze persoon",
    "nee": "Nee, dit is een ander",
    "uitgezonderd": "Ja, maar dit mag nog niet worden gegeven (art. 41 UAVG)",
}
TABEL: dict[str, str] = {
    "ontvangen": "Ontvangen",
    "zoeken": "Gegevens zoeken",
    "voorgelegd": "Ter controle",
    "vrijgegeven": "Vrijgegeven",
    "verzonden": "Verzonden",
    "afgewezen": "Afgewezen",
}
TOESTANDEN = Toestandstabel(
    naam="inzageverzoek",
    versie="2026.1",
    begin="ontvangen",
    namen=TABEL,
    overgangen=(
        Overgang("ontvangen", "zoeken", "De identiteit klopt", "inzage.behandelen"),
        Overgang("zoeken", "voorgelegd", "Voorleggen aan een collega", "inzage.behandelen"),
        Overgang("voorgelegd", "zoeken", "Terug naar de behandelaar", "inzage.controleren", reden_verplicht=True),
        Overgang("voorgelegd", "vrijgegeven", "Vrijgeven", "inzage.controleren"),
        Overgang("vrijgegeven", "verzonden", "Verzonden aan de persoon", "inzage.behandelen"),
        Overgang("ontvangen", "afgewezen", "Afwijzen", "inzage.behandelen", reden_verplicht=True),
        Overgang("zoeken", "afgewezen", "Afwijzen", "inzage.behandelen", reden_verplicht=True),
    ),
    eind=frozenset({"verzonden", "afgewezen"}),
)
TERMIJN, VERLENGING = "inzageverzoek", "2m"
ARTIKEL_VERLENGEN = "art. 12 lid 3 AVG"

_CIJFERS = re.compile(r"\D")
# Shorter ones stand in every text: 'Jan', 'NL'.
_KORTST = 3


@dataclass(frozen=True)
class Zoekvraag:
    """What is searched on. ``nummers``: phone, KvK or other numbers, as digits."""

    namen: tuple[str, ...]
    nummers: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()

    @property
    def soorten(self) -> list[str]:
        """What kinds were searched on: goes into the log instead of what was typed."""
        return [s for s, w in (("naam", self.namen), ("nummer", self.nummers), ("mail", self.mails)) if w]

    def als_json(self) -> dict[str, list[str]]:
        return {"namen": list(self.namen), "nummers": list(self.nummers), "mails": list(self.mails)}


def _klein(tekst: str) -> str:
    return " ".join(tekst.casefold().split())


def lees_zoekvraag(namen: str, nummers: str = "", mails: str = "") -> Zoekvraag:
    """From the fields of the form: one per line or with commas between. What is too short to find by is left out."""

    def delen(tekst: str) -> list[str]:
        return [d.strip() for d in re.split(r"[\n,;]", tekst) if d.strip()]

    cijfers = dict.fromkeys(_CIJFERS.sub("", n) for n in delen(nummers))
    return Zoekvraag(
        tuple(dict.fromkeys(_klein(n) for n in delen(namen) if len(_klein(n)) >= _KORTST)),
        tuple(c for c in cijfers if len(c) >= 6),
        tuple(dict.fromkeys(_klein(m) for m in delen(mails) if "@" in m)),
    )


def _nationaal(cijfers: str) -> str:
    """A Dutch number without its country: 0031612345678 and +31612345678 are 0612345678."""
    for kop in ("0031", "31"):
        if cijfers.startswith(kop) and len(cijfers) >= len(kop) + 9:
            return "0" + cijfers[len(kop) :].lstrip("0")
    return cijfers


def staat_in(tekst: str, vraag: Zoekvraag) -> bool:
    """Whether a text names this person: a whole name (all its words), a number or a mail address."""
    klein = _klein(tekst)
    if any(mail in klein for mail in vraag.mails):
        return True
    for naam in vraag.namen:
        if re.search(rf"(?<!\w){re.escape(naam)}(?!\w)", klein):
            return True
        woorden = naam.split()
        # 'Jansen, Piet' and 'P. Jansen' are looked at where surname and first name stand apart.
        if len(woorden) > 1 and all(re.search(rf"(?<!\w){re.escape(w)}(?!\w)", klein) for w in woorden):
            return True
    if vraag.nummers:
        aaneen = [_nationaal(_CIJFERS.sub("", stuk)) for stuk in re.findall(r"\+?\d[\d\s().\-]{4,}\d", tekst)]
        gezocht = {_nationaal(n) for n in vraag.nummers}
        return any(n in a for n in gezocht for a in aaneen)
    return False


@dataclass(frozen=True)
class Melderspoor:
    """Something in a report by which a reporter would be known: where, and what kind. Never the text itself."""

    onderdeel: str
    soort: str


def zoek_melders(onderdelen: Iterable[tuple[str, str]], melders: Sequence[Zoekvraag]) -> list[Melderspoor]:
    """In which parts (name, text) of a report a reporter's name, number or mail address stands.

    A surname alone counts as well: a neighbour is known by it.
    """
    uit = []
    for naam, tekst in onderdelen:
        for melder in melders:
            los = tuple(w for n in melder.namen for w in (n, *n.split()[-1:]) if len(w) > _KORTST)
            for soort, deel in (
                ("een naam", Zoekvraag(los)),
                ("een nummer", Zoekvraag((), melder.nummers)),
                ("een mailadres", Zoekvraag((), (), melder.mails)),
            ):
                spoor = Melderspoor(naam, soort)
                if staat_in(tekst, deel) and spoor not in uit:
                    uit.append(spoor)
    return uit

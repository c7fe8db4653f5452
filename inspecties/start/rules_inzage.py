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


def _woord_in(woord: str, klein: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(woord)}(?!\w)", klein) is not None


def _zelfde_nummer(nummer: str, vrager: Zoekvraag) -> bool:
    return _nationaal(nummer) in {_nationaal(n) for n in vrager.nummers}


def is_zelf(melder: Zoekvraag, vrager: Zoekvraag) -> bool:
    """Whether the reporter is the person who asks: the whole name is equal, and a number or mail address too.

    A name alone is also that of a parent, a number that of everybody in the house.
    """
    contact = any(_zelfde_nummer(n, vrager) for n in melder.nummers) or bool({*melder.mails} & {*vrager.mails})
    return contact and bool({*melder.namen} & {*vrager.namen})


def _zonder_eigen(klein: str, vrager: Zoekvraag) -> str:
    """A text without the whole names of the person who asks: what is left of a shared name is somebody else's."""
    for naam in sorted(vrager.namen, key=len, reverse=True):
        klein = re.sub(rf"(?<!\w){re.escape(naam)}(?!\w)", " ... ", klein)
    return klein


def _noemt_naam(klein: str, melder: Zoekvraag, vrager: Zoekvraag) -> bool:
    eigen = {woord for naam in vrager.namen for woord in naam.split()}
    rest = _zonder_eigen(klein, vrager)
    for naam in melder.namen:
        woorden = naam.split()
        vreemd = [w for w in woorden if w not in eigen]
        # One word that is the asker's too says nothing. All of them together do, where the asker's own name is not it.
        if not vreemd and (len(woorden) == 1 or naam in vrager.namen):
            continue
        if _woord_in(naam, rest if not vreemd else klein):
            return True
        if len(woorden) > 1 and vreemd and all(_woord_in(w, klein) for w in woorden):
            return True
        # A neighbour is known by the surname; who shares it with the asker, by any other name that they do not share.
        deelt = woorden[-1] in eigen
        los = [w for w in vreemd if len(w) >= _KORTST] if deelt else [w for w in woorden[-1:] if len(w) > _KORTST]
        if any(_woord_in(w, rest) for w in los):
            return True
    return False


def zoek_melders(
    onderdelen: Iterable[tuple[str, str]], melders: Sequence[Zoekvraag], vrager: Zoekvraag
) -> list[Melderspoor]:
    """In which parts (name, text) of a report something stands by which a reporter is known, other than the asker.

    A surname alone counts as well: a neighbour is known by it. Somebody who shares surname, house or phone with the
    person who asks is looked for by what they do not share.
    """
    anderen = [m for m in melders if not is_zelf(m, vrager)]
    uit: list[Melderspoor] = []
    for naam, tekst in onderdelen:
        klein = _klein(tekst)
        for melder in anderen:
            nummers = tuple(n for n in melder.nummers if not _zelfde_nummer(n, vrager))
            mails = tuple(m for m in melder.mails if m not in vrager.mails)
            for soort, staat_er in (
                ("een naam", _noemt_naam(klein, melder, vrager)),
                ("een nummer", staat_in(tekst, Zoekvraag((), nummers))),
                ("een mailadres", staat_in(tekst, Zoekvraag((), (), mails))),
            ):
                spoor = Melderspoor(naam, soort)
                if staat_er and spoor not in uit:
                    uit.append(spoor)
    return uit

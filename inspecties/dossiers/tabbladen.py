"""The parts of a dossier as tabs: one line per part, shown to whoever may open it and has something to find there."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, request, url_for
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol, rol_mag
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.werk import OPEN
from inspecties.web.poort import toegang_van

Voorwaarde = Callable[[Session, Actor, Dossier], bool]


@dataclass(frozen=True)
class Tabblad:
    """One part: ``endpoint`` is its page, which takes the ``uid`` of the dossier."""

    code: str
    naam: str
    endpoint: str


@dataclass(frozen=True)
class Tab:
    """One tab as a person sees it. ``hier``: what ``aria-current`` says, empty for the other tabs."""

    naam: str
    url: str
    hier: str = ""


# In the order of the work. A part that has no page in this application has no tab.
TABBLADEN: tuple[Tabblad, ...] = (
    Tabblad("overzicht", "Overzicht", "dossiers.dossier"),
    Tabblad("leesbeeld", "Leesbeeld", "bureau.lezen"),
    Tabblad("traject", "Traject", "traject.toon"),
    Tabblad("bibob", "Bibob", "bibob.toon"),
    Tabblad("toets", "Toets", "toets.invullen"),
    Tabblad("wonen", "Wonen", "wonen.toon"),
    Tabblad("last", "Last", "last.toon"),
    Tabblad("boete", "Boete", "boete.toon"),
    Tabblad("bewijs", "Bewijs", "bewijs.lijst"),
    Tabblad("brieven", "Brieven", "brieven.lijst"),
    Tabblad("besloten", "Wie besloot", "besloten.toon"),
    Tabblad("termijnen", "Termijnen", "termijnen.van_dossier"),
    Tabblad("doorzetten", "Doorzetten", "doorzetten.lijst"),
    Tabblad("volledig", "Volledig dossier", "volledig.toon"),
)


def _bouw_en_wonen(_sessie: Session, _actor: Actor, dossier: Dossier) -> bool:
    return dossier.soort == "bouw_wonen"


def _besloten(_sessie: Session, _actor: Actor, dossier: Dossier) -> bool:
    return any(b.soort == "akkoord" for b in dossier.besluiten)


# What a part asks besides the right of its page; a part without a line here is always there. By code of the part.
VOORWAARDEN: dict[str, Voorwaarde] = {
    **dict.fromkeys(("wonen", "last", "boete"), _bouw_en_wonen),
    "besloten": _besloten,
}

# What the cabinet may open while the jurist works on its questions.
_OOK_TIJDENS_WERK = frozenset({"overzicht", "termijnen"})


def jurist_werkt(actor: Actor, dossier: Dossier) -> bool:
    """The cabinet sees what was submitted, not what is being changed after it was sent back."""
    return actor.rol is Rol.KABINET and dossier.toestand in OPEN


def _zichtbaar(sessie: Session, actor: Actor, dossier: Dossier, blad: Tabblad) -> bool:
    if blad.endpoint not in current_app.view_functions:
        return False
    toegang = toegang_van(current_app, blad.endpoint)
    if toegang is None or toegang.recht is None or not rol_mag(actor.rol, toegang.recht):
        return False
    if jurist_werkt(actor, dossier) and blad.code not in _OOK_TIJDENS_WERK:
        return False
    voorwaarde = VOORWAARDEN.get(blad.code)
    return voorwaarde is None or voorwaarde(sessie, actor, dossier)


def tabbladen_van(sessie: Session, actor: Actor, dossier: Dossier) -> list[Tab]:
    """The tabs of this dossier for this person; the one that the current page belongs to is marked."""
    bladen = [b for b in TABBLADEN if _zichtbaar(sessie, actor, dossier, b)]
    urls = [url_for(b.endpoint, uid=dossier.uid) for b in bladen]
    boven = [url for url in urls if request.path == url or request.path.startswith(url + "/")]
    hier = max(boven, key=len, default="")
    return [
        Tab(blad.naam, url, "" if url != hier else "page" if url == request.path else "true")
        for blad, url in zip(bladen, urls, strict=True)
    ]

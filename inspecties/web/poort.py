"""The gate: every endpoint names the right it needs, or why it is open. What names nothing is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from inspecties.core.actor import Actor
from inspecties.core.fouten import GeenRecht, NietAangemeld
from inspecties.core.klok import Klok
from inspecties.core.rechten import RECHTEN, rol_mag
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.database.basis import db
from inspecties.database.bereik import bind_actor
from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.database.rijmuur import zonder_actor

V = TypeVar("V", bound=Callable[..., Any])
# Under this name the feature with the accounts registers how it asks to prove oneself: actor -> answer, or None.
BEVESTIGING = "bevestiging"
# On ``g``: the error by which the database could not say who asks.
ONBEREIKBAAR = "database_onbereikbaar"


@dataclass(frozen=True)
class Toegang:
    """What an endpoint asks: a right, or nothing with the reason why it is open."""

    recht: str | None
    open_omdat: str = ""
    alleen_lezen: bool = False
    zoekt_overal: bool = False
    opzet: bool = False
    bevestigd: bool = False
    vanzelf: bool = False


class TweedeFactorNodig(NietAangemeld):
    """Logged in with a password alone where two factors are asked: first one is set up, then everything opens."""


def vereist(
    recht: str, *, alleen_lezen: bool = False, opzet: bool = False, bevestigd: bool = False, vanzelf: bool = False
) -> Callable[[V], V]:
    """Mark a view with the right that it needs. ``alleen_lezen``: it writes nothing, not even an audit line.

    ``opzet``: it also opens for who still has to set up a second factor. ``bevestigd``: only for who proved in the last
    minutes that it is them; a page with a form asks it when the form is sent, a file before it is given. ``vanzelf``: a
    page that stands open asks it again and again by itself, so it is no sign that somebody is there.
    """
    if recht not in RECHTEN:
        raise KeyError(f"unknown right {recht}")

    def merk(view: V) -> V:
        toegang = Toegang(recht, alleen_lezen=alleen_lezen, opzet=opzet, bevestigd=bevestigd, vanzelf=vanzelf)
        view.toegang = toegang  # type: ignore[attr-defined]  # the mark that the gate reads
        return view

    return merk


def openbaar(waarom: str, *, alleen_lezen: bool = False, zoekt_overal: bool = False) -> Callable[[V], V]:
    """Mark a view that needs no login, and say why.

    ``zoekt_overal``: it finds out by a secret or a login in which gemeente it works, and so looks in all of them
    first. Without it such a view finds no rows on PostgreSQL.
    """

    def merk(view: V) -> V:
        view.toegang = Toegang(None, waarom, alleen_lezen, zoekt_overal)  # type: ignore[attr-defined]  # the mark that the gate reads
        return view

    return merk


def is_bestand(endpoint: str | None) -> bool:
    """Whether this is a file of the screens themselves: it needs no database, and is there without one."""
    return endpoint is not None and (endpoint == "static" or endpoint.endswith(".static"))


def toegang_van(app: Flask, endpoint: str) -> Toegang | None:
    """The mark on an endpoint's view, or None where there is none."""
    if is_bestand(endpoint):
        return Toegang(None, open_omdat="Bestanden van de schermen zelf, zonder gegevens", alleen_lezen=True)
    return cast("Toegang | None", getattr(app.view_functions[endpoint], "toegang", None))


def huidige_actor() -> Actor:
    """The actor of this request. Raises NietAangemeld where nobody is, OperationalError where nobody can tell."""
    if not current_user.is_authenticated:
        # Somebody may well be: the database that knows it is gone.
        if (fout := g.get(ONBEREIKBAAR)) is not None:
            raise fout
        raise NietAangemeld("Meld u eerst aan.")
    return cast("Actor", current_user.actor)


def klok() -> Klok:
    """The application's clock."""
    return cast("Klok", current_app.extensions["klok"])


def sleutelbos() -> Sleutelbos:
    """The keys of encrypted fields."""
    return cast("Sleutelbos", current_app.extensions["sleutelbos"])


def vraag_bewijs(actor: Actor) -> ResponseReturnValue | None:
    """How somebody is asked to prove that it is them; None for who did so in the last minutes."""
    # Not there: a KeyError, and nothing opens.
    return cast("ResponseReturnValue | None", current_app.extensions[BEVESTIGING](actor))


def _vraagt_bevestiging() -> bool:
    """Whether this request is the act itself, and not the page on which it is prepared."""
    methoden = (request.url_rule.methods if request.url_rule else None) or set()
    return request.method != "OPTIONS" and (request.method == "POST" or "POST" not in methoden)


def _controleer() -> ResponseReturnValue | None:
    if request.endpoint is None or is_bestand(request.endpoint):
        return None
    toegang = toegang_van(current_app._get_current_object(), request.endpoint)  # type: ignore[attr-defined]  # LocalProxy
    if toegang is None:
        raise GeenRecht("Deze pagina heeft geen toegangsregel en is daarom gesloten.")
    if toegang.alleen_lezen:
        db.session.connection(execution_options={ALLEEN_LEZEN: True})
    if toegang.recht is None:
        if toegang.zoekt_overal:
            zonder_actor(db.session(), toegang.open_omdat)
        return None
    actor = huidige_actor()
    if current_user.factor_nodig and not toegang.opzet:
        raise TweedeFactorNodig("Stel eerst een tweede stap in. Daarna kunt u verder. Er gaat niets verloren.")
    if not rol_mag(actor.rol, toegang.recht):
        raise GeenRecht(f"Uw rol mag dit niet: {RECHTEN[toegang.recht].uitleg.lower()}.")
    bind_actor(db.session(), actor)
    if toegang.bevestigd and _vraagt_bevestiging():
        return vraag_bewijs(actor)
    return None


def plaats_poort(app: Flask) -> None:
    """Put the gate before every request."""
    app.before_request(_controleer)

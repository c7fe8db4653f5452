"""The meldroute of the demo: steps with owners and days, what was passed on, care, and two meetings."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import lokale_datum
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.signalen.meldroute_bron import meldroutes, triagetabel
from inspecties.signalen.meldroute_doorzetten import hash_van, stel_op
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import (
    Bedenktijd,
    Doorzetting,
    Meldroute,
    Meldstap,
    Overleg,
    Overlegpunt,
    Triageantwoord,
    Zorgaanbod,
)
from inspecties.signalen.rules.meldroute import Meldroutetabel
from inspecties.signalen.triage_zorg import bedenktijd_vanaf
from inspecties.termijnen.bronnen import kalender

# The steps that a signal of the demo has behind it, per route.
_WEG: dict[str, tuple[str, ...]] = {
    "montfoort": ("ontvangen", "verrijken", "bespreken", "doorgezet", "teruggekoppeld", "afgesloten"),
    "soest": ("ontvangen", "verrijken", "doorgezet", "bespreken", "teruggekoppeld", "afgesloten"),
}
_VRAGEN = (
    "Wie kent dit adres van eerdere controles?",
    "Kunnen we dit samen met de omgevingsdienst bekijken?",
    "Is er zicht op de verhuurder?",
    "Wat weet de politie al van deze plek?",
)
_AFSPRAKEN = (
    "De wijkagent kijkt wie er in en uit gaat. Terug op het volgende overleg.",
    "De omgevingsdienst zoekt uit welk gebruik is toegestaan.",
    "Meenemen in de volgende pandenactie.",
)
_ANTWOORDEN = (
    "In onderzoek genomen. De ontvanger neemt zelf contact op met de locatie.",
    "Bekend bij de ontvanger en toegevoegd aan een lopend onderzoek.",
    "Gesproken met de bewoners. Er is nu geen aanwijzing voor dwang.",
)
_VELDEN = ["nummer", "datum", "vorm", "urgentie", "waar", "omschrijving"]
# One in so many steps is overdue: enough to see what that looks like.
_EEN_OP_TE_LAAT = 9


def vul_meldroute(
    sessie: Session, kring: Kring, _bron: Wereldgemeente, _locaties: Mapping[str, int], nu: datetime
) -> None:
    """Everything along the route of the signals that the gemeente has; nothing where nobody handles signals."""
    actor = kring.actoren.get("aandacht")
    if actor is None:
        return
    signalen = sessie.scalars(
        select(Signaal).where(Signaal.gemeente_id == kring.gemeente.id).order_by(Signaal.datum, Signaal.id)
    ).all()
    rng = Random(kring.gemeente.code)  # noqa: S311 - a choice that looks natural, not a secret
    rijen: dict[type[Any], list[dict[str, Any]]] = {}
    for signaal in signalen:
        route = meldroutes().op(kring.gemeente.code, lokale_datum(signaal.ontvangen_op))
        _stappen(rijen, rng, actor, signaal, route, nu)
        if signaal.status in {"doorgezet", "teruggekoppeld"}:
            _doorzettingen(rijen, rng, actor, signaal, nu)
            _triage(rijen, rng, actor, signaal, nu)
    for model, inhoud in rijen.items():
        sessie.execute(insert(model), inhoud)
    _overleggen(sessie, rng, actor, [s for s in signalen if s.status == "bespreken"], nu)
    _bedenktijd(sessie, actor, [s for s in signalen if s.status == "doorgezet"], nu)


def _rij(rijen: dict[type[Any], list[dict[str, Any]]], model: type[Any], signaal: Signaal, **velden: Any) -> None:
    vast = {"uid": nieuw_id(), "gemeente_id": signaal.gemeente_id, "signaal_id": signaal.id}
    rijen.setdefault(model, []).append(vast | velden)


def _stappen(
    rijen: dict[type[Any], list[dict[str, Any]]],
    rng: Random,
    actor: Actor,
    signaal: Signaal,
    route: Meldroutetabel,
    nu: datetime,
) -> None:
    weg = _WEG[route.code]
    tot = weg[: weg.index(signaal.status) + 1]
    dicht = signaal.status == "afgesloten"
    uitkomst = rng.choice(list(route.uitkomsten)) if dicht else ""
    eind = _begin_van_nu(rng, route, signaal, nu)
    lengte = (eind - signaal.ontvangen_op) / max(len(tot) - 1, 1)
    _rij(
        rijen,
        Meldroute,
        signaal,
        tabel=route.code,
        versie=route.versie,
        uitkomst=uitkomst,
        gesloten_op=eind if dicht else None,
    )
    for plaats, stap in enumerate(tot):
        begon = signaal.ontvangen_op + lengte * plaats
        laatste = plaats == len(tot) - 1
        klaar = None if laatste and not dicht else (eind if laatste else begon + lengte)
        onopgepakt = laatste and stap == "ontvangen"
        uiterlijk = route.uiterlijk(stap, lokale_datum(begon), kalender())
        if laatste and uiterlijk is not None:
            te_laat = stap in {"verrijken", "bespreken"} and not rng.randrange(_EEN_OP_TE_LAAT)
            if te_laat:
                uiterlijk = lokale_datum(nu) - timedelta(days=rng.randint(1, 4))
            elif uiterlijk < lokale_datum(nu):
                uiterlijk = lokale_datum(nu) + timedelta(days=rng.randint(1, 6))
        _rij(
            rijen,
            Meldstap,
            signaal,
            stap=stap,
            eigenaar_id=None if onopgepakt or (dicht and laatste) else actor.gebruiker_id,
            begon_op=begon,
            uiterlijk=uiterlijk,
            klaar_op=klaar,
            uitkomst=uitkomst if dicht and laatste else ("gedaan" if stap == "teruggekoppeld" and klaar else ""),
            notitie="",
            door_id=None if stap == "ontvangen" else actor.gebruiker_id,
        )


def _begin_van_nu(rng: Random, route: Meldroutetabel, signaal: Signaal, nu: datetime) -> datetime:
    """When the step that runs began: long ago for what is closed, lately for what is under way."""
    oud = nu - signaal.ontvangen_op
    if signaal.status == "ontvangen":
        return signaal.ontvangen_op
    if signaal.status == "afgesloten":
        return signaal.ontvangen_op + oud * rng.uniform(0.2, 0.6)
    dagen = route.stappen[signaal.status].dagen or 5
    return max(signaal.ontvangen_op, nu - timedelta(days=rng.uniform(0.3, 0.8) * dagen, hours=rng.randint(1, 5)))


def _doorzettingen(
    rijen: dict[type[Any], list[dict[str, Any]]], rng: Random, actor: Actor, signaal: Signaal, nu: datetime
) -> None:
    eerste = "nla" if signaal.vorm == "arbeidsuitbuiting" else "avim"
    op = max(signaal.ontvangen_op, nu - timedelta(days=rng.randint(3, 20)))
    for ontvanger in (eerste, "zorgcoordinator"):
        tekst = stel_op(signaal, _VELDEN, signaal.tekst)
        beantwoord = signaal.status == "teruggekoppeld" or (ontvanger == eerste and rng.random() < 0.4)
        rest = rng.randint(-2, -1) if not rng.randrange(4 * _EEN_OP_TE_LAAT) else rng.randint(2, 21)
        _rij(
            rijen,
            Doorzetting,
            signaal,
            ontvanger=ontvanger,
            contact="",
            wijze="beveiligde_mail",
            grondslag=triagetabel().grondslagen["publieke_taak"].tekst,
            velden=_VELDEN,
            tekst=tekst,
            sha256=hash_van(tekst),
            doorgezet_op=op,
            antwoord_voor=max(lokale_datum(op), lokale_datum(nu) + timedelta(days=rest)),
            antwoord=rng.choice(_ANTWOORDEN) if beantwoord else "",
            klasse="",
            antwoord_op=lokale_datum(max(op, nu - timedelta(days=2))) if beantwoord else None,
            afgezien="",
            door_id=actor.gebruiker_id,
        )


def _triage(
    rijen: dict[type[Any], list[dict[str, Any]]], rng: Random, actor: Actor, signaal: Signaal, nu: datetime
) -> None:
    slachtoffer = "ja" if rng.random() < 0.5 else "onbekend"
    antwoorden = {"acuut_gevaar": "nee", "mogelijk_slachtoffer": slachtoffer, "minderjarig": "nee", "grens": "nee"}
    antwoorden |= {"alleenstaand_buitenlands": "nee", "meldcode_beroep": "nee"}
    op = max(signaal.ontvangen_op, nu - timedelta(days=25))
    for vraag, antwoord in antwoorden.items():
        _rij(rijen, Triageantwoord, signaal, vraag=vraag, antwoord=antwoord, op=op, door_id=actor.gebruiker_id)
    if slachtoffer == "ja" and rng.random() < 0.8:
        _rij(
            rijen,
            Zorgaanbod,
            signaal,
            wat="Een gesprek over opvang en hulp, met een tolk",
            door_wie="Zorgcoördinatie Markermeer",
            aangeboden_op=lokale_datum(op),
            antwoord=rng.choice(("aangenomen", "afgewezen", "denkt_na", "niet_bereikt")),
            vastgelegd_op=op,
            door_id=actor.gebruiker_id,
        )


def _werkdag(dag: date) -> date:
    return kalender().eerste_werkdag(dag)


def _overleggen(sessie: Session, rng: Random, actor: Actor, bespreken: Iterable[Signaal], nu: datetime) -> None:
    vandaag = lokale_datum(nu)
    dagen = (_werkdag(vandaag - timedelta(days=20)), _werkdag(vandaag + timedelta(days=9)))
    geweest, komend = (
        Overleg(
            gemeente_id=actor.gemeente_id,
            naam="Ondermijningsoverleg",
            datum=dag,
            aangemaakt_op=nu - timedelta(days=40),
            door_id=actor.gebruiker_id,
        )
        for dag in dagen
    )
    sessie.add_all([geweest, komend])
    sessie.flush()
    for nr, signaal in enumerate(list(bespreken)[-9:]):
        overleg = geweest if nr % 3 == 0 else komend
        sessie.add(
            Overlegpunt(
                gemeente_id=actor.gemeente_id,
                overleg_id=overleg.id,
                signaal_id=signaal.id,
                vraag=rng.choice(_VRAGEN),
                afspraak=rng.choice(_AFSPRAKEN) if overleg is geweest else "",
                besproken_op=nu - timedelta(days=19) if overleg is geweest else None,
                toegevoegd_op=nu - timedelta(days=22),
                door_id=actor.gebruiker_id,
            )
        )
    sessie.flush()


def _bedenktijd(sessie: Session, actor: Actor, doorgezet: list[Signaal], nu: datetime) -> None:
    """One that ends within two weeks, so that the home page counts down."""
    if not doorgezet:
        return
    begon = lokale_datum(nu) - timedelta(days=82)
    sessie.add(
        Bedenktijd(
            gemeente_id=actor.gemeente_id,
            signaal_id=doorgezet[0].id,
            begon_op=begon,
            uiterlijk=bedenktijd_vanaf(begon)[0].einddag,
            via="CoMensha en de IND",
            vastgelegd_op=nu - timedelta(days=81),
            door_id=actor.gebruiker_id,
        )
    )
    sessie.flush()

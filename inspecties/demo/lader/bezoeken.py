"""Visits of the past: real operations of a tablet, taken in by the same door as those of the field app."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from inspecties.acties.models import Stop
from inspecties.checklists.rules.vorm import Vorm
from inspecties.controles.bewijs import keur_inhoud, registreer
from inspecties.controles.bezoeken import zet_stoptoestand, zorg_voor_bezoek
from inspecties.controles.models import Bezoek
from inspecties.controles.operations import OPGESLAGEN, neem_operaties_in
from inspecties.controles.opslag import Opslag
from inspecties.controles.rules.vragen import Vraag, vragen_van
from inspecties.core.actor import Actor
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import lokaal
from inspecties.core.rechten import Rol
from inspecties.demo.inhoud.model import Locatie
from inspecties.demo.inhoud.model import Stop as Wereldstop
from inspecties.demo.lader.antwoorden import maak_plan
from inspecties.demo.lader.fotos import onderwerp, teken_foto, teken_handtekening
from inspecties.demo.lader.invullen import Invulling, vul_checklist
from inspecties.demo.lader.kring import Kring


@dataclass
class Tablet:
    """A person's device: one id, and a sequence without gaps."""

    id: UUID = field(default_factory=nieuw_id)
    seq: int = 0

    def volgende(self) -> int:
        self.seq += 1
        return self.seq


@dataclass
class Veldwerk:
    """Everything that is shared by the visits of one gemeente."""

    sessie: Session
    kring: Kring
    opslag: Opslag
    # Partner users by the kind of organisation that they work for.
    soorten: dict[int, str]
    tablets: dict[int, Tablet] = field(default_factory=dict)
    vormen: dict[str, tuple[Vorm, dict[str, Vraag]]] = field(default_factory=dict)

    def tablet(self, actor: Actor) -> Tablet:
        return self.tablets.setdefault(actor.gebruiker_id or 0, Tablet())

    def vorm(self, definitie: dict[str, Any]) -> tuple[Vorm, dict[str, Vraag]]:
        sleutel: str = definitie["hash"]
        if sleutel not in self.vormen:
            self.vormen[sleutel] = Vorm(definitie), vragen_van(definitie)
        return self.vormen[sleutel]

    def meld(self, actor: Actor, nu: datetime, stop: Stop, toestand: str) -> None:
        """Move a stop as the tablet reports it."""
        zet_stoptoestand(self.sessie, actor, nu, stop, toestand, nieuw_id(), nu, "")


@dataclass(frozen=True)
class Team:
    """Who was there: the one who leads fills in the form, partners their own part."""

    leider: Actor
    partners: dict[str, Actor]

    @classmethod
    def van(cls, leden: list[Actor], soorten: dict[int, str]) -> "Team":
        eigen = [a for a in leden if a.rol is not Rol.PARTNER]
        partners = {soorten[a.organisatie_id]: a for a in leden if a.organisatie_id is not None}
        return cls(eigen[0], partners)


def _rfc3339(moment: datetime) -> str:
    return lokaal(moment).isoformat(timespec="seconds")


def _operaties(
    werk: Veldwerk, bezoek: Bezoek, hash_: str, actor: Actor, invullingen: list[Invulling], van: datetime, tot: datetime
) -> list[dict[str, Any]]:
    """The operations of one person, spread over the visit."""
    tablet = werk.tablet(actor)
    stap = (tot - van) / (len(invullingen) + 1)
    return [
        {
            "op_id": str(nieuw_id()),
            "bezoek_id": str(bezoek.uid),
            "vraag_id": deel.vraag,
            "herhaling_id": deel.herhaling_id,
            "soort": deel.soort,
            "waarde": deel.waarde,
            "base_op_ids": [],
            "form_versie": hash_,
            "toestel_id": str(tablet.id),
            "toestel_seq": tablet.volgende(),
            "toestel_tijd": _rfc3339(van + stap * i),
            "auteur_id": actor.gebruiker_uid,
        }
        for i, deel in enumerate(invullingen, start=1)
    ]


def _bewaar(
    werk: Veldwerk, actor: Actor, nu: datetime, bezoek: Bezoek, deel: Invulling, tekst: str, zaad: str
) -> Invulling:
    """Put the picture of an attachment in the store, register it and describe it in the operation."""
    if deel.vraag == "handtekening":
        inhoud, naam = teken_handtekening(actor.naam), "handtekening.png"
    else:
        wat = f"{deel.vraag.replace('_', ' ')} - {lokaal(nu):%d-%m-%Y}"
        inhoud, naam = teken_foto(onderwerp(deel.vraag), (tekst, wat), zaad), f"{deel.vraag}.jpg"
    sha256 = werk.opslag.schrijf(werk.kring.gemeente.uid, inhoud)
    pad = werk.opslag.pad(werk.kring.gemeente.uid, sha256)
    mediatype = keur_inhoud(pad)
    gegevens = {"vraag_id": deel.vraag, "herhaling_id": deel.herhaling_id or "", "bestandsnaam": naam}
    registreer(werk.sessie, actor, nu, bezoek, pad, sha256, mediatype, gegevens)
    waarde = {"sha256": sha256, "soort": mediatype, "omvang": len(inhoud), "bestandsnaam": naam}
    return Invulling("attach", deel.vraag, deel.herhaling_id, waarde)


def vul_bezoek_in(
    werk: Veldwerk,
    team: Team,
    stop: Stop,
    bron: Wereldstop,
    locatie: Locatie,
    instrumenten: frozenset[str],
    nu: datetime,
) -> Bezoek:
    """What the team recorded at a stop, sent when it left (``nu``).

    Raises RuntimeError when the door for operations does not take everything: the demo then has a mistake.
    """
    rng = Random(f"{werk.kring.gemeente.code}:{bron.sleutel}")  # noqa: S311 - a demo that repeats itself
    bezoek = zorg_voor_bezoek(werk.sessie, team.leider, nu, stop)
    plan = maak_plan(rng, bron, locatie, tuple(sorted(team.partners)), instrumenten)
    for versie in bezoek.checklists:
        vorm, vragen = werk.vorm(versie.definitie)
        invullingen = vul_checklist(vorm, vragen, bezoek.context, plan, rng, compleet=bool(instrumenten))
        for rol in ("", *team.partners):
            deel = [i for i in invullingen if vragen[i.vraag].rol == rol]
            if deel:
                _stuur_in(werk, team.partners.get(rol, team.leider), bezoek, versie.hash, deel, bron, locatie, nu)
    return bezoek


def _stuur_in(
    werk: Veldwerk,
    actor: Actor,
    bezoek: Bezoek,
    hash_: str,
    deel: list[Invulling],
    bron: Wereldstop,
    locatie: Locatie,
    nu: datetime,
) -> None:
    compleet = [
        _bewaar(werk, actor, nu, bezoek, d, locatie.adres.regel, f"{bron.sleutel}:{i}") if d.soort == "attach" else d
        for i, d in enumerate(deel)
    ]
    ops = _operaties(werk, bezoek, hash_, actor, compleet, bezoek.begin_op or nu, nu)
    tablet = werk.tablet(actor)
    ontvangsten = neem_operaties_in(werk.sessie, actor, nu, tablet.id, ops, tablet.seq)
    mis = [o for o in ontvangsten if o.status != OPGESLAGEN]
    if mis:
        raise RuntimeError(f"demo answer not taken in: {mis[0].code} {mis[0].reden}")

"""What stands in the tables of the meldroute, for pages, the home page and the gates of the route."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import RECHTEN
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker, Gemeente, Lidmaatschap
from inspecties.signalen.meldroute_bron import meldroutes
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import (
    Bedenktijd,
    Doorzetting,
    Meldroute,
    Meldstap,
    Triageafwijking,
    Triageantwoord,
    Zorgaanbod,
)
from inspecties.signalen.rules.meldroute import AFGESLOTEN, RECHT, Meldroutetabel, Stand
from inspecties.signalen.rules.triage import SLACHTOFFER, zorg_is_vastgelegd
from inspecties.termijnen.bronnen import kalender


@dataclass(frozen=True)
class Nu:
    """What needs doing now for one signal: the step, whose it is, and the last day."""

    signaal: Signaal
    route: Meldroutetabel
    stap: Meldstap | None
    uiterlijk: date | None
    vandaag: date

    @property
    def eigenaar(self) -> Gebruiker | None:
        return self.stap.eigenaar if self.stap else None

    @property
    def te_laat(self) -> bool:
        return self.uiterlijk is not None and self.uiterlijk < self.vandaag

    @property
    def dagen(self) -> int | None:
        """Days to go; negative when overdue."""
        return None if self.uiterlijk is None else (self.uiterlijk - self.vandaag).days

    @property
    def stapnaam(self) -> str:
        return self.route.tabel.namen.get(self.signaal.status, self.signaal.status)

    @property
    def doen(self) -> str:
        regel = self.route.stappen.get(self.signaal.status)
        return regel.doen if regel else ""


def gemeentecode(sessie: Session, actor: Actor) -> str:
    """The code by which the configuration names the actor's gemeente."""
    gemeente = sessie.get(Gemeente, actor.gemeente_id)
    return gemeente.code if gemeente else ""


def route_van(sessie: Session, actor: Actor, signaal: Signaal) -> tuple[Meldroutetabel, Meldroute | None]:
    """The version that a signal goes through, and the row that fixes it (None until somebody handles the signal)."""
    rij = sessie.scalars(select_voor(actor, Meldroute).where(Meldroute.signaal_id == signaal.id)).one_or_none()
    if rij is not None:
        return meldroutes().versie(rij.tabel, rij.versie), rij
    return meldroutes().op(gemeentecode(sessie, actor), lokale_datum(signaal.ontvangen_op)), None


def open_stap(sessie: Session, actor: Actor, signaal: Signaal) -> Meldstap | None:
    """The step that runs."""
    return sessie.scalars(
        select_voor(actor, Meldstap)
        .where(Meldstap.signaal_id == signaal.id, Meldstap.klaar_op.is_(None))
        .order_by(Meldstap.id.desc())
    ).first()


def stappen_van(sessie: Session, actor: Actor, signaal: Signaal) -> Sequence[Meldstap]:
    """The whole way so far, oldest first."""
    return sessie.scalars(
        select_voor(actor, Meldstap)
        .options(joinedload(Meldstap.eigenaar), joinedload(Meldstap.door))
        .where(Meldstap.signaal_id == signaal.id)
        .order_by(Meldstap.id)
    ).all()


def standen(sessie: Session, actor: Actor, signalen: Iterable[Signaal], nu: datetime) -> dict[int, Nu]:
    """What needs doing, per Signaal.id; a handful of queries however many signals."""
    rijen = list(signalen)
    ids = [s.id for s in rijen]
    routes = {
        r.signaal_id: r for r in sessie.scalars(select_voor(actor, Meldroute).where(Meldroute.signaal_id.in_(ids)))
    }
    lopend = select_voor(actor, Meldstap).where(Meldstap.klaar_op.is_(None), Meldstap.signaal_id.in_(ids))
    stappen = {
        (s.signaal_id, s.stap): s
        for s in sessie.scalars(lopend.options(joinedload(Meldstap.eigenaar)).order_by(Meldstap.id))
    }
    code, tabellen, uit = gemeentecode(sessie, actor), meldroutes(), {}
    for signaal in rijen:
        rij = routes.get(signaal.id)
        ontvangen = lokale_datum(signaal.ontvangen_op)
        route = tabellen.versie(rij.tabel, rij.versie) if rij else tabellen.op(code, ontvangen)
        stap = stappen.get((signaal.id, signaal.status))
        uiterlijk = stap.uiterlijk if stap else route.uiterlijk(signaal.status, ontvangen, kalender())
        uit[signaal.id] = Nu(signaal, route, stap, uiterlijk, lokale_datum(nu))
    return uit


def te_late_stappen(sessie: Session, actor: Actor, nu: datetime) -> list[Nu]:
    """Signals whose step should have been finished, the longest overdue first."""
    open_ = sessie.scalars(select_voor(actor, Signaal).where(Signaal.status != AFGESLOTEN)).all()
    laat = [stand for stand in standen(sessie, actor, open_, nu).values() if stand.te_laat]
    return sorted(laat, key=lambda stand: (stand.uiterlijk or date.max, stand.signaal.id))


def doorzettingen_van(sessie: Session, actor: Actor, signaal: Signaal) -> Sequence[Doorzetting]:
    """To whom this signal was passed on, oldest first."""
    return sessie.scalars(
        select_voor(actor, Doorzetting)
        .options(joinedload(Doorzetting.door))
        .where(Doorzetting.signaal_id == signaal.id)
        .order_by(Doorzetting.id)
    ).all()


def te_late_antwoorden(sessie: Session, actor: Actor, nu: datetime) -> Sequence[Doorzetting]:
    """What was passed on and should have been answered by now."""
    return sessie.scalars(
        select_voor(actor, Doorzetting)
        .options(joinedload(Doorzetting.signaal))
        .where(
            Doorzetting.antwoord_op.is_(None),
            Doorzetting.afgezien == "",
            Doorzetting.antwoord_voor < lokale_datum(nu),
        )
        .order_by(Doorzetting.antwoord_voor)
    ).all()


def antwoorden_van(sessie: Session, actor: Actor, signaal: Signaal) -> dict[str, str]:
    """Question of the triage -> its latest answer."""
    rijen = sessie.scalars(
        select_voor(actor, Triageantwoord).where(Triageantwoord.signaal_id == signaal.id).order_by(Triageantwoord.id)
    )
    return {rij.vraag: rij.antwoord for rij in rijen}


def afwijkingen_van(sessie: Session, actor: Actor, signaal: Signaal) -> dict[str, Triageafwijking]:
    """Advice -> why a person did otherwise."""
    rijen = sessie.scalars(select_voor(actor, Triageafwijking).where(Triageafwijking.signaal_id == signaal.id))
    return {rij.advies: rij for rij in rijen}


def zorg_van(sessie: Session, actor: Actor, signaal: Signaal) -> Sequence[Zorgaanbod]:
    """Help that was offered, oldest first."""
    return sessie.scalars(
        select_voor(actor, Zorgaanbod)
        .where(Zorgaanbod.signaal_id == signaal.id)
        .order_by(Zorgaanbod.aangeboden_op, Zorgaanbod.id)
    ).all()


def bedenktijden_van(sessie: Session, actor: Actor, signaal: Signaal) -> Sequence[Bedenktijd]:
    """Times to think, oldest first."""
    return sessie.scalars(
        select_voor(actor, Bedenktijd).where(Bedenktijd.signaal_id == signaal.id).order_by(Bedenktijd.id)
    ).all()


def lopende_bedenktijden(sessie: Session, actor: Actor) -> Sequence[Bedenktijd]:
    """Times to think that were not ended, the first to end first; also of signals that were closed since."""
    return sessie.scalars(
        select_voor(actor, Bedenktijd)
        .options(joinedload(Bedenktijd.signaal))
        .where(Bedenktijd.beeindigd_op.is_(None))
        .order_by(Bedenktijd.uiterlijk)
    ).all()


def stand_van(sessie: Session, actor: Actor, signaal: Signaal) -> Stand:
    """What the gates of the route ask."""
    doorgezet = doorzettingen_van(sessie, actor, signaal)
    return Stand(
        doorgezet_aan=frozenset(d.ontvanger for d in doorgezet),
        open_antwoorden=sum(d.wacht for d in doorgezet),
        mogelijk_slachtoffer=antwoorden_van(sessie, actor, signaal).get(SLACHTOFFER, ""),
        zorg_vastgelegd=zorg_is_vastgelegd([z.antwoord for z in zorg_van(sessie, actor, signaal)]),
        afgeweken=frozenset(afwijkingen_van(sessie, actor, signaal)),
    )


def behandelaars(sessie: Session, actor: Actor) -> Sequence[Gebruiker]:
    """Who may own a step: the people of this gemeente with the right to handle signals, by name."""
    rollen = [rol.value for rol in RECHTEN[RECHT].rollen]
    leden = (
        select_voor(actor, Lidmaatschap)
        .where(Lidmaatschap.rol.in_(rollen), Lidmaatschap.vervallen_op.is_(None))
        .with_only_columns(Lidmaatschap.gebruiker_id)
    )
    return sessie.scalars(
        select(Gebruiker).where(Gebruiker.id.in_(leden), Gebruiker.geblokkeerd_op.is_(None)).order_by(Gebruiker.naam)
    ).all()

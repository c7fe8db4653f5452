"""Invitations of the demo: the next action that is being planned has asked its partners; one proposes another day."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.acties.rules.uitnodiging import Voorstel
from inspecties.acties.uitnodigingen import nodig_uit, uitnodigingen_van
from inspecties.acties.uitnodigingen_antwoord import beantwoord
from inspecties.core.actor import systeem
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.post.models import IngekomenMail

_MAIL = "Beste collega, mag ik iemand anders sturen? Groet, Bas"


def laad_uitnodigingen(
    sessie: Session, kring: Kring, bron: Wereldgemeente, locaties: Mapping[str, int], nu: datetime
) -> None:
    """Through the same acts as a planner's. The mails go nowhere: the demo has no mail server."""
    del bron, locaties
    gid = kring.gemeente.id
    actie = sessie.scalars(
        select(Actie)
        .where(Actie.gemeente_id == gid, Actie.toestand == "concept", Actie.begin_op > nu)
        .order_by(Actie.begin_op)
        .limit(1)
    ).one_or_none()
    if actie is None or not nodig_uit(sessie, kring.actoren["coordinator"], nu, actie).verstuurd:
        return
    wie = systeem(gid, "uitgenodigde")
    gevraagd = uitnodigingen_van(sessie, wie, actie)
    status = {d.organisatie_id: d.status for d in actie.deelnames}
    open_ = [u for u in gevraagd if status[u.organisatie_id] == "uitgenodigd"]
    for uitnodiging in gevraagd:
        if status[uitnodiging.organisatie_id] == "toegezegd":
            beantwoord(sessie, wie, nu, uitnodiging, "toegezegd", "mail")
    if open_:
        later = timedelta(days=1)
        voorstel = Voorstel(actie.begin_op + later, actie.eind_op + later, "Dan is er wel iemand van ons vrij.")
        beantwoord(sessie, wie, nu, open_[0], "voorstel", "link", voorstel)
    sessie.add(
        IngekomenMail(
            gemeente_id=gid,
            ontvangen_op=nu,
            van="bas.kuiper@nla.example",
            onderwerp="Vraag over de uitnodiging",
            tekst=_MAIL,
            reden="In de mail zit geen antwoord uit een agenda.",
            sha256=hashlib.sha256(f"{gid}{_MAIL}".encode()).hexdigest(),
        )
    )
    sessie.flush()

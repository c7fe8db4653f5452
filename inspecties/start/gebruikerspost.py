"""Mail about accounts, through the outbox."""

from datetime import datetime
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.mailadres import is_mailadres
from inspecties.post.links import klopt, uid_in
from inspecties.post.operations import zet_klaar
from inspecties.post.rules.bericht import Geheimlink

DOEL = "wachtwoord"


class Gebruikerspost:
    """``gebruikers.berichten.Berichten`` on the outbox. No secret stands in it: the link is made when the mail goes."""

    def stuur(
        self,
        sessie: Session,
        actor: Actor,
        nu: datetime,
        aan: str,
        onderwerp: str,
        tekst: str,
        verzoek: UUID | None = None,
    ) -> None:
        """Put a mail ready in the caller's transaction; none where the address takes no mail, which stops nobody."""
        if not is_mailadres(aan):
            leg_vast(sessie, actor, nu, "accountmail_kan_niet", "aanmelding", "adres")
            return
        link = Geheimlink(DOEL, str(verzoek), 1) if verzoek else ""
        zet_klaar(sessie, actor, nu, aan, onderwerp, tekst, verwijzing="account", link=link)

    def lees_link(self, token: str) -> UUID | None:
        """The Wachtwoordverzoek that a link was made for; None where it is forged."""
        uid = uid_in(token)
        bos = current_app.extensions["sleutelbos"]
        return uid if uid is not None and klopt(bos, token, Geheimlink(DOEL, str(uid), 1)) else None

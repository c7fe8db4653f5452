"""The page on rescue copies: how one is read, and which were. Reading itself is a command (``redding_cli``)."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, render_template
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.actor import Actor
from inspecties.database.basis import db
from inspecties.database.bereik import select_voor
from inspecties.gebruikers.models import Gemeente, Toestel
from inspecties.web.poort import huidige_actor, vereist

bp = Blueprint("redding", __name__)

LAATSTE = 20
WOORDEN = {
    "opgeslagen": "ingelezen",
    "was_er_al": "al op de server",
    "apart": "apart gezet",
    "niet_ingelezen": "niet ingelezen",
}
SOORTEN = {"antwoord": "antwoorden", "foto": "foto's", "stop": "standen van stops", "bestand": "regels"}


def _ingelezen(actor: Actor) -> list[dict[str, str | datetime]]:
    """The last copies that were read, newest first, in words."""
    sessie = db.session()
    regels = sessie.scalars(
        select(Auditregel)
        .where(Auditregel.gemeente_id == actor.gemeente_id, Auditregel.handeling == "redding_ingelezen")
        .order_by(Auditregel.seq.desc())
        .limit(LAATSTE)
    ).all()
    toestellen = {
        toestel.toestel_id: toestel.naam
        for toestel in sessie.scalars(
            select_voor(actor, Toestel).where(Toestel.toestel_id.in_([UUID(regel.object_uid) for regel in regels]))
        )
    }
    return [
        {
            "moment": regel.moment,
            "toestel": toestellen.get(UUID(regel.object_uid)) or regel.object_uid,
            "uitkomst": "; ".join(
                f"{SOORTEN.get(soort, soort)}: "
                + ", ".join(f"{aantal} {WOORDEN.get(uitkomst, uitkomst)}" for uitkomst, aantal in telling.items())
                for soort, telling in regel.gegevens.get("tellingen", {}).items()
            ),
        }
        for regel in regels
    ]


@bp.get("/beheer/redding")
@vereist("toestellen.beheren", alleen_lezen=True)
def uitleg() -> str:
    """How a rescue copy is read, why not here, and which were read."""
    actor = huidige_actor()
    sleutel = db.session.get_one(Gemeente, actor.gemeente_id).herstel_jwk
    return render_template("toestellen/redding.html", sleutel=sleutel, ingelezen=_ingelezen(actor))

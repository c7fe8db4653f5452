"""What the pages of letters share: reading one, showing it, and the forms beside it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import NietGevonden
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import brief_forms as forms
from inspecties.dossiers.bewijs_views import eis_voorgelegd
from inspecties.dossiers.brieven import blokken_van, laatste_versie, nog_open, soort_van, versie_van
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_brieven import BRIEFSTANDEN, Brief
from inspecties.dossiers.pagina import DOELEN
from inspecties.dossiers.rules.brief import WIJZEN
from inspecties.dossiers.werk import leg_dossier_vast
from inspecties.sjablonen.druk import briefdatum, met_datum
from inspecties.sjablonen.rules.tekst import TALEN
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok

STANDTONEN = {"concept": "let-op", "vastgelegd": "goed", "vervallen": ""}


def haal_dossier(sessie: Session, actor: Actor, uid: UUID | str) -> Dossier:
    """The dossier whose letters are asked. Raises NietGevonden, Conflict for the cabinet while the jurist works."""
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    eis_voorgelegd(actor, dossier)
    return dossier


def haal_brief(sessie: Session, actor: Actor, uid: UUID | str, brief_uid: UUID | str) -> Brief:
    """The letter of this dossier. Raises NietGevonden, also where it belongs to another dossier."""
    dossier = haal_dossier(sessie, actor, uid)
    brief = haal(sessie, actor, Brief, brief_uid, "De brief")
    if brief.dossier_id != dossier.id:
        raise NietGevonden("De brief bestaat niet, of u mag het niet zien.")
    return brief


def staat_van(brief: Brief) -> tuple[str, str]:
    """How a letter stands, in words, with its tone."""
    if brief.stand != "vastgelegd":
        return BRIEFSTANDEN[brief.stand], STANDTONEN[brief.stand]
    if brief.kennisgevingen:
        laatste = brief.kennisgevingen[-1]
        return f"Bezorgd: {WIJZEN[laatste.wijze].lower()}", "goed"
    if soort_van(brief).bekendmaking:
        return "Vastgelegd, nog niet bekendgemaakt", "let-op"
    return "Vastgelegd, nog niet verstuurd", "let-op"


def _formulieren(volgnummer: int) -> dict[str, Formulier]:
    return {
        "word": forms.WordForm(formdata=None, gezien=volgnummer),
        "vastleg": forms.VastlegForm(formdata=None, versie=volgnummer),
        "verval": forms.VervalForm(formdata=None),
        "kennis": forms.KennisgevingForm(formdata=None),
    }


def toon_brief(
    uid: UUID,
    brief_uid: UUID,
    status: int = 200,
    anders: dict[str, Formulier] | None = None,
    *,
    meldingen: list[str] | None = None,
    botst: dict[str, str | None] | None = None,
    ingevuld: dict[str, str] | None = None,
    nummer: int | None = None,
) -> tuple[str, int]:
    """Read and render one letter; the reading is logged and committed. ``nummer``: an earlier version, to read."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    brief = haal_brief(sessie, actor, uid, brief_uid)
    leg_dossier_vast(sessie, actor, nu, brief.dossier, "brief_gelezen", doel=DOELEN[actor.rol], brief=str(brief.uid))
    pagina = render_template(
        "dossiers/brief.html",
        **_inhoud(sessie, actor, nu, brief, anders or {}, nummer),
        meldingen=meldingen or [],
        botst=botst or {},
        ingevuld=ingevuld or {},
    )
    db.session.commit()
    return pagina, status


def _inhoud(
    sessie: Session, actor: Actor, nu: datetime, brief: Brief, anders: dict[str, Formulier], nummer: int | None
) -> dict[str, Any]:
    laatste = laatste_versie(sessie, actor, brief)
    versie = versie_van(sessie, actor, brief, nummer) if nummer is not None else laatste
    schrijven = rol_mag(actor.rol, "dossiers.bewerken") and brief.dossier.toestand != "afgesloten"
    moment = brief.verzending.vastgelegd_op if brief.verzending else nu
    return {
        "dossier": brief.dossier,
        "brief": brief,
        "soort": soort_van(brief),
        "taal": TALEN[brief.taal],
        "wijzen": WIJZEN,
        "versie": versie,
        "laatste": laatste,
        "versies": list(reversed(brief.versies)),
        "blokken": met_datum(blokken_van(versie), briefdatum(moment, brief.taal)),
        "open": nog_open(versie) if brief.stand == "concept" else [],
        "staat": staat_van(brief),
        "mag_wijzigen": schrijven and brief.stand == "concept" and versie is laatste,
        "mag_versturen": schrijven and brief.stand == "vastgelegd",
        "vandaag": nu,
        **(_formulieren(laatste.volgnummer) | anders),
    }

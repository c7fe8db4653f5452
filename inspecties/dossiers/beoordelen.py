"""Judging proposals: a person takes a finding over or dismisses it, with a reason (AVG art. 22)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.controles.models import Bevinding
from inspecties.controles.rules.mensenhandel import SIGNAALCODES
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, NietGevonden, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.core.reden import schrijf_reden
from inspecties.database import select_voor
from inspecties.dossiers.beeld import inhoud_van
from inspecties.dossiers.models import Dossier, Voorstel
from inspecties.dossiers.models_verstrekking import Voorstelplaatsing
from inspecties.dossiers.operations import maak_dossier
from inspecties.dossiers.rules.bibob import ALLEEN_CONTROLE
from inspecties.dossiers.rules.gevolgen import gevolg_van, instrumenten
from inspecties.dossiers.rules.toestanden import SOORTEN
from inspecties.dossiers.samenstelling import eis_een_eigenaar
from inspecties.dossiers.werk import begin_werk, leg_dossier_vast, noteer_opsteller, zet_stap

_WAAROM = "Schrijf op waarom u dit voorstel overneemt of afwijst."


def _oordeel(sessie: Session, actor: Actor, nu: datetime, bevinding: Bevinding, status: str, reden: str) -> Voorstel:
    reden = schrijf_reden(reden, _WAAROM)
    if actor.gebruiker_id is None:
        raise GeenRecht("Een voorstel wordt beoordeeld door een persoon, nooit door het systeem (AVG artikel 22).")
    if bevinding.gevolg in SIGNAALCODES:
        raise NietGevonden("Dit is geen voorstel: alleen de aandachtsfunctionaris beoordeelt een signaal.")
    # Two people may judge the same finding at the same time; the second one sees what the first decided.
    sessie.scalars(
        select(Bevinding)
        .where(Bevinding.id == bevinding.id, Bevinding.gemeente_id == actor.gemeente_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    if bevinding.vervallen_op is not None:
        raise Conflict("Dit voorstel geldt niet meer: de antwoorden van het bezoek zijn gewijzigd.")
    voorstel = sessie.scalars(select_voor(actor, Voorstel).where(Voorstel.bevinding_id == bevinding.id)).one_or_none()
    if voorstel is None:
        voorstel = Voorstel(gemeente_id=bevinding.gemeente_id, bevinding_id=bevinding.id, status="open", gemaakt_op=nu)
        sessie.add(voorstel)
    if voorstel.status != "open":
        hoe = "overgenomen" if voorstel.status == "overgenomen" else "afgewezen"
        raise Conflict(f"Dit voorstel is al {hoe}. Ververs de pagina.")
    voorstel.status, voorstel.reden = status, reden
    voorstel.beoordeeld_op, voorstel.beoordeeld_door_id = nu, actor.gebruiker_id
    voorstel.vastgelegd = {"inhoud": inhoud_van(bevinding), "rev": bevinding.rev}
    sessie.flush()
    leg_vast(
        sessie,
        actor,
        nu,
        f"voorstel_{status}",
        "bevinding",
        bevinding.uid,
        bevinding.grondslag,
        {"gevolg": bevinding.gevolg, "rev": bevinding.rev, "bezoek": str(bevinding.bezoek.uid)},
    )
    return voorstel


def accepteer(
    sessie: Session, actor: Actor, nu: datetime, bevinding: Bevinding, reden: str, dossier: Dossier | None = None
) -> Voorstel:
    """Take a finding over, into ``dossier`` where one is given; else it waits for a jurist or is passed on.

    Raises OngeldigeInvoer without a reason, Conflict where it was judged already, GeenRecht, as ``plaats``.
    """
    voorstel = _oordeel(sessie, actor, nu, bevinding, "overgenomen", reden)
    if dossier is not None:
        plaats(sessie, actor, nu, voorstel, dossier)
    return voorstel


def accepteer_nieuw(
    sessie: Session, actor: Actor, nu: datetime, bevinding: Bevinding, reden: str, instrument: str, titel: str = ""
) -> Dossier:
    """Take a finding over into a new dossier about this instrument (code of config/documenten/instrumenten.toml)."""
    voorstel = _oordeel(sessie, actor, nu, bevinding, "overgenomen", reden)
    return plaats_nieuw(sessie, actor, nu, voorstel, instrument, titel)


def plaats_nieuw(
    sessie: Session, actor: Actor, nu: datetime, voorstel: Voorstel, instrument: str, titel: str = ""
) -> Dossier:
    """Make a dossier about this instrument for a proposal that was taken over. Raises as ``plaats``."""
    if not rol_mag(actor.rol, "dossiers.bewerken"):
        raise GeenRecht("Alleen een jurist maakt een dossier. Neem het voorstel over zonder dossier.")
    keuze = instrumenten().get(instrument)
    if keuze is None:
        raise OngeldigeInvoer("Kies waar het nieuwe dossier over gaat.", "bestemming")
    if keuze.soort == "bibob":
        raise OngeldigeInvoer(ALLEEN_CONTROLE, "bestemming")
    bezoek = voorstel.bevinding.bezoek
    naam = titel.strip() or f"{SOORTEN[keuze.soort]} {bezoek.locatie.adresregel}"[:200]
    dossier = maak_dossier(sessie, actor, nu, keuze.soort, keuze.grondslag, naam, [bezoek.locatie], [bezoek])
    plaats(sessie, actor, nu, voorstel, dossier)
    return dossier


def wijs_af(sessie: Session, actor: Actor, nu: datetime, bevinding: Bevinding, reden: str) -> Voorstel:
    """Dismiss a finding. Raises OngeldigeInvoer without a reason, Conflict where it was judged already."""
    return _oordeel(sessie, actor, nu, bevinding, "afgewezen", reden)


def plaats(sessie: Session, actor: Actor, nu: datetime, voorstel: Voorstel, dossier: Dossier) -> None:
    """Put a proposal that was taken over into a dossier, with its visit and location.

    Whoever judged it counts as a drafter of the dossier from now on. Raises GeenRecht, Conflict, OngeldigeInvoer.
    """
    if not rol_mag(actor.rol, "dossiers.bewerken"):
        raise GeenRecht("Alleen een jurist zet een voorstel in een dossier. Neem het over zonder dossier.")
    begin_werk(sessie, actor, nu, dossier)
    if voorstel.status != "overgenomen":
        raise Conflict("Alleen een overgenomen voorstel kan in een dossier.")
    if voorstel.dossier_id is not None or _staat_ook_in(sessie, voorstel, dossier):
        raise Conflict("Dit voorstel staat al in een dossier.")
    bevinding, gevolg = voorstel.bevinding, gevolg_van(voorstel.bevinding.gevolg)
    if dossier.soort == "bibob":
        # It would show on the side of the control that there is such a dossier.
        raise OngeldigeInvoer("Leg deze bevinding in het Bibob-dossier vast als bron.", "bestemming")
    if dossier.soort not in gevolg.soorten:
        raise OngeldigeInvoer(f"'{gevolg.naam}' past niet in een dossier '{SOORTEN[dossier.soort]}'.", "bestemming")
    bezoek = bevinding.bezoek
    if bezoek.locatie not in dossier.locaties:
        eis_een_eigenaar(sessie, actor, nu, dossier, bezoek.locatie)
    voorstel.dossier_id = dossier.id
    if bezoek not in dossier.bezoeken:
        dossier.bezoeken.append(bezoek)
    if bezoek.locatie not in dossier.locaties:
        dossier.locaties.append(bezoek.locatie)
    if voorstel.beoordeeld_door_id not in {None, actor.gebruiker_id}:
        beoordelaar = Actor(dossier.gemeente_id, actor.rol, gebruiker_id=voorstel.beoordeeld_door_id)
        noteer_opsteller(sessie, beoordelaar, nu, dossier)
    zet_stap(sessie, actor, nu, dossier, "voorstel", f"Bevinding toegevoegd: {gevolg.naam} ({bevinding.grondslag}).")
    leg_dossier_vast(sessie, actor, nu, dossier, "voorstel_geplaatst", bevinding=str(bevinding.uid))


def _staat_ook_in(sessie: Session, voorstel: Voorstel, dossier: Dossier | None = None) -> bool:
    """Whether a proposal stands in this dossier (in any, without one) besides its first."""
    opdracht = select(Voorstelplaatsing.id).where(Voorstelplaatsing.voorstel_id == voorstel.id)
    if dossier is not None:
        opdracht = opdracht.where(Voorstelplaatsing.dossier_id == dossier.id)
    return sessie.scalars(opdracht.limit(1)).first() is not None


def haal_uit_dossier(sessie: Session, actor: Actor, nu: datetime, voorstel: Voorstel, reden: str) -> None:
    """Take a proposal out of its dossier; it counts as dismissed. Raises OngeldigeInvoer without reason, Conflict."""
    reden = schrijf_reden(reden, "Schrijf op waarom deze bevinding uit het dossier gaat.")
    dossier = voorstel.dossier
    if dossier is None:
        raise Conflict("Dit voorstel staat niet in een dossier.")
    begin_werk(sessie, actor, nu, dossier)
    voorstel.dossier_id, voorstel.status, voorstel.reden = None, "afgewezen", reden
    voorstel.beoordeeld_op, voorstel.beoordeeld_door_id = nu, actor.gebruiker_id
    naam = gevolg_van(voorstel.bevinding.gevolg).naam
    zet_stap(sessie, actor, nu, dossier, "voorstel", f"Bevinding uit het dossier gehaald: {naam}. {reden}")
    leg_dossier_vast(sessie, actor, nu, dossier, "voorstel_uit_dossier", bevinding=str(voorstel.bevinding.uid))


def heropen(sessie: Session, actor: Actor, nu: datetime, voorstel: Voorstel) -> None:
    """Put a proposal that stands in no dossier back among the open ones. Raises Conflict."""
    if voorstel.dossier_id is not None or voorstel.status == "open" or _staat_ook_in(sessie, voorstel):
        raise Conflict("Dit voorstel kan nu niet opnieuw worden beoordeeld.")
    was = voorstel.status
    voorstel.status, voorstel.reden, voorstel.vastgelegd = "open", "", None
    voorstel.beoordeeld_op = voorstel.beoordeeld_door_id = None
    leg_vast(sessie, actor, nu, "voorstel_heropend", "bevinding", voorstel.bevinding.uid, gegevens={"was": was})

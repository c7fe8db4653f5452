"""The decision of the mayor's office: on exactly one frozen document, never by who worked on the dossier."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.controles.opslag import Opslag
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.rechten import RECHTEN, rol_mag
from inspecties.dossiers.beeld import lees_beeld
from inspecties.dossiers.models import Besluit, Dossier
from inspecties.dossiers.queries import opstellers_van
from inspecties.dossiers.rules.gereed import besluit_belemmeringen
from inspecties.dossiers.rules.opstellers import waarom_niet_besluiten
from inspecties.dossiers.voorleggen import NietGereed, lees_stuk
from inspecties.dossiers.werk import MAX_REDEN, ga_naar, leg_dossier_vast, schrijf_reden, vergrendel

MAX_VRAGEN = 30


def _besluit(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    dossier: Dossier,
    soort: str,
    motivering: str,
    stuk_sha256: str,
    *,
    kennis_genomen: bool = False,
    vragen: Iterable[str] = (),
) -> Besluit:
    if not rol_mag(actor.rol, "dossiers.besluiten"):
        raise GeenRecht(f"Uw rol mag dit niet: {RECHTEN['dossiers.besluiten'].uitleg.lower()}.")
    vergrendel(sessie, actor, dossier)
    bezwaar = waarom_niet_besluiten(actor.gebruiker_id, opstellers_van(sessie, dossier))
    if bezwaar or actor.gebruiker_id is None:
        raise GeenRecht(bezwaar or "")
    if dossier.toestand != "voorgelegd":
        raise Conflict("Dit dossier ligt niet (meer) bij het kabinet. Ververs de pagina.", "toestand")
    beeld = lees_beeld(sessie, actor, dossier, opslag)
    stuk = beeld.stuk
    if stuk is None or stuk.sha256 != stuk_sha256:
        raise Conflict("Er is intussen een nieuwe versie voorgelegd. Lees die eerst.", "stuk")
    lees_stuk(sessie, actor, opslag, stuk)
    if soort != "teruggestuurd":
        open_ = besluit_belemmeringen(beeld.stand)
        if open_:
            raise NietGereed("Over dit dossier kan nu niet worden besloten. Stuur het terug met vragen.", open_)
        if beeld.bijgewerkt and not kennis_genomen:
            raise OngeldigeInvoer(
                f"Na het voorleggen is er iets bijgewerkt: {' '.join(beeld.bijgewerkt)} "
                "Vink aan dat u dit hebt gezien, of stuur het dossier terug.",
                "kennis_genomen",
            )
    besluit = Besluit(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        soort=soort,
        motivering=motivering,
        vragen=[{"vraag": vraag} for vraag in vragen],
        opgesteld_door_id=dossier.opgesteld_door_id,
        besloten_door_id=actor.gebruiker_id,
        besloten_op=nu,
        stuk_sha256=stuk.sha256,
    )
    sessie.add(besluit)
    ga_naar(sessie, actor, nu, dossier, soort, motivering)
    sessie.expire(dossier, ["besluiten"])
    leg_dossier_vast(
        sessie,
        actor,
        nu,
        dossier,
        "dossier_besluit",
        soort=soort,
        stuk=stuk.sha256,
        versie=stuk.volgnummer,
        bijgewerkt=bool(beeld.bijgewerkt),
    )
    return besluit


def keur_goed(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    dossier: Dossier,
    stuk_sha256: str,
    motivering: str = "",
    *,
    kennis_genomen: bool = False,
) -> Besluit:
    """Approve what the document with this hash says. ``kennis_genomen``: the decider saw what changed since.

    Raises GeenRecht for a drafter, NietGereed, OngeldigeInvoer, Conflict.
    """
    if len(motivering) > MAX_REDEN:
        raise OngeldigeInvoer(f"De motivering is te lang: hooguit {MAX_REDEN} tekens.", "motivering")
    return _besluit(
        sessie,
        actor,
        nu,
        opslag,
        dossier,
        "akkoord",
        motivering.strip(),
        stuk_sha256,
        kennis_genomen=kennis_genomen,
    )


def wijs_dossier_af(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    dossier: Dossier,
    stuk_sha256: str,
    motivering: str,
    *,
    kennis_genomen: bool = False,
) -> Besluit:
    """Refuse, with the reason. Raises as ``keur_goed``, and OngeldigeInvoer without a reason."""
    reden = schrijf_reden(motivering, "Schrijf op waarom u afwijst.", "motivering")
    return _besluit(sessie, actor, nu, opslag, dossier, "afgewezen", reden, stuk_sha256, kennis_genomen=kennis_genomen)


def stuur_terug(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    dossier: Dossier,
    stuk_sha256: str,
    vragen: Iterable[str],
    motivering: str = "",
) -> Besluit:
    """Send back with at least one question. Raises GeenRecht for a drafter, OngeldigeInvoer, Conflict."""
    lijst = [" ".join(v.split()) for v in vragen if v.strip()]
    if not lijst:
        raise OngeldigeInvoer("Stel minstens een vraag. Zet elke vraag op een eigen regel.", "vragen")
    if len(lijst) > MAX_VRAGEN or any(len(v) > 500 for v in lijst):
        raise OngeldigeInvoer(f"Stel hooguit {MAX_VRAGEN} vragen, elk van hooguit 500 tekens.", "vragen")
    tekst = motivering.strip() or ("1 vraag" if len(lijst) == 1 else f"{len(lijst)} vragen")
    return _besluit(sessie, actor, nu, opslag, dossier, "teruggestuurd", tekst[:MAX_REDEN], stuk_sha256, vragen=lijst)

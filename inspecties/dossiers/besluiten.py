"""The decision of the mayor's office: on exactly one frozen document, never by who worked on the dossier."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.controles.opslag import Opslag
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.rechten import RECHTEN, rol_mag
from inspecties.core.reden import MAX_REDEN, schrijf_reden
from inspecties.dossiers import bibob_gereed
from inspecties.dossiers import kabinet_telefoon as telefoon
from inspecties.dossiers.beeld import Dossierbeeld, lees_beeld
from inspecties.dossiers.kabinet_bevoegd import Bevoegdheid, bevoegdheid
from inspecties.dossiers.models import Besluit, Dossier
from inspecties.dossiers.models_kabinet import Besluitvastlegging, Telefoonbesluit
from inspecties.dossiers.queries import opstellers_van
from inspecties.dossiers.rules.gereed import besluit_belemmeringen
from inspecties.dossiers.rules.opstellers import waarom_niet_besluiten
from inspecties.dossiers.rules.teksten import VELDEN
from inspecties.dossiers.voorleggen import NietGereed, lees_stuk
from inspecties.dossiers.werk import ga_naar, leg_dossier_vast, vergrendel

MAX_VRAGEN = 30
MAX_VRAAG = 500
MAX_CITAAT = 200


@dataclass(frozen=True)
class Vraag:
    """A question to the jurist. ``veld``: the text that it hangs on; ``citaat``: how that paragraph began."""

    vraag: str
    veld: str = ""
    citaat: str = ""

    def als_rij(self) -> dict[str, str]:
        return {naam: waarde for naam, waarde in asdict(self).items() if waarde}


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
    vragen: Iterable[Vraag] = (),
) -> Besluit:
    if not rol_mag(actor.rol, "dossiers.besluiten"):
        raise GeenRecht(f"Uw rol mag dit niet: {RECHTEN['dossiers.besluiten'].uitleg.lower()}.")
    vergrendel(sessie, actor, dossier)
    bezwaar = waarom_niet_besluiten(actor.gebruiker_id, opstellers_van(sessie, dossier))
    if bezwaar or actor.gebruiker_id is None:
        raise GeenRecht(bezwaar or "")
    if dossier.toestand != "voorgelegd":
        raise Conflict("Dit dossier ligt niet (meer) bij het kabinet. Ververs de pagina.", "toestand")
    bevoegd = bevoegdheid(sessie, actor, dossier, actor.gebruiker_id, nu)
    # Asking something decides nothing yet: whoever prepares the mayor's work may send a dossier back.
    if bevoegd.hoedanigheid is None and soort != "teruggestuurd":
        raise GeenRecht(bevoegd.waarom_niet)
    beeld = lees_beeld(sessie, actor, dossier, opslag)
    stuk = beeld.stuk
    if stuk is None or stuk.sha256 != stuk_sha256:
        raise Conflict("Er is intussen een nieuwe versie voorgelegd. Lees die eerst.", "stuk")
    lees_stuk(sessie, actor, opslag, stuk)
    if soort != "teruggestuurd" and bibob_gereed.is_gestopt(sessie, systeem(actor.gemeente_id), dossier):
        raise Conflict(f"{bibob_gereed.IS_GESTOPT} Stuur het dossier terug.", "toestand")
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
        vragen=[vraag.als_rij() for vraag in vragen],
        opgesteld_door_id=dossier.opgesteld_door_id,
        besloten_door_id=actor.gebruiker_id,
        besloten_op=nu,
        stuk_sha256=stuk.sha256,
    )
    sessie.add(besluit)
    ga_naar(sessie, actor, nu, dossier, soort, motivering)
    sessie.expire(dossier, ["besluiten"])
    vastlegging = _leg_vast(sessie, actor, nu, dossier, besluit, beeld, bevoegd)
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
        ambt=bevoegd.hoedanigheid.ambt if bevoegd.hoedanigheid else "",
        vastlegging=vastlegging.hash,
    )
    return besluit


def _leg_vast(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    dossier: Dossier,
    besluit: Besluit,
    beeld: Dossierbeeld,
    bevoegd: Bevoegdheid,
) -> Besluitvastlegging:
    """Freeze what was decided, on what, by whom and in which capacity, and that it puts a telephone call on paper."""
    telefonisch = telefoon.openstaand(sessie, actor, dossier) if besluit.soort != "teruggestuurd" else None
    inhoud: dict[str, Any] = {
        "soort": besluit.soort,
        "motivering": besluit.motivering,
        "vragen": besluit.vragen,
        "dossier": dossier.nummer,
        "stuk_sha256": besluit.stuk_sha256,
        "bijgewerkt": beeld.bijgewerkt,
        "besloten_door": {"uid": actor.gebruiker_uid, "naam": actor.naam},
        "besloten_op": nu.isoformat(),
        "bevoegdheid": bevoegd.als_rij(),
        "telefonisch": _telefonisch(telefonisch, besluit) if telefonisch else None,
    }
    sessie.flush()
    rij = Besluitvastlegging(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        besluit_id=besluit.id,
        telefoonbesluit_id=telefonisch.id if telefonisch else None,
        inhoud=inhoud,
        hash=inhoudshash(inhoud),
    )
    sessie.add(rij)
    sessie.flush()
    if telefonisch is not None:
        telefoon.sluit_termijn(sessie, actor, nu, telefonisch)
    return rij


def _telefonisch(telefonisch: Telefoonbesluit, besluit: Besluit) -> dict[str, Any]:
    zelfde = telefonisch.uitkomst == besluit.soort
    return {
        "uid": str(telefonisch.uid),
        "uitkomst": telefonisch.uitkomst,
        "gebeld_op": telefonisch.gebeld_op.isoformat(),
        "gezegd": telefonisch.gezegd,
        "bevestigd": zelfde and telefonisch.besloten_door_id == besluit.besloten_door_id,
        "anders_besloten": not zelfde,
    }


def is_ongeschonden(rij: Besluitvastlegging) -> bool:
    """Whether what was frozen with a decision is what it was."""
    return inhoudshash(rij.inhoud) == rij.hash


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
    vragen: Iterable[str | Vraag],
    motivering: str = "",
) -> Besluit:
    """Send back with at least one question, each on the whole dossier or on one of its texts.

    Raises GeenRecht for a drafter, OngeldigeInvoer, Conflict.
    """
    lijst = [_schoon(v if isinstance(v, Vraag) else Vraag(v)) for v in vragen]
    lijst = [v for v in lijst if v.vraag]
    if not lijst:
        raise OngeldigeInvoer("Stel minstens een vraag: bij een alinea, of in het vak hieronder.", "vragen")
    if len(lijst) > MAX_VRAGEN or any(len(v.vraag) > MAX_VRAAG for v in lijst):
        raise OngeldigeInvoer(f"Stel hooguit {MAX_VRAGEN} vragen, elk van hooguit {MAX_VRAAG} tekens.", "vragen")
    tekst = motivering.strip() or ("1 vraag" if len(lijst) == 1 else f"{len(lijst)} vragen")
    return _besluit(sessie, actor, nu, opslag, dossier, "teruggestuurd", tekst[:MAX_REDEN], stuk_sha256, vragen=lijst)


def _schoon(vraag: Vraag) -> Vraag:
    """One line, at a text that exists; the quote no longer than a person needs to find the paragraph."""
    veld = vraag.veld if vraag.veld in VELDEN else ""
    citaat = " ".join(vraag.citaat.split())
    if len(citaat) > MAX_CITAAT:
        citaat = citaat[: MAX_CITAAT - 3] + "..."
    return Vraag(" ".join(vraag.vraag.split()), veld, citaat if veld else "")

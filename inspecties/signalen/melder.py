"""Who reported and who a signal is about: storing and reading, each reading with its purpose in the audit log."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.ids import nieuw_id
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_melder import Betrokkene, Melder
from inspecties.signalen.rules.betrokkenen import BETROKKENROLLEN, DOELEN_BETROKKENEN, DOELEN_MELDER
from inspecties.signalen.rules.nummers import bevat_bsn

# The plain text is filled up to a multiple of this, so that the length of a name cannot be read from the ciphertext.
_BLOK = 512
GEEN_BSN = "Hier staat een burgerservicenummer in. Haal het weg: dat mag bij een signaal niet worden bewaard."


@dataclass(frozen=True)
class Meldergegevens:
    """Who reported. ``gebruiker_uid``: the employee with a login who sent it, where they chose to be kept."""

    naam: str = ""
    contact: str = ""
    hoedanigheid: str = ""
    opgenomen_door: str = ""
    gebruiker_uid: str = ""

    @property
    def leeg(self) -> bool:
        return not any(asdict(self).values())


@dataclass(frozen=True)
class Betrokkengegevens:
    """Who a signal is about; ``bijzonderheden`` holds what was typed as one text when it was reported."""

    naam: str = ""
    contact: str = ""
    bijzonderheden: str = ""

    @property
    def leeg(self) -> bool:
        return not any(asdict(self).values())


def _pak_in(bos: Sleutelbos, gegevens: Any, context: str) -> str:
    tekst = json.dumps(asdict(gegevens), ensure_ascii=False)
    # White space after JSON means nothing.
    return bos.versleutel(tekst + " " * (-len(tekst.encode()) % _BLOK), context)


def _pak_uit(bos: Sleutelbos, versleuteld: str, context: str) -> dict[str, str]:
    gelezen: dict[str, str] = json.loads(bos.ontsleutel(versleuteld, context))
    return gelezen


def bewaar_melder(
    sessie: Session, bos: Sleutelbos, signaal: Signaal, gegevens: Meldergegevens, *, terugkoppeling: bool
) -> None:
    """Store who reported, apart from the signal. No audit line: it would tell who was there at that moment."""
    if gegevens.leeg:
        return
    uid = nieuw_id()
    sessie.add(
        Melder(
            uid=uid,
            gemeente_id=signaal.gemeente_id,
            signaal_id=signaal.id,
            versleuteld=_pak_in(bos, gegevens, f"melder:{uid}"),
            terugkoppeling=terugkoppeling,
        )
    )
    sessie.flush()


def eigen_gegevens(sessie: Session, actor: Actor) -> Meldergegevens:
    """The employee who reports, as the login knows them."""
    gebruiker = sessie.get(Gebruiker, actor.gebruiker_id) if actor.gebruiker_id else None
    return Meldergegevens(
        naam=actor.naam, contact=gebruiker.email if gebruiker else "", gebruiker_uid=actor.gebruiker_uid
    )


def _keur_doel(doel: str, bekend: dict[str, str]) -> None:
    if doel not in bekend:
        raise OngeldigeInvoer("Kies waarvoor u dit leest. Dat komt in het auditlogboek.", "doel")


def lees_melder(
    sessie: Session, actor: Actor, nu: datetime, bos: Sleutelbos, signaal: Signaal, doel: str
) -> tuple[Meldergegevens, bool] | None:
    """Who reported and whether they asked to hear of it; None where it is not (or no longer) known. Logged."""
    _keur_doel(doel, DOELEN_MELDER)
    rij = sessie.scalars(select_voor(actor, Melder).where(Melder.signaal_id == signaal.id)).one_or_none()
    leg_vast(
        sessie,
        actor,
        nu,
        "melder_gelezen",
        "signaal",
        signaal.uid,
        grondslag=DOELEN_MELDER[doel],
        gegevens={"bekend": rij is not None},
    )
    if rij is None:
        return None
    return Meldergegevens(**_pak_uit(bos, rij.versleuteld, f"melder:{rij.uid}")), rij.terugkoppeling


def bewaar_betrokkene(
    sessie: Session, bos: Sleutelbos, nu: datetime, signaal: Signaal, rol: str, gegevens: Betrokkengegevens
) -> Betrokkene | None:
    """Store somebody the signal is about; None where nothing was given. Raises OngeldigeInvoer naming the field."""
    if gegevens.leeg:
        return None
    if rol not in BETROKKENROLLEN:
        raise OngeldigeInvoer(f"Kies een van: {', '.join(BETROKKENROLLEN.values())}.", "rol")
    for veld, waarde in asdict(gegevens).items():
        if bevat_bsn(waarde):
            raise OngeldigeInvoer(GEEN_BSN, veld)
    uid = nieuw_id()
    rij = Betrokkene(
        uid=uid,
        gemeente_id=signaal.gemeente_id,
        signaal_id=signaal.id,
        rol=rol,
        versleuteld=_pak_in(bos, gegevens, f"betrokkene:{uid}"),
        vastgelegd_op=nu,
    )
    sessie.add(rij)
    sessie.flush()
    return rij


def voeg_betrokkene_toe(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bos: Sleutelbos,
    signaal: Signaal,
    rol: str,
    gegevens: Betrokkengegevens,
) -> Betrokkene:
    """The same, later and by the aandachtsfunctionaris. Raises OngeldigeInvoer naming the field."""
    rij = bewaar_betrokkene(sessie, bos, nu, signaal, rol, gegevens)
    if rij is None:
        raise OngeldigeInvoer("Vul een naam in, of schrijf op wat u van deze persoon weet.", "naam")
    leg_vast(sessie, actor, nu, "betrokkene_toegevoegd", "signaal", signaal.uid, gegevens={"rol": rol})
    return rij


def lees_betrokkenen(
    sessie: Session, actor: Actor, nu: datetime, bos: Sleutelbos, signaal: Signaal, doel: str
) -> list[tuple[Betrokkene, Betrokkengegevens]]:
    """Everybody the signal is about. Logged with its purpose."""
    _keur_doel(doel, DOELEN_BETROKKENEN)
    rijen = sessie.scalars(
        select_voor(actor, Betrokkene).where(Betrokkene.signaal_id == signaal.id).order_by(Betrokkene.id)
    )
    uit = [(rij, Betrokkengegevens(**_pak_uit(bos, rij.versleuteld, f"betrokkene:{rij.uid}"))) for rij in rijen.all()]
    leg_vast(
        sessie,
        actor,
        nu,
        "betrokkenen_gelezen",
        "signaal",
        signaal.uid,
        grondslag=DOELEN_BETROKKENEN[doel],
        gegevens={"aantal": len(uit)},
    )
    return uit


def wil_terugkoppeling(sessie: Session, signaal: Signaal) -> bool:
    """Whether somebody asked to hear what came of the signal; says nothing about who."""
    return bool(sessie.scalar(select(Melder.terugkoppeling).where(Melder.signaal_id == signaal.id)))

"""Evidence: the original once it is whole, and its copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.audit.wpgmuur import achter_de_muur
from inspecties.controles.beelden import Kopie, OnleesbaarBeeld, controleer_omvang
from inspecties.controles.lakbeeld import lakker
from inspecties.controles.lakken import geldende, geldende_versie, mag_zonder, vlakken_van
from inspecties.controles.models import Afgeleide, Bewijsstuk, Bezoek
from inspecties.controles.models_lakken import Lakking
from inspecties.controles.opslag import Opslag
from inspecties.controles.rules.herkenning import KOP_BYTES, TE_TEKENEN, mediatype_van, schone_naam
from inspecties.controles.rules.lakken import REDENEN, Vlak, krijgt_afgedekt
from inspecties.core.actor import Actor
from inspecties.core.beelden import maak_kopie
from inspecties.core.fouten import GeenRecht, InspectiesFout, NietGevonden
from inspecties.database import select_voor
from inspecties.gebruikers.gemeenten import gemeente_uid

SCHERM = "scherm"


class SoortGeweigerd(InspectiesFout):
    """No kind of file that evidence may be."""

    status = 415


def keur_inhoud(pad: Path) -> str:
    """The media type of a file that may be evidence. Raises SoortGeweigerd, and OngeldigeInvoer for a pixel bomb."""
    with pad.open("rb") as bestand:
        mediatype = mediatype_van(bestand.read(KOP_BYTES))
    if mediatype is None:
        raise SoortGeweigerd(
            "Dit soort bestand kan geen bewijs zijn. Stuur een foto (JPEG, PNG, WebP, HEIC), geluid of PDF."
        )
    if mediatype.startswith("image/"):
        controleer_omvang(pad)
    return mediatype


def zoek_bewijs(sessie: Session, actor: Actor, bezoek: Bezoek, sha256: str) -> Bewijsstuk | None:
    """The original with this hash in a visit, or None."""
    return sessie.scalars(
        select_voor(actor, Bewijsstuk).where(Bewijsstuk.bezoek_id == bezoek.id, Bewijsstuk.sha256 == sha256)
    ).one_or_none()


def zoek_ook_apart(sessie: Session, actor: Actor, bezoek: Bezoek, sha256: str) -> Bewijsstuk | None:
    """As ``zoek_bewijs``, also where it stands apart as police data: only to tell that the server holds it."""
    with achter_de_muur(sessie):
        return zoek_bewijs(sessie, actor, bezoek, sha256)


def registreer(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bezoek: Bezoek,
    pad: Path,
    sha256: str,
    mediatype: str,
    gegevens: dict[str, str],
) -> Bewijsstuk:
    """Write the row of an original that stands in the store; the row that exists where it came before."""
    # Two devices may bring the same bytes to one visit at the same time.
    sessie.execute(select(Bezoek.id).where(Bezoek.id == bezoek.id).with_for_update(key_share=True))
    bestaand = zoek_ook_apart(sessie, actor, bezoek, sha256)
    if bestaand is not None:
        return bestaand
    herhaling = gegevens.get("herhaling_id") or None
    rij = Bewijsstuk(
        gemeente_id=actor.gemeente_id,
        bezoek_id=bezoek.id,
        sha256=sha256,
        grootte=pad.stat().st_size,
        mediatype=mediatype,
        bestandsnaam=schone_naam(gegevens.get("bestandsnaam", ""), mediatype),
        vraag_id=gegevens.get("vraag_id", ""),
        herhaling_id=UUID(herhaling) if herhaling else None,
        ontvangen_op=nu,
        auteur_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    leg_vast(
        sessie, actor, nu, "bewijs_ontvangen", "bezoek", bezoek.uid, gegevens={"sha256": sha256, "grootte": rij.grootte}
    )
    return rij


@dataclass(frozen=True)
class Kopiewens:
    """Which copy of a picture is to be shown: ``soort`` names it among its copies, the areas are drawn into it."""

    soort: str
    reden: str
    vlakken: tuple[Vlak, ...] = ()


ZONDER_AFDEKKING = Kopiewens(SCHERM, "Kopie voor het scherm, zonder metagegevens")


def kopiewens(sessie: Session, actor: Actor, bewijs: Bewijsstuk, *, zonder: bool = False) -> Kopiewens:
    """The copy that the actor gets: with the covers that count. ``zonder`` asks for what is under them.

    Raises GeenRecht where the actor may not see that.
    """
    geldend = geldende_versie(sessie, actor, bewijs)
    vlakken = vlakken_van(geldend)
    mag = mag_zonder(actor, bewijs)
    if zonder and vlakken and not mag:
        raise GeenRecht("Wat is afgedekt, ziet alleen wie de foto maakte, de jurist en de coördinator.")
    if geldend is None or not krijgt_afgedekt(er_is_afdekking=bool(vlakken), gevraagd_zonder=zonder, mag_zonder=mag):
        return ZONDER_AFDEKKING
    return afgedekt_als(geldend)


def afgedekt_als(rij: Lakking) -> Kopiewens:
    """The copy with the covers of this version."""
    return Kopiewens(f"gelakt_{rij.nummer}", f"Afgedekt: {REDENEN[rij.reden]}", vlakken_van(rij))


def zoek_kopie(sessie: Session, actor: Actor, bewijs: Bewijsstuk, wens: Kopiewens | None = None) -> Afgeleide | None:
    """The copy of a picture for screens and documents, or None. Without a wish: the one with the covers that count."""
    soort = (wens or kopiewens(sessie, actor, bewijs)).soort
    return sessie.scalars(
        select_voor(actor, Afgeleide).where(Afgeleide.bewijsstuk_id == bewijs.id, Afgeleide.soort == soort)
    ).one_or_none()


def kopieen_van(
    sessie: Session, actor: Actor, stukken: Sequence[Bewijsstuk]
) -> dict[int, tuple[Kopiewens, Afgeleide | None]]:
    """Bewijsstuk.id -> the copy with the covers that count, as a wish and as it is there, of many at once."""
    geldend = geldende(sessie, actor, {stuk.bezoek_id for stuk in stukken})
    rijen = sessie.scalars(
        select_voor(actor, Afgeleide).where(Afgeleide.bewijsstuk_id.in_([stuk.id for stuk in stukken]))
    )
    er_zijn = {(rij.bewijsstuk_id, rij.soort): rij for rij in rijen}
    uit = {}
    for stuk in stukken:
        rij = geldend.get((stuk.bezoek_id, stuk.sha256))
        wens = afgedekt_als(rij) if rij is not None and vlakken_van(rij) else ZONDER_AFDEKKING
        uit[stuk.id] = wens, er_zijn.get((stuk.id, wens.soort))
    return uit


def teken(pad: Path, wens: Kopiewens) -> Kopie:
    """The copy of the original at ``pad``; takes a while and needs no database. Raises OnleesbaarBeeld."""
    return maak_kopie(pad, bewerk=lakker(wens.vlakken) if wens.vlakken else None)


def bewaar_kopie(
    sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, bewijsstuk_id: int, kopie: Kopie, wens: Kopiewens
) -> Afgeleide:
    """Store a copy that was made of an original, and name the original and the reason."""
    rij = Afgeleide(
        gemeente_id=actor.gemeente_id,
        bewijsstuk_id=bewijsstuk_id,
        soort=wens.soort,
        reden=wens.reden,
        sha256=opslag.schrijf(gemeente_uid(sessie, actor), kopie.inhoud),
        mediatype="image/jpeg",
        breedte=kopie.breedte,
        hoogte=kopie.hoogte,
        gemaakt_op=nu,
    )
    sessie.add(rij)
    sessie.flush()
    return rij


def schermkopie(sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, bewijs: Bewijsstuk) -> Afgeleide | None:
    """The copy of a picture for screens and documents, made where it is not there yet; None where none can be made."""
    wens = kopiewens(sessie, actor, bewijs)
    bestaand = zoek_kopie(sessie, actor, bewijs, wens)
    if bestaand is not None or bewijs.mediatype not in TE_TEKENEN:
        return bestaand
    try:
        kopie = teken(opslag.pad(gemeente_uid(sessie, actor), bewijs.sha256), wens)
    except OnleesbaarBeeld:
        return None
    return bewaar_kopie(sessie, actor, nu, opslag, bewijs.id, kopie, wens)


def lees_bytes(sessie: Session, actor: Actor, opslag: Opslag, sha256: str) -> bytes:
    """The bytes of an original or a copy. Raises NietGevonden where the store does not hold them."""
    pad = opslag.pad(gemeente_uid(sessie, actor), sha256)
    if not pad.is_file():
        raise NietGevonden("Dit bestand staat niet in de opslag.")
    return pad.read_bytes()

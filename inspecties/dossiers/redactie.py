"""What parties get of each piece of a dossier: judging it, covering parts, and the copy that is made of it.

The original never changes. A copy is made of pictures of pages, or of the text that is left: nothing is under a cover.
For who puts the file together: ``stand_van`` and ``kopie_voor_partijen``.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.controles.bewijs import lees_bytes, schermkopie
from inspecties.controles.lakken import geldende as lakkingen_van
from inspecties.controles.lakken import geldende_versie, vlakken_van
from inspecties.controles.models import Bewijsstuk
from inspecties.controles.opslag import Opslag
from inspecties.controles.rules.lakken import Vlak
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.herkenning import TE_TEKENEN
from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.klok import lokaal
from inspecties.database import select_voor
from inspecties.dossiers.bewijsbestand import eis_heel
from inspecties.dossiers.bladen import PDF, tel_bladen
from inspecties.dossiers.models import Dossier, Stuk
from inspecties.dossiers.models_bewijs import Bronstuk, Redactie, Redactiekopie
from inspecties.dossiers.redactie_druk import Kopiewerk
from inspecties.dossiers.rules.gevolgen import MAP
from inspecties.dossiers.rules.redactie import (
    MAX_TOELICHTING,
    OORDELEN,
    Redactiegrond,
    keur_tekstredactie,
    lees_afdekkingen,
    lees_gronden,
    vervang,
    zonder,
)
from inspecties.dossiers.werk import leg_dossier_vast, vergrendel
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.gebruikers.models import Gemeente

BESTAND = MAP.parent / "redactie.toml"
Stuksoort = Bewijsstuk | Bronstuk | Stuk


@lru_cache(maxsize=1)
def gronden() -> Mapping[str, Redactiegrond]:
    """The grounds of this installation."""
    return lees_gronden(tomllib.loads(BESTAND.read_text(encoding="utf-8"))["grond"])


@dataclass(frozen=True)
class Bron:
    """A piece as far as covering looks at it. ``naam`` names its kind and number, never a person."""

    soort: str
    uid: UUID
    naam: str
    mediatype: str
    sha256: str
    tekst: str = ""

    @property
    def is_tekst(self) -> bool:
        return not self.sha256

    @property
    def hash(self) -> str:
        """By which it shows whether this is what was judged."""
        return self.sha256 or inhoudshash(self.tekst)

    @property
    def te_tonen(self) -> bool:
        """Whether its pages can be drawn; sound, for one, can not."""
        return self.is_tekst or self.mediatype == PDF or self.mediatype in TE_TEKENEN


def bron_van(stuk: Stuksoort) -> Bron:
    """The piece as something that can be covered."""
    if isinstance(stuk, Bronstuk):
        naam = f"{stuk.soortnaam} {stuk.merk}"
        return Bron("bronstuk", stuk.uid, naam, stuk.mediatype, stuk.sha256, stuk.tekst)
    if isinstance(stuk, Stuk):
        return Bron("stuk", stuk.uid, f"{stuk.soort.capitalize()} {stuk.volgnummer}", stuk.mediatype, stuk.sha256)
    soort = "Foto" if stuk.mediatype.startswith("image/") else "Bestand"
    return Bron("bewijsstuk", stuk.uid, f"{soort} {stuk.sha256[:8]}", stuk.mediatype, stuk.sha256)


def versies(sessie: Session, actor: Actor, dossier: Dossier, uid: UUID) -> list[Redactie]:
    """Every version of what parties get of this piece, oldest first; the last one counts."""
    return list(
        sessie.scalars(
            select_voor(actor, Redactie)
            .where(Redactie.dossier_id == dossier.id, Redactie.stuk_uid == uid)
            .order_by(Redactie.nummer)
        )
    )


def geldende(sessie: Session, actor: Actor, dossier: Dossier) -> dict[UUID, Redactie]:
    """Public id of a piece -> the version that counts, of every piece of the dossier that was judged."""
    rijen = sessie.scalars(
        select_voor(actor, Redactie).where(Redactie.dossier_id == dossier.id).order_by(Redactie.nummer)
    )
    return {rij.stuk_uid: rij for rij in rijen}


def _stand(rij: Redactie | None, stuk: Stuksoort, *, gelakt: bool) -> str:
    if rij is not None and rij.inhoud_hash != bron_van(stuk).hash:
        # It was rewritten since: what was judged is something else, and a cover would fall in the wrong place.
        rij = None
    if rij is not None and rij.oordeel == "niet":
        return "niet"
    return "deels" if gelakt else rij.oordeel if rij is not None else ""


def stand_van(sessie: Session, actor: Actor, stuk: Stuksoort, geldend: Mapping[UUID, Redactie]) -> str:
    """'geheel', 'deels', 'niet', or '' where nobody judged it yet. A photo with covers counts as judged."""
    gelakt = isinstance(stuk, Bewijsstuk) and bool(
        vlakken_van(geldende_versie(sessie, systeem(actor.gemeente_id), stuk))
    )
    return _stand(geldend.get(stuk.uid), stuk, gelakt=gelakt)


def standen_van(sessie: Session, actor: Actor, dossier: Dossier, stukken: Sequence[Stuksoort]) -> dict[UUID, str]:
    """Public id -> ``stand_van`` of many pieces at once."""
    geldend = geldende(sessie, actor, dossier)
    fotos = {stuk.bezoek_id for stuk in stukken if isinstance(stuk, Bewijsstuk)}
    lakkingen = lakkingen_van(sessie, systeem(actor.gemeente_id), fotos)
    uit = {}
    for stuk in stukken:
        lakking = lakkingen.get((stuk.bezoek_id, stuk.sha256)) if isinstance(stuk, Bewijsstuk) else None
        uit[stuk.uid] = _stand(geldend.get(stuk.uid), stuk, gelakt=bool(vlakken_van(lakking)))
    return uit


def _volgende(sessie: Session, actor: Actor, dossier: Dossier, bron: Bron, gezien: int) -> tuple[Redactie | None, int]:
    vergrendel(sessie, actor, dossier)
    oud = versies(sessie, actor, dossier, bron.uid)
    if len(oud) != gezien:
        raise Conflict("Een collega wijzigde net ook wat partijen van dit stuk zien. Kijk eerst wat er nu staat.")
    hoogste = sessie.scalar(
        select(func.max(Redactie.nummer)).where(Redactie.dossier_id == dossier.id, Redactie.stuk_uid == bron.uid)
    )
    geldig = oud[-1] if oud and oud[-1].inhoud_hash == bron.hash else None
    return geldig, (hoogste or 0) + 1


def _bewaar(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, bron: Bron, nummer: int, **velden: Any
) -> Redactie:
    rij = Redactie(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        stuksoort=bron.soort,
        stuk_uid=bron.uid,
        nummer=nummer,
        inhoud_hash=bron.hash,
        door_id=actor.gebruiker_id,
        op=nu,
        **velden,
    )
    sessie.add(rij)
    sessie.flush()
    aantal = len(rij.vlakken) + len(rij.passages) + len(rij.woorden)
    gegevens = {"stuk": str(bron.uid), "versie": nummer, "oordeel": rij.oordeel, "delen": aantal}
    leg_dossier_vast(sessie, actor, nu, dossier, "stuk_voor_partijen", **gegevens)
    return rij


def oordeel(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    dossier: Dossier,
    bron: Bron,
    soort: str,
    toelichting: str,
    *,
    gezien: int,
) -> Redactie:
    """Say what parties get: all of it, with parts covered, or nothing. ``gezien``: how many versions the person saw.

    Raises OngeldigeInvoer naming the field, Conflict where somebody else was just ahead.
    """
    if soort not in OORDELEN:
        raise OngeldigeInvoer("Kies wat partijen van dit stuk krijgen.", "oordeel")
    tekst = toelichting.strip()
    if len(tekst) > MAX_TOELICHTING:
        raise OngeldigeInvoer(f"De toelichting is te lang: hooguit {MAX_TOELICHTING} tekens.", "toelichting")
    if soort == "niet" and not tekst:
        raise OngeldigeInvoer("Schrijf op waarom partijen dit stuk niet krijgen, met het artikel.", "toelichting")
    huidig, nummer = _volgende(sessie, actor, dossier, bron, gezien)
    delen = (huidig.vlakken, huidig.passages, huidig.woorden) if huidig else ([], [], [])
    if soort == "deels" and not any(delen):
        raise OngeldigeInvoer("Er is nog niets weggelakt. Lak eerst iets weg, of kies 'het hele stuk'.", "oordeel")
    if soort == "geheel":
        delen = ([], [], [])
    return _bewaar(
        sessie, actor, nu, dossier, bron, nummer,
        oordeel=soort, vlakken=delen[0], passages=delen[1], woorden=delen[2], toelichting=tekst,
    )  # fmt: skip


def lak_blad(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    dossier: Dossier,
    bron: Bron,
    blad: int,
    grond: str,
    getekend: Any,
    *,
    gezien: int,
) -> Redactie:
    """A new version in which the covers of this page on this ground are what was drawn. Raises as ``oordeel``."""
    # A photo of a visit has covers of its own, which every reader gets (controles/lakken.py).
    foto = bron.soort == "bewijsstuk" and bron.mediatype in TE_TEKENEN
    if bron.is_tekst or not bron.te_tonen or foto:
        raise OngeldigeInvoer("Op dit stuk kunt u geen vlakken tekenen.", "vlakken")
    bladen = tel_bladen(opslag.pad(gemeente_uid(sessie, actor), bron.sha256), bron.mediatype)
    huidig, nummer = _volgende(sessie, actor, dossier, bron, gezien)
    was = lees_afdekkingen(huidig.vlakken) if huidig else []
    nieuw = vervang(was, blad, grond, getekend, gronden(), bladen)
    if nieuw == was:
        raise OngeldigeInvoer("Er is niets veranderd. Teken eerst een vlak over wat niemand mag zien.", "vlakken")
    return _bewaar(
        sessie, actor, nu, dossier, bron, nummer,
        oordeel="deels" if nieuw else "geheel", vlakken=[a.als_json() for a in nieuw],
        toelichting=huidig.toelichting if huidig else "",
    )  # fmt: skip


def lak_tekst(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    dossier: Dossier,
    bron: Bron,
    passages: Mapping[int, str],
    woorden: Mapping[str, str],
    *,
    gezien: int,
) -> Redactie:
    """A new version of what is left out of a typed text. Raises as ``oordeel``."""
    if not bron.is_tekst:
        raise OngeldigeInvoer("Dit stuk is een bestand: teken vlakken op de bladen.", "passages")
    schoon = keur_tekstredactie(bron.tekst, passages, woorden, gronden())
    huidig, nummer = _volgende(sessie, actor, dossier, bron, gezien)
    if schoon == ((huidig.passages, huidig.woorden) if huidig else ([], [])):
        raise OngeldigeInvoer("Er is niets veranderd.", "passages")
    return _bewaar(
        sessie, actor, nu, dossier, bron, nummer,
        oordeel="deels" if any(schoon) else "geheel", passages=schoon[0], woorden=schoon[1],
        toelichting=huidig.toelichting if huidig else "",
    )  # fmt: skip


def _vertel(codes: Iterable[str]) -> list[str]:
    """The grounds in words, each once."""
    uit = []
    for code in dict.fromkeys(codes):
        grond = gronden().get(code)
        if grond is not None:
            uit.append(f"{grond.naam}: {grond.artikel}" + ("" if grond.bevestigd else " (te bevestigen)"))
    return uit


def labels() -> dict[str, str]:
    """Ground -> what stands in the place of what was taken out."""
    return {grond.code: grond.label for grond in gronden().values()}


def gronden_van(rij: Redactie | None) -> list[str]:
    """On which grounds something is covered, in words."""
    return _vertel(d["grond"] for d in [*rij.vlakken, *rij.passages, *rij.woorden]) if rij is not None else []


def _werk(sessie: Session, actor: Actor, opslag: Opslag, dossier: Dossier, bron: Bron, rij: Redactie) -> Kopiewerk:
    """What the copy of this version is made of."""
    dag = lokaal(rij.op).date()
    naam = sessie.scalars(select(Gemeente.naam).where(Gemeente.id == actor.gemeente_id)).one()
    gegevens: dict[str, Any] = {
        "gemeente": naam,
        "kop": f"Dossier {dossier.nummer}, {bron.naam}: kopie voor partijen",
        "gronden": gronden_van(rij),
        "tekst": zonder(bron.tekst, rij.passages, rij.woorden, labels()) if bron.is_tekst else "",
        "bladen": [],
        "jaar": dag.year,
        "maand": dag.month,
        "dag": dag.day,
    }
    if bron.is_tekst:
        return Kopiewerk(rij.id, bron.naam, gegevens, rij.op)
    per_blad: dict[int, list[Vlak]] = {}
    for afdekking in lees_afdekkingen(rij.vlakken):
        per_blad.setdefault(afdekking.blad, []).append(afdekking.vlak)
    pad = opslag.pad(gemeente_uid(sessie, actor), bron.sha256)
    return Kopiewerk(rij.id, bron.naam, gegevens, rij.op, pad, bron.mediatype, bron.sha256, per_blad)


def _bewaard(sessie: Session, actor: Actor, rij: Redactie) -> Redactiekopie | None:
    return sessie.scalars(select_voor(actor, Redactiekopie).where(Redactiekopie.redactie_id == rij.id)).one_or_none()


def te_tekenen(sessie: Session, actor: Actor, opslag: Opslag, dossier: Dossier, stuk: Stuksoort) -> Kopiewerk | None:
    """What ``kopie_voor_partijen`` would have to draw now; None where there is nothing to draw.

    Drawing takes a while: end the transaction, ``druk`` it, and hand it in as ``getekend`` by its redactie_id.
    """
    rij, bron = geldende(sessie, actor, dossier).get(stuk.uid), bron_van(stuk)
    stand = stand_van(sessie, actor, stuk, {stuk.uid: rij} if rij else {})
    foto = isinstance(stuk, Bewijsstuk) and stuk.mediatype in TE_TEKENEN
    if rij is None or stand in {"", "niet"} or foto or not bron.te_tonen or _bewaard(sessie, actor, rij) is not None:
        return None
    return None if isinstance(stuk, Stuk) and stand == "geheel" else _werk(sessie, actor, opslag, dossier, bron, rij)


def kopie_van(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    dossier: Dossier,
    bron: Bron,
    rij: Redactie,
    getekend: Mapping[int, bytes] | None = None,
) -> bytes:
    """The file that this version gives; made once and kept under its hash."""
    bestaand = _bewaard(sessie, actor, rij)
    if bestaand is not None:
        return eis_heel(sessie, actor, opslag, bestaand.sha256, f"De kopie van {bron.naam}")
    inhoud = (getekend or {}).get(rij.id) or _werk(sessie, actor, opslag, dossier, bron, rij).druk()
    sessie.add(
        Redactiekopie(
            gemeente_id=rij.gemeente_id,
            redactie_id=rij.id,
            sha256=opslag.schrijf(gemeente_uid(sessie, actor), inhoud),
            grootte=len(inhoud),
            gemaakt_op=nu,
        )
    )
    sessie.flush()
    leg_dossier_vast(sessie, actor, nu, dossier, "redactie_gemaakt", stuk=str(bron.uid), versie=rij.nummer)
    return inhoud


def _afgedekte_foto(
    sessie: Session, lezer: Actor, nu: datetime, opslag: Opslag, stuk: Bewijsstuk
) -> tuple[bytes, str] | None:
    """The copy with its covers and without metadata; None where there is no copy yet."""
    kopie = schermkopie(sessie, lezer, nu, opslag, stuk)
    return (lees_bytes(sessie, lezer, opslag, kopie.sha256), "image/jpeg") if kopie is not None else None


def kopie_voor_partijen(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    dossier: Dossier,
    stuk: Stuksoort,
    getekend: Mapping[int, bytes] | None = None,
) -> tuple[bytes, str] | None:
    """(bytes, media type) as parties get it; None where they do not get it, or where nobody judged it yet.

    A photo is always the copy with its covers and without metadata. The caller checked that the piece is the dossier's.
    """
    rij = geldende(sessie, actor, dossier).get(stuk.uid)
    stand = stand_van(sessie, actor, stuk, {stuk.uid: rij} if rij else {})
    if stand in {"", "niet"}:
        return None
    lezer, bron = systeem(actor.gemeente_id), bron_van(stuk)
    if isinstance(stuk, Bewijsstuk) and stuk.mediatype in TE_TEKENEN:
        return _afgedekte_foto(sessie, lezer, nu, opslag, stuk)
    # What came from elsewhere holds more than its pages show: where and when it was made, text under a picture.
    if stand == "geheel" and (isinstance(stuk, Stuk) or not bron.te_tonen):
        return eis_heel(sessie, lezer, opslag, bron.sha256, bron.naam), bron.mediatype
    if rij is None or not bron.te_tonen:
        return None
    return kopie_van(sessie, actor, nu, opslag, dossier, bron, rij, getekend), PDF


def kopie_voor_verstrekking(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    dossier: Dossier,
    stuk: Stuksoort,
    getekend: Mapping[int, bytes] | None = None,
) -> tuple[bytes, str] | None:
    """As ``kopie_voor_partijen``; a photo that nobody judged goes as the copy that every reader gets."""
    if isinstance(stuk, Bewijsstuk) and stuk.mediatype in TE_TEKENEN:
        return _afgedekte_foto(sessie, systeem(actor.gemeente_id), nu, opslag, stuk)
    return kopie_voor_partijen(sessie, actor, nu, opslag, dossier, stuk, getekend)

"""Reports, statements and conclusions of a dossier; the order of the list; computing a hash again."""

import hashlib
from datetime import datetime
from typing import IO
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.audit.wpgmuur import achter_de_muur
from inspecties.controles.models import Bewijsstuk
from inspecties.controles.opslag import Opslag
from inspecties.core.actor import Actor
from inspecties.core.beelden import OnleesbaarBeeld, controleer_omvang, maak_kopie
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.herkenning import KOP_BYTES, mediatype_van, schone_naam
from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.klok import lokale_datum
from inspecties.core.reden import schrijf_reden
from inspecties.database import select_voor
from inspecties.dossiers import toetsen
from inspecties.dossiers.bladen import PDF, tel_bladen
from inspecties.dossiers.models import Dossier, Stuk
from inspecties.dossiers.models_bewijs import Bewijscontrole, Bewijsplek, Bronstuk
from inspecties.dossiers.redactie import Bron
from inspecties.dossiers.rules.bewijs import CONCLUSIE, MAX_MB, Stukgegevens, aard_van, keur_stuk, merk
from inspecties.dossiers.rules.toestanden import DOSSIER_TABELLEN
from inspecties.dossiers.rules.toets import Eis
from inspecties.dossiers.werk import begin_werk, leg_dossier_vast, noteer_opsteller, vergrendel, zet_stap
from inspecties.gebruikers.gemeenten import gemeente_uid

SOORTEN: dict[str, str] = {PDF: "PDF", "image/jpeg": "foto", "image/png": "afbeelding"}
_MAX_BYTES = MAX_MB * 1024 * 1024


class Stukconflict(Conflict):
    """Somebody else rewrote this conclusion after the actor had opened it; ``staat_er`` is what stands there now."""

    def __init__(self, staat_er: Bronstuk) -> None:
        super().__init__(
            "Deze conclusie is intussen door iemand anders gewijzigd. Beide teksten staan hieronder.", "tekst"
        )
        self.staat_er = staat_er


def _eis_open(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> None:
    """Reports also come in after a decision; while the cabinet reads, and after closing, nothing changes."""
    vergrendel(sessie, actor, dossier)
    if dossier.toestand in {"voorgelegd", "afgesloten"}:
        naam = DOSSIER_TABELLEN[dossier.tabelversie].namen[dossier.toestand]
        hint = " Haal het eerst terug." if dossier.toestand == "voorgelegd" else ""
        raise Conflict(f"Dit dossier is '{naam}' en ligt vast. Er komt nu geen stuk bij.{hint}", "toestand")
    noteer_opsteller(sessie, actor, nu, dossier)


def lees_bestand(bron: IO[bytes], bestandsnaam: str, soort: str) -> tuple[bytes, str, str]:
    """(bytes, media type, clean name). Raises OngeldigeInvoer at 'bestand'."""
    inhoud = bron.read(_MAX_BYTES + 1)
    if not inhoud:
        raise OngeldigeInvoer("Dit bestand is leeg. Kies een ander bestand.", "bestand")
    if len(inhoud) > _MAX_BYTES:
        raise OngeldigeInvoer(f"Dit bestand is te groot. Een stuk is hoogstens {MAX_MB} MB.", "bestand")
    mediatype = mediatype_van(inhoud[:KOP_BYTES])
    if mediatype not in SOORTEN:
        raise OngeldigeInvoer("Dit soort bestand kan niet. Kies een PDF, een JPEG of een PNG.", "bestand")
    return inhoud, mediatype, schone_naam(bestandsnaam, mediatype, soort)


def _bewaar_bestand(sessie: Session, actor: Actor, opslag: Opslag, inhoud: bytes, mediatype: str) -> str:
    """Its SHA-256. What cannot be shown is refused while whoever has it is still there to send another."""
    uid = gemeente_uid(sessie, actor)
    sha256 = opslag.schrijf(uid, inhoud)
    pad = opslag.pad(uid, sha256)
    if mediatype == PDF:
        tel_bladen(pad, mediatype)
        return sha256
    try:
        controleer_omvang(pad)
        maak_kopie(pad)
    except OngeldigeInvoer as fout:
        raise OngeldigeInvoer(fout.melding, "bestand") from fout
    except OnleesbaarBeeld as fout:
        raise OngeldigeInvoer("Deze afbeelding is beschadigd en kan niet worden getoond.", "bestand") from fout
    return sha256


def stukken_van(sessie: Session, actor: Actor, dossier: Dossier) -> list[Bronstuk]:
    """Every report, statement and conclusion of a dossier in the order of their numbers, withdrawn ones too."""
    return list(
        sessie.scalars(
            select_voor(actor, Bronstuk)
            .where(Bronstuk.dossier_id == dossier.id)
            .order_by(Bronstuk.aard.desc(), Bronstuk.nummer)
        )
    )


def _eis_nieuw(sessie: Session, actor: Actor, dossier: Dossier, sha256: str) -> None:
    """Raises Conflict where this very file is here already, also as police data: else the wall has a hole."""
    zelfde = select_voor(actor, Bronstuk).where(
        Bronstuk.dossier_id == dossier.id, Bronstuk.sha256 == sha256, Bronstuk.ingetrokken_op.is_(None)
    )
    dubbel = sessie.scalars(zelfde).first()
    if dubbel is not None:
        raise Conflict(f"Dit bestand staat al in dit dossier: {dubbel.merk}.", "bestand")
    with achter_de_muur(sessie):
        apart = sessie.scalars(zelfde.with_only_columns(Bronstuk.id)).first()
    if apart is not None:
        raise Conflict(
            "Dit bestand staat apart als politiegegeven. Vraag wie daarvoor is aangewezen om het terug te zetten.",
            "bestand",
        )


def voeg_stuk_toe(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    dossier: Dossier,
    gegevens: Stukgegevens,
    bekend: set[str],
    bestand: tuple[bytes, str, str] | None = None,
) -> Bronstuk:
    """Put a report, statement or conclusion in a dossier: bytes first, durably, and only then the row.

    ``bestand``: of ``lees_bestand``. ``bekend``: what a conclusion may rest on (public ids).
    Raises OngeldigeInvoer naming the field, Conflict for a file that stands here already, OpslagVol.
    """
    schoon = keur_stuk(gegevens, lokale_datum(nu), bekend, met_bestand=bestand is not None)
    _eis_open(sessie, actor, nu, dossier)
    inhoud, mediatype, naam = bestand or (b"", "text/plain", "")
    sha256 = hashlib.sha256(inhoud).hexdigest() if bestand else ""
    if schoon.hash_afzender and sha256 != schoon.hash_afzender:
        raise OngeldigeInvoer(
            f"De SHA-256 van dit bestand is {sha256}. Dat is niet wat de afzender opgaf: het bestand is onderweg "
            "veranderd, of het is een ander bestand. Er is niets bewaard.",
            "hash_afzender",
        )
    if sha256:
        _eis_nieuw(sessie, actor, dossier, sha256)
        _bewaar_bestand(sessie, actor, opslag, inhoud, mediatype)
    aard = aard_van(schoon.soort)
    with achter_de_muur(sessie):  # a number is given once, also where its piece stands apart
        hoogste = sessie.scalar(
            select(func.max(Bronstuk.nummer)).where(Bronstuk.dossier_id == dossier.id, Bronstuk.aard == aard)
        )
    rij = Bronstuk(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        soort=schoon.soort,
        aard=aard,
        nummer=(hoogste or 0) + 1,
        titel=schoon.titel,
        van=schoon.van,
        dagtekening=schoon.dagtekening,
        eed=schoon.eed,
        plaats=schoon.plaats,
        tekst=schoon.tekst,
        rust_op=list(schoon.rust_op),
        sha256=sha256,
        hash_afzender=schoon.hash_afzender,
        grootte=len(inhoud),
        mediatype=mediatype,
        bestandsnaam=naam,
        door_id=actor.gebruiker_id,
        ontvangen_op=nu,
    )
    sessie.add(rij)
    sessie.flush()
    zet_stap(sessie, actor, nu, dossier, "bewijs", f"{rij.soortnaam} {rij.merk} toegevoegd.")
    leg_dossier_vast(
        sessie, actor, nu, dossier, "dossierstuk_toegevoegd",
        stuk=str(rij.uid), merk=rij.merk, sha256=sha256 or inhoudshash(rij.tekst),
    )  # fmt: skip
    return rij


def wijzig_conclusie(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    rij: Bronstuk,
    titel: str,
    tekst: str,
    rust_op: tuple[str, ...],
    bekend: set[str],
    *,
    versie: int,
) -> None:
    """Rewrite a conclusion. Raises Stukconflict with what stands there now, OngeldigeInvoer, Conflict."""
    if not rij.is_conclusie or rij.ingetrokken_op is not None:
        raise Conflict("Alleen een conclusie kunt u wijzigen. Trek een ander stuk in en voeg het juiste toe.")
    begin_werk(sessie, actor, nu, rij.dossier)
    sessie.refresh(rij)
    if rij.versie != versie:
        raise Stukconflict(rij)
    gegevens = Stukgegevens("conclusie", titel, rij.van, rij.dagtekening, rij.eed, rij.plaats, tekst, rust_op)
    schoon = keur_stuk(gegevens, lokale_datum(nu), bekend, met_bestand=False)
    rij.titel, rij.tekst, rij.rust_op = schoon.titel, schoon.tekst, list(schoon.rust_op)
    sessie.flush()
    zet_stap(sessie, actor, nu, rij.dossier, "bewijs", f"Conclusie {rij.merk} gewijzigd.")
    leg_dossier_vast(
        sessie, actor, nu, rij.dossier, "dossierconclusie_gewijzigd",
        stuk=str(rij.uid), merk=rij.merk, hash=inhoudshash(rij.tekst),
    )  # fmt: skip


def _in_toets(sessie: Session, actor: Actor, rij: Bronstuk) -> str:
    """The first part of the legal test that refers to this piece; empty where none does."""
    gelezen = toetsen.lees(sessie, actor, rij.dossier, {})
    if gelezen is None:
        return ""
    delen = (gelezen.stand.toets.deel(code) for code, deel in gelezen.delen.items() if str(rij.uid) in deel.bewijs)
    return next((deel.titel if isinstance(deel, Eis) else deel.vraag for deel in delen), "")


def _conclusies_op(sessie: Session, actor: Actor, rij: Bronstuk) -> list[str]:
    return [
        merk(c.aard, c.nummer)
        for c in stukken_van(sessie, actor, rij.dossier)
        if c.aard == CONCLUSIE and c.ingetrokken_op is None and str(rij.uid) in c.rust_op
    ]


def waar_rust_op(sessie: Session, actor: Actor, rij: Bronstuk) -> str:
    """What would lose its ground without this piece, in words; empty where nothing rests on it."""
    rust = _conclusies_op(sessie, actor, rij)
    if rust:
        return f"conclusie {', '.join(rust)}"
    toets = _in_toets(sessie, actor, rij)
    return f"de juridische toets, bij '{toets}'" if toets else ""


def trek_in(sessie: Session, actor: Actor, nu: datetime, rij: Bronstuk, reden: str, *, versie: int) -> None:
    """Take a piece off the list with a reason; the piece, its number and its bytes stay. Raises OngeldigeInvoer."""
    schoon = schrijf_reden(reden, "Schrijf op waarom dit stuk niet meer meetelt.")
    _eis_open(sessie, actor, nu, rij.dossier)
    sessie.refresh(rij)
    if rij.versie != versie:
        raise Conflict("Een collega veranderde dit stuk net. Kijk wat er nu staat en probeer het opnieuw.")
    if rij.ingetrokken_op is not None:
        raise Conflict("Dit stuk is al ingetrokken.")
    rust = _conclusies_op(sessie, actor, rij)
    if rust:
        raise OngeldigeInvoer(f"Op dit stuk rust conclusie {', '.join(rust)}. Wijzig die eerst.", "reden")
    toets = _in_toets(sessie, actor, rij)
    if toets:
        raise OngeldigeInvoer(f"Dit stuk draagt de juridische toets, bij '{toets}'. Haal het daar eerst weg.", "reden")
    rij.ingetrokken_op, rij.ingetrokken_reden = nu, schoon
    sessie.flush()
    zet_stap(sessie, actor, nu, rij.dossier, "bewijs", f"{rij.soortnaam} {rij.merk} ingetrokken: {schoon}")
    leg_dossier_vast(sessie, actor, nu, rij.dossier, "dossierstuk_ingetrokken", stuk=str(rij.uid), merk=rij.merk)


def zet_volgorde(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, ids: list[int], stuk: Bewijsstuk, naar: int
) -> None:
    """Move a photo to this place (from 1) of the list. ``ids``: Bewijsstuk.id in the present order, those only whose
    number is still free. Raises OngeldigeInvoer, Conflict."""
    begin_werk(sessie, actor, nu, dossier)
    if stuk.id not in ids:
        raise Conflict("Dit nummer staat al in een document dat is voorgelegd, en verandert daarom niet meer.")
    if not 1 <= naar <= len(ids):
        raise OngeldigeInvoer(f"Kies een plaats van 1 tot {len(ids)}.", "naar")
    nieuw = [i for i in ids if i != stuk.id]
    nieuw.insert(naar - 1, stuk.id)
    bestaand = {
        rij.bewijsstuk_id: rij
        for rij in sessie.scalars(select_voor(actor, Bewijsplek).where(Bewijsplek.dossier_id == dossier.id))
    }
    for plaats, id_ in enumerate(nieuw, 1):
        rij = bestaand.get(id_)
        if rij is None:
            sessie.add(
                Bewijsplek(gemeente_id=dossier.gemeente_id, dossier_id=dossier.id, bewijsstuk_id=id_, plaats=plaats)
            )
        else:
            rij.plaats = plaats
    sessie.flush()
    zet_stap(sessie, actor, nu, dossier, "bewijs", "Volgorde van de foto's gewijzigd.")
    leg_dossier_vast(sessie, actor, nu, dossier, "bewijs_geordend", stuk=str(stuk.uid), naar=naar)


def controleer(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, bron: Bron, gevonden: str
) -> Bewijscontrole:
    """Keep which hash a file has now (``gevonden``, empty where it is gone). Raises NietGevonden for typed text."""
    if bron.is_tekst:
        raise NietGevonden("Dit stuk is getypte tekst: er is geen bestand om te controleren.")
    rij = Bewijscontrole(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        stuksoort=bron.soort,
        stuk_uid=bron.uid,
        verwacht_hash=bron.sha256,
        gevonden_hash=gevonden,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(rij)
    sessie.flush()
    leg_dossier_vast(sessie, actor, nu, dossier, "bewijs_gecontroleerd", stuk=str(bron.uid), heel=rij.heel)
    return rij


def zoek_stuk(
    sessie: Session, actor: Actor, dossier: Dossier, uid: UUID, bewijs: list[Bewijsstuk]
) -> Bewijsstuk | Bronstuk | Stuk:
    """The piece of this dossier with this public id. ``bewijs``: the photos and files on its list.

    Raises NietGevonden, also for a piece of another dossier.
    """
    for stuk in bewijs:
        if stuk.uid == uid:
            return stuk
    eigen = sessie.scalars(
        select_voor(actor, Bronstuk).where(Bronstuk.dossier_id == dossier.id, Bronstuk.uid == uid)
    ).one_or_none()
    if eigen is not None:
        return eigen
    brief = sessie.scalars(select_voor(actor, Stuk).where(Stuk.dossier_id == dossier.id, Stuk.uid == uid)).one_or_none()
    if brief is None:
        raise NietGevonden("Dit stuk staat niet in dit dossier.")
    return brief

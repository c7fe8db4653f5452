"""Sending letters: the text is frozen into a piece of the dossier, and every service is recorded with its proof."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.herkenning import KOP_BYTES, mediatype_van, schone_naam
from inspecties.core.klok import lokale_datum
from inspecties.core.opslag import Opslag
from inspecties.database import select_voor
from inspecties.dossiers.beperkt import eis_brief_onbeperkt
from inspecties.dossiers.bewijsbestand import eis_heel
from inspecties.dossiers.brief_besluit import BESLUIT, Aankondiging, aan_te_kondigen, eis_goedgekeurde_tekst
from inspecties.dossiers.brief_velden import gemeentenaam
from inspecties.dossiers.brieven import begin_brief, begin_concept, blokken_van, kenmerk_van, nog_open, soort_van
from inspecties.dossiers.models import Dossier, Stuk
from inspecties.dossiers.models_besluitnemer import Besluitaankondiging, Besluitnemer
from inspecties.dossiers.models_brieven import Brief, Briefversie, Briefverzending, Kennisgeving
from inspecties.dossiers.rules.brief import WIJZEN, Briefsoort, brievenboek
from inspecties.dossiers.voorleggen import lees_stuk
from inspecties.dossiers.werk import leg_dossier_vast, zet_stap
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.sjablonen.druk import Tekstdruk
from inspecties.web.sjablonen import datum

MAX_MB = 20
_BEWIJS = frozenset({"application/pdf", "image/jpeg", "image/png"})


@dataclass(frozen=True)
class Bewijs:
    """Proof of service as somebody sends it in: words (track number, who took it, where it stands), a file, or both."""

    tekst: str = ""
    bestand: IO[bytes] | None = None
    naam: str = ""


def druk_van(sessie: Session, actor: Actor, nu: datetime, brief: Brief, versie: Briefversie) -> Tekstdruk:
    """What a version looks like on paper; a draft carries a watermark and today's date. Raises Conflict: restricted."""
    eis_brief_onbeperkt(sessie, actor, brief.dossier, brief.belanghebbende)
    return Tekstdruk(
        gemeente=gemeentenaam(sessie, actor),
        kenmerk=kenmerk_van(brief),
        titel=brief.titel,
        taal=brief.taal,
        blokken=tuple(blokken_van(versie)),
        moment=nu,
        concept=True,
    )


def _besluit_voor(
    sessie: Session, actor: Actor, nu: datetime, brief: Brief, soort: Briefsoort, versie: Briefversie
) -> Aankondiging:
    """The decision that a letter announces. Raises Conflict where it cannot, or says something else than approved."""
    lezer = systeem(actor.gemeente_id)
    kan = aan_te_kondigen(sessie, lezer, brief.dossier, soort, brief.belanghebbende, brief.aan_naam, brief.vervangt_id)
    if kan.waarom_niet:
        raise Conflict(kan.waarom_niet, "besluit")
    if kan.besluit is None:
        return kan
    if lokale_datum(kan.besluit.besloten_op) > lokale_datum(nu):
        raise Conflict("Een brief kan niet weg voor de dag van het besluit.", "besluit")
    if soort.stuk == BESLUIT:
        eis_goedgekeurde_tekst(sessie, lezer, brief.dossier, kan.besluit, blokken_van(versie))
    return kan


def leg_vast(
    sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, brief: Brief, versienummer: int
) -> Briefverzending:
    """Freeze a letter: its PDF is made, stored under its hash, and becomes a piece of the dossier.

    ``versienummer``: the version that the person read. Raises Conflict where a newer one stands there, where something
    is still open, or where the decision that it announces is not there; Besluittekstconflict with both texts where it
    says something else than was approved.
    """
    versie = begin_concept(sessie, actor, nu, brief)
    if versie.volgnummer != versienummer:
        raise Conflict(f"De brief is intussen gewijzigd (versie {versie.volgnummer}). Lees hem eerst opnieuw.")
    dicht = nog_open(versie)
    if dicht:
        raise Conflict(f"De brief is nog niet af. Nog in te vullen: {', '.join(dicht)}.", "tekst")
    soort = soort_van(brief)
    kondigt_aan = _besluit_voor(sessie, actor, nu, brief, soort, versie)
    druk = druk_van(sessie, actor, nu, brief, versie)
    # The bytes first and durably, then the rows: a document is never half written.
    pdf = Tekstdruk(druk.gemeente, druk.kenmerk, druk.titel, druk.taal, druk.blokken, nu, concept=False).druk()
    sha256 = opslag.schrijf(gemeente_uid(sessie, actor), pdf)
    hoogste = sessie.scalar(
        select(func.max(Stuk.volgnummer)).where(Stuk.dossier_id == brief.dossier_id, Stuk.soort == soort.stuk)
    )
    stuk = Stuk(
        gemeente_id=brief.gemeente_id,
        dossier_id=brief.dossier_id,
        soort=soort.stuk,
        volgnummer=(hoogste or 0) + 1,
        titel=f"{soort.naam} (brief {brief.nummer})"[:200],
        sha256=sha256,
        grootte=len(pdf),
        gemaakt_op=nu,
        gemaakt_door_id=actor.gebruiker_id,
        momentopname={"brief": str(brief.uid), "versie": versie.volgnummer},
    )
    sessie.add(stuk)
    sessie.flush()
    verzending = Briefverzending(
        gemeente_id=brief.gemeente_id,
        brief_id=brief.id,
        briefversie_id=versie.id,
        stuk_id=stuk.id,
        besluit_id=kondigt_aan.besluit.id if kondigt_aan.besluit else None,
        datum=lokale_datum(nu),
        vastgelegd_op=nu,
        door_id=actor.gebruiker_id,
    )
    if kondigt_aan.nemer is not None:
        wie = Besluitaankondiging(
            gemeente_id=brief.gemeente_id, brief_id=brief.id, besluitnemer_id=kondigt_aan.nemer.id
        )
        sessie.add(wie)
    # The letter before the row that fixes it.
    brief.stand = "vastgelegd"
    sessie.flush()
    sessie.add(verzending)
    sessie.flush()
    sessie.expire(brief, ["verzending"])
    sessie.expire(brief.dossier, ["stukken"])
    zet_stap(sessie, actor, nu, brief.dossier, "brief", f"Brief {brief.nummer} vastgelegd: {soort.naam}.")
    leg_dossier_vast(
        sessie, actor, nu, brief.dossier, "brief_vastgelegd",
        brief=str(brief.uid), soort=brief.soort, versie=versie.volgnummer, sha256=sha256,
    )  # fmt: skip
    return verzending


def _keur_bewijs(opslag: Opslag, sessie: Session, actor: Actor, bewijs: Bewijs) -> tuple[str | None, str, str]:
    """Hash, name and media type of the file, by its content; (None, '', '') without one."""
    inhoud = bewijs.bestand.read(MAX_MB * 1024 * 1024 + 1) if bewijs.bestand else b""
    if not inhoud:
        return None, "", ""
    if len(inhoud) > MAX_MB * 1024 * 1024:
        raise OngeldigeInvoer(f"Dit bestand is te groot. Een bewijs is hoogstens {MAX_MB} MB.", "bestand")
    mediatype = mediatype_van(inhoud[:KOP_BYTES])
    if mediatype not in _BEWIJS:
        raise OngeldigeInvoer("Dit soort bestand kan niet. Kies een PDF, een JPEG of een PNG.", "bestand")
    sha256 = opslag.schrijf(gemeente_uid(sessie, actor), inhoud)
    return sha256, schone_naam(bewijs.naam, mediatype, "bewijs"), mediatype


def _besloten_op(sessie: Session, actor: Actor, brief: Brief, verzending: Briefverzending) -> date | None:
    """The day of the decision that a letter announces."""
    if verzending.besluit is not None:
        return lokale_datum(verzending.besluit.besloten_op)
    return sessie.scalars(
        select(Besluitnemer.besloten_op)
        .join(Besluitaankondiging, Besluitaankondiging.besluitnemer_id == Besluitnemer.id)
        .where(Besluitaankondiging.brief_id == brief.id, Besluitaankondiging.gemeente_id == actor.gemeente_id)
    ).one_or_none()


def geef_kennis(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    brief: Brief,
    wijze: str,
    dag: date,
    bewijs: Bewijs,
    toelichting: str = "",
) -> Kennisgeving:
    """Record how and when a frozen letter was served. Raises OngeldigeInvoer, Conflict."""
    begin_brief(sessie, actor, nu, brief.dossier)
    sessie.refresh(brief)
    verzending = brief.verzending
    if brief.stand != "vastgelegd" or verzending is None:
        raise Conflict("Leg de brief eerst vast. Daarna kan hij weg.", "stand")
    soort = soort_van(brief)
    if wijze not in WIJZEN:
        raise OngeldigeInvoer("Kies hoe de brief is gegaan.", "wijze")
    if dag > lokale_datum(nu):
        raise OngeldigeInvoer("Deze dag ligt in de toekomst. Vul in wanneer de brief is gegaan.", "datum")
    besloten = _besloten_op(sessie, actor, brief, verzending)
    if besloten is not None and dag < besloten:
        raise OngeldigeInvoer(f"Het besluit is van {datum(besloten)}. Bekendmaken kan niet eerder.", "datum")
    if dag < verzending.datum:
        raise OngeldigeInvoer(f"De brief is van {datum(verzending.datum)}. Hij kan niet eerder zijn gegaan.", "datum")
    tekst, uitleg = " ".join(bewijs.tekst.split()), toelichting.strip()
    if len(tekst) > 300:
        raise OngeldigeInvoer("Houd het bewijs korter dan 300 tekens.", "bewijs_tekst")
    if len(uitleg) > 4000:
        raise OngeldigeInvoer("Houd de toelichting korter dan 4000 tekens.", "toelichting")
    sha256, naam, mediatype = _keur_bewijs(opslag, sessie, actor, bewijs)
    if soort.bekendmaking and not tekst and sha256 is None:
        raise OngeldigeInvoer(
            "Een besluit bekendmaken kan niet zonder bewijs. Vul het nummer van de zending in, wie het aannam of waar "
            "het staat, of voeg een bestand toe.",
            "bewijs_tekst",
        )
    rij = Kennisgeving(
        gemeente_id=brief.gemeente_id,
        brief_id=brief.id,
        soort=brief.soort,
        wijze=wijze,
        datum=dag,
        bewijs_tekst=tekst,
        bewijs_sha256=sha256,
        bewijs_naam=naam,
        bewijs_mediatype=mediatype,
        toelichting=uitleg,
        vastgelegd_op=nu,
        door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    sessie.flush()
    sessie.expire(brief, ["kennisgevingen"])
    zet_stap(
        sessie, actor, nu, brief.dossier, "brief",
        f"Brief {brief.nummer} ({soort.naam}): {WIJZEN[wijze].lower()} op {datum(dag)}.",
    )  # fmt: skip
    leg_dossier_vast(
        sessie, actor, nu, brief.dossier, "kennisgeving_vastgelegd",
        brief=str(brief.uid), soort=brief.soort, wijze=wijze, datum=dag.isoformat(), sha256=sha256 or "",
    )  # fmt: skip
    return rij


def kennisgevingen_van(sessie: Session, actor: Actor, dossier: Dossier) -> list[Kennisgeving]:
    """Every service in a dossier that this actor may see, in the order in which they were recorded."""
    return list(
        sessie.scalars(
            select_voor(actor, Kennisgeving)
            .join(Brief, Brief.id == Kennisgeving.brief_id)
            .where(Brief.dossier_id == dossier.id)
            .order_by(Kennisgeving.id)
        )
    )


def kennisgeving_van(
    sessie: Session, actor: Actor, dossier: Dossier, soort: str, *, besluit_id: int | None = None
) -> Kennisgeving | None:
    """The last service with proof of a letter of this kind, or None.

    ``soort``: a code of config/brieven.toml, another name of it, or ``besluit`` for any letter that announces a
    decision. ``besluit_id``: only of the letter that announces that one.
    """
    boek = brievenboek()
    besluiten = {s.code for s in boek.soorten.values() if s.stuk == BESLUIT}
    codes = besluiten if soort == BESLUIT else boek.gevraagd({soort}) | {soort}
    for rij in reversed(kennisgevingen_van(sessie, actor, dossier)):
        verzending = rij.brief.verzending
        past = besluit_id is None or (verzending is not None and verzending.besluit_id == besluit_id)
        if rij.soort in codes and past and rij.met_bewijs:
            return rij
    return None


def lees_brief_pdf(sessie: Session, actor: Actor, opslag: Opslag, brief: Brief) -> bytes:
    """The frozen PDF of a letter. Raises NietGevonden for a draft, StukGeschonden where it is not what it was."""
    if brief.verzending is None:
        raise NietGevonden("Deze brief is nog niet vastgelegd.")
    return lees_stuk(sessie, actor, opslag, brief.verzending.stuk)


def lees_bewijs(sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, rij: Kennisgeving) -> bytes:
    """The file that proves a service; the reading is logged. Raises NietGevonden, StukGeschonden."""
    if rij.bewijs_sha256 is None:
        raise NietGevonden("Bij deze kennisgeving is geen bestand bewaard.")
    inhoud = eis_heel(sessie, actor, opslag, rij.bewijs_sha256, "Dit bewijs")
    leg_dossier_vast(sessie, actor, nu, rij.brief.dossier, "kennisgeving_bewijs_gelezen", kennisgeving=str(rij.uid))
    return inhoud

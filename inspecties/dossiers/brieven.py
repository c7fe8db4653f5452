"""Letters of a dossier: made from a template, edited per paragraph, filled in, dropped. Word: ``brief_word``.

Nothing is ever overwritten: every change is a new version of the whole text, and who wrote from an older text hears
that with both texts. Sending stands in ``brief_verzenden``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, GeenRecht, NietGevonden, OngeldigeInvoer
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import lokale_datum
from inspecties.core.opslag import Opslag
from inspecties.core.rechten import rol_mag
from inspecties.core.reden import schrijf_reden
from inspecties.database import select_voor
from inspecties.dossiers.beperkt import eis_brief_onbeperkt
from inspecties.dossiers.brief_velden import Adressant, bestuursadres, bewonersadres, waarden_voor
from inspecties.dossiers.models import Belanghebbende, Dossier
from inspecties.dossiers.models_brieven import Brief, Briefversie
from inspecties.dossiers.rules.brief import Briefsoort, briefsoort, brievenboek
from inspecties.dossiers.werk import leg_dossier_vast, noteer_opsteller, vergrendel, zet_stap
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.sjablonen import docx
from inspecties.sjablonen import operations as sjablonen
from inspecties.sjablonen.rules.tekst import MAX_BLOKKEN, Blok, keur_blok, open_plek, open_plekken, vul_plek

MAX_WAARDE = 4000


class Briefconflict(Conflict):
    """Somebody else changed these paragraphs: id -> what stands there now, None where it is gone. Nothing is stored."""

    def __init__(self, staat_er: Mapping[str, str | None], melding: str = "") -> None:
        super().__init__(
            melding or "Een alinea is intussen door iemand anders gewijzigd. Beide teksten staan eronder.", "tekst"
        )
        self.staat_er = dict(staat_er)


@dataclass(frozen=True)
class Ingezonden:
    """A paragraph as somebody sends it in. ``gezien``: the hash of what they started from."""

    tekst: str
    gezien: str


def soort_van(brief: Brief) -> Briefsoort:
    """The kind of a letter, also where its file of kinds lost it since."""
    soort = brievenboek().soorten.get(brief.soort)
    return soort or Briefsoort(brief.soort, brief.titel, (), "partij", "te bevestigen", "")


def brieven_van(sessie: Session, actor: Actor, dossier: Dossier) -> list[Brief]:
    """The letters of a dossier that this actor may see, in the order in which they were made."""
    return list(
        sessie.scalars(
            select_voor(actor, Brief)
            .where(Brief.dossier_id == dossier.id)
            .order_by(Brief.nummer)
            .options(selectinload(Brief.kennisgevingen), joinedload(Brief.verzending), joinedload(Brief.gemaakt_door))
        )
    )


def laatste_versie(sessie: Session, actor: Actor, brief: Brief) -> Briefversie:
    """The text as it stands now."""
    return sessie.scalars(
        select_voor(actor, Briefversie)
        .where(Briefversie.brief_id == brief.id)
        .order_by(Briefversie.volgnummer.desc())
        .limit(1)
    ).one()


def versie_van(sessie: Session, actor: Actor, brief: Brief, nummer: int) -> Briefversie:
    """One version. Raises NietGevonden."""
    rij = sessie.scalars(
        select_voor(actor, Briefversie).where(Briefversie.brief_id == brief.id, Briefversie.volgnummer == nummer)
    ).one_or_none()
    if rij is None:
        raise NietGevonden("Deze versie van de brief bestaat niet.")
    return rij


def blokken_van(versie: Briefversie) -> list[Blok]:
    return [Blok.uit(rij) for rij in versie.blokken]


def nog_open(versie: Briefversie) -> list[str]:
    """What is still to be filled in."""
    return open_plekken(str(rij["tekst"]) for rij in versie.blokken)


def kenmerk_van(brief: Brief) -> str:
    return f"{brief.dossier.nummer} / {brief.nummer}"


def begin_brief(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> None:
    """Lock a dossier to write letters in it. Raises GeenRecht, and Conflict where it is closed."""
    if not rol_mag(actor.rol, "dossiers.bewerken") or actor.gebruiker_id is None:
        raise GeenRecht("Alleen een jurist schrijft brieven.")
    vergrendel(sessie, actor, dossier)
    if dossier.toestand == "afgesloten":
        raise Conflict("Dit dossier is afgesloten. Er kan geen brief meer bij.", "toestand")
    noteer_opsteller(sessie, actor, nu, dossier)


def begin_concept(sessie: Session, actor: Actor, nu: datetime, brief: Brief) -> Briefversie:
    """Lock a letter to change it. Raises Conflict where it was sent or dropped."""
    begin_brief(sessie, actor, nu, brief.dossier)
    sessie.refresh(brief)
    if brief.stand == "vastgelegd":
        raise Conflict("Deze brief is vastgelegd en verandert niet meer. Maak een nieuwe brief die deze vervangt.")
    if brief.stand != "concept":
        raise Conflict("Deze brief is vervallen. Maak een nieuwe brief.")
    return laatste_versie(sessie, actor, brief)


def _adressant(
    dossier: Dossier, soort: Briefsoort, partij: Belanghebbende | None, naam: str, adres: str, taal: str
) -> Adressant:
    if soort.aan == "bewoner":
        return bewonersadres(dossier, taal)
    if soort.aan == "bestuur":
        return bestuursadres(dossier)
    if soort.aan == "partij":
        if partij is None or partij.dossier_id != dossier.id:
            raise OngeldigeInvoer("Kies aan wie de brief gaat. Zet de partij eerst in het dossier.", "partij")
        return Adressant(partij.naam, partij.adres, partij)
    schoon, waar = " ".join(naam.split()), " ".join(adres.split())
    if not schoon or len(schoon) > 200:
        raise OngeldigeInvoer("Vul in aan welke instantie de brief gaat, in hooguit 200 tekens.", "aan_naam")
    if len(waar) > 300:
        raise OngeldigeInvoer("Het adres is te lang: hooguit 300 tekens.", "aan_adres")
    return Adressant(schoon, waar)


def _hoofdletter(blok: Blok) -> Blok:
    """A field at the beginning of a sentence gives 'de burgemeester': that begins with a capital."""
    begint = blok.soort in {"alinea", "punt", "kop"} and blok.tekst.startswith(("de ", "het "))
    return blok.met(blok.tekst[:1].upper() + blok.tekst[1:]) if begint else blok


def maak_brief(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    dossier: Dossier,
    soort_code: str,
    *,
    partij: Belanghebbende | None = None,
    aan_naam: str = "",
    aan_adres: str = "",
    taal: str = "nl",
    vervangt: Brief | None = None,
) -> Brief:
    """A new letter, filled from the dossier; what the dossier does not say stays marked as open.

    Raises OngeldigeInvoer, Conflict (also where something in it is restricted),
    Sjabloonfout (the template in use cannot be filled any more).
    """
    soort = briefsoort(soort_code)
    if dossier.soort not in soort.dossiersoorten:
        raise OngeldigeInvoer("Deze brief past niet bij dit soort dossier.", "soort")
    sjablonen.keur_taal(soort, taal)
    begin_brief(sessie, actor, nu, dossier)
    eis_brief_onbeperkt(sessie, actor, dossier, partij)
    if vervangt is not None and (vervangt.dossier_id != dossier.id or vervangt.stand != "vastgelegd"):
        raise OngeldigeInvoer("Kies een brief van dit dossier die is vastgelegd.", "vervangt")
    aan = _adressant(dossier, soort, partij, aan_naam, aan_adres, taal)
    bron, sjabloon = sjablonen.bron_van(sessie, actor, opslag, soort, taal, lokale_datum(nu))
    lezer = systeem(actor.gemeente_id)
    gevuld = docx.vul(
        bron, waarden_voor(sessie, actor, lezer, dossier, soort, aan, taal, vervangt.id if vervangt else None)
    )
    blokken = [_hoofdletter(b) for b in docx.lees_blokken(gevuld)]
    if not aan.adres and soort.aan in {"partij", "instantie"} and not open_plekken(b.tekst for b in blokken):
        blokken.insert(0, Blok(str(nieuw_id()), "adres", open_plek("Postadres van wie de brief krijgt")))
    hoogste = sessie.scalar(select(func.max(Brief.nummer)).where(Brief.dossier_id == dossier.id))
    brief = Brief(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        nummer=(hoogste or 0) + 1,
        soort=soort.code,
        taal=taal,
        titel=(docx.lees_titel(gevuld) or soort.naam)[:200],
        belanghebbende_id=aan.partij.id if aan.partij else None,
        aan_naam=aan.naam,
        aan_adres=aan.adres,
        sjabloonversie_id=sjabloon.id if sjabloon else None,
        vervangt_id=vervangt.id if vervangt else None,
        gemaakt_op=nu,
        gemaakt_door_id=actor.gebruiker_id,
    )
    sessie.add(brief)
    sessie.flush()
    sha256 = opslag.schrijf(gemeente_uid(sessie, actor), gevuld)
    waaruit = f"sjabloon versie {sjabloon.volgnummer}" if sjabloon else "de standaardtekst"
    nieuwe_versie(sessie, actor, nu, brief, sha256, blokken, f"Gemaakt met {waaruit}")
    zet_stap(sessie, actor, nu, dossier, "brief", f"Brief {brief.nummer} gemaakt: {soort.naam}.")
    leg_dossier_vast(sessie, actor, nu, dossier, "brief_gemaakt", brief=str(brief.uid), soort=soort.code, taal=taal)
    return brief


def nieuwe_versie(
    sessie: Session, actor: Actor, nu: datetime, brief: Brief, sha256: str, blokken: list[Blok], wat: str
) -> Briefversie:
    if len(blokken) > MAX_BLOKKEN:
        raise OngeldigeInvoer(f"De brief heeft te veel alinea's: {MAX_BLOKKEN} is het meeste.", "tekst")
    hoogste = sessie.scalar(select(func.max(Briefversie.volgnummer)).where(Briefversie.brief_id == brief.id))
    versie = Briefversie(
        gemeente_id=brief.gemeente_id,
        brief_id=brief.id,
        volgnummer=(hoogste or 0) + 1,
        docx_sha256=sha256,
        blokken=[b.als_rij() for b in blokken],
        wat=wat[:200],
        gemaakt_op=nu,
        gemaakt_door_id=actor.gebruiker_id,
    )
    sessie.add(versie)
    sessie.flush()
    sessie.expire(brief, ["versies"])
    return versie


def _gewijzigd(staat: Mapping[str, Blok], alineas: Mapping[str, Ingezonden]) -> dict[str, str]:
    """The paragraphs that this person changed. Raises Briefconflict where somebody else did too."""
    botst: dict[str, str | None] = {}
    teksten: dict[str, str] = {}
    for id_, deel in alineas.items():
        tekst = keur_blok(deel.tekst)
        oud = staat.get(id_)
        eigen = Blok(id_, "alinea", tekst).hash
        if eigen == deel.gezien or (oud is not None and eigen == oud.hash):
            # As it was when the page was opened, or as it stands: then this person changes nothing here.
            continue
        if oud is None and tekst:
            botst[id_] = None
        elif oud is not None and deel.gezien != oud.hash:
            botst[id_] = oud.tekst
        elif oud is not None:
            teksten[id_] = tekst
    if botst:
        raise Briefconflict(botst)
    return teksten


def wijzig(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    brief: Brief,
    alineas: Mapping[str, Ingezonden],
    nieuw: str = "",
    na: str = "",
) -> int:
    """Store the paragraphs that changed, as a new version; how many. An empty paragraph goes. ``nieuw`` is a paragraph
    to add, after the one with id ``na`` or at the end.

    Raises Briefconflict with what stands there now, OngeldigeInvoer, Conflict; then nothing was stored.
    """
    versie = begin_concept(sessie, actor, nu, brief)
    staat = {b.id: b for b in blokken_van(versie)}
    teksten = _gewijzigd(staat, alineas)
    erbij = keur_blok(nieuw)
    if not teksten and not erbij:
        return 0
    blokken = []
    for blok in staat.values():
        tekst = teksten.get(blok.id, blok.tekst)
        if tekst:
            blokken.append(blok.met(tekst))
        if erbij and blok.id == na:
            blokken.append(Blok(str(nieuw_id()), "alinea", erbij))
    if erbij and na not in staat:
        blokken.append(Blok(str(nieuw_id()), "alinea", erbij))
    if not blokken:
        raise OngeldigeInvoer("De brief zou leeg worden. Laat minstens een alinea staan.", "tekst")
    aantal = len(teksten) + bool(erbij)
    wat = f"{aantal} alinea{'' if aantal == 1 else chr(39) + 's'} gewijzigd"
    rij = nieuwe_versie(sessie, actor, nu, brief, versie.docx_sha256, blokken, wat)
    leg_wijziging_vast(sessie, actor, nu, brief, rij)
    return aantal


def leg_wijziging_vast(sessie: Session, actor: Actor, nu: datetime, brief: Brief, versie: Briefversie) -> None:
    leg_dossier_vast(
        sessie, actor, nu, brief.dossier, "brief_gewijzigd",
        brief=str(brief.uid), versie=versie.volgnummer, wat=versie.wat,
    )  # fmt: skip


def vul_aan(sessie: Session, actor: Actor, nu: datetime, brief: Brief, waarden: Mapping[str, str]) -> int:
    """Fill in open places by their title, and with what the dossier says by now; how many places were filled.

    Raises OngeldigeInvoer, Conflict.
    """
    versie = begin_concept(sessie, actor, nu, brief)
    te_vullen = nog_open(versie)
    soort = soort_van(brief)
    lezer = systeem(actor.gemeente_id)
    partij = brief.belanghebbende
    aan = Adressant(brief.aan_naam, partij.adres if partij else brief.aan_adres, partij)
    uit_dossier = waarden_voor(sessie, actor, lezer, brief.dossier, soort, aan, brief.taal, brief.vervangt_id)
    titels = {veld.titel.casefold(): naam for naam, veld in brievenboek().velden_van(soort).items()}
    gevuld: dict[str, str] = {}
    for titel in te_vullen:
        eigen = keur_blok(waarden.get(titel, ""))
        if len(eigen) > MAX_WAARDE:
            raise OngeldigeInvoer(f"'{titel}' is te lang: hooguit {MAX_WAARDE} tekens.", titel)
        uit = uit_dossier.get(titels.get(titel.casefold(), ""), "")
        # A mark that is still open is false; its text would only mark the place again.
        waarde = eigen or (str(uit) if uit else "")
        if waarde:
            gevuld[titel] = waarde
    if not gevuld:
        return 0
    blokken = []
    for blok in blokken_van(versie):
        tekst = blok.tekst
        for titel, waarde in gevuld.items():
            tekst = vul_plek(tekst, titel, waarde)
        blokken.append(_hoofdletter(blok.met(keur_blok(tekst))))
    wat = f"Ingevuld: {', '.join(gevuld)}"
    rij = nieuwe_versie(sessie, actor, nu, brief, versie.docx_sha256, blokken, wat)
    leg_wijziging_vast(sessie, actor, nu, brief, rij)
    return len(gevuld)


def laat_vervallen(sessie: Session, actor: Actor, nu: datetime, brief: Brief, reden: str) -> None:
    """Drop a draft; its versions stay. Raises OngeldigeInvoer without a reason, Conflict where it was sent."""
    begin_concept(sessie, actor, nu, brief)
    brief.reden = schrijf_reden(reden, "Schrijf op waarom deze brief niet doorgaat.")
    brief.stand = "vervallen"
    sessie.flush()
    zet_stap(sessie, actor, nu, brief.dossier, "brief", f"Brief {brief.nummer} vervallen: {soort_van(brief).naam}.")
    leg_dossier_vast(sessie, actor, nu, brief.dossier, "brief_vervallen", brief=str(brief.uid))

"""Templates per gemeente: checked before use, kept in versions, in use from a day, back to the default."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import IO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import GeenRecht, InspectiesFout, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.opslag import Opslag
from inspecties.core.rechten import rol_mag
from inspecties.core.reden import schrijf_reden
from inspecties.database import select_voor
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.gebruikers.models import Gemeente
from inspecties.sjablonen.docx import keur_sjabloon, lees_titel, maak_docx, proefvul
from inspecties.sjablonen.docx_keuring import MAX_MB
from inspecties.sjablonen.models import Sjabloonkeuze, Sjabloonversie
from inspecties.sjablonen.rules.sjabloon import Sjabloonfout, Soort, Standaardtekst
from inspecties.sjablonen.rules.tekst import TALEN, Blok, open_plekken


class SjabloonGeschonden(InspectiesFout):
    """A stored template is not what it was when it was checked."""

    status = 500


@dataclass(frozen=True)
class InGebruik:
    """What a kind of document begins from on a day; without a version: the default text."""

    versie: Sjabloonversie | None
    vanaf: date | None = None


def keur_taal(soort: Soort, taal: str) -> str:
    """Raises OngeldigeInvoer at 'taal'."""
    if taal not in soort.talen:
        namen = ", ".join(TALEN[t] for t in soort.talen)
        raise OngeldigeInvoer(f"Dit document is er niet in die taal. Kies uit: {namen}.", "taal")
    return taal


def lees_bestand(bron: IO[bytes]) -> bytes:
    """The bytes that somebody sends in, never more than may be. Raises Sjabloonfout."""
    inhoud = bron.read(MAX_MB * 1024 * 1024 + 1)
    if len(inhoud) > MAX_MB * 1024 * 1024:
        raise Sjabloonfout([f"Dit bestand is te groot. Een Word-document is hoogstens {MAX_MB} MB."])
    return inhoud


@lru_cache(maxsize=64)
def _standaard(tekst: Standaardtekst, gemaakt_op: datetime) -> bytes:
    return maak_docx(tekst, gemaakt_op)


def standaard_docx(soort: Soort, taal: str) -> bytes:
    """The default text as a Word file; the same file all day long."""
    return _standaard(soort.standaardtekst(taal), datetime(2026, 1, 1))  # noqa: DTZ001 - Word's own property has no zone


def versies_van(sessie: Session, actor: Actor, soort: Soort, taal: str) -> list[Sjabloonversie]:
    """Every version that was uploaded, the last first."""
    return list(
        sessie.scalars(
            select_voor(actor, Sjabloonversie)
            .where(Sjabloonversie.soort == soort.code, Sjabloonversie.taal == taal)
            .order_by(Sjabloonversie.volgnummer.desc())
        )
    )


def keuzes_van(sessie: Session, actor: Actor, soort: Soort, taal: str) -> list[Sjabloonkeuze]:
    """Every choice that was made, the last first."""
    return list(
        sessie.scalars(
            select_voor(actor, Sjabloonkeuze)
            .where(Sjabloonkeuze.soort == soort.code, Sjabloonkeuze.taal == taal)
            .order_by(Sjabloonkeuze.id.desc())
        )
    )


def in_gebruik(sessie: Session, actor: Actor, soort: Soort, taal: str, dag: date) -> InGebruik:
    """What is in use on this day: of the choices that began by then, the one that began last, and of those the
    one that was made last."""
    begonnen = [k for k in keuzes_van(sessie, actor, soort, taal) if k.geldig_vanaf <= dag]
    if not begonnen:
        return InGebruik(None)
    keuze = max(begonnen, key=lambda k: (k.geldig_vanaf, k.id))
    return InGebruik(keuze.versie, keuze.geldig_vanaf)


def lees_sjabloon(sessie: Session, actor: Actor, opslag: Opslag, versie: Sjabloonversie) -> bytes:
    """The file of a version. Raises SjabloonGeschonden where it is gone or other than it was."""
    inhoud = opslag.lees_heel(gemeente_uid(sessie, actor), versie.sha256)
    if inhoud is None:
        raise SjabloonGeschonden("Dit sjabloon staat niet meer ongeschonden in de opslag. Waarschuw de beheerder.")
    return inhoud


def bron_van(
    sessie: Session, actor: Actor, opslag: Opslag, soort: Soort, taal: str, dag: date
) -> tuple[bytes, Sjabloonversie | None]:
    """The Word file that a new document begins from, and its version."""
    gebruik = in_gebruik(sessie, actor, soort, taal, dag)
    if gebruik.versie is None:
        return standaard_docx(soort, taal), None
    return lees_sjabloon(sessie, actor, opslag, gebruik.versie), gebruik.versie


def proef(inhoud: bytes, soort: Soort) -> tuple[str, list[Blok]]:
    """Title and paragraphs of a template filled with sample data. Raises Sjabloonfout."""
    waarden = {naam: veld.voorbeeld for naam, veld in soort.velden.mag.items()}
    blokken = list(proefvul(inhoud, waarden))
    return lees_titel(inhoud), blokken


def _mag(actor: Actor) -> None:
    if not rol_mag(actor.rol, "sjablonen.beheren"):
        raise GeenRecht("Alleen een jurist verandert sjablonen.")


def keur(inhoud: bytes, soort: Soort) -> list[str]:
    """Everything that a template must pass before it can be used; the fields that it names. Raises Sjabloonfout."""
    velden = keur_sjabloon(inhoud, soort.velden)
    titel, blokken = proef(inhoud, soort)
    if not titel:
        raise Sjabloonfout(["Er is geen titel. Geef de kop van het document in Word de stijl 'Titel'."])
    if not blokken:
        raise Sjabloonfout(["Er staat geen tekst in dit sjabloon."])
    if open_plekken(b.tekst for b in blokken):
        raise Sjabloonfout(["Er staat '[nog in te vullen: ...]' in. Zet daar een veld neer, zoals {{ adres }}."])
    return velden


def voeg_toe(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    soort: Soort,
    taal: str,
    inhoud: bytes,
    naam: str,
    toelichting: str,
) -> Sjabloonversie:
    """Store a template that passed every check; it is not in use by that. Raises Sjabloonfout, OngeldigeInvoer."""
    _mag(actor)
    keur_taal(soort, taal)
    waarom = schrijf_reden(toelichting, "Schrijf op wat er veranderd is.", "toelichting")
    velden = keur(inhoud, soort)
    # The gemeente's row is the lock on the numbering.
    sessie.execute(select(Gemeente.id).where(Gemeente.id == actor.gemeente_id).with_for_update(key_share=True))
    eerdere = versies_van(sessie, actor, soort, taal)
    sha256 = opslag.schrijf(gemeente_uid(sessie, actor), inhoud)
    zelfde = next((v for v in eerdere if v.sha256 == sha256), None)
    if zelfde is not None:
        raise OngeldigeInvoer(f"Dit bestand staat er al, als versie {zelfde.volgnummer}.", "bestand")
    hoogste = sessie.scalar(
        select(func.max(Sjabloonversie.volgnummer)).where(
            Sjabloonversie.gemeente_id == actor.gemeente_id,
            Sjabloonversie.soort == soort.code,
            Sjabloonversie.taal == taal,
        )
    )
    versie = Sjabloonversie(
        gemeente_id=actor.gemeente_id,
        soort=soort.code,
        taal=taal,
        volgnummer=(hoogste or 0) + 1,
        sha256=sha256,
        grootte=len(inhoud),
        bestandsnaam=_schone_naam(naam),
        velden=velden,
        toelichting=waarom,
        gemaakt_op=nu,
        gemaakt_door_id=actor.gebruiker_id,
    )
    sessie.add(versie)
    sessie.flush()
    leg_vast(
        sessie, actor, nu, "sjabloon_toegevoegd", "sjabloonversie", versie.uid,
        gegevens={"soort": soort.code, "taal": taal, "versie": versie.volgnummer, "sha256": sha256},
    )  # fmt: skip
    return versie


def neem_in_gebruik(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    soort: Soort,
    taal: str,
    versie: Sjabloonversie | None,
    vanaf: date,
    reden: str,
) -> Sjabloonkeuze:
    """Choose what new documents begin from, from a day on; None: the default text. What exists does not change.

    Raises OngeldigeInvoer.
    """
    _mag(actor)
    keur_taal(soort, taal)
    if versie is not None and (versie.soort, versie.taal) != (soort.code, taal):
        raise OngeldigeInvoer("Deze versie hoort bij een ander document.", "versie")
    if vanaf < lokale_datum(nu):
        raise OngeldigeInvoer("Kies vandaag of een latere dag: wat er al is, verandert niet.", "vanaf")
    keuze = Sjabloonkeuze(
        gemeente_id=actor.gemeente_id,
        soort=soort.code,
        taal=taal,
        versie_id=versie.id if versie else None,
        geldig_vanaf=vanaf,
        reden=schrijf_reden(reden, "Schrijf op waarom u dit kiest."),
        gekozen_op=nu,
        gekozen_door_id=actor.gebruiker_id,
    )
    sessie.add(keuze)
    sessie.flush()
    leg_vast(
        sessie, actor, nu, "sjabloon_gekozen", "sjabloonkeuze", keuze.uid,
        gegevens={
            "soort": soort.code, "taal": taal, "versie": versie.volgnummer if versie else 0,
            "vanaf": vanaf.isoformat(),
        },
    )  # fmt: skip
    return keuze


def _schone_naam(naam: str) -> str:
    kaal = naam.replace("\\", "/").rsplit("/", 1)[-1]
    kaal = "".join(t for t in kaal if t.isprintable() and t not in '"<>|:*?').strip(" .")
    return f"{kaal.removesuffix('.docx')[:150] or 'sjabloon'}.docx"

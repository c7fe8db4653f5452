"""Acts on a machtiging: ask, offer for signature, sign, take over from paper, withdraw."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.acties.machtiging_queries import bevoegden, woning_van
from inspecties.acties.models import Stop
from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.rules.machtiging import (
    GEVERS,
    GRONDSLAGEN,
    MACHTIGING_TABEL,
    MEEGAANDEN_HOOGSTENS,
    WONINGEN_HOOGSTENS,
    Woning,
)
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.herkenning import KOP_BYTES, mediatype_van
from inspecties.core.klok import lokale_datum
from inspecties.core.opslag import Opslag
from inspecties.core.rechten import rol_mag
from inspecties.gebruikers.models import Gebruiker, Gemeente

AWBI = "Awbi art. 2"
SCAN_MB = 20
_SCANSOORTEN = ("application/pdf", "image/jpeg", "image/png")


@dataclass(frozen=True)
class Machtigingvraag:
    """What a coordinator asks for. ``andere``: other dwellings that it names (art. 5)."""

    gever_naam: str
    aan_id: int
    aan_naam: str
    aan_hoedanigheid: str
    grondslag: str
    doel: str
    gever_soort: str = "burgemeester"
    andere: tuple[Woning, ...] = ()
    nacht: bool = False
    afwezig: bool = False
    dringend: str = ""
    uren: tuple[time | None, time | None] = (None, None)
    meegaanden: int = 0
    meegaanden_rol: str = ""


def vraag_aan(sessie: Session, actor: Actor, nu: datetime, stop: Stop, vraag: Machtigingvraag) -> Machtiging:
    """A draft for one stop. Raises OngeldigeInvoer and Conflict."""
    if actor.gebruiker_id is None:
        raise GeenRecht("Een machtiging vraagt een mens aan.")
    if stop.toegangsgrond != "machtiging":
        raise Conflict("Kies bij deze stop eerst 'machtiging' als grond om binnen te gaan.")
    rij = Machtiging(
        gemeente_id=actor.gemeente_id,
        stop_id=stop.id,
        nummer=_nummer(sessie, actor, nu),
        toestand=MACHTIGING_TABEL.begin,
        aangevraagd_door_id=actor.gebruiker_id,
        aangevraagd_op=nu,
    )
    _vul(sessie, actor, rij, stop, vraag)
    sessie.add(rij)
    sessie.flush()
    leg_vast(sessie, actor, nu, "machtiging_aangevraagd", "machtiging", rij.uid, AWBI, {"stop": str(stop.uid)})
    return rij


def wijzig(sessie: Session, actor: Actor, nu: datetime, rij: Machtiging, vraag: Machtigingvraag) -> None:
    """Change a draft. Raises OngeldigeInvoer, and Conflict where it is no draft any more."""
    if rij.toestand != "concept" or rij.stop is None:
        raise Conflict("Alleen een concept is te wijzigen. Trek deze machtiging in en vraag een nieuwe aan.")
    _vul(sessie, actor, rij, rij.stop, vraag)
    if actor.gebruiker_id is not None:
        rij.aangevraagd_door_id = actor.gebruiker_id
    leg_vast(sessie, actor, nu, "machtiging_gewijzigd", "machtiging", rij.uid, AWBI)


def _nummer(sessie: Session, actor: Actor, nu: datetime) -> str:
    """The next number of this year. The gemeente's row is locked, so that two requests cannot get the same."""
    sessie.execute(select(Gemeente.id).where(Gemeente.id == actor.gemeente_id).with_for_update(key_share=True))
    jaar = lokale_datum(nu).year
    laatste = sessie.scalar(
        select(func.max(Machtiging.nummer)).where(
            Machtiging.gemeente_id == actor.gemeente_id, Machtiging.nummer.like(f"M{jaar}-%")
        )
    )
    return f"M{jaar}-{int(laatste.split('-')[1]) + 1 if laatste else 1:04d}"


def _vul(sessie: Session, actor: Actor, rij: Machtiging, stop: Stop, vraag: Machtigingvraag) -> None:
    woning = woning_van(stop.locatie)
    if woning is None:
        raise OngeldigeInvoer("De locatie heeft geen volledig adres. Vul dat eerst bij de locatie in.", "andere")
    woningen = [woning, *(w for w in vraag.andere if w.sleutel != woning.sleutel)]
    if len(woningen) > WONINGEN_HOOGSTENS:
        raise OngeldigeInvoer("Noem hoogstens drie andere woningen (art. 5 Awbi).", "andere")
    _controleer(vraag)
    mens, gronden = bevoegden(sessie, actor, stop, lokale_datum(stop.actie.begin_op)).get(vraag.aan_id, (None, []))
    if mens is None:
        raise OngeldigeInvoer("Kies iemand uit de ploeg van deze stop.", "aan")
    if vraag.grondslag not in gronden:
        raise OngeldigeInvoer(
            f"{mens.naam} is op die dag niet bevoegd op grond van {GRONDSLAGEN[vraag.grondslag]}. Een machtiging kan "
            "alleen aan iemand die al bevoegd is (art. 4 Awbi). Leg de bevoegdheid vast of kies iemand anders.",
            "aan",
        )
    rij.gever_soort, rij.gever_naam = vraag.gever_soort, vraag.gever_naam.strip()
    rij.aan_id, rij.aan_naam, rij.aan_hoedanigheid = mens.id, vraag.aan_naam.strip(), vraag.aan_hoedanigheid.strip()
    rij.woningen = [vars(w) for w in woningen]
    rij.grondslag, rij.doel = vraag.grondslag, vraag.doel.strip()
    rij.nacht, rij.afwezig, rij.dringend = vraag.nacht, vraag.afwezig, vraag.dringend.strip()
    rij.uren_van, rij.uren_tot = vraag.uren
    rij.meegaanden, rij.meegaanden_rol = vraag.meegaanden, vraag.meegaanden_rol.strip()


def _controleer(vraag: Machtigingvraag) -> None:
    if vraag.gever_soort not in GEVERS:
        raise OngeldigeInvoer(f"Kies een van: {', '.join(GEVERS.values())}.", "gever_soort")
    if vraag.grondslag not in GRONDSLAGEN:
        raise OngeldigeInvoer("Kies op grond van welke wet er wordt binnengetreden.", "grondslag")
    for veld, tekst, naam in (
        ("gever_naam", vraag.gever_naam, "Vul de naam in van wie de machtiging geeft."),
        ("aan_naam", vraag.aan_naam, "Vul de naam of het nummer in van wie de machtiging krijgt."),
        ("aan_hoedanigheid", vraag.aan_hoedanigheid, "Vul de hoedanigheid in, zoals toezichthouder."),
        ("doel", vraag.doel, "Schrijf waarvoor er wordt binnengetreden."),
    ):
        if not tekst.strip():
            raise OngeldigeInvoer(naam, veld)
    if (vraag.nacht or vraag.afwezig) and not vraag.dringend.strip():
        raise OngeldigeInvoer("Schrijf waarom dit dringend nodig is (art. 7 Awbi).", "dringend")
    van, tot = vraag.uren
    if (van is None) != (tot is None):
        raise OngeldigeInvoer("Vul beide uren in, of geen van beide.", "uren_tot")
    if van is not None and van == tot:
        raise OngeldigeInvoer("De uren eindigen op het moment dat ze beginnen. Kies een latere tijd.", "uren_tot")
    if not 0 <= vraag.meegaanden <= MEEGAANDEN_HOOGSTENS:
        raise OngeldigeInvoer(f"Vul een getal in van 0 tot {MEEGAANDEN_HOOGSTENS}.", "meegaanden")
    if vraag.meegaanden and not vraag.meegaanden_rol.strip():
        raise OngeldigeInvoer(
            "Schrijf in welke rol zij meegaan (art. 8 Awbi), zoals politie of tolk.", "meegaanden_rol"
        )


def _vergrendel(sessie: Session, actor: Actor, rij: Machtiging) -> None:
    """Lock the row and read it again: two people may act at once."""
    sessie.scalars(
        select(Machtiging)
        .where(Machtiging.id == rij.id, Machtiging.gemeente_id == actor.gemeente_id)
        .with_for_update(key_share=True, of=Machtiging)
        .execution_options(populate_existing=True)
    ).one()


def _ga(sessie: Session, actor: Actor, nu: datetime, rij: Machtiging, naar: str, reden: str = "") -> None:
    """One transition. Raises Conflict, GeenRecht, OngeldigeInvoer."""
    _vergrendel(sessie, actor, rij)
    overgang = MACHTIGING_TABEL.overgang(rij.toestand, naar)
    if not rol_mag(actor.rol, overgang.recht):
        raise GeenRecht(f"Uw rol mag een machtiging niet op '{MACHTIGING_TABEL.namen[naar].lower()}' zetten.")
    if overgang.reden_verplicht and not reden.strip():
        raise OngeldigeInvoer("Schrijf kort de reden.", "reden")
    van, rij.toestand = rij.toestand, naar
    leg_vast(sessie, actor, nu, "machtiging_gezet", "machtiging", rij.uid, AWBI, {"van": van, "naar": naar})


def bied_aan(sessie: Session, actor: Actor, nu: datetime, rij: Machtiging) -> None:
    """Send a draft to whoever signs."""
    _ga(sessie, actor, nu, rij, "ter_ondertekening")
    rij.terug_reden = ""


def geef_terug(sessie: Session, actor: Actor, nu: datetime, rij: Machtiging, reden: str) -> None:
    """Not signed like this: back to who asked, with the reason."""
    _ga(sessie, actor, nu, rij, "concept", reden)
    rij.terug_reden = reden.strip()[:2000]


def onderteken(
    sessie: Session, actor: Actor, nu: datetime, rij: Machtiging, bewaar: Callable[[Machtiging], str]
) -> None:
    """Sign: from now on nothing of it changes. ``bewaar`` makes and stores the document and gives its SHA-256.

    Raises GeenRecht for whoever asked for it, and Conflict.
    """
    if actor.gebruiker_id is None or actor.gebruiker_id == rij.aangevraagd_door_id:
        raise GeenRecht("Wie een machtiging aanvraagt, ondertekent haar niet.")
    if not rol_mag(actor.rol, "machtigingen.ondertekenen"):
        raise GeenRecht("Uw rol mag geen machtigingen ondertekenen.")
    _vergrendel(sessie, actor, rij)
    if rij.toestand != "ter_ondertekening":
        raise Conflict("Deze machtiging staat niet (meer) ter ondertekening. Open haar opnieuw.")
    with sessie.no_autoflush:
        rij.afgifte, rij.ondertekend_op = lokale_datum(nu), nu
        rij.ondertekend_door = sessie.get_one(Gebruiker, actor.gebruiker_id)
        rij.sha256, rij.mediatype = bewaar(rij), "application/pdf"
        rij.toestand = "ondertekend"
    leg_vast(
        sessie,
        actor,
        nu,
        "machtiging_gezet",
        "machtiging",
        rij.uid,
        AWBI,
        {"van": "ter_ondertekening", "naar": "ondertekend", "sha256": rij.sha256},
    )


def neem_papier_over(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    rij: Machtiging,
    afgifte: date,
    scan: IO[bytes],
    opslag: Opslag,
    gemeente_uid: UUID,
) -> None:
    """Record one that was signed on paper, with its scan. Raises OngeldigeInvoer and Conflict."""
    _vergrendel(sessie, actor, rij)
    if rij.toestand != "concept":
        raise Conflict("Alleen een concept is van papier over te nemen.")
    if afgifte > lokale_datum(nu):
        raise OngeldigeInvoer("De dag van afgifte ligt in de toekomst. Neem de datum van het papier over.", "afgifte")
    inhoud = scan.read(SCAN_MB * 1024 * 1024 + 1)
    if not inhoud:
        raise OngeldigeInvoer("Kies een scan of foto van de ondertekende machtiging.", "bestand")
    if len(inhoud) > SCAN_MB * 1024 * 1024:
        raise OngeldigeInvoer(f"De scan is te groot: {SCAN_MB} MB is het meeste.", "bestand")
    mediatype = mediatype_van(inhoud[:KOP_BYTES])
    if mediatype not in _SCANSOORTEN:
        raise OngeldigeInvoer("Dit soort bestand kan niet. Kies een PDF, een JPEG of een PNG.", "bestand")
    rij.sha256, rij.mediatype = opslag.schrijf(gemeente_uid, inhoud), mediatype
    rij.papier, rij.afgifte, rij.ondertekend_op, rij.ondertekend_door_id = True, afgifte, nu, actor.gebruiker_id
    rij.toestand = "ondertekend"
    leg_vast(
        sessie,
        actor,
        nu,
        "machtiging_gezet",
        "machtiging",
        rij.uid,
        AWBI,
        {"van": "concept", "naar": "ondertekend", "papier": True, "sha256": rij.sha256},
    )


def trek_in(sessie: Session, actor: Actor, nu: datetime, rij: Machtiging, reden: str) -> None:
    """It is not used (any more); what was signed stays readable."""
    _ga(sessie, actor, nu, rij, "ingetrokken", reden)
    rij.ingetrokken_op, rij.ingetrokken_reden = nu, reden.strip()[:2000]

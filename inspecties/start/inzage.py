"""Acts on a person's request: receive, check who asks, search, judge, have it checked, release, send."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.database import select_voor
from inspecties.start.inzage_zoeken import leesbaar, zoek, zonder_aparte
from inspecties.start.models_inzage import Inzagestap, Inzagetreffer, Inzageverzoek
from inspecties.start.rules_inzage import (
    ARTIKEL_VERLENGEN,
    IDENTITEIT,
    OORDELEN,
    SOORTEN,
    TERMIJN,
    TOESTANDEN,
    VERLENGING,
    WIJZEN,
    Zoekvraag,
    lees_zoekvraag,
)
from inspecties.termijnen.bronnen import kalender, termijntabel
from inspecties.termijnen.rules.berekenen import verdaag
from inspecties.termijnen.rules.duur import Duur
from inspecties.termijnen.rules.termijn import Termijn, Verdaging


@dataclass(frozen=True)
class Aanvrager:
    """Who asks, as they wrote it themselves."""

    naam: str
    contact: str = ""


def verzoeken(actor: Actor) -> Select[Inzageverzoek]:
    """The requests of the gemeente, what must be answered first on top."""
    klaar = Inzageverzoek.toestand.in_(sorted(TOESTANDEN.eind))
    return select_voor(actor, Inzageverzoek).order_by(klaar, Inzageverzoek.uiterlijk, Inzageverzoek.id)


def _context(verzoek: Inzageverzoek, kolom: str) -> str:
    return f"inzageverzoek:{verzoek.uid}:{kolom}"


def aanvrager_van(bos: Sleutelbos, verzoek: Inzageverzoek) -> Aanvrager:
    return Aanvrager(**json.loads(bos.ontsleutel(verzoek.aanvrager, _context(verzoek, "aanvrager"))))


def zoekvraag_van(bos: Sleutelbos, verzoek: Inzageverzoek) -> Zoekvraag:
    if not verzoek.zoeken:
        return Zoekvraag(())
    gelezen = json.loads(bos.ontsleutel(verzoek.zoeken, _context(verzoek, "zoeken")))
    return Zoekvraag(**{naam: tuple(waarden) for naam, waarden in gelezen.items()})


def inhoud_van(bos: Sleutelbos, verzoek: Inzageverzoek) -> dict[str, Any]:
    """The report as it was laid before the second person; {} before that."""
    if not verzoek.inhoud:
        return {}
    inhoud: dict[str, Any] = json.loads(bos.ontsleutel(verzoek.inhoud, _context(verzoek, "inhoud")))
    return inhoud


def termijn_van(ontvangen_op: date, verdaagd_op: date | None = None, reden: str = "") -> Termijn:
    """Until when an answer is due (art. 12(3) AVG)."""
    termijn = termijntabel().op(TERMIJN, ontvangen_op).bereken(ontvangen_op, kalender=kalender())
    if verdaagd_op is None:
        return termijn
    langer = Verdaging(Duur.lees(VERLENGING), verdaagd_op, ARTIKEL_VERLENGEN, reden)
    return verdaag(termijn, langer, kalender=kalender())


def eis(actor: Actor, recht: str) -> None:
    if not rol_mag(actor.rol, recht) or actor.gebruiker_id is None:
        raise GeenRecht("Uw rol mag dit niet bij een verzoek van een persoon.")


def neem_aan(
    sessie: Session, actor: Actor, nu: datetime, bos: Sleutelbos, soort: str, wie: Aanvrager, ontvangen_op: date
) -> Inzageverzoek:
    """Write a request down on the day it came. Raises OngeldigeInvoer naming the field."""
    eis(actor, "inzage.behandelen")
    if soort not in SOORTEN:
        raise OngeldigeInvoer("Kies waar de persoon om vraagt.", "soort")
    if len(wie.naam.split()) < 2:
        raise OngeldigeInvoer("Schrijf de voornaam of voorletters en de achternaam op.", "naam")
    if not ontvangen_op <= lokale_datum(nu):
        raise OngeldigeInvoer("De dag van ontvangst ligt in de toekomst. Kies vandaag of eerder.", "ontvangen_op")
    volgnummer = 1 + (
        sessie.scalar(select(func.count(Inzageverzoek.id)).where(Inzageverzoek.gemeente_id == actor.gemeente_id)) or 0
    )
    verzoek = Inzageverzoek(
        gemeente_id=actor.gemeente_id,
        nummer=f"AVG-{lokale_datum(nu).year}-{volgnummer:03}",
        soort=soort,
        aanvrager="",
        ontvangen_op=ontvangen_op,
        uiterlijk=termijn_van(ontvangen_op).einddag,
        gemaakt_op=nu,
    )
    sessie.add(verzoek)
    sessie.flush()
    verzoek.aanvrager = bos.versleutel(json.dumps(asdict(wie)), _context(verzoek, "aanvrager"))
    _stap(sessie, actor, nu, verzoek, "", "ontvangen", SOORTEN[soort])
    return verzoek


def _stap(
    sessie: Session, actor: Actor, nu: datetime, verzoek: Inzageverzoek, van: str, naar: str, toelichting: str = ""
) -> None:
    sessie.add(
        Inzagestap(
            gemeente_id=actor.gemeente_id,
            verzoek_id=verzoek.id,
            van=van,
            naar=naar,
            toelichting=toelichting,
            op=nu,
            door_id=actor.gebruiker_id,
        )
    )
    sessie.flush()
    leg(sessie, actor, nu, verzoek, f"verzoek_{naar}")


def leg(sessie: Session, actor: Actor, nu: datetime, verzoek: Inzageverzoek, handeling: str, **gegevens: Any) -> None:
    """The audit line of an act on a request."""
    feiten = {"nummer": verzoek.nummer} | gegevens
    leg_vast(sessie, actor, nu, handeling, "inzageverzoek", verzoek.uid, SOORTEN[verzoek.soort], feiten)


def ga_naar(
    sessie: Session, actor: Actor, nu: datetime, verzoek: Inzageverzoek, naar: str, toelichting: str = ""
) -> None:
    """Walk one edge of the table. Raises Conflict, GeenRecht, OngeldigeInvoer (field 'reden')."""
    overgang = TOESTANDEN.overgang(verzoek.toestand, naar)
    eis(actor, overgang.recht)
    tekst = " ".join(toelichting.split())
    if overgang.reden_verplicht and not 5 <= len(tekst) <= 500:
        raise OngeldigeInvoer("Schrijf in 5 tot 500 tekens waarom.", "reden")
    van, verzoek.toestand = verzoek.toestand, naar
    _stap(sessie, actor, nu, verzoek, van, naar, tekst)


def stel_identiteit_vast(
    sessie: Session, actor: Actor, nu: datetime, verzoek: Inzageverzoek, hoe: str, op: date
) -> None:
    """Who asks is who they say. Of the document itself nothing is kept (art. 12(6) AVG)."""
    if hoe not in IDENTITEIT:
        raise OngeldigeInvoer("Kies hoe u zeker weet wie dit is.", "identiteit")
    if not verzoek.ontvangen_op <= op <= lokale_datum(nu):
        raise OngeldigeInvoer("Kies een dag vanaf de ontvangst tot en met vandaag.", "identiteit_op")
    verzoek.identiteit, verzoek.identiteit_op, verzoek.identiteit_door_id = hoe, op, actor.gebruiker_id
    ga_naar(sessie, actor, nu, verzoek, "zoeken", IDENTITEIT[hoe])


def verleng(sessie: Session, actor: Actor, nu: datetime, verzoek: Inzageverzoek, reden: str) -> None:
    """Two months more, within the first month, once, with the reason. Raises Conflict, OngeldigeInvoer."""
    eis(actor, "inzage.behandelen")
    if verzoek.toestand in TOESTANDEN.eind or verzoek.verdaagd_op is not None:
        raise Conflict("Verlengen kan één keer, zolang het verzoek loopt.")
    tekst = " ".join(reden.split())
    if not 5 <= len(tekst) <= 300:
        raise OngeldigeInvoer("Schrijf in 5 tot 300 tekens waarom het langer duurt.", "reden")
    vandaag = lokale_datum(nu)
    if vandaag > verzoek.uiterlijk:
        raise Conflict("De termijn van een maand is voorbij. Verlengen kan dan niet meer.")
    verzoek.verdaagd_op, verzoek.verdaagd_reden = vandaag, tekst
    verzoek.uiterlijk = termijn_van(verzoek.ontvangen_op, vandaag, tekst).einddag
    leg(sessie, actor, nu, verzoek, "verzoek_verlengd", tot=verzoek.uiterlijk.isoformat())


def zoek_persoon(
    sessie: Session, actor: Actor, nu: datetime, bos: Sleutelbos, verzoek: Inzageverzoek, vraag: Zoekvraag
) -> int:
    """Search every place; what was judged stays judged. Gives how many are new. Logged without the text."""
    eis(actor, "inzage.behandelen")
    if verzoek.toestand != "zoeken":
        raise Conflict("Zoeken kan zodra vaststaat wie het vraagt, en tot het antwoord ter controle ligt.")
    if not vraag.soorten:
        raise OngeldigeInvoer("Typ een naam van ten minste 3 letters, een nummer of een mailadres.", "namen")
    bekend = {(t.tabel, t.rij_id, t.kolom) for t in verzoek.treffers}
    nieuw = [v for v in zoek(sessie, actor, bos, vraag) if (v.plek.tabel, v.rij_id, v.plek.kolom) not in bekend]
    for v in nieuw:
        verzoek.treffers.append(
            Inzagetreffer(
                gemeente_id=actor.gemeente_id,
                tabel=v.plek.tabel,
                rij_id=v.rij_id,
                kolom=v.plek.kolom,
                object_soort=v.object_soort,
                object_uid=v.object_uid,
            )
        )
    verzoek.zoeken = bos.versleutel(json.dumps(vraag.als_json()), _context(verzoek, "zoeken"))
    verzoek.gezocht_op = nu
    leg(sessie, actor, nu, verzoek, "persoon_gezocht", op=vraag.soorten, nieuw=len(nieuw))
    return len(nieuw)


def beoordeel(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    verzoek: Inzageverzoek,
    treffer: Inzagetreffer,
    oordeel: str,
    reden: str,
) -> None:
    """Whether a hit is this person, by somebody whose role may read it. Raises GeenRecht, Conflict, OngeldigeInvoer."""
    eis(actor, "inzage.beoordelen")
    if verzoek.toestand != "zoeken":
        raise Conflict("Beoordelen kan niet meer: het antwoord ligt al ter controle of is klaar.")
    if oordeel not in OORDELEN:
        raise OngeldigeInvoer("Kies of dit de persoon van het verzoek is.", "oordeel")
    tekst = " ".join(reden.split())[:300]
    if oordeel == "uitgezonderd" and len(tekst) < 5:
        raise OngeldigeInvoer(
            "Schrijf op waarom dit nog niet mag worden gegeven, bijvoorbeeld een lopend onderzoek.", "reden"
        )
    if not leesbaar(sessie, actor, [treffer]):
        raise GeenRecht("Deze gegevens mag uw rol niet zien. Een collega met dat recht beoordeelt ze.")
    treffer.oordeel, treffer.reden = oordeel, tekst
    treffer.beoordeeld_op, treffer.door_id = nu, actor.gebruiker_id
    sessie.flush()
    leg_vast(
        sessie, actor, nu, "treffer_beoordeeld", treffer.object_soort, treffer.object_uid, SOORTEN[verzoek.soort],
        {"verzoek": verzoek.nummer, "oordeel": oordeel},
    )  # fmt: skip


def bewaar_inhoud(bos: Sleutelbos, verzoek: Inzageverzoek, inhoud: dict[str, Any], hash_: str) -> None:
    """Freeze the report, so that what is checked is what goes out."""
    verzoek.inhoud = bos.versleutel(json.dumps(inhoud, ensure_ascii=False), _context(verzoek, "inhoud"))
    verzoek.inhoud_hash = hash_


def leg_voor(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bos: Sleutelbos,
    verzoek: Inzageverzoek,
    inhoud: dict[str, Any],
    hash_: str,
) -> None:
    """Lay the report before a second person. Raises Conflict where hits were not judged yet."""
    eis(actor, "inzage.behandelen")
    if verzoek.gezocht_op is None:
        raise Conflict("Zoek eerst naar de gegevens van de persoon.")
    open_ = [t for t in zonder_aparte(sessie, verzoek.treffers) if not t.oordeel]
    if open_:
        raise Conflict(f"Beoordeel eerst alle gevonden plekken. Er zijn er nog {len(open_)} open.")
    bewaar_inhoud(bos, verzoek, inhoud, hash_)
    verzoek.voorgelegd_door_id = actor.gebruiker_id
    verzoek.gecontroleerd_door_id = verzoek.gecontroleerd_op = None
    ga_naar(sessie, actor, nu, verzoek, "voorgelegd")


def geef_vrij(sessie: Session, actor: Actor, nu: datetime, verzoek: Inzageverzoek, *, geen_melder: bool) -> None:
    """The second person confirms that no reporter can be recognised. ``inzage_verslag`` scans before."""
    eis(actor, "inzage.controleren")
    if verzoek.voorgelegd_door_id == actor.gebruiker_id:
        raise GeenRecht("U maakte dit antwoord zelf. Een ander kijkt het na (vier ogen).")
    if not geen_melder:
        raise OngeldigeInvoer("Bevestig dat niemand te herkennen is die iets meldde.", "geen_melder")
    verzoek.gecontroleerd_door_id, verzoek.gecontroleerd_op = actor.gebruiker_id, nu
    ga_naar(sessie, actor, nu, verzoek, "vrijgegeven")


def verzend(sessie: Session, actor: Actor, nu: datetime, verzoek: Inzageverzoek, wijze: str) -> None:
    """How the answer reached the person."""
    if wijze not in WIJZEN:
        raise OngeldigeInvoer("Kies hoe het antwoord naar de persoon ging.", "wijze")
    verzoek.verzonden_op, verzoek.verzonden_wijze = nu, wijze
    ga_naar(sessie, actor, nu, verzoek, "verzonden", WIJZEN[wijze])


def maak_zoekvraag(namen: str, nummers: str, mails: str) -> Zoekvraag:
    """From the form."""
    return lees_zoekvraag(namen, nummers, mails)

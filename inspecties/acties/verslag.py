"""Acts on a verslag van binnentreden: begin, change, make final on oath, correct by a new version, hand over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.machtiging_queries import leden_van, machtigingen_van
from inspecties.acties.models import Stop
from inspecties.acties.models_verslag import Verslag, Verslagaflevering
from inspecties.acties.rules.machtiging import Breuk, Woning
from inspecties.acties.rules.verslag import AAN, EDEN, GRONDEN, VERSLAG_TABEL, WIJZEN, Verslagtekst, gebreken
from inspecties.acties.verslag_queries import breuken, hoogste_nummer, laatste_van, machtigingregel
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol, rol_mag
from inspecties.gebruikers.models import Gemeente

AWBI = "Awbi art. 10"


@dataclass(frozen=True)
class Verslagvraag:
    """What is filled in, about whom. ``correctie_reden``: why there is a next version."""

    tekst: Verslagtekst
    binnentreder_id: int
    correctie_reden: str = ""


def mag_schrijven(actor: Actor, binnentreder_id: int) -> bool:
    """The coordinator, and who entered."""
    return rol_mag(actor.rol, "verslagen.maken") and (
        actor.rol in {Rol.COORDINATOR, Rol.SYSTEEM} or actor.gebruiker_id == binnentreder_id
    )


def _eis_schrijver(actor: Actor, binnentreder_id: int) -> int:
    if actor.gebruiker_id is None or not mag_schrijven(actor, binnentreder_id):
        raise GeenRecht("Alleen wie binnentrad of de coördinator schrijft aan dit verslag.")
    return actor.gebruiker_id


def begin(sessie: Session, actor: Actor, nu: datetime, stop: Stop, vraag: Verslagvraag) -> Verslag:
    """A draft for one stop; where a verslag stands already the next version of it.

    Raises OngeldigeInvoer, GeenRecht, and Conflict where a draft is there already.
    """
    wie = _eis_schrijver(actor, vraag.binnentreder_id)
    # Two people may begin at once: the second waits here and then sees the draft of the first.
    sessie.execute(
        select(Stop.id).where(Stop.id == stop.id, Stop.gemeente_id == actor.gemeente_id).with_for_update(key_share=True)
    )
    vorige = sessie.scalars(
        select(Verslag)
        .where(Verslag.stop_id == stop.id, Verslag.gemeente_id == actor.gemeente_id)
        .order_by(Verslag.volgnummer.desc())
        .limit(1)
    ).one_or_none()
    if vorige is not None and vorige.toestand == "concept":
        raise Conflict(f"Er is al een concept: {vorige.kenmerk}. Ga daarin verder.")
    if vorige is not None and not vraag.correctie_reden.strip():
        raise OngeldigeInvoer("Schrijf wat er in het vorige verslag niet klopte.", "correctie_reden")
    machtiging = machtigingen_van(sessie, actor, [stop.id]).get(stop.id)
    rij = Verslag(
        gemeente_id=actor.gemeente_id,
        stop_id=stop.id,
        stop=stop,
        machtiging=machtiging,
        machtiging_id=machtiging.id if machtiging else None,
        nummer=vorige.nummer if vorige else _nummer(sessie, actor, nu),
        volgnummer=vorige.volgnummer + 1 if vorige else 1,
        correctie_reden=vraag.correctie_reden.strip()[:2000] if vorige else "",
        begonnen_door_id=wie,
        begonnen_op=nu,
    )
    with sessie.no_autoflush:
        _vul(rij, vraag)
    sessie.add(rij)
    sessie.flush()
    leg_vast(sessie, actor, nu, "verslag_begonnen", "verslag", rij.uid, AWBI, {"stop": str(stop.uid)})
    return rij


def wijzig(sessie: Session, actor: Actor, nu: datetime, rij: Verslag, vraag: Verslagvraag) -> None:
    """Change a draft. Raises OngeldigeInvoer, GeenRecht, and Conflict where it is final."""
    _eis_schrijver(actor, rij.binnentreder_id)
    _eis_schrijver(actor, vraag.binnentreder_id)
    _vergrendel(sessie, actor, rij)
    if rij.toestand != "concept":
        raise Conflict("Dit verslag ligt vast. Maak een nieuwe versie als er iets niet klopt.")
    _vul(rij, vraag)
    if rij.volgnummer > 1 and vraag.correctie_reden.strip():
        rij.correctie_reden = vraag.correctie_reden.strip()[:2000]
    leg_vast(sessie, actor, nu, "verslag_gewijzigd", "verslag", rij.uid, AWBI)


def _nummer(sessie: Session, actor: Actor, nu: datetime) -> str:
    sessie.execute(select(Gemeente.id).where(Gemeente.id == actor.gemeente_id).with_for_update(key_share=True))
    jaar = lokale_datum(nu).year
    laatste = hoogste_nummer(sessie, actor, jaar)
    return f"V{jaar}-{int(laatste.split('-')[1]) + 1 if laatste else 1:04d}"


def _vul(rij: Verslag, vraag: Verslagvraag) -> None:
    tekst = vraag.tekst
    if tekst.grond not in GRONDEN:
        raise OngeldigeInvoer(f"Kies een van: {'; '.join(GRONDEN.values())}.", "grond")
    if tekst.verlaten_op < tekst.binnen_op:
        raise OngeldigeInvoer("De tijd van weggaan ligt voor de tijd van binnentreden.", "verlaten")
    if str(vraag.binnentreder_id) not in leden_van(rij.stop):
        raise OngeldigeInvoer("Kies iemand uit de ploeg van deze stop.", "binnentreder")
    rij.binnentreder_id = vraag.binnentreder_id
    for naam in Verslagtekst.__dataclass_fields__:
        waarde = getattr(tekst, naam)
        setattr(rij, naam, waarde.strip() if isinstance(waarde, str) else waarde)


def _vergrendel(sessie: Session, actor: Actor, rij: Verslag) -> None:
    """Lock the row and read it again: two people may act at once."""
    sessie.scalars(
        select(Verslag)
        .where(Verslag.id == rij.id, Verslag.gemeente_id == actor.gemeente_id)
        .with_for_update(key_share=True, of=Verslag)
        .execution_options(populate_existing=True)
    ).one()


def wat_mist(rij: Verslag, nu: datetime) -> tuple[list[tuple[str, str]], list[Breuk]]:
    """What keeps a draft from being final, and in what the entry went beyond the machtiging."""
    tekst = rij.tekst
    buiten = breuken(rij.machtiging, rij.binnentreder_id, tekst)
    uit = gebreken(tekst, buiten, nu)
    if tekst.plaats.strip():
        try:
            Woning.lees(tekst.plaats, "plaats")
        except OngeldigeInvoer as fout:
            uit.append(("plaats", fout.melding))
    return uit, buiten


def stel_vast(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    rij: Verslag,
    eed: str,
    datum: Callable[[date], str],
    bewaar: Callable[[Verslag], str],
) -> None:
    """On oath: from now on nothing of it changes. ``bewaar`` makes and stores the document and gives its SHA-256.

    Raises GeenRecht for anybody but who entered, Conflict, and OngeldigeInvoer naming all that is not right yet.
    """
    if actor.gebruiker_id is None or actor.gebruiker_id != rij.binnentreder_id:
        raise GeenRecht("Alleen wie binnentrad stelt het verslag vast: dat gaat op ambtseed of ambtsbelofte.")
    _vergrendel(sessie, actor, rij)
    VERSLAG_TABEL.overgang(rij.toestand, "vast")
    if eed not in EDEN:
        raise OngeldigeInvoer("Kies ambtseed of ambtsbelofte.", "eed")
    mist, _ = wat_mist(rij, nu)
    if mist:
        raise OngeldigeInvoer(" ".join(melding for _, melding in mist), mist[0][0])
    with sessie.no_autoflush:
        m = rij.machtiging if rij.grond == "machtiging" else None
        rij.machtiging_tekst = machtigingregel(m, datum(m.afgifte) if m and m.afgifte else "")
        rij.eed, rij.vast_op = eed, nu
        rij.sha256 = bewaar(rij)
        rij.toestand = "vast"
    sessie.flush()
    gegevens = {"sha256": rij.sha256, "versie": rij.volgnummer}
    leg_vast(sessie, actor, nu, "verslag_vastgesteld", "verslag", rij.uid, AWBI, gegevens)


def maak_elders(sessie: Session, actor: Actor, nu: datetime, rij: Verslag, waar: str) -> None:
    """It was made outside this system, for instance by the police: ``waar`` says where it is."""
    _eis_schrijver(actor, rij.binnentreder_id)
    _vergrendel(sessie, actor, rij)
    VERSLAG_TABEL.overgang(rij.toestand, "elders")
    if not waar.strip():
        raise OngeldigeInvoer("Schrijf wie het verslag maakte en waar het staat, met het nummer.", "waar")
    rij.elders, rij.toestand = waar.strip()[:300], "elders"
    leg_vast(sessie, actor, nu, "verslag_elders", "verslag", rij.uid, AWBI)


def lever_af(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    rij: Verslag,
    aan: str,
    wijze: str,
    op: date,
    toelichting: str,
) -> Verslagaflevering:
    """Record that it went to somebody, or why it did not (yet). Raises OngeldigeInvoer, GeenRecht and Conflict."""
    wie = _eis_schrijver(actor, rij.binnentreder_id)
    if rij.toestand != "vast":
        raise Conflict("Stel het verslag eerst vast. Daarna gaat het naar de bewoner.")
    if laatste_van(sessie, actor, [rij.stop_id])[rij.stop_id].id != rij.id:
        raise Conflict("Er is een nieuwere versie. Verstuur die.")
    if aan not in AAN:
        raise OngeldigeInvoer(f"Kies een van: {', '.join(AAN.values())}.", "aan")
    if aan == "gever" and rij.machtiging_id is None:
        raise OngeldigeInvoer("Er was geen machtiging, dus ook niemand die haar gaf.", "aan")
    if wijze not in WIJZEN or (aan == "gever" and wijze not in {"uitgereikt", "toegestuurd"}):
        raise OngeldigeInvoer("Kies uitgereikt of toegestuurd." if aan == "gever" else "Kies hoe.", "wijze")
    if op > lokale_datum(nu):
        raise OngeldigeInvoer("Deze dag is nog niet geweest. Kies vandaag of eerder.", "op")
    if op < lokale_datum(rij.binnen_op):
        raise OngeldigeInvoer("Deze dag ligt voor het binnentreden. Kies een latere dag.", "op")
    if wijze in {"niet_mogelijk", "uitgesteld"} and not toelichting.strip():
        raise OngeldigeInvoer("Schrijf waarom (art. 11 Awbi).", "toelichting")
    rij_af = Verslagaflevering(
        gemeente_id=actor.gemeente_id,
        verslag=rij,
        aan=aan,
        wijze=wijze,
        op=op,
        toelichting=toelichting.strip()[:2000],
        door_id=wie,
        vastgelegd_op=nu,
    )
    sessie.add(rij_af)
    sessie.flush()
    gegevens = {"aan": aan, "wijze": wijze}
    leg_vast(sessie, actor, nu, "verslag_afgeleverd", "verslag", rij.uid, "Awbi art. 11", gegevens)
    return rij_af

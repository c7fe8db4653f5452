"""A few locations, actions, visits, findings and dossiers, for tests of pages that count."""

from datetime import datetime, timedelta

from inspecties.acties.models import Actie
from inspecties.controles.models import Bevinding, Bezoek
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.models import Dossier
from inspecties.locaties.models import Locatietype, Risicolocatie
from tests.wereld import Kring


def maak_locatie(kring: Kring, naam: str, nu: datetime, nummer: int = 12) -> Risicolocatie:
    """A hotel at the quay."""
    soort = db.session.query(Locatietype).filter_by(gemeente_id=kring.gemeente.id, code="hotel").one_or_none()
    if soort is None:
        soort = Locatietype(gemeente_id=kring.gemeente.id, code="hotel", naam="Hotel")
        db.session.add(soort)
        db.session.flush()
    locatie = Risicolocatie(
        gemeente_id=kring.gemeente.id,
        naam=naam,
        locatietype_id=soort.id,
        straat="Kadeweg",
        huisnummer=nummer,
        woonplaats="Markerdorp",
        x=145000.0,
        y=507000.0,
        lon=5.3,
        lat=52.5,
        geom="SRID=28992;POINT(145000 507000)",
        aangemaakt_op=nu,
        gewijzigd_op=nu,
    )
    db.session.add(locatie)
    db.session.flush()
    return locatie


def maak_actie(kring: Kring, begin: datetime, toestand: str = "afgerond", soort: str = "pandenactie") -> Actie:
    """An action of four hours."""
    actie = Actie(
        gemeente_id=kring.gemeente.id,
        naam=f"{soort} {begin:%d-%m}",
        soort=soort,
        begin_op=begin,
        eind_op=begin + timedelta(hours=4),
        toestand=toestand,
        aangemaakt_op=begin,
    )
    db.session.add(actie)
    db.session.flush()
    return actie


def maak_bezoek(kring: Kring, locatie: Risicolocatie, begin: datetime) -> Bezoek:
    """An unplanned visit."""
    bezoek = Bezoek(gemeente_id=kring.gemeente.id, locatie_id=locatie.id, begin_op=begin, aangemaakt_op=begin)
    db.session.add(bezoek)
    db.session.flush()
    return bezoek


def maak_bevinding(bezoek: Bezoek, gevolg: str, *, vervallen: bool = False) -> Bevinding:
    """A finding of a visit."""
    bevinding = Bevinding(
        gemeente_id=bezoek.gemeente_id,
        bezoek_id=bezoek.id,
        form_versie="a" * 64,
        gevolg=gevolg,
        grondslag="Bbl art. 2.1",
        dragers=[],
        rev=1,
        berekend_op=bezoek.aangemaakt_op,
        vervallen_op=bezoek.aangemaakt_op if vervallen else None,
    )
    db.session.add(bevinding)
    db.session.flush()
    return bevinding


def maak_dossier(kring: Kring, nummer: str, toestand: str, nu: datetime, soort: str = "sluiting") -> Dossier:
    """A case drafted by the jurist."""
    dossier = Dossier(
        gemeente_id=kring.gemeente.id,
        nummer=nummer,
        soort=soort,
        grondslag="Gemeentewet art. 174a",
        titel=f"Dossier {nummer}",
        toestand=toestand,
        opgesteld_door_id=kring.actoren[Rol.JURIST].gebruiker_id,
        aangemaakt_op=nu,
        voorgelegd_op=None if toestand == "opbouw" else nu,
    )
    db.session.add(dossier)
    db.session.flush()
    return dossier

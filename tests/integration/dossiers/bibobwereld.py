"""A Bibob dossier on its way: begun for an application, as far along its track as a test wants."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import bibob
from inspecties.dossiers.bibob import Aanvang
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.rules.bibob import Uitkomst
from inspecties.dossiers.trajecten import traject_van, zet_trajectstap
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap
from inspecties.locaties.models import Risicolocatie
from tests.wereld import Kring


def collega(kring: Kring, nu: datetime, rol: Rol, naam: str) -> Actor:
    """One more person of this role; committed."""
    sessie = db.session()
    gebruiker = Gebruiker(email=f"{naam.lower()}@x.example", naam=naam, wachtwoord_hash="", aangemaakt_op=nu)
    sessie.add(gebruiker)
    sessie.flush()
    sessie.add(Lidmaatschap(gemeente_id=kring.gemeente.id, gebruiker_id=gebruiker.id, rol=rol.value))
    sessie.commit()
    return Actor(
        gemeente_id=kring.gemeente.id,
        rol=rol,
        gebruiker_id=gebruiker.id,
        gebruiker_uid=str(gebruiker.uid),
        naam=naam,
        gemeente_naam=kring.gemeente.naam,
    )


def begin(
    kring: Kring, nu: datetime, locatie: Risicolocatie, woord: str = "Zaak 118", aanleiding: str = "aanvraag"
) -> Dossier:
    """Begun by the jurist of this gemeente, twenty days after the application; committed."""
    wie = kring.actoren[Rol.JURIST]
    aanvang = Aanvang(
        aanleiding, "seksinrichting", woord, lokale_datum(nu) - timedelta(days=20), waarom_toch=f"Uitleg {woord}"
    )
    dossier = bibob.begin_bibob(db.session(), wie, nu, locatie, aanvang, f"Onderzoek {woord}")
    db.session.commit()
    return dossier


def stap(wie: Actor, nu: datetime, dossier: Dossier, naar: str, **gegevens: object) -> None:
    """One step of the track, dated today; committed."""
    sessie = db.session()
    traject = traject_van(sessie, wie, dossier)
    assert traject is not None
    zet_trajectstap(sessie, wie, nu, traject, naar, lokale_datum(nu), gegevens, "", versie=traject.versie)
    sessie.commit()


def stop(wie: Actor, nu: datetime, dossier: Dossier, reden: str) -> None:
    """The track ends without a decision, with the reason; committed."""
    sessie = db.session()
    traject = traject_van(sessie, wie, dossier)
    assert traject is not None
    zet_trajectstap(sessie, wie, nu, traject, "gestopt", lokale_datum(nu), {}, reden, versie=traject.versie)
    sessie.commit()


def bron(wie: Actor, nu: datetime, dossier: Dossier, woord: str = "Twee vennootschappen.") -> None:
    """A source that was consulted today; committed."""
    bibob.leg_bron_vast(db.session(), wie, nu, dossier, "handelsregister", lokale_datum(nu), "", woord)
    db.session.commit()


def uitkomst(wie: Actor, nu: datetime, dossier: Dossier, gevaar: str, **velden: object) -> None:
    """An outcome; committed."""
    standaard: Mapping[str, object] = {"letters": ("a",) if gevaar == "ernstig" else (), "motivering": "De feiten."}
    if velden.get("evenredig"):
        velden.setdefault("is_evenredig", "wel")
    bibob.leg_uitkomst_vast(db.session(), wie, nu, dossier, Uitkomst(gevaar, **(standaard | velden)))  # type: ignore[arg-type]  # as the test names them
    db.session.commit()


def tot_formulier(wie: Actor, nu: datetime, dossier: Dossier, dag: date | None = None) -> None:
    """The form was asked and came back whole, and one source was consulted."""
    toen = dag or lokale_datum(nu)
    stap(wie, nu, dossier, "formulier_gevraagd", verstuurd_op=toen, termijn="14d")
    stap(wie, nu, dossier, "formulier_ontvangen", ontvangen_op=toen)
    bron(wie, nu, dossier)

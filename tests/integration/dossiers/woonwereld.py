"""A last and a fine on their way: drafted, heard, approved and made known, as far as a test wants."""

from dataclasses import dataclass
from datetime import date, datetime, time

from inspecties.core.klok import TIJDZONE, lokale_datum
from inspecties.database.basis import db
from inspecties.dossiers import besluiten, besluitnemers, boetes, lasten, trajecten, verbeurtes, voorleggen
from inspecties.dossiers.besluitteksten import boetetekst, lasttekst
from inspecties.dossiers.boetes import Boetegegevens
from inspecties.dossiers.lasten import Lastgegevens
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_besluitnemer import Besluitnemer
from inspecties.dossiers.models_last import Boete, Last, Verbeurte
from inspecties.dossiers.verbeurtes import Controlegevolg, Controleuitkomst
from tests.integration.dossiers.conftest import Zaak

GEGEVENS = Lastgegevens(
    "dwangsom", "Te veel bewoners.", "Breng het aantal terug naar drie.", "art. 22.16 omgevingsplan", "4w",
    eenheid="per_week", bedrag_cent=200_000, maximum_cent=500_000,
)  # fmt: skip
BEWIJS = "Aangetekend, 3SDEMO0001"


def om_twaalf(dag: date) -> datetime:
    return datetime.combine(dag, time(12), TIJDZONE)


def leg_voor_en_besluit(zaak: Zaak, dossier: Dossier, nu: datetime) -> None:
    """Submitted and approved; committed."""
    sessie = db.session()
    voorleggen.leg_voor(sessie, zaak.jurist, nu, zaak.opslag, dossier)
    besluiten.keur_goed(sessie, zaak.kabinet, nu, zaak.opslag, dossier, dossier.stukken[-1].sha256, "Akkoord.")
    sessie.commit()


def stap(zaak: Zaak, dossier: Dossier, code: str, naar: str, nu: datetime, reden: str = "", **velden: str) -> None:
    """One step of a track of this dossier, dated today; committed."""
    sessie = db.session()
    rij = next(r for r in trajecten.trajecten_van(sessie, zaak.jurist, dossier) if r.code == code)
    trajecten.zet_trajectstap(sessie, zaak.jurist, nu, rij, naar, lokale_datum(nu), velden, reden, versie=rij.versie)
    sessie.commit()


def stand(zaak: Zaak, dossier: Dossier, code: str = "last_dwangsom") -> str:
    """Where a track of this dossier is."""
    rijen = trajecten.trajecten_van(db.session(), zaak.jurist, dossier)
    return next(r.stand for r in rijen if r.code == code)


def hoor(zaak: Zaak, dossier: Dossier, code: str, nu: datetime) -> None:
    """Voornemen and a zienswijze that was given the same day; committed."""
    stap(zaak, dossier, code, "voornemen", nu, verstuurd_op=lokale_datum(nu).isoformat(), termijn="14d")
    stap(zaak, dossier, code, "zienswijze", nu, gegeven="ja", inhoud="Vraagt om uitstel; dat komt er niet.")


def neem_over(zaak: Zaak, dossier: Dossier, nu: datetime, *wat: Last | Boete) -> None:
    """Put the texts of these in the concept-besluit; committed."""
    for een in wat:
        tekst = lasttekst(een) if isinstance(een, Last) else boetetekst(een)
        lasten.neem_over(db.session(), zaak.jurist, nu, dossier, tekst)
    db.session.commit()


def gehoorde_last(zaak: Zaak, dossier: Dossier, nu: datetime, wat: Lastgegevens = GEGEVENS) -> Last:
    """Drafted, in the concept-besluit, and heard; committed."""
    last = lasten.bewaar_last(db.session(), zaak.jurist, nu, dossier, wat)
    neem_over(zaak, dossier, nu, last)
    hoor(zaak, dossier, f"last_{wat.soort}", nu)
    return last


def gehoorde_boete(zaak: Zaak, dossier: Dossier, nu: datetime) -> Boete:
    """A fine with everything that art. 5:53 asks, and heard; committed, not in the concept-besluit."""
    dag = lokale_datum(nu)
    wat = Boetegegevens(
        "omzetten_zonder_vergunning", "Acht kamers apart verhuurd.", overtreding_op=dag, rapport_op=dag,
        zienswijze_gevraagd_op=dag, strafzaak="nee",
    )  # fmt: skip
    boete = boetes.bewaar_boete(db.session(), zaak.jurist, nu, dossier, wat)
    db.session.commit()
    stap(zaak, dossier, "boete", "rapport", nu)
    hoor(zaak, dossier, "boete", nu)
    return boete


def maak_bekend(zaak: Zaak, last: Last, nu: datetime) -> None:
    """Made known today, with proof; committed."""
    wie = zaak.jurist
    lasten.maak_bekend(
        db.session(), wie, nu, last, lokale_datum(nu), wie.gebruiker_uid, BEWIJS, versie=last.versie
    )  # fmt: skip
    db.session.commit()


def besloot(zaak: Zaak, dossier: Dossier, soort: str, over: object, dag: date) -> Besluitnemer:
    """Written down that the cabinet's member decided this outside the desk on that day; committed."""
    wie = zaak.kabinet.gebruiker_uid
    wat = besluitnemers.Genomen(soort, wie, dag, f"Z-{dag.year}-17", (str(over),), "waar het over gaat")
    rij = besluitnemers.leg_besluitnemer_vast(db.session(), zaak.jurist, om_twaalf(dag), dossier, wat)
    db.session.commit()
    return rij


@dataclass
class Uitvoering:
    """A last onder dwangsom in force, and the day on which one acts."""

    zaak: Zaak
    last: Last
    tot: date

    def controleer(self, dag: date, uitkomst: str = "niet_voldaan") -> Controlegevolg:
        """What followed from a check on that day; committed."""
        gezien = Controleuitkomst(dag, uitkomst, "Om 20.00 uur acht bewoners geteld.")
        gevolg = verbeurtes.leg_controle_vast(
            db.session(), self.zaak.jurist, om_twaalf(dag), self.last, gezien, [], versie=self.last.versie
        )
        db.session.commit()
        return gevolg

    def verbeur(self, dag: date) -> Verbeurte:
        """The dwangsom that a breach on that day makes forfeited; committed."""
        rij = self.controleer(dag).verbeurte
        assert rij is not None
        return rij

    def vorder(self, rij: Verbeurte, soort: str, dag: date, cent: int = 0) -> None:
        """An act of collecting, decided the same day where it is a decision; committed."""
        if soort in {"invorderingsbeschikking", "afzien"}:
            besloot(self.zaak, self.last.dossier, soort, rij.uid, dag)
        verbeurtes.vorder_in(
            db.session(), self.zaak.jurist, om_twaalf(dag), rij, soort, dag, cent, "Zo besloten.",
            versie=self.last.versie,
        )  # fmt: skip
        db.session.commit()

    def beeindig(self, grond: str, dag: date, reden: str) -> None:
        """Lifted, by somebody who decided that the same day; the lifting itself is not committed."""
        wie, last = self.zaak.jurist, self.last
        if grond != "herroepen":
            besloot(self.zaak, last.dossier, "opheffing", last.uid, dag)
        lasten.beeindig(db.session(), wie, om_twaalf(dag), last, grond, dag, reden, versie=last.versie)

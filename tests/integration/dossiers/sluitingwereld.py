"""A closure in a dossier, at any step: the test, the approval, the sealing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import besluitnemers, operations, toetsen
from inspecties.dossiers.models import Besluit, Dossier
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.models_traject import Dossiertraject, Trajectgang
from inspecties.dossiers.rules.gevolgen import instrumenten
from inspecties.dossiers.traject_eigen import termijnen_van_traject
from inspecties.dossiers.trajecten import begin_traject, trajecten_van, zet_trajectstap
from tests.overzichtwereld import maak_locatie
from tests.wereld import Wereld

TOETS = {"grond": "a", "verstoring": "Zie de rapportage.", "woning": "nee", "spoed": "nee"}
BESLUIT = {"duur": "4w", "zelf_sluiten": "ja", "hersteltermijn": "3d", "kosten_aangezegd": "ja"}


# With which part of the legal test one begins, per instrument.
EERSTE_EIS = {"victoria": "incidenten", "apv_sluiting": "norm", "damocles": "vondst"}


@dataclass
class Sluiting:
    """A closure and the day on which we stand; ``zet`` takes a step on that day."""

    wereld: Wereld
    dossier: Dossier
    nu: datetime
    code: str = ""

    @property
    def jurist(self) -> Actor:
        return self.wereld.een.actoren[Rol.JURIST]

    @property
    def vandaag(self) -> date:
        return lokale_datum(self.nu)

    @property
    def traject(self) -> Dossiertraject:
        rijen = trajecten_van(db.session(), self.jurist, self.dossier)
        return next(rij for rij in rijen if self.code in {"", rij.code})

    def verder(self, dagen: int) -> None:
        self.nu += timedelta(days=dagen)

    def ernaast(self, code: str) -> "Sluiting":
        """Another track of the same dossier, begun today."""
        begin_traject(db.session(), self.jurist, self.nu, self.dossier, code)
        return Sluiting(self.wereld, self.dossier, self.nu, code)

    def zet(self, naar: str, toelichting: str = "", op: date | None = None, **gegevens: object) -> Trajectgang:
        rij = self.traject
        return zet_trajectstap(
            db.session(), self.jurist, self.nu, rij, naar, op or self.vandaag, gegevens, toelichting, versie=rij.versie
        )

    def spoed(self) -> None:
        """Closed at once, the decision on paper and made known the day after."""
        self.zet("toets", **TOETS | {"spoed": "ja"})
        self.zet(
            "spoedsluiting", "Er is geschoten.", gesloten_op=self.vandaag, opdracht="Burgemeester", bewoners="Niemand."
        )
        self.verder(1)
        self.akkoord()
        meteen = BESLUIT | {"zelf_sluiten": "nee", "hersteltermijn": ""}
        self.zet("besluit", ingang=self.vandaag - timedelta(days=1), **meteen)
        self.zet("bekendmaking", datum=self.vandaag, wijze="uitgereikt", bewijs="Getekend voor ontvangst")

    def akkoord(self) -> None:
        """The cabinet approves; how that goes is tested elsewhere."""
        self.dossier.toestand = "akkoord"
        self.dossier.voorgelegd_op = self.nu
        kabinet = self.wereld.een.actoren[Rol.KABINET].gebruiker_id
        db.session.add(
            Besluit(
                gemeente_id=self.dossier.gemeente_id, dossier_id=self.dossier.id, soort="akkoord",
                opgesteld_door_id=self.dossier.opgesteld_door_id, besloten_door_id=kabinet, besloten_op=self.nu,
                stuk_sha256="0" * 64,
            )
        )  # fmt: skip
        db.session.flush()
        db.session.expire(self.dossier, ["besluiten"])

    def besloot(self, soort: str) -> None:
        """Written down that the cabinet's member decided this today, outside the desk."""
        wie = self.wereld.een.actoren[Rol.KABINET].gebruiker_uid
        wat = besluitnemers.Genomen(soort, wie, self.vandaag, "Z-17", (str(self.traject.uid),), "dit traject")
        besluitnemers.leg_besluitnemer_vast(db.session(), self.jurist, self.nu, self.dossier, wat)

    def tot_besluit(self) -> None:
        self.zet("toets", **TOETS)
        self.zet("voornemen", verstuurd_op=self.vandaag, termijn="1w")
        self.zet("zienswijze", hoe="schriftelijk", ontvangen_op=self.vandaag)
        self.akkoord()

    def tot_gesloten(self) -> None:
        self.tot_besluit()
        self.zet("besluit", ingang=self.vandaag, **BESLUIT)
        self.zet("bekendmaking", datum=self.vandaag, wijze="uitgereikt", bewijs="Getekend voor ontvangst")
        self.zet("wkpb", ingeschreven_op=self.vandaag, kenmerk="W-1")
        self.verder(7)
        self.zet("uitvoering", verzegeld_op=self.vandaag, door="Slotenmaker", bewoners="Niemand woonde er.")

    def termijnen(self) -> dict[str, Looptermijn]:
        """The newest term of each kind that this track began."""
        return {t.code: t for t in termijnen_van_traject(db.session(), self.jurist, self.traject)}

    def standen(self, code: str) -> list[str]:
        """How every term of this kind stands, the first one first."""
        alle = termijnen_van_traject(db.session(), self.jurist, self.traject)
        return [t.stand for t in alle if t.code == code]


def maak_sluiting(wereld: Wereld, instrument: str = "victoria", *, getoetst: bool = True) -> Sluiting:
    sessie, jurist = db.session(), wereld.een.actoren[Rol.JURIST]
    plek = maak_locatie(wereld.een, f"Kade {instrument}", wereld.nu)
    grond = instrumenten()[instrument].grondslag
    dossier = operations.maak_dossier(sessie, jurist, wereld.nu, "sluiting", grond, "Sluiting Kade", [plek])
    if getoetst:
        deel = toetsen.Ingezonden("Vier incidenten.", "voldaan")
        toetsen.vul_in(sessie, jurist, wereld.nu, dossier, {EERSTE_EIS[instrument]: deel}, {})
    sessie.commit()
    return Sluiting(wereld, dossier, wereld.nu)

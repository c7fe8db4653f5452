"""Each kind of letter is frozen when it is sent: hash, day and proof stay, whatever changes afterwards."""

import io
from dataclasses import dataclass

import pypdf
import pytest
from docx import Document
from sqlalchemy import select

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.klok import lokale_datum
from inspecties.core.opslag import Opslag
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import brief_verzenden, brieven, operations
from inspecties.dossiers.brief_verzenden import Bewijs
from inspecties.dossiers.models import Belanghebbende, Besluit, Dossier
from inspecties.dossiers.models_brieven import Brief
from inspecties.dossiers.rules.brief import brievenboek
from inspecties.sjablonen.operations import neem_in_gebruik, standaard_docx, voeg_toe
from tests.integration.dossiers.bibobwereld import begin
from tests.integration.dossiers.sluitingwereld import maak_sluiting
from tests.locatiewereld import maak_locatie, maak_typen
from tests.pdfkeuring import keur_pdf
from tests.wereld import Wereld

BESLUIT = "De burgemeester besluit zoals hieronder staat."
# Kind of letter, its language, and the words by which a reader knows that language.
SLUITING = (
    ("besluit_verlenging", "nl", "Kenmerk"),
    ("wkpb", "nl", "Kenmerk"),
    ("bewoners_sluiting", "nl", "Aan de bewoners"),
    ("bewoners_sluiting", "en", "To the residents"),
    ("bewoners_sluiting", "pl", "Do mieszkańców"),
    ("bewoners_sluiting", "bg", "До живущите"),
    ("besluit_victor", "nl", "het college van burgemeester en wethouders"),
)
BIBOB = (("besluit_weigering", "nl", "Kenmerk"), ("besluit_intrekking", "nl", "Kenmerk"))


@dataclass
class Post:
    """A dossier with a decision of the cabinet, and the jurist who writes its letters."""

    wereld: Wereld
    dossier: Dossier

    @property
    def jurist(self) -> Actor:
        return self.wereld.een.actoren[Rol.JURIST]

    @property
    def opslag(self) -> Opslag:
        return Opslag(self.wereld.app.extensions["instellingen"].opslagmap)

    def besluit(self) -> None:
        """One more approval: each letter announces its own."""
        self.dossier.toestand, self.dossier.concept_besluit = "akkoord", BESLUIT
        rij = Besluit(
            gemeente_id=self.dossier.gemeente_id, dossier_id=self.dossier.id, soort="akkoord",
            opgesteld_door_id=self.dossier.opgesteld_door_id, besloten_op=self.wereld.nu, stuk_sha256="0" * 64,
            besloten_door_id=self.wereld.een.actoren[Rol.KABINET].gebruiker_id,
        )  # fmt: skip
        db.session.add(rij)
        db.session.flush()
        db.session.expire(self.dossier, ["besluiten"])

    def verstuur(self, soort: str, taal: str) -> Brief:
        """Made, filled in, frozen and served with proof; committed."""
        sessie, nu, wie = db.session(), self.wereld.nu, self.jurist
        self.besluit()
        kind = brievenboek().soorten[soort]
        partij = sessie.scalars(select(Belanghebbende).where(Belanghebbende.dossier_id == self.dossier.id)).one()
        aan = {"partij": {"partij": partij}, "instantie": {"aan_naam": "Kadaster"}}.get(kind.aan, {})
        brief = brieven.maak_brief(sessie, wie, nu, self.opslag, self.dossier, soort, taal=taal, **aan)  # type: ignore[arg-type]  # as the kind asks
        open_ = brieven.nog_open(brieven.laatste_versie(sessie, wie, brief))
        brieven.vul_aan(sessie, wie, nu, brief, dict.fromkeys(open_, "1 maart 2027"))
        versie = brieven.laatste_versie(sessie, wie, brief).volgnummer
        brief_verzenden.leg_vast(sessie, wie, nu, self.opslag, brief, versie)
        brief_verzenden.geef_kennis(sessie, wie, nu, self.opslag, brief, "aangetekend", lokale_datum(nu), Bewijs("3S1"))
        sessie.commit()
        return brief

    def gezien(self, brief: Brief) -> tuple[object, ...]:
        """What a judge would look at later."""
        db.session.expire_all()
        verzending, kennis = brief.verzending, brief.kennisgevingen[0]
        assert verzending is not None
        return (
            brief_verzenden.lees_brief_pdf(db.session(), self.jurist, self.opslag, brief),
            verzending.stuk.sha256, verzending.datum, kennis.datum, kennis.wijze, kennis.bewijs_tekst, brief.titel,
            brief.aan_naam, [v.blokken for v in brief.versies],
        )  # fmt: skip

    def ander_sjabloon(self, soort: str, taal: str) -> None:
        """A template with other words, in use from today; committed."""
        kind, nu = brievenboek().soorten[soort], self.wereld.nu
        word = Document(io.BytesIO(standaard_docx(kind, taal)))
        word.add_paragraph("NIEUWE TEKST VAN HET SJABLOON")
        uit = io.BytesIO()
        word.save(uit)
        args = (db.session(), self.jurist, nu)
        versie = voeg_toe(*args, self.opslag, kind, taal, uit.getvalue(), "nieuw.docx", "Andere tekst")
        neem_in_gebruik(*args, kind, taal, versie, lokale_datum(nu), "Beleid van vandaag")
        db.session.commit()


def _bevroren(post: Post, soort: str, taal: str, woord: str) -> None:
    sessie, nu, wie = db.session(), post.wereld.nu, post.jurist
    brief = post.verstuur(soort, taal)
    toen = post.gezien(brief)
    assert isinstance(toen[0], bytes)
    assert keur_pdf(toen[0], taal) == [], (soort, taal)
    pdf = pypdf.PdfReader(io.BytesIO(toen[0]))
    tekst = " ".join(" ".join(p.extract_text() for p in pdf.pages).split())
    assert woord in tekst, (soort, taal)
    assert str(pdf.trailer["/Root"]["/Lang"]).lower().startswith(taal), (soort, taal)  # type: ignore[index]  # a dictionary
    post.ander_sjabloon(soort, taal)
    partij = sessie.scalars(select(Belanghebbende).where(Belanghebbende.dossier_id == post.dossier.id)).one()
    post.dossier.toestand, oud = "opbouw", partij.naam
    operations.wijzig_tekst(sessie, wie, nu, post.dossier, "concept_besluit", "Iets heel anders.")
    operations.wijzig_tekst(sessie, wie, nu, post.dossier, "feiten", "Andere feiten.")
    partij.naam = "Heel iemand anders BV"
    sessie.commit()
    assert post.gezien(brief) == toen, (soort, taal)
    partij.naam = oud
    sessie.commit()
    for doe in (
        lambda: brieven.vul_aan(sessie, wie, nu, brief, {}),
        lambda: brieven.wijzig(sessie, wie, nu, brief, {}, "Nog een alinea"),
        lambda: brieven.laat_vervallen(sessie, wie, nu, brief, "Toch niet"),
        lambda: brief_verzenden.leg_vast(sessie, wie, nu, post.opslag, brief, 1),
    ):
        with pytest.raises(Conflict, match="is vastgelegd en verandert niet meer"):
            doe()
        sessie.rollback()
    # Only a new letter begins from the new words.
    post.besluit()
    aan = {"partij": {"partij": partij}, "instantie": {"aan_naam": "Kadaster"}}
    kind = brievenboek().soorten[soort]
    nieuw = brieven.maak_brief(sessie, wie, nu, post.opslag, post.dossier, soort, taal=taal, **aan.get(kind.aan, {}))  # type: ignore[arg-type]  # as the kind asks
    blokken = brieven.blokken_van(brieven.laatste_versie(sessie, wie, nieuw))
    assert "NIEUWE TEKST VAN HET SJABLOON" in {b.tekst for b in blokken}
    sessie.rollback()


def test_brieven_van_een_sluiting_zijn_bevroren_als_ze_weg_zijn(wereld: Wereld) -> None:
    dossier = maak_sluiting(wereld).dossier
    operations.voeg_partij_toe(db.session(), wereld.een.actoren[Rol.JURIST], wereld.nu, dossier, "Kade BV", "eigenaar")
    for soort, taal, woord in SLUITING:
        _bevroren(Post(wereld, dossier), soort, taal, woord)


def test_brieven_van_bibob_zijn_bevroren_als_ze_weg_zijn(wereld: Wereld) -> None:
    kring, nu = wereld.een, wereld.nu
    maak_typen(kring)
    dossier = begin(kring, nu, maak_locatie(kring, nu, "Salon"))
    operations.voeg_partij_toe(db.session(), kring.actoren[Rol.JURIST], nu, dossier, "Salon BV", "aanvrager")
    for soort, taal, woord in BIBOB:
        _bevroren(Post(wereld, dossier), soort, taal, woord)

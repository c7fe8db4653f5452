"""A report, a conclusion that rests on it, and something that was passed on, in a dossier that is being built."""

import tempfile
from pathlib import Path
from uuid import UUID

import typst
from sqlalchemy.orm import Session

from inspecties.controles.opslag import Opslag
from inspecties.core.actor import Actor
from inspecties.database.basis import db
from inspecties.dossiers import redactie
from inspecties.dossiers.bewijsstukken import voeg_stuk_toe
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.rules.bewijs import Stukgegevens
from inspecties.dossiers.rules.verstrekking import Keuze
from inspecties.dossiers.verstrekkingen import bereid, verstrek
from tests.wereld import Wereld


def maak_pdf(tekst: str) -> bytes:
    """A PDF of one page."""
    with tempfile.TemporaryDirectory() as naam:
        bron = Path(naam) / "bron.typ"
        bron.write_text(tekst)
        uit: bytes = typst.compile(str(bron), ignore_system_fonts=True)
    return uit


def maak_bewijs(wereld: Wereld, jurist: Actor, dossier: Dossier) -> dict[str, UUID]:
    """Public ids: ``stuk`` (a PDF, judged), ``conclusie``, ``verstrekking`` with the PDF as its file."""
    sessie: Session = db.session()
    nu, opslag = wereld.nu, Opslag(wereld.app.extensions["instellingen"].opslagmap)
    gegevens = Stukgegevens("rapportage", "Incidenten", "Politie", nu.date(), "ambtseed")
    pdf = (maak_pdf("Rapport"), "application/pdf", "rapport.pdf")
    stuk = voeg_stuk_toe(sessie, jurist, nu, opslag, dossier, gegevens, set(), pdf)
    bekend = {str(stuk.uid)}
    rust = Stukgegevens("conclusie", "Onveilig", "", None, tekst="Volgt uit het rapport.", rust_op=(str(stuk.uid),))
    conclusie = voeg_stuk_toe(sessie, jurist, nu, opslag, dossier, rust, bekend)
    redactie.oordeel(sessie, jurist, nu, dossier, redactie.bron_van(stuk), "geheel", "", gezien=0)
    feiten = (f"pand:{dossier.locaties[0].uid}", f"stuk:{stuk.uid}")
    keuze = Keuze("nla", "uitbuiting", "Arbeidsinspectie", "Desk", "portaal", "Onderzoek", feiten)
    gezien = bereid(sessie, jurist, nu, opslag, dossier, keuze).hash
    rij = verstrek(sessie, jurist, nu, opslag, dossier, Keuze(**(vars(keuze) | {"gezien": gezien})))
    return {"stuk": stuk.uid, "conclusie": conclusie.uid, "verstrekking": rij.uid}

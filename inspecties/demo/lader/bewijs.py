"""Reports, statements, a conclusion, covers for parties and disclosures in the dossiers of the demo."""

import io
from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import current_app
from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.controles.models import Bevinding
from inspecties.controles.opslag import Opslag
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.demo.lader.kring import Kring
from inspecties.demo.lader.politiegegevens import zet_iets_van_een_bezoek_apart
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.dossiers import redactie, wpg_lezers, wpg_stuk
from inspecties.dossiers.bewijsstukken import voeg_stuk_toe
from inspecties.dossiers.models import Dossier, Voorstel
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.models_verstrekking import Verstrekking
from inspecties.dossiers.rules.bewijs import Stukgegevens
from inspecties.dossiers.rules.verstrekking import Keuze
from inspecties.dossiers.verstrekkingen import Zaak, bereid, feiten_van, leg_antwoord_vast, verstrek
from inspecties.dossiers.wpg import Herkomst
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.instellingen import opslag_van

_VERKLARING = (
    "Ik woon aan de overkant. Sinds de zomer komen er elke nacht auto's. "
    "Mevrouw K. van nummer 14 heeft mij dat ook verteld. "
    "Vorige week vrijdag om half twee werd er geschreeuwd en sloeg iemand met een stok op een auto."
)
_RAPPORT = (
    "Bestuurlijke rapportage",
    "Incidenten rond het pand, periode van vier weken.",
    "1. Bedreiging voor de deur, 02:10 uur.",
    "2. Vechtpartij op straat, 01:35 uur.",
    "3. Melding van geschreeuw, 03:20 uur.",
    "Melder 3: mevrouw K., nummer 14.",
    "Opgemaakt op ambtseed door verbalisant 81234.",
)


def _blad() -> bytes:
    """The report as a scanned page; every letter invented."""
    beeld = Image.new("RGB", (900, 700), "white")
    pen = ImageDraw.Draw(beeld)
    for nr, regel in enumerate(_RAPPORT):
        pen.text((60, 60 + nr * 70), regel, fill="black", font_size=30)
    uit = io.BytesIO()
    beeld.save(uit, "PNG")
    return uit.getvalue()


def laad_bewijs(
    sessie: Session, kring: Kring, wereld: Wereldgemeente, locaties: Mapping[str, int], nu: datetime
) -> None:
    """Pieces in the first open closure; disclosures from it and from a proposal that stands in no dossier."""
    del wereld, locaties
    jurist = kring.actoren.get("jurist")
    if jurist is None:
        return
    opslag = opslag_van(current_app.extensions["instellingen"])
    dossier = sessie.scalars(
        select(Dossier)
        .where(Dossier.gemeente_id == kring.gemeente.id, Dossier.soort == "sluiting", Dossier.toestand == "opbouw")
        .order_by(Dossier.nummer)
    ).first()
    if dossier is not None:
        stukken = _stukken(sessie, jurist, nu, opslag, dossier)
        _lak(sessie, jurist, nu, opslag, dossier, stukken)
        _zet_een_apart(sessie, kring, jurist, nu, opslag, dossier)
        _zet_door(sessie, jurist, nu, opslag, dossier, "avim", "opsporing", ("pand", "bevinding"))
    voorstel = sessie.scalars(
        select(Voorstel)
        .join(Bevinding)
        .where(
            Voorstel.gemeente_id == kring.gemeente.id,
            Voorstel.status == "overgenomen",
            Voorstel.dossier_id.is_(None),
            Bevinding.gevolg == "nla",
            Bevinding.vervallen_op.is_(None),
        )
        .order_by(Voorstel.id)
    ).first()
    if voorstel is not None:
        bron = voorstel.bevinding
        rij = _zet_door(sessie, jurist, nu, opslag, bron, "nla", "arbeidswetten", ("pand", "bezoek", "bevinding"))
        antwoord = "De Arbeidsinspectie neemt het pand op in de planning van het volgende kwartaal."
        leg_antwoord_vast(sessie, jurist, nu, rij, antwoord, lokale_datum(nu), versie=rij.versie)


def _stukken(sessie: Session, jurist: Actor, nu: datetime, opslag: Opslag, dossier: Dossier) -> list[Bronstuk]:
    dag = lokale_datum(nu) - timedelta(days=9)
    rapport = voeg_stuk_toe(
        sessie, jurist, nu, opslag, dossier,
        Stukgegevens("rapportage", "Incidenten voor de deur", "Politie, verbalisant 81234", dag, "ambtseed"),
        set(), (_blad(), "image/png", "rapportage.png"),
    )  # fmt: skip
    verklaring = voeg_stuk_toe(
        sessie, jurist, nu, opslag, dossier,
        Stukgegevens("verklaring", "Wat de overbuur zag", "Bewoner", dag, "ondertekend", tekst=_VERKLARING),
        set(),
    )  # fmt: skip
    rust = (str(rapport.uid), str(verklaring.uid))
    uitleg = "Drie incidenten in vier weken, alle drie bij bezoekers van dit pand en alle drie met dreiging of geweld."
    conclusie = voeg_stuk_toe(
        sessie, jurist, nu, opslag, dossier,
        Stukgegevens("conclusie", "De straat is ernstig onveilig", "", None, tekst=uitleg, rust_op=rust),
        set(rust),
    )  # fmt: skip
    return [rapport, verklaring, conclusie]


def _zet_een_apart(
    sessie: Session, kring: Kring, jurist: Actor, nu: datetime, opslag: Opslag, dossier: Dossier
) -> None:
    """What an inspector saw as a boa: apart from supervision, for the one inspector who is named."""
    boa, beheerder = kring.actoren.get("inspecteur1"), kring.actoren.get("beheerder")
    if boa is None or beheerder is None:
        return
    lid = sessie.scalars(
        select(Lidmaatschap).where(
            Lidmaatschap.gemeente_id == kring.gemeente.id, Lidmaatschap.gebruiker_id == boa.gebruiker_id
        )
    ).one()
    wpg_lezers.wijs_aan(sessie, beheerder, nu, lid, "Is buitengewoon opsporingsambtenaar, akte tot 2029.")
    dag = lokale_datum(nu) - timedelta(days=9)
    tekst = "Na de cautie zei de man bij de deur dat hij de sleutels bewaart. Hij wilde verder niets zeggen."
    stuk = voeg_stuk_toe(
        sessie, jurist, nu, opslag, dossier,
        Stukgegevens("verklaring", "Wat de man bij de deur zei", "Boa domein I", dag, "ambtseed", tekst=tekst),
        set(),
    )  # fmt: skip
    waarom = "Gezegd na de cautie, tegen een boa die opspoorde."
    wpg_stuk.zet_apart(sessie, jurist, nu, stuk, Herkomst("Boa domein I", "art. 8 Wpg", dag, waarom))
    zet_iets_van_een_bezoek_apart(sessie, kring, jurist, nu)


def _lak(
    sessie: Session, jurist: Actor, nu: datetime, opslag: Opslag, dossier: Dossier, stukken: list[Bronstuk]
) -> None:
    rapport, verklaring, _ = stukken
    vlak = [{"x": 0.05, "y": 0.575, "b": 0.6, "h": 0.07, "vorm": "rechthoek"}]
    bron = redactie.bron_van(rapport)
    redactie.lak_blad(sessie, jurist, nu, opslag, dossier, bron, 1, "bron", vlak, gezien=0)
    redactie.lak_tekst(sessie, jurist, nu, dossier, redactie.bron_van(verklaring), {2: "bron"}, {}, gezien=0)


def _zet_door(
    sessie: Session,
    wie: Actor,
    op: datetime,
    opslag: Opslag,
    zaak: Zaak,
    ontvanger: str,
    grond: str,
    soorten: tuple[str, ...],
) -> Verstrekking:
    feiten = tuple(f.code for f in feiten_van(sessie, wie, zaak) if f.soort in soorten and not f.persoon)
    doel = "Zelf beoordelen of er reden is voor onderzoek."
    voor = lokale_datum(op) + timedelta(days=14 if ontvanger == "avim" else 42)
    naam = {"avim": "Politie, AVIM", "nla": "Nederlandse Arbeidsinspectie"}[ontvanger]
    keuze = Keuze(ontvanger, grond, naam, "Contactpunt gemeenten", "beveiligde_mail", doel, feiten, voor)
    gezien = bereid(sessie, wie, op, opslag, zaak, keuze).hash
    return verstrek(sessie, wie, op, opslag, zaak, Keuze(**(vars(keuze) | {"gezien": gezien})))

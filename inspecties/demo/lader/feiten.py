"""What the demo's locations own: parties, permits, nuisance, notes, documents, numbers and outlines."""

import io
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import current_app
from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import TIJDZONE, lokale_datum
from inspecties.demo.accounts import HOOFDGEMEENTE
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.demo.woorden import MAP
from inspecties.instellingen import opslag_van
from inspecties.locaties.aantallen import leg_aantal_vast
from inspecties.locaties.documenten import voeg_document_toe
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Partij
from inspecties.locaties.notities import haal_door, schrijf_notitie
from inspecties.locaties.overlast import leg_overlast_vast
from inspecties.locaties.partijen import geef_rol, voeg_partij_toe
from inspecties.locaties.rules.feiten import OverlastGegevens, VergunningGegevens
from inspecties.locaties.rules.partijen import PartijGegevens, RolGegevens
from inspecties.locaties.vergunningen import leg_vergunning_vast
from inspecties.locaties.vlakken import zet_vlak

FEITEN = MAP / "feiten.toml"


class _Lader:
    """Plays the facts of one gemeente. Acts happen now; the rows say when it was, as an import from files would."""

    def __init__(self, sessie: Session, wie: Actor, locaties: Mapping[str, Risicolocatie], nu: datetime) -> None:
        self.sessie, self.wie, self.locaties, self.nu = sessie, wie, locaties, nu
        self.vandaag = lokale_datum(nu)
        self.partijen: dict[str, Partij] = {}

    def dag(self, dagen: int | None) -> date | None:
        """The day so many days from today."""
        return None if dagen is None else self.vandaag + timedelta(days=dagen)

    def toen(self, dagen: int) -> datetime:
        """Ten in the morning of that day, or now where that is still to come."""
        return min(datetime.combine(self.vandaag + timedelta(days=dagen), time(10), TIJDZONE), self.nu)

    def partij(self, bron: dict[str, Any]) -> None:
        gegevens = PartijGegevens(bron["soort"], bron["naam"], bron.get("kvk", ""), bron.get("doel", ""))
        partij = voeg_partij_toe(self.sessie, self.wie, self.nu, gegevens)
        if "bewaren_dagen" in bron:
            # Also one whose day has passed: nobody may write that down, time makes it so.
            partij.bewaren_tot = self.dag(bron["bewaren_dagen"])
        self.partijen[bron["sleutel"]] = partij

    def rol(self, bron: dict[str, Any], plek: Risicolocatie) -> None:
        gegevens = RolGegevens(bron["rol"], self.dag(bron.get("van")), self.dag(bron.get("tot")), bron["bron"])
        geef_rol(self.sessie, self.wie, self.nu, plek, self.partijen[bron["partij"]], gegevens)

    def vergunning(self, bron: dict[str, Any], plek: Risicolocatie) -> None:
        gegevens = VergunningGegevens(
            soort=bron["soort"],
            nummer=bron["nummer"],
            houder=bron["houder"],
            status=bron["status"],
            geldig_vanaf=self.dag(bron.get("vanaf")),
            geldig_tot=self.dag(bron.get("tot")),
            intrekdatum=self.dag(bron.get("intrekking")),
            voorwaarden=bron.get("voorwaarden", ""),
            bron=bron["bron"],
        )
        leg_vergunning_vast(self.sessie, self.wie, self.nu, plek, gegevens)

    def overlast(self, bron: dict[str, Any], plek: Risicolocatie) -> None:
        gegevens = OverlastGegevens(
            self.vandaag + timedelta(days=bron["dagen"]), bron["soort"], bron["tekst"], bron["bron"]
        )
        leg_overlast_vast(self.sessie, self.wie, self.nu, plek, gegevens)

    def notitie(self, bron: dict[str, Any], plek: Risicolocatie) -> None:
        rij = schrijf_notitie(self.sessie, self.wie, self.nu, plek, bron["tekst"])
        rij.op = self.toen(bron["dagen"])
        if "doorgehaald" in bron:
            haal_door(self.sessie, self.wie, self.nu, rij)
            rij.ingetrokken_op = self.toen(bron["doorgehaald"])

    def aantal(self, bron: dict[str, Any], plek: Risicolocatie) -> None:
        dag = self.vandaag + timedelta(days=bron["dagen"])
        leg_aantal_vast(self.sessie, self.wie, self.nu, plek, bron["soort"], bron["waarde"], bron["bron"], dag)

    def document(self, bron: dict[str, Any], plek: Risicolocatie) -> None:
        opslag = opslag_van(current_app.extensions["instellingen"])
        naam = f"{bron['titel'].lower()}.png"
        rij = voeg_document_toe(
            self.sessie,
            self.wie,
            self.nu,
            opslag,
            plek,
            io.BytesIO(_tekening(bron["tekst"])),
            naam,
            bron["titel"],
            met_personen=bron["personen"],
        )
        rij.op = self.toen(bron["dagen"])

    def vlak(self, bron: dict[str, Any], plek: Risicolocatie) -> None:
        half, diep = bron["breedte_m"] / 2, bron["diepte_m"] / 2
        hoeken = [(-half, -diep), (half, -diep), (half, diep), (-half, diep), (-half, -diep)]
        wkt = f"POLYGON(({', '.join(f'{plek.x + dx:.2f} {plek.y + dy:.2f}' for dx, dy in hoeken)}))"
        zet_vlak(self.sessie, self.wie, self.nu, plek, bron["soort"], wkt, bron["bron"])


def _tekening(regels: Iterable[str]) -> bytes:
    """A sheet with a few words on it, as PNG."""
    blad = Image.new("RGB", (600, 420), "white")
    pen = ImageDraw.Draw(blad)
    pen.rectangle((20, 20, 580, 400), outline="black", width=3)
    for nummer, regel in enumerate(regels):
        pen.text((50, 50 + 60 * nummer), regel, fill="black", font_size=28)
    uit = io.BytesIO()
    blad.save(uit, "PNG")
    return uit.getvalue()


def laad_feiten(sessie: Session, kring: Kring, bron: Wereldgemeente, locaties: Mapping[str, int], nu: datetime) -> None:
    """Load the facts of the main gemeente's first locations; the neighbour stays a gemeente that has just begun."""
    if bron.naam != HOOFDGEMEENTE:
        return
    inhoud: dict[str, list[dict[str, Any]]] = tomllib.loads(FEITEN.read_text(encoding="utf-8"))
    genoemd = {rij["locatie"] for soort, rijen in inhoud.items() if soort != "partij" for rij in rijen}
    rijen = sessie.scalars(select(Risicolocatie).where(Risicolocatie.id.in_([locaties[s] for s in genoemd])))
    op_id = {plek.id: plek for plek in rijen}
    plekken = {sleutel: op_id[locaties[sleutel]] for sleutel in genoemd}
    lader = _Lader(sessie, kring.actoren["coordinator"], plekken, nu)
    for partij in inhoud["partij"]:
        lader.partij(partij)
    for soort in ("rol", "vergunning", "overlast", "notitie", "aantal", "document", "vlak"):
        for rij in inhoud[soort]:
            getattr(lader, soort)(rij, plekken[rij["locatie"]])

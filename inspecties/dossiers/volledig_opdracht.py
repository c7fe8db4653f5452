"""The order for the process that makes a complete file: every text, and the place of every file in the store.

What parties do not get is left out here, before the process begins. Of a piece that is drawn anew for them it reads
the original, and nothing of that but pictures comes out.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.controles.bewijs import Kopiewens, kopieen_van
from inspecties.controles.models import Afgeleide, Bewijsstuk
from inspecties.controles.opslag import Opslag
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import InspectiesFout
from inspecties.core.herkenning import EXTENSIES, TE_TEKENEN
from inspecties.core.klok import lokaal
from inspecties.database import select_voor
from inspecties.dossiers import redactie
from inspecties.dossiers.models import Dossier, Stuk
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.models_volledig import Volledigdossier
from inspecties.dossiers.rules.inventaris import (
    AFGEDEKT,
    MAG,
    PARTIJEN,
    UITVOERINGEN,
    WEGLATEN,
    Deelregel,
    Oordeel,
    Regel,
    nog_beoordelen,
    schone_bestandsnaam,
)
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.gebruikers.models import Gemeente
from inspecties.web.sjablonen import datum, moment

PDF = "application/pdf"
_GEHEIM = "Alleen voor de rechter (artikel 8:29 Awb)"
UITLEG = {
    "volledig": "Dit zijn de op de zaak betrekking hebbende stukken (artikel 8:42 Awb), op volgorde van nummer. Een "
    "nummer verandert nooit. Foto's zijn hier kopieën zonder metagegevens; wat was afgedekt, is ook hier afgedekt. "
    "De originelen zitten in het ZIP-pakket.",
    "partijen": "Dit is de versie voor partijen. De nummers zijn dezelfde als in het volledige dossier. Wat partijen "
    "niet krijgen, is afgedekt of weggelaten. Onderaan staat welke stukken hier niet in staan, en waarom.",
}
NAGAAN = (
    "Bij een stuk staat een SHA-256-waarde. Wie het bestand heeft, kan de waarde narekenen. Een ander bestand geeft "
    "een andere waarde. In dit document zit de inventaris als bijlage (inventaris.json). In het ZIP-pakket staat "
    "SHA256SUMS: daarmee rekent u alles in een keer na."
)


class NietBeoordeeld(InspectiesFout):
    """Pieces that nobody judged yet stand in the way of a version for parties."""

    status = 409

    def __init__(self, stukken: Sequence[str]) -> None:
        super().__init__(
            "De versie voor partijen kan nog niet. Beoordeel eerst: " + "; ".join(stukken) + ".", "uitvoering"
        )
        self.stukken = list(stukken)


class Opdrachtgever:
    """Builds one order within one short transaction; the caller commits (copies for parties may be made)."""

    def __init__(self, sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, dossier: Dossier) -> None:
        self.sessie, self.actor, self.nu, self.opslag, self.dossier = sessie, actor, nu, opslag, dossier
        self.lezer = systeem(actor.gemeente_id)
        self.gemeente = gemeente_uid(sessie, self.lezer)

    def stel_op(self, regels: Sequence[Regel], rij: Volledigdossier, onderweg: Path) -> dict[str, Any]:
        """The whole order. Raises NietBeoordeeld."""
        partijen = rij.uitvoering == PARTIJEN
        if partijen and (open_ := nog_beoordelen(regels)):
            raise NietBeoordeeld(open_)
        niet = [n for regel in regels for n in self._niet(regel, partijen)]
        mee = [r for r in regels if not r.weg and not (partijen and r.geheim)]
        return {
            "uitvoering": rij.uitvoering,
            "moment": self.nu.isoformat(),
            "algemeen": self._algemeen(rij, len(mee)),
            "niet": niet,
            "over": self._over(partijen),
            "stukken": [self._stuk(r, partijen) for r in mee],
            "pdf": str(onderweg / f"{rij.uid}.pdf"),
            "zip": str(onderweg / f"{rij.uid}.zip"),
            "werkmap": str(onderweg),
        }

    def _algemeen(self, rij: Volledigdossier, aantal: int) -> dict[str, Any]:
        dag, dossier = lokaal(self.nu).date(), self.dossier
        naam = UITVOERINGEN[rij.uitvoering]
        return {
            "gemeente": self.sessie.scalars(select(Gemeente.naam).where(Gemeente.id == self.actor.gemeente_id)).one(),
            "nummer": dossier.nummer,
            "titel": f"{naam} {dossier.nummer}" if rij.uitvoering != PARTIJEN else f"Dossier {dossier.nummer}",
            "onderwerp": dossier.titel,
            "uitvoering": naam,
            "grondslag": dossier.grondslag,
            "locaties": [f"{x.adresregel}, {x.postcode} {x.woonplaats}".strip() for x in dossier.locaties] or ["-"],
            "gemaakt": moment(self.nu),
            "omvang": "1 stuk" if aantal == 1 else f"{aantal} stukken",
            "uitleg": UITLEG[rij.uitvoering],
            "nagaan": NAGAAN,
            "jaar": dag.year,
            "maand": dag.month,
            "dag": dag.day,
        }

    @staticmethod
    def _over(partijen: bool) -> str:
        if partijen:
            return (
                "Dit pakket is voor partijen. Er zitten geen originelen van bewijs in: foto's en stukken van anderen "
                "zijn\nopnieuw gemaakt zonder wat is afgedekt en zonder metagegevens. Dat is niet terug te halen."
            )
        return "Dit pakket bevat de originelen. Foto's hebben hun metagegevens nog. Geef dit niet door aan partijen."

    @staticmethod
    def _niet(regel: Regel, partijen: bool) -> list[dict[str, str]]:
        """What is not in the file, with its reason; for parties also what only the judge gets."""

        def reden(oordeel: Oordeel) -> str:
            kop = _GEHEIM if oordeel.keuze != WEGLATEN else "Hoort niet bij de zaak"
            # The reason of the inventory was written to be read there; what was noted where it is covered was not.
            tekst = oordeel.reden if oordeel.gegeven or not partijen else regel.stuk.voorstel_gronden
            return f"{kop}: {tekst}" if tekst else kop

        # Who left it out, or why it exists, is told without the file's own title where that could say too much.
        if regel.weg or (partijen and regel.geheim):
            titel = regel.stuk.soort if partijen else regel.stuk.titel
            return [{"nr": str(regel.nummer), "titel": titel, "reden": reden(regel.oordeel)}]
        return [
            {
                "nr": f"{regel.nummer}.{d.onder}",
                "titel": "Foto" if partijen else d.deel.titel,
                "reden": reden(d.oordeel),
            }
            for d in regel.delen
            if d.weg or (partijen and d.geheim)
        ]

    def _pad(self, sha256: str) -> str:
        return str(self.opslag.pad(self.gemeente, sha256))

    def _stuk(self, regel: Regel, partijen: bool) -> dict[str, Any]:
        stuk, nr = regel.stuk, str(regel.nummer)
        # Of what is covered the title and who it came from can say what is under the cover; a note is for colleagues.
        titel = stuk.soort if partijen and regel.oordeel.keuze == AFGEDEKT else stuk.titel
        herkomst = stuk.herkomst_partijen if partijen else stuk.herkomst
        uit: dict[str, Any] = {
            "nr": nr,
            "soort": stuk.soort,
            "titel": titel,
            "datum": f"{lokaal(stuk.op):%d-%m-%Y}",
            "herkomst": herkomst,
            "noot": "" if partijen else stuk.noot,
            "sha256": "",
            "pad": "",
            "samenvoegen": False,
            "mediatype": "",
            "feiten": [["Soort", stuk.soort], ["Datum", datum(stuk.op)], ["Herkomst", herkomst]],
            "blokken": list(stuk.inhoud_partijen if partijen else stuk.inhoud),
            "fotos": [],
            "zip": [],
        }
        if regel.geheim:
            uit["noot"] = " ".join(x for x in (uit["noot"], f"{_GEHEIM}: {regel.oordeel.reden}") if x)
        if stuk.delen:
            delen = [d for d in regel.delen if not d.weg and not (partijen and d.geheim)]
            fotos = self._fotos([d.deel.sleutel for d in delen])
            kopieen = kopieen_van(self.sessie, self.lezer, list(fotos.values()))
            for deel in delen:
                self._deel(uit, deel, kopieen[fotos[deel.deel.sleutel].id], partijen)
        elif partijen:
            self._voor_partijen(uit, regel)
        elif stuk.bestand is not None:
            self._bestand(uit, regel)
        if not uit["zip"] and not stuk.delen:
            naam = f"stukken/{int(nr):03d}-{schone_bestandsnaam(titel)}.pdf"
            uit["zip"] = [{"nr": nr, "naam": naam, "pad": "", "sha256": ""}]
        return uit

    def _bestand(self, uit: dict[str, Any], regel: Regel) -> None:
        """The stored file itself."""
        bestand = regel.stuk.bestand
        assert bestand is not None  # the caller looked
        uit |= {
            "sha256": bestand.sha256,
            "pad": self._pad(bestand.sha256),
            "mediatype": bestand.mediatype,
            "samenvoegen": regel.stuk.samenvoegen,
        }
        if bestand.mediatype in TE_TEKENEN:
            uit["fotos"] = [self._beeld(uit, uit["pad"], bestand.sha256)]
        elif not regel.stuk.samenvoegen and bestand.mediatype != PDF:
            uit["blokken"] = [
                *uit["blokken"],
                {"soort": "alinea", "tekst": f"Het bestand ({bestand.mediatype}) zit in het ZIP-pakket."},
            ]
        self._pak_in(uit, bestand.naam, bestand.mediatype)

    @staticmethod
    def _beeld(uit: dict[str, Any], bron: str, sha256: str) -> dict[str, Any]:
        """A piece that is one picture; it is always drawn anew, without its metadata."""
        return {
            "nr": f"{uit['nr']}.1",
            "titel": uit["titel"],
            "alt": f"Beeld van stuk {uit['nr']}: {uit['titel']}",
            "regels": [uit["soort"]],
            "is_beeld": True,
            "bron": bron,
            "kopie": "",
            "lak": [],
            "sha256": sha256,
        }

    def _pak_in(self, uit: dict[str, Any], naam: str, mediatype: str) -> None:
        kaal = schone_bestandsnaam(Path(naam).stem)
        uit["zip"] = [
            {
                "nr": uit["nr"],
                "naam": f"stukken/{int(uit['nr']):03d}-{kaal}.{EXTENSIES.get(mediatype, 'bin')}",
                "pad": uit["pad"],
                "sha256": uit["sha256"],
            }
        ]

    def _voor_partijen(self, uit: dict[str, Any], regel: Regel) -> None:
        """The copy that parties get: drawn anew where parts are covered or somebody else made the file."""
        stuk, sleutel = regel.stuk, regel.stuk.sleutel
        afgedekt = regel.oordeel.keuze == AFGEDEKT
        if regel.oordeel.keuze not in {MAG, AFGEDEKT}:
            raise NietBeoordeeld([f"stuk {regel.nummer} ({stuk.titel})"])
        if stuk.bestand is not None and not stuk.upload and not afgedekt:
            self._bestand(uit, regel)
            return
        if stuk.bestand is None and not afgedekt:
            return
        if stuk.bestand is not None and not stuk.via_afdekken:
            # An upload that is judged here: its pages are drawn anew, and the package gets those.
            pad, soort = self._pad(stuk.bestand.sha256), stuk.bestand.mediatype
            if soort in TE_TEKENEN:
                uit["fotos"] = [self._beeld(uit, pad, "")]
                return
            if soort == PDF:
                uit |= {"pad": pad, "mediatype": soort}
                return
        kopie = self._kopie(sleutel) if stuk.via_afdekken else None
        if kopie is None:
            raise NietBeoordeeld([f"stuk {regel.nummer} ({stuk.titel}): er is geen kopie voor partijen van te maken"])
        uit |= {"sha256": kopie, "pad": self._pad(kopie), "mediatype": PDF, "samenvoegen": True, "blokken": []}
        self._pak_in(uit, uit["titel"], PDF)

    def teken(self, regel: Regel) -> None:
        """Draw the copy of one piece for parties where it is not there yet. The caller commits."""
        keuze, stuk = regel.oordeel.keuze, regel.stuk
        if stuk.via_afdekken and (keuze == AFGEDEKT or (keuze == MAG and stuk.upload)):
            self._kopie(stuk.sleutel)

    def _kopie(self, sleutel: str) -> str | None:
        """SHA-256 of the copy for parties of this piece, made where it is not there yet."""
        soort, _, uid = sleutel.partition(":")
        modellen: dict[str, Any] = {"stuk": Stuk, "bronstuk": Bronstuk, "bewijs": Bewijsstuk}
        model = modellen.get(soort)
        if model is None:
            return None
        stuk = self.sessie.scalars(select_voor(self.lezer, model).where(model.uid == UUID(uid))).one_or_none()
        rij = redactie.geldende(self.sessie, self.lezer, self.dossier).get(UUID(uid))
        bron = redactie.bron_van(stuk) if stuk is not None else None
        if bron is None or rij is None or not bron.te_tonen:
            return None
        inhoud = redactie.kopie_van(self.sessie, self.actor, self.nu, self.opslag, self.dossier, bron, rij)
        return self.opslag.schrijf(self.gemeente, inhoud)

    def _fotos(self, sleutels: Sequence[str]) -> dict[str, Bewijsstuk]:
        uids = [UUID(s.partition(":")[2]) for s in sleutels]
        rijen = self.sessie.scalars(select_voor(self.lezer, Bewijsstuk).where(Bewijsstuk.uid.in_(uids)))
        return {f"bewijs:{rij.uid}": rij for rij in rijen}

    def _deel(
        self, uit: dict[str, Any], regel: Deelregel, beeld: tuple[Kopiewens, Afgeleide | None], partijen: bool
    ) -> None:
        deel, nr = regel.deel, f"{uit['nr']}.{regel.onder}"
        wens, kopie = beeld
        regels = list(deel.regels)
        if not partijen:
            regels.append(f"Gemaakt door {deel.door}" if deel.door else "Maker onbekend")
        uit["fotos"].append(
            {
                "nr": nr,
                "titel": deel.titel,
                "alt": f"Foto {nr}: {deel.alt}",
                "regels": regels,
                "is_beeld": deel.is_beeld,
                "bron": self._pad(deel.bestand.sha256),
                "kopie": self._pad(kopie.sha256) if kopie is not None else "",
                "lak": [vlak.als_json() for vlak in wens.vlakken],
                # Parties get no hash of a file that they do not get.
                "sha256": "" if partijen else deel.bestand.sha256,
            }
        )
        kaal = f"stukken/{int(uit['nr']):03d}.{regel.onder:03d}-{schone_bestandsnaam(deel.titel)}"
        if partijen:
            uit["zip"].append({"nr": nr, "naam": f"{kaal}.jpg", "pad": "", "sha256": ""})
        else:
            eind = EXTENSIES.get(deel.bestand.mediatype, "bin")
            uit["zip"].append(
                {
                    "nr": nr,
                    "naam": f"{kaal}.{eind}",
                    "pad": self._pad(deel.bestand.sha256),
                    "sha256": deel.bestand.sha256,
                }
            )

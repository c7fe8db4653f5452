"""Making a complete file in a process of its own: ``python -m inspecties.dossiers.volledig_taak``.

One JSON document on standard input says what to make, with the place of every file; it never asks a database. Each line
on standard output is a message: how far it is, and last what came of it or why it failed.
"""

import contextlib
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf

from inspecties.core.beelden import OnleesbaarBeeld
from inspecties.core.opslag import sha256_van
from inspecties.dossiers.rules.inventaris import PARTIJEN
from inspecties.dossiers.volledig_drukken import BLAD_MM, FOTO_MM, Drukker, Plaat, bladen_van, maak_platen
from inspecties.dossiers.volledig_samenvoegen import Bladwijzer, GeenPdfa, Samenvoeger, keur
from inspecties.dossiers.volledig_zip import LEESMIJ, Geschonden, Pakket

# Not more than this many messages a second.
_TUSSEN_S = 0.25
_KOP_POGINGEN = 4
PDF_NAAM = "dossier.pdf"


class Mislukt(Exception):
    """Why no file was made, in Dutch."""


@dataclass
class _Gedrukt:
    """A piece as it goes into the whole."""

    stuk: dict[str, Any]
    pdf: pikepdf.Pdf
    begin: int = 0
    bladen: list[int] = field(default_factory=list)


def _meld(**bericht: Any) -> None:
    sys.stdout.write(json.dumps(bericht, ensure_ascii=False) + "\n")
    sys.stdout.flush()


class _Voortgang:
    def __init__(self) -> None:
        self._laatst = 0.0

    def __call__(self, fase: str, gedaan: int, totaal: int) -> None:
        nu = time.monotonic()
        if gedaan >= totaal or nu - self._laatst >= _TUSSEN_S:
            self._laatst = nu
            _meld(fase=fase, gedaan=gedaan, totaal=totaal)


class Taak:
    """One making; ``opdracht`` as ``volledig_opdracht`` writes it."""

    def __init__(self, opdracht: dict[str, Any], werkmap: Path) -> None:
        self.o = opdracht
        self.werkmap = werkmap
        self.meld = _Voortgang()
        self.moment = datetime.fromisoformat(opdracht["moment"])
        self.drukker = Drukker(werkmap, opdracht["algemeen"], int(self.moment.timestamp()))
        self.platen: dict[str, Plaat | None] = {}

    def maak(self) -> dict[str, Any]:
        """Everything; the facts of the files that now stand where the order says. Raises Mislukt."""
        pakket = Pakket(Path(self.o["zip"]), self.moment)
        draden = ThreadPoolExecutor(1)
        # Reading, hashing and storing the originals goes on beside the photos: it waits for the disk, they for a core.
        inpakken = draden.submit(self._pak, pakket)
        try:
            self._maak_platen()
            stukken = self._druk_stukken()
            manifest = self._voeg_samen(stukken)
            self._wacht(inpakken)
            self._sluit_af(pakket, manifest)
        except BaseException:
            self._gestopt = True
            wait([inpakken])
            pakket.breek_af()
            raise
        finally:
            draden.shutdown()
        return manifest

    _gestopt = False

    def _pak(self, pakket: Pakket) -> None:
        def tel(_aantal: int) -> None:
            if self._gestopt:
                raise InterruptedError

        for stuk in self.o["stukken"]:
            for deel in stuk["zip"]:
                if deel["pad"]:
                    pakket.voeg_toe(deel["naam"], Path(deel["pad"]), deel["sha256"], tel)

    def _wacht(self, inpakken: Future[None]) -> None:
        """Until every original is packed. Raises whatever ended that."""
        while not inpakken.done():
            self.meld("Originelen inpakken", 0, 1)
            wait([inpakken], timeout=_TUSSEN_S)
        inpakken.result()

    def _maak_platen(self) -> None:
        fotos = [f for stuk in self.o["stukken"] for f in stuk["fotos"] if f["is_beeld"]]
        for nr, (foto, plaat) in enumerate(zip(fotos, maak_platen(fotos, self.werkmap), strict=True), 1):
            self.platen[foto["nr"]] = plaat
            self.meld("Foto's klaarmaken", nr, len(fotos))

    def _druk_stukken(self) -> list[_Gedrukt]:
        uit = []
        for nr, stuk in enumerate(self.o["stukken"], 1):
            uit.append(_Gedrukt(stuk, (self._open(stuk) if stuk["samenvoegen"] else None) or self._druk(stuk)))
            self.meld("Stukken drukken", nr, len(self.o["stukken"]))
        return uit

    def _open(self, stuk: dict[str, Any]) -> pikepdf.Pdf | None:
        """A document of our own; None for a scan or another file that can not be joined as it is."""
        pad = Path(stuk["pad"])
        if not pad.is_file() or sha256_van(pad) != stuk["sha256"]:
            raise Geschonden(f"stuk {stuk['nr']}")
        try:
            pdf = pikepdf.open(pad)
            keur(pdf)
        except (pikepdf.PdfError, GeenPdfa):
            return None
        return pdf

    def _druk(self, stuk: dict[str, Any]) -> pikepdf.Pdf:
        bladen: list[dict[str, Any]] = []
        blokken = list(stuk["blokken"])
        # Parties get pictures of pages: the words in a file may say more than its pages show.
        partijen = self.o["uitvoering"] == PARTIJEN
        if stuk["mediatype"] == "application/pdf":
            try:
                for nr, (plaat, tekst) in enumerate(bladen_van(Path(stuk["pad"]), self.werkmap, stuk["nr"]), 1):
                    breed, hoog = plaat.maat(BLAD_MM)
                    alt = f"Bladzijde {nr} van stuk {stuk['nr']}"
                    if not partijen:
                        alt += f": {stuk['titel']}. {tekst or 'Zonder leesbare tekst.'}"
                    bladen.append({"bestand": self.drukker.plaats(plaat), "alt": alt, "breed": breed, "hoog": hoog})
            except (OnleesbaarBeeld, OSError):
                blokken.append(
                    {
                        "soort": "alinea",
                        "tekst": "Dit bestand is niet te tonen." + ("" if partijen else " Het zit wel in de ZIP."),
                    }
                )
        return self.drukker.druk(
            {
                "deel": "stuk",
                "kop": f"Stuk {stuk['nr']}: {stuk['titel']}",
                "feiten": stuk["feiten"],
                "sha256": stuk["sha256"],
                "blokken": blokken,
                "fotos": [self._foto(f) for f in stuk["fotos"]],
                "bladen": bladen,
            }
        )

    def _foto(self, foto: dict[str, Any]) -> dict[str, Any]:
        plaat = self.platen.get(foto["nr"])
        breed, hoog = plaat.maat(FOTO_MM) if plaat else (0.0, 0.0)
        regels = list(foto["regels"])
        if plaat is None:
            regels.append("Dit bestand is hier niet te tonen")
        return {
            "kop": f"{foto['nr']} {foto['titel']}",
            "bestand": self.drukker.plaats(plaat) if plaat else "",
            "alt": foto["alt"],
            "breed": breed,
            "hoog": hoog,
            "regels": regels,
            "sha256": foto["sha256"],
        }

    def _voeg_samen(self, stukken: list[_Gedrukt]) -> dict[str, Any]:
        """Join all pieces behind the cover, stamp every page, write the PDF; what the manifest says."""
        totaal = len(stukken)
        voor = 1
        for _ in range(_KOP_POGINGEN):
            blz = voor
            for deel in stukken:
                deel.begin = blz + 1
                blz += len(deel.pdf.pages)
            rijen = self._rijen(stukken)
            kop = self.drukker.druk(self._kop(rijen))
            if len(kop.pages) == voor:
                break
            voor = len(kop.pages)
        else:
            raise Mislukt("De inventaris past niet op een vast aantal bladzijden.")
        geheel = Samenvoeger(kop)
        geheel.bladwijzers.append(Bladwijzer("Omslag en inventaris", 0))
        for nr, deel in enumerate(stukken, 1):
            try:
                geheel.voeg_toe(deel.pdf, f"Stuk {deel.stuk['nr']}: {deel.stuk['titel']}", f"s{deel.stuk['nr']}")
            except GeenPdfa as fout:
                raise Mislukt(f"Stuk {deel.stuk['nr']} is geen geldige PDF/A ({fout}).") from fout
            self.meld("Samenvoegen", nr, totaal)
        geheel.koppel_bladzijden()
        bladen = len(geheel.pdf.pages)
        self.meld("Nummers op de bladzijden", 0, 1)
        geheel.stempel(self._stempels(stukken, voor, bladen))
        geheel.rond_af()
        geheel.bewaar(Path(self.o["pdf"]))
        return {"bladzijden": bladen, "rijen": rijen}

    def _stempels(self, stukken: list[_Gedrukt], voor: int, bladen: int) -> pikepdf.Pdf:
        merken = [""] * voor
        afgedekt = " (voor partijen)" if self.o["uitvoering"] == PARTIJEN else ""
        for deel in stukken:
            merken += [f"Stuk {deel.stuk['nr']}{afgedekt}"] * len(deel.pdf.pages)
        stempels = [{"stuk": merk, "blz": nr, "van": bladen} for nr, merk in enumerate(merken, 1)]
        return self.drukker.druk({"deel": "stempels", "stempels": stempels})

    def _rijen(self, stukken: list[_Gedrukt]) -> list[dict[str, Any]]:
        """The rows of the inventory: every piece, and under it its parts."""
        uit = []
        for deel in stukken:
            stuk = deel.stuk
            uit.append(
                {
                    "nr": stuk["nr"],
                    "onder": False,
                    "datum": stuk["datum"],
                    "titel": stuk["titel"],
                    "soort": stuk["soort"],
                    "herkomst": stuk["herkomst"],
                    "noot": stuk["noot"],
                    "sha256": stuk["sha256"],
                    "blz": deel.begin,
                }
            )
            bladen = self._fotobladen(deel)
            for nr, foto in enumerate(stuk["fotos"]):
                uit.append(
                    {
                        "nr": foto["nr"],
                        "onder": True,
                        "datum": "",
                        "titel": foto["titel"],
                        "soort": "Foto" if foto["is_beeld"] else "Bestand",
                        "herkomst": "",
                        "noot": "",
                        # In the inventory of hundreds of photos these stand with the photo, and in the manifest.
                        "sha256": "",
                        "blz": deel.begin + bladen[nr],
                    }
                )
        return uit

    @staticmethod
    def _fotobladen(deel: _Gedrukt) -> list[int]:
        """On which of its own pages (from 0) each part of a piece stands: its bookmarks are its headings."""
        if not deel.stuk["fotos"]:
            return []
        if not deel.bladen:
            plaats = {_objgen(blad): nr for nr, blad in enumerate(deel.pdf.pages)}
            with deel.pdf.open_outline() as overzicht:
                koppen = [k for top in overzicht.root for k in top.children]
                doelen = [k.destination for k in koppen[-len(deel.stuk["fotos"]) :]]
            deel.bladen = [plaats[_objgen(doel[0])] for doel in doelen if isinstance(doel, pikepdf.Array)]
            if len(deel.bladen) != len(deel.stuk["fotos"]):
                raise ValueError("not every photo has a bookmark")
        return deel.bladen

    def _kop(self, rijen: list[dict[str, Any]]) -> dict[str, Any]:
        bijlage = self.werkmap / "inventaris.json"
        bijlage.write_text(json.dumps(self._inventaris(rijen), ensure_ascii=False, indent=1) + "\n", "utf-8")
        return {
            "deel": "kop",
            "rijen": rijen,
            "niet": self.o["niet"],
            "bijlagen": [
                {
                    "bestand": bijlage.name,
                    "omschrijving": "De inventaris met de SHA-256 van elk stuk, om na te rekenen",
                    "relatie": "data",
                    "mediatype": "application/json",
                }
            ],
        }

    def _inventaris(self, rijen: list[dict[str, Any]]) -> dict[str, Any]:
        """What the attachment and the manifest both say."""
        sommen = {f["nr"]: f["sha256"] for stuk in self.o["stukken"] for f in stuk["fotos"]}
        sommen |= {stuk["nr"]: stuk["sha256"] for stuk in self.o["stukken"]}
        bestanden = {
            stuk["nr"]: [{"naam": b["naam"], "nr": b["nr"]} for b in stuk["zip"]] for stuk in self.o["stukken"]
        }
        return {
            "formaat": 1,
            "dossier": self.o["algemeen"]["nummer"],
            "gemeente": self.o["algemeen"]["gemeente"],
            "uitvoering": self.o["uitvoering"],
            "samengesteld_op": self.o["moment"],
            "stukken": [
                {
                    "nummer": r["nr"],
                    "soort": r["soort"],
                    "titel": r["titel"],
                    "datum": r["datum"],
                    "herkomst": r["herkomst"],
                    "bladzijde": r["blz"],
                    "sha256": sommen[r["nr"]],
                    "bestanden": [b["naam"] for b in bestanden.get(r["nr"].split(".")[0], []) if b["nr"] == r["nr"]],
                }
                for r in rijen
            ],
            "niet_opgenomen": self.o["niet"],
        }

    def _sluit_af(self, pakket: Pakket, manifest: dict[str, Any]) -> None:
        self.meld("ZIP afmaken", 0, 1)
        fotos = {f["nr"]: f for stuk in self.o["stukken"] for f in stuk["fotos"]}
        # A photo that no copy could be made of has none to give; its page in the PDF says so.
        zonder = set()
        for stuk in self.o["stukken"]:
            for deel in stuk["zip"]:
                if deel["pad"]:
                    continue
                # What is made here: the copy of a photo, or the piece as it was printed.
                plaat = self.platen.get(deel["nr"]) if deel["nr"] in fotos else None
                if plaat is not None:
                    pakket.voeg_toe(deel["naam"], plaat.pad)
                elif deel["nr"] not in fotos:
                    los = self.werkmap / "los.pdf"
                    self._druk(stuk).save(los, deterministic_id=True)
                    pakket.voeg_toe(deel["naam"], los)
                else:
                    zonder.add(deel["naam"])
        beloofd = {deel["naam"] for stuk in self.o["stukken"] for deel in stuk["zip"]} - zonder
        if mist := sorted(beloofd - set(pakket.sommen)):
            raise Geschonden(", ".join(mist))
        pakket.voeg_toe(PDF_NAAM, Path(self.o["pdf"]))
        inventaris = self._inventaris(manifest["rijen"])
        for stuk in inventaris["stukken"]:
            stuk["bestanden"] = [
                {"naam": naam, "sha256": pakket.sommen[naam]} for naam in stuk["bestanden"] if naam not in zonder
            ]
        inventaris["pdf"] = {"naam": PDF_NAAM, "sha256": pakket.sommen[PDF_NAAM]}
        algemeen = self.o["algemeen"]
        leesmij = LEESMIJ.format(
            titel=algemeen["titel"],
            streep="=" * len(algemeen["titel"]),
            gemeente=algemeen["gemeente"],
            nummer=algemeen["nummer"],
            gemaakt=algemeen["gemaakt"],
            over=self.o["over"],
        )
        pakket.sluit(leesmij, inventaris)


def _objgen(blad: Any) -> tuple[int, int]:
    nummer, generatie = blad.objgen
    return int(nummer), int(generatie)


def _geheugen_mb() -> int:
    """The most memory that this process ever used, in MB (Linux counts in kB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@contextlib.contextmanager
def _werkmap(ouder: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="volledig-", dir=ouder) as naam:
        yield Path(naam)


def main() -> int:
    """Exit code 0 when the files are there, 1 when not; the last line says which."""
    opdracht = json.load(sys.stdin)
    try:
        with _werkmap(opdracht["werkmap"]) as werkmap:
            manifest = Taak(opdracht, werkmap).maak()
    except Geschonden as fout:
        _meld(fout=f"Een bestand staat niet meer ongeschonden in de opslag ({fout}). Waarschuw de beheerder.")
        return 1
    except (Mislukt, OSError) as fout:
        schijf = "De schijf is vol of niet te lezen. Er is niets gemaakt."
        _meld(fout=str(fout) if isinstance(fout, Mislukt) else schijf)
        return 1
    pdf, pakket = Path(opdracht["pdf"]), Path(opdracht["zip"])
    klaar = {
        "pdf_sha256": sha256_van(pdf),
        "pdf_grootte": pdf.stat().st_size,
        "zip_sha256": sha256_van(pakket),
        "zip_grootte": pakket.stat().st_size,
        "bladzijden": manifest["bladzijden"],
        "rijen": manifest["rijen"],
        "geheugen_mb": _geheugen_mb(),
    }
    _meld(klaar=klaar)
    return 0


if __name__ == "__main__":
    sys.exit(main())

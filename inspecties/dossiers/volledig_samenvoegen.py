"""Putting tagged PDF/A pieces into one, with their tags, links, bookmarks and marks; pure PDF, no database.

Every piece was made by typst as PDF/A-2a or -3a and PDF/UA-1. A plain copy of pages would lose the structure tree, and
with it the accessibility and the "a" of PDF/A. So the trees are joined: pages and annotations get new keys into one
parent tree, ids of notes and table headers get the number of their piece, and named destinations become places.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream, String

# A tree deeper than this is no document that typst made.
_DIEPSTE = 200
# What the inventory writes to name a page; no such host exists (RFC 2606).
BLADZIJDE = "https://bladzijde.invalid/"


class GeenPdfa(ValueError):
    """The file is no tagged PDF/A, so it can not be joined."""


@dataclass
class Bladwijzer:
    """An entry of the outline: ``blad`` counts from 0 in the joined file."""

    titel: str
    blad: int
    onder: list["Bladwijzer"] = field(default_factory=list)
    # How far up the page, in points; A4 from its top.
    hoogte: float = 842.0


def keur(pdf: Pdf) -> None:
    """Raises GeenPdfa unless the file says that it is PDF/A level A, is tagged and asks for no password."""
    wortel = pdf.Root
    if pdf.is_encrypted or "/StructTreeRoot" not in wortel or "/Metadata" not in wortel:
        raise GeenPdfa("no tags or no metadata")
    xmp = bytes(wortel.Metadata.read_bytes())
    if not any(b"<pdfaid:part>%d</pdfaid:part>" % deel in xmp for deel in (2, 3)):
        raise GeenPdfa("not PDF/A-2 or -3")
    if b"<pdfaid:conformance>A<" not in xmp or b"<pdfuaid:part>1<" not in xmp:
        raise GeenPdfa("not level A, or not PDF/UA")


def _getallenboom(boom: Any, diepte: int = 0) -> Iterator[tuple[int, Any]]:
    """The pairs of a number tree."""
    if diepte > _DIEPSTE:
        raise GeenPdfa("number tree too deep")
    for kind in boom.get("/Kids", []):
        yield from _getallenboom(kind, diepte + 1)
    nums = boom.get("/Nums", [])
    for i in range(0, len(nums), 2):
        yield int(nums[i]), nums[i + 1]


def _namenboom(boom: Any, diepte: int = 0) -> Iterator[tuple[str, Any]]:
    """The pairs of a name tree."""
    if diepte > _DIEPSTE:
        raise GeenPdfa("name tree too deep")
    for kind in boom.get("/Kids", []):
        yield from _namenboom(kind, diepte + 1)
    namen = boom.get("/Names", [])
    for i in range(0, len(namen), 2):
        yield str(namen[i]), namen[i + 1]


def _doel(dest: Any, namen: dict[str, Any]) -> Any:
    """A destination as a place: [page, ...]; None where it points nowhere."""
    if isinstance(dest, String | Name):
        dest = namen.get(str(dest).lstrip("/") if isinstance(dest, Name) else str(dest))
    if isinstance(dest, Dictionary):
        dest = dest.get("/D")
    return dest if isinstance(dest, Array) and len(dest) else None


class Samenvoeger:
    """Joins pieces behind a first one, which gives the language, the title, the colour profile and the metadata."""

    def __init__(self, kop: Pdf) -> None:
        keur(kop)
        self.pdf = kop
        self._bronnen: list[Pdf] = []
        wortel = kop.Root.StructTreeRoot
        # One document over all pieces; each piece is a part of it.
        document = kop.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=wortel, K=Array()))
        self._document = document
        self._paren: list[tuple[int, Any]] = list(_getallenboom(wortel.ParentTree))
        self._volgende = max((sleutel for sleutel, _ in self._paren), default=-1) + 1
        self._ids: list[tuple[str, Any]] = []
        self._rollen = dict(wortel.get("/RoleMap", Dictionary()).items())
        self._neem_elementen(wortel, "k")
        self.bladwijzers: list[Bladwijzer] = []

    def _neem_elementen(self, boom: Any, voorvoegsel: str) -> None:
        """Put the top elements of a (copied) tree into our document."""
        kinderen = boom.K if isinstance(boom.K, Array) else Array([boom.K])
        for kind in list(kinderen):
            if Name.Document == kind.S:
                kind.S = Name.Part
            kind.P = self._document
            self._document.K.append(kind)
            self._hernoem(kind, voorvoegsel)
        if "/IDTree" in boom:
            self._ids += [(f"{voorvoegsel}-{naam}", elem) for naam, elem in _namenboom(boom.IDTree)]

    def _hernoem(self, top: Any, voorvoegsel: str) -> None:
        stapel = [top]
        while stapel:
            elem = stapel.pop()
            if "/ID" in elem:
                elem.ID = String(f"{voorvoegsel}-{elem.ID}")
            kenmerken = elem.get("/A")
            for kenmerk in kenmerken if isinstance(kenmerken, Array) else [kenmerken]:
                if isinstance(kenmerk, Dictionary) and "/Headers" in kenmerk:
                    kenmerk.Headers = Array([String(f"{voorvoegsel}-{h}") for h in kenmerk.Headers])
            kinderen = elem.get("/K")
            for kind in kinderen if isinstance(kinderen, Array) else [kinderen]:
                if isinstance(kind, Dictionary) and "/S" in kind:
                    stapel.append(kind)

    def voeg_toe(self, bron: Pdf, titel: str, voorvoegsel: str) -> int:
        """Put a piece behind what there is; the number of its first page, from 0. Raises GeenPdfa."""
        keur(bron)
        begin = len(self.pdf.pages)
        plaats = {blad.objgen: nr for nr, blad in enumerate(bron.pages)}
        namen = dict(_namenboom(bron.Root.Names.Dests)) if "/Dests" in bron.Root.get("/Names", Dictionary()) else {}
        self._bronnen.append(bron)
        # One by one: its links are mended below, which ``extend`` warns about.
        for blad in bron.pages:
            self.pdf.pages.append(blad)
        for nr, blad in enumerate(bron.pages):
            self._volg(bron, blad, self.pdf.pages[begin + nr], plaats, namen, begin)
        boom = self.pdf.copy_foreign(bron.Root.StructTreeRoot)
        basis = self._volgende
        for sleutel, waarde in _getallenboom(boom.ParentTree):
            self._paren.append((basis + sleutel, waarde))
            self._volgende = max(self._volgende, basis + sleutel + 1)
        self._schuif(begin, basis)
        self._neem_elementen(boom, voorvoegsel)
        for rol, waarde in boom.get("/RoleMap", Dictionary()).items():
            if self._rollen.setdefault(rol, waarde) != waarde:
                raise GeenPdfa(f"role {rol} means two things")
        self.bladwijzers.append(Bladwijzer(titel, begin, self._bladwijzers(bron, plaats, namen, begin)))
        return begin

    def _volg(self, bron: Pdf, oud: Any, nieuw: Any, plaats: dict[Any, int], namen: dict[str, Any], begin: int) -> None:
        """Let the links of a copied page point to the copied pages."""
        for was, wordt in zip(oud.get("/Annots", []), nieuw.get("/Annots", []), strict=True):
            actie = was.get("/A")
            naar = was.get("/Dest")
            if naar is None and isinstance(actie, Dictionary) and actie.get("/S") == Name.GoTo:
                naar = actie.get("/D")
            if naar is None:
                continue
            doel = _doel(naar, namen)
            if doel is None or doel[0].objgen not in plaats:
                raise GeenPdfa("a link points to nothing")
            if "/A" in wordt:
                del wordt["/A"]
            blad = self.pdf.pages[begin + plaats[doel[0].objgen]].obj
            wordt.Dest = Array([blad, *[self._kaal(x) for x in list(doel)[1:]]])

    @staticmethod
    def _kaal(waarde: Any) -> Any:
        """A number, name or null of a destination; nothing that belongs to the other file."""
        return waarde if waarde is None or isinstance(waarde, Name) else float(waarde)

    def _schuif(self, begin: int, basis: int) -> None:
        """Give the pages, annotations and forms of a piece their keys in the joined parent tree."""
        gezien: set[tuple[int, int]] = set()
        for nr in range(begin, len(self.pdf.pages)):
            blad = self.pdf.pages[nr].obj
            if "/StructParents" in blad:
                blad.StructParents = int(blad.StructParents) + basis
            for annotatie in blad.get("/Annots", []):
                if "/StructParent" in annotatie:
                    annotatie.StructParent = int(annotatie.StructParent) + basis
            self._schuif_vormen(blad.get("/Resources"), basis, gezien, 0)

    def _schuif_vormen(self, middelen: Any, basis: int, gezien: set[tuple[int, int]], diepte: int) -> None:
        if middelen is None or diepte > _DIEPSTE:
            return
        for vorm in middelen.get("/XObject", Dictionary()).values():
            if not isinstance(vorm, Stream) or vorm.objgen in gezien:
                continue
            gezien.add(vorm.objgen)
            for sleutel in ("/StructParents", "/StructParent"):
                if sleutel in vorm:
                    vorm[sleutel] = int(vorm[sleutel]) + basis
            self._schuif_vormen(vorm.get("/Resources"), basis, gezien, diepte + 1)

    def _bladwijzers(self, bron: Pdf, plaats: dict[Any, int], namen: dict[str, Any], begin: int) -> list[Bladwijzer]:
        def lees(item: OutlineItem) -> Bladwijzer | None:
            doel = _doel(item.destination, namen)
            if doel is None or doel[0].objgen not in plaats:
                return None
            onder = [b for kind in item.children if (b := lees(kind)) is not None]
            hoogte = float(doel[3]) if len(doel) > 3 and doel[1] == Name.XYZ and doel[3] is not None else 842.0
            return Bladwijzer(str(item.title), begin + plaats[doel[0].objgen], onder, hoogte)

        with bron.open_outline() as overzicht:
            return [b for item in overzicht.root if (b := lees(item)) is not None]

    def rond_af(self) -> None:
        """Write the joined trees, the outline and the page labels."""
        wortel = self.pdf.Root.StructTreeRoot
        wortel.K = Array([self._document])
        nums = Array()
        for sleutel, waarde in sorted(self._paren, key=lambda paar: paar[0]):
            nums.append(sleutel)
            nums.append(waarde)
        wortel.ParentTree = self.pdf.make_indirect(Dictionary(Nums=nums))
        wortel.ParentTreeNextKey = self._volgende
        if self._rollen:
            wortel.RoleMap = Dictionary(self._rollen)
        if "/IDTree" in wortel:
            del wortel["/IDTree"]
        if self._ids:
            namen = Array()
            for naam, elem in sorted(self._ids, key=lambda paar: paar[0].encode()):
                namen.append(String(naam))
                namen.append(elem)
            grenzen = Array([String(min(n for n, _ in self._ids)), String(max(n for n, _ in self._ids))])
            blad = self.pdf.make_indirect(Dictionary(Names=namen, Limits=grenzen))
            wortel.IDTree = Dictionary(Kids=Array([blad]))
        self.pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        xmp = self.pdf.Root.Metadata
        tekst = re.sub(rb"(<xmpTPg:NPages>)\d+(<)", rb"\g<1>%d\g<2>" % len(self.pdf.pages), bytes(xmp.read_bytes()))
        xmp.write(tekst)
        self._schrijf_overzicht()

    def _schrijf_overzicht(self) -> None:
        def maak(wijzer: Bladwijzer) -> OutlineItem:
            item = OutlineItem(wijzer.titel, wijzer.blad, "XYZ", left=0, top=wijzer.hoogte, zoom=0)
            item.children.extend(maak(onder) for onder in wijzer.onder)
            item.is_closed = True
            return item

        with self.pdf.open_outline() as overzicht:
            overzicht.root.clear()
            overzicht.root.extend(maak(wijzer) for wijzer in self.bladwijzers)

    def koppel_bladzijden(self) -> None:
        """Make what the inventory wrote as a link to ``BLADZIJDE`` into links to those pages."""
        for blad in self.pdf.pages:
            for annotatie in blad.get("/Annots", []):
                actie = annotatie.get("/A")
                adres = str(actie.get("/URI", "")) if isinstance(actie, Dictionary) else ""
                if not adres.startswith(BLADZIJDE):
                    continue
                nr = int(adres.removeprefix(BLADZIJDE))
                del annotatie["/A"]
                annotatie.Dest = Array([self.pdf.pages[nr - 1].obj, Name.XYZ, 0, 842, 0])
                annotatie.Contents = String(f"Naar bladzijde {nr}")

    def stempel(self, stempels: Pdf) -> None:
        """Lay page n of ``stempels`` over page n, marked as no part of the text (an artifact)."""
        self._bronnen.append(stempels)
        for nr, (blad, merk) in enumerate(zip(self.pdf.pages, stempels.pages, strict=True), 1):
            # What stands in an artifact needs no marks of its own.
            kaal = [
                instructie
                for instructie in pikepdf.parse_content_stream(merk)
                if str(instructie.operator) not in {"BMC", "BDC", "EMC", "DP", "MP"}
            ]
            merk.Contents = stempels.make_stream(pikepdf.unparse_content_stream(kaal))
            vorm = self.pdf.copy_foreign(merk.as_form_xobject())
            naam = blad.add_resource(vorm, Name.XObject, Name(f"/Stempel{nr}"))
            rechts, boven = (float(x) for x in list(blad.mediabox)[2:])
            # The mark was set on A4; another size of page gets it in the same corner.
            dx, dy = rechts - 595.276, boven - 841.89
            blad.contents_add(b"q\n", prepend=True)
            blad.contents_add(
                f"\nQ\n/Artifact <</Type /Pagination /Subtype /Header>> BDC\nq 1 0 0 1 {dx:.3f} {dy:.3f} cm "
                f"{naam} Do Q\nEMC\n".encode()
            )

    def bewaar(self, pad: Path) -> None:
        """Write the whole; the same pieces give the same bytes."""
        self.pdf.save(
            pad,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.preserve,
            compress_streams=True,
            linearize=False,
        )

"""From file to source: .xlsx, .csv (sheet name in the first column) and .md (tables), as pyxform reads them."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from inspecties.checklists.rules.bron import FORMULIERBLADEN, Blad, Bron, maak_blad, maak_vrij_blad
from inspecties.checklists.rules.fouten import Formulierfout, Melding
from inspecties.checklists.rules.werkmap import controleer_werkmap
from inspecties.core.formuletekens import ontdoe

MAX_OMVANG = 10 * 1024 * 1024
MAX_RIJEN = 20_000
MAX_KOLOMMEN = 300
MAX_BLADEN = 200
MAX_CEL = 32_767  # what a cell in Excel can hold
_VASTE_FORMULES = {"=TRUE()": "TRUE", "=FALSE()": "FALSE", "=TRUE": "TRUE", "=FALSE": "FALSE"}
_Rooster = tuple[str, int, list[str], list[tuple[int, list[str]]]]  # sheet, row of the header, header, rows
_STUUR = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def lees_bron(naam: str, inhoud: bytes) -> Bron:
    """The sheets of a form file; ``naam`` tells the kind by its extension. Raises Formulierfout."""
    if len(inhoud) > MAX_OMVANG:
        raise _fout(f"Het bestand is groter dan {MAX_OMVANG // 1024 // 1024} MB.")
    soort = PurePath(naam).suffix.lower()
    if soort == ".xlsx":
        bron = _lees_xlsx(inhoud)
    elif soort in {".csv", ".md"}:
        try:
            tekst = inhoud.decode("utf-8-sig")
        except UnicodeDecodeError as fout:
            raise _fout(f"Het bestand is geen UTF-8-tekst (byte {fout.start + 1}). Bewaar het als CSV UTF-8.") from fout
        bron = _lees_csv(tekst) if soort == ".csv" else _lees_md(tekst)
    elif soort in {".xlsm", ".xls", ".xlsb"}:
        raise _fout(f"Een {soort}-bestand kan niet: het kan macro's bevatten. Bewaar het in Excel als .xlsx.")
    else:
        raise _fout(f"Een formulier is een bestand .xlsx, .csv of .md, niet '{soort or naam}'.")
    return bron


def _fout(tekst: str, blad: str = "", rij: int | None = None, kolom: str = "") -> Formulierfout:
    return Formulierfout([Melding(tekst, blad, rij, kolom)])


def schoon(tekst: str) -> str:
    """A cell's text: ends trimmed, hard spaces plain, one kind of line end."""
    return tekst.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").strip()


def _maak(grids: list[_Rooster]) -> Bron:
    meldingen: list[Melding] = []
    bladen: list[Blad] = []
    if len(grids) > MAX_BLADEN:
        raise _fout(f"Een formulier heeft hoogstens {MAX_BLADEN} bladen.")
    for naam, koprij, kop, rijen in grids:
        if len(rijen) > MAX_RIJEN or len(kop) > MAX_KOLOMMEN:
            raise _fout(f"Een blad heeft hoogstens {MAX_RIJEN} rijen en {MAX_KOLOMMEN} kolommen.", naam)
        if naam.lower() in FORMULIERBLADEN:
            blad, te_breed = maak_blad(naam, koprij, kop, rijen)
            meldingen += [Melding("Er staat tekst in een kolom zonder kop.", naam, nummer) for nummer in te_breed]
            meldingen += _koppen(blad)
        else:
            blad = maak_vrij_blad(naam, koprij, kop, rijen)
        meldingen += _cellen(blad)
        if any(b.naam.lower() == naam.lower() for b in bladen):
            meldingen.append(Melding("Dit blad komt twee keer voor.", naam, koprij))
        if blad.kolommen:
            bladen.append(blad)
    if meldingen:
        raise Formulierfout(meldingen)
    return Bron(tuple(bladen))


def _koppen(blad: Blad) -> list[Melding]:
    uit: list[Melding] = []
    gezien: set[str] = set()
    for i, kolom in enumerate(blad.kolommen):
        if kolom and kolom in gezien:
            uit.append(Melding("Deze kolom komt twee keer voor.", blad.naam, blad.koprij, kolom))
        if not kolom and any(rij.cellen[i] for rij in blad.rijen):
            eerste = next(rij.nummer for rij in blad.rijen if rij.cellen[i])
            uit.append(Melding(f"Kolom {i + 1} heeft geen kop maar wel tekst.", blad.naam, eerste))
        gezien.add(kolom)
    return uit


def _cellen(blad: Blad) -> list[Melding]:
    uit: list[Melding] = []
    for rij in blad.rijen:
        for kolom, cel in zip(blad.kolommen, rij.cellen, strict=True):
            if len(cel) > MAX_CEL:
                uit.append(Melding(f"Deze cel is langer dan {MAX_CEL} tekens.", blad.naam, rij.nummer, kolom))
            elif _STUUR.search(cel):
                uit.append(Melding("Deze cel bevat een teken dat niet kan.", blad.naam, rij.nummer, kolom))
    return uit


def _lees_csv(tekst: str) -> Bron:
    grids: list[_Rooster] = []
    lezer = csv.reader(io.StringIO(tekst, newline=""))
    wacht_op_kop = False
    try:
        for cellen in lezer:
            nummer = lezer.line_num
            eerste = schoon(cellen[0]) if cellen else ""
            rest = [ontdoe(schoon(cel)) for cel in cellen[1:]]
            if eerste:
                grids.append((eerste, nummer, [], []))
                wacht_op_kop = True
            if not any(rest):
                continue
            if not grids:
                raise _fout("De eerste kolom noemt het blad: begin met survey.", rij=nummer)
            naam, _, _, rijen = grids[-1]
            if wacht_op_kop:
                grids[-1] = (naam, nummer, rest, rijen)
                wacht_op_kop = False
            else:
                rijen.append((nummer, rest))
    except csv.Error as fout:
        raise _fout(f"De CSV is niet te lezen bij regel {lezer.line_num}.") from fout
    return _maak(grids)


_MD_RIJ = re.compile(r"\s*\|(.*)\|\s*(?:#[^|]*)?")


def _lees_md(tekst: str) -> Bron:
    grids: list[_Rooster] = []
    wacht_op_kop = False
    for nummer, regel in enumerate(tekst.split("\n"), start=1):
        treffer = _MD_RIJ.fullmatch(regel.rstrip("\r"))
        if treffer is None or re.fullmatch(r"[|\s:-]+", treffer.group(1)):
            continue
        cellen = [schoon(cel).replace("\\|", "|") for cel in re.split(r"(?<!\\)\|", treffer.group(1))]
        if cellen[0]:
            grids.append((cellen[0], nummer, [], []))
            wacht_op_kop = True
        rest = cellen[1:]
        if not any(rest):
            continue
        if not grids:
            raise _fout("De eerste kolom noemt het blad: begin met survey.", rij=nummer)
        if wacht_op_kop:
            grids[-1] = (grids[-1][0], nummer, rest, [])
            wacht_op_kop = False
        else:
            grids[-1][3].append((nummer, rest))
    return _maak(grids)


def _lees_xlsx(inhoud: bytes) -> Bron:
    controleer_werkmap(inhoud)
    from openpyxl import load_workbook  # noqa: PLC0415 -- takes a sixth of a second, and most forms are CSV
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 -- as above

    grids: list[_Rooster] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles and validations, which a form does not use
            werkmap = load_workbook(io.BytesIO(inhoud), read_only=True, data_only=False, keep_links=False)
            try:
                for blad in werkmap.worksheets:
                    grids += _lees_vel(blad.title, blad.iter_rows(max_row=MAX_RIJEN + 2, max_col=MAX_KOLOMMEN + 1))
            finally:
                werkmap.close()
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        SyntaxError,
        OSError,
        AttributeError,
    ) as fout:
        raise _fout(
            "Deze werkmap is beschadigd en kan niet worden gelezen. Bewaar haar in Excel opnieuw als .xlsx."
        ) from fout
    return _maak(grids)


def _lees_vel(naam: str, rijen: Iterable[tuple[Any, ...]]) -> list[_Rooster]:
    """One worksheet, its first row that is not empty as header; nothing when all is empty."""
    uit: list[tuple[int, list[str]]] = []
    for nummer, cellen in enumerate(rijen, start=1):
        teksten: list[str] = []
        for i, cel in enumerate(cellen):
            kop = uit[0][1][i] if uit and i < len(uit[0][1]) else ""
            teksten.append(_celtekst(cel, Melding("", naam, nummer, kop)))
        while teksten and not teksten[-1]:
            teksten.pop()
        if teksten:
            uit.append((nummer, teksten))
    return [(naam, uit[0][0], uit[0][1], uit[1:])] if uit else []


def _celtekst(cel: Any, plek: Melding) -> str:
    """A cell as text. A formula is refused, save the two that Excel itself makes of TRUE and FALSE."""
    from pyxform.xls2json_backends import is_empty, xlsx_value_to_str  # noqa: PLC0415 -- slow to load, xlsx only

    if cel.data_type == "f":
        vast = _VASTE_FORMULES.get(str(cel.value).replace(" ", "").upper())
        if vast is None:
            raise _fout(
                "Deze cel bevat een formule; zet er de uitkomst neer als tekst.", plek.blad, plek.rij, plek.kolom
            )
        return vast
    return "" if is_empty(cel.value) else schoon(xlsx_value_to_str(cel.value))

"""From source back to a file; reading that file gives an equal source."""

import csv
import io
import re

from inspecties.checklists.rules.bron import Bron
from inspecties.core.formuletekens import scherm_af

_GETAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def veilige_cel(tekst: str) -> str:
    """A cell that no spreadsheet executes and that our reader takes back as it was; a number stays a number."""
    return tekst if _GETAL.fullmatch(tekst) else scherm_af(tekst)


def schrijf_csv(bron: Bron) -> str:
    """One CSV with the sheet's name in the first column, as ``config/checklists`` holds it."""
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, lineterminator="\n")
    for blad in bron.bladen:
        schrijver.writerow([blad.naam])
        schrijver.writerow(["", *blad.kolommen])
        for rij in blad.rijen:
            schrijver.writerow(["", *map(veilige_cel, rij.cellen)])
    return uit.getvalue()


def schrijf_xlsx(bron: Bron) -> bytes:
    """A workbook with one sheet per sheet; every cell is text, so that Excel changes nothing and runs nothing."""
    from openpyxl import Workbook  # noqa: PLC0415 -- takes a sixth of a second, and only the export needs it
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 -- as above
    from openpyxl.styles import Font  # noqa: PLC0415 -- as above

    werkmap = Workbook(write_only=True)
    vet = Font(bold=True)
    for blad in bron.bladen:
        vel = werkmap.create_sheet(blad.naam)
        vel.freeze_panes = "A2"
        for i, cellen in enumerate([blad.kolommen, *(rij.cellen for rij in blad.rijen)]):
            uit = []
            for tekst in cellen:
                cel = WriteOnlyCell(vel, value=tekst or None)
                if tekst:
                    cel.data_type = "s"  # also when it begins with =
                    cel.number_format = "@"
                    if i == 0:
                        cel.font = vet
                uit.append(cel)
            vel.append(uit)
    stroom = io.BytesIO()
    werkmap.save(stroom)
    return stroom.getvalue()

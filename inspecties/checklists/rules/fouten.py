"""What is wrong with a form, with the place in the workbook. Dutch, for the one who edits the sheet."""

from dataclasses import dataclass

from inspecties.core.fouten import OngeldigeInvoer


@dataclass(frozen=True, slots=True)
class Melding:
    """One fault or warning: sheet, row (from 1, as the editor shows it), column header, where known."""

    tekst: str
    blad: str = ""
    rij: int | None = None
    kolom: str = ""

    def __str__(self) -> str:
        plek = [f"blad {self.blad}"] if self.blad else []
        if self.rij is not None:
            plek.append(f"rij {self.rij}")
        if self.kolom:
            plek.append(f"kolom {self.kolom}")
        return f"{', '.join(plek)}: {self.tekst}" if plek else self.tekst

    def als_dict(self) -> dict[str, str | int | None]:
        """For --json and for the screen."""
        return {"blad": self.blad or None, "rij": self.rij, "kolom": self.kolom or None, "melding": self.tekst}


class Formulierfout(OngeldigeInvoer):
    """The form can not be used; ``meldingen`` are all faults that were found."""

    def __init__(self, meldingen: list[Melding]) -> None:
        self.meldingen = meldingen
        rest = f" (en nog {len(meldingen) - 1})" if len(meldingen) > 1 else ""
        super().__init__(f"{meldingen[0]}{rest}", meldingen[0].kolom or None)

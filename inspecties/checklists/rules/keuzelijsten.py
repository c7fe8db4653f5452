"""The sheet ``choices``."""

from typing import Any

from inspecties.checklists.rules.bron import Blad
from inspecties.checklists.rules.fouten import Melding
from inspecties.checklists.rules.kolommen import choices_kolom
from inspecties.checklists.rules.typen import is_naam


def lees_keuzes(
    blad: Blad | None, taal: str, dubbel_mag: bool
) -> tuple[dict[str, list[dict[str, Any]]], list[Melding]]:
    """The lists by name, and what is wrong with them."""
    lijsten: dict[str, list[dict[str, Any]]] = {}
    fouten: list[Melding] = []
    if blad is None:
        return lijsten, fouten
    kolommen = [choices_kolom(kop) for kop in blad.kolommen]

    def fout(tekst: str, rij: int | None, kolom: str) -> None:
        fouten.append(Melding(tekst, blad.naam, rij, kolom))

    for nodig in ("list_name", "name"):
        if blad.rijen and all(k.betekenis != nodig for k in kolommen):
            fout(f"De kolom {nodig} ontbreekt.", blad.koprij, nodig)
    if fouten:
        return lijsten, fouten
    for rij in blad.rijen:
        keuze: dict[str, Any] = {"naam": "", "label": {}}
        extra: dict[str, str] = {}
        lijst = ""
        for kolom, cel in zip(kolommen, rij.cellen, strict=True):
            if not cel:
                continue
            if kolom.betekenis is None:
                fout(f"De kolom '{kolom.kop}' wordt niet ondersteund.", rij.nummer, kolom.kop)
            elif kolom.betekenis == "list_name":
                lijst = cel
            elif kolom.betekenis == "name":
                keuze["naam"] = cel
            elif kolom.betekenis == "label":
                keuze["label"][kolom.taal or taal] = cel
            else:
                extra[kolom.betekenis] = cel
        if not is_naam(lijst):
            fout(
                f"'{lijst}' is geen naam van een keuzelijst." if lijst else "list_name ontbreekt.",
                rij.nummer,
                "list_name",
            )
            continue
        naam = keuze["naam"]
        if not naam:
            fout("De naam van de keuze ontbreekt.", rij.nummer, "name")
        elif len(naam.split()) != 1:
            fout(f"De naam '{naam}' van een keuze kan geen spatie bevatten.", rij.nummer, "name")
        elif any(k["naam"] == naam for k in lijsten.get(lijst, [])) and not dubbel_mag:
            fout(f"De keuze '{naam}' komt in lijst '{lijst}' twee keer voor.", rij.nummer, "name")
        if not keuze["label"]:
            keuze["label"] = {taal: naam}
        if extra:
            keuze["kolommen"] = extra
        lijsten.setdefault(lijst, []).append(keuze)
    return lijsten, fouten

"""Taking a step: whether its day, its fields and the order of days can be right, and the guards every table knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.dossiers.rules.traject import ALS, NA, NIET_NA, Trajectstap, Trajecttabel
from inspecties.dossiers.rules.trajectveld import (
    MAX_JAREN,
    OP,
    VANDAAG,
    Trajectveld,
    Waarde,
    dag_in_woorden,
    lees_voorwaarde,
)


@dataclass(frozen=True)
class Gedaan:
    """A step that was taken: on which day, and what was given with it."""

    op: date
    gegevens: Mapping[str, Waarde]


def keur_op_datum(op: date, na: tuple[str, date] | None, vandaag: date) -> None:
    """``na``: the step before this one and its day. Raises OngeldigeInvoer."""
    if op > vandaag:
        raise OngeldigeInvoer("Deze dag moet nog komen. Leg vast wat al is gebeurd.", "op_datum")
    if vandaag.year - op.year > MAX_JAREN:
        raise OngeldigeInvoer(f"Het jaar {op.year} kan niet kloppen. Schrijf het jaar met vier cijfers.", "op_datum")
    if na is not None and op < na[1]:
        raise OngeldigeInvoer(
            f"Deze dag ligt voor de vorige stap '{na[0]}' ({dag_in_woorden(na[1])}). Vul die dag in of een latere.",
            "op_datum",
        )


def keur_gegevens(
    tabel: Trajecttabel,
    stap: Trajectstap,
    ruw: Mapping[str, object],
    op: date,
    gedaan: Mapping[str, Gedaan],
    vandaag: date,
) -> tuple[dict[str, Waarde], dict[str, str]]:
    """What the step stores, and per field what is wrong with it."""
    schoon: dict[str, Waarde] = {}
    fouten: dict[str, str] = {}
    for veld in stap.vereist:
        try:
            waarde = veld.keur(ruw.get(veld.naam), vandaag)
        except OngeldigeInvoer as fout:
            fouten[veld.naam] = fout.melding
            continue
        if waarde is not None:
            schoon[veld.naam] = waarde
    onbekend = set(ruw) - {v.naam for v in stap.vereist}
    if onbekend:
        fouten[min(onbekend)] = f"'{min(onbekend)}' hoort niet bij de stap '{stap.naam}'."
    for veld in stap.vereist:
        if veld.naam not in schoon and veld.naam not in fouten and _nodig(veld, schoon):
            wat = "maak een keuze." if veld.mogelijk else "vul dit in."
            fouten[veld.naam] = f"{veld.label}: {wat}"
    # This step itself counts too: a field may be bound to another field of the same step.
    dagen = {**gedaan, stap.code: Gedaan(op, schoon)}
    for veld in stap.vereist:
        if veld.type == "datum" and veld.naam in schoon:
            dag = date.fromisoformat(str(schoon[veld.naam]))
            fout_ = _volgorde(tabel, veld.label, dag, veld.niet_voor, veld.niet_na, dagen, vandaag)
            if fout_:
                fouten[veld.naam] = fout_
    fout_ = _volgorde(tabel, "De dag", op, stap.niet_voor, (), gedaan, vandaag)
    if fout_:
        fouten["op_datum"] = fout_
    return schoon, fouten


def _nodig(veld: Trajectveld, schoon: Mapping[str, Waarde]) -> bool:
    if veld.verplicht_als:
        naam, waarden = lees_voorwaarde(veld.verplicht_als)
        return str(schoon.get(naam, "")) in waarden
    return veld.verplicht


def _dag_van(verwijzing: str, gedaan: Mapping[str, Gedaan], vandaag: date) -> date | None:
    if verwijzing == VANDAAG:
        return vandaag
    code, _, naam = verwijzing.partition(".")
    if code not in gedaan:
        return None
    if naam == OP:
        return gedaan[code].op
    waarde = gedaan[code].gegevens.get(naam)
    return None if waarde is None else date.fromisoformat(str(waarde))


def _noem(tabel: Trajecttabel, verwijzing: str) -> str:
    code, _, naam = verwijzing.partition(".")
    stap = tabel.stap(code)
    veld = stap.veld(naam)
    return f"'{stap.naam}'" if veld is None else f"'{veld.label}' bij '{stap.naam}'"


def _volgorde(
    tabel: Trajecttabel,
    label: str,
    dag: date,
    niet_voor: tuple[str, ...],
    niet_na: tuple[str, ...],
    gedaan: Mapping[str, Gedaan],
    vandaag: date,
) -> str:
    """What is wrong with the order of days, in words; empty when nothing is."""
    for verwijzing in niet_voor:
        grens = _dag_van(verwijzing, gedaan, vandaag)
        if grens is not None and dag < grens:
            if verwijzing == VANDAAG:
                return f"{label}: {dag_in_woorden(dag)} is al voorbij. Vul vandaag of een latere dag in."
            return (
                f"{label}: {dag_in_woorden(dag)} ligt voor {_noem(tabel, verwijzing)} op {dag_in_woorden(grens)}. "
                "Vul die dag of een latere in."
            )
    for verwijzing in niet_na:
        grens = _dag_van(verwijzing, gedaan, vandaag)
        if grens is not None and dag > grens:
            if verwijzing == VANDAAG:
                return f"{label}: {dag_in_woorden(dag)} moet nog komen. Vul vandaag of een eerdere dag in."
            return (
                f"{label}: {dag_in_woorden(dag)} ligt na {_noem(tabel, verwijzing)} op {dag_in_woorden(grens)}. "
                "Vul die dag of een eerdere in."
            )
    return ""


def ingebouwd(eis: str, namen: Mapping[str, str], gedaan: Mapping[str, Gedaan]) -> str | None:
    """The guards that every table can use: ``na:step``, ``niet_na:step``, ``als:step.field=value``. None: it holds."""
    soort, _, rest = eis.partition(":")
    code, _, voorwaarde = rest.partition(".")
    klaar = gedaan.get(code)
    if soort == NA:
        return None if klaar is not None else f"Eerst is nodig: '{namen[code]}'."
    if soort == NIET_NA:
        return None if klaar is None else f"Dit kan niet meer na '{namen[code]}'."
    if soort == ALS:
        naam, waarden = lees_voorwaarde(voorwaarde)
        goed = klaar is not None and str(klaar.gegevens.get(naam, "")) in waarden
        return None if goed else f"Bij '{namen[code]}' is hier niet voor gekozen."
    raise ValueError(f"unknown guard {eis}")

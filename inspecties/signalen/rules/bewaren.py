"""How long signals, reporters and persons are kept. Pure: today and the terms are arguments.

Suggested defaults: legal fact sheet, section 7 (unsubstantiated signal: review within 6 to 12 months). The numbers
stand in ``config/bewaartermijnen.toml``.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# How far ahead a review may put the next one.
VERSTE_HERZIENING = 12


class Uitkomst(StrEnum):
    """What should happen to something today."""

    HOUDEN = "houden"
    HERZIEN = "herzien"
    WEG = "weg"
    VAST = "vast"


@dataclass(frozen=True)
class Bewaarregels:
    """Terms in months, as they hold today."""

    herzien: int
    weg: int
    na_herziening: int
    melder: int
    betrokkene: int
    betrokkene_zonder_opvolging: int


@dataclass(frozen=True)
class Stand:
    """What counts of a signal. ``vast_door``: why it may not go; ``bewaren_tot``: what the last review said."""

    ontvangen: date
    opgevolgd: bool = False
    afgesloten: date | None = None
    bewaren_tot: date | None = None
    vast_door: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bewaaroordeel:
    """What should happen, the dates on which it does, and why it does not."""

    uitkomst: Uitkomst
    herzien_op: date | None = None
    weg_op: date | None = None
    vast_door: tuple[str, ...] = ()


def plus_maanden(dag: date, maanden: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    jaar, maand = divmod(dag.month - 1 + maanden, 12)
    jaar, maand = dag.year + jaar, maand + 1
    return date(jaar, maand, min(dag.day, calendar.monthrange(jaar, maand)[1]))


def oordeel_signaal(stand: Stand, regels: Bewaarregels, vandaag: date) -> Bewaaroordeel:
    """A signal that led to nothing is reviewed and then goes; one that was passed on stays, for a term of its own."""
    if stand.opgevolgd:
        return Bewaaroordeel(Uitkomst.HOUDEN)
    herzien_op = plus_maanden(stand.ontvangen, regels.herzien)
    weg_op = plus_maanden(stand.ontvangen, regels.weg)
    if stand.bewaren_tot is not None:
        herzien_op = max(herzien_op, stand.bewaren_tot)
        weg_op = max(weg_op, plus_maanden(stand.bewaren_tot, regels.na_herziening))
    if vandaag < herzien_op:
        uitkomst = Uitkomst.HOUDEN
    elif stand.vast_door:
        uitkomst = Uitkomst.VAST
    else:
        uitkomst = Uitkomst.WEG if vandaag >= weg_op else Uitkomst.HERZIEN
    return Bewaaroordeel(uitkomst, herzien_op, weg_op, stand.vast_door)


def melder_weg_op(stand: Stand, regels: Bewaarregels) -> date | None:
    """The day from which the reporter goes: some months after closing. None while the signal is open."""
    return plus_maanden(stand.afgesloten, regels.melder) if stand.afgesloten else None


def betrokkene_weg_op(stand: Stand, regels: Bewaarregels) -> date | None:
    """The day from which names go: soon after closing; of a signal that nobody followed up, without that too."""
    dagen = []
    if stand.afgesloten:
        dagen.append(plus_maanden(stand.afgesloten, regels.betrokkene))
    if not stand.opgevolgd:
        zonder = plus_maanden(stand.ontvangen, regels.betrokkene_zonder_opvolging)
        dagen.append(max(zonder, stand.bewaren_tot) if stand.bewaren_tot else zonder)
    return min(dagen) if dagen else None


def mag_weg(weg_op: date | None, stand: Stand, vandaag: date) -> bool:
    """Whether the day has come and nothing holds it."""
    return weg_op is not None and vandaag >= weg_op and not stand.vast_door


def bezwaar_tegen_datum(bewaren_tot: date, vandaag: date) -> str:
    """Why a review may not choose this date; empty where it may."""
    if bewaren_tot <= vandaag:
        return "Kies een dag in de toekomst: dan komt het signaal hier weer terug."
    verste = plus_maanden(vandaag, VERSTE_HERZIENING)
    if bewaren_tot > verste:
        return f"Kies een dag binnen een jaar, dus op zijn laatst {verste:%d-%m-%Y}."
    return ""


def voorgestelde_datum(vandaag: date) -> date:
    """What the form proposes for the next review."""
    return plus_maanden(vandaag, 3)

"""Permits, nuisance, numbers and outlines: their words, what can be right, and how a permit stands on a day."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from inspecties.core.fouten import OngeldigeInvoer

VERGUNNINGSTATUS: dict[str, str] = {
    "aangevraagd": "Aangevraagd",
    "verleend": "Verleend",
    "geweigerd": "Geweigerd",
    "ingetrokken": "Ingetrokken",
}

OVERLASTSOORTEN: dict[str, str] = {
    "geluid": "Geluid",
    "bezoekers": "Veel bezoekers, ook 's nachts",
    "afval": "Afval en vervuiling",
    "parkeren": "Parkeren en verkeer",
    "bedreiging": "Bedreiging of geweld",
    "drugs": "Drugs",
    "brandgevaar": "Brandgevaar",
    "anders": "Anders",
}

VLAKSOORTEN: dict[str, str] = {"pand": "Pand", "perceel": "Perceel"}

AANTALSOORTEN: dict[str, str] = {"personen_brp": "Ingeschreven personen", "capaciteit": "Vergunde capaciteit"}

CORRECTIES: dict[str, str] = {"gewijzigd": "Gecorrigeerd", "verwijderd": "Weggehaald"}

# How long before its end a permit asks for attention.
LOOPT_AF_DAGEN = 60
MAX_AANTAL = 10_000
# Longer ago is a typing error; municipal archives of permits do not go back further.
OUDSTE = date(1900, 1, 1)
VERSTE_JAREN = 100

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
# A Dutch phone number: +31, 0031 or 0 and nine digits more, with the signs people write between them.
_TELEFOON = re.compile(r"(?<![\d.])(?:\+31|0031|0)(?:[\s().-]{0,2}\d){9}(?!\d)")


@dataclass(frozen=True)
class VergunningGegevens:
    """What is known of a permit. ``geldig_tot`` is its last day; None: no end."""

    soort: str
    nummer: str = ""
    houder: str = ""
    status: str = "verleend"
    geldig_vanaf: date | None = None
    geldig_tot: date | None = None
    intrekdatum: date | None = None
    voorwaarden: str = ""
    bron: str = ""


@dataclass(frozen=True)
class OverlastGegevens:
    """What is known of a report of nuisance. There is no place for who reported it."""

    datum: date
    soort: str
    tekst: str = ""
    bron: str = ""


@dataclass(frozen=True)
class Stand:
    """How a permit stands: ``woord`` and the date after it, as 'geldig t/m' and 3 March 2027."""

    code: str
    woord: str
    datum: date | None = None
    toon: str = ""

    @property
    def geldig(self) -> bool:
        """Whether it counts on the day that was asked."""
        return self.code in ("geldig", "loopt_af")


# What a permit is that was not granted, or no longer: word and tone.
_NIET_VERLEEND: dict[str, Stand] = {
    "aangevraagd": Stand("aangevraagd", "aangevraagd", None, "actief"),
    "geweigerd": Stand("geweigerd", "geweigerd", None, "fout"),
}


def _verleend(van: date | None, laatste: date | None, vandaag: date) -> Stand:
    if van is not None and van > vandaag:
        return Stand("nog_niet", "geldig vanaf", van, "actief")
    if laatste is None:
        return Stand("geldig", "geldig, zonder einddatum", None, "goed")
    if laatste < vandaag:
        return Stand("verlopen", "verlopen sinds", laatste + timedelta(days=1), "fout")
    loopt_af = laatste <= vandaag + timedelta(days=LOOPT_AF_DAGEN)
    return Stand("loopt_af" if loopt_af else "geldig", "geldig t/m", laatste, "let-op" if loopt_af else "goed")


def vergunningstand(
    status: str, geldig_vanaf: date | None, geldig_tot: date | None, intrekdatum: date | None, vandaag: date
) -> Stand:
    """How a permit stands on ``vandaag``."""
    if status in _NIET_VERLEEND:
        return _NIET_VERLEEND[status]
    if status == "ingetrokken" and (intrekdatum is None or intrekdatum <= vandaag):
        return Stand("ingetrokken", "ingetrokken per" if intrekdatum else "ingetrokken", intrekdatum, "fout")
    # A withdrawal that was decided but does not count yet ends the permit too.
    eerder = [intrekdatum - timedelta(days=1)] if intrekdatum is not None else []
    laatste = min([*eerder, *([geldig_tot] if geldig_tot is not None else [])], default=None)
    return _verleend(geldig_vanaf, laatste, vandaag)


def _verplicht(tekst: str, veld: str, melding: str) -> str:
    if not tekst.strip():
        raise OngeldigeInvoer(melding, veld)
    return tekst.strip()


def _op_lengte(tekst: str, veld: str, naam: str, hoogstens: int) -> str:
    kaal = tekst.strip()
    if len(kaal) > hoogstens:
        raise OngeldigeInvoer(f"{naam} is te lang: {len(kaal)} tekens, {hoogstens} is het meeste.", veld)
    return kaal


def keur_reden(reden: str) -> str:
    """The reason of a change, or OngeldigeInvoer."""
    return _op_lengte(_verplicht(reden, "reden", "Schrijf kort waarom u dit verandert."), "reden", "De reden", 1000)


def _aannemelijk(dag: date | None, veld: str, vandaag: date) -> None:
    if dag is not None and not OUDSTE <= dag <= date(vandaag.year + VERSTE_JAREN, 12, 31):
        raise OngeldigeInvoer(f"Het jaar {dag.year} kan niet kloppen.", veld)


def keur_periode(van: date | None, tot: date | None, vandaag: date, velden: tuple[str, str]) -> None:
    """Raises OngeldigeInvoer at the field (first or last day) where a period can not be right."""
    _aannemelijk(van, velden[0], vandaag)
    _aannemelijk(tot, velden[1], vandaag)
    if van is not None and tot is not None and tot < van:
        raise OngeldigeInvoer("De laatste dag ligt voor de eerste dag. Draai de twee om.", velden[1])


def keur_vergunning(gegevens: VergunningGegevens, vandaag: date) -> VergunningGegevens:
    """The same, trimmed. Raises OngeldigeInvoer naming the field."""
    if gegevens.status not in VERGUNNINGSTATUS:
        raise OngeldigeInvoer(f"Kies een status uit: {', '.join(VERGUNNINGSTATUS.values())}.", "status")
    keur_periode(gegevens.geldig_vanaf, gegevens.geldig_tot, vandaag, ("geldig_vanaf", "geldig_tot"))
    _aannemelijk(gegevens.intrekdatum, "intrekdatum", vandaag)
    if gegevens.intrekdatum is not None and gegevens.status != "ingetrokken":
        raise OngeldigeInvoer("Een dag van intrekken hoort alleen bij de status 'Ingetrokken'.", "intrekdatum")
    soort = _verplicht(gegevens.soort, "soort", "Schrijf wat voor vergunning het is, zoals 'exploitatievergunning'.")
    return replace(
        gegevens,
        soort=_op_lengte(soort, "soort", "De soort", 80),
        nummer=_op_lengte(gegevens.nummer, "nummer", "Het nummer", 60),
        houder=_op_lengte(gegevens.houder, "houder", "De houder", 160),
        voorwaarden=_op_lengte(gegevens.voorwaarden, "voorwaarden", "De tekst", 4000),
        bron=_op_lengte(gegevens.bron, "bron", "De bron", 160),
    )


def lijkt_contactgegeven(tekst: str) -> bool:
    """Whether a text holds what looks like an e-mail address or a phone number."""
    return bool(_EMAIL.search(tekst) or _TELEFOON.search(tekst))


def keur_overlast(gegevens: OverlastGegevens, vandaag: date) -> OverlastGegevens:
    """The same, trimmed. Raises OngeldigeInvoer naming the field, also where somebody could be traced."""
    if gegevens.soort not in OVERLASTSOORTEN:
        raise OngeldigeInvoer(f"Kies een soort uit: {', '.join(OVERLASTSOORTEN.values())}.", "soort")
    _aannemelijk(gegevens.datum, "datum", vandaag)
    if gegevens.datum > vandaag:
        raise OngeldigeInvoer("Deze dag moet nog komen. Vul de dag in waarop de overlast was.", "datum")
    for veld, tekst in (("tekst", gegevens.tekst), ("bron", gegevens.bron)):
        if lijkt_contactgegeven(tekst):
            raise OngeldigeInvoer(
                "Hier lijkt een telefoonnummer of e-mailadres te staan. Haal het weg: wie het meldde, hoort hier niet.",
                veld,
            )
    return replace(
        gegevens,
        tekst=_op_lengte(gegevens.tekst, "tekst", "De tekst", 2000),
        bron=_op_lengte(gegevens.bron, "bron", "De bron", 160),
    )


def keur_aantal(soort: str, waarde: int | None, peildatum: date, vandaag: date) -> None:
    """Raises OngeldigeInvoer where a number of persons can not be right. None: not known."""
    if soort not in AANTALSOORTEN:
        raise OngeldigeInvoer(f"Kies uit: {', '.join(AANTALSOORTEN.values())}.", "soort")
    if waarde is not None and not 0 <= waarde <= MAX_AANTAL:
        raise OngeldigeInvoer(f"Vul een heel getal in van 0 tot en met {MAX_AANTAL}.", "waarde")
    _aannemelijk(peildatum, "peildatum", vandaag)
    if peildatum > vandaag:
        raise OngeldigeInvoer("Deze dag moet nog komen. Vul de dag in waarop het aantal gold.", "peildatum")

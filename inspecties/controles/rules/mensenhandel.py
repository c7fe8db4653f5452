"""Signals of trafficking from a visit: states of the judgement, when it is looked at again, and what becomes a signal.

Findings of this kind are for the aandachtsfunctionaris alone. They are no proposal, stand in no dossier and count in no
figure or score (legal fact sheet, sections 6, 7 and 9).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inspecties.checklists.rules.voorstellen import SIGNAAL, SIGNAAL_HARD
from inspecties.core.toestanden import Overgang, Toestandstabel

SIGNAALCODES = (SIGNAAL, SIGNAAL_HARD)
RECHT = "mensenhandel.beoordelen"
DOEL = "beoordelen van een signaal van mensenhandel uit een bezoek"
GEWIJZIGD = "Er kwamen antwoorden bij na het oordeel."

OORDEEL_TABEL = Toestandstabel(
    naam="oordeel over een signaal uit een bezoek",
    versie="1",
    begin="open",
    namen={"open": "Te beoordelen", "aangenomen": "Aangenomen", "geen_signaal": "Geen signaal"},
    overgangen=(
        Overgang("open", "aangenomen", "Neem aan als signaal", RECHT),
        Overgang("open", "geen_signaal", "Geen signaal", RECHT, reden_verplicht=True),
        Overgang(
            "aangenomen",
            "open",
            "Opnieuw beoordelen",
            RECHT,
            reden_verplicht=True,
            waarom="A mistake must be undone; also the system goes here, when a later answer weighs more.",
        ),
        Overgang(
            "geen_signaal",
            "open",
            "Opnieuw beoordelen",
            RECHT,
            reden_verplicht=True,
            waarom="As above: a tablet that comes in late may bring the hard indicator.",
        ),
    ),
    eind=frozenset({"aangenomen", "geen_signaal"}),
)

# Question of a checklist -> what the signal calls it (signalen.rules.indicatoren). A suggestion: a person ticks.
INDICATOR_VAN: dict[str, str] = {
    "begeleider_antwoordt": "begeleider_aanwezig",
    "persoon_spreekt_vrij": "begeleider_aanwezig",
    "id_in_eigen_bezit": "paspoort_niet_in_bezit",
    "paspoort_bij_ander": "paspoort_niet_in_bezit",
    "persoon_id_zelf": "paspoort_niet_in_bezit",
    "boeker_houdt_ids": "paspoort_niet_in_bezit",
    "minderjarige_gezien": "minderjarig",
    "persoon_minderjarig": "minderjarig",
    "jonge_gast_minderjarig": "minderjarig",
    "schuld": "schulden",
    "schuld_of_afdracht": "schulden",
    "slaapplek_in_zaak": "woont_op_werkplek",
    "woont_op_werkplek": "woont_op_werkplek",
    "werkadres_bekend": "werkadres_onbekend",
    "geweld_gezien": "bedreiging",
}

# Checklist of a kind of place -> the form that is looked at first. A suggestion, as above.
VORM_BIJ: dict[str, str] = {
    "huisvesting_arbeidsmigranten": "arbeidsuitbuiting",
    "onvergunde_seksinrichting": "seksuele_uitbuiting",
    "vergunde_seksinrichting": "seksuele_uitbuiting",
}


def voorstel_vorm(checklist_code: str) -> str:
    """The form of exploitation that the signal form begins with."""
    return VORM_BIJ.get(checklist_code, "onbekend")


def is_zwaarder(oud: Mapping[str, Any], nieuw: Mapping[str, Any]) -> bool:
    """Whether a finding says something that it did not say when it was judged: another answer or note, or hard now.

    What went away, and a photo that came in later, is no reason to judge again.
    """
    toen = {_kern(drager) for drager in oud["dragers"]}
    return (nieuw["hard"] and not oud["hard"]) or any(_kern(drager) not in toen for drager in nieuw["dragers"])


def _kern(drager: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(drager.get(deel) or "") for deel in ("vraag", "herhaling_id", "tekst", "noot"))


def gewicht(dragers: Iterable[Mapping[str, Any]], *, hard: bool) -> str:
    """How heavy a signal is, in words: never a score. A question asked in general and of each person counts once."""
    aantal = len({drager["label"] for drager in dragers})
    aanwijzingen = f"{aantal} {'aanwijzing' if aantal == 1 else 'aanwijzingen'}"
    return f"Hard: {aanwijzingen}" if hard else aanwijzingen


def bij_elkaar(dragers: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, int]]:
    """(question, answer, how often) in the order of the form, for a list that has to be short."""
    tel: dict[tuple[str, str], int] = {}
    for drager in dragers:
        sleutel = (drager["label"], drager["tekst"])
        tel[sleutel] = tel.get(sleutel, 0) + 1
    return [(label, tekst, n) for (label, tekst), n in tel.items()]


def indicatoren(dragers: Iterable[Mapping[str, Any]]) -> list[str]:
    """What the signal form is filled in with before a person looks at it."""
    return sorted({INDICATOR_VAN[d["vraag"]] for d in dragers if d["vraag"] in INDICATOR_VAN})


def signaaltekst(dag: str, dragers: Sequence[Mapping[str, Any]], toelichting: str = "") -> str:
    """What was seen, as the signal tells it. Without who filled it in."""
    regels = (
        [toelichting.strip(), f"Uit een bezoek van {dag}:"] if toelichting.strip() else [f"Uit een bezoek van {dag}:"]
    )
    for drager in dragers:
        waar = f"{drager['waar']}: " if drager.get("waar") else ""
        noot = f" Toelichting: {drager['noot']}" if drager.get("noot") else ""
        regels.append(f"- {waar}{drager['label']} {drager['tekst'] or 'Zie het bewijs.'}{noot}")
    return "\n".join(regels)

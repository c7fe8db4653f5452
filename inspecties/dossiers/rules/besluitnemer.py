"""Decisions that are not taken at the mayor's desk: which they are, and what has to be said of who took one.

The articles are those of the legal fact sheet, sections 1 and 2; 10:3 and 10:10 Awb are to be confirmed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.dossiers.rules.gevolgen import BEVESTIGD, TE_BEVESTIGEN
from inspecties.termijnen.rules.feestdagen import schrijf_dag

INVORDERING, AFZIEN, KOSTEN, OPHEFFING = "invorderingsbeschikking", "afzien", "kostenbesluit", "opheffing"
BEZWAAR, INTREKKING = "beslissing_op_bezwaar", "intrekking"
# A term that was set by a decision is lengthened by one.
VERLENGING = "verlenging_termijn"
TERMIJNEN_VAN_BESLUIT = frozenset({"begunstiging", "herstel_174a"})
# How the screens and documents say that it was never written down.
NIET_VASTGELEGD = "niet vastgelegd"
# The body itself decided, where no single person is that body.
ORGAAN = "orgaan"
MAX_KENMERK = 200


@dataclass(frozen=True)
class Besluitsoort:
    """A kind of decision. ``brieven``: the kinds of letter that announce it."""

    code: str
    naam: str
    artikel: str
    status: str
    brieven: tuple[str, ...] = ()

    @property
    def artikel_met_status(self) -> str:
        return self.artikel if self.status == BEVESTIGD else f"{self.artikel}, te bevestigen"


SOORTEN: dict[str, Besluitsoort] = {
    soort.code: soort
    for soort in (
        Besluitsoort(INVORDERING, "Invorderingsbeschikking", "art. 5:37 lid 1 Awb", BEVESTIGD, ("invordering",)),
        Besluitsoort(AFZIEN, "Afzien van invordering", "art. 5:37 Awb", TE_BEVESTIGEN),
        Besluitsoort(
            KOSTEN, "Besluit over de kosten van bestuursdwang", "art. 5:25 Awb", BEVESTIGD, ("kostenbesluit",)
        ),
        Besluitsoort(OPHEFFING, "Opheffing", "art. 5:34 Awb", TE_BEVESTIGEN, ("opheffing",)),
        Besluitsoort(VERLENGING, "Verlenging van een termijn uit een besluit", "art. 5:24 en 5:32a Awb", TE_BEVESTIGEN),
        Besluitsoort(BEZWAAR, "Beslissing op bezwaar", "art. 7:10 en 7:11 Awb", BEVESTIGD),
        Besluitsoort(INTREKKING, "Intrekking van het besluit", "zelfde artikel als het besluit", TE_BEVESTIGEN),
    )
}


def soorten_voor_brief(brief: str) -> frozenset[str]:
    """The kinds of decision that a letter of this kind announces."""
    return frozenset(s.code for s in SOORTEN.values() if brief in s.brieven)


def keur_dag(op: date | None, vandaag: date, niet_voor: date, waarvan: str) -> date:
    """The day of a decision. ``waarvan``: what happened on ``niet_voor``. Raises OngeldigeInvoer at 'besloten_op'."""
    if op is None:
        raise OngeldigeInvoer("Vul de dag van het besluit in, als dag-maand-jaar.", "besloten_op")
    if op > vandaag:
        raise OngeldigeInvoer("Deze dag moet nog komen. Leg het besluit vast als het is genomen.", "besloten_op")
    if op < niet_voor:
        raise OngeldigeInvoer(
            f"{waarvan} is van {schrijf_dag(niet_voor)}. Dit besluit kan niet eerder zijn.", "besloten_op"
        )
    return op


def keur_kenmerk(kenmerk: str) -> str:
    """Where the signed decision is. Raises OngeldigeInvoer at 'kenmerk'."""
    schoon = " ".join(kenmerk.split())
    if not schoon:
        raise OngeldigeInvoer(
            "Vul in waar het ondertekende besluit staat, zoals het nummer in het zaaksysteem.", "kenmerk"
        )
    if len(schoon) > MAX_KENMERK:
        raise OngeldigeInvoer(f"Houd het kenmerk korter dan {MAX_KENMERK} tekens.", "kenmerk")
    return schoon


def wie_in_woorden(naam: str, bevoegdheid: Mapping[str, Any], *, met_naam: bool = True) -> str:
    """'A. de Vries, als afdelingshoofd, in mandaat namens ...' (Awb 10:10), from what was frozen.

    Without the name: for parties, who get the capacity and not who works for the gemeente.
    """
    hoedanigheid, orgaan = bevoegdheid.get("hoedanigheid"), str(bevoegdheid["regel"]["orgaan"])
    if not met_naam:
        return f"in mandaat namens {orgaan}" if hoedanigheid and hoedanigheid["in_mandaat"] else orgaan
    if naam == orgaan or not hoedanigheid:
        return naam
    return f"{naam}, {hoedanigheid['tekst']}"


def regel_in_woorden(bevoegdheid: Mapping[str, Any]) -> str:
    """The mandate rule by which it was decided, with its status."""
    regel = bevoegdheid["regel"]
    zeker = "" if regel["status"] == BEVESTIGD else " (te bevestigen)"
    return f"{regel['orgaan']}. {regel['artikel']}{zeker}"

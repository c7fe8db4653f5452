"""From source to ``Definitie``: every row understood or refused by sheet, row and column."""

from dataclasses import dataclass
from typing import Any

from inspecties.checklists.rules.bron import Blad, Bron
from inspecties.checklists.rules.fouten import Formulierfout, Melding
from inspecties.checklists.rules.keuzelijsten import lees_keuzes
from inspecties.checklists.rules.kolommen import (
    OPMERKING,
    STANDAARDTAAL,
    UITDRUKKINGEN,
    Kolom,
    settings_kolom,
    survey_kolom,
    taalcode,
)
from inspecties.checklists.rules.typen import Soort, is_naam, lees_type
from inspecties.checklists.rules.uitdrukkingen import koppel_alles
from inspecties.checklists.rules.vraag import Rijlezer, lees_eigenschappen

FORMAAT = 1
MAX_DIEPTE = 10
MAX_VRAGEN = 5_000

Bestanden = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Lezing:
    """A form that was read: the definition, its source and what the author may want to know."""

    definitie: dict[str, Any]
    bron: Bron
    waarschuwingen: tuple[Melding, ...]


def bouw(bron: Bron, bestanden: Bestanden | None = None) -> Lezing:
    """Compiles a source. ``bestanden``: what pulldata() may read, ``{"naam": {"kolommen", "rijen"}}``.

    Raises Formulierfout with every fault found.
    """
    return _Bouwer(bron, bestanden or {}).bouw()


class _Bouwer:
    def __init__(self, bron: Bron, bestanden: Bestanden) -> None:
        self._bron = bron
        self._bestanden = bestanden
        self._fouten: list[Melding] = []
        self._waarschuwingen: list[Melding] = []

    def bouw(self) -> Lezing:
        survey = self._bron.blad("survey")
        if survey is None:
            namen = ", ".join(b.naam for b in self._bron.bladen) or "geen"
            raise Formulierfout([Melding(f"Het blad survey ontbreekt (gevonden: {namen}).")])
        self._andere_bladen()
        instellingen = self._instellingen()
        taal = taalcode(instellingen.get("default_language", "")) or STANDAARDTAAL
        keuzelijsten, fouten = lees_keuzes(self._bron.blad("choices"), taal)
        self._fouten += fouten
        kinderen = self._survey(survey, taal, keuzelijsten)
        afhankelijk: dict[str, list[str]] = {}
        if not self._fouten:
            afhankelijk, fouten = koppel_alles(kinderen, keuzelijsten, self._bestanden)
            self._fouten += fouten
        if self._fouten:
            raise Formulierfout(sorted(self._fouten, key=lambda m: (m.blad, m.rij or 0)))
        titels = {sleutel[1]: tekst for sleutel, tekst in self._titels(taal).items()}
        naam = instellingen.get("form_id") or "formulier"
        definitie: dict[str, Any] = {
            "formaat": FORMAAT,
            "naam": naam,
            "titel": titels or {taal: naam},
            "versie": instellingen.get("version", ""),
            "hash": self._bron.hash(self._bestanden),
            "talen": _talen(kinderen, keuzelijsten, titels, taal),
            "standaardtaal": taal,
            "kinderen": kinderen,
            "keuzelijsten": keuzelijsten,
            "afhankelijk": afhankelijk,
        }
        if self._bestanden:
            definitie["bestanden"] = self._bestanden
        return Lezing(definitie, self._bron, tuple(self._waarschuwingen))

    def _fout(self, tekst: str, blad: Blad, rij: int | None = None, kolom: str = "") -> None:
        self._fouten.append(Melding(tekst, blad.naam, rij, kolom))

    def _andere_bladen(self) -> None:
        for blad in self._bron.bladen:
            laag = blad.naam.lower()
            if laag in {"external_choices", "entities", "osm", "cascades"} and blad.rijen:
                self._fout(f"Het blad {blad.naam} wordt niet ondersteund.", blad, blad.rijen[0].nummer)
            elif laag not in {"survey", "choices", "settings"}:
                self._waarschuwingen.append(
                    Melding("Dit blad wordt bewaard maar niet gelezen; het hoort niet bij een XLSForm.", blad.naam)
                )

    def _instellingen(self) -> dict[str, str]:
        blad = self._bron.blad("settings")
        uit: dict[str, str] = {}
        if blad is None or not blad.rijen:
            return uit
        for kop, waarde in zip(blad.kolommen, blad.rijen[0].cellen, strict=True):
            if not waarde:
                continue
            kolom = settings_kolom(kop)
            if kolom.betekenis is None:
                self._fout(f"De instelling '{kop}' wordt niet ondersteund.", blad, blad.rijen[0].nummer, kop)
            elif not kolom.taal:
                uit[kolom.betekenis] = waarde
        for rij in blad.rijen[1:]:
            self._fout("Het blad settings heeft een rij te veel: alleen de eerste telt.", blad, rij.nummer)
        if "form_id" in uit and (len(uit["form_id"]) > 80 or any(teken.isspace() for teken in uit["form_id"])):
            self._fout("form_id heeft hoogstens 80 tekens en geen spaties.", blad, blad.rijen[0].nummer, "form_id")
        if len(uit.get("version", "")) > 40:
            self._fout("version heeft hoogstens 40 tekens.", blad, blad.rijen[0].nummer, "version")
        return uit

    def _titels(self, taal: str) -> dict[tuple[str, str], str]:
        blad = self._bron.blad("settings")
        uit: dict[tuple[str, str], str] = {}
        if blad is not None and blad.rijen:
            for kop, waarde in zip(blad.kolommen, blad.rijen[0].cellen, strict=True):
                kolom = settings_kolom(kop)
                if waarde and kolom.betekenis == "form_title":
                    uit["titel", kolom.taal or taal] = waarde
        return uit

    def _survey(self, blad: Blad, taal: str, keuzelijsten: dict[str, Any]) -> list[dict[str, Any]]:
        kolommen = [survey_kolom(kop) for kop in blad.kolommen]
        self._dubbele(blad, kolommen, taal)
        for verplicht in ("type", "name"):
            if all(k.betekenis != verplicht for k in kolommen):
                self._fout(f"De kolom {verplicht} ontbreekt.", blad, blad.koprij)
        wortel: list[dict[str, Any]] = []
        if self._fouten:
            return wortel
        stapel: list[tuple[dict[str, Any], int]] = []
        gezien: dict[str, int] = {}
        for rij in blad.rijen:
            lezer = Rijlezer(blad, rij, kolommen, taal)
            self._rij(lezer, wortel, stapel, gezien, keuzelijsten)
            self._fouten += lezer.fouten
            self._waarschuwingen += lezer.waarschuwingen
        for node, nummer in stapel:
            soort = "group" if node["soort"] == "groep" else "repeat"
            self._fout(f"begin {soort} '{node['naam']}' wordt niet gesloten met end {soort}.", blad, nummer, "type")
        if len(gezien) > MAX_VRAGEN:
            self._fout(f"Een formulier heeft hoogstens {MAX_VRAGEN} vragen.", blad)
        if not gezien and not self._fouten:
            self._fout("Het formulier heeft geen vragen.", blad)
        return wortel

    def _dubbele(self, blad: Blad, kolommen: list[Kolom], taal: str) -> None:
        gezien: dict[tuple[str, str], str] = {}
        for kolom in kolommen:
            if kolom.betekenis is None or kolom.betekenis in OPMERKING:
                continue
            sleutel = (kolom.betekenis, kolom.taal or taal)
            if sleutel in gezien:
                self._fout(f"Deze kolom betekent hetzelfde als '{gezien[sleutel]}'.", blad, blad.koprij, kolom.kop)
            gezien[sleutel] = kolom.kop

    def _rij(
        self,
        lezer: Rijlezer,
        wortel: list[dict[str, Any]],
        stapel: list[tuple[dict[str, Any], int]],
        gezien: dict[str, int],
        keuzelijsten: dict[str, Any],
    ) -> None:
        nummer = lezer.rij.nummer
        lezer.weiger_onbekende()
        if not lezer.is_vraag():
            return
        soort = lees_type(lezer.tekst("type"))
        if soort.fout:
            lezer.fout(soort.fout, "type")
            return
        if soort.rol == "einde":
            self._einde(lezer, soort, stapel)
            return
        naam = lezer.tekst("name")
        if not naam and soort.type == "note":
            naam = f"mededeling_{nummer}"
        node: dict[str, Any] = {"soort": soort.type if soort.rol == "begin" else "vraag", "naam": naam}
        if not naam:
            lezer.fout("De naam ontbreekt.", "name")
        elif not is_naam(naam):
            lezer.fout(
                f"'{naam}' kan geen naam zijn: gebruik letters, cijfers en _, te beginnen met een letter.", "name"
            )
        elif naam in gezien:
            lezer.fout(
                f"De naam '{naam}' staat ook in rij {gezien[naam]}; een naam komt in een formulier eenmaal voor.",
                "name",
            )
        gezien.setdefault(naam or f"@{nummer}", nummer)
        lees_eigenschappen(lezer, soort, node, keuzelijsten)
        node["bron"] = {"blad": lezer.blad.naam, "rij": nummer}
        (stapel[-1][0]["kinderen"] if stapel else wortel).append(node)
        if soort.rol == "begin":
            node["kinderen"] = []
            stapel.append((node, nummer))
            if len(stapel) > MAX_DIEPTE:
                lezer.fout(f"Groepen zijn hoogstens {MAX_DIEPTE} diep genest.", "type")

    def _einde(self, lezer: Rijlezer, soort: Soort, stapel: list[tuple[dict[str, Any], int]]) -> None:
        engels = "group" if soort.type == "groep" else "repeat"
        if not stapel:
            lezer.fout(f"end {engels} zonder begin {engels}.", "type")
            return
        node, begin = stapel.pop()
        if node["soort"] != soort.type:
            lezer.fout(f"end {engels} sluit '{node['naam']}' van rij {begin}, en dat is een {node['soort']}.", "type")
        naam = lezer.tekst("name")
        if naam and naam != node["naam"]:
            lezer.fout(f"end {engels} noemt '{naam}', maar sluit '{node['naam']}' van rij {begin}.", "name")
        if not node["kinderen"]:
            lezer.waarschuw(f"'{node['naam']}' is leeg.", "type")
        for kolom in ("label", *UITDRUKKINGEN):
            if lezer.tekst(kolom):
                lezer.fout(f"Bij end {engels} hoort geen {kolom}; zet het bij begin {engels}.", kolom)


def _talen(kinderen: list[dict[str, Any]], lijsten: dict[str, Any], titels: dict[str, str], taal: str) -> list[str]:
    gevonden: dict[str, None] = {taal: None, **dict.fromkeys(titels)}

    def neem(nodes: list[dict[str, Any]]) -> None:
        for node in nodes:
            for sleutel in ("label", "hint", "verplicht_melding", "beperking_melding"):
                gevonden.update(dict.fromkeys(node.get(sleutel, {})))
            neem(node.get("kinderen", []))

    neem(kinderen)
    for lijst in lijsten.values():
        for keuze in lijst:
            gevonden.update(dict.fromkeys(keuze.get("label", {})))
    return list(gevonden)


__all__ = ["Lezing", "bouw"]

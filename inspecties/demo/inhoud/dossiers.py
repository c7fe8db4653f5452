"""Dossiers in every state, each on a visit of the past year."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from inspecties.demo.inhoud.feiten import NORM_M2_PP
from inspecties.demo.inhoud.model import (
    Actie,
    Belanghebbende,
    Dossier,
    Dossierbesluit,
    Dossierstap,
    Locatie,
    Stop,
)
from inspecties.demo.woorden import lees_woorden

_SOORT = {"victoria": "sluiting", "overbewoning": "bouw_wonen", "bibob": "bibob"}
_GRONDSLAG = {
    "victoria": "Artikel 174a Gemeentewet",
    "overbewoning": "Omgevingsplan (norm gebruiksoppervlakte per persoon); artikel 125 Gemeentewet, 5:32 Awb",
    "bibob": "Artikel 3 Wet Bibob",
}
_TYPEN = {
    "victoria": ("onvergunde_seksinrichting", "kamerverhuurpand", "overig"),
    "overbewoning": ("huisvesting_arbeidsmigranten", "kamerverhuurpand"),
    "bibob": ("vergunde_seksinrichting", "massagesalon", "hotel"),
}
_BESLOTEN = {"teruggestuurd": "teruggestuurd", "akkoord": "akkoord", "afgewezen": "afgewezen", "afgesloten": "akkoord"}
_MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

Bezocht = tuple[Stop, Locatie]


def _datum(dag: date) -> str:
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


def _past(instrument: str, bezocht: Bezocht) -> bool:
    stop, locatie = bezocht
    if locatie.type not in _TYPEN[instrument] or locatie.status == "uit_beeld":
        return False
    if instrument != "overbewoning":
        return True
    return int(stop.feiten["aantal_personen"]) > float(stop.feiten["gebruiksoppervlakte_m2"]) / NORM_M2_PP


def maak_dossiers(
    rng: Random, acties: Sequence[Actie], locaties: Sequence[Locatie], vandaag: date
) -> tuple[Dossier, ...]:
    """One dossier for each entry of the word list, on a done visit that fits; oldest first.

    Raises ValueError when the year has too few such visits.
    """
    op_sleutel = {x.sleutel: x for x in locaties}
    bezocht = [
        (s, op_sleutel[s.locatie])
        for a in acties
        if a.toestand == "afgerond"
        for s in a.stops
        if s.toestand == "afgerond"
    ]
    gebruikt: set[str] = set()
    keuzes: list[tuple[Mapping[str, Any], Bezocht]] = []
    for tekst in lees_woorden("dossiers")["dossier"]:
        kan = [b for b in bezocht if b[0].locatie not in gebruikt and _past(tekst["instrument"], b)]
        if not kan:
            raise ValueError(f"no visit left for a dossier {tekst['instrument']}")
        # What has been decided was visited long ago.
        vroeg = tekst["toestand"] in ("akkoord", "afgewezen", "afgesloten")
        gekozen = kan[0] if vroeg else rng.choice(kan)
        gebruikt.add(gekozen[0].locatie)
        keuzes.append((tekst, gekozen))
    keuzes.sort(key=lambda k: (_dag(k[1][0]), k[1][0].sleutel))
    return tuple(_maak(n, tekst, bezoek, vandaag) for n, (tekst, bezoek) in enumerate(keuzes, start=1))


def _dag(stop: Stop) -> date:
    if stop.binnen_op is None:
        raise ValueError(f"stop {stop.sleutel} was not visited")
    return stop.binnen_op.date()


def _maak(nummer: int, tekst: Mapping[str, Any], bezocht: Bezocht, vandaag: date) -> Dossier:
    stop, locatie = bezocht
    bezoekdag = _dag(stop)
    m2 = float(stop.feiten.get("gebruiksoppervlakte_m2", 0.0))
    invulling = {
        "adres": locatie.adres.regel,
        "naam": locatie.naam,
        "datum": _datum(bezoekdag),
        "personen": stop.feiten["aantal_personen"],
        "m2": f"{m2:g}".replace(".", ","),
        "maximum": int(m2 // NORM_M2_PP),
    }

    def vul(veld: str) -> str:
        return str(tekst.get(veld, "")).format(**invulling)

    # All steps between the visit and today, at even distances.
    ruimte = max(5, (vandaag - bezoekdag).days - 1)
    dagen = [bezoekdag + timedelta(days=max(1, ruimte * d // 100)) for d in (8, 35, 55, 90)]
    aangemaakt, voorgelegd, besloten, gesloten = dagen
    toestand, instrument = tekst["toestand"], tekst["instrument"]
    if toestand in ("voorgelegd", "teruggestuurd"):
        # Still on somebody's desk: that is days ago, not months.
        voorgelegd = max(aangemaakt + timedelta(days=1), vandaag - timedelta(days=9))
        besloten = max(voorgelegd + timedelta(days=1), vandaag - timedelta(days=3))
    stappen = [Dossierstap(aangemaakt, "aangemaakt", "Dossier gemaakt na het bezoek.", "", "opbouw")]
    besluiten = []
    if toestand != "opbouw":
        stappen.append(Dossierstap(voorgelegd, "toestand", "Concept klaar voor het kabinet.", "opbouw", "voorgelegd"))
    uitspraak = _BESLOTEN.get(toestand)
    if uitspraak:
        stappen.append(Dossierstap(besloten, "toestand", vul("motivering"), "voorgelegd", uitspraak))
        besluiten.append(Dossierbesluit(besloten, uitspraak, vul("motivering"), tuple(tekst.get("vragen", ()))))
    if toestand == "afgesloten":
        stappen.append(Dossierstap(gesloten, "toestand", vul("slot"), "akkoord", "afgesloten"))
    return Dossier(
        sleutel=f"dossier-{nummer:02d}",
        nummer=f"{aangemaakt.year}-{nummer:04d}",
        soort=_SOORT[instrument],
        instrument=instrument,
        titel=vul("titel"),
        grondslag=_GRONDSLAG[instrument],
        toestand=toestand,
        locatie=locatie.sleutel,
        bezoeken=(stop.sleutel,),
        samenvatting=vul("samenvatting"),
        waarom_nu=vul("waarom_nu"),
        geprobeerd=vul("geprobeerd"),
        bewoners=vul("bewoners"),
        concept_besluit=vul("concept"),
        aangemaakt=aangemaakt,
        voorgelegd=None if toestand == "opbouw" else voorgelegd,
        belanghebbenden=tuple(Belanghebbende(naam, rol, kvk) for naam, rol, kvk in tekst["partijen"]),
        stappen=tuple(stappen),
        besluiten=tuple(besluiten),
    )

"""Client of the PDOK Locatieserver (v3_1: suggest and lookup), as ``core.buitendienst`` asks.

After a failure it is left alone for a while, so that nobody waits for it at every letter.
"""

import json
import re
import time
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from inspecties.core.buitendienst import STORINGEN, Buitendienst
from inspecties.locaties.adresvondst import Adresvondst
from inspecties.locaties.rules.adresrij import lees_bag_id

TIJD_S = 3.0
MAX_BYTES = 512 * 1024
RUST_S = 60.0
BEWAARD, BEWAARTIJD_S = 500, 3600.0
_SLEUTEL = re.compile(r"^adr-[0-9a-f]{32}$")
_PUNT = re.compile(r"^POINT\((-?[0-9.]+) (-?[0-9.]+)\)$")
_VELDEN = (
    "id,weergavenaam,type,straatnaam,huisnummer,huisletter,huisnummertoevoeging,postcode,woonplaatsnaam,"
    "gemeentecode,nummeraanduiding_id,adresseerbaarobject_id,centroide_rd,centroide_ll"
)


class BronStoring(Exception):
    """The source gave no usable answer; the message says why, for the log."""


def is_sleutel(tekst: str) -> bool:
    """Whether a text is the id of an address at PDOK."""
    return _SLEUTEL.match(tekst) is not None


class Pdok:
    """The Locatieserver at ``url``. Raises ValueError for an address that it may not speak to."""

    def __init__(self, url: str, tijd_s: float = TIJD_S, rust_s: float = RUST_S) -> None:
        try:
            self._dienst = Buitendienst(url, tijd_s, MAX_BYTES)
        except ValueError as fout:
            raise ValueError(f"het adres van PDOK: {fout}") from fout
        self._rust_s = rust_s
        self._rust_tot = 0.0
        self._bewaard: dict[str, tuple[float, dict[str, Any]]] = {}
        self._slot = Lock()

    def zoek(self, tekst: str, gemeentecode: str, limiet: int) -> list[Adresvondst]:
        """Suggestions: only ``sleutel`` and ``tekst`` are known. Raises BronStoring."""
        vraag = [
            ("q", tekst),
            ("fq", "type:adres"),
            ("fq", f"gemeentecode:{gemeentecode}"),
            ("rows", str(limiet)),
        ]
        uit = []
        for doc in self._documenten("suggest", vraag):
            sleutel, naam = doc.get("id"), doc.get("weergavenaam")
            if isinstance(sleutel, str) and is_sleutel(sleutel) and isinstance(naam, str):
                uit.append(Adresvondst(sleutel=sleutel, tekst=naam[:200]))
        return uit[:limiet]

    def haal(self, sleutel: str, gemeentecode: str) -> Adresvondst | None:
        """One address in full; None where it is not there or lies in another gemeente. Raises BronStoring."""
        if not is_sleutel(sleutel):
            return None
        nu = time.monotonic()
        bewaard = self._bewaard.get(sleutel)
        if bewaard is not None and bewaard[0] > nu:
            return _vondst(bewaard[1], gemeentecode)
        docs = self._documenten("lookup", [("id", sleutel), ("fl", _VELDEN)])
        doc = next((d for d in docs if d.get("id") == sleutel), None)
        if doc is None:
            return None
        with self._slot:
            if len(self._bewaard) >= BEWAARD:
                self._bewaard.clear()
            self._bewaard[sleutel] = (nu + BEWAARTIJD_S, doc)
        return _vondst(doc, gemeentecode)

    def _documenten(self, dienst: str, vraag: list[tuple[str, str]]) -> list[dict[str, Any]]:
        if time.monotonic() < self._rust_tot:
            raise BronStoring("kort geleden ging het mis")
        try:
            inhoud = json.loads(self._dienst.lees(f"{dienst}?{urlencode(vraag)}"))
            docs = inhoud["response"]["docs"]
            if not isinstance(docs, list):
                raise TypeError("docs")
        except (*STORINGEN, ValueError, KeyError, TypeError, RecursionError) as fout:
            self._rust_tot = time.monotonic() + self._rust_s
            raise BronStoring(f"{type(fout).__name__}: {fout}"[:200]) from fout
        return [d for d in docs if isinstance(d, dict)]


def _punt(doc: dict[str, Any], veld: str) -> tuple[float, float]:
    gevonden = _PUNT.match(str(doc.get(veld, "")))
    if gevonden is None:
        raise BronStoring(f"{veld} is geen punt")
    return float(gevonden[1]), float(gevonden[2])


def _vondst(doc: dict[str, Any], gemeentecode: str) -> Adresvondst | None:
    if doc.get("type") != "adres" or str(doc.get("gemeentecode", "")) != gemeentecode:
        return None
    nummeraanduiding = lees_bag_id(str(doc.get("nummeraanduiding_id", "")))
    huisnummer = doc.get("huisnummer")
    if nummeraanduiding is None or not isinstance(huisnummer, int):
        raise BronStoring("adres zonder nummeraanduiding of huisnummer")
    (x, y), (lon, lat) = _punt(doc, "centroide_rd"), _punt(doc, "centroide_ll")
    return Adresvondst(
        sleutel=doc["id"],
        straat=str(doc.get("straatnaam", ""))[:120],
        huisnummer=huisnummer,
        huisletter=str(doc.get("huisletter") or "")[:1].upper(),
        toevoeging=str(doc.get("huisnummertoevoeging") or "")[:4],
        postcode=str(doc.get("postcode") or "")[:6],
        woonplaats=str(doc.get("woonplaatsnaam", ""))[:80],
        nummeraanduiding_id=nummeraanduiding,
        verblijfsobject_id=lees_bag_id(str(doc.get("adresseerbaarobject_id", ""))) or "",
        x=round(x, 2),
        y=round(y, 2),
        lon=round(lon, 7),
        lat=round(lat, 7),
    )

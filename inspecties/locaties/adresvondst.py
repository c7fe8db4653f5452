"""An address that was found, in whatever source."""

from dataclasses import dataclass
from typing import Any

from inspecties.locaties.models import Adres
from inspecties.locaties.rules.adres import adressleutel


@dataclass(frozen=True, slots=True)
class Adresvondst:
    """``sleutel`` is what fetches it again: the uid of the own file, or the id of another source.

    A suggestion of another source knows no more than ``sleutel`` and ``tekst``; then ``volledig`` is False.
    """

    sleutel: str
    straat: str = ""
    huisnummer: int = 0
    huisletter: str = ""
    toevoeging: str = ""
    postcode: str = ""
    woonplaats: str = ""
    nummeraanduiding_id: str = ""
    verblijfsobject_id: str = ""
    gebruiksdoel: str = ""
    oppervlakte_m2: int | None = None
    x: float = 0.0
    y: float = 0.0
    lon: float = 0.0
    lat: float = 0.0
    adres_id: int | None = None
    tekst: str = ""

    @property
    def volledig(self) -> bool:
        return bool(self.nummeraanduiding_id)

    @property
    def nummer(self) -> str:
        """House number as the form of a location takes it: 12A-3."""
        return f"{self.huisnummer}{self.huisletter}" + (f"-{self.toevoeging}" if self.toevoeging else "")

    @property
    def adressleutel(self) -> str | None:
        """What makes two addresses the same."""
        return adressleutel(self.postcode, self.huisnummer or None, self.huisletter, self.toevoeging)

    @property
    def weergave(self) -> str:
        """On one line: 'Dorpsstraat 12A, 8291 AB Markerdam'."""
        postcode = f"{self.postcode[:4]} {self.postcode[4:]} " if self.postcode else ""
        return self.tekst or f"{self.straat} {self.nummer}, {postcode}{self.woonplaats}"

    def als_json(self) -> dict[str, Any]:
        """As the search on a page gets it; a suggestion is only an id and a text."""
        kort = {"id": self.sleutel, "weergave": self.weergave, "volledig": self.volledig}
        if not self.volledig:
            return kort
        return kort | {
            "straat": self.straat,
            "huisnummer": self.huisnummer,
            "huisletter": self.huisletter,
            "huisnummertoevoeging": self.toevoeging,
            "nummer": self.nummer,
            "postcode": self.postcode,
            "woonplaats": self.woonplaats,
            "nummeraanduiding_id": self.nummeraanduiding_id,
            "verblijfsobject_id": self.verblijfsobject_id,
            "gebruiksdoel": self.gebruiksdoel,
            "oppervlakte_m2": self.oppervlakte_m2,
            "x": self.x,
            "y": self.y,
            "lon": self.lon,
            "lat": self.lat,
        }


def als_vondst(adres: Adres) -> Adresvondst:
    """A row of the own file."""
    return Adresvondst(
        sleutel=str(adres.uid),
        straat=adres.openbare_ruimte,
        huisnummer=adres.huisnummer,
        huisletter=adres.huisletter,
        toevoeging=adres.huisnummertoevoeging,
        postcode=adres.postcode,
        woonplaats=adres.woonplaats,
        nummeraanduiding_id=adres.nummeraanduiding_id,
        verblijfsobject_id=adres.verblijfsobject_id,
        gebruiksdoel=adres.gebruiksdoel,
        oppervlakte_m2=adres.oppervlakte_m2,
        x=adres.x,
        y=adres.y,
        lon=adres.lon,
        lat=adres.lat,
        adres_id=adres.id,
    )

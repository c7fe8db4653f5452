"""The example imports, read with the rules that the real import uses."""

import csv
import io

from shapely.geometry import Point

from inspecties.demo.inhoud.locaties import VERDELING
from inspecties.demo.inhoud.voorbeelden import KOLOMMEN, fout_import_csv, voorbeeld_import_csv
from inspecties.demo.wereld import Gemeente
from inspecties.locaties.rules.adres import adressleutel
from inspecties.locaties.rules.importrij import lees_rij

TYPEN = {code: code for code in VERDELING["Markerwaard"]}


def _rijen(tekst: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(tekst, newline="")))


def test_goed_bestand_is_helemaal_goed(markerwaard: Gemeente) -> None:
    rijen = _rijen(voorbeeld_import_csv())
    assert len(rijen) == 25
    assert tuple(rijen[0]) == KOLOMMEN
    bestaand = {
        adressleutel(x.adres.postcode, x.adres.huisnummer, x.adres.huisletter, x.adres.huisnummertoevoeging)
        for x in markerwaard.locaties
    }
    sleutels = set()
    for rij in rijen:
        gelezen, fouten = lees_rij(rij, TYPEN)
        assert fouten == []
        assert gelezen is not None
        assert gelezen.x is not None
        assert gelezen.y is not None
        assert markerwaard.grens.contains(Point(gelezen.x, gelezen.y))
        assert gelezen.sleutel not in bestaand
        sleutels.add(gelezen.sleutel)
    assert len(sleutels) == 25


def test_elke_fout_wordt_gevonden_en_de_rest_is_goed(markerwaard: Gemeente) -> None:
    tekst, geplant = fout_import_csv()
    gevonden = {}
    for nummer, rij in enumerate(_rijen(tekst), start=2):
        gelezen, fouten = lees_rij(rij, TYPEN)
        if fouten:
            gevonden[nummer] = fouten[0][0]
        elif not (gelezen and markerwaard.grens.contains(Point(gelezen.x or 0, gelezen.y or 0))):
            gevonden[nummer] = "x"
    assert gevonden == {f.rij: f.kolom for f in geplant}
    soorten = {f.soort for f in geplant}
    assert {"leeg type", "onmogelijk", "buiten de gemeente", "verwisseld", "datum van Excel", "formule"} <= soorten

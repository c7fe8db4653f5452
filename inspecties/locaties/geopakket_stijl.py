"""How QGIS shows an exported layer of locations: colour says the status, shape says the type, as QML and as SLD."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Et
from xml.etree.ElementTree import Element, SubElement

from inspecties.locaties.geopakket_schrijven import Stijl
from inspecties.locaties.rules.status import STATUSNAMEN

_KLEUREN = {
    "in_beeld": "#5b6b7b",
    "actief": "#c75b00",
    "in_onderzoek": "#1f5fa8",
    "gesloten": "#2b7a3d",
    "uit_beeld": "#b5b5b5",
}
# Shapes that both QGIS and SLD know by these names.
_VORMEN = ("circle", "square", "triangle", "star", "cross", "x")
_REEKS = ("#1f5fa8", "#c75b00", "#2b7a3d", "#8a2b8a", "#7a5a00", "#00707a", "#a31f34", "#5b6b7b")
_SLD = "http://www.opengis.net/sld"
_OGC = "http://www.opengis.net/ogc"


@dataclass(frozen=True)
class _Klasse:
    """One value of the column with its name, colour and shape."""

    waarde: str
    naam: str
    kleur: str
    vorm: str = "circle"


def stijlen_van(typen: Sequence[tuple[str, str]], laag: str) -> list[Stijl]:
    """The styles of a layer with columns ``status`` and ``type``; ``typen``: (code, name). Status is the default."""
    op_status = [_Klasse(code, naam, _KLEUREN[code]) for code, naam in STATUSNAMEN.items()]
    op_type = [
        _Klasse(code, naam, _REEKS[i % len(_REEKS)], _VORMEN[i % len(_VORMEN)]) for i, (code, naam) in enumerate(typen)
    ]
    return [
        Stijl("Status", "Kleur per status", _qml("status", op_status), _sld("status", op_status, laag)),
        Stijl("Type", "Kleur en vorm per type", _qml("type", op_type), _sld("type", op_type, laag)),
    ]


def _rgb(kleur: str) -> str:
    return ",".join(str(int(kleur[i : i + 2], 16)) for i in (1, 3, 5)) + ",255"


def _qml(kolom: str, klassen: Iterable[_Klasse]) -> str:
    wortel = Element("qgis", version="3.22.0", styleCategories="Symbology")
    tekenaar = SubElement(
        wortel,
        "renderer-v2",
        type="categorizedSymbol",
        attr=kolom,
        enableorderby="0",
        symbollevels="0",
        forceraster="0",
    )
    categorieen, symbolen = SubElement(tekenaar, "categories"), SubElement(tekenaar, "symbols")
    for nummer, k in enumerate(klassen):
        SubElement(categorieen, "category", symbol=str(nummer), value=k.waarde, label=k.naam, render="true")
        symbool = SubElement(symbolen, "symbol", name=str(nummer), type="marker", alpha="1", clip_to_extent="1")
        laag = SubElement(symbool, "layer", {"class": "SimpleMarker"}, enabled="1", locked="0")
        opties = {
            "name": "cross2" if k.vorm == "x" else k.vorm,
            "color": _rgb(k.kleur),
            "outline_color": "255,255,255,255",
            "outline_width": "0.3",
            "outline_width_unit": "MM",
            "size": "3",
            "size_unit": "MM",
        }
        # QGIS 3.26 and later read Option, earlier ones prop.
        kaart = SubElement(laag, "Option", type="Map")
        for naam, waarde in opties.items():
            SubElement(kaart, "Option", name=naam, value=waarde, type="QString")
        for naam, waarde in opties.items():
            SubElement(laag, "prop", k=naam, v=waarde)
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + Et.tostring(wortel, encoding="unicode")


def _sld(kolom: str, klassen: Iterable[_Klasse], laag: str) -> str:
    wortel = Element("StyledLayerDescriptor", {"version": "1.0.0", "xmlns": _SLD, "xmlns:ogc": _OGC})
    genoemd = SubElement(wortel, "NamedLayer")
    SubElement(genoemd, "Name").text = laag
    stijl = SubElement(genoemd, "UserStyle")
    SubElement(stijl, "Name").text = kolom
    regels = SubElement(stijl, "FeatureTypeStyle")
    for k in klassen:
        regel = SubElement(regels, "Rule")
        SubElement(regel, "Name").text = k.naam
        gelijk = SubElement(SubElement(regel, "ogc:Filter"), "ogc:PropertyIsEqualTo")
        SubElement(gelijk, "ogc:PropertyName").text = kolom
        SubElement(gelijk, "ogc:Literal").text = k.waarde
        beeld = SubElement(SubElement(regel, "PointSymbolizer"), "Graphic")
        teken = SubElement(beeld, "Mark")
        SubElement(teken, "WellKnownName").text = k.vorm
        SubElement(SubElement(teken, "Fill"), "CssParameter", name="fill").text = k.kleur
        SubElement(SubElement(teken, "Stroke"), "CssParameter", name="stroke").text = "#ffffff"
        SubElement(beeld, "Size").text = "11"
    return Et.tostring(wortel, encoding="unicode")

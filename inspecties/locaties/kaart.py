"""The map: folium without its CDNs and without inline script.

folium emits the map's HTML and script apart; the HTML goes into the page, the script to an endpoint of its own, so that
the Content-Security-Policy stays ``script-src 'self'``. Own layers are small plugins that fetch by bounding box.
"""

from typing import Any
from urllib.parse import urlsplit

import folium
from branca.element import Figure, MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template
from markupsafe import Markup

KAART_ID = "risicokaart"
MAX_ZOOM = 20
_HTML = f'<div class="folium-map" id="map_{KAART_ID}" ></div>'


def _alle_subklassen(klasse: type[Any]) -> set[type[Any]]:
    return {klasse}.union(*(_alle_subklassen(s) for s in klasse.__subclasses__()))


def verwijder_cdns() -> None:
    """Empty the asset lists of every folium class; our own bundle carries Leaflet."""
    for klasse in _alle_subklassen(JSCSSMixin):
        klasse.default_js = []
        klasse.default_css = []


verwijder_cdns()


class _Laag(MacroElement):
    """A call of our own bundle (static/src/kaart) with the map and values that are written as JSON."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        inspectiesKaart.{{ this.functie }}({{ this._parent.get_name() }}, {{ this.waarden|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, functie: str, **waarden: Any) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's constructor has no types
        self._name = functie
        self.functie = functie
        self.waarden = waarden


def achtergrondlaag(url: str) -> _Laag:
    """The gemeente's vector background."""
    return _Laag("achtergrond", url=url)


def tegellaag(url: str) -> _Laag:
    """A configured tile service below everything else. ``url`` is a template with {z}, {x} and {y}."""
    return _Laag("tegels", url=url, maxZoom=MAX_ZOOM)


def locatielaag(url: str, **hulp: str) -> _Laag:
    """Risk locations, fetched by bounding box and clustered on the server, with the list beside the map.

    ``hulp``: addresses of the tools (areas, selection, nearest, signals, action, print); '' for what the role may not.
    """
    return _Laag("locaties", url=url, **hulp)


def puntlaag(lon: float, lat: float, status: str) -> _Laag:
    """One place that the map is about."""
    return _Laag("punt", lon=lon, lat=lat, status=status)


def koppellaag(url: str) -> _Laag:
    """Linked locations with the lines between them."""
    return _Laag("koppelingen", url=url)


def vlaklaag(vlakken: list[dict[str, Any]]) -> _Laag:
    """Outlines of one place: each ``soort`` (pand, perceel) and ``geojson`` (a geometry in degrees)."""
    return _Laag("vlak", vlakken=vlakken)


def tegelbron(url: str) -> str:
    """The host of a tile service, to name below the map; '' where there is none."""
    return urlsplit(url.replace("{s}.", "")).netloc if url else ""


def maak_kaart(
    grenzen: tuple[float, float, float, float], lagen: list[_Laag], *, tegels_url: str = "", rustig: bool = False
) -> tuple[Markup, str]:
    """(html, script) of the map that shows ``grenzen`` (min_lon, min_lat, max_lon, max_lat).

    ``rustig``: a picture of a place; scrolling the page does not zoom it. Raises RuntimeError when an address outside
    this site slipped in.
    """
    min_lon, min_lat, max_lon, max_lat = grenzen
    kaart = folium.Map(
        location=[(min_lat + max_lat) / 2, (min_lon + max_lon) / 2],
        zoom_start=13,
        tiles=None,
        control_scale=True,
        maxZoom=MAX_ZOOM,
        attribution_control=False,
        scroll_wheel_zoom=not rustig,
        # It starts on its place: moving there in steps can stop half-way on a busy tablet.
        zoom_animation=not rustig,
    )
    kaart._id = KAART_ID
    kaart.fit_bounds([[min_lat, min_lon], [max_lat, max_lon]])
    if tegels_url:
        tegellaag(tegels_url).add_to(kaart)
    for laag in lagen:
        laag.add_to(kaart)
    figuur = kaart.get_root()
    if not isinstance(figuur, Figure):
        raise RuntimeError("the map has no figure")
    figuur.render()
    script: str = figuur.script.render()
    eigen = script
    for adres in filter(None, (tegels_url, tegels_url.replace("&", "\\u0026"))):
        eigen = eigen.replace(adres, "")
    if "http://" in eigen or "https://" in eigen:
        raise RuntimeError("the map refers to an outside address")
    if figuur.html.render().split() != _HTML.split():
        raise RuntimeError("folium's HTML is not the one element that we know")
    return Markup(_HTML), script  # noqa: S704 - a constant

"""The map: folium without its CDNs and without inline script.

folium emits the map's HTML and script apart; the HTML goes into the page, the script to an endpoint of its own, so that
the Content-Security-Policy stays ``script-src 'self'``. Own layers are small plugins that fetch by bounding box.
"""

from typing import Any

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

KAART_ID = "risicokaart"


def _alle_subklassen(klasse: type[Any]) -> set[type[Any]]:
    return {klasse}.union(*(_alle_subklassen(s) for s in klasse.__subclasses__()))


def verwijder_cdns() -> None:
    """Empty the asset lists of every folium class; our own bundle carries Leaflet."""
    for klasse in _alle_subklassen(JSCSSMixin):
        klasse.default_js = []
        klasse.default_css = []


verwijder_cdns()


class Achtergrond(MacroElement):  # type: ignore[misc]  # branca ships no types
    """The gemeente's vector background."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        inspectiesKaart.achtergrond({{ this._parent.get_name() }}, {{ this.url|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, url: str) -> None:
        super().__init__()
        self._name = "Achtergrond"
        self.url = url


class Tegels(MacroElement):  # type: ignore[misc]  # branca ships no types
    """A configured tile service below everything else."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        L.tileLayer({{ this.url|tojson }}, {maxZoom: 20}).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, url: str) -> None:
        super().__init__()
        self._name = "Tegels"
        self.url = url


class Locatielaag(MacroElement):  # type: ignore[misc]  # branca ships no types
    """Risk locations, fetched by bounding box and clustered on the server."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        inspectiesKaart.locaties({{ this._parent.get_name() }}, {{ this.url|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, url: str) -> None:
        super().__init__()
        self._name = "Locatielaag"
        self.url = url


def maak_kaart(
    grenzen: tuple[float, float, float, float], *, achtergrond_url: str, locaties_url: str, tegels_url: str = ""
) -> tuple[str, str]:
    """(html, script) of the map that shows ``grenzen`` (min_lon, min_lat, max_lon, max_lat).

    Raises RuntimeError when anything outside this site slipped in.
    """
    min_lon, min_lat, max_lon, max_lat = grenzen
    kaart = folium.Map(
        location=[(min_lat + max_lat) / 2, (min_lon + max_lon) / 2],
        zoom_start=13,
        tiles=None,
        control_scale=True,
        max_zoom=20,
        attribution_control=False,
    )
    kaart._id = KAART_ID
    if tegels_url:
        Tegels(tegels_url).add_to(kaart)
    Achtergrond(achtergrond_url).add_to(kaart)
    kaart.fit_bounds([[min_lat, min_lon], [max_lat, max_lon]])
    Locatielaag(locaties_url).add_to(kaart)
    figuur = kaart.get_root()
    figuur.render()
    html: str = figuur.html.render()
    script: str = figuur.script.render()
    vreemd = html + (script.replace(tegels_url, "") if tegels_url else script)
    if "http://" in vreemd or "https://" in vreemd:
        raise RuntimeError("the map refers to an outside address")
    return html, script

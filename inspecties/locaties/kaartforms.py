"""Forms of the map: choosing an area without drawing, keeping it, importing areas."""

from flask_wtf.file import FileField, FileRequired
from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from inspecties.locaties.rules.gebied import GEBIEDSOORTEN
from inspecties.web.formulieren import Formulier, keuzes


class SelectieForm(Form):  # type: ignore[misc]  # wtforms ships no types
    """An area in the query string: a saved one, a circle, or corners."""

    gebied = SelectField("Actiegebied of wijk", validate_choice=False)
    midden = StringField(
        "Midden van een cirkel",
        description="Lengtegraad en breedtegraad, zoals 5.2345,52.4567.",
        render_kw={"maxlength": 60, "autocomplete": "off"},
    )
    straal = StringField(
        "Straal in meters", description="Van 10 tot 20000.", render_kw={"inputmode": "numeric", "maxlength": 6}
    )
    vlak = TextAreaField(
        "Hoeken van een eigen gebied",
        description="Elke hoek als lengtegraad,breedtegraad, op een eigen regel of met een puntkomma ertussen.",
        render_kw={"rows": 4, "maxlength": 4000},
    )


class GebiedForm(Formulier):
    """Keep a chosen area."""

    naam = StringField(
        "Naam van het gebied",
        validators=[
            DataRequired("Geef het gebied een naam."),
            Length(max=120, message="Gebruik hoogstens 120 tekens."),
        ],
    )
    soort = SelectField("Soort", choices=keuzes(GEBIEDSOORTEN.items()))
    vlak = HiddenField()
    midden = HiddenField()
    straal = HiddenField()


class GebiedenbestandForm(Formulier):
    """A GeoJSON file with areas."""

    soort = SelectField("Wat staat erin?", choices=keuzes([("wijk", "Wijken"), ("actiegebied", "Actiegebieden")]))
    bestand = FileField(
        "Bestand",
        validators=[FileRequired("Kies een bestand dat eindigt op .geojson of .json.")],
        description="GeoJSON met vlakken in graden (EPSG:4326), elk met een kenmerk 'naam'.",
        render_kw={"accept": ".geojson,.json,application/geo+json"},
    )


class WeergaveForm(Formulier):
    """Keep this view of the map."""

    naam = StringField(
        "Naam van deze weergave",
        validators=[DataRequired("Geef de weergave een naam."), Length(max=80)],
        render_kw={"maxlength": 80, "autocomplete": "off"},
    )

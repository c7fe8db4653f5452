"""Forms about lost tablets."""

from wtforms import StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length

from inspecties.web.formulieren import Formulier

_LENGTE = Length(max=2000, message="Houd het korter dan 2000 tekens.")


class KwijtForm(Formulier):
    """Report a tablet lost."""

    reden = TextAreaField(
        "Wat is er gebeurd?",
        validators=[DataRequired("Schrijf op wat er gebeurd is: waar en wanneer het toestel weg was."), _LENGTE],
        description="Bijvoorbeeld: uit de auto gestolen, zaterdag tussen 23 en 24 uur, het scherm was vergrendeld.",
        render_kw={"rows": 4},
    )
    verstuur = SubmitField("Toestel is kwijt")


class TerugForm(Formulier):
    """Take the report back."""

    reden = TextAreaField(
        "Waarom is het toestel niet meer kwijt?",
        validators=[DataRequired("Schrijf op waarom het toestel niet meer kwijt is."), _LENGTE],
        description="Bijvoorbeeld: gevonden in de dienstauto, niemand anders is erbij geweest.",
        render_kw={"rows": 3},
    )
    verstuur = SubmitField("Melding intrekken")


class Zoekform(Formulier):
    """Filter of the list."""

    zoek = StringField("Naam van de gebruiker")

"""Forms of the coordinator's decisions."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, SubmitField
from wtforms.validators import DataRequired, Length


class VerschilForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Which of the values counts; the radio buttons stand in the page, beside the values."""

    sleutel = HiddenField(validators=[DataRequired()])
    baan = HiddenField(validators=[DataRequired()])
    gezien = HiddenField(validators=[DataRequired()])
    kies = StringField("Welk antwoord geldt", validators=[DataRequired("Kies welk antwoord geldt.")])
    verstuur = SubmitField("Dit antwoord geldt")


class BeoordeelForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What was decided, and why."""

    reden = StringField(
        "Wat besloot u, en waarom?",
        validators=[
            DataRequired("Schrijf op wat u besloot en waarom."),
            Length(max=2000, message="Houd het korter dan 2000 tekens."),
        ],
    )
    verstuur = SubmitField("Beoordeeld")

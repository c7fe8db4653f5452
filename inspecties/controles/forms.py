"""Forms of the coordinator's decisions."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import HiddenInput

from inspecties.controles.rules.lakken import MAX_TOELICHTING, REDENEN
from inspecties.web.formulieren import keuzes


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


class LakForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What is covered on a photo, as drawn by ``static/src/foto``, and why."""

    vlakken = HiddenField()
    # The version that the person saw: whoever was ahead is not overwritten.
    gezien = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    reden = RadioField(
        "Waarom dekt u dit af?",
        choices=keuzes(REDENEN.items()),
        validators=[InputRequired("Kies waarom u dit afdekt.")],
    )
    toelichting = TextAreaField(
        "Toelichting",
        description="Verplicht bij 'Iets anders'. Schrijf hier niet op wie er op de foto staat.",
        validators=[Length(max=MAX_TOELICHTING, message=f"Houd het korter dan {MAX_TOELICHTING} tekens.")],
        render_kw={"rows": 2},
    )
    verstuur = SubmitField("Afdekking bewaren")

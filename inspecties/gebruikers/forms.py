"""Forms of login and accounts."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField, SubmitField
from wtforms.validators import DataRequired, Length


class AanmeldForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    email = StringField(
        "E-mailadres",
        validators=[DataRequired("Vul uw e-mailadres in."), Length(max=254, message="Dit e-mailadres is te lang.")],
        render_kw={"autocomplete": "username", "type": "email", "inputmode": "email"},
    )
    wachtwoord = PasswordField(
        "Wachtwoord",
        validators=[DataRequired("Vul uw wachtwoord in."), Length(max=200, message="Dit wachtwoord is te lang.")],
        render_kw={"autocomplete": "current-password"},
    )
    volgende = HiddenField()
    verstuur = SubmitField("Aanmelden")

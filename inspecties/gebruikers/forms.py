"""Forms of login and of the own account."""

from wtforms import HiddenField, PasswordField, StringField, SubmitField
from wtforms.validators import DataRequired, EqualTo, Length

from inspecties.gebruikers.rules.wachtwoordkeuze import MAXIMUM, MINIMUM
from inspecties.web.formulieren import Formulier

_LENGTE = Length(max=MAXIMUM, message="Dit wachtwoord is te lang.")
_UITLEG = f"Minstens {MINIMUM} tekens. Een zin van een paar woorden is goed te onthouden en moeilijk te raden."


def _nieuw() -> PasswordField:
    return PasswordField(
        "Nieuw wachtwoord",
        validators=[DataRequired("Vul een nieuw wachtwoord in."), _LENGTE],
        description=_UITLEG,
        render_kw={"autocomplete": "new-password"},
    )


def _nogmaals() -> PasswordField:
    return PasswordField(
        "Nieuw wachtwoord nog een keer",
        validators=[
            DataRequired("Vul het nieuwe wachtwoord nog een keer in."),
            EqualTo("nieuw", message="De twee nieuwe wachtwoorden zijn niet gelijk."),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class AanmeldForm(Formulier):
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


class EigenWachtwoordForm(Formulier):
    oud = PasswordField(
        "Huidig wachtwoord",
        validators=[DataRequired("Vul uw huidige wachtwoord in."), _LENGTE],
        render_kw={"autocomplete": "current-password"},
    )
    nieuw = _nieuw()
    nogmaals = _nogmaals()
    verstuur = SubmitField("Wachtwoord wijzigen")


class KiesWachtwoordForm(Formulier):
    nieuw = _nieuw()
    nogmaals = _nogmaals()
    verstuur = SubmitField("Wachtwoord opslaan")

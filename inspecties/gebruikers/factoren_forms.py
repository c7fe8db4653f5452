"""Forms of the second step, of the own factors and of a forgotten password."""

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length

from inspecties.web.formulieren import Formulier

_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "autocapitalize": "off"}


class StapForm(Formulier):
    code = StringField(
        "Code",
        validators=[DataRequired("Vul de code in."), Length(max=80, message="Deze code is te lang.")],
        render_kw={**_CODE, "inputmode": "text", "autofocus": True},
    )


class AppForm(Formulier):
    code = StringField(
        "Code uit uw app",
        validators=[DataRequired("Vul de zes cijfers in die uw app toont."), Length(max=12, message="Zes cijfers.")],
        description="Zes cijfers. Ze veranderen elke halve minuut.",
        render_kw=_CODE,
    )


class VergetenForm(Formulier):
    email = StringField(
        "E-mailadres",
        validators=[DataRequired("Vul uw e-mailadres in."), Length(max=254, message="Dit e-mailadres is te lang.")],
        render_kw={"autocomplete": "username", "type": "email", "inputmode": "email"},
    )


class BevestigForm(Formulier):
    volgende = HiddenField()
    # Under the name that every form uses for it (``bevestigen.VELD``).
    bevestig_wachtwoord = PasswordField(
        "Uw wachtwoord",
        validators=[Length(max=200, message="Dit wachtwoord is te lang.")],
        render_kw={"autocomplete": "current-password"},
    )

"""Forms of partnerships."""

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from inspecties.web.formulieren import Formulier, keuzes


class OprichtForm(Formulier):
    naam = StringField(
        "Naam van het samenwerkingsverband",
        validators=[DataRequired("Geef het samenwerkingsverband een naam.")],
        description="Andere gemeenten zien deze naam als zij willen aansluiten.",
        render_kw={"maxlength": 120, "autocomplete": "off"},
    )


class AansluitForm(Formulier):
    verband = SelectField(
        "Samenwerkingsverband", validators=[DataRequired("Kies bij welk samenwerkingsverband u wilt aansluiten.")]
    )

    def zet_verbanden(self, verbanden: list[tuple[str, str]]) -> None:
        """(public id, name) of what may be chosen."""
        self.verband.choices = keuzes(verbanden, "Kies een samenwerkingsverband")


class ContactForm(Formulier):
    """Whom another gemeente calls."""

    contact_naam = StringField(
        "Naam",
        validators=[DataRequired("Vul de naam in van wie de ander kan bellen."), Length(max=120)],
        render_kw={"maxlength": 120, "autocomplete": "off"},
    )
    contact_telefoon = StringField(
        "Telefoonnummer",
        validators=[DataRequired("Vul een telefoonnummer in."), Length(max=20, message="Dit nummer is te lang.")],
        render_kw={"maxlength": 20, "autocomplete": "off", "type": "tel", "inputmode": "tel"},
    )
    contact_email = StringField(
        "E-mailadres",
        validators=[DataRequired("Vul een e-mailadres in."), Length(max=254, message="Dit adres is te lang.")],
        render_kw={"maxlength": 254, "autocomplete": "off", "type": "email", "inputmode": "email"},
    )

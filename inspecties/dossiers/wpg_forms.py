"""Forms on police data."""

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from inspecties.audit.rules_wpg import ARTIKELEN, TERUGGRONDEN
from inspecties.web.formulieren import Formulier, keuzes

_WAAROM = InputRequired("Schrijf op waarom. Noem geen namen van personen.")
_REDEN = {"validators": [_WAAROM, Length(max=500, message="Houd het korter dan 500 tekens.")], "render_kw": {"rows": 3}}
_HINT = "Noem geen namen van personen."


class ApartForm(Formulier):
    """Set a piece apart."""

    ontvangen_van = StringField(
        "Wie legde dit vast, of gaf het?",
        description="De functie of de organisatie, geen naam. Bijvoorbeeld: boa openbare ruimte.",
        validators=[DataRequired("Schrijf op wie dit vastlegde, met de functie."), Length(max=120)],
    )
    artikel = SelectField(
        "Op grond van welk artikel?",
        choices=keuzes(ARTIKELEN.items(), "Kies een artikel"),
        validators=[DataRequired("Kies het artikel.")],
    )
    ontvangen_op = DateField(
        "Voor het eerst verwerkt op",
        description="Vanaf deze dag lopen de termijnen van een jaar en van vijf jaar.",
        validators=[DataRequired("Vul de dag in, als dag-maand-jaar.")],
    )
    reden = TextAreaField("Waarom is dit een politiegegeven?", description=_HINT, **_REDEN)


class LeesForm(Formulier):
    """Why somebody reads it now."""

    grond = SelectField("Waarvoor leest u dit?", validators=[DataRequired("Kies waarvoor u dit leest.")])
    reden = TextAreaField("Waarom nu?", description=_HINT, **_REDEN)


class TerugForm(Formulier):
    """Back to supervision. Its fields have names of their own: it stands on a page with ``LeesForm``."""

    terug_grond = SelectField(
        "Op welke grond?",
        choices=keuzes(TERUGGRONDEN.items(), "Kies een grond"),
        validators=[DataRequired("Kies de grond.")],
    )
    terug_reden = TextAreaField("Waarom?", description=_HINT, **_REDEN)


class AanwijsForm(Formulier):
    """Name somebody."""

    lid = SelectField("Wie?", validators=[DataRequired("Kies een collega.")])
    reden = TextAreaField("Waarom?", description="Noem de taak of de akte waarop dit rust.", **_REDEN)


class EindeForm(Formulier):
    """End a naming."""

    waarom = TextAreaField("Waarom stopt het?", description=_HINT, **_REDEN)

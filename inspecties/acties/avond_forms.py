"""Forms of the evening."""

from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from inspecties.acties.forms import MetVersie
from inspecties.acties.operations_stops import DUUR_HOOGSTENS_MIN
from inspecties.acties.rules.avondbericht import BERICHT_HOOGSTENS
from inspecties.web.formulieren import Formulier, keuzes

ALLE_PLOEGEN = "alle"
PLAATSEN = (("laatst", "Als laatste"), ("eerst", "Als eerstvolgende"))


class BerichtForm(Formulier):
    """A quick message."""

    aan = SelectField("Aan", validators=[InputRequired("Kies een ploeg of alle ploegen.")])
    tekst = TextAreaField(
        "Bericht",
        validators=[DataRequired("Schrijf een bericht.")],
        description=f"Hoogstens {BERICHT_HOOGSTENS} tekens. Geen namen, nummers of andere persoonsgegevens.",
    )


class ErbijForm(MetVersie):
    """A stop that comes in."""

    locatie = RadioField("Locatie", validators=[InputRequired("Kies een locatie uit de lijst.")], choices=[])
    ploeg = SelectField("Ploeg", validators=[InputRequired("Kies een ploeg.")])
    plaats = SelectField("Wanneer", choices=keuzes(PLAATSEN), default="laatst", validators=[DataRequired()])
    duur_min = IntegerField(
        "Duur in minuten",
        default=30,
        validators=[
            InputRequired("Vul een aantal minuten in, zoals 30."),
            NumberRange(1, DUUR_HOOGSTENS_MIN, f"De duur is 1 tot {DUUR_HOOGSTENS_MIN} minuten."),
        ],
    )
    reden = StringField(
        "Reden",
        validators=[DataRequired("Schrijf kort waarom deze stop erbij komt."), Length(max=2000)],
        description="Bijvoorbeeld: melding van overlast tijdens de actie. Geen namen.",
    )


class StopactForm(MetVersie):
    """One act on one stop; ``gezien_*`` is what stood on the screen."""

    doe = StringField(validators=[DataRequired("Kies wat u wilt doen.")])
    gezien_toestand = StringField(validators=[Optional()])
    gezien_ploeg = StringField(validators=[Optional()])
    ploeg = StringField(validators=[Optional()])
    plaats = StringField(validators=[Optional()])
    toestand = StringField(validators=[Optional()])
    reden = StringField(validators=[Optional(), Length(max=2000, message="Gebruik hoogstens 2000 tekens.")])

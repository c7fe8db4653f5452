"""Forms around typing over a paper form; the questions themselves come from the checklist."""

from flask_wtf.file import MultipleFileField
from wtforms import DateField, HiddenField, StringField, TimeField
from wtforms.validators import InputRequired, Length

from inspecties.web.formulieren import Formulier

_SCANHINT = "Foto's (JPEG, PNG) of een PDF van alle bladzijden. U kunt dit ook aan het eind doen."


class PapierBeginForm(Formulier):
    """Who wrote on the paper, and when."""

    kenmerk = HiddenField(validators=[Length(max=60)])
    ingevuld_door = StringField(
        "Wie vulde het papier in?",
        description="De naam of namen die onderaan het papier staan.",
        validators=[
            InputRequired("Schrijf op wie het papier invulde."),
            Length(max=200, message="Houd het korter dan 200 tekens."),
        ],
    )
    datum = DateField(
        "Op welke dag?", validators=[InputRequired("Vul de datum in die op het papier staat, zoals 21-11-2026.")]
    )
    tijd = TimeField("Hoe laat?", validators=[InputRequired("Vul de tijd in die op het papier staat, zoals 19:30.")])
    scan = MultipleFileField("Scan of foto van het papier", description=_SCANHINT)


class PapierAfrondForm(Formulier):
    """The scan, and the end."""

    scan = MultipleFileField("Scan of foto van het papier", description="Foto's (JPEG, PNG) of een PDF.")

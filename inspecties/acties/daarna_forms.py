"""Forms of what comes after an action."""

from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from inspecties.acties.forms import MetVersie
from inspecties.acties.rules.debriefing import AFSPRAAKSTANDEN, CATEGORIEEN, RESULTATEN
from inspecties.web.formulieren import Formulier, keuzes

_LANG = Length(max=2000, message="Gebruik hoogstens 2000 tekens.")


class BesprekingForm(MetVersie):
    """The result of one stop."""

    resultaat = SelectField(
        "Resultaat",
        choices=keuzes(RESULTATEN.items(), "Kies een resultaat"),
        validators=[DataRequired("Kies een resultaat.")],
    )
    opmerking = TextAreaField(
        "Opmerking",
        validators=[Optional(), Length(max=4000, message="Gebruik hoogstens 4000 tekens.")],
        description="Schrijf geen namen van bewoners. Dit staat niet in het verslag.",
    )


class AfspraakForm(Formulier):
    """What was agreed."""

    wat = TextAreaField("Wat gaat er gebeuren", validators=[DataRequired("Schrijf op wat er gaat gebeuren."), _LANG])
    wie = SelectField("Wie doet dit", validators=[DataRequired("Kies wie dit doet.")])
    uiterlijk = DateField("Uiterlijk", validators=[InputRequired("Kies een dag, zoals 12-12-2026.")])
    stop = SelectField("Bij welke stop", validators=[Optional()])


class LesForm(Formulier):
    """What was learned."""

    categorie = SelectField("Waar gaat het over", choices=keuzes(CATEGORIEEN.items()))
    tekst = TextAreaField(
        "Wat hebben we geleerd",
        validators=[DataRequired("Schrijf op wat een volgende keer anders of net zo moet."), _LANG],
        description="Schrijf geen namen of adressen: dit staat in het verslag en bij een volgende actie.",
    )


class StandForm(MetVersie):
    """Done, lapsed or open again."""

    stand = SelectField("Stand", choices=keuzes(AFSPRAAKSTANDEN.items()), validators=[DataRequired()])
    reden = TextAreaField("Reden", validators=[Optional(), _LANG])


class AfspraakfilterForm(Formulier):
    """What the list is narrowed to."""

    class Meta(Formulier.Meta):
        csrf = False

    stand = SelectField(
        "Stand",
        choices=keuzes(
            [("open", "Open"), ("te_laat", "Te laat"), ("gedaan", "Gedaan"), ("vervallen", "Vervallen")], "Alle"
        ),
    )
    wie = SelectField("Wie")

"""Forms of features of a location."""

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from inspecties.locaties.rules.partijen import KENMERKSOORTEN
from inspecties.web.formulieren import Formulier, keuzes


class KenmerkForm(Formulier):
    """What was seen, where, and when. The rules say what a value must look like."""

    soort = SelectField(
        "Wat voor kenmerk?",
        choices=keuzes(KENMERKSOORTEN.items(), "Kies wat het is"),
        validators=[DataRequired("Kies wat voor kenmerk het is.")],
    )
    waarde = StringField(
        "Kenmerk",
        validators=[DataRequired("Vul in wat u hebt gezien.")],
        description="Hoe u het schrijft, maakt niet uit: 06-12345678 en +31 6 1234 5678 zijn hetzelfde. "
        "Van een rekening bewaren wij alleen de laatste 4 cijfers.",
        render_kw={"maxlength": 80, "autocomplete": "off"},
    )
    bron = StringField(
        "Waar hebt u dit gezien?",
        validators=[DataRequired("Vul in waar u dit hebt gezien.")],
        description="Bijvoorbeeld 'advertentie van 12 maart' of 'busje voor de deur'. Geen namen van personen.",
        render_kw={"maxlength": 160, "autocomplete": "off"},
    )
    gezien_op = DateField(
        "Op welke dag?",
        validators=[InputRequired("Vul de dag in, zoals 21-11-2026.")],
        description="De eerste dag waarop het hier is gezien.",
    )


class WegForm(Formulier):
    """Why a feature is taken away."""

    reden = TextAreaField(
        "Waarom moet dit kenmerk hier weg?",
        validators=[DataRequired("Schrijf waarom dit kenmerk hier weg moet.")],
        description="Het kenmerk telt daarna niet meer mee. Het blijft met uw reden bewaard bij de locatie.",
        render_kw={"maxlength": 500, "rows": 3},
    )

"""Forms in which a signal of trafficking from a visit is judged."""

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from inspecties.controles.mensenhandel import MAX_REDEN
from inspecties.signalen.rules.indeling import URGENTIES, VORMEN
from inspecties.signalen.rules.indicatoren import INDICATOREN
from inspecties.web.formulieren import Formulier, Vinkjes, keuzes

_NIET_TE_LANG = Length(max=MAX_REDEN, message=f"Houd het korter dan {MAX_REDEN} tekens.")


class AannameForm(Formulier):
    """Take it over as a signal; ``gezien`` is the revision of the finding that was read."""

    gezien = HiddenField()
    vorm = SelectField("Waar lijkt het op?", choices=keuzes(VORMEN.items()))
    urgentie = RadioField(
        "Hoe dringend is het?",
        choices=keuzes(URGENTIES.items()),
        validators=[InputRequired("Kies hoe dringend het is.")],
    )
    indicatoren = Vinkjes("Wat viel op?", choices=keuzes(INDICATOREN.items()))
    toelichting = TextAreaField(
        "Toelichting",
        validators=[_NIET_TE_LANG],
        description="Komt boven de antwoorden in het signaal. De coördinator leest dit ook.",
    )


class GeenSignaalForm(Formulier):
    """Judge that there is none."""

    gezien = HiddenField(id="geen-gezien")
    reden = TextAreaField(
        "Waarom is dit geen signaal?",
        validators=[_NIET_TE_LANG],
        description="Wat verklaart de antwoorden, en met wie sprak u?",
    )


class HeropenForm(Formulier):
    """Come back on a judgement."""

    reden = TextAreaField("Waarom beoordeelt u het opnieuw?", validators=[_NIET_TE_LANG])

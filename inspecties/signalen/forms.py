"""Forms of signals."""

from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from inspecties.signalen.rules.indeling import BRONNEN, CONTROLE, MELDSTAPPEN, URGENTIES, VORMEN
from inspecties.signalen.rules.indicatoren import INDICATOREN
from inspecties.web.formulieren import Formulier, keuzes


class Vinkjes(SelectMultipleField):  # type: ignore[misc]  # wtforms ships no types
    """Several choices as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Meldform(Formulier):
    """What was seen, where, and how urgent. Nothing about who reports."""

    tekst = TextAreaField(
        "Wat is er gezien of gehoord?",
        validators=[
            DataRequired("Schrijf op wat iemand zag of hoorde."),
            Length(max=8000, message="Houd het korter dan 8000 tekens."),
        ],
        description="Ook een onderbuikgevoel telt. Schrijf feiten op, en wie ze zag niet.",
        render_kw={"rows": 6},
    )
    datum = DateField(
        "Wanneer?",
        validators=[InputRequired("Vul de dag in waarop iemand dit zag of hoorde.")],
        description="De dag waarop iemand het zag of hoorde.",
    )
    waar = StringField(
        "Waar?",
        validators=[Length(max=200, message="Houd het korter dan 200 tekens.")],
        description="Een adres of een omschrijving, zoals: het tweede huis na de brug.",
        render_kw={"autocomplete": "off"},
    )
    zoek = StringField(
        "Bekende locatie zoeken",
        validators=[Length(max=100, message="Houd het korter dan 100 tekens.")],
        description="Staat de plek al op de kaart? Zoek op straat, postcode of naam.",
        render_kw={"autocomplete": "off"},
    )
    locatie = RadioField("Gevonden locaties", default="", validate_choice=False)
    vorm = SelectField("Waar lijkt het op?", choices=keuzes(VORMEN.items()), default="onbekend")
    bron = SelectField(
        "Van wie komt het?",
        choices=keuzes((code, naam) for code, naam in BRONNEN.items() if code != CONTROLE),
        default="medewerker",
    )
    urgentie = RadioField(
        "Hoe dringend is het?",
        choices=keuzes(URGENTIES.items()),
        default="normaal",
        validators=[InputRequired("Kies hoe dringend het is.")],
    )
    indicatoren = Vinkjes("Wat viel op?", choices=keuzes(INDICATOREN.items()))


class Filterform(Formulier):
    """The filter above the list; a GET form, so without a token."""

    class Meta(Formulier.Meta):
        csrf = False

    zoek = StringField("Zoeken")
    status = SelectField(
        "Stap", choices=keuzes([("open", "Nog niet afgesloten"), *MELDSTAPPEN.items()], "Alle stappen")
    )
    vorm = SelectField("Vorm", choices=keuzes(VORMEN.items(), "Alle vormen"))
    urgentie = SelectField("Urgentie", choices=keuzes(URGENTIES.items(), "Alle"))

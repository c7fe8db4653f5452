"""Forms of signals. The intake has its own: ``forms_melden``."""

from wtforms import SelectField, StringField

from inspecties.signalen.rules.indeling import MELDSTAPPEN, URGENTIES, VORMEN
from inspecties.web.formulieren import Formulier, keuzes


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

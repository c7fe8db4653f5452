"""Forms of partners."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TimeField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from inspecties.web.formulieren import Formulier, keuzes

_GETAL = NumberRange(1, 99, message="Vul een getal in van 1 tot 99, of laat dit leeg.")


def _tekst(naam: str, lengte: int, *eisen: Any, **opties: Any) -> StringField:
    grens = Length(max=lengte, message=f"Gebruik hoogstens {lengte} tekens.")
    return StringField(naam, validators=[*eisen, grens], render_kw={"autocomplete": "off"}, **opties)


class NieuwForm(Formulier):
    """A new organisation."""

    naam = _tekst("Naam", 120, DataRequired("Geef de organisatie een naam."))
    soort = SelectField(
        "Soort organisatie",
        validators=[DataRequired("Kies een soort organisatie.")],
        description="Het soort bepaalt welke bevoegdheden de organisatie heeft.",
    )


class WijzigForm(NieuwForm):
    """An organisation, what it may see and the most it does."""

    ziet_veiligheid = BooleanField("Ziet wat over de veiligheid bij een stop staat")
    ziet_eerder = BooleanField("Ziet wat eerdere bezoeken opleverden")
    ploegen_per_avond = IntegerField(
        "Hoogstens zoveel ploegen op een avond",
        validators=[Optional(), _GETAL],
        description="Over alle acties van die avond samen. Leeg: geen maximum.",
    )
    avonden_per_maand = IntegerField(
        "Hoogstens zoveel avonden per maand",
        validators=[Optional(), _GETAL],
        description="Leeg: geen maximum.",
    )


class ContactForm(Formulier):
    """A contact person."""

    naam = _tekst("Naam", 120, DataRequired("Vul de naam van de contactpersoon in."))
    functie = _tekst("Functie", 120, Optional())
    email = _tekst("E-mailadres", 254, Optional())
    telefoon = _tekst("Telefoonnummer", 20, Optional())
    krijgt_uitnodiging = BooleanField("Krijgt de uitnodigingen voor acties")


class BevoegdheidForm(Formulier):
    """Appoint somebody."""

    code = SelectField("Bevoegdheid", validators=[DataRequired("Kies een bevoegdheid.")])
    geldig_van = DateField("Eerste dag", validators=[DataRequired("Vul een datum in, zoals 21-11-2026.")])
    geldig_tot = DateField("Laatste dag", validators=[Optional()], description="Leeg: er is geen einddatum.")
    legitimatie = _tekst(
        "Nummer van het legitimatiebewijs",
        40,
        DataRequired("Vul het nummer van het legitimatiebewijs in (art. 5:12 Awb)."),
    )


BETEKENIS = (("nee", "Niet beschikbaar"), ("ja", "Beschikbaar"))


class UrenForm(Formulier):
    """Hours entered by hand."""

    beschikbaar = SelectField("Wat geldt er", choices=keuzes(BETEKENIS))
    van_dag = DateField("Van dag", validators=[DataRequired("Vul een datum in, zoals 21-11-2026.")])
    van_tijd = TimeField("Vanaf", validators=[Optional()], description="Leeg: de hele dag.")
    tot_dag = DateField("Tot en met dag", validators=[Optional()], description="Leeg: dezelfde dag.")
    tot_tijd = TimeField("Tot", validators=[Optional()], description="Leeg: tot het einde van de dag.")
    toelichting = _tekst("Toelichting", 160, Optional(), description="Geen reden van ziekte of iets anders privé.")


class AgendaForm(Formulier):
    """A calendar file."""

    bestand = FileField(
        "Agendabestand (.ics)",
        validators=[FileRequired("Kies een agendabestand (.ics).")],
        description="Alleen de tijden worden bewaard, niet waar een afspraak over gaat.",
    )
    betekenis = SelectField("Op die tijden is deze partner", choices=keuzes(BETEKENIS))

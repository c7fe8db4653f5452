"""Forms of the mayor's desk."""

from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from inspecties.core.reden import MAX_REDEN
from inspecties.dossiers.rules.kabinet import ADVIESSOORTEN, MAX_TEKST, STREKKINGEN, TELEFOONUITKOMSTEN
from inspecties.web.formulieren import Formulier, keuzes

_TEKST = Length(max=MAX_TEKST, message=f"Houd het korter dan {MAX_TEKST} tekens.")
_REDEN = Length(max=MAX_REDEN, message=f"Houd het korter dan {MAX_REDEN} tekens.")
_GROND = Length(max=300, message="Houd het korter dan 300 tekens.")


def wachtwoordveld() -> PasswordField:
    """The own password, once more, in the form of the act itself."""
    return PasswordField(
        "Uw wachtwoord",
        description="Om te bevestigen dat u het bent. Daarna vijf minuten niet opnieuw.",
        validators=[Length(max=200, message="Dit wachtwoord is te lang.")],
        render_kw={"autocomplete": "current-password"},
    )


class BesluitForm(Formulier):
    """Decide. Three buttons named ``besluit``: akkoord, teruggestuurd, afgewezen."""

    stuk = HiddenField(validators=[DataRequired("Lees eerst het dossier.")])
    motivering = TextAreaField("Motivering", description="Nodig als u afwijst.", validators=[_REDEN])
    vragen = TextAreaField(
        "Vragen over het hele dossier", description="Elke vraag op een eigen regel. Bij een alinea kan ook."
    )
    kennis_genomen = BooleanField("Ik heb gezien wat er na het voorleggen is bijgewerkt")
    bevestig_wachtwoord = wachtwoordveld()


class VoorbereidingForm(Formulier):
    """Costs, press line, urgency."""

    spoed_omdat = TextAreaField(
        "Waarom is er spoed?", description="Leeg laten als er geen spoed is. Dit staat boven aan de stapel.",
        validators=[_TEKST],
    )  # fmt: skip
    kosten = TextAreaField(
        "Wat kost het?", description="Van uitvoeren, toezicht en opvang, en wie dat betaalt.", validators=[_TEKST]
    )
    perslijn = TextAreaField(
        "Wat zegt de gemeente als de pers belt?", description="Zonder namen en adressen.", validators=[_TEKST]
    )
    versie = IntegerField(widget=HiddenInput(), default=0)


class AdviesForm(Formulier):
    """What somebody advised."""

    soort = SelectField("Wie adviseert?", choices=keuzes(ADVIESSOORTEN.items(), "Kies"))
    van = StringField(
        "Dienst en functie", description="Zoals: basisteam Markermeer, teamchef. Geen naam van een persoon.",
        validators=[DataRequired("Schrijf de dienst en de functie op.")],
    )  # fmt: skip
    op_datum = DateField("Dag van het advies", validators=[Optional()])
    strekking = SelectField("Wat is het advies?", choices=keuzes(STREKKINGEN.items(), "Kies"))
    tekst = TextAreaField("In een paar zinnen", validators=[DataRequired("Schrijf op wat het advies is."), _TEKST])


class TelefoonForm(Formulier):
    """What was decided by telephone."""

    besloten_door = SelectField("Wie besloot aan de telefoon?", validate_choice=False)
    gebeld_op = DateTimeLocalField(
        "Wanneer is er gebeld?", format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], validators=[Optional()]
    )
    uitkomst = RadioField(
        "Wat is er besloten?",
        choices=keuzes(TELEFOONUITKOMSTEN.items()),
        validate_choice=False,
        validators=[DataRequired("Kies wat er is besloten.")],
    )
    gezegd = TextAreaField(
        "Wat is er gezegd?", description="Zo letterlijk als u kunt: de vraag en het antwoord.",
        validators=[DataRequired("Schrijf op wat er is gezegd."), _TEKST],
    )  # fmt: skip
    spoed_omdat = TextAreaField(
        "Waarom kon dit niet op papier wachten?",
        validators=[DataRequired("Schrijf op waarom dit niet kon wachten."), _TEKST],
    )
    bevestig_wachtwoord = wachtwoordveld()


class AmbtForm(Formulier):
    """Who holds an office."""

    ambt = SelectField("Welk ambt?", validate_choice=False)
    gebruiker = SelectField("Wie bekleedt het?", validate_choice=False)
    van = DateField("Vanaf welke dag?", id="ambt-van", validators=[Optional()])
    grond = StringField(
        "Waar rust dit op?", id="ambt-grond", description="Zoals een benoeming of een mandaatbesluit, met datum.",
        validators=[DataRequired("Schrijf op waar dit op rust."), _GROND],
    )  # fmt: skip


class VervangForm(Formulier):
    """Who stands in for whom."""

    bekleding = SelectField("Wie is er afwezig?", validate_choice=False)
    vervanger = SelectField("Wie vervangt?", validate_choice=False)
    van = DateField("Eerste dag", id="vervang-van", validators=[Optional()])
    tot = DateField("Laatste dag", id="vervang-tot", validators=[Optional()])
    grond = StringField(
        "Waar rust dit op?", id="vervang-grond",
        description="Zoals de vervangingsregeling van het college en de reden.",
        validators=[DataRequired("Schrijf op waar dit op rust."), _GROND],
    )  # fmt: skip

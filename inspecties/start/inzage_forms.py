"""Forms for requests of persons."""

from wtforms import BooleanField, DateField, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from inspecties.audit.rules_beperking import GRONDEN
from inspecties.start.rules_inzage import IDENTITEIT, OORDELEN, SOORTEN, WIJZEN
from inspecties.web.formulieren import Formulier, keuzes

_KIES = "Kies een van de mogelijkheden."
_VUL = "Vul dit in."


class VerzoekForm(Formulier):
    soort = RadioField("Waar vraagt de persoon om?", choices=keuzes(SOORTEN.items()), validators=[InputRequired(_KIES)])
    naam = StringField(
        "Naam van de persoon",
        description="Voornaam of voorletters en achternaam.",
        validators=[InputRequired(_VUL), Length(max=160)],
    )
    contact = StringField(
        "Hoe bereikt u de persoon?",
        description="Mailadres, telefoonnummer of postadres. Alleen om te antwoorden.",
        validators=[Optional(), Length(max=200)],
    )
    ontvangen_op = DateField("Ontvangen op", validators=[InputRequired(_VUL)])


class IdentiteitForm(Formulier):
    identiteit = RadioField(
        "Hoe weet u zeker wie dit is?",
        description="Bewaar geen kopie van het identiteitsbewijs.",
        choices=keuzes(IDENTITEIT.items()),
        validators=[InputRequired(_KIES)],
    )
    identiteit_op = DateField("Gecontroleerd op", validators=[InputRequired(_VUL)])


class ZoekForm(Formulier):
    namen = TextAreaField(
        "Namen",
        description="Een per regel, ook andere schrijfwijzen en een eigen bedrijfsnaam.",
        validators=[InputRequired(_VUL), Length(max=1000)],
    )
    nummers = TextAreaField(
        "Nummers", description="Telefoon of KvK, een per regel.", validators=[Optional(), Length(max=500)]
    )
    mails = TextAreaField("Mailadressen", description="Een per regel.", validators=[Optional(), Length(max=500)])


class OordeelForm(Formulier):
    oordeel = RadioField(
        "Gaat dit over de persoon van het verzoek?",
        choices=keuzes(OORDELEN.items()),
        validators=[InputRequired(_KIES)],
    )
    reden = StringField(
        "Waarom mag dit nog niet worden gegeven?",
        description="Alleen bij de laatste keuze, zoals een lopend onderzoek.",
        validators=[Optional(), Length(max=300)],
    )


class VoorlegForm(Formulier):
    uitzondering = TextAreaField(
        "Wat leest de persoon over wat u niet geeft?",
        description="Laat dit leeg als u alles geeft, of als de persoon dit nog niet mag weten.",
        validators=[Optional(), Length(max=500)],
    )


class RedenForm(Formulier):
    reden = StringField("Waarom?", validators=[InputRequired(_VUL), Length(max=300)])


# Three on one page: each field has a name of its own.
class VerlengForm(Formulier):
    langer = StringField("Waarom duurt het langer?", validators=[InputRequired(_VUL), Length(max=300)])


class TerugForm(Formulier):
    terug = StringField("Waarom gaat het terug?", validators=[InputRequired(_VUL), Length(max=500)])


class AfwijsForm(Formulier):
    afwijzing = StringField("Waarom wijst u het af?", validators=[InputRequired(_VUL), Length(max=500)])


class VrijgaveForm(Formulier):
    # The name is ``bevestigen.VELD``.
    bevestig_wachtwoord = PasswordField("Uw wachtwoord", validators=[Optional(), Length(max=500)])
    geen_melder = BooleanField("Ik las het hele antwoord. Niemand die iets meldde, is te herkennen.")


class OphaalForm(Formulier):
    bevestig_wachtwoord = PasswordField("Uw wachtwoord", validators=[Optional(), Length(max=500)])


class VerzendForm(Formulier):
    wijze = SelectField("Hoe ging het antwoord naar de persoon?", choices=keuzes(WIJZEN.items(), "Kies"))


class RectificatieForm(Formulier):
    nieuw = StringField("Wat is juist?", validators=[InputRequired(_VUL), Length(max=500)])
    reden = StringField(
        "Waarom?", description="Hoe weet u dat dit juist is?", validators=[InputRequired(_VUL), Length(max=300)]
    )


class BeperkForm(Formulier):
    grond = RadioField("Waarom beperken?", choices=keuzes(GRONDEN.items()), validators=[InputRequired(_KIES)])
    reden = StringField(
        "Toelichting voor collega's",
        description="Schrijf hier niets over de persoon zelf.",
        validators=[InputRequired(_VUL), Length(max=300)],
    )

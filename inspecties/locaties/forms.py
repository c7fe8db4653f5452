"""Forms of risk locations."""

from wtforms import Form, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from inspecties.locaties.rules.prioriteit_woorden import BANDEN
from inspecties.locaties.rules.status import STATUSNAMEN
from inspecties.web.formulieren import Formulier, keuzes


class FilterForm(Form):  # type: ignore[misc]  # wtforms ships no types
    """The filter of list and map, in the query string. Empty means everything."""

    zoek = StringField("Zoek op naam of adres", render_kw={"type": "search", "maxlength": 100})
    type = SelectField("Type", validate_choice=False)
    status = SelectField("Status", choices=keuzes(STATUSNAMEN.items(), "Alle"), validate_choice=False)
    prioriteit = SelectField("Prioriteit", choices=keuzes(BANDEN.items(), "Alle"), validate_choice=False)
    niet_bezocht_maanden = SelectField(
        "Niet bezocht sinds",
        choices=keuzes(
            [
                ("3", "3 maanden"),
                ("6", "6 maanden"),
                ("12", "12 maanden"),
                ("24", "24 maanden"),
            ],
            "Maakt niet uit",
        ),
        validate_choice=False,
    )


class StatusForm(Formulier):
    status = SelectField("Nieuwe status", choices=keuzes(STATUSNAMEN.items()))
    reden = TextAreaField(
        "Waarom verandert de status?",
        validators=[DataRequired("Schrijf kort waarom de status verandert."), Length(max=1000)],
        render_kw={"maxlength": 1000},
    )


class LocatieForm(Formulier):
    """The fields carry the names of the import columns, and are checked by the same rules."""

    naam = StringField("Naam", validators=[DataRequired("Geef de locatie een naam.")])
    type = SelectField("Type", validators=[DataRequired("Kies een type.")])
    adreszoek = StringField(
        "Zoek het adres",
        validators=[Optional(), Length(max=100, message="Houd dit onder de 100 tekens.")],
        description="Typ straat en huisnummer, of postcode en huisnummer. Een typefout geeft niet.",
        render_kw={"maxlength": 100},
    )
    # Choices where the text says several addresses and there is no JavaScript to choose with.
    adreskeuze = RadioField("Welk adres bedoelt u?", choices=[], validate_choice=False, validators=[Optional()])
    adres = HiddenField()
    straat = StringField("Straat", validators=[Optional()])
    huisnummer = StringField("Huisnummer", validators=[Optional()], description="Bijvoorbeeld 12, 12a of 12-3.")
    postcode = StringField("Postcode", validators=[Optional()], description="Bijvoorbeeld 8291 AB.")
    plaats = StringField("Plaats", validators=[Optional()])
    x = StringField(
        "RD x", validators=[Optional()], description="In meters, zoals 145700. Leeg: uit het adressenbestand."
    )
    y = StringField("RD y", validators=[Optional()], description="In meters, zoals 504200.")
    capaciteit = StringField("Vergunde capaciteit", validators=[Optional()], description="Aantal personen.")
    personen_brp = StringField("Ingeschreven personen", validators=[Optional()], description="Alleen het aantal.")
    bron = StringField("Bron", validators=[Optional()], description="Waar komt deze informatie vandaan?")
    notitie = TextAreaField("Notitie", validators=[Optional()])
    veiligheid = TextAreaField(
        "Veiligheid",
        validators=[Optional(), Length(max=1000, message="Houd dit onder de 1000 tekens.")],
        description="Wat een team moet weten voor het aanbelt, zoals een hond of een steile trap.",
    )
    reden = TextAreaField(
        "Waarom wijzigt u dit?",
        validators=[Optional(), Length(max=1000, message="Houd dit onder de 1000 tekens.")],
        description="Uw collega's lezen dit in de geschiedenis, met wat er eerst stond.",
        render_kw={"maxlength": 1000},
    )
    gezien_op = HiddenField()

"""Forms of risk locations."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from inspecties.locaties.rules.status import STATUSNAMEN


class ImportForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    bestand = FileField(
        "Bestand",
        validators=[FileRequired("Kies een bestand (.csv of .xlsx).")],
        description="CSV of Excel (.xlsx), met op de eerste regel de kolomnamen.",
        render_kw={"accept": ".csv,.txt,.tsv,.xlsx"},
    )
    deel = BooleanField(
        "Sla goede regels op, ook als er foute regels zijn",
        description="Zonder dit vinkje wordt er niets opgeslagen zolang er een regel fout is.",
    )
    proef = SubmitField("Eerst controleren")
    opslaan = SubmitField("Inlezen")


class StatusForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    status = SelectField("Nieuwe status", choices=list(STATUSNAMEN.items()))
    reden = TextAreaField(
        "Waarom verandert de status?",
        validators=[DataRequired("Schrijf kort waarom de status verandert."), Length(max=1000)],
    )
    verstuur = SubmitField("Status wijzigen")


class LocatieForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    naam = StringField("Naam", validators=[DataRequired("Vul de naam in."), Length(max=160)])
    type = SelectField("Type")
    straat = StringField("Straat", validators=[Optional(), Length(max=120)])
    huisnummer = StringField(
        "Huisnummer", validators=[Optional(), Length(max=12)], description="Bijvoorbeeld 12, 12a of 12-3."
    )
    postcode = StringField("Postcode", validators=[Optional(), Length(max=7)])
    woonplaats = StringField("Plaats", validators=[Optional(), Length(max=80)])
    x = StringField("RD x", validators=[Optional()], description="In meters. Leeg: uit het adressenbestand.")
    y = StringField("RD y", validators=[Optional()])
    bron = StringField("Bron", validators=[Optional(), Length(max=120)])
    notitie = TextAreaField("Notitie", validators=[Optional(), Length(max=4000)])
    veiligheid = TextAreaField(
        "Veiligheid",
        validators=[Optional(), Length(max=1000)],
        description="Wat een team moet weten voor het aanbelt, zoals een hond of een steile trap.",
    )
    verstuur = SubmitField("Toevoegen")

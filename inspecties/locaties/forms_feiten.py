"""Forms of permits, nuisance, notes, documents, numbers and outlines."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from inspecties.locaties.documenten import MAX_MB
from inspecties.locaties.rules.feiten import (
    AANTALSOORTEN,
    MAX_AANTAL,
    OVERLASTSOORTEN,
    VERGUNNINGSTATUS,
    VLAKSOORTEN,
    OverlastGegevens,
    VergunningGegevens,
)
from inspecties.web.formulieren import Formulier, keuzes

_DATUM = "Kies een datum, zoals 21-11-2026."


class RedenForm(Formulier):
    """Why something is put right or taken away."""

    reden = TextAreaField(
        "Waarom?",
        validators=[DataRequired("Schrijf kort waarom u dit verandert."), Length(max=1000)],
        render_kw={"maxlength": 1000},
    )


class VergunningForm(Formulier):
    soort = StringField(
        "Soort vergunning",
        validators=[DataRequired("Schrijf wat voor vergunning het is."), Length(max=80)],
        description="Bijvoorbeeld exploitatievergunning, omgevingsvergunning of alcoholvergunning.",
    )
    nummer = StringField("Nummer", validators=[Optional(), Length(max=60)])
    houder = StringField(
        "Houder",
        validators=[Optional(), Length(max=160)],
        description="De organisatie. Is het een persoon? Schrijf 'persoon' en leg de naam vast bij Partijen.",
    )
    status = SelectField("Status", choices=keuzes(VERGUNNINGSTATUS.items()), default="verleend")
    geldig_vanaf = DateField("Geldig vanaf", validators=[Optional()])
    geldig_tot = DateField("Geldig tot en met", validators=[Optional()], description="Leeg: zonder einddatum.")
    intrekdatum = DateField(
        "Ingetrokken per", validators=[Optional()], description="Alleen bij de status 'Ingetrokken'."
    )
    voorwaarden = TextAreaField("Voorwaarden", validators=[Optional(), Length(max=4000)])
    bron = StringField(
        "Bron",
        validators=[Optional(), Length(max=160)],
        description="Waar weet u dit van? Bijvoorbeeld het zaaksysteem.",
    )
    gezien_op = HiddenField()

    def gegevens(self) -> VergunningGegevens:
        """What was filled in."""
        return VergunningGegevens(
            soort=self.soort.data or "",
            nummer=self.nummer.data or "",
            houder=self.houder.data or "",
            status=self.status.data,
            geldig_vanaf=self.geldig_vanaf.data,
            geldig_tot=self.geldig_tot.data,
            intrekdatum=self.intrekdatum.data,
            voorwaarden=self.voorwaarden.data or "",
            bron=self.bron.data or "",
        )


class VergunningWijzigForm(VergunningForm):
    reden = TextAreaField("Waarom verandert dit?", validators=[Optional(), Length(max=1000)])


class IntrekForm(RedenForm):
    intrekdatum = DateField("Ingetrokken per", validators=[DataRequired(_DATUM)])


class OverlastForm(Formulier):
    datum = DateField("Wanneer was de overlast?", validators=[DataRequired(_DATUM)])
    soort = SelectField("Soort overlast", choices=keuzes(OVERLASTSOORTEN.items(), "Kies een soort"))
    tekst = TextAreaField(
        "Wat was er aan de hand?",
        validators=[Optional(), Length(max=2000)],
        description="Schrijf nooit op wie het meldde, ook niet als omschrijving zoals 'de buurvrouw op 12'.",
    )
    bron = StringField(
        "Bron",
        validators=[Optional(), Length(max=160)],
        description="Het loket of systeem waar dit binnenkwam, bijvoorbeeld Meldpunt Openbare Ruimte. Geen persoon.",
    )

    def gegevens(self) -> OverlastGegevens:
        """What was filled in, once the form is valid."""
        return OverlastGegevens(self.datum.data, self.soort.data, self.tekst.data or "", self.bron.data or "")


class NotitieForm(Formulier):
    tekst = TextAreaField(
        "Notitie",
        validators=[DataRequired("Schrijf eerst iets op."), Length(max=4000)],
        description="Collega's met toegang tot deze locatie lezen dit. Zet er geen namen van personen in.",
        render_kw={"maxlength": 4000},
    )


class DocumentForm(Formulier):
    bestand = FileField(
        "Bestand",
        validators=[FileRequired("Kies een bestand: PDF, JPEG of PNG.")],
        description=f"PDF, JPEG of PNG, hoogstens {MAX_MB} MB.",
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png"},
    )
    titel = StringField("Titel", validators=[Optional(), Length(max=160)], description="Leeg: de naam van het bestand.")
    met_personen = BooleanField(
        "Hier staan gegevens van personen in",
        default=True,
        description="Dan kan alleen wie personen mag zien het openen, zoals een huurcontract.",
    )


class AantalForm(Formulier):
    soort = SelectField("Wat?", choices=keuzes(AANTALSOORTEN.items()))
    waarde = IntegerField(
        "Aantal personen",
        validators=[Optional()],
        description=f"Een heel getal van 0 tot en met {MAX_AANTAL}. Leeg: niet (meer) bekend.",
        render_kw={"inputmode": "numeric"},
    )
    peildatum = DateField("Op welke dag gold dit?", validators=[DataRequired(_DATUM)])
    bron = StringField(
        "Bron",
        validators=[DataRequired("Schrijf waar u dit van weet."), Length(max=160)],
        description="Bijvoorbeeld BRP, of het nummer van de vergunning. Alleen het aantal, nooit wie.",
    )


class VlakForm(Formulier):
    soort = SelectField("Waarvan is dit de omtrek?", choices=keuzes(VLAKSOORTEN.items()))
    tekst = TextAreaField(
        "Omtrek",
        validators=[DataRequired("Plak hier de omtrek, als GeoJSON of WKT.")],
        description="Plak GeoJSON of WKT, in graden (4326) of in RD-meters (28992). Wij herkennen welke van de twee.",
        render_kw={"rows": 8, "spellcheck": "false"},
    )
    bron = StringField(
        "Bron",
        validators=[DataRequired("Schrijf waar de omtrek vandaan komt."), Length(max=160)],
        description="Bijvoorbeeld BAG of Kadaster.",
    )

"""Forms of letters, their service and their templates."""

from collections.abc import Iterable

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from inspecties.core.reden import MAX_REDEN
from inspecties.dossiers.brief_verzenden import MAX_MB as BEWIJS_MB
from inspecties.dossiers.models import Belanghebbende
from inspecties.dossiers.models_brieven import Brief
from inspecties.dossiers.rules.brief import WIJZEN, Briefsoort
from inspecties.dossiers.rules.partijen import ROLLEN
from inspecties.sjablonen.docx_keuring import MAX_MB
from inspecties.sjablonen.rules.tekst import TALEN
from inspecties.web.formulieren import Formulier, keuzes

_REDEN = Length(max=MAX_REDEN, message=f"Houd het korter dan {MAX_REDEN} tekens.")
_DAG = "Vul de dag in, als dag-maand-jaar."


class NieuweBriefForm(Formulier):
    """Make a letter of a kind that was chosen; fields that this kind does not ask are taken off the form."""

    partij = SelectField("Aan wie gaat de brief?", validate_choice=False)
    aan_naam = StringField("Aan welke instantie gaat de brief?")
    aan_adres = StringField("Postadres", description="Mag u later invullen.")
    taal = SelectField("In welke taal?", choices=keuzes([("nl", TALEN["nl"])]), validate_choice=False)
    vervangt = SelectField(
        "Vervangt deze brief een eerdere?",
        description="Wat is vastgelegd, verandert niet meer. Een nieuwe brief kan de oude vervangen.",
        validate_choice=False,
    )

    def richt_in(self, soort: Briefsoort, partijen: Iterable[Belanghebbende], vastgelegd: Iterable[Brief]) -> None:
        """Keep the fields that this kind of letter asks, and fill their choices."""
        self.partij.choices = keuzes(
            [(str(p.uid), f"{p.naam} ({ROLLEN.get(p.rol, p.rol).lower()})") for p in partijen], "Kies een partij"
        )
        self.taal.choices = keuzes([(t, TALEN[t]) for t in soort.talen])
        oude = [(str(b.uid), f"Brief {b.nummer}: {b.titel}, {b.aan_naam}"[:120]) for b in vastgelegd]
        self.vervangt.choices = keuzes(oude, "Nee")
        weg = [] if len(soort.talen) > 1 else ["taal"]
        weg += [] if soort.aan == "partij" else ["partij"]
        weg += [] if soort.aan == "instantie" else ["aan_naam", "aan_adres"]
        weg += [] if oude else ["vervangt"]
        for naam in weg:
            del self[naam]


class WordForm(Formulier):
    """Send a letter back that was worked on in Word."""

    bestand = FileField(
        "Word-bestand van deze brief",
        description=f"Een .docx van hooguit {MAX_MB} MB, zonder bijgehouden wijzigingen en opmerkingen.",
        validators=[FileRequired("Kies het Word-bestand.")],
    )
    zelfde_versie = BooleanField(
        "Het bestand is gemaakt van de versie hierboven",
        description="Alleen nodig als uw tekstverwerker dat niet in het bestand bewaart.",
    )
    gezien = IntegerField(widget=HiddenInput(), validators=[Optional()])


class VastlegForm(Formulier):
    """Freeze the version that was read."""

    versie = IntegerField(widget=HiddenInput(), validators=[Optional()])


class VervalForm(Formulier):
    """Drop a draft."""

    reden = TextAreaField("Waarom gaat deze brief niet door?", validators=[_REDEN])


class KennisgevingForm(Formulier):
    """How a letter went, and the proof."""

    wijze = RadioField(
        "Hoe is de brief gegaan?",
        choices=keuzes(WIJZEN.items()),
        validate_choice=False,
        validators=[DataRequired("Kies hoe de brief is gegaan.")],
    )
    datum = DateField("Op welke dag?", validators=[DataRequired(_DAG)])
    bewijs_tekst = StringField(
        "Bewijs in woorden", description="Nummer van de zending, wie de brief aannam, of waar hij is gepubliceerd."
    )
    bestand = FileField(
        "Bewijs als bestand", description=f"Een PDF, JPEG of PNG van hooguit {BEWIJS_MB} MB, zoals een ontvangstbewijs."
    )
    toelichting = TextAreaField("Toelichting", validators=[_REDEN])


class SjabloonForm(Formulier):
    """Send in a template."""

    bestand = FileField(
        "Word-bestand",
        description=f"Een .docx van hooguit {MAX_MB} MB. Het wordt nagekeken voordat het wordt bewaard.",
        validators=[FileRequired("Kies het Word-bestand.")],
    )
    toelichting = StringField(
        "Wat is er veranderd?", validators=[DataRequired("Schrijf op wat er veranderd is."), _REDEN]
    )


class KeuzeForm(Formulier):
    """Which template is in use, from when."""

    versie = SelectField("Welke tekst geldt?", validate_choice=False)
    vanaf = DateField("Vanaf welke dag?", validators=[DataRequired(_DAG)])
    reden = StringField("Waarom?", validators=[DataRequired("Schrijf op waarom u dit kiest."), _REDEN])


class AanvulForm(Formulier):
    """Only the token: the open places have names of their own."""

    gezien = HiddenField()

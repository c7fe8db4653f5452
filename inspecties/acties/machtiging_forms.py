"""Forms of machtigingen."""

from collections.abc import Sequence

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from inspecties.acties.machtiging import Machtigingvraag
from inspecties.acties.rules.machtiging import GEVERS, GRONDSLAGEN, MEEGAANDEN_HOOGSTENS, Woning
from inspecties.gebruikers.models import Gebruiker
from inspecties.web.formulieren import Formulier, keuzes

_LANG = Length(max=2000, message="Gebruik hoogstens 2000 tekens.")
_KORT = Length(max=120, message="Gebruik hoogstens 120 tekens.")


class MachtigingForm(Formulier):
    """What is asked for."""

    gever_soort = SelectField("Wie geeft de machtiging", choices=keuzes(GEVERS.items()))
    gever_naam = StringField(
        "Naam van wie haar geeft", validators=[DataRequired("Vul de naam in, zoals M. de Wit."), _KORT]
    )
    aan = SelectField(
        "Aan wie",
        validators=[DataRequired("Kies iemand uit de ploeg.")],
        description="Iemand uit de ploeg die al bevoegd is (art. 4 Awbi).",
    )
    aan_naam = StringField(
        "Naam of nummer op de legitimatie", validators=[DataRequired("Vul de naam of het nummer in."), _KORT]
    )
    aan_hoedanigheid = StringField(
        "Hoedanigheid", validators=[DataRequired("Vul in als wat hij of zij komt, zoals toezichthouder."), _KORT]
    )
    grondslag = SelectField(
        "Bevoegd op grond van",
        choices=keuzes((code, f"{naam} (te bevestigen)") for code, naam in GRONDSLAGEN.items()),
    )
    doel = TextAreaField("Doel", validators=[DataRequired("Schrijf waarvoor er wordt binnengetreden."), _LANG])
    andere = TextAreaField(
        "Andere woningen",
        validators=[Optional(), _LANG],
        description="Hoogstens drie, elk op een regel: Kade 12a, 1234 AB Markerdorp.",
    )
    nacht = BooleanField("Ook tussen 00:00 en 06:00 uur (art. 7 Awbi)")
    afwezig = BooleanField("Ook als de bewoner er niet is (art. 7 Awbi)")
    dringend = TextAreaField(
        "Waarom is dat dringend nodig",
        validators=[Optional(), _LANG],
        description="Nodig bij 's nachts of bij afwezigheid.",
    )
    uren_van = TimeField("Alleen vanaf", validators=[Optional()])
    uren_tot = TimeField("Alleen tot", validators=[Optional()])
    meegaanden = IntegerField(
        "Hoeveel anderen gaan mee",
        validators=[
            InputRequired("Vul een getal in; 0 als niemand meegaat."),
            NumberRange(0, MEEGAANDEN_HOOGSTENS, message=f"Vul een getal in van 0 tot {MEEGAANDEN_HOOGSTENS}."),
        ],
    )
    meegaanden_rol = StringField(
        "In welke rol gaan zij mee",
        validators=[Optional(), Length(max=200, message="Gebruik hoogstens 200 tekens.")],
        description="Bijvoorbeeld politie, tolk of brandweer (art. 8 Awbi).",
    )

    def zet_mensen(self, mensen: Sequence[Gebruiker]) -> None:
        """Who may be chosen: by public id on the page."""
        self.ids = {str(mens.uid): mens.id for mens in mensen}
        self.aan.choices = keuzes(((str(mens.uid), mens.naam) for mens in mensen), "Kies iemand")

    def vraag(self) -> Machtigingvraag:
        """What the operation gets. Raises OngeldigeInvoer at 'andere'."""
        regels = [regel for regel in (self.andere.data or "").splitlines() if regel.strip()]
        return Machtigingvraag(
            gever_naam=self.gever_naam.data,
            aan_id=self.ids[self.aan.data],
            aan_naam=self.aan_naam.data,
            aan_hoedanigheid=self.aan_hoedanigheid.data,
            grondslag=self.grondslag.data,
            doel=self.doel.data,
            gever_soort=self.gever_soort.data,
            andere=tuple(Woning.lees(regel, "andere") for regel in regels),
            nacht=bool(self.nacht.data),
            afwezig=bool(self.afwezig.data),
            dringend=self.dringend.data or "",
            uren=(self.uren_van.data, self.uren_tot.data),
            meegaanden=self.meegaanden.data,
            meegaanden_rol=self.meegaanden_rol.data or "",
        )


class RedenForm(Formulier):
    """A step that asks why."""

    reden = TextAreaField("Reden", validators=[DataRequired("Schrijf kort de reden."), _LANG])


class PapierForm(Formulier):
    """What was signed on paper."""

    afgifte = DateField("Dag van afgifte", validators=[DataRequired("Kies de datum op het papier.")])
    bestand = FileField(
        "Scan of foto",
        validators=[FileRequired("Kies een scan of foto van de ondertekende machtiging.")],
        description="PDF, JPEG of PNG, hoogstens 20 MB.",
    )

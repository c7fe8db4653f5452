"""Forms of actions."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from inspecties.acties.models import DEELNAMESTATUS
from inspecties.acties.operations_stops import DUUR_HOOGSTENS_MIN
from inspecties.acties.rules.gegevens import NAAM_HOOGSTENS
from inspecties.acties.rules.toestanden import ACTIE_TABEL, SOORTEN, TOEGANGSGRONDEN
from inspecties.web.formulieren import Formulier, Vinkjes, keuzes

GEEN_PLOEG = "-"
DOET_NIET_MEE = "-"
WIE_EERST_EIGEN = "Inspecteur van de gemeente"


class MetVersie(Formulier):
    """A form that knows which version of the plan its user looked at."""

    versie = HiddenField()

    @property
    def gezien(self) -> int:
        """The version; what is no number is older than everything."""
        tekst = self.versie.data or ""
        return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else -1


class ActieForm(MetVersie):
    """What and when."""

    naam = StringField(
        "Naam",
        validators=[
            DataRequired("Geef de actie een naam."),
            Length(max=NAAM_HOOGSTENS, message=f"Gebruik hoogstens {NAAM_HOOGSTENS} tekens."),
        ],
        description="Zo noemt u de actie onderling, bijvoorbeeld 'Pandenactie Waterwijk'.",
    )
    soort = SelectField("Soort", choices=keuzes(SOORTEN.items()), validators=[DataRequired()])
    datum = DateField("Datum", validators=[DataRequired("Kies een datum, zoals 21-11-2026.")])
    van = TimeField("Dienst van", validators=[InputRequired("Vul een tijd in, zoals 17:00.")])
    tot = TimeField("Dienst tot", validators=[InputRequired("Vul een tijd in, zoals 22:00.")])
    na_middernacht = BooleanField("De dienst eindigt na middernacht")
    aangekondigd = BooleanField("De controle is aangekondigd")
    doel = TextAreaField(
        "Doel",
        validators=[Optional(), Length(max=4000, message="Gebruik hoogstens 4000 tekens.")],
        description="Waarom deze actie? Geen namen van personen.",
    )


class NieuwForm(ActieForm):
    """What, when and with whom."""

    partners = Vinkjes("Partners die u uitnodigt", validators=[Optional()])


class StopForm(MetVersie):
    """How one location is visited."""

    ploeg = SelectField("Ploeg")
    checklists = Vinkjes("Checklists", validators=[DataRequired("Kies ten minste één checklist.")])
    duur_min = IntegerField(
        "Duur in minuten",
        validators=[
            InputRequired("Vul een aantal minuten in, zoals 30."),
            NumberRange(1, DUUR_HOOGSTENS_MIN, message=f"Vul een getal in van 1 tot {DUUR_HOOGSTENS_MIN}."),
        ],
    )
    toegangsgrond = SelectField("Grond om binnen te gaan", choices=keuzes(TOEGANGSGRONDEN.items()))
    wie_eerst = SelectField("Wie gaat eerst naar binnen")
    vereist = Vinkjes(
        "Bevoegdheden die nodig zijn",
        validators=[Optional()],
        description="In de ploeg moet iemand zijn die deze bevoegdheid op de dag heeft.",
    )
    verplicht = BooleanField("Verplicht: de planning laat deze stop nooit weg")
    venster_van = TimeField("Bezoek vanaf", validators=[Optional()], description="Leeg: vanaf het begin van de dienst.")
    venster_tot = TimeField("Bezoek tot", validators=[Optional()], description="Leeg: tot het einde van de dienst.")
    veiligheid = TextAreaField(
        "Veiligheid",
        validators=[Optional(), Length(max=1000, message="Gebruik hoogstens 1000 tekens.")],
        description="Wat de ploeg moet weten voor het aanbellen. Leeg: wat bij de locatie staat.",
    )

    def zet_keuzes(
        self,
        ploegen: Iterable[tuple[str, str]],
        checklists: Mapping[str, str],
        eerst: Mapping[str, str],
        vereist: Mapping[str, str],
    ) -> None:
        """Fill the choices that depend on the action."""
        self.ploeg.choices = keuzes([(GEEN_PLOEG, "Nog geen ploeg"), *ploegen])
        self.checklists.choices = keuzes(checklists.items())
        self.wie_eerst.choices = keuzes(eerst.items(), "Niet afgesproken")
        self.vereist.choices = keuzes(vereist.items())


class ToestandForm(MetVersie):
    """Move an action or a stop on."""

    toestand = HiddenField(validators=[DataRequired("Kies een nieuwe toestand.")])
    reden = TextAreaField("Reden", validators=[Optional(), Length(max=2000, message="Gebruik hoogstens 2000 tekens.")])


class Filterform(Formulier):
    """The filter of the list."""

    zoek = StringField("Naam")
    toestand = SelectField("Toestand", choices=keuzes(ACTIE_TABEL.namen.items(), "Alle"))
    soort = SelectField("Soort", choices=keuzes(SOORTEN.items(), "Alle"))
    van = DateField("Vanaf", validators=[Optional()])
    tot = DateField("Tot en met", validators=[Optional()])


def partnerkeuzes() -> list[tuple[str, str]]:
    """What can be said of an organisation."""
    return [(DOET_NIET_MEE, "Doet niet mee"), *DEELNAMESTATUS.items()]


def beginwaarden(actie: Any, lokaal_begin: Any, lokaal_eind: Any) -> dict[str, Any]:
    """An action as the form shows it."""
    return {
        "naam": actie.naam,
        "soort": actie.soort,
        "datum": lokaal_begin.date(),
        "van": lokaal_begin.time(),
        "tot": lokaal_eind.time(),
        "na_middernacht": lokaal_eind.date() > lokaal_begin.date(),
        "aangekondigd": actie.aangekondigd,
        "doel": actie.doel,
    }

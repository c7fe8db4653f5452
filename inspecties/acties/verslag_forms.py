"""Forms of the verslag van binnentreden."""

from collections.abc import Sequence

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

from inspecties.acties.rules.machtiging import MEEGAANDEN_HOOGSTENS
from inspecties.acties.rules.verslag import AAN, EDEN, GRONDEN, WIJZEN, Verslagtekst, moment_van, verlaten_na
from inspecties.acties.verslag import Verslagvraag
from inspecties.gebruikers.models import Gebruiker
from inspecties.web.formulieren import Formulier, keuzes

_KORT = Length(max=120, message="Gebruik hoogstens 120 tekens.")
_REGEL = Length(max=200, message="Gebruik hoogstens 200 tekens.")
_LANG = Length(max=4000, message="Gebruik hoogstens 4000 tekens.")


class VerslagForm(Formulier):
    """What art. 10 Awbi asks. A draft may have gaps; making it final may not."""

    versie = HiddenField()
    binnentreder = SelectField(
        "Wie trad binnen", choices=[], validators=[DataRequired("Kies iemand uit de ploeg van deze stop.")]
    )
    naam = StringField(
        "Naam of nummer", validators=[Optional(), _KORT], description="Zoals het op de legitimatie staat."
    )
    hoedanigheid = StringField(
        "Hoedanigheid", validators=[Optional(), _KORT], description="Bijvoorbeeld toezichthouder."
    )
    zonder_naam = BooleanField("Er staat een nummer in plaats van de naam")
    zonder_naam_reden = TextAreaField(
        "Waarom zonder naam", validators=[Optional(), _LANG], description="Alleen als er een nummer staat."
    )
    grond = SelectField("Op welke grond", choices=keuzes(GRONDEN.items()), validators=[DataRequired("Kies een grond.")])
    spoed_reden = TextAreaField(
        "Welk gevaar was er",
        validators=[Optional(), _LANG],
        description="Alleen zonder machtiging: waarom kon er niet op een machtiging worden gewacht?",
    )
    grondslag = StringField(
        "Wettelijke bepaling", validators=[Optional(), _REGEL], description="De wet die het binnentreden toelaat."
    )
    doel = TextAreaField("Doel van het binnentreden", validators=[Optional(), _LANG])
    plaats = StringField(
        "Adres van de woning",
        validators=[Optional(), _REGEL],
        description="Het adres waar u echt binnen was, met letter en postcode: Kade 12a, 1234 AB Markerdorp.",
    )
    bewoner = StringField(
        "Naam van de bewoner", validators=[Optional(), _REGEL], description="Als die bekend is. Anders: onbekend."
    )
    dag = DateField("Dag van binnentreden", validators=[InputRequired("Kies de dag.")])
    binnen = TimeField("Binnen om", validators=[InputRequired("Vul de tijd in waarop u binnentrad.")])
    verlaten = TimeField("Weer buiten om", validators=[InputRequired("Vul de tijd in waarop u de woning verliet.")])
    tweede = BooleanField(
        "De klok was al een uur teruggezet",
        description="Alleen in de nacht waarin de wintertijd begint: 02:30 is er dan twee keer.",
    )
    wijze = TextAreaField(
        "Hoe kwam u binnen",
        validators=[Optional(), _LANG],
        description="Bijvoorbeeld: de bewoner deed open na legitimatie, of: de slotenmaker opende de deur.",
    )
    verricht = TextAreaField("Wat is er binnen gedaan en gebeurd", validators=[Optional(), _LANG])
    meegaanden = IntegerField(
        "Hoeveel anderen gingen mee naar binnen",
        default=0,
        validators=[
            InputRequired("Vul een getal in; 0 als niemand meeging."),
            NumberRange(0, MEEGAANDEN_HOOGSTENS, message=f"Vul een getal in van 0 tot {MEEGAANDEN_HOOGSTENS}."),
        ],
    )
    meegaanden_wie = TextAreaField(
        "Wie gingen mee", validators=[Optional(), _LANG], description="Van ieder: naam of nummer, en hoedanigheid."
    )
    meegenomen = TextAreaField(
        "Wat is er meegenomen",
        validators=[Optional(), _LANG],
        description="Voorwerpen die in beslag zijn genomen of meegenomen. Leeg: niets.",
    )
    afwijking = TextAreaField(
        "Waarom week het af van de machtiging",
        validators=[Optional(), _LANG],
        description="Alleen als adres, dag, uur, persoon of aantal anders was.",
    )
    correctie_reden = TextAreaField("Wat klopte er niet in het vorige verslag", validators=[Optional(), _LANG])

    def zet_mensen(self, mensen: Sequence[Gebruiker]) -> None:
        """Who may be chosen: by public id on the page."""
        self.ids = {str(mens.uid): mens.id for mens in mensen}
        vraag = "Kies iemand" if len(mensen) > 1 else None
        self.binnentreder.choices = keuzes(((str(mens.uid), mens.naam) for mens in mensen), vraag)

    def vraag(self) -> Verslagvraag:
        """What the operation gets. Raises OngeldigeInvoer at 'binnen' or 'verlaten'."""
        tweede = bool(self.tweede.data)
        binnen = moment_van(self.dag.data, self.binnen.data, "binnen", tweede=tweede)
        teksten = {
            naam: getattr(self, naam).data or ""
            for naam in (
                *("grond", "naam", "hoedanigheid", "grondslag", "doel", "plaats", "wijze", "verricht", "bewoner"),
                *("spoed_reden", "meegaanden_wie", "meegenomen", "zonder_naam_reden", "afwijking"),
            )
        }
        tekst = Verslagtekst(
            **teksten,
            binnen_op=binnen,
            verlaten_op=verlaten_na(binnen, self.verlaten.data, tweede=tweede),
            meegaanden=self.meegaanden.data,
            zonder_naam=bool(self.zonder_naam.data),
        )
        return Verslagvraag(tekst, self.ids[self.binnentreder.data], self.correctie_reden.data or "")


class VaststelForm(Formulier):
    """On oath."""

    eed = SelectField(
        "Ik maak dit verslag op",
        choices=keuzes(EDEN.items(), "Kies ambtseed of ambtsbelofte"),
        validators=[DataRequired("Kies ambtseed of ambtsbelofte.")],
    )


class EldersForm(Formulier):
    """It was made somewhere else."""

    waar = StringField(
        "Wie maakte het en waar staat het",
        validators=[DataRequired("Schrijf wie het verslag maakte en waar het staat, met het nummer."), _REGEL],
        description="Bijvoorbeeld: politie, proces-verbaal PL0900-2026-1234.",
    )


class AfleverForm(Formulier):
    """To whom it went."""

    aan = SelectField("Aan wie", choices=keuzes(AAN.items(), "Kies"), validators=[DataRequired("Kies aan wie.")])
    wijze = SelectField("Hoe", choices=keuzes(WIJZEN.items(), "Kies"), validators=[DataRequired("Kies hoe.")])
    op = DateField("Op welke dag", validators=[InputRequired("Kies de dag.")])
    toelichting = TextAreaField(
        "Toelichting", validators=[Optional(), _LANG], description="Nodig als het niet lukte, of als het later gebeurt."
    )

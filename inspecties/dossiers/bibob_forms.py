"""Forms of a Bibob investigation."""

from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from inspecties.core.reden import MAX_REDEN
from inspecties.dossiers.rules.bedrag import lees_euro
from inspecties.dossiers.rules.bibob import EVENREDIG, GEVAREN, LETTERS, bibobregels
from inspecties.web.formulieren import Formulier, Vinkjes, keuzes

_LANG = Length(max=MAX_REDEN, message=f"Houd dit onder de {MAX_REDEN} tekens.")
_DAG = DataRequired("Vul de dag in, als dag-maand-jaar.")


class AanleidingForm(Formulier):
    """Why the investigation may begin."""

    aanleiding = RadioField(
        "Wat is de aanleiding?",
        validate_choice=False,
        validators=[DataRequired("Kies de aanleiding. Zonder aanleiding uit de wet begint er niets.")],
    )
    omschrijving = StringField(
        "Waar gaat het precies om?",
        description="Bijvoorbeeld: aanvraag exploitatievergunning, zaak 2026-118.",
        validators=[DataRequired("Schrijf op om welke aanvraag, vergunning of overeenkomst het gaat.")],
    )
    onderwerp = SelectField("Waarover gaat de vergunning of overeenkomst?", validate_choice=False)
    datum = DateField("Dag van de aanleiding", description="Bij een aanvraag: de dag van ontvangst.", validators=[_DAG])
    beslisduur = StringField(
        "Beslistermijn bij een aanvraag",
        description="Uit de verordening, zoals 8w (weken). Leeg is acht weken (te bevestigen).",
        validators=[Length(max=12)],
    )
    bedrag = StringField(
        "Bouwsom of waarde in euro", description="Alleen als het beleid een bedrag noemt.", validators=[Length(max=20)]
    )
    waarom_toch = TextAreaField(
        "Waarom begint u, als het beleid dat niet noemt?",
        description="Alleen nodig als er geen beleid is, of als het beleid 'niet' zegt.",
        validators=[_LANG],
    )
    om_tip_datum = DateField("Dag van een tip van het OM (artikel 26)", validators=[Optional()])
    om_tip = StringField("Wat houdt de tip in?", validators=[Length(max=300, message="Hooguit 300 tekens.")])

    def vul(self) -> "AanleidingForm":
        """The choices of this installation. A control finding can be chosen, to hear why that is no reason."""
        regels = bibobregels()
        self.aanleiding.choices = keuzes(
            [
                *((a.code, a.naam) for a in regels.aanleidingen.values()),
                ("controle", "Alleen een bevinding van een controle"),
            ]
        )
        self.onderwerp.choices = keuzes(regels.onderwerpen.items(), "Kies een onderwerp")
        return self

    @property
    def cent(self) -> int | None:
        """Raises OngeldigeInvoer at 'bedrag'."""
        tekst = (self.bedrag.data or "").strip()
        return lees_euro(tekst) if tekst else None


class NieuwForm(AanleidingForm):
    """A new dossier, with its reason."""

    titel = StringField("Titel", validators=[Length(max=200, message="Hooguit 200 tekens.")])


class BronForm(Formulier):
    """A source that was consulted."""

    bron = SelectField("Welke bron?", validate_choice=False, validators=[DataRequired("Kies een bron.")])
    op = DateField("Wanneer?", id="bron-op", validators=[_DAG])
    resultaat = TextAreaField(
        "Wat liet de bron zien?",
        description="In woorden, alleen wat voor dit onderzoek telt.",
        validators=[DataRequired("Schrijf in woorden op wat de bron liet zien."), _LANG],
    )
    grond = StringField(
        "Op welke grond?", description="Leeg is het artikel dat bij de bron hoort.", validators=[Length(max=200)]
    )
    bevinding = SelectField("Bevinding van een controle", validate_choice=False)

    def vul(self, bevindingen: list[tuple[str, str]]) -> "BronForm":
        """The choices: sources of the configuration, findings at the locations of the dossier."""
        rijen = bibobregels().bronnen.values()
        self.bron.choices = keuzes([(r.code, r.naam) for r in rijen], "Kies een bron")
        self.bevinding.choices = keuzes(bevindingen, "Geen")
        return self


class RelatieForm(Formulier):
    """A business partner: no more than the law needs."""

    naam = StringField("Naam", validators=[DataRequired("Vul de naam in.")])
    rol = SelectField("Welke relatie tot betrokkene?", validate_choice=False)
    kvk = StringField("KvK-nummer", description="8 cijfers, alleen van een bedrijf.", validators=[Length(max=12)])
    waarom = StringField(
        "Waarom is deze naam nodig?",
        description="Zet hier geen geboortedatum, adres of BSN.",
        validators=[DataRequired("Schrijf op waarom dit onderzoek deze naam nodig heeft.")],
    )

    def vul(self) -> "RelatieForm":
        self.rol.choices = keuzes([(r.code, r.naam) for r in bibobregels().relaties.values()], "Kies een relatie")
        return self


class UitkomstForm(Formulier):
    """What the investigation showed. ``gezien``: the outcome that the page showed."""

    gezien = HiddenField()
    gevaar = RadioField(
        "Hoe groot is het gevaar?",
        choices=keuzes(GEVAREN.items()),
        validate_choice=False,
        validators=[DataRequired("Kies hoe groot het gevaar is.")],
    )
    letters = Vinkjes(
        "Waarin zit het gevaar?",
        choices=keuzes(LETTERS.items()),
        validate_choice=False,
        description="Alleen bij ernstig gevaar, of bij een strafbaar feit om de vergunning te krijgen.",
    )
    motivering = TextAreaField(
        "Op welke feiten rust dit?", validators=[DataRequired("Schrijf op welke feiten de uitkomst dragen."), _LANG]
    )
    is_evenredig = RadioField(
        "Is weigeren of intrekken evenredig?",
        choices=keuzes(EVENREDIG.items()),
        validate_choice=False,
        description="Nodig bij weigeren en intrekken, en als u bij ernstig gevaar toch verleent.",
    )
    evenredig = TextAreaField(
        "Waarom wel of niet?",
        validators=[_LANG],
    )
    afwijking = TextAreaField(
        "Waarom wijkt u af van het advies?",
        description="Alleen als het Landelijk Bureau iets anders adviseerde.",
        validators=[_LANG],
    )


class WeghaalForm(Formulier):
    """Take a name out of the register."""

    reden = StringField("Waarom is deze naam niet meer nodig?", validators=[Length(max=MAX_REDEN)])


class ToegangForm(Formulier):
    """Let somebody in."""

    gebruiker = SelectField(
        "Wie mag dit dossier ook lezen?", validate_choice=False, validators=[DataRequired("Kies een collega.")]
    )
    reden = StringField(
        "Waarom?",
        id="toegang-reden",
        validators=[DataRequired("Schrijf op waarom deze collega het dossier moet kunnen lezen."), _LANG],
    )


class IntrekForm(Formulier):
    """Shut somebody out."""

    reden = StringField("Waarom niet meer?", validators=[Length(max=MAX_REDEN)])

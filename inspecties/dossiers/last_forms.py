"""Forms on building and housing: the worksheet, the last and what happens with it, the fine."""

from typing import Any

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
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from inspecties.core.fouten import InspectiesFout
from inspecties.dossiers.models_last import CONTROLEUITKOMSTEN
from inspecties.dossiers.rules.last import EENHEDEN, EINDGRONDEN, INVORDERDADEN, LASTSOORTEN, SPOED
from inspecties.dossiers.rules.overbewoning import HOOGSTE_AANTAL, MEETWIJZEN, VERBLIJVEN
from inspecties.dossiers.verbeurtes import PROCEDURES
from inspecties.dossiers.versieconflict import Versieconflict
from inspecties.web.formulieren import Formulier, Vinkjes, keuzes

_DAG = "Vul de dag in, als dag-maand-jaar."
_BEDRAG = "In euro's, zoals 2.500 of 2.500,50."
_DUUR = "Een getal met d (dagen), w (weken) of m (maanden), zoals 4w."
_LANG = Length(max=4000, message="Houd dit onder de 4000 tekens.")


def _dag(naam: str, uitleg: str = "", verplicht: bool = True) -> Any:
    regels = [DataRequired(_DAG)] if verplicht else [Optional()]
    return DateField(naam, validators=regels, description=uitleg)


class _MetVersie(Formulier):
    versie = IntegerField(widget=HiddenInput(), default=0)

    def zet_versie(self, versie: int) -> None:
        """Send this version along, whatever came in."""
        self.versie.data, self.versie.raw_data = versie, [str(versie)]

    def meld(self, fout: InspectiesFout) -> list[tuple[str, str]]:
        """Show why it was refused; (name, what stands there now) where a colleague was first, which comes along then.

        After a conflict the next attempt starts from what the page shows.
        """
        self.meld_fout(fout.veld, fout.melding)
        if not isinstance(fout, Versieconflict):
            return []
        self.zet_versie(fout.versie)
        return fout.staat_er


class BladForm(_MetVersie):
    """The worksheet of overbewoning."""

    bezoek = SelectField("Uit welk bezoek?", validate_choice=False)
    op_datum = _dag("Dag van de telling")
    verblijf = SelectField("Wat voor verblijf is het?", choices=keuzes(VERBLIJVEN.items()))
    oppervlakte = StringField(
        "Gebruiksoppervlakte in m²",
        validators=[DataRequired("Vul de gebruiksoppervlakte in.")],
        description="Van de hele woning, zoals 84 of 84,50.",
    )
    meetwijze = SelectField(
        "Hoe is dat bepaald?",
        choices=keuzes(MEETWIJZEN.items(), "Kies hoe"),
        validators=[DataRequired("Kies hoe de oppervlakte is bepaald.")],
        description="Alleen een gemeten oppervlakte kan een besluit dragen.",
    )
    reden_oppervlakte = TextAreaField(
        "Waarom wijkt de oppervlakte af van het bezoek?", validators=[_LANG], description="Alleen nodig als u afwijkt."
    )
    bewoners = IntegerField(
        "Aantal bewoners",
        validators=[
            InputRequired("Vul het aantal bewoners in, als heel getal."),
            NumberRange(0, HOOGSTE_AANTAL, "Vul een aantal in van 0 tot en met 999."),
        ],
        description="Tel mensen, geen bedden.",
    )
    reden_bewoners = TextAreaField(
        "Waarom wijkt het aantal af van het bezoek?", validators=[_LANG], description="Alleen nodig als u afwijkt."
    )


class LastForm(_MetVersie):
    """What a last orders."""

    soort = RadioField(
        "Welke last?", choices=keuzes(LASTSOORTEN.items()), validators=[DataRequired("Kies dwangsom of bestuursdwang.")]
    )
    overtreding = TextAreaField(
        "Wat is de overtreding?",
        validators=[DataRequired("Beschrijf de overtreding."), _LANG],
        description="De feiten, en wie er iets aan kan doen.",
    )
    artikel = StringField(
        "Welk voorschrift is overtreden?",
        validators=[DataRequired("Noem het artikel."), Length(max=200, message="Houd dit onder de 200 tekens.")],
    )
    maatregelen = TextAreaField(
        "Wat moet de overtreder doen?",
        validators=[DataRequired("Schrijf op wat de overtreder moet doen of laten."), _LANG],
        description="Zo precies dat iedereen kan zien of het is gedaan.",
    )
    duur = StringField(
        "Begunstigingstermijn", validators=[Length(max=12)], description=f"{_DUUR} Leeg bij spoed met bestuursdwang."
    )
    eenheid = SelectField("Dwangsom: waarvoor?", choices=keuzes(EENHEDEN.items(), "Kies (alleen bij een dwangsom)"))
    bedrag = StringField("Dwangsom: bedrag", validators=[Length(max=20)], description=_BEDRAG)
    maximum = StringField(
        "Dwangsom: maximum", validators=[Length(max=20)], description=f"{_BEDRAG} Leeg bij een bedrag ineens."
    )
    spoed = SelectField("Bestuursdwang: is er spoed?", choices=keuzes(SPOED.items()))
    kosten = BooleanField("Bestuursdwang: de last zegt dat de kosten worden verhaald (art. 5:25 Awb)")


class _Daad(_MetVersie):
    versie = IntegerField(widget=HiddenInput(), validators=[DataRequired("Ververs de pagina.")])


class BekendForm(_Daad):
    op = _dag("Dag van bekendmaking", "De dag van verzending of uitreiking. De termijn begint een dag later.")
    bewijs = StringField(
        "Waar blijkt dat uit?",
        validators=[Length(max=300, message="Houd dit onder de 300 tekens.")],
        description="Het nummer van de zending, of wie het wanneer aan wie gaf. "
        "Leeg als de verzending met bewijs bij 'Brieven' staat.",
    )


class ControleVraagForm(_Daad):
    uiterlijk = _dag("Uiterlijk op welke dag?", "De planner ziet dit als stop bij 'Hercontroles'.")
    waarop = TextAreaField("Waar let het team op?", validators=[Length(max=2000)])


class ControleForm(_Daad):
    controle = HiddenField()
    op = _dag("Dag van de controle")
    bezoek = SelectField("Welk bezoek was dit?", validate_choice=False)
    uitkomst = RadioField(
        "Is aan de last voldaan?",
        choices=keuzes(CONTROLEUITKOMSTEN.items()),
        validators=[DataRequired("Kies of aan de last is voldaan.")],
    )
    waarneming = TextAreaField(
        "Wat is gezien?",
        validators=[DataRequired("Schrijf op wat er is gezien."), _LANG],
        description="Plaats, tijd, wie het zag, en wat wel of niet is gedaan.",
    )
    bewijs = Vinkjes("Welk bewijs hoort hierbij?", validate_choice=False)


class VervalForm(_Daad):
    controle = HiddenField()
    reden = TextAreaField("Waarom vervalt de hercontrole?", validators=[DataRequired("Schrijf de reden op."), _LANG])


class InvorderForm(_Daad):
    verbeurte = SelectField("Welke dwangsom?", validate_choice=False, validators=[DataRequired("Kies een dwangsom.")])
    soort = SelectField(
        "Wat is er gebeurd?",
        choices=keuzes((code, f"{naam} ({artikel})") for code, (naam, artikel) in INVORDERDADEN.items()),
    )
    op = _dag("Op welke dag?")
    bedrag = StringField(
        "Betaald bedrag", validators=[Length(max=20)], description=f"Alleen bij een betaling. {_BEDRAG}"
    )
    toelichting = TextAreaField("Toelichting", validators=[Length(max=2000)], description="Nodig als u afziet.")


class ProcedureForm(_Daad):
    procedure = HiddenField()
    soort = SelectField("Wat is ingesteld?", choices=keuzes(PROCEDURES.items()))
    ingesteld_op = _dag("Op welke dag?")
    onherroepelijk_op = _dag(
        "Onherroepelijk sinds", "Leeg zolang de procedure loopt of nog openstaat.", verplicht=False
    )
    uitkomst = TextAreaField("Uitkomst", validators=[Length(max=2000)])


class ToepasForm(_Daad):
    op = _dag("Op welke dag is opgetreden?")
    wat = TextAreaField(
        "Wat is er gedaan, en door wie?", validators=[DataRequired("Schrijf op wat er is gedaan."), _LANG]
    )


class KostenForm(_Daad):
    bedrag = StringField("Kosten", validators=[DataRequired("Vul het bedrag in.")], description=_BEDRAG)
    op = _dag("Dag van het besluit")


class EindeForm(_Daad):
    grond = RadioField(
        "Waarom eindigt de last?",
        choices=keuzes((code, f"{naam} ({artikel})") for code, (naam, artikel) in EINDGRONDEN.items()),
        validators=[DataRequired("Kies waarom de last eindigt.")],
    )
    op = _dag("Dag van het besluit")
    reden = TextAreaField("Toelichting", validators=[DataRequired("Schrijf op waarom."), _LANG])


class BoeteForm(_MetVersie):
    """A fine in preparation."""

    code = SelectField("Welke overtreding?", validate_choice=False, validators=[DataRequired("Kies de overtreding.")])
    herhaling = BooleanField("Het is een herhaling: het hogere bedrag geldt")
    feit = TextAreaField("Wat is het feit?", validators=[DataRequired("Beschrijf het feit."), _LANG])
    overtreding_op = _dag("Dag van de overtreding", verplicht=False)
    rapport_op = _dag(
        "Dag van het boeterapport", "De 13 weken van art. 5:51 Awb lopen vanaf deze dag.", verplicht=False
    )
    verhoor_op = _dag("Dag van het verhoor", "Leeg als niemand is verhoord.", verplicht=False)
    cautie = BooleanField("Voor het verhoor is gezegd dat niemand hoeft te antwoorden (cautie, art. 5:10a Awb)")
    zienswijze_gevraagd_op = _dag("Dag waarop om een zienswijze is gevraagd", verplicht=False)
    zienswijze_tot = _dag("Laatste dag om te reageren", verplicht=False)
    strafzaak = RadioField(
        "Loopt er een strafzaak voor hetzelfde feit?",
        choices=keuzes([("nee", "Nee, nagevraagd bij het OM"), ("ja", "Ja"), ("", "Nog niet nagevraagd")]),
        default="",
        description="Dan kan geen boete volgen (art. 5:44 Awb, te bevestigen).",
    )
    bedrag = StringField("Ander bedrag dan dat van de gemeente", validators=[Length(max=20)], description=_BEDRAG)
    reden_bedrag = TextAreaField("Waarom een ander bedrag?", validators=[_LANG])


class OplegForm(_Daad):
    """Impose what was approved."""


class AfzienForm(_Daad):
    reden = TextAreaField("Waarom komt er geen boete?", validators=[DataRequired("Schrijf de reden op."), _LANG])

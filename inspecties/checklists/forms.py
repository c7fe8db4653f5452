"""Forms of checklists."""

from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import BooleanField, DateField, HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from inspecties.checklists.operations import REDEN_HOOGSTENS
from inspecties.web.formulieren import Formulier, Vinkjes


class InleesForm(Formulier):
    """A form file from Excel."""

    bestand = FileField(
        "Formulier",
        validators=[FileRequired("Kies een bestand dat eindigt op .xlsx, .csv of .md.")],
        description="Een XLSForm: Excel (.xlsx), of tekst (.csv of .md).",
        render_kw={"accept": ".xlsx,.csv,.md"},
    )
    tabellen = MultipleFileField(
        "Tabellen voor pulldata()",
        description="Alleen als het formulier gegevens opzoekt in een ander bestand: de CSV-bestanden daarvan.",
        render_kw={"accept": ".csv"},
    )
    nieuw = BooleanField(
        "Dit is een nieuwe checklist",
        description="Zonder dit vinkje moet form_id een checklist zijn die er al is. Dat voorkomt schrijffouten.",
    )


class MetRevisie(Formulier):
    """A form that knows how the version stood when its user looked."""

    revisie = HiddenField()

    @property
    def gezien(self) -> int:
        """The revision; what is no number is older than everything."""
        tekst = self.revisie.data or ""
        return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else -1


class PubliceerForm(MetRevisie):
    geldig_vanaf = DateField(
        "Geldig vanaf",
        validators=[DataRequired("Kies een dag, zoals 1-12-2026.")],
        description="Vanaf deze dag krijgen nieuwe bezoeken deze versie. Lopende bezoeken houden hun versie.",
    )
    locatietypen = Vinkjes(
        "Alleen voor deze soorten plekken",
        description="Niets aangevinkt: voor alle soorten.",
        validate_choice=False,
    )


class IntrekForm(MetRevisie):
    reden = TextAreaField(
        "Waarom trekt u deze versie in?",
        validators=[
            DataRequired("Schrijf waarom u deze versie intrekt."),
            Length(max=REDEN_HOOGSTENS, message=f"Gebruik hoogstens {REDEN_HOOGSTENS} tekens."),
        ],
    )


class WegForm(MetRevisie):
    """Throw a draft away."""

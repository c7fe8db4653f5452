"""Forms of import and undo."""

from collections.abc import Sequence

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from inspecties.locaties.rules.importrij_kolommen import SOORTEN, Importsoort, Kolombeeld
from inspecties.web.formulieren import Formulier, keuzes

NIET_GEBRUIKEN = "Niet gebruiken"


class ImportForm(Formulier):
    bestand = FileField(
        "Bestand",
        validators=[FileRequired("Kies een bestand dat eindigt op .csv of .xlsx, .geojson of .gpkg.")],
        description="CSV, Excel (.xlsx), GeoJSON of GeoPackage. In CSV en Excel staan op de eerste regel de "
        "kolomnamen.",
        render_kw={"accept": ".csv,.txt,.tsv,.xlsx,.geojson,.json,.gpkg"},
    )
    soort = SelectField(
        "Wat staat erin?",
        choices=keuzes((s.code, s.meer.capitalize()) for s in SOORTEN.values()),
        default="locaties",
        description="Vergunningen horen bij een locatie die er al is.",
    )
    bron = StringField(
        "Naam van de bron",
        validators=[Length(max=120, message="Houd de naam onder de 120 tekens.")],
        description="Bijvoorbeeld 'Lijst van de KvK'. Bij die naam wordt onthouden wat elke kolom betekent.",
        render_kw={"list": "bronnen", "maxlength": 120, "autocomplete": "off"},
    )
    bestaand = RadioField(
        "Als een locatie er al is",
        choices=keuzes(
            [("overslaan", "Sla de regel over"), ("bijwerken", "Werk de locatie bij met wat in de regel staat")]
        ),
        default="overslaan",
        description="Bij bijwerken ziet u eerst per regel wat er was en wat het wordt. Een lege cel verandert niets.",
    )
    zelf_kiezen = BooleanField("Ik kies zelf wat elke kolom betekent")
    deel = BooleanField(
        "Sla de goede regels op, ook als er foute regels zijn",
        description="Zonder dit vinkje wordt er niets opgeslagen zolang er een regel fout is.",
    )


class KolommenForm(Formulier):
    """One select per column of the file; made for that file by ``kolommenformulier``."""

    bron = StringField(
        "Onthoud deze keuze voor de bron",
        validators=[Length(max=120, message="Houd de naam onder de 120 tekens.")],
        description="De volgende keer dat u bij deze naam een bestand inleest, gelden dezelfde kolommen. Laat leeg om "
        "niets te onthouden.",
        render_kw={"maxlength": 120, "autocomplete": "off"},
    )


def kolommenformulier(kolommen: Sequence[Kolombeeld], soort: Importsoort, bron: str) -> KolommenForm:
    """The form for these columns, with what they seem to be. Field ``k0`` is the first column."""

    class Vorm(KolommenForm):
        pass

    for nummer, kolom in enumerate(kolommen):
        veld = SelectField(
            kolom.kop, choices=keuzes(soort.velden.items(), NIET_GEBRUIKEN), default=kolom.veld, validate_choice=True
        )
        setattr(Vorm, f"k{nummer}", veld)
    return Vorm(data={"bron": bron} | {f"k{i}": k.veld for i, k in enumerate(kolommen)})


class TerugForm(Formulier):
    reden = TextAreaField(
        "Waarom draait u deze import terug?",
        validators=[
            DataRequired("Schrijf kort waarom u deze import terugdraait."),
            Length(max=1000, message="Houd de reden onder de 1000 tekens."),
        ],
        render_kw={"maxlength": 1000},
    )


class VergeetForm(Formulier):
    """Only the CSRF token: the button says everything."""

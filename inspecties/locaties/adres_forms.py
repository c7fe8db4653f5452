"""Form of the address import."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from inspecties.web.formulieren import Formulier


class AdresimportForm(Formulier):
    bestand = FileField(
        "Bestand",
        validators=[FileRequired("Kies een bestand dat eindigt op .csv of .gpkg.")],
        description="CSV of GeoPackage, met de namen van de BAG als kolommen.",
        render_kw={"accept": ".csv,.txt,.tsv,.gpkg"},
    )
    deel = BooleanField(
        "Sla de goede regels op, ook als er foute regels zijn",
        description="Zonder dit vinkje wordt er niets opgeslagen zolang er een regel fout is.",
    )

"""Forms of proposals, dossiers and the cabinet."""

from collections.abc import Iterable

from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from inspecties.core.reden import MAX_REDEN
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.operations import AARDEN
from inspecties.dossiers.rules.gevolgen import Gevolg, instrumenten
from inspecties.dossiers.rules.partijen import ROLLEN
from inspecties.dossiers.rules.toestanden import SOORTEN
from inspecties.web.formulieren import Formulier, keuzes

ZONDER, NIEUW, BESTAAND = "zonder", "nieuw:", "dossier:"

_REDEN = Length(max=MAX_REDEN, message=f"Houd het korter dan {MAX_REDEN} tekens.")


def bestemmingen(gevolg: Gevolg, dossiers: Iterable[Dossier]) -> list[tuple[str, str]]:
    """Where a proposal with this consequence can go: the dossiers that are open to it, or a new one."""
    bestaand = [(f"{BESTAAND}{d.uid}", f"Dossier {d.nummer}: {d.titel}") for d in dossiers]
    nieuw = [(NIEUW + i.code, f"Nieuw dossier: {i.naam}") for i in instrumenten().values() if i.soort in gevolg.soorten]
    return [*nieuw, *bestaand]


class OordeelForm(Formulier):
    """Judge a proposal. Two buttons named ``oordeel``: overnemen, afwijzen."""

    bestemming = SelectField("Waar gaat het naartoe als u het overneemt?", validate_choice=False)
    reden = TextAreaField(
        "Waarom neemt u dit over of wijst u het af?",
        description="Deze reden staat in het dossier.",
        validators=[DataRequired("Schrijf op waarom u dit voorstel overneemt of afwijst."), _REDEN],
    )

    def kies(self, gevolg: Gevolg, dossiers: Iterable[Dossier], *, mag_dossier: bool) -> None:
        """Fill the choices with what fits this consequence and this role."""
        zonder = gevolg.doorzetten or "Nog niet in een dossier: de jurist beslist waar het in komt"
        paren = bestemmingen(gevolg, dossiers) if mag_dossier else []
        self.bestemming.choices = keuzes([*paren, (ZONDER, zonder)])


class TekstForm(Formulier):
    """One text; ``gezien`` is the hash of what stood there when it was opened."""

    tekst = TextAreaField("Tekst")
    gezien = HiddenField()


class PartijForm(Formulier):
    """A party to the dossier."""

    naam = StringField("Naam", validators=[DataRequired("Vul de naam van de belanghebbende in.")])
    rol = SelectField("Wat heeft deze partij met het pand te maken?", choices=keuzes(ROLLEN.items()))
    kvk = StringField("KvK-nummer", description="8 cijfers, alleen voor een bedrijf of organisatie.")
    adres = StringField("Adres", description="Waar post naartoe kan.")


class BewijsForm(Formulier):
    """Put evidence on the list, or describe it."""

    bewijsstuk = HiddenField(validators=[DataRequired("Kies een bewijsstuk.")])
    omschrijving = StringField("Wat laat het zien?")
    aard = SelectField("Wat is het?", choices=keuzes(AARDEN.items()), default="waarneming")


class TermijnForm(Formulier):
    """Before which day has to be decided."""

    beslissen_voor = DateField(
        "Besluit nodig voor", validators=[Optional()], description="Leeg laten als er geen termijn is."
    )
    omdat = StringField("Waar rust deze datum op?", description="Een artikel of een afspraak.")
    # The day that stood there when the page was opened.
    gezien = HiddenField()


class VoorlegForm(Formulier):
    """Submit to the cabinet."""

    toelichting = TextAreaField("Toelichting voor het kabinet", validators=[_REDEN])


class RedenForm(Formulier):
    """An act that needs a reason."""

    reden = TextAreaField("Reden", validators=[_REDEN])


class TerughaalForm(Formulier):
    """Take a submitted dossier back; its field has an id of its own, because two such forms share a page."""

    reden = TextAreaField("Waarom haalt u het terug?", id="terughaal-reden", validators=[_REDEN])


class AfsluitForm(Formulier):
    """Close a dossier."""

    reden = TextAreaField("Waarom sluit u het af?", id="afsluit-reden", validators=[_REDEN])


class Lijstfilter(Formulier):
    """Filter of the list of dossiers (a GET form: no token)."""

    class Meta:
        csrf = False

    zoek = StringField("Zoek op nummer, titel of straat")
    toestand = SelectField("Stand", validate_choice=False)
    soort = SelectField("Soort", choices=keuzes(SOORTEN.items(), "Alle soorten"), validate_choice=False)


class PlaatsForm(Formulier):
    """Into which dossier a proposal goes that was taken over before."""

    bestemming = SelectField("In welk dossier?", validate_choice=False, validators=[DataRequired("Kies een dossier.")])

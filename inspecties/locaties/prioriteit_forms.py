"""Forms of the priority: the weights, saving them, and a coordinator's own choice."""

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from inspecties.locaties.prioriteit_wegen import REDEN_HOOGSTENS
from inspecties.locaties.rules.prioriteit_gewichten import Gewichten, Gewichtsoort, Inrichting
from inspecties.locaties.rules.prioriteit_woorden import KEUZESOORTEN
from inspecties.web.formulieren import Formulier, Vinkjes, keuzes


def veldnaam(code: str) -> str:
    """Name of the input of a weight."""
    return code.replace(".", "-")


def _veld(soort: Gewichtsoort) -> StringField:
    return StringField(
        soort.naam,
        description=f"{soort.waarom} Van {soort.laagste} tot en met {soort.hoogste} {soort.eenheid}.",
        validators=[DataRequired(f"Vul een heel getal in van {soort.laagste} tot en met {soort.hoogste}.")],
        render_kw={"inputmode": "numeric", "maxlength": 5, "data-eenheid": soort.eenheid},
    )


def maak_weegformulier(inrichting: Inrichting, typen: Iterable[tuple[str, str]]) -> type[Formulier]:
    """A form with a field per weight and the kinds of place that need a permit."""
    velden: dict[str, Any] = {veldnaam(s.code): _veld(s) for s in inrichting.soorten}
    velden["vergunning_nodig"] = Vinkjes(
        "Voor deze soorten is een vergunning nodig",
        description=inrichting.vergunning_nodig_waarom,
        choices=keuzes(typen),
    )
    return type("WeegForm", (Formulier,), velden)


def beginwaarden(gewichten: Gewichten) -> dict[str, Any]:
    """What the form shows for these weights."""
    velden: dict[str, Any] = {veldnaam(code): str(waarde) for code, waarde in gewichten.getallen.items()}
    return velden | {"vergunning_nodig": sorted(gewichten.vergunning_nodig)}


def lees_gewichten(inrichting: Inrichting, form: Any) -> Gewichten | None:
    """The weights that were filled in; None where a field is wrong, and then that field says what would be right."""
    getallen: dict[str, int] = {}
    for soort in inrichting.soorten:
        veld = form[veldnaam(soort.code)]
        tekst = (veld.data or "").strip()
        if tekst.isascii() and tekst.isdigit() and soort.laagste <= int(tekst) <= soort.hoogste:
            getallen[soort.code] = int(tekst)
        elif not veld.errors:
            form.meld_fout(
                veldnaam(soort.code),
                f"'{tekst}' kan niet. Vul een heel getal in van {soort.laagste} tot en met {soort.hoogste}.",
            )
    if len(getallen) < len(inrichting.soorten):
        return None
    return Gewichten(getallen, frozenset(form.vergunning_nodig.data or ()))


class BewaarForm(Formulier):
    """The last step: what was compared, and why."""

    vergeleken = HiddenField()
    reden = TextAreaField(
        "Waarom verandert de weging?",
        description="De reden blijft bij deze versie staan.",
        validators=[DataRequired("Schrijf kort waarom de weging verandert.")],
        render_kw={"maxlength": REDEN_HOOGSTENS},
    )


class KeuzeForm(Formulier):
    soort = RadioField(
        "Wat wilt u doen?",
        choices=keuzes(KEUZESOORTEN.items()),
        validators=[DataRequired("Kies wat u wilt doen.")],
        description="Vastzetten zet de locatie bovenaan. De berekende score blijft altijd zichtbaar.",
    )
    punten = StringField(
        "Score",
        validators=[Optional()],
        description="Alleen bij 'Score met de hand'. Een heel getal.",
        render_kw={"inputmode": "numeric", "maxlength": 4},
    )
    reden = TextAreaField(
        "Waarom?",
        description="Iedereen die de locatie mag zien, leest deze reden. Noem geen personen.",
        validators=[DataRequired("Schrijf kort waarom.")],
        render_kw={"maxlength": 1000},
    )
    tot = DateField(
        "Tot en met",
        description="Daarna geldt de berekende score weer. Hoogstens een jaar vooruit.",
        validators=[DataRequired("Kies een einddatum.")],
    )


class IntrekForm(Formulier):
    reden = TextAreaField(
        "Waarom vervalt de keuze?",
        validators=[DataRequired("Schrijf kort waarom de keuze vervalt.")],
        render_kw={"maxlength": 1000},
    )

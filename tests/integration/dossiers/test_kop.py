"""The head of a dossier: which tabs each role sees, per state, and which one is marked as the present page."""

import re

import pytest

from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import besluiten
from inspecties.dossiers.besluiten import Vraag
from inspecties.dossiers.models import Dossier
from tests.integration.dossiers.conftest import Zaak

# Of a dossier about building and housing: no legal test of a closure, no Bibob.
JURIST = {
    "Overzicht", "Traject", "Wonen", "Last", "Boete", "Bewijs", "Brieven", "Termijnen", "Doorzetten",
    "Volledig dossier",
}  # fmt: skip
KABINET = JURIST | {"Leesbeeld"}


def _in_stand(zaak: Zaak, stand: str) -> Dossier:
    if stand == "opbouw":
        return zaak.dossier()
    dossier = zaak.voorgelegd()
    if stand == "teruggestuurd":
        sessie, stuk = db.session(), dossier.stukken[-1].sha256
        besluiten.stuur_terug(sessie, zaak.kabinet, zaak.wereld.nu, zaak.opslag, dossier, stuk, [Vraag("Waar?")], "")
        sessie.commit()
    return dossier


def _tabs(zaak: Zaak, rol: Rol, pad: str) -> dict[str, str]:
    """Name -> what ``aria-current`` says, of the tabs on a page."""
    pagina = zaak.wereld.client(rol).get(pad).get_data(as_text=True)
    deel = re.search(r'<nav class="dossiertabs dossiertabs--breed".*?</nav>', pagina, re.DOTALL)
    assert deel is not None
    links = re.findall(r"<a([^>]*)>([^<]*)</a>", deel[0])
    gevonden = {naam: re.search(r'aria-current="(\w+)"', kenmerken) for kenmerken, naam in links}
    return {naam: hier[1] if hier else "" for naam, hier in gevonden.items()}


@pytest.mark.parametrize(
    ("stand", "rol", "verwacht"),
    [
        ("opbouw", Rol.JURIST, JURIST),
        ("voorgelegd", Rol.JURIST, JURIST),
        ("voorgelegd", Rol.COORDINATOR, JURIST),
        ("voorgelegd", Rol.KABINET, KABINET),
        # The cabinet does not follow along with what the jurist changes after its questions.
        ("teruggestuurd", Rol.KABINET, {"Overzicht", "Termijnen"}),
        ("teruggestuurd", Rol.JURIST, JURIST),
    ],
)
def test_tabs_per_rol_en_stand(zaak: Zaak, stand: str, rol: Rol, verwacht: set[str]) -> None:
    dossier = _in_stand(zaak, stand)
    pad = f"/dossiers/{dossier.uid}"
    db.session.rollback()
    tabs = _tabs(zaak, rol, pad)
    assert set(tabs) == verwacht
    assert {naam: hier for naam, hier in tabs.items() if hier} == {"Overzicht": "page"}
    assert _tabs(zaak, rol, f"{pad}/termijnen")["Termijnen"] == "page"

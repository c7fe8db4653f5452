"""Complete means all photos, in whatever order answers and photos arrive."""

from itertools import permutations

import pytest
from flask import Flask

from inspecties.core.rechten import Rol
from tests.tusklant import Tus, jpeg, sha
from tests.veldwereld import haal_pak, maak_actie, tablet
from tests.wereld import Wereld

FOTOS = {"rood": jpeg("red", (80, 60)), "groen": jpeg("green", (80, 60))}
# An answer that attaches a photo, and the photo itself, of either.
AANKOMSTEN = [(soort, kleur) for kleur in FOTOS for soort in ("antwoord", "foto")]


@pytest.fixture
def volgordes(app: Flask, wereld: Wereld) -> list[tuple[tuple[str, str], ...]]:
    """All that differ in more than the names of the photos; a visit for each."""
    eerst, later = ("antwoord", "rood"), ("antwoord", "groen")
    alle = [volgorde for volgorde in permutations(AANKOMSTEN) if volgorde.index(eerst) < volgorde.index(later)]
    maak_actie(wereld.een, wereld.nu, (Rol.INSPECTEUR,), len(alle))
    return alle


def test_compleet_in_elke_volgorde_van_aankomst(wereld: Wereld, volgordes: list[tuple[tuple[str, str], ...]]) -> None:
    boa = tablet(wereld, Rol.INSPECTEUR)
    bezoeken = [stop["bezoek_id"] for stop in haal_pak(boa)]
    tus = Tus(boa.client)
    for bezoek, volgorde in zip(bezoeken, volgordes, strict=True):
        boa.revs = {bezoek: 0}
        gehecht: set[str] = set()
        aanwezig: set[str] = set()
        for soort, kleur in volgorde:
            inhoud = FOTOS[kleur]
            if soort == "foto":
                assert tus.stuur(inhoud, bezoek).status_code == 204
                aanwezig.add(sha(inhoud))
            else:
                feiten = {"sha256": sha(inhoud), "soort": "image/jpeg", "omvang": len(inhoud)}
                boa.op(bezoek, "foto_gevel", feiten, "attach")
                gehecht.add(sha(inhoud))
            stand = boa.sync()["bezoeken"][bezoek]
            assert stand["compleet"] is (gehecht <= aanwezig), volgorde
            assert stand["bijlagen"] == {h: "aanwezig" if h in aanwezig else "ontbreekt" for h in gehecht}
        assert stand["compleet"] is True

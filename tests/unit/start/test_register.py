"""The register tells about every table with persons, with purpose, ground, term and readers; nothing drifts."""

import json
import re
from datetime import date

from inspecties.audit.geheel import tabellen_van
from inspecties.core.rechten import RECHTEN
from inspecties.database import metadata
from inspecties.dienst.versleuteld import VERSLEUTELD
from inspecties.start import register
from inspecties.start.bewaarsoorten import GEHELEN, UITZONDERINGEN
from inspecties.start.inzage_plekken import plekken
from inspecties.start.register import soorten_van

DAG = date(2026, 11, 21)
# What a column is called that holds somebody's name or how to reach them.
PERSOONLIJK = re.compile(r"(^|_)(naam|email|telefoon|bewoner|bewoners|houder|kenteken|aanvrager|versleuteld)($|_)")
# Names of things: a list, a zone, a view, a file, a vehicle's own name.
VAN_DINGEN = {
    *("actie.naam", "importregel.naam", "kaartgebied.naam", "kaartweergave.naam", "overleg.naam", "ploeg.naam"),
    *("signaalstop.naam", "toestel.naam", "briefingdeel.naam", "briefinggegevens.vertrek_naam"),
}


def test_elke_soort_hoort_bij_precies_een_verwerking() -> None:
    assert set(soorten_van()) == {g.code for g in GEHELEN}


def test_elke_kolom_met_een_persoon_staat_in_het_register() -> None:
    in_register = register.tabellen_in_register()
    gezocht = {plek.sleutel for plek in plekken()}
    for tabel in metadata.sorted_tables:
        for kolom in tabel.columns:
            persoonlijk = PERSOONLIJK.search(kolom.name) or "avg" in kolom.info
            if not persoonlijk or f"{tabel.name}.{kolom.name}" in VAN_DINGEN or kolom.type.python_type is not str:
                continue
            assert tabel.name in in_register or tabel.name in UITZONDERINGEN, f"{tabel.name}.{kolom.name}: no purpose"
    assert len([s for s in gezocht if s.split(".")[0] in in_register]) > 150


def test_elke_verwerking_heeft_doel_grond_termijn_en_lezers() -> None:
    for rij in register.register(DAG):
        assert len(rij.doel) > 10
        assert len(rij.grondslag) > 10
        assert rij.termijnen, rij.code
        assert rij.rollen, rij.code
        assert rij.status in {"bevestigd", "te bevestigen"}
    codes = [r["rechten"] for r in register._rijen()]
    assert all(code in RECHTEN for lijst in codes for code in lijst)


def test_wie_leest_volgt_de_tabel_van_rechten() -> None:
    per_code = {r.code: r for r in register.register(DAG)}
    assert "Aandachtsfunctionaris" in per_code["signalen"].rollen
    assert "Partner" not in per_code["dossiers"].rollen
    assert "Politie, AVIM" in per_code["dossiers"].ontvangers
    assert any("120 maanden" in t for t in per_code["dossiers"].termijnen)


def test_als_markdown_en_als_json() -> None:
    tekst = register.als_markdown("Markerwaard", DAG)
    for kop in ("# Register van verwerkingen van Markerwaard", "# Aanzet voor een DPIA", "## Advies van de FG"):
        assert kop in tekst
    assert json.loads(json.dumps(register.als_document(DAG)))["verwerkingen"][0]["gegevens"]


def test_een_maand_is_een_maand() -> None:
    teksten = [tekst for v in register.register(DAG) for tekst in v.termijnen]
    assert any(": 1 maand na " in tekst for tekst in teksten)
    assert not any(": 1 maanden" in tekst for tekst in teksten)


def test_elk_gegeven_van_een_persoon_heeft_een_niveau_van_bescherming() -> None:
    """Also what is only encoded or encrypted: its level is that of the processing that its table belongs to."""
    niveau_van: dict[str, set[str]] = {}
    for code, rij in {r["code"]: r for r in register._rijen()}.items():
        assert rij["niveau"] in register.NIVEAUS, code
        for soort in rij["soorten"]:
            for tabel in tabellen_van(register.geheel_van(soort)):
                niveau_van.setdefault(tabel, set()).add(rij["niveau"])
    for tabel, kolom in VERSLEUTELD:
        # A secret of a login belongs to an account, which has no term (see UITZONDERINGEN).
        assert tabel in UITZONDERINGEN or niveau_van[tabel] & {"vertrouwelijk", "streng"}, f"{tabel}.{kolom}"
    for tabel in ("melder", "betrokkene", "wpggegeven", "inzageverzoek"):
        assert niveau_van[tabel] == {"streng"}, tabel
    assert all(niveau_van[plek.tabel] for plek in plekken() if plek.tabel in register.tabellen_in_register())
    assert set(register.NIVEAUS) == {n for niveaus in niveau_van.values() for n in niveaus}, "a level nobody has"
    assert "- Bescherming: streng" in register.als_markdown("Markerwaard", DAG)

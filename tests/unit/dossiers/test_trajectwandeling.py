"""Every track of config/trajecten is walked: each edge can be taken, with the least that its step asks."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product

import pytest

from inspecties.dossiers.rules.traject import NERGENS, Trajectstap, Trajecttabel
from inspecties.dossiers.rules.trajectgang import Gedaan, ingebouwd, keur_gegevens
from inspecties.dossiers.rules.trajectveld import Trajectveld, Waarde, lees_voorwaarde
from inspecties.dossiers.trajecten import tabellen

BEGIN = date(2026, 1, 5)
Pad = Mapping[str, Gedaan]
CODES = sorted(tabellen())


def _vragen(tabel: Trajecttabel) -> dict[str, set[str]]:
    """Step -> the fields on whose answer an edge depends; a step without any is only asked whether it was taken."""
    eisen = [*(e for s in tabel.stappen for e in s.eis), *(e for o in tabel.overgangen for e in o.eis)]
    uit: dict[str, set[str]] = {}
    for eis in (e for e in eisen if ":" in e):
        code, _, voorwaarde = eis.partition(":")[2].partition(".")
        uit.setdefault(code, set()).update([lees_voorwaarde(voorwaarde)[0]] if voorwaarde else [])
    return uit


def _minst(veld: Trajectveld, dag: date) -> Waarde:
    match veld.type:
        case "datum":
            return dag.isoformat()
        case "keuze" | "ja_nee":
            return veld.mogelijk[-1][0]
        case "duur":
            return "2w"
        case "getal":
            return str(veld.kleinste or 1)
        case "bedrag_cent":
            return "1"
    return "Zo was het."


def _antwoorden(stap: Trajectstap, gevraagd: set[str], dag: date) -> Iterator[dict[str, Waarde]]:
    """The least answers to a step, once for every way in which later edges can depend on them."""
    los = [v for v in stap.vereist if v.naam in gevraagd]
    for keuze in product(*(v.mogelijk for v in los)):
        gegevens: dict[str, Waarde] = {v.naam: code for v, (code, _) in zip(los, keuze, strict=True)}
        for veld in stap.vereist:
            naam, waarden = lees_voorwaarde(veld.verplicht_als)
            nodig = str(gegevens.get(naam, "")) in waarden if veld.verplicht_als else veld.verplicht
            if nodig and veld.naam not in gegevens:
                gegevens[veld.naam] = _minst(veld, dag)
        yield gegevens


def _loop(tabel: Trajecttabel, baan: str, begin: Pad) -> tuple[set[tuple[str, str]], list[Pad]]:
    """Every edge of a lane that can be taken, and what was done by then; every step a day after the one before."""
    vragen, namen = _vragen(tabel), {s.code: s.naam for s in tabel.stappen}
    stand = NERGENS if baan else tabel.begin
    wachtrij: list[tuple[str, Pad]] = [(stand, begin)]
    gezien: set[object] = set()
    gelopen: set[tuple[str, str]] = set()
    paden: list[Pad] = []
    while wachtrij:
        stand, gedaan = wachtrij.pop(0)
        sleutel = (
            stand,
            frozenset(
                (c, f, str(gedaan[c].gegevens.get(f))) for c, v in vragen.items() if c in gedaan for f in v or {""}
            ),
        )
        if sleutel in gezien:
            continue
        gezien.add(sleutel)
        paden.append(gedaan)
        dag = max((g.op for g in gedaan.values()), default=BEGIN) + timedelta(days=1)
        for overgang in tabel.vanuit(stand, baan):
            stap = tabel.stap(overgang.naar)
            if any(ingebouwd(e, namen, gedaan) for e in (*stap.eis, *overgang.eis) if ":" in e):
                continue
            for gegevens in _antwoorden(stap, vragen.get(stap.code, set()), dag):
                schoon, fouten = keur_gegevens(tabel, stap, gegevens, dag, gedaan, dag)
                assert not fouten, (tabel.code, overgang.van, overgang.naar, fouten)
                gelopen.add((overgang.van, overgang.naar))
                wachtrij.append((stap.code, {**gedaan, stap.code: Gedaan(dag, schoon)}))
    return gelopen, paden


@pytest.mark.parametrize("code", CODES)
def test_elke_stap_van_elk_traject_is_te_zetten(code: str) -> None:
    tabel = tabellen()[code]
    gelopen, paden = _loop(tabel, "", {tabel.begin: Gedaan(BEGIN, {})})
    # Beside the main lane that came furthest; one lane may wait for another.
    verst = max(paden, key=len)
    for _ in tabel.banen:
        for baan, _naam in tabel.banen:
            erbij, naast = _loop(tabel, baan, verst)
            gelopen |= erbij
            verst = max(naast, key=len)
    assert {(o.van, o.naar) for o in tabel.overgangen} - gelopen == set()
    assert set(tabel.eind) <= {naar for _, naar in gelopen}


@pytest.mark.parametrize("code", CODES)
def test_wat_bekendgemaakt_wordt_kent_bewijs_bezwaar_en_beroep(code: str) -> None:
    """No term for a party begins without a proof of service, and against every decision stands an objection."""
    tabel = tabellen()[code]
    bekend = [s for s in tabel.stappen if any(t.code == "bezwaar" and t.doet == "begint" for t in s.termijnen)]
    for stap in bekend:
        bewijs = stap.veld("bewijs")
        assert bewijs is not None, stap.code
        assert bewijs.verplicht or "bekendgemaakt" in stap.eis, stap.code
    if bekend:
        assert "beslistermijn_bezwaar" in tabel.stap("bezwaar_ontvangen").gevolg
        assert {t.code for t in tabel.stap("beroep_uitspraak").termijnen} == {"stukken_rechtbank", "hoger_beroep"}


@pytest.mark.parametrize("code", CODES)
def test_een_gegeven_termijn_wordt_afgewacht_en_houdt_op(code: str) -> None:
    tabel = tabellen()[code]
    for stap in tabel.stappen:
        if stap.code == "zienswijze":
            assert {"zienswijze_voorbij", "bibob_zienswijze"} & set(stap.eis), code
    begonnen = {t.code for s in tabel.stappen if not s.baan for t in s.termijnen if t.doet == "begint"}
    beeindigd = {t.code for s in tabel.stappen for t in s.termijnen if t.doet == "eindigt"}
    # The time to object is not ours to end; it runs to its last day.
    assert begonnen - beeindigd <= {"bezwaar", "kostenverhaal_bestuursdwang"}, code
    if begonnen and tabel.stop:
        assert {"laat_termijnen_vervallen", "bibob_gestopt"} & set(tabel.stap(tabel.stop).gevolg), code

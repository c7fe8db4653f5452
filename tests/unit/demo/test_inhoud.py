"""What happens in the demo: complete, in order, in words the rest of the product knows, and about nobody real."""

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from inspecties.acties.rules.toestanden import ACTIE_TABEL, SOORTEN, STOP_TABEL, TOEGANGSGRONDEN
from inspecties.core.rechten import Rol
from inspecties.demo.accounts import ACCOUNTS
from inspecties.demo.inhoud.locaties import VERDELING
from inspecties.demo.inhoud.signalen import INDICATOREN
from inspecties.demo.wereld import ZAAD, Gemeente, Wereld, maak_wereld
from inspecties.demo.woorden import lees_woorden
from inspecties.dossiers.rules.toestanden import DOSSIER_TABEL_1
from inspecties.dossiers.rules.toestanden import SOORTEN as DOSSIERSOORTEN
from inspecties.locaties.rules.status import STATUSNAMEN
from inspecties.signalen.rules.indeling import BRONNEN, MELDSTAPPEN, URGENTIES, VORMEN

# Frequent Dutch first and family names; none of them may stand in the demo as a word.
PERSOONSNAMEN = frozenset((Path(__file__).parent / "persoonsnamen.txt").read_text(encoding="utf-8").split())
NATIONALITEIT = re.compile(
    r"\b(pool|poolse|polen|roemeen|roemeense|bulgaar|turk|turkse|marokkaan|chinees|chinese)\b", re.I
)


def _teksten(waarde: object) -> list[str]:
    if isinstance(waarde, str):
        return [waarde]
    if isinstance(waarde, dict):
        return [t for v in waarde.values() for t in _teksten(v)]
    if isinstance(waarde, tuple | list):
        return [t for v in waarde for t in _teksten(v)]
    return []


def _alle_teksten(gemeente: Gemeente) -> list[str]:
    inhoud = (*gemeente.locaties, *gemeente.signalen, *gemeente.acties, *gemeente.dossiers)
    return [t for x in inhoud for t in _teksten(asdict(x))] + [s.naam for s in gemeente.straten]


def test_zelfde_argumenten_zelfde_wereld(wereld: Wereld) -> None:
    nog_eens = maak_wereld(ZAAD, wereld.vandaag)
    for a, b in zip(wereld.gemeenten, nog_eens.gemeenten, strict=True):
        assert (a.locaties, a.signalen, a.acties, a.dossiers) == (b.locaties, b.signalen, b.acties, b.dossiers)


def test_ander_proces_geeft_dezelfde_wereld() -> None:
    """Nothing depends on the order of sets, which differs from process to process."""
    vraag = (
        "import hashlib; from datetime import date; from inspecties.demo.wereld import maak_wereld;"
        "w = maak_wereld(7, date(2026, 5, 5));"
        "d = [(g.adressen, g.locaties, g.signalen, g.acties, g.dossiers, g.achtergrond) for g in w.gemeenten];"
        "print(hashlib.sha256(repr(d).encode()).hexdigest())"
    )
    uitkomsten = {
        subprocess.run(
            [sys.executable, "-c", vraag],
            env={**os.environ, "PYTHONHASHSEED": zaad},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zaad in ("1", "2")
    }
    assert len(uitkomsten) == 1
    assert len(uitkomsten.pop().strip()) == 64


def test_wereld_loopt_mee_met_vandaag(wereld: Wereld) -> None:
    later = maak_wereld(ZAAD, wereld.vandaag + timedelta(days=30))
    for a, b in zip(wereld.gemeenten, later.gemeenten, strict=True):
        assert [x.datum + timedelta(days=30) for x in a.signalen] == [x.datum for x in b.signalen]
        assert [x.naam for x in a.locaties] == [x.naam for x in b.locaties]


@pytest.mark.parametrize(
    ("zaad", "vandaag"),
    [(1, date(2026, 3, 29)), (2, date(2027, 1, 1)), (3, date(2028, 2, 29)), (4, date(2026, 10, 25))],
)
def test_elk_zaad_en_elke_dag_geeft_een_hele_wereld(zaad: int, vandaag: date) -> None:
    markerwaard = maak_wereld(zaad, vandaag).gemeente("Markerwaard")
    assert (len(markerwaard.locaties), len(markerwaard.signalen), len(markerwaard.dossiers)) == (160, 90, 12)


def test_locaties(gemeente: Gemeente, wereld: Wereld) -> None:
    assert Counter(x.type for x in gemeente.locaties) == VERDELING[gemeente.naam]
    assert {x.status for x in gemeente.locaties} == set(STATUSNAMEN)
    for eigenschap in ("sleutel", "naam"):
        assert len({getattr(x, eigenschap) for x in gemeente.locaties}) == len(gemeente.locaties)
    assert len({x.adres.nummeraanduiding_id for x in gemeente.locaties}) == len(gemeente.locaties)
    eigen = set(gemeente.adressen)
    for x in gemeente.locaties:
        assert x.adres in eigen
        dagen = [h.datum for h in x.historie]
        assert dagen == sorted(dagen)
        assert dagen[0] == x.sinds
        assert dagen[-1] < wereld.vandaag
        assert x.historie[-1].status == x.status


def test_markerwaard_heeft_160_locaties_van_alle_soorten(markerwaard: Gemeente) -> None:
    assert len(markerwaard.locaties) == 160
    assert len(VERDELING["Markerwaard"]) == 13
    assert sum(x.personen_brp is not None for x in markerwaard.locaties) > 40
    assert sum(x.capaciteit is not None for x in markerwaard.locaties) > 40
    assert len({x.adres.wijk for x in markerwaard.locaties}) >= 8


def test_signalen(gemeente: Gemeente, wereld: Wereld) -> None:
    bekend = {x.sleutel for x in gemeente.locaties}
    assert len({s.tekst for s in gemeente.signalen}) == len(gemeente.signalen)
    for s in gemeente.signalen:
        assert s.datum < wereld.vandaag
        assert s.bron in BRONNEN
        assert s.vorm in VORMEN
        assert s.urgentie in URGENTIES
        assert s.status in MELDSTAPPEN
        assert set(s.indicatoren) <= set(INDICATOREN)
        assert (s.locatie in bekend) if s.locatie else s.waar
        assert s.tekst.endswith((".", "?"))


def test_negentig_gevarieerde_signalen(markerwaard: Gemeente) -> None:
    signalen = markerwaard.signalen
    assert len(signalen) == 90
    # 'controle' is what the aandachtsfunctionaris takes from a visit: nobody reports it.
    assert {s.bron for s in signalen} == set(BRONNEN) - {"controle"}
    assert {s.vorm for s in signalen} == set(VORMEN)
    assert {s.status for s in signalen} == set(MELDSTAPPEN)
    assert {s.urgentie for s in signalen} == set(URGENTIES)
    assert any(s.locatie is None for s in signalen)
    zinnen = Counter(z for s in signalen for z in re.split(r"(?<=[.?!])\s+", s.tekst))
    assert len(zinnen) > 80
    assert zinnen.most_common(1)[0][1] <= 18
    per_plaats = Counter(s.locatie for s in signalen if s.locatie)
    assert max(per_plaats.values()) >= 2


def test_acties(gemeente: Gemeente, wereld: Wereld) -> None:
    locaties = {x.sleutel: x for x in gemeente.locaties}
    leden = {a.email.split("@")[0] for a in ACCOUNTS if a.rol in (Rol.INSPECTEUR, Rol.PARTNER)}
    assert [a.begin_op for a in gemeente.acties] == sorted(a.begin_op for a in gemeente.acties)
    for actie in gemeente.acties:
        assert actie.soort in SOORTEN
        assert actie.toestand in ACTIE_TABEL.namen
        assert actie.begin_op.tzinfo is not None
        assert 5 <= len(actie.stops) <= 10
        assert len({s.locatie for s in actie.stops}) == len(actie.stops)
        assert {s.ploeg for s in actie.stops} == {p.naam for p in actie.ploegen}
        assert {lid for p in actie.ploegen for lid in p.leden} <= leden
        for s in actie.stops:
            assert s.toestand in STOP_TABEL.namen
            assert s.toegangsgrond in TOEGANGSGRONDEN
            assert locaties[s.locatie].sinds < actie.begin_op.date()
            assert bool(s.feiten) == (s.toestand == "afgerond") == (s.binnen_op is not None)
            if s.binnen_op and s.buiten_op:
                assert actie.begin_op < s.binnen_op < s.buiten_op < actie.eind_op + timedelta(hours=2)
            if "kamers" in s.feiten:
                assert sum(k["personen"] for k in s.feiten["kamers"]) == s.feiten["aantal_personen"]
                assert sum(k["m2"] for k in s.feiten["kamers"]) < s.feiten["gebruiksoppervlakte_m2"]
    assert all(a.toestand == "afgerond" for a in gemeente.acties if a.begin_op.date() < wereld.vandaag)


def test_een_jaar_achter_de_rug_vanavond_en_volgende_week(markerwaard: Gemeente, wereld: Wereld) -> None:
    geweest = [a for a in markerwaard.acties if a.begin_op.date() < wereld.vandaag]
    assert len(geweest) == 10
    assert {s.toestand for a in geweest for s in a.stops} == {"afgerond", "niemand_thuis", "geweigerd"}
    (vanavond,) = [a for a in markerwaard.acties if a.begin_op.date() == wereld.vandaag]
    assert (vanavond.begin_op.strftime("%H:%M"), vanavond.eind_op.strftime("%H:%M")) == ("18:00", "22:30")
    assert vanavond.toestand == "gereed"
    assert len(vanavond.stops) == 8
    assert len(vanavond.ploegen) == 2
    assert set(vanavond.partners) == {"politie", "nla", "omgevingsdienst"}
    (concept,) = [a for a in markerwaard.acties if a.begin_op.date() > wereld.vandaag]
    assert concept.toestand == "concept"


def test_dossiers_in_elke_toestand(markerwaard: Gemeente, wereld: Wereld) -> None:
    dossiers = markerwaard.dossiers
    assert {d.toestand for d in dossiers} == set(DOSSIER_TABEL_1.namen)
    assert {d.soort for d in dossiers} == set(DOSSIERSOORTEN)
    assert len({d.nummer for d in dossiers}) == len(dossiers) == 12
    stops = {s.sleutel: s for a in markerwaard.acties for s in a.stops}
    mag = {(o.van, o.naar) for o in DOSSIER_TABEL_1.overgangen}
    for d in dossiers:
        assert "{" not in d.samenvatting + d.titel + d.concept_besluit
        assert all(stops[b].toestand == "afgerond" and stops[b].locatie == d.locatie for b in d.bezoeken)
        dagen = [s.datum for s in d.stappen]
        assert dagen == sorted(dagen)
        assert dagen[-1] < wereld.vandaag
        assert d.stappen[0].naar == "opbouw"
        assert d.stappen[-1].naar == d.toestand
        assert {(s.van, s.naar) for s in d.stappen[1:]} <= mag
        assert (d.voorgelegd is None) == (d.toestand == "opbouw")
        if d.instrument == "overbewoning":
            feiten = stops[d.bezoeken[0]].feiten
            assert feiten["aantal_personen"] > feiten["gebruiksoppervlakte_m2"] / 12


def test_geen_persoonsnamen_en_geen_herkomst(gemeente: Gemeente) -> None:
    for tekst in _alle_teksten(gemeente):
        assert not PERSOONSNAMEN & set(re.findall(r"[A-Z][a-zé]+", tekst)), tekst
        assert not NATIONALITEIT.search(tekst), tekst


def test_personen_in_dossiers_alleen_met_initialen(markerwaard: Gemeente) -> None:
    for dossier in markerwaard.dossiers:
        for partij in dossier.belanghebbenden:
            bedrijf = partij.naam.endswith(" BV") or partij.naam.startswith("Stichting ")
            assert bedrijf == bool(partij.kvk)
            assert bedrijf or re.fullmatch(r"([A-Z]\.){2,3}", partij.naam)
            assert not partij.kvk or partij.kvk.startswith("00000")


def test_indicatoren_in_de_woordenlijst_zijn_bekend() -> None:
    woorden = lees_woorden("signalen")
    for vorm in VORMEN:
        assert set(woorden[vorm]["indicatoren"]) <= set(INDICATOREN)

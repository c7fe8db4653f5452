"""Row 33: past every term nothing is left of anything, in no table, no file and no log; proofs are."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from click.testing import CliRunner
from sqlalchemy import Column, String, Table, Text, func, inspect, select, text, update
from sqlalchemy.engine import Connection

from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.operations import controleer
from inspecties.audit.vernietigen import alle_tabellen
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import VasteKlok
from inspecties.database import metadata, zonder_actor
from inspecties.database.basis import db
from inspecties.database.bestandskolommen import BESTANDSKOLOMMEN
from inspecties.database.typen import UtcMoment
from inspecties.start.bewaarsoorten import GEHELEN
from inspecties.start.bewaartermijnen_cli import bewaartermijnen
from tests.integration.rechten.toneel import bouw
from tests.wereld import Kring, Wereld

KANARIE = "Kanarie bij de molen van Zeewold"
LATER = datetime(2056, 5, 1, 12, 0, tzinfo=UTC)
# Free text of which the command itself reads the content.
_GELEZEN = {("dossiertraject", "tabel"), ("bewaarslot", "object_uid")}
_TABELLEN = alle_tabellen(GEHELEN)


def draai(*opties: str) -> dict[str, Any]:
    uit = CliRunner().invoke(bewaartermijnen, [*opties, "--klok-klopt", "--json"])
    assert uit.exit_code == 0, uit.output
    db.session.rollback()
    gelezen: dict[str, Any] = json.loads(uit.stdout)
    return gelezen


def vrije_tekst(tabel: Table) -> Iterator[Column[Any]]:
    """Columns in which somebody writes what they like: no closed list, no number, no hash."""
    regels = " ".join(str(r.sqltext) for r in tabel.constraints if hasattr(r, "sqltext"))
    uniek = {k.name for r in tabel.constraints if "Unique" in type(r).__name__ for k in r.columns}
    uniek |= {k.name for i in tabel.indexes if i.unique for k in i.columns}
    for kolom in tabel.columns:
        lang = isinstance(kolom.type, Text) or (isinstance(kolom.type, String) and (kolom.type.length or 0) >= 100)
        vast = kolom.name in regels or kolom.name in uniek or kolom.foreign_keys or kolom.primary_key
        if isinstance(kolom.type, String) and lang and not vast and (tabel.name, kolom.name) not in _GELEZEN:
            yield kolom


def zonder_wijzigtriggers(verbinding: Connection) -> None:
    """Only for planting text: what refuses a change goes; what refuses to lose a row stays."""
    if verbinding.dialect.name == "sqlite":
        namen = verbinding.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%BEFORE UPDATE%'")
        )
        for (naam,) in namen.all():
            verbinding.execute(text(f'DROP TRIGGER "{naam}"'))
        return
    rijen = verbinding.execute(
        text(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal "
            "AND pg_get_triggerdef(oid) LIKE '%BEFORE UPDATE%'"
        )
    ).all()
    for naam, tabel in rijen:
        verbinding.execute(text(f'DROP TRIGGER "{naam}" ON {tabel}'))


def plant(gemeente_id: int) -> set[tuple[str, str]]:
    """The canary in every free text of this gemeente's cases; where it could be planted."""
    uit = set()
    sessie = db.session()
    for naam in sorted(_TABELLEN):
        tabel = metadata.tables[naam]
        kolommen = list(vrije_tekst(tabel))
        if not kolommen or "gemeente_id" not in tabel.c:
            continue
        waarden: dict[Any, Any] = {k.name: KANARIE for k in kolommen}
        aantal = sessie.execute(update(tabel).where(tabel.c.gemeente_id == gemeente_id).values(waarden)).rowcount  # type: ignore[attr-defined]
        uit |= {(naam, k.name) for k in kolommen} if aantal else set()
    sessie.commit()
    return uit


def sluit_alles(gemeente_id: int, nu: datetime) -> None:
    """Everything has come to its end: closed, withdrawn, judged."""
    sessie = db.session()
    zonder_wijzigtriggers(sessie.connection())
    t = metadata.tables

    def zet(naam: str, waar: Any = None, **waarden: Any) -> None:
        tabel = t[naam]
        keus = tabel.c.gemeente_id == gemeente_id
        sessie.execute(update(tabel).where(keus if waar is None else keus & waar).values(waarden))

    zet("dossier", toestand="afgesloten")
    for i in sessie.scalars(select(t["dossier"].c.id).where(t["dossier"].c.gemeente_id == gemeente_id)).all():
        sessie.execute(
            t["stap"]
            .insert()
            .values(
                uid=nieuw_id(),
                gemeente_id=gemeente_id,
                dossier_id=i,
                soort="toestand",
                van="akkoord",
                naar="afgesloten",
                tekst="",
                op=nu,
            )
        )
    zet("looptermijn", stand="gedaan", klaar_op=nu)
    zet("lastprocedure", onherroepelijk_op=nu.date())
    sessie.execute(t["trajectgang"].update().where(t["trajectgang"].c.gemeente_id == gemeente_id).values(baan=""))
    zet("bezoek", toestand="gesloten", begin_op=nu, eind_op=nu)
    zet("signaal", status="afgesloten")
    zet("risicolocatie", status="uit_beeld")
    zet("quarantaine", beoordeeld_op=nu)
    zet("gebruikerbevoegdheid", geldig_tot=nu.date())
    zet("partij", bewaren_tot=nu.date())
    zet("inzageverzoek", verzonden_op=nu, toestand="verzonden")
    for naam, kolom in (("verbandlid", "verlaten_op"), ("beperking", "opgeheven_op")):
        extra = {"opheffing": "klaar"} if naam == "beperking" else {"deelt_koppelingen": False}
        zet(naam, **{kolom: nu}, **extra)
    sessie.commit()


def vul_aan(gemeente_id: int, nu: datetime) -> None:
    """One row in every table that has a term and that the stage left empty."""
    sessie, leeg = db.session(), {g.tabel.name for g in GEHELEN if g.tabel.name not in tel(gemeente_id)}
    for naam in sorted(leeg):
        tabel = metadata.tables[naam]
        if "gemeente_id" not in tabel.c:
            continue
        rij: dict[str, Any] = {"uid": nieuw_id(), "gemeente_id": gemeente_id}
        keuzes = " ".join(str(r.sqltext) for r in tabel.constraints if hasattr(r, "sqltext"))
        for kolom in tabel.columns:
            if kolom.name in {"id", *rij} or (kolom.nullable and not kolom.name.startswith(("opgeheven", "terug"))):
                continue
            ouder = next(iter(kolom.foreign_keys), None)
            gekozen = re.search(rf"\b{kolom.name} IN \('(\w+)'", keuzes)
            if ouder is not None:
                bron = ouder.column.table
                eigen = (
                    select(bron.c.id).where(bron.c.gemeente_id == gemeente_id)
                    if "gemeente_id" in bron.c
                    else select(bron.c.id)
                )
                rij[kolom.name] = sessie.scalar(eigen.limit(1))
            elif gekozen:
                rij[kolom.name] = gekozen[1]
            else:
                rij[kolom.name] = _waarde(kolom, nu)
        sessie.execute(tabel.insert().values(rij))
    sessie.commit()


def _waarde(kolom: Column[Any], nu: datetime) -> Any:
    soort = kolom.type.python_type if not isinstance(kolom.type, UtcMoment) else datetime
    hash_ = "0" * 64 if "sha256" in kolom.name or "hash" in kolom.name else "tekst"
    vast: dict[Any, Any] = {str: hash_, int: 1, bool: False, datetime: nu, date: nu.date(), UUID: nieuw_id(), dict: {}}
    return vast.get(soort, hash_)


def tel(gemeente_id: int) -> dict[str, int]:
    """Rows per table under a term, of this gemeente."""
    uit = {}
    for naam in sorted(_TABELLEN):
        tabel = metadata.tables[naam]
        opdracht = select(func.count()).select_from(tabel)
        if "gemeente_id" in tabel.c:
            uit[naam] = db.session.scalar(opdracht.where(tabel.c.gemeente_id == gemeente_id)) or 0
    return {naam: aantal for naam, aantal in uit.items() if aantal}


def waar_staat(verbinding: Connection, woorden: str) -> set[str]:
    """Every table and column, also of indexes and of what no model knows, that holds these words."""
    uit = set()
    kijk = inspect(verbinding)
    for naam in kijk.get_table_names():
        for kolom in kijk.get_columns(naam):
            tekst = f'CAST("{kolom["name"]}" AS TEXT)'
            if verbinding.dialect.name == "postgresql" and "geom" in kolom["name"]:
                continue
            vraag = text(f'SELECT count(*) FROM "{naam}" WHERE {tekst} LIKE :wat')
            if verbinding.execute(vraag, {"wat": f"%{woorden}%"}).scalar():
                uit.add(f"{naam}.{kolom['name']}")
    return uit


def bestanden(wortel: Path) -> set[str]:
    return {p.name for p in wortel.rglob("*") if p.is_file()}


def genoemd(kring: Kring) -> set[str]:
    uit: set[str] = set()
    for naam, kolom in BESTANDSKOLOMMEN:
        tabel = metadata.tables[naam]
        uit |= set(db.session.scalars(select(tabel.c[kolom]).where(tabel.c.gemeente_id == kring.gemeente.id)))
    return uit - {""}


def test_na_alle_termijnen_is_niets_over(wereld: Wereld, klok: VasteKlok, database: str) -> None:
    bouw(wereld, wereld.een)
    gemeente_id, ander_id = wereld.een.gemeente.id, wereld.twee.gemeente.id
    inst = wereld.app.extensions["instellingen"]
    elders = tel(ander_id)
    sluit_alles(gemeente_id, wereld.nu)
    vul_aan(gemeente_id, wereld.nu)
    geplant = plant(gemeente_id)
    assert len(geplant) > 120
    begin = tel(gemeente_id)
    assert len(begin) > 80, "the stage has nearly everything"
    leeg = {g.code for g in GEHELEN if g.tabel.name not in begin and "gemeente_id" in g.tabel.c}
    assert leeg == set(), "every kind has something to destroy"
    zonder_actor(db.session(), "a test looks everywhere")
    assert len(waar_staat(db.session().connection(), KANARIE)) >= len(geplant)
    db.session.rollback()
    stukken = genoemd(wereld.een) & bestanden(inst.opslagmap)
    assert len(stukken) > 5

    # The day after nothing is over its term but what was; a dry run changes nothing.
    klok.moment = LATER
    droog = draai("--droog")
    assert tel(gemeente_id) == begin
    uit = draai()
    assert sorted(map(str, droog["vernietigd"])) == sorted(map(str, uit["vernietigd"]))
    assert [r for r in uit["blijft"] if r["gemeente"] == "Markerwaard"] == []
    assert tel(gemeente_id) == {}
    assert {n: a for n, a in tel(ander_id).items() if n in {"dossier", "bezoek"}} == {
        n: a for n, a in elders.items() if n in {"dossier", "bezoek"}
    }
    # Every row that was there is in a proof, by a hash of its id and nothing else.
    bewezen: dict[str, int] = {}
    for rij in db.session.scalars(select(Vernietiging).where(Vernietiging.gemeente_id == gemeente_id)):
        bewezen[rij.soort] = bewezen.get(rij.soort, 0) + len(rij.hashes)
        assert len(rij.hashes) == rij.aantal
        assert all(len(h) == 64 for h in rij.hashes)
    via_signaal = {"signaalinzending"}
    assert {n for n, a in begin.items() if bewezen.get(n, 0) < a} <= via_signaal | _mee_met_signaal()
    assert controleer(db.session(), gemeente_id) is None
    zonder_actor(db.session(), "a test looks everywhere")
    assert waar_staat(db.session().connection(), KANARIE) == set()
    db.session.rollback()
    assert not stukken & bestanden(inst.opslagmap)
    overal = [p for p in inst.data.rglob("*") if p.is_file()]
    assert [str(p) for p in overal if KANARIE.encode() in p.read_bytes()] == []
    # Killed or run again: nothing more, and the proofs stand beside the database too.
    assert draai()["vernietigd"] == []
    regels = (inst.data / "vernietigingen" / f"{wereld.een.gemeente.uid}.jsonl").read_text().splitlines()
    aantal = db.session.scalar(select(func.count()).where(Vernietiging.gemeente_id == gemeente_id))
    assert len(regels) == aantal
    del database


def _mee_met_signaal() -> set[str]:
    """What the database takes along with a signal without follow-up: proven by the signal itself."""
    uit, te_doen = {"signaal"}, ["signaal"]
    while te_doen:
        ouder = te_doen.pop()
        for tabel in metadata.sorted_tables:
            for fk in tabel.foreign_keys:
                if fk.column.table.name == ouder and fk.ondelete == "CASCADE" and tabel.name not in uit:
                    uit.add(tabel.name)
                    te_doen.append(tabel.name)
    return uit

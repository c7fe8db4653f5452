"""A text of our choice in every free text of the database, made from the models: what any form could have stored."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, String, Table, update
from sqlalchemy.exc import DBAPIError

from inspecties.core.rechten import Rol
from inspecties.database.basis import db, metadata
from tests.integration.rechten.podium import Podium

# Texts that nobody types: codes, names of things in the code, hashes, paths, what is encrypted or computed.
GEEN_VRIJE_TEKST = {
    "aanvrager", "bron_csv", "checklist_code", "gebruiksdoel", "geheim", "gezocht", "grens_wkt", "grondslag",
    "handeling", "inhoud", "keuze", "mediatype", "melding", "naam_sleutel", "openbare_ruimte", "pad",
    "publieke_sleutel", "sleutel", "soort", "versleuteld", "vraag_id", "wachtwoord_hash", "zaad", "zoeken", "zoektekst",
}  # fmt: skip
# The log is chained: changing it is another proof. A running search and a file being made are no text.
GEEN_TABEL = {"auditregel", "auditkop", "planzoektocht", "volledigdossier", "samenwerkingsverband"}
KORTST = 60


def vrije_teksten() -> list[tuple[Table, Column[Any]]]:
    """Every column that holds what somebody typed."""
    uit = []
    for tabel in metadata.sorted_tables:
        regels = " ".join(str(c.sqltext) for c in tabel.constraints if isinstance(c, CheckConstraint))
        for kolom in tabel.c:
            if not isinstance(kolom.type, String) or kolom.unique or kolom.primary_key or kolom.foreign_keys:
                continue
            lang = kolom.type.length is None or kolom.type.length >= KORTST
            code = kolom.name in GEEN_VRIJE_TEKST or "hash" in kolom.name or "sha256" in kolom.name
            code = code or kolom.name.endswith(("_uid", "_email", "code", "kolom", "tabel", "vinger"))
            if lang and not code and tabel.name not in GEEN_TABEL and f"{kolom.name} IN" not in regels:
                uit.append((tabel, kolom))
    return uit


def vergiftig(podium: Podium, tekst: str) -> list[str]:
    """Put ``tekst`` in every free text of the first gemeente; the columns that took it."""
    return vergiftig_gemeente(podium.wereld.een.actoren[Rol.BEHEERDER].gemeente_id, tekst)


def vergiftig_gemeente(gemeente_id: int, tekst: str) -> list[str]:
    """Put ``tekst`` in every free text of this gemeente; the columns that took it."""
    gedaan = []
    db.session.rollback()
    for tabel, kolom in vrije_teksten():
        if "gemeente_id" not in tabel.c:
            continue
        nieuw = tekst[: kolom.type.length]  # type: ignore[attr-defined]  # a String
        vraag = update(tabel).where(tabel.c.gemeente_id == gemeente_id, kolom.is_not(None)).values({kolom.name: nieuw})
        try:
            with db.session.begin_nested():
                if db.session.execute(vraag).rowcount:  # type: ignore[attr-defined]  # of an UPDATE
                    gedaan.append(f"{tabel.name}.{kolom.name}")
        except DBAPIError:
            # A rule of the database holds for this column: no such text can stand there.
            continue
    db.session.commit()
    return gedaan

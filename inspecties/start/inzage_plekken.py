"""Every place where a person can stand, made from the models: a new column is searched without anybody thinking of it.

A short column is left out only where its name is in ``GEEN_PERSOON``: closed lists, hashes, keys and settings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, String, Text

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.gebruikers.models import Gebruiker

# What such a column holds is chosen from a list, computed or technical. A column with personal data by its ``avg`` mark
# is never left out, whatever it is called.
GEEN_PERSOON: frozenset[str] = frozenset(
    (
        *("aard", "adressleutel", "algoritme", "ambt", "baan", "band", "base_op_ids"),
        *("beleid", "bevinding_uid", "bewijs_mediatype", "bewijs_sha256", "bezoek_uid", "checklist_code", "checklists"),
        *("code", "dagen", "definitie", "docx_sha256", "doel", "eenheid", "eindgrond"),
        *("fase", "feit_uid", "filter", "form_versie", "gebruiksdoel", "geheimlink", "geojson"),
        *("gever_soort", "gevolg", "gevonden_hash", "grond_status", "grondslag", "handeling", "hash"),
        *("hash_afzender", "hashes", "herkomst", "huisletter", "huisnummertoevoeging", "indicatoren", "inhoud_hash"),
        *("instrumenten", "keuze", "klasse", "kolom", "letters", "locatietypen", "mediatype"),
        *("message_id", "minuten", "nummeraanduiding_id", "object_soort", "object_uid", "oordeel", "op_id"),
        *("openbare_ruimte", "pdf_sha256", "pool", "pool_sha256", "punten", "regel", "rol"),
        *("sha256", "sha256_zonder", "sleutel", "soort", "stand", "status", "strekking"),
        *("stuksoort", "taal", "tabel", "tabelversie", "toestand", "toestel_tijd", "toewijzing"),
        *("token_sha256", "urgentie", "vastgelegd_op", "velden", "verblijfsobject_id", "vereist", "versie"),
        *("verwacht_hash", "verwijzing", "via", "vinger", "vlakken", "vorm", "vraag_id"),
        *("wachtwoord_hash", "wijze", "wisafdruk", "zaad", "zip_sha256", "zoektekst"),
    )
)
# Of these the request itself is made, or they are about the work and not about somebody outside.
_EIGEN = frozenset({"inzageverzoek", "inzagetreffer", "inzagestap", "beperking", "rectificatie", "rectificatiebericht"})
# Rows that lead a reader on: what hangs under one of these is shown with it.
HOOFD: tuple[str, ...] = (
    *("dossier", "signaal", "partij", "bevinding", "bezoek", "risicolocatie", "verslag", "machtiging", "actie"),
    *("bericht", "organisatie"),
)
_VERSLEUTELD = {"vervallen_kenmerk": "kenmerk"}


@dataclass(frozen=True)
class Plek:
    """One column of one table. ``context``: of an encrypted one, before its public id."""

    model: type[Any]
    kolom: str
    context: str = ""

    @property
    def tabel(self) -> str:
        return str(self.model.__tablename__)

    @property
    def sleutel(self) -> str:
        return f"{self.tabel}.{self.kolom}"

    @property
    def avg(self) -> Any:
        return self.model.__table__.c[self.kolom].info.get("avg")


def is_tekst(kolom: Column[Any]) -> bool:
    return isinstance(kolom.type, String | JSON)


def _altijd(kolom: Column[Any]) -> bool:
    """Free text of any length, or marked as personal data: searched whatever it is called."""
    return "avg" in kolom.info or isinstance(kolom.type, Text)


def is_medewerker(model: type[Any]) -> bool:
    """Users of the application: they belong to a gemeente by their membership."""
    return model is Gebruiker


def modellen() -> list[type[Any]]:
    """Every mapped class that belongs to a gemeente, in a fixed order; and its users."""
    klassen = {m.class_ for m in Model.registry.mappers if issubclass(m.class_, GemeenteEigendom)} | {Gebruiker}
    return sorted(klassen, key=lambda klasse: str(klasse.__tablename__))


def _plekken() -> Iterator[Plek]:
    for model in modellen():
        tabel = str(model.__tablename__)
        if tabel in _EIGEN:
            continue
        for kolom in model.__table__.columns:
            if not is_tekst(kolom) or (kolom.name in GEEN_PERSOON and not _altijd(kolom)):
                continue
            geheim = kolom.name == "versleuteld"
            yield Plek(model, kolom.name, _VERSLEUTELD.get(tabel, tabel) if geheim else "")


@cache
def plekken() -> tuple[Plek, ...]:
    """All of them."""
    return tuple(_plekken())


@cache
def hoofd_van(tabel: str) -> tuple[str, str] | None:
    """(column, table) by which a row of this table hangs under a main one; None where it is one, or hangs nowhere."""
    if tabel in HOOFD:
        return None
    model = next(m for m in modellen() if m.__tablename__ == tabel)
    naar = {fk.column.table.name: kolom.name for kolom in model.__table__.columns for fk in kolom.foreign_keys}
    return next(((naar[hoofd], hoofd) for hoofd in HOOFD if hoofd in naar), None)

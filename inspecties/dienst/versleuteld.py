"""Every encrypted column there is, and how what is in it is carried over to a new key.

A row is rewritten only where its ciphertext is still the one that was read, in small transactions: the service may run
meanwhile, and a run that was broken off is simply run again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Table, func, select, update
from sqlalchemy.orm import Session

from inspecties.core.sleutelbos import Sleutelbos, SleutelFout
from inspecties.database.basis import metadata

# (table, column) -> the context of its ciphertext, with the uid of the row in it.
# tests/unit/dienst/test_versleuteld.py holds this against every place in the code that encrypts.
VERSLEUTELD: dict[tuple[str, str], str] = {
    ("betrokkene", "versleuteld"): "betrokkene:{uid}",
    ("inzageverzoek", "aanvrager"): "inzageverzoek:{uid}:aanvrager",
    ("inzageverzoek", "inhoud"): "inzageverzoek:{uid}:inhoud",
    ("inzageverzoek", "zoeken"): "inzageverzoek:{uid}:zoeken",
    ("kenmerk", "versleuteld"): "kenmerk:{uid}",
    ("melder", "versleuteld"): "melder:{uid}",
    ("rectificatie", "nieuw"): "rectificatie:{uid}",
    ("rectificatie", "oud"): "rectificatie:{uid}",
    ("totpgeheim", "geheim"): "totp:{uid}",
    ("vervallen_kenmerk", "versleuteld"): "kenmerk:{uid}",
}
# Tables whose keyed hash can be made again from the text: (hash, kind, ciphertext). All other keyed hashes (recovery
# codes, links in mails) are of secrets that are not kept, and end with the key that made them.
WISAFDRUKKEN: dict[str, tuple[str, str, str]] = {
    "kenmerk": ("wisafdruk", "soort", "versleuteld"),
    "vervallen_kenmerk": ("wisafdruk", "soort", "versleuteld"),
}
_PER_KEER = 200
_MEESTE_FOUTEN = 20

Meld = Callable[[str], None]


@dataclass
class Uitkomst:
    """``omgezet``: ciphertexts under the new key now; ``hashes``: keyed hashes made again; ``fouten``: unreadable."""

    omgezet: int = 0
    hashes: int = 0
    onleesbaar: int = 0
    fouten: list[str] = field(default_factory=list)

    def meld_fout(self, tekst: str) -> None:
        self.onleesbaar += 1
        if len(self.fouten) < _MEESTE_FOUTEN:
            self.fouten.append(tekst)


def _kolommen() -> list[tuple[Table, str, str]]:
    return [(metadata.tables[t], kolom, context) for (t, kolom), context in sorted(VERSLEUTELD.items())]


def tel_per_sleutel(sessie: Session) -> dict[str, int]:
    """Name of a key -> how many ciphertexts name it, of all tables together."""
    uit: dict[str, int] = {}
    for tabel, kolom, _ in _kolommen():
        waarde = tabel.c[kolom]
        # Between the first two dots stands the name; both databases count it in their own way, so it is cut here.
        voor = func.substr(waarde, 1, 80)
        for begin, aantal in sessie.execute(_begin_van(voor, waarde, tabel)).all():
            naam = str(begin).split(".")[1] if str(begin).startswith("v1.") else "onbekend"
            uit[naam] = uit.get(naam, 0) + int(aantal)
    return uit


def _begin_van(voor: ColumnElement[str], waarde: ColumnElement[str], tabel: Table):  # type: ignore[no-untyped-def]  # Select of two columns
    return select(voor, func.count()).select_from(tabel).where(waarde != "").group_by(voor)


def herversleutel(sessie: Session, bos: Sleutelbos, meld: Meld) -> Uitkomst:
    """Carry everything over to the newest key, and make keyed hashes again. Commits after every so many rows."""
    uit = Uitkomst()
    for tabel, kolom, context in _kolommen():
        _zet_om(sessie, bos, tabel, kolom, context, uit)
        meld(f"{tabel.name}.{kolom}: {uit.omgezet} omgezet in totaal")
    for naam, kolommen in sorted(WISAFDRUKKEN.items()):
        _hash_opnieuw(sessie, bos, metadata.tables[naam], kolommen, uit)
    return uit


def _zet_om(sessie: Session, bos: Sleutelbos, tabel: Table, kolom: str, context: str, uit: Uitkomst) -> None:
    nieuwste = next(iter(bos.sleutels))
    waarde, laatste = tabel.c[kolom], 0
    while True:
        rijen = sessie.execute(
            select(tabel.c.id, tabel.c.uid, waarde)
            .where(tabel.c.id > laatste, waarde != "", waarde.not_like(f"v1.{nieuwste}.%"))
            .order_by(tabel.c.id)
            .limit(_PER_KEER)
        ).all()
        if not rijen:
            return
        for id_, uid, oud in rijen:
            laatste = id_
            eigen = context.format(uid=uid)
            try:
                nieuw = bos.versleutel(bos.ontsleutel(oud, eigen), eigen)
            except SleutelFout as fout:
                uit.meld_fout(f"{tabel.name}.{kolom}, {uid}: {fout}")
                continue
            geraakt = sessie.execute(update(tabel).where(tabel.c.id == id_, waarde == oud).values({kolom: nieuw}))
            uit.omgezet += int(getattr(geraakt, "rowcount", 0))
        sessie.commit()


def _hash_opnieuw(
    sessie: Session, bos: Sleutelbos, tabel: Table, kolommen: tuple[str, str, str], uit: Uitkomst
) -> None:
    hash_, soort, geheim = (tabel.c[naam] for naam in kolommen)
    context, laatste = VERSLEUTELD[tabel.name, kolommen[2]], 0
    while True:
        rijen = sessie.execute(
            select(tabel.c.id, tabel.c.uid, hash_, soort, geheim)
            .where(tabel.c.id > laatste, geheim != "")
            .order_by(tabel.c.id)
            .limit(_PER_KEER)
        ).all()
        if not rijen:
            return
        for id_, uid, oud, soort_, opgeslagen in rijen:
            laatste = id_
            try:
                nieuw = bos.wis_af(soort_, bos.ontsleutel(opgeslagen, context.format(uid=uid)))
            except SleutelFout:
                # Told of already, with its name, by the pass before this one.
                continue
            if nieuw != oud:
                sessie.execute(update(tabel).where(tabel.c.id == id_).values({kolommen[0]: nieuw}))
                uit.hashes += 1
        sessie.commit()

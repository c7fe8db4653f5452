"""The secret of a login: 128 random bits, none of them a version, a moment or a counter."""

from functools import reduce

from inspecties.core.ids import nieuw_geheim
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.gebruikers.models import Sessie
from inspecties.gebruikers.sessies import kenmerk_van


def test_elk_van_de_128_bits_is_toeval() -> None:
    """Each bit is 0 in some and 1 in others: by chance a fair one would not be, once in 10**40 runs."""
    getallen = [nieuw_geheim().int for _ in range(150)]
    assert len(set(getallen)) == 150
    assert reduce(lambda a, b: a | b, getallen) == 2**128 - 1
    assert reduce(lambda a, b: a & b, getallen) == 0


def test_een_sessie_krijgt_er_vanzelf_een() -> None:
    """Also a row that somebody makes without thinking of it."""
    standaard = Sessie.__table__.c.uid.default
    assert standaard is not None
    getallen = [standaard.arg(None).int for _ in range(150)]
    assert reduce(lambda a, b: a | b, getallen) == 2**128 - 1
    assert reduce(lambda a, b: a & b, getallen) == 0


def test_een_bladzijde_noemt_een_sessie_zonder_haar_geheim() -> None:
    een, twee = Sessie(uid=nieuw_geheim()), Sessie(uid=nieuw_geheim())
    bos, ander = Sleutelbos({"a": b"s" * 32}), Sleutelbos({"a": b"t" * 32})
    assert kenmerk_van(bos, een) == kenmerk_van(bos, een)
    assert len({kenmerk_van(bos, een), kenmerk_van(bos, twee), kenmerk_van(ander, een), een.uid.hex}) == 4

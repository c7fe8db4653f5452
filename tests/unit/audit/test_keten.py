"""The hash chain shows every kind of tampering (sync-and-trust.md, promise 32)."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from inspecties.audit.rules import BEGIN_HASH, Regel, bereken_hash, controleer_keten

Keten = list[tuple[Regel, str, str]]


def maak(n: int) -> Keten:
    uit: Keten = []
    vorige = BEGIN_HASH
    for i in range(1, n + 1):
        regel = Regel(1, i, datetime(2026, 1, 1, tzinfo=UTC), 7, "jurist", "gelezen", "dossier", f"d{i}", "", {"n": i})
        hash_ = bereken_hash(regel, vorige)
        uit.append((regel, vorige, hash_))
        vorige = hash_
    return uit


def test_een_gave_keten_klopt() -> None:
    keten = maak(5)
    assert controleer_keten(keten, 5, keten[-1][2]) is None


def test_een_leeg_logboek_klopt() -> None:
    assert controleer_keten([], 0, BEGIN_HASH) is None


@given(st.integers(2, 12), st.data())
def test_elke_ingreep_valt_op(n: int, data: st.DataObject) -> None:
    keten = maak(n)
    kop = keten[-1][2]
    i = data.draw(st.integers(0, n - 1))
    ingreep = data.draw(st.sampled_from(["wijzig", "verwijder", "verwissel", "afkappen", "herhash"]))
    if ingreep == "wijzig":
        keten[i] = (replace(keten[i][0], object_uid="anders"), keten[i][1], keten[i][2])
    elif ingreep == "verwijder":
        del keten[i]
    elif ingreep == "verwissel":
        j = (i + 1) % n
        keten[i], keten[j] = keten[j], keten[i]
    elif ingreep == "afkappen":
        keten = keten[:i]
    else:
        # Somebody who knows the method recomputes the changed row, but not all that follow.
        regel = replace(keten[i][0], handeling="niets")
        keten[i] = (regel, keten[i][1], bereken_hash(regel, keten[i][1]))
    assert controleer_keten(keten, n, kop) is not None

"""Every indicator is in exactly one group of the form, and none is about who somebody is."""

from inspecties.signalen.rules.indicatoren import GROEPEN, INDICATOREN


def test_elk_kenmerk_staat_een_keer_op_het_formulier() -> None:
    gegroepeerd = [code for codes in GROEPEN.values() for code in codes]
    assert sorted(gegroepeerd) == sorted(INDICATOREN)


def test_geen_kenmerk_over_afkomst_geloof_of_geslacht() -> None:
    tekst = " ".join(INDICATOREN.values()).lower()
    for woord in ("nationaliteit", "afkomst", "geloof", "religie", "vrouw", "man ", "buitenland", "huidskleur"):
        assert woord not in tekst

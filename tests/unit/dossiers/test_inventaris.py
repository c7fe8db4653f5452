"""The inventory: numbers that stay, the stricter choice that counts, and what stands in the way of parties."""

from dataclasses import replace
from datetime import UTC, datetime

from inspecties.acties.models_machtiging import Machtiging
from inspecties.dossiers.rules.inventaris import (
    AFGEDEKT,
    GEHEIM,
    GEWIJZIGD,
    MAG,
    OPEN,
    WEGLATEN,
    Bestand,
    Deel,
    Inventarisstuk,
    Oordeel,
    geef_nummers,
    maak_regels,
    nog_beoordelen,
    schone_bestandsnaam,
)
from inspecties.dossiers.volledig_bronnen import machtigingbestand


def _op(dag: int) -> datetime:
    return datetime(2026, 11, dag, tzinfo=UTC)


def _stuk(sleutel: str, dag: int, **anders: object) -> Inventarisstuk:
    return Inventarisstuk(sleutel, "Brief", f"Titel {sleutel}", _op(dag), **anders)  # type: ignore[arg-type]  # by name


def _foto(sleutel: str, *, gezien: bool = False, geheim: bool = False) -> Deel:
    return Deel(sleutel, sleutel, (), sleutel, Bestand("0" * 64, "a.jpg", "image/jpeg", 1), True, gezien, geheim)


def _over(stuk: Inventarisstuk, keuze: str, reden: str = "") -> Oordeel:
    """A judgement of who saw the piece as it is now, with all its parts."""
    delen = frozenset(d.sleutel for d in stuk.delen)
    return Oordeel(keuze, reden, gegeven=True, inhoud_hash=stuk.inhoud_hash, delen=delen)


def test_nummers_volgen_de_datum_en_blijven_daarna() -> None:
    eerst = geef_nummers([_stuk("b", 9), _stuk("a", 3)], {})
    assert eerst == {"a": (1, 0), "b": (2, 0)}
    # An older piece that comes later gets the next number; what was left out keeps its own.
    assert geef_nummers([_stuk("oud", 1), _stuk("b", 9)], eerst) == {"oud": (3, 0)}


def test_fotos_tellen_door_onder_hun_stuk() -> None:
    een = geef_nummers([_stuk("f", 1, delen=(_foto("x"), _foto("y")))], {})
    assert een == {"f": (1, 0), "x": (1, 1), "y": (1, 2)}
    # One photo is gone from the list and another came: no number is given twice.
    assert geef_nummers([_stuk("f", 1, delen=(_foto("y"), _foto("z")))], een) == {"z": (1, 3)}


def test_inventaris_staat_op_nummer_en_nieuw_achteraan() -> None:
    regels = maak_regels([_stuk("nieuw", 1), _stuk("b", 9), _stuk("a", 3)], {"b": (1, 0), "a": (2, 0)}, {})
    assert [(r.nummer, r.stuk.sleutel) for r in regels] == [(1, "b"), (2, "a"), (0, "nieuw")]


def test_afdekking_gaat_niet_weg_door_een_ruimere_keuze() -> None:
    afgedekt = _stuk("a", 1, voorstel=AFGEDEKT, via_afdekken=True)
    achter = _stuk("b", 1, voorstel=GEHEIM, voorstel_omdat="8:29", via_afdekken=True)

    def keuze(stuk: Inventarisstuk, eigen: str) -> str:
        return maak_regels([stuk], {}, {stuk.sleutel: _over(stuk, eigen, "r")})[0].oordeel.keuze

    assert [keuze(afgedekt, k) for k in (OPEN, MAG, GEHEIM, WEGLATEN)] == [AFGEDEKT, AFGEDEKT, GEHEIM, WEGLATEN]
    assert [keuze(achter, k) for k in (OPEN, MAG, WEGLATEN)] == [GEHEIM, GEHEIM, WEGLATEN]
    # What a kind of piece proposes of itself is taken back by "still to judge".
    assert keuze(_stuk("c", 1, voorstel=MAG), OPEN) == OPEN
    # What a kind of piece keeps back of itself a jurist lets through, until it changes.
    bibob = _stuk("d", 1, voorstel=GEHEIM, voorstel_omdat="artikel 28")
    assert [keuze(bibob, k) for k in (OPEN, MAG, WEGLATEN)] == [OPEN, MAG, WEGLATEN]
    oud = replace(_over(bibob, MAG, ""), inhoud_hash="anders")
    assert maak_regels([bibob], {}, {"d": oud})[0].oordeel.keuze == GEHEIM


def test_wat_niemand_bekeek_houdt_de_versie_voor_partijen_tegen() -> None:
    fotos = _stuk("f", 1, delen=(_foto("x"), _foto("y", gezien=True), _foto("z", geheim=True)))
    regels = maak_regels([fotos, _stuk("b", 2), _stuk("c", 3, voorstel=MAG)], {"f": (1, 0), "b": (2, 0)}, {})
    assert nog_beoordelen(regels) == [
        "stuk 1 (Titel f): 1 onderdeel is nog niet bekeken op afdekken",
        "stuk 2 (Titel b) is nog niet beoordeeld",
    ]
    alles = {"f": _over(fotos, MAG), "b": Oordeel(GEHEIM, "8:29")}
    assert nog_beoordelen(maak_regels([fotos, _stuk("b", 2)], {}, alles)) == []


def test_wat_na_het_oordeel_veranderde_is_opnieuw_te_beoordelen() -> None:
    bronnen = _stuk("b", 1, inhoud_partijen=({"soort": "alinea", "tekst": "Kadaster"},))
    ruim = {"b": _over(bronnen, MAG)}
    assert nog_beoordelen(maak_regels([bronnen], {}, ruim)) == []
    later = _stuk("b", 1, inhoud_partijen=({"soort": "alinea", "tekst": "Kadaster en politie"},))
    regel = maak_regels([later], {"b": (1, 0)}, ruim)[0]
    assert (regel.oordeel.keuze, regel.oordeel.reden) == (OPEN, GEWIJZIGD)
    assert nog_beoordelen([regel]) == ["stuk 1 (Titel b) is nog niet beoordeeld"]
    # A judgement of before this was kept does not say what was seen; what keeps a piece away stays.
    assert maak_regels([bronnen], {}, {"b": Oordeel(MAG)})[0].oordeel.keuze == OPEN
    assert maak_regels([later], {}, {"b": _over(bronnen, GEHEIM, "8:29")})[0].oordeel.keuze == GEHEIM


def test_een_foto_die_later_binnenkomt_gaat_niet_ongezien_mee() -> None:
    eerst = _stuk("f", 1, delen=(_foto("x"), _foto("y")))
    ruim = {"f": _over(eerst, MAG)}
    assert nog_beoordelen(maak_regels([eerst], {}, ruim)) == []
    later = _stuk("f", 1, delen=(_foto("x"), _foto("y"), _foto("z")))
    regel = maak_regels([later], {"f": (1, 0)}, ruim)[0]
    assert (regel.oordeel.keuze, [d.oordeel.keuze for d in regel.delen]) == (OPEN, [MAG, MAG, OPEN])
    assert nog_beoordelen([regel]) == ["stuk 1 (Titel f): 1 onderdeel is nog niet bekeken op afdekken"]
    # By a judgement of its own it goes along, or stays away.
    eigen = ruim | {"z": Oordeel(MAG, gegeven=True, inhoud_hash=later.delen[2].inhoud_hash)}
    assert nog_beoordelen(maak_regels([later], {}, eigen)) == []
    assert nog_beoordelen(maak_regels([later], {}, ruim | {"z": Oordeel(GEHEIM, "8:29")})) == []


def test_partijen_lezen_niet_van_wie_een_stuk_kwam() -> None:
    assert _stuk("a", 1).herkomst_partijen == "Gemeente"
    assert _stuk("a", 1, herkomst="De buurvrouw van nr. 7").herkomst_partijen == "Niet vermeld"


def test_een_machtiging_op_papier_is_wat_er_is_ingelezen() -> None:
    foto = machtigingbestand(Machtiging(nummer="M-2026-3", sha256="a" * 64, papier=True, mediatype="image/jpeg"))
    assert (foto.naam, foto.mediatype) == ("machtiging-M-2026-3.jpg", "image/jpeg")
    eigen = machtigingbestand(Machtiging(nummer="M-2026-4", sha256="a" * 64, mediatype="application/pdf"))
    assert (eigen.naam, eigen.mediatype) == ("machtiging-M-2026-4.pdf", "application/pdf")


def test_later_afgedekte_fotos_in_een_bevroren_stuk_houden_het_tegen() -> None:
    stuk = _stuk("a", 1, let_op="er zijn later foto's afgedekt")
    assert nog_beoordelen(maak_regels([stuk], {"a": (4, 0)}, {"a": _over(stuk, MAG)})) == [
        "stuk 4 (Titel a): er zijn later foto's afgedekt"
    ]
    assert nog_beoordelen(maak_regels([stuk], {}, {"a": Oordeel(GEHEIM, "namen")})) == []


def test_een_upload_gaat_nooit_zoals_hij_is_naar_partijen() -> None:
    assert MAG not in _stuk("a", 1, upload=True, via_afdekken=True).keuzes
    assert AFGEDEKT not in _stuk("a", 1).keuzes


def test_bestandsnamen_zijn_overal_uit_te_pakken() -> None:
    assert schone_bestandsnaam("../../etc/passwd") == "etc-passwd"
    assert schone_bestandsnaam("Zoë's foto: keuken?.jpg") == "zoe-s-foto-keuken-.jpg"
    assert schone_bestandsnaam("…") == "bestand"
    assert len(schone_bestandsnaam("a" * 500)) == 60

"""Search as you type in the address file: street, number, postcode and place in any order, typing errors forgiven.

The database proposes streets by trigrams (FTS5, pg_trgm); ``rules.adreszoek`` decides which come first, so that both
databases give the same answer. First what is spelled right; only where that finds nothing, what nearly is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, insert, or_, text
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.ids import nieuw_id
from inspecties.core.zoeken import zoektekst as schoon
from inspecties.database.bereik import select_voor
from inspecties.locaties.adresvondst import Adresvondst, als_vondst
from inspecties.locaties.models import Adres
from inspecties.locaties.models_adressen import Adresstraat
from inspecties.locaties.rules import adreszoek
from inspecties.locaties.rules.adres import Huisnummer
from inspecties.locaties.rules.adreszoek import Lezing

MAX_TEKENS = 100
MAX_LIMIET = 50
# Streets that the database proposes: spelled right, and nearly.
_VOORGESTELD, _ONGEVEER = 300, 120
# Streets and addresses that are looked at for one answer.
_STRATEN, _ADRESSEN = 60, 400
_TRIGRAMMEN = 7
_BLOK = 500


@dataclass(frozen=True, slots=True)
class _Straat:
    id: int
    openbare_ruimte: str
    woonplaats: str
    kosten: float


_Gewogen = dict[int, tuple[float, Adres]]


def zoek_adressen(sessie: Session, actor: Actor, tekst: str, limiet: int = 10) -> list[Adresvondst]:
    """The addresses of the own gemeente that answer best to what was typed, the best first; empty for too little."""
    lezingen = adreszoek.lees_zoektekst(schoon(tekst, MAX_TEKENS))
    limiet = max(1, min(limiet, MAX_LIMIET))
    gevonden: _Gewogen = {}
    for vergeef in (False, True):
        for lezing in lezingen:
            _voeg_samen(gevonden, _volgens(sessie, actor, lezing, limiet, vergeef=vergeef))
        if gevonden:
            break
    beste = sorted(gevonden.values(), key=lambda g: (round(g[0], 4), *_volgorde(g[1])))
    return [als_vondst(adres) for _, adres in beste[:limiet]]


def _voeg_samen(bij: _Gewogen, wat: Iterable[tuple[float, Adres]]) -> None:
    for kosten, adres in wat:
        if adres.id not in bij or kosten < bij[adres.id][0]:
            bij[adres.id] = (kosten, adres)


def _volgorde(a: Adres) -> tuple[Any, ...]:
    straat = adreszoek.zoektekst(a.openbare_ruimte, a.woonplaats)
    return (
        straat,
        a.huisnummer,
        a.huisletter,
        len(a.huisnummertoevoeging),
        a.huisnummertoevoeging,
        a.nummeraanduiding_id,
    )


def _volgens(sessie: Session, actor: Actor, lezing: Lezing, limiet: int, *, vergeef: bool) -> list[tuple[float, Adres]]:
    if lezing.postcode:
        return _op_postcode(sessie, actor, lezing, vergeef=vergeef)
    straten = _zoek_straten(sessie, actor, lezing, vergeef=vergeef)
    if not straten:
        return []
    if lezing.nummer is None:
        return _eerste_van(sessie, actor, straten[:limiet], limiet, lezing.straf)
    kosten = {(s.openbare_ruimte, s.woonplaats): s.kosten for s in straten}
    ids: list[int] = []
    for nummers in (_precies(lezing.nummer), _begint_met(lezing.nummer)):
        if nummers is not None and len(ids) < limiet:
            ids += _ids_in(sessie, actor, kosten, nummers)
    rijen = sessie.scalars(select_voor(actor, Adres).where(Adres.id.in_(ids[:_ADRESSEN]))) if ids else ()
    return _weeg(rijen, lezing, lambda a: kosten[a.openbare_ruimte, a.woonplaats])


def _weeg(rijen: Iterable[Adres], lezing: Lezing, straatkosten: Any) -> list[tuple[float, Adres]]:
    uit = []
    for adres in rijen:
        straat = straatkosten(adres)
        nummer = adreszoek.nummerkosten(lezing.nummer, adres.huisnummer, adres.huisletter, adres.huisnummertoevoeging)
        if straat is not None and nummer is not None:
            uit.append((lezing.straf + straat + nummer, adres))
    return uit


def _precies(nummer: Huisnummer) -> ColumnElement[bool]:
    return Adres.huisnummer == nummer.nummer


def _begint_met(nummer: Huisnummer) -> ColumnElement[bool] | None:
    """House numbers of one or two digits more, while somebody may still be typing; None for 12A, which is complete."""
    n = nummer.nummer
    if nummer.letter or nummer.toevoeging or n > 999:
        return None
    return or_(Adres.huisnummer.between(n * 10, n * 10 + 9), Adres.huisnummer.between(n * 100, n * 100 + 99))


def _ids_in(
    sessie: Session, actor: Actor, straten: Mapping[tuple[str, str], float], nummers: ColumnElement[bool]
) -> list[int]:
    """Addresses in these streets, the best street first.

    Two lists instead of pairs: that goes through the index in both databases, and what is too many is dropped here.
    """
    vraag = select_voor(actor, Adres).where(
        Adres.openbare_ruimte.in_(sorted({straat for straat, _ in straten})),
        Adres.woonplaats.in_(sorted({plaats for _, plaats in straten})),
        nummers,
    )
    rijen = sessie.execute(vraag.with_only_columns(Adres.openbare_ruimte, Adres.woonplaats, Adres.huisnummer, Adres.id))
    van_hier = [(straten[r[0], r[1]], r[2], r[3]) for r in rijen if (r[0], r[1]) in straten]
    return [id_ for *_, id_ in sorted(van_hier)]


def _eerste_van(
    sessie: Session, actor: Actor, straten: list[_Straat], limiet: int, straf: float
) -> list[tuple[float, Adres]]:
    """The first addresses of each street, so that every street that fits can be seen."""
    per_straat = -(-limiet // len(straten))
    uit: list[tuple[float, Adres]] = []
    for straat in straten:
        vraag = (
            select_voor(actor, Adres)
            .where(Adres.openbare_ruimte == straat.openbare_ruimte, Adres.woonplaats == straat.woonplaats)
            .order_by(Adres.huisnummer, Adres.huisletter, func.length(Adres.huisnummertoevoeging), Adres.id)
            .limit(per_straat)
        )
        uit += [(straf + straat.kosten, adres) for adres in sessie.scalars(vraag)]
    return uit


def _op_postcode(sessie: Session, actor: Actor, lezing: Lezing, *, vergeef: bool) -> list[tuple[float, Adres]]:
    hoog = lezing.postcode + "ZZ"[len(lezing.postcode) - 4 :]
    vraag = select_voor(actor, Adres).where(Adres.postcode >= lezing.postcode, Adres.postcode <= hoog)
    vragen = [vraag]
    if lezing.nummer is not None:
        nummers = (_precies(lezing.nummer), _begint_met(lezing.nummer))
        vragen = [vraag.where(welke) for welke in nummers if welke is not None]
    rijen: Sequence[Adres] = ()
    for smal in vragen:
        if not rijen:
            rijen = sessie.scalars(smal.order_by(Adres.postcode, Adres.huisnummer, Adres.id).limit(_ADRESSEN)).all()

    def kosten(adres: Adres) -> float | None:
        straat, plaats = adreszoek.platte_tekst(adres.openbare_ruimte), adreszoek.platte_tekst(adres.woonplaats)
        return adreszoek.straatkosten(lezing.woorden, straat, plaats, vergeef=vergeef)

    return _weeg(rijen, lezing, kosten)


def _zoek_straten(sessie: Session, actor: Actor, lezing: Lezing, *, vergeef: bool) -> list[_Straat]:
    """The streets that fit these words, the best first."""
    lang = [w for w in lezing.woorden if len(w) > 1]
    if not lang:
        return []
    if not vergeef:
        return _weeg_straten(sessie, _goed_gespeld(sessie, actor, lang), lezing, vergeef=False)
    # A word that exists is probably meant; only where that leads nowhere is every word doubted.
    bekend = [w for w in lang if sessie.scalars(_goed_gespeld(sessie, actor, [w]).limit(1)).first() is not None]
    onbekend = [w for w in lang if w not in bekend]
    if not all(map(adreszoek.toegestaan, onbekend)):
        # Numbers and short words are not bent: what does not exist as it stands is found nowhere.
        return []
    for zeker, onzeker in ((bekend, onbekend), ([], lang)):
        voorstel = _ongeveer(sessie, actor, zeker, onzeker) if onzeker else None
        if voorstel is not None and (straten := _weeg_straten(sessie, voorstel, lezing, vergeef=True)):
            return straten
        if not zeker:
            break
    return []


def _weeg_straten(sessie: Session, voorstel: Select[Adresstraat], lezing: Lezing, *, vergeef: bool) -> list[_Straat]:
    uit = []
    kolommen = (Adresstraat.id, Adresstraat.openbare_ruimte, Adresstraat.woonplaats)
    for id_, straat, plaats in sessie.execute(voorstel.with_only_columns(*kolommen)):
        kosten = adreszoek.straatkosten(
            lezing.woorden, adreszoek.platte_tekst(straat), adreszoek.platte_tekst(plaats), vergeef=vergeef
        )
        if kosten is not None:
            uit.append(_Straat(id_, straat, plaats, kosten))
    return sorted(uit, key=lambda s: (round(s.kosten, 4), s.openbare_ruimte, s.woonplaats))[:_STRATEN]


def _is_postgis(sessie: Session) -> bool:
    return sessie.get_bind().dialect.name == "postgresql"


def _goed_gespeld(sessie: Session, actor: Actor, woorden: Sequence[str]) -> Select[Adresstraat]:
    """Streets with a word that begins with each of these. A flat word holds only letters and digits."""
    vraag = select_voor(actor, Adresstraat)
    if _is_postgis(sessie):
        vraag = vraag.where(*(Adresstraat.zoektekst.like(f"% {w}%") for w in woorden))
    else:
        vraag = vraag.where(_in_index(_begint(woorden)))
    return vraag.order_by(func.length(Adresstraat.zoektekst), Adresstraat.id).limit(_VOORGESTELD)


def _begint(woorden: Iterable[str]) -> str:
    """The FTS5 query for words that begin like this."""
    return " AND ".join(f'" {w}"' for w in woorden)


def _in_index(opdracht: str) -> ColumnElement[bool]:
    rijen = text("SELECT rowid FROM adresstraat_fts WHERE adresstraat_fts MATCH :zoekopdracht")
    return Adresstraat.id.in_(
        rijen.bindparams(bindparam("zoekopdracht", opdracht, unique=True)).columns(Adresstraat.id)
    )


def _ongeveer(
    sessie: Session, actor: Actor, zeker: Sequence[str], onzeker: Sequence[str]
) -> Select[Adresstraat] | None:
    """Streets that hold the words that are certain, and words that look like the others."""
    if _is_postgis(sessie):
        return _ongeveer_postgis(sessie, actor, zeker, onzeker)
    return _ongeveer_sqlite(sessie, actor, zeker, onzeker)


def _ongeveer_postgis(
    sessie: Session, actor: Actor, zeker: Sequence[str], onzeker: Sequence[str]
) -> Select[Adresstraat] | None:
    lang = [w for w in onzeker if len(w) > 2]
    if not lang:
        return None
    drempel = min(adreszoek.gelijkenis(w) for w in lang)
    sessie.execute(text(f"SET LOCAL pg_trgm.word_similarity_threshold = {drempel:.2f}"))
    som = sum((_lijkt(w) for w in lang[1:]), start=_lijkt(lang[0]))
    vraag = select_voor(actor, Adresstraat).where(
        *(Adresstraat.zoektekst.like(f"% {w}%") for w in zeker),
        *(Adresstraat.zoektekst.op("%>")(w) for w in lang),
    )
    return vraag.order_by(som.desc(), Adresstraat.id).limit(_ONGEVEER)


def _lijkt(woord: str) -> Any:
    return func.word_similarity(woord, Adresstraat.zoektekst)


def _ongeveer_sqlite(
    sessie: Session, actor: Actor, zeker: Sequence[str], onzeker: Sequence[str]
) -> Select[Adresstraat] | None:
    """Streets that share rare trigrams with each word; of the common ones a street says nothing."""
    delen = [_begint(zeker)] if zeker else []
    for woord in onzeker:
        met_spatie = f" {woord}"
        trigrammen = sorted({met_spatie[i : i + 3] for i in range(len(met_spatie) - 2)})
        vraag = text("SELECT term, doc FROM adresstraat_trigram WHERE term = :t")
        geteld = [r for t in trigrammen for r in sessie.execute(vraag, {"t": t}).all()]
        zeldzaam = [r.term for r in sorted(geteld, key=lambda r: (r.doc, r.term))[:_TRIGRAMMEN]]
        if not zeldzaam:
            return None
        delen.append("(" + " OR ".join(f'"{t}"' for t in zeldzaam) + ")")
    rang = text(
        "SELECT f.rowid AS id, f.rank AS rang FROM adresstraat_fts f JOIN adresstraat s ON s.id = f.rowid "
        "WHERE f.adresstraat_fts MATCH :zoekopdracht AND s.gemeente_id = :gemeente ORDER BY f.rank LIMIT :hoogstens"
    )
    rijen = sessie.execute(
        rang, {"zoekopdracht": " AND ".join(delen), "gemeente": actor.gemeente_id, "hoogstens": _ONGEVEER}
    ).all()
    return select_voor(actor, Adresstraat).where(Adresstraat.id.in_([r.id for r in rijen])) if rijen else None


def ververs_straten(sessie: Session, actor: Actor) -> int:
    """Bring the streets in step with the address file of the actor's gemeente; gives how many changed.

    Whoever writes rows of ``Adres`` calls this in the same transaction.
    """
    kolommen = (Adres.openbare_ruimte, Adres.woonplaats)
    nodig = {tuple(r) for r in sessie.execute(select_voor(actor, Adres).with_only_columns(*kolommen).distinct())}
    alle = select_voor(actor, Adresstraat)
    er = {(s.openbare_ruimte, s.woonplaats): s.id for s in sessie.scalars(alle)}
    weg = sorted(er[paar] for paar in er.keys() - nodig)
    for begin in range(0, len(weg), _BLOK):
        sessie.execute(delete(Adresstraat).where(Adresstraat.id.in_(weg[begin : begin + _BLOK])))
    nieuw = [_straatrij(actor, straat, plaats) for straat, plaats in sorted(nodig - er.keys())]
    for begin in range(0, len(nieuw), _BLOK):
        sessie.execute(insert(Adresstraat), nieuw[begin : begin + _BLOK])
    return len(weg) + len(nieuw)


def voeg_straat_toe(sessie: Session, actor: Actor, straat: str, plaats: str) -> None:
    """Make one street findable; what ``ververs_straten`` does for a whole file."""
    vraag = select_voor(actor, Adresstraat).where(
        Adresstraat.openbare_ruimte == straat, Adresstraat.woonplaats == plaats
    )
    if sessie.scalars(vraag).first() is None:
        sessie.execute(insert(Adresstraat), [_straatrij(actor, straat, plaats)])


def _straatrij(actor: Actor, straat: str, plaats: str) -> dict[str, Any]:
    return {
        "uid": nieuw_id(),
        "gemeente_id": actor.gemeente_id,
        "openbare_ruimte": straat,
        "woonplaats": plaats,
        "zoektekst": adreszoek.zoektekst(straat, plaats),
    }

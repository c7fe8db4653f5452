"""Guards and effects of the tracks of building and housing. A guard says in words why not, or None."""

from collections.abc import Callable

from inspecties.core.klok import lokale_datum
from inspecties.dossiers.akkoorden import ongebruikt_akkoord
from inspecties.dossiers.besluitteksten import boetetekst, feiten_van, lasttekst
from inspecties.dossiers.boetes import boete_van, vervalt
from inspecties.dossiers.lasten import lasten_van, trek_in
from inspecties.dossiers.models_last import Last
from inspecties.dossiers.rules.bedrag import schrijf_euro
from inspecties.dossiers.rules.boete import ontbreekt
from inspecties.dossiers.rules.last import LASTSOORTEN
from inspecties.dossiers.trajecten import Eisvraag, Gevolgvraag, tabel_van, trajecten_van
from inspecties.dossiers.verbeurtes import staat_open, verjaring_van
from inspecties.dossiers.wonen import boetegrens
from inspecties.dossiers.wonen_traject import waarom_niet_besloten

_HIER = "op de pagina 'Last' van dit dossier"
_ANDER = {"last_dwangsom": "last_bestuursdwang", "last_bestuursdwang": "last_dwangsom"}


def _last(vraag: Eisvraag) -> Last | None:
    """The last that this track is about."""
    soort = vraag.tabel.code.removeprefix("last_")
    rijen = [x for x in lasten_van(vraag.sessie, vraag.actor, vraag.dossier) if x.soort == soort]
    return rijen[-1] if rijen else None


def een_tegelijk(vraag: Eisvraag) -> str | None:
    """Art. 5:6 Awb: the other kind of last does not run in this dossier; one that was lifted does not."""
    ander = _ANDER.get(vraag.tabel.code, "")
    anders = [x for x in lasten_van(vraag.sessie, vraag.actor, vraag.dossier) if f"last_{x.soort}" == ander]
    if anders and all(x.stand in {"opgeheven", "ingetrokken"} for x in anders):
        return None
    for rij in trajecten_van(vraag.sessie, vraag.actor, vraag.dossier):
        if rij.code == ander and not tabel_van(rij).is_eind(rij.stand):
            naam = tabel_van(rij).naam
            return f"In dit dossier loopt al '{naam}'. Dwangsom en bestuursdwang kunnen niet tegelijk (art. 5:6 Awb)."
    return None


def _van_last(zin: str, klopt: Callable[[Last], bool]) -> Callable[[Eisvraag], str | None]:
    def eis(vraag: Eisvraag) -> str | None:
        last = _last(vraag)
        return None if last is not None and klopt(last) else zin

    return eis


def last_compleet(vraag: Eisvraag) -> str | None:
    """The last was drafted, and what the cabinet approved holds it, after the hearing."""
    last = _last(vraag)
    if last is None or vraag.traject is None:
        return f"Werk de last eerst uit, {_HIER}."
    akkoord = ongebruikt_akkoord(vraag.sessie, vraag.actor, vraag.dossier, vraag.tabel.code)
    return waarom_niet_besloten(vraag.traject, akkoord, lasttekst(last), LASTSOORTEN[last.soort])


def niets_open(vraag: Eisvraag) -> str | None:
    """Every dwangsom was paid, waived or has lapsed."""
    last, vandaag = _last(vraag), lokale_datum(vraag.nu)
    if last is None:
        return None
    open_ = [v for v in last.verbeurtes if staat_open(v) and not verjaring_van(last, v).is_verjaard(vandaag)]
    if not open_:
        return None
    som = schrijf_euro(sum(staat_open(v) for v in open_))
    return f"Er staat nog {som} aan dwangsommen open. Vorder die in of leg vast waarom daarvan wordt afgezien."


def boete_compleet(vraag: Eisvraag) -> str | None:
    """The fine was written down, nothing stands in its way, and what the cabinet approved holds it."""
    boete = boete_van(vraag.sessie, vraag.actor, vraag.dossier)
    if boete is None or vraag.traject is None:
        return "Stel eerst de boete op, op de pagina 'Boete' van dit dossier."
    mist = ontbreekt(feiten_van(boete), boetegrens(), lokale_datum(vraag.nu)) if boete.stand == "ontwerp" else []
    akkoord = ongebruikt_akkoord(vraag.sessie, vraag.actor, vraag.dossier, vraag.tabel.code)
    besloten = waarom_niet_besloten(vraag.traject, akkoord, boetetekst(boete), "De boete")
    return " ".join([*mist, *([besloten] if besloten else [])]) or None


def boete_opgelegd(vraag: Eisvraag) -> str | None:
    """The fine was imposed on its own page, which checks it."""
    boete = boete_van(vraag.sessie, vraag.actor, vraag.dossier)
    if boete is not None and boete.stand == "opgelegd":
        return None
    return "Leg de boete op via de pagina 'Boete' van dit dossier."


EISEN: dict[str, Callable[[Eisvraag], str | None]] = {
    "last_een_tegelijk": een_tegelijk,
    "last_compleet": last_compleet,
    "last_bekend": _van_last(f"Leg de bekendmaking vast, {_HIER}.", lambda x: x.bekend_op is not None),
    "last_controle": _van_last(f"Leg de controle vast, {_HIER}.", lambda x: any(c.op_datum for c in x.controles)),
    "last_verbeurd": _van_last(
        f"Er is nog geen dwangsom verbeurd. Leg een controle vast, {_HIER}.", lambda x: bool(x.verbeurtes)
    ),
    "last_invordering": _van_last(
        f"Leg de invorderingsbeschikking vast, {_HIER}.",
        lambda x: any(d.soort == "invorderingsbeschikking" for v in x.verbeurtes for d in v.daden),
    ),
    "last_voldaan": _van_last(
        f"Uit de laatste controle blijkt niet dat aan de last is voldaan. Leg die vast, {_HIER}.",
        lambda x: [c.uitkomst for c in x.controles if c.op_datum][-1:] == ["voldaan"],
    ),
    "last_toegepast": _van_last(
        f"Leg de toepassing van bestuursdwang vast, {_HIER}.", lambda x: x.toegepast_op is not None
    ),
    "last_kosten": _van_last(f"Stel de kosten vast, {_HIER}.", lambda x: x.kosten_op is not None),
    "last_geeindigd": _van_last(f"Hef de last op, {_HIER}.", lambda x: x.stand == "opgeheven"),
    "last_niets_open": niets_open,
    "boete_compleet": boete_compleet,
    "boete_opgelegd": boete_opgelegd,
}


def last_ingetrokken(vraag: Gevolgvraag) -> None:
    """A track that stops takes a last along that was not made known: it can not come into force any more."""
    for last in lasten_van(vraag.sessie, vraag.actor, vraag.dossier):
        if f"last_{last.soort}" == vraag.tabel.code:
            trek_in(vraag.sessie, vraag.actor, vraag.nu, last, vraag.gang.toelichting or vraag.stap.naam)


def boete_afgezien(vraag: Gevolgvraag) -> None:
    """A track that stops takes a fine along that was not imposed."""
    boete = boete_van(vraag.sessie, vraag.actor, vraag.dossier)
    if boete is not None:
        vervalt(vraag.sessie, vraag.actor, vraag.nu, boete, vraag.gang.toelichting or vraag.stap.naam)


GEVOLGEN: dict[str, Callable[[Gevolgvraag], None]] = {
    "last_ingetrokken": last_ingetrokken,
    "boete_afgezien": boete_afgezien,
}

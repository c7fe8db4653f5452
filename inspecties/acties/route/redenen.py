"""Why a stop is not in the plan, in plain Dutch."""

from collections.abc import Sequence

from inspecties.acties.route.instantie import Instantie, Ploeg, Stop
from inspecties.acties.route.opgave import Opgave, maak_rooster, type_route
from inspecties.acties.route.tijden import schrijf_tijd

# By whether the stop is compulsory and whether the plan is proven best.
_NAAST = {
    (True, True): "Verplicht, maar alle verplichte stops samen passen niet in de diensten.",
    (True, False): "Verplicht, maar er is geen plan gevonden waarin alle verplichte stops samen in de diensten passen.",
    (False, True): "Past niet in de diensten naast de gekozen stops; een plan met deze stop erbij is niet meer waard.",
    (False, False): "Past niet in de diensten naast de gekozen stops; een beter plan is niet gevonden.",
}


def geef_reden(
    instantie: Instantie, opgave: Opgave, nummer: int, routes: Sequence[Sequence[type_route]], *, bewezen: bool
) -> str:
    """The most telling reason for ``instantie.stops[nummer - 1]``; ``routes`` are the chosen ones per class."""
    stop = instantie.stops[nummer - 1]
    kandidaten = [p for p in instantie.ploegen if stop.vast_ploeg in (None, p.id)]
    if reden := _bevoegdheid(stop, kandidaten, instantie.ploegen):
        return reden
    bevoegd = [p for p in kandidaten if stop.vereist <= p.bevoegdheden]
    alleen = [k for k in opgave.klassen if maak_rooster(opgave, k, (nummer,))]
    if not alleen:
        return _nooit(instantie, stop, nummer, bevoegd)
    if all(_vol(opgave, k, nummer, routes[opgave.klassen.index(k)]) for k in alleen):
        return "Elke ploeg die dit kan, heeft haar hoogste aantal stops al."
    return _NAAST[stop.verplicht, bewezen]


def _bevoegdheid(stop: Stop, kandidaten: Sequence[Ploeg], alle: Sequence[Ploeg]) -> str | None:
    if any(stop.vereist <= p.bevoegdheden for p in kandidaten):
        return None
    if stop.vast_ploeg is not None:
        mist = sorted(stop.vereist - kandidaten[0].bevoegdheden)
        return f"Staat vast bij ploeg {stop.vast_ploeg}, maar die mist de bevoegdheid {_en(mist)}."
    nergens = sorted(b for b in stop.vereist if all(b not in p.bevoegdheden for p in alle))
    if nergens:
        return f"Geen enkele ploeg heeft de bevoegdheid {_en(nergens)}."
    return f"Geen enkele ploeg heeft alle nodige bevoegdheden samen: {_en(sorted(stop.vereist))}."


def _nooit(instantie: Instantie, stop: Stop, nummer: int, bevoegd: Sequence[Ploeg]) -> str:
    heen, terug = instantie.reistijd(0, nummer), instantie.reistijd(nummer, 0)
    open_, dicht = (stop.open, stop.dicht) if stop.vast_begin is None else (stop.vast_begin, stop.vast_begin)
    tijd = schrijf_tijd if instantie.hele_minuten else (lambda t: f"minuut {t:.6g}")
    vroegst = min(p.begin + heen for p in bevoegd)
    if vroegst > dicht:
        wat = "Het venster sluit" if stop.vast_begin is None else "Het vaste begin is"
        return f"{wat} om {tijd(dicht)}, maar geen bevoegde ploeg kan er voor {tijd(vroegst)} zijn."
    kan = [p for p in bevoegd if p.begin + heen <= dicht]
    over = [max(p.begin + heen, open_) + stop.duur_min + terug for p in kan]
    if all(t > p.eind for t, p in zip(over, kan, strict=True)):
        t, p = min(zip(over, kan, strict=True), key=lambda paar: paar[0] - paar[1].eind)
        laat = f"terug zou {tijd(t)} zijn, ploeg {p.id} stopt om {tijd(p.eind)}"
        return f"Past ook als enige stop niet in de dienst: {laat}."
    if any(p.pauze for p in kan):
        return "Past ook als enige stop niet in de dienst naast de pauze of het hoogste aantal stops."
    if any(p.max_stops is not None or p.max_per_bevoegdheid or p.max_van for p in kan):
        return "De ploeg die dit kan, mag deze stop niet doen: haar hoogste aantal is nul."
    return "Past op hele minuten ook als enige stop niet in venster en dienst."


def _vol(opgave: Opgave, klasse: object, nummer: int, routes: Sequence[type_route]) -> bool:
    k = next(k for k in opgave.klassen if k is klasse)
    if len(routes) < len(k.ploegen) or not k.tellers:
        return False
    return all(
        any(m >> nummer & 1 and sum(m >> i & 1 for i in route) >= hoogste for m, hoogste in k.tellers)
        for route in routes
    )


def _en(namen: Sequence[str]) -> str:
    return namen[0] if len(namen) == 1 else f"{', '.join(namen[:-1])} en {namen[-1]}"

"""Insert stops into routes, most valuable first, where they make the team least later."""

from collections.abc import Callable, Sequence

from inspecties.acties.route.opgave import Opgave, maak_rooster, type_route


def vul_aan(
    opgave: Opgave, begin: Sequence[Sequence[type_route]], op_tijd: Callable[[], bool]
) -> tuple[tuple[type_route, ...], ...]:
    """Add to ``begin`` (routes per class) every stop that still fits somewhere; teams left over may get a first stop."""
    routes = [
        [*klasse_routes, *(() for _ in range(len(klasse.ploegen) - len(klasse_routes)))]
        for klasse, klasse_routes in zip(opgave.klassen, begin, strict=True)
    ]
    gepland = {i for klasse in routes for route in klasse for i in route}
    over = sorted(set(range(1, opgave.n + 1)) - gepland, key=lambda i: (-opgave.punten[i], i))
    for stop in over:
        if not op_tijd():
            break
        beste: tuple[int, int, int, type_route] | None = None
        for k, klasse in enumerate(opgave.klassen):
            if not klasse.mag >> stop & 1:
                continue
            for nummer, route in enumerate(routes[k]):
                if not route and nummer and not routes[k][nummer - 1]:
                    continue  # the same empty team again
                nu = maak_rooster(opgave, klasse, route)
                terug = nu.terug if nu and route else klasse.begin
                for plek in range(len(route) + 1):
                    poging = (*route[:plek], stop, *route[plek:])
                    rooster = maak_rooster(opgave, klasse, poging)
                    if rooster and (beste is None or rooster.terug - terug < beste[0]):
                        beste = (rooster.terug - terug, k, nummer, poging)
        if beste:
            routes[beste[1]][beste[2]] = beste[3]
    return tuple(tuple(route for route in klasse if route) for klasse in routes)

"""The grid of the map's clusters."""

# Levels that are kept in the table of cells; a level between two is added up from the finer one, four cells each.
# Level 0 is one cell for a whole gemeente: its total, and the row that concurrent writers queue for first.
NIVEAUS = (0, 8, 10, 12, 14, 16)


def celgrootte_m(zoom: int) -> float:
    """Width of a cluster cell in metres: about 70 pixels at that zoom at 52.5 degrees north."""
    return float(70 * 156_543 * 0.609 / 2**zoom)


def opgeslagen_niveau(zoom: int) -> int:
    """The coarsest stored level that is at least as fine as ``zoom`` (0 to 16)."""
    return next(n for n in NIVEAUS if n >= zoom)

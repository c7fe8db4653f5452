"""The panels on the page of a location, in the order in which they stand there."""

from inspecties.locaties.panelen import Paneel

PANELEN: tuple[Paneel, ...] = ()

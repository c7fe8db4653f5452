"""What can be wrong with an expression."""


class Expressiefout(Exception):
    """The expression is not understood or not supported; ``melding`` is Dutch, ``positie`` counts characters from 1."""

    def __init__(self, melding: str, positie: int | None = None) -> None:
        super().__init__(melding)
        self.melding = melding
        self.positie = positie

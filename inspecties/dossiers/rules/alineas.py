"""The paragraphs of a text, so that a question can hang on one of them."""

from collections.abc import Iterator, Mapping


def alineas(tekst: str) -> list[str]:
    """Every line that says something is a paragraph, as a jurist types them."""
    return [regel.strip() for regel in tekst.splitlines() if regel.strip()]


def vraagnaam(veld: str, nr: int) -> str:
    """The name of the input for a question at a paragraph (from 1)."""
    return f"vraag-{veld}-{nr}"


def gestelde_vragen(teksten: Mapping[str, str], ingevuld: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(field, paragraph, question) of every question that was typed; each line of an input is one question."""
    for veld, tekst in teksten.items():
        for nr, alinea in enumerate(alineas(tekst), start=1):
            for vraag in ingevuld.get(vraagnaam(veld, nr), "").splitlines():
                if vraag.strip():
                    yield veld, alinea, vraag.strip()

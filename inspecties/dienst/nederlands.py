"""click speaks Dutch: its own words, such as 'Usage' and 'No such option', for who uses the commands.

click asks gettext for them, which only reads compiled catalogues from disk; a table in Python can be read and reviewed.
"""

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

WOORDEN: dict[str, str] = {
    "Usage:": "Gebruik:",
    "Options": "Opties",
    "Commands": "Opdrachten",
    "Positional arguments": "Argumenten",
    "Show this message and exit.": "Toon deze uitleg.",
    "Try '{command} {option}' for help.": "Uitleg: '{command} {option}'.",
    "Error: {message}": "Fout: {message}",
    "Aborted!": "Afgebroken.",
    "No such command {name!r}.": "De opdracht {name!r} bestaat niet.",
    "No such option {name!r}.": "De optie {name!r} bestaat niet.",
    "Did you mean {possibility}?": "Bedoelt u {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Bedoelt u een van: {possibilities}?)",
    "Missing argument": "Er ontbreekt een argument",
    "Missing option": "Er ontbreekt een optie",
    "Missing parameter": "Er ontbreekt iets",
    "Missing command.": "Noem een opdracht.",
    "Missing parameter: {param_name}": "Er ontbreekt iets: {param_name}",
    "Choose from:\n\t{choices}": "Kies uit:\n\t{choices}",
    "Invalid value: {message}": "Dit kan niet: {message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} kan niet: {message}",
    "Option {name!r} requires an argument.": "De optie {name!r} vraagt een waarde.",
    "Option {name!r} does not take a value.": "De optie {name!r} neemt geen waarde.",
    "Got unexpected extra argument ({args})": "Dit argument hoort er niet bij ({args})",
    "Got unexpected extra arguments ({args})": "Deze argumenten horen er niet bij ({args})",
    "Could not open file {filename!r}: {message}": "Het bestand {filename!r} gaat niet open: {message}",
    "{name} {filename!r} does not exist.": "{name} {filename!r} bestaat niet.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} is een map.",
    "{name} {filename!r} is a file.": "{name} {filename!r} is een bestand.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} mag niet gelezen worden.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} mag niet geschreven worden.",
    "{value!r} is not a valid {number_type}.": "{value!r} is geen {number_type}.",
    "{value!r} is not one of {choices}.": "{value!r} is niet een van {choices}.",
    "{value!r} is not {choice}.": "{value!r} is niet {choice}.",
    "{value} is not in the range {range}.": "{value} ligt niet tussen {range}.",
    "File": "Bestand",
    "Directory": "Map",
    "Path": "Pad",
    "file": "bestand",
    "directory": "map",
    "path": "pad",
    "default: {default}": "standaard: {default}",
    "required": "verplicht",
    "unknown error": "onbekende fout",
}


def _vertaal(tekst: str) -> str:
    return WOORDEN.get(tekst, tekst)


def _vertaal_aantal(enkel: str, meer: str, aantal: int) -> str:
    return _vertaal(enkel if aantal == 1 else meer)


def spreek_nederlands() -> None:
    """Give click its words. What the table lacks stays English."""
    for module in (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types):
        for naam, woord in (("_", _vertaal), ("ngettext", _vertaal_aantal)):
            if hasattr(module, naam):
                setattr(module, naam, woord)

"""Text that a spreadsheet would execute (CWE-1236): how every export writes it, and how every import takes it back."""

import re

# A cell that begins with one of these is a formula to some spreadsheet.
FORMULETEKENS = "=+-@\t\r"
_AFGESCHERMD = re.compile(rf"'+[{re.escape(FORMULETEKENS)}]")
_TE_SCHERMEN = re.compile(rf"'*[{re.escape(FORMULETEKENS)}]")


def scherm_af(tekst: str) -> str:
    """The text with an apostrophe before it where it would be executed, or where ``ontdoe`` would take one off."""
    return f"'{tekst}" if _TE_SCHERMEN.match(tekst) else tekst


def ontdoe(tekst: str) -> str:
    """The inverse of ``scherm_af``: the text as it was, without the apostrophe that an export put before it."""
    return tekst[1:] if _AFGESCHERMD.match(tekst) else tekst

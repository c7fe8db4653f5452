"""Text from outside: whether it can be stored, and how it is sought."""


def is_op_te_slaan(tekst: str | None) -> bool:
    """Whether every database can store a text: no NUL (PostgreSQL refuses it) and no lone surrogate."""
    return tekst is None or not any(teken == "\0" or "\ud800" <= teken <= "\udfff" for teken in tekst)


def zoektekst(waarde: str | None, maximum: int = 100) -> str:
    """A search term from a query string: trimmed, cut, without what cannot be stored or sought."""
    return "".join(t for t in (waarde or "") if is_op_te_slaan(t)).strip()[:maximum]


def zoekpatroon(tekst: str) -> str:
    """The LIKE pattern (escape character ``\\``) that finds ``tekst`` anywhere, its % and _ taken as they are."""
    veilig = tekst.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{veilig}%"

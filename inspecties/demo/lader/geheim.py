"""Secrets of a demo in its data folder, readable by their owner only."""

from pathlib import Path


def bewaar_geheim(pad: Path, tekst: str) -> None:
    """Write a secret whole or not at all: a half one would be read as the secret by the next start."""
    tijdelijk = pad.with_name(pad.name + ".nieuw")
    tijdelijk.unlink(missing_ok=True)
    tijdelijk.touch(mode=0o600)
    tijdelijk.write_text(tekst, encoding="utf-8")
    tijdelijk.replace(pad)

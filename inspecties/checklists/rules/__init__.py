"""Pure checklist engine: XLSForm in, ``Definitie`` out, evaluated without Flask or a database."""

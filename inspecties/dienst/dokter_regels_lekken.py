"""Check of known leaks in what the service is built from: a pure function."""

from datetime import timedelta

from inspecties.dienst.dokter import Feiten, Uitslag, controle, fout, goed, let_op

# Every week, as config/productie/README.md says under "Bijhouden", and a day for who has a day off.
GELDIG_DAGEN = 8
_TOON = 5
_MAAK = "Maak de lijsten opnieuw en zet ze in de map lekken van de datamap: zie Bijhouden in de gids."


@controle("lekken", "Bekende lekken", "Wie een bekend lek laat zitten, doet de deur open voor iedereen die het leest.")
def lekken(f: Feiten) -> Uitslag:
    stuk = [lijst.naam for lijst in f.lekken if lijst.onleesbaar]
    if stuk:
        return fout(f"Niet te lezen: {', '.join(stuk)}.", _MAAK)
    gevonden = [lek for lijst in f.lekken for lek in lijst.lekken]
    if gevonden:
        wat = "; ".join(f"{lek.onderdeel} ({lek.kenmerk})" for lek in gevonden[:_TOON])
        rest = f" en nog {len(gevonden) - _TOON}" if len(gevonden) > _TOON else ""
        return fout(
            f"{len(gevonden)} met een bekend lek: {wat}{rest}.",
            "Draai make vernieuw en make test: binnen 2 dagen als het van buiten te gebruiken is, "
            "een ander hoog lek binnen 14 dagen.",
        )
    mist = [lijst.naam for lijst in f.lekken if lijst.op is None]
    if mist or not f.lekken:
        return let_op(f"Er is geen lijst van bekende lekken: {', '.join(mist) or 'de map is leeg'}.", _MAAK)
    oudste = min(lijst.op for lijst in f.lekken if lijst.op is not None)
    if f.nu - oudste > timedelta(days=GELDIG_DAGEN):
        return fout(f"De lijst van bekende lekken is {(f.nu - oudste).days} dagen oud.", _MAAK)
    return goed(f"Geen bekend lek in een onderdeel, volgens de lijsten van {oudste:%d-%m-%Y}.")

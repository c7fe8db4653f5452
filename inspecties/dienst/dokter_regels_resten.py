"""Check of what interrupted runs left: a pure function."""

from inspecties.dienst.dokter import Feiten, Uitslag, controle, fout, goed, let_op

HALF = "half_herstel"
_TOON = 3
# Kind -> what it is (one, more), and what to do.
SOORTEN: dict[str, tuple[str, str, str]] = {
    HALF: (
        "een herstel dat halverwege is gestopt",
        "herstellen die halverwege zijn gestopt",
        "Draai inspecties herstel opnieuw, met --overschrijf; tot dan start de dienst niet.",
    ),
    "backup": (
        "een halve backup",
        "halve backups",
        "Maak een nieuwe backup (inspecties backup MAP): die ruimt halve op. Kijk of de schijf vol was.",
    ),
    "herstel": (
        "een werkkopie van een afgebroken herstel",
        "werkkopieën van een afgebroken herstel",
        "Verwijder die als het herstel niet meer nodig is; het volgende herstel doet dat vanzelf.",
    ),
    "oud": (
        "een database van voor een herstel, ouder dan een week",
        "databases van voor een herstel, ouder dan een week",
        "Is alles goed? Verwijder die dan: er kan in staan wat hier is vernietigd. Anders doet inspecties "
        "bewaartermijnen dat later.",
    ),
    "upload": (
        "een foto die nooit heel aankwam",
        "foto's die nooit heel aankwamen",
        "Draai inspecties bewaartermijnen. Wat dan blijft, hoort nergens meer bij: stop de dienst en verwijder het.",
    ),
    "bestand": (
        "een half geschreven bestand in de opslag",
        "half geschreven bestanden in de opslag",
        "inspecties bewaartermijnen ruimt dat op zodra het oud genoeg is. Kijk of de schijf vol was.",
    ),
    "los": (
        "een half geschreven bestand in de datamap",
        "half geschreven bestanden in de datamap",
        "Verwijder dat. Kijk of de schijf vol was.",
    ),
}


def _noem(soort: str, paden: list[str]) -> str:
    een, meer, _ = SOORTEN[soort]
    namen = ", ".join(paden[:_TOON]) + (" ..." if len(paden) > _TOON else "")
    return f"{een} ({namen})" if len(paden) == 1 else f"{len(paden)} {meer} ({namen})"


@controle("resten", "Resten van afgebroken werk", "Halve kopieën kosten ruimte en ontsnappen aan de bewaartermijnen.")
def resten(f: Feiten) -> Uitslag:
    per_soort = {s: gevonden for s in SOORTEN if (gevonden := [r.pad for r in f.resten if r.soort == s])}
    if not per_soort:
        return goed("Niets is blijven liggen van een afgebroken backup, herstel of upload.")
    wat = f"Er ligt nog: {'; '.join(_noem(soort, paden) for soort, paden in per_soort.items())}."
    herstel = " ".join(SOORTEN[soort][2] for soort in per_soort)
    return fout(wat, herstel) if HALF in per_soort else let_op(wat, herstel)

"""What goes wrong with backups, in words for the administrator."""

from inspecties.core.fouten import InspectiesFout


class BackupFout(InspectiesFout):
    """The backup can not be made, is not whole, or can not be put back. Nothing was changed."""


class BackupNietHeel(BackupFout):
    """Verification found differences; ``fouten`` names each of them."""

    def __init__(self, naam: str, fouten: list[str]) -> None:
        super().__init__(f"Backup {naam} is niet heel:\n" + "\n".join(f"  {fout}" for fout in fouten))
        self.fouten = fouten

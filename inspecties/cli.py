"""The console script ``inspecties``: a click group on Flask's CLI whose commands load only what they need.

Exit codes: 0 good, 1 found a problem, 2 wrong use.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

# command -> (module, attribute, needs the application, what it does)
OPDRACHTEN: dict[str, tuple[str, str, bool, str]] = {
    "serve": ("inspecties.dienst.cli", "serve", False, "Start de dienst"),
    "gebruiker": ("inspecties.dienst.gebruiker_cli", "gebruiker", True, "Gebruikers toevoegen, tonen en blokkeren"),
    "import": ("inspecties.locaties.cli", "importeer", True, "Lees een bestand met locaties in"),
    "export": ("inspecties.locaties.cli", "exporteer", True, "Bewaar locaties als bestand"),
    "bewaartermijnen": (
        "inspecties.start.bewaartermijnen_cli",
        "bewaartermijnen",
        True,
        "Vernietig wat zijn bewaartermijn voorbij is",
    ),
    "avg": ("inspecties.start.avg_cli", "avg", True, "Maak het register van verwerkingen en de aanzet voor een DPIA"),
    "prioriteit": ("inspecties.locaties.prioriteit_cli", "prioriteit", True, "Werk de prioriteit van locaties bij"),
    "post": ("inspecties.post.cli", "post", True, "Verstuur wachtende mail en neem antwoorden aan"),
    "audit": ("inspecties.dienst.audit_cli", "audit", True, "Controleer het auditlogboek"),
    "backup": ("inspecties.dienst.backup_cli", "backup", False, "Maak of controleer een backup"),
    "herstel": ("inspecties.dienst.backup_cli", "herstel", False, "Zet een backup terug"),
    "doctor": ("inspecties.dienst.dokter_cli", "doctor", False, "Kijk of deze installatie veilig is ingericht"),
    "gezondheid": ("inspecties.start.cli", "gezondheid", True, "Zeg of de dienst werkt"),
    "herstelsleutel": (
        "inspecties.dienst.herstelsleutel_cli",
        "herstelsleutel",
        False,
        "Maak of controleer de sleutel voor noodgevallen met een toestel",
    ),
    "redding": ("inspecties.offline.redding_cli", "redding", True, "Lees een reddingskopie van een tablet in"),
    "herinner": (
        "inspecties.start.herinner_cli",
        "herinner",
        True,
        "Zet herinneringen aan afspraken en termijnen klaar",
    ),
    "sleutels": ("inspecties.dienst.sleutels_cli", "sleutels", True, "Sleutels van versleutelde velden wisselen"),
    "instellingen": ("inspecties.dienst.cli", "instellingen", False, "Toon alle instellingen"),
    "route": ("inspecties.acties.route_cli", "route", False, "Bereken een route uit een bestand"),
    "trekking": ("inspecties.acties.trekking_cli", "trekking", False, "Reken een trekking van stops na"),
    "termijn": ("inspecties.termijnen.cli", "termijn", False, "Bereken een termijn"),
    "checklist": ("inspecties.checklists.cli", "checklist", False, "Controleer een checklist of vul die in"),
}


class LuieGroep(click.Group):
    """Loads a command's module when it is called, so that the pure commands start in a fraction of a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(OPDRACHTEN)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in OPDRACHTEN:
            return None
        module, naam, _, _ = OPDRACHTEN[cmd_name]
        opdracht: click.Command = getattr(importlib.import_module(module), naam)
        return opdracht

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Opdrachten"):
            formatter.write_dl([(naam, rij[3]) for naam, rij in sorted(OPDRACHTEN.items())])


@click.group(cls=LuieGroep, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", metavar="MAP", help="Map met database en bestanden (of INSPECTIES_DATA).")
@click.version_option(package_name="inspecties", message="inspecties %(version)s", help="Toon de versie.")
@click.pass_context
def groep(ctx: click.Context, data: str | None) -> None:
    """Inspecties: integrale controles op uitbuiting."""
    if data:
        os.environ["INSPECTIES_DATA"] = data
    opdracht = ctx.invoked_subcommand
    if opdracht in OPDRACHTEN and OPDRACHTEN[opdracht][2] and not {"-h", "--help"} & set(sys.argv):
        from inspecties.dienst.toepassing import open_toepassing  # only where a command needs it

        ctx.with_resource(open_toepassing())


def _data_overal(argumenten: Sequence[str]) -> list[str]:
    """Let ``--data DIR`` stand behind any command, as the contract says, by moving it to the front."""
    voor: list[str] = []
    rest: list[str] = []
    lopend = iter(argumenten)
    for a in lopend:
        if a == "--data":
            voor += [a, next(lopend, "")]
        elif a.startswith("--data="):
            voor.append(a)
        else:
            rest.append(a)
    return voor + rest


def _noteer_taak(argumenten: Sequence[str]) -> None:
    """A command that has to run every night succeeded: `inspecties doctor` wants to know when."""
    from inspecties.core.klok import SysteemKlok  # keeps the start of other commands light
    from inspecties.dienst.taken import noteer, taak_van

    eigen = list(argumenten)
    while eigen[:1] == ["--data"] or (eigen and eigen[0].startswith("--data=")):
        del eigen[: 2 if eigen[0] == "--data" else 1]
    taak = taak_van(eigen)
    if taak:
        noteer(Path(os.environ.get("INSPECTIES_DATA") or "data"), taak, SysteemKlok().nu())


def main() -> None:
    """Entry point of the console script."""
    from inspecties.core.fouten import InspectiesFout  # keeps the start of other commands light
    from inspecties.dienst.nederlands import spreek_nederlands
    from inspecties.instellingen import InstellingFout

    spreek_nederlands()
    argumenten = _data_overal(sys.argv[1:])
    # Database, photos and backups are for whoever runs the service, and for nobody else on this machine.
    masker = os.umask(0o077)
    try:
        groep.main(args=argumenten, prog_name="inspecties")
    except SystemExit as einde:
        if not einde.code:
            _noteer_taak(argumenten)
        raise
    except InspectiesFout as fout:
        click.echo(fout.melding, err=True)
        sys.exit(1)
    except InstellingFout as fout:
        click.echo(str(fout), err=True)
        sys.exit(2)
    finally:
        os.umask(masker)

"""Ask the time service of this machine whether it keeps the clock in step. Only when doctor runs; changes nothing."""

import shutil
import subprocess

# Each answers at once, from what it knows; one that hangs must not hold up the rest.
WACHT_S = 3


def _vraag(*opdracht: str) -> str:
    """What this program prints; '' where it is not there, fails or is too slow."""
    programma = shutil.which(opdracht[0])
    if programma is None:
        return ""
    try:
        uit = subprocess.run(  # noqa: S603 - fixed words and a program of this machine; no shell
            [programma, *opdracht[1:]], capture_output=True, timeout=WACHT_S, check=False, env={"LC_ALL": "C"}
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return uit.stdout.decode("utf-8", "replace").strip() if uit.returncode == 0 else ""


def lees_tijddienst() -> bool | None:
    """Whether the clock is kept in step; None where no time service of this machine says so."""
    systemd = _vraag("timedatectl", "show", "-p", "NTPSynchronized", "--value")
    if systemd in {"yes", "no"}:
        return systemd == "yes"
    for regel in _vraag("chronyc", "-n", "tracking").splitlines():
        naam, _, stand = regel.partition(":")
        if naam.strip() == "Leap status":
            return stand.strip() != "Not synchronised"
    return None

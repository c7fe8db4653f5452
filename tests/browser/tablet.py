"""A tablet: a browser with a profile that outlives it, however it ended."""

import contextlib
import os
import signal
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Playwright

from tests.browser.chromium import ARGUMENTEN, GEDULD_MS, chromium


def processen_van(profiel: Path) -> list[int]:
    """The processes of this browser: those that name its profile."""
    uit = []
    for map_ in Path("/proc").iterdir():
        if not map_.name.isdigit():
            continue
        try:
            regel = (map_ / "cmdline").read_bytes()
        except OSError:
            continue  # gone in the meantime
        if f"--user-data-dir={profiel}".encode() in regel:
            uit.append(int(map_.name))
    return uit


@dataclass
class Tablet:
    """Opens the same profile again and again; one browser at a time. Calling it opens."""

    speler: Playwright
    profiel: Path
    adres: str
    breedte: int = 412
    hoogte: int = 915
    _open: BrowserContext | None = field(default=None, repr=False)

    def __call__(self) -> BrowserContext:
        """Close what is open as a user does, and open again."""
        self.sluit()
        context = self.speler.chromium.launch_persistent_context(
            self.profiel,
            executable_path=chromium(),
            args=ARGUMENTEN,
            viewport={"width": self.breedte, "height": self.hoogte},
            base_url=self.adres,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
        )
        context.set_default_timeout(GEDULD_MS)
        self._open = context
        return context

    def dood(self) -> None:
        """The battery is pulled out: every process of the browser ends at once."""
        processen = processen_van(self.profiel)
        assert processen
        for nummer in processen:
            with contextlib.suppress(ProcessLookupError):  # a child that fell with its parent
                os.kill(nummer, signal.SIGKILL)
        self.sluit()
        for rest in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            (self.profiel / rest).unlink(missing_ok=True)

    def sluit(self) -> None:
        """Close the browser, if it is there."""
        if self._open is not None:
            with contextlib.suppress(Error):  # there may be no browser left to close
                self._open.close()
            self._open = None

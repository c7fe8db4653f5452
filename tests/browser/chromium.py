"""The distribution's own Chromium, started so that it stays off the network."""

import shutil

# How long a browser test waits for what must come: on two busy cores everything comes, but not at once.
GEDULD_MS = 45_000
ARGUMENTEN = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Path of the browser. FileNotFoundError where there is none: the suite fails, it does not skip.

    The shell is the same engine without the windows around it, which take as much of the processor as the pages do.
    """
    for naam in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        pad = shutil.which(naam)
        if pad:
            return pad
    raise FileNotFoundError("Chromium ontbreekt: voer `bash config/opzetten.sh test` uit")

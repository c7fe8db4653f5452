"""What every screen of the field app must be: clean under axe, no wider than the tablet, targets that a glove hits."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[3] / "static" / "node_modules" / "axe-core" / "axe.min.js"
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DOEL_PX = 44

TE_KLEIN = """([wortel, doel]) => [...document.querySelectorAll(`${wortel} :is(button, a, select, .tegel, .chip)`)]
    .filter((el) => el.checkVisibility())
    .map((el) => [el.textContent.trim() || el.getAttribute('aria-label'), el.getBoundingClientRect()])
    .filter(([, vak]) => vak.width < doel || vak.height < doel)
    .map(([tekst, vak]) => `${tekst}: ${Math.round(vak.width)} x ${Math.round(vak.height)}`)"""


def axe(page: Page, wortel: str = "html") -> list[str]:
    """Violations in this part of the page as it is now."""
    # Through the debugger, not as a script on the page: that the CSP would rightly refuse.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    uit: dict[str, Any] = page.evaluate(
        "([wortel, regels]) => axe.run(wortel, {runOnly: regels, resultTypes: ['violations']})", [wortel, REGELS]
    )
    return [f"{fout['id']}: {[str(k['target']) for k in fout['nodes'][:3]]}" for fout in uit["violations"]]


def te_breed(page: Page, wortel: str) -> int:
    """Pixels by which something inside sticks out sideways."""
    breedte: int = page.eval_on_selector(wortel, "el => el.scrollWidth - el.clientWidth")
    return breedte


def te_klein(page: Page, wortel: str) -> list[str]:
    """Targets smaller than 44 px in either direction."""
    uit: list[str] = page.evaluate(TE_KLEIN, [wortel, DOEL_PX])
    return uit

"""What every page must pass: nothing serious under axe, and nothing wider than the screen."""

from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "static/node_modules/axe-core/axe.min.js"
WCAG = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa")
# Telephone and office screen, in CSS pixels.
BREEDTES = (360, 1280)


def te_breed(pagina: Page) -> int:
    """CSS pixels by which the page is wider than its window; waits for the page that a click asked for."""
    pagina.wait_for_load_state("load")
    # A locator waits until there is a document: right after a click there may be none.
    schuift: int = pagina.locator("html").evaluate("el => el.scrollWidth - el.clientWidth")
    return max(0, schuift)


def overtredingen(pagina: Page, regels: Iterable[str] = WCAG) -> list[str]:
    """What axe finds on the page as it is, as rule and first place."""
    pagina.wait_for_load_state("load")
    # Through the debugger, not as a script on the page: that the CSP would rightly refuse.
    pagina.evaluate(AXE.read_text(encoding="utf-8"))
    uitslag = pagina.locator("html").evaluate(
        "(_, regels) => axe.run(document, {runOnly: regels, resultTypes: ['violations']})", list(regels)
    )
    return [f"{v['id']}: {v['nodes'][0]['target']}" for v in uitslag["violations"]]


def keur(pagina: Page, breedtes: Iterable[int] = BREEDTES, regels: Iterable[str] = WCAG) -> list[str]:
    """Everything that is wrong with the page at these widths, each with its address."""
    klachten = []
    for breed in breedtes:
        pagina.set_viewport_size({"width": breed, "height": 900})
        if schuift := te_breed(pagina):
            klachten.append(f"{pagina.url} ({breed}): {schuift} px te breed")
        klachten += [f"{pagina.url} ({breed}): {een}" for een in overtredingen(pagina, regels)]
    return klachten

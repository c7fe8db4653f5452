"""Who may decide: never somebody who worked on the content of the dossier."""

from collections.abc import Collection

EIGEN_WERK = (
    "U hebt zelf aan dit dossier gewerkt. Daarom kunt u er niet over besluiten. Vraag een collega van het kabinet."
)
GEEN_PERSOON = "Alleen een persoon kan besluiten, nooit het systeem (AVG artikel 22)."


def waarom_niet_besluiten(gebruiker_id: int | None, opstellers: Collection[int]) -> str | None:
    """Why this user may not decide on a dossier that ``opstellers`` worked on; None where nothing stands in the way.

    Every drafter counts, also one whose role is another by now.
    """
    if gebruiker_id is None:
        return GEEN_PERSOON
    return EIGEN_WERK if gebruiker_id in opstellers else None

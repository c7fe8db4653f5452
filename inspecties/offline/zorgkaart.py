"""The care card: what to do when somebody may be a victim. The same for everybody, without data.

Routes from domain.md "From signal to action" and "In the field"; Awb art. 5:13 and 5:20, EVRM art. 6 (caution).
"""

ZORGKAART: tuple[dict[str, str], ...] = (
    {
        "titel": "Direct gevaar",
        "tekst": "Bel 112. Ga zelf naar een veilige plek. Neem een mogelijk slachtoffer mee als dat veilig kan.",
    },
    {
        "titel": "Vermoeden van mensenhandel",
        "tekst": (
            "Dwing niets af en beloof niets. Bied hulp aan en leg vast dat u dat deed. Meld het bij de politie (AVIM) "
            "en altijd bij de zorgcoördinator mensenhandel; arbeidsuitbuiting ook bij de Nederlandse Arbeidsinspectie."
        ),
    },
    {
        "titel": "Minderjarige",
        "tekst": "Bel altijd Veilig Thuis (dag en nacht). Dwang hoeft niet te blijken. Laat een kind niet alleen.",
    },
    {
        "titel": "Vermoeden van een strafbaar feit",
        "tekst": (
            "Stop met vragen stellen als toezichthouder. Zeg dat de persoon niet hoeft te antwoorden (cautie) en roep "
            "de politie erbij. Leg vast hoe laat u dat deed."
        ),
    },
    {
        "titel": "Rechten van wie u spreekt",
        "tekst": "Laat ongevraagd uw legitimatie zien. Zeg wie u bent en waarom u komt; een bewoner mag weigeren.",
    },
)

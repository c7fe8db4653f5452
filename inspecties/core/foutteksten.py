"""Texts of the error pages: status -> (title, explanation, what to do now)."""

FOUTTEKSTEN: dict[int, tuple[str, str, str]] = {
    400: ("Dit verzoek klopt niet", "De server kon het verzoek niet lezen.", "Ga terug en probeer het opnieuw."),
    500: ("Er ging iets mis", "De fout ligt bij ons.", "Probeer het later opnieuw."),
}

"""A browser in words that its user recognises, from the User-Agent header."""

# First match counts: every Chromium says Chrome, and nearly everything says Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMEN = (
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def apparaatnaam(user_agent: str) -> str:
    """'Chrome op Windows'; 'Onbekende browser' where nothing is recognised."""
    browser = next((naam for teken, naam in _BROWSERS if teken in user_agent), "Onbekende browser")
    systeem = next((naam for teken, naam in _SYSTEMEN if teken in user_agent), "")
    return f"{browser} op {systeem}" if systeem else browser

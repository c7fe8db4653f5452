"""Security headers on every response (OWASP ASVS 5.0 V3.4, internet.nl)."""

from flask import Flask, Response, request

_VASTE_KOPPEN = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # No page of ours belongs in a search engine, the login page neither.
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": (
        # The compass: which way the camera looked, where an inspector turned that on.
        "camera=(self), geolocation=(self), accelerometer=(self), gyroscope=(self), magnetometer=(self), "
        "microphone=(), payment=(), usb=()"
    ),
}


def inhoudsbeleid(tegelbron: str = "") -> str:
    """The Content-Security-Policy. ``tegelbron``: origin of a configured tile service, if any."""
    beelden = "'self' data: blob:" + (f" {tegelbron}" if tegelbron else "")
    return "; ".join(
        (
            "default-src 'none'",
            # Said once more, though the line above covers it: ASVS 3.4.3 asks it by name.
            "object-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src {beelden}",
            # Sound that was recorded at a question, played from the vault of the tablet.
            "media-src 'self' blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def koekje(naam: str, *, https: bool) -> str:
    """The name of a cookie. Over https with a prefix by which a browser takes it from this very host alone."""
    return f"__Host-{naam}" if https else naam


# What holds no data of anybody and may be kept (or the field app would not open without a connection). All else is
# never stored, whatever the view says about its own freshness.
BEWAARBAAR = frozenset(
    {
        "locaties_api.achtergrond",
        "offline.manifest",
        "offline.service_worker",
        "offline.veld",
        "offline.veld_diep",
        "start.thema",
        "static",
    }
)
# A file that is taken home, or a drawing that somebody opens by itself: nothing in it runs, loads or sends.
DOCUMENTBELEID = (
    "default-src 'none'; object-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def _is_document(antwoord: Response) -> bool:
    bijlage = antwoord.headers.get("Content-Disposition", "").startswith("attachment")
    return bijlage or antwoord.mimetype == "image/svg+xml"


def plaats_koppen(app: Flask, *, https: bool, tegelbron: str = "") -> None:
    """Add the headers after every request; personal pages are never stored by browser or proxy."""
    beleid = inhoudsbeleid(tegelbron)

    @app.after_request
    def koppen(antwoord: Response) -> Response:
        for naam, waarde in _VASTE_KOPPEN.items():
            antwoord.headers.setdefault(naam, waarde)
        if request.endpoint != "static" and _is_document(antwoord):
            antwoord.headers["Content-Security-Policy"] = DOCUMENTBELEID
        antwoord.headers.setdefault("Content-Security-Policy", beleid)
        if https:
            antwoord.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint not in BEWAARBAAR or "Cache-Control" not in antwoord.headers:
            antwoord.headers["Cache-Control"] = "no-store"
        return antwoord

"""Security headers on every response (OWASP ASVS 5.0 V3.4, internet.nl)."""

from flask import Flask, Response, request
from flask_login import current_user

_VASTE_KOPPEN = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
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


def plaats_koppen(app: Flask, *, https: bool, tegelbron: str = "") -> None:
    """Add the headers after every request; personal pages are never stored by browser or proxy."""
    beleid = inhoudsbeleid(tegelbron)

    @app.after_request
    def koppen(antwoord: Response) -> Response:
        for naam, waarde in _VASTE_KOPPEN.items():
            antwoord.headers.setdefault(naam, waarde)
        antwoord.headers.setdefault("Content-Security-Policy", beleid)
        if https:
            antwoord.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint not in {"static"} and (
            "Cache-Control" not in antwoord.headers or current_user.is_authenticated
        ):
            antwoord.headers.setdefault("Cache-Control", "no-store")
        return antwoord

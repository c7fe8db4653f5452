"""One visit to our own address, as a visitor would: certificate, TLS version, HSTS and clock. Only when asked."""

import http.client
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from inspecties.core.klok import SysteemKlok
from inspecties.dienst.dokter import Netfeiten

WACHT_S = 10


def bezoek(basisadres: str, context: ssl.SSLContext | None = None) -> Netfeiten:
    """GET /gezond at this address. What goes wrong is a finding, not an error. Follows no redirect."""
    delen = urlsplit(basisadres)
    if delen.scheme != "https" or not delen.hostname:
        return Netfeiten(fout="INSPECTIES_BASISADRES begint niet met https://")
    lijn = http.client.HTTPSConnection(
        delen.hostname, delen.port or 443, timeout=WACHT_S, context=context or ssl.create_default_context()
    )
    try:
        lijn.connect()
        kaart = lijn.sock.getpeercert() or {}
        tls = lijn.sock.version() or ""
        lijn.request("GET", f"{delen.path.rstrip('/')}/gezond")
        antwoord = lijn.getresponse()
        antwoord.read(10_000)
        nu = SysteemKlok().nu()
    except (OSError, http.client.HTTPException) as fout:
        return Netfeiten(fout=f"{type(fout).__name__}: {fout}")
    finally:
        lijn.close()
    return Netfeiten(
        fout="" if antwoord.status == 200 else f"/gezond antwoordt met {antwoord.status}",
        verloopt=_moment(str(kaart.get("notAfter", ""))),
        tls=tls,
        hsts=antwoord.getheader("Strict-Transport-Security") or "",
        server=antwoord.getheader("Server") or "",
        verschil_s=_verschil(antwoord.getheader("Date"), nu),
    )


def _moment(tekst: str) -> datetime | None:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(tekst), UTC) if tekst else None


def _verschil(datum: str | None, nu: datetime) -> float | None:
    """Seconds that the other clock is ahead. The header counts whole seconds."""
    try:
        return (parsedate_to_datetime(datum) - nu).total_seconds() if datum else None
    except ValueError:
        return None

"""What every answer must carry, whatever it is; for tests that pass by many answers."""

from werkzeug.test import TestResponse

from inspecties.web.kop import BEWAARBAAR

VAST = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
# Shown in the browser itself from our own origin; never something in which a stranger's markup could run.
TE_TONEN = {
    "application/geo+json",
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "application/pdf",
    "application/problem+json",
    "image/jpeg",
    "image/png",
    "image/webp",
    "text/calendar",
    "text/css",
    "text/event-stream",
    "text/html",
    "text/javascript",
    "text/plain",
}


def mis_met_koppen(antwoord: TestResponse, endpoint: str | None, *, https: bool = False) -> list[str]:
    """What is wrong with the headers of an answer, as sentences."""
    kop, mis = antwoord.headers, []
    mis += [f"{naam}: {kop.get(naam)}" for naam, waarde in VAST.items() if kop.getlist(naam) != [waarde]]
    mis += ["Permissions-Policy ontbreekt"] if "camera=(self)" not in kop.get("Permissions-Policy", "") else []
    delen = [deel.strip() for deel in kop.get("Content-Security-Policy", "").split(";")]
    nodig = {"default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"}
    if not nodig <= set(delen) or any("unsafe" in deel or "*" in deel for deel in delen):
        mis.append(f"Content-Security-Policy: {kop.get('Content-Security-Policy')}")
    # What a page sends goes to this site alone, whatever else a setting lets it show.
    for soort in ("connect-src", "form-action", "worker-src"):
        mis += [d for d in delen if d.startswith(soort) and d not in {f"{soort} 'self'", f"{soort} 'none'"}]
    script = next((deel for deel in delen if deel.startswith("script-src")), "script-src 'self'")
    if script != "script-src 'self'":
        mis.append(script)
    if endpoint not in BEWAARBAAR and kop.get("Cache-Control") != "no-store":
        mis.append(f"Cache-Control: {kop.get('Cache-Control')}")
    if kop.getlist("Strict-Transport-Security") != (["max-age=31536000; includeSubDomains"] if https else []):
        mis.append(f"Strict-Transport-Security: {kop.get('Strict-Transport-Security')}")
    mis += [f"{naam}: {waarde}" for naam, waarde in kop if naam.lower().startswith("access-control-")]
    if "Server" in kop or "X-Powered-By" in kop:
        mis.append("Server of X-Powered-By")
    if "storage" in kop.get("Clear-Site-Data", ""):
        mis.append("Clear-Site-Data wist wat een tablet nog moet sturen")
    bijlage = kop.get("Content-Disposition", "").startswith("attachment")
    if bijlage and "sandbox" not in delen:
        mis.append("een bijlage zonder sandbox")
    if antwoord.mimetype == "image/svg+xml" and "sandbox" not in delen:
        mis.append("een tekening zonder sandbox")
    if not bijlage and antwoord.mimetype not in TE_TONEN | {"image/svg+xml", ""} and antwoord.get_data():
        mis.append(f"{antwoord.mimetype} staat niet in een bijlage")
    tekst = antwoord.mimetype.startswith("text/") or antwoord.mimetype.endswith(("+xml", "/xml"))
    if antwoord.get_data() and (not antwoord.mimetype or (tekst and antwoord.mimetype_params != {"charset": "utf-8"})):
        mis.append(f"Content-Type: {kop.get('Content-Type')}")
    mis += _mis_met_koekjes(kop.getlist("Set-Cookie"), https=https)
    return mis


def _mis_met_koekjes(koekjes: list[str], *, https: bool) -> list[str]:
    mis = []
    for koekje in koekjes:
        naam = koekje.partition("=")[0]
        delen = {deel.strip() for deel in koekje.split(";")[1:]}
        if not {"HttpOnly", "SameSite=Lax", "Path=/"} <= delen or any(deel.startswith("Domain") for deel in delen):
            mis.append(f"koekje {naam}: {sorted(delen)}")
        if https and not ("Secure" in delen and naam.startswith("__Host-")):
            mis.append(f"koekje {naam} zonder Secure of __Host-")
    return mis

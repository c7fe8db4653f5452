"""Whose address counts: what our own proxy says, never what a visitor writes (ASVS 4.1.3, 15.3.4)."""

from dataclasses import replace

import pytest
from flask import Flask, request

from inspecties import create_app
from inspecties.core.klok import VasteKlok
from inspecties.web.poort import openbaar

WIL = {
    "X-Forwarded-For": "203.0.113.9, 192.0.2.7",
    "X-Forwarded-Host": "kwaad.example, inspecties.example",
    "X-Forwarded-Proto": "http, https",
    "X-Real-IP": "203.0.113.9",
    "X-Original-URL": "/beheer",
    "X-HTTP-Method-Override": "DELETE",
    "X-User-ID": "1",
}


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
@pytest.mark.parametrize(
    ("proxies", "verwacht"),
    [(1, "192.0.2.7 inspecties.example https GET"), (0, "127.0.0.1 localhost http GET")],
)
def test_alleen_wat_de_eigen_proxy_zegt_telt(app: Flask, klok: VasteKlok, proxies: int, verwacht: str) -> None:
    eigen = create_app(replace(app.extensions["instellingen"], proxies=proxies), klok)

    @openbaar("a test's own page", alleen_lezen=True)
    def wie() -> str:
        return f"{request.remote_addr} {request.host} {request.scheme} {request.method}"

    eigen.add_url_rule("/wie", "wie", wie)
    assert eigen.test_client().get("/wie", headers=WIL).get_data(as_text=True) == verwacht

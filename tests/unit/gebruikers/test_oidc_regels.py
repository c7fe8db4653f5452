"""The settings of the login service, and what an ID token must say, at its edges."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inspecties.core.oidc_groepen import lees_groepen, rollen_voor
from inspecties.gebruikers.oidc_dienst import Aanmelddienst, DienstStoort, nieuwe_aanvraag
from inspecties.gebruikers.rules.oidc import TokenOngeldig, controleer_claims, is_vers, lees_bewijs
from inspecties.instellingen import InstellingFout, lees_instellingen

NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
S = int(NU.timestamp())
GOED: dict[str, Any] = {"iss": "https://i.example", "aud": "wij", "sub": "s", "nonce": "n", "iat": S, "exp": S + 60}
OMGEVING = {
    "INSPECTIES_SECRET_KEY": "s" * 40,
    "INSPECTIES_BASISADRES": "https://inspecties.example",
    "INSPECTIES_OIDC_UITGEVER": "https://i.example/x",
    "INSPECTIES_OIDC_CLIENT": "wij",
    "INSPECTIES_OIDC_GEHEIM": "g",
    "INSPECTIES_OIDC_GROEPEN": "a=9901:jurist;b=c=9901:partner:Politie: team 3",
}


@pytest.mark.parametrize(
    ("anders", "goed"),
    [
        ({}, True),
        ({"exp": S - 60}, True),
        ({"exp": S - 61}, False),
        ({"iat": S + 60}, True),
        ({"iat": S + 61}, False),
        ({"nbf": S + 61}, False),
        ({"aud": ["wij"]}, True),
        ({"aud": ["wij", "zij"]}, False),
        ({"aud": ["wij", "zij"], "azp": "wij"}, True),
        ({"aud": ["zij"]}, False),
        ({"azp": "zij"}, False),
        ({"nonce": None}, False),
        ({"sub": ""}, False),
        ({"sub": "s" * 256}, False),
        ({"exp": "morgen"}, False),
        ({"exp": True}, False),
        ({"iss": "https://i.example/"}, False),
    ],
)
def test_wat_een_token_moet_zeggen(anders: dict[str, Any], goed: bool) -> None:
    try:
        controleer_claims(GOED | anders, "https://i.example", "wij", "n", NU)
    except TokenOngeldig:
        assert not goed
    else:
        assert goed


def test_twee_stappen_en_vers() -> None:
    def lees(**meer: Any) -> Any:
        return lees_bewijs(GOED | meer, "groepen", frozenset({"hoog"}))

    assert not lees(amr=["pwd"], acr="laag").sterk
    assert lees(amr=["pwd", "mfa"]).sterk
    assert lees(acr="hoog").sterk
    assert lees(groepen="een").groepen == {"een"}
    assert lees(groepen={"een": 1}).groepen == frozenset()
    assert not lees(email="a@b.nl", email_verified="true").email_bevestigd
    assert not is_vers(lees(), NU)
    assert is_vers(lees(auth_time=S - 300), NU)
    assert not is_vers(lees(auth_time=S - 301), NU)


def test_groepen_in_volgorde() -> None:
    regels = lees_groepen("a=9901:jurist\n b = 9901:coordinator ;/x/y=9902:partner:Politie")
    assert {c: r.rol.value for c, r in rollen_voor(regels, frozenset({"b", "a", "/x/y"})).items()} == {
        "9901": "jurist",
        "9902": "partner",
    }


@pytest.mark.parametrize(
    ("naam", "waarde", "zegt"),
    [
        ("UITGEVER", "http://i.example", "https://"),
        ("UITGEVER", "https://i.example/?x=1", "https://"),
        ("CLIENT", "", "INSPECTIES_OIDC_CLIENT is nodig"),
        ("GEHEIM", "", "INSPECTIES_OIDC_GEHEIM"),
        ("GEHEIM_BESTAND", "/bestaat/niet", "niet te lezen"),
        ("GROEPEN", "a=991:jurist", "vier cijfers"),
        ("GROEPEN", "a=9901:baas", "bestaat niet"),
        ("GROEPEN", "a=9901:partner", "organisatie"),
        ("GROEPEN", "a=9901:jurist:Politie", "alleen een partner"),
        ("GROEPEN", "a", "niet te lezen"),
        ("GROEPEN", "a=9901:jurist;a=9901:kabinet", "twee keer"),
    ],
)
def test_een_foute_instelling_zegt_wat_er_moet_staan(naam: str, waarde: str, zegt: str) -> None:
    with pytest.raises(InstellingFout, match=zegt):
        lees_instellingen(OMGEVING | {f"INSPECTIES_OIDC_{naam}": waarde})


def test_instellingen_uit_een_tabel_en_een_bestand(tmp_path: Path) -> None:
    (tmp_path / "geheim").write_text("uit-een-bestand\n", encoding="utf-8")
    toml = tmp_path / "i.toml"
    toml.write_text('[oidc_groepen]\n"mh juristen" = "9901:jurist"\n', encoding="utf-8")
    omgeving = {k: v for k, v in OMGEVING.items() if not k.endswith(("GROEPEN", "GEHEIM"))}
    omgeving |= {"INSPECTIES_CONFIG": str(toml), "INSPECTIES_OIDC_GEHEIM_BESTAND": str(tmp_path / "geheim")}
    inst = lees_instellingen(omgeving)
    assert [(g.groep, g.rol.value) for g in lees_groepen(inst.oidc_groepen)] == [("mh juristen", "jurist")]


class _Dienst(Aanmelddienst):
    """A service that gives these documents."""

    antwoorden: dict[str, Any]

    def _haal(self, pad: str) -> dict[str, Any]:
        return dict(self.antwoorden[pad])


DOCUMENT = {
    "issuer": "https://i.example/x",
    "authorization_endpoint": "https://i.example/a",
    "token_endpoint": "https://i.example/t",
    "jwks_uri": "https://i.example/k",
}


@pytest.mark.parametrize(
    "anders",
    [
        {"issuer": "https://i.example"},
        {"token_endpoint": "https://intern.example/t"},
        {"token_endpoint": "http://i.example/t"},
        {"jwks_uri": "https://i.example:8443/k"},
        {"jwks_uri": "http://169.254.169.254/latest"},
        {"authorization_endpoint": None},
    ],
)
def test_het_document_stuurt_de_server_nergens_anders_heen(anders: dict[str, Any]) -> None:
    dienst = _Dienst("https://i.example/x", "wij", "g")
    dienst.antwoorden = {"x/.well-known/openid-configuration": DOCUMENT | anders}
    with pytest.raises(DienstStoort):
        dienst.document(NU)


def test_het_adres_van_aanmelden_draagt_geen_geheim() -> None:
    dienst = _Dienst("https://i.example/x", "wij", "heel-geheim")
    dienst.antwoorden = {"x/.well-known/openid-configuration": DOCUMENT}
    aanvraag = nieuwe_aanvraag(NU, timedelta(minutes=10), "/acties", "bevestigen")
    adres = dienst.adres_voor(NU, aanvraag, "https://wij.example/terug")
    assert adres.startswith("https://i.example/a?")
    assert "code_challenge_method=S256" in adres
    assert aanvraag.verifier not in adres
    assert "heel-geheim" not in adres
    assert "max_age=0" in adres

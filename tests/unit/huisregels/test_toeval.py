"""What must not be guessed holds at least 128 random bits of the operating system (ASVS 5.0, 11.5.1)."""

import ast
from pathlib import Path

WORTEL = Path(__file__).parents[3]
BYTES = 16
# Drawn shorter, and why. What people type or what is no secret has its own requirement (6.5.4: a code of 20 bits).
KORTER = {
    "inspecties/core/sleutelbos.py": "the nonce of AES-GCM is 96 bits by its standard, and no secret",
    "inspecties/demo/laden.py": "the password of the demo, which somebody types",
    "inspecties/dienst/voorbereiding.py": "the password of the demo, which somebody types",
    "inspecties/gebruikers/herstelcodes.py": "recovery codes, which somebody types: 60 bits, once, behind a password",
}


def is_van_secrets(knoop: ast.AST) -> bool:
    return isinstance(knoop, ast.Attribute) and isinstance(knoop.value, ast.Name) and knoop.value.id == "secrets"


def trekkingen() -> list[tuple[str, str, int]]:
    """(file, function, bytes) of every use of ``secrets``; 0 bytes where the number is not written there."""
    uit = []
    for pad in sorted((WORTEL / "inspecties").rglob("*.py")):
        boom = list(ast.walk(ast.parse(pad.read_text("utf-8"))))
        aantal = {id(k.func): _getal(k.args[0]) for k in boom if isinstance(k, ast.Call) and k.args}
        uit += [
            (str(pad.relative_to(WORTEL)), k.attr, aantal.get(id(k), 0))
            for k in boom
            if isinstance(k, ast.Attribute) and is_van_secrets(k) and k.attr != "compare_digest"
        ]
    return uit


def _getal(knoop: ast.expr) -> int:
    return knoop.value if isinstance(knoop, ast.Constant) and isinstance(knoop.value, int) else 0


def test_elk_geheim_is_lang_genoeg() -> None:
    alle = trekkingen()
    assert len({bestand for bestand, *_ in alle}) > 6
    kort = {bestand for bestand, naam, n in alle if not (naam.startswith("token_") and n >= BYTES)}
    assert kort == set(KORTER)

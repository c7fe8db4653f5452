"""Write the software bill of materials (CycloneDX 1.6, JSON): every Python and npm package, from the locks.

``python config/sbom.py MAP`` writes ``python.cdx.json`` and ``npm.cdx.json``. The same locks give the same bytes: no
moment and no chance is in it. Packages are named by package URL and hash; where they were fetched is not in it.
Scope ``required`` runs on the server or in the browser, ``excluded`` only builds and tests.
"""

import base64
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

WORTEL = Path(__file__).resolve().parent.parent
_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$")
_HASH = re.compile(r"^\s+--hash=sha256:([0-9a-f]{64})\s*\\?$")
_UUID_RUIMTE = uuid.UUID("5b0c9d0e-6f1b-5c55-9a3e-0f7f6a1d2b11")


class SlotFout(ValueError):
    """A line of a lock is not a pinned package with its hashes."""


def lees_vereisten(tekst: str) -> dict[tuple[str, str], list[str]]:
    """(name, version) -> SHA-256 of every file that may be installed for it. Raises SlotFout naming the line."""
    uit: dict[tuple[str, str], list[str]] = {}
    nu: list[str] | None = None
    for nummer, regel in enumerate(tekst.splitlines(), start=1):
        if not regel.strip() or regel.lstrip().startswith(("#", "--no-binary")):
            continue
        if pin := _PIN.match(regel):
            nu = uit.setdefault((pin[1].lower().replace("_", "-"), pin[2]), [])
        elif (hash_ := _HASH.match(regel)) and nu is not None:
            nu.append(hash_[1])
        else:
            raise SlotFout(f"regel {nummer}: {regel.strip()}")
    if zonder := sorted(naam for (naam, _), hashes in uit.items() if not hashes):
        raise SlotFout(f"zonder hash: {', '.join(zonder)}")
    return uit


def _product(naam: str) -> Component:
    project = tomllib.loads((WORTEL / "pyproject.toml").read_text("utf-8"))["project"]
    return Component(
        name=naam,
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=naam,
        description=project["description"],
        licenses=[LicenseExpression(project["license"])],
    )


def python_delen(basis: str, test: str) -> list[Component]:
    """The packages of both requirement files; those of ``basis`` run in production."""
    nodig = lees_vereisten(basis)
    uit = []
    for (naam, versie), hashes in sorted((lees_vereisten(test) | nodig).items()):
        purl = PackageURL("pypi", name=naam, version=versie)
        # One package, several files (a wheel per machine and the source): each with its own hash.
        bestanden = ExternalReference(
            type=ExternalReferenceType.DISTRIBUTION,
            url=XsUri(purl.to_string()),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=h) for h in hashes],
        )
        uit.append(
            Component(
                name=naam,
                version=versie,
                purl=purl,
                bom_ref=purl.to_string(),
                scope=ComponentScope.REQUIRED if (naam, versie) in nodig else ComponentScope.EXCLUDED,
                external_references=[bestanden],
            )
        )
    return uit


def npm_delen(slot: dict[str, Any]) -> list[Component]:
    """The packages of a package-lock.json (version 3). Raises SlotFout for one without integrity."""
    gevonden: dict[str, Component] = {}
    for pad, pakket in sorted(slot["packages"].items()):
        if not pad:
            continue
        naam = pakket.get("name") or pad.rpartition("node_modules/")[2]
        soort, _, waarde = pakket.get("integrity", "").partition("-")
        if soort != "sha512" or not pakket.get("version"):
            raise SlotFout(f"{naam}: zonder integrity (sha512) of versie")
        ruimte, _, kort = naam.rpartition("/")
        purl = PackageURL("npm", namespace=ruimte or None, name=kort, version=pakket["version"])
        nodig = not (pakket.get("dev") or pakket.get("devOptional"))
        eerder = gevonden.get(purl.to_string())
        if eerder is not None and (eerder.scope is ComponentScope.REQUIRED or not nodig):
            continue
        gevonden[purl.to_string()] = Component(
            name=kort,
            group=ruimte or None,
            version=pakket["version"],
            purl=purl,
            bom_ref=purl.to_string(),
            scope=ComponentScope.REQUIRED if nodig else ComponentScope.EXCLUDED,
            hashes=[HashType(alg=HashAlgorithm.SHA_512, content=base64.b64decode(waarde).hex())],
            licenses=[LicenseExpression(pakket["license"])] if isinstance(pakket.get("license"), str) else (),
        )
    return list(gevonden.values())


def als_json(naam: str, delen: Iterable[Component]) -> str:
    """The document, the same for the same packages."""
    product = _product(naam)
    bom = Bom(components=delen)
    bom.metadata.component = product
    bom.register_dependency(product, bom.components)
    inhoud: dict[str, Any] = json.loads(JsonV1Dot6(bom).output_as_string())
    inhoud["metadata"].pop("timestamp")
    inhoud.pop("serialNumber")
    kern = json.dumps(inhoud, sort_keys=True)
    inhoud["serialNumber"] = f"urn:uuid:{uuid.uuid5(_UUID_RUIMTE, kern)}"
    return json.dumps(inhoud, indent=1, ensure_ascii=False) + "\n"


def maak() -> dict[str, str]:
    """File name -> document, of this repository."""
    vereisten = WORTEL / "config" / "vereisten"
    slot = json.loads((WORTEL / "static" / "package-lock.json").read_text("utf-8"))
    basis, test = ((vereisten / f"{naam}.txt").read_text("utf-8") for naam in ("basis", "test"))
    return {
        "python.cdx.json": als_json("inspecties", python_delen(basis, test)),
        "npm.cdx.json": als_json("inspecties-schermen", npm_delen(slot)),
    }


def main(map_: Path) -> None:
    """Write both documents into this folder."""
    map_.mkdir(parents=True, exist_ok=True)
    for naam, inhoud in maak().items():
        (map_ / naam).write_text(inhoud, "utf-8")
        aantal = len(json.loads(inhoud)["components"])
        sys.stdout.write(f"{map_ / naam}: {aantal} pakketten\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/sbom"))

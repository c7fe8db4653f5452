"""Reading a rescue copy: the file that a tablet makes of one vault (``veld/opslag/reddingskopie.js``), opened here.

The file is lines of JSON: a header, a line per record as it lies on the tablet (encrypted), and in newer ones a last
line that says how many there were. Every record is AES-256-GCM with its own id as additional data, so that a record
that was changed, or put in the place of another, does not open.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.gebruikers.herstelsleutel import pak_uit

SOORT = "inspecties-reddingskopie"
FOTOREGEL = b'{"winkel":"foto_bytes"'
# What a browser can make at most; a line beyond it is no record of ours. Bytes.
LANGSTE_REGEL = 256 * 1024 * 1024


class GeenReddingskopie(OngeldigeInvoer):
    """The file is no rescue copy, or one of a kind that this version does not know."""


@dataclass(frozen=True)
class Beschadigd:
    """A record of the file that could not be read, and what it was as far as its outside says."""

    winkel: str
    sleutel: str
    uitleg: str


@dataclass(frozen=True)
class Foto:
    """What a tablet knows about an original besides its bytes."""

    id: str
    bezoek_id: str
    sha256: str
    feiten: dict[str, Any]


@dataclass
class Inhoud:
    """Everything of a rescue copy but the bytes of its photos, decrypted."""

    kluis: str
    gemaakt_op: str
    gebruiker: dict[str, Any]
    toestel_id: str
    datasleutel: bytes
    ops: list[dict[str, Any]] = field(default_factory=list)
    toestanden: list[dict[str, Any]] = field(default_factory=list)
    signalen: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    fotos: dict[str, Foto] = field(default_factory=dict)
    beschadigd: list[Beschadigd] = field(default_factory=list)
    # The last line was there and its number was right; None for a file of before there was one.
    volledig: bool | None = None


def _met_bytes(paren: list[tuple[str, Any]]) -> Any:
    """``{"$bytes": base64}`` becomes bytes."""
    if len(paren) == 1 and paren[0][0] == "$bytes":
        return base64.b64decode(paren[0][1], validate=True)
    return dict(paren)


def _lees_regel(regel: bytes) -> dict[str, Any]:
    """Raises ValueError where the line is no record."""
    if len(regel) > LANGSTE_REGEL:
        raise ValueError("too long")
    uit = json.loads(regel, object_pairs_hook=_met_bytes)
    if not isinstance(uit, dict):
        raise TypeError("no object")
    return uit


def _ontsleutel(sleutel: bytes, id_: str, record: Mapping[str, Any]) -> bytes:
    """The plain bytes of a record. Raises InvalidTag, KeyError, TypeError or ValueError where it is damaged."""
    return AESGCM(sleutel).decrypt(record["iv"], record["data"], id_.encode())


def _ontsleutel_json(sleutel: bytes, id_: str, record: Mapping[str, Any]) -> Any:
    return json.loads(_ontsleutel(sleutel, id_, record))


# What opening one record may end in, whatever was done to the file.
ONLEESBAAR = (InvalidTag, KeyError, TypeError, ValueError, AttributeError, binascii.Error, RecursionError)


def _regels(pad: Path) -> Iterator[bytes]:
    with pad.open("rb") as bestand:
        yield from bestand


def _lees_kop(regel: bytes) -> dict[str, Any]:
    try:
        kop = _lees_regel(regel)
    except ONLEESBAAR:
        kop = {}
    if kop.get("soort") != SOORT or not isinstance(kop.get("kluis"), str):
        raise GeenReddingskopie(
            "Dit bestand is geen reddingskopie. Een reddingskopie maakt u op de tablet, bij Dit toestel; "
            "de naam eindigt op .ndjson.",
            "bestand",
        )
    if kop.get("formaat") != 1:
        raise GeenReddingskopie(
            f"Deze reddingskopie heeft formaat {kop.get('formaat')}; deze versie leest formaat 1. Werk de server bij.",
            "bestand",
        )
    return kop


def _datasleutel(verpakkingen: Any, prive: RSAPrivateKey) -> bytes:
    """The key of the vault. Raises OngeldigeInvoer where it was wrapped to no recovery key, or to another."""
    herstel = [v for v in verpakkingen or [] if isinstance(v, dict) and v.get("soort") == "herstel"]
    if not herstel:
        raise OngeldigeInvoer(
            "Deze tablet had nog geen herstelsleutel van de gemeente. Alleen de gebruiker kan de gegevens openen, "
            "op de tablet zelf en met de eigen wachtzin.",
            "bestand",
        )
    fout: OngeldigeInvoer | None = None
    for verpakking in herstel:
        try:
            return pak_uit(prive, verpakking)
        except OngeldigeInvoer as niet_deze:
            fout = niet_deze
    raise fout or OngeldigeInvoer("De herstelsleutel past niet.", "sleutel")


def _eerste_ronde(
    pad: Path,
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]], list[Beschadigd], bool | None]:
    """Header, vault facts, records without the bytes of photos, damaged lines, whether it is whole."""
    regels = _regels(pad)
    kop = _lees_kop(next(regels, b""))
    meta: dict[str, Any] = {}
    records: list[dict[str, Any]] = []
    kapot: list[Beschadigd] = []
    aantal = 0
    # A newer file announces its last line; one that was cut off has none.
    volledig = False if kop.get("einde") else None
    for nummer, regel in enumerate(regels, start=2):
        if not regel.strip():
            continue
        if regel.startswith(FOTOREGEL):
            aantal += 1
            continue
        try:
            rij = _lees_regel(regel)
        except ONLEESBAAR:
            kapot.append(Beschadigd("bestand", f"regel {nummer}", "Deze regel is beschadigd of afgebroken."))
            continue
        if rij.get("soort") == "einde":
            volledig = rij.get("regels") == aantal
            continue
        aantal += 1
        if rij.get("winkel") == "meta":
            meta[str(rij.get("sleutel"))] = rij.get("record")
        else:
            records.append(rij)
    return kop, meta, records, kapot, volledig


def open_reddingskopie(pad: Path, prive: RSAPrivateKey) -> Inhoud:
    """Everything but the bytes of photos. A damaged record is named and does not keep the others.

    Raises GeenReddingskopie for another kind of file, OngeldigeInvoer where the key does not fit or the copy belongs to
    nobody.
    """
    kop, meta, records, kapot, volledig = _eerste_ronde(pad)
    datasleutel = _datasleutel(meta.get("verpakkingen"), prive)
    try:
        gebruiker = _ontsleutel_json(datasleutel, "gebruiker", meta["gebruiker"])
        toestel_id = str(meta["toestel"]["toestel_id"])
        kluis = hashlib.sha256(f"inspecties-kluis:{gebruiker['id']}".encode()).hexdigest()[:32]
    except ONLEESBAAR:
        raise OngeldigeInvoer(
            "In deze reddingskopie is niet te lezen van wie en van welk toestel zij is.", "bestand"
        ) from None
    if kluis != kop["kluis"]:
        raise OngeldigeInvoer("Deze reddingskopie zegt van een andere gebruiker te zijn dan zij is.", "bestand")
    inhoud = Inhoud(
        kluis, str(kop.get("gemaakt_op") or ""), gebruiker, toestel_id, datasleutel, beschadigd=kapot, volledig=volledig
    )
    for rij in records:
        winkel, sleutel = str(rij.get("winkel")), str(rij.get("sleutel"))
        try:
            _neem_record(inhoud, winkel, rij["record"])
        except ONLEESBAAR:
            inhoud.beschadigd.append(
                Beschadigd(winkel, sleutel, "Dit gegeven is beschadigd, of hoort niet op deze plaats.")
            )
    inhoud.ops.sort(key=lambda op: op["toestel_seq"])
    inhoud.toestanden.sort(key=lambda t: t["volgnummer"])
    return inhoud


def _neem_record(inhoud: Inhoud, winkel: str, record: Mapping[str, Any]) -> None:
    if winkel == "ops":
        # What a colleague wrote came from the server; it is there already.
        if record["status"] != "ontvangen" and record.get("was") != "ontvangen":
            op = _ontsleutel_json(inhoud.datasleutel, record["op_id"], record)
            inhoud.ops.append({**op, "toestel_seq": int(record["toestel_seq"])})
    elif winkel == "toestanden":
        stap = _ontsleutel_json(inhoud.datasleutel, record["op_id"], record)
        inhoud.toestanden.append({**stap, "op_id": record["op_id"], "volgnummer": int(record["volgnummer"])})
    elif winkel == "signalen" and record["status"] in ("wacht", "apart"):
        # One that was sent holds no more than its number; what is still being typed is nobody's signal yet.
        signaal = _ontsleutel_json(inhoud.datasleutel, record["op_id"], record)["signaal"]
        inhoud.signalen.append((record["op_id"], dict(signaal)))
    elif winkel == "fotos":
        feiten = _ontsleutel_json(inhoud.datasleutel, f"{record['id']}/feiten", record["feiten"])
        inhoud.fotos[record["id"]] = Foto(record["id"], record["bezoek_id"], record["sha256"], dict(feiten))


def fotobytes(pad: Path, inhoud: Inhoud) -> Iterator[tuple[Foto, bytes | None]]:
    """The photos one by one, so that an evening's photos never stand in memory together; None where one is damaged.

    The hash is compared here: what comes out is what was photographed.
    """
    gehad: set[str] = set()
    for regel in _regels(pad):
        if not regel.startswith(FOTOREGEL):
            continue
        try:
            record = _lees_regel(regel)["record"]
            foto = inhoud.fotos[record["id"]]
            bytes_ = _ontsleutel(inhoud.datasleutel, foto.id, record)
        except ONLEESBAAR:
            continue
        if hashlib.sha256(bytes_).hexdigest() == foto.sha256 and foto.id not in gehad:
            gehad.add(foto.id)
            yield foto, bytes_
    for foto in inhoud.fotos.values():
        if foto.id not in gehad:
            yield foto, None

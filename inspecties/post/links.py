"""Links that open a page without an account: signed, so that nothing has to be kept to know them again."""

import base64
import binascii
import hmac
from uuid import UUID

from inspecties.core.sleutelbos import Sleutelbos
from inspecties.post.rules.bericht import Geheimlink

_MAC_BYTES = 20


def _mac(bos: Sleutelbos, doel: str, uid: str, ronde: int) -> bytes:
    return bytes.fromhex(bos.wis_af(f"link:{doel}", f"{uid}:{ronde}"))[:_MAC_BYTES]


def maak_token(bos: Sleutelbos, link: Geheimlink) -> str:
    """The row's id and 160 bits of its keyed hash, in base64url: 48 characters."""
    return base64.urlsafe_b64encode(UUID(link.uid).bytes + _mac(bos, link.doel, link.uid, link.ronde)).decode()


def uid_in(token: str) -> UUID | None:
    """The row that a token says it is of; whether that is so, ``klopt`` tells."""
    try:
        ruw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    return UUID(bytes=ruw[:16]) if len(ruw) == 16 + _MAC_BYTES else None


def klopt(bos: Sleutelbos, token: str, link: Geheimlink) -> bool:
    """Whether this token was made for this row in this round. Takes equally long for every wrong one."""
    return hmac.compare_digest(token.encode("utf-8", "replace"), maak_token(bos, link).encode())


def ics_geheim(bos: Sleutelbos, uid: str) -> str:
    """What stands in the UID of an event besides the row's id."""
    return bos.wis_af("ics", uid)

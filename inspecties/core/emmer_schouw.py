"""What can be asked about a bucket: does it answer, also strangers, does it encrypt, can versions be destroyed."""

import dataclasses
from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError

from inspecties.core.emmer import Emmer
from inspecties.core.fouten import InspectiesFout
from inspecties.core.s3plek import Emmerstand

_NIET_VERSLEUTELD = "ServerSideEncryptionConfigurationNotFoundError"


def schouw(emmer: Emmer) -> Emmerstand:
    """Ask it. Changes nothing."""
    try:
        eerste = next(emmer.dingen(), None)
    except InspectiesFout as fout:
        return Emmerstand(fout=fout.melding)
    # Without keys: as anybody on the same network would.
    vreemd, plek = Emmer(dataclasses.replace(emmer.plek, sleutel_id="", geheim="")), emmer.plek
    open_ = _lukt(lambda: vreemd.client.list_objects_v2(Bucket=plek.emmer, MaxKeys=1))
    if eerste is not None:
        sleutel = plek.voorvoegsel + eerste.naam
        open_ = open_ or _lukt(lambda: vreemd.client.head_object(Bucket=plek.emmer, Key=sleutel))
    return Emmerstand(
        openbaar=open_,
        versleuteld=_versleuteld(emmer),
        versies=_versies(emmer),
        versies_te_zien=_lukt(
            lambda: emmer.client.list_object_versions(Bucket=plek.emmer, Prefix=plek.voorvoegsel, MaxKeys=1)
        ),
    )


def _lukt(vraag: Callable[[], object]) -> bool:
    try:
        vraag()
    except (BotoCoreError, ClientError):
        return False
    return True


def _versleuteld(emmer: Emmer) -> bool | None:
    try:
        emmer.client.get_bucket_encryption(Bucket=emmer.plek.emmer)
    except ClientError as fout:
        return False if fout.response.get("Error", {}).get("Code") == _NIET_VERSLEUTELD else None
    except BotoCoreError:
        return None
    return True


def _versies(emmer: Emmer) -> bool | None:
    try:
        stand = emmer.client.get_bucket_versioning(Bucket=emmer.plek.emmer).get("Status", "")
    except (BotoCoreError, ClientError):
        return None
    return stand in {"Enabled", "Suspended"}

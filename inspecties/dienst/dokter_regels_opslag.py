"""Checks of a bucket, where files are kept in one: pure functions."""

from urllib.parse import urlsplit

from inspecties.core.mailserver import is_eigen_machine
from inspecties.dienst.dokter import Feiten, Uitslag, controle, fout, goed, let_op, niet_bekeken

_IN_EEN_MAP = goed("Foto's en stukken staan in een map op deze machine.")
_NIET_GEVRAAGD = niet_bekeken("De objectopslag is nu niet gevraagd.", "inspecties doctor")


@controle("objectopslag", "Objectopslag", "Zonder opslag komt geen foto binnen en is geen dossier te lezen.")
def objectopslag(f: Feiten) -> Uitslag:
    if not f.inst.in_emmer:
        return _IN_EEN_MAP
    delen = urlsplit(f.inst.s3_adres)
    if delen.scheme != "https" and not is_eigen_machine(delen.hostname or ""):
        return fout(
            f"De objectopslag staat op {f.inst.s3_adres}, zonder https.", "Zet INSPECTIES_S3_ADRES op https://."
        )
    if f.emmer is None:
        return _NIET_GEVRAAGD
    if f.emmer.fout:
        return fout(f.emmer.fout, "Kijk naar INSPECTIES_S3_ADRES, de sleutel, zijn rechten en de firewall.")
    return goed(f"De objectopslag op {f.inst.s3_adres} antwoordt.")


@controle("emmer", "Emmer", "In de emmer staan foto's van mensen en hele dossiers: alleen de dienst mag erbij.")
def emmer(f: Feiten) -> Uitslag:
    if not f.inst.in_emmer:
        return _IN_EEN_MAP
    if f.emmer is None or f.emmer.fout:
        return _NIET_GEVRAAGD
    if f.emmer.openbaar:
        return fout("Wie geen sleutel heeft, kan de emmer ook lezen.", "Haal elke openbare toegang van de emmer af.")
    if f.emmer.versies and not f.emmer.versies_te_zien:
        return fout(
            "De emmer bewaart oude versies, en de sleutel mag ze niet zien: vernietigen lukt dan niet.",
            "Geef de sleutel s3:ListBucketVersions en s3:DeleteObjectVersion, of zet versies uit.",
        )
    if f.emmer.versleuteld is not True:
        stand = "versleutelt niet" if f.emmer.versleuteld is False else "zegt niet of hij versleutelt"
        return let_op(f"De emmer {stand}.", "Zet versleuteling van de emmer aan (SSE), of vraag uw leverancier ernaar.")
    return goed("De emmer is besloten en versleuteld.")
